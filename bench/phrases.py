"""What finding phrases costs: folding and finding, with the shipped lists and with ten times their phrases.

    python bench/phrases.py [TEXTS.jsonl] [--times 10] [--rounds 15]

A line of the file is an object with `text`; without a file the project's own test texts are taken. The phrases added are the
shipped ones in words that no text holds, as another nine groups of languages would be. Times are the best of all rounds, in
processor time, both lexicons in turn.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from policycheck import Text
from policycheck.policy.phrases import shipped_phrases
from policycheck.text.grammar import Part, Phrase
from policycheck.text.phrases import Family, Lexicon, PhraseList

OWN = Path(__file__).parent.parent / "tests" / "text" / "own_texts.jsonl"


def multiplied(lists: Mapping[str, PhraseList], times: int) -> dict[str, PhraseList]:
    """The lists with so many times the phrases, all but the first in words of no language."""
    return {
        name: PhraseList(name, {key: _family(one, times) for key, one in value.families.items()})
        for name, value in lists.items()
    }


def _family(family: Family, times: int) -> Family:
    phrases = [_foreign(phrase, number) for number in range(times) for phrase in family.phrases]
    return Family(family.what, tuple(phrases), family.supports, family.weight)


def _foreign(phrase: Phrase, number: int) -> Phrase:
    if number == 0:
        return phrase
    parts = [
        Part(tuple(_foreign_literal(literal, number) for literal in part.literals), part.near) for part in phrase.parts
    ]
    return Phrase(phrase.written, tuple(parts))


def _foreign_literal(literal: str, number: int) -> str:
    """Every word with one letter changed for two of no language, so that words still begin and end alike."""
    words = " ".join(f"{word[:-1]}q{'bcdfghjkl'[number % 9]}{word[-1:]}" for word in literal.split())
    return f"{' ' * literal.startswith(' ')}{words}{' ' * literal.endswith(' ')}"


def best(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """The least processor seconds that each of some runs took, in turn."""
    least = [float("inf")] * len(runs)
    for _ in range(rounds):
        for index, run in enumerate(runs):
            started = time.process_time()
            run()
            least[index] = min(least[index], time.process_time() - started)
    return least


def main(arguments: list[str] | None = None) -> int:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("path", nargs="?", default=str(OWN), metavar="TEXTS.jsonl", help="texts, JSON Lines")
    parser.add_argument("--times", type=int, default=10, help="how many times the phrases")
    parser.add_argument("--rounds", type=int, default=15, help="rounds, of which the best counts")
    options = parser.parse_args(arguments)
    raw = [json.loads(line)["text"] for line in Path(options.path).read_text("utf-8").split("\n") if line.strip()]
    texts = [Text(text) for text in raw]
    lists = shipped_phrases()
    shipped, larger = Lexicon(lists), Lexicon(multiplied(lists, options.times))
    fold, find, more = best(
        options.rounds,
        lambda: [Text(text) for text in raw],
        lambda: [shipped.find(text) for text in texts],
        lambda: [larger.find(text) for text in texts],
    )
    phrases = sum(len(family.phrases) for value in lists.values() for family in value.families.values())
    sys.stdout.write(
        f"{len(raw)} texts of {sum(map(len, raw)) / len(raw):.0f} characters, {phrases} phrases\n"
        f"fold  {fold / len(raw) * 1e9:10,.0f} ns a text\n"
        f"find  {find / len(raw) * 1e9:10,.0f} ns a text\n"
        f"find  {more / len(raw) * 1e9:10,.0f} ns a text with {options.times} times the phrases: {more / find:.2f} x\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
