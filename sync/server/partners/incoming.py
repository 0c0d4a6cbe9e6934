"""What comes from partners: a work order becomes a report of the station, a receipt and a status become facts of ours.

Each thing is taken in a transaction of its own, together with a row that says so: what comes twice, or again after a crash,
changes nothing. What a partner says of our order never closes a report and is never an evaluation: a person looks at it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select, update

from sync.merge import RecordState
from sync.server import scopes
from sync.server.centre import Centre
from sync.server.handovers import ORDER, REPORT
from sync.server.own import own_id
from sync.server.partners import chains, changes, config, outgoing, writing
from sync.server.partners.messages import Incoming, OrderIn, ReceiptIn, StatusIn
from sync.server.tables import partner_in
from zzdesk.calendar.limits import Limit
from zzdesk.clock import from_iso, local
from zzdesk.errors import InvalidError
from zzdesk.handover import workflow as flow
from zzdesk.handover.partners import partner as known_partner
from zzdesk.i18n import N_, translate
from zzdesk.reports.due_rules import default_for
from zzdesk.reports.workflow import ENDED, SOURCES

MOST_DAYS: Final = 366
"""The longest limit that an order may give, in working days."""
_TURN: Final = 0x7A7A706172746E65
"""Any number of our own."""
_SHORT: Final = 64
NO_ORDER: Final = N_("没有这个转办件：{order}")
_GIVEN: Final = (
    "title", "description", "category", "demand", "urgency", "happened_at", "address", "latitude", "longitude",
    "reporter_name", "reporter_phone", "name_hidden",
)  # fmt: skip


def take(centre: Centre, connected: config.Connection, item: Incoming) -> bool:
    """Take one thing in; False where it was here already.

    Raises:
        InvalidError: it cannot be taken, and why.
    """
    with centre.database.writing() as connection:
        _take_turn(connection)
        if isinstance(item, OrderIn):
            return _order(centre, connection, connected, item)
        order = _find(connection, connected.code, item.order)
        if isinstance(item, ReceiptIn):
            return _receipt(centre, connection, order, item)
        return _status(centre, connection, order, item)


def _take_turn(connection: Connection) -> None:
    """Let one worker at a time take something in: what comes by several lines at once is looked up and written once."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


# ---- what was here already ------------------------------------------------------------------------------------------


def _known(connection: Connection, partner: str, key: str) -> Row[Any] | None:
    return connection.execute(select(partner_in).where(partner_in.c.partner == partner, partner_in.c.key == key)).first()


def _note(centre: Centre, connection: Connection, partner: str, key: str, digest: str, record_id: str) -> None:
    new = {"partner": partner, "key": key, "digest": digest, "received_at": centre.now_iso(), "record_id": record_id}
    mine = (partner_in.c.partner == partner, partner_in.c.key == key)
    if connection.execute(update(partner_in).where(*mine).values(digest=digest)).rowcount == 0:
        connection.execute(partner_in.insert(), new)


def _digest(item: Incoming) -> str:
    """Return what an item says, without its files: each of these is known by itself (``partners.arriving``)."""
    said = {field.name: getattr(item, field.name) for field in dataclasses.fields(item) if field.name != "files"}
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _find(connection: Connection, partner: str, name: str) -> RecordState:
    """Return one of the partner's orders, locked: by its id, our number for it, or theirs.

    Raises:
        InvalidError: it has none of that name.
    """
    ids = (name, own_id("order of", partner, name), *changes.named(connection, partner, name))
    found = [order for each in dict.fromkeys(ids) if (order := writing.locked_order(connection, each)) is not None]
    for order in sorted(found, key=_is_ours):  # what it gave us first: a number of its own can be typed into one of ours
        if order.body.get("partner") == partner and _is_called(order, name):
            return order
    raise InvalidError.one("order", NO_ORDER, order=name)


def _is_ours(order: RecordState) -> bool:
    return order.body.get("direction") == flow.OUT


def _is_called(order: RecordState, name: str) -> bool:
    return name in (order.id, order.body.get("number"), order.body.get("external_ref"))


# ---- a work order ---------------------------------------------------------------------------------------------------


def _order(centre: Centre, connection: Connection, connected: config.Connection, item: OrderIn) -> bool:
    key, digest = f"order/{item.external_ref}"[:300], _digest(item)
    report_id = own_id("report of", connected.code, item.external_ref)
    there = _known(connection, connected.code, key)
    if there is not None and there.digest == digest:
        return False
    standing = writing.locked(connection, REPORT, report_id)
    if standing is None:
        _refuse_our_own(connection, connected.code, item.external_ref)
        chains.refuse_our_own(connection, chains.cleaned(item.origins))
        _register(centre, connection, connected, item, report_id)
    elif there is not None:
        _corrected(centre, connection, connected, item, standing, digest)
    _note(centre, connection, connected.code, key, digest, report_id)
    return standing is None or there is not None


def _refuse_our_own(connection: Connection, partner: str, external_ref: str) -> None:
    """Refuse what we gave to this partner ourselves: it comes back as a status, never as an order (no loop)."""
    orders = (writing.locked_order(connection, each) for each in changes.named(connection, partner, external_ref))
    if any(each and _is_ours(each) and each.body.get("external_ref") == external_ref for each in orders):
        raise InvalidError.one("external_ref", N_("这是本方转给对方的件，退回请发办理状态“退回”，不要当作新工单"))


def _register(
    centre: Centre, connection: Connection, connected: config.Connection, item: OrderIn, report_id: str
) -> None:
    scope = _scope(connection, connected, item)
    code, now = connected.code, centre.now()
    given_at = min(_given_at(item), now) if item.given_at else now
    values: dict[str, Any] = {name: getattr(item, name) for name in _GIVEN}
    values |= {
        "category": item.category or connected.category, "source": code if code in SOURCES else "other",
        "number": f"SJ{local(given_at):%Y%m%d}-{code}-{item.external_ref}"[:200], "created_at": given_at,
        "external_system": code, "external_ref": item.external_ref, "grid": item.area if item.area != scope else None,
        "anonymous": True if not (item.reporter_name or item.reporter_phone) else None,
    }  # fmt: skip
    report = writing.born(centre, REPORT, report_id, scope, values)
    limit = _limit(item) or default_for(report.init)
    report = writing.Own(REPORT, report_id, scope, dict(report.init) | ({"due_rule": limit} if limit else {}))
    known = known_partner(code)
    order = writing.born(centre, ORDER, own_id("order of", code, item.external_ref), scope, {
        "report_id": report_id, "partner": code, "direction": flow.IN, "state": flow.DELIVERED,
        "external_ref": item.external_ref, "limit_days": item.limit_days, "receipt_at": now,
        "number": f"ZB{local(now):%Y%m%d}-{code}-{item.external_ref}"[:200],
        "recipient": known.recipient if known else code, "origins": chains.cleaned(item.origins) or None,
    })  # fmt: skip
    writing.do(centre, connection, f"in/{code}/{item.external_ref}", [report, order])


def _given_at(item: OrderIn) -> datetime:
    try:
        return from_iso(str(item.given_at))
    except (ValueError, OverflowError) as error:
        raise InvalidError.one("given_at", N_("时间写成 2026-02-13 16:40，或带时区的 ISO 8601")) from error


def _limit(item: OrderIn) -> str | None:
    """Return the limit that an order gives.

    Raises:
        InvalidError: it is none.
    """
    if item.limit_days is None:
        return None
    if not 1 <= item.limit_days <= MOST_DAYS:
        raise InvalidError.one("limit_days", N_("应为 1 到 366 的整数"))
    return str(Limit("working-days", item.limit_days))


def _scope(connection: Connection, connected: config.Connection, item: OrderIn) -> str:
    """Return the station that an order goes to: that of the place it names, else the one of the operator's file.

    Raises:
        InvalidError: that station has never been at this centre.
    """
    named = (item.area or "")[:12]
    if len(named) == 12 and scopes.nodes(connection, [named]):
        return named
    if not scopes.nodes(connection, [connected.station]):
        message = N_("站点 {station} 还没有接入中心，工单没有地方放；请先接入，或改对接配置")
        raise InvalidError.one("area", message, station=connected.station)
    return connected.station


def _corrected(
    centre: Centre, connection: Connection, connected: config.Connection, item: OrderIn, report: RecordState, digest: str
) -> None:
    """Say on the order what the partner changed; a limit that it changed is the report's from now on."""
    order = writing.locked_order(connection, own_id("order of", connected.code, item.external_ref))
    if order is None:
        return
    told = {name: getattr(item, name) for name in ("title", "description", "address") if getattr(item, name)}
    changed = [value for name, value in told.items() if report.body.get(name) != value]
    text = "；".join(changed) or translate(N_("对方重新发来，内容有更正"), "zh")
    parts = [writing.line(centre, order, f"changed/{digest}", "changed", text, flow.IN)]
    limit = _limit(item)
    if limit and report.body.get("state") not in ENDED:
        moved = writing.edited(report, {"due_rule": limit})
        parts += [moved] if moved else []
    writing.do(centre, connection, f"changed/{connected.code}/{item.external_ref}/{digest}", parts)


# ---- what is said of an order ---------------------------------------------------------------------------------------


def _receipt(centre: Centre, connection: Connection, order: RecordState, item: ReceiptIn) -> bool:
    partner, key = str(order.body.get("partner")), f"receipt/{order.id}/{item.receipt.number}"[:300]
    if order.body.get("direction") != flow.OUT:
        raise InvalidError.one("order", N_("这是来件，不收回执"))
    if _known(connection, partner, key) is not None:
        return False
    outgoing.delivered(centre, connection, order, item.receipt)
    _note(centre, connection, partner, key, _digest(item), order.id)
    return True


def _status(centre: Centre, connection: Connection, order: RecordState, item: StatusIn) -> bool:
    partner, digest = str(order.body.get("partner")), _digest(item)
    key = f"status/{order.id}/{_mark(item.line) if item.line else digest}"
    if _known(connection, partner, key) is not None:
        return False
    parts = [writing.line(centre, order, key, item.status, item.text, flow.IN, item.at)]
    values: dict[str, Any] = {}
    withdrawn = order.body.get("state") == flow.WITHDRAWN  # what is said of it is kept, it stays as it is
    if item.external_ref and not order.body.get("external_ref") and not withdrawn:
        values = writing.cleaned(centre, ORDER, {"external_ref": item.external_ref[:200]})
    target = _target(order, item.status)
    if target is not None:
        values["state"] = target
    moved = writing.edited(order, values)
    writing.do(centre, connection, f"said/{partner}/{key}", [*parts, *([moved] if moved else [])])
    _note(centre, connection, partner, key, digest, order.id)
    return True


def _mark(line: str) -> str:
    """Return what a partner calls a word, or what stands for it where that is long: cut off, two words would be one."""
    return line if len(line) <= _SHORT else hashlib.sha256(line.encode()).hexdigest()


def _target(order: RecordState, status: str) -> str | None:
    """Return what a partner's word makes of an order of ours; one of theirs follows our own report alone."""
    now = str(order.body.get("state"))
    target = flow.MOVES.get(status, ("", now))[1]
    moves = order.body.get("direction") == flow.OUT and target != now
    return target if moves and flow.TRANSITIONS.allows(now, target) else None

