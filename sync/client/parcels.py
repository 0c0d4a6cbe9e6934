"""A batch of sealed operations packed for the wire: runs of new records in columns, everything else as it was minted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from msgspec import Raw, Struct
from sqlalchemy.orm import Session

from sync.births import Template, proof_message
from sync.bulk import BirthGroup, Births, Born, Kept, Proof
from sync.client.identity import Signer
from sync.client.transport import Wrapped
from sync.fields import OpActor, OpTime
from sync.protocol import OldReceipt, PushRequest
from zzdesk.ops import kept, outbox
from zzdesk.ops.apply import Op, canonical, hashes_of, sum_of
from zzdesk.ops.sealing import Batch, Sealed
from zzdesk.typed import reader

_ACCOUNT: Final = "account"


class _Creation(Struct, gc=False):
    """What is read of a creating operation; what its record begins with stays as it is."""

    actor: OpActor
    at: OpTime
    group: str
    id: str
    init: Raw
    kind: str
    op_id: str
    scope: str
    schema: int

    def likeness(self) -> tuple[object, ...]:
        """Return what the operations of one run share."""
        actor = self.actor
        return self.kind, self.scope, self.schema, self.at.boot, actor.user, actor.device, actor.grant


_decode: Final = reader(_Creation)


@dataclass
class Parcel:
    """One push: the batch, its runs and its proofs."""

    batch: Batch
    births: list[Births] = field(default_factory=list)
    singles: list[Raw] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    hashes: dict[int, str] = field(default_factory=dict)
    """Of the record that each operation in a run makes, by place."""
    receipts: dict[str, OldReceipt] = field(default_factory=dict)
    brief: bool = True
    wrapped: Wrapped | None = None
    """It as a message, where there was time to make it."""

    @property
    def last_no(self) -> int:
        """Return the number of the last operation."""
        return self.batch.last_no

    def message(self, epoch: str, nonce: str) -> PushRequest:
        """Return it as a request."""
        batch = self.batch
        return PushRequest(
            batch.replica, epoch, nonce, self.singles, batch.hashes, receipts=self.receipts, births=self.births,
            proofs=self.proofs, brief=self.brief, terse=self.brief,
        )  # fmt: skip

    def born(self, said: Born) -> tuple[outbox.Born, bool]:
        """Return what the centre says of a run for the outbox to take, and whether its records are in doubt."""
        places = range(said.at, said.at + said.n)
        rows = [self.batch.rows[place] for place in places]
        hashes = [self.hashes[place] for place in places]
        scopes = [scope for run in self.births for scope in [run.scope] * _shared(run, places)]
        return outbox.Born(rows, hashes, scopes, said.seq, said.sigs), sum_of(hashes) != said.sum

    def kept(self, said: Kept) -> list[kept.Kept]:
        """Return what the centre says of consecutive edits, one by one."""
        rows = self.batch.rows[said.at : said.at + len(said.seqs)]
        size = len(said.sigs) // max(1, len(said.seqs))  # a centre of another release may cut them elsewhere
        sigs = (said.sigs[start : start + size] for start in range(0, len(said.sigs), max(1, size)))
        return [kept.Kept(*each) for each in zip(rows, said.vers, accumulate(said.seqs), sigs, strict=True)]


def _shared(run: Births, places: range) -> int:
    return max(0, min(run.at + len(run.ids), places.stop) - max(run.at, places.start))


def pack_singly(signed: Iterable[Op], batch: Batch, receipts: dict[str, OldReceipt]) -> Parcel:
    """Return a batch in which each operation carries its own signature and gets an answer of its own."""
    return Parcel(batch, singles=[Raw(canonical(op)) for op in signed], receipts=receipts, brief=False)


def pack(session: Session, batch: Batch) -> Parcel:
    """Return a batch packed, with its authors' signatures where this desk can make them."""
    parcel = Parcel(batch)
    _pack_rows(parcel)
    parcel.proofs = list(_proofs(session, batch.rows))
    return parcel


class _Run:
    """A run that is being put together."""

    def __init__(self, first: _Creation, place: int, no: int) -> None:
        actor, boot = first.actor, first.at.boot
        self.births = Births(place, no, actor, boot, first.kind, first.scope, first.schema, [], [], [], [], [])
        self._likeness = first.likeness()
        self._next = no
        self._template = Template(actor, boot, first.kind, first.scope, first.schema)
        self._mono = 0

    def has_room_for(self, creation: _Creation, no: int) -> bool:
        """Return whether an operation goes on where this run ends."""
        return no == self._next and creation.likeness() == self._likeness

    def follows(self, row: Sealed) -> bool:
        """Take an operation, if its text differs from the last one's only in ids, milliseconds and the record."""
        parts = self._template.parts_of(row.text, row.record_id, row.op_id) if row.op_no == self._next else None
        if parts is None:
            return False
        self.births.groups[-1].n += 1
        self._take(row.op_id, row.record_id, *parts)
        return True

    def add(self, creation: _Creation, text: bytes) -> bool:
        """Take the first operation of a group, unless its text would come out in another form than it was minted in."""
        at, init = creation.at, bytes(creation.init)
        self._template.turn_to(creation.group, at.wall)
        if self._template.text(at.mono, creation.id, init, creation.op_id) != text:
            return False
        self.births.groups.append(BirthGroup(creation.group, at.wall, 1))
        self._take(creation.op_id, creation.id, at.mono, init)
        return True

    def _take(self, op_id: str, record_id: str, mono: int, init: bytes) -> None:
        births = self.births
        births.op_ids.append(op_id)
        births.ids.append(record_id)
        births.mono.append(mono - self._mono)
        births.inits.append(Raw(init))
        self._mono, self._next = mono, self._next + 1


def _pack_rows(parcel: Parcel) -> None:
    run: _Run | None = None
    for place, row in enumerate(parcel.batch.rows):
        text = row.text
        if run is not None and run.follows(row):
            continue
        creation = _decode.decode(text) if row.verb == "create" else None
        if creation is not None:
            if run is None or not run.has_room_for(creation, row.op_no):
                run = _Run(creation, place, row.op_no)
            if run.add(creation, text):
                if len(run.births.ids) == 1:
                    parcel.births.append(run.births)
                continue
        run = None
        parcel.singles.append(_single(parcel.batch.replica, row.op_no, text))
    for births in parcel.births:
        hashes = hashes_of(births.kind, births.scope, births.ids, births.inits)
        parcel.hashes.update(enumerate(hashes, births.at))


def _single(replica: str, no: int, text: bytes) -> Raw:
    return Raw(b'{"op_no":%d,"replica":"%b",%b' % (no, replica.encode(), text[1:]))


def _proofs(session: Session, rows: Sequence[Sealed]) -> Iterator[Proof]:
    """Yield one signature for each author, and another from where the author's key changes."""
    signers: dict[str, Signer] = {}
    open_at: dict[str, int] = {}
    hashes: dict[str, list[str]] = {}

    def close(user: str) -> Iterator[Proof]:
        sig = signers[user].sign(proof_message(hashes[user])) if hashes[user] else None
        if sig is not None:
            yield Proof(user, open_at[user], sig)
        hashes[user] = []

    for place, row in enumerate(rows):
        user = row.actor
        if user not in signers:
            signers[user], hashes[user] = Signer(session, user), []
        if not hashes[user]:
            open_at[user] = place
        hashes[user].append(hashlib.sha256(row.text).hexdigest())
        if row.kind == _ACCOUNT and row.record_id in signers:
            yield from close(row.record_id)
            signers[row.record_id].follow(row.op())
    for user in signers:
        yield from close(user)
