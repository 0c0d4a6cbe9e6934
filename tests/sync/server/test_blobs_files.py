"""Frames on the centre's disk: what goes in comes out from any place, torn and spoilt ones are noticed."""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.server import blobs_files
from sync.server.blobs_files import BlobFiles, BrokenBlobError

KEY = b"k" * 32
CHUNKS = st.lists(st.binary(min_size=1, max_size=400), min_size=1, max_size=8)


def filled(folder: Path, chunks: list[bytes]) -> tuple[BlobFiles, str, bytes]:
    whole = b"".join(chunks)
    files, sha256, start = BlobFiles(folder, KEY), hashlib.sha256(whole).hexdigest(), 0
    for chunk in chunks:
        files.append(sha256, start, chunk)
        start += len(chunk)
    return files, sha256, whole


@given(CHUNKS, st.data())
@settings(deadline=None, max_examples=60)
def test_every_range_of_every_cutting_comes_back(chunks: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files, sha256, whole = filled(Path(folder), chunks)
        start = data.draw(st.integers(0, len(whole)))
        stop = data.draw(st.integers(start, len(whole)))
        assert b"".join(files.read(sha256, start, stop)) == whole[start:stop]
        assert files.digest(sha256, len(whole)) == sha256
        assert files.settle(sha256, len(whole)) == len(whole)


@given(CHUNKS, st.data())
@settings(deadline=None, max_examples=60)
def test_what_a_crash_tore_off_is_cut_to_whole_chunks_and_goes_on(chunks: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files, sha256, whole = filled(Path(folder), chunks)
        path = files.path(sha256)
        cut = data.draw(st.integers(0, path.stat().st_size))
        claimed = data.draw(st.integers(0, len(whole)))
        path.write_bytes(path.read_bytes()[:cut])
        kept = files.settle(sha256, claimed)
        ends = [sum(map(len, chunks[:n])) for n in range(len(chunks) + 1)]
        assert kept in ends
        assert kept <= claimed
        assert b"".join(files.read(sha256, 0, kept)) == whole[:kept]
        if kept < len(whole):
            files.append(sha256, kept, whole[kept:])
        assert files.digest(sha256, len(whole)) == sha256


@given(CHUNKS, st.data())
@settings(deadline=None, max_examples=80)
def test_no_flipped_bit_goes_by(chunks: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files, sha256, whole = filled(Path(folder), chunks)
        path = files.path(sha256)
        spoilt = bytearray(path.read_bytes())
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(bytes(spoilt))
        with pytest.raises(BrokenBlobError):
            files.digest(sha256, len(whole))


def _swapped(raw: bytes) -> bytes:
    head, frame = 8, 20 + 100 + 16
    return raw[:head] + raw[head + frame : head + 2 * frame] + raw[head : head + frame]



@pytest.mark.parametrize("spoil", [_swapped, lambda raw: raw[:-1], lambda raw: b"", lambda raw: raw[8:]])
def test_moved_and_missing_frames_are_noticed(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    files, sha256, whole = filled(tmp_path, [b"a" * 100, b"b" * 100])
    path = files.path(sha256)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(BrokenBlobError):
        list(files.read(sha256, 0, len(whole)))


def test_frames_of_another_file_or_key_open_nothing(tmp_path: Path) -> None:
    files, one, whole = filled(tmp_path, [b"a" * 100])
    _, other, _ = filled(tmp_path, [b"b" * 100])
    files.path(other).write_bytes(files.path(one).read_bytes())
    with pytest.raises(BrokenBlobError):
        list(files.read(other, 0, 100))
    with pytest.raises(BrokenBlobError):
        list(BlobFiles(tmp_path, b"x" * 32).read(one, 0, 100))
    assert whole not in files.path(one).read_bytes()
    assert set(files.names()) == {one, other}


def test_a_disk_that_fills_up_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storage fault: half a chunk is written, then the disk says ENOSPC."""
    files, sha256, _ = filled(tmp_path, [b"a" * 100])
    before = files.path(sha256).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(blobs_files.os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            files.append(sha256, 100, b"b" * 100)
    assert files.path(sha256).read_bytes() == before
