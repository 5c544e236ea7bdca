"""Fuzz one target with atheris, which mutates what reaches new code.

    pip install -e . atheris
    python fuzz/fuzz.py TARGET [-max_total_time=600] [a libFuzzer option …]

Without a target, they are listed. A finding is printed and kept by libFuzzer as crash-…; to see it again: TARGET crash-….
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["policycheck"]):
    from targets import program, targets

from seeds import seeds


def main() -> None:
    known = targets()
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        sys.exit(f"{__doc__}\nTargets: {', '.join(known)}")
    target, options = sys.argv[1], sys.argv[2:]
    program()  # compiled before the clock of the first input starts
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(target)):
            Path(corpus, str(number)).write_bytes(seed)
        given = [] if any(not option.startswith("-") for option in options) else [corpus]
        atheris.Setup([sys.argv[0], "-max_len=8192", "-timeout=20", *options, *given], known[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
