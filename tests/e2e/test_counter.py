"""Scenario D01 in the real window: a morning at the counter without a network, duplicates, and a cut of power while typing."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.e2e.test_window_sync import activate, reconcile
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_intake import finish
from tests.zzdesk.evidence.test_photos import SECRET, picture
from ui.pages.reports.compare import CompareSheet
from ui.pages.reports.intake import IntakeForm
from ui.widgets.forms import AUTOSAVE_MS
from zzdesk.clock import FixedClock
from zzdesk.desk import drafts, records
from zzdesk.desk import queries as desk_queries
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.reports import links, queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, 08:30 in Zhangzhou."""
    return FixedClock(datetime(2026, 3, 2, 0, 30, tzinfo=UTC))


def counter(window: Driver) -> IntakeForm:
    """Open the form from wherever one is."""
    activate(window)
    window.press(Qt.Key.Key_F2)
    window.settle()
    form = window.window.shell.pages["reports"].shown.pane.form
    assert isinstance(form, IntakeForm)
    assert form.fields["title"].control.hasFocus()
    return form


def go_to(window: Driver, wanted: Callable[[], Any]) -> None:
    """Press Tab until the cursor is where it is wanted."""
    for _ in range(40):
        if QApplication.focusWidget() is wanted():
            return
        window.press(Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")


def fill(window: Driver, form: IntakeForm, key: str, text: str) -> None:
    go_to(window, lambda: form.fields[key].control)
    window.type(text)


def first_report(window: Driver, photo: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """(a) A resident at the counter with a photo on his phone."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photo)], ""))
    form = counter(window)
    window.type("文庙门口石板松动，老人绊倒")
    window.press(Qt.Key.Key_Return)
    window.type("dlss")
    window.press(Qt.Key.Key_Return)
    fill(window, form, "address", "香港路北段")
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_1), lambda: window.press(Qt.Key.Key_O, CTRL))
    go_to(window, lambda: form.files.lines[0].locate)
    window.press(Qt.Key.Key_Space)
    fill(window, form, "reporter_name", "林志强")
    fill(window, form, "reporter_phone", "13800596001")
    fill(window, form, "reporter_identity", "350602197506153336")
    finish(window)
    return str(window.records("reports").detail.record_id)


def second_report(window: Driver) -> tuple[str, str]:
    """(b) A phone call about the same stone; returns the report and what stood beside it."""
    form = counter(window)
    window.type("文庙牌坊前面石板翘起来")
    window.press(Qt.Key.Key_Return)
    window.type("dlss")
    window.press(Qt.Key.Key_Return)
    fill(window, form, "address", "香港路北段")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    fill(window, form, "reporter_name", "陈美玲")
    fill(window, form, "reporter_phone", "13959600002")
    seen: list[str] = []

    def link(sheet: CompareSheet) -> None:
        assert isinstance(sheet, CompareSheet)
        window.qtbot.waitUntil(lambda: sheet.other.photo.has_photo, timeout=10_000)
        seen.append(f"{sheet.other.title.text()} {sheet.other.why.text()} {sheet.other.lines.text()}")
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(link, lambda: finish(window))
    return str(window.records("reports").detail.record_id), seen[0]


def third_report(window: Driver) -> str:
    """(c) A paper note without a name."""
    form = counter(window)
    window.type("台湾路路灯不亮")
    window.press(Qt.Key.Key_Return)
    window.type("ldzm")
    window.press(Qt.Key.Key_Return)
    fill(window, form, "address", "台湾路")
    go_to(window, lambda: form.fields["anonymous"].control)
    window.press(Qt.Key.Key_Space)
    finish(window)
    return str(window.records("reports").detail.record_id)


def at_centre(server: ServerThread, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the centre's records of a kind in the order in which it got them."""
    with server.centre.database.reading() as connection:
        query = select(record.c.id, record.c.body).where(record.c.kind == kind).order_by(record.c.seq)
        return [(row.id, json.loads(row.body)) for row in connection.execute(query)]


def numbers(desk: Desk, ids: list[str]) -> list[str]:
    return [row.number for row in desk.read(queries.by_ids, tuple(ids))]


def test_a_morning_at_the_counter_without_a_network(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = create_home(tmp_path / "desk", STATION, "zhuang", PASSWORD, clock, True, display_name="庄晓燕", cost=TEST_COST)
    photo = picture(tmp_path / "文庙.jpg")
    window = Driver(qtbot, qapp, desk)
    try:
        ids = [first_report(window, photo, monkeypatch)]
        clock.advance(timedelta(minutes=25).total_seconds())
        second, beside = second_report(window)
        clock.advance(timedelta(minutes=10).total_seconds())
        ids += [second, third_report(window)]
        first, _, third = ids
        given = numbers(desk, ids)
        assert len(set(given)) == 3

        # the hint: what it is, how far, how old, and why
        for wanted in ("文庙门口石板松动，老人绊倒", "相距 0 米", "地点相近", "地址相同", "今天 08:30 登记", "香港路北段"):
            assert wanted in beside
        # both reporters are listed, the one of (c) is nowhere
        found = desk.read(links.family, second)
        assert (found.lead_id, [m.reporter for m in found.members]) == (first, ["林*强", "陈*玲"])
        assert [p["name"] for p in desk.read(records.list_records, "person").rows] == ["林*强"]
        assert not {"reporter_id", "reporter_name", "reporter_phone"} & set(desk.read(queries.detail, third).fields)
        # the photo: its place is the report's, the copy says nothing, the original can be proven
        assert desk.read(queries.detail, first).fields["latitude"] == "24.510000"
        [row] = desk.read(records.attachments, "report", first)
        files = FileStore(desk.paths.files, desk.store.key)
        with desk.store.reader() as session:
            shared = b"".join(files.read(str(session.get_one(Attachment, row.id).shared_sha256)))
        assert SECRET.encode() not in shared
        with Image.open(io.BytesIO(shared)) as copy:
            assert dict(copy.getexif()) == {}
        assert b"".join(files.read(row.sha256)) == photo.read_bytes()

        # 11:10, the network is up
        clock.set(datetime(2026, 3, 2, 3, 10, tzinfo=UTC))
        with ServerThread(tmp_path / "centre", clock=clock) as server:
            the_network_is_up(window, server, ids, given)
            unlinked_again(window, server, tmp_path, clock, ids)
    finally:
        window.close()


def the_network_is_up(window: Driver, server: ServerThread, ids: list[str], given: list[str]) -> None:
    """The queue drains oldest first, no number changes, and the centre knows one lead with one duplicate."""
    enrol(window.desk, server.url, server.enrol_code(STATION))
    window.window.exchange.refresh()
    window.settle()
    reconcile(window)
    assert window.desk.read(desk_queries.status).pending == 0
    arrived = at_centre(server, "report")
    assert [record_id for record_id, _ in arrived] == ids
    assert [body["number"] for _, body in arrived] == numbers(window.desk, ids) == given
    [(_, link)] = at_centre(server, "link")
    assert (link["report_id"], link["lead_id"], link["action"]) == (ids[1], ids[0], "link")


def unlinked_again(window: Driver, server: ServerThread, tmp_path: Path, clock: FixedClock, ids: list[str]) -> None:
    """(b) is a matter of its own again, at every desk, and the whole history stays."""
    activate(window)
    detail: Any = window.records("reports").detail
    window.records("reports").open_record(ids[1])
    window.settle()
    detail.start("unlink")
    window.settle()
    window.type("去看过，是牌坊下另一块石板")
    finish(window)
    reconcile(window)
    assert sorted(body["action"] for _, body in at_centre(server, "link")) == ["link", "unlink"]
    other, _ = create_home(tmp_path / "other", STATION, "chen", PASSWORD, clock, True, cost=TEST_COST)
    try:
        enrol(other, server.url, server.enrol_code(STATION))
        sync_once(other)
        for desk in (window.desk, other):
            for report in ids:
                assert [m.id for m in desk.read(links.family, report).members] == [report]
            said = desk.read(links.family, ids[1]).said
            assert [word.action for word in said] == ["link", "unlink"]
            assert said[1].reason == "去看过，是牌坊下另一块石板"
            assert desk.read(queries.detail, ids[1]).row.state == "registered"
    finally:
        other.close()


def typed_until_killed(home: Path) -> tuple[list[str], str]:
    """Let a program type, and kill it in the middle of a word; return what it said was kept, and what was typed."""
    command = [sys.executable, "-m", "tests.e2e.typing_away", str(home), PASSWORD]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    kept, typed = [], ""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as typing:
        try:
            for line in typing.stdout or ():
                word, _, text = line.rstrip("\n").partition(" ")
                if word == "kept":
                    kept.append(text)
                elif word == "typed":
                    typed = text
                if len(kept) >= 2 and len(typed) > len(kept[-1]) + 2:
                    break
        finally:
            typing.send_signal(signal.SIGKILL)
    assert typing.returncode == -signal.SIGKILL
    return kept, typed


def test_what_is_kept_while_typing_survives_kill_9(tmp_path: Path) -> None:
    """Type until drafts are being kept, kill the program without warning, and find what it had said was kept."""
    assert AUTOSAVE_MS <= 2_000
    desk, _ = create_home(tmp_path / "desk", STATION, "zhuang", PASSWORD, test=True, cost=TEST_COST)
    desk.close()
    kept, typed = typed_until_killed(tmp_path / "desk")
    with open_desk(tmp_path / "desk", None, PASSWORD, cost=TEST_COST) as again:
        found = again.read(drafts.find, "report/new")
        assert found is not None
        assert typed.startswith(found["title"]) or found["title"].startswith(typed)
        assert len(found["title"]) >= len(kept[-1])
        assert again.read(queries.list_reports).rows == ()
