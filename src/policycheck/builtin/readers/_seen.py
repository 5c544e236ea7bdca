"""Which texts were seen already, of millions, in eight bytes each."""

from __future__ import annotations

from hashlib import blake2b

_BUCKETS = 4096
_BYTES = 7


class Seen:
    """Remembers 68 bits of each text's BLAKE2b: among a million different texts, a false alarm has odds of 1 to 600 million."""

    def __init__(self) -> None:
        self._buckets = [bytearray() for _ in range(_BUCKETS)]

    def add(self, text: str) -> bool:
        """Remember a text; whether it is new."""
        digest = blake2b(text.encode(), digest_size=_BYTES + 2).digest()
        bucket = self._buckets[(digest[-1] << 8 | digest[-2]) % _BUCKETS]
        fingerprint = digest[:_BYTES]
        at = bucket.find(fingerprint)
        while at % _BYTES and at != -1:
            at = bucket.find(fingerprint, at + 1)
        if at == -1:
            bucket += fingerprint
        return at == -1
