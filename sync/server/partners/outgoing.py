"""What is to be sent to partners: found in the feed, kept in a table of its own, put together when it goes.

A row has a key that follows from what it says (``order/ID``, ``withdraw/ID``, ``status/ID/ROUND/STATUS``, ``file/ID/FILE``),
so that looking through the feed twice finds it once, and a partner to which it came twice can see that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.exc import DBAPIError

from sync.merge import RecordState
from sync.server import faults, rows
from sync.server.centre import Centre, identity
from sync.server.database import is_passing
from sync.server.handovers import ECHO, ORDER, REPORT
from sync.server.partners import chains, changes, enclosures, writing
from sync.server.partners import progress as told
from sync.server.partners.messages import Enclosed, Followed, Outgoing, PartnerError, Receipt
from sync.server.partners.queued import DROPPED as DROPPED
from sync.server.partners.queued import FAILED as FAILED
from sync.server.partners.queued import FILE, FOLLOWED, add, again_later, put, row_of
from sync.server.partners.queued import LACKING as LACKING
from sync.server.partners.queued import SENT as SENT
from sync.server.partners.queued import WAITING as WAITING
from sync.server.partners.unsent import LATER as LATER
from sync.server.partners.unsent import STOPPED as STOPPED
from sync.server.partners.unsent import TRIES, reached, tell
from sync.server.tables import partner_out
from zzdesk.clock import from_iso, to_iso
from zzdesk.errors import InvalidError
from zzdesk.handover import workflow as flow
from zzdesk.handover.partners import OF_REPORTER, partner
from zzdesk.i18n import translate
from zzdesk.people.masks import mask_value
from zzdesk.typed import read

FEED: Final = "feed"
_MASKED: Final = frozenset({"title", "description", "reason", "call_outcome", "text", "public_answer"})
"""Free texts: identity numbers and phones in them stay masked, whoever typed them."""
_PER_ROUND: Final = 500
_TURN: Final = 0x7A7A6F7574
"""Any number of our own."""
_EVERY: Final = timedelta(minutes=5)
"""How often a partner is asked about one order."""


def collect(centre: Centre) -> int:
    """Look through what changed since the last time for something to send; return how many messages that is."""
    found, is_behind = 0, _is_behind(centre)
    while is_behind:
        with centre.database.writing() as connection:
            _take_turn(connection)
            orders, upto = changes.orders_since(connection, changes.cursor(connection, FEED))
            found += sum(_noted(centre, connection, state) for state in orders)
            changes.set_cursor(connection, FEED, upto)
            is_behind = upto < identity(connection).seq
    return found


def _is_behind(centre: Centre) -> bool:
    with centre.database.reading() as connection:
        return bool(changes.cursor(connection, FEED) < identity(connection).seq)


def _take_turn(connection: Connection) -> None:
    """Let one worker at a time look through the feed: two that find the same would write it down twice."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


def _noted(centre: Centre, connection: Connection, order: RecordState) -> int:
    """Do what ``_note`` does; an order with which that fails is reported and passed over: the feed goes on behind it."""
    try:
        with connection.begin_nested():
            return _note(centre, connection, order)
    except Exception as error:
        if isinstance(error, DBAPIError) and (is_passing(error) or error.connection_invalidated):
            raise
        faults.report("an order for a partner", error)
        return 0


def _note(centre: Centre, connection: Connection, order: RecordState) -> int:
    """Write down what is to be said of an order, as far as it is not written down yet."""
    return (_note_inbound if order.body.get("direction") == flow.IN else _note_outbound)(centre, connection, order)


def _note_outbound(centre: Centre, connection: Connection, order: RecordState) -> int:
    key, state = f"order/{order.id}", order.body.get("state")
    there = row_of(connection, key)
    gone_back = order.voided or state == flow.WITHDRAWN
    unsent = there is not None and there.state in (WAITING, FAILED)
    if gone_back or (unsent and _by_hand(order)):
        enclosures.let_go(centre, connection, order.id, by_hand=not gone_back)
    if unsent and (gone_back or _by_hand(order)):
        put(connection, key, state=DROPPED)  # nobody wants it any more, or somebody has carried it there
        return 0
    if gone_back:
        told_of = there is not None and there.state in (SENT, FOLLOWED)
        is_new = told_of and row_of(connection, f"withdraw/{order.id}") is None
        return add(centre, connection, f"withdraw/{order.id}", "withdraw", order) if is_new else 0
    new = there is None and state == flow.WAITING
    found = add(centre, connection, key, "order", order) if new else 0
    goes = new or (there is not None and there.state != DROPPED and state in flow.OPEN)
    return found + (enclosures.note(centre, connection, order) if goes else 0)


def _note_inbound(centre: Centre, connection: Connection, order: RecordState) -> int:
    said = _progress(connection, order)
    if said is None or order.voided:
        return 0
    key = f"status/{order.id}/{said.round}/{said.status}"
    there = row_of(connection, key)
    if there is None:
        _overtaken(connection, order.id)
        detail = msgspec.json.encode({"status": said.status, "round": said.round}).decode()
        return add(centre, connection, key, "status", order, detail, LACKING if said.lacks else WAITING, said.lacks)
    state = LACKING if said.lacks else WAITING
    if there.state not in (LACKING, DROPPED) or there.state == state:
        return 0
    _overtaken(connection, order.id)
    put(connection, key, state=state, last_error=said.lacks, next_try=centre.now_iso())
    return int(state == WAITING)


def _overtaken(connection: Connection, order_id: str) -> None:
    """Drop what was still to be told of how far a report was before: it is further by now."""
    mine = (partner_out.c.order_id == order_id, partner_out.c.what == "status")
    late = partner_out.c.state.in_((WAITING, FAILED, LACKING))
    connection.execute(update(partner_out).where(*mine, late).values(state=DROPPED))


def _progress(connection: Connection, order: RecordState) -> told.Progress | None:
    report_id = str(order.body.get("report_id"))
    found = rows.load(connection, [(REPORT, report_id)], lock=False).get((REPORT, report_id))
    if found is None:
        return None
    steps = sorted(rows.children(connection, report_id, ["step"]), key=lambda s: (str(s.body.get("created_at")), s.id))
    return told.progress(order.body, found.state.body, [step.body for step in steps])


# ---- sending --------------------------------------------------------------------------------------------------------


def due(centre: Centre, codes: Iterable[str], *, urgent: bool = False, files: bool = False) -> list[Row[Any]]:
    """Return what is to be sent to these partners now: what hurries first, then the oldest; ``urgent``: that alone.

    ``files``: the files of orders, and nothing else; they go when everything else was sent.
    """
    query = select(partner_out).where(
        partner_out.c.state == WAITING, partner_out.c.next_try <= centre.now_iso(), partner_out.c.partner.in_(sorted(codes)),
        *((partner_out.c.urgent,) if urgent else ()), (partner_out.c.what == FILE) == files,
    )  # fmt: skip
    fair = (partner_out.c.attempts,) if files else ()  # one that always fails stands behind all others soon, urgent or not
    ordered = query.order_by(*fair, partner_out.c.urgent.desc(), partner_out.c.made_at, partner_out.c.key)
    with centre.database.reading() as connection:
        return list(connection.execute(ordered.limit(_PER_ROUND)))


def composed(centre: Centre, row: Row[Any], takes: Callable[[Enclosed], bool]) -> Outgoing | None:
    """Return a message as it goes now; None where its order or report is not at the centre.

    ``takes`` says which files follow an order by the partner's line.

    Raises:
        PartnerError: while it waited the report was linked with one that came from there (no loop).
    """
    with centre.database.reading() as connection:
        order = _stored(connection, ORDER, row.order_id)
        report = _stored(connection, REPORT, str(order.body.get("report_id"))) if order else None
        if order is None or report is None or (row.what == "order" and not _is_wanted(order)):
            return None
        if row.what == "order" and row.attempts and not row.urgent and (why := chains.came_from_there(connection, order)):
            raise PartnerError(translate(flow.WORDS[why]), passing=False)
        fields = handed(connection, order.body, report.body) if row.what == "order" else {}
        before = chains.before(connection, order) if row.what == "order" else ()
        files = enclosures.of_order(connection, order, report, takes) if row.what == "order" else ()
        said = _said(connection, row, order)
    if said is None:
        return None
    body = order.body
    return Outgoing(
        row.key, row.what, row.partner, order.id, str(body.get("number") or ""), row.made_at, body.get("external_ref"),
        fields, said, before, files,
    )  # fmt: skip


def _by_hand(order: RecordState) -> bool:
    return order.body.get("state") != flow.WAITING and bool(order.body.get("receipt_number"))


def _is_wanted(order: RecordState) -> bool:
    """Say whether an order is still to go: it may have been taken back, or carried there, while others were sent."""
    return not (order.voided or order.body.get("state") == flow.WITHDRAWN or _by_hand(order))


def _shown(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said with its free texts masked."""
    return {name: mask_value("text", value) if name in _MASKED and value is not None else value for name, value in said.items()}


def _stored(connection: Connection, kind: str, record_id: str) -> RecordState | None:
    found = rows.load(connection, [(kind, record_id)], lock=False).get((kind, record_id))
    return found.state if found is not None else None


def _said(connection: Connection, row: Row[Any], order: RecordState) -> dict[str, Any] | None:
    body = order.body
    if row.what == "status":
        said = _progress(connection, order)
        kept = read(row.detail, dict[str, Any])
        if said is None or said.status != kept["status"] or said.lacks:
            return None  # it went further meanwhile: the next look through the feed says so
        return kept | _shown(said.said)
    if row.what == "withdraw":
        return {"recipient": body.get("recipient"), "reason": _withdrawn_because(connection, order)}
    names = ("recipient", "reason", *flow.CALL_FIELDS)
    return _shown({name: body[name] for name in names if body.get(name) is not None})


def _withdrawn_because(connection: Connection, order: RecordState) -> str | None:
    lines = [each.body for each in rows.children(connection, order.id, [ECHO]) if each.body.get("status") == "withdrawn"]
    last = max(lines, key=lambda body: str(body.get("created_at")), default={})
    return mask_value("text", last["text"]) if last.get("text") else None


def handed(connection: Connection, order: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a report goes to a partner: what the order names, as far as the partner may have it today.

    Numbers of people in free texts stay masked; who asked for secrecy since is left out.
    """
    found = partner(order.get("partner"))
    names = [name for name in (found.handed(report) if found else ()) if name in (order.get("handed") or ())]
    values = {name: report.get(name) for name in names} | _resident(connection, report, names)
    return {name: value for name, value in _shown(values).items() if value is not None}


def _resident(connection: Connection, report: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return name and number of the resident whom a report names, as far as the report has none of its own."""
    wanted = [name for name in names if name in OF_REPORTER and not report.get(name)]
    person = _stored(connection, "person", str(report["reporter_id"])) if wanted and report.get("reporter_id") else None
    if person is None:
        return {}
    return {name: person.body.get(name.removeprefix("reporter_")) for name in wanted}


def sent(
    centre: Centre, message: Outgoing, receipt: Receipt | None, follow: bool = False,
    along: Callable[[Connection], None] = lambda _: None,
) -> None:  # fmt: skip
    """Write down that a message is gone, and what follows from that; ``follow``: we ask how our order stands.

    ``along`` writes in the same transaction what became of what went along.
    """
    now, state = centre.now_iso(), FOLLOWED if follow and message.what == "order" else SENT
    with centre.database.writing() as connection:
        put(connection, message.key, state=state, sent_at=now, last_error=None, next_try=now)
        along(connection)
        order = writing.locked_order(connection, message.order)
        if order is None:
            return
        if message.what == "order":
            reached(centre, connection, order)
        if message.what == "status":
            _told(centre, connection, order, message)
        elif receipt is not None and message.what == "order":
            try:
                delivered(centre, connection, order, receipt)
            except InvalidError as error:  # it is there all the same: sent again, they would have it twice
                put(connection, message.key, last_error=error.text()[:500])


def _told(centre: Centre, connection: Connection, order: RecordState, message: Outgoing) -> None:
    status, text = str(message.said["status"]), message.said.get("public_answer") or message.said.get("text")
    parts = [writing.line(centre, order, message.key, status, text, flow.OUT)]
    target, now = told.STATE_OF[status], str(order.body.get("state"))
    if target != now and flow.TRANSITIONS.allows(now, target):
        moved = writing.edited(order, {"state": target})
        parts += [moved] if moved else []
    writing.do(centre, connection, message.key, parts)


def delivered(centre: Centre, connection: Connection, order: RecordState, receipt: Receipt) -> None:
    """Write a receipt down; the first one counts, and a number for the order that comes after it (a token's).

    Raises:
        InvalidError: a number in it is none that could be kept.
    """
    if order.body.get("state") == flow.WITHDRAWN:
        return
    if order.body.get("receipt_number"):
        numbered = receipt.external_ref and not order.body.get("external_ref")
        said = writing.cleaned(centre, ORDER, {"external_ref": str(receipt.external_ref)[:200]}) if numbered else {}
        part = writing.edited(order, said) if said else None
        writing.do(centre, connection, f"numbered/{order.id}", [part] if part else [])
        return
    given = {"receipt_number": receipt.number[:200]}
    if receipt.external_ref and not order.body.get("external_ref"):
        given["external_ref"] = receipt.external_ref[:200]
    values = writing.cleaned(centre, ORDER, given) | {"receipt_at": _when(centre, receipt)}
    if order.body.get("state") == flow.WAITING:
        values["state"] = flow.DELIVERED
    part = writing.edited(order, values)
    writing.do(centre, connection, f"receipt/{order.id}", [part] if part else [])


def _when(centre: Centre, receipt: Receipt) -> str:
    """Return when a receipt was given; where it says no moment that can be read, now."""
    try:
        return to_iso(from_iso(str(receipt.at)))
    except (ValueError, OverflowError):
        return centre.now_iso()


def followed(centre: Centre, code: str) -> list[Followed]:
    """Return the orders about which a partner is to be asked now; those that have ended are not followed any more."""
    now = centre.now_iso()
    query = select(partner_out.c.key, partner_out.c.order_id).where(
        partner_out.c.state == FOLLOWED, partner_out.c.next_try <= now, partner_out.c.partner == code
    )  # fmt: skip
    with centre.database.writing() as connection:
        due_now = connection.execute(query.order_by(partner_out.c.next_try).limit(_PER_ROUND)).all()
        orders = rows.load(connection, [(ORDER, row.order_id) for row in due_now], lock=False)
        found: list[Followed] = []
        for row in due_now:
            stored = orders.get((ORDER, row.order_id))
            if stored is None or stored.state.voided or stored.state.body.get("state") not in flow.OPEN:
                put(connection, row.key, state=SENT)
                continue
            put(connection, row.key, next_try=to_iso(centre.now() + _EVERY))
            body = stored.state.body
            found.append(Followed(row.order_id, str(body["state"]), body.get("receipt_number"), body.get("external_ref")))
    return found


def failed(centre: Centre, row: Row[Any], error: PartnerError) -> None:
    """Write down that a message did not get there; it is tried again later, and later still, or waits for a person."""
    with centre.database.writing() as connection:
        again_later(centre, connection, row, error)
        if not error.passing or row.attempts + 1 == (1 if row.urgent else TRIES):
            tell(centre, connection, row, flow.FAILING if error.passing else flow.STOPPED)


def dropped(centre: Centre, key: str) -> None:
    """Write down that there is nothing to say any more."""
    with centre.database.writing() as connection:
        put(connection, key, state=DROPPED)


def again(centre: Centre, key: str | None = None) -> int:
    """Let what failed, or waits for its next turn, be tried at once; return how many messages that is."""
    mine = (partner_out.c.state.in_((WAITING, FAILED)), *((partner_out.c.key == key,) if key else ()))
    fresh = update(partner_out).where(*mine, partner_out.c.attempts > 0).values(state=WAITING, next_try=centre.now_iso())
    with centre.database.writing() as connection:
        return int(connection.execute(fresh).rowcount)


def gone(centre: Centre, order_id: str | None = None, limit: int = 200) -> list[Row[Any]]:
    """Return what was sent to whom when, the newest first: of one order, or the newest of all."""
    table = partner_out
    wanted = (table.c.state.in_((SENT, FOLLOWED)), *((table.c.order_id == order_id,) if order_id else ()))
    with centre.database.reading() as connection:
        return list(connection.execute(select(table).where(*wanted).order_by(table.c.sent_at.desc(), table.c.key).limit(limit)))


def outstanding(centre: Centre) -> list[Row[Any]]:
    """Return what was not sent yet, or could not be, what hurries first."""
    table = partner_out
    open_ = table.c.state.in_((WAITING, FAILED, LACKING))
    with centre.database.reading() as connection:
        return list(connection.execute(select(table).where(open_).order_by(table.c.urgent.desc(), table.c.made_at, table.c.key)))
