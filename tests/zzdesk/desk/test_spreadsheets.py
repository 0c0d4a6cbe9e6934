"""The list of reports for Excel: what is in it, masked unless there is a reason, in the audit first, whole or not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.documents.test_workbook import cells
from tests.zzdesk.reports.loops import go
from zzdesk.clock import OFFICE_TIME
from zzdesk.desk import spreadsheets
from zzdesk.desk.spreadsheets import COLUMNS, Words, export_reports
from zzdesk.errors import RefusedError
from zzdesk.reports.export import Selection
from zzdesk.reports.queries import ReportFilter

CODES = {"state": {"registered": "已登记"}, "band": {"overdue": "已过期"}}
WORDS = Words("事件", "说明", {"number": "编号"}, CODES, [("导出人", "林")])
PERSON = {"reporter_name": "林志强", "reporter_phone": "13805961234", "description": "电话13805961234，=1+1"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "清单.xlsx"


def fill(station: Station) -> list[str]:
    station.clock.set(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    common = PERSON | {"category": "road"}
    rows = (("积水", "2"), ("路灯", "5"), ("占道", "10"))
    made = [station.add("lin", "report", common | {"title": title, "due_rule": limit}) for title, limit in rows]
    station.clock.set(datetime(2026, 2, 26, 9, tzinfo=OFFICE_TIME))
    return made


def export(station: Station, target: Path, selection: Selection, reason: str | None = None, who: str = "lin",
           stop: bool = False) -> int | None:  # fmt: skip
    return export_reports(station[who], target, selection, WORDS, reason, lambda *_: None, lambda: stop)


def lines(target: Path) -> list[dict[str, object]]:
    """Return the rows by the name of their column."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = {letters[at]: column.name for at, column in enumerate(COLUMNS)}
    return [{names[letter]: value for letter, value in row.items()} for row in cells(target)[1:]]


def test_the_list_as_it_is_filtered_in_its_order(station: Station, target: Path) -> None:
    fill(station)
    assert export(station, target, ReportFilter(by_due=True)) == 3
    first, second, third = lines(target)
    assert [row["title"] for row in (first, second, third)] == ["积水", "路灯", "占道"]
    assert (first["state"], first["category"], first["band"], first["days_left"]) == ("已登记", "road", "已过期", -2)
    assert (second["band"], second["days_left"]) == ("soon", 1)
    assert isinstance(first["due_at"], float)
    assert first["round"] == 1
    assert cells(target)[0]["A"] == "编号"
    assert export(station, target, ReportFilter(band="overdue")) == 1
    assert export(station, target, ReportFilter(text="路灯")) == 1
    assert [row["title"] for row in lines(target)] == ["路灯"]


def test_those_that_were_picked_in_the_order_of_picking(station: Station, target: Path) -> None:
    made = fill(station)
    assert export(station, target, [made[2], made[0]]) == 2
    assert [row["title"] for row in lines(target)] == ["占道", "积水"]


def test_people_are_masked_and_a_reason_shows_them_and_is_kept(station: Station, target: Path) -> None:
    made = fill(station)
    station.edit("lin", "report", made[1], {"name_hidden": True})
    export(station, target, made)
    first = lines(target)[0]
    assert (first["reporter_name"], first["reporter_phone"]) == ("林*强", "138****1234")
    assert "13805961234" not in str(first["description"])
    assert station.audit("export") == [{"count": 3}]
    export(station, target, made, "区里要名单")
    open_one, sealed, _ = lines(target)
    assert (open_one["reporter_name"], open_one["reporter_phone"]) == ("林志强", "13805961234")
    assert (sealed["reporter_name"], sealed["reporter_phone"]) == ("***", "***")
    assert station.audit("export.revealed") == [{"count": 3, "reason": "区里要名单"}]


@pytest.mark.parametrize("reason", [None, "区里要名单"])
def test_what_is_not_in_the_audit_is_not_written(
    station: Station, target: Path, monkeypatch: pytest.MonkeyPatch, reason: str | None
) -> None:
    """Nor does a line for masked rows let open ones out."""
    made = fill(station)
    export(station, target, made[:1], None if reason else "区里要名单")
    target.unlink()
    monkeypatch.setattr(spreadsheets, "note_export", lambda work, *_: work.commit())
    with pytest.raises(RefusedError, match="导出要先记入审计"):
        export(station, target, made, reason)
    assert not target.exists()


def test_who_may_not_writes_no_file(station: Station, target: Path) -> None:
    made = fill(station)
    for who, reason in (("yan", None), ("lin", "  ")):
        with pytest.raises(RefusedError):
            export(station, target, made, reason, who)
    assert not target.exists()


def test_one_that_is_stopped_leaves_the_old_file(station: Station, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fill(station)
    monkeypatch.setattr(spreadsheets, "EVERY", 1)
    target.write_bytes(b"old")
    assert export(station, target, made, stop=True) is None
    assert target.read_bytes() == b"old"
    assert len(list(target.parent.glob("*清单*"))) == 1


def test_what_ended_has_no_band(station: Station, target: Path) -> None:
    made = fill(station)
    go(station, made[0], "evaluate")
    export(station, target, made[:1])
    assert not {"band", "days_left"} & set(lines(target)[0])
    assert lines(target)[0]["evaluation"] == "satisfied"
