"""What the detail of a report needs, read on one consistent state of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zzdesk.accounts.queries import display_names
from zzdesk.desk import handing, lookup, matters
from zzdesk.desk.claims import claimants
from zzdesk.handover.queries import OrderRow
from zzdesk.people.queries import PersonRow
from zzdesk.reports import queries
from zzdesk.reports.queries import ReportDetail, ReportRow
from zzdesk.reports.workflow import TAKE_OVER


@dataclass(frozen=True)
class Loaded:
    """A report with the names of those who worked on it, and the resident it names."""

    detail: ReportDetail
    names: dict[str, str]
    reporter: PersonRow | None
    family: matters.Family
    """The reports of the same matter, and everything that was said about their being one."""
    earlier: ReportRow | None = None
    """The closed report that this one complains about again."""
    orders: tuple[OrderRow, ...] = ()
    """Its hand-over orders, the oldest first."""
    colleagues: dict[str, str] = field(default_factory=dict)
    """Whom it may be given to, where this person may do that: account and name."""

    def name_of(self, account: str) -> str:
        """Return who an account is; an account of another station has no name here."""
        return self.names.get(account, "")


def load(read: Any, report_id: str) -> Loaded:
    """Return one report for the window.

    Raises:
        NotFoundError: it is not on this desk.
    """
    found = queries.detail(read, report_id)
    family = matters.family(read, report_id)
    again = found.fields.get("repeat_of")
    earlier = next(iter(queries.by_ids(read, (str(again),))), None) if again else None
    people = {each.created_by for each in (*family.said, *found.steps)} | {str(found.fields.get("created_by", ""))}
    people |= {each.created_by for each in (*found.standing.requests, *found.standing.cards)}
    resident = found.fields.get("reporter_id")
    others = claimants(read) if TAKE_OVER in found.claim_actions else {}
    return Loaded(found, display_names(read, frozenset(people)),
                  lookup.resident(read, resident) if resident else None, family, earlier, handing.orders(read, report_id), others)
