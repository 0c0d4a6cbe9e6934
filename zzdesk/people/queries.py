"""What the windows ask about residents: one screenful at a time, personal data masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.people.checks import identity, phone
from zzdesk.people.masks import mask, mask_body
from zzdesk.people.models import Person
from zzdesk.store.basis import Basis
from zzdesk.store.types import UnfitError
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class PersonRow:
    """One line of the list, masked."""

    id: RecordId
    name: str
    identity_number: str
    phone: str
    address: str
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class PersonDetail:
    """One resident; ``fields`` are wire forms with personal data masked, ``hidden`` names the masked ones."""

    row: PersonRow
    fields: dict[str, Any]
    hidden: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class Hint:
    """A record that may be the same resident, and by what: identity number, name and birth, or phone."""

    row: PersonRow
    by: tuple[str, ...]


def _row(person: Person) -> PersonRow:
    return PersonRow(
        person.id, mask("name", person.name), mask("id", person.identity_number), mask("phone", person.phone),
        mask("address", person.address), person.created_at, bool(person.voided),
    )  # fmt: skip


def list_people(read: Reader, after: str | None = None, limit: int = 50, *, void: bool = False) -> Page[PersonRow]:
    """Return one page, newest first; ``after`` is the key that the page before ended with."""
    read.require("record.read")
    query = select(Person).where(Person.voided.is_(True) if void else Person.voided.is_not(True))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Person.created_at, Person.id) < (from_iso(moment), last))
    query = query.order_by(Person.created_at.desc(), Person.id.desc()).limit(limit + 1)
    rows = [_row(found) for found in read.session.scalars(query)]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(tuple(rows), f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if more else None)


def by_ids(read: Reader, ids: tuple[RecordId, ...]) -> tuple[PersonRow, ...]:
    """Return rows in the order of ``ids`` (a search's result)."""
    read.require("record.read")
    found = {p.id: _row(p) for p in read.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return tuple(found[i] for i in ids if i in found)


def detail(read: Reader, person_id: RecordId) -> PersonDetail:
    """Return one resident, masked.

    Raises:
        NotFoundError: it is not on this desk.
    """
    from zzdesk.ops.capture import wire_body
    from zzdesk.store.base import kind_of

    read.require("record.read")
    person = read.session.get(Person, person_id)
    if person is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=person_id)
    kind = kind_of(Person)
    body = wire_body(kind, person)
    hidden = tuple(name for name in body if kind.fields[name].mask)
    return PersonDetail(_row(person), mask_body(kind.fields, body), hidden, Basis(person_id, body))


def duplicates(read: Reader, person_id: RecordId) -> tuple[Hint, ...]:
    """Return records that may be the same resident as one on this desk."""
    read.require("record.read")
    person = read.session.get(Person, person_id)
    if person is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=person_id)
    values = {"identity_number": person.identity_number, "phone": person.phone}
    return _alike(read, values | {"name": person.name, "birth": person.birth}, person_id)


def alike(read: Reader, fields: dict[str, Any]) -> tuple[Hint, ...]:
    """Return records that may be the resident whom a form is about to record; what cannot be read is left out."""
    read.require("record.read")
    values = {name: _read(read, name, fields.get(name)) for name in ("name", "identity_number", "phone", "birth")}
    return _alike(read, values, "")


def _read(read: Reader, name: str, raw: Any) -> Any:
    from zzdesk.clock import local_day
    from zzdesk.errors import InvalidError
    from zzdesk.store.base import kind_of

    if not raw:
        return None
    today = local_day(read.clock.now())
    try:
        value = kind_of(Person).fields[name].type.from_wire(raw)
        return {"identity_number": identity, "phone": phone}.get(name, lambda v, _: v)(value, today)
    except (InvalidError, UnfitError):
        return None


def _alike(read: Reader, values: dict[str, Any], but: RecordId) -> tuple[Hint, ...]:
    tests = {
        "identity_number": [Person.identity_number == values["identity_number"]],
        "name": [Person.name == values["name"], Person.birth == values["birth"]],
        "phone": [Person.phone == values["phone"]],
    }
    needs = {"identity_number": ("identity_number",), "name": ("name", "birth"), "phone": ("phone",)}
    usable = {by: and_(*tests[by]) for by, names in needs.items() if all(values[n] for n in names)}
    if not usable:
        return ()
    query = select(Person).where(or_(*usable.values()), Person.id != but, Person.voided.is_not(True))
    found = read.session.scalars(query.order_by(Person.id).limit(20))
    return tuple(
        Hint(_row(p), tuple(by for by in usable if all(getattr(p, n) == values[n] for n in needs[by]))) for p in found
    )
