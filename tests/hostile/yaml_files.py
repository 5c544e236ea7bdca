"""YAML that its readers disagree on, or that bombs are made of: the text, and the message with the place."""

from __future__ import annotations

from policycheck.policy.strict_yaml import MAX_BYTES

REFUSED = {
    "an anchor": ("a: &x 1", "f.yaml:1:4: the anchor `&x`; write the value out where it is needed"),
    "an alias": ("a: *x", "f.yaml:1:4: the alias `*x`; write the value out, or name it under `definitions`"),
    "a merge": ("a: {<<: {b: 1}}", "f.yaml:1:5: the merge key `<<`; write the values out, or use `extends`"),
    "a tag": (
        "a: !!python/name:os.system x",
        "f.yaml:1:4: the tag `tag:yaml.org,2002:python/name:os.system`; leave it out",
    ),
    "a key twice": ("a: 1\nb: 2\na: 3", "f.yaml:3:1: the key `a` stands here twice (first in line 1); keep one"),
    "a number as a key": ("1: a", "f.yaml:1:1: the key `1` is no text; quote it"),
    "a list as a key": ("[a]: 1", "f.yaml:1:1: a key that is no plain text; write a word followed by a colon"),
    "no": (
        "a: no",
        "f.yaml:1:4: `no` means different things to different YAML readers; write true or false, or quote it",
    ),
    "on as a key": (
        "on: 1",
        "f.yaml:1:1: `on` means different things to different YAML readers; write true or false, or quote it",
    ),
    "an octal": ("a: 014", "f.yaml:1:4: `014` means different things to different YAML readers; quote it"),
    "a sexagesimal": ("a: 1:30", "f.yaml:1:4: `1:30` means different things to different YAML readers; quote it"),
    "an underscore": ("a: 1_000", "f.yaml:1:4: `1_000` means different things to different YAML readers; quote it"),
    "an exponent": ("a: 1e3", "f.yaml:1:4: `1e3` means different things to different YAML readers; quote it"),
    "infinity": ("a: .inf", "f.yaml:1:4: `.inf` means different things to different YAML readers; quote it"),
    "a time": (
        "a: 2026-11-23 10:00:00",
        "f.yaml:1:4: `2026-11-23 10:00:00` means different things to different YAML readers; quote it",
    ),
    "an impossible day": ("a: 2026-02-30", "f.yaml:1:4: `2026-02-30` is no day of the calendar; mend it"),
    "a long number": (
        "a: 1234567890123456789",
        "f.yaml:1:4: a number of more than 18 characters; quote it if it is a text",
    ),
    "two documents": ("a: 1\n---\nb: 2", "f.yaml:2:1: a second document; keep one document in a file"),
    "a bidi override": (
        "a: x\u202ey",
        "f.yaml:1:5: the invisible character U+202E; delete it, or write it as an escape in quotes",
    ),
    "a next line": (
        "a: x\u0085b: y",
        "f.yaml:1:5: the invisible character U+0085; delete it, or write it as an escape in quotes",
    ),
    "a list item out of line": (
        "a:\n - one\n  - two",
        "f.yaml:2:4: a list item within a text; mend its indentation, or quote the text",
    ),
    "an open bracket": ("a: [1,\n", "f.yaml:2:1: this is no YAML (did not find expected node content); mend the line"),
    "Latin-1": (b"a: \xe4", "f.yaml:1:1: not UTF-8; save the file as UTF-8"),
    "depth": (
        "a: " + "[" * 40 + "]" * 40,
        "f.yaml:1:36: more than 32 levels; name parts of the condition under `definitions`",
    ),
    "too many values": ("a: [" + "1," * 10_001 + "]", "f.yaml:1:20001: more than 10,000 values; split the file"),
    "size": (
        "#" * (MAX_BYTES + 1),
        "f.yaml:1:1: 262,145 bytes are more than the 262,144 allowed; split the file and use `extends`",
    ),
    "a merge bomb of nine lines": (
        "\n".join(["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9))]),
        "f.yaml:1:5: the anchor `&a0`; write the value out where it is needed",
    ),
    "an alias bomb": (
        "\n".join(["a0: &a0 [k]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]),
        "f.yaml:1:5: the anchor `&a0`; write the value out where it is needed",
    ),
}
