"""The list as a file for Excel: what is asked before, how it is said, and its progress in the bar under the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPlainTextEdit, QWidget

from ui.context import Context
from ui.labels import codes_of, field_word, kind_word, value_word
from ui.pages.bulk import BulkBar
from ui.widgets.base import Label
from ui.widgets.dates import CHINA
from ui.widgets.dialogs import Sheet

translate = QCoreApplication.translate


class ExportSheet(Sheet):
    """Asks whether names and numbers of people are written as they are; then a reason is asked for, and kept."""

    def __init__(self, parent: QWidget, context: Context, what: str) -> None:
        super().__init__(parent, translate("ExportSheet", "导出为 Excel"), what, translate("ExportSheet", "选择位置…"))
        self.masked = Label(translate("ExportSheet", "姓名、电话和文字里的号码都已遮盖。导出记入审计。"), "secondary", wrap=True)
        self.openly = QCheckBox(translate("ExportSheet", "写出完整的姓名和电话（要写明理由）"))
        self.openly.setVisible(context.may("person.reveal"))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.reason.setPlaceholderText(translate("ExportSheet", "理由（必填，记入审计，最多 100 字）"))
        self.reason.setAccessibleName(translate("ExportSheet", "理由"))
        self.reason.hide()
        for each in (self.masked, self.openly, self.reason):
            self.body.addWidget(each)
        self.openly.toggled.connect(self._look)
        self.reason.textChanged.connect(self._look)
        self.go.setFocus()

    def given(self) -> str | None:
        """Return the reason; None where everything stays masked."""
        return self.reason.toPlainText().strip() if self.openly.isChecked() else None

    def _look(self) -> None:
        self.reason.setVisible(self.openly.isChecked())
        self.masked.setText(
            translate("ExportSheet", "要求保密的反映人仍不写出。文件里有个人信息，请妥善保管。") if self.openly.isChecked()
            else translate("ExportSheet", "姓名、电话和文字里的号码都已遮盖。导出记入审计。"))
        self.go.setEnabled(self.given() != "")
        if self.openly.isChecked() and self.reason.isVisible():
            self.reason.setFocus()


@dataclass(frozen=True)
class Exporting:
    """How a list becomes a table: ``write(desk, target, selection, words, reason, progress, stopped)`` returns how many.

    ``heads`` and ``codes`` say its columns and their codes in the language in force.
    """

    kind: str
    write: Callable[..., int | None]
    heads: Callable[[], dict[str, str]]
    codes: Callable[[], dict[str, dict[str, str]]]


def of_kind(kind: str) -> Exporting:
    """Return how the list of a kind becomes a table: every field is a column."""
    from zzdesk.desk.listed import columns
    from zzdesk.desk.spreadsheets import YES_NO, export_listed

    def codes() -> dict[str, dict[str, str]]:
        told = {spec.name: codes_of(kind, spec.name) for spec in columns(kind)}
        said = {name: {code: value_word(kind, name, code) for code in found} for name, found in told.items() if found}
        return said | {YES_NO: {str(yes): value_word(kind, "", yes) for yes in (True, False)}}

    return Exporting(kind, lambda desk, target, *rest: export_listed(desk, target, kind, *rest),
                     lambda: {spec.name: field_word(kind, spec.name) for spec in columns(kind)}, codes)


def offer_export(
    bar: BulkBar, context: Context, exporting: Exporting, wanted: Any, filter_words: str, ids: Sequence[str] = ()
) -> None:
    """Ask, choose a file, and write it beside whatever else goes on."""
    if not context.may("export"):
        context.toast(translate("ExportSheet", "您的账号不能导出"), bad=True)
        return
    what = translate("ExportSheet", "选中的 {count} 件").format(count=len(ids)) if ids else filter_words
    sheet = ExportSheet(bar.window(), context, what)
    accepted, reason = sheet.exec() == sheet.DialogCode.Accepted, sheet.given()
    sheet.deleteLater()
    if accepted:
        name = f"{kind_word(exporting.kind)} {context.now().astimezone(CHINA):%Y-%m-%d %H%M}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(bar.window(), translate("ExportSheet", "导出为 Excel"), name, "Excel (*.xlsx)")
        if chosen:
            said = words(context, exporting, what, reason)
            export_to(bar, context, exporting, with_ending(chosen), list(ids) or wanted, said, reason)


def with_ending(chosen: str) -> Path:
    """Return the file that was chosen, with the ending that Excel looks for."""
    path = Path(chosen)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def export_to(
    bar: BulkBar, context: Context, exporting: Exporting, target: Path, selection: Any, said: Any, reason: str | None
) -> None:
    """Write the file, with progress and a stop in the bar."""

    def done(count: int | None) -> None:
        if count is None:
            bar.tell(translate("ExportSheet", "停下了，没有导出"))
        else:
            bar.tell(translate("ExportSheet", "已导出 {count} 件：{name}").format(count=count, name=target.name))

    bar.run(translate("ExportSheet", "正在导出"), lambda task, stopped: exporting.write(
        context.desk, target, selection, said, reason, task.report, stopped), done)


def words(context: Context, exporting: Exporting, what: str, reason: str | None) -> Any:
    """Return how the table is said in the language in force."""
    from zzdesk.desk.spreadsheets import Words

    people = translate("ExportSheet", "已遮盖") if reason is None else translate("ExportSheet", "完整，理由：{reason}").format(
        reason=reason)
    lines = (
        (translate("ExportSheet", "内容"), what),
        (translate("ExportSheet", "导出时间"), f"{context.now().astimezone(CHINA):%Y-%m-%d %H:%M}"),
        (translate("ExportSheet", "导出人"), context.facts.name), (translate("ExportSheet", "单位"), context.facts.place_full),
        (translate("ExportSheet", "个人信息"), people),
    )
    return Words(kind_word(exporting.kind), translate("ExportSheet", "说明"), exporting.heads(), exporting.codes(), lines)
