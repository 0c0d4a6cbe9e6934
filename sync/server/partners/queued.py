"""The table of what is to be sent to partners: one row for each message, by its key, with how far it has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.merge import RecordState
from sync.server.centre import Centre
from sync.server.partners.messages import PartnerError
from sync.server.tables import partner_out
from zzdesk.clock import to_iso
from zzdesk.handover import workflow as flow
from zzdesk.people.masks import mask

WAITING, SENT, FAILED, DROPPED, LACKING = "waiting", "sent", "failed", "dropped", "lacking"
FOLLOWED: Final = "followed"
"""Sent, and the partner is asked how it stands until it is done."""
FILE: Final = "file"
"""What a row is about that carries a file of an order."""
LONGEST: Final = timedelta(hours=1)
"""How long a message waits at most until it is tried again."""
SOON: Final = timedelta(minutes=1)
"""The same of one that hurries: when the line is back after days, it goes with the next round."""


def row_of(connection: Connection, key: str) -> Row[Any] | None:
    """Return the row of a message, None where there is none."""
    return connection.execute(select(partner_out).where(partner_out.c.key == key)).first()


def put(connection: Connection, key: str, **values: Any) -> None:
    """Write how far a message has come."""
    connection.execute(update(partner_out).where(partner_out.c.key == key).values(**values))


def add(
    centre: Centre, connection: Connection, key: str, what: str, order: RecordState, detail: str | None = None,
    state: str = WAITING, why: str | None = None,
) -> int:  # fmt: skip
    """Write down that something is to be said about an order; return how many messages that is, none where it is there."""
    now = centre.now_iso()
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(partner_out)
    done = connection.execute(insert.on_conflict_do_nothing().execution_options(preserve_rowcount=True), {
        "key": key, "partner": str(order.body.get("partner"))[:40], "what": what, "order_id": order.id, "detail": detail,
        "state": state, "urgent": flow.hurries(order.body), "attempts": 0, "next_try": now, "last_error": why,
        "made_at": now, "sent_at": None,
    })  # fmt: skip
    return int(done.rowcount > 0)


def again_later(centre: Centre, connection: Connection, row: Row[Any], error: PartnerError) -> None:
    """Write down that a message did not get there: when it is tried again, or that it waits for a person."""
    wait = min(timedelta(minutes=2 ** min(row.attempts, 10)), SOON if row.urgent else LONGEST)
    put(
        connection, row.key, attempts=row.attempts + 1, last_error=mask("text", error.why)[:500],
        next_try=to_iso(centre.now() + wait), state=WAITING if error.passing else FAILED,
    )  # fmt: skip
