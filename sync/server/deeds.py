"""What a group of operations does to a record and its children, put together for the guard of its kind (B2.4).

The desk asked the same guard before it saved (``zzdesk.store.deeds``); whoever changed the program there gains nothing.
What a supervisor let out of quarantine, and what the centre had taken before it was restored, is not asked again; nor is
what belongs to a record that the centre does not hold: it stands for itself until that one comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from msgspec import UnsetType

from sync.merge import Outcome, RecordState
from sync.policies import Policies
from sync.protocol import CONFLICT_KIND, Op, Problem
from sync.server import blobs_index, past, rows
from sync.server.rows import Key
from sync.server.stage import Draft, Item, Settled
from zzdesk.ops.apply import Body
from zzdesk.workflow import Deed, Guard, Kin, awaited


def stood_against(
    policies: Policies, draft: Draft, group: Sequence[Item], *, overdue: bool = False
) -> Settled | None:
    """Return what becomes of the first operation of a group that a guard says no to, None where none does.

    What may have been lawful at its desk is put before a person, who lets it through or sends it back to be amended.
    """
    asked = [item for item in group if item.op is not None and not (item.released or item.accepted or item.kept)]
    for key, items in _guarded(policies, draft, asked).items():
        guard = policies[key[0]].guard
        assert guard is not None
        if _matters(guard, key, items) and (draft.get(key) is not None or _load(draft, key) is not None):
            deed = _deed(policies, draft, key, items)
            code = guard.ask(deed)
            if code is not None:
                blamed = next((item for item in items if item.key == key), items[0])
                missing = awaited(code)
                if missing is not None:
                    return _waits(blamed, f"rec:{missing}", overdue=overdue)
                if draft.stage.recovering and code in guard.circumstances:
                    return Settled(blamed, Outcome.DEFERRED, Problem.of("recovering"))  # it may be on its way
                outcome = Outcome.REJECTED if guard.is_final(code, deed.schema) else Outcome.QUARANTINED
                return Settled(blamed, outcome, Problem.of(code))
    return None


def _waits(item: Item, waits_on: str, *, overdue: bool) -> Settled:
    if overdue:
        return Settled(item, Outcome.QUARANTINED, Problem.of("held-too-long"))
    return Settled(item, Outcome.HELD, Problem.of("waiting"), waits_on=waits_on)


def _guarded(policies: Policies, draft: Draft, items: Sequence[Item]) -> dict[Key, list[Item]]:
    """Return the records that have a guard, with the operations about them and their children, in order."""
    found: dict[Key, list[Item]] = {}
    for item, op in _ops(items):
        if policies[op.kind].guard is not None:
            found.setdefault((op.kind, op.id), []).append(item)
        elif op.kind in policies.guarded_by:
            state = draft.get((op.kind, op.id))
            above = policies.parent_of(op.kind, state.body) if state is not None else None
            if above is not None and above[0] == policies.guarded_by[op.kind]:
                found.setdefault(above, []).append(item)
    return found


def _ops(items: Sequence[Item]) -> Iterator[tuple[Item, Op]]:
    return ((item, item.op) for item in items if item.op is not None)


def _matters(guard: Guard, key: Key, items: Sequence[Item]) -> bool:
    return any(
        (op.kind, op.id) != key or op.verb in ("create", "void") or not guard.fields.isdisjoint(op.set)
        for _, op in _ops(items)
    )


def _deed(policies: Policies, draft: Draft, key: Key, items: Sequence[Item]) -> Deed:
    first = items[0]
    assert first.op is not None
    own = [op for _, op in _ops(items) if (op.kind, op.id) == key]
    before, after = _load(draft, key), draft.get(key)
    guard = policies[key[0]].guard
    assert guard is not None
    kin = _touched(draft, guard, key, items)
    return Deed(
        first.op.actor.user, first.made_at, min(op.schema for _, op in _ops(items)),
        before.body if before is not None else None, after.body if after is not None else {},
        {name: (edit.was, edit.to) for op in own for name, edit in op.set.items() if not isinstance(edit.to, UnsetType)},
        void=after is not None and after.voided and not (before is not None and before.voided),
        decided=any(_decides(draft, guard, key, op) for op in own),
        kin=kin, past=cache(lambda: past.children_before(policies, draft, key, kin)), id=key[1],
        other=cache(partial(_other, draft)), others=cache(partial(_others, draft)),
        kin_of=cache(lambda kind, record_id: past.children_before(policies, draft, (kind, record_id), ())),
        files=cache(partial(_files, draft)),
    )  # fmt: skip


def _decides(draft: Draft, guard: Guard, key: Key, op: Op) -> bool:
    """Say whether an operation decides, or undoes the decision of, a conflict about a field that the guard watches.

    Naming any other conflict, or one that there is not, lets nobody past the guard.
    """
    named = [draft.get((CONFLICT_KIND, each)) for each in op.conflicts]
    about = [c.body for c in named if c is not None and (c.body["record_kind"], c.body["record_id"]) == key]
    return any(body["field"] in guard.fields for body in about)


def _other(draft: Draft, kind: str, record_id: str) -> Body | None:
    """Return another record as the group leaves it; one that nobody here writes is read without a lock."""
    return _others(draft, kind, (record_id,)).get(record_id)


def _others(draft: Draft, kind: str, record_ids: tuple[str, ...]) -> Mapping[str, Body]:
    """Return those of many records that the centre holds, in the same way."""
    known = {each: state.body for each in record_ids if (state := draft.get((kind, each))) is not None}
    keys = [(kind, each) for each in record_ids if each not in known]
    found = rows.load(draft.stage.connection, keys, lock=False) if keys else {}
    return known | {each: stored.state.body for (_, each), stored in found.items()}


def _files(draft: Draft, scope: str, record_ids: tuple[str, ...]) -> tuple[Kin, ...]:
    """Return the attachments of records as the group leaves them; of their bytes nothing is asked (``blobs_needed`` does)."""
    connection, kind = draft.stage.connection, blobs_index.KIND
    states = {state.id: state for each in record_ids for state in rows.children(connection, each, (kind,))}
    states |= {state.id: state for state in draft.of_kind(kind) if state.body.get("record_id") in record_ids}
    mine = (state for _, state in sorted(states.items()) if state.scope == scope and not state.voided)
    return tuple(Kin(kind, state.id, state.body) for state in mine)


def _load(draft: Draft, key: Key) -> RecordState | None:
    """Return a record as it was before the group; a child may come without what it belongs to being in the batch."""
    stage = draft.stage
    if key not in stage.states and draft.changed(key) is None:
        found = rows.load(stage.connection, [key], lock=True)
        stage.stored |= found
        stage.states |= {each: stored.state for each, stored in found.items()}
    return stage.states.get(key)


def _touched(draft: Draft, guard: Guard, key: Key, items: Sequence[Item]) -> tuple[Kin, ...]:
    found: dict[Key, Kin] = {}
    for item, op in _ops(items):
        child = (op.kind, op.id)
        now, was = draft.get(child), draft.stage.states.get(child)
        if child != key and now is not None:
            body = past.by_our_clock(guard, now.body, item.made_at) if op.verb == "create" else now.body
            found[child] = Kin(op.kind, op.id, body, was.body if was is not None else None)
    return tuple(found.values())
