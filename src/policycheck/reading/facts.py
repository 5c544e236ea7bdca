"""What the user knows of people beside the invitations: a file of person records, joined by profile URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from policycheck.errors import InputError, PolicyError
from policycheck.model.identity import person_key
from policycheck.model.invitation import Person
from policycheck.reading.decoding import StrictDecoder
from policycheck.reading.sources import open_source
from policycheck.reading.strict_json import JsonError, Mistake, json_array, json_lines
from policycheck.text.visible import visible

_ARRAY = re.compile(rb'\s*(?:\[|\{\s*"people"\s*:)')
JOINED_BY = "profile_url"
"""What a record must hold, whatever else it tells."""

_decode = StrictDecoder(Person).decode


class Facts:
    """People by profile URL. Remembers which of them were asked for."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people: Mapping[str, Person] = {person_key(p.profile_url): p for p in people if p.profile_url}
        self._used: set[str] = set()

    def __len__(self) -> int:
        return len(self._people)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order of the file."""
        return tuple(self._people.values())

    def complete(self, person: Person) -> Person:
        """The person with what these facts tell and the record doesn't."""
        key = person_key(person.profile_url) if person.profile_url else ""
        if key not in self._people:
            return person
        self._used.add(key)
        return filled(person, self._people[key])

    def unused(self) -> int:
        """How many people nobody asked for so far."""
        return len(self._people) - len(self._used)


def filled(person: Person, fact: Person) -> Person:
    """A person with each unknown fact taken from another record of them; what is known stays."""
    news = {
        name: getattr(fact, name)
        for name in Person.__struct_fields__
        if getattr(person, name) is None and getattr(fact, name) is not None
    }
    return structs.replace(person, **news) if news else person


def load_facts(path: str) -> Facts:
    """The people of a JSON Lines file, or of a JSON array (also in ``{"people": […]}``); `profile_url` is required.

    PolicyError: every mistake at once, as ``file:line: what is wrong; how to mend it``. InputError: the file cannot be read.
    """
    where = visible(path)
    return facts_of(where, _parsed(path, where))


def facts_of(where: str, found: Iterable[tuple[int, Person | tuple[str, ...]]]) -> Facts:
    """The people of a file's lines, each once. PolicyError: every mistake at once; a line's own come as messages."""
    mistakes: list[str] = []
    lines: dict[str, int] = {}
    people: list[Person] = []
    for line, person in found:
        key = person_key(person.profile_url or "") if isinstance(person, Person) else ""
        if not isinstance(person, Person):
            mistakes += person
        elif key in lines:
            mistakes.append(
                f"{where}:{line}: this person stands in line {lines[key]} already; put both into one record"
            )
        else:
            lines[key] = line
            people.append(person)
    if mistakes:
        raise PolicyError(*mistakes)
    return Facts(people)


def _parsed(path: str, where: str) -> Iterator[tuple[int, Person | tuple[str, ...]]]:
    for line, text in _texts(path, where):
        try:
            person, mistakes = _decode(text)
        except JsonError as error:
            yield line, _told(where, line, error.mistakes)
        else:
            yield line, _told(where, line, (*mistakes, *_flaws(person))) or person


def _told(where: str, line: int, mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    return tuple(f"{where}:{line}: {mistake.why}; {mistake.repair}" for mistake in mistakes)


def _flaws(person: Person) -> Iterator[Mistake]:
    if person.profile_url is None or not person_key(person.profile_url):
        yield Mistake(f"`{JOINED_BY}` is missing", "add it: facts are joined by it")


def _texts(path: str, where: str) -> list[tuple[int, bytes]]:
    with open_source(path) as source:
        if source.members:
            raise InputError(f"{where}: is a folder or archive; name a file of JSON Lines")
        if not _ARRAY.match(source.head.removeprefix(b"\xef\xbb\xbf")):
            return list(json_lines(source.open()))
        try:
            return list(json_array(source.open().read(), "people"))
        except JsonError as error:
            raise PolicyError(f"{where}:{error.line}: {error}") from None
