"""A push of nothing but ordinary new records: judged group by group like any other, and written column by column.

A desk that comes home after a week brings thousands of them.  What is decided is decided by the same functions as ever,
once for each group; what is written is the same, row for row.  A push with anything else in it (an operation that has
come before, a record that is there, a kind from which more follows than the record, an author who may not) goes the
ordinary way as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, Final

from msgspec import structs
from sqlalchemy import Connection

from sync.births import Fields, Template, plain_bodies
from sync.bulk import BirthGroup, Births, Born
from sync.fields import OpTime
from sync.limits import MAX_OP_BYTES, MAX_OPS
from sync.merge import Outcome
from sync.protocol import Op, PushRequest
from sync.server import beginnings, blobs_index, computing, digests, ledger, rows, scopes
from sync.server.centre import Centre
from sync.server.inbox import Moments, proofs_of
from sync.server.judge import are_welcome, is_watched
from sync.server.receipts import Seal
from sync.server.stage import Item, Sender, Stage
from sync.server.tables import feed, op_log, record
from zzdesk.ops.apply import hashes_of, sum_of
from zzdesk.ops.buckets import Differences

_STAMPS: Final = '{"*":"%s"}'
_RECORD: Final = tuple(name for name in rows.RECORD if name != "parent_id")
_LOG: Final = tuple(name for name in ledger.LOG if name not in ("sig", "problem", "conflict_ids", "waits_on"))
"""What is left out is NULL, over which the driver takes longer than over a value."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of a run: its operations stand at places ``start`` to ``stop``; ``first`` speaks for all of them."""

    run: Births
    part: BirthGroup
    first: Item
    start: int
    stop: int


@dataclass
class Newborns:
    """The operations of a push in columns, in the order in which they were made."""

    sender: Sender
    groups: list[_Group] = field(default_factory=list)
    op_ids: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    monos: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    """Of the operations."""
    sums: list[str] = field(default_factory=list)
    """Of the records that they make."""
    computed: list[tuple[str, str, Sequence[dict[str, Any]]]] = field(default_factory=list)
    """Kind, scope and bodies of the runs whose records have fields that follow from others."""

    @property
    def firsts(self) -> list[Item]:
        """Return the first operation of each group."""
        return [group.first for group in self.groups]

    @property
    def numbers(self) -> range:
        """Return the numbers of the operations."""
        first = self.groups[0].first.op_no
        return range(first, first + len(self.ids))

    def told(self, seq: int, seal: Seal) -> Born:
        """Return what the answer says of them; ``seq`` is that of the first."""
        return Born(0, len(self.ids), seq, sum_of(self.sums), seal.of_run(self.op_ids, self.hashes, seq))


# ---- what arrived ---------------------------------------------------------------------------------------------------


def gathered(centre: Centre, request: PushRequest, sender: Sender, since: str) -> Newborns | None:
    """Return a push in columns; None where it has to go the ordinary way.

    ``since`` is when the desk last had nothing to send.
    """
    runs = sorted(request.births, key=lambda run: run.at)
    if request.ops or request.receipts or not request.brief or not _follow_each_other(runs):
        return None
    new, moments = Newborns(sender), Moments(sender.skew_ms, since, centre.now())
    for run in runs:
        plain = None if _is_special(centre, run) else plain_bodies(run)
        if plain is None or not _may_set(centre, run, *plain):
            return None
        _take(new, run, plain[0], moments)
        if centre.policies[run.kind].computed is not None:
            new.computed.append((run.kind, run.scope, plain[0]))
    if max(map(len, new.texts)) > MAX_OP_BYTES or not _are_alone(new) or _want_lifting(centre, new):
        return None
    _prove(new, request)
    return new


def _follow_each_other(runs: Sequence[Births]) -> bool:
    """Say whether there is no gap between runs, in place or in number."""
    place, no = 0, runs[0].no if runs else 0
    for run in runs:
        if (run.at, run.no) != (place, no):
            return False
        place, no = place + len(run.ids), no + len(run.ids)
    return 0 < place <= MAX_OPS


def _is_special(centre: Centre, run: Births) -> bool:
    return is_watched(centre.policies, run.kind) or run.kind == blobs_index.KIND


def _may_set(centre: Centre, run: Births, bodies: Iterable[dict[str, Any]], shapes: Iterable[Fields]) -> bool:
    rules = centre.policies[run.kind]
    barred = rules.not_theirs
    return all(barred.isdisjoint(fields) for fields in shapes) and all(map(rules.begins, bodies))


def _take(new: Newborns, run: Births, bodies: Sequence[dict[str, Any]], moments: Moments) -> None:
    """Put a run behind what is there."""
    base, inits, monos = len(new.ids), [bytes(raw) for raw in run.inits], list(accumulate(run.mono))
    texts = list(_texts(run, inits, monos))
    new.op_ids += run.op_ids
    new.ids += run.ids
    new.bodies += inits
    new.monos += monos
    new.texts += texts
    new.hashes += [hashlib.sha256(text).hexdigest() for text in texts]
    new.sums += hashes_of(run.kind, run.scope, run.ids, inits)
    for part, start, stop in _parts(run):
        when = OpTime(part.wall, monos[start], run.boot)
        op = Op(run.op_ids[start], part.group, run.kind, run.ids[start], "create", run.actor, when, run.schema,
                new.sender.replica, run.no + start, run.scope, init=bodies[start])  # fmt: skip
        first = Item(op.op_id, run.no + start, op.group, texts[start], new.hashes[base + start], None, new.sender, op,
                     made_at=moments[part.wall], init=inits[start])  # fmt: skip
        new.groups.append(_Group(run, part, first, base + start, base + stop))


def _parts(run: Births) -> Iterator[tuple[BirthGroup, int, int]]:
    """Yield the groups of a run with their places in it."""
    stop = 0
    for part in run.groups:
        start, stop = stop, stop + part.n
        if part.n:
            yield part, start, stop


def _texts(run: Births, inits: Sequence[bytes], monos: Sequence[int]) -> Iterator[bytes]:
    template = Template(run.actor, run.boot, run.kind, run.scope, run.schema)
    for part, start, stop in _parts(run):
        template.turn_to(part.group, part.wall)
        columns = (monos[start:stop], run.ids[start:stop], inits[start:stop], run.op_ids[start:stop])
        yield from map(template.text, *columns)


def _are_alone(new: Newborns) -> bool:
    """Say whether nothing comes twice: no operation, no record, and no group in two pieces."""
    return all(len(set(each)) == len(each) for each in (new.op_ids, new.ids, [first.group for first in new.firsts]))


def _want_lifting(centre: Centre, new: Newborns) -> bool:
    return any(centre.upcasters.lift(first.op) is not first.op for first in new.firsts if first.op)


def _prove(new: Newborns, request: PushRequest) -> None:
    """Give each group what vouches for its author."""
    users = [user for group in new.groups for user in [group.run.actor.user] * (group.stop - group.start)]
    proofs = proofs_of(request.proofs, users, new.hashes)
    new.groups = [
        replace(group, first=structs.replace(group.first, proof=proofs[group.start])) for group in new.groups
    ]


# ---- what becomes of it ---------------------------------------------------------------------------------------------


def bear(centre: Centre, connection: Connection, new: Newborns) -> int | None:
    """Write everything and return the seq of the first; None, and nothing written, where it goes the ordinary way.

    Raises:
        FaultError: the rights of an author could not be judged.
        IntegrityError: an operation or a record is here already.
    """
    stage = Stage.load(connection, new.firsts, centre.policies)
    if not are_welcome(centre.policies, stage, new.firsts):
        return None
    if not all(computing.agree(centre.policies, stage, *run) for run in new.computed):
        return None
    nodes = {group.run.scope for group in new.groups}
    scopes.add_nodes(connection, {each: scopes.sealed_of(each) for each in sorted(nodes) if not scopes.case_of(each)})
    seq = rows.advance_clock(connection, len(new.ids))
    rows.insert_many(connection, record, _RECORD, list(_records(new, seq)), document="body")
    rows.insert_many(connection, feed, rows.FEED, list(_places(new, seq)), rows.COME_BACK)
    digests.apply(connection, _differences(new))
    rows.insert_many(connection, op_log, _LOG, list(_logged(new, seq, centre.now_iso())))
    return seq


def _records(new: Newborns, seq: int) -> Iterator[tuple[Any, ...]]:
    replica = new.sender.replica
    for group in new.groups:
        kind, scope, part = group.run.kind, group.run.scope, slice(group.start, group.stop)
        columns = (new.ids[part], new.bodies[part], new.op_ids[part], new.sums[part])
        for at, (record_id, body, op_id, digest) in enumerate(zip(*columns, strict=True), seq + group.start):
            yield kind, record_id, scope, 1, at, False, body, _STAMPS % op_id, digest, replica


def _places(new: Newborns, seq: int) -> Iterator[tuple[Any, ...]]:
    for group in new.groups:
        kind, scope = group.run.kind, group.run.scope
        for at, record_id in enumerate(new.ids[group.start : group.stop], seq + group.start):
            yield scope, kind, record_id, at, "put"


def _differences(new: Newborns) -> Differences:
    changes = Differences()
    for group in new.groups:
        part = slice(group.start, group.stop)
        changes.add_all(group.run.scope, group.run.kind, zip(new.ids[part], new.sums[part], strict=True))
    return changes


def _logged(new: Newborns, seq: int, now: str) -> Iterator[tuple[Any, ...]]:
    sender, numbers, outcome = new.sender, new.numbers, str(Outcome.APPLIED)
    for group in new.groups:
        run, first, part = group.run, group.first, slice(group.start, group.stop)
        columns = (new.op_ids[part], numbers[part], new.ids[part], _kept(new, group), new.hashes[part])
        wall = group.part.wall[: beginnings.WALL]
        for at, (op_id, no, record_id, text, digest) in enumerate(zip(*columns, strict=True), seq + group.start):
            yield (
                op_id, sender.replica, no, sender.device_id, run.actor.user, first.group, run.kind, record_id, "create",
                run.schema, text, digest, wall, sender.skew_ms, now, first.made_at, outcome, at,
            )  # fmt: skip


def _kept(new: Newborns, group: _Group) -> list[str]:
    """Return what the log keeps of the operations of a group: the record holds the rest."""
    frame = beginnings.framed(new.sender, group.run, group.part)
    if frame is None:
        return [text.decode() for text in new.texts[group.start : group.stop]]
    return [frame(mono) for mono in new.monos[group.start : group.stop]]
