"""Bytes of attachments between real desks and a real centre: resumed, checked, capped, stopped, and never in the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from sync.client.blobs import FileRound
from sync.client.engine import SyncClient
from sync.client.flow import LARGEST, SMALLEST, ChunkSize, Pace, Progress
from sync.client.transport import StoppedError, Transport
from sync.server import blobs as centre_blobs
from sync.server.run import ServerThread
from sync.server.tables import blob, blob_ref
from tests.sync.desks import Office, content, want
from zzdesk.clock import FixedClock
from zzdesk.errors import OfflineError
from zzdesk.evidence import local
from zzdesk.ops.membership import forget
from zzdesk.reports.commands import register
from zzdesk.store import audit, space

MIB = 1024 * 1024


class Line(Transport):
    """A line on which chunks are counted, spoilt, or lost from a certain one on."""

    chunks = 0
    lost_from: int | None = None
    spoil: int | None = None
    answer_lost: int | None = None

    def bytes_call(self, method: str, path: str, headers: dict[str, str], token: str, data: Any, take: Any) -> Any:
        if method != "PATCH":
            return super().bytes_call(method, path, headers, token, data, take)
        self.chunks += 1
        if self.lost_from is not None and self.chunks >= self.lost_from:
            raise OfflineError("lost")
        if self.chunks == self.spoil:
            raw = data.read()
            data = raw[:-1] + bytes([raw[-1] ^ 1])
        answer = super().bytes_call(method, path, headers, token, data, take)
        if self.chunks == self.answer_lost:
            raise OfflineError("lost")
        return answer


def test_a_file_follows_its_record_and_comes_to_another_desk_on_demand(a: Office, b: Office, tmp_path: Path) -> None:
    data = content(3 * MIB + 7)
    made, sha256 = a.attach(tmp_path, data)
    assert local.where(a.blob(sha256)) == local.Bytes(here=True, at_centre=False, state="waiting")
    done = a.sync()
    assert (done.files.sent, done.files.left, done.files.problem) == (1, 0, None)
    assert done.files.bytes_sent == len(data)
    assert local.where(a.blob(sha256)) == local.Bytes(here=True, at_centre=True, state="verified")
    b.sync()
    assert b.attachment(made).sha256 == sha256
    assert local.where(b.blob(sha256)) == local.Bytes(here=False, at_centre=True, state="verified")
    assert not b.files.has(sha256)
    want(b, sha256, len(data))
    came = b.sync()
    assert (came.files.received, came.files.bytes_received) == (1, len(data))
    assert b"".join(b.files.read(sha256)) == data
    assert local.where(b.blob(sha256)) == local.Bytes(here=True, at_centre=True, state="verified")


def test_a_round_with_nothing_to_do_stays_one_request(a: Office, b: Office, tmp_path: Path) -> None:
    a.attach(tmp_path, content(1000))
    for office in (a, b, a, b):
        office.sync()
    assert [office.sync().requests for office in (a, b)] == [1, 1]


def test_a_record_without_bytes_is_seen_as_such_on_every_desk(a: Office, b: Office, tmp_path: Path) -> None:
    _, sha256 = a.attach(tmp_path, content(1000))
    a.files.drop(sha256)
    assert a.sync().files.missing == 1
    assert local.where(a.blob(sha256)) == local.Bytes(here=False, at_centre=False, state="missing")
    assert b.sync().files.missing == 1
    assert local.where(b.blob(sha256)).state == "missing"
    want(b, sha256, 1000)
    assert b.sync().files.received == 0


def test_an_upload_goes_on_where_the_line_broke(a: Office, tmp_path: Path) -> None:
    data = content(3 * MIB)
    _, sha256 = a.attach(tmp_path, data)
    a.over(Line)
    a.client.wire.lost_from = 3  # type: ignore[attr-defined]
    broken = a.sync()
    assert (broken.files.problem, broken.files.left, broken.pending) == ("offline", 1, 0)
    reached = a.blob(sha256)
    assert reached is not None
    assert 0 < reached.upload_offset < len(data)
    assert broken.files.bytes_sent == reached.upload_offset
    done = a.over(Transport).sync()
    assert done.files.sent == 1
    assert done.files.bytes_sent == len(data) - reached.upload_offset


def test_an_answer_that_is_lost_costs_no_bytes(a: Office, tmp_path: Path) -> None:
    data = content(MIB)
    a.attach(tmp_path, data)
    a.over(Line)
    a.client.wire.answer_lost = 1  # type: ignore[attr-defined]
    first = a.sync().files
    second = a.over(Transport).sync().files
    assert (first.problem, second.sent) == ("offline", 1)
    assert first.bytes_sent + second.bytes_sent == len(data)


def test_a_chunk_that_was_spoilt_on_the_way_goes_again(a: Office, tmp_path: Path, server: ServerThread) -> None:
    data = content(600_000)
    _, sha256 = a.attach(tmp_path, data)
    a.over(Line)
    a.client.wire.spoil = 2  # type: ignore[attr-defined]
    done = a.sync()
    assert (done.files.sent, done.files.problem) == (1, None)
    assert b"".join(centre_blobs.files_of(server.centre).read(sha256, 0, len(data))) == data


def test_a_file_that_arrived_as_another_is_sent_anew(a: Office, tmp_path: Path, server: ServerThread) -> None:
    """The centre's disk spoils a chunk after it was acknowledged: hashing the whole file finds it."""
    data = content(2 * MIB)
    _, sha256 = a.attach(tmp_path, data)
    path = centre_blobs.files_of(server.centre).path(sha256, a.client.device_id)
    spoilt: list[int] = []

    def spoil(step: str, done: int, total: int) -> None:
        if step == "files" and not spoilt:
            raw = bytearray(path.read_bytes())
            raw[50] ^= 1
            path.write_bytes(bytes(raw))
            spoilt.append(done)

    done = a.sync(progress=spoil)
    assert spoilt
    assert (done.files.sent, done.files.problem) == (1, None)
    assert len(data) < done.files.bytes_sent < 3 * len(data)
    assert centre_blobs.files_of(server.centre).digest(sha256, len(data)) == sha256


def test_a_file_that_is_spoilt_here_is_not_sent_for_ever(a: Office, tmp_path: Path) -> None:
    _, sha256 = a.attach(tmp_path, content(1000))
    path = a.files.path(sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert a.sync().files.missing == 1
    assert local.where(a.blob(sha256)).state == "missing"


def test_the_same_photo_on_two_desks_goes_over_the_line_once(a: Office, b: Office, tmp_path: Path) -> None:
    data = content(MIB)
    (tmp_path / "b").mkdir()
    _, sha256 = a.attach(tmp_path, data)
    b.attach(tmp_path / "b", data)
    assert a.sync().files.bytes_sent == len(data)
    second = b.sync().files
    assert (second.sent, second.bytes_sent) == (1, 0)
    assert local.where(b.blob(sha256)).at_centre


def test_a_centre_that_lost_a_file_gets_it_back(
    a: Office, b: Office, tmp_path: Path, server: ServerThread, clock: FixedClock, expect_log: Callable[[str], None]
) -> None:
    data = content(200_000)
    _, sha256 = a.attach(tmp_path, data)
    a.sync()
    b.sync()
    path = centre_blobs.files_of(server.centre).path(sha256)
    path.write_bytes(path.read_bytes()[:-100])
    expect_log("BrokenBlobError")
    expect_log("uvicorn.error: ASGI callable returned without completing response")
    want(b, sha256, len(data))
    assert b.sync().files.problem == "offline"
    assert not b.files.has(sha256)
    clock.advance(86401)
    healed = a.sync().files
    assert (healed.sent, healed.problem) == (1, None)
    assert b.sync().files.received == 1
    assert b"".join(b.files.read(sha256)) == data


def test_after_a_restore_of_the_centre_files_are_offered_again(
    a: Office, b: Office, tmp_path: Path, server: ServerThread
) -> None:
    data = content(1000)
    _, sha256 = a.attach(tmp_path, data)
    a.sync()
    b.sync()
    with server.centre.database.writing() as connection:  # what a backup from before the upload does not hold
        connection.execute(delete(blob))
        connection.execute(update(blob_ref).values(here=False))
    centre_blobs.files_of(server.centre).path(sha256).unlink()
    for office in (a, b):
        with office.desk.store.writer() as session:
            audit.set_local_value(session, "blobs_epoch", "e-before")
            session.commit()
    assert b.sync().files.missing == 1
    assert a.sync().files.sent == 1
    assert local.where(a.blob(sha256)).at_centre
    with b.desk.store.writer() as session:
        audit.set_local_value(session, "blobs_asked", "2000-01-01T00:00:00.000Z")
        session.commit()
    b.sync()
    assert local.where(b.blob(sha256)).at_centre


def test_files_go_with_the_records_that_leave_this_desk_once_the_centre_has_them(a: Office, tmp_path: Path) -> None:
    (tmp_path / "2").mkdir()
    sent, first = a.attach(tmp_path, content(1000))
    a.sync()
    unsent, second = a.attach(tmp_path / "2", content(1001))
    a.desk.settings.files_sync = False
    a.sync()
    with a.desk.store.writer() as session:
        forget(session, [("attachment", sent), ("attachment", unsent)])
        session.commit()
    round_ = FileRound(a.client, lambda *_: None, lambda: None, ChunkSize(a.desk.clock))
    round_.run([sent, unsent])
    assert a.blob(first) is None
    assert not a.files.has(first)
    assert a.files.has(second)


def test_small_files_go_first_each_in_the_order_of_its_record(a: Office, tmp_path: Path) -> None:
    made = []
    for n, size in enumerate((2 * MIB, 10, 20)):
        (tmp_path / str(n)).mkdir()
        made.append(a.attach(tmp_path / str(n), content(size, n))[1])
    a.over(Line).client.wire.lost_from = 1  # type: ignore[attr-defined]
    a.sync()
    with a.desk.store.reader() as session:
        assert [each.sha256 for each in local.uploads(session)] == [made[1], made[2], made[0]]


def test_what_somebody_writes_meanwhile_goes_before_the_next_chunk(a: Office, b: Office, tmp_path: Path) -> None:
    a.attach(tmp_path, content(6 * MIB))
    seen: list[int] = []

    def write(step: str, done: int, total: int) -> None:
        if step == "files" and not seen:
            a.desk.write(register, {"title": "急事", "category": "noise"})
            seen.append(done)
        elif step == "files" and len(seen) == 1:
            seen.append(b.sync().pulled)

    done = a.sync(progress=write)
    assert seen[0] < 6 * MIB
    assert seen[1] > 0
    assert (done.files.sent, done.pending) == (1, 0)


def test_on_a_metered_line_only_records_go(a: Office, tmp_path: Path) -> None:
    a.attach(tmp_path, content(1000))
    a.desk.settings.files_sync = False
    quiet = a.sync()
    assert (quiet.pending, quiet.files.left, quiet.files.bytes_sent) == (0, 1, 0)
    a.desk.settings.files_sync = True
    assert a.sync().files.sent == 1


def test_the_person_can_stop_it_and_nothing_is_lost(a: Office, tmp_path: Path) -> None:
    data = content(3 * MIB)
    a.attach(tmp_path, data)
    with pytest.raises(StoppedError):
        a.sync(progress=lambda step, done, total: a.client.stop() if step == "files" else None)
    rest = a.sync()
    assert rest.files.sent == 1
    assert rest.files.bytes_sent < len(data)


def test_the_line_is_shared_by_the_clock(a: Office, tmp_path: Path, clock: FixedClock) -> None:
    data = content(400_000)
    a.attach(tmp_path, data)
    a.desk.settings.files_sync = False
    a.sync()
    a.desk.settings.files_sync, a.desk.settings.files_bytes_per_s = True, 10_000
    begun = clock.monotonic_ms()
    round_ = FileRound(a.client, lambda *_: None, lambda: None, ChunkSize(clock), wait=clock.advance)
    assert round_.run([]).sent == 1
    took = (clock.monotonic_ms() - begun) / 1000
    assert 0.9 * len(data) / 10_000 < took <= len(data) / 10_000


def test_a_bucket_lets_no_more_through_than_its_rate(clock: FixedClock) -> None:
    pace = Pace(1000, clock, clock.advance)
    begun = clock.monotonic_ms()
    for _ in range(10):
        pace.take(500)
    assert clock.monotonic_ms() - begun == 4500
    clock.advance(60)
    begun = clock.monotonic_ms()
    pace.take(500)
    pace.take(500)
    assert clock.monotonic_ms() - begun == 500
    assert pace.chunk == max(SMALLEST, 8000)
    assert Pace(0, clock, clock.advance).chunk == LARGEST


def test_chunks_fit_the_line(clock: FixedClock) -> None:
    size = ChunkSize(clock)
    for _ in range(10):
        size.begin()
        size.arrived()
    assert size.size == LARGEST
    size.begin()
    clock.advance(9)
    size.arrived()
    assert size.size == LARGEST // 2
    for _ in range(10):
        size.broke()
    assert size.size == SMALLEST


def test_what_only_trickles_is_ended() -> None:
    over = -1.0
    with pytest.raises(OfflineError):
        Progress(over).arrived(SMALLEST - 1)
    Progress(over).arrived(SMALLEST)
    Progress(60).arrived(1)


class Portal(Transport):
    """Something between that says yes to everything."""

    def bytes_call(self, *args: Any) -> Any:
        import requests

        answer = requests.Response()
        answer.status_code = 204
        args[-1](answer) if args[0] == "GET" else None
        return answer


def test_a_yes_from_somebody_else_is_not_believed(a: Office, b: Office, tmp_path: Path) -> None:
    data = content(1000)
    _, sha256 = a.attach(tmp_path, data)
    assert a.over(Portal).sync().files.problem == "not-ours"
    assert not local.where(a.blob(sha256)).at_centre
    a.over(Transport).sync()
    b.sync()
    want(b, sha256, 1000)
    assert b.over(Portal).sync().files.problem == "not-ours"
    assert not b.files.has(sha256)
    assert b.over(Transport).sync().files.received == 1


# ---- room on the disk ----


def test_on_a_full_disk_records_still_go_and_the_ballast_makes_room(
    a: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storage fault: the file system says that little is left."""
    a.attach(tmp_path, content(1000))
    assert space.keep_ballast(a.desk.home, MIB)
    with monkeypatch.context() as patched:
        patched.setattr(space, "free_bytes", lambda folder: MIB)
        done = a.sync()
    assert (done.low_space, done.pending, done.files.sent) == (True, 0, 0)
    assert not space.ballast_of(a.desk.home).exists()
    again = a.sync()
    assert (again.low_space, again.files.sent) == (False, 1)


def test_a_file_is_not_fetched_into_the_last_room(
    a: Office, b: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storage fault: there is room for records, not for this file."""
    data = content(MIB)
    _, sha256 = a.attach(tmp_path, data)
    a.sync()
    b.sync()
    want(b, sha256, len(data))
    with monkeypatch.context() as patched:
        patched.setattr(space, "free_bytes", lambda folder: space.LOW + MIB - 1)
        assert b.sync().files.problem == "disk-full"
    assert b.sync().files.received == 1


def test_a_client_made_anew_goes_on(a: Office, tmp_path: Path) -> None:
    data = content(2 * MIB)
    _, sha256 = a.attach(tmp_path, data)
    a.over(Line).client.wire.lost_from = 2  # type: ignore[attr-defined]
    a.sync()
    a.client = SyncClient(a.desk)
    assert a.sync().files.sent == 1
    assert hashlib.sha256(data).hexdigest() == sha256
