"""Duplicates, repeats and refusals of reports: proposed with grounds, linked and unlinked, refused by the list (B2.5, B2.6)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from zzdesk.desk import supervising
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import translate
from zzdesk.places.addresses import address_key, box, metres, spot_of
from zzdesk.reports import commands, duplicates, links, queries, refusals, slips
from zzdesk.store import search

TEMPLE = {"latitude": "24.511900", "longitude": "117.655400"}
FIRST = {"title": "文庙门口石板松动，老人绊倒", "category": "road", "address": "香港路北段", "reporter_name": "林志强",
         "reporter_phone": "13800596001"} | TEMPLE  # fmt: skip
SECOND = {"title": "文庙牌坊前面石板翘起来", "category": "road", "reporter_name": "陈美玲", "reporter_phone": "13959600002"}


def suspects(station: Station, fields: dict[str, Any], but: str = "") -> tuple[duplicates.Suspect, ...]:
    return station["lin"].read(duplicates.suspects, fields, but)


def family(station: Station, report: str) -> links.Family:
    return station["lin"].read(links.family, report)


def ids(found: links.Family) -> list[str]:
    return [member.id for member in found.members]


# ---- what is proposed -----------------------------------------------------------------------------------------------


def test_a_near_report_of_the_same_category_is_proposed_with_distance_and_grounds(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    [found] = suspects(station, SECOND | {"latitude": "24.512100", "longitude": "117.655500"})
    assert (found.id, found.grounds, found.distance) == (first, ("place",), 24)
    assert found.created_at == station.clock.now()
    assert 20 < found.likeness < 60


@pytest.mark.parametrize("other", [
    {"category": "lighting"}, {"latitude": "24.512400"}, {"latitude": "24.511900", "longitude": "117.655900"}, {"category": None},
])  # fmt: skip
def test_another_category_or_more_than_fifty_metres_is_another_matter(station: Station, other: dict[str, Any]) -> None:
    station.add("lin", "report", FIRST)
    assert suspects(station, SECOND | TEMPLE | other) == ()


def test_one_address_counts_for_thirty_days_however_it_is_written(station: Station) -> None:
    first = station.add("lin", "report", FIRST | {"latitude": None, "longitude": None})
    asked = SECOND | {"address": "漳州市芗城区香港路 （北段）"}
    assert [(s.id, s.grounds, s.distance) for s in suspects(station, asked)] == [(first, ("address",), None)]
    station.clock.advance(timedelta(days=30).total_seconds())
    assert len(suspects(station, asked)) == 1
    station.clock.advance(timedelta(seconds=1).total_seconds())
    assert suspects(station, asked) == ()


def test_much_the_same_words_are_proposed_and_few_words_are_not(station: Station) -> None:
    station.add("lin", "report", {"title": "台湾路第三根路灯晚上不亮", "category": "lighting"})
    assert [s.grounds for s in suspects(station, {"title": "台湾路第三根路灯不亮了", "category": "lighting"})] == [("text",)]
    assert suspects(station, {"title": "新华西路的灯箱漏电", "category": "lighting"}) == ()


def test_void_and_refused_reports_and_the_report_itself_are_not_proposed(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    assert suspects(station, FIRST, but=first) == ()
    station.act("lin", "report", first, "void", "登记错了")
    other = station.add("lin", "report", FIRST)
    station.act("lin", "report", other, "refuse", refusal_reason="outside-area")
    assert suspects(station, FIRST) == ()


def test_the_likeliest_come_first_and_no_more_than_five(station: Station) -> None:
    for n in range(7):
        station.add("lin", "report", FIRST | {"latitude": f"24.5119{n}0", "address": f"香港路{n}号", "title": f"石板第{n}块"})
    found = suspects(station, FIRST | {"address": "香港路3号"})
    assert len(found) == 5
    assert (found[0].address, found[0].grounds) == ("香港路3号", ("place", "address"))
    assert [s.distance for s in found[1:]] == sorted(s.distance or 0 for s in found[1:])


def test_numbers_of_people_in_the_texts_are_masked(station: Station) -> None:
    station.add("lin", "report", FIRST | {"title": "打13800596001找林先生看石板"})
    assert suspects(station, FIRST)[0].title == "打138****6001找林先生看石板"


def test_nobody_without_the_right_to_read_is_shown_anything(station: Station) -> None:
    station.add("lin", "report", FIRST)
    with pytest.raises(RefusedError):
        station["guo"].read(duplicates.suspects, FIRST)


@given(st.floats(18, 53), st.floats(73, 135), st.floats(0, 360), st.floats(0, 50))
def test_the_box_holds_every_place_within_its_radius(north: float, east: float, turn: float, far: float) -> None:
    import math

    spot = (north, east)
    degrees = far / 111_195
    other = (north + degrees * math.cos(math.radians(turn)),
             east + degrees * math.sin(math.radians(turn)) / math.cos(math.radians(north)))  # fmt: skip
    assert metres(spot, other) == pytest.approx(far, abs=0.01)
    low, high = box(spot, 50.001)
    assert low[0] <= other[0] <= high[0]
    assert low[1] <= other[1] <= high[1]


@pytest.mark.parametrize("pair", [(None, "117"), ("24.5", ""), ("x", "117"), ("91", "10"), ("24", "181"), ("nan", "1")])
def test_what_is_no_place_is_none(pair: tuple[str | None, str | None]) -> None:
    assert spot_of(*pair) is None


@pytest.mark.parametrize("written", ["文庙门口", " 文庙 门口 ", "福建省漳州市芗城区文庙门口", "文庙（门口）", "漳州文庙门口"])
def test_an_address_has_one_key_however_it_is_written(written: str) -> None:
    assert address_key(written) == "文庙门口"
    assert address_key("漳州市") == "漳州市"


# ---- linked, and taken back -----------------------------------------------------------------------------------------


def test_two_reports_are_linked_and_both_reporters_stay_listed(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    station.clock.advance(timedelta(minutes=5).total_seconds())
    second = station.add("lin", "report", SECOND)
    station["lin"].write(links.link, first, second, {"grounds": ["place"], "distance": 24, "likeness": 33})
    for one in (first, second):
        found = family(station, one)
        assert (found.lead_id, ids(found)) == (first, [first, second])
        assert [(m.reporter, m.phone) for m in found.members] == [("林*强", "138****6001"), ("陈*玲", "139****0002")]
        assert [(w.report_id, w.lead_id, w.grounds, w.distance, w.likeness) for w in found.said] == [
            (second, first, ("place",), 24, 33)]  # fmt: skip
    assert station.show("lin", "report", second)["state"] == "registered"


def test_a_link_is_undone_at_any_time_with_its_whole_history(station: Station) -> None:
    first, second = station.add("lin", "report", FIRST), station.add("lin", "report", SECOND)
    desk = station["lin"]
    desk.write(links.link, second, first)
    station.clock.advance(timedelta(days=3).total_seconds())
    with pytest.raises(RefusedError):
        desk.write(links.unlink, second, " ")
    desk.write(links.unlink, second, "是两块不同的石板，电话13800596001核对过")
    assert [ids(family(station, one)) for one in (first, second)] == [[first], [second]]
    station.clock.advance(timedelta(days=1).total_seconds())
    desk.write(links.link, second, first, {"reason": "又看了一次，是一处"})
    said = family(station, first).said
    assert [(w.action, w.created_by) for w in said] == [(a, desk.actor.account_id) for a in ("link", "unlink", "link")]
    assert said[1].reason == "是两块不同的石板，电话138****6001核对过"
    assert ids(family(station, first)) == [first, second]


def test_who_is_linked_to_a_follower_is_linked_to_its_lead(station: Station) -> None:
    reports = []
    for n in range(4):
        reports.append(station.add("lin", "report", FIRST | {"title": f"石板{n}"}))
        station.clock.advance(timedelta(minutes=1).total_seconds())
    a, b, c, d = reports
    desk = station["lin"]
    desk.write(links.link, c, d)
    desk.write(links.link, d, b)
    desk.write(links.link, a, d)
    assert (family(station, d).lead_id, ids(family(station, c))) == (a, [a, b, c, d])
    with pytest.raises(RefusedError):
        desk.write(links.link, b, c)
    desk.write(links.unlink, d, "不是")
    assert d not in ids(family(station, c))
    assert family(station, d).lead_id == d


def test_what_cannot_be_linked_is_refused(station: Station) -> None:
    first, second = station.add("lin", "report", FIRST), station.add("lin", "report", SECOND)
    desk = station["lin"]
    for one, other, error in ((first, first, InvalidError), (first, "0" * 36, NotFoundError)):
        with pytest.raises(error):
            desk.write(links.link, one, other)
    with pytest.raises(RefusedError):
        desk.write(links.unlink, first, "没有关联")
    with pytest.raises(RefusedError):
        station["yan"].write(links.link, first, second)
    station.act("lin", "report", second, "void", "登记错了")
    with pytest.raises(RefusedError):
        desk.write(links.link, first, second)
    with pytest.raises(InvalidError):
        station.add("lin", "link", {"report_id": first, "lead_id": second, "action": "unlink"})


def test_who_asked_for_secrecy_is_not_named_in_the_list_of_reporters(station: Station) -> None:
    first = station.add("lin", "report", FIRST | {"name_hidden": True})
    second = station.add("lin", "report", SECOND | {"reporter_name": None, "reporter_phone": None, "anonymous": True})
    station["lin"].write(links.link, first, second)
    assert [(m.reporter, m.phone, m.sealed, m.anonymous) for m in family(station, first).members] == [
        ("", "", True, False), ("", "", False, True)]  # fmt: skip


def _word(n: int, one: str, other: str, undoes: int | None = None) -> Any:
    action = links.LINK if undoes is None else links.UNLINK
    return SimpleNamespace(id=n, report_id=one, lead_id=other, action=action, undoes=undoes)


def test_what_two_desks_say_apart_comes_together_in_any_order() -> None:
    said = [_word(1, "b", "a"), _word(2, "a", "b"), _word(3, "c", "b"), _word(4, "b", "a", undoes=1)]
    for words in (said, said[::-1], [said[2], said[0], said[3], said[1]]):
        pairs = links.standing(words)
        assert sorted(pairs) == [("a", "b"), ("c", "b")]
        assert links.reachable("c", pairs) == {"a", "b", "c"}
        assert links.reachable("x", pairs) == {"x"}


# ---- complaints that come again -------------------------------------------------------------------------------------


def close(station: Station, report: str, verifier: str = "zhuang") -> None:
    station.act(verifier, "report", report, "accept")
    station.act(verifier, "report", report, "confirm", note="看过，属实")
    station.act("lin", "report", report, "dispatch", handler_unit="市政")
    station.act("lin", "report", report, "finish", note="已修")
    now = station.clock.now().isoformat()
    station.act("lin", "report", report, "inform", contact_result="answered", contact_at=now, contact_phone="13800596001")
    station.act("lin", "report", report, "evaluate", answer="satisfied")


@pytest.mark.parametrize("again", [
    {"reporter_phone": "138 0059 6001", "title": "还是那块"},
    {"latitude": "24.511950", "longitude": "117.655400"},
    {"address": "香港路北段"},
])  # fmt: skip
def test_the_same_person_or_place_within_thirty_days_after_closing_is_a_repeat(station: Station, again: dict[str, Any]) -> None:
    first = station.add("lin", "report", FIRST)
    station.clock.advance(timedelta(days=40).total_seconds())
    close(station, first)
    station.clock.advance(timedelta(days=30).total_seconds())
    new = station.add("lin", "report", {"title": "石板又翘了", "category": "road"} | again)
    assert station.show("lin", "report", new)["repeat_of"] == first
    station.clock.advance(timedelta(seconds=1).total_seconds())
    late = station.add("lin", "report", {"title": "石板又翘了", "category": "road"} | again)
    assert station.show("lin", "report", late).get("repeat_of") is None


def test_another_category_place_or_an_open_report_is_no_repeat(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    assert station.show("lin", "report", station.add("lin", "report", FIRST)).get("repeat_of") is None
    close(station, first)
    for other in ({"category": "lighting"}, {"latitude": "24.52", "reporter_phone": None, "address": "台湾路"}):
        assert station.show("lin", "report", station.add("lin", "report", FIRST | other)).get("repeat_of") is None


def test_a_repeat_goes_to_another_verifier_than_any_before(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    close(station, first, verifier="zhuang")
    again = station.add("lin", "report", FIRST)
    for action in ("accept",):
        with pytest.raises(RefusedError, match="重复诉求"):
            station.act("zhuang", "report", again, action)
    close(station, again, verifier="lin")
    third = station.add("lin", "report", FIRST)
    assert station.show("lin", "report", third)["repeat_of"] == again
    for login in ("zhuang", "lin"):
        with pytest.raises(RefusedError, match="重复诉求"):
            station.act(login, "report", third, "accept")


def test_open_repeats_stand_on_the_list_of_who_supervises(station: Station) -> None:
    first = station.add("lin", "report", FIRST)
    close(station, first)
    station.add("lin", "report", FIRST | {"category": "lighting"})
    again = station.add("lin", "report", FIRST | {"title": "又翘了，打13800596001"})
    [found] = station["lin"].read(supervising.open_repeats)
    number = station.show("lin", "report", first)["number"]
    assert (found.id, found.title, found.state, found.earlier) == (again, "又翘了，打138****6001", "registered", number)
    assert station["yan"].read(supervising.open_repeats) == ()
    station.act("lin", "report", again, "refuse", refusal_reason="finished")
    assert station["lin"].read(supervising.open_repeats) == ()


# ---- refusals -------------------------------------------------------------------------------------------------------


def test_the_list_has_the_ten_reasons_and_each_names_other_ways() -> None:
    listed = refusals.reasons()
    assert len(listed) == 10
    assert len({reason.code for reason in listed}) == 10
    assert all(len(reason.ways) > 10 for reason in listed)
    assert refusals.reasons("of a newer program") == ()


def test_a_refusal_is_recorded_with_reason_edition_and_other_ways(station: Station) -> None:
    report = station.add("lin", "report", FIRST)
    station.act("lin", "report", report, "refuse", refusal_reason="in-procedure", note="法院已立案")
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["refusal_reason"], shown["refusal_list"]) == ("refused", "in-procedure", refusals.EDITION)
    assert shown["refusal_ways"] == refusals.reason_of("in-procedure").ways
    [step] = station["lin"].read(queries.detail, report).steps
    assert (step.action, step.from_state, step.to_state, step.note) == ("refuse", "registered", "refused", "法院已立案")
    assert step.reason == "已经进入诉讼、仲裁、行政复议程序"
    with pytest.raises(RefusedError):
        station.edit("lin", "report", report, {"title": "改"})
    station.act("lin", "report", report, "reconsider", "当事人撤诉了")
    assert station.show("lin", "report", report)["state"] == "registered"


def test_the_words_of_the_list_are_kept_once_and_shown_to_each_reader(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works in English keeps the same record; what a person wrote stays as it was written."""
    reason = refusals.reason_of("in-procedure")
    monkeypatch.setenv("ZZDESK_LANG", "en")
    prefilled, own = (station.add("lin", "report", FIRST | {"title": title}) for title in "ab")
    station.act("lin", "report", prefilled, "refuse", refusal_reason=reason.code, refusal_ways=translate(reason.ways))
    station.act("lin", "report", own, "refuse", refusal_reason=reason.code, refusal_ways="Ask the court.")
    for language in ("en", "zh"):
        monkeypatch.setenv("ZZDESK_LANG", language)
        assert station.show("lin", "report", prefilled)["refusal_ways"] == reason.ways
        assert station.show("lin", "report", own)["refusal_ways"] == "Ask the court."
        [step] = station["lin"].read(queries.detail, prefilled).steps
        assert step.reason == translate(reason.text)
        slips_of = [station["lin"].read(slips.slip, each).refusal_ways for each in (prefilled, own)]
        assert slips_of == [translate(reason.ways), "Ask the court."]
    assert translate(reason.ways, "en") != reason.ways


def test_what_is_no_refusal_is_not_recorded_as_one(station: Station) -> None:
    report = station.add("lin", "report", FIRST)
    for step in ({}, {"refusal_reason": "because"}, {"refusal_reason": "other"}, {"refusal_reason": "secret", "title": "x"}):
        with pytest.raises(InvalidError):
            station.act("lin", "report", report, "refuse", **step)
    with pytest.raises(RefusedError):
        station.act("yan", "report", report, "refuse", refusal_reason="secret")
    station.act("lin", "report", report, "accept")
    with pytest.raises(RefusedError):
        station.act("lin", "report", report, "refuse", refusal_reason="secret")
    assert station.show("lin", "report", report)["state"] == "verifying"
    assert station.show("lin", "report", report).get("refusal_reason") is None


# ---- sealed names ---------------------------------------------------------------------------------------------------


def test_a_sealed_name_is_nowhere_until_it_is_asked_for_with_a_reason(station: Station) -> None:
    sealed = station.add("lin", "report", FIRST | {"name_hidden": True})
    plain = station.add("lin", "report", FIRST | {"title": "别的"})
    desk = station["lin"]
    shown = station.show("lin", "report", sealed)
    assert (shown["reporter_name"], shown["reporter_phone"]) == ("***", "***")
    assert station.show("lin", "report", plain)["reporter_name"] == "林*强"
    assert desk.read(queries.detail, sealed).fields["reporter_name"] == "***"
    for asked in ("林志强", "lzq", "13800596001", "6001"):
        with desk.store.reader() as session:
            assert search.search(session, asked, ("report",)) == [("report", plain)]
    from zzdesk.desk import records

    desk.write(records.reveal, "report", sealed, "reporter_name", "派出所来函核实")
    assert desk.read(records.revealed, "report", sealed, "reporter_name") == "林志强"
    assert station.audit("person.reveal")[-1]["reason"] == "派出所来函核实"


def test_a_name_that_is_sealed_later_leaves_the_index(station: Station) -> None:
    report = station.add("lin", "report", FIRST)
    station.edit("lin", "report", report, {"name_hidden": True})
    with station["lin"].store.reader() as session:
        assert search.search(session, "林志强", ("report",)) == []
    station["lin"].write(commands.edit, report, {"name_hidden": False})
    with station["lin"].store.reader() as session:
        assert search.search(session, "林志强", ("report",)) == [("report", report)]


def test_no_question_and_no_call_tells_whose_a_sealed_report_is(station: Station) -> None:
    sealed = station.add("lin", "report", FIRST | {"name_hidden": True})
    plain = station.add("lin", "report", FIRST)
    phone, name = FIRST["reporter_phone"], FIRST["reporter_name"]
    for field, value in (("reporter_phone", phone), ("reporter_name", name)):
        assert [row["id"] for row in station.rows("zhuang", "report", **{field: value})] == [plain]
    for action, step in (("accept", {}), ("unfounded", {"reason": "没有这件事"})):
        station.act("lin", "report", sealed, action, **step)
    call = {"contact_result": "answered", "contact_at": "2026-11-23T00:30:00.000Z"}
    missed = {"contact_result": "no-answer", "contact_at": "2026-11-23T00:20:00.000Z"}
    station.act("lin", "report", sealed, "inform", **missed)
    station.act("lin", "report", sealed, "inform", contact_phone=f"+86 {phone}", **call)
    assert not any("contact_phone" in row for row in station.rows("zhuang", "step", report_id=sealed))
    assert station.show("zhuang", "report", sealed)["state"] == "evaluating"
