"""D04 whole: two weeks without a network at a kitchen table, papers on the spot, and the laptop dies in a session.

Everything is done in the window of the laptop; at the end the network comes, and the colleague at the office has all of it.
"""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.centre import Settings
from sync.server.run import ServerThread
from tests.e2e.session_away import FIRST
from tests.e2e.test_counter import ROOT
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.stations import held, parked
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, Driver
from ui.pages.mediation.case_files import CaseFiles
from ui.pages.mediation.saying import KEEP_MS
from ui.printing import casepaper
from zzdesk.cli.sameness import contents
from zzdesk.clock import FixedClock, to_iso
from zzdesk.desk import drafts, records, room
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.documents.series import official
from zzdesk.errors import RefusedError
from zzdesk.mediation import commands, queries
from zzdesk.mediation.models import Case, Party
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
STATION = "350602007007"
"""金品社区 in 芗城区."""
ALT = Qt.KeyboardModifier.AltModifier
LI, ZHENG = "350602194903070020", "35060219880808019X"
AGREED = {"facts": "楼上漏水，楼下天花板发霉属实", "issues": "修复和赔偿", "responsibility": "郑国辉家防水失修",
          "content": "郑国辉2月10日前修复，赔偿3200元", "performance": "分两次转账"}  # fmt: skip


class Table:
    """The laptop of Huang, with the numbers that it was leased, and the desk of Chen at the office."""

    def __init__(self, folder: Path, clock: FixedClock, qtbot: QtBot, qapp: QApplication) -> None:
        self.folder, self.clock, self._qt = folder, clock, (qtbot, qapp)
        few = Settings(block_size=6, block_low=1)
        with ServerThread(folder / "centre", clock=clock, settings=few) as centre:
            self._port = int(centre.url.rpartition(":")[2].strip("/"))
            self.chen = self._sit_down("chen", "陈", centre)
            for login, role in (("huang", "mediator"), ("wu", "clerk")):
                add_account(self.chen, login, {"huang": "黄建华", "wu": "吴"}[login], [role], PASSWORD)
            committee = {"name": "金品社区人民调解委员会", "prefix": "金品", "court": "芗城区人民法院"}
            self.chen.write(commands.add_committee, "committee", committee)
            for _ in range(2):
                sync_once(self.chen)
            laptop = self._sit_down("huang", "黄建华", centre)
        self.window = Driver(qtbot, qapp, laptop)

    def _sit_down(self, login: str, name: str, centre: ServerThread) -> Desk:
        home = self.folder / login
        desk, _ = create_home(home, STATION, login, PASSWORD, self.clock, True, display_name=name, cost=TEST_COST)
        enrol(desk, centre.url, centre.enrol_code(STATION))
        for _ in range(3):
            sync_once(desk)
        return desk

    def wait_until(self, month: int, day: int, hour: int = 9) -> None:
        """Let time pass to an hour of a day in 2026, in Zhangzhou."""
        then = datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=8)
        self.clock.advance(int((then - self.clock.now()).total_seconds()))

    def open_again(self) -> None:
        """Start the program again on the laptop."""
        home = self.window.desk.home
        self.window = Driver(*self._qt, open_desk(home, None, PASSWORD, self.clock, cost=TEST_COST))

    def network(self) -> tuple[Desk, Desk]:
        """Let the network come: everybody reconciles; return the desks of Chen and of Wu, who is not of the team."""
        with ServerThread(self.folder / "centre", self._port, clock=self.clock) as centre:
            reconcile(self.window)
            sync_once(self.chen)
            wu = self._sit_down("wu", "吴", centre)
        return self.chen, wu

    def file(self, case: str) -> queries.CaseFile:
        return self.window.desk.read(queries.case_file, case)

    def close(self) -> None:
        self.window.close()
        self.chen.close()


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Table]:
    """Monday 5 January 2026, 17:00: everybody was at the office."""
    made = Table(tmp_path, FixedClock(datetime(2026, 1, 5, 9, tzinfo=UTC)), qtbot, qapp)
    yield made
    made.close()


def opened(window: Driver, case: str, tab: str) -> Any:
    activate(window)
    cases = window.records("mediation")
    cases.open_record(case)
    window.settle()
    detail: Any = cases.detail
    detail.show_tab(tab)
    window.settle()
    return detail


def test_two_weeks_at_a_kitchen_table(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.wait_until(1, 6)
    window = table.window
    monkeypatch.setattr(casepaper, "PRINT_DOTS", 40.0)
    case = accepted(window)
    notice_is_printed_and_signed(window, table, case)
    inquired(window, table, case, monkeypatch)
    table.wait_until(1, 13)
    the_first_session_fails(window, table, case)
    table.wait_until(1, 20)
    the_laptop_dies_in_the_second(table, case)
    window = table.window
    agreement = agreed(window, table, case)
    dates_and_what_follows(window, table, case, agreement)
    frozen(window, case, agreement)
    the_dossier(window, table, case, monkeypatch)
    number = window.desk.read(queries.detail, case).row.number
    chen, wu = table.network()
    assert window.desk.read(queries.detail, case).row.number == number, "what is printed is never numbered anew"
    everything_arrived(window, chen, wu, case)


def accepted(window: Driver) -> str:
    """受理登记 (主动调解); the number comes from what this device was leased."""
    activate(window)
    list_of = window.records("mediation")
    window.press(Qt.Key.Key_N)
    form = list_of.pane.form  # type: ignore[union-attr]
    window.pick(form, "category", "ll")
    window.choose(form, "source", "initiative")
    window.write_in(form, title="卫生间漏水", facts="楼上漏水，楼下天花板发霉", amount="6800", party0__name="李秀英",
                    party0__identity_number=LI, party0__phone="13805961234", party1__name="郑国辉",
                    party1__identity_number=ZHENG, party1__phone="13959600002")  # fmt: skip
    colleague = form.fields["team"].control
    next(button for button in colleague.buttons.values()).setFocus()
    window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_cases).rows
    assert official(row.number) == "（2026）金品人调字第0007号"
    assert row.due_on is not None
    assert row.due_on.isoformat() == "2026-02-05"
    shown = {fact.name.text(): fact.value.text() for fact in list_of.detail.facts._lines}  # type: ignore[attr-defined]
    assert shown["调解期限"] == "2026-02-05"
    return row.id


def notice_is_printed_and_signed(window: Driver, table: Table, case: str) -> None:
    """The notice of rights goes to the printer; then both sign it."""
    detail = opened(window, case, "dossier")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(table.folder / "notice.pdf"))
    casepaper.layout_page(printer)

    def print_it(sheet: Any) -> None:
        window.qtbot.waitUntil(sheet.keep.isEnabled, timeout=20_000)
        sheet.print_on(printer)

    window.answer(print_it, detail.dossier.buttons["notice"].click)
    assert len(PdfReader(table.folder / "notice.pdf").pages) >= 1
    assert "notice" in {row["paper"] for row in window.desk.read(records.list_records, "printout").rows}
    for party in table.file(case).parties:
        for action in ("notify", "signed"):
            detail._party_step(party, action)
            window.settle()
    assert [p.fields["notice_signed"] for p in table.file(case).parties] == [True, True]


def photo(path: Path, colour: str) -> Path:
    Image.new("RGB", (64, 48), colour).save(path, "JPEG")
    return path


def inquired(window: Driver, table: Table, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """调查记录 with two photos; each has its hash."""
    detail = opened(window, case, "follow")
    detail.follow.add_buttons["investigation"].click()
    window.write_in(detail.form, place="3幢502室卫生间", asked="李秀英", record="天花板有水渍")
    window.press(Qt.Key.Key_Return, CTRL)
    (inquiry,) = table.file(case).others["investigation"]
    detail.show_tab("follow")
    for colour in ("red", "blue"):
        path = photo(table.folder / f"{colour}.jpg", colour)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
        files_of(detail.follow, inquiry.id).ways["photo"].click()
        window.settle()
    rows = files_of(detail.follow, inquiry.id).rows
    assert [(row.purpose, len(row.sha256)) for row in rows] == [("photo", 64), ("photo", 64)]
    detail._take_step(inquiry, "close")
    detail.form.fields["signing"].set_value("signed")
    window.press(Qt.Key.Key_Return, CTRL)
    assert table.file(case).others["investigation"][0].fields["state"] == "closed"


def files_of(tab: Any, record: str) -> CaseFiles:
    """Return the files on the card of a record."""
    return next(each for each in tab.findChildren(CaseFiles) if each._record == record)


def session_begun(window: Driver, table: Table, case: str) -> Any:
    """Begin a session from the case, and come into its room."""
    detail = opened(window, case, "sessions")
    detail.start("session" if "session" in {a.key for a in detail.head.actions} else "sessions")
    if detail.form is None:
        detail.sessions.begin_button.click()
    window.field(detail.form, "place")
    detail.form.fields["place"].control.clear()
    window.type("金品社区茶室")
    window.press(Qt.Key.Key_Return, CTRL)
    return window.page("mediation").room


def closed(window: Driver, table: Table, here: Any, result: str) -> None:
    """Compose the record, read it out, take the signed paper in, end the session."""
    here.go_on()
    window.settle()
    here.reading.compose.click()
    window.settle()
    here.reading.writer.fields["read_back"].control.click()
    window.choose(here.reading.writer, "result", result)
    here.go_on()
    window.settle()
    (table.folder / "signed.png").write_bytes(b"scan")
    ids = [p.id for p in here.found.parties]
    here.signing.take_paper(table.folder / "signed.png", [*ids, "mediator", "recorder"])
    window.settle()
    here.go_on()
    window.settle()
    assert window.page("mediation").room is None


def the_first_session_fails(window: Driver, table: Table, case: str) -> None:
    """On the amount: two proposals are kept."""
    here = session_begun(window, table, case)
    offers = ((Qt.Key.Key_1, Qt.Key.Key_F, "6800", "要赔6800元"), (Qt.Key.Key_2, Qt.Key.Key_H, "2000", "最多2000元"))
    for side, kind, amount, text in offers:
        window.press(side, ALT)
        window.press(kind, ALT)
        here.notes.saying.amount.setText(amount)
        here.notes.saying.text.setFocus()
        window.type(text)
        window.press(Qt.Key.Key_Return)
    assert here.beside.offers.apart.text() == "还差 4,800 元"
    closed(window, table, here, "failed")
    file = table.file(case)
    assert [(s.fields["statement_kind"], s.fields["amount"]) for s in file.statements] == [
        ("proposal", "6800.00"), ("counter-proposal", "2000.00")]  # fmt: skip
    assert (file.sessions[0].fields["state"], file.sessions[0].fields["result"]) == ("closed", "failed")


def the_laptop_dies_in_the_second(table: Table, case: str) -> None:
    """Kill -9 in the middle of a word; what was noted is there once, what was being typed stands in the line again."""
    here = session_begun(table.window, table, case)
    session, home = here.session_id, table.window.desk.home
    table.window.close()
    kept, typed = typed_until_killed(home, session, table.clock.now())
    assert KEEP_MS <= 2_000
    assert len(kept) > 2
    table.clock.advance(600)
    table.open_again()
    window = table.window
    there = window.desk.read(room.room, session)
    assert [said.fields["text"] for said in there.statements] == [FIRST], "noted once, neither lost nor doubled"
    page = window.page("mediation")
    page.enter_room(session)
    window.settle()
    text = page.room.notes.saying.text
    assert text.toPlainText().startswith(kept), "the unfinished sentence stands in the line again"
    assert typed.startswith(kept)
    page.room.notes.saying.note()
    window.settle()
    assert window.desk.read(drafts.find, f"session/{session}/saying") is None
    closed(window, table, page.room, "agreed")


def typed_until_killed(home: Path, session: str, now: datetime) -> tuple[str, str]:
    """Let a program sit in the room, and kill it in the middle of a word; return what was kept last, and what was typed."""
    command = [sys.executable, "-m", "tests.e2e.session_away", str(home), PASSWORD, session]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "ZZDESK_NOW": to_iso(now)}
    kept, typed = "", ""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as typing:
        try:
            for line in typing.stdout or ():
                word, _, text = line.rstrip("\n").partition(" ")
                kept, typed = (text, typed) if word == "kept" else (kept, text)
                if kept and len(typed) > len(kept) + 2:
                    break
        finally:
            typing.send_signal(signal.SIGKILL)
    assert typing.returncode == -signal.SIGKILL
    return kept, typed


def agreed(window: Driver, table: Table, case: str) -> str:
    """The agreement with its plan; it is in effect when everybody has signed and the seal is there, and not before."""
    detail = opened(window, case, "agreement")
    detail.agreements.written.click()
    window.settle()
    window.write_in(detail.agreements.writer, **AGREED, amount="3200")
    detail.agreements.writer.keep_now()
    window.settle()
    for what, amount, day in (("赔偿第一笔", "1200", "2026-01-25"), ("赔偿第二笔", "2000", "2026-02-25")):
        detail.show_tab("follow")
        detail.follow.add_buttons["performance_line"].click()
        window.write_in(detail.form, what=what, amount=amount, due_on=day)
        window.press(Qt.Key.Key_Return, CTRL)
    detail.show_tab("agreement")
    writer = detail.agreements.writer
    ticks: list[Callable[[], Any]] = [*(b.setFocus for b in writer.fields["signed_by"].control.buttons.values()),
                                      *(lambda key=key: window.field(writer, key) for key in ("mediator_signed", "sealed"))]  # type: ignore[misc]
    for tick in ticks:
        window.press(Qt.Key.Key_Return, CTRL)
        assert table.file(case).agreements[0].fields["state"] == "draft", "not before all have signed and the seal is there"
        tick()
        window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    fields = table.file(case).agreements[0].fields
    assert (fields["state"], fields["copies"], fields["effective_at"][:10]) == ("effective", 3, "2026-01-20")
    return table.file(case).agreements[0].id


def dates_and_what_follows(window: Driver, table: Table, case: str, agreement: str) -> None:
    """Judicial confirmation until 02-19, extended 02-24, and which of them is safe; two lines; a revisit is planned."""
    file = table.file(case)
    fields = file.agreements[0].fields
    assert (fields["confirm_by"], fields["confirm_until"]) == ("2026-02-19", "2026-02-24")
    detail = opened(window, case, "agreement")
    assert "2026-02-19 前最稳妥" in detail.agreements._banner.accessibleName()
    lines = [(line.fields["due_on"], line.fields["amount"], line.fields["state"]) for line in file.others["performance_line"]]
    assert lines == [("2026-01-25", "1200.00", "pending"), ("2026-02-25", "2000.00", "pending")]
    assert {each.fields["agreement_id"] for each in (*file.others["performance_line"], *file.others["revisit"])} == {agreement}
    assert file.others["revisit"][0].fields["state"] == "planned"


def frozen(window: Driver, case: str, agreement: str) -> None:
    """Its text is what was signed: only a correction or a change, which names it, says otherwise."""
    with pytest.raises(RefusedError, match="协议已生效，请走变更"):
        window.desk.write(commands.edit_paper, "agreement", agreement, {"content": "赔5000元"})
    detail = opened(window, case, "agreement")
    assert detail.agreements.writer is None
    detail.agreements.correct.click()
    window.settle()
    draft = next(a for a in window.desk.read(queries.case_file, case).agreements if a.id != agreement)
    assert (draft.fields["amends"], draft.fields["amendment"]) == (agreement, "correction")
    window.answer_sheet("没有要补正的")
    detail.agreements.void_button.click()
    window.settle()


def the_dossier(window: Driver, table: Table, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """身份证明 of 郑国辉 is missing until it is scanned; then the dossier, with pages that are right and text to search."""
    detail = opened(window, case, "parties")
    li, zheng = (p.id for p in table.file(case).parties)
    for party, left in ((li, ["郑*辉"]), (zheng, [])):
        path = photo(table.folder / f"{party}.jpg", "green")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
        files_of(detail.parties, party).ways["identity"].click()
        window.settle()
        assert [each.about for each in table.file(case).missing if each.code == "identity"] == left
    detail = opened(window, case, "dossier")
    target = table.folder / "dossier.pdf"
    monkeypatch.setattr(casepaper, "ask_reason", lambda *_: "归档")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(sheet: Any) -> None:
        window.qtbot.waitUntil(sheet.reveal.isEnabled, timeout=30_000)
        sheet.reveal.click()
        window.qtbot.waitUntil(lambda: not sheet.made.masked and sheet.keep.isEnabled(), timeout=30_000)
        sheet.keep.click()

    window.answer(keep, detail.dossier.whole.click)
    pages_are_right(PdfReader(io.BytesIO(target.read_bytes())))


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages_are_right(reader: PdfReader) -> None:
    """What the catalogue says stands there, in Chinese that is found, and every font comes along."""
    texts = [page.extract_text() for page in reader.pages]
    listed = re.findall(r"^\d+ (\S+?) (\d+)(?:-(\d+))?$", texts[1], re.MULTILINE)
    names = [name for name, _, _ in listed]
    assert {"人民调解受理登记表", "当事人权利义务告知书", "人民调解协议书"} <= {squeezed(name) for name in names}
    for name, first, _ in listed:
        page = texts[2 + int(first) - 1]
        assert f"— {first} —" in page, name
    agreement = next(int(first) for name, first, _ in listed if "协议书" in name)
    said = squeezed("".join(texts[2 + agreement - 1 : 2 + agreement + 1]))
    assert [word for word in ("李秀英", "郑国辉", "赔偿3200元", "第0007号", "1月25日", "2月25日") if word not in said] == []
    fonts = [
        descendant.get_object()["/FontDescriptor"].get_object()
        for page in reader.pages
        for font in (page.get("/Resources", {}).get("/Font") or {}).values()
        for descendant in font.get_object().get("/DescendantFonts", [font.get_object()])
    ]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def everything_arrived(window: Driver, chen: Desk, wu: Desk, case: str) -> None:
    """The colleague of the team has every record as it is on the laptop, and the files; others have the stub alone."""
    assert parked(window.desk) == {}
    mine, theirs = contents(window.desk), contents(chen)
    kinds = {kind for kind, _ in mine}
    assert {"case", "party", "session", "statement", "agreement", "performance_line", "printout", "attachment"} <= kinds
    assert {key: value for key, value in mine.items() if theirs.get(key) != value} == {}
    assert [row.sha256 for row in chen.read(records.attachments, "party", chen.read(queries.case_file, case).parties[1].id)]
    assert (held(wu, Case), held(wu, Party)) == ({case}, set())
    with pytest.raises(RefusedError):
        wu.read(queries.case_file, case)
