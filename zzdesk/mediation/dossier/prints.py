"""Every paper that leaves the desk is recorded with what it said; a signed one that says something else by now is told so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select

from zzdesk.accounts.queries import display_names
from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.dossier import assemble
from zzdesk.mediation.dossier.gather import File, whole
from zzdesk.mediation.dossier.items import items
from zzdesk.mediation.models_printout import Printout
from zzdesk.mediation.team import get_case, require_team, scope_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

PRINTED: Final = "paper.printed"
Way = Literal["paper", "pdf", "word"]


@dataclass(frozen=True)
class Last:
    """The last print of a paper: when, by whom, on what; ``changed`` since then, and whether it was signed by then."""

    at: datetime
    by: str
    way: str
    changed: bool
    signed: bool
    count: int


def make(work: UnitOfWork, fields: Mapping[str, Any]) -> Printout:
    """Record a print inside a transaction that goes on. Of an ended case too: its file is looked at and copied.

    Raises:
        RefusedError: not of the team.
        InvalidError: there is no such paper.
    """
    case = get_case(work.session, fields.get("case_id"))
    require_team(work, case)
    made = work.create(Printout, fields, scope=scope_of(case.id))
    known = {item.key: item for item in items(whole(work, case, revealed=False))}
    key = f"{made.paper}/{made.record_id}" if made.record_id else made.paper
    if key != assemble.DOSSIER and key not in known:
        raise InvalidError.one("paper", N_("这件纠纷没有这份文书"))
    work.audit(PRINTED, "case", case.id, paper=made.paper, record=made.record_id, way=made.way, hash=made.content_hash,
               masked=bool(made.masked))  # fmt: skip
    return made


def note(work: UnitOfWork, case_id: RecordId, key: str, way: Way, made: assemble.Made) -> ChangeSet:
    """Record that a paper left the desk: who, when, which, and the hash of what it said."""
    paper, _, record_id = key.partition("/")
    file = whole(work, get_case(work.session, case_id), revealed=False)
    signed = any(item.signed for item in items(file) if item.key == key)
    make(work, {
        "case_id": case_id, "paper": paper, "record_id": record_id or None, "way": way, "pages": made.pages or None,
        "content_hash": made.hash, "masked": made.masked, "after_signing": signed,
    })  # fmt: skip
    return work.commit()


def digest(read: Reader, case_id: RecordId, key: str) -> str:
    """Return the hash of what a paper, or the dossier, says in full; nothing else of it leaves this function."""
    case = get_case(read.session, case_id)
    require_team(read, case)
    return _digest(whole(read, case, revealed=True), key)


def _digest(file: File, key: str) -> str:
    return assemble.dossier_hash(file) if key == assemble.DOSSIER else assemble.hash_of(file, assemble.find(file, key))


def printed(read: Reader, case_id: RecordId) -> dict[str, Last]:
    """Return the last print of each paper of a case, by its key.

    Raises:
        RefusedError: not of the team.
    """
    case = get_case(read.session, case_id)
    require_team(read, case)
    query = select(Printout).where(Printout.case_id == case_id, Printout.voided.is_not(True))
    found: dict[str, list[Printout]] = {}
    for row in read.session.scalars(query.order_by(Printout.id)):
        found.setdefault(f"{row.paper}/{row.record_id}" if row.record_id else row.paper, []).append(row)
    names = display_names(read, frozenset(rows[-1].created_by for rows in found.values()))
    file = whole(read, case, revealed=True) if found else None
    known = {item.key for item in items(file)} | {assemble.DOSSIER} if file else set()
    return {key: _last(rows, names, _digest(file, key)) for key, rows in found.items() if file and key in known}


def _last(rows: list[Printout], names: dict[str, str], now: str) -> Last:
    """Say how the last print compares with what the paper says now: with the last signed one, if one was."""
    last = rows[-1]
    against = next((row for row in reversed(rows) if row.after_signing), last)
    changed = against.content_hash != now
    return Last(last.created_at, names.get(last.created_by, ""), last.way, changed, bool(against.after_signing), len(rows))
