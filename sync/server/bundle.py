"""Bundles at the centre: what a desk would have asked over the network, answered from a file into a file.

There is no second path: every message goes to the function that its endpoint calls (``push``, ``hello``, ``pull``), and
what stands in the answer is what that function returned.  The whole bundle is verified before the first operation is
judged; a bundle that comes again finds its operations judged already and is given the same answer.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from msgspec import structs
from sqlalchemy import select

from sync.bundle import (
    Bundle,
    BundleError,
    Header,
    Party,
    Progress,
    Stopped,
    Writer,
    opened,
    room_for_files,
    writing,
)
from sync.files import FileChunk, FilesWanted
from sync.limits import MAX_PAGE_ROWS
from sync.merge import Outcome
from sync.problems import WireError
from sync.protocol import (
    HelloAnswer,
    HelloRequest,
    OpResult,
    PullRequest,
    PushAnswer,
    PushRequest,
    TokenRequest,
    Want,
)
from sync.reading import read_op
from sync.server import keys, rows
from sync.server.accounts import Speaker, note_reader, note_users, speaker_of
from sync.server.bundle_files import Carried, give
from sync.server.centre import Centre, identity
from sync.server.lineage import epochs_of
from sync.server.pull import hello, pull
from sync.server.push import push
from sync.server.scopes import ancestors
from sync.server.tables import device, meta
from zzdesk import __version__

KINDS: Final[dict[str, type[Any]]] = {
    "token": TokenRequest, "hello": HelloRequest, "push": PushRequest, "wanted": FilesWanted, "bytes": FileChunk,
}  # fmt: skip
_ORDER: Final = ("push", "wanted", "bytes")
"""What follows token and hello, in this order."""
_NOTHING: Final = ("", None)
WHOLE: Final = "r-whole"
"""A replica that wrote nothing: pages for it hold every record whole, since a file cannot be asked for the rest."""


@dataclass
class Received:
    """What one bundle did at the centre."""

    bundle_id: str
    device_id: str
    station: str
    sequence: int
    operations: int = 0
    records: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    stopped: str | None = None


def receive(
    centre: Centre, source: Path, answer: Path, progress: Progress = lambda step, done, total: None,
    room: int | None = None,
) -> Received:  # fmt: skip
    """Judge the operations of the bundle ``source`` and write the bundle for its desk to ``answer``.

    ``room`` is how many bytes of files the answer may hold; None for as many as the medium takes.

    Raises:
        BundleError: broken, forged, foreign, from before a restore; nothing was changed.
        WireError: device-dead, account-disabled, as over the network; nothing was changed.
        DiskFullError, FileTroubleError: a medium; doing it again goes on where this stopped.
    """
    with opened(source) as bundle:
        asked = _verified(centre, bundle, progress)
        header = _answer_header(centre, bundle.header, asked)
        done = Received(bundle.header.bundle_id, asked.token.device_id, asked.station, bundle.header.sequence)
        with writing(answer, header, lambda message: base64.b64decode(keys.sign(centre, message))) as out:
            _Answering(centre, asked, out, done, progress).run(bundle, answer, room)
    return done


# ---- before anything is judged --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """Who wrote a bundle, and what it asks beside its operations."""

    token: TokenRequest
    hello: HelloRequest
    station: str
    epoch: str
    """The centre's own; the bundle's is another one where the centre was restored since."""


def _verified(centre: Centre, bundle: Bundle, progress: Progress) -> _Asked:
    """Read the whole bundle without changing anything and return who wrote it.

    Raises:
        BundleError, WireError: see ``receive``.
    """
    header = bundle.header
    if header.kind != "up":
        raise BundleError("bundle-not-up")
    with centre.database.reading() as connection:
        now = identity(connection)
        row = connection.execute(select(device).where(device.c.id == header.sender.device)).first()
        lineage = connection.execute(select(meta.c.lineage)).scalar_one()
    if (header.server_id, header.to.centre) != (now.server_id, now.server_id):
        raise BundleError("bundle-other-centre")
    if row is None:
        raise BundleError("bundle-unknown-device", device=header.sender.device)
    bundle.verify(base64.b64decode(row.pubkey), progress)
    if header.epoch != now.epoch and header.epoch not in {name for name, _ in epochs_of(lineage)}:
        raise BundleError("bundle-epoch")
    messages = _messages(centre, bundle)
    token, asked = (message for _, message in (next(messages, _NOTHING), next(messages, _NOTHING)))
    if not isinstance(token, TokenRequest) or not isinstance(asked, HelloRequest):
        raise BundleError("bundle-broken")
    if token.device_id != row.id or header.reply_to is None:
        raise BundleError("bundle-broken")
    rank = 0
    for kind, message in messages:
        if kind not in _ORDER or (rank := max(rank, _ORDER.index(kind))) != _ORDER.index(kind):
            raise BundleError("bundle-broken")
        if kind == "push":
            _check_push(header, message)
    speaker_of(centre, token)
    return _Asked(token, asked, row.station, now.epoch)


def _check_push(header: Header, message: PushRequest) -> None:
    if (message.replica, message.epoch) != (header.sender.replica, header.epoch):
        raise BundleError("bundle-broken")
    for raw in message.ops:
        _read(bytes(raw), message.replica)


def _messages(centre: Centre, bundle: Bundle) -> Iterator[tuple[str, Any]]:
    return bundle.messages(keys.reader(centre), KINDS)


def _read(raw: bytes, replica: str) -> None:
    try:
        read_op(raw, replica)
    except WireError:
        raise BundleError("bundle-broken") from None


def _answer_header(centre: Centre, header: Header, asked: _Asked) -> Header:
    assert header.reply_to is not None
    return Header(
        bundle_id=centre.clock.new_id(), kind="answer", sender=Party(centre=header.server_id), to=header.sender,
        server_id=header.server_id, epoch=asked.epoch, made_at=centre.now_iso(), sequence=header.sequence,
        recipient=header.reply_to, answers=header.bundle_id, scopes=[asked.station, *ancestors(asked.station)], app=__version__,
    )  # fmt: skip


# ---- the answer -----------------------------------------------------------------------------------------------------


class _Answering:
    """One bundle on its way through the centre."""

    def __init__(self, centre: Centre, asked: _Asked, out: Writer, done: Received, progress: Progress) -> None:
        self._centre = centre
        self._asked = asked
        self._out = out
        self._done = done
        self._progress = progress

    def run(self, bundle: Bundle, answer: Path, room: int | None) -> None:
        """Answer every message; a refusal that is the desk's to hear is written down for it."""
        try:
            if bundle.header.epoch != self._asked.epoch:
                raise WireError("epoch-changed")  # nothing is judged: the desk has to look back first
            speaker = speaker_of(self._centre, self._asked.token)
            self._greet(speaker)
            files, wanted = Carried(self._centre, speaker), []
            for kind, message in _messages(self._centre, bundle):
                if kind == "push":
                    self._push(speaker, message)
                elif kind == "wanted":
                    wanted += message.items
                elif kind == "bytes":
                    files.take(message)
            files.say(self._out)
            if self._rest():
                free = room_for_files(answer, self._out.written)
                give(self._centre, speaker, wanted, self._out, free if room is None else min(free, room))
        except WireError as error:
            if error.code not in Stopped.CODES:
                raise
            self._done.stopped = error.code
            self._out.add("stopped", Stopped(error.code, error.params.get("op_ids", [])))

    def _greet(self, speaker: Speaker) -> None:
        """Begin as every round does, since how the operations are judged may depend on it; the answer comes later."""
        hello(self._centre, speaker, self._asked.hello)

    def _push(self, speaker: Speaker, request: PushRequest) -> None:
        """Judge a batch; what found no room in an answer is asked for again, as a desk would over the network."""
        while True:
            answer = push(self._centre, speaker, request)
            later = self._no_room(answer)
            said = [result for result in answer.results if result.op_id not in later]
            self._say(structs.replace(answer, results=said))
            if not later or not said:
                return
            rest = [raw for raw in request.ops if read_op(bytes(raw), request.replica).op_id in later]
            request = structs.replace(request, ops=rest)

    def _no_room(self, answer: PushAnswer) -> set[str]:
        """Return the operations that are judged, and deferred only because their records filled the answer."""
        deferred = [result.op_id for result in answer.results if result.outcome == Outcome.DEFERRED]
        with self._centre.database.reading() as connection:
            return set(rows.logged(connection, deferred))

    def _say(self, answer: PushAnswer) -> None:
        self._out.add("pushed", answer, results=len(answer.results))
        self._done.operations += len(answer.results)
        for result in answer.results:
            self._count(result)
        self._progress("push", self._done.operations, 0)

    def _count(self, result: OpResult) -> None:
        self._done.outcomes[result.outcome] = self._done.outcomes.get(result.outcome, 0) + 1

    def _rest(self) -> bool:
        """Write what the desk may read now: only here is it known whether a new account was among the operations.

        Returns False for a device in escrow: it is told to be emptied, and gets nothing else.
        """
        speaker = speaker_of(self._centre, self._asked.token)
        if speaker.proven:
            note_users(self._centre, speaker.device_id, [speaker.user])
        answer = hello(self._centre, speaker, self._asked.hello)
        self._out.add("hello", answer)
        if answer.wipe is not None:
            return False
        note_reader(self._centre, self._asked.token)
        wanted = _wanted(answer, self._asked.hello)
        while wanted:
            self._pull(speaker, answer.epoch, wanted)
        return True

    def _pull(self, speaker: Speaker, epoch: str, wanted: dict[str, int]) -> None:
        wants = [Want(scope, after) for scope, after in wanted.items()]
        request = PullRequest(WHOLE, epoch, self._asked.token.nonce, wants, MAX_PAGE_ROWS)
        answer = pull(self._centre, speaker, request)
        count = sum(len(page.rows) for page in answer.pages)
        self._out.add("pulled", answer, records=count)
        self._done.records += count
        self._progress("pull", self._done.records, 0)
        for page in answer.pages:
            wanted.pop(page.scope)
            if page.more:
                wanted[page.scope] = page.to


def _wanted(answer: HelloAnswer, asked: HelloRequest) -> dict[str, int]:
    found: dict[str, int] = {}
    for scope in answer.scopes:
        after = asked.cursors.get(scope.id, 0)
        if scope.head > after:
            found[scope.id] = after
    return found


__all__ = ["Received", "receive"]
