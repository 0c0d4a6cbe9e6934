"""Bundles at the desk: a round that goes by hand. What is pending goes out, and stays pending until a receipt comes back.

Export and import are the two halves of ``sync.client.engine.Cycle``: the same messages, and the same functions that take
the answers.  Whose bundle it is, is in the header; anybody may carry it, only the recipient can read it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import structs
from sqlalchemy.orm import Session

from sync import age
from sync.bundle import (
    SUFFIX,
    Bundle,
    BundleError,
    Header,
    Party,
    Progress,
    Stopped,
    Trailer,
    Writer,
    file_trouble,
    opened,
    placing,
    room_for_files,
    writing,
)
from sync.client import orders, recovery
from sync.client.answers import Pulled, Pushed
from sync.client.bundle_files import Packed, Unpacking, pack
from sync.client.carrier import Carrier
from sync.client.device import device_key, reading_secret
from sync.client.engine import Cycle, SyncClient, SyncReport
from sync.client.identity import IDENTITY
from sync.client.transport import ProblemError, trusted
from sync.files import FileChunk, FilesStored
from sync.problems import REQUEST_PROBLEMS
from sync.protocol import ED25519, HelloAnswer
from zzdesk import __version__
from zzdesk.clock import to_iso
from zzdesk.desk.backup import DEVICE_PUBLIC
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import outbox, state
from zzdesk.store import audit
from zzdesk.store.locks import exclusive
from zzdesk.store.unit import Reader

KINDS: Final[dict[str, type[Any]]] = {
    "pushed": Pushed, "stored": FilesStored, "hello": HelloAnswer, "pulled": Pulled, "bytes": FileChunk,
    "stopped": Stopped,
}  # fmt: skip
"""The parts of an answer, in the order in which they stand; one to a desk that has not asked begins with ``hello``."""
EXPORTED: Final = "bundle_exported"
ANSWERED: Final = "bundle_answered"
DOWN: Final = "bundle_down"
"""Local values: the sequence of the last bundle made here, and of the last one whose answer was taken in whole; which
bundle was taken in last that had not been asked for."""

EXPORT_AGAIN: Final = N_("请重新导出，再带给中心")
STOPPED: Final = N_("已停止，没有留下半个文件；内容都还在本机")
BUSY: Final = N_("另一个窗口或程序正在同步本机")
NO_KEYS: Final = N_("本机还没有中心的数据包密钥，请先联网同步一次，以后就能用U盘交换")
FOR_CENTRE: Final = N_(
    "这是 {station} 的工作站（{device}）给中心的数据包，本机读不了，也没有改动；"
    "请交给中心导入，或在联网的工作站上用 bundle relay 代为送达"
)
FOR_OTHER: Final = N_("这是中心给 {station} 的工作站（{device}）的答复，本机读不了，也没有改动；请带到那台工作站导入")
STALE: Final = N_("这份数据包比中心后来告诉本机的内容旧，没有改变任何内容；请用新的一份")
FIRST_EXPORT: Final = N_("中心要收回这台设备，但本机还有没送到的内容；请先导出一份数据包带给中心，再导入新的答复")
OTHER_REPLICA: Final = N_("这份答复是给本机恢复或重新登记以前的编号的，没有改变任何内容；请重新导出，再带给中心")


@dataclass(frozen=True)
class Exported:
    """A bundle that was written and read back."""

    path: Path
    header: Header
    operations: int
    bytes: int
    files: Packed


@dataclass(frozen=True)
class Shown:
    """What a bundle says of itself, readable by anybody who carries it; nothing personal.

    ``whole`` is False where the file is cut or altered; ``mine`` says whether this desk is its recipient.
    """

    header: Header
    counts: dict[str, int]
    whole: bool
    bytes: int


def show(path: Path) -> Shown:
    """Return what a bundle is, from whom, for whom and whether it is whole. Needs no home.

    Raises:
        BundleError: it is none. FileTroubleError: it cannot be read.
    """
    with opened(path) as bundle:
        try:
            trailer = bundle.check()
        except BundleError:
            return Shown(bundle.header, {}, False, bundle.size)
        return Shown(bundle.header, trailer.counts, True, bundle.size)


# ---- out ------------------------------------------------------------------------------------------------------------


def export(
    desk: Desk, target: Path, progress: Progress = lambda step, done, total: None, most: int | None = None
) -> Exported:
    """Write what is pending into a bundle for the centre; a folder as ``target`` gets a file of a telling name.

    The operations are sealed and stay in the outbox. The bytes of files come after them, ``most`` of them, or as many as
    the medium takes; what does not fit waits for the next bundle.

    Raises:
        RefusedError: not enrolled, or the centre's keys are not known yet; no right.
        DiskFullError, FileTroubleError: the medium; no file is left behind.
    """
    desk.read(_may_exchange)
    with _alone(desk):
        client = SyncClient(desk)
        header = _up_header(desk)
        path = target / _name(header) if target.is_dir() else target
        cycle = Cycle(client, progress)
        with writing(path, header, _signing_key(desk).sign) as out:
            operations = _write(client, cycle, header.bundle_id, out, progress)
            room = room_for_files(path, out.written)
            files = pack(desk, out, room if most is None else min(room, most))
        facts: dict[str, Any] = {"bundle": header.bundle_id, "sequence": header.sequence, "operations": operations}
        desk.note("bundle.export", **facts, files=files.files, files_left=files.left)
    return Exported(path, header, operations, path.stat().st_size, files)


def _may_exchange(read: Reader) -> None:
    read.require("sync.run")


def _alone(desk: Desk) -> AbstractContextManager[Any]:
    return exclusive(desk.home / "sync.lock", busy=BUSY)


def _name(header: Header) -> str:
    return f"zzdesk-{header.sender.station}-{header.sender.device}-{header.sequence:04d}{SUFFIX}"


def _up_header(desk: Desk) -> Header:
    with desk.store.writer() as session:
        mine = state.get_state(session)
        recipient = state.server_key(session, age.AGE)
        if recipient is None or state.server_key(session, ED25519) is None or mine.server_id is None:
            raise RefusedError(NO_KEYS)
        sequence = max(_number(session, EXPORTED), _number(session, ANSWERED)) + 1
        audit.set_local_value(session, EXPORTED, str(sequence))
        header = Header(
            bundle_id=desk.clock.new_id(), kind="up", to=Party(centre=mine.server_id), server_id=mine.server_id,
            sender=Party(device=mine.device_id, station=desk.station, replica=mine.replica_id),
            epoch=mine.epoch or "", made_at=to_iso(desk.clock.now()), sequence=sequence, recipient=recipient,
            reply_to=age.recipient(_reading_secret(desk)), app=__version__,
            scopes=sorted(scope for scope in state.cursors(session) if ":" not in scope),
        )  # fmt: skip
        session.commit()
    return header


def _number(session: Session, name: str) -> int:
    return int(audit.local_value(session, name) or 0)


def _reading_secret(desk: Desk) -> bytes:
    return reading_secret(_signing_key(desk))


def _signing_key(desk: Desk) -> Ed25519PrivateKey:
    with desk.store.reader() as session:
        public = audit.local_value(session, DEVICE_PUBLIC)
    return device_key(desk.home, desk.store.key, public)


def _write(client: SyncClient, cycle: Cycle, nonce: str, out: Writer, progress: Progress) -> int:
    out.add("token", client.token_request()(nonce))
    out.add("hello", cycle.hello_request()(nonce))
    with client.desk.store.reader() as session:
        total = outbox.waiting(session).count
    after, count = 0, 0
    while True:
        batch, message = cycle.next_push(after)
        if not batch.ops:
            return count
        out.add("push", message(nonce), operations=len(batch.ops))
        after, count = max(after, batch.last_no), count + len(batch.ops)
        progress("push", count, total)


# ---- back in --------------------------------------------------------------------------------------------------------


def take_in(desk: Desk, source: Path, progress: Progress = lambda step, done, total: None) -> SyncReport:
    """Take in the centre's answer: receipts, then pages after this desk's cursors; once more changes nothing.

    So is what it wrote to this desk without being asked. What is older than its last word counts for its receipts only.

    Everything is verified before anything is applied; each part is a transaction of its own, so that doing it again
    goes on where it was interrupted.

    Raises:
        RefusedError: it is for somebody else, or for an earlier life of this desk.
        DeviceWithdrawnError: the centre takes this device back, and everything was handed over: the desk is empty now.
        BundleError: broken, forged, or from before a restore of the centre. FileTroubleError: the medium.
        ProblemError: what the centre says instead of an answer, where nothing here can help (upgrade, device-escrow).
    """
    desk.read(_may_exchange)
    with _alone(desk), opened(source) as bundle:
        header = bundle.header
        _refuse_foreign(desk, header)
        trailer = bundle.verify(_centre_key(desk), progress)
        stale = _is_stale(desk, header)
        if stale is None:
            return SyncReport()
        key = age.identity(_reading_secret(desk))
        _check_parts(desk, header, bundle.messages(key, KINDS))
        return _apply(desk, bundle, trailer, progress, stale=stale)


def _is_stale(desk: Desk, header: Header) -> bool | None:
    """Say whether the centre has said something newer to this desk; None where this was taken in before."""
    with desk.store.reader() as session:
        if header.kind == "answer" and header.sequence <= _number(session, ANSWERED):
            return None
        if header.kind == "down" and header.bundle_id == audit.local_value(session, DOWN):
            return None
        stale = header.made_at < orders.last_heard(session)
    if stale and header.kind == "down":
        raise RefusedError(STALE)
    return stale


def _refuse_foreign(desk: Desk, header: Header) -> None:
    with desk.store.reader() as session:
        mine = state.get_state(session)
        server_id, device, replica = mine.server_id, mine.device_id, mine.replica_id
    whose = header.sender if header.kind == "up" else header.to
    named = {"station": whose.station or "?", "device": whose.device or "?"}
    if header.kind == "up":
        raise RefusedError(FOR_CENTRE, **named)
    if header.server_id != server_id:
        raise BundleError("bundle-other-centre")
    if header.to.device != device:
        raise RefusedError(FOR_OTHER, **named)
    if header.to.replica != replica:
        raise RefusedError(OTHER_REPLICA)


def _epoch(desk: Desk) -> str | None:
    with desk.store.reader() as session:
        return state.get_state(session).epoch


def _check_parts(desk: Desk, header: Header, messages: Iterable[tuple[str, Any]]) -> None:
    """Refuse an answer whose parts stand in another order than the centre writes them, or answer something else.

    From another epoch only the news of it is taken.
    """
    kinds = []
    for kind, message in messages:
        kinds.append(kind)
        if kind == "hello" and message.nonce != (header.answers or header.bundle_id):
            raise BundleError("bundle-forged")
    if header.epoch != _epoch(desk) and kinds != ["stopped"]:
        raise BundleError("bundle-epoch")
    ranks = [list(KINDS).index(kind) for kind in kinds]
    if ranks != sorted(ranks) or kinds.count("hello") > 1 or kinds.count("stopped") > 1:
        raise BundleError("bundle-broken")
    if header.kind == "down" and kinds[:1] != ["hello"]:
        raise BundleError("bundle-broken")


def _apply(desk: Desk, bundle: Bundle, trailer: Trailer, progress: Progress, *, stale: bool) -> SyncReport:
    """Take in the parts, each in a transaction of its own; of a stale answer the receipts, which stay true."""
    cycle = Cycle(SyncClient(desk), progress)
    cycle.hello_request()  # what the answer is compared with: replica and epoch as they are now
    key, hello = age.identity(_reading_secret(desk)), None
    stopped: Stopped | None = None
    with closing(Unpacking(desk, cycle.report.files)) as files:
        takers = _takers(desk, bundle.header, cycle, files, stale=stale)
        for number, (kind, message) in enumerate(bundle.messages(key, KINDS)):
            if kind in takers:
                takers[kind](message)
            hello = message if kind == "hello" and not stale else hello
            stopped = message if kind == "stopped" and not stale else stopped
            progress("apply", number + 1, trailer.frames)
    cycle.give_up()
    cycle.forget_durable(hello.durable_seq if hello else 0)
    _note_done(desk, bundle.header, cycle.report)
    cycle.ended(stopped.code if stopped else None)
    if cycle.report.changes.touches("account"):
        desk.refresh_actor()
    if hello is not None and hello.wipe is not None:
        orders.obey_wipe(desk, hello)
        cycle.report.notices.append(FIRST_EXPORT)
    cycle.refuse_forged()
    if stopped:
        cycle.report.notices += [each for each in (_healed(desk, stopped, bundle.header.epoch), EXPORT_AGAIN) if each]
    return cycle.report


def _takers(
    desk: Desk, header: Header, cycle: Cycle, files: Unpacking, *, stale: bool
) -> dict[str, Callable[[Any], Any]]:
    """Return what takes each kind of part."""
    receipts: dict[str, Callable[[Any], Any]] = {"pushed": cycle.take_results, "stored": files.stored, "bytes": files.take}
    return receipts if stale else receipts | {"hello": partial(_take_hello, desk, header, cycle), "pulled": cycle.take_pages}


def _take_hello(desk: Desk, header: Header, cycle: Cycle, answer: HelloAnswer) -> None:
    if header.kind == "down":  # written to a device, whoever is at it: it says nothing of who that is
        with desk.store.reader() as session:
            answer.policy["identity"] = audit.local_value(session, IDENTITY) or ""
    cycle.take_hello(answer, live=False)


def _healed(desk: Desk, stopped: Stopped, epoch: str) -> str | None:
    """Do here what a round over the network does about a fork or a restore.

    Raises:
        ProblemError: nothing here can help.
    """
    if stopped.code == recovery.NEW_EPOCH:
        return recovery.heal(desk, recovery.NewEpochError(epoch))
    status = REQUEST_PROBLEMS[stopped.code][0]
    return recovery.heal(desk, ProblemError(stopped.code, status, {"op_ids": stopped.ops}, None))


def _note_done(desk: Desk, header: Header, report: SyncReport) -> None:
    facts: dict[str, Any] = {"bundle": header.bundle_id, "sequence": header.sequence}
    facts |= {"operations": report.pushed, "records": report.pulled}
    with desk.store.writer() as session:
        if header.kind == "answer":
            audit.set_local_value(session, ANSWERED, str(header.sequence))
        else:
            audit.set_local_value(session, DOWN, header.bundle_id)
        orders.heard(session, header.made_at)
        audit.append(session, desk.clock, desk.actor, "bundle.import", **facts)
        session.commit()


# ---- for another desk -----------------------------------------------------------------------------------------------


def relay(desk: Desk, source: Path, answer: Path, progress: Progress = lambda step, done, total: None) -> Header:
    """Carry a bundle, unread, to the centre over this desk's line; write the answer, unread too, beside it.

    Nothing on this desk changes but its audit, whosever bundle it is.

    Raises:
        RefusedError: it is no bundle to the centre. BundleError: broken, or for another centre.
        OfflineError, ProblemError: as the centre answers. DiskFullError, FileTroubleError: the medium.
    """
    desk.read(_may_exchange)
    line = _carrier(desk)
    client = SyncClient(desk, line)
    with opened(source) as bundle:
        header = bundle.header
        if header.kind != "up":
            raise RefusedError(FOR_OTHER, station=header.to.station or "?", device=header.to.device or "?")
        if header.server_id != line.server_id:
            raise BundleError("bundle-other-centre")
        bundle.check(progress)
    line.progressed = lambda: progress("relay", line.traffic.received, 0)
    with placing(answer, _way_back(header), partial(_check_answer, _centre_key(desk), header)) as file:
        with file_trouble(source):
            body = source.open("rb")
        with body, file_trouble(answer):
            line.carry("/v1/bundle", body, file, client.token())
    desk.note("bundle.relay", bundle=header.bundle_id, device=header.sender.device)
    return header


def _carrier(desk: Desk) -> Carrier:
    with desk.store.reader() as session:
        known = state.get_state(session)
        return Carrier(known.server_url or "", known.server_id, trusted(desk.home))


def _way_back(header: Header) -> Header:
    return structs.replace(header, kind="answer", sender=header.to, to=header.sender)


def _centre_key(desk: Desk) -> bytes:
    with desk.store.reader() as session:
        public = state.server_key(session, ED25519)
    if public is None:
        raise RefusedError(NO_KEYS)
    return base64.b64decode(public.removeprefix(ED25519))


def _check_answer(public: bytes, asked: Header, where: Path) -> None:
    with opened(where, past_cache=True) as bundle:
        bundle.verify(public)
        if bundle.header.answers != asked.bundle_id:
            raise BundleError("bundle-forged")


__all__ = ["Exported", "Shown", "export", "relay", "show", "take_in"]
