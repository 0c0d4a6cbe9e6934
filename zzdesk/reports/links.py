"""Linking reports of one matter, and taking that back (domain rules B2.6): linked, never merged, at any time undone.

A link holds while no later word undoes it. Reports that hold together by links are one matter, and the one that was
registered first leads it, whoever said what first: every desk and the centre work that out of the same words, so that
two desks that linked the same reports without a network agree as soon as both have heard everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.people import queries as people
from zzdesk.people.masks import mask, mask_value
from zzdesk.people.queries import PersonRow
from zzdesk.reports.models import Link, Report
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

LINK, UNLINK = "link", "unlink"
MOST: Final = 500
"""Reports of one matter that are looked for; beyond that it is an event of the whole town."""

Pair = tuple[RecordId, RecordId]
Born = Mapping[RecordId, datetime]
"""When each report was registered."""


@dataclass(frozen=True)
class Said:
    """One word about two reports, as the history shows it."""

    id: RecordId
    report_id: RecordId
    lead_id: RecordId
    action: str
    grounds: tuple[str, ...]
    distance: int | None
    likeness: int | None
    reason: str | None
    created_at: datetime
    created_by: str


@dataclass(frozen=True)
class Member:
    """One report of a matter, masked; what the reporter asked to be sealed is not there."""

    id: RecordId
    number: str
    title: str
    state: str
    created_at: datetime
    reporter: str
    phone: str
    anonymous: bool
    sealed: bool


@dataclass(frozen=True)
class Family:
    """The reports of one matter, the leading one first; alone where nothing is linked. ``said`` is everything ever said."""

    lead_id: RecordId
    members: tuple[Member, ...]
    said: tuple[Said, ...]


def leading(born: Born) -> RecordId:
    """Return which report leads a matter: the one registered first; ids order those of one moment."""
    return min(born, key=lambda record_id: (born[record_id], record_id))


def standing(words: Iterable[Any]) -> list[Pair]:
    """Return the pairs that are linked now: every ``link`` that no ``unlink`` names."""
    said = list(words)
    undone = {word.undoes for word in said if word.action == UNLINK}
    return [(word.report_id, word.lead_id) for word in said if word.action == LINK and word.id not in undone]


def reachable(start: RecordId, pairs: Collection[Pair]) -> frozenset[RecordId]:
    """Return the reports that hold together with one, itself among them."""
    found, new = {start}, {start}
    while new:
        new = {other for pair in pairs for one, other in (pair, pair[::-1]) if one in found} - found
        found |= new
    return frozenset(found)


def _words(session: Session, start: RecordId) -> list[Link]:
    """Return every word about a report and about those it holds together with, oldest first."""
    words: dict[str, Link] = {}
    asked: set[str] = set()
    while (new := sorted(reachable(start, standing(words.values())) - asked)) and len(asked) < MOST:
        part = new[:200]
        query = select(Link).where(or_(Link.report_id.in_(part), Link.lead_id.in_(part)), Link.voided.is_not(True))
        words |= {word.id: word for word in session.scalars(query)}
        asked |= set(part)
    return sorted(words.values(), key=lambda word: (word.created_at, word.id))


def matter(session: Session, report_id: RecordId) -> dict[RecordId, Report]:
    """Return the reports of one matter that are on this desk, the report itself among them."""
    ids = reachable(report_id, standing(_words(session, report_id)))
    return {found.id: found for found in session.scalars(select(Report).where(Report.id.in_(sorted(ids))))}


def family(read: Reader, report_id: RecordId) -> Family:
    """Return the matter of a report with its whole history, masked."""
    read.require("record.read")
    words = _words(read.session, report_id)
    ids = reachable(report_id, standing(words))
    found = {r.id: r for r in read.session.scalars(select(Report).where(Report.id.in_(sorted(ids))))}
    if not found:
        return Family(report_id, (), ())
    lead = leading({record_id: report.created_at for record_id, report in found.items()})
    ordered = sorted(found.values(), key=lambda r: (r.id != lead, r.created_at, r.id))
    ids_of = tuple(r.reporter_id for r in ordered if r.reporter_id and not r.name_hidden)
    residents = {person.id: person for person in people.by_ids(read, ids_of)}
    members = tuple(_member(report, residents.get(report.reporter_id or "")) for report in ordered)
    return Family(lead, members, tuple(map(_said, words)))


def _member(report: Report, resident: PersonRow | None) -> Member:
    """Return a report with its reporter: as typed at the counter, else as the resident is recorded."""
    sealed = bool(report.name_hidden)
    name, phone = ("", "") if sealed else (mask("name", report.reporter_name), mask("phone", report.reporter_phone))
    if resident is not None:
        name, phone = name or resident.name, phone or resident.phone
    return Member(
        report.id, report.number or "", mask("text", report.title), report.state, report.created_at, name, phone,
        bool(report.anonymous), sealed,
    )  # fmt: skip


def _said(word: Link) -> Said:
    return Said(
        word.id, word.report_id, word.lead_id, word.action, tuple(sorted(word.grounds or ())), word.distance,
        word.likeness, mask_value("text", word.reason) if word.reason else None, word.created_at, word.created_by,
    )  # fmt: skip


# ---- what people do -------------------------------------------------------------------------------------------------


def add(work: UnitOfWork, fields: Mapping[str, Any]) -> Link:
    """Link two reports inside a transaction that goes on; ``fields`` are those of a link.

    Whichever was registered first leads, however the two are named.

    Raises:
        RefusedError: no right, one of them is void, or they are one matter already.
        InvalidError: a report with itself, or a field that cannot be taken.
        NotFoundError: one of them is not on this desk.
    """
    work.require("report.link")
    if fields.get("action", LINK) != LINK or fields.get("undoes"):
        raise InvalidError.one("action", N_("解除关联请用“解除关联”，这里只能关联"))
    one = work.get(Report, str(fields.get("report_id") or ""))
    other = work.get(Report, str(fields.get("lead_id") or ""))
    if one.id == other.id:
        raise InvalidError.one("lead_id", N_("不能把一件事件和它自己关联"))
    if one.voided or other.voided:
        raise RefusedError(N_("已经作废的事件不能关联"))
    work.session.flush()
    there = matter(work.session, other.id)
    if one.id in there:
        raise RefusedError(N_("这两件事件已经关联"))
    lead = leading({report.id: report.created_at for report in (one, *there.values())})
    follower = one if lead != one.id else other
    ends = {"report_id": follower.id, "lead_id": lead}
    return work.create(Link, dict(fields) | ends, scope=follower.scope)


def link(work: UnitOfWork, report_id: RecordId, other_id: RecordId, about: Mapping[str, Any] | None = None) -> ChangeSet:
    """Say that two reports are one matter. ``about`` may hold grounds, distance, likeness and reason.

    Raises:
        RefusedError, InvalidError, NotFoundError: as :func:`add`.
    """
    add(work, dict(about or {}) | {"report_id": report_id, "lead_id": other_id})
    return work.commit()


def unlink(work: UnitOfWork, report_id: RecordId, reason: str) -> ChangeSet:
    """Say that a report is a matter of its own after all: every link that it has is undone, and stays in the history.

    Raises:
        RefusedError: no right, no reason, or it is not linked.
    """
    work.require("report.link")
    report = work.get(Report, report_id)
    if not reason.strip():
        raise RefusedError(N_("解除关联要写明理由"))
    said = [word for word in _words(work.session, report.id) if report.id in (word.report_id, word.lead_id)]
    undone = {word.undoes for word in said if word.action == UNLINK}
    holding = [word for word in said if word.action == LINK and word.id not in undone]
    if not holding:
        raise RefusedError(N_("这件事件没有关联别的事件"))
    for word in holding:
        ends = {"report_id": word.report_id, "lead_id": word.lead_id, "action": UNLINK, "undoes": word.id}
        work.create(Link, ends | {"reason": reason.strip()}, scope=word.scope)
    return work.commit()
