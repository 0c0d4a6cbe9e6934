"""Sign-ups: asked for here, decided by the centre; who came and who left is ticked by the leader (domain rules B4).

Offline a sign-up is an intent. Nothing here, nor in any window, says that somebody has a place before the centre did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local_day, to_iso
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import checkins
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import Segment, SignUp, Task, Volunteer
from zzdesk.store.audit import set_local_value
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

SEEN: Final = "signups.seen:"
"""Local value: up to when an account has read what the centre said of its sign-ups."""
_TIMES: Final = frozenset({"checked_in_at", "checked_out_at", "check_way"}) | checkins.GIVEN


def sign_up(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Ask for a place in a task for a volunteer: an intent until the centre's word has come.

    Raises:
        RefusedError: the task takes nobody any more, the volunteer is paused, not insured, not trained, or has asked.
    """
    add_signup(work, fields)
    return work.commit()


def add_signup(work: UnitOfWork, fields: Mapping[str, Any]) -> SignUp:
    """Make a sign-up inside a transaction that goes on."""
    work.require("patrol.sign")
    task = work.get(Task, str(fields.get("task_id") or ""))
    if task.voided or task.state not in flow.OPEN_TO_SIGN_UP or work.clock.now() >= task.ends_at:
        raise RefusedError(N_("这项任务现在不接受报名"))
    return make_signup(work, task, str(fields.get("volunteer_id") or ""))


def make_signup(work: UnitOfWork, task: Task, volunteer_id: RecordId) -> SignUp:
    """Make a sign-up of a task that takes people.

    Raises:
        RefusedError: the volunteer is not fit for it, or has asked already.
    """
    volunteer = work.get(Volunteer, volunteer_id)
    if volunteer.voided or volunteer.state != flow.ACTIVE:
        raise RefusedError(N_("这名志愿者已暂停服务"))
    flow.refuse_uninsured(task.risky, volunteer.insured_until, local_day(task.starts_at))
    lacking = flow.missing_trainings(task.trainings, volunteer.trainings)
    if lacking:
        raise RefusedError(N_("还没有参加这项任务要求的培训：{missing}"), missing="、".join(lacking))
    again = select(SignUp.id).where(
        SignUp.task_id == task.id, SignUp.volunteer_id == volunteer_id, SignUp.voided.is_not(True),
        SignUp.state.in_(flow.HOLDS_A_PLACE), SignUp.standing.is_distinct_from(flow.REFUSED),
    )  # fmt: skip
    if work.session.scalar(again.limit(1)) is not None:
        raise RefusedError(N_("这名志愿者已经报过名"))
    return work.create(SignUp, {"task_id": task.id, "volunteer_id": volunteer_id})


def act_signup(
    work: UnitOfWork, signup_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a sign-up's next step: check-in, check-out, withdraw, absent, allow (a supervisor's), or repair its times.

    ``fields`` may say ``checked_in_at``, ``checked_out_at`` and ``check_way``; without them it is now, by the list. To check
    in at a point of the route they say ``code``, or ``latitude`` and ``longitude`` with the ``point`` and ``check_source``.

    Raises:
        RefusedError: by the state, the rights, the time, a missing reason, or the centre has not given a place.
        InvalidError: a time that cannot be.
    """
    signup = work.get(SignUp, signup_id)
    task = work.get(Task, signup.task_id)
    for name in sorted(set(fields) - _TIMES):
        raise InvalidError.one(name, N_("这一步不能改这一项"))
    if action == "check-in":
        check_in(work, signup, task, fields, reason)
    elif action == "check-out":
        _check_out(work, signup, task, fields)
    elif action == "repair":
        _repair(work, signup, task, fields, reason)
    else:
        _other(work, signup, task, action, reason)
    work.audit(f"signup.{action}", "signup", signup_id)
    return work.commit()


def _moment(work: UnitOfWork, fields: Mapping[str, Any], name: str) -> datetime | None:
    value: datetime | None = clean_one(kind_of(SignUp).fields[name], fields.get(name), work.today)
    if value is not None and value > work.clock.now():
        raise InvalidError.one(name, N_("不能是将来的时间"))
    return value


def check_in(
    work: UnitOfWork, signup: SignUp, task: Task, fields: Mapping[str, Any], reason: str | None
) -> None:
    """Note that somebody is there. Who has no place yet may join on the spot, for a reason.

    Raises:
        RefusedError: too early, after the end, a wrong code; without a place, or too far away, and without a reason.
        InvalidError: a time that cannot be.
    """
    at = _moment(work, fields, "checked_in_at") or work.clock.now()
    if not task.starts_at - flow.EARLY <= at < task.ends_at:
        raise RefusedError(N_("签到时间要在任务开始前1小时到结束之间"))
    has_place = signup.standing == flow.GRANTED or task.self_started
    if not has_place and not (reason or "").strip():
        raise RefusedError(N_("中心还没有确认名额；人已到场的，写明理由可以现场补录"))
    seen = _seen(work, task, fields)
    if seen.doubt is not None and not (reason or "").strip():
        raise seen.doubt
    if task.state in (flow.PUBLISHED, flow.TAKEN) and task.scope == work.actor.station:
        work.step(task, "start")  # what another office issued, that office starts
    if task.state not in flow.OPEN_TO_SIGN_UP:
        raise RefusedError(N_("这项任务不在进行中，不能签到"))
    work.step(signup, "check-in", reason=reason)
    signup.checked_in_at, signup.checked_in_by = at, work.actor.account_id
    signup.check_way, signup.check_point, signup.check_place = seen.way, seen.point, seen.place
    signup.check_distance, signup.check_source = seen.distance, seen.source
    if not has_place:
        signup.on_site = True
    if not has_place or seen.doubt is not None:
        signup.reason = reason


def _seen(work: UnitOfWork, task: Task, fields: Mapping[str, Any]) -> checkins.Seen:
    segment = work.session.get(Segment, task.segment_id) if task.segment_id else None
    return checkins.look(segment.id if segment else None, segment.check_points if segment else None, fields)


def _check_out(work: UnitOfWork, signup: SignUp, task: Task, fields: Mapping[str, Any]) -> None:
    at = _moment(work, fields, "checked_out_at") or work.clock.now()
    if signup.checked_in_at is not None and at < signup.checked_in_at:
        raise InvalidError.one("checked_out_at", N_("签退不能早于签到"))
    work.step(signup, "check-out")
    _leave(signup, task, at)


def _leave(signup: SignUp, task: Task, at: datetime) -> None:
    signup.checked_out_at = at
    if signup.checked_in_at is not None:
        signup.minutes = flow.counted_minutes(signup.checked_in_at, at, task.starts_at, task.ends_at)


def _repair(
    work: UnitOfWork, signup: SignUp, task: Task, fields: Mapping[str, Any], reason: str | None
) -> None:
    """Correct the times of somebody who was there; who and why stays on the record, and nothing beyond the plan counts."""
    work.require("patrol.verify")
    if not (reason or "").strip():
        raise RefusedError(N_("更正签到签退要写明理由"))
    if signup.state != flow.DONE or task.state in flow.CLOSED_TASKS:
        raise RefusedError(N_("只有已签退、任务还没有计分的才能更正"))
    came = _moment(work, fields, "checked_in_at") or signup.checked_in_at
    left = _moment(work, fields, "checked_out_at") or signup.checked_out_at
    if came is None or left is None or left < came:
        raise InvalidError.one("checked_out_at", N_("签退不能早于签到"))
    signup.checked_in_at = came
    _leave(signup, task, left)
    signup.repaired_by, signup.reason, signup.forgotten = work.actor.account_id, reason, None


def _other(work: UnitOfWork, signup: SignUp, task: Task, action: str, reason: str | None) -> None:
    if action == "withdraw" and not (work.may("patrol.override") and (reason or "").strip()):
        flow.refuse_late_withdrawal(work.clock.now(), task.starts_at, task.cancel_hours or 0)
    if action == "absent" and work.clock.now() < task.starts_at:
        raise RefusedError(N_("任务还没有开始，不能记缺席"))
    work.step(signup, action, reason=reason)
    if reason:
        signup.reason = reason


def close_all(work: UnitOfWork, task: Task) -> int:
    """Close what was forgotten in a task whose planned end is over, at that end, flagged; return how many."""
    if work.clock.now() < task.ends_at:
        return 0
    found = select(SignUp).where(SignUp.task_id == task.id, SignUp.state == flow.PRESENT, SignUp.voided.is_not(True))
    closed = 0
    for signup in work.session.scalars(found):
        work.step(signup, "check-out")
        _leave(signup, task, task.ends_at)
        signup.forgotten = True
        closed += 1
    return closed


def close_forgotten(work: UnitOfWork, limit: int = 50) -> ChangeSet:
    """Close, at their planned end, the check-outs that were forgotten in at most ``limit`` tasks that are over."""
    work.require("patrol.lead")
    there = select(SignUp.id).where(SignUp.task_id == Task.id, SignUp.state == flow.PRESENT).exists()
    late = select(Task).where(Task.state.in_(flow.OPEN_TO_SIGN_UP), Task.ends_at <= work.clock.now(), there)
    for task in work.session.scalars(late.order_by(Task.ends_at, Task.id).limit(limit)):
        close_all(work, task)
    return work.commit()


def note_seen(work: UnitOfWork, until: datetime) -> ChangeSet:
    """Note that the actor has read the news up to a moment (the newest one's ``decided_at``)."""
    set_local_value(work.session, SEEN + work.actor.account_id, to_iso(until))
    work.touch("signup", "")
    return work.commit()
