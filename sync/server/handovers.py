"""What stands against handing a report over, asked where everything is known: at the centre (A04: the loop guard).

A desk asks the same rule about what it has; two desks that know nothing of each other may each hand one report over, or
link it with one that came from there. Here the second is refused, and its author reads why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from sync.merge import Outcome, RecordState
from sync.policies import Policies
from sync.protocol import Op, Problem
from sync.server import arbiter, rows
from sync.server.stage import Draft, Item, Settled
from sync.server.tables import record
from zzdesk.handover import workflow as flow
from zzdesk.reports import links

ORDER: Final = "handover_order"
ECHO: Final = "handover_echo"
REPORT: Final = "report"
LINK: Final = "link"


def awaits(draft: Draft, op: Op) -> str | None:
    """Return what a new order waits for: without its report nobody can say whether it may be."""
    if op.kind != ORDER or op.verb != "create":
        return None
    key = (REPORT, str(op.init.get("report_id")))
    return None if arbiter.locked(draft, [key]) else f"rec:{REPORT}/{key[1]}"


def stood_against(policies: Policies, draft: Draft, group: Sequence[Item]) -> Settled | None:
    """Return the refusal of the first new order of a group that may not be, None where all may."""
    for item in group:
        op = item.op
        if op is None or op.kind != ORDER or op.verb != "create" or item.released or item.accepted or item.kept:
            continue
        made = draft.get((ORDER, op.id))
        code = _code(draft, made) if made is not None else None
        if code is not None:
            return Settled(item, Outcome.REJECTED, Problem.of(code))
    return None


def _code(draft: Draft, made: RecordState) -> str | None:
    report_id = str(made.body.get("report_id"))
    ids = family(draft.stage.connection, report_id, [state.body | {"id": state.id} for state in draft.of_kind(LINK)])
    reports = arbiter.locked(draft, [(REPORT, each) for each in sorted(ids)])
    own = reports.get((REPORT, report_id))
    if own is None:
        return None  # it waits, see ``awaits``
    orders = orders_of(draft.stage.connection, ids) | {
        state.id: state for state in draft.of_kind(ORDER) if state.body.get("report_id") in ids
    }
    orders.pop(made.id, None)
    bodies = {each.id: each.body for each in orders.values()}
    return flow.stands_against(made.body, own.body, [state.body for state in reports.values()], bodies)


def orders_of(connection: Connection, reports: Iterable[str]) -> dict[str, RecordState]:
    """Return the hand-over orders of these reports, by id."""
    return {state.id: state for each in sorted(reports) for state in rows.children(connection, each, [ORDER])}


def family(connection: Connection, report_id: str, fresh: Iterable[dict[str, Any]] = ()) -> frozenset[str]:
    """Return the reports that are one matter with this one, itself among them; ``fresh`` are links not stored yet."""
    words: dict[str, dict[str, Any]] = {str(body["id"]): body for body in fresh}
    asked: set[str] = set()
    found = frozenset([report_id])
    while (new := sorted(found - asked)) and len(asked) < links.MOST:
        words |= _words(connection, new)
        asked |= set(new)
        found = links.reachable(report_id, [*_standing(words.values()), *_named_same(connection, found)])
    return found


def _words(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    lead = record.c.body.op("->>")("lead_id")
    about = or_(record.c.parent_id.in_(ids), lead.in_(ids))
    query = select(record.c.id).where(record.c.kind == LINK, record.c.voided.is_(False), about)
    keys = [(LINK, row.id) for row in connection.execute(query)]
    return {s.state.id: s.state.body | {"id": s.state.id} for s in rows.load(connection, keys, lock=False).values()}


def _standing(words: Iterable[dict[str, Any]]) -> list[links.Pair]:
    said = list(words)
    undone = {body.get("undoes") for body in said if body.get("action") == links.UNLINK}
    return [
        (str(body.get("report_id")), str(body.get("lead_id")))
        for body in said
        if body.get("action") != links.UNLINK and body["id"] not in undone
    ]


def _named_same(connection: Connection, ids: Iterable[str]) -> list[links.Pair]:
    """Return each report with the one that it says it is the same as."""
    found = rows.load(connection, [(REPORT, each) for each in ids], lock=False)
    pairs = [(s.state.id, s.state.body.get("duplicate_of")) for s in found.values()]
    return [(one, other) for one, other in pairs if isinstance(other, str)]
