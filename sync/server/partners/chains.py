"""Where a matter has been: what an order takes along of that, and whether it would come back to where it was (A04).

One that came from A, goes to B and comes back from there under another number is known by the numbers that it carries: each
is ``code:number``, whose it was and what it was called there. Ours is the id of the centre with the id of the order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from sync.merge import RecordState
from sync.server import handovers, rows
from sync.server.centre import identity
from sync.server.handovers import REPORT
from sync.server.partners import changes, writing
from zzdesk.errors import InvalidError
from zzdesk.handover import workflow as flow
from zzdesk.i18n import N_

MOST: Final = 40
"""Places that an order carries at most; the nearest to us are kept."""
_LONGEST: Final = 200
CAME_BACK: Final = N_("这件就是本方转出去的 {order}（来源编号里有它），绕了一圈又回来；退回请发办理状态“退回”，不要当作新工单")


def before(connection: Connection, order: RecordState) -> tuple[str, ...]:
    """Return where the matter of an order has been before it goes to its partner, ours last."""
    reports, orders = _matter(connection, order)
    named = [(body.get("external_system"), body.get("external_ref")) for body in reports]
    named += [(each.body.get("partner"), each.body.get("external_ref")) for each in orders if each.id != order.id]
    found = {flow.origin(str(code), str(number)) for code, number in named if code and number}
    found |= {str(place) for each in orders for place in each.body.get("origins") or ()}
    ours = flow.origin(identity(connection).server_id, order.id)
    return (*sorted(found - {ours})[: MOST - 1], ours)


def came_from_there(connection: Connection, order: RecordState) -> str | None:
    """Return the code of why an order may not go to its partner, as far as is known by now; None where it may."""
    reports, orders = _matter(connection, order)
    bodies, partner = [each.body for each in orders], order.body.get("partner")
    if partner in flow.came_from(reports, bodies):
        return "handover-loop"
    return "handover-chain" if partner in flow.passed_through(bodies) else None


def _matter(connection: Connection, order: RecordState) -> tuple[list[dict[str, object]], list[RecordState]]:
    ids = handovers.family(connection, str(order.body.get("report_id")))
    reports = rows.load(connection, [(REPORT, each) for each in sorted(ids)], lock=False).values()
    return [dict(each.state.body) for each in reports], list(handovers.orders_of(connection, ids).values())


def refuse_our_own(connection: Connection, origins: Iterable[str]) -> None:
    """Refuse an order whose matter we gave away ourselves: it went in a circle, and nobody would end it.

    Raises:
        InvalidError: one of the places where it was is an order of ours.
    """
    ours = identity(connection).server_id
    for place in origins:
        code, _, number = place.partition(":")
        ids = [number] if code == ours else changes.named(connection, code, number)
        for each in ids:
            order = writing.locked_order(connection, each)
            if order is None or order.body.get("direction") != flow.OUT:
                continue
            if code == ours or order.body.get("external_ref") == number:
                raise InvalidError.one("origins", CAME_BACK, order=str(order.body.get("number") or order.id))


def cleaned(origins: Iterable[str]) -> list[str]:
    """Return the places that an order brought, as they are kept.

    Raises:
        InvalidError: one is not ``code:number``, or there are too many.
    """
    found = sorted({" ".join(str(each).replace("：", ":").split()) for each in origins} - {""})
    if len(found) > MOST or any(len(each) > _LONGEST or not all(each.partition(":")) for each in found):
        raise InvalidError.one("origins", N_("来源编号写成“对方代码:编号”，最多 {most} 个"), most=MOST)
    return found
