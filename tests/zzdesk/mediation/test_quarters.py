"""The quarterly form of 综治 out of closed months: it waits for every area, as the paper form does (D12; rules B1.5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from zzdesk.clock import FixedClock
from zzdesk.desk.mediation_figures import hand_in
from zzdesk.desk.session import Desk, create_home
from zzdesk.documents.figures import Month
from zzdesk.documents.sheets import parse_workbook
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.mediation.models_statistics import MonthClose
from zzdesk.mediation.quarters import REPORTED, Quarter, plain, quarter_report, statement
from zzdesk.mediation.statistics import Fact
from zzdesk.mediation.statistics_close import close_id, write
from zzdesk.ops.state import set_scopes
from zzdesk.places import queries as places
from zzdesk.store.audit import Audit
from zzdesk.store.keys import TEST_COST

STREET, FIRST = "350602002", Quarter(2026, 1)
CATEGORIES = ("neighbours", "labour", "marriage-family", "housing-homestead")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    """The desk of a street, on the first of April."""
    clock = FixedClock(datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    made, _ = create_home(home, STREET, "zhuang", "Xiqiao-2026-shequ", clock, cost=TEST_COST)
    with made as desk:
        yield desk


def closes(office: Desk, area: str, month: Month, *categories: str) -> None:
    """Put a closed month of an area there, as it comes from the centre."""
    facts = [
        Fact(f"{area}-{month}-{at}", category, "application", "written", True, None, "", 0)
        for at, category in enumerate(categories)
    ]
    text = write(area, "acceptance", month, facts, (), ())
    with office.store.writer() as session:
        session.add(MonthClose(
            id=close_id(area, "acceptance", str(month)), scope=area, created_at=office.clock.now(), created_by="u", station=area,
            basis="acceptance", month=str(month), record=text))  # fmt: skip
        session.commit()


def test_a_quarter_waits_for_every_area_and_is_counted_from_what_they_froze(office: Desk, tmp_path: Path) -> None:
    areas, target = [place.code for place in places.children(STREET)], tmp_path / "季报.xlsx"
    for area in areas:
        for month in FIRST.months:
            if (area, str(month)) != (areas[-1], "2026-02"):
                closes(office, area, month, *(CATEGORIES if area == areas[0] else ()))
    waiting = office.read(quarter_report, FIRST).waiting
    assert [(area.code, area.missing) for area in waiting] == [(areas[-1], ("2026-02",))]
    with pytest.raises(RefusedError, match=f"还有1个辖区.*{places.get(areas[-1]).name}（2026-02）"):
        hand_in(office, target, FIRST)
    assert not target.exists()

    closes(office, areas[-1], Month(2026, 2), "labour")
    with pytest.raises(RefusedError, match="结尾"):
        hand_in(office, tmp_path / "季报.docx", FIRST)
    hand_in(office, target, FIRST)
    report = office.read(quarter_report, FIRST)
    rows = {code: len(ids) for code, ids in report.mapped.rows if ids}
    undecided = {stored: len(ids) for stored, _, ids in report.mapped.undecided}
    assert (report.total, report.waiting) == (13, ())
    assert sum(rows.values()) + sum(undecided.values()) == 13
    assert undecided == {"housing-homestead": 3}, "what may belong to several rows is put into none quietly"
    assert statement(report).checks[0].holds
    cells = {row.cells["项目"]: row.cells["数量"] for row in parse_workbook(target.read_bytes()).rows}
    assert (cells["总排查数（件）"], cells["下级辖区"]) == ("13", str(len(areas)))
    with office.store.reader() as session:
        assert session.scalars(select(Audit.event).where(Audit.event == REPORTED)).all() == [REPORTED], "refused ones are not"


def test_a_person_says_which_areas_report_on_paper_and_why(office: Desk, tmp_path: Path) -> None:
    """One closed three months, one did but for the last, one is opened to this desk; nothing ever came from the others."""
    areas, target = places.children(STREET), tmp_path / "季报.pdf"
    with pytest.raises(RefusedError, match="没有一个下级辖区的数据到过本机"):
        hand_in(office, target, FIRST)
    for area, months in ((areas[0], FIRST.months), (areas[1], FIRST.months[:2])):
        for month in months:
            closes(office, area.code, month, "labour")
    with office.store.writer() as session:
        set_scopes(session, [(STREET, "rw"), (areas[2].code, "r")])
        session.commit()
    report = office.read(quarter_report, FIRST)
    assert [area.code for area in report.waiting] == [area.code for area in areas[1:]], "nobody knows why nothing came"
    assert [each["area"] for each in plain(report)["waiting"] if not each["here"]] == [area.code for area in areas[3:]]
    with pytest.raises(RefusedError, match=f"还有{len(areas) - 1}个辖区没有全部月结.*本机没有其数据"):
        hand_in(office, target, FIRST)
    rest = [area.code for area in areas[1:]]
    for codes, reason, error in (
        (rest, " ", "写明"), (rest[1:], "没有联网", "还有1个辖区"), ([*rest, areas[0].code], "没有联网", "已经全部月结"),
        ([*rest, "350699"], "没有联网", "不是本站的下级辖区"),
    ):
        with pytest.raises((RefusedError, InvalidError), match=error):
            hand_in(office, target, FIRST, codes, reason)
    hand_in(office, target, FIRST, rest, "还没有联网，报纸质报表")
    assert office.read(quarter_report, FIRST, rest).total == 3, "what came of an area on paper is not counted twice"
    said = "".join(page.extract_text() for page in PdfReader(target).pages).replace("\n", "")
    assert "综治矛盾纠纷排查化解季报" in said
    assert "未使用本系统" not in said
    assert said.count("另报纸质报表") == len(rest) + 1
    assert "还没有联网，报纸质报表" in said
    assert said.count("已全部月结") == 1
    with office.store.reader() as session:
        (facts,) = session.scalars(select(Audit.facts).where(Audit.event == REPORTED))
    assert (json.loads(facts)["paper"], json.loads(facts)["reason"]) == (rest, "还没有联网，报纸质报表")


def test_a_quarter_is_written_one_way(office: Desk) -> None:
    assert str(Quarter.parse("2026-q1")) == "2026-Q1"
    assert Quarter.of(Month(2026, 12)) == Quarter(2026, 4)
    for wrong in ("2026-1", "2026-Q5", "Q1"):
        with pytest.raises(InvalidError, match="quarter"):
            Quarter.parse(wrong)
