"""Forms: keyboard, drafts, complaints, and what must never be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DayField,
    IntegerField,
    LongTextField,
    MomentField,
    MoneyField,
    TextField,
)  # fmt: skip
from ui.widgets.forms import AUTOSAVE_MS, Form
from zzdesk.errors import InvalidError, Problem, RefusedError


class Store:
    """A draft store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def save(self, form_key: str, snapshot: dict[str, Any]) -> None:
        self.kept[form_key] = snapshot

    def load(self, form_key: str, on_done: Callable[[dict[str, Any] | None], None]) -> None:
        on_done(self.kept.get(form_key))

    def discard(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


def too_young(value: str) -> str:
    return "未满 16 周岁" if value.startswith("2015") else ""


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def form(store: Store, qtbot: QtBot) -> Form:
    made = Form(lambda: "登记", leave=lambda: "稍后", key="report", drafts=store)
    made.add(TextField("title", lambda: "标题", required=True), ChoiceField("category", lambda: "类别", ("road", "noise"), str))
    made.add(LongTextField("description", lambda: "经过"))
    made.add(DayField("day", lambda: "日期"), MomentField("at", lambda: "时间"))
    made.add(IntegerField("people", lambda: "人数"), MoneyField("amount", lambda: "金额"))
    made.add(CheckField("anonymous", lambda: "匿名"))
    made.add(TextField("identity", lambda: "证件", check=too_young), TextField("secret", lambda: "密码", password=True))
    qtbot.addWidget(made)
    made.show()
    return made


VALUES = {
    "title": "台湾路路灯不亮", "category": "noise", "description": "第一行\n第二行", "day": "2026-11-23",
    "at": "2026-11-23T01:14:00.000Z", "people": 3, "amount": "6800.00", "anonymous": True, "identity": "1990",
}  # fmt: skip


def test_values_come_back_as_they_went_in(form: Form) -> None:
    form.set_values(VALUES)
    assert form.values() == VALUES


def test_an_empty_form_has_no_values(form: Form) -> None:
    assert form.values() == {}
    form.set_values(VALUES)
    form.set_values({})
    assert form.values() == {}


def test_figures_are_read_as_people_write_them(form: Form) -> None:
    form.set_values({"amount": "6,800", "people": "12"})
    assert form.values() == {"amount": "6800.00", "people": 12}
    form.set_values({"amount": "六千", "people": "很多"})
    assert form.values() == {"amount": "六千", "people": "很多"}


def test_enter_goes_on_and_control_enter_finishes(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitActive(form):
        form.activateWindow()
    form.focus_first()
    title = form.fields["title"].control
    assert title.hasFocus()
    qtbot.keyClicks(title, "light")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert form.fields["category"].control.hasFocus()
    with qtbot.waitSignal(form.finished) as finished:
        qtbot.keyClick(form.fields["description"].control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert finished.args[0]["title"] == "light"


def test_what_is_required_is_asked_for_where_it_belongs(form: Form, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.finished):
        form.finish()
    assert form.fields["title"].problem.text() == "请填写标题"
    assert form.fields["title"].control.property("wrong") == "true"
    assert "请填写标题" in form.fields["title"].control.accessibleDescription()
    qtbot.keyClicks(form.fields["title"].control, "a")
    assert form.fields["title"].problem.text() == ""


def test_a_complaint_of_the_command_goes_to_its_field(form: Form) -> None:
    form.set_values(VALUES)
    form.set_busy(True)
    form.show_error(InvalidError([Problem("amount", "金额太大"), Problem("elsewhere", "整张表不对")]))
    assert form.fields["amount"].problem.text() == "金额太大"
    assert form.banner.isVisible()
    assert form.banner.accessibleName() == "整张表不对"
    assert form.button.isEnabled()
    form.show_error(RefusedError("没有权限"))
    assert form.banner.accessibleName() == "没有权限"


def test_a_draft_is_kept_within_two_seconds_of_typing(form: Form, store: Store, qtbot: QtBot) -> None:
    assert AUTOSAVE_MS <= 2_000
    qtbot.keyClicks(form.fields["title"].control, "li")
    qtbot.waitUntil(lambda: store.kept.get("report") == {"title": "li"}, timeout=2_500)


def test_typing_on_does_not_put_the_saving_off(form: Form, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.fields["title"].control, "a")
    first = form._timer.remainingTime()
    qtbot.waitUntil(lambda: form._timer.remainingTime() < first - 50)
    qtbot.keyClicks(form.fields["title"].control, "b")
    assert form._timer.remainingTime() < first


def test_leaving_loses_nothing_and_the_draft_comes_back(form: Form, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.fields["title"].control, "light")
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    again = Form(lambda: "登记", key="report", drafts=store)
    qtbot.addWidget(again)
    again.add(TextField("title", lambda: "标题"))
    again.open()
    assert again.values() == {"title": "light"}
    assert again.banner.accessibleName()


def test_a_finished_form_leaves_no_draft(form: Form, store: Store) -> None:
    form.set_values(VALUES)
    form.save_draft()
    form.done()
    assert store.kept == {}
    assert form.values() == {}


def test_passwords_and_refused_numbers_are_in_no_draft(form: Form) -> None:
    form.set_values({"title": "a", "identity": "2015", "secret": "Xiqiao-2026"})
    assert form.snapshot() == {"title": "a"}
    form.set_values({"identity": "1990"})
    assert form.snapshot() == {"identity": "1990"}


def test_every_control_has_a_name_and_the_required_a_mark(form: Form) -> None:
    for field in form.fields.values():
        assert field.control.accessibleName()
    marks = {key: [each for each in field.findChildren(QLabel) if each.text() == "*"] for key, field in form.fields.items()}
    marked = [key for key, found in marks.items() if any(each.isVisibleTo(form) for each in found)]
    assert marked == ["title"]


def test_drafts_live_in_the_desk_encrypted(window: Any, qtbot: QtBot, desk: Any) -> None:
    found: list[Any] = []
    window.context.drafts.save("report", {"title": "文庙门口石板松动"})
    window.context.drafts.load("report", found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [{"title": "文庙门口石板松动"}]
    for path in desk.home.rglob("*"):
        if path.is_file():
            assert "文庙门口".encode() not in path.read_bytes(), path
    window.context.drafts.discard("report")
    window.context.drafts.load("report", found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[1] is None


def test_a_masked_value_covers_itself_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.widgets import masked

    asked: list[str] = []

    def reveal(reason: str, on_value: Callable[[str], None]) -> None:
        asked.append(reason)
        on_value("13800596001")

    monkeypatch.setattr(masked, "ask_reason", lambda *_: "回访")
    field = masked.MaskedField("138****6001", reveal)
    qtbot.addWidget(field)
    assert masked.SHOWN_MS == 30_000
    field.toggle()
    assert asked == ["回访"]
    assert field.label.text() == "13800596001"
    field._timer.setInterval(1)
    field._timer.start()
    qtbot.waitUntil(lambda: field.label.text() == "138****6001")


def test_without_the_right_there_is_no_eye(qtbot: QtBot) -> None:
    from ui.widgets.masked import MaskedField

    field = MaskedField("138****6001")
    qtbot.addWidget(field)
    field.show()
    assert not field.eye.isVisible()
    assert field.lock.isVisible()


def test_a_toast_undoes_once_and_only_for_ten_seconds(qtbot: QtBot) -> None:
    from ui.widgets.toast import UNDO_MS, Toast

    holder, undone = QWidget(), []
    qtbot.addWidget(holder)
    holder.resize(800, 600)
    holder.show()
    toast = Toast(holder)
    toast.show_text("已作废", lambda: undone.append(1))
    assert UNDO_MS == 10_000
    assert toast._timer.interval() == UNDO_MS
    toast.undo_button.click()
    toast.undo()
    assert undone == [1]
    assert not toast.isVisible()
    toast.show_text("已作废", lambda: undone.append(2))
    toast._timer.start(1)
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert undone == [1]


def test_tab_leaves_an_empty_date(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    for key, after in (("day", "at"), ("at", "people")):
        control = form.fields[key].control
        control.setFocus()
        qtbot.keyClick(control, Qt.Key.Key_Tab)
        assert form.fields[after].control.hasFocus()
        qtbot.keyClick(form.fields[after].control, Qt.Key.Key_Backtab)
        assert control.hasFocus()
