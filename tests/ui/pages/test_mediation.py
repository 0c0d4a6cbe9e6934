"""Mediation in the real window: the team writes and saves as it types, everybody else sees the stub."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import update

from tests.ui.pages.driver import CTRL, STATION, Driver
from ui.pages.mediation.detail import CaseDetail
from ui.pages.mediation.void_numbers import VoidNumbers
from ui.widgets.base import Label
from ui.widgets.masked import MaskedField
from zzdesk.accounts.commands import create_account
from zzdesk.actor import Actor, account_id
from zzdesk.desk.readings import readings
from zzdesk.desk.session import Desk
from zzdesk.desk.taking import take_in
from zzdesk.errors import InvalidError
from zzdesk.mediation import commands, queries
from zzdesk.mediation.models import Agreement, Case

DISPUTE = {"title": "楼上漏水泡坏木地板", "facts": "401室装修后漏水"}
PARTIES = [{"role": "applicant", "name": "王晓明", "phone": "13700000001"},
           {"role": "respondent", "name": "欧阳建华", "phone": "13700000002"}]


def accepted(window: Driver) -> str:
    change = window.desk.write(commands.accept_whole, {"category": "neighbours"}, DISPUTE, PARTIES)
    return next(record for kind, record in change.records if kind == "case")


def shown(window: Driver, case: str) -> CaseDetail:
    records = window.records("mediation")
    records.open_record(case)
    window.settle()
    assert isinstance(records.detail, CaseDetail)
    return records.detail


def test_a_case_is_accepted_with_both_parties_by_keyboard(window: Driver) -> None:
    records = window.records("mediation")
    window.press(Qt.Key.Key_N)
    assert records.pane is not None
    form = records.pane.form
    window.pick(form, "category", "ll")
    window.write_in(form, title="楼上漏水", party0__name="王晓明", party0__phone="123", party1__name="欧阳建华")
    window.press(Qt.Key.Key_Return, CTRL)
    assert form.fields["party0.phone"].problem.isVisible()
    assert window.desk.read(queries.list_cases).rows == ()

    window.field(form, "party0.phone")
    form.fields["party0.phone"].control.clear()  # type: ignore[attr-defined]
    window.type("13700000001")
    window.press(Qt.Key.Key_Return, CTRL)
    case = window.desk.read(queries.list_cases).rows[0]
    file = window.desk.read(queries.case_file, case.id)
    assert [p.fields["name"] for p in file.parties] == ["王*明", "欧阳*华"]
    assert file.dispute is not None
    assert file.dispute.fields["title"] == "楼上漏水"
    assert "尚未送达中心" in window.toast()


def test_the_team_sees_the_files_of_the_dispute_with_it(window: Driver, tmp_path: Path) -> None:
    case = accepted(window)
    file = window.desk.read(queries.case_file, case)
    assert file.dispute is not None
    (tmp_path / "漏水.txt").write_text("天花板发霉", "utf-8")
    take_in(window.desk, "dispute", file.dispute.id, tmp_path / "漏水.txt")
    detail = shown(window, case)
    window.settle()
    assert detail.files.isVisible()
    assert detail.files.add.isVisible()
    (line,) = detail.files.lines
    assert "待送达" in line.accessibleName()


def test_others_see_the_stub_and_why(window: Driver) -> None:
    window.desk.write(create_account, "wu", "吴志明", ["mediator"])
    mine = window.desk.actor
    window.desk._actor = Actor(account_id(STATION, "wu"), "wu", "吴志明", frozenset({"mediator"}), STATION)
    case = accepted(window)
    window.desk._actor = mine
    detail = shown(window, case)
    assert not detail.tabs.isVisible()
    assert not detail.files.isVisible()
    assert "只有调解小组可以查看" in detail._closed_door.accessibleName()
    texts = " ".join(line.value.text() for line in detail.facts._lines)
    assert "漏水" not in texts + detail.head.title.text()
    assert "邻里" in texts
    records = window.records("mediation")
    assert records.line(records.model.row(0)).icon == "lock"


def test_an_agreement_takes_effect_with_all_signatures_and_the_seal(window: Driver) -> None:
    case = accepted(window)
    detail = shown(window, case)
    detail.show_tab("agreement")
    detail.agreements.written.setFocus()
    window.press(Qt.Key.Key_Space)
    writer = detail.agreements.writer
    assert writer is not None
    window.write_in(writer, facts="漏水属实", issues="赔偿多少", content="赔偿二千八百元", performance="十一月底前转账",
                    amount="2800")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "签名" in writer.banner.accessibleName()
    for button in writer.fields["signed_by"].control.buttons.values():  # type: ignore[attr-defined]
        button.setFocus()
        window.press(Qt.Key.Key_Space)
    for key in ("mediator_signed", "sealed"):
        window.field(writer, key)
        window.press(Qt.Key.Key_Space)
    assert {day.rpartition(":")[2] for day in writer.fields["signed_days"].value()} == {"2026-11-23"}
    window.press(Qt.Key.Key_Return, CTRL)
    agreement = window.desk.read(queries.case_file, case).agreements[0]
    assert agreement.fields["state"] == "effective"
    assert agreement.fields["confirm_by"] == "2026-12-23"
    assert len(agreement.fields["signed_days"]) == 4
    assert any("调委会印章 2026-11-23" in label.text() for label in detail.agreements.findChildren(Label))
    assert detail.agreements.writer is None
    assert "第三十三条" in detail.agreements._banner.accessibleName()
    with window.desk.store.writer() as session:
        session.execute(update(Agreement).where(Agreement.id == agreement.id).values(content="赔偿二百八十元"))
        session.commit()
    detail.reload()
    window.settle()
    assert "校验值不符" in detail.agreements._banner.accessibleName(), "it is said, and in front of everything else"


def test_a_refusal_ends_the_mediation(window: Driver) -> None:
    case = accepted(window)
    detail = shown(window, case)
    party = window.desk.read(queries.case_file, case).parties[1]
    detail._party_step(party, "refuse")
    window.settle()
    window.type("电话里明确说不来")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.detail, case).row.state == "refused"


def test_every_opening_of_a_file_is_in_the_read_log_and_no_refresh_is(window: Driver) -> None:
    first, second = accepted(window), accepted(window)
    for case in (first, second, first):
        shown(window, case)
        window.page("mediation").refresh()
        window.settle()
    window.desk.write(create_account, "wu", "吴志明", ["mediator"])
    window.desk._actor = Actor(account_id(STATION, "wu"), "wu", "吴志明", frozenset({"mediator"}), STATION)
    shown(window, second)
    window.desk._actor = Actor(account_id(STATION, "shen"), "shen", "审", frozenset({"auditor"}), STATION)
    lines = [(line.event, line.record_id, line.who) for line in window.desk.read(readings).rows]
    opened = [("case.open", case, "林美珍") for case in (first, second, first)]
    assert lines[:3] == opened, "one for each opening by the team, none for the stub that others see"


def test_a_partys_phone_is_shown_for_a_reason(window: Driver) -> None:
    case = accepted(window)
    detail = shown(window, case)
    detail.show_tab("parties")
    covered = next(f for f in detail.parties.findChildren(MaskedField) if f.label.text() == "137****0001")
    window.answer_sheet("通知到场")
    covered.eye.click()
    window.settle()
    assert covered.label.text() == "13700000001"


def test_what_the_forms_of_the_file_ask_reaches_it(window: Driver) -> None:
    """Scale, prominence, closing report and note, how long it is kept, where a session was (rules B1.2, B1.4)."""
    case = accepted(window)
    detail = shown(window, case)
    detail.start("correct")
    window.settle()
    detail.form.set_values(detail.form.values() | {
        "scale": "group", "is_prominent": True, "finding": "三次调解，双方满意", "dossier_note": "缺一张收据"})
    detail.form.finish()
    window.settle()
    detail.start("retention")
    window.choose(detail.form, "retention", "permanent")
    window.press(Qt.Key.Key_Return, CTRL)
    detail.start("session")
    detail.form.set_values(detail.form.values() | {"place": "金品社区茶室", "mode": "on-site", "spot": "24.513，117.6472"})
    detail.form.finish()
    window.settle()
    file = window.desk.read(queries.case_file, case)
    assert file.dispute is not None
    written = [file.dispute.fields[name] for name in ("scale", "is_prominent", "finding", "dossier_note")]
    assert written == ["group", True, "三次调解，双方满意", "缺一张收据"]
    assert file.case.fields["retention"] == "permanent"
    assert [file.sessions[0].fields[name] for name in ("mode", "spot")] == ["on-site", "24.513000,117.647200"]
    with pytest.raises(InvalidError, match="spot"):
        window.desk.write(commands.edit_paper, "session", file.sessions[0].id, {"spot": "茶室"})


def test_the_void_numbers_are_listed_with_their_reasons(window: Driver) -> None:
    case = accepted(window)
    numbered(window.desk, case)
    window.desk.write(commands.void, case, "重复登记")
    records, opened = window.records("mediation"), []
    sheet = VoidNumbers(window.window, window.window.context, opened.append)
    sheet.show()
    window.settle()
    assert [(sheet.model.row(n).number, sheet.model.row(n).reason) for n in range(sheet.model.rowCount())] == [
        ("（2026）人调字第0009号", "重复登记")]
    assert records.void_button.accessibleName() == "作废的编号…"
    sheet.table.setFocus()
    sheet.table.selectRow(0)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert opened == [case]
    sheet.deleteLater()


def numbered(desk: Desk, case: str) -> None:
    """Give a case a number, as one from a leased block has from its birth."""
    with desk.store.writer() as session:
        session.execute(update(Case).where(Case.id == case).values(number="（2026）人调字第0009号"))
        session.commit()
