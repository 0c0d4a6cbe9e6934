"""Which operations may be missing at rest, and why: kept while disks, sticks and the centre itself are put back.

Three things may take an operation out of an outbox, and nothing else is excused:

* *durable*: the centre had said that desks may forget it.  It has to be in the centre's log, at or below the head of the
  oldest generation that could be fallen back to.  Which generations those are is counted here, not asked of the centre.
* *there only*: the desk's disk was put back as it was before the operation, its journal too, and no copy of the disk has
  it; the centre had logged it by then.  It has to be in the centre's log.
* *gone*: likewise, but the centre had not logged it, or was itself put back to before it later on.  Nobody has it any
  more, so nobody can be asked for it.  What built upon it at other desks has to come before a person: as held operations
  that are forced, or as records that were salvaged.  How often that happened is counted.

A disk put back beside its journal excuses nothing, nor does a cloned one, nor the centre put back by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Losses:
    """What has been lost so far in one world; ``durable`` is the highest seq up to which desks might ever forget."""

    durable: int = 0
    there_only: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def disk(self, lost: set[str], logged: set[str]) -> None:
        """Note that the last desk that had these operations has them no more."""
        self.there_only |= lost & logged
        self.gone |= lost - logged

    def centre(self, logged: set[str]) -> None:
        """Note what the centre knows after it was put back: what only it had had may be gone."""
        self.gone |= self.there_only - logged
        self.there_only &= logged

    def found(self, op_ids: Iterable[str]) -> None:
        """Note that desks have these again: an image of a disk may be newer than the one put back before it."""
        again = set(op_ids)
        self.gone -= again
        self.there_only -= again
