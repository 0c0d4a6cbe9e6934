"""Attachments: encrypted in pieces, verified by hash, nothing half, and never to another case's team."""

from __future__ import annotations

import errno
import hashlib
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk import records
from zzdesk.errors import BrokenDatabaseError, DiskFullError, InvalidError, NotFoundError, RefusedError
from zzdesk.evidence import files as files_module
from zzdesk.evidence.files import PIECE, FileStore

REPORT = {"title": "楼道漏水", "category": "drainage"}


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", b"k" * 32)


def written(tmp_path: Path, content: bytes, name: str = "照片.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_what_goes_in_comes_out(store: FileStore, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    stored = store.put(written(tmp_path, content))
    assert (stored.sha256, stored.size, stored.new) == (hashlib.sha256(content).hexdigest(), size, True)
    assert b"".join(store.read(stored.sha256)) == content
    assert store.verify(stored.sha256)
    assert not store.put(written(tmp_path, content, "again.jpg")).new
    if size > 100:
        assert content[:64] not in store.path(stored.sha256).read_bytes()


def _flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _swapped(data: bytes) -> bytes:
    head, piece = 40, PIECE + 16
    return data[:head] + data[head + piece : head + 2 * piece] + data[head : head + piece] + data[head + 2 * piece :]


@pytest.mark.parametrize(
    "spoil", [_flipped, _swapped, lambda d: d[: 40 + PIECE + 16], lambda d: d[:30], lambda d: b"", lambda d: d + b"x"]
)
def test_changed_moved_and_cut_pieces_are_noticed(
    store: FileStore, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    stored = store.put(written(tmp_path, os.urandom(3 * PIECE)))
    path = store.path(stored.sha256)
    path.write_bytes(spoil(path.read_bytes()))
    assert not store.verify(stored.sha256)
    with pytest.raises(BrokenDatabaseError):
        list(store.read(stored.sha256))


def test_another_key_opens_nothing(store: FileStore, tmp_path: Path) -> None:
    stored = store.put(written(tmp_path, b"secret"))
    other = FileStore(tmp_path / "files", b"x" * 32)
    assert not other.verify(stored.sha256)


def test_a_full_disk_leaves_nothing_half(store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storage fault: the disk says ENOSPC when the pieces are to be made durable."""
    source = written(tmp_path, os.urandom(2 * PIECE))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files_module.os, "fsync", full)
        with pytest.raises(DiskFullError):
            store.put(source)
    assert list((tmp_path / "files").iterdir()) == []
    assert store.put(source).new


def test_too_large_a_file_is_refused_whole(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "LARGEST", 2 * PIECE)
    store.put(written(tmp_path, bytes(2 * PIECE)))
    with pytest.raises(InvalidError, match="path"):
        store.put(written(tmp_path, bytes(2 * PIECE + 1)))
    assert len(list((tmp_path / "files").iterdir())) == 1


def test_memory_does_not_grow_with_the_file(store: FileStore, tmp_path: Path) -> None:
    source = tmp_path / "recording.wav"
    with source.open("wb") as file:
        file.truncate(64 * PIECE)
    tracemalloc.start()
    stored = store.put(source)
    assert store.verify(stored.sha256)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * PIECE


def test_a_file_that_is_not_there(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        store.put(tmp_path / "none.jpg")
    with pytest.raises(NotFoundError):
        store.verify("0" * 64)


def test_a_record_names_its_file_by_hash(station: Station, tmp_path: Path) -> None:
    report = station.add("lin", "report", REPORT)
    source = written(tmp_path, b"\xff\xd8 picture", "林秀英家.jpg")
    done = station["lin"].write(records.attach, station.files, "report", report, source, {"purpose": "photo"})
    shown = station.show("lin", "attachment", done.created[0])
    assert shown["sha256"] == hashlib.sha256(b"\xff\xd8 picture").hexdigest()
    assert (shown["size"], shown["mime"], shown["purpose"]) == (10, "image/jpeg", "photo")
    assert (shown["name"], shown["record_id"]) == ("***.jpg", report)
    (row,) = station["lin"].read(records.attachments, "report", report)
    assert row.id == done.created[0]
    checked = station["lin"].read(records.verify_attachment, station.files, row.id)
    assert (checked.present, checked.same) == (True, True)
    station.files.path(row.sha256).unlink()
    checked = station["lin"].read(records.verify_attachment, station.files, row.id)
    assert (checked.present, checked.same) == (False, False)


def test_a_record_without_its_file_is_not_made(station: Station, tmp_path: Path) -> None:
    report = station.add("lin", "report", REPORT)
    lin = station["lin"]
    with pytest.raises(NotFoundError):
        lin.write(records.attach, station.files, "report", report, tmp_path / "none.jpg")
    with pytest.raises(NotFoundError):
        lin.write(records.attach, station.files, "report", "nothing", written(tmp_path, b"x"))
    fields = {"purpose": "nonsense"}
    with pytest.raises(InvalidError, match="purpose"):
        lin.write(records.attach, station.files, "report", report, written(tmp_path, b"x"), fields)
    with pytest.raises(RefusedError, match="文件"):
        station.add("lin", "attachment", {"record_kind": "report", "record_id": report, "name": "a.jpg"})
    assert station.rows("lin", "attachment") == []
    assert not (station["lin"].paths.files).exists()


def test_files_of_a_case_stay_with_its_team(station: Station, tmp_path: Path) -> None:
    case = station.add("chen", "case", {"category": "neighbours"})
    party = station.add("chen", "party", {"case_id": case, "role": "applicant", "name": "林秀英"})
    source = written(tmp_path, b"identity card")
    done = station["chen"].write(records.attach, station.files, "party", party, source, {"purpose": "identity"})
    attachment = done.created[0]
    assert station.show("chen", "attachment", attachment)["scope"] == f"case:{case}"
    wu, lin = station["wu"], station["lin"]
    for question in (
        lambda: wu.write(records.attach, station.files, "party", party, source),
        lambda: lin.read(records.show, "attachment", attachment),
        lambda: wu.read(records.verify_attachment, station.files, attachment),
        lambda: lin.read(records.attachments, "party", party),
        lambda: lin.write(records.act, "attachment", attachment, "void", {}, "x"),
        lambda: station.edit("lin", "attachment", attachment, {"note": "x"}),
    ):
        with pytest.raises(RefusedError):
            question()
    assert station.rows("lin", "attachment") == station.rows("wu", "attachment") == []
    assert [row["id"] for row in station.rows("chen", "attachment")] == [attachment]


def test_a_plain_copy_leaves_only_with_a_reason_in_the_audit(station: Station, tmp_path: Path) -> None:
    report = station.add("lin", "report", REPORT)
    done = station["lin"].write(records.attach, station.files, "report", report, written(tmp_path, b"bytes"))
    target = tmp_path / "out.jpg"
    lin = station["lin"]
    with pytest.raises(RefusedError, match="审计"):
        lin.read(records.export_attachment, station.files, done.created[0], target)
    lin.write(records.note_export, "attachment", 1, "交法院")
    lin.read(records.export_attachment, station.files, done.created[0], target)
    assert target.read_bytes() == b"bytes"
    assert station.audit("export.revealed") == [{"count": 1, "reason": "交法院"}]
