"""Who may be registered already when somebody comes to be registered: shown masked, and a person decides (B3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, func, or_, select

from zzdesk.clock import RecordId, local_day
from zzdesk.errors import InvalidError
from zzdesk.jobs.models import Worker
from zzdesk.people import checks
from zzdesk.people.identity import parse_identity
from zzdesk.people.masks import mask
from zzdesk.store.types import ShortText, UnfitError
from zzdesk.store.unit import Reader, UnitOfWork

MOST: Final = 10
MANY: Final = 3
"""A phone that more workers than this have is somebody else's, more likely than not."""


@dataclass(frozen=True)
class AlikeRow:
    """A worker who may be the same person, masked; ``grounds`` are what agrees: ``number``, ``name`` (and birth), ``phone``."""

    id: RecordId
    card: str
    name: str
    identity_number: str
    phone: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Alike:
    """Who may be registered already, and how many workers have the phone."""

    rows: tuple[AlikeRow, ...]
    on_phone: int

    @property
    def crowded(self) -> bool:
        """Whether more than three workers would have this phone."""
        return self.on_phone + 1 > MANY


def alike_workers(read: Reader, fields: Mapping[str, Any]) -> Alike:
    """Return who may be the person whom a form is about to register; what cannot be read is left out.

    Raises:
        RefusedError: the actor may not look at workers.
    """
    read.require("job.worker.list")
    return _alike(read, fields, local_day(read.clock.now()))


def count_alike(work: UnitOfWork, fields: Mapping[str, Any]) -> int:
    """Return how many registered workers a new one looks like; one question, for an import makes many."""
    tests = _tests(fields, work.today)
    if not tests:
        return 0
    query = select(func.count()).select_from(Worker).where(or_(*tests.values()), Worker.voided.is_not(True))
    return int(work.session.scalar(query) or 0)


def _tests(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the conditions by which a worker is alike, each by its ground."""
    number, birth = _number(fields.get("identity_number"), today)
    name, phone = _text(fields.get("name")), _phone(fields.get("phone"), today)
    tests: dict[str, Any] = {}
    if number:
        tests["number"] = Worker.identity_number == number
    if name and birth:
        tests["name"] = and_(Worker.name == name, Worker.birth == birth)
    if phone:
        tests["phone"] = Worker.phone == phone
    return tests


def _alike(read: Reader, fields: Mapping[str, Any], today: date) -> Alike:
    tests = _tests(fields, today)
    if not tests:
        return Alike((), 0)
    number, birth = _number(fields.get("identity_number"), today)
    name, phone = _text(fields.get("name")), _phone(fields.get("phone"), today)
    query = select(Worker).where(or_(*tests.values()), Worker.voided.is_not(True)).order_by(Worker.id).limit(MOST)
    agrees = {
        "number": lambda w: w.identity_number == number, "name": lambda w: w.name == name and w.birth == birth,
        "phone": lambda w: w.phone == phone,
    }  # fmt: skip
    rows = tuple(
        AlikeRow(
            w.id, w.card or "", mask("name", w.name), mask("id", w.identity_number), mask("phone", w.phone),
            tuple(ground for ground in tests if agrees[ground](w)),
        )
        for w in read.session.scalars(query)
    )  # fmt: skip
    counted = select(func.count()).select_from(Worker).where(Worker.phone == phone, Worker.voided.is_not(True))
    return Alike(rows, int(read.session.scalar(counted) or 0) if phone else 0)


def _number(raw: Any, today: date) -> tuple[str | None, date | None]:
    try:
        found = parse_identity(str(raw or ""), today)
    except InvalidError:
        return None, None
    return found.number, found.birth


def _text(raw: Any) -> str | None:
    try:
        return ShortText().from_wire(raw) or None
    except UnfitError:
        return None


def _phone(raw: Any, today: date) -> str | None:
    text = _text(raw)
    try:
        return str(checks.phone(text, today)) if text else None
    except (InvalidError, UnfitError):
        return None


__all__ = ["MANY", "Alike", "AlikeRow", "alike_workers", "count_alike"]
