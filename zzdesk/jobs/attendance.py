"""What becomes of an application: confirmed, there or not there, somebody else in its place. Only who was there counts (F55).

Moments of coming and leaving are those of the station's sheet: the step says them, or they are now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId, local_day
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.guards import WORDS
from zzdesk.jobs.models import Application, Posting, Worker
from zzdesk.jobs.placing import (
    add_application,
    check_age,
    refuse_overlap,
    refuse_uncertified,
    refuse_withdrawn,
)
from zzdesk.jobs.queue_commands import note_placed
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

NIGHT: Final = timedelta(days=1)
"""Work that begins before midnight may be come to after it."""
_MINUTE: Final = timedelta(minutes=1)


def act_application(
    work: UnitOfWork, application_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Confirm, refuse, withdraw, check in or out, or note a no-show; the posting's places follow.

    ``fields`` of a check-in may say ``checked_in_at``, of a check-out ``checked_out_at`` and ``break_minutes``: what the
    sheet of the site says. Without them it is now.

    Raises:
        RefusedError: by the state, the rights, a missing reason, no place left, or age on the day of work.
        InvalidError: a moment that cannot be one of this day's work.
    """
    _act(work, application_id, action, fields, reason)
    return work.commit()


def replace(
    work: UnitOfWork, application_id: RecordId, worker_id: RecordId, action: str | None = None, reason: str = "",
    way: str = "counter",
) -> ChangeSet:  # fmt: skip
    """Put somebody else into the place of who did not come (``no-show``) or gave it up (``withdraw``), all at once.

    Without an action: that is on record already.

    Raises:
        RefusedError: as the steps do: by age, an overlapping place, a paused worker, a missing reason.
    """
    if action is not None and action not in ("no-show", "withdraw"):
        raise InvalidError.one("action", N_("没有这个办理动作"))
    gone = _act(work, application_id, action, {}, reason) if action else work.get(Application, application_id)
    work.session.flush()
    posting = work.get(Posting, gone.posting_id)
    given = {"posting_id": posting.id, "worker_id": worker_id, "way": way, "work_date": gone.work_date, "replaces": gone.id}
    came = add_application(work, given)
    work.session.flush()
    work.step(came, "confirm")
    _confirm(work, came, posting)
    gone.replaced_by = came.id
    return work.commit()


def _act(work: UnitOfWork, application_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None) -> Application:
    application = work.get(Application, application_id)
    posting = work.get(Posting, application.posting_id)
    said = {name: fields[name] for name in flow.ATTENDED if name in fields}
    if action not in ("check-in", "check-out"):
        for name in said:
            raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    if action == "no-show":
        _refuse_early(work, posting)
    if action == "check-in" and (posting.state in flow.CALLED_OFF or posting.voided):
        raise RefusedError(WORDS["posting-called-off"], code="posting-called-off")
    others = {name: value for name, value in fields.items() if name not in said}
    source, target = work.step(application, action, values=others, reason=reason)
    if action == "confirm":
        _confirm(work, application, posting)
    if source in flow.HOLDS_A_PLACE and target not in flow.HOLDS_A_PLACE:
        _free_place(work, posting)
    if action == "check-in":
        _came(work, application, _moment(work, said, "checked_in_at"))
    if action == "check-out":
        _left(work, application, _moment(work, said, "checked_out_at"), said.get("break_minutes"))
    if reason:
        application.reason = reason
    return application


def _confirm(work: UnitOfWork, application: Application, posting: Posting) -> None:
    worker = work.get(Worker, application.worker_id)
    refuse_withdrawn(worker)
    check_age(work, application, posting, worker)
    refuse_uncertified(work, application, posting, worker)
    refuse_overlap(work, application, posting)
    later = application.replaces is not None and posting.state == flow.WORKING
    if not (posting.state == flow.PUBLISHED or later) or (posting.filled or 0) >= (posting.headcount or 0):
        raise RefusedError(N_("这个岗位已经招满，或不在招人"))
    posting.filled = (posting.filled or 0) + 1
    application.confirmed_at = work.clock.now()
    note_placed(work, application.worker_id)
    if posting.filled >= (posting.headcount or 0) and not later:
        work.step(posting, "fill")


def _free_place(work: UnitOfWork, posting: Posting) -> None:
    posting.filled = max(0, (posting.filled or 0) - 1)
    if posting.state == flow.FULL:
        work.step(posting, "reopen")


def _refuse_early(work: UnitOfWork, posting: Posting) -> None:
    """Nobody has stayed away before the work begins."""
    if posting.starts_at is not None and work.clock.now() < posting.starts_at:
        raise RefusedError(N_("还没到上工时间，不能记未到岗；来不了的请用“退出”"), code="no-show-early")


def _moment(work: UnitOfWork, said: Mapping[str, Any], name: str) -> datetime:
    raw = said.get(name)
    if raw in (None, ""):
        return work.clock.now()
    moment: datetime = clean_one(kind_of(Application).fields[name], raw, work.today)
    if moment > work.clock.now():
        raise InvalidError.one(name, N_("不能晚于现在"))
    return moment


def _came(work: UnitOfWork, application: Application, moment: datetime) -> None:
    day = local_day(moment)
    if application.work_date is not None and not application.work_date <= day <= application.work_date + NIGHT:
        raise InvalidError.one("checked_in_at", N_("到岗要在上工那天（{day}）"), day=application.work_date)
    application.checked_in_at = moment
    application.checked_in_by = application.checked_by = work.actor.account_id


def _left(work: UnitOfWork, application: Application, moment: datetime, pause: Any) -> None:
    came = application.checked_in_at
    if came is None or moment - came < _MINUTE:
        raise InvalidError.one("checked_out_at", N_("完工时间要晚于到岗时间"))
    minutes = int((moment - came) / _MINUTE)
    taken = clean_one(kind_of(Application).fields["break_minutes"], pause, work.today) or 0
    if not 0 <= taken < minutes:
        raise InvalidError.one("break_minutes", N_("休息时间要少于在岗时间"))
    application.checked_out_at, application.break_minutes = moment, taken or None
    application.checked_out_by = application.checked_by = work.actor.account_id
    application.minutes = minutes - taken


def waiting_for(work: UnitOfWork, posting_id: RecordId) -> int:
    """Return of how many people with a place it is not yet known whether they were there, and until when."""
    work.session.flush()
    query = select(func.count()).select_from(Application).where(
        Application.posting_id == posting_id, Application.state.in_((flow.CONFIRMED, flow.CHECKED_IN)),
        Application.voided.is_not(True),
    )  # fmt: skip
    return int(work.session.scalar(query) or 0)
