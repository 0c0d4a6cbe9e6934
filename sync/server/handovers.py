"""What stands against handing a report over, asked where everything is known: at the centre (A04: the loop guard).

A desk asks the same rule about what it has; two desks that know nothing of each other may each hand one report over, or
link it with one that came from there. Here the second is put before a person, since it was lawful where it was done; what
its own desk had to refuse is refused for good, and its author reads why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, String, literal_column, select, text

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
        world = _world(draft, made) if made is not None else None
        code = world.against(made) if world is not None and made is not None else None
        if made is None or world is None or code is None:
            continue
        if world.known_to(draft, op.actor.user).against(made) == code:
            return Settled(item, Outcome.REJECTED, Problem.of(code))
        if draft.stage.recovering:
            return Settled(item, Outcome.DEFERRED, Problem.of("recovering"))  # a withdrawal may be on its way
        return Settled(item, Outcome.QUARANTINED, Problem.of(code))
    return None


@dataclass(frozen=True)
class _World:
    """What an order is judged by: its report, every report of the same matter, their orders, and the links between them."""

    report: RecordState
    reports: dict[str, RecordState]
    orders: dict[str, RecordState]
    links: dict[str, dict[str, Any]]

    def against(self, made: RecordState) -> str | None:
        """Return the code of what stands against an order, None where nothing does."""
        orders = {each.id: each.body for each in self.orders.values()}
        return flow.stands_against(made.body, self.report.body, [each.body for each in self.reports.values()], orders)

    def known_to(self, draft: Draft, author: str) -> _World:
        """Return what of it the author of an order had in their hands: what others did meanwhile is left out.

        Their desk refuses what stands against an order by that alone; what does not was lawful there.
        """
        own = {name: body for name, body in self.links.items() if body.get("created_by") == author}
        near = links.reachable(self.report.id, [*_standing(own.values()), *_same(self.reports.values())])
        report = _as_known(draft, self.report, author)
        reports = {name: state for name, state in self.reports.items() if name in near} | {report.id: report}
        orders = {name: state for name, state in self.orders.items() if state.body.get("created_by") == author}
        return _World(report, reports, orders, own)


_MEANWHILE: Final = ("name_hidden", "anonymous", "demand", "source", "external_system", "duplicate_of")
"""What of a report decides about an order, and may have been written by somebody else since its author saw it."""


def _as_known(draft: Draft, report: RecordState, author: str) -> RecordState:
    """Return a report without what others have written into it after it was made."""
    others = [
        name for name in _MEANWHILE
        if name in report.stamps and draft.stage.author_of(report.stamps[name]).user != author
    ]  # fmt: skip
    return replace(report, body={name: value for name, value in report.body.items() if name not in others})


def _world(draft: Draft, made: RecordState) -> _World | None:
    """Return what an order is judged by; None where its report is not here (it waits, see ``awaits``)."""
    report_id, connection = str(made.body.get("report_id")), draft.stage.connection
    fresh = {state.id: state.body | {"id": state.id} for state in draft.of_kind(LINK)}
    ids, words = matter(connection, report_id, fresh)
    reports = {key[1]: state for key, state in arbiter.locked(draft, [(REPORT, each) for each in sorted(ids)]).items()}
    own = reports.get(report_id)
    if own is None:
        return None
    orders = orders_of(connection, ids) | {
        state.id: state for state in draft.of_kind(ORDER) if state.body.get("report_id") in ids
    }
    orders.pop(made.id, None)
    return _World(own, reports, orders, words)


def orders_of(connection: Connection, reports: Iterable[str]) -> dict[str, RecordState]:
    """Return the hand-over orders of these reports, by id."""
    return {state.id: state for each in sorted(reports) for state in rows.children(connection, each, [ORDER])}


def family(connection: Connection, report_id: str) -> frozenset[str]:
    """Return the reports that are one matter with this one, itself among them."""
    return matter(connection, report_id, {})[0]


def matter(
    connection: Connection, report_id: str, fresh: Mapping[str, dict[str, Any]]
) -> tuple[frozenset[str], dict[str, dict[str, Any]]]:
    """Return the reports that are one matter, and the links that say so, by id; ``fresh`` are links not stored yet."""
    words = dict(fresh)
    asked: set[str] = set()
    found = frozenset([report_id])
    while (new := sorted(found - asked)) and len(asked) < links.MOST:
        words |= _words(connection, new)
        asked |= set(new)
        found = links.reachable(report_id, [*_standing(words.values()), *_named_same(connection, found)])
    return found, words


_OF_LINKS: Final = text("kind = 'link'")
_LEAD: Final = literal_column("(body ->> 'lead_id')", String())
"""Both in the words of the index: without them neither database would use it."""


def _words(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the links that name one of these reports, by id: along an index for either end."""
    keys = set()
    for part in rows.chunks(ids):
        for about in ((record.c.parent_id.in_(part),), (_OF_LINKS, _LEAD.in_(part))):
            # Of what kind is asked here: asked of SQLite it takes the key instead, and reads every link there is.
            found = connection.execute(select(record.c.id, record.c.kind, record.c.voided).where(*about))
            keys |= {(LINK, row.id) for row in found if row.kind == LINK and not row.voided}
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
    return _same(each.state for each in found.values())


def _same(reports: Iterable[RecordState]) -> list[links.Pair]:
    pairs = [(each.id, each.body.get("duplicate_of")) for each in reports]
    return [(one, other) for one, other in pairs if isinstance(other, str)]
