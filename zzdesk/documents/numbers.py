"""Numbers that are given on a desk without a network (decision 8).

Those of cases come out of a block that the centre leased. Any other names the day, the desk and a count, so that two
desks can never give the same one.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from sqlalchemy.orm import Session

from zzdesk.clock import local
from zzdesk.documents import blocks
from zzdesk.documents.models import Counter
from zzdesk.documents.series import series_of
from zzdesk.ops.state import get_state
from zzdesk.store.base import kinds
from zzdesk.store.unit import UnitOfWork


def _next(work: UnitOfWork, series: str) -> int:
    """Count one further; the counter is read once and written once in a unit of work that gives many numbers."""
    counter = work.memo.get(series)
    if counter is None:
        counter = work.session.get(Counter, series)
        if counter is None:
            counter = Counter(series=series, next=1)
            work.session.add(counter)
        work.memo[series] = counter
    value: int = counter.next
    counter.next += 1
    return value


def desk_tag(work: UnitOfWork) -> str:
    """Return four characters that tell this desk's numbers from every other's at the station."""
    if "desk tag" not in work.memo:
        digest = hashlib.sha256(get_state(work.session).replica_id.encode()).digest()
        work.memo["desk tag"] = base64.b32encode(digest)[:4].decode()
    tag: str = work.memo["desk tag"]
    return tag


def give(work: UnitOfWork, prefix: str) -> str:
    """Return a final number such as ``SJ20261123-7F2A-0007``, counted per day."""
    day = local(work.clock.now()).strftime("%Y%m%d")
    return f"{prefix}{day}-{desk_tag(work)}-{_next(work, f'{prefix}{day}'):04d}"


def number(work: UnitOfWork, record: Any) -> None:
    """Give a new record its number out of this desk's block; without one an alias, which it keeps (decision 8)."""
    prefix = mark_of(work.session, record) + record.__numbers__
    record.number = blocks.take(work.session, series_of(prefix, work.today.year), record.scope, work.clock.now())
    if record.number is None:
        record.alias = give_alias(work, prefix)


def mark_of(session: Session, record: Any) -> str:
    """Return what begins the series of a record: the short name of the committee that a case belongs to, or nothing."""
    if record.__numbers_by__ is None:
        return ""
    field, kind, name = record.__numbers_by__
    owner = session.get(kinds()[kind].model, getattr(record, field) or "")
    return str(getattr(owner, name) or "") if owner is not None else ""


def give_alias(work: UnitOfWork, prefix: str) -> str:
    """Return a provisional number such as ``临-2026-7F2A-0007``, kept as an alias for ever."""
    year = local(work.clock.now()).strftime("%Y")
    return f"临-{prefix}{year}-{desk_tag(work)}-{_next(work, f'临{prefix}{year}'):04d}"


def count(work: UnitOfWork, series: str) -> None:
    """Count one more in a series of this desk that gives no numbers."""
    _next(work, series)


def counted(session: Session, series: str) -> int:
    """Return how many were counted in a series of this desk."""
    counter = session.get(Counter, series)
    return counter.next - 1 if counter else 0
