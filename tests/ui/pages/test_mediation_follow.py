"""What stands around a case, in the real window: the plan, revisits, who is invited, signs of escalation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_mediation import accepted, shown
from ui.pages.mediation.case_files import CaseFiles
from zzdesk.mediation import commands, queries

TEXT = {"facts": "漏水", "issues": "修复费", "content": "赔偿3200元", "performance": "两次付清"}


def file_of(window: Driver, case: str) -> queries.CaseFile:
    return window.desk.read(queries.case_file, case)


def settled(window: Driver, case: str) -> None:
    """Put an oral agreement into effect: it takes no signatures."""
    agreement = window.desk.write(commands.add_paper, "agreement", {"case_id": case, "form": "oral"} | TEXT).created[0]
    window.desk.write(commands.act_paper, "agreement", agreement, "take-effect", {})


def opened(window: Driver, case: str) -> Any:
    detail = shown(window, case)
    detail.show_tab("follow")
    return detail


def test_a_plan_line_is_added_and_done_by_keyboard(window: Driver) -> None:
    case = accepted(window)
    settled(window, case)
    detail = opened(window, case)
    assert not detail.follow.add_buttons["performance_line"].isHidden()
    detail.follow.add_buttons["performance_line"].click()
    assert detail.form is not None
    window.write_in(detail.form, what="赔偿第一笔", amount="1200", due_on="2026-12-01")
    window.press(Qt.Key.Key_Return, CTRL)
    (line,) = file_of(window, case).others["performance_line"]
    assert (line.fields["what"], line.fields["amount"], line.fields["state"]) == ("赔偿第一笔", "1200.00", "pending")
    detail.show_tab("follow")
    detail._take_step(line, "done")
    detail.form.fields["done_how"].set_value("transfer")
    detail.form.fields["done_on"].set_value("2026-11-23")
    window.press(Qt.Key.Key_Return, CTRL)
    assert file_of(window, case).others["performance_line"][0].fields["state"] == "done"


def test_the_plan_is_part_of_what_is_signed(window: Driver) -> None:
    """A line stands in the agreement before anybody signs it: afterwards it would be another text than the signed one."""
    case = accepted(window)
    draft = window.desk.write(commands.add_paper, "agreement", {"case_id": case, "form": "written"} | TEXT).created[0]
    detail = opened(window, case)
    detail.follow.add_buttons["performance_line"].click()
    window.write_in(detail.form, what="赔偿第一笔", amount="1200", due_on="2026-12-01")
    window.press(Qt.Key.Key_Return, CTRL)
    (line,) = file_of(window, case).others["performance_line"]
    assert line.fields["agreement_id"] == draft
    assert [detail.follow.add_buttons[kind].isHidden() for kind in ("revisit", "confirmation")] == [True, True]


def test_an_invited_person_waits_for_every_party(window: Driver) -> None:
    case = accepted(window)
    detail = opened(window, case)
    detail.follow.add_buttons["participant"].click()
    window.write_in(detail.form, name="郭大伯")
    detail.form.fields["capacity"].set_value("relative")
    window.press(Qt.Key.Key_Return, CTRL)
    (guest,) = file_of(window, case).others["participant"]
    detail._take_step(guest, "consent")
    ids = sorted(party.id for party in file_of(window, case).parties)
    detail.form.fields["agreed_by"].set_value(ids)
    window.press(Qt.Key.Key_Return, CTRL)
    assert file_of(window, case).others["participant"][0].fields["agreed_by"] == ids


def test_what_is_missing_leads_to_where_it_is_filled(window: Driver) -> None:
    case = accepted(window)
    settled(window, case)
    detail = opened(window, case)
    missing = file_of(window, case).missing
    assert {"notice", "record", "revisit"} <= {each.code for each in missing}
    detail._go_to(next(each for each in missing if each.code == "notice"))
    assert detail.tabs.currentIndex() == 1


def test_a_red_sign_asks_for_a_call_to_110_first(window: Driver, monkeypatch: Any) -> None:
    """D06: ticking 扬言动手 brings the call before anything else is done."""
    asked: list[str] = []
    monkeypatch.setattr("ui.pages.mediation.detail.ask_call", lambda *args: asked.append(args[-1]))
    case = accepted(window)
    detail = shown(window, case)
    detail.start("signs")
    detail.form.fields["signs"].set_value(["repeated"])
    window.press(Qt.Key.Key_Return, CTRL)
    assert asked == []
    detail.start("signs")
    detail.form.fields["signs"].set_value(["repeated", "threat"])
    window.press(Qt.Key.Key_Return, CTRL)
    assert asked == ["纠纷当事人扬言动手"]
    assert window.desk.read(queries.detail, case).fields["escalation"] == 3
    bench = window.page("workbench")
    bench.refresh()
    window.settle()
    assert not bench.mediation.isHidden()
    bench.mediation.buttons[0].click()
    window.settle()
    assert window.records("mediation").detail.record_id == case


def test_an_agent_is_named_with_powers_and_term(window: Driver) -> None:
    """Domain rules B1.2, row 6."""
    case = accepted(window)
    detail = shown(window, case)
    party = file_of(window, case).parties[0]
    detail._party_step(party, "agent")
    window.write_in(detail.form, agent_name="林代理", agent_powers="代为调解和签收")
    detail.form.fields["agent_authority"].set_value("general")
    detail.form.fields["agent_until"].set_value("2026-12-31")
    window.press(Qt.Key.Key_Return, CTRL)
    fields = file_of(window, case).parties[0].fields
    assert (fields["agent_name"], fields["agent_authority"], fields["agent_until"]) == ("林*理", "general", "2026-12-31")


def test_with_two_committees_a_case_names_its_own(window: Driver) -> None:
    made = [window.desk.write(commands.add_committee, "committee", {"name": f"{name}调委会", "prefix": name}).created[0]
            for name in ("西桥", "文川")]  # fmt: skip
    records = window.records("mediation")
    records.open_form()
    window.settle()
    form = records.pane.form
    assert form.fields["committee_id"].isVisible()
    window.pick(form, "category", "ll")
    window.write_in(form, title="楼上漏水", party0__name="王晓明", party1__name="欧阳建华")
    form.fields["committee_id"].set_value(made[1])
    window.press(Qt.Key.Key_Return, CTRL)
    case = window.desk.read(queries.list_cases).rows[0]
    assert case.number.startswith("临-文川人调2026-")


def agreements(window: Driver, case: str) -> list[Any]:
    return [paper for paper in file_of(window, case).agreements if not paper.voided]


def test_an_amendment_is_begun_once_and_can_be_declared_void(window: Driver) -> None:
    """One misclick does not block a case: the one in effect stays in front, the draft is one, and it can be given up."""
    case = accepted(window)
    settled(window, case)
    detail = shown(window, case)
    detail.show_tab("agreement")
    tab = detail.agreements
    tab.correct.click()
    tab.correct.click()
    assert not tab.change.isEnabled()
    window.settle()
    assert len(agreements(window, case)) == 2, "a double click makes one draft"
    assert tab.writer is not None
    assert tab.writer.paper_id == tab.chips.current, "the draft that was begun is shown"
    holds = detail._loaded.effective
    window.field(tab.writer, "performance")
    window.type("一次")
    tab.chips.choose(holds.id)
    assert tab.writer is None
    assert tab.correct.isVisible()
    assert tab.correct.text() == "去看补正草稿"
    window.settle()
    tab.correct.click()
    window.settle()
    assert tab.writer is not None
    assert "一次" in tab.writer.fields["performance"].value(), "what was written is there again"
    assert len(agreements(window, case)) == 2

    detail.show_tab("follow")
    detail.follow.add_buttons["revisit"].click()
    detail.form.fields["due_on"].set_value("2026-12-20")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None, "it belongs to the agreement that holds, not to the draft"
    assert {each.fields["agreement_id"] for each in file_of(window, case).others["revisit"]} == {holds.id}

    detail.show_tab("agreement")
    window.answer_sheet("点错了")
    tab.void_button.click()
    window.settle()
    assert [paper.id for paper in agreements(window, case)] == [holds.id]
    assert not tab.void_button.isVisible()
    assert tab.correct.text() == "起草补正"


def test_a_party_and_an_open_session_are_declared_void_with_a_reason(window: Driver) -> None:
    case = accepted(window)
    session = window.desk.write(commands.add_paper, "session", {
        "case_id": case, "place": "茶室", "started_at": "2026-11-23T01:00:00.000Z", "recorder": "林美珍"}).created[0]
    detail = shown(window, case)
    party = file_of(window, case).parties[0]
    detail.show_tab("parties")
    window.answer_sheet("登记重了")
    detail._party_step(party, "void")
    window.settle()
    detail.show_tab("sessions")
    window.answer_sheet("开错了")
    detail.sessions.void_button.click()
    window.settle()
    file = file_of(window, case)
    assert [p.id for p in file.parties if p.voided] == [party.id]
    assert [p.id for p in file.sessions if p.voided] == [session]


def test_extending_leads_to_the_form_in_which_the_parties_agree(window: Driver) -> None:
    case = accepted(window)
    detail = shown(window, case)
    detail.start("extend")
    assert detail.form is not None
    detail.form.fields["agreed_by"].set_value(sorted(party.id for party in file_of(window, case).parties))
    detail.form.fields["until"].set_value("2027-02-01")
    window.write_in(detail.form, reason="等鉴定意见")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None
    assert window.desk.read(queries.detail, case).fields["extended_to"] == "2027-02-01"
    assert detail.tabs.currentIndex() == 4, "and the extension stands where it was asked for"


def test_the_dispute_is_corrected_with_what_was_prevented(window: Driver) -> None:
    """Domain rules B1.6: 防止群体性上访 and how many people; a place that is not shown stays as it is."""
    case = accepted(window)
    dispute = file_of(window, case).dispute
    assert dispute is not None
    window.desk.write(commands.edit_paper, "dispute", dispute.id, {"place": "金品路8号401室"})
    detail = shown(window, case)
    detail.start("category")
    window.choose(detail.form, "category", "property-management")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.detail, case).row.category == "property-management"
    detail.start("correct")
    form = detail.form
    assert form is not None
    assert form.fields["title"].value() == "楼上漏水泡坏木地板"
    window.field(form, "demands")
    window.type("赔偿地板")
    window.choose(form, "prevented", "petition")
    window.write_in(form, prevented_people="12")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None
    stub = window.desk.read(queries.detail, case).fields
    assert (stub["prevented"], stub["prevented_people"]) == ("petition", 12)
    now = file_of(window, case).dispute
    assert now is not None
    assert now.basis is not None
    kept = [now.basis.value(name) for name in ("demands", "place", "title")]
    assert kept == ["赔偿地板", "金品路8号401室", "楼上漏水泡坏木地板"]


def test_files_are_taken_in_as_what_they_are(window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Domain rules B1.2, rows 5 to 7 and 12: each lies behind its own paper, and what the file lacks is asked anew."""
    case = accepted(window)
    settled(window, case)
    agreement, first = file_of(window, case).agreements[0].id, file_of(window, case).parties[0]
    window.desk.write(commands.edit_paper, "party", first.id, {"agent_name": "何律"})
    line = {"case_id": case, "agreement_id": agreement, "what": "第一笔", "due_on": "2026-12-01"}
    window.desk.write(commands.add_paper, "performance_line", line)
    window.desk.write(commands.add_paper, "investigation", {"case_id": case, "asked": "邻居"})
    scan = tmp_path / "scan.txt"
    scan.write_text("材料", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(scan), ""))

    def lacks() -> list[str | None]:
        return [each.about for each in file_of(window, case).missing if each.code == "identity"]

    def take(tab: str, kind: str, purpose: str) -> str:
        part = opened(window, case) if tab == "follow" else shown(window, case)
        part.show_tab(tab)
        window.settle()
        box = next(b for b in part.findChildren(CaseFiles) if b.isVisible() and b._kind == kind and purpose in b.ways)
        box.ways[purpose].click()
        window.settle()
        again = next(b for b in part.findChildren(CaseFiles) if b.isVisible() and b._record == box._record)
        return again.lines[-1].accessibleName()

    window.desk.write(commands.act_paper, "party", first.id, "notify", {"notice_signed": True})
    before = len(lacks())
    assert take("parties", "party", "identity").startswith("身份证明")
    assert take("parties", "party", "scan").startswith("授权委托书")
    assert take("follow", "performance_line", "receipt").startswith("凭证")
    assert take("follow", "investigation", "photo").startswith("照片")
    assert len(lacks()) == before - 1
