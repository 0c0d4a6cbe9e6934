"""Whose voice is heard in a session is asked before it is recorded, and no other way takes a recording in (PIPL 13, 29)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zzdesk.mediation.case_file import SESSION, File
from zzdesk.desk import recording, records, room
from zzdesk.errors import InvalidError, RefusedError

ALL = "全部同意"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "录音.wav"
    path.write_bytes(b"RIFF of a recorder")
    return path


@pytest.fixture
def session(file: File) -> str:
    made = file.add("session", **SESSION)
    file.notify()
    return made


def attach(file: File, kind: str, record_id: str, path: Path, purpose: str) -> str:
    write = file.station["chen"].write
    return write(records.attach, file.station.files, kind, record_id, path, {"purpose": purpose}).created[0]


def agree(file: File, session: str, *who: str) -> None:
    file.station["chen"].write(room.agree_to_recording, session, who)


def may(file: File, session: str) -> bool:
    """Say whether the window offers it; the command says the same."""
    chen = file.station["chen"]
    offered = room.may_record(chen.read(room.room, session))
    if offered:
        chen.write(recording.go_on, session)
    else:
        with pytest.raises(RefusedError, match=ALL):
            chen.write(recording.go_on, session)
    return offered


def test_no_way_takes_in_a_recording_that_was_not_agreed_to(file: File, session: str, sound: Path) -> None:
    with pytest.raises(RefusedError, match=ALL):
        attach(file, "session", session, sound, "recording")
    other = attach(file, "session", session, sound, "other")
    with pytest.raises(RefusedError, match=ALL):
        file.station.edit("chen", "attachment", other, {"purpose": "recording"})
    for kind, record_id in (("case", file.id), ("dispute", file.dispute), ("party", file.lin)):
        with pytest.raises(RefusedError, match="只能附在调解会"):
            attach(file, kind, record_id, sound, "recording")
        elsewhere = attach(file, kind, record_id, sound, "other")
        with pytest.raises(RefusedError, match="只能附在调解会"):
            file.station.edit("chen", "attachment", elsewhere, {"purpose": "recording"})
    assert [row for row in file.station.rows("chen", "attachment") if row["purpose"] == "recording"] == []
    agree(file, session, file.lin, file.huang)
    file.station.edit("chen", "attachment", other, {"purpose": "recording"})
    attach(file, "session", session, sound, "recording")
    agree(file, session)
    file.station.edit("chen", "attachment", other, {"note": "前半段", "purpose": "recording"})  # it was taken in with consent


def test_everybody_who_is_heard_is_asked(file: File, session: str) -> None:
    """Parties, whoever was let in, and who speaks for a party; who is not there is not asked."""
    chen = file.station["chen"]
    agree(file, session, file.lin, file.huang)
    assert may(file, session)
    agreed = {"name": "陈老", "capacity": "relative", "agreed_by": [file.lin, file.huang]}
    chen.write(room.invite, session, agreed)
    assert not may(file, session), "who comes in is heard, too"
    (guest,) = [row["id"] for row in file.station.rows("chen", "participant")]
    agree(file, session, file.lin, file.huang, guest)
    assert may(file, session)
    file.station.edit("chen", "party", file.huang, {"agent_name": "赵律师"})
    assert not may(file, session)
    agent = f"agent:{file.huang}"
    assert room.heard(chen.read(room.room, session)) == (file.lin, file.huang, agent, guest)
    agree(file, session, file.lin, file.huang, guest, agent)
    assert may(file, session)
    for nobody in ("mediator", "agent:" + guest, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(InvalidError, match="recording_agreed_by"):
            agree(file, session, file.lin, nobody)
    agree(file, session, file.lin)
    file.station.edit("chen", "session", session, {"present": [file.lin], "invited": []})
    assert may(file, session)
    file.station.edit("chen", "session", session, {"present": [file.lin, file.huang]})
    assert not may(file, session)
