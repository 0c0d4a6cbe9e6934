"""What the windows ask about points: a volunteer's account, its entries, and who exchanged what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.patrol import ledger
from zzdesk.patrol.models import SignUp, Task, Volunteer
from zzdesk.patrol.models_points import PointsEntry, Redemption, Reward
from zzdesk.patrol.points import entries_of
from zzdesk.people.masks import mask
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class EntryRow:
    """One entry of a volunteer's account. ``points`` with its sign, ``about`` the task or the reward, ``note`` masked."""

    id: RecordId
    why: str
    points: int
    about: str
    note: str
    created_at: datetime


@dataclass(frozen=True)
class RedemptionRow:
    """One exchange, the volunteer masked. ``standing`` None: the centre has not answered."""

    id: RecordId
    reward: str
    volunteer: str
    number: str
    price: int
    state: str
    standing: str | None
    created_at: datetime
    voided: bool


def points_of(read: Reader, volunteer_id: RecordId) -> int:
    """Return what a volunteer can spend by what this desk knows: never below nought, nothing beyond the month's cap."""
    read.require("patrol.read")
    return ledger.available(entries_of(read, volunteer_id))


def ledger_of(
    read: Reader, volunteer_id: RecordId, after: str | None = None, limit: int = 50
) -> Page[EntryRow]:
    """Return one page of a volunteer's entries, newest first."""
    read.require("patrol.read")
    query = select(PointsEntry).where(PointsEntry.volunteer_id == volunteer_id)
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(PointsEntry.created_at, PointsEntry.id) < (from_iso(moment), last))
    order = (PointsEntry.created_at.desc(), PointsEntry.id.desc())
    found = list(read.session.scalars(query.order_by(*order).limit(limit + 1)))
    rows = found[:limit]
    about = _about(read, rows)
    lines = tuple(
        EntryRow(
            e.id, e.why, e.amount * ((e.credit == ledger.VOLUNTEER) - (e.debit == ledger.VOLUNTEER)),
            about.get(e.signup_id or e.redemption_id or "", ""), mask("text", e.note), e.created_at,
        )
        for e in rows
    )  # fmt: skip
    return Page(lines, f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)


def _about(read: Reader, rows: list[PointsEntry]) -> dict[str, str]:
    tasks = select(SignUp.id, Task.title).join(Task, Task.id == SignUp.task_id)
    rewards = select(Redemption.id, Reward.name).join(Reward, Reward.id == Redemption.reward_id)
    found = {row[0]: mask("text", row[1]) for row in read.session.execute(
        tasks.where(SignUp.id.in_({e.signup_id for e in rows if e.signup_id})))}  # fmt: skip
    return found | {row[0]: mask("text", row[1]) for row in read.session.execute(
        rewards.where(Redemption.id.in_({e.redemption_id for e in rows if e.redemption_id})))}  # fmt: skip


def redemptions(
    read: Reader, reward_id: RecordId, after: str | None = None, limit: int = 50
) -> Page[RedemptionRow]:
    """Return one page of the exchanges for a reward, newest first."""
    read.require("patrol.read")
    query = select(Redemption, Reward.name, Volunteer.name, Volunteer.number).where(Redemption.reward_id == reward_id)
    query = query.join(Reward, Reward.id == Redemption.reward_id)
    query = query.outerjoin(Volunteer, Volunteer.id == Redemption.volunteer_id)
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Redemption.created_at, Redemption.id) < (from_iso(moment), last))
    order = (Redemption.created_at.desc(), Redemption.id.desc())
    found = read.session.execute(query.order_by(*order).limit(limit + 1)).all()
    rows = tuple(
        RedemptionRow(
            r.id, mask("text", reward), mask("name", name), number or "", r.price, r.state, r.standing, r.created_at,
            bool(r.voided),
        )
        for r, reward, name, number in found[:limit]
    )
    return Page(rows, f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)
