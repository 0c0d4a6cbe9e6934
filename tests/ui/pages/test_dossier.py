"""卷宗 in the real window: what is missing is said, papers are masked until a reason is given, every copy is recorded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel
from sqlalchemy import update

from tests.ui.pages.driver import Driver
from tests.ui.pages.test_mediation import accepted, shown
from ui.pages.mediation.dossier import Dossier
from ui.printing import casepaper
from ui.printing.casepaper import CasePaperSheet, paint_pages
from zzdesk.desk import records
from zzdesk.desk.taking import take_in
from zzdesk.errors import RefusedError
from zzdesk.evidence.models import BlobLocal


@pytest.fixture(autouse=True)
def _closed(window: Driver) -> Iterator[None]:
    yield
    for sheet in window.window.findChildren(CasePaperSheet):
        sheet.reject()
        sheet.deleteLater()
    window.settle()


def dossier(window: Driver) -> Dossier:
    detail = shown(window, accepted(window))
    detail.show_tab("dossier")
    window.settle()
    return detail.dossier


def opened(window: Driver, part: Dossier, key: str) -> CasePaperSheet:
    """Open the preview as its button does, without waiting for it to be closed."""
    assert part.buttons[key].text() == "预览" if key != "dossier" else part.whole.isEnabled()
    case = str(part._loaded.detail.row.id)  # type: ignore[union-attr]
    sheet = CasePaperSheet(window.window, window.window.context, case, key, "文书", lambda: part.show_for(part._loaded))  # type: ignore[arg-type]
    sheet.show()
    window.settle()
    return sheet


def printouts(window: Driver) -> list[dict[str, Any]]:
    return list(window.desk.read(records.list_records, "printout").rows)


def texts(widget: Any) -> str:
    return "\n".join(label.text() or label.accessibleName() for label in widget.findChildren(QLabel))


def test_the_panel_says_what_the_dossier_has_and_lacks(window: Driver) -> None:
    part = dossier(window)
    assert set(part.buttons) == {"cover", "contents", "application", "acceptance", "notice", "identity", "evidence", "session",
                                 "closing", "note", "back"} - {"session"}  # fmt: skip
    assert "卷宗还缺" in texts(part)
    assert "保管期限" in texts(part)
    a_file_without_bytes_is_said(window, part)
    assert all(button.accessibleName().startswith("预览") for button in part.buttons.values())
    window.window.context.set_language("en")
    window.settle()
    assert "Application for mediation" in texts(part)
    assert "Preview" in part.buttons["notice"].text()
    window.window.context.set_language("zh")
    window.settle()
    assert part.buttons["notice"].text() == "预览"


def a_file_without_bytes_is_said(window: Driver, part: Dossier) -> None:
    """It counts as there, as at the centre; that nobody can look at it yet is told."""
    assert not part._absent.isVisible()
    loaded = part._loaded
    assert loaded is not None
    scan = window.desk.home / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    take_in(window.desk, "party", loaded.parties[0].id, scan, "identity")
    with window.desk.store.writer() as session:
        session.execute(update(BlobLocal).values(here=False, centre="missing"))
        session.commit()
    part.show_for(loaded)
    window.settle()
    assert "1 个附件只有登记，内容还没到中心" in part._absent.accessibleName()


def test_a_paper_is_looked_at_masked_and_kept_in_full_only_with_a_reason(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = dossier(window)
    sheet = opened(window, part, "application")
    assert sheet.made.masked
    assert "已遮盖" in sheet.told.accessibleName()
    assert "第 1 页，共 1 页" in texts(sheet)
    asked: list[str] = []
    monkeypatch.setattr(casepaper, "ask_reason", lambda *words: asked.append(words[1]) or "当事人签字")
    sheet.reveal.click()
    window.settle()
    assert asked
    assert not sheet.made.masked
    assert not sheet.reveal.isVisible()
    target = tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet.keep.click()
    window.settle()
    assert not sheet.isVisible()
    text = "".join(PdfReader(target).pages[0].extract_text().split())
    assert "王晓明" in text
    assert "林美珍" in text, "who made it stands on it"
    assert "已记入这件纠纷" in window.toast()
    (row,) = printouts(window)
    assert (row["paper"], row["way"], row["masked"], row["pages"]) == ("application", "pdf", False, 1)
    assert "存为 PDF" in texts(part), "the panel says it at once"


def test_a_word_file_is_kept_and_a_template_with_a_fault_is_told(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = dossier(window)
    folder = window.desk.paths.papers
    folder.mkdir()
    (folder / "notice.toml").write_text('[[blocks]]\ntitle = "{{ nummer }}"\n', "utf-8")
    sheet = opened(window, part, "notice")
    said = sheet.warned.accessibleName()
    assert "notice.toml" in said
    assert "blocks[1] {{ nummer }} 没有这个占位符" in said
    assert "先用自带的" in said
    target = tmp_path / "a.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet.word.click()
    window.settle()
    document = Document(io.BytesIO(target.read_bytes()))
    assert document.paragraphs[0].text == "当事人权利义务告知书"
    assert [row["way"] for row in printouts(window)] == ["word"]


def test_the_whole_dossier_is_printed_beside_the_window_and_can_be_stopped(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casepaper, "PRINT_DOTS", 40.0)  # the printer of the test has no more
    part = dossier(window)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    casepaper.layout_page(printer)
    sheet = opened(window, part, "dossier")
    assert not sheet.word.isVisible()
    sheet.print_on(printer)
    window.settle()
    assert len(PdfReader(tmp_path / "out.pdf").pages) == sheet.made.pages
    assert [(row["paper"], row["way"]) for row in printouts(window)] == [("dossier", "paper")]
    with pytest.raises(RefusedError, match="已停止"):
        paint_pages(printer, sheet.made.pictures(20), lambda: True)
    window.settle()
