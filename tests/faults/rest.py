"""What must be true of desks and centre together when nothing moves any more."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from sync.bulk import SIG_SIZE
from sync.client.engine import SyncReport
from sync.server import tables
from sync.server.centre import identity
from tests.faults.ledger import DEAD, Ledger
from tests.faults.world import Seat, World
from zzdesk.desk.indexing import catch_up
from zzdesk.ops import digest
from zzdesk.ops.apply import canonical, op_hash
from zzdesk.ops.buckets import Group, tally
from zzdesk.ops.models import (
    ACKED,
    DROPPED,
    HELD,
    PARKED,
    PENDING,
    REPLACED,
    Cursor,
    Outbox,
    Shadow,
    SyncRecord,
)
from zzdesk.ops.rows import texts_of
from zzdesk.ops.state import get_state
from zzdesk.store import audit, search
from zzdesk.store.base import Merge, kinds


def check(world: World) -> Counter[str]:
    """Check every promise: nothing lost, doubled or overwritten unseen, everybody equal. Returns what was met."""
    ledger = Ledger(world)
    reached = ledger.check()
    digests = {(row.scope_id, row.kind): row.buckets for row in world.rows(tables.digest) if any(row.buckets)}
    reached["gone"] += _nothing_else_is_missing(world, ledger)
    for seat in world.seats:
        _has_the_digests_of_the_centre(seat, ledger, digests)
        _every_operation_has_its_receipt(world, seat, ledger)
        _equals_the_centre(seat, ledger)
        reached += ledger.comings_and_goings(seat.account)
        _whole(seat)
        _has_nothing_to_do(seat)
    return reached


def _every_operation_has_its_receipt(world: World, seat: Seat, ledger: Ledger) -> None:
    with seat.desk.store.reader() as session:
        rows = list(session.scalars(select(Outbox)))
        replica = get_state(session).replica_id
    # What two copies of a desk went on with under one id goes on under another one here.
    given_up = {row.op_id for row in rows if row.state == REPLACED and row.outcome is None} - set(ledger.log)
    rows = [row for row in rows if row.op_id not in given_up]
    numbers = [row.op_no for row in rows if row.op_no is not None and ledger.log[row.op_id].replica_id == replica]
    assert len(set(numbers)) == len(numbers), "an operation number was given twice"
    with world.server.centre.database.reading() as connection:
        now = identity(connection)
    for row in rows:
        logged = ledger.log[row.op_id]
        if row.state == REPLACED and row.outcome is None:
            continue  # a copy of this desk sent something else under its id, so it went on under another one
        want = {**dict.fromkeys(DEAD, (PARKED, REPLACED, DROPPED)), "held": (HELD,)}.get(logged.outcome, (ACKED,))
        assert row.state in want, f"{row.op_id} ({logged.outcome}) is {row.state} at rest"
        assert row.outcome == logged.outcome, f"{row.op_id} is {logged.outcome} at the centre, {row.outcome} here"
        assert row.state == ACKED or row.problem, f"{row.op_id} was refused or is held without a word"
        assert op_hash(row.body) == logged.op_hash, f"{row.op_id} is another operation at the centre"
        said = [now.server_id, now.epoch, row.op_id, logged.op_hash, logged.outcome, logged.seq]
        key = world.server.centre.key("receipt")
        whole = hmac.digest(key, canonical(said), hashlib.sha256).hex()
        assert row.receipt in (whole, whole[:SIG_SIZE]), f"receipt of {row.op_id}"


def _nothing_else_is_missing(world: World, ledger: Ledger) -> int:
    """Check that no outbox lacks anything but what ``Losses`` excuses; return how many operations nobody has."""
    for seat in world.seats:
        seat.remember()
    kept = set().union(*(seat.outbox() for seat in world.seats))
    left = set().union(*(seat.made for seat in world.seats)) - kept
    lost = left - set(ledger.log)
    assert lost <= world.losses.gone, f"the centre never logged, and no desk has: {lost - world.losses.gone}"
    early = {i for i in left - lost if (ledger.log[i].seq or math.inf) > world.losses.durable}
    early -= world.losses.there_only | world.losses.gone
    assert not early, f"left the outbox before the centre was durable: {early}"
    return len(lost)


def _has_the_digests_of_the_centre(seat: Seat, ledger: Ledger, centre: dict[Group, bytes]) -> None:
    """Kept on both sides by differences alone, through everything that happened: they are the same, and right."""
    scopes = _scopes(seat, ledger)
    assert centre == tally((row.scope_id, row.kind, row.id, row.hash) for row in ledger.rows.values())
    with seat.desk.store.reader() as session:
        mine = {(scope, kind): data for scope in scopes for kind, data in digest.of_scope(session, scope).items()}
    want = {group: data for group, data in centre.items() if group[0] in scopes}
    assert {group: data for group, data in mine.items() if any(data)} == want, f"digests of {seat.login}"


def _scopes(seat: Seat, ledger: Ledger) -> set[str]:
    """Return what the person at a desk may read, by the records alone: the community, and the cases of whose team he is."""
    mine = {scope for scope, team in ledger.teams().items() if seat.account in team}
    return {seat.station} | mine


def _closed(seat: Seat, ledger: Ledger) -> set[str]:
    """Return the scopes of the cases that the person at a desk has not to do with, or no more."""
    return {scope for scope, team in ledger.teams().items() if seat.account not in team}


def check_desk(seat: Seat) -> None:
    """Check what holds at any moment: a desk shows what its person wrote last, however far it has got to the centre."""
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    held: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    with seat.desk.store.reader() as session:
        given_up = _given_up(session)
        kept = {(kind, record_id) for kind, record_id in session.execute(select(SyncRecord.kind, SyncRecord.id))}
        for row in session.scalars(select(Outbox).where(Outbox.state.in_(PENDING)).order_by(Outbox.n)):
            if row.receipt_epoch:
                continue  # sent again after a restore: others may have written since
            closed = given_up and row.body.get("scope") in {*given_up, None}
            if row.outcome in ("held", *DEAD) and closed and (row.kind, row.record_id) not in kept:
                continue  # the centre has it, perhaps offered once more, and its file is closed to the author since
            wrote = shown.setdefault((row.kind, row.record_id), {})
            held[row.kind, row.record_id].add(row.outcome)
            edits = [(name, edit) for name, edit in row.body.get("set", {}).items() if not _waits(row, name)]
            wrote |= row.body.get("init", {}) | {name: edit["to"] for name, edit in edits if "to" in edit}
            wrote |= {"voided": row.verb == "void" or None} if row.verb in ("void", "unvoid") else {}
            for name, edit in edits:
                if "to" not in edit:
                    wrote.pop(name, None)
    for (kind, record_id), wrote in shown.items():
        here = seat.find(kind, record_id)
        if here is None and seat.catching_up:
            continue  # another desk's record that the database put back has not seen
        if here is None and seat.forgot and (kind, record_id) not in kept and held[kind, record_id] == {"held"}:
            continue  # its beginning went with the disk and with the centre: it waits until people have put it back
        assert here is not None, f"{seat.login} wrote in {kind} {record_id} and does not see it"
        other = {name: (value, here.get(name)) for name, value in wrote.items() if here.get(name) != value}
        assert not other, f"{seat.login} wrote and sees in {kind} {record_id}: {other}"


def _waits(row: Outbox, name: str) -> bool:
    """A claim, and a decision that takes two people, are shown only when the centre has said so."""
    policy = kinds()[row.kind].merge_of(name)
    return policy is Merge.CLAIM or (row.verb == "resolve" and policy is Merge.FOUR_EYES)


def _equals_the_centre(seat: Seat, ledger: Ledger) -> None:
    mine, scopes = seat.records(), _scopes(seat, ledger)
    visible = {key for key, row in ledger.rows.items() if row.scope_id in scopes}
    with seat.desk.store.reader() as session:
        waiting = _waiting(session)
        known = {(r.kind, r.id): r for r in session.scalars(select(SyncRecord))}
        born = select(Outbox).where(Outbox.state.in_((PARKED, HELD)), Outbox.verb == "create")
        where = {(row.kind, row.record_id): row.body["scope"] for row in session.scalars(born)}
        given_up = _given_up(session)
        cursors = {row.scope: row.seq for row in session.scalars(select(Cursor))}
    # What the centre refused or holds stays to be seen where it was written, until the file is closed to its author:
    # then it is kept as an operation, with what it holds, and comes back as a record only when somebody lets it pass.
    unknown = {key for key in where if key not in known or known[key].ver == 0}  # not shown by this centre, in this life
    refused = {key for key in unknown if where[key] not in _closed(seat, ledger)}
    unseen = {key for key in refused if where[key] not in given_up} - set(mine)
    assert not unseen, f"{seat.login} does not see any more what the centre refused: {unseen}"
    other = {"too many": set(mine) - visible - refused, "missing": visible - set(mine)}
    assert not any(other.values()), f"{seat.login} has other records than the centre grants: {other}"
    for key in sorted(visible):
        row, body = ledger.rows[key], mine[key]
        same = body == ledger.bodies[key] | {"scope": row.scope_id}
        assert same or key in waiting, f"{seat.login} differs from the centre in {key}"
        here = known[key]
        noted, there = (here.hash, here.ver, here.stamps), (row.hash, row.ver, json.loads(row.stamps))
        assert noted == there, f"{seat.login} has of {key} {noted}, the centre {there}"
    for scope in scopes:
        head = max((seq for (where, _, _), seq in ledger.feed.items() if where == scope), default=0)
        assert cursors[scope] == head, f"{seat.login} has not read {scope} to its end"


def _given_up(session: Session) -> set[str]:
    """Return the scopes that this desk ever gave up, as its audit says."""
    lines = session.scalars(select(audit.Audit.facts).where(audit.Audit.event == "scope.revoked"))
    return {json.loads(facts)["scope"] for facts in lines}


def _waiting(session: Session) -> set[tuple[str, str]]:
    """Return the records with operations that the centre holds."""
    held = select(Outbox.kind, Outbox.record_id).where(Outbox.state == HELD)
    return {(kind, record_id) for kind, record_id in session.execute(held)}


def _whole(seat: Seat) -> None:
    """No shadow without pending operations, an unbroken audit, and a search index equal to one made afresh."""
    catch_up(seat.desk.store)
    with seat.desk.store.writer() as session:
        shadows = {(kind, record_id) for kind, record_id in session.execute(select(Shadow.kind, Shadow.id))}
        assert shadows <= _waiting(session), "a shadow outlived the operations under which it lay"
        found = audit.check(session, seat.desk.paths.anchor, seat.key)
        assert found.ok, f"audit of {seat.login}: {found.fault} at {found.broken_seq}"
        assert _index(session) == _fresh_index(session), f"search index of {seat.login} is not what the records say"


def _index(session: Session) -> list[tuple[Any, ...]]:
    session.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.v USING fts5vocab(main, search_text, instance)"))
    query = "SELECT d.kind, d.id, v.col, v.offset, v.term FROM temp.v AS v JOIN search_doc AS d ON d.rowid = v.doc"
    return sorted(tuple(row) for row in session.execute(text(query)))


def _fresh_index(session: Session) -> list[tuple[Any, ...]]:
    """Make the index anew inside a transaction that is never committed."""
    session.execute(text("DELETE FROM search_text"))
    session.execute(text("DELETE FROM search_doc"))
    for kind in kinds().values():
        rows = [texts_of(kind, r.id, lambda name, r=r: getattr(r, name)) for r in session.scalars(select(kind.model))]
        search.index_all(session, [row for row in rows if row is not None])
    return _index(session)


def _has_nothing_to_do(seat: Seat) -> None:
    """The next round is one request and changes nothing."""
    report = seat.sync()
    assert isinstance(report, SyncReport), report
    with seat.desk.store.reader() as session:
        held = session.scalar(select(func.count()).where(Outbox.state == HELD)) or 0
    idle = (report.pushed, report.pulled, report.held, report.rejected, report.pending, report.requests)
    assert idle == (0, 0, held, 0, held, 1 + bool(held)), f"{seat.login}: {report}"
