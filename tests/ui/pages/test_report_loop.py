"""Applications, supervision and joint handling in the real window: asked by one, decided by another, seen by both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_reports import detail_of, facts
from tests.zzdesk.reports.loops import ANSWERED
from ui.pages.reports.detail import ReportDetail
from zzdesk.accounts.commands import create_account
from zzdesk.desk.session import Desk, open_desk_with_key
from zzdesk.reports import commands, queries

STALL = {
    "title": "占道经营", "category": "street-order", "reporter_phone": "13805961234", "due_rule": "5 个工作日",
}  # fmt: skip


@pytest.fixture
def colleague(window: Driver) -> Iterator[Desk]:
    """The desk of another supervisor at the same home."""
    window.desk.write(create_account, "zhuang", "庄晓燕", ["clerk", "supervisor"])
    desk = open_desk_with_key(window.desk.home, "zhuang", window.desk.store.key, window.desk.clock)
    yield desk
    desk.close()


def moved(desk: Desk, report: str, *steps: tuple[str, dict[str, Any]]) -> None:
    for action, step in steps:
        desk.write(commands.act, report, action, step)


def handling(desk: Desk, **more: Any) -> str:
    report = desk.write(commands.register, STALL).created[0]
    moved(desk, report, ("accept", {}), ("confirm", {"note": "属实"}),
          ("dispatch", {"handler_unit": "城管中队"} | more))  # fmt: skip
    return report


def keys(detail: ReportDetail) -> list[str]:
    return [action.key for action in detail.head.actions]


def begin(window: Driver, detail: ReportDetail, action: str) -> Any:
    detail.start(action)
    window.settle()
    assert detail.form is not None
    return detail.form


def test_one_clear_next_step_and_the_rest_in_the_menu(window: Driver) -> None:
    report = handling(window.desk)
    detail = detail_of(window, report)
    assert detail.head.main.text() == "处置完成"
    assert {"return", "refer", "ask", "card", "joint"} <= set(keys(detail))
    assert not {"suspend", "abolish", "void", "resume", "close-self"} & set(keys(detail))


def test_a_delay_is_asked_for_shown_and_decided_by_somebody_else(window: Driver, colleague: Desk) -> None:
    report = handling(window.desk)
    due = window.desk.read(queries.detail, report).fields["due_at"]
    detail = detail_of(window, report)
    form = begin(window, detail, "ask")
    window.choose(form, "request_kind", "delay")
    assert form.fields["amount"].isVisible()
    assert not form.fields["until"].isVisible()
    window.press(Qt.Key.Key_Return, CTRL)
    assert form.fields["reason"].problem.isVisible()
    window.write_in(form, amount="3", reason="等物业配合")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None
    (shown,) = detail.applications.shown
    assert "申请中" in shown.accessibleName()
    assert "延长 3 个工作日" in shown.head.text()
    assert "批准以前不变" in shown.then.text()
    assert list(shown.buttons) == ["withdraw"]  # nobody approves what they asked for
    assert window.desk.read(queries.detail, report).fields["due_at"] == due
    assert "申请中" in window.records("reports").line(window.records("reports").model.row(0)).detail

    asked = window.desk.read(queries.detail, report).standing.requests[0]
    colleague.write(commands.decide, asked.id, "approve", "同意")
    detail.reload()
    window.settle()
    assert detail.applications.isHidden()
    assert window.desk.read(queries.detail, report).fields["due_at"] > due
    assert "批准延期" in detail._timeline._canvas.accessibleDescription()


def test_who_may_approve_finds_it_on_the_workbench(window: Driver, colleague: Desk) -> None:
    report = handling(window.desk)
    colleague.write(commands.request, {
        "report_id": report, "request_kind": "void", "reason": "与另一件重复",
    })  # fmt: skip
    bench = window.page("workbench")
    bench.refresh()
    window.settle()
    entry = bench._model.row(0)
    line = bench._line(entry)
    assert (entry.kind, line.title) == ("request", "与另一件重复")
    assert line.tag is not None
    assert line.tag.text == "◔ 等您批准"
    assert "废止申请" in line.detail
    bench._list.opened.emit(entry)
    window.settle()
    detail = window.window.shell.pages["reports"].records.detail
    assert detail.record_id == report
    (shown,) = detail.applications.shown
    assert list(shown.buttons) == ["approve", "refuse"]
    shown.buttons["approve"].click()
    window.settle()
    window.write_in(detail.form, opinion="同意")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None
    assert window.desk.read(queries.by_ids, (report,))[0].state == "abolished"
    assert "已废止" in detail.head.accessibleName()


def test_helping_units_are_asked_after_until_all_have_answered(window: Driver) -> None:
    report = handling(window.desk, assist_units="环卫站、物业")
    detail = detail_of(window, report)
    assert detail.head.main.text() == "协办反馈"
    assert facts(detail)["还没有反馈"] == "物业、环卫站"
    assert "finish" not in keys(detail)
    for unit in ("物业", "环卫站"):
        detail.first_focus()
        window.press(Qt.Key.Key_Space)
        form = detail.form
        assert form is not None
        window.choose(form, "handler_unit", unit)
        window.write_in(form, note="已清理")
        window.press(Qt.Key.Key_Return, CTRL)
    assert detail.head.main.text() == "处置完成"
    assert "还没有反馈" not in facts(detail)


def test_a_card_is_seen_by_shape_and_word_and_taken_back(window: Driver) -> None:
    report = handling(window.desk)
    detail = detail_of(window, report)
    form = begin(window, detail, "card")
    assert form.fields["whom"].value() == "城管中队"
    window.choose(form, "card", "red")
    window.write_in(form, opinion="三天没有动静，今天到场")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "■ 红牌督办" in detail.head.accessibleName()
    records = window.records("reports")
    assert "■ 红牌督办" in records.line(records.model.row(0)).detail
    (back,) = [key for key in keys(detail) if key.startswith("withdraw-card/")]
    begin(window, detail, back)
    window.type("已到场")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "红牌" not in detail.head.accessibleName()
    said = detail._timeline._canvas.accessibleDescription()
    assert "撤牌" in said
    assert "已到场" in said


def test_who_verified_the_round_before_is_told_that_somebody_else_looks(window: Driver, colleague: Desk) -> None:
    report = handling(window.desk)
    moved(window.desk, report, ("finish", {"note": "已劝离"}), ("inform", ANSWERED),
          ("redo", {"answer": "unsatisfied", "note": "又来了"}), ("finish", {"note": "再劝离"}))  # fmt: skip
    detail = detail_of(window, report)
    assert "recheck" not in keys(detail)
    assert "上一轮由您核实" in facts(detail)["请换人核实"]
    moved(colleague, report, ("recheck", {"note": "现场已清"}))
    detail.reload()
    window.settle()
    assert detail.head.main.text() == "反馈给居民"


def test_it_is_said_until_when_a_report_rests_and_that_it_goes_on(window: Driver, colleague: Desk) -> None:
    report = handling(window.desk)
    fields = {"report_id": report, "request_kind": "suspend", "until": "2026-12-10T01:00:00.000Z", "reason": "等材料"}
    colleague.write(commands.request, fields)
    asked = window.desk.read(queries.detail, report).standing.requests[0]
    window.desk.write(commands.decide, asked.id, "approve")
    detail = detail_of(window, report)
    assert "已挂起" in detail.head.accessibleName()
    assert "12月10日" in facts(detail)["挂起到"]
    assert "到期" not in detail.head.accessibleName()
    assert detail.head.main.text() == "恢复办理"
    window.desk.clock.advance(30 * 86_400)
    detail.reload()
    window.settle()
    assert "挂起已到期" in detail.head.accessibleName()
