"""Tasks: issued, led, submitted, verified; and patrols that somebody starts without waiting for a task (我要巡逻)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import points, signing
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import SignUp, Task
from zzdesk.store.unit import ChangeSet, UnitOfWork

TASK_PREFIX: Final = "QF"
PLANNED: Final = frozenset({"starts_at", "ends_at", "places", "quota", "points", "risky", "trainings"})
"""What people signed up on: with sign-ups it stays, but for more places."""


def issue(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Publish a task.

    Raises:
        InvalidError: every field that cannot be taken.
        RefusedError: it would end before it begins, or last longer than a day.
    """
    add_task(work, fields)
    return work.commit()


def add_task(work: UnitOfWork, fields: Mapping[str, Any]) -> Task:
    """Make a task inside a transaction that goes on."""
    work.require("patrol.task.issue")
    return _make(work, fields)


def _make(work: UnitOfWork, fields: Mapping[str, Any]) -> Task:
    task = work.create(Task, fields)
    flow.refuse_unfit_window(task.starts_at, task.ends_at)
    task.number = numbers.give(work, TASK_PREFIX)
    return task


def start_patrol(
    work: UnitOfWork, fields: Mapping[str, Any], volunteers: Sequence[RecordId], seen: Mapping[str, Any] | None = None
) -> ChangeSet:
    """Start a patrol at once with these volunteers, who are present from now on; ``fields`` say until when.

    ``seen`` says at which point of the route they stand (``checkins.look``).

    Raises:
        InvalidError: nobody goes.
        RefusedError: no right, or somebody is not fit for it.
    """
    work.require("patrol.lead")
    if not volunteers:
        raise InvalidError.one("volunteers", N_("至少选一名志愿者"))
    now = work.clock.now()
    given = {"title": fields.get("title") or "", "starts_at": now, "places": len(volunteers)}
    task = _make(work, {"task_kind": "patrol", **fields, **given})
    task.self_started = True
    for volunteer_id in dict.fromkeys(volunteers):
        signup = signing.make_signup(work, task, volunteer_id)
        signing.check_in(work, signup, task, seen or {}, None)
    return work.commit()


def edit_task(work: UnitOfWork, task_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct a task. What people signed up on is not changed behind their backs; more places can always be added.

    Raises:
        RefusedError: somebody has signed up already, or the work has begun.
    """
    work.require("patrol.task.issue")
    task = work.get(Task, task_id)
    if task.state not in (flow.PUBLISHED, flow.TAKEN):
        raise RefusedError(N_("任务已经开始，不能再改"))
    fewer = "places" in changes and int(changes["places"] or 0) < (task.places or 0)
    if (set(changes) & (PLANNED - {"places"}) or fewer) and _has_signups(work, task_id):
        raise RefusedError(N_("已有人报名，时间、名额和要求不能改；可以增加名额，或取消后另发"))
    work.change(task, changes)
    flow.refuse_unfit_window(task.starts_at, task.ends_at)
    return work.commit()


def _has_signups(work: UnitOfWork, task_id: RecordId) -> bool:
    query = select(SignUp.id).where(SignUp.task_id == task_id, SignUp.state != flow.WITHDRAWN)
    return work.session.scalar(query.limit(1)) is not None


def act_task(
    work: UnitOfWork, task_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a task's next step: start, submit, verify, reject, score, cancel.

    Submitting closes what was forgotten: who is still present was there until the planned end, and no longer.

    Raises:
        RefusedError: by the state, the rights, a missing reason; or who submitted it verifies it.
    """
    task = work.get(Task, task_id)
    if action in flow.AUTOMATIC:
        raise RefusedError(N_("这一步由程序自动进行"))
    if action in ("verify", "reject") and task.submitted_by == work.actor.account_id:
        raise RefusedError(N_("核验人不能是提交人，请由另一个账号核验"))
    if action == "submit":
        signing.close_all(work, task)
        _refuse_nobody(work, task)
        task.submitted_by = work.actor.account_id
    work.step(task, action, values=fields, reason=reason)
    if action == "score":
        points.score(work, task)
    if reason:
        task.decision = reason
    work.audit(f"task.{action}", "task", task_id)
    return work.commit()


def _refuse_nobody(work: UnitOfWork, task: Task) -> None:
    work.session.flush()
    query = select(SignUp.state).where(SignUp.task_id == task.id, SignUp.voided.is_not(True))
    states = set(work.session.scalars(query.distinct()))
    if flow.PRESENT in states:
        raise RefusedError(N_("还有人没有签退，而计划的结束时间还没有到"))
    if flow.DONE not in states:
        raise RefusedError(N_("还没有人完成这项任务，不能提交；没有做成的请取消"))
