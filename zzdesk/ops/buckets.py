"""Content digests: for each scope and kind 256 sums of record hashes, so that two sides can find where they differ.

A bucket is chosen by the end of the id, since the beginning of a UUIDv7 is time. A sum is taken modulo 2^128 over the
first 128 bits of the record hashes; adding and taking away a record commute, so a digest is kept by differences.
Pure, and the same on the desk and at the centre (sync protocol, section 8.2, hazard 30).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

BUCKETS: Final = 256
_SUM: Final = 16
_COUNT: Final = 4
_WIDTH: Final = _SUM + _COUNT
_MODULUS: Final = 1 << (8 * _SUM)
EMPTY: Final = bytes(BUCKETS * _WIDTH)

Group = tuple[str, str]
"""A scope and a kind."""
Bucket = tuple[int, str, int]
"""Number of a bucket, its sum in hexadecimal, and how many records it holds."""


def bucket_of(record_id: str) -> int:
    """Return the bucket of a record, 0 to 255."""
    return int(record_id[-2:], 16)


class Differences:
    """What a batch of changes does to digests."""

    def __init__(self) -> None:
        self._groups: dict[Group, dict[int, list[int]]] = defaultdict(dict)

    def __bool__(self) -> bool:
        return bool(self._groups)

    @property
    def groups(self) -> list[Group]:
        """Return the scopes and kinds that change, in order."""
        return sorted(self._groups)

    def add(self, scope: str, kind: str, record_id: str, digest: str, times: int = 1) -> None:
        """Note that a record with this hash (hexadecimal) comes in; ``times`` -1: that it goes."""
        bucket = self._groups[scope, kind].setdefault(bucket_of(record_id), [0, 0])
        bucket[0] += times * int(digest[: 2 * _SUM], 16)
        bucket[1] += times

    def add_all(self, scope: str, kind: str, records: Iterable[tuple[str, str]]) -> None:
        """Note that records of one group, given as id and hash, come in."""
        buckets = self._groups[scope, kind]
        for record_id, digest in records:
            bucket = buckets.setdefault(int(record_id[-2:], 16), [0, 0])
            bucket[0] += int(digest[: 2 * _SUM], 16)
            bucket[1] += 1

    def take(self, scope: str, kind: str, record_id: str, digest: str) -> None:
        """Note that a record with this hash goes."""
        self.add(scope, kind, record_id, digest, -1)

    def applied(self, group: Group, buckets: bytes | None) -> bytes:
        """Return the buckets of a group after these changes; None stands for none before."""
        after = bytearray(buckets or EMPTY)
        for number, (change, count) in self._groups[group].items():
            at = number * _WIDTH
            total = (int.from_bytes(after[at : at + _SUM]) + change) % _MODULUS
            after[at : at + _SUM] = total.to_bytes(_SUM)
            end = at + _SUM
            held = int.from_bytes(after[end : end + _COUNT]) + count
            after[end : end + _COUNT] = (held % (1 << 8 * _COUNT)).to_bytes(_COUNT)
        return bytes(after)


def tally(records: Iterable[tuple[str, str, str, str]]) -> dict[Group, bytes]:
    """Return the digests of records given as scope, kind, id and hash, worked out from the beginning."""
    changes = Differences()
    for record in records:
        changes.add(*record)
    return {group: changes.applied(group, None) for group in changes.groups}


def filled(buckets: bytes) -> Iterator[Bucket]:
    """Yield the buckets that hold anything."""
    for number in range(BUCKETS):
        part = buckets[number * _WIDTH : (number + 1) * _WIDTH]
        if any(part):
            yield number, part[:_SUM].hex(), int.from_bytes(part[_SUM:])


def differing(mine: Iterable[Bucket], theirs: Iterable[Bucket]) -> list[int]:
    """Return the numbers of the buckets that are not the same on both sides."""
    one, other = ({number: rest for number, *rest in side} for side in (mine, theirs))
    return sorted(number for number in one.keys() | other.keys() if one.get(number) != other.get(number))
