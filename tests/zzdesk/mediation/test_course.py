"""Who is invited, what is inquired into, more time, signs of escalation, the committee (PML articles 8, 9, 14, 20, 25)."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import SESSION, File
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.mediation import papers, tables
from zzdesk.mediation.reminders import LINES, reminders

INQUIRY = {
    "started_at": "2026-11-23T08:00:00+08:00", "place": "三楼", "asked": "郭大伯", "recorder": "陈建华", "record": "上月起漏",
}  # fmt: skip


def test_nobody_is_in_a_session_before_each_party_agreed(file: File, station: Station) -> None:
    """PML article 20."""
    guest = file.add("participant", name="郭大伯", capacity="relative", agreed_by=[file.lin])
    with pytest.raises(RefusedError, match="第二十条"):
        file.add("session", **SESSION, invited=[guest])
    with pytest.raises(InvalidError, match="agreed_by"):
        station.edit("chen", "participant", guest, {"refused_by": [file.lin]})
    with pytest.raises(InvalidError, match="agreed_by"):
        station.edit("chen", "participant", guest, {"agreed_by": ["nobody"]})
    assert "agreed_at" not in station.show("chen", "participant", guest)
    station.edit("chen", "participant", guest, {"agreed_by": [file.lin, file.huang]})
    assert station.show("chen", "participant", guest)["agreed_at"]
    session = file.add("session", **SESSION, invited=[guest])
    station.edit("chen", "participant", guest, {"agreed_by": [file.lin], "refused_by": [file.huang]})
    file.notify()
    with pytest.raises(RefusedError, match="第二十条"):
        file.act("session", session, "close", record="…", result="continues")


def test_only_who_is_there_has_to_be_told_before_a_session_ends(file: File) -> None:
    """PML articles 23 and 24."""
    session = file.add("session", **SESSION, present=[file.lin])
    file.act("party", file.lin, "notify", notice_signed=True)
    file.act("session", session, "close", record="先听林秀英说", result="continues", **file.heard() | {"signed_by": [file.lin]})
    with pytest.raises(InvalidError, match="present"):
        file.add("session", **SESSION, present=["nobody"])


def test_an_inquiry_is_final_when_it_is_closed(file: File, station: Station) -> None:
    inquiry = file.add("investigation", **(INQUIRY | {"record": None}))
    with pytest.raises(RefusedError, match="record"):
        file.act("investigation", inquiry, "close")
    file.act("investigation", inquiry, "close", record="上月起漏", signing="signed")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("chen", "investigation", inquiry, {"record": "上周起漏"})


def test_more_time_is_a_record_with_everybodys_consent(file: File, station: Station) -> None:
    """Domain rules B1.1, one-month rule."""
    for agreed in ([file.lin], [file.lin, "nobody"]):
        with pytest.raises((RefusedError, InvalidError)):
            file.add("extension", until="2027-01-22", reason="等鉴定", agreed_by=agreed)
    both = {"agreed_by": [file.lin, file.huang], "reason": "等鉴定"}
    with pytest.raises(InvalidError, match="until"):
        file.add("extension", until="2026-12-23", **both)
    made = station.show("chen", "extension", file.add("extension", until="2027-01-22", **both))
    assert (made["from_day"], station.show("lin", "case", file.id)["extended_to"]) == ("2026-12-23", "2027-01-22")
    with pytest.raises(InvalidError, match="extended_to"):
        station.edit("chen", "case", file.id, {"extended_to": "2027-03-01"})
    last = file.add("extension", until="2027-03-01", **both)
    for void, day in ((last, "2027-01-22"), (made["id"], None)):
        file.act("extension", void, "void", "写错了")
        assert station.show("lin", "case", file.id).get("extended_to") == day
    station["chen"].write(papers.unvoid_paper, "extension", last, "没错")
    assert station.show("lin", "case", file.id)["extended_to"] == "2027-03-01"


def test_a_void_dispute_leaves_nothing_on_the_stub(file: File, station: Station) -> None:
    def stub() -> tuple[object, ...]:
        shown = station.show("lin", "case", file.id)
        return shown.get("prevented"), shown.get("prevented_people"), shown.get("escalation")

    station.edit("chen", "dispute", file.dispute, {"prevented": "criminal", "prevented_people": 3, "signs": ["threat"]})
    file.act("dispute", file.dispute, "void", "登错了案件")
    assert stub() == (None, None, tables.CALM)
    station["chen"].write(papers.unvoid_paper, "dispute", file.dispute, "没有登错")
    assert stub() == ("criminal", 3, tables.RED)
    file.act("dispute", file.dispute, "void", "登错了案件")
    file.add("dispute", title="另一件")
    with pytest.raises(RefusedError, match="已经登记"):
        station["chen"].write(papers.unvoid_paper, "dispute", file.dispute, "没有登错")


@pytest.mark.parametrize(
    ("signs", "intensity", "level"),
    [
        ((), None, tables.CALM), (("weak",), None, tables.WATCH), (("repeated",), "high", tables.WARN),
        (("crowd", "police-before"), None, tables.RED), (("threat",), "low", tables.RED), (("of-tomorrow",), None, tables.CALM),
    ],
)  # fmt: skip
def test_ticked_signs_come_to_a_level(signs: tuple[str, ...], intensity: str | None, level: int) -> None:
    """PML article 25; D06: 扬言动手 alone is red."""
    assert tables.escalation(signs, intensity) == level


def test_a_red_case_is_on_top_for_everybody_without_a_word_of_why(file: File, station: Station) -> None:
    with pytest.raises(InvalidError, match="signs"):
        station.edit("chen", "dispute", file.dispute, {"signs": ["of-tomorrow"]})
    station.edit("chen", "dispute", file.dispute, {"signs": ["threat", "drink"], "intensity": "high"})
    assert station.show("lin", "case", file.id)["escalation"] == tables.RED
    found = station["lin"].read(reminders)
    assert [(each.sort, each.record_id) for each in found] == [("red", file.id)]
    station.edit("chen", "dispute", file.dispute, {"signs": [], "intensity": None})
    assert station.show("lin", "case", file.id)["escalation"] == tables.CALM


def test_a_red_case_that_failed_is_still_red(file: File, station: Station) -> None:
    station.edit("chen", "dispute", file.dispute, {"signs": ["threat"], "other_ways_told_at": station.clock.now()})
    file.closed_session("failed")
    file.act("case", file.id, "fail", "谈不拢")
    assert [(each.sort, each.record_id) for each in station["lin"].read(reminders)] == [("red", file.id)]


def test_thirty_days_are_said_however_many_older_cases_others_have(station: Station) -> None:
    """Those of others are not counted against the lines that somebody is shown."""
    theirs = [station.add("wu", "case", {"category": "neighbours", "accepted_on": "2026-10-01"}) for _ in range(LINES + 1)]
    mine = station.add("chen", "case", {"category": "neighbours", "accepted_on": "2026-10-20"})
    assert [(each.sort, each.record_id) for each in station["chen"].read(reminders)] == [("mediation", mine)]
    assert {each.record_id for each in station["wu"].read(reminders)} == set(sorted(theirs)[:LINES])
    assert station["lin"].read(reminders) == ()


def test_a_committee_has_its_members_and_its_term(station: Station) -> None:
    """PML articles 8, 9 and 14: too few, too many or no woman is said, and in nobody's way; a child is no mediator."""
    committee = station.add("zheng", "committee", {"name": "西桥社区人民调解委员会", "prefix": "西桥", "term_from": "2024-01-15"})
    assert station.show("zheng", "committee", committee)["term_to"] == "2027-01-15"

    def said() -> list[tuple[str, int | None]]:
        return [(each.sort, each.count) for each in station["chen"].read(reminders)]

    assert said() == [("term", None), ("members", 0), ("women", None)]
    for name, sex in (("黄建华", "male"), ("林美", "female"), ("郑国", "male")):
        station.add("zheng", "committee_member", {"committee_id": committee, "name": name, "sex": sex, "birth": "1980-05-01"})
    assert said() == [("term", None)]
    with pytest.raises(InvalidError, match="birth"):
        station.add("zheng", "committee_member", {"committee_id": committee, "name": "小陈", "birth": "2008-11-24"})
    for changes, field in (({"prefix": "文川"}, "prefix"), ({"term_to": "2023-01-01"}, "term_to")):
        with pytest.raises((InvalidError, RefusedError), match=field):
            station.edit("zheng", "committee", committee, changes)
    with pytest.raises(InvalidError, match="prefix"):
        station.add("zheng", "committee", {"name": "另一个", "prefix": "西桥2"})
    with pytest.raises(RefusedError, match="权限"):
        station.add("chen", "committee", {"name": "另一个"})
    case = station.add("chen", "case", {"category": "neighbours"})
    assert station.show("lin", "case", case)["committee_id"] == committee
    assert "（2026）" not in station.show("lin", "case", case)["alias"]
