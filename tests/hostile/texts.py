"""What strangers write into a name or a note to steer who looks at it, and how they hide what they sell."""

from __future__ import annotations

TEXTS = {
    "a title": "\x1b]0;owned\x07",
    "a link": "\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\",
    "a colour": "\x1b[31mred",
    "a control of the upper half": "\x9b31mred",
    "a carriage return": "harmless\rforged",
    "a backspace": "ab\b\bxy",
    "a line break": "one\ntwo",
    "a bidi override": "\u202egnp.exe",
    "a bidi isolate": "\u2066x\u2069",
    "a line separator": "one\u2028two",
    "a next line": "one\u0085two",
    "what has no width": "a\u200bb\u2060c\ufeff",
    "tags": "a\U000e0041\U000e0042",
    "a flood of marks": "a" + "\u0301" * 50,
    "a runner's old command": "x ##[set-output name=a]b",
    "a runner's command": "::error::owned",
    "private use": "\ue000",
}

PITCHES = {
    "plain": "We help agencies like yours double their leads. Book a demo?",
    "in mathematical letters": "𝗪𝗲 𝗵𝗲𝗹𝗽 𝗮𝗴𝗲𝗻𝗰𝗶𝗲𝘀 𝗱𝗼𝘂𝗯𝗹𝗲 𝘁𝗵𝗲𝗶𝗿 𝗹𝗲𝗮𝗱𝘀. 𝗕𝗼𝗼𝗸 𝗮 𝗱𝗲𝗺𝗼?",
    "between characters of no width": "We help agencies dou\u200bble their le\u200bads. Bo\u200bok a de\u200bmo?",
    "in Cyrillic letters": "We help agencies d\u043eubl\u0435 th\u0435ir l\u0435\u0430ds. B\u043e\u043ek \u0430 d\u0435m\u043e?",
    "full width": "We help agencies ｄｏｕｂｌｅ ｔｈｅｉｒ ｌｅａｄｓ. Ｂｏｏｋ ａ ｄｅｍｏ?",
    "with soft hyphens": "We help agencies dou\u00adble their le\u00adads. Bo\u00adok a de\u00admo?",
}
