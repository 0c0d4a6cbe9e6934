"""D05 in the window: the office corrects amount and phone, the laptop away the amount too, and people decide between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.stations import parked
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_conflicts import choose
from ui.pages.conflicts.cards import ValueCard
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, queries
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import queries as mediations
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
PARTIES = [{"role": "applicant", "name": "李秀英", "phone": "13805961234"}, {"role": "respondent", "name": "郑国辉"}]
FAST = timedelta(minutes=7)


class Meeting:
    """The window of the office (庄晓燕, who may confirm), and the laptop of 黄建华, whose clock is fast."""

    def __init__(self, folder: Path, centre: ServerThread, clock: FixedClock, qt: tuple[QtBot, QApplication]) -> None:
        self._folder, self._centre = folder, centre
        office = self._sit_down("zhuang", "庄晓燕", clock)
        add_account(office, "huang", "黄建华", ["committee-head", "mediator"], PASSWORD)
        sync_once(office)
        self.laptop = self._sit_down("huang", "黄建华", FixedClock(clock.now() + FAST))
        self.window = Driver(*qt, office)

    def _sit_down(self, login: str, name: str, clock: FixedClock) -> Desk:
        made, _ = create_home(self._folder / login, STATION, login, PASSWORD, clock, True, display_name=name, cost=TEST_COST)
        enrol(made, self._centre.url, self._centre.enrol_code(STATION))
        sync_once(made)
        return made

    def close(self) -> None:
        """End everything that was begun."""
        self.window.close()
        self.laptop.close()


@pytest.fixture
def meeting(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Meeting]:
    clock = FixedClock(datetime(2026, 1, 20, 1, tzinfo=UTC))
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        made = Meeting(tmp_path, centre, clock, (qtbot, qapp))
        try:
            yield made
        finally:
            made.close()


def test_the_office_and_the_laptop_change_one_amount(meeting: Meeting) -> None:
    window, laptop = meeting.window, meeting.laptop
    about = {"title": "卫生间漏水", "facts": "漏水"}
    stub = {"category": "neighbours", "amount": "6800", "team": ["zhuang", "huang"]}
    case = laptop.write(mediation.accept_whole, stub, about, PARTIES).records
    case_id = next(record for kind, record in case if kind == "case")
    sync_once(laptop)
    reconcile(window)
    corrected_at_the_office(window, case_id)
    laptop.write(mediation.edit_case, case_id, {"amount": "7000"})
    laptop.write(mediation.add_paper, "participant", {"case_id": case_id, "name": "陈证人", "capacity": "community"})
    reconcile(window)
    sync_once(laptop)
    reconcile(window)
    file = window.desk.read(mediations.case_file, case_id)
    assert file.parties[0].fields["phone"] == "139****0002", "what only one changed stands"
    assert [guest.fields["name"] for guest in file.others["participant"]] == ["陈*人"]
    page = both_values_are_shown(window)
    decided(window, laptop, page, case_id)


def corrected_at_the_office(window: Driver, case: str) -> None:
    """庄晓燕 corrects 涉及金额 in the case, and the phone on the card of the party."""
    activate(window)
    cases = window.records("mediation")
    cases.open_record(case)
    window.settle()
    detail: Any = cases.detail
    detail.start("amount")
    window.write_in(detail.form, amount="6300")
    window.press(Qt.Key.Key_Return, CTRL)
    detail.show_tab("parties")
    window.settle()
    detail._party_step(window.desk.read(mediations.case_file, case).parties[0], "correct")
    window.write_in(detail.form, phone="13959600002")
    window.press(Qt.Key.Key_Return, CTRL)
    found = window.desk.read(mediations.case_file, case)
    assert (found.case.fields["amount"], found.parties[0].fields["name"]) == ("6300.00", "李*英"), "what was left empty stays"


def texts(widget: Any) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def both_values_are_shown(window: Driver) -> Any:
    """Base and both values; who, when, on which device, and that its clock is seven minutes fast."""
    activate(window)
    page = window.page("conflicts")
    page.refresh()
    window.settle()
    assert "原来的值 6800.00" in texts(page.detail)
    cards = {label: texts(card) for card in page.detail.findChildren(ValueCard) for label in (card.text.text(),)}
    office, laptop = (next(said for shown, said in cards.items() if amount in shown) for amount in ("6300.00", "7000.00"))
    assert [word for word in ("庄晓燕", "本机", "今天 09:00") if word not in office] == []
    assert "黄建华" in laptop
    assert "▲ 那台设备的时钟快 7 分钟" in laptop
    assert "时钟" not in office
    return page


def decided(window: Driver, laptop: Desk, page: Any, case: str) -> None:
    """One proposes, another confirms; who, what and why is found among the conflicts of the month."""
    (row,) = window.desk.read(queries.conflicts).rows
    laptop_first = window.desk.read(queries.conflict, row.id).candidates
    choose(page, next(c.number for c in laptop_first if c.value == "7000.00"))
    page.detail._reason.setPlainText("以报价单为准")
    page.detail._decide.click()
    window.settle()
    reconcile(window)
    for _ in range(2):
        sync_once(laptop)
    laptop.write(commands.resolve, row.id, values={"amount": "7000"}, reason="当事人也认可报价单")
    sync_once(laptop)
    reconcile(window)
    assert window.desk.read(queries.conflicts).rows == ()
    assert {desk.read(mediations.detail, case).fields["amount"] for desk in (window.desk, laptop)} == {"7000.00"}
    assert (parked(window.desk), parked(laptop)) == ({}, {})
    activate(window)
    page = window.page("conflicts")
    page.chips.choose("month")
    window.settle()
    assert page.model.rowCount() == 1
    page.search.setText("认可报价单")
    page.search.asked.emit("认可报价单")
    window.settle()
    assert page.model.rowCount() == 1
    assert "当事人也认可报价单" in texts(page.detail)
