"""Scenario D07, the kiosk hour: by touch in the real window, without a network, by people who also try to get out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk.pages import ChoiceScreen, DoneScreen, NumberScreen, OfferScreen
from ui.shots_kiosk import LIXIUYING, PIN
from zzdesk.desk import queries, records
from zzdesk.desk.session import Desk
from zzdesk.jobs import commands
from zzdesk.jobs import queries as jobs

OTHERS = (
    {"name": "黄阿明", "identity_number": "350625197506153330", "phone": "13705961234"},
    {"name": "许俊杰", "identity_number": "350627200909015255", "phone": "13605967777"},
)
NOT_HERS = (
    "黄阿明", "黄*明", "13705961234", "137****1234", "350625197506153330", "许俊杰", "许*杰", "13605967777", "陈美丽", "陈*丽",
    "19905960002", "199****0002", "350602195803070028", "林小明", "庄晓燕", "zhuang",
)  # fmt: skip
"""Other people, whole and masked: the namesake of her phone's tail, the employer, the staff."""
HERS = (LIXIUYING["name"], "李*英", LIXIUYING["identity_number"], LIXIUYING["phone"], "GK2026", "LG2026")


def register(clerk: Desk, fields: dict[str, str]) -> str:
    def add(work: Any) -> Any:
        records.add(work, "worker", fields)
        return work.commit()

    worker = clerk.write(add).created[0]
    card: str = clerk.read(records.show, "worker", worker)["card"]
    return card


def renew(kiosk: Kiosk) -> None:
    from zzdesk.desk.kiosk_door import renew_all

    renew_all(kiosk.window.runner.desk)


def look(kiosk: Kiosk) -> None:
    """Nobody else's data on this screen, and no other window."""
    said = kiosk.texts()
    assert [secret for secret in NOT_HERS if secret in said] == []
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [kiosk.window]


def try_to_get_out(kiosk: Kiosk) -> None:
    """Everything that a bored visitor with a keyboard and a mouse might try; the same screen stays."""
    window, screen = kiosk.window, kiosk.screen
    held = Qt.KeyboardModifier
    for key, with_ in (
        (Qt.Key.Key_F4, held.AltModifier), (Qt.Key.Key_Q, held.ControlModifier), (Qt.Key.Key_Escape, held.NoModifier),
        (Qt.Key.Key_W, held.ControlModifier), (Qt.Key.Key_O, held.ControlModifier), (Qt.Key.Key_P, held.ControlModifier),
        (Qt.Key.Key_S, held.ControlModifier), (Qt.Key.Key_C, held.ControlModifier), (Qt.Key.Key_F1, held.NoModifier),
        (Qt.Key.Key_F11, held.NoModifier), (Qt.Key.Key_Tab, held.AltModifier), (Qt.Key.Key_Menu, held.NoModifier),
        (Qt.Key.Key_Back, held.NoModifier), (Qt.Key.Key_Return, held.NoModifier), (Qt.Key.Key_Space, held.NoModifier),
    ):  # fmt: skip
        QTest.keyClick(window, key, with_)
    middle = window.rect().center()
    for target in (window, screen, *getattr(screen, "choices", ())):
        QTest.mouseClick(target, Qt.MouseButton.RightButton)
        QTest.mouseClick(target, Qt.MouseButton.MiddleButton)
        QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), middle))
    for escape in (QFileDialog(), QMessageBox()):
        escape.open()
        kiosk.wait(lambda escape=escape: not escape.isVisible())
        escape.deleteLater()
    QApplication.sendEvent(QApplication.instance(), QEvent(QEvent.Type.Quit))
    assert not window.close()
    kiosk.settle()
    assert kiosk.screen is screen
    assert window.isVisible()
    look(kiosk)


@pytest.mark.timeout(120)
def test_li_xiuying_applies_by_card_in_large_letters_and_walks_off(kiosk: Kiosk, clerk: Desk) -> None:
    for person in OTHERS:
        register(clerk, person)
    renew(kiosk)
    window, seen = kiosk.window, [kiosk.screen]

    def see() -> None:
        if kiosk.screen is not seen[-1]:
            seen.append(kiosk.screen)
        try_to_get_out(kiosk)

    see()
    kiosk.tap(window.larger)
    seen[:] = [kiosk.screen]
    assert window.large
    kiosk.scan(kiosk.place.card)
    assert isinstance(kiosk.screen, NumberScreen)
    see()
    kiosk.type("1234")
    see()
    kiosk.choose("钟点保洁 3小时")
    assert isinstance(kiosk.screen, OfferScreen)
    see()
    assert len(seen) <= 5, "five screens to apply"
    assert "九十元" in kiosk.texts()
    kiosk.choose("报名")
    assert isinstance(kiosk.screen, DoneScreen)
    said = kiosk.texts()
    assert "登记了，待确认" in said
    assert not any(word in said for word in ("成功", "抢到", "录用"))
    try_to_get_out(kiosk)
    kiosk.choose("打印小票")
    assert "没有打印机" in kiosk.texts()
    (row,) = clerk.read(records.list_records, "application", {}, limit=9).rows
    assert (row["way"], row["state"]) == ("kiosk", "applied")
    waiting = clerk.read(queries.outbox).rows
    assert "application" in {line.kind for line in waiting}
    kiosk.clock.advance(59)
    window.idle.look()
    assert "您还在吗" not in kiosk.texts()
    kiosk.clock.advance(1)
    window.idle.look()
    assert "您还在吗" in kiosk.texts()
    assert "15" in kiosk.texts().splitlines()
    look(kiosk)
    kiosk.clock.advance(15)
    window.idle.look()
    kiosk.settle()
    assert_forgotten(kiosk)


def assert_forgotten(kiosk: Kiosk) -> None:
    """The first screen in normal letters, nothing of her anywhere, and no way back to it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert isinstance(kiosk.screen, ChoiceScreen)
    assert not kiosk.window.large
    assert not kiosk.window.back.isEnabled()
    before = kiosk.screen
    kiosk.flow.back()
    QTest.keyClick(kiosk.window, Qt.Key.Key_Back)
    kiosk.settle()
    assert kiosk.screen is before
    said = kiosk.texts()
    assert [secret for secret in (*HERS, *NOT_HERS) if secret in said] == []
    assert kiosk.flow.visit.token == ""


def test_who_touches_the_question_stays_and_who_goes_back_is_out(kiosk: Kiosk) -> None:
    kiosk.scan(kiosk.place.card)
    kiosk.type("1234")
    kiosk.clock.advance(65)
    kiosk.window.idle.look()
    over: Any = kiosk.window._over
    kiosk.tap(over.yes)
    assert kiosk.window._over is None
    kiosk.clock.advance(59)
    kiosk.window.idle.look()
    assert kiosk.window._over is None
    kiosk.choose("钟点保洁")
    kiosk.tap(kiosk.window.back)
    assert "想做哪一个" in kiosk.screen.spoken
    kiosk.tap(kiosk.window.back)
    assert_forgotten(kiosk)


def test_without_a_card_two_people_with_one_phone_tail_see_nothing_of_each_other(kiosk: Kiosk, clerk: Desk) -> None:
    register(clerk, OTHERS[0])
    renew(kiosk)
    screens = 1
    kiosk.choose("没带卡")
    kiosk.type("12")
    kiosk.tap(kiosk.window.larger)
    kiosk.type("34")
    look(kiosk)
    assert not any(name in kiosk.texts() for name in ("李*英", "李秀英"))
    kiosk.type("002X")
    assert isinstance(kiosk.screen, NumberScreen)
    assert "没有对上" in kiosk.texts()
    kiosk.type("0020")
    screens += 3
    assert "李*英" in kiosk.texts()
    look(kiosk)
    kiosk.choose("展会布置")
    screens += 1
    assert isinstance(kiosk.screen, OfferScreen)
    assert screens <= 5


def test_another_card_ends_the_visit_and_seventeen_sees_day_work_only(kiosk: Kiosk, clerk: Desk) -> None:
    card = register(clerk, OTHERS[1])
    renew(kiosk)
    kiosk.scan(kiosk.place.card)
    kiosk.type("1234")
    kiosk.scan(card)
    assert isinstance(kiosk.screen, NumberScreen)
    assert not any(secret in kiosk.texts() for secret in ("李*英", "钟点保洁"))
    kiosk.type("7777")
    assert "许*杰" in kiosk.texts()
    kiosk.scan("HTTPS://PAY.EXAMPLE/8812")
    assert "这不是零工卡" in kiosk.texts()


def test_a_child_is_told_kindly_and_only_counted(kiosk: Kiosk, clerk: Desk) -> None:
    kiosk.choose("第一次来")
    kiosk.choose("先看看年龄")
    kiosk.type("350628201103156260")
    kiosk.tap(kiosk.screen.go)
    assert "十六周岁" in kiosk.texts()
    assert clerk.read(jobs.refused_children) == 1
    assert "350628201103156260" not in kiosk.texts()
    kiosk.choose("知道了")
    assert_forgotten(kiosk)
    assert clerk.read(records.count, "worker") == 1


def test_only_an_operators_pin_leads_out_and_five_wrong_ones_lock_it(kiosk: Kiosk) -> None:
    ended: list[int] = []
    kiosk.window.ended.connect(ended.append)

    def attempt(pin: str) -> None:
        kiosk.type(pin)
        kiosk.tap(kiosk.screen.go)

    kiosk.tap(kiosk.window.call)
    kiosk.choose("离开自助机")
    assert PIN not in kiosk.texts()
    for _ in range(5):
        attempt("111222")
        assert "PIN不对" in kiosk.texts()
    attempt(PIN)
    assert "试的次数太多" in kiosk.texts()
    assert ended == []
    kiosk.clock.advance(601)
    attempt(PIN)
    assert ended == [0]
    assert not kiosk.window.isVisible()


def test_when_its_account_is_stopped_people_are_sent_to_the_counter(kiosk: Kiosk) -> None:
    ended: list[int] = []
    kiosk.window.ended.connect(ended.append)
    kiosk.scan(kiosk.place.card)
    kiosk.type("1234")
    kiosk.window.runner.desk.lock()
    kiosk.choose("展会布置")
    assert "暂时不能用" in kiosk.texts()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [secret for secret in HERS if secret in kiosk.texts()] == []
    kiosk.choose("离开自助机")
    kiosk.tap(kiosk.window.back)
    kiosk.choose("再试一次")
    assert ended == [75]


def test_who_has_no_card_leaves_a_number_and_no_name(kiosk: Kiosk, clerk: Desk) -> None:
    """Without a network it is kept here; under sixteen nobody is asked for a number."""
    for choice in ("第一次来", "先看看年龄"):
        kiosk.choose(choice)
    kiosk.type("350628201103156260")
    kiosk.tap(kiosk.screen.go)
    assert "满十六周岁" in kiosk.texts()
    assert "留个电话" not in kiosk.texts()
    kiosk.choose("知道了")
    for choice in ("第一次来", "留个电话", "同意", "女士"):
        kiosk.choose(choice)
    kiosk.type("23905960001")
    assert "号码不对" in kiosk.texts()
    kiosk.type("13905960001")
    assert "记下了" in kiosk.texts()
    (row,) = clerk.read(jobs.open_calls).rows
    assert (row.what, row.phone, row.calling) == ("callback", "139****0001", "ms")
    kiosk.choose("知道了")
    assert_forgotten(kiosk)


def test_a_kiosk_without_a_network_says_that_nobody_at_a_computer_hears(kiosk: Kiosk, clerk: Desk) -> None:
    kiosk.tap(kiosk.window.call)
    assert "柜台的电脑看不到" in kiosk.texts()
    assert "上午9:00" in kiosk.texts()
    assert len(clerk.read(jobs.open_calls).rows) == 1
    kiosk.choose("不用叫了")
    assert clerk.read(jobs.open_calls).rows == ()


def test_li_xiuying_queues_up_without_seeing_who_else_does(kiosk: Kiosk, clerk: Desk) -> None:
    """(f): her own number, the same order as on the operator's desk, and the published seed once lots were drawn."""
    register(clerk, OTHERS[0])
    renew(kiosk)
    other = clerk.read(records.list_records, "worker", {}, limit=9).rows
    clerk.write(commands.join_queue, next(row["id"] for row in other if row["card"] != kiosk.place.card))
    kiosk.clock.advance(60)
    kiosk.choose("今天排队")
    kiosk.scan(kiosk.place.card)
    kiosk.type("1234")
    assert isinstance(kiosk.screen, DoneScreen)
    assert "您是第 2 位" in kiosk.texts()
    assert "前面还有 1 位" in kiosk.texts()
    look(kiosk)
    clerk.write(commands.draw_lots)
    morning = clerk.read(jobs.morning_queue)
    place = next(row.place for row in morning.rows if row.card == kiosk.place.card)
    kiosk.choose("找活报名")
    kiosk.choose("我的排队")
    assert f"您是第 {place} 位" in kiosk.texts()
    assert f"2 人抽签，种子：{morning.seed}" in kiosk.texts()
    look(kiosk)
    kiosk.choose("好了，结束")
    assert_forgotten(kiosk)
