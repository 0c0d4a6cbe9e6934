"""Bytes of files by stick: out with the records that name them, in where they were asked for, hashed on both sides."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.bundle import BundleError
from sync.client import bundle as stick
from sync.client.engine import sync_once
from sync.files import CARRIED
from sync.server import blobs, bundle_files
from sync.server.bundle import receive
from sync.server.tables import blob, blob_upload
from tests.contents import centre_digest, desk_digest
from tests.sync.bundle.sticks import Office, parts
from tests.sync.desks import content
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.reports.commands import register

MIB = 1024 * 1024


def store_of(desk: Desk) -> FileStore:
    return FileStore(desk.paths.files, desk.store.key)


def attach(desk: Desk, folder: Path, data: bytes) -> str:
    """Register a report with a file; return the file's hash."""
    made = desk.write(register, {"title": "楼道漏水", "category": "drainage"}).created[0]
    source = folder / "file.bin"
    source.write_bytes(data)
    attached = desk.write(records.attach, store_of(desk), "report", made, source, {}).created[0]
    with desk.store.reader() as session:
        return session.get_one(Attachment, attached).sha256


def state_of(desk: Desk, sha256: str) -> tuple[bool, str, int]:
    with desk.store.reader() as session:
        row = session.get_one(BlobLocal, sha256)
        return bool(row.here), row.centre, row.upload_offset


def want(desk: Desk, sha256: str, size: int) -> None:
    with desk.store.writer() as session:
        local.want(session, sha256, size)
        session.commit()


def at_centre(office: Office) -> dict[str, str]:
    with office.server.centre.database.reading() as connection:
        return {row.sha256: row.state for row in connection.execute(select(blob))}


def exchange(office: Office, desk: Desk, most: int | None = None, room: int | None = None) -> tuple[Any, Any, Any]:
    """Carry a bundle to the centre and its answer back; return what the three steps say."""
    made, answer = stick.export(desk, office.stick, most=most), office.stick / f"answer-{desk.login}.zzb"
    done = receive(office.server.centre, made.path, answer, room=room)
    return made, done, stick.take_in(desk, answer)


def test_a_file_goes_with_its_record_and_comes_to_another_desk_by_stick_only(office: Office, tmp_path: Path) -> None:
    a, b = office.desk("lin"), office.desk("wang")
    data = content(CARRIED + 77)
    sha256 = attach(a, tmp_path, data)
    made, _, report = exchange(office, a)
    assert (made.files.files, made.files.bytes, made.files.left) == (1, len(data), 0)
    assert (report.files.sent, state_of(a, sha256)) == (1, (True, "verified", len(data)))
    assert at_centre(office) == {sha256: "verified"}
    exchange(office, b)
    with b.store.writer() as session:
        local.heard_of(session, session.scalars(select(Attachment.id)), "nobody")
        session.commit()
    want(b, sha256, len(data))
    _, _, came = exchange(office, b)
    assert (came.files.received, came.files.bytes_received) == (1, len(data))
    assert b"".join(store_of(b).read(sha256)) == data
    assert exchange(office, b)[2].files.received == 0


def test_what_does_not_fit_goes_on_with_the_next_sticks(office: Office, tmp_path: Path) -> None:
    desk = office.desk()
    small, large = content(1000, 1), content(2 * CARRIED + 5, 2)
    first, second = attach(desk, tmp_path, small), attach(desk, tmp_path, large)
    none, _, _ = exchange(office, desk, most=0)
    assert (none.operations, none.files.files, none.files.left) == (5, 0, 2)
    some, _, _ = exchange(office, desk, most=CARRIED + MIB)
    assert (some.files.files, some.files.left, some.files.left_bytes) == (1, 1, CARRIED + 5)
    assert (state_of(desk, first)[1], state_of(desk, second)) == ("verified", (True, "waiting", CARRIED))
    rest, _, report = exchange(office, desk)
    assert (rest.files.files, rest.files.bytes, rest.files.left, report.files.sent) == (1, CARRIED + 5, 0, 1)
    assert at_centre(office) == {first: "verified", second: "verified"}


def test_a_wanted_file_comes_over_several_sticks_too(office: Office, tmp_path: Path) -> None:
    a, b = office.desk("lin"), office.desk("wang")
    data = content(2 * CARRIED + 5)
    sha256 = attach(a, tmp_path, data)
    exchange(office, a)
    sync_once(b)
    want(b, sha256, len(data))
    assert exchange(office, b, room=CARRIED + MIB)[2].files.bytes_received == CARRIED
    rest = exchange(office, b)[2].files
    assert (rest.received, rest.bytes_received) == (1, len(data) - CARRIED)
    assert b"".join(store_of(b).read(sha256)) == data


def test_a_bundle_with_files_that_comes_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    desk = office.desk()
    data = content(CARRIED + 9)
    attach(desk, tmp_path, data)
    up = stick.export(desk, office.stick).path
    office.receive(up, "first.zzb")
    once = centre_digest(office.server)
    office.receive(up, "second.zzb")
    assert centre_digest(office.server) == once
    stick.take_in(desk, office.stick / "second.zzb")
    after = desk_digest(desk)
    assert stick.take_in(desk, office.stick / "first.zzb").files.sent == 0
    assert desk_digest(desk) == after


def test_a_file_whose_bytes_the_centre_has_lost_is_kept_when_it_comes_again(office: Office, tmp_path: Path) -> None:
    """A centre whose database came back and whose folder of files did not."""
    desk = office.desk()
    data = content(CARRIED + 9)
    sha256 = attach(desk, tmp_path, data)
    up = stick.export(desk, office.stick).path
    office.receive(up)
    files = blobs.files_of(office.server.centre)
    files.path(sha256).unlink()
    office.receive(up)
    assert (at_centre(office), files.digest(sha256, len(data))) == ({sha256: "verified"}, sha256)


def test_fresh_bytes_take_the_place_of_what_can_no_longer_be_read(office: Office, tmp_path: Path) -> None:
    a, b = office.desk("lin"), office.desk("wang")
    data = content(5000)
    sha256 = attach(a, tmp_path, data)
    exchange(office, a)
    files = blobs.files_of(office.server.centre)
    spoilt = files.path(sha256).read_bytes()[:-20]
    files.path(sha256).write_bytes(spoilt)
    attach(b, tmp_path, data)
    exchange(office, b)
    assert (at_centre(office), files.digest(sha256, len(data))) == ({sha256: "verified"}, sha256)
    assert files.path(sha256).with_name(f"{sha256}.broken").read_bytes() == spoilt


def test_a_lost_stick_loses_no_bytes(office: Office, tmp_path: Path) -> None:
    desk = office.desk()
    sha256 = attach(desk, tmp_path, content(5000))
    stick.export(desk, office.stick).path.unlink()
    assert state_of(desk, sha256) == (True, "waiting", 0)
    assert exchange(office, desk)[2].files.sent == 1


def test_bytes_of_a_file_are_held_to_the_same_checks(office: Office, tmp_path: Path) -> None:
    """Flipped in a frame of bytes, or cut within one: nothing at the centre or at the desk is another."""
    desk = office.desk()
    sha256 = attach(desk, tmp_path, content(50_000))
    up = stick.export(desk, office.stick).path
    data = up.read_bytes()
    start, end = parts(data)["frame"][-1]
    before = centre_digest(office.server)
    for altered in (data[: start + 99] + bytes([data[start + 99] ^ 1]) + data[start + 100 :], data[: (start + end) // 2]):
        spoilt = office.stick / "spoilt.zzb"
        spoilt.write_bytes(altered)
        with pytest.raises(BundleError, match="什么都没有改变"):
            office.receive(spoilt, "never.zzb")
        assert centre_digest(office.server) == before
    assert not list(blobs.files_of(office.server.centre).folder.glob("*/*.part"))
    office.receive(up)
    assert at_centre(office) == {sha256: "verified"}


def test_a_file_that_is_another_one_is_not_believed_on_either_side(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that packs other bytes than it says, and a centre that does: the hash of the whole file decides."""
    a, b = office.desk("lin"), office.desk("wang")
    data = content(5000)
    sha256 = attach(a, tmp_path, data)
    with monkeypatch.context() as patched:
        patched.setattr(FileStore, "read_part", lambda *_: bytes(5000))
        _, _, report = exchange(office, a)
    assert (report.files.sent, at_centre(office), state_of(a, sha256)[1]) == (0, {}, "waiting")
    exchange(office, a)
    sync_once(b)
    want(b, sha256, len(data))
    with monkeypatch.context() as patched:
        patched.setattr(bundle_files.blobs, "read", lambda *_: iter([bytes(5000)]))
        assert exchange(office, b)[2].files.received == 0
    assert not store_of(b).has(sha256)
    assert exchange(office, b)[2].files.received == 1


def test_only_what_was_asked_for_is_taken(office: Office, tmp_path: Path) -> None:
    a, b = office.desk("lin"), office.desk("wang")
    data = content(5000)
    sha256 = attach(a, tmp_path, data)
    exchange(office, a)
    sync_once(b)
    want(b, sha256, len(data))
    up = stick.export(b, office.stick).path
    office.receive(up, "b.zzb")
    with b.store.writer() as session:
        local.denied(session, sha256, "blob-unknown")
        session.commit()
    assert stick.take_in(b, office.stick / "b.zzb").files.received == 0
    assert not store_of(b).has(sha256)


def test_memory_stays_flat_and_the_medium_is_asked_how_much_it_takes(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storage fault: a stick on which little is free; the operations go, the files wait."""
    desk = office.desk()
    attach(desk, tmp_path, content(3 * CARRIED))
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("sync.bundle.shutil.disk_usage", lambda _: usage._replace(free=33 * MIB))
        made = stick.export(desk, office.stick)
    assert (made.operations, made.files.files, made.files.left) == (3, 0, 1)
    frames = parts(stick.export(desk, office.stick).path.read_bytes())["frame"]
    assert max(end - start for start, end in frames) < CARRIED + MIB


def test_a_centre_without_room_keeps_the_records_and_says_so(office: Office, tmp_path: Path) -> None:
    desk = office.desk()
    sha256 = attach(desk, tmp_path, content(5000))
    object.__setattr__(office.server.centre.settings, "blob_reserve", 2**60)
    _, done, report = exchange(office, desk)
    assert (done.operations, report.pushed, report.files.sent) == (3, 3, 0)
    assert state_of(desk, sha256) == (True, "waiting", 0)
    object.__setattr__(office.server.centre.settings, "blob_reserve", 0)
    assert exchange(office, desk)[2].files.sent == 1
    with office.server.centre.database.reading() as connection:
        assert connection.execute(select(blob_upload)).all() == []
