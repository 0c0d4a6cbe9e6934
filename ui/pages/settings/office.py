"""Working days and office hours: which years have a table, a table from a file looked at first, and hours from a day on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from ui.context import Context
from ui.pages.settings.section import Section
from ui.widgets.base import Button, Label
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import DayField, TextField

translate = QCoreApplication.translate
LATEST: Final = 4
"""Years that are named; older ones are counted."""


def days_word(works: bool) -> str:
    """Say whether a day is worked."""
    return translate("OfficeSection", "上班") if works else translate("OfficeSection", "放假")


class ImportSheet(Sheet):
    """Shows which days a table would change, before it is taken in."""

    def __init__(self, parent: QWidget, look: Any) -> None:
        table = look.table
        held = translate("OfficeSection", "现在用的是版本 {version}").format(version=look.held) if look.held is not None else (
            translate("OfficeSection", "这一年还没有表，按周末推算"))
        said = translate("OfficeSection", "{year} 年版本 {version}，{source}。{held}。").format(
            year=table.year, version=table.version, source=table.source, held=held)
        super().__init__(parent, translate("OfficeSection", "导入节假日表"), said, translate("OfficeSection", "导入"))
        lines = [translate("OfficeSection", "{day}  {before} → {after}  {name}").format(
            day=each.day.isoformat(), before=days_word(each.before), after=days_word(each.after), name=each.name)
            for each in look.changes]
        count = translate("OfficeSection", "有 {count} 天不同：").format(count=len(lines)) if lines else (
            translate("OfficeSection", "没有一天不同。"))
        self.body.addWidget(Label(count, "strong"))
        self.days = QPlainTextEdit("\n".join(lines))
        self.days.setReadOnly(True)
        self.days.setTabChangesFocus(True)
        self.days.setMinimumHeight(180)
        self.days.setAccessibleName(count)
        self.days.setVisible(bool(lines))
        self.body.addWidget(self.days)
        note = translate("OfficeSection", "导入以后，还没有办结的事件按新表重新计算期限；送到中心后，下级也按它计算。")
        self.body.addWidget(Label(note, "secondary", wrap=True))
        self.go.setFocus()


class HoursSheet(Sheet):
    """Asks for other office hours and the day from which on they are kept."""

    def __init__(self, parent: QWidget, now: str) -> None:
        super().__init__(parent, translate("OfficeSection", "更改办公时间"),
                         translate("OfficeSection", "从哪一天起改要写明：那天以前的时间和已经到期的期限都不变。"),
                         translate("OfficeSection", "更改"))
        self.start = DayField("start", lambda: translate("OfficeSection", "从哪一天起（最早明天）"), required=True)
        self.hours = TextField("office_hours", lambda: translate("OfficeSection", "办公时间"), required=True, limit=120,
                               help=lambda: translate("OfficeSection", "例如 08:30-12:00,14:30-17:30"))
        self.hours.set_value(now)
        for field in (self.start, self.hours):
            field.edited.connect(self._look)
            self.body.addWidget(field)
        self.start.control.setFocus()
        self._look()

    def _look(self) -> None:
        self.go.setEnabled(bool(self.start.value() and self.hours.value()))


class OfficeSection(Section):
    """What deadlines are counted by."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("工作日和办公时间"))
        self.found: Any = None
        self.years, self.hours = Label(kind="secondary", wrap=True), Label(kind="secondary", wrap=True)
        for label in (self.years, self.hours):
            label.setMinimumWidth(280)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = Button("", "", "upload", self._choose)
        self.change = Button("", "", "clock", self._ask_hours)
        self.add(lambda: self.tr("节假日表"), self.years, lambda: self.tr("每年国务院办公厅公布调休后导入一次"))
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(lambda: self.tr("办公时间"), self.hours, lambda: self.tr("按办公小时计的期限按它算；改动写明从哪一天起"))
        self.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def refresh(self) -> None:
        """Ask what is counted by."""
        from zzdesk.desk.office import office

        self.context.runner.read(office, on_done=self._show, on_error=self._refuse, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.take.setText(self.tr("导入节假日表…"))
        self.change.setText(self.tr("更改办公时间…"))
        self._say()

    def look(self, path: Path) -> None:
        """Look at a table in a file, and ask whether to take it in."""
        from zzdesk.desk.office import look_at

        self.context.runner.read(look_at, path, on_done=self._offer, on_error=self._refuse, owner=self)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("导入节假日表"), "", self.tr("文本文件 (*.txt);;所有文件 (*)"))
        if chosen:
            self.look(Path(chosen))

    def _offer(self, look: Any) -> None:
        from zzdesk.desk.office import take

        sheet = ImportSheet(self.window(), look)
        accepted = sheet.exec() == sheet.DialogCode.Accepted
        sheet.deleteLater()
        if accepted:
            self.context.runner.call(take, self.context.desk, look.table, on_done=self._taken, on_error=self._refuse, owner=self)

    def _ask_hours(self) -> None:
        from zzdesk.desk.office import change_hours

        sheet = HoursSheet(self.window(), self.found.today.text if self.found else "")
        accepted, start, hours = sheet.exec() == sheet.DialogCode.Accepted, sheet.start.value(), sheet.hours.value()
        sheet.deleteLater()
        if accepted:
            self.context.runner.call(change_hours, self.context.desk, start, hours, on_done=self._taken, on_error=self._refuse,
                                     owner=self)

    def _taken(self, renewed: int) -> None:
        self.context.toast(self.tr("已保存在本机；{count} 件事件的期限已重新计算").format(count=renewed))
        self.refresh()

    def _refuse(self, error: Any) -> None:
        self.context.toast(error.text(), bad=True)

    def _show(self, found: Any) -> None:
        self.found = found
        self._say()

    def _say(self) -> None:
        if self.found is None:
            return
        years = self.found.years[-LATEST:]
        origin = {"import": self.tr("导入的"), "program": self.tr("随程序来的")}
        lines = [self.tr("{year} 年：版本 {version}，{origin}").format(
            year=each.year, version=each.version, origin=origin.get(each.origin, each.origin)) for each in years]
        more = len(self.found.years) - len(years)
        lines += [self.tr("更早的还有 {count} 年").format(count=more)] if more else []
        self.years.setText("\n".join(lines))
        self.hours.setText("\n".join(
            each.text if each.start is None else self.tr("{day} 起：{hours}").format(day=each.start.isoformat(), hours=each.text)
            for each in self.found.hours))
