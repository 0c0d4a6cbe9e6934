"""What people do with a committee and its members (PML articles 8, 9 and 14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.models_committee import Committee, CommitteeMember
from zzdesk.store.unit import ChangeSet, UnitOfWork

TERM_YEARS: Final = 3
ADULT: Final = 18
_MODELS: Final[dict[str, type[Any]]] = {m.__kind__: m for m in (Committee, CommitteeMember)}
RIGHT: Final = "committee.edit"


def after_years(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 28 (民法典 article 202: the last day of the month)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def add(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> Any:
    """Add a committee or a member inside a transaction that goes on.

    Raises:
        InvalidError: every field that cannot be taken; a mediator is an adult (PML article 14).
    """
    work.require(RIGHT)
    scope = None
    if kind == "committee_member":
        scope = work.get(Committee, str(fields.get("committee_id") or "")).scope
    record = work.create(_MODELS[kind], fields, scope=scope)
    _check(work, record)
    return record


def edit(work: UnitOfWork, kind: str, record_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct a committee or a member.

    Raises:
        InvalidError: every field that cannot be taken.
    """
    work.require(RIGHT)
    record = work.get(_MODELS[kind], record_id)
    work.change(record, changes)
    _check(work, record)
    return work.commit()


def committee_for(work: UnitOfWork, named: RecordId | None) -> RecordId | None:
    """Return the committee that a new case belongs to: the one that was named, else the station's only one.

    Raises:
        InvalidError: what was named is no committee of this station.
    """
    here = Committee.scope == work.actor.station, Committee.voided.is_not(True)
    if named is None:
        found = work.session.scalars(select(Committee.id).where(*here).limit(2)).all()
        return found[0] if len(found) == 1 else None
    if work.session.scalar(select(Committee.id).where(*here, Committee.id == named)) is None:
        raise InvalidError.one("committee_id", N_("本站没有这个调委会"))
    return named


def _check(work: UnitOfWork, record: Any) -> None:
    if isinstance(record, Committee):
        if record.term_from is not None and record.term_to is None:
            record.term_to = after_years(record.term_from, TERM_YEARS)
        if record.term_from is not None and record.term_to is not None and record.term_to <= record.term_from:
            raise InvalidError.one("term_to", N_("应晚于任期开始的日期"))
        return
    if record.birth is not None and after_years(record.birth, ADULT) > (record.joined_on or work.today):
        raise InvalidError.one("birth", N_("人民调解员应当是成年公民（人民调解法第十四条）"))


def void(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare a committee or a member void (entered by mistake)."""
    work.require(RIGHT)
    work.void(work.get(_MODELS[kind], record_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Take one back that was declared void."""
    work.require(RIGHT)
    work.unvoid(work.get(_MODELS[kind], record_id), reason)
    return work.commit()
