"""Steps with many jobs, volunteers, rosters and cases at once: what is offered, what is refused by itself, the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.documents.test_workbook import cells
from zzdesk.desk import bulk, listed
from zzdesk.desk.bulk import Deed, Result
from zzdesk.desk.bulk_steps import FOR_MANY, Steps
from zzdesk.desk.listed import ListFilter
from zzdesk.desk.spreadsheets import YES_NO, Words, export_listed
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.store.base import kinds

FIRM = {"employer_kind": "enterprise", "name": "明珠酒店有限公司", "credit_code": "91350602MA2XYA1234"}
WHOLE = {"headcount": 2, "conditions": "无", "tasks": "打扫客房", "place": "新华南路88号", "wage": "160.00", "pay_unit": "day"}


def run(station: Station, kind: str, ids: list[str], deed: Deed, who: str = "lin") -> Result:
    return bulk.run(station[who], ids, deed, lambda *_: None, lambda: False, Steps(kind))


def back(station: Station, kind: str, result: Result, who: str = "lin") -> Result:
    return bulk.take_back(station[who], result, lambda *_: None, lambda: False, Steps(kind))


def states(station: Station, kind: str, ids: list[str]) -> list[Any]:
    return [station.show("zhuang", kind, record)["state"] for record in ids]


@pytest.fixture
def postings(station: Station) -> list[str]:
    """Three drafts: a whole one, one that speaks of a deposit, and one that lacks the wage."""
    firm = station.add("lin", "employer", FIRM)
    common = {"employer_id": firm, "trade": "cleaning"} | WHOLE
    less = {name: value for name, value in common.items() if name != "wage"}
    rows = (common | {"title": "早班"}, common | {"title": "晚班", "tasks": "先交押金"}, less | {"title": "周末"})
    return [station.add("lin", "posting", row) for row in rows]


def test_every_deed_is_a_step_of_its_table_and_the_way_back_leads_exactly_back() -> None:
    for kind, listed_ in FOR_MANY.items():
        table = kinds()[kind].model.__transitions__
        for each in listed_:
            if each.action == "void":
                assert table is None, f"{kind} has steps of its own"
                continue
            assert table is not None
            arrows = [arrow for state in table.states for arrow in table.leaving(state) if arrow.action == each.action]
            assert arrows
            if each.back:
                assert all(table.by_action(each.back, arrow.target).target == arrow.source for arrow in arrows)


def test_drafts_go_to_review_together_what_lacks_something_is_named_and_all_go_back(
    station: Station, postings: list[str]
) -> None:
    result = run(station, "posting", postings, Deed("submit"))
    assert [(each.id, "wage" in each.why) for each in result.refused] == [(postings[2], True)]
    assert states(station, "posting", postings) == ["review", "held", "draft"]
    station.act("lin", "posting", postings[0], "cancel", "不招了")
    again = back(station, "posting", result)
    assert [(each.id, each.why) for each in again.refused] == [(postings[0], "后来又改过，没有撤销")]
    assert states(station, "posting", postings) == ["cancelled", "draft", "draft"]


def test_what_needs_a_reason_gets_one_and_what_leads_nowhere_back_says_so(station: Station, postings: list[str]) -> None:
    with pytest.raises(InvalidError):
        run(station, "posting", postings, Deed("cancel", {"reason": " "}))
    told = {offer.action: (offer.fits, offer.final) for offer in station["lin"].read(Steps("posting").offers, postings)}
    assert told == {"submit": (3, False), "cancel": (3, True)}
    result = run(station, "posting", postings, Deed("cancel", {"reason": "季节过了"}))
    assert (len(result.done), result.can_undo) == (3, False)
    assert {each.why for each in back(station, "posting", result).refused} == {"这一步不能撤销"}
    assert station["yan"].read(Steps("posting").offers, postings) == ()


def test_a_roster_that_was_wrong_is_void_and_comes_back(station: Station) -> None:
    days = ("2026-11-24", "2026-11-25")
    ids = [
        station.add("lin", "duty", {
            "grid": "一网格", "slot": "police", "name": "王警官", "starts_at": f"{day}T08:00:00+08:00",
            "ends_at": f"{day}T20:00:00+08:00",
        }) for day in days
    ]  # fmt: skip
    result = run(station, "duty", ids, Deed("void", {"reason": "排错了周"}))
    assert station["lin"].read(listed.count, ListFilter("duty"), 99) == 0
    assert station["lin"].read(listed.count, ListFilter("duty", void=True), 99) == 2
    assert back(station, "duty", result).refused == ()
    assert station["lin"].read(listed.count, ListFilter("duty"), 1) == 2


def test_a_list_is_counted_read_and_written_as_it_is_filtered(
    station: Station, postings: list[str], tmp_path: Path
) -> None:
    desk, wanted = station["lin"], ListFilter("posting", ("draft",), text="打扫")
    assert desk.read(listed.count, wanted, 99) == 2
    assert [ids for page in [desk.read(lambda read: list(listed.ids_of(read, ListFilter("posting"))))] for ids in page] == [
        postings[::-1]]
    words = Words("招工", heads={"employer_id": "单位"}, codes={"trade": {"cleaning": "保洁"}, YES_NO: {"True": "是"}})
    target = tmp_path / "招工.xlsx"
    calls: list[tuple[int, int]] = []
    written = export_listed(desk, target, "posting", wanted, words, None, lambda *n: calls.append(n), lambda: False)
    assert (written, calls[-1]) == (2, (2, 2))
    head, *rows = cells(target)
    [_, early] = [{head[letter]: value for letter, value in row.items()} for row in rows]
    assert (early["trade"], early["单位"][:2], early["wage"]) == ("保洁", "明珠", 160)
    assert station.audit("export") == [{"count": 2}]
    with pytest.raises(RefusedError):
        export_listed(station["yan"], target, "posting", wanted, words, None, lambda *_: None, lambda: False)
