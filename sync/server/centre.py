"""The centre as a whole: its database, clock, merge rules and settings, handed to every endpoint."""

from __future__ import annotations

import hashlib
import hmac
import random
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row

from sync.claims import Term
from sync.policies import Policies
from sync.server.database import Database
from sync.server.lineage import HighWater
from sync.server.metrics import Measures
from sync.server.throttle import Rate, Throttle
from sync.upcast import UPCASTERS, Upcasters
from zzdesk.clock import Clock, to_iso

if TYPE_CHECKING:
    from sync.server.open311.door import Door

_DEVICE_RATE: Final = Rate(burst=2000, per_s=20)
_ADDRESS_RATE: Final = Rate(burst=5000, per_s=50)
_PUBLIC_RATE: Final = Rate(burst=300, per_s=10)
_PARTNER_RATE: Final = Rate(burst=120, per_s=2)
_STRANGER_RATE: Final = Rate(burst=10, per_s=1 / 30)


@dataclass(frozen=True)
class Settings:
    """What an operator may choose. Times in seconds, ``blob_reserve`` in bytes: room that attachments leave to records."""

    poll_s: int = 60
    token_s: int = 15 * 60
    code_s: int = 15 * 60
    enrol_failures: int = 10
    enrol_window_s: int = 15 * 60
    poison_tries: int = 3
    lease_s: int = 2 * 60 * 60
    conflict_due_s: int = 3 * 24 * 60 * 60
    held_s: int = 7 * 24 * 60 * 60
    offline_days: int = 30
    """How long people may log in at a device that has no contact; what they do later waits for a supervisor."""
    device_rate: Rate = _DEVICE_RATE
    """Requests of one device: a first pull of 50,000 records takes about 100."""
    address_rate: Rate = _ADDRESS_RATE
    """Requests of one address before it has shown who it is: a whole street office may stand behind one."""
    public_rate: Rate = _PUBLIC_RATE
    """Questions of one address that needs no key (Open311)."""
    partner_rate: Rate = _PARTNER_RATE
    """What one partner may post."""
    stranger_rate: Rate = _STRANGER_RATE
    """Keys that one address may get wrong."""
    block_size: int = 20
    """Numbers that a desk is leased at once, for a series and a station."""
    block_low: int = 5
    """With fewer left it is leased another block."""
    block_days: int = 120
    """How long it may give numbers of a block to new records."""
    min_schema: int = 1
    """The oldest operations' schema whose desks may still pull; older ones may push."""
    blob_reserve: int = 256 * 1024 * 1024


@dataclass(frozen=True)
class Centre:
    """Everything that the endpoints share; safe to use from several threads."""

    database: Database
    clock: Clock
    policies: Policies
    settings: Settings = field(default_factory=Settings)
    upcasters: Upcasters = UPCASTERS
    measures: Measures = field(default_factory=Measures)
    door: Door | None = None
    """Open311, where an operator has opened it."""
    devices: Throttle = field(init=False)
    addresses: Throttle = field(init=False)
    high_water: HighWater = field(init=False)
    settling: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever decides what waited for a recovery to end."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "high_water", HighWater(self.database.folder, self.clock))
        object.__setattr__(self, "devices", Throttle(self.clock, self.settings.device_rate))
        object.__setattr__(self, "addresses", Throttle(self.clock, self.settings.address_rate))

    def now(self) -> datetime:
        """Return the centre's time."""
        return self.clock.now()

    def now_iso(self) -> str:
        """Return the centre's time as it is stored and sent."""
        return to_iso(self.clock.now())

    def term(self) -> Term:
        """Return the moment of judging, with what the centre grants from then on."""
        settings = self.settings
        due = timedelta(seconds=settings.conflict_due_s)
        return Term(self.clock.now(), timedelta(seconds=settings.lease_s), due)

    def key(self, purpose: str) -> bytes:
        """Return the key for one purpose, derived from the secret that lies outside the database."""
        return hmac.digest(self.database.secret, purpose.encode(), hashlib.sha256)

    def envelope(self, connection: Connection, nonce: str | None) -> dict[str, Any]:
        """Return what every answer carries, as seen inside the transaction of ``connection``."""
        now = identity(connection)
        jitter = random.uniform(0.75, 1.25)  # noqa: S311 - spreads the desks, protects nothing
        return {
            "server_id": now.server_id, "epoch": now.epoch, "head": now.seq, "server_time": self.now_iso(),
            "next_poll_s": max(1, round(self.settings.poll_s * jitter)), "nonce": nonce,
        }  # fmt: skip


# What every request asks, more than once: put together as objects it takes longer than the database needs to answer.
_IDENTITY: Final = (
    "SELECT meta.server_id, meta.epoch, meta.mode, meta.durable_seq, meta.name, meta.unsettled, sync_clock.seq"
    " FROM meta JOIN sync_clock ON meta.id = sync_clock.id"
)


def identity(connection: Connection) -> Row[Any]:
    """Return server_id, epoch, mode, durable_seq, name, whether a recovery still owes something, and the clock's seq."""
    return connection.exec_driver_sql(_IDENTITY).one()
