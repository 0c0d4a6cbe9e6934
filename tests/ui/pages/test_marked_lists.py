"""Lists of jobs, mass prevention and mediation to live in: marks, deeds for many with a way back, kept filters, Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from sqlalchemy import select

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_jobs import jobs
from tests.ui.pages.test_mediation import accepted
from tests.ui.pages.test_patrol import TASK, patrol, volunteer
from tests.zzdesk.documents.test_workbook import cells
from ui.pages.asked import Asked
from ui.pages.output import ExportSheet
from ui.pages.saved import NameSheet
from ui.printing import sheet as papers
from ui.printing.sheet import PaperSheet
from ui.widgets.dates import CHINA
from ui.widgets.dialogs import ReasonSheet
from zzdesk.jobs import commands as job_commands
from zzdesk.jobs import queries as job_queries
from zzdesk.patrol import commands, queries
from zzdesk.patrol.queries import PatrolFilter
from zzdesk.store.audit import Audit

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def choose(window: Driver, records: Any, action: str) -> None:
    """Open what can be done to all that is marked, and take one."""
    window.press(Key.Key_B)
    menu = records.bulk.menu()
    next(entry for entry in menu.actions() if entry.data() == action).trigger()
    window.settle()


def because(reason: str) -> Any:
    def answer(sheet: Any) -> None:
        assert isinstance(sheet, ReasonSheet)
        sheet.edit.setPlainText(reason)
        QTest.keyClick(sheet.edit, Key.Key_Return, CTRL)

    return answer


def states(window: Driver) -> list[str]:
    return sorted(row.state for row in window.desk.read(queries.list_volunteers).rows)


def test_volunteers_rest_together_and_come_back(window: Driver) -> None:
    for n, name in enumerate(("林志强", "陈小燕", "黄明")):
        volunteer(window, name, f"1391234000{n}")
    shown = patrol(window, "volunteer")
    shown.list.setFocus()
    window.press(Key.Key_A, CTRL)
    assert shown.bulk.count.accessibleName() == "已选 3 件"
    assert shown.bulk.print.isVisible()
    window.press(Key.Key_B)
    assert [entry.text() for entry in shown.bulk.menu().actions()] == ["暂停…"]
    window.answer(because("台风"), lambda: choose(window, shown, "pause"))
    assert states(window) == ["paused"] * 3
    assert "3 件办了 3 件" in window.toast()
    window.press(Key.Key_Z, CTRL)
    assert states(window) == ["active"] * 3


def test_a_typhoon_calls_tasks_off_and_who_cannot_be_is_named(window: Driver) -> None:
    for title in ("古城夜巡", "校门守护"):
        window.desk.write(commands.issue, TASK | {"title": title})
    shown = patrol(window, "task")
    shown.list.setFocus()
    window.press(Key.Key_A, CTRL)
    begun = shown.model.row(0)
    window.press(Key.Key_B)
    window.desk.write(commands.act_task, begun.id, "cancel", {}, "先取消一个")  # somebody else was quicker
    window.answer(because("台风红色预警"), lambda: choose_offered(window, shown, "cancel"))
    assert shown.bulk.result.can_undo is False
    [refused] = shown.bulk.result.refused
    assert refused.id == begun.id
    sheet = shown.bulk.show_why()
    window.settle()
    assert any(begun.title in label.text() for label in sheet.findChildren(QLabel))
    sheet.reject()
    rows = window.desk.read(queries.list_tasks, PatrolFilter()).rows
    assert {row.state for row in rows} == {"cancelled"}


def choose_offered(window: Driver, records: Any, action: str) -> None:
    menu = records.bulk.menu()
    next(entry for entry in menu.actions() if entry.data() == action).trigger()
    window.settle()


def test_a_filter_of_workers_is_kept_and_counted(window: Driver) -> None:
    for n, name in enumerate(("林志强", "陈小燕")):
        job_register(window, name, n)
    rest = window.desk.read(job_queries.list_workers).rows[0].id
    window.desk.write(job_commands.act_worker, rest, "pause", {}, "回老家")
    shown = jobs(window, "worker")
    shown.chips.choose("all")
    shown.states.choose("inactive")
    window.settle()
    assert (shown.model.rowCount(), shown.model.row(0).id) == (1, rest)

    def name(sheet: Any) -> None:
        assert isinstance(sheet, NameSheet)
        QTest.keyClicks(sheet.field.control, "resting")
        QTest.keyClick(sheet.field.control, Key.Key_Return)

    window.answer(name, lambda: window.press(Key.Key_0, ALT))
    [chip] = shown.saved.buttons.values()
    assert (chip.text(), chip.isChecked()) == ("resting 1", True)
    shown.show_filter(Asked("all"))
    window.settle()
    assert shown.model.rowCount() == 2
    window.press(Key.Key_1, ALT)
    assert (shown.model.rowCount(), shown.states.codes) == (1, ("inactive",))
    other = jobs(window, "posting")
    assert other.saved.buttons == {}
    window.press(Key.Key_1, ALT)  # a key of the list on the screen, not of the one behind it
    assert shown.model.rowCount() == 1


def job_register(window: Driver, name: str, n: int) -> None:
    fields = {"name": name, "phone": f"1380596000{n}", "identity_number": ("35060319900115331X", "350603199001153328")[n],
              "legal_basis": "contract", "skills": ["cleaning"]}
    window.desk.write(job_commands.register_worker, fields)


def test_the_list_of_cases_becomes_a_table_of_stubs(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(window)
    target = tmp_path / "调解.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown: Any = window.records("mediation")
    shown.list.setFocus()
    window.press(Key.Key_Space)
    assert shown.marked

    def go(sheet: Any) -> None:
        assert isinstance(sheet, ExportSheet)
        QTest.keyClick(sheet, Key.Key_Return, CTRL)

    window.answer(go, lambda: window.press(Key.Key_E, CTRL))
    window.qtbot.waitUntil(lambda: "已导出 1 件" in window.toast(), timeout=20_000)
    head, row = cells(target)
    said = {head[letter]: value for letter, value in row.items()}
    assert (said["状态"], said["纠纷类别"], said["来源"], said["当事人数"]) == ("已受理", "邻里", "当事人申请", 2)
    assert said["承办小组"].startswith("linmei")
    assert "王晓明" not in str(row.values())


# ---- on paper -------------------------------------------------------------------------------------------------------


def printed(window: Driver, target: Path, ask: Any) -> list[str]:
    """Keep what is asked for as PDF, look at the preview meanwhile, and return what stands on each page, without spaces."""

    def keep(sheet: Any) -> None:
        assert isinstance(sheet, PaperSheet)
        window.qtbot.waitUntil(sheet.go.isEnabled, timeout=20_000)
        assert sheet.area.accessibleName() == sheet.said["title"]
        sheet.save()
        window.qtbot.waitUntil(target.exists, timeout=20_000)

    def begin() -> None:
        ask()
        window.settle()  # the list is read first: the paper shows a moment later

    window.answer(keep, begin)
    window.settle()
    return ["".join(page.extract_text().split()) for page in PdfReader(target).pages]


def test_the_list_of_the_day_is_printed_as_it_stands_on_the_screen(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    for n, name in enumerate(("林志强", "陈小燕", "黄明")):
        volunteer(window, name, f"1391234000{n}")
    shown = patrol(window, "volunteer")
    shown.list.setFocus()
    text = "".join(printed(window, target, lambda: window.press(Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)))
    assert "3条" in text
    assert "林*强" in text
    assert not any(secret in text for secret in ("林志强", "13912340000"))
    target.unlink()
    window.press(Key.Key_Space)
    text = "".join(printed(window, target, lambda: shown.bulk.print.click()))
    assert "选中的1条" in text
    with window.desk.store.reader() as session:
        facts = session.scalars(select(Audit.facts).where(Audit.event == "list.printed").order_by(Audit.seq)).all()
    assert facts == ['{"count":3,"how":"pdf"}', '{"count":1,"how":"pdf"}']


def test_a_list_of_cases_says_behind_everything_who_printed_it_and_when(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    accepted(window)
    shown: Any = window.records("mediation")
    window.settle()
    [text] = printed(window, target, shown.print_button.click)
    context = window.window.context
    now = f"{context.now().astimezone(CHINA):%Y-%m-%d%H:%M}"
    assert f"{context.facts.name}{now}" in text
    assert "邻里纠纷" in text
    assert papers.lines_said("volunteer", (), "全部", context.now().date(), "zh", "林美珍")["watermark"] == ""
