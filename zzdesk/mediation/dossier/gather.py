"""Everything that the file of a case holds, read at once on one state of the database: masked, or with a reason openly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from zzdesk.accounts.queries import display_names
from zzdesk.clock import RecordId, to_iso
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import batched
from zzdesk.i18n import N_
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_committee import Committee
from zzdesk.mediation.papers import PAPERS
from zzdesk.mediation.parties import altered
from zzdesk.mediation.team import get_case, require_team
from zzdesk.ops.capture import wire_body
from zzdesk.people import reveals
from zzdesk.people.masks import mask, mask_body
from zzdesk.places import queries as places
from zzdesk.store.audit import Audit
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

Body = dict[str, Any]
"""The wire form of one record, with its ``id``."""
OPENED: Final = "dossier.opened"
OPEN_FOR: Final = timedelta(minutes=10)
"""How long after its line in the audit a paper with full data may be made."""


@dataclass(frozen=True)
class File:
    """A case with all that belongs to it, oldest first, void records left out; ``names`` are of accounts."""

    case: Body
    records: dict[str, tuple[Body, ...]]
    attachments: tuple[Body, ...]
    committee: Body
    station: str
    names: dict[str, str]
    now: datetime
    by: str
    revealed: bool
    originals: frozenset[str] = field(default_factory=frozenset)
    """Ids of the attachments whose original the actor may see."""
    altered: bool = False
    """Whether an agreement in effect says something else than it did then: every paper says so, loudly."""

    def of(self, kind: str) -> tuple[Body, ...]:
        """Return the records of one kind."""
        return self.records.get(kind, ())

    def one(self, kind: str, record_id: RecordId | None) -> Body:
        """Return one record, or an empty one."""
        return next((body for body in self.of(kind) if body["id"] == record_id), {})

    @property
    def dispute(self) -> Body:
        """What the case is about."""
        return next(iter(self.of("dispute")), {})

    @property
    def agreement(self) -> Body:
        """The agreement that holds: the last one in effect, else the last draft."""
        found = self.of("agreement")
        return next((a for a in reversed(found) if a["state"] == "effective"), found[-1] if found else {})


def note_opening(work: UnitOfWork, case_id: RecordId, reason: str) -> ChangeSet:
    """Write into the audit that somebody makes papers of a case with full names and numbers, and why (PIPL article 51).

    Raises:
        RefusedError: not of the team, no right to see what is hidden, or no reason.
    """
    require_team(work, get_case(work.session, case_id))
    work.require("person.reveal")
    work.audit(OPENED, "case", case_id, reason=reveals.checked_reason(reason))
    return work.commit()


def _require_opened(read: Reader, case_id: RecordId) -> None:
    read.require("person.reveal")
    now = read.clock.now()
    noted = select(Audit.seq).where(
        Audit.event == OPENED, Audit.kind == "case", Audit.record_id == case_id, Audit.actor == read.actor.account_id,
        Audit.at >= to_iso(now - OPEN_FOR), Audit.at <= to_iso(now),
    )  # fmt: skip
    if read.session.scalar(noted.limit(1)) is None:
        raise RefusedError(N_("请先写明理由，再查看完整信息"))


def gather(read: Reader, case_id: RecordId, *, revealed: bool = False) -> File:
    """Return the file of a case for its team; full data only after :func:`note_opening` was committed.

    Raises:
        RefusedError: not of the team, or nobody gave a reason within ten minutes.
        NotFoundError: the case is not on this desk.
    """
    case = get_case(read.session, case_id)
    require_team(read, case)
    if revealed:
        _require_opened(read, case_id)
    return whole(read, case, revealed=revealed)


def whole(read: Reader | UnitOfWork, case: Case, *, revealed: bool) -> File:
    """Return the file of a case without asking who looks; what is made of it openly never leaves but as a hash."""
    case_id = case.id
    found_records = {kind: _records(read, model, case_id) for kind, model in PAPERS.items()}
    names_of = {} if revealed else _covers(found_records)
    records = {kind: tuple(_named(_body(r, revealed), names_of) for r in rows) for kind, rows in found_records.items()}
    ids = [case_id, *(body["id"] for bodies in records.values() for body in bodies)]
    found = _attachments(read, ids)
    body = _body(case, revealed)
    originals = frozenset(a.id for a in found if read.may("attachment.original") or a.created_by == read.actor.account_id)
    is_altered = bool(altered(found_records["agreement"], found_records["party"]))
    accounts = {*body.get("team", ()), *body.get("mediators", ()), body["created_by"], read.actor.account_id}
    names = display_names(Reader(read.session, read.actor, read.clock, read.rights), frozenset(accounts))
    return File(body, records, tuple(_body(a, revealed) for a in found), _committee(read, case), _station(read),
                names, read.clock.now(), read.actor.display_name, revealed, originals, is_altered)  # fmt: skip



def _body(record: Any, revealed: bool) -> Body:
    kind = kind_of(type(record))
    wire = wire_body(kind, record)
    return (wire if revealed else mask_body(kind.fields, wire)) | {"id": record.id}


def _records(read: Reader | UnitOfWork, model: Any, case_id: RecordId) -> list[Any]:
    query = select(model).where(model.case_id == case_id, model.voided.is_not(True))
    return list(read.session.scalars(query.order_by(model.created_at, model.id)))


def _covers(records: dict[str, list[Any]]) -> dict[str, str]:
    """Return what stands for each name of a person in what was written about the case: free text names people too."""
    raw = {name for party in records["party"] for name in (party.name, party.representative, party.agent_name) if name}
    raw |= {each.name for each in records["participant"]}
    return {name: mask("holder", name) for name in sorted(raw, key=len, reverse=True) if len(name) > 1}


def _named(body: Body, covers: dict[str, str]) -> Body:
    if not covers:
        return body
    made = dict(body)
    for field_name, wire in body.items():
        if isinstance(wire, str):
            made[field_name] = _covered(wire, covers)
        elif isinstance(wire, list):
            made[field_name] = [_covered(each, covers) if isinstance(each, str) else each for each in wire]
    return made


def _covered(text: str, covers: dict[str, str]) -> str:
    for name, cover in covers.items():
        text = text.replace(name, cover)
    return text


def _attachments(read: Reader | UnitOfWork, ids: Iterable[RecordId]) -> list[Attachment]:
    found: list[Attachment] = []
    for part in batched(sorted(ids)):
        query = select(Attachment).where(Attachment.record_id.in_(part), Attachment.voided.is_not(True))
        found += read.session.scalars(query)
    return sorted(found, key=lambda a: (a.created_at, a.id))


def _committee(read: Reader | UnitOfWork, case: Case) -> Body:
    query = select(Committee).where(Committee.voided.is_not(True))
    if case.committee_id:
        query = query.where(Committee.id == case.committee_id)
    else:
        query = query.where(Committee.scope == case.scope)
    found = read.session.scalars(query.order_by(Committee.id).limit(1)).first()
    return _body(found, True) if found is not None else {}


def _station(read: Reader | UnitOfWork) -> str:
    try:
        return places.get(read.actor.station).name
    except NotFoundError:
        return ""


