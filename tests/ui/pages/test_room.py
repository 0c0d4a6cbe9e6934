"""The session room in the real window: typed by keyboard, kept within two seconds, read back, signed, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from tests.ui.pages.driver import CTRL, PASSWORD, Driver
from tests.ui.pages.test_mediation import accepted
from ui.pages.mediation.beside import gap_between, offers_by_side
from ui.pages.mediation.room import SessionRoom
from zzdesk.clock import from_iso, local
from zzdesk.desk import drafts, room
from zzdesk.desk.session import open_desk
from zzdesk.mediation import commands, queries
from zzdesk.store.keys import TEST_COST

ALT = Qt.KeyboardModifier.AltModifier
NOTHING_TOLD = "先向 申请人 王*明 告知权利义务（人民调解法第二十三、二十四条）。"


def begun(window: Driver, *, told: bool = True) -> tuple[str, str]:
    """Return a case with two parties and its open session."""
    case = accepted(window)
    for party in window.desk.read(queries.case_file, case).parties if told else ():
        window.desk.write(commands.act_paper, "party", party.id, "notify", {"notice_signed": True})
    made = window.desk.write(commands.add_paper, "session", {
        "case_id": case, "place": "金品社区茶室", "started_at": "2026-11-23T01:00:00.000Z", "recorder": "林美珍"})
    return case, made.created[0]


def entered(window: Driver, session: str) -> SessionRoom:
    page = window.page("mediation")
    window.window.activateWindow()
    page.enter_room(session)
    window.settle()
    assert isinstance(page.room, SessionRoom)
    return page.room


def found(window: Driver, session: str) -> room.Room:
    return window.desk.read(room.room, session)


def test_what_is_said_is_noted_with_the_keyboard_alone(window: Driver) -> None:
    _, session = begun(window)
    here = entered(window, session)
    assert here.notes.saying.text.hasFocus()
    window.type("地板泡坏了六平方米")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_F, ALT)
    window.press(Qt.Key.Key_Tab)
    assert here.notes.saying.amount.hasFocus()
    window.type("6800")
    window.press(Qt.Key.Key_1, ALT)
    window.type("要赔地板")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_2, ALT)
    window.press(Qt.Key.Key_H, ALT)
    here.notes.saying.amount.setText("三千")
    window.type("只出一部分")
    window.press(Qt.Key.Key_Return)
    assert here.notes.saying.problem.isVisible()
    assert here.notes.saying.text.toPlainText() == "只出一部分", "a sentence that is refused comes back"
    here.notes.saying.amount.setText("3,200")
    window.press(Qt.Key.Key_Return)

    now = found(window, session)
    mine, theirs = (p.id for p in now.parties)
    names = ("statement_kind", "party_id", "text", "amount")
    shown = [tuple(said.fields.get(name) for name in names) for said in now.statements]
    assert shown == [
        ("statement", mine, "地板泡坏了六平方米", None), ("proposal", mine, "要赔地板", "6800.00"),
        ("counter-proposal", theirs, "只出一部分", "3200.00"),
    ]  # fmt: skip
    sides = offers_by_side(now)
    assert [(name, len(offers)) for name, offers in sides.items()] == [("王*明", 1), ("欧阳*华", 1)]
    assert str(gap_between(sides)) == "3600.00"
    assert here.beside.offers.apart.text() == "还差 3,600 元"
    assert here.notes.saying.text.toPlainText() == ""


def test_a_sentence_that_is_being_typed_is_kept_and_comes_back(window: Driver) -> None:
    _, session = begun(window)
    entered(window, session)
    window.press(Qt.Key.Key_2, ALT)
    window.type("我家装修是有证的，")
    key = f"session/{session}/saying"
    window.qtbot.waitUntil(lambda: (window.desk.read(drafts.find, key) or {}).get("text") == "我家装修是有证的，", timeout=6000)
    home, clock = window.desk.home, window.desk.clock
    window.type("别怪我")
    window.close()
    with open_desk(home, None, PASSWORD, clock, cost=TEST_COST) as again:
        kept = again.read(drafts.find, key)
        assert kept is not None
        assert kept["text"] == "我家装修是有证的，别怪我"
        there = again.read(room.room, session)
        assert kept["speaker"] == there.parties[1].id
        again.write(room.say, session, kept["speaker"], kept["kind"], kept["text"], draft=key)
        assert again.read(drafts.find, key) is None, "noted and forgotten in one transaction"


def test_words_of_one_case_never_come_into_the_line_of_another(window: Driver) -> None:
    """The room is left before what was kept is read, and before a sentence that is refused comes back."""
    _, first = begun(window)
    _, second = begun(window)
    key, other = f"session/{first}/saying", f"session/{second}/saying"
    window.desk.write(drafts.save, key, {"speaker": "mediator", "kind": "statement", "text": "甲案的话", "amount": ""})
    here = entered(window, second)
    saying = here.notes.saying
    saying.show_for(found(window, first))
    saying.show_for(found(window, second))
    window.settle()
    assert saying.text.toPlainText() == "", "a draft that arrives late belongs to the session it was kept for"

    saying.show_for(found(window, first))
    window.settle()
    assert saying.text.toPlainText() == "甲案的话"
    saying.choose_kind("proposal")
    saying.amount.setText("三千")
    saying.note()
    saying.text.setPlainText("后来的话")
    saying.show_for(found(window, second))
    window.settle()
    saying.keep_now()
    window.settle()
    assert saying.text.toPlainText() == ""
    assert window.desk.read(drafts.find, other) is None
    kept = window.desk.read(drafts.find, key)
    assert kept is not None
    assert (kept["text"], kept["kind"], kept["amount"]) == ("甲案的话\n后来的话", "proposal", "三千")
    saying.show_for(found(window, first))
    window.settle()
    assert saying.text.toPlainText() == "甲案的话\n后来的话"


def test_the_notice_stands_first_and_is_the_one_next_action(window: Driver) -> None:
    _, session = begun(window, told=False)
    here = entered(window, session)
    assert here.notice.accessibleName() == NOTHING_TOLD
    assert here.notice.button.hasFocus()
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL), lambda: window.press(Qt.Key.Key_Space))
    assert here.notice.accessibleName() == "请 申请人 王*明 在权利义务告知书上签字。"
    here.notice.button.setFocus()
    window.press(Qt.Key.Key_Space)
    assert "被申请人 欧阳*华" in here.notice.accessibleName()
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL), here.notice.go_on)
    window.answer_sheet("不识字，社区主任在场")
    here.notice.refusing.click()
    window.settle()
    assert not here.notice.isVisible()
    assert [bool(p.fields.get("notice_signed")) for p in found(window, session).parties] == [True, False]


def because(sheet: Any, reason: str) -> None:
    """Write a reason and go on."""
    sheet.edit.setPlainText(reason)
    QTest.keyClick(sheet.edit, Qt.Key.Key_Return, CTRL)


def drawn(sheet: Any) -> None:
    """Sign with the mouse."""
    pad = sheet.pad
    assert not sheet.go.isEnabled()
    assert pad.height() >= 260
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))
    for step in range(1, 6):
        QTest.mouseMove(pad, QPoint(60 + 30 * step, 120 + 10 * (step % 2)))
        pad.go_on(pad.mapFromGlobal(pad.mapToGlobal(QPoint(60 + 30 * step, 120))).toPointF())
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(210, 120))
    assert sheet.go.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)


def test_read_back_signed_and_closed(window: Driver, tmp_path: Path) -> None:
    case, session = begun(window)
    window.desk.write(room.say, session, found(window, session).parties[0].id, "statement", "地板泡坏了")
    here = entered(window, session)
    here.go_on()
    window.settle()
    here.go_on()
    window.settle()
    here.next.click()
    window.settle()
    assert here.tabs.currentIndex() == 1, "what is missing is shown where it is done"
    assert "还没有整理出调解记录" in window.toast()
    here.reading.compose.click()
    window.settle()
    writer = here.reading.writer
    assert writer is not None
    assert writer.fields["record"].value() == f"{clock_of(window, session)} 申请人：地板泡坏了"
    writer.fields["read_back"].control.click()
    window.choose(writer, "result", "continues")
    here.go_on()
    window.settle()
    assert found(window, session).session.fields["read_back"] is True
    mine, theirs = (p.id for p in found(window, session).parties)
    window.answer(drawn, lambda: here.signing.sign(mine))
    now = found(window, session)
    assert now.session.fields["signed_by"] == [mine]
    (file,) = now.files
    assert (file.purpose, file.mime, len(file.sha256)) == ("signature", "image/svg+xml", 64)
    assert not writer.isEnabled(), "what somebody signed is not changed any more"
    (tmp_path / "签名页.png").write_bytes(b"scan")
    here.signing.take_paper(tmp_path / "签名页.png", [theirs, "mediator"])
    window.settle()
    assert [lack.whose for lack in room.lacks(found(window, session))] == [("recorder",)]
    window.answer(lambda sheet: because(sheet, "记录人就是调解员"), lambda: (here.next.click(), window.settle()))  # type: ignore[func-returns-value]
    closed = window.desk.read(queries.case_file, case)
    assert closed.sessions[0].fields["state"] == "closed"
    assert closed.statements[-1].fields["text"] == "记录人就是调解员"
    assert window.page("mediation").room is None


def clock_of(window: Driver, session: str) -> str:
    return f"{local(from_iso(found(window, session).statements[0].fields['created_at'])):%H:%M}"


def test_what_is_changed_after_reading_out_is_read_out_again(window: Driver) -> None:
    _, session = begun(window)
    window.desk.write(commands.edit_paper, "session", session, {"record": "第一句。", "read_back": True, "result": "continues"})
    here = entered(window, session)
    here.go_on()
    writer = here.reading.writer
    assert writer is not None
    field: Any = writer.fields["record"]
    field.control.moveCursor(QTextCursor.MoveOperation.End)
    window.field(writer, "record")
    window.type("再加一句。")
    writer.keep_now()
    window.settle()
    now = found(window, session).session.fields
    assert (now["record"], now.get("read_back")) == ("第一句。再加一句。", None)


def test_a_colleagues_text_is_never_overwritten_unseen(window: Driver) -> None:
    _, session = begun(window)
    window.desk.write(commands.edit_paper, "session", session, {"record": "第一句。"})
    here = entered(window, session)
    here.go_on()
    window.settle()
    writer = here.reading.writer
    assert writer is not None
    window.field(writer, "record")
    window.type("我的。")
    change = window.desk.write(commands.edit_paper, "session", session, {"record": "第一句。同事的。"})
    window.window.changes.changed.emit(change, None)
    window.settle()
    writer.keep_now()
    window.settle()
    assert "同事刚刚也改了" in writer.banner.accessibleName()
    assert found(window, session).stored["record"] == "第一句。同事的。"
    assert "我的" in writer.fields["record"].value()
    writer.latest.setFocus()
    window.press(Qt.Key.Key_Space)
    assert writer.fields["record"].value() == "第一句。同事的。"


def test_a_refusal_that_comes_meanwhile_locks_the_room(window: Driver) -> None:
    _, session = begun(window)
    here = entered(window, session)
    window.type("没记完的")
    change = window.desk.write(commands.act_paper, "party", found(window, session).parties[0].id, "refuse", {}, "不调了")
    window.window.changes.changed.emit(change, None)
    window.settle()
    assert here.stack.currentWidget() is here.stack.notice
    assert "不得调解" in here.stack.notice._text.text()
    window.press(Qt.Key.Key_Space)
    assert window.page("mediation").room is None


def called(sheet: Any) -> None:
    """Somebody has called 110 and writes down who took it."""
    assert sheet.isModal()
    assert sheet.large.text() == "先拨110"
    sheet.form.fields["call_taker"].set_value("060512")
    sheet.form.fields["call_outcome"].set_value("已派警，先把两人分开")
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)


def test_a_threat_in_the_room_is_called_in_first_and_raises_the_case(window: Driver) -> None:
    case, session = begun(window)
    here = entered(window, session)
    window.answer(lambda sheet: sheet.reject(), here.alarm.click)
    assert window.desk.read(queries.detail, case).fields.get("escalation") is None, "nothing is saved before the call"
    window.answer(called, here.alarm.click)
    window.settle()
    file = window.desk.read(queries.case_file, case)
    assert file.dispute is not None
    assert (file.case.fields["escalation"], file.dispute.fields["signs"]) == (3, ["threat"])
    assert not here.alarm.isEnabled()
    assert here.state.accessibleName() == "▲ 已报110"


def test_somebody_is_invited_from_inside_the_room(window: Driver) -> None:
    """PML article 20: with each party's consent the guest is there at once, before it not at all."""
    _, session = begun(window)
    here = entered(window, session)
    presence = here.beside.presence

    def invite(sheet: Any) -> None:
        first = found(window, session).parties[0].id
        sheet.form.set_values({"name": "陈大叔", "capacity": "relative", "agreed_by": [first]})
        sheet.form.finish()

    window.answer(invite, presence.invite.click)
    guest = found(window, session).guests[0]
    assert (guest.fields["name"], found(window, session).welcome) == ("陈*叔", frozenset())
    assert "还没有都同意" in presence.unwelcome.text()

    def consent(sheet: Any) -> None:
        sheet.form.set_values({"agreed_by": [party.id for party in found(window, session).parties]})
        sheet.form.finish()

    window.answer(consent, presence.consent.click)
    assert found(window, session).session.fields["invited"] == [guest.id]
    assert presence.consent.isHidden()
    assert presence.guests.value() == [guest.id]


def test_when_and_where_it_is_can_be_put_right_in_the_room(window: Driver) -> None:
    """In the record while nobody has signed it; the place is covered, so that what is left empty stays."""
    _, session = begun(window)
    here = entered(window, session)

    def mend(sheet: Any) -> None:
        assert "reason" not in sheet.form.fields
        sheet.form.set_values({"started_at": "2026-11-22T23:30:00.000Z"})
        sheet.form.finish()

    window.answer(mend, here.mend.click)
    now = found(window, session)
    assert (now.session.fields["started_at"], now.session.fields["place"]) == ("2026-11-22T23:30:00.000Z", "金品社区***")
    assert "07:30" in here.place.text()
    window.desk.write(commands.edit_paper, "session", session, {"record": "第一句。", "read_back": True, "mediator_signed": True})
    window.page("mediation").refresh()
    window.settle()

    def amend(sheet: Any) -> None:
        sheet.form.set_values({"place": "当事人家中", "reason": "写错了"})
        sheet.form.finish()

    window.answer(amend, here.mend.click)
    now = found(window, session)
    assert now.session.fields["place"] == "金品社区***"
    assert now.statements[-1].fields["text"] == "补正：地点原写金品社区茶室，应为当事人家中。理由：写错了"
