"""Which reports may be the same matter (domain rules B2.6): proposed with the grounds, decided by a person.

Same category, and within 50 metres, or at one address within 30 days, or told in much the same words. What is compared
is found by three indexed and limited queries; however many reports a desk has, no table is read through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import literal_column, select, type_coerce

from zzdesk.clock import RecordId
from zzdesk.evidence.models import Attachment
from zzdesk.people.masks import mask
from zzdesk.places.addresses import Spot, address_key, box, metres, spot_of
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import OPEN, REFUSED
from zzdesk.store.types import Moment
from zzdesk.store.unit import Reader

NEAR: Final = 50.0
"""Metres within which two reports of one category may be one."""
DAYS: Final = timedelta(days=30)
"""How far back an address or a text is compared."""
SPOT_DAYS: Final = timedelta(days=365)
"""How far back a place is compared while the earlier report is not closed."""
ALIKE: Final = 60
"""Percent from which two texts by themselves speak for one matter."""
SHOWN: Final = 5
_BY_SPOT, _BY_ADDRESS, _BY_TIME = 60, 60, 300
"""How many of the newest each query compares."""

PLACE, ADDRESS, TEXT = "place", "address", "text"


@dataclass(frozen=True)
class Suspect:
    """A report that may be the same matter, masked, with the grounds for thinking so.

    ``distance`` is in metres, None where either has no place; ``likeness`` of the texts in percent; ``photo`` is the id
    of its first photo and ``photo_sha256`` the hash of the copy that others may see.
    """

    id: RecordId
    number: str
    title: str
    description: str
    category: str
    state: str
    address: str
    created_at: datetime
    grounds: tuple[str, ...]
    distance: int | None
    likeness: int
    photo: RecordId | None = None
    photo_sha256: str | None = None


def suspects(read: Reader, fields: Mapping[str, Any], but: RecordId = "") -> tuple[Suspect, ...]:
    """Return the likeliest few; ``fields`` are a form's values in wire form, ``but`` is the report that they belong to.

    Nothing without a category: it is what all the rest is compared within.
    """
    read.require("record.read")
    category = fields.get("category")
    if not isinstance(category, str) or not category:
        return ()
    spot = spot_of(fields.get("latitude"), fields.get("longitude"))
    now = read.clock.now()
    found = {row.id: row for query in _queries(category, spot, fields.get("address"), now)
             for row in read.session.execute(query) if row.id != but}  # fmt: skip
    judged = [judged for row in found.values() if (judged := judge(row, fields, spot, now)) is not None]
    likeliest = sorted(judged, key=_rank)[:SHOWN]
    return _with_photos(read, likeliest)


_COLUMNS: Final = (
    Report.id, Report.number, Report.title, Report.description, Report.category, Report.state, Report.address,
    Report.latitude, Report.longitude, Report.created_at,
)  # fmt: skip

_BORN: Final = type_coerce(literal_column("+report.created_at"), Moment())
"""When a report was registered, where SQLite must not walk through time instead of looking around the spot."""


def _queries(category: str, spot: Spot | None, address: Any, now: datetime) -> list[Any]:
    base: Any = select(*_COLUMNS).where(Report.category == category, Report.voided.is_not(True), Report.state != REFUSED)
    newest = base.order_by(Report.created_at.desc())
    recent = newest.where(Report.created_at >= now - DAYS)
    queries: list[Any] = [recent.order_by(Report.id.desc()).limit(_BY_TIME)]
    if spot is not None:
        table: Any = Report.__table__.c
        (south, west), (north, east) = box(spot, NEAR)
        queries.append(base.where(
            table.north.between(_micro(south), _micro(north)), table.east.between(_micro(west), _micro(east)),
            now - SPOT_DAYS <= _BORN).order_by(_BORN.desc()).limit(_BY_SPOT))  # fmt: skip
    if isinstance(address, str) and address.strip():
        queries.append(recent.where(Report.address == address.strip()).limit(_BY_ADDRESS))
    return queries


def _micro(degrees: float) -> int:
    return round(degrees * 1_000_000)


def judge(row: Any, fields: Mapping[str, Any], spot: Spot | None, now: datetime) -> Suspect | None:
    """Return an earlier report with the grounds on which it may be the one of a form, or None without any."""
    there = spot_of(row.latitude, row.longitude)
    distance = round(metres(spot, there)) if spot and there else None
    alike = likeness(_said(fields.get("title"), fields.get("description")), _said(row.title, row.description))
    recent = row.created_at >= now - DAYS
    grounds = [PLACE] if distance is not None and distance <= NEAR and (recent or row.state in OPEN) else []
    one, other = address_key(str(fields.get("address") or "")), address_key(row.address or "")
    grounds += [ADDRESS] if recent and one and one == other else []
    grounds += [TEXT] if recent and alike >= ALIKE and (distance is None or distance <= 10 * NEAR) else []
    if not grounds:
        return None
    return Suspect(
        row.id, row.number or "", mask("text", row.title), mask("text", row.description), row.category, row.state,
        row.address or "", row.created_at, tuple(grounds), distance, alike,
    )  # fmt: skip


def likeness(one: str, other: str) -> int:
    """Return how alike two texts are, in percent: by the characters that they share in order."""
    from rapidfuzz import fuzz, utils

    first, second = utils.default_process(one), utils.default_process(other)
    return round(max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second))) if first and second else 0


def _said(title: Any, description: Any) -> str:
    return f"{title or ''} {description or ''}".strip()[:400]


def _rank(suspect: Suspect) -> tuple[Any, ...]:
    near = suspect.distance if suspect.distance is not None else 10_000
    return -len(suspect.grounds), near, -suspect.likeness, -suspect.created_at.timestamp()


def _with_photos(read: Reader, found: Sequence[Suspect]) -> tuple[Suspect, ...]:
    query = select(Attachment.record_id, Attachment.id, Attachment.shared_sha256).where(
        Attachment.record_id.in_([suspect.id for suspect in found]), Attachment.shared_sha256.is_not(None),
        Attachment.voided.is_not(True),
    )  # fmt: skip
    photos: dict[str, Any] = {}
    for row in read.session.execute(query.order_by(Attachment.created_at, Attachment.id)):
        photos.setdefault(row.record_id, row)
    return tuple(
        replace(s, photo=photos[s.id].id, photo_sha256=photos[s.id].shared_sha256) if s.id in photos else s
        for s in found
    )
