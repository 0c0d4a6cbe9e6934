"""What people do in mass prevention: volunteers, teams, segments and rosters here; tasks in ``tasks``, sign-ups in
``signing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol.calls import act_callout, add_callout, edit_callout, take_call
from zzdesk.patrol.models import Duty, Segment, SignUp, Task, Team, Volunteer
from zzdesk.patrol.models_desk import Callout, Certificate
from zzdesk.patrol.models_points import Redemption, Reward
from zzdesk.patrol.models_rounds import Clue, Round, RoundItem
from zzdesk.patrol.papers import act_certificate, add_certificate, certify, print_certificate
from zzdesk.patrol.points import (
    act_redemption,
    add_redemption,
    add_reward,
    adjust,
    edit_reward,
    redeem,
    register_reward,
    restock,
    reverse,
)
from zzdesk.patrol.rounds import (
    act_clue,
    act_round,
    add_item,
    add_round,
    edit_item,
    edit_round,
    open_clue,
    register_round,
    seal,
    seal_clue,
)
from zzdesk.patrol.signing import act_signup, add_signup, close_forgotten, note_seen, sign_up
from zzdesk.patrol.tasks import act_task, add_task, edit_task, issue, start_patrol
from zzdesk.people.identity import parse_identity
from zzdesk.store.unit import ChangeSet, UnitOfWork

VOLUNTEER_PREFIX: Final = "ZY"


def register_volunteer(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record a volunteer and give a volunteer's number.

    Raises:
        InvalidError: every field that cannot be taken; consent without the version of its text.
        RefusedError: the identity number is registered already.
    """
    add_volunteer(work, fields)
    return work.commit()


def add_volunteer(work: UnitOfWork, fields: Mapping[str, Any]) -> Volunteer:
    """Make a volunteer's record inside a transaction that goes on."""
    work.require("patrol.volunteer.edit")
    volunteer = work.create(Volunteer, fields)
    _complete(work, volunteer)
    volunteer.number = numbers.give(work, VOLUNTEER_PREFIX)
    return volunteer


def _complete(work: UnitOfWork, volunteer: Volunteer) -> None:
    if volunteer.identity_number and volunteer.document_kind == "identity-card":
        try:
            volunteer.identity_number = parse_identity(volunteer.identity_number, work.today).number
        except InvalidError as error:
            raise InvalidError.one("identity_number", error.problems[0].message, **error.problems[0].params) from None
        _refuse_second(work, volunteer)
    if volunteer.consent_version and volunteer.consent_at is None:
        volunteer.consent_at = work.clock.now()


def _refuse_second(work: UnitOfWork, volunteer: Volunteer) -> None:
    """One identity number is one volunteer of this desk."""
    same = select(Volunteer.number).where(
        Volunteer.identity_number == volunteer.identity_number, Volunteer.id != volunteer.id,
        Volunteer.voided.is_not(True),
    )  # fmt: skip
    with work.session.no_autoflush:
        number = work.session.scalar(same.limit(1))
    if number:
        raise RefusedError(N_("这个证件号码已经登记过，志愿者编号{number}"), number=number)


def edit_volunteer(work: UnitOfWork, volunteer_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a volunteer's record."""
    work.require("patrol.volunteer.edit")
    volunteer = work.get(Volunteer, volunteer_id)
    work.change(volunteer, changes)
    _complete(work, volunteer)
    return work.commit()


def act_volunteer(
    work: UnitOfWork, volunteer_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Pause a volunteer, or let one come back.

    Raises:
        RefusedError: by the state, the rights, or a missing reason.
    """
    volunteer = work.get(Volunteer, volunteer_id)
    work.step(volunteer, action, values=fields, reason=reason)
    volunteer.state_reason = reason or None
    work.audit(f"volunteer.{action}", "volunteer", volunteer_id)
    return work.commit()


_PLAIN: Final[dict[str, type[Any]]] = {"team": Team, "segment": Segment, "duty": Duty}


def add_plain(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> Any:
    """Make a team, a segment or a line of the roster inside a transaction that goes on.

    Raises:
        InvalidError: every field that cannot be taken; a duty that ends before it begins, or names nobody.
    """
    model = _PLAIN[kind]
    work.require(model.__right__)
    record = work.create(model, fields)
    _check_duty(record)
    return record


def register_plain(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> ChangeSet:
    """Make a team, a segment or a line of the roster."""
    add_plain(work, kind, fields)
    return work.commit()


def edit_plain(work: UnitOfWork, kind: str, record_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Change a team, a segment or a line of the roster."""
    model = _PLAIN[kind]
    work.require(model.__right__)
    record = work.get(model, record_id)
    work.change(record, changes)
    _check_duty(record)
    return work.commit()


def _check_duty(record: Any) -> None:
    if not isinstance(record, Duty):
        return
    if record.ends_at <= record.starts_at:
        raise InvalidError.one("ends_at", N_("结束时间应晚于开始时间"))
    if not (record.team_id or record.volunteer_id or record.name):
        raise InvalidError.one("name", N_("写明谁值班：队伍、志愿者或姓名"))


def void(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare a record void; it stays readable and can be taken back."""
    work.require(_void_right(kind))
    work.void(work.get(_MODELS[kind], record_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a record back that was declared void."""
    work.require(_void_right(kind))
    work.unvoid(work.get(_MODELS[kind], record_id), reason)
    return work.commit()


def _void_right(kind: str) -> str:
    model = _MODELS[kind]
    return str(model.__void_right__ or model.__right__)


_MODELS: Final[dict[str, type[Any]]] = {
    m.__kind__: m
    for m in (Volunteer, Team, Segment, Duty, Task, SignUp, Reward, Redemption, Round, RoundItem, Clue,
              Certificate, Callout)
}

__all__ = [
    "act_callout",
    "act_certificate",
    "act_clue",
    "act_redemption",
    "act_round",
    "act_signup",
    "act_task",
    "act_volunteer",
    "add_callout",
    "add_certificate",
    "add_item",
    "add_plain",
    "add_redemption",
    "add_reward",
    "add_round",
    "add_signup",
    "add_task",
    "add_volunteer",
    "adjust",
    "certify",
    "close_forgotten",
    "edit_callout",
    "edit_item",
    "edit_plain",
    "edit_reward",
    "edit_round",
    "edit_task",
    "edit_volunteer",
    "issue",
    "note_seen",
    "open_clue",
    "print_certificate",
    "redeem",
    "register_plain",
    "register_reward",
    "register_round",
    "register_volunteer",
    "restock",
    "reverse",
    "seal",
    "seal_clue",
    "sign_up",
    "start_patrol",
    "take_call",
    "unvoid",
    "void",
]  # fmt: skip
