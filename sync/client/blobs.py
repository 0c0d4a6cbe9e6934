"""Bytes of attachments on their way, after the records: sent over tus 1.0, fetched by ranges (sync protocol, 8.7 step 4).

tuspy 1.1, the kept client, brings aiohttp and a database of its own and keeps its state outside of ours; what it would do
is the three requests of this file. Every piece of a body has a time-out of its own and so has every answer: an upload
goes on or ends, it is never stuck (hazard 35). The centre's word counts only in an answer of the protocol, with our
nonce in it: a 204 might come from anybody (hazard 27).

Records come first: between two chunks the round looks whether somebody has written something, and sends that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
import requests

from sync import possession
from sync.client.answers import Missing, Offered
from sync.client.flow import ChunkSize, Pace, Progress
from sync.client.transport import NOT_OURS, OFFLINE, ProblemError
from sync.files import BlobRequest, MissingRequest
from zzdesk.clock import from_iso, to_iso
from zzdesk.errors import (
    BrokenDatabaseError,
    DiskFullError,
    InvalidError,
    NotFoundError,
    NotOursError,
    OfflineError,
)
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.receiving import Receiving, part_of
from zzdesk.ops import outbox, state
from zzdesk.store import audit, space

if TYPE_CHECKING:
    from sync.client.engine import SyncClient, SyncReport
    from zzdesk.desk.session import Desk

_BLOBS: Final = "/v1/blobs"
_TUS: Final = {"Tus-Resumable": "1.0.0"}
_CHUNK_TYPE: Final = "application/offset+octet-stream"
_PIECE: Final = 64 * 1024
_TRIES: Final = 3
_ASK_AGAIN: Final = timedelta(minutes=10)
_ASK_DAILY: Final = timedelta(days=1)
_ASKED: Final = "blobs_asked"
_EPOCH: Final = "blobs_epoch"
LATER: Final = frozenset({"no-space", "busy", "rate-limited", "internal"})
"""Problems after which this round sends no more files; nothing is wrong with any of them."""
T = TypeVar("T")
Shown = Callable[[str, int, int], None]


@dataclass
class FilesReport:
    """What became of files in one round: how many went and came, bytes of them on the wire, and what is left.

    ``problem`` is the code of what stopped it, None where all went that could.
    """

    sent: int = 0
    received: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    left: int = 0
    missing: int = 0
    problem: str | None = None


class _Body:
    """One chunk as the HTTP library reads it, piece by piece: paced, counted, and ended when the person stops."""

    def __init__(self, data: bytes, pace: Pace, sent: Callable[[int], None]) -> None:
        self._data, self._pace, self._sent, self._at = data, pace, sent, 0

    def __len__(self) -> int:
        return len(self._data)

    def read(self, size: int = -1) -> bytes:
        """Return the next piece."""
        stop = len(self._data) if size < 0 else self._at + size
        piece = self._data[self._at : stop]
        if piece:
            self._pace.take(len(piece))
            self._sent(len(piece))
        self._at += len(piece)
        return piece


def carry_files(
    client: SyncClient, report: SyncReport, progress: Shown, again: Callable[[], SyncReport], chunk: ChunkSize
) -> None:
    """Send and fetch the bytes of attachments after a round of records, and note what became of them in its report.

    What somebody writes meanwhile goes first: ``again`` carries records, between two chunks.
    """

    def newest() -> int:
        with client.desk.store.reader() as session:
            return outbox.newest(session)

    pulled = [record_id for kind, record_id in report.changes.records if kind == "attachment"]
    if not pulled and _knows_of_none(client.desk):
        return
    last, before = newest(), replace(client.wire.traffic)

    def records() -> None:
        nonlocal last
        if (now := newest()) > last:
            last = now
            report.add(again())

    report.files = FileRound(client, progress, records, chunk).run(pulled)
    after = client.wire.traffic
    report.bytes += after.sent + after.received - before.sent - before.received
    report.requests += after.requests - before.requests


def _knows_of_none(desk: Desk) -> bool:
    """Say whether there is nothing to do about files: this desk has never heard of one, in the centre's present life."""
    with desk.store.reader() as session:
        same = audit.local_value(session, _EPOCH) == state.named(session).epoch
        return same and not local.any_known(session)


def hand_over_files(client: SyncClient, report: SyncReport, progress: Shown) -> None:
    """Send the bytes of files that are nowhere else, whatever the line costs: this desk is to be emptied.

    Raises:
        ProblemError, OfflineError: not all went; the desk keeps everything and goes on next time.
    """
    report.files = FileRound(client, progress, lambda: None, ChunkSize(client.desk.clock)).hand_over()


class FileRound:
    """The files' part of one round."""

    def __init__(
        self, client: SyncClient, progress: Shown, records: Callable[[], None], chunk: ChunkSize,
        wait: Callable[[float], object] | None = None,
    ) -> None:  # fmt: skip
        self._client, self._desk, self._wire = client, client.desk, client.wire
        self._progress, self._records, self._chunk = progress, records, chunk
        self._store = FileStore(self._desk.paths.files, self._desk.store.key)
        rate = self._desk.settings.files_bytes_per_s
        self._pace = Pace(rate, self._desk.clock, wait or self._wire.stop.wait)
        self._done, self._total = 0, 0
        self.report = FilesReport()

    def run(self, pulled: Iterable[str]) -> FilesReport:
        """Ask, send and fetch; ``pulled`` are attachments that came with this round.

        Raises:
            StoppedError: the person stopped it. Everything else that goes wrong is in the report: the records are safe.
        """
        try:
            self._ask(list(pulled))
            if self._desk.settings.files_sync:
                self._send_all()
                self._fetch_all()
        except ProblemError as error:
            self.report.problem = error.problem
        except (OfflineError, DiskFullError) as error:
            self.report.problem = error.code
        left = self._read(local.waiting)
        self.report.left, self.report.missing = left.count, left.missing
        return self.report

    def hand_over(self) -> FilesReport:
        """Send what there is, and nothing else; whatever keeps it from going is raised.

        Raises:
            ProblemError, OfflineError, DiskFullError, StoppedError.
        """
        self._send_all()
        return self.report

    # ---- what the centre lacks ----

    def _ask(self, pulled: list[str]) -> None:
        """Hear which bytes the centre lacks, where that may have changed: an idle round stays one request."""
        scopes = set(self._write(local.heard_of, pulled, self._desk.actor.account_id)) if pulled else set()
        if due := self._was_restored() or self._is_due():
            scopes |= set(self._read(state.cursors))
        if pulled or due:
            self._drop_strays()
        for scope in sorted(scopes):
            lacking = self._lacking(scope)
            if lacking is not None:
                self._write(local.lacking, scope, lacking)
        if due:
            self._write(audit.set_local_value, _ASKED, to_iso(self._desk.clock.now()))

    def _drop_strays(self) -> None:
        """Take away what belongs to records that left this desk (hazard 8: a scope that was withdrawn is wiped)."""
        strays = self._read(local.strays)
        if strays:
            self._write(local.forget, strays)
        for sha256 in strays:
            self._store.drop(sha256)
            part_of(self._store, sha256).unlink(missing_ok=True)

    def _was_restored(self) -> bool:
        """Doubt what an earlier history of the centre said of files (section 8.12); desks give back what it lost."""
        with self._desk.store.reader() as session:
            epoch, known = state.named(session).epoch, audit.local_value(session, _EPOCH)
        if known == epoch:
            return False
        if known is not None:
            self._write(local.doubt)
        self._write(audit.set_local_value, _EPOCH, epoch)
        return known is not None

    def _is_due(self) -> bool:
        with self._desk.store.reader() as session:
            if not local.any_known(session):
                return False
            asked = audit.local_value(session, _ASKED)
            wait = _ASK_AGAIN if local.waiting(session).missing else _ASK_DAILY
        return asked is None or abs(self._desk.clock.now() - from_iso(asked)) >= wait

    def _lacking(self, scope: str) -> list[tuple[str, int]] | None:
        """Return what the centre lacks of a scope; None where it says nothing of it, so that nothing is known."""
        found: list[tuple[str, int]] = []
        after: str | None = None
        while True:
            message = partial(_missing_request, scope, after)
            try:
                answer: Missing = self._call(f"{_BLOBS}/missing", message, Missing)
            except ProblemError as error:
                if error.problem == "scope-denied":  # lost since the hello: the next round is told so
                    return None
                raise
            found += [(item.sha256, item.size) for item in answer.items]
            if not answer.more:
                return found
            after = answer.items[-1].record

    # ---- sending ----

    def _send_all(self) -> None:
        waiting = self._read(local.uploads)
        self._total = sum(each.size for each in waiting)
        for each in waiting:
            try:
                self._send(each)
            except ProblemError as error:
                self._write(local.refused, each.sha256, error.problem)
                if error.problem in LATER or error.status >= 500:
                    raise
            except (NotFoundError, BrokenDatabaseError):
                self._write(local.not_here, each.sha256)

    def _send(self, each: local.Upload) -> None:
        """Send one file, from where the centre has it, until the centre says that it has hashed it."""
        if not self._store.has(each.sha256):
            raise NotFoundError(each.sha256)
        for _ in range(_TRIES):
            answer = self._offer(each)
            if answer.state == local.VERIFIED:
                self._write(local.verified, each.sha256, answer.head, self._desk.clock.now())
                self.report.sent += 1
                return
            try:
                self._send_from(each, answer.offset)
            except ProblemError as error:
                if error.problem != "blob-differs":
                    raise
                if not self._store.verify(each.sha256):
                    raise BrokenDatabaseError(each.sha256) from error
        self._write(local.refused, each.sha256, "blob-differs")

    def _offer(self, each: local.Upload) -> Offered:
        mime = local.plain_mime(each.mime)

        def ask(token: str) -> Offered:
            proof = self._proof(each, token)
            message = partial(BlobRequest, each.sha256, each.size, mime, each.record_id, proof=proof)
            return self._wire.call(_BLOBS, message, Offered, token)

        return self._client.authorised(ask)

    def _proof(self, each: local.Upload, token: str) -> str:
        """Show that this desk holds the bytes: without it the centre does not say whether it has them, too."""
        asked = possession.challenge(token, each.sha256)
        return possession.proof(asked, each.size, lambda start, stop: [self._store.read_part(each.sha256, start, stop)])

    def _send_from(self, each: local.Upload, offset: int) -> None:
        self._done += offset
        while offset < each.size:
            size = min(self._chunk.size, self._pace.chunk, each.size - offset)
            chunk = self._store.read_part(each.sha256, offset, offset + size)
            try:
                reached = self._send_chunk(each.sha256, offset, chunk)
            except ProblemError as error:
                found = error.details.get("offset")
                if error.problem != "blob-offset" or not isinstance(found, int):
                    raise
                reached = found  # another desk sends the same file
            self._done += reached - offset
            offset = reached
            self._write(local.reached, each.sha256, offset)
            self._progress("files", min(self._done, self._total), self._total)
            self._records()

    def _send_chunk(self, sha256: str, offset: int, chunk: bytes) -> int:
        """Send one chunk and return how far the file is at the centre; one that was spoilt on the way goes again."""
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        headers = _TUS | {
            "Content-Type": _CHUNK_TYPE, "Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}",
        }  # fmt: skip
        for attempt in range(_TRIES):
            self._chunk.begin()
            try:
                answer = self._raw("PATCH", f"{_BLOBS}/{sha256}", headers, lambda: _Body(chunk, self._pace, self._sent))
            except ProblemError as error:
                if error.problem != "checksum" or attempt == _TRIES - 1:
                    raise
                continue
            except OfflineError:
                self._chunk.broke()
                raise
            if answer.headers.get("Tus-Resumable") != _TUS["Tus-Resumable"]:
                raise NotOursError(NOT_OURS)
            self._chunk.arrived()
            said = answer.headers.get("Upload-Offset", "")
            return int(said) if said.isdecimal() else offset + len(chunk)
        raise AssertionError("unreachable")

    def _sent(self, size: int) -> None:
        self._wire.check_stopped()
        self._wire.traffic.sent += size
        self._wire.progressed()
        self.report.bytes_sent += size

    # ---- fetching ----

    def _fetch_all(self) -> None:
        wanted = self._read(local.wanted)
        self._done, self._total = 0, sum(each.size for each in wanted)
        for each in wanted:
            if space.free_bytes(self._desk.home) < each.size + space.low_bytes(self._desk.home):
                self.report.problem = DiskFullError.code
                return
            try:
                self._fetch(each)
            except ProblemError as error:
                if error.problem in LATER or error.status >= 500:
                    raise
                self._write(local.denied if error.problem == "blob-unknown" else local.refused, each.sha256, error.problem)
            except InvalidError:
                self._write(local.refused, each.sha256, "blob-differs")

    def _fetch(self, each: local.Wanted) -> None:
        """Fetch one file into the store, from where the last try stopped."""
        with Receiving(self._store, each.sha256, each.size) as coming:
            headers = {"Range": f"bytes={coming.have}-"} if coming.have else {}
            if coming.have < each.size:
                self._raw("GET", f"{_BLOBS}/{each.sha256}", headers, None, partial(self._take, coming, each))
            coming.finish()
        self._write(local.arrived, each.sha256)
        self.report.received += 1

    def _take(self, coming: Receiving, each: local.Wanted, response: requests.Response) -> None:
        digest = base64.b64encode(bytes.fromhex(each.sha256)).decode()
        if response.headers.get("Repr-Digest") != f"sha-256=:{digest}:":
            raise NotOursError(NOT_OURS)
        skip = 0 if response.status_code == 206 else coming.have
        watch = Progress(self._wire.patience.whole_s)
        while piece := response.raw.read1(_PIECE, decode_content=False):
            watch.arrived(len(piece))
            self._wire.check_stopped()
            self._pace.take(len(piece))
            self._wire.traffic.received += len(piece)
            self._wire.progressed()
            self.report.bytes_received += len(piece)
            coming.write(piece[skip:][: each.size - coming.have])
            skip = max(0, skip - len(piece))
            self._done += len(piece)
            self._progress("files", min(self._done, self._total), self._total)
        if coming.have < each.size:
            raise OfflineError(OFFLINE)

    # ---- talking ----

    def _call(self, path: str, message: Callable[[str], msgspec.Struct], answer: type[Any]) -> Any:
        return self._client.authorised(lambda token: self._wire.call(path, message, answer, token))

    def _raw(
        self, method: str, path: str, headers: dict[str, str], body: Callable[[], Any] | None,
        take: Callable[[requests.Response], None] = lambda response: None,
    ) -> requests.Response:  # fmt: skip
        def ask(token: str) -> requests.Response:
            return self._wire.bytes_call(method, path, headers, token, body() if body else None, take)

        return self._client.authorised(ask)

    def _read(self, query: Callable[..., T]) -> T:
        with self._desk.store.reader() as session:
            return query(session)

    def _write(self, change: Callable[..., T], *args: Any) -> T:
        with self._desk.store.writer() as session:
            done = change(session, *args)
            session.commit()
        return done


def _missing_request(scope: str, after: str | None, nonce: str) -> MissingRequest:
    return MissingRequest(scope, nonce, after)


__all__ = ["LATER", "FileRound", "FilesReport", "carry_files", "hand_over_files"]
