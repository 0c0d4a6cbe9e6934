"""The figures of the centre's database that an operator watches; every one comes from an index, none from a scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Select, func, select

from sync.conflicts import RESOLVED
from sync.merge import Outcome
from sync.modes import RECOVERY
from sync.server import blobs_index
from sync.server.centre import Centre, identity
from sync.server.tables import blob, blob_ref, conflict, device, op_log, partner_out, renewal
from zzdesk.clock import from_iso, to_iso

_QUANTILES: Final = (0.5, 0.95)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Blobs:
    """Attachments by state, and the bytes of those that the centre has; ``pending`` are named by a record and not here."""

    states: dict[str, int]
    bytes: int
    pending_oldest_s: float


@dataclass(frozen=True)
class Figures:
    """Counts are numbers of rows, ages are seconds; ``conflict_ages_s`` is by quantile, ``devices`` by state."""

    head: int
    durable: int
    recovering: bool
    held: int
    held_oldest_s: float
    quarantined: int
    conflicts: int
    conflict_ages_s: dict[float, float]
    devices: dict[str, int]
    seen_today: int
    blobs: Blobs
    renewing: int
    """Records that are still to be worked out anew for calendar tables."""
    dispatch: dict[tuple[str, str], int]
    """Messages for partners that have not gone: by what they are (order, file, status, withdraw) and how they stand."""


def read(connection: Connection, now: datetime) -> Figures:
    """Return the figures as they stand at ``now``."""
    mine = identity(connection)
    held, held_since = _held(connection)
    open_since = list(connection.execute(_open_conflicts()).scalars())
    by_state = [(row.status, row.n) for row in connection.execute(_by_state())]
    recent = select(func.count()).where(device.c.last_seen >= to_iso(now - _DAY))
    return Figures(
        head=mine.seq, durable=mine.durable_seq, recovering=mine.mode == RECOVERY,
        held=held, held_oldest_s=_age(held_since, now), quarantined=_quarantined(connection),
        conflicts=len(open_since), conflict_ages_s=_quantiles([_age(each, now) for each in open_since]),
        devices=dict(by_state), seen_today=connection.execute(recent).scalar_one(),
        blobs=_blobs(connection, now), renewing=_renewing(connection), dispatch=_dispatch(connection),
    )  # fmt: skip


def _by_state() -> Select[str, int]:
    return select(device.c.status, func.count().label("n")).group_by(device.c.status)


def _held(connection: Connection) -> tuple[int, str | None]:
    query = select(func.count(), func.min(op_log.c.received_at)).where(op_log.c.waits_on.is_not(None))
    count, since = connection.execute(query).one()
    return count, since


def _quarantined(connection: Connection) -> int:
    query = select(func.count()).where(op_log.c.outcome == Outcome.QUARANTINED)
    return connection.execute(query).scalar_one()


def _renewing(connection: Connection) -> int:
    left = func.coalesce(renewal.c.total, 1) - renewal.c.done
    return int(connection.execute(select(func.coalesce(func.sum(left), 0))).scalar_one())


def _dispatch(connection: Connection) -> dict[tuple[str, str], int]:
    table, standing = partner_out.c, ("waiting", "failed", "lacking")
    query = select(table.what, table.state, func.count().label("n")).where(table.state.in_(standing))
    return {(row.what, row.state): int(row.n) for row in connection.execute(query.group_by(table.what, table.state))}


def _blobs(connection: Connection, now: datetime) -> Blobs:
    kept = select(blob.c.state, func.count().label("n"), func.sum(blob.c.size).label("bytes")).group_by(blob.c.state)
    rows = connection.execute(kept).all()
    awaited = blobs_index.IS_MISSING, blob_ref.c.voided.is_(False), ~blob_ref.c.scope_id.startswith(blobs_index.WITH)
    missing = select(func.count(blob_ref.c.sha256.distinct()), func.min(blob_ref.c.since)).where(*awaited)
    pending, since = connection.execute(missing).one()
    counts = {blobs_index.PENDING: pending, blobs_index.VERIFIED: 0, blobs_index.QUARANTINED: 0}
    return Blobs(counts | {row.state: row.n for row in rows}, sum(int(row.bytes) for row in rows), _age(since, now))


def _open_conflicts() -> Select[str | None]:
    return select(conflict.c.opened_at).where(conflict.c.state != RESOLVED).order_by(conflict.c.opened_at)


def _age(since: str | None, now: datetime) -> float:
    return max(0.0, (now - from_iso(since)).total_seconds()) if since else 0.0


def _quantiles(ages: list[float]) -> dict[float, float]:
    """Return the quantiles by nearest rank; 0 where nothing waits."""
    ranked = sorted(ages)
    return {q: ranked[round(q * (len(ranked) - 1))] if ranked else 0.0 for q in _QUANTILES}


class FigureCollector(Collector):
    """Hands the figures to Prometheus: reads them when they are asked for."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def collect(self) -> Iterable[Metric]:
        """Read them in one transaction."""
        with self._centre.database.reading() as connection:
            found = read(connection, self._centre.now())
        for name, meaning, value in (
            ("head", "The clock's value.", found.head),
            ("durable_head", "The clock's value in the oldest verified backup.", found.durable),
            ("recovering", "1 while the centre recovers from a restore.", int(found.recovering)),
            ("held_operations", "Operations that wait for others to arrive.", found.held),
            ("held_oldest_seconds", "Age of the oldest of them.", found.held_oldest_s),
            ("quarantined_operations", "Operations set aside for a person.", found.quarantined),
            ("open_conflicts", "Conflicts that nobody has decided.", found.conflicts),
            ("devices_seen_today", "Devices heard of within 24 hours.", found.seen_today),
            ("renewals_left", "Records to be worked out anew since a calendar table came.", found.renewing),
            ("blob_bytes", "Bytes of the attachments that are here.", found.blobs.bytes),
            ("blob_pending_oldest_seconds", "How long the oldest attachment without its bytes waits.",
             found.blobs.pending_oldest_s),
        ):
            yield GaugeMetricFamily(f"zzsync_{name}", meaning, value=value)
        yield _family("open_conflict_age_seconds", "How long they wait.", "quantile", found.conflict_ages_s)
        yield _family("blobs", "Attachments by state.", "state", found.blobs.states)
        yield _family("devices", "Devices by state.", "state", found.devices)
        dispatch = GaugeMetricFamily("zzsync_partner_messages", "Messages for partners not sent.", labels=["what", "state"])
        for (what, state), count in sorted(found.dispatch.items()):
            dispatch.add_metric([what, state], count)
        yield dispatch


def _family(name: str, meaning: str, label: str, values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(f"zzsync_{name}", meaning, labels=[label])
    for each, value in values.items():
        family.add_metric([str(each)], value)
    return family
