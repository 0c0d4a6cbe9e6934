"""The list of what is published, made from the feed: who asks reads it by key and never a report.

It follows the feed of every station that is offered, as a desk does: a report that is changed, moved or declared void is
looked at again. Made by other rules (``Offer.mark``), it is made anew. A question brings it up to date first, a bounded
step at a time; while a long way is left, who asks is told to come again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from sync.server import rows
from sync.server.blobs_index import KIND as FILE
from sync.server.centre import Centre, identity
from sync.server.handovers import ORDER
from sync.server.open311 import pictures
from sync.server.open311.asking import Asking
from sync.server.open311.offer import Offer
from sync.server.open311.public import CLOSED, facts, is_public, source_of, standing
from sync.server.open311.services import SERVICES
from sync.server.own import own_id
from sync.server.rows import Stored
from sync.server.scopes import BELOW, NODE
from sync.server.tables import feed, open311_request, open311_scope, record, scope
from zzdesk.typed import read

Request = tuple[str, dict[str, Any]]
"""The id of a request, and what is kept of it (``public.facts``)."""
KIND: Final = "report"
EVERYWHERE: Final = ""
STEP: Final = 500
"""Rows of a feed that one transaction follows."""
STEPS: Final = 8
"""Steps that one question takes at most."""
_COLUMNS: Final = ("id", "scope_id", "service", "status", "requested", "facts")


# ---- following the feed ---------------------------------------------------------------------------------------------


def catch_up(centre: Centre, offer: Offer, steps: int = STEPS) -> bool:
    """Bring the list up to date; False where a way is left after so many steps."""
    with centre.database.reading() as connection:
        if _is_up(connection, offer):
            return True
    for _ in range(steps):
        with centre.database.writing() as connection:
            if not _step(connection, offer):
                return True
    return False


def _is_up(connection: Connection, offer: Offer) -> bool:
    """Say whether nothing has come since; a centre where others are busy is looked at station by station."""
    there = {row.scope_id: (row.seq, row.mark) for row in connection.execute(select(open311_scope))}
    if there.get(EVERYWHERE) == (identity(connection).seq, _whole_mark(offer)):
        return True
    stations, mark = stations_of(connection, offer), offer.mark()
    if there.keys() - {EVERYWHERE} != stations or any(there[each][1] != mark for each in stations):
        return False
    return not any(_stretch(connection, each, there[each][0], 1) for each in sorted(stations))


def _whole_mark(offer: Offer) -> str:
    return Offer.mark_of([offer.mark(), *offer.stations])


def _step(connection: Connection, offer: Offer) -> bool:
    """Follow one stretch of one feed; return whether there is more. One worker does it at a time."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(0x6F333131)))
    clock, mark = identity(connection).seq, offer.mark()
    stations = stations_of(connection, offer)
    there = {row.scope_id: row for row in connection.execute(select(open311_scope))}
    for gone in sorted(there.keys() - stations - {EVERYWHERE}):
        _forget(connection, gone)
    for station in sorted(stations):
        known = there.get(station)
        if known is not None and known.mark != mark:
            _forget(connection, station)
            known = None
        after = known.seq if known is not None else 0
        stretch = _stretch(connection, station, after)
        if stretch:
            _look_again(connection, _concerned(connection, stretch), stations, offer)
            _note(connection, station, stretch[-1].seq, mark)
            return True
        if known is None:
            _note(connection, station, 0, mark)
    _note(connection, EVERYWHERE, clock, _whole_mark(offer))
    return False


def stations_of(connection: Connection, offer: Offer) -> set[str]:
    """Return the stations that are offered: those named, and those below a code with a star behind it."""
    found = {code for code in offer.stations if not code.endswith(BELOW)}
    for code in offer.stations:
        if code.endswith(BELOW):
            below = scope.c.id.startswith(code.removesuffix(BELOW), autoescape=True)
            found |= set(connection.execute(select(scope.c.id).where(scope.c.kind == NODE, below)).scalars())
    return found


def _stretch(connection: Connection, station: str, after: int, most: int = STEP) -> list[Row[Any]]:
    query = select(feed.c.kind, feed.c.id, feed.c.seq).where(feed.c.scope_id == station, feed.c.seq > after)
    return list(connection.execute(query.order_by(feed.c.seq).limit(most)))


def _forget(connection: Connection, station: str) -> None:
    connection.execute(delete(open311_request).where(open311_request.c.scope_id == station))
    connection.execute(delete(open311_scope).where(open311_scope.c.scope_id == station))


def _note(connection: Connection, station: str, seq: int, mark: str) -> None:
    insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(open311_scope)
    put = insert.values(scope_id=station, seq=seq, mark=mark)
    there = {"seq": put.excluded.seq, "mark": put.excluded.mark}
    connection.execute(put.on_conflict_do_update(index_elements=["scope_id"], set_=there))


def _concerned(connection: Connection, stretch: Iterable[Row[Any]]) -> set[str]:
    """Return the reports about which a stretch says something: an order may have the answer for the public, a file the photo."""
    reports = {row.id for row in stretch if row.kind == KIND}
    for kind in (ORDER, FILE):
        if named := sorted({row.id for row in stretch if row.kind == kind}):
            parents = select(record.c.parent_id).where(record.c.kind == kind, record.c.id.in_(named))
            reports |= {each for each in connection.execute(parents).scalars() if each}
    return reports


def _look_again(connection: Connection, ids: Iterable[str], stations: set[str], offer: Offer) -> None:
    """Write down of these reports what is public of them now, wherever they are."""
    wanted = sorted(set(ids))
    found = rows.load(connection, [(KIND, each) for each in wanted], lock=False).values()
    public = [each for each in found if each.state.scope in stations and is_public(each.state.id, each.state.body, offer)]
    times = _updated(connection, public)
    for part in rows.chunks(wanted):
        connection.execute(delete(open311_request).where(open311_request.c.id.in_(part)))
    answers = _answers(connection, public)
    seen = pictures.of_reports(connection, public, offer)
    new = [_row(each, times, answers.get(each.state.id), offer, seen.get(each.state.id)) for each in public]
    rows.insert_many(connection, open311_request, _COLUMNS, new)


def _answers(connection: Connection, public: Sequence[Stored]) -> dict[str, str]:
    """Return what was answered for the public (公开答复内容) about what came in by a partner, by report."""
    sources = {each.state.id: source for each in public if (source := source_of(each.state.body))}
    came = {own_id("order of", *map(str, s)): i for i, s in sources.items() if own_id("report of", *map(str, s)) == i}
    orders = rows.load(connection, [(ORDER, order_id) for order_id in came], lock=False)
    said = {came[key[1]]: order.state.body.get("public_answer") for key, order in orders.items()}
    return {report_id: str(answer) for report_id, answer in said.items() if answer}


def _row(
    stored: Stored, times: dict[str, str], answer: str | None, offer: Offer, picture: dict[str, Any] | None
) -> tuple[Any, ...]:
    state = stored.state
    kept = facts(state.body, state.scope, times[state.id], offer, answer, picture)
    text = msgspec.json.encode(kept).decode()
    return state.id, state.scope, kept["service"], kept["status"], kept["requested"], text


def _updated(connection: Connection, stored: Sequence[Stored]) -> dict[str, str]:
    """Return when each report was last changed; of one that has ended, when it ended."""
    stamps = {each.state.id: _telling(each) for each in stored}
    logged = rows.logged(connection, set().union(*stamps.values()))
    born = {each.state.id: str(each.state.body.get("created_at")) for each in stored}
    return {
        record_id: max([born[record_id], *(_moment(logged[op]) for op in ops if op in logged)])
        for record_id, ops in stamps.items()
    }


def _telling(stored: Stored) -> set[str]:
    state = stored.state
    ended = standing(state.body).status == CLOSED
    return {str(state.stamp("state"))} if ended else set(state.stamps.values())


def _moment(row: Row[Any]) -> str:
    return str(row.made_at or row.received_at)


# ---- asking ---------------------------------------------------------------------------------------------------------


def asked(connection: Connection, asking: Asking) -> tuple[list[Request], bool]:
    """Return what is asked for, newest first, and whether there is more of it.

    Each service and each state is a stretch of an index, read from its newest end; none is longer than a page.
    """
    if asking.ids is not None:
        found = rows.among(connection, open311_request, _COLUMNS, "id", asking.ids)
        return _newest_first(found), False
    pairs = [(service, status) for service in asking.services or (None,) for status in asking.statuses]
    rows_found = [row for pair in pairs for row in _part(connection, asking, *pair)]
    listed = _newest_first(rows_found)
    return listed[: asking.limit], len(listed) > asking.limit


def _part(connection: Connection, asking: Asking, service: str | None, status: str) -> Sequence[Row[Any]]:
    table = open311_request.c
    query = select(open311_request).where(table.status == status, table.requested.between(asking.since, asking.until))
    if service is not None:
        query = query.where(table.service == service)
    if asking.after is not None:
        query = query.where(tuple_(table.requested, table.id) < asking.after)
    query = query.order_by(table.requested.desc(), table.id.desc())
    return connection.execute(query.limit(asking.limit + 1)).all()


def _newest_first(found: Iterable[Row[Any]]) -> list[Request]:
    ordered = sorted(found, key=lambda row: (row.requested, row.id), reverse=True)
    return [(row.id, read(row.facts, dict[str, Any])) for row in ordered if row.service in SERVICES]
