"""What everybody signed stays as it was signed: the record of a session (domain rules B1.2, row 9; PML article 27)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import SESSION, File
from zzdesk.desk import room
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.mediation import papers, signing
from zzdesk.mediation.models import MediationSession, Statement
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork

SAID = {"record": "黄阿明赔6800元", "result": "agreed", "points": ["statements"]}


@pytest.fixture
def signed(file: File) -> str:
    """A session whose record both parties signed."""
    session = file.add("session", **SESSION)
    file.notify()
    file.station.edit("chen", "session", session, SAID | {"read_back": True})
    for party in (file.lin, file.huang):
        file.station["chen"].write(room.add_signature, file.station.files, session, party, b"<svg/>")
    return session


def unplaced(file: File) -> str:
    """A session that says nowhere where it was, and that somebody signed so."""
    session = file.add("session", **SESSION | {"place": None})
    file.station.edit("chen", "session", session, SAID | {"read_back": True, "signed_by": [file.lin]})
    return session


def behind_the_desk(work: UnitOfWork, session: str, record: str) -> ChangeSet:
    """Change a record as another desk's edit does when it is merged."""
    work.get(MediationSession, session).record = record
    return work.commit()


def is_as_signed(station: Station, session_id: str) -> bool:
    with station["chen"].store.reader() as session:
        return stands(session, session_id)


def stands(session: Session, session_id: str) -> bool:
    return signing.is_as_signed(wire_body(kind_of(MediationSession), session.get_one(MediationSession, session_id)))


def test_what_somebody_signed_is_not_edited(file: File, signed: str) -> None:
    changed: tuple[dict[str, object], ...] = ({"record": "黄阿明不赔"}, {"result": "failed"}, {"points": ["rights"]})
    for changes in changed:
        with pytest.raises(RefusedError, match="已有人签名"):
            file.station.edit("chen", "session", signed, changes)
        with pytest.raises(RefusedError, match="已有人签名"):
            file.act("session", signed, "close", **changes)
    with pytest.raises(RefusedError, match="时间和地点不能直接改"):
        file.station.edit("chen", "session", signed, {"place": "西桥社区会议室"})
    with pytest.raises(RefusedError, match="时间和地点不能直接改"):
        file.station.edit("chen", "session", unplaced(file), {"place": "当事人家中"})
    file.station.edit("chen", "session", signed, {"mode": "on-site"})
    file.act("session", signed, "close", mediator_signed=True, recorder_signed=True)
    assert is_as_signed(file.station, signed)


def test_what_was_changed_by_another_desk_is_read_out_and_signed_again(file: File, signed: str) -> None:
    chen = file.station["chen"]
    chen.write(behind_the_desk, signed, "黄阿明赔6800元，另道歉")
    assert any("签名以后" in lack.text and not lack.soft for lack in room.lacks(chen.read(room.room, signed)))
    with pytest.raises(RefusedError) as refused:
        chen.write(room.close, signed, "记录人没签")
    assert refused.value.params["code"] == "record-changed-after-signing"
    chen.write(room.read_again, signed, "补上道歉")
    file.station.edit("chen", "session", signed, {"read_back": True})
    chen.write(room.add_signature, file.station.files, signed, file.lin, b"<svg/>")
    chen.write(room.close, signed, "黄阿明没有再签")
    assert is_as_signed(file.station, signed)


def test_who_signed_an_agreement_in_effect_stays_who_it_was(file: File) -> None:
    """PML article 29; domain rules B1.2: other parties are agreed anew."""
    station, gone = file.station, file.add("party", role="third", name="误登的人")
    station["chen"].write(papers.void_paper, "party", gone, "误登")
    file.effective()
    person: tuple[dict[str, object], ...] = ({"name": "黄明"}, {"identity_number": "350602194903070020"})
    for changes in person:
        with pytest.raises(RefusedError, match="协议已生效"):
            station.edit("chen", "party", file.huang, changes)
    with pytest.raises(RefusedError, match="协议已生效"):
        station["chen"].write(papers.void_paper, "party", file.huang, "误登")
    with pytest.raises(RefusedError, match="协议已生效"):
        station["chen"].write(papers.unvoid_paper, "party", gone, "补回")
    with pytest.raises(RefusedError, match="协议已生效"):
        file.add("party", role="third", name="陈某")
    station.edit("chen", "party", file.huang, {"phone": "13705962222"})


def test_when_and_where_it_was_is_put_right_in_the_record_until_it_is_signed_and_beside_it_afterwards(file: File) -> None:
    """PML article 27: a paper that somebody signed stays; what is put right stands beside it with its reason (补正)."""
    station = file.station
    session = file.add("session", **SESSION)
    station.clock.advance(8 * 3600)
    file.act("session", session, "correct", started_at="2026-11-23T07:30:00.000Z", place="西桥社区会议室")
    shown = station.show("chen", "session", session)
    assert shown["started_at"] == "2026-11-23T07:30:00.000Z"
    with pytest.raises(InvalidError, match="都没有改"):
        file.act("session", session, "correct", started_at="2026-11-23T07:30:20.000Z")
    assert station.rows("chen", "statement") == []
    file.notify()
    station.edit("chen", "session", session, SAID | {"read_back": True})
    station["chen"].write(room.add_signature, station.files, session, file.lin, b"<svg/>")
    with pytest.raises(RefusedError, match="补正的理由"):
        file.act("session", session, "correct", place="当事人家中")
    file.act("session", session, "correct", "登记时写错", place="当事人家中")
    file.act("session", session, "close", signed_by=[file.lin, file.huang], mediator_signed=True, recorder_signed=True)
    file.act("session", session, "correct", "看错了表", started_at="2026-11-23T08:00:00.000Z")
    with station["chen"].store.reader() as reader:
        kept = reader.get_one(MediationSession, session)
        said = [each.text for each in reader.scalars(select(Statement).order_by(Statement.created_at, Statement.id))]
        assert (kept.place, stands(reader, session)) == ("西桥社区会议室", True), "what was signed stays"
    assert said == [
        "补正：地点原写西桥社区会议室，应为当事人家中。理由：登记时写错",
        "补正：时间原写2026-11-23 15:30，应为2026-11-23 16:00。理由：看错了表",
    ]


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_time_that_cannot_have_been_is_not_written_down(file: File, is_signed: bool) -> None:
    """Neither in the record nor beside it: after now, before the case was accepted, after the session had ended."""
    station = file.station
    session = file.add("session", **SESSION | {"ended_at": "2026-11-23T09:30:00+08:00"})
    if is_signed:
        file.notify()
        station.edit("chen", "session", session, SAID | {"read_back": True})
        station["chen"].write(room.add_signature, station.files, session, file.lin, b"<svg/>")
    station.clock.advance(3600)
    for wrong, why in (
        ("2027-12-28T09:00:00+08:00", "不能晚于现在"), ("2015-12-12T09:00:00+08:00", "不能早于受理的日子"),
        ("2026-11-23T09:40:00+08:00", "不能晚于调解结束的时间"),
    ):  # fmt: skip
        with pytest.raises(InvalidError, match=f"started_at.*{why}"):
            file.act("session", session, "correct", "看错了表", started_at=wrong)
    file.act("session", session, "correct", "看错了表", started_at="2026-11-23T09:10:00+08:00")
