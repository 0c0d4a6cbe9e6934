"""D05 by stick: the laptop has no network, and two windows hand a stick to and fro until both show what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from tests.e2e.test_one_case_window import (
    PARTIES,
    Meeting,
    both_values_are_shown,
    corrected_at_the_office,
    texts,
)
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.stations import parked
from tests.ui.pages.driver import CTRL, NOISE, Driver
from tests.ui.pages.test_conflicts import choose
from zzdesk.clock import FixedClock
from zzdesk.desk import queries
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import queries as mediations

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]


class Stick:
    """What is carried from the laptop's window to the office's and back, chosen in the dialogs of both."""

    def __init__(self, folder: Path, office: Driver, laptop: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self._folder, self._office, self._laptop, self._patch = folder, office, laptop, monkeypatch

    def there_and_back(self) -> str:
        """Write a bundle, let the office send it to the centre, take the answer in; return what the laptop says of it."""
        for old in self._folder.glob("*.zzb"):
            old.unlink()
        self._choose("getExistingDirectory", str(self._folder))
        self._do(self._laptop, "export")
        (bundle,), answer = self._folder.glob("*.zzb"), self._folder / "答复.zzb"
        self._choose("getOpenFileName", (str(bundle), ""))
        self._choose("getSaveFileName", (str(answer), ""))
        assert answer.name in self._do(self._office, "relay")
        self._choose("getOpenFileName", (str(answer), ""))
        return self._do(self._laptop, "take_in")

    def _choose(self, dialog: str, chosen: Any) -> None:
        self._patch.setattr(QFileDialog, dialog, lambda *_: chosen)

    @staticmethod
    def _do(window: Driver, what: str) -> str:
        activate(window)
        page = window.page("sync")
        act: Callable[[], None] = getattr(page.bundles, what)
        act()
        window.qtbot.waitUntil(lambda: page.bundles.button.isEnabled(), timeout=20_000)
        window.settle()
        return str(page._banner.accessibleName())


@pytest.fixture
def meeting(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Meeting]:
    clock = FixedClock(datetime(2026, 1, 20, 1, tzinfo=UTC))
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        made = Meeting(tmp_path, centre, clock, (qtbot, qapp))
        try:
            yield made
        finally:
            made.close()


@pytest.fixture
def laptop(meeting: Meeting, qtbot: QtBot, qapp: QApplication) -> Iterator[Driver]:
    window = Driver(qtbot, qapp, meeting.laptop)
    yield window
    window.close()


def test_the_laptop_has_no_network_and_a_stick_brings_both_to_one_amount(
    meeting: Meeting, laptop: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, stick = meeting.window, Stick(tmp_path / "stick", meeting.window, laptop, monkeypatch)
    stub = {"category": "neighbours", "amount": "6800", "team": ["zhuang", "huang"]}
    made = laptop.desk.write(mediation.accept_whole, stub, {"title": "卫生间漏水", "facts": "漏水"}, PARTIES)
    case = next(record for kind, record in made.records if kind == "case")
    sync_once(laptop.desk)
    reconcile(office)
    corrected_at_the_office(office, case)
    changed_on_the_laptop(laptop, case)
    reconcile(office)

    assert "答复已导入" in stick.there_and_back()
    reconcile(office)
    page = both_values_are_shown(office)
    decide(office, page, "以报价单为准")
    reconcile(office)
    stick.there_and_back()
    activate(laptop)
    page = laptop.page("conflicts")
    page.refresh()
    laptop.settle()
    assert "6300.00" in texts(page.detail)
    decide(laptop, page, "当事人也认可报价单")
    stick.there_and_back()
    reconcile(office)

    for window in (office, laptop):
        file = window.desk.read(mediations.case_file, case)
        assert file.case.fields["amount"] == "7000.00"
        assert file.parties[0].fields["phone"] == "139****0002"
        assert [guest.fields["name"] for guest in file.others["participant"]] == ["陈*人"]
        assert window.desk.read(queries.conflicts).rows == ()
        assert parked(window.desk) == {}


def changed_on_the_laptop(laptop: Driver, case: str) -> None:
    """黄建华 corrects 涉及金额 too, and adds a witness."""
    activate(laptop)
    cases = laptop.records("mediation")
    cases.open_record(case)
    laptop.settle()
    detail: Any = cases.detail
    detail.start("amount")
    laptop.write_in(detail.form, amount="7000")
    laptop.press(Qt.Key.Key_Return, CTRL)
    laptop.desk.write(mediation.add_paper, "participant", {"case_id": case, "name": "陈证人", "capacity": "community"})


def decide(window: Driver, page: Any, reason: str) -> None:
    """Take the amount of the laptop, for a reason."""
    (row,) = window.desk.read(queries.conflicts).rows
    choose(page, next(c.number for c in window.desk.read(queries.conflict, row.id).candidates if c.value == "7000.00"))
    page.detail._reason.setPlainText(reason)
    page.detail._decide.click()
    window.settle()
