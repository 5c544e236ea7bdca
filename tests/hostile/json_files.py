"""JSON from strangers: lines and documents, with what is said of them; dates that cannot be read."""

from __future__ import annotations

from policycheck.reading.strict_json import RECORD_BYTES
from record_files import KEYS

STAGE = b'{"stage": "incoming", '
MISTAKES = {
    "a misspelt key": (STAGE + b'"persn": {}}', "`persn` is an unknown key; did you mean `person`?"),
    "a misspelt key within": (
        STAGE + b'"person": {"compny": "zqxv"}}',
        "`person.compny` is an unknown key; did you mean `company`?",
    ),
    "a key like no other": (
        STAGE + b'"messages": [{}, {"text": "a", "zqxv": 1}]}',
        "key 2 of `messages[1]` is unknown; leave it out; the keys are from, sent_at, text",
    ),
    "a person's name as a key": (b'{"zqxv Mia": 1, "stage": "incoming"}', f"key 1 is unknown; leave it out; {KEYS}"),
    "a key close to ours with an escape": (
        STAGE + b'"person": {"company\\u001b[2J": "zqxv"}}',
        "`person.company\\x1b[2J` is an unknown key; did you mean `company`?",
    ),
    "no stage": (b"{}", "`stage` is missing; write one of `incoming`, `outgoing`, `connected`, `template`"),
    "another stage": (
        b'{"stage": "zqxv"}',
        "`stage` cannot be read; write one of `incoming`, `outgoing`, `connected`, `template`",
    ),
    "a doubled key": (STAGE + b'"stage": "incoming"}', "the key `stage` stands in one object twice; keep one of them"),
    "a doubled key with other spacing": (
        b'{"stage":"incoming","note":"a","note"\t :"b"}',
        "the key `note` stands in one object twice; keep one of them",
    ),
    "a doubled key under escaped quotes": (
        b'{"stage":"incoming","note":"\\u0022\\u0022","stage":"outgoing"}',
        "the key `stage` stands in one object twice; keep one of them",
    ),
    "a doubled key beside a short offset": (
        b'{"stage":"incoming","sent_at":"2026-06-27T19:35:00+0200","stage":"outgoing"}',
        "the key `stage` stands in one object twice; keep one of them",
    ),
    "a doubled key that is none of ours": (
        STAGE + b'"person": {"name": "a", "zqxv": 1, "zqxv": 2}}',
        "key 2 stands in one object twice; keep one of them",
    ),
    "a doubled key within": (
        b'{"stage":"incoming","person":{"name":"zqxv","name":"zqxv"}}',
        "the key `name` stands in one object twice; keep one of them",
    ),
    "no object": (b'{"stage": "incoming"}[]', "this is no JSON (column 22); mend the syntax"),
    "a list": (b"[1]", "this cannot be read; write an object in { }"),
    "broken off": (b'{"stage": "incoming", "note": "zqxv', "this is no JSON (column 31); mend the syntax"),
    "a count as text": (
        STAGE + b'"person": {"mutual_connections": "3"}}',
        "`person.mutual_connections` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a negative count": (
        STAGE + b'"previous_invitations": -1}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a fraction": (
        STAGE + b'"previous_invitations": 1.0}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "true as a count": (
        STAGE + b'"previous_invitations": true}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "infinity by exponent": (
        STAGE + b'"previous_invitations": 1e999}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a huge integer": (
        STAGE + b'"previous_invitations": 9007199254740992}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "an integer of thousands of digits": (
        STAGE + b'"previous_invitations": ' + b"1" * 5000 + b"}",
        "a number has thousands of digits; write the number that is meant",
    ),
    "not a number": (
        STAGE + b'"previous_invitations": NaN}',
        "`NaN` is no JSON; write null, or leave the key out",
    ),
    "infinity": (
        STAGE + b'"previous_invitations": -Infinity}',
        "`-Infinity` is no JSON; write null, or leave the key out",
    ),
    "a word for true": (
        STAGE + b'"accepted": "yes"}',
        "`accepted` cannot be read; write true or false, or leave it out",
    ),
    "a person as text": (
        STAGE + b'"person": "zqxv"}',
        "`person` cannot be read; write an object in { }, or leave it out",
    ),
    "messages as text": (
        STAGE + b'"messages": "zqxv"}',
        "`messages` cannot be read; write a list in [ ], or leave it out",
    ),
    "an empty id": (STAGE + b'"id": ""}', "`id` cannot be read; write a text of 1 to 200 characters, or leave it out"),
    "a depth bomb": (
        b'{"a":' + b"[" * 100_000,
        "the values are nested too deep; write them without so many brackets",
    ),
    "bytes that are no UTF-8": (STAGE + b'"note": "\xff"}', "the text is not UTF-8; save the file as UTF-8"),
    "a surrogate as UTF-8": (STAGE + b'"note": "\xed\xa0\x80"}', "the text is not UTF-8; save the file as UTF-8"),
    "a lone surrogate": (
        STAGE + b'"note": "\\ud800"}',
        "`note` holds half a character (a lone surrogate); write the text as UTF-8",
    ),
    "a raw control character": (STAGE + b'"note": "a\x00b"}', "this is no JSON (column 33); mend the syntax"),
    "another byte order mark": (b"\xef\xbb\xbf{}", "this is no JSON (column 1); mend the syntax"),
    "a time beyond the calendar": (
        STAGE + b'"sent_at": "0001-01-01T00:00:00+14:00"}',
        "a time lies beyond the calendar; mend `sent_at`, or leave it out",
    ),
    "more than a mebibyte": (
        STAGE + b'"note": "' + b"z" * RECORD_BYTES + b'"}',
        "this is over 1,048,576 bytes; shorten its texts",
    ),
}

DATES = {
    "no zone": ("sent_at", "2026-06-27T19:35:00"),
    "a day only": ("sent_at", "2026-06-27"),
    "a number": ("sent_at", 1_782_588_900),
    "no day of the calendar": ("sent_at", "2026-02-30T19:35:00Z"),
    "Arabic digits": ("sent_at", "٢٠٢٦-06-27T19:35:00Z"),
    "American": ("sent_at", "6/27/26, 7:35 PM"),
    "day of the year": ("connected_on", "2026-178"),
    "a time": ("connected_on", "2026-07-01T00:00:00Z"),
    "no zeros": ("person.joined_on", "2026-7-1"),
    "spaces": ("person.joined_on", " 2026-07-01"),
}

DOCUMENTS = {
    "a broken element": ('[{"stage": "incoming"},\n{"stage": ]', "2: this is no JSON (column 11); mend the syntax"),
    "broken off": ('{"invitations": [\n{"stage": "incoming"},\n', "2: this is no JSON (column 23); mend the syntax"),
    "no UTF-8": (b'[{"stage":\n"incoming", "note": "\xff"}}]', "2: the text is not UTF-8; save the file as UTF-8"),
    "one record": (
        '{\n"stage": "incoming"}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "a key beside": (
        '{"invitations": [], "stage": "incoming"}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "the key twice": (
        '{"invitations": [],\n"invitations": []}',
        "1: the key `invitations` stands in one object twice; keep one of them",
    ),
    "no list": (
        '{"invitations": {}}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "a depth bomb": ("[" * 100_000, "1: the values are nested too deep; write them without so many brackets"),
    "not a number": ("[NaN]", "1: `NaN` is no JSON; write null, or leave the key out"),
}

VALUES = {
    "not a number": (b"NaN", "`NaN` is no JSON; write null, or leave the key out"),
    "a depth bomb": (b"[" * 100_000, "the values are nested too deep; write them without so many brackets"),
    "thousands of digits": (b"1" * 5000, "a number has thousands of digits; write the number that is meant"),
    "bytes that are no UTF-8": (b'"\xff"', "the text is not UTF-8; save the file as UTF-8"),
    "a word": (b"nothing", "this is no JSON"),
    "a control character": (b'"a\x00b"', "this is no JSON"),
}
"""The value of some key, which no reader of JSON takes."""
