"""What a push brings, unpacked: single operations and runs of creating ones, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sync.births import read_births
from sync.bulk import Births, Proof
from sync.limits import MAX_OPS
from sync.problems import WireError
from sync.protocol import PushRequest
from sync.reading import Received, read_op
from sync.server.stage import BatchProof, Item, Sender
from sync.upcast import Upcasters
from zzdesk.clock import from_iso, to_iso


def arrived(
    upcasters: Upcasters, request: PushRequest, sender: Sender, since: str, now: datetime
) -> list[Item]:
    """Return the operations of a push in order, each with when it was done and what vouches for its author.

    ``since`` is when the desk last had nothing to send, ``now`` the centre's time.

    Raises:
        WireError: malformed; too-large: more operations than one push may have.
    """
    if len(request.ops) + sum(len(run.ids) for run in request.births) > MAX_OPS:
        raise WireError("too-large", limit=MAX_OPS)
    received = list(_in_order(request, sender.replica))
    users = [got.op.actor.user if got.op else None for got in received]
    proofs = proofs_of(request.proofs, users, [got.hash for got in received])
    moments = Moments(sender.skew_ms, since, now)
    return [_item(upcasters, got, sender, proof, moments) for got, proof in zip(received, proofs, strict=True)]


def _item(upcasters: Upcasters, got: Received, sender: Sender, proof: BatchProof | None, moments: Moments) -> Item:
    op = upcasters.lift(got.op) if got.op else None
    return Item(
        got.op_id, got.op_no, got.group, got.text, got.hash, got.sig, sender, op, got.problem, False,
        moments[op.at.wall if op else ""], init=got.init if op is got.op else None, proof=None if got.sig else proof,
    )  # fmt: skip


class Moments(dict[str, str]):
    """When operations were done, by what they say themselves; worked out once for a group."""

    def __init__(self, skew_ms: int | None, since: str, now: datetime) -> None:
        super().__init__()
        self._given = (skew_ms, since, now)

    def __missing__(self, wall: str) -> str:
        self[wall] = _made_at(wall, *self._given)
        return self[wall]


def _made_at(wall: str, skew_ms: int | None, since: str, now: datetime) -> str:
    """Return when an operation was done: the desk's word, corrected by how far its clock is off now, and never before
    the desk last had nothing to send nor after it arrived (decision 14).
    """
    latest = to_iso(now)
    try:
        said = to_iso(from_iso(wall) - timedelta(milliseconds=skew_ms or 0))
    except (ValueError, OverflowError):
        return latest
    return min(max(said, since), latest)


def _in_order(request: PushRequest, replica: str) -> Iterator[Received]:
    singles = iter(request.ops)
    place = 0
    for run in sorted(request.births, key=_place):
        while place < run.at:
            single = next(singles, None)
            if single is None:
                raise WireError("malformed", reason="births: beyond the end")
            yield read_op(bytes(single), replica)
            place += 1
        if place != run.at:
            raise WireError("malformed", reason="births: two in one place")
        yield from read_births(run, replica)
        place += len(run.ids)
    for single in singles:
        yield read_op(bytes(single), replica)


def _place(run: Births) -> int:
    return run.at


def proofs_of(said: Sequence[Proof], users: Sequence[str | None], hashes: Sequence[str]) -> list[BatchProof | None]:
    """Return the proof that covers each operation, None where there is none; an unfit one has no author."""
    found: list[BatchProof | None] = [None] * len(users)
    if not said:
        return found
    by_user: dict[str, list[int]] = {}
    for n, user in enumerate(users):
        if user is not None:
            by_user.setdefault(user, []).append(n)
    later: dict[str, int] = {}
    for each in sorted(said, key=lambda proof: -proof.at):
        covered = [n for n in by_user.get(each.user, ()) if each.at <= n < later.get(each.user, len(users))]
        later[each.user] = each.at
        proof = BatchProof(each.sig, [hashes[n] for n in covered])
        for n in covered:
            found[n] = proof
    return found
