"""Slips for residents: large, with number and QR code, masked, and as a PDF whose text can be searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.conftest import desk as desk
from tests.ui.pages.conftest import open_window as open_window
from tests.ui.pages.conftest import window as window
from tests.ui.pages.driver import CTRL, Driver
from ui.kiosk.scanner import CARD
from ui.printing import slip as papers
from ui.printing.card import CardSheet
from ui.printing.preview import SlipSheet
from zzdesk.desk import intake, slips, worker_card
from zzdesk.desk.intake import Intake
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands as jobs
from zzdesk.people.commands import register as register_person
from zzdesk.reports import commands
from zzdesk.store.audit import Audit

FIELDS = {"title": "文庙门口石板松动，打13800596001", "category": "road", "address": "香港路北段",
          "reporter_name": "林志强", "reporter_phone": "13800596001"}  # fmt: skip


def made(desk: Desk, refusal: dict[str, Any] | None = None, **fields: Any) -> Any:
    report = desk.write(intake.register, Intake("f", FIELDS | fields, refusal=refusal)).created[0]
    return desk.read(slips.slip, report)


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_receipt_as_pdf_says_number_matter_and_tail_and_its_text_can_be_searched(window: Driver, tmp_path: Path) -> None:
    slip = made(window.desk)
    slips.write_pdf(tmp_path / "a.pdf", papers.said(slip, "zh"), slip.code)
    said = squeezed(text_of(tmp_path / "a.pdf"))
    for wanted in ("登记回执", slip.number, "文庙门口石板松动", "道路设施", "香港路北段", "林*强", "尾号6001", "西桥社区"):
        assert wanted in said, wanted
    assert "13800596001" not in said
    assert "志强" not in said
    reader = PdfReader(tmp_path / "a.pdf")
    assert len(reader.pages) == 1
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (420, 595)  # A5 in points
    resources: Any = reader.pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described), "a font is not embedded"


def test_the_notice_says_why_and_what_else_can_be_done(window: Driver, tmp_path: Path) -> None:
    slip = made(window.desk, {"refusal_reason": "in-procedure"})
    slips.write_pdf(tmp_path / "a.pdf", papers.said(slip, "zh"), slip.code)
    said = squeezed(text_of(tmp_path / "a.pdf"))
    for wanted in ("不予受理告知单", slip.number, "已经进入诉讼、仲裁、行政复议程序", "您还可以", "请在该程序中提出主张"):
        assert wanted in said, wanted


def test_a_long_text_goes_on_to_another_page(window: Driver, tmp_path: Path) -> None:
    slip = made(window.desk, {"refusal_reason": "in-procedure", "refusal_ways": "请到有权的机关当面提出。" * 60})
    slips.write_pdf(tmp_path / "a.pdf", papers.said(slip, "zh"), slip.code)
    assert len(PdfReader(tmp_path / "a.pdf").pages) > 1
    assert squeezed(text_of(tmp_path / "a.pdf")).count("当面提出") == 60


@pytest.mark.parametrize(("fields", "said"), [
    ({"name_hidden": True}, "姓名保密"), ({"anonymous": True, "reporter_name": None, "reporter_phone": None}, "匿名"),
    ({"reporter_name": None, "reporter_phone": None}, "没有留姓名"),
])  # fmt: skip
def test_the_paper_names_nobody_who_is_not_to_be_named(window: Driver, fields: dict[str, Any], said: str) -> None:
    slip = made(window.desk, title="石板", **fields)
    assert papers.reporter(slip) == said
    assert "6001" not in str(slip)


def test_a_resident_is_named_as_recorded(window: Driver) -> None:
    person = window.desk.write(register_person, {"name": "陈美玲", "phone": "13959600002"}).created[0]
    slip = made(window.desk, reporter_name=None, reporter_phone=None, reporter_id=person)
    assert papers.reporter(slip) == "陈*玲 · 电话尾号 0002"


def test_the_code_on_the_picture_is_the_one_of_the_number(window: Driver) -> None:
    slip = made(window.desk)
    rows = slips.qr_rows(slip.code)
    assert len(rows) == len(rows[0]) >= 21
    assert rows != slips.qr_rows(slip.code + "x")
    scale = 4.0
    image = papers.picture(slip, scale)
    page, edge = papers.page_points(), papers.MARGIN / 25.4 * papers.POINTS
    module = papers.CODE / (len(rows) + 2 * papers.QUIET)
    left, top = page.width() - edge - papers.CODE, edge
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            at = (left + (x + papers.QUIET + 0.5) * module) * scale, (top + (y + papers.QUIET + 0.5) * module) * scale
            assert (image.pixelColor(int(at[0]), int(at[1])).lightness() < 128) is dark, (x, y)


def test_a_void_report_has_no_slip(window: Driver) -> None:
    slip = made(window.desk)
    window.desk.write(commands.void, slip.report_id, "登记错了")
    with pytest.raises(RefusedError):
        window.desk.read(slips.slip, slip.report_id)


def printed(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        return [str(line.facts) for line in session.query(Audit).filter(Audit.event == "report.slip")]


def test_the_preview_opens_by_key_and_keeps_a_pdf(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = made(window.desk)
    records = window.records("reports")
    records.open_record(slip.report_id)
    window.settle()
    target = tmp_path / "回执.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(sheet: SlipSheet) -> None:
        assert isinstance(sheet, SlipSheet)
        assert slip.number in sheet.paper.accessibleName()
        assert not sheet.paper.grab().toImage().isNull()
        QTest.keyClick(sheet, Qt.Key.Key_S, CTRL)

    window.answer(keep, lambda: window.press(Qt.Key.Key_P, CTRL))
    window.qtbot.waitUntil(lambda: target.exists() and "已存为 PDF" in window.toast(), timeout=20_000)
    window.settle()
    assert slip.number in squeezed(text_of(target))
    assert "已存为 PDF" in window.toast()
    [line] = printed(window.desk)
    assert '"how":"pdf"' in line


def test_a_printer_gets_the_same_page(window: Driver, tmp_path: Path) -> None:
    slip = made(window.desk)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    sheet = SlipSheet(window.window, window.window.context, slip)
    sheet.print_on(printer)
    window.settle()
    [page] = PdfReader(tmp_path / "printed.pdf").pages
    assert "不予受理" not in page.extract_text()
    assert "路设施" in squeezed(page.extract_text())
    assert (round(float(page.mediabox[2])), round(float(page.mediabox[3]))) == (420, 595)
    assert len(printed(window.desk)) == 1
    sheet.deleteLater()


def test_a_place_that_cannot_be_written_is_said(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Callable[[Desk], Driver]
) -> None:
    slip = made(window.desk)
    sheet = SlipSheet(window.window, window.window.context, slip)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.pdf"), ""))
    sheet.save()
    window.settle()
    assert "不能写入" in window.toast()
    assert printed(window.desk) == []
    sheet.deleteLater()


def test_a_workers_card_has_the_code_that_the_kiosks_reader_types(window: Driver, tmp_path: Path) -> None:
    worker = {"name": "林志强", "identity_number": "35060319900115331X", "phone": "13912347788"}
    made_one = window.desk.write(jobs.register_worker, worker).created[0]
    card = window.desk.read(worker_card.card, made_one)
    assert CARD.fullmatch(card.code)
    slips.write_pdf(tmp_path / "a.pdf", papers.said(card, "zh"), card.code)
    said = squeezed(text_of(tmp_path / "a.pdf"))
    for wanted in ("零工卡", card.number, "林*强", "手机号后四位", "西桥社区"):
        assert wanted in said, wanted
    assert not any(secret in said for secret in ("志强", "13912347788", "7788", "35060319900115331X"))
    sheet = CardSheet(window.window, window.window.context, card)
    sheet.print_on(printer_to(tmp_path / "b.pdf"))
    window.settle()
    assert (tmp_path / "b.pdf").exists()
    with window.desk.store.reader() as session:
        assert [line.record_id for line in session.query(Audit).filter(Audit.event == "worker.card")] == [made_one]
    sheet.deleteLater()


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
