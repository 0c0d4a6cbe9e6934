"""Taking a report in at the counter: report, resident, files, link or refusal, and the draft's end, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.desk import draft_files, handing
from zzdesk.desk.models import Draft
from zzdesk.errors import InvalidError
from zzdesk.evidence.commands import note_taken
from zzdesk.handover.partners import POLICE
from zzdesk.i18n import N_
from zzdesk.mediation.team import require_scope
from zzdesk.people import commands as people
from zzdesk.people.identity import parse_identity
from zzdesk.people.models import Person
from zzdesk.places.addresses import spot_of
from zzdesk.reports import commands, links, refusals
from zzdesk.reports.models import Report
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

IDENTITY: Final = "reporter_identity"
"""What a form may hold beside the fields of a report: the identity number by which the resident is known."""
SPOT: Final = "spot"
"""Latitude and longitude as one text, ``24.511900,117.655400``."""
NEWEST: Final = 200
_REPORTER: Final = ("reporter_id", "reporter_name", "reporter_phone", IDENTITY)


@dataclass(frozen=True)
class Intake:
    """What a form gives: ``fields`` of a report with IDENTITY and SPOT, and what was decided about it.

    ``form`` is the key of its draft. ``linked`` names the report of the same matter and on what ``grounds``;
    ``refusal`` holds refusal_reason, refusal_ways and note. ``call`` is what is written down of the call to 110, where
    somebody is in danger: the report is urgent, and goes to the police at once.
    """

    form: str
    fields: Mapping[str, Any]
    linked: RecordId | None = None
    grounds: Mapping[str, Any] = field(default_factory=dict)
    refusal: Mapping[str, Any] | None = None
    call: Mapping[str, Any] | None = None
    purposes: Mapping[RecordId, str] = field(default_factory=dict)
    """What the files of the form are, by their ids there; a picture of which nothing is said shows the matter."""


def register(work: UnitOfWork, intake: Intake) -> ChangeSet:
    """Take a report in with everything that belongs to it, and let its draft go: all of it, or nothing.

    The report is the first record of the answer's ``created``.

    Raises:
        InvalidError, RefusedError, NotFoundError: as its parts do; nothing was written, the draft stays.
    """
    values = plain(intake.fields)
    if values.get("anonymous") and any(values.get(name) for name in _REPORTER):
        raise InvalidError.one("anonymous", N_("匿名登记时不能填写登记人，请清空姓名、电话，或改为“姓名保密”"))
    values = _with_resident(work, values) | ({"urgency": handing.URGENT} if intake.call is not None else {})
    report = commands.receive(work, values)
    for file_id, taken in draft_files.hand_over(work, intake.form).items():
        what = intake.purposes.get(file_id)
        note_taken(work, require_scope, "report", report, taken, {"purpose": what} if what else None)
    if intake.linked is not None:
        links.add(work, dict(intake.grounds) | {"report_id": report.id, "lead_id": intake.linked})
    if intake.refusal is not None:
        said = intake.refusal
        refusals.decide(
            work, report, str(said.get("refusal_reason") or ""), said.get("refusal_ways"), said.get("note")
        )
    if intake.call is not None:
        handing.make(work, dict(intake.call) | {"report_id": report.id, "partner": POLICE})
    draft = work.session.get(Draft, (work.actor.account_id, intake.form))
    if draft is not None:
        work.session.delete(draft)
    report_id = report.id
    change = work.commit()
    others = tuple(record_id for record_id in change.created if record_id != report_id)
    return ChangeSet(change.records, (report_id, *others))


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's values as the report knows them: the place as latitude and longitude.

    Raises:
        InvalidError: the place is no two numbers.
    """
    values = {name: value for name, value in fields.items() if name != SPOT}
    if SPOT not in fields:
        return values
    if not fields[SPOT]:
        return values | {"latitude": None, "longitude": None}
    latitude, _, longitude = str(fields[SPOT]).replace("，", ",").partition(",")
    spot = spot_of(latitude, longitude)
    if spot is None:
        raise InvalidError.one(SPOT, N_("位置应是纬度和经度，例如 24.5119,117.6554"))
    return values | {"latitude": f"{spot[0]:.6f}", "longitude": f"{spot[1]:.6f}"}


def _with_resident(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """Find or record the resident of an identity number; copy the name where it is sealed, as the link is sealed too."""
    values = dict(values)
    number = values.pop(IDENTITY, None)
    if number:
        values["reporter_id"] = _resident_of(work, str(number), values)
    if values.get("reporter_id"):
        person = work.get(Person, str(values["reporter_id"]))
        if values.get("name_hidden"):
            values["reporter_name"] = values.get("reporter_name") or person.name
            values["reporter_phone"] = values.get("reporter_phone") or person.phone
    return values


def _resident_of(work: UnitOfWork, number: str, values: dict[str, Any]) -> RecordId:
    try:
        known = parse_identity(number, work.today).number
    except InvalidError as error:
        raise InvalidError.one(IDENTITY, error.problems[0].message, **error.problems[0].params) from error
    query = select(Person.id).where(Person.identity_number == known, Person.voided.is_not(True))
    found = work.session.scalar(query.order_by(Person.created_at).limit(1))
    if found is not None:
        return found
    if not values.get("reporter_name"):
        raise InvalidError.one("reporter_name", N_("登记居民要有姓名"))
    about = {"name": values["reporter_name"], "identity_number": known, "phone": values.get("reporter_phone")}
    return people.add(work, about).id


def last_used(read: Reader) -> dict[str, Any]:
    """Return how this person's last report came in (among the newest of the desk): the default of the next one."""
    newest = select(Report.created_by, Report.source).order_by(Report.created_at.desc(), Report.id.desc())
    for row in read.session.execute(newest.limit(NEWEST)):
        if row.created_by == read.actor.account_id and row.source != "import":
            return {"source": row.source}
    return {}
