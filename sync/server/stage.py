"""A batch in memory: records as loaded and locked, with what its groups did to them; written in one go at the end.

A ``Draft`` is one group's layer over it. A group that fails leaves nothing behind, like a savepoint that costs no
round trip.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from sync.births import proof_message
from sync.claims import LOST
from sync.conflicts import Author, is_open
from sync.merge import ACCOUNT_KIND, RecordState
from sync.policies import Policies
from sync.protocol import CLAIM_KIND, CONFLICT_KIND, Op, Problem
from sync.server import naturals, rows, scopes
from sync.server.accounts import Caller, accounts, is_proof
from sync.server.arbiter import take_turn
from sync.server.naturals import Same
from sync.server.rows import Grant, Key, Past
from sync.server.scopes import Ceiling


class BatchProof:
    """One author's signature over the hashes of several operations of a push; checked at most once for each key."""

    def __init__(self, sig: str, hashes: Sequence[str]) -> None:
        self.sig = sig
        self._message = proof_message(hashes)
        self._found: dict[str, bool] = {}

    def is_by(self, account: RecordState | None) -> bool:
        """Return whether the key of the account's password made it."""
        key = account.body.get("proof_key") if account else None
        if not isinstance(key, str):
            return False
        if key not in self._found:
            self._found[key] = is_proof(account, self.sig, self._message)
        return self._found[key]

    def lasting(self) -> str:
        """Return it with what it is over: an operation that is held outlives its batch."""
        return f"{self.sig} {self._message.decode()}"


def is_proven(account: RecordState | None, item: Item) -> bool:
    """Return whether the account's key vouches for an operation: by its own signature, or by that of its batch."""
    if item.proof is not None:
        return item.proof.is_by(account)
    sig, _, message = (item.sig or "").partition(" ")
    return is_proof(account, sig or None, message.encode() or item.hash.encode())


@dataclass(frozen=True, slots=True)
class Sender:
    """Where operations come from: device, its station, its replica, how far its clock is off, and what it may reach."""

    device_id: str
    station: str
    replica: str
    skew_ms: int | None
    ceiling: Ceiling
    narrowed: tuple[tuple[str, str], ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, caller: Caller, replica: str) -> Sender:
        """Return the sender that a caller's replica is."""
        return cls(
            caller.device_id, caller.station, replica, caller.skew_ms, caller.ceiling, caller.narrowed, caller.gaps
        )  # fmt: skip

    def reaches(self, node: str, roles: frozenset[str]) -> bool:
        """Say whether it may write in a node for somebody with these roles there."""
        return self.ceiling.covers(node) and (node == self.station or bool(roles))

    def reached(self, node: str, roles: frozenset[str], at: str) -> bool:
        """Say whether it could at an earlier moment."""
        past = frozenset(code for code, until in self.narrowed if until > at)
        wider = Ceiling(self.station, self.ceiling.codes | past)
        return wider.covers(node) and (node == self.station or bool(roles))

    def had_expired(self, at: str) -> bool:
        """Say whether offline log-ins at it were no longer good at a moment (decision 15)."""
        return any(expired <= at < back for expired, back in self.gaps)


class Item(Struct, frozen=True, gc=False):
    """One operation on its way through the centre. ``op`` is None where it is unfit, and ``problem`` says why."""

    op_id: str
    op_no: int
    group: str
    text: bytes
    hash: str
    sig: str | None
    sender: Sender
    op: Op | None
    problem: str | None = None
    logged: bool = False
    """Whether it lies in the log already, held."""
    made_at: str = ""
    """When it was done, by the centre's clock, ISO 8601."""
    released: bool = False
    """Whether a supervisor let it out of quarantine: it is judged on that authority."""
    accepted: bool = False
    """Whether the centre had taken it before it was restored: no rule of today keeps it back."""
    came: int | None = None
    """Its seq before the centre was restored, by the centre's own word of then: the order in which it had arrived."""
    kept: bool = False
    """Whether what cannot be taken of it becomes a choice for a person, instead of being refused."""
    init: bytes | None = None
    """The canonical JSON of what its record begins with, where that is at hand."""
    proof: BatchProof | None = None
    """Its author's signature over all of their operations in the batch, where it has none of its own."""

    @property
    def author(self) -> Author:
        """Return who made it."""
        assert self.op is not None
        sender = self.sender
        return Author(self.op.actor.user, self.op.at.wall, sender.device_id, sender.skew_ms)

    @property
    def key(self) -> Key | None:
        """Return the record that it is about."""
        return (self.op.kind, self.op.id) if self.op else None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one operation."""

    item: Item
    outcome: str
    problem: Problem | None = None
    conflict_ids: tuple[str, ...] = ()
    waits_on: str | None = None


@dataclass
class Stage:
    """All records that a batch may touch, and everything that it will write."""

    connection: Connection
    stored: dict[Key, rows.Stored]
    states: dict[Key, RecordState]
    open_ids: dict[Key, set[str]]
    known: set[str]
    teams: dict[str, tuple[str, frozenset[str]]]
    authors: dict[str, Author]
    accounts: dict[str, RecordState] = field(default_factory=dict)
    """The authors' accounts as the centre held them before."""
    writers: dict[Key, str | None] = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)
    children: dict[Key, set[Key]] = field(default_factory=dict)
    """What belongs to a record, as far as it was read: everything, where one of the operations moves it."""
    policies: Policies = field(default_factory=lambda: Policies({}))
    grants: dict[str, list[Grant]] = field(default_factory=dict)
    """Everything that the authors were ever granted."""
    made_at: dict[str, str] = field(default_factory=dict)
    """When each operation of the batch was done."""
    inits: dict[Key, tuple[RecordState, Item]] = field(default_factory=dict)
    """What was born in this batch, with the operation whose bytes are its body."""

    numbers: dict[Key, str] = field(default_factory=dict)
    """The numbers that records had before the centre was restored, by what comes back."""
    tables: dict[str, RecordState] | None = None
    """The calendar tables as the batch found them, once something asked for them."""
    recovering: bool = False
    """Whether the centre still waits for what was lost with a restore: nothing scarce is given until it is back."""
    alike: dict[Same, set[str]] = field(default_factory=dict)
    """The records that have what this batch writes, by what names a thing in the world."""

    born: dict[str, Item] = field(default_factory=dict)
    """The operations whose authors nobody has asked for yet, by id."""
    held: dict[str, str | None] = field(default_factory=dict)
    """What operations wait for, as far as the batch held or asked for them."""

    @classmethod
    def empty(cls, connection: Connection) -> Stage:
        """Return a stage on which nothing is judged."""
        return cls(connection, {}, {}, {}, set(), {}, {})

    @classmethod
    def load(cls, connection: Connection, items: Sequence[Item], policies: Policies) -> Stage:
        """Lock and read every record that the operations are about, and what judging them takes."""
        ops = [item.op for item in items if item.op]
        take_turn(connection, ops)
        # A child and a move or a claim of its parent take turns at the parent, so that neither misses the other.
        parents = {parent for op in ops if op.verb == "create" and (parent := policies.parent_of(op.kind, op.init))}
        keys = {(op.kind, op.id) for op in ops} | parents | _claimed_parents(policies, ops)
        stored = rows.load(connection, keys, lock=True)
        moved, held = {op.id for op in ops if op.verb == "move"}, set(stored)
        # What is made below a child waits for that child alone: it may have come until this transaction held it.
        while further := rows.dependants(connection, moved) - held:
            stored |= rows.load(connection, further, lock=True)
            held |= further
        open_ids = rows.open_conflicts(connection, stored)
        named = {conflict_id for op in ops for conflict_id in op.conflicts}
        wanted = {(CONFLICT_KIND, conflict_id) for conflict_id in named.union(open_ids)}
        stored |= rows.load(connection, wanted, lock=True)
        states = {key: found.state for key, found in stored.items()}
        known = {stamp for state in states.values() for stamp in state.stamps.values()}
        seen = {stamp for op in ops if op.set or op.saw for stamp in _seen(op)}
        known |= rows.settled(connection, seen - known)
        touched = {op.scope for op in ops if op.scope} | {state.scope for state in states.values()}
        teams = scopes.teams(connection, {s for s in touched if scopes.case_of(s)})
        authors = accounts(connection, {op.actor.user for op in ops})
        stage = cls(connection, stored, states, {}, known, teams, {}, authors, policies=policies)
        stage.alike = naturals.known(connection, policies, ops)
        stage.grants = rows.grants(connection, {op.actor.user for op in ops})
        stage.made_at = {item.op_id: item.made_at for item in items}
        for state in states.values():
            stage.index_conflict(state, stage.open_ids)
            stage.index_child(state, stage.children)
        return stage

    @classmethod
    def of_records(cls, connection: Connection, keys: Iterable[Key]) -> Stage:
        """Lock and read records and their open conflicts, for an operation of the centre's own."""
        stored = rows.load(connection, keys, lock=True)
        opened = {(CONFLICT_KIND, conflict_id) for conflict_id in rows.open_conflicts(connection, stored)}
        stored |= rows.load(connection, opened, lock=True)
        states = {key: found.state for key, found in stored.items()}
        stage = cls(connection, stored, states, {}, set(), {}, {})
        for state in states.values():
            stage.index_conflict(state, stage.open_ids)
        return stage
    def granted(self, user: str, node: str, at: str | None) -> frozenset[str]:
        """Return the roles that an account held in a node at a moment, as far as the centre knew; None: holds now."""
        mine = (grant for grant in self.grants.get(user, ()) if grant.node == node)
        return frozenset(grant.role for grant in mine if grant.holds(at))

    def index_child(self, state: RecordState, index: dict[Key, set[Key]]) -> None:
        """Note a record under the one that it belongs to."""
        parent = self.policies.parent_of(state.kind, state.body)
        if parent is not None:
            index.setdefault(parent, set()).add((state.kind, state.id))

    @staticmethod
    def index_conflict(state: RecordState, index: dict[Key, set[str]]) -> None:
        """Note a conflict under the record that it is about."""
        if state.kind == CONFLICT_KIND:
            index.setdefault((state.body["record_kind"], state.body["record_id"]), set()).add(state.id)

    def conflict_behind(self, op_id: str) -> str | None:
        """Return the conflict without whose decision an operation will not be judged, None where there is none."""
        passed: set[str] = set()
        while op_id not in passed:
            passed.add(op_id)
            if op_id not in self.held:
                self.held[op_id] = rows.waits_on(self.connection, op_id)
            what, _, name = (self.held[op_id] or "").partition(":")
            if what == "conf":
                return name
            if what == "op":
                op_id = name
        return None

    def author_of(self, op_id: str) -> Author:
        """Return who wrote an operation of this batch or of the log."""
        if op_id not in self.authors:
            item = self.born.get(op_id)
            self.authors[op_id] = item.author if item else rows.author_of(self.connection, op_id)
        return self.authors[op_id]


def _claimed_parents(policies: Policies, ops: Iterable[Op]) -> set[Key]:
    """Return the records whose claim a new child of theirs is about."""
    named = ((policies[op.kind].claimed_parent, op) for op in ops if op.verb == "create")
    parents = ((parent[0], op.init.get(parent[1])) for parent, op in named if parent)
    return {(kind, record_id) for kind, record_id in parents if isinstance(record_id, str)}


def _seen(op: Op) -> list[str]:
    stamps = [edit.saw for edit in op.set.values() if edit.saw]
    return stamps + (list(op.saw.values()) if op.verb != "resolve" else [])


class Draft:
    """One group's layer over a stage; ``keep()`` makes it part of the batch."""

    def __init__(self, stage: Stage, group: Iterable[Item]) -> None:
        self.stage = stage
        self._group = tuple(group)
        self.own = frozenset(item.op_id for item in self._group)
        self._states: dict[Key, RecordState] = {}
        self._writers: dict[Key, str | None] = {}
        self._index: dict[Key, set[str]] = {}
        self._children: dict[Key, set[Key]] = {}
        self._alike: dict[Same, set[str]] = {}
        self._past: list[Past] = []
        self._done: set[str] = set()

    def get(self, key: Key) -> RecordState | None:
        """Return a record as the batch and this group left it."""
        return self._states.get(key) or self.stage.states.get(key)

    def actions_on(self, key: Key) -> list[object]:
        """Return the actions on a record that the group writes down in children of it."""
        born = (item.op for item in self._group if item.op is not None and item.op.verb == "create")
        return [op.init.get("action") for op in born if self.stage.policies.parent_of(op.kind, op.init) == key]

    def changed(self, key: Key) -> RecordState | None:
        """Return a record as this group left it, None where it did not touch it."""
        return self._states.get(key)

    def same(self, same: Same) -> set[str]:
        """Return the ids of the records that have one value of what names a thing."""
        if same not in self.stage.alike:
            self.stage.alike |= naturals.alike(self.stage.connection, [same])
        return self.stage.alike.get(same, set()) | self._alike.get(same, set())

    def claim(self, claim_id: str) -> RecordState | None:
        """Return a claim. It is read when it is needed: the lock of the record that it is about covers it."""
        key = (CLAIM_KIND, claim_id)
        if self.get(key) is None:
            found = rows.load(self.stage.connection, [key], lock=True)
            self.stage.stored |= found
            self.stage.states |= {each: stored.state for each, stored in found.items()}
        return self.get(key)

    def replacements(self, key: Key, field: str) -> dict[str, frozenset[str]]:
        """Return what each element of a set was replaced by, one for one, however often: out of the record's history."""
        found: dict[str, frozenset[str]] = {}
        for _, old, new in reversed(self._history(key, field)):
            taken, added = set(old or ()) - set(new or ()), set(new or ()) - set(old or ())
            if taken and len(taken) == len(added):
                further = [found.get(each, frozenset()) for each in added]
                found |= dict.fromkeys(taken, frozenset(added).union(*further))
        return found

    def wrote_since(self, key: Key, field: str, since: str) -> list[str]:
        """Return the operations that wrote a field after ``since`` did; all that are known where it is not among them."""
        wrote = [op_id for op_id, _, _ in self._history(key, field)]
        return wrote[wrote.index(since) + 1 :] if since in wrote else wrote

    def _history(self, key: Key, field: str) -> list[tuple[str, Any, Any]]:
        """Return (operation, old, new) of a field's changes, the oldest first."""
        now = [past for past in (*self.stage.past, *self._past) if past.key == key and field in past.changes]
        before = rows.history_of(self.stage.connection, key, field)
        return before + [(past.op_id, *past.changes[field]) for past in now]

    def lost_claims(self) -> set[Key]:
        """Return the records that this group claimed too late; a move takes along what others had lost before."""
        found = [state.body for (kind, _), state in self._states.items() if kind == CLAIM_KIND]
        mine = [body for body in found if body["state"] == LOST and body["op"] in self.own]
        return {(body["record_kind"], body["record_id"]) for body in mine}

    def account(self, user: str) -> RecordState | None:
        """Return an author's account as the batch and this group left it."""
        return self.get((ACCOUNT_KIND, user)) or self.stage.accounts.get(user)

    def of_kind(self, kind: str) -> list[RecordState]:
        """Return the records of a kind as far as the batch has read or made them."""
        states = self.stage.states | self._states
        return [state for (name, _), state in states.items() if name == kind]

    def is_known(self, op_id: str) -> bool:
        """Return whether an operation was judged: before, in this batch, or earlier in this group."""
        return op_id in self._done or op_id in self.stage.known

    def __contains__(self, op_id: object) -> bool:
        return isinstance(op_id, str) and self.is_known(op_id)

    def open_conflicts(self, key: Key) -> dict[str, RecordState]:
        """Return a record's open conflicts by field."""
        ids = self.stage.open_ids.get(key, set()) | self._index.get(key, set())
        states = [self.get((CONFLICT_KIND, conflict_id)) for conflict_id in sorted(ids)]
        return {state.body["field"]: state for state in states if state and is_open(state)}

    def conflicts_about(self, key: Key) -> list[RecordState]:
        """Return all the conflicts about a record, decided ones too, the oldest first."""
        missing = {(CONFLICT_KIND, each) for each in rows.conflicts_about(self.stage.connection, key[1])}
        missing -= self.stage.states.keys()
        found = rows.load(self.stage.connection, missing, lock=True)
        self.stage.stored |= found
        self.stage.states |= {each: stored.state for each, stored in found.items()}
        mine = [state for state in self.of_kind(CONFLICT_KIND) if (state.body["record_kind"], state.body["record_id"]) == key]
        return sorted(mine, key=lambda state: (state.body["created_at"], state.id))

    def dependants(self, key: Key) -> list[RecordState]:
        """Return everything that belongs to a record, to its children, and so on, in the order of their keys."""
        found: dict[Key, RecordState] = {}
        parents = [key]
        while parents:
            parent = parents.pop()
            for child in self.stage.children.get(parent, set()) | self._children.get(parent, set()):
                state = self.get(child)
                if state is not None and child not in found:
                    found[child] = state
                    parents.append(child)
        return [found[child] for child in sorted(found)]

    def put(self, state: RecordState, replica: str | None) -> None:
        """Put a record's new state; ``replica`` is the one whose operation led to exactly this, if any."""
        key = (state.kind, state.id)
        self._states[key] = state
        self._writers[key] = replica
        Stage.index_conflict(state, self._index)
        self.stage.index_child(state, self._children)
        for same in naturals.of_state(self.stage.policies, state):
            self._alike.setdefault(same, set()).add(state.id)

    def note(self, past: Past) -> None:
        """Note what an operation changed."""
        self._past.append(past)

    def done(self, item: Item) -> None:
        """Note that an operation was judged, so that later ones may have seen it."""
        self._done.add(item.op_id)

    def keep(self) -> None:
        """Make this group's work part of the batch."""
        stage = self.stage
        stage.states |= self._states
        stage.writers |= self._writers
        stage.past += self._past
        stage.known |= self._done
        for same, alike in self._alike.items():
            stage.alike.setdefault(same, set()).update(alike)
        for key, ids in self._index.items():
            stage.open_ids.setdefault(key, set()).update(ids)
        for key, children in self._children.items():
            stage.children.setdefault(key, set()).update(children)
