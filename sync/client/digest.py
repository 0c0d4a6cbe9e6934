"""Is this desk what the centre has? Compared bucket by bucket, repaired, and said aloud where repair does not help.

Compared only where a scope was read to its end (8.7, step 5; hazard 30): once a day, after an anomaly, and on demand.
On demand the rows themselves are worked through first, a page at a time, so that a flipped value is found.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from sync.comparing import DigestAnswer, DigestRequest
from zzdesk.clock import from_iso, to_iso
from zzdesk.desk.health import DIGEST_CHECKED
from zzdesk.desk.queries import DIFFERENT, DIGEST_ALERT
from zzdesk.desk.session import Desk
from zzdesk.ops import digest, incoming, membership, state
from zzdesk.ops.buckets import bucket_of, differing, filled
from zzdesk.ops.fold import Key, pending_by_record
from zzdesk.ops.outbox import DIGEST_DUE
from zzdesk.store import audit
from zzdesk.store.base import kinds
from zzdesk.store.files import private_folder, write_private

EVERY: Final = timedelta(days=1)
_PAGE: Final = 500

Call = Callable[[str, Callable[[str], msgspec.Struct], type[Any]], Any]
Where = tuple[str, str, int]
"""Scope, kind and bucket."""


@dataclass
class Verified:
    """What a comparison found. ``records`` counts rows looked at; ``skipped`` names scopes that were not at their end."""

    scopes: int = 0
    records: int = 0
    damaged: int = 0
    repaired: int = 0
    removed: int = 0
    skipped: list[str] = field(default_factory=list)
    different: list[Where] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Say whether desk and centre agree now."""
        return not self.different


def is_due(session: Session, desk: Desk) -> bool:
    """Say whether a comparison is due: the last one is a day old, or something asked for one."""
    if audit.local_value(session, DIGEST_DUE):
        return True
    last = audit.local_value(session, DIGEST_CHECKED)
    return last is None or abs(desk.clock.now() - from_iso(last)) >= EVERY


class Verifier:
    """One comparison of a desk with its centre, while no round is under way elsewhere.

    Args:
        desk: the open desk.
        call: sends a request and returns the checked answer.
        fetch: asks for the records that are noted as wanted.
    """

    def __init__(self, desk: Desk, call: Call, fetch: Callable[[], None]) -> None:
        self._desk = desk
        self._call = call
        self._fetch = fetch
        self.found = Verified()

    def run(self, scopes: Iterable[str], *, rows: bool) -> Verified:
        """Compare these scopes; ``rows``: look at every row first, not only at the kept sums."""
        granted = sorted(scopes)
        if rows:
            self._look_at_rows()
        first = self._compare(granted)
        if first:
            self._repair(first)
            self.found.different = self._compare(granted)
        self._note()
        return self.found

    # ---- the rows ----

    def _look_at_rows(self) -> None:
        after: Key | None = ("", "")
        while after is not None:
            with self._desk.store.reader() as session:
                bad, later, seen = digest.damaged(session, after, _PAGE)
            self.found.records += seen
            self._want(bad)
            self.found.damaged += len(bad)
            after = later
        with self._desk.store.reader() as session:
            stray = [key for name in kinds() for key in digest.strays(session, name)]
        self._want(stray)
        self.found.damaged += len(stray)
        self._fetch()
        with self._desk.store.writer() as session:
            digest.rebuild(session)
            session.commit()

    def _want(self, keys: list[Key]) -> None:
        if keys:
            with self._desk.store.writer() as session:
                incoming.want(session, keys)
                session.commit()

    # ---- the sums ----

    def _compare(self, scopes: Iterable[str]) -> list[Where]:
        found: list[Where] = []
        self.found.skipped, self.found.scopes = [], 0
        for scope in scopes:
            answer: DigestAnswer = self._call("/v1/digest", partial(DigestRequest, scope), DigestAnswer)
            with self._desk.store.reader() as session:
                at_end = state.cursors(session).get(scope) == answer.scope_head
                mine = {kind: list(filled(data)) for kind, data in digest.of_scope(session, scope).items()}
            if not at_end:
                self.found.skipped.append(scope)
                continue
            self.found.scopes += 1
            for kind in sorted(mine.keys() | answer.buckets.keys()):
                theirs = answer.buckets.get(kind, [])
                found += [(scope, kind, bucket) for bucket in differing(mine.get(kind, []), theirs)]
        return found

    def _repair(self, different: list[Where]) -> None:
        surplus: list[tuple[str, Key]] = []
        for scope, kind, bucket in different:
            ask = partial(DigestRequest, scope, kind=kind, bucket=bucket)
            answer: DigestAnswer = self._call("/v1/digest", ask, DigestAnswer)
            theirs = {record_id: (ver, hashed) for record_id, ver, hashed in answer.items}
            with self._desk.store.reader() as session:
                here = digest.confirmed(session, scope, kind)
            mine = {record_id: found for record_id, found in here.items() if bucket_of(record_id) == bucket}
            wrong = [(kind, i) for i in mine.keys() | theirs.keys() if mine.get(i) != theirs.get(i)]
            self._want(sorted(wrong))
            self.found.repaired += sum(i in theirs for _, i in wrong)  # the others go, and are counted there
            surplus += [(scope, (kind, i)) for i in mine.keys() - theirs.keys()]
        self._fetch()
        self._remove(surplus)

    def _remove(self, surplus: list[tuple[str, Key]]) -> None:
        """Remove what the centre does not have in the scope: not what waits here to be sent, nor very much at once.

        Very much stays, and with it the alert: so many records do not vanish without an eviction.
        """
        by_scope: dict[str, list[Key]] = {}
        for scope, key in surplus:
            by_scope.setdefault(scope, []).append(key)
        for scope, keys in by_scope.items():
            with contextlib.suppress(membership.MassEvictionError), self._desk.store.writer() as session:
                have, busy = incoming.versions(session, keys), pending_by_record(session, keys)
                gone = [key for key in keys if key in have and have[key].scope == scope and key not in busy]
                membership.EvictionGuard().admit(session, scope, len(gone))
                membership.forget(session, gone)
                session.commit()
                self.found.removed += len(gone)

    # ---- what is said ----

    def _note(self) -> None:
        now = to_iso(self._desk.clock.now())
        with self._desk.store.writer() as session:
            before = audit.local_value(session, DIGEST_ALERT)
            audit.set_local_value(session, DIGEST_CHECKED, now)
            audit.set_local_value(session, DIGEST_DUE, "")
            if self.found.ok:
                audit.set_local_value(session, DIGEST_ALERT, "")
            elif not before:
                audit.set_local_value(session, DIGEST_ALERT, now)
            if not self.found.ok or self.found.damaged or self.found.repaired:
                facts = {name: value for name, value in asdict(self.found).items() if isinstance(value, int)}
                facts["different"] = len(self.found.different)
                line: audit.Line = ("sync.verify", None, None, facts)
                audit.append_all(session, self._desk.clock, self._desk.actor, [line])
            session.commit()
        if not self.found.ok:
            self._write_diagnosis(now)

    def _write_diagnosis(self, now: str) -> None:
        """Leave ids, versions and hashes of what differs beside the logs: never a value."""
        buckets = []
        for scope, kind, bucket in self.found.different[:20]:
            ask = partial(DigestRequest, scope, kind=kind, bucket=bucket)
            answer: DigestAnswer = self._call("/v1/digest", ask, DigestAnswer)
            with self._desk.store.reader() as session:
                here = digest.confirmed(session, scope, kind)
            mine = [[i, *found] for i, found in sorted(here.items()) if bucket_of(i) == bucket]
            buckets.append({"scope": scope, "kind": kind, "bucket": bucket, "here": mine, "there": answer.items})
        name = f"digest-{now.replace(':', '').replace('.', '')}.json"
        write_private(private_folder(self._desk.paths.logs) / name, msgspec.json.encode({"at": now, "buckets": buckets}))


__all__ = ["DIFFERENT", "Verified", "Verifier", "is_due"]
