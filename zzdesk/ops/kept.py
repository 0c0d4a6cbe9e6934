"""Edits that came out at the centre as this desk had worked them out: confirmed together, without a look at each body.

The centre says no more of them than version, place in the feed and receipt.  Everything else follows from what lies here,
unless somebody else has changed the record meanwhile: then the version is another one, and the record is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from msgspec import Raw, Struct
from sqlalchemy.orm import Session

from zzdesk.ops import digest
from zzdesk.ops.apply import Stamps, canonical
from zzdesk.ops.fold import Key, in_parts
from zzdesk.ops.incoming import want, write_confirmed
from zzdesk.ops.models import ACKED, PENDING
from zzdesk.ops.outbox import Answered, take_answers
from zzdesk.ops.rows import known
from zzdesk.ops.sealing import Sealed
from zzdesk.store.engine import driver
from zzdesk.typed import reader


@dataclass(frozen=True)
class Kept:
    """What the centre says of one edit: version and seq of its record after the batch, and the receipt."""

    row: Sealed
    ver: int
    seq: int
    receipt: str


class _Confirmed(NamedTuple):
    kind: str
    id: str
    scope: str
    ver: int
    hash: str
    stamps: str
    extra: str | None


class _Patch(Struct):
    set: dict[str, Raw]


_fields = reader(_Patch).decode
_stamps = reader(Stamps).decode

_ACKED: Final = (
    "UPDATE outbox SET state = ?, outcome = 'applied', problem = NULL, receipt = ?, acked_seq = ?, tries = tries + 1"
    " WHERE n = ?"
)


def take_kept(session: Session, edits: Sequence[Kept], hashes: Mapping[str, str]) -> Answered:
    """Apply what the centre says of edits, in the order sent; ``hashes`` are those that were expected, by operation."""
    by_record: dict[Key, list[Kept]] = defaultdict(list)
    for edit in edits:
        by_record[edit.row.key].append(edit)
    have = dict(_confirmed(session, by_record))
    busy = set(_busy(session, by_record)) | {key for key, mine in by_record.items() if _is_unshown(mine)}
    plain = {key: mine for key, mine in by_record.items() if key not in busy}
    sure = {key: mine for key, mine in plain.items() if key in have and have[key].ver == mine[-1].ver - len(mine)}
    confirmed = [_after(have[key], mine, hashes[mine[-1].row.op_id]) for key, mine in sure.items()]
    _acknowledge(session, plain)
    digest.follow(session, have, [{"kind": r[0], "id": r[1], "scope": r[2], "hash": r[6]} for r in confirmed])
    write_confirmed(session, confirmed)
    rest = [
        _result(edit, have.get(key), mine, hashes) for key, mine in by_record.items() if key in busy for edit in mine
    ]
    answered = take_answers(session, rest)
    doubtful = [key for key in plain if key not in sure]
    want(session, doubtful)
    answered.applied += sum(len(mine) for mine in plain.values())
    answered.changed |= plain.keys()
    answered.fetch += tuple(doubtful)
    answered.places = [(edit.seq, have[key].scope) for key, mine in by_record.items() if key in have for edit in mine]
    return answered


def _acknowledge(session: Session, plain: Mapping[Key, Sequence[Kept]]) -> None:
    """Note the receipts; nothing waits on these records any more, so that their rows are what is confirmed."""
    edits = [edit for mine in plain.values() for edit in mine]
    values = [(ACKED, edit.receipt, edit.seq, edit.row.n) for edit in edits]
    driver(session).executemany(_ACKED, values)
    driver(session).executemany("DELETE FROM shadow WHERE kind = ? AND id = ?", list(plain))


def _confirmed(session: Session, keys: Collection[Key]) -> Iterator[tuple[Key, _Confirmed]]:
    for kind, ids in in_parts(keys):
        query = (
            "SELECT kind, id, scope, ver, hash, stamps, extra FROM sync_record"  # noqa: S608 - places, not values
            f" WHERE kind = ? AND id IN ({','.join('?' * len(ids))})"
        )
        for row in driver(session).execute(query, (kind, *ids)):
            yield (kind, row[1]), _Confirmed(*row)


def _busy(session: Session, by_record: Mapping[Key, Sequence[Kept]]) -> Iterator[Key]:
    """Yield the records whose answers want a closer look: other operations lie over them, or these came a long way round."""
    own = {edit.row.n for mine in by_record.values() for edit in mine}
    for _, ids in in_parts(by_record):
        query = (
            "SELECT n, kind, record_id, state, receipt_epoch FROM outbox"  # noqa: S608 - places, not values
            f" WHERE record_id IN ({','.join('?' * len(ids))})"
        )
        for n, kind, record_id, state, epoch in driver(session).execute(query, ids):
            if (state in PENDING) != (n in own) or (n in own and epoch is not None):
                yield kind, record_id


def _is_unshown(edits: Sequence[Kept]) -> bool:
    """Say whether the row does not show yet what an edit asked for: a claim."""
    kind = known(edits[0].row.kind)
    claim = kind.claim_field if kind else None
    return kind is None or (claim is not None and any(claim in _fields(edit.row.text).set for edit in edits))


def _stamped(stamps: Stamps, edits: Sequence[Kept]) -> Stamps:
    for edit in edits:
        stamps = stamps | dict.fromkeys(_fields(edit.row.text).set, edit.row.op_id)
    return stamps


def _after(had: _Confirmed, edits: Sequence[Kept], digest_: str) -> tuple[Any, ...]:
    """Return the row of ``sync_record``."""
    last, stamps = edits[-1], _stamped(_stamps(had.stamps), edits)
    return (had.kind, had.id, had.scope, last.ver, last.seq, canonical(stamps).decode(), digest_, had.extra)


def _result(edit: Kept, had: _Confirmed | None, edits: Sequence[Kept], hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer as it would have come by itself."""
    return {
        "op_id": edit.row.op_id, "outcome": "applied", "ver": edit.ver, "seq": edit.seq, "problem": None, "record": None,
        "stamps": _stamped(_stamps(had.stamps) if had else {}, edits), "hash": hashes[edits[-1].row.op_id],
        "sig": edit.receipt,
    }  # fmt: skip
