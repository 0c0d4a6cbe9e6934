"""What lies on the tapes of a session: kept also when it is closed, and by a keeping that fails nothing is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.zzdesk.mediation.case_file import File
from zzdesk.clock import local
from zzdesk.desk import recording
from zzdesk.desk.session import Desk
from zzdesk.errors import DiskFullError, RefusedError
from zzdesk.evidence import tapes
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.tapes import Sound, Tape

SOUND = Sound(1_000, 1)


def taped(desk: Desk, session: str, seconds: int, sound: bytes = b"ab") -> Tape:
    tape = Tape(desk.paths.tapes, desk.store.key, session, desk.clock.now(), SOUND)
    tape.add(sound * 1_000 * seconds)
    tape.close()
    return tape


def test_what_a_killed_program_left_is_kept_also_when_the_session_is_closed(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, session = file.station["chen"], file.closed_session()
    monkeypatch.setattr(tapes, "FULL", 2 * SOUND.a_second)
    taped(desk, session, 3)
    taped(desk, session, 0)
    number = file.station.show("chen", "case", file.id)["alias"]
    assert recording.sweep(desk) == (number,)
    assert recording.sweep(file.station["zheng"]) == (), "who is not of the team is told nothing"
    with pytest.raises(RefusedError):
        recording.keep(file.station["zheng"], session)
    assert recording.left(desk, session) == recording.Left(3.0)
    saved = recording.keep(desk, session)
    assert (saved.kept, saved.broken) == (2, 0)
    with desk.store.reader() as read:
        names = sorted(read.scalars(select(Attachment.name).where(Attachment.record_id == session)))
    at = local(desk.clock.now())
    times = [f"{moment:%Y%m%d-%H%M%S}" for moment in (at, at + timedelta(seconds=2))]
    assert names == [f"录音-{times[0]}.wav", f"录音-{times[1]}-2.wav"], "each part has a name and a time of its own"
    assert recording.sweep(desk) == ()
    assert recording.keep(desk, session).kept == 0
    taped(desk, session, 1)
    recording.delete(desk, session, "当事人要求")
    assert file.station.rows("chen", "statement", session_id=session)[-1]["text"].endswith("当事人要求")
    assert recording.left(desk, session) is None


def test_a_keeping_that_fails_leaves_no_copy_of_what_it_had_taken(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, session = file.station["chen"], file.closed_session()
    for sound in (b"ab", b"cd"):
        taped(desk, session, 1, sound)
    put, asked = FileStore.put_stream, list[int]()

    def full(self: FileStore, source: tapes.WavStream, size: int) -> object:
        asked.append(size)
        if len(asked) == 2:
            raise DiskFullError("磁盘已满")
        return put(self, source, size)

    before = sorted(desk.paths.files.glob("*"))
    with monkeypatch.context() as second:
        second.setattr(FileStore, "put_stream", full)
        with pytest.raises(DiskFullError) as told:
            recording.keep(desk, session)
    assert told.value.message == recording.STAYS
    assert sorted(desk.paths.files.glob("*")) == before, "a voice that nobody kept lies nowhere but on its tape"
    taped(desk, session, 1, b"ef")
    assert recording.keep(desk, session).kept == 3
