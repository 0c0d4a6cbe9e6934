"""Records that desks had confirmed, that the restored centre lacks, and that nothing sent again explains (8.12).

They are kept aside for people: an administrator looks at them and puts each back, or leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.comparing import SalvageAnswer, SalvageRecord, SalvageRequest
from sync.limits import MAX_OP_BYTES
from sync.merge import RecordState
from sync.problems import WireError
from sync.protocol import CONFLICT_KIND
from sync.server import ledger, rows
from sync.server.accounts import Speaker, caller_of
from sync.server.centre import Centre, identity
from sync.server.held import put_aside, release
from sync.server.rows import Key
from sync.server.scopes import reach_of
from sync.server.tables import op_log, salvage
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.apply import canonical, record_hash

PUT_BACK: Final = "back"
LEFT_OUT: Final = "out"


def take(centre: Centre, speaker: Speaker, request: SalvageRequest) -> SalvageAnswer:
    """Keep records for people; name those that the centre has after all.

    Raises:
        WireError: epoch-changed; malformed: a record is not what its hash says; the device is not active.
    """
    for record in request.records:
        if record_hash(record.kind, record.id, record.scope, record.body) != record.hash:
            raise WireError("malformed", reason="hash of a record")
        if len(canonical(record.body)) > MAX_OP_BYTES:
            raise WireError("too-large", limit=MAX_OP_BYTES)
    with centre.database.writing() as connection:
        caller = caller_of(connection, speaker)
        if identity(connection).epoch != request.epoch:
            raise WireError("epoch-changed")
        rights = reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven).rights
        there = rows.load(connection, [(each.kind, each.id) for each in request.records], lock=False)
        lost = [each for each in request.records if (each.kind, each.id) not in there and rights.get(each.scope) == "rw"]
        _keep(connection, [_row(each, speaker.device_id, centre.now_iso()) for each in lost])
        return SalvageAnswer(elsewhere=sorted(there), **centre.envelope(connection, request.nonce))


def _row(record: SalvageRecord, device_id: str, now: str) -> dict[str, Any]:
    return {
        "kind": record.kind, "id": record.id, "hash": record.hash, "scope_id": record.scope,
        "body": canonical(record.body).decode(), "stamps": canonical(record.stamps).decode(),
        "device_id": device_id, "received_at": now,
    }  # fmt: skip


def _keep(connection: Connection, found: list[dict[str, Any]]) -> None:
    """Several desks bring the same record: it is kept once."""
    if found:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(insert(salvage).on_conflict_do_nothing(), found)


@dataclass(frozen=True)
class Salvaged:
    """One record that waits for a decision; never its values."""

    kind: str
    id: str
    hash: str
    scope: str
    device_id: str
    received_at: str


def waiting(connection: Connection) -> list[Salvaged]:
    """Return the records that wait for a decision, oldest first; several versions of one record are listed apart."""
    columns = (salvage.c.kind, salvage.c.id, salvage.c.hash, salvage.c.scope_id, salvage.c.device_id, salvage.c.received_at)
    query = select(*columns).where(salvage.c.settled.is_(None)).order_by(salvage.c.received_at, salvage.c.kind, salvage.c.id)
    return [Salvaged(*row) for row in connection.execute(query)]


def decide(centre: Centre, key: Key, digest: str | None, *, put_back: bool) -> None:
    """Put a record back as a desk had it, or leave it out; what waited for it is judged at once.

    ``digest`` names the version where desks brought several. What is left out stays here to be read, leaves the desks
    that still show it, and what was written upon it comes before a person.

    Raises:
        NotFoundError: nothing of the kind waits.
        RefusedError: there are several versions, or the record is there again.
    """
    with centre.database.writing() as connection:
        mine = (salvage.c.kind == key[0], salvage.c.id == key[1], salvage.c.settled.is_(None))
        found = list(connection.execute(select(salvage).where(*mine)))
        wanted = [row for row in found if digest in (None, row.hash)]
        if not wanted:
            raise NotFoundError(N_("没有这样一条等待处理的记录"))
        if put_back and len(wanted) > 1:
            raise RefusedError(N_("各工作站送来的这条记录有几个版本，请用 --hash 指明用哪一个"))
        if put_back and rows.load(connection, [key], lock=True):
            raise RefusedError(N_("中心已经有这条记录，不用再放回"))
        chosen = salvage.c.hash.in_([row.hash for row in wanted])
        connection.execute(update(salvage).where(*mine, chosen).values(settled=PUT_BACK if put_back else LEFT_OUT))
        if put_back:
            connection.execute(update(salvage).where(*mine).values(settled=LEFT_OUT))  # its other versions
            _put_back(centre, connection, wanted[0])
        elif len(wanted) == len(found) and not rows.load(connection, [key], lock=True):
            _leave_out(centre, connection, wanted)
    release(centre)


def _put_back(centre: Centre, connection: Connection, row: Any) -> None:
    body, stamps = msgspec.json.decode(row.body), msgspec.json.decode(row.stamps)
    if row.kind == CONFLICT_KIND and not {"record_kind", "record_id", "field", "state"} <= body.keys():
        raise RefusedError(N_("这条记录不完整，不能放回"))
    ledger.put_back(centre, connection, RecordState(row.kind, row.id, row.scope_id, 1, body, stamps))
    # Operations that had seen a lost one wait for it by name: the record carries its mark, so it is enough.
    there, *waits = _waits(row)
    connection.execute(update(op_log).where(op_log.c.waits_on.in_(waits)).values(waits_on=there))


def _waits(row: Any) -> list[str]:
    """Return what operations wait for that build upon a record: itself first, and every operation that it stands for."""
    return [f"rec:{row.kind}/{row.id}", *(f"op:{stamp}" for stamp in msgspec.json.decode(row.stamps).values())]


def _leave_out(centre: Centre, connection: Connection, versions: Sequence[Any]) -> None:
    put_aside(centre, connection, {wait for row in versions for wait in _waits(row)})
    seq = rows.advance_clock(connection, 1)
    for scope in sorted({row.scope_id for row in versions}):
        rows.take_out(connection, scope, (versions[0].kind, versions[0].id), seq)
