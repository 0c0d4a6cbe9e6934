"""What the desk does when the centre was restored from a backup, and has begun a new epoch (sync protocol, 8.12).

Nothing is thrown away.  What the centre may have lost is sent again, with its receipts; every scope is read from the
beginning; and what the centre lacks in the end, although nothing that is sent again explains it, is handed to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import or_, select, tuple_, update
from sqlalchemy.orm import Session

from zzdesk.clock import Clock
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import digest
from zzdesk.ops.apply import record_hash
from zzdesk.ops.fold import Key, pending_by_record
from zzdesk.ops.incoming import versions
from zzdesk.ops.membership import forget
from zzdesk.ops.models import ACKED, GIVEN_UP, HELD, PARKED, PENDING, SEALED, Cursor, Outbox, SyncRecord
from zzdesk.ops.outbox import FINAL, REFUSED, become_new_replica
from zzdesk.ops.rows import known
from zzdesk.ops.state import get_state
from zzdesk.store.audit import local_value, set_local_value
from zzdesk.store.engine import driver

UNSEEN: Final = 0
"""Version of a record that the centre has not shown since it was restored."""
HANDED_OVER: Final = -1
"""Version of a record that it lacks and that was handed to people there."""
ELSEWHERE: Final = -2
"""Version of a record that the centre has after all, though no scope of this desk has shown it: it may be out of reach."""
_MADE_THERE: Final = ("conflict", "claim")
"""Kinds of which only the centre writes records: they come anew with the operations that they follow from."""
_LEFT: Final = "epochs_left"
_SALVAGE: Final = "salvage_epoch"
_LATER: Final = "later"
"""In its place when what is left lies in scopes that are not granted now."""

WENT_BACK: Final = N_("中心用的是一份早已换下的数据，本机没有与它核对，内容没有改变；请告诉中心的管理员")


def begin_epoch(session: Session, clock: Clock, epoch: str) -> int:
    """Enter the centre's new epoch; return how many operations are sent again that it had confirmed before.

    Raises:
        RefusedError: the desk has left this epoch before: somebody runs an old copy of the centre.
    """
    mine = get_state(session)
    left = msgspec.json.decode(local_value(session, _LEFT) or "[]")
    if epoch in left:
        raise RefusedError(WENT_BACK)
    set_local_value(session, _LEFT, msgspec.json.encode([*left, mine.epoch]).decode())
    again = _offer_again(session, mine.epoch or "")
    become_new_replica(session, clock)
    mine.epoch, mine.durable_seq = epoch, 0
    session.flush()
    session.execute(update(Cursor).values(seq=0))
    session.execute(update(SyncRecord).values(ver=UNSEEN))
    digest.begin_anew(session)
    set_local_value(session, _SALVAGE, epoch)
    session.flush()
    session.expire_all()
    return again


def _offer_again(session: Session, left: str) -> int:
    """Make everything that is kept pending again; what was answered keeps its receipt and where that came from.

    What was refused and then said anew or given up stays that, and goes along: the centre keeps dead letters, too, and
    what was written upon one waits for it there. What never left this desk is left out.
    """
    kept, past = Outbox.state.in_((ACKED, HELD, PARKED)), Outbox.state.in_(GIVEN_UP)
    answered = (or_(kept, past), Outbox.receipt.is_not(None), Outbox.outcome.in_((*FINAL, *REFUSED)))
    session.execute(update(Outbox).where(*answered, Outbox.receipt_epoch.is_(None)).values(receipt_epoch=left))
    found: Any = session.execute(update(Outbox).where(kept).values(state=SEALED, tries=0))
    along: Any = session.execute(update(Outbox).where(past, Outbox.receipt_epoch.is_not(None)).values(op_no=None, tries=0))
    return int(found.rowcount + along.rowcount)


def to_send_again(session: Session) -> int:
    """Return how many operations have not been sent again yet since the centre was restored."""
    query = "SELECT count(*) FROM outbox WHERE receipt_epoch IS NOT NULL AND tries = 0"
    return int(driver(session).execute(query).fetchone()[0])


def is_returning(session: Session) -> bool:
    """Say whether any operation still travels with a receipt of an earlier epoch."""
    query = "SELECT 1 FROM outbox WHERE receipt_epoch IS NOT NULL LIMIT 1"
    return driver(session).execute(query).fetchone() is not None


def receipts_for(session: Session, op_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the receipts of an earlier epoch that go with operations which are sent again."""
    query = select(Outbox).where(Outbox.op_id.in_(op_ids), Outbox.receipt_epoch.is_not(None))
    return {
        row.op_id: {
            "epoch": row.receipt_epoch, "outcome": row.outcome, "seq": row.acked_seq, "sig": row.receipt,
            "problem": (row.problem or {}).get("type"), "number": _number(session, row),
            "given_up": row.state in GIVEN_UP,
        }
        for row in session.scalars(query)
    }  # fmt: skip


def _number(session: Session, row: Outbox) -> str | None:
    """Return the number that a record has got since it was made: it may be on paper."""
    kind = known(row.kind) if row.verb == "create" else None
    if kind is None or kind.model.__numbers__ is None:
        return None
    found: str | None = session.scalar(select(kind.model.number).where(kind.model.id == row.record_id))
    return found


def is_recovering(session: Session) -> bool:
    """Say whether the centre was restored and this desk has not been through with it since."""
    return local_value(session, _SALVAGE) not in (None, "", _LATER)


def is_salvaging(session: Session) -> bool:
    """Say whether this desk still has to look for records that the centre lost."""
    return bool(local_value(session, _SALVAGE))


def lost_records(session: Session, scopes: Iterable[str], limit: int = 100) -> list[dict[str, Any]]:
    """Return the next records of these scopes that the centre had confirmed, lacks now, and that no operation explains.

    Ask only after every one of the scopes was read to its end.
    """
    born = select(Outbox.record_id).where(Outbox.verb == "create", Outbox.state.in_((*PENDING, PARKED)))
    query = select(SyncRecord).where(
        SyncRecord.ver == UNSEEN, SyncRecord.scope.in_(sorted(scopes)), SyncRecord.id.not_in(born),
        SyncRecord.kind.not_in(_MADE_THERE),
    )
    rows = list(session.scalars(query.order_by(SyncRecord.kind, SyncRecord.id).limit(limit)))
    bodies = digest.bodies_of(session, rows)
    return [_as_it_is(row, bodies[row.kind, row.id]) for row in rows if (row.kind, row.id) in bodies]


def _as_it_is(row: SyncRecord, body: dict[str, Any]) -> dict[str, Any]:
    """Return a record as this desk has it, with the hash of that.

    The noted hash may be of another state: the restored centre took an edit, and its version was never fetched since the
    scope was not granted then.  The centre would refuse a record that is not what its hash says, and every round with it.
    """
    return {
        "kind": row.kind, "id": row.id, "ver": 0, "seq": row.seq, "scope": row.scope, "stamps": row.stamps,
        "hash": record_hash(row.kind, row.id, row.scope, body), "body": body,
    }  # fmt: skip


def handed_over(session: Session, keys: Sequence[Key], elsewhere: Sequence[Key]) -> None:
    """Note that records were handed to people at the centre, except those that it has ``elsewhere``."""
    for ver, found in ((HANDED_OVER, keys), (ELSEWHERE, elsewhere)):
        for start in range(0, len(found), 400):
            part = tuple_(SyncRecord.kind, SyncRecord.id).in_(found[start : start + 400])
            session.execute(update(SyncRecord).where(part).values(ver=ver))
    session.flush()
    session.expire_all()


def moved_away(session: Session, keys: Sequence[Key]) -> frozenset[Key]:
    """Remove those of the records that the centre has and does not show to this desk when it is asked; return them.

    They came back after what they belong to had moved: no scope of this desk ever held them, so none says that they left.
    """
    here = versions(session, keys)
    pending = pending_by_record(session, keys)
    gone = [key for key, row in here.items() if row.ver == ELSEWHERE and key not in pending]
    forget(session, gone)
    return frozenset(gone)


def salvaged(session: Session, scopes: Iterable[str]) -> None:
    """Note that nothing is left to look for in these scopes, and whether anything is elsewhere.

    Conflicts and words on claims that the centre has not made anew are of the abandoned life: they follow from
    operations, which have all been judged again.  What lies in a scope that is not granted now stays: its case may be put
    back, or somebody else of its team log in here.
    """
    here = SyncRecord.scope.in_(sorted(scopes))
    query = select(SyncRecord.kind, SyncRecord.id).where(SyncRecord.ver == UNSEEN, here, SyncRecord.kind.in_(_MADE_THERE))
    forget(session, [(row[0], row[1]) for row in session.execute(query)])
    left = session.execute(select(SyncRecord.id).where(SyncRecord.ver == UNSEEN).limit(1)).first()
    set_local_value(session, _SALVAGE, _LATER if left else "")
