"""Whether two desks hold the same: every record of every kind as it would be exported, by its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zzdesk.store.unit import Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

Contents = dict[tuple[str, str], str]


def _contents(read: Reader) -> Contents:
    from zzdesk.ops.apply import record_hash
    from zzdesk.ops.capture import wire_body
    from zzdesk.store.base import kinds

    return {
        (kind.name, record.id): record_hash(kind.name, record.id, record.scope, wire_body(kind, record))
        for kind in kinds().values()
        for record in read.session.scalars(select(kind.model))
    }


def contents(desk: Desk) -> Contents:
    """Return the hash of every record of a desk, by kind and id."""
    return desk.read(_contents)
