"""Tapes: sealed piece by piece as they are heard; what a killed program had written is there, what was changed is refused."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zzdesk.errors import BrokenDatabaseError, DiskFullError
from zzdesk.evidence import tapes
from zzdesk.evidence.tapes import Sound, Tape, WavStream

KEY, AT, RECORD = bytes(range(32)), datetime(2026, 1, 13, 1, tzinfo=UTC), "019b-session"
SOUND = Sound(1_000, 1)
WORDS = bytes(range(250)) * 8 * 3 + b"end."
"""Three seconds, and two samples."""


def taped(folder: Path, words: bytes = WORDS) -> Path:
    tape = Tape(folder, KEY, RECORD, AT, SOUND)
    for at in range(0, len(words), 700):
        tape.add(words[at : at + 700])
    tape.close()
    tape.close()
    (path,) = tapes.of_record(folder, RECORD)
    return path


def as_wav(path: Path) -> bytes:
    stream = WavStream(path, KEY, tapes.look(path, KEY))
    return b"".join(iter(lambda: stream.read(333), b""))


def test_a_tape_is_sealed_and_reads_as_a_wav_file(tmp_path: Path) -> None:
    path = taped(tmp_path)
    sealed, kept = path.read_bytes(), tapes.look(path, KEY)
    assert WORDS[:40] not in sealed
    assert RECORD.encode() not in sealed
    assert (kept.size, round(kept.seconds, 3), kept.about and kept.about.begun_at) == (len(WORDS), 3.002, AT)
    whole = as_wav(path)
    assert len(whole) == WavStream(path, KEY, kept).size
    with wave.open(io.BytesIO(whole)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (1_000, 1, 2)
        assert file.readframes(9_999) == WORDS
    with pytest.raises(BrokenDatabaseError):
        tapes.look(path, bytes(32))


def test_wherever_the_power_goes_all_finished_pieces_are_there(tmp_path: Path) -> None:
    path = taped(tmp_path)
    whole, sizes = path.read_bytes(), set()
    for end in range(0, len(whole), 19):
        path.write_bytes(whole[:end])
        kept = tapes.look(path, KEY)
        assert kept.size % SOUND.a_second == 0
        assert b"".join(tapes.pieces(path, KEY))[-kept.size or len(whole) :] == WORDS[: kept.size]
        sizes.add(kept.size)
    assert sizes == {second * SOUND.a_second for second in range(4)}
    torn = bytearray(whole)
    torn[-3:] = b"\0\0\0"
    path.write_bytes(torn)
    assert tapes.look(path, KEY).size == 3 * SOUND.a_second, "garbage at the end is what was not finished"
    torn[len(torn) // 2] ^= 1
    path.write_bytes(torn)
    with pytest.raises(BrokenDatabaseError):
        tapes.look(path, KEY)


def test_a_length_that_was_changed_is_not_taken_for_the_end(tmp_path: Path) -> None:
    """Only what is shorter than a piece can be unfinished; a tape that ends too early by a changed byte is told."""
    path = taped(tmp_path)
    whole = path.read_bytes()
    first = len(tapes.MAGIC) + tapes.SALT
    starts = [first]
    while starts[-1] < len(whole):
        starts.append(starts[-1] + 4 + int.from_bytes(whole[starts[-1] : starts[-1] + 4], "big"))
    for start in starts[:-2]:  # every piece but the two samples at the end
        for length in (0, 15, 17, 5_000, len(whole) - start - 4, 1 << 31):
            path.write_bytes(whole[:start] + length.to_bytes(4, "big") + whole[start + 4 :])
            with pytest.raises(BrokenDatabaseError):
                tapes.look(path, KEY)
    path.write_bytes(whole[: starts[3]] + bytes(starts[4] - starts[3]))
    assert tapes.look(path, KEY).size == 2 * SOUND.a_second, "a power cut leaves noughts of a piece"
    for start in (0, 10):
        torn = bytearray(whole)
        torn[start] ^= 1
        path.write_bytes(torn)
        with pytest.raises(BrokenDatabaseError):
            tapes.look(path, KEY)


def test_a_tape_that_is_full_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, synced = list[tuple[int, str]](), list[Path]()
    monkeypatch.setattr(tapes, "FULL", 2 * SOUND.a_second)
    monkeypatch.setattr(tapes, "need_room", lambda folder, size, words: asked.append((size, words)))
    monkeypatch.setattr(tapes, "sync_folder", synced.append)
    tape = Tape(tmp_path, KEY, RECORD, AT, SOUND)
    tape.add(WORDS)
    assert round(tape.seconds, 3) == 3.002
    tape.close()
    found = tapes.of_record(tmp_path, RECORD)
    looked = [tapes.look(path, KEY) for path in found]
    assert [kept.size for kept in looked] == [2 * SOUND.a_second, SOUND.a_second + 4]
    assert b"".join(as_wav(path)[tapes.HEADER :] for path in found) == WORDS
    parts = [(kept.about.part, kept.about.begun_at - AT) for kept in looked if kept.about]
    assert parts == [(1, timedelta(0)), (2, timedelta(seconds=2))], "each has a time of its own"
    assert asked == [(tapes.NEEDED, tapes.NO_ROOM), (tapes.NEEDED_NEXT, tapes.NO_ROOM_NEXT)]
    assert tapes.NEEDED_NEXT < tapes.NEEDED, "who speaks is not cut off where a start would be refused"
    assert synced == [tmp_path, tmp_path], "the name of a tape outlives a power cut"


def test_a_tape_without_a_beginning_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(tapes.os, "fsync", full)
    with pytest.raises(DiskFullError):
        Tape(tmp_path, KEY, RECORD, AT, SOUND)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    tape = Tape(tmp_path, KEY, RECORD, AT, SOUND)
    tape.add(WORDS)
    assert not tape.gone
    assert tapes.seconds_of(tmp_path, KEY, {RECORD, "another"}) == 3.0
    tapes.drop(tmp_path, {RECORD})
    assert tape.gone
    tape.discard()
    assert tapes.seconds_of(tmp_path, KEY, {RECORD}) is None


def test_a_tape_that_goes_while_tapes_are_listed_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, stat = taped(tmp_path), Path.stat

    def taken_away(self: Path, **how: Any) -> os.stat_result:
        if self == path:
            path.unlink(missing_ok=True)
        return stat(self, **how)

    monkeypatch.setattr(Path, "stat", taken_away)
    assert tapes.of_record(tmp_path, RECORD) == []


def test_a_program_that_is_killed_leaves_what_it_had_heard(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from zzdesk.evidence.tapes import Sound, Tape\n"
        f"tape = Tape(Path(sys.argv[1]), bytes(range(32)), {RECORD!r}, datetime.now(UTC), Sound(1000, 1))\n"
        "for at in range(7): tape.add(bytes([at]) * 700)\n"
        "print(tape.size, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "4000"
        child.kill()
        child.wait()
    (path,) = tapes.of_record(tmp_path, RECORD)
    assert tapes.look(path, KEY).size == 4_000
