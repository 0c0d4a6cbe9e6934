"""States of volunteers, tasks and sign-ups (domain rules B4): 发布 → 定人 → 进行 → 提交 → 核验 → 计分 | 驳回.

Who gets a place is not a step: the centre decides it (``zzdesk.patrol.seats``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.many import ForMany
from zzdesk.patrol.checkins import NEAR as NEAR
from zzdesk.patrol.checkins import seen_at as seen_at
from zzdesk.workflow import Needs, TransitionTable

TEAM_KINDS: Final = ("patrol", "neighbour", "legal-aid", "volunteer", "medical", "property", "other")
TASK_KINDS: Final = ("fixed-post", "patrol", "publicity", "elder-help", "other")
ISSUERS: Final = ("unit", "community", "police")
DUTY_SLOTS: Final = ("grid-worker-a", "grid-worker-b", "police", "team")
DOCUMENTS: Final = ("identity-card", "residence-permit", "passport", "other")
CHECK_WAYS: Final = ("list", "qr", "gps")

ACTIVE: Final = "active"
PAUSED: Final = "paused"
VOLUNTEER: Final = TransitionTable(
    ("pause", ACTIVE, PAUSED, Needs("patrol.volunteer.edit", reason=True)),
    ("resume", PAUSED, ACTIVE, Needs("patrol.volunteer.edit")),
)

VOLUNTEERS_FOR_MANY: Final = (ForMany("pause", "resume"), ForMany("resume", "pause"))

PUBLISHED: Final = "published"
TAKEN: Final = "taken"
RUNNING: Final = "running"
SUBMITTED: Final = "submitted"
VERIFIED: Final = "verified"
SCORED: Final = "scored"
REJECTED: Final = "rejected"
CANCELLED: Final = "cancelled"
_LEAD, _VERIFY, _ISSUE = Needs("patrol.lead"), Needs("patrol.verify"), "patrol.task.issue"

TASK: Final = TransitionTable(
    ("fill", PUBLISHED, TAKEN, _LEAD),
    ("reopen", TAKEN, PUBLISHED, _LEAD),
    ("start", PUBLISHED, RUNNING, _LEAD),
    ("start", TAKEN, RUNNING, _LEAD),
    ("submit", RUNNING, SUBMITTED, _LEAD),
    ("verify", SUBMITTED, VERIFIED, _VERIFY),
    ("reject", SUBMITTED, REJECTED, Needs("patrol.verify", reason=True)),
    ("score", VERIFIED, SCORED, _VERIFY),
    ("cancel", PUBLISHED, CANCELLED, Needs(_ISSUE, reason=True)),
    ("cancel", TAKEN, CANCELLED, Needs(_ISSUE, reason=True)),
)
TASKS_FOR_MANY: Final = (ForMany("score"), ForMany("cancel"))
"""What was verified is scored as a whole, and a typhoon calls off everything. To verify is to look at each (by somebody
else than who submitted it); starting and submitting belong to who leads the task."""
AUTOMATIC: Final = frozenset({"fill", "reopen"})
"""Steps that the centre takes by itself as places are given and become free."""
CLOSED_TASKS: Final = frozenset({SCORED, REJECTED, CANCELLED})
OPEN_TO_SIGN_UP: Final = frozenset({PUBLISHED, TAKEN, RUNNING})
OPEN_TASKS: Final = (PUBLISHED, TAKEN, RUNNING, SUBMITTED, VERIFIED)

ASKED: Final = "asked"
ALLOWED: Final = "allowed"
PRESENT: Final = "present"
DONE: Final = "done"
ABSENT: Final = "absent"
WITHDRAWN: Final = "withdrawn"
_SIGN, _ALLOW = Needs("patrol.sign"), Needs("patrol.override", reason=True)
_TICK, _MISSED = Needs("patrol.lead"), Needs("patrol.lead", reason=True)

SIGNUP: Final = TransitionTable(
    ("check-in", ASKED, PRESENT, _TICK),
    ("check-in", ALLOWED, PRESENT, _TICK),
    ("check-out", PRESENT, DONE, _TICK),
    ("withdraw", ASKED, WITHDRAWN, _SIGN),
    ("withdraw", ALLOWED, WITHDRAWN, _SIGN),
    ("allow", ASKED, ALLOWED, _ALLOW),
    ("absent", ASKED, ABSENT, _MISSED),
    ("absent", ALLOWED, ABSENT, _MISSED),
)
HOLDS_A_PLACE: Final = frozenset({ASKED, ALLOWED, PRESENT, DONE})
"""States in which a sign-up keeps, or waits for, a place."""
BEFORE_WORK: Final = frozenset({ASKED, ALLOWED})
CAME: Final = HOLDS_A_PLACE - BEFORE_WORK
"""States of somebody who was there."""

HANDED: Final = "handed"
CALLED_OFF: Final = "called-off"
_REDEEM = Needs("patrol.redeem")
REDEMPTION: Final = TransitionTable(
    ("hand-over", ASKED, HANDED, _REDEEM),
    ("call-off", ASKED, CALLED_OFF, Needs("patrol.redeem", reason=True)),
)

GRANTED: Final = "granted"
WAITING: Final = "waiting"
REFUSED: Final = "refused"
STANDINGS: Final = (GRANTED, WAITING, REFUSED)
OVERLAP: Final = "overlap"
QUOTA: Final = "quota"
CLOSED: Final = "closed"
ALREADY: Final = "already"
REFUSALS: Final = (OVERLAP, QUOTA, CLOSED, ALREADY)

PATROL_ONLY: Final = "patrol-only"
HAZARD: Final = "hazard"
DISPUTE: Final = "dispute"
CLUE_OUTPUT: Final = "clue"
OUTPUTS: Final = (PATROL_ONLY, "collection", HAZARD, DISPUTE, CLUE_OUTPUT, "good-deed")
"""What comes of a round: 巡逻 / 信息采集 / 隐患 / 纠纷 / 线索 / 好事."""
WEATHERS: Final = ("sunny", "cloudy", "rain", "storm", "hot", "cold")
ROUND_OPEN: Final = "open"
ROUND_CLOSED: Final = "closed"
ROUND: Final = TransitionTable(
    ("close", ROUND_OPEN, ROUND_CLOSED, Needs("patrol.round", fields=("ended_at", "members"))),
)
CLUE_SEALED: Final = "sealed"
CLUE_HANDED: Final = "handed"
CLUE: Final = TransitionTable(
    ("hand-over", CLUE_SEALED, CLUE_HANDED, Needs("clue.read", fields=("handed_to", "receipt_number"))),
)

ISSUED: Final = "issued"
WITHDRAWN_PAPER: Final = "withdrawn"
CERTIFICATE: Final = TransitionTable(
    ("withdraw", ISSUED, WITHDRAWN_PAPER, Needs("patrol.certify", reason=True)),
)

CALLED: Final = "called"
DISPATCHED: Final = "dispatched"
ARRIVED: Final = "arrived"
CALL_CLOSED: Final = "closed"
SOLVED: Final = ("grid", "community", "up")
"""Where a call was solved: in the grid, in the community, or handed up (小事不出网格)."""
_DISPATCH = "patrol.dispatch"
CALLOUT: Final = TransitionTable(
    ("dispatch", CALLED, DISPATCHED, Needs(_DISPATCH, fields=("dispatched_to",))),
    ("arrive", DISPATCHED, ARRIVED, Needs(_DISPATCH)),
    ("close", ARRIVED, CALL_CLOSED, Needs(_DISPATCH, fields=("outcome",))),
    ("close", CALLED, CALL_CLOSED, Needs(_DISPATCH, fields=("outcome",), reason=True)),
    ("close", DISPATCHED, CALL_CLOSED, Needs(_DISPATCH, fields=("outcome",), reason=True)),
)
OPEN_CALLS: Final = (CALLED, DISPATCHED, ARRIVED)
ARRIVE_WITHIN: Final = 600
"""Seconds from the call to the arrival (“10分钟到场”)."""

STANDING_WORDS: Final[dict[str | None, str]] = {
    None: N_("已申请，联网后确认"),
    GRANTED: N_("名额已确认"),
    WAITING: N_("候补中"),
    REFUSED: N_("未能参加"),
}
"""What is said of a sign-up; None as long as the centre has not answered. None of it is said before its word."""

EARLY: Final = timedelta(hours=1)
"""How long before the beginning somebody may be ticked as present."""
CANCEL_HOURS: Final = 2
WEEK_QUOTA: Final = 5
"""Tasks that one person may hold in one week, unless the task says otherwise."""
POINTS: Final = 10
"""For a finished patrol (the published rule of 芗里芗亲)."""


def refuse_late_withdrawal(now: datetime, starts_at: datetime, hours: int) -> None:
    """Refuse to give a place back when nobody could take it any more.

    Raises:
        RefusedError: less than ``hours`` before the beginning.
    """
    if now > starts_at - timedelta(hours=hours):
        raise RefusedError(N_("离开始不到{hours}小时，不能退出；确有必要请由站长办理并写明理由"), hours=hours)


def is_uninsured(risky: object, insured_until: date | None, day: date) -> bool:
    """Say whether a risky activity on a day lacks accident insurance (志愿服务条例: insurance before the activity)."""
    return bool(risky) and (insured_until is None or insured_until < day)


def refuse_uninsured(risky: bool | None, insured_until: date | None, day: date) -> None:
    """Refuse a risky activity to a volunteer without accident insurance.

    Raises:
        RefusedError: not insured on that day.
    """
    if is_uninsured(risky, insured_until, day):
        raise RefusedError(N_("这项任务有人身危险，参加前要先为志愿者购买意外伤害保险（志愿服务条例）"))


def counted_minutes(came: datetime, left: datetime, starts_at: datetime, ends_at: datetime) -> int:
    """Return the whole minutes of somebody's presence that lie within the plan: never more than was planned."""
    return max(0, int((min(left, ends_at) - max(came, starts_at)).total_seconds() // 60))


def refuse_unfit_window(starts_at: datetime | None, ends_at: datetime | None) -> None:
    """Refuse a task that ends before it begins, or that lasts longer than a day.

    Raises:
        RefusedError: such a window.
    """
    if starts_at is None or ends_at is None or not timedelta(0) < ends_at - starts_at <= timedelta(hours=24):
        raise RefusedError(N_("结束时间应晚于开始时间，且一项任务不超过24小时"))


def missing_trainings(needed: Iterable[str] | None, have: Iterable[str] | None) -> tuple[str, ...]:
    """Return what of the trainings that a task asks for a volunteer has not had; a training is ``名称`` or ``名称@日期``."""
    names = {text.partition("@")[0].strip() for text in have or ()}
    return tuple(sorted(set(needed or ()) - names))


def elapsed(called: datetime, until: datetime) -> int:
    """Return the whole seconds from a call to a moment; a clock that was set back makes it nought, never less."""
    return max(0, int((until - called).total_seconds()))


def clock_text(seconds: int) -> str:
    """Return ``9′40″`` for 580 seconds."""
    return f"{seconds // 60}′{seconds % 60:02d}″"
