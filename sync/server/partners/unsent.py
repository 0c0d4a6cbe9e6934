"""What the centre could not send, said where people see it: on the order, and to who looks after the centre (A04).

An order for a partner that nobody has connected waits, and goes as soon as somebody does; until then its station has to know
that nothing went. Why, in words for the operator, stays at the centre: it may name a folder there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, or_, select, true, update

from sync.merge import RecordState
from sync.server.centre import Centre
from sync.server.partners import changes, config, writing
from sync.server.partners.queued import FILE
from sync.server.tables import partner_out
from zzdesk.handover import workflow as flow
from zzdesk.i18n import N_, translate

LATER: Final = N_("中心还没有送到对方，会一直试；请打电话向对方核对，不要等")
STOPPED: Final = N_("中心没有送到对方，要有人处理（原因在中心的待发清单里）；急的请打电话，送到了就记“送达”")
SAID: Final[dict[str, str]] = {
    flow.NO_LINE: N_("中心还没有和这个对方接通，这一件没有送出；接通后会自动送。急的请打电话，送到了就记“送达”"),
    flow.PAUSED: N_("中心暂停了与这个对方的收发，这一件没有送出；恢复后会自动送。急的请打电话，送到了就记“送达”"),
    flow.FAILING: LATER,
    flow.STOPPED: STOPPED,
}
"""What stands on an order, by why it was not sent."""
NOT_CONFIGURED: Final = N_("没有接通：在 partners.toml 里给这个对方写一段 [[partner]]，写好后自动送")
IS_PAUSED: Final = N_("这个对方写了 pause，恢复后自动送")
TRIES: Final = 3
"""How often something that does not hurry is tried until its station is told."""
LINE_LASTS: Final = timedelta(hours=1)
"""How long after its last round a partner counts as connected: a timer may do the rounds beside a server without partners."""
_NOTED: Final = timedelta(minutes=10)
_PER_ROUND: Final = 500
_WAITING: Final = "waiting"


def tell(centre: Centre, connection: Connection, row: Row[Any], why: str) -> None:
    """Say on the order of a message why it was not sent; the same word comes once."""
    order = writing.locked_order(connection, row.order_id)
    if order is None or order.voided:
        return
    name = f"unsent/{row.key}/{why}"
    writing.do(centre, connection, name, [writing.line(centre, order, name, "note", translate(SAID[why], "zh"), flow.OUT)])
    if row.what == "order" and order.body.get("state") == flow.WAITING:
        _mark(centre, connection, order, why)


def reached(centre: Centre, connection: Connection, order: RecordState) -> None:
    """Write down that an order is sent."""
    if order.body.get("unsent") is not None:
        _mark(centre, connection, order, None)


def _mark(centre: Centre, connection: Connection, order: RecordState, why: str | None) -> None:
    part = writing.edited(order, {"unsent": why})
    writing.do(centre, connection, f"unsent/{order.id}/{order.ver}", [part] if part else [])


def unreached(centre: Centre, connections: Sequence[config.Connection]) -> dict[str, int]:
    """Say on each order that waits for a partner whom no round reaches, once, why; return how many of whom wait.

    Only those that nobody has connected are counted; a pause is the operator's own.
    """
    _note_lines(centre, [each.code for each in connections])
    served = {each.code for each in connections} | _served(centre)
    paused = sorted(each.code for each in connections if each.pause)
    waits = and_(partner_out.c.state == _WAITING, partner_out.c.what != FILE)  # of its files the order itself says how they stand
    nobody = and_(waits, partner_out.c.partner.not_in(sorted(served)) if served else true())
    asleep = and_(waits, partner_out.c.partner.in_(paused))
    _say(centre, nobody, flow.NO_LINE, NOT_CONFIGURED)
    if paused:
        _say(centre, asleep, flow.PAUSED, IS_PAUSED)
    counted = select(partner_out.c.partner, func.count()).where(nobody).group_by(partner_out.c.partner)
    with centre.database.reading() as connection:
        return {row[0]: int(row[1]) for row in connection.execute(counted)}


def _say(centre: Centre, which: Any, why: str, to_operator: str) -> None:
    new = or_(partner_out.c.last_error.is_(None), partner_out.c.last_error != to_operator)
    query = select(partner_out).where(which, new).order_by(partner_out.c.urgent.desc(), partner_out.c.made_at)
    with centre.database.reading() as connection:
        if connection.execute(query.limit(1)).first() is None:
            return
    with centre.database.writing() as connection:
        for row in connection.execute(query.limit(_PER_ROUND)).all():
            tell(centre, connection, row, why)
            mine = update(partner_out).where(partner_out.c.key == row.key)
            connection.execute(mine.values(last_error=to_operator))


# ---- who is served at all -------------------------------------------------------------------------------------------


def _line(code: str) -> str:
    return f"line/{code}"[:40]


def _note_lines(centre: Centre, codes: Sequence[str]) -> None:
    """Remember that rounds are done with these partners; it is written down seldom."""
    now = int(centre.now().timestamp())
    with centre.database.reading() as connection:
        late = [each for each in codes if now - changes.cursor(connection, _line(each)) >= _NOTED.total_seconds()]
    if late:
        with centre.database.writing() as connection:
            for each in late:
                changes.set_cursor(connection, _line(each), now)


def _served(centre: Centre) -> set[str]:
    """Return the partners with whom somebody has done a round lately."""
    since = int((centre.now() - LINE_LASTS).timestamp())
    with centre.database.reading() as connection:
        waiting = select(partner_out.c.partner).where(partner_out.c.state == _WAITING).distinct()
        codes = list(connection.execute(waiting).scalars())
        return {each for each in codes if changes.cursor(connection, _line(each)) >= since}
