"""What is taken away from a device: scopes that nobody at it may read any more, or everything (hazards 8, 10 and 31).

A desk obeys only what the centre has signed for this very device: whoever stands between the two can hold such an
order back, but can neither invent one, nor give one device's order to another, nor say it a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select

from sync.modes import RECOVERY
from sync.orders import BULK, REVOKED, WIPE, Order
from sync.server import keys
from sync.server.accounts import Caller
from sync.server.centre import Centre, identity
from sync.server.scopes import Reach, device_reach, known
from sync.server.tables import bulk_notice, feed
from zzdesk.clock import to_iso

NOTICE_DAYS: Final = 30


def revocations(centre: Centre, connection: Connection, caller: Caller, scopes: Iterable[str], nonce: str) -> list[Order]:
    """Return orders to give up those of the scopes that nobody who has been at the device may read any more.

    Never of one that this centre knows nothing of, nor while it recovers: what says who may read it, and that it is there,
    was lost with the restore, and the desk's copy may be the last one (8.12).
    """
    asked = sorted(set(scopes))
    if not asked or identity(connection).mode == RECOVERY:
        return []
    kept = device_reach(connection, caller.device_id, caller.ceiling)
    there = known(connection, asked)
    gone = [scope for scope in asked if scope in there and not kept.can_read(scope)]
    return [_signed(centre, connection, caller, REVOKED, nonce, scope, _size(connection, scope)) for scope in gone]


def _size(connection: Connection, scope: str) -> int:
    mine = select(func.count()).where(feed.c.scope_id == scope, feed.c.what == "put")
    return connection.execute(mine).scalar() or 0


_NOTICES: Final = select(bulk_notice).where(bulk_notice.c.until > bindparam("now")).order_by(bulk_notice.c.scope_id)


def notices(centre: Centre, connection: Connection, caller: Caller, reach: Reach, nonce: str) -> list[Order]:
    """Return what an operator announced: so many records leave a scope at once, and that is meant."""
    found = [row for row in connection.execute(_NOTICES, {"now": centre.now_iso()}) if reach.can_read(row.scope_id)]
    return [_signed(centre, connection, caller, BULK, nonce, row.scope_id, row.records) for row in found]


def announce(centre: Centre, connection: Connection, scope: str, count: int) -> None:
    """Let so many records leave a scope without every desk asking whether it is meant, for thirty days."""
    connection.execute(delete(bulk_notice).where(bulk_notice.c.scope_id == scope))
    until = to_iso(centre.now() + timedelta(days=NOTICE_DAYS))
    connection.execute(bulk_notice.insert(), {"scope_id": scope, "records": count, "until": until})


def wipe_order(centre: Centre, connection: Connection, caller: Caller, nonce: str) -> Order:
    """Return the order to a device in escrow to give up everything, once its work is handed over."""
    return _signed(centre, connection, caller, WIPE, nonce)


def _signed(
    centre: Centre, connection: Connection, caller: Caller, what: str, nonce: str, scope: str | None = None, count: int = 0
) -> Order:
    now = identity(connection)
    order = Order(what, caller.device_id, centre.now_iso(), scope, count, nonce)
    order.sig = keys.sign(centre, order.signed(now.server_id))
    return order
