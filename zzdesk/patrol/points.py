"""What people do with points: earned when a task is scored, spent on rewards, corrected by another entry.

A redemption books its entry at once, so that nobody spends the same points twice at one desk; whether there is a piece
and whether the points are there is the centre's to say. Where they are not it books the points back by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId, local
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import ledger
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.ledger import Entry, entry_id
from zzdesk.patrol.models import SignUp, Task, Volunteer
from zzdesk.patrol.models_points import PointsEntry, Redemption, Reward
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

_RECEIVED: Final = "received"


def entries_of(who: UnitOfWork | Reader, volunteer_id: RecordId) -> list[Entry]:
    """Return a volunteer's entries that this desk has, oldest first."""
    query = select(PointsEntry).where(PointsEntry.volunteer_id == volunteer_id, PointsEntry.voided.is_not(True))
    found = who.session.scalars(query.order_by(PointsEntry.created_at, PointsEntry.id))
    return [Entry(e.id, e.debit, e.credit, e.amount, e.why, e.month, e.reverses) for e in found]


def left_of(who: UnitOfWork | Reader, reward: Reward) -> int:
    """Return how many pieces can still be asked for: what is there, less what this desk has asked for meanwhile."""
    query = select(func.count()).select_from(Redemption).where(
        Redemption.reward_id == reward.id, Redemption.standing.is_(None), Redemption.state == flow.ASKED,
        Redemption.voided.is_not(True),
    )  # fmt: skip
    waiting = int(who.session.scalar(query) or 0)
    return max(0, (reward.received or 0) - (reward.given or 0) - waiting)


def _book(work: UnitOfWork, what: str, about: str, fields: Mapping[str, Any]) -> PointsEntry:
    """Write an entry whose id follows from what it is about; where it is written already, it stays the only one."""
    wanted = entry_id(what, about)
    there = work.session.get(PointsEntry, wanted)
    if there is not None:
        return there
    month = f"{local(work.clock.now()):%Y-%m}"
    with work.session.no_autoflush:
        entry = work.create(PointsEntry, {"month": month, **fields})
        entry.id = wanted
    return entry


def score(work: UnitOfWork, task: Task) -> None:
    """Book the points of a task for everybody who finished it; the month is that of the work."""
    done = select(SignUp).where(SignUp.task_id == task.id, SignUp.state == flow.DONE, SignUp.voided.is_not(True))
    month = f"{local(task.starts_at):%Y-%m}"
    for signup in list(work.session.scalars(done.order_by(SignUp.id))):
        if task.points and signup.minutes:
            _book(work, ledger.EARN, signup.id, {
                "volunteer_id": signup.volunteer_id, "debit": ledger.ISSUED, "credit": ledger.VOLUNTEER,
                "amount": task.points, "why": ledger.EARN, "signup_id": signup.id, "month": month,
            })  # fmt: skip


def add_reward(work: UnitOfWork, fields: Mapping[str, Any]) -> Reward:
    """Make a reward inside a transaction that goes on; ``received`` is what is in stock at first."""
    work.require("patrol.reward.edit")
    return work.create(Reward, fields)


def register_reward(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Offer a reward.

    Raises:
        InvalidError: every field that cannot be taken.
    """
    add_reward(work, fields)
    return work.commit()


def edit_reward(work: UnitOfWork, reward_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Change a reward. Stock only grows here: what leaves it leaves as a redemption.

    Raises:
        InvalidError: less stock than before.
    """
    work.require("patrol.reward.edit")
    reward = work.get(Reward, reward_id)
    before = reward.received or 0
    work.change(reward, changes)
    if (reward.received or 0) < before:
        raise InvalidError.one(_RECEIVED, N_("库存只能增加；发出去的由兑换记录扣减"))
    return work.commit()


def restock(work: UnitOfWork, reward_id: RecordId, pieces: int) -> ChangeSet:
    """Add pieces to the stock of a reward.

    Raises:
        InvalidError: not a number above zero.
    """
    work.require("patrol.reward.edit")
    if pieces <= 0:
        raise InvalidError.one(_RECEIVED, N_("应大于零"))
    reward = work.get(Reward, reward_id)
    work.change(reward, {_RECEIVED: (reward.received or 0) + pieces})
    return work.commit()


def redeem(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Ask for a piece of a reward in exchange for points: an intent until the centre's word has come.

    Raises:
        RefusedError: by what this desk knows there is no piece left, or there are not enough points.
    """
    add_redemption(work, fields)
    return work.commit()


def add_redemption(work: UnitOfWork, fields: Mapping[str, Any]) -> Redemption:
    """Make a redemption and book its points inside a transaction that goes on."""
    work.require("patrol.redeem")
    reward = work.get(Reward, str(fields.get("reward_id") or ""))
    volunteer = work.get(Volunteer, str(fields.get("volunteer_id") or ""))
    work.session.flush()
    if reward.voided or left_of(work, reward) <= 0:
        raise RefusedError(N_("这件礼品已经没有库存"))
    have = ledger.available(entries_of(work, volunteer.id))
    if have < reward.price:
        raise RefusedError(N_("积分不够：需要{price}分，现有{have}分"), price=reward.price, have=have)
    redemption = work.create(Redemption, {"reward_id": reward.id, "volunteer_id": volunteer.id})
    redemption.price = reward.price
    _book(work, ledger.REDEEM, redemption.id, {
        "volunteer_id": volunteer.id, "debit": ledger.VOLUNTEER, "credit": ledger.REDEEMED, "amount": reward.price,
        "why": ledger.REDEEM, "redemption_id": redemption.id, "month": f"{local(redemption.created_at):%Y-%m}",
    })  # fmt: skip
    return redemption


def act_redemption(
    work: UnitOfWork, redemption_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Hand a piece over, or call the exchange off: the points come back.

    Raises:
        RefusedError: by the state, the rights, a missing reason, or the centre has not granted the piece.
    """
    redemption = work.get(Redemption, redemption_id)
    if action == "hand-over" and redemption.standing != ledger.GRANTED:
        raise RefusedError(N_("中心还没有确认这次兑换，礼品先不能发"))
    work.step(redemption, action, values=fields, reason=reason)
    if action == "hand-over":
        redemption.handed_at, redemption.handed_by = work.clock.now(), work.actor.account_id
    else:
        redemption.reason = reason
        if redemption.standing in (None, ledger.GRANTED):
            _refund(work, redemption)
    work.audit(f"redemption.{action}", "redemption", redemption_id)
    return work.commit()


def _refund(work: UnitOfWork, redemption: Redemption) -> None:
    _book(work, ledger.REFUND, redemption.id, {
        "volunteer_id": redemption.volunteer_id, "debit": ledger.REDEEMED, "credit": ledger.VOLUNTEER,
        "amount": redemption.price, "why": ledger.REFUND, "redemption_id": redemption.id,
        "reverses": entry_id(ledger.REDEEM, redemption.id), "month": f"{local(redemption.created_at):%Y-%m}",
    })  # fmt: skip


def adjust(work: UnitOfWork, volunteer_id: RecordId, points: int, reason: str) -> ChangeSet:
    """Give or take points for a reason that no task is.

    Raises:
        RefusedError: no reason, nought, or more than the volunteer has.
    """
    work.require("patrol.adjust")
    volunteer = work.get(Volunteer, volunteer_id)
    if not points or not reason.strip():
        raise RefusedError(N_("调整积分要写明分数和理由"))
    if points < 0 and ledger.available(entries_of(work, volunteer_id)) < -points:
        raise RefusedError(N_("积分不能变成负数"))
    gives = points > 0
    work.create(PointsEntry, {
        "volunteer_id": volunteer.id, "debit": ledger.ISSUED if gives else ledger.VOLUNTEER,
        "credit": ledger.VOLUNTEER if gives else ledger.ISSUED, "amount": abs(points), "why": ledger.ADJUST,
        "month": f"{local(work.clock.now()):%Y-%m}", "note": reason.strip(),
    })  # fmt: skip
    return work.commit()


def reverse(work: UnitOfWork, wrong_id: RecordId, reason: str) -> ChangeSet:
    """Take an entry back by another one; the wrong one stays where it is.

    Raises:
        RefusedError: no reason, it was taken back already or is itself a correction, or the points are spent.
    """
    work.require("patrol.adjust")
    wrong = work.get(PointsEntry, wrong_id)
    if not reason.strip():
        raise RefusedError(N_("冲正要写明理由"))
    if wrong.why not in (ledger.EARN, ledger.ADJUST):
        raise RefusedError(N_("这一笔不能冲正"))
    if work.session.get(PointsEntry, entry_id(ledger.REVERSE, wrong_id)) is not None:
        raise RefusedError(N_("这一笔已经冲正过"))
    takes = wrong.credit == ledger.VOLUNTEER
    if takes and ledger.available(entries_of(work, wrong.volunteer_id)) < wrong.amount:
        raise RefusedError(N_("积分不能变成负数"))
    _book(work, ledger.REVERSE, wrong_id, {
        "volunteer_id": wrong.volunteer_id, "debit": wrong.credit, "credit": wrong.debit, "amount": wrong.amount,
        "why": ledger.REVERSE, "reverses": wrong_id, "note": reason.strip(),
    })  # fmt: skip
    return work.commit()
