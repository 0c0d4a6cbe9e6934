"""Several reports at once: one transaction each, refusals told and kept apart, a stop in the middle, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import go
from zzdesk.desk import bulk
from zzdesk.desk.bulk import Deed, Result
from zzdesk.errors import DiskFullError, InvalidError, RefusedError
from zzdesk.reports import bulk as commands

BY_TITLE = ("占道", "积水", "路灯", "噪声")


def made(station: Station) -> list[str]:
    common = {"category": "other", "tags": ["旧"], "reporter_phone": "13805961234"}
    return [station.add("lin", "report", common | {"title": title}) for title in BY_TITLE]


Seen = list[tuple[int, int]]


def run(station: Station, ids: list[str], deed: Deed, who: str = "lin", stop_at: int = 99) -> tuple[Result, Seen]:
    seen: Seen = []
    result = bulk.run(station[who], ids, deed, lambda done, of: seen.append((done, of)), lambda: len(seen) >= stop_at)
    return result, seen


def back(station: Station, result: Result, who: str = "lin") -> Result:
    return bulk.take_back(station[who], result, lambda *_: None, lambda: False)


def fields(station: Station, ids: list[str], name: str) -> list[Any]:
    return [station.show("zhuang", "report", report).get(name) for report in ids]


def test_all_are_sent_to_a_unit_and_taken_back(station: Station) -> None:
    ids = made(station)
    for report in ids[:3]:
        go(station, report, "confirm")
    station.edit("lin", "report", ids[0], {"handler_unit": "社区"})
    result, seen = run(station, ids, Deed("dispatch", {"handler_unit": "城管中队", "note": "今天去"}))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [each.id for each in result.done] == ids[:3]
    assert [(each.id, "不能" in each.why) for each in result.refused] == [(ids[3], True)]
    assert fields(station, ids, "state") == ["handling"] * 3 + ["registered"]
    assert {("report", report) for report in ids[:3]} <= result.changes.records
    again = back(station, result)
    assert len(again.done) == 3
    assert fields(station, ids, "state") == ["dispatching"] * 3 + ["registered"]
    assert fields(station, ids, "handler_unit") == ["社区", None, None, None]
    steps = station.rows("zhuang", "step", report_id=ids[0])
    assert [step["action"] for step in steps][-2:] == ["dispatch", "undo"]
    assert steps[-1]["reason"] == "撤销批量办理"


def test_verification_begins_for_all_and_goes_back(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed("accept"))
    assert fields(station, ids, "state") == ["verifying"] * 4
    go_on = {"note": "到场看过"}
    station.act("lin", "report", ids[1], "confirm", **go_on)
    again = back(station, result)
    assert [(each.id, each.why) for each in again.refused] == [(ids[1], "后来又改过，没有撤销")]
    assert fields(station, ids, "state") == ["registered", "dispatching", "registered", "registered"]


@pytest.mark.parametrize(
    ("deed", "name", "then"),
    [
        (Deed("category", {"category": "noise"}), "category", "noise"), (Deed("grid", {"grid": "二网格"}), "grid", "二网格"),
        (Deed("tags", {"add": ["夜间", "旧"], "del": ["旧的"]}), "tags", ["夜间", "旧"]),
        (Deed("tags", {"add": ["夜间"], "del": ["旧"]}), "tags", ["夜间"]), (Deed("grid", {"grid": None}), "grid", None),
    ],
)  # fmt: skip
def test_one_field_of_all_is_changed_and_changed_back(station: Station, deed: Deed, name: str, then: Any) -> None:
    ids = made(station)
    station.edit("lin", "report", ids[0], {"grid": "一网格"})
    was = fields(station, ids, name)
    result, _ = run(station, ids, deed)
    assert [sorted(v) if isinstance(v, list) else v for v in fields(station, ids, name)] == [then] * 4
    assert back(station, result).refused == ()
    assert fields(station, ids, name) == was


def test_what_somebody_changed_since_is_left(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed("category", {"category": "noise"}))
    station.edit("lin", "report", ids[2], {"category": "road"})
    tags, _ = run(station, ids, Deed("tags", {"add": ["夜间"]}))
    station.edit("lin", "report", ids[0], {"tags": ["夜间", "旧", "自己加的"]})
    assert [each.id for each in back(station, result).refused] == [ids[2]]
    assert fields(station, ids, "category") == ["other", "other", "road", "other"]
    assert back(station, tags).refused == ()
    assert sorted(fields(station, ids, "tags")[0]) == ["旧", "自己加的"]


def test_pressing_for_all_and_taking_the_cards_back(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed(bulk.URGE, {"whom": "城管中队", "opinion": "今天内到场"}))
    assert len(station.rows("zhuang", "card")) == 4
    back(station, result)
    assert station.rows("zhuang", "card") == []


def test_claims_are_asked_for_and_given_up(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed("claim"))
    again, _ = run(station, ids, Deed("claim"))
    assert (len(result.done), len(again.refused)) == (4, 4)
    assert back(station, result).refused == ()


def test_filing_has_no_way_back_and_says_so(station: Station) -> None:
    ids = made(station)
    for report in ids[:2]:
        go(station, report, "evaluate")
    result, _ = run(station, ids, Deed("archive"))
    assert fields(station, ids, "state") == ["archived", "archived", "registered", "registered"]
    assert not result.can_undo
    assert {each.why for each in back(station, result).refused} == {"归档不能撤销"}


def test_a_stop_in_the_middle_leaves_whole_records(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed("accept"), stop_at=2)
    assert ([each.id for each in result.done], list(result.left)) == (ids[:2], ids[2:])
    assert fields(station, ids, "state") == ["verifying", "verifying", "registered", "registered"]
    assert all(len(station.rows("zhuang", "step", report_id=report)) == 1 for report in ids[:2])
    back(station, result)
    assert fields(station, ids, "state") == ["registered"] * 4


def test_a_full_disk_ends_it_and_what_was_done_is_told(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    ids, real = made(station), commands.do

    def full(work: Any, report_id: str, deed: Deed) -> Any:
        if report_id == ids[2]:
            raise DiskFullError("磁盘已满，这次没有保存。请先腾出空间，再保存一次；已经保存的内容没有丢失。")
        return real(work, report_id, deed)

    monkeypatch.setattr(commands, "do", full)
    result, _ = run(station, ids, Deed("accept"))
    assert ([each.id for each in result.done], list(result.left)) == (ids[:2], ids[2:])
    assert result.halt.startswith("磁盘已满")


def test_a_slip_is_told_once_and_nothing_is_done(station: Station) -> None:
    ids = made(station)
    for deed in (Deed("dispatch", {"handler_unit": ""}), Deed("tags", {"add": []}), Deed(bulk.URGE, {"whom": "甲"})):
        with pytest.raises(InvalidError):
            run(station, ids, deed)
    assert station.rows("zhuang", "step") == []


def test_what_is_offered_is_lawful_for_all_or_says_for_how_many(station: Station) -> None:
    ids = made(station)
    go(station, ids[0], "confirm")
    go(station, ids[1], "evaluate")
    station.act("lin", "report", ids[2], "void", reason="重复登记")
    told = {offer.action: offer.fits for offer in station["lin"].read(bulk.offers, ids)}
    assert told == {"accept": 1, "dispatch": 1, "archive": 1} | dict.fromkeys(
        ("take-over", "claim", "card-urge", "category", "tags", "grid"), 2)
    result, _ = run(station, ids, Deed("dispatch", {"handler_unit": "城管中队"}))
    assert [each.id for each in result.done] == [ids[0]]
    given: dict[str, dict[str, Any]] = {
        bulk.URGE: {"whom": "甲", "opinion": "快办"}, "category": {"category": "road"}, "grid": {"grid": "一"},
        "tags": {"add": ["新"]}, "take-over": {"claimed_by": station["yan"].actor.account_id, "reason": "对口"},
    }  # fmt: skip
    for offer in station["lin"].read(bulk.offers, [ids[3]]):
        if offer.action == "claim":  # it is asked for somebody else already
            continue
        assert run(station, [ids[3]], Deed(offer.action, given.get(offer.action, {})))[0].refused == ()
    assert [offer.action for offer in station["yan"].read(bulk.offers, ids)] == ["claim"]
    with pytest.raises(RefusedError):
        station["guo"].read(bulk.offers, ids)


def test_who_may_not_is_refused_for_each(station: Station) -> None:
    ids = made(station)
    result, _ = run(station, ids, Deed("category", {"category": "road"}), who="yan")
    assert len(result.refused) == 4
    assert fields(station, ids, "category") == ["other"] * 4


def test_a_dispatcher_takes_back_what_they_sent_though_not_what_is_handled(station: Station) -> None:
    """撤销 is no 退回: it takes the right of the step, and only who took it may."""
    ids = made(station)
    for report in ids:
        go(station, report, "confirm")
    told = {offer.action: offer.final for offer in station["xu"].read(bulk.offers, ids)}
    offered = ("dispatch", "take-over", "card-urge", "category", "tags", "grid")
    assert told == dict.fromkeys(offered, False)
    result, _ = run(station, ids, Deed("dispatch", {"handler_unit": "城管中队"}), who="xu")
    with pytest.raises(RefusedError):
        station.act("xu", "report", ids[0], "return", reason="派错了")
    assert {each.why for each in back(station, result, "lin").refused} == {"只能撤销自己刚办的一步；别人办的请按流程退回"}
    station.add("lin", "step", {"report_id": ids[0], "note": "马上去"})
    again = back(station, result, "xu")
    assert [(each.id, each.why) for each in again.refused] == [(ids[0], "这一步之后又有办理，不能再撤销；需要时请按流程退回")]
    assert fields(station, ids, "state") == ["handling", *["dispatching"] * 3]


def test_many_go_to_another_unit_and_what_cannot_is_named(station: Station) -> None:
    ids = made(station)
    for report in ids[:3]:
        go(station, report, "dispatch")
    deed = Deed("reassign", {"handler_unit": "市政公司", "reason": "不归城管"})
    station.act("lin", "report", ids[1], "reassign", "先试", handler_unit="市政公司")
    result, _ = run(station, ids, deed, "xu")
    assert [each.why[:9] for each in result.refused] == ["已经由这个单位处置", "正在处置的事件才能"]
    assert fields(station, ids, "handler_unit") == ["市政公司"] * 3 + [None]
    station.act("lin", "report", ids[2], "reassign", "又改", handler_unit="物业")
    assert [each.id for each in back(station, result, "xu").refused] == [ids[2]]
    assert fields(station, ids, "handler_unit") == ["城管中队", "市政公司", "物业", None]
    with pytest.raises(InvalidError):
        run(station, ids, Deed("reassign", {"handler_unit": "甲"}))
