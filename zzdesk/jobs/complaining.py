"""What people do with complaints about employers, and with appeals of sanctions (F54; HR article 29)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import appeals, complaints, guards, sanctions
from zzdesk.jobs.employing import clear_sanction, close_appeals
from zzdesk.jobs.models import Employer, Posting
from zzdesk.jobs.models_complaints import Complaint, SanctionAppeal
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

_HANDLED_WITH: Final = frozenset({"outcome", "finding"})
_DECIDED_WITH: Final = frozenset({"outcome", "finding", "sanction_until"})
_ASKS: Final = {"decide": "appeal-other", "close": "appeal-stands"}
"""What stands against a step about an appeal: only one of the sanction in force is decided, and none of those closed."""


def complain(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record a complaint about an employer, or about one of its postings. Who complains need not be known.

    Raises:
        InvalidError: what it is about or its text is missing, or its day is still to come.
        RefusedError: the posting is another employer's.
    """
    add_complaint(work, fields)
    return work.commit()


def add_complaint(work: UnitOfWork, fields: Mapping[str, Any], record_id: RecordId | None = None) -> Complaint:
    """Record a complaint inside a transaction that goes on; a given id makes it one however often it is made."""
    work.require("job.employer.edit")
    given = dict(fields)
    if given.get("posting_id") and not given.get("employer_id"):
        given["employer_id"] = work.get(Posting, str(given["posting_id"])).employer_id
    if not given.get("employer_id"):
        raise InvalidError.one("employer_id", N_("必填"))
    employer = work.get(Employer, str(given["employer_id"]))
    with work.session.no_autoflush:
        made = work.create(Complaint, {"received_on": work.today, **given}, scope=employer.scope)
        made.id = record_id or made.id
    _refuse_ahead(work, "received_on", made.received_on)
    if made.posting_id and work.get(Posting, made.posting_id).employer_id != employer.id:
        raise RefusedError(guards.WORDS["complaint-elsewhere"], code="complaint-elsewhere")
    return made


def _refuse_ahead(work: UnitOfWork, name: str, day: date) -> None:
    if day > work.today:
        raise InvalidError.one(name, N_("不能晚于今天"))


def act_complaint(
    work: UnitOfWork, complaint_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Handle a complaint: ``outcome`` says what came of it, ``finding`` what was found.

    Raises:
        RefusedError: by the state, the rights, or because something is missing.
    """
    complaint = work.get(Complaint, complaint_id)
    for name in sorted(set(fields) - _HANDLED_WITH):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    work.step(complaint, action, values=fields, reason=reason)
    complaint.handled_by, complaint.handled_at = work.actor.account_id, work.clock.now()
    work.audit(f"complaint.{action}", "complaint", complaint_id)
    return work.commit()


def file_appeal(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record an employer's appeal of the sanction that is in force.

    Raises:
        InvalidError: its text is missing, or its day is still to come.
        RefusedError: there is no sanction, or an appeal waits already.
    """
    add_appeal(work, fields)
    return work.commit()


def add_appeal(work: UnitOfWork, fields: Mapping[str, Any]) -> SanctionAppeal:
    """Record an appeal inside a transaction that goes on."""
    work.require("job.employer.edit")
    employer = work.get(Employer, str(fields.get("employer_id") or ""))
    against = appeals.SANCTIONED.get(employer.state)
    if against is None:
        raise RefusedError(guards.WORDS["appeal-of-nothing"], code="appeal-of-nothing")
    with work.session.no_autoflush:
        made = work.create(SanctionAppeal, {"filed_on": work.today, **fields}, scope=employer.scope)
        made.against, made.sanction_id = against, employer.sanction_id
    _refuse_ahead(work, "filed_on", made.filed_on)
    return made


def act_appeal(
    work: UnitOfWork, appeal_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Decide an appeal (``outcome``, ``finding``, and ``sanction_until`` where it is eased), note that it is withdrawn, or
    close one of a sanction that is over.

    What is decided happens to the employer at once.

    Raises:
        RefusedError: by the state, the rights, because something is missing, by who sanctioned the employer, or because it is
            of another sanction than the one in force.
    """
    appeal = work.get(SanctionAppeal, appeal_id)
    for name in sorted(set(fields) - (_DECIDED_WITH if action == "decide" else frozenset())):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    said = {name: value for name, value in fields.items() if name != "sanction_until"}
    employer = work.get(Employer, appeal.employer_id)
    body = wire_body(kind_of(Employer), employer)
    sanctioners, stands = appeals.sanctioners(body), appeals.is_against(body, wire_body(kind_of(SanctionAppeal), appeal))
    work.step(appeal, action, values=said | ({"finding": reason} if action == "close" else {}), reason=reason)
    if action in _ASKS and stands != (action == "decide"):
        raise RefusedError(guards.WORDS[_ASKS[action]], code=_ASKS[action])
    if action == "decide":
        if work.actor.account_id in sanctioners:
            raise RefusedError(guards.WORDS["appeal-own"], code="appeal-own")
        appeal.decided_by, appeal.decided_at = work.actor.account_id, work.clock.now()
        _carry_out(work, appeal, employer, fields.get("sanction_until"))
    work.audit(f"sanction-appeal.{action}", "sanction_appeal", appeal_id)
    return work.commit()


def _carry_out(work: UnitOfWork, appeal: SanctionAppeal, employer: Employer, until: Any) -> None:
    """Do to the employer what was decided."""
    if (appeal.outcome, employer.state) not in appeals.AFTER:
        raise RefusedError(guards.WORDS["appeal-outcome"], code="appeal-outcome")
    if appeal.outcome == appeals.EASED:
        day = clean_one(kind_of(Employer).fields["sanction_until"], until, work.today)
        code = sanctions.limit("suspend", day, work.today)
        if code is not None:
            raise RefusedError(guards.WORDS[code], code=code)
        work.step(employer, "appeal", values={"sanction_until": day}, reason=appeal.finding)
        close_appeals(work, employer, appeal.finding)
    elif appeal.outcome == appeals.REVOKED:
        work.step(employer, "lift", reason=appeal.finding)
        clear_sanction(employer)
        close_appeals(work, employer, appeal.finding)


__all__ = ["act_appeal", "act_complaint", "add_appeal", "add_complaint", "complain", "complaints", "file_appeal"]
