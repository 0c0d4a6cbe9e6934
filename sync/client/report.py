"""What a round of reconciliation did, for whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sync.client import digest
from sync.client.blobs import FilesReport
from zzdesk.store.unit import ChangeSet


@dataclass
class SyncReport:
    """What one round did."""

    pushed: int = 0
    pulled: int = 0
    conflicts: int = 0
    held: int = 0
    rejected: int = 0
    pending: int = 0
    bytes: int = 0
    requests: int = 0
    seconds: float = 0.0
    next_poll_s: float = 0.0
    """When the centre wants to hear from this desk again, at the earliest."""
    verified: digest.Verified | None = None
    """What the comparison with the centre found, where there was one."""
    notices: list[str] = field(default_factory=list)
    """Sentences for the person, once: message ids."""
    changes: ChangeSet = field(default_factory=ChangeSet)
    low_space: bool = False
    """Whether the disk was so full that only what was written here went out."""
    read_only: bool = False
    """Whether the centre took nothing, since it is worked at."""
    files: FilesReport = field(default_factory=FilesReport)

    def add(self, other: SyncReport) -> None:
        """Count in what another round of records did while files were on their way."""
        for name in ("pushed", "pulled", "conflicts", "held", "rejected", "bytes", "requests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.pending, self.changes = other.pending, self.changes | other.changes
