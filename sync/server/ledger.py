"""Writes what a batch did: receipts, records, feed, history, and the tables that follow from records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Row, bindparam, delete, select, update

from sync.claims import LEASE
from sync.merge import ACCOUNT_KIND, Outcome, RecordState
from sync.protocol import CLAIM_KIND, Problem
from sync.server import beginnings, blobs_index, digests, naturals, rows, scopes
from sync.server.blobs_index import Maker
from sync.server.centre import Centre
from sync.server.faults import warn
from sync.server.judge import FaultError
from sync.server.keys import sign
from sync.server.rows import Key, Written
from sync.server.stage import Item, Settled, Stage, is_proven
from sync.server.tables import grant_history, lease, op_log, poison, scope, scope_member
from zzdesk.ops.apply import DEFAULT, canonical
from zzdesk.typed import read


class Receipt(Struct, frozen=True, gc=False):
    """The answer to one operation, the same however often it is asked for."""

    op_hash: str
    outcome: str
    seq: int | None
    problem: Problem | None
    conflict_ids: list[str]
    key: Key | None
    born: str | None = None
    """The hash of the record that it made, where that is exactly what was sent and nothing followed in its batch."""


def receipt_of(row: Row[Any]) -> Receipt:
    """Return the receipt that lies in the log."""
    problem = read(row.problem, Problem) if row.problem else None
    ids = read(row.conflict_ids, list[str]) if row.conflict_ids else []
    key = (row.kind, row.entity_id) if row.kind else None
    return Receipt(row.op_hash, row.outcome, row.seq, problem, ids, key)


def write(centre: Centre, connection: Connection, stage: Stage, settled: Sequence[Settled]) -> dict[str, Receipt]:
    """Write everything that a batch did and return its receipts. The clock is the last lock taken."""
    changed = [_signed(centre, state) for key, state in stage.states.items() if key in stage.writers]
    _follow(centre, connection, stage, changed, _makers(stage, settled))
    logged = [each for each in settled if each.outcome != Outcome.DEFERRED]
    if not logged and not changed:
        return {each.item.op_id: _receipt(each, None) for each in settled}
    first = rows.advance_clock(connection, max(1, len(changed)))
    last = first + max(1, len(changed)) - 1
    written = [_written(centre, stage, state, first + n) for n, state in enumerate(changed)]
    seq_of = {w.key: w.seq for w in written}
    beginnings.keep(connection, (stage.stored[w.key] for w in written if w.key in stage.stored))
    rows.write(connection, written)
    digests.follow(connection, stage.stored, written)
    rows.write_history(connection, stage.past, seq_of)
    rows.index_conflicts(connection, written)
    _set_leases(centre, connection, stage, changed)
    born = {stage.inits[w.key][1].op_id: w.hash for w in written if _is_as_sent(stage, w)}
    receipts = {
        each.item.op_id: _receipt(each, seq_of.get(each.item.key or ("", ""), last), born.get(each.item.op_id))
        for each in settled
    }
    _log(centre, connection, logged, receipts)
    _hold_files(centre, connection, logged)
    return receipts


def _signed(centre: Centre, state: RecordState) -> RecordState:
    """Put the centre's signature under a claim, so that winner and loser can show it to anybody (decision 17)."""
    if state.kind != CLAIM_KIND:
        return state
    body = {name: part for name, part in state.body.items() if name != "proof"}
    said = canonical([state.kind, state.id, state.scope, body])
    return replace(state, body=body | {"proof": sign(centre, said)})


def _set_leases(centre: Centre, connection: Connection, stage: Stage, changed: Iterable[RecordState]) -> None:
    """Keep the table by which leases that are over are found."""
    for state in changed:
        if centre.policies[state.kind].claim_field is None:
            continue
        before = stage.stored.get((state.kind, state.id))
        old, new = before.state.body.get(LEASE) if before else None, state.body.get(LEASE)
        if old == new:
            continue
        mine = (lease.c.kind == state.kind, lease.c.id == state.id)
        connection.execute(delete(lease).where(*mine))
        if new is not None:
            connection.execute(lease.insert(), {"kind": state.kind, "id": state.id, "until": new})


def _written(centre: Centre, stage: Stage, state: RecordState, seq: int) -> Written:
    key = (state.kind, state.id)
    before = stage.stored.get(key)
    left = before.state.scope if before is not None and before.state.scope != state.scope else None
    parent = centre.policies.parent_of(state.kind, state.body)
    born, item = stage.inits.get(key, (None, None))
    body = item.init if item and born is state else None
    above = parent[1] if parent else None
    return Written.of(state, before is None, seq, stage.writers[key], above, left, body)


def _is_as_sent(stage: Stage, written: Written) -> bool:
    return written.key in stage.inits and stage.inits[written.key][0] is written.state


def _receipt(each: Settled, seq: int | None, born: str | None = None) -> Receipt:
    item = each.item
    seq = None if each.outcome in (Outcome.DEFERRED, Outcome.HELD) else seq
    return Receipt(item.hash, str(each.outcome), seq, each.problem, list(each.conflict_ids), item.key, born)


_VERDICT: Final = ("outcome", "seq", "problem", "conflict_ids", "waits_on")
_JUDGED: Final = (
    update(op_log)
    .where(op_log.c.op_id == bindparam("b_op_id"))
    .values({name: bindparam(name) for name in _VERDICT})
)


def _log(centre: Centre, connection: Connection, settled: Sequence[Settled], receipts: dict[str, Receipt]) -> None:
    now = centre.now_iso()
    new = [_log_row(each, receipts[each.item.op_id], now) for each in settled if not each.item.logged]
    rows.insert_many(connection, op_log, LOG, new)
    again = [each for each in settled if each.item.logged]
    if again:
        connection.execute(_JUDGED, [
            {"b_op_id": each.item.op_id, **dict(zip(_VERDICT, _verdict(each, receipts[each.item.op_id]), strict=True))}
            for each in again
        ])  # fmt: skip


def _verdict(each: Settled, receipt: Receipt) -> tuple[Any, ...]:
    problem = canonical(each.problem).decode() if each.problem else None
    ids = canonical(receipt.conflict_ids).decode() if receipt.conflict_ids else None
    return receipt.outcome, receipt.seq, problem, ids, each.waits_on


LOG: Final = (
    "op_id", "replica_id", "op_no", "device_id", "user_id", "group_id", "kind", "entity_id", "verb", "schema", "body",
    "op_hash", "sig", "at_client", "skew_ms", "received_at", "made_at", *_VERDICT,
)  # fmt: skip


def _log_row(each: Settled, receipt: Receipt, now: str) -> tuple[Any, ...]:
    item, op = each.item, each.item.op
    sender = item.sender
    said = (op.actor.user, item.group, op.kind, op.id, op.verb, op.schema) if op else (None, item.group, *[None] * 4)
    wall = op.at.wall[: beginnings.WALL] if op else None
    return (
        item.op_id, sender.replica, item.op_no, sender.device_id, *said, item.text.decode(), item.hash,
        _kept_sig(each), wall, sender.skew_ms, now, item.made_at, *_verdict(each, receipt),
    )  # fmt: skip


def _kept_sig(each: Settled) -> str | None:
    """Return the operation's own signature; that of its batch where it may be judged again, without the others."""
    proof = each.item.proof
    again = proof is not None and each.outcome in (Outcome.HELD, Outcome.QUARANTINED)
    return proof.lasting() if again and proof else each.item.sig


def put_back(centre: Centre, connection: Connection, state: RecordState) -> int:
    """Write a record that no operation makes: people decided that it belongs here. Returns its seq."""
    key = (state.kind, state.id)
    stage = Stage(connection, {}, {key: state}, {}, set(), {}, {}, writers={key: None})
    _follow(centre, connection, stage, [state], {})
    seq = rows.advance_clock(connection, 1)
    written = [_written(centre, stage, state, seq)]
    rows.write(connection, written)
    digests.follow(connection, {}, written)
    rows.index_conflicts(connection, written)
    return seq


# ---- what follows from records --------------------------------------------------------------------------------------


def _makers(stage: Stage, settled: Iterable[Settled]) -> dict[str, Maker]:
    """Return who made the attachments that are born in a batch; an author whom nothing proves is none."""
    found: dict[str, Maker] = {}
    for each in settled:
        item, op = each.item, each.item.op
        state = stage.states.get((op.kind, op.id)) if op and op.kind == blobs_index.KIND else None
        if op is not None and state is not None and state.stamps.get(DEFAULT) == op.op_id:
            account = stage.states.get((ACCOUNT_KIND, op.actor.user)) or stage.accounts.get(op.actor.user)
            proven = is_proven(account, item)
            found[op.id] = Maker(item.sender.device_id, op.actor.user if proven else None)
    return found


def _hold_files(centre: Centre, connection: Connection, settled: Iterable[Settled]) -> None:
    """Let the files of attachments wait together with their operations, as long as those are held or in quarantine."""
    for each in settled:
        op = each.item.op
        if op is None or (op.kind, op.verb) != (blobs_index.KIND, "create"):
            continue
        if each.outcome in (Outcome.QUARANTINED, Outcome.HELD):
            state = RecordState(op.kind, op.id, op.scope or "", 0, op.init, {})
            blobs_index.hold(connection, [state], each.item.sender.device_id, centre.now_iso())
        elif each.outcome == Outcome.REJECTED and each.item.logged:
            blobs_index.let_go(connection, [op.id])


def _follow(
    centre: Centre, connection: Connection, stage: Stage, changed: Sequence[RecordState], makers: dict[str, Maker]
) -> None:
    """Keep the tables that answer "who may" in step with the records that say so."""
    seen: set[str] = set()
    for state in changed:
        before = stage.stored.get((state.kind, state.id))
        old = before.state.body if before else {}
        moved = before is not None and before.state.scope != state.scope
        if before is None or moved:
            seen.add(state.scope)
        if state.kind == scopes.CASE_KIND and (before is None or moved or _members(old) != _members(state.body)):
            _set_team(connection, state)
        if state.kind == ACCOUNT_KIND:
            since = stage.made_at.get(state.stamp("roles")) or centre.now_iso()
            _set_grants(centre, connection, state, _roles(old), since)
    naturals.follow(connection, centre.policies, stage.stored, changed)
    scopes.add_nodes(connection, {each: scopes.sealed_of(each) for each in sorted(seen) if not scopes.case_of(each)})
    attachments = (state for state in changed if state.kind == blobs_index.KIND)
    blobs_index.note(connection, attachments, makers, centre.now_iso())


def _members(body: dict[str, Any]) -> list[str]:
    """Return who may read a case: its team, and until it is archived the police where 110 was called."""
    team = {str(user)[:36] for user in body.get(scopes.TEAM_FIELD) or []} - {scopes.POLICE}
    return sorted(team | ({scopes.POLICE} if scopes.is_open_to_police(body) else set()))


def _set_team(connection: Connection, case: RecordState) -> None:
    scope_id = scopes.CASE_PREFIX + case.id
    scopes.add_nodes(connection, {scope_id: case.scope})
    connection.execute(update(scope).where(scope.c.id == scope_id).values(parent_id=case.scope))
    connection.execute(delete(scope_member).where(scope_member.c.scope_id == scope_id))
    members = [{"scope_id": scope_id, "user_id": user} for user in _members(case.body)]
    if members:
        connection.execute(scope_member.insert(), members)


def _roles(body: dict[str, Any]) -> set[str]:
    if body.get("disabled") or body.get("voided"):
        return set()
    return {str(role)[:60] for role in body.get("roles") or []}


def _set_grants(
    centre: Centre, connection: Connection, account: RecordState, before: set[str], since: str
) -> None:
    """Close the grants that an account lost, as of now, and open those it gained, as of when they were given."""
    after = _roles(account.body)
    mine = (grant_history.c.user_id == account.id, grant_history.c.scope_id == account.scope)
    lost = update(grant_history).where(*mine, grant_history.c.to_ts.is_(None))
    for role in sorted(before - after):
        connection.execute(lost.where(grant_history.c.role == role).values(to_ts=centre.now_iso()))
    there = {(row.role, row.from_ts) for row in connection.execute(select(grant_history).where(*mine))}
    for role in sorted(after - before):
        if (role, since) in there:
            again = update(grant_history).where(*mine, grant_history.c.role == role)
            connection.execute(again.where(grant_history.c.from_ts == since).values(to_ts=None))
        else:
            row = {"user_id": account.id, "role": role, "scope_id": account.scope, "from_ts": since}
            connection.execute(grant_history.insert(), row)


# ---- operations that could not be judged ----------------------------------------------------------------------------


def step_aside(
    centre: Centre, connection: Connection, group: Sequence[Item], fault: FaultError
) -> list[Settled]:
    """Count a fault of one operation; its group is deferred, and put into quarantine after the third time."""
    culprit, now = fault.item.op_id, centre.now_iso()
    before = connection.execute(select(poison.c.tries).where(poison.c.op_id == culprit)).scalar()
    tries = (before or 0) + 1
    row = {"tries": tries, "error": type(fault.cause).__name__, "last_at": now}
    if before is None:
        connection.execute(poison.insert(), {"op_id": culprit, **row})
    else:
        connection.execute(update(poison).where(poison.c.op_id == culprit).values(row))
    if tries < centre.settings.poison_tries:
        return [Settled(item, Outcome.DEFERRED, Problem.of("deferred")) for item in group]
    warn(f"operation {culprit} put into quarantine")
    return [Settled(item, Outcome.QUARANTINED, Problem.of("quarantined")) for item in group]


