"""What the detail of a case needs, read on one consistent state of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ui.context import Context
from zzdesk.accounts.queries import display_names, list_accounts
from zzdesk.desk.disputes import work_of
from zzdesk.desk.readings import CaseLine, of_case
from zzdesk.mediation import queries
from zzdesk.mediation.queries import CaseDetail, CaseFile, Paper
from zzdesk.mediation.workflow import AGREEMENT_DRAFT, AGREEMENT_EFFECTIVE, SESSION_OPEN


@dataclass(frozen=True)
class Loaded:
    """A case: its stub, its file for who may read it (None for others), names, the texts that are being written, who read it."""

    detail: CaseDetail
    file: CaseFile | None
    names: dict[str, str]
    writing: dict[str, dict[str, Any]] = field(default_factory=dict)
    readings: tuple[CaseLine, ...] = ()
    work: str = ""
    """The number and title of the odd job that it came from."""

    def may(self, context: Context, right: str) -> bool:
        """Say whether the person may do something to this case: of its team, and with the right."""
        return self.detail.row.mine and context.may(right)

    @property
    def parties(self) -> tuple[Paper, ...]:
        """Return the parties that are not void."""
        return tuple(p for p in self.file.parties if not p.voided) if self.file else ()

    @property
    def sessions(self) -> tuple[Paper, ...]:
        """Return the sessions that are not void, oldest first."""
        return tuple(p for p in self.file.sessions if not p.voided) if self.file else ()

    @property
    def agreements(self) -> tuple[Paper, ...]:
        """Return the agreements that are not void, oldest first."""
        return tuple(p for p in self.file.agreements if not p.voided) if self.file else ()

    @property
    def effective(self) -> Paper | None:
        """Return the agreement that holds: of those in effect, the one that came into effect last."""
        found = [paper for paper in self.agreements if paper.fields["state"] == AGREEMENT_EFFECTIVE]
        order = {paper.id: at for at, paper in enumerate(found)}
        return max(found, key=lambda paper: (str(paper.fields.get("effective_at", "")), order[paper.id])) if found else None

    def work_id(self) -> str | None:
        """Return the application that the case came from."""
        return _work_id(self.detail, self.file)

    def party_names(self) -> dict[str, str]:
        """Return the masked names of the parties by id."""
        return {party.id: str(party.fields["name"]) for party in self.parties}


def load(read: Any, case_id: str, opened: bool = False) -> Loaded:
    """Return one case for the window; the file where the reader is of the team, or ``opened`` it because 110 was called.

    Raises:
        NotFoundError: it is not on this desk.
    """
    found = queries.detail(read, case_id)
    readable = found.row.mine or (opened and found.readable)
    file = queries.case_file(read, case_id) if readable else None
    accounts = {*found.fields.get("team", ()), *found.fields.get("mediators", ()), found.fields["created_by"]}
    accounts |= {statement.fields["created_by"] for statement in file.statements} if file else set()
    names = display_names(read, frozenset(accounts))
    work = work_of(read, _work_id(found, file))
    if not found.row.mine:
        return Loaded(found, file, names, work=work)
    return Loaded(found, file, names, _writing(read, file), of_case(read, case_id), work)


def _work_id(found: CaseDetail, file: CaseFile | None) -> str | None:
    """Return the application that a case came from, for its team: the file says so, or the stub of an older program."""
    if not found.row.mine:
        return None
    said = file.dispute.fields if file is not None and file.dispute is not None else {}
    linked = said.get("application_id") or found.fields.get("application_id")
    return str(linked) if linked else None


def _writing(read: Any, file: CaseFile | None) -> dict[str, dict[str, Any]]:
    if file is None:
        return {}
    papers = [p for p in (*file.sessions, *file.agreements) if p.fields["state"] in (SESSION_OPEN, AGREEMENT_DRAFT)]
    papers += [p for p in file.others.get("investigation", ()) if p.fields["state"] == SESSION_OPEN]
    papers += [file.dispute] if file.dispute else []
    return {p.id: queries.as_written(read, p.kind, p.id) for p in papers if not p.voided}


def committees(read: Any) -> dict[str, str]:
    """Return the committees of this station: id and name."""
    from zzdesk.desk import records

    return {row["id"]: row["name"] for row in records.list_records(read, "committee", {}, limit=20).rows}


def colleagues(read: Any) -> dict[str, str]:
    """Return the accounts of this station that may mediate: id and name."""
    page = list_accounts(read, limit=200)
    fit = {"mediator", "committee-head", "recorder"}
    return {row.id: row.display_name for row in page.rows if not row.disabled and fit & set(row.roles)}
