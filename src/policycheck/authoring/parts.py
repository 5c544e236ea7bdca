"""Parts of a file that may not be what they should: what is not there, or of another type, has none."""

from __future__ import annotations

from collections.abc import Iterator

from policycheck.policy.written import Written


def child(written: Written, key: str) -> Iterator[Written]:
    """The value of a key, where there is one."""
    if isinstance(written.data, dict) and key in written.data:
        yield written.at(key)


def items(written: Written, key: str) -> Iterator[Written]:
    """The elements of the list under a key."""
    for listed in child(written, key):
        if isinstance(listed.data, list):
            yield from (listed.at(index) for index in range(len(listed.data)))
