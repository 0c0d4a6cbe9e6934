"""What people do with residents' records: one function each, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.people.identity import parse_identity
from zzdesk.people.models import Person
from zzdesk.store.unit import ChangeSet, UnitOfWork

FROM_NUMBER: Final = ("birth", "sex")


def register(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record a resident. Sex and date of birth follow from the identity number where there is one.

    Raises:
        InvalidError: every field that cannot be taken; a consent without its text version.
    """
    add(work, fields)
    return work.commit()


def add(work: UnitOfWork, fields: Mapping[str, Any]) -> Person:
    """Make a resident's record inside a transaction that goes on (an import of many)."""
    work.require("person.edit")
    person = work.create(Person, fields)
    _complete(work, person, fields)
    return person


def edit(work: UnitOfWork, person_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a resident's record.

    Raises:
        InvalidError, RefusedError: as the fields demand.
    """
    work.require("person.edit")
    person = work.get(Person, person_id)
    work.change(person, changes)
    _complete(work, person, changes)
    return work.commit()


def _complete(work: UnitOfWork, person: Person, given: Mapping[str, Any]) -> None:
    derive(work, person, given)
    if person.legal_basis == "consent" and not person.consent_version:
        raise InvalidError.one("consent_version", N_("依据为“同意”时，要写明同意书的版本（个人信息保护法第十四条）"))
    if person.consent_version and person.consent_at is None:
        person.consent_at = work.clock.now()


def derive(work: UnitOfWork, person: Any, given: Mapping[str, Any]) -> None:
    """Fill sex and date of birth of any record with an identity number out of the number.

    Raises:
        InvalidError: they were typed, and the number says otherwise.
    """
    if not person.identity_number:
        return
    says = parse_identity(person.identity_number, work.today)
    for name in FROM_NUMBER:
        value = getattr(says, name)
        if given.get(name) and getattr(person, name) != value:
            raise InvalidError.one(name, N_("与身份证号码不一致"))
        setattr(person, name, value)


def withdraw_consent(work: UnitOfWork, person_id: RecordId, reason: str) -> ChangeSet:
    """Note that a resident takes consent back (PIPL article 15); the record says so from now on.

    Raises:
        RefusedError: the record does not rest on consent.
    """
    work.require("person.edit")
    person = work.get(Person, person_id)
    if person.legal_basis != "consent" or person.consent_withdrawn_at:
        raise RefusedError(N_("这条记录不是依据同意保存的，或同意已经撤回"))
    work.change(person, {})
    person.consent_withdrawn_at = work.clock.now()
    work.audit("person.withdraw-consent", "person", person_id)
    return work.commit()


def mark_duplicate(work: UnitOfWork, person_id: RecordId, of: RecordId | None) -> ChangeSet:
    """Say that two records are one resident, or take it back with None; both stay readable (decision 10).

    Raises:
        RefusedError: a record of itself, or of one that is a duplicate already.
    """
    work.require("person.edit")
    person = work.get(Person, person_id)
    work.change(person, {})
    if of is not None and (of == person_id or work.get(Person, of).duplicate_of):
        raise RefusedError(N_("不能把记录并入它自己，或并入另一条已标为重复的记录"))
    person.duplicate_of = of
    return work.commit()


def void(work: UnitOfWork, person_id: RecordId, reason: str) -> ChangeSet:
    """Declare a resident's record void; it stays readable and can be taken back."""
    work.require("person.edit")
    work.void(work.get(Person, person_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, person_id: RecordId, reason: str) -> ChangeSet:
    """Take a record back that was declared void."""
    work.require("person.edit")
    work.unvoid(work.get(Person, person_id), reason)
    return work.commit()
