"""When a report is due: as a tag with shape and words, as a line with the reason, and day by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from ui.labels import codes, field_word, word
from ui.models.paging import Column, PagingModel
from ui.theme import set_kind
from ui.theme.tokens import XL, XS, L, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.dates import CHINA, long_day
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.flow import FlowLayout
from ui.widgets.table import DataTable
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.calendar import words
from zzdesk.reports.queries import Remaining

WHY: Final = "why-due"
translate = QCoreApplication.translate


def due_tag(found: Remaining | None) -> Tag | None:
    """Return how long there is left, or for how long it has been over, as a shape and words; None without a deadline."""
    if found is None:
        return None
    if found.standing.value == "overdue":
        return Tag("▲ " + _late(found), Tone.DANGER)
    if found.standing.value == "soon":
        return Tag("△ " + _soon(found), Tone.WARNING)
    return Tag("□ " + translate("DueBar", "剩 {n} 个工作日").format(n=found.days), Tone.NEUTRAL)


def _late(found: Remaining) -> str:
    if found.days > 1:
        return translate("DueBar", "已超 {n} 个工作日").format(n=found.days)
    if found.days == 1:
        return translate("DueBar", "已超 1 个工作日")
    if found.minutes is None:
        return translate("DueBar", "已过期")
    return translate("DueBar", "已超 {time}").format(time=_time(found.minutes))


def _soon(found: Remaining) -> str:
    if found.days > 0:
        return translate("DueBar", "剩 1 个工作日")
    if found.minutes is not None and found.minutes < 60:
        return translate("DueBar", "剩 {time}").format(time=_time(found.minutes))
    return translate("DueBar", "今天到期")


def _time(minutes: int) -> str:
    if minutes < 60:
        return translate("DueBar", "{n} 分钟").format(n=minutes)
    return translate("values", "{hours} 小时 {minutes} 分").format(hours=minutes // 60, minutes=minutes % 60)


def demand_field() -> ChoiceField:
    """Return the field of what a resident wants of 12345; limits differ by it."""
    return ChoiceField("demand", lambda: field_word("report", "demand"), codes("demand"), lambda code: word("demand", code))


def limit_field() -> TextField:
    """Return the field of a limit of one's own."""
    return TextField("due_rule", lambda: field_word("report", "due_rule"), limit=40,
                     placeholder=lambda: translate("DueBar", "例如 5 个工作日；不填按规则表"))


def shown_limit(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a report's fields with its limit as a person writes it; one out of the table is not its own."""
    limit = fields.get("due_rule")
    own = words.own_limit(limit) if limit else ""
    return {name: value for name, value in fields.items() if name != "due_rule"} | ({"due_rule": own} if own else {})


class DueBar(Translated, QFrame):
    """The standing, the last day with its reason in one sentence, and the way to every day of it."""

    def __init__(self, host: QWidget, perform: Callable[[str], Any]) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self._host, self._detail = host, None
        self.tag, self.day, self.sentence = StateTag(), Label(), Label(kind="small", wrap=True)
        self.why = Button("", "link", "calendar", lambda: perform(WHY))
        head = QWidget()
        flow = FlowLayout(head, S)
        for part in (self.tag, self.day, self.why):
            flow.addWidget(part)
        self.setLayout(column(head, self.sentence, gap=XS, margins=(M, S, M, S)))
        self.retranslate()

    def show_due(self, detail: Any) -> None:
        """Show when a report is due; one without a limit shows no line."""
        self._detail = detail
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.why.setText(self.tr("为什么是这一天"))
        due = self._detail.due if self._detail is not None else None
        self.setVisible(due is not None)
        if due is None:
            return
        tag = self._tag()
        self.tag.show_tag(tag)
        self.day.setText(self.tr("{day}到期").format(day=_said(due.reckoning.last)))
        self.sentence.setText(" ".join(reasons(due)))
        self.setAccessibleName(f"{tag.text if tag else ''} {self.day.text()} {self.sentence.text()}".strip())

    def open_why(self) -> QDialog:
        """Open the list of days."""
        assert self._detail is not None
        sheet = WhySheet(self._host.window(), self._detail)
        sheet.open()
        return sheet

    def _tag(self) -> Tag | None:
        found = self._detail.row
        if found.state == "suspended":
            return Tag("‖ " + self.tr("挂起，停止计时"), Tone.NEUTRAL)
        return due_tag(found.remaining)


def _said(deadline: Any) -> str:
    """Return the last day, with the time of day where hours or minutes are counted."""
    end = deadline.at.astimezone(CHINA)
    day = long_day(end.date())
    return day if (end.hour, end.minute) == (23, 59) else f"{day} {end:%H:%M}"


def reasons(due: Any) -> list[str]:
    """Return in sentences where a limit comes from, and what is to be known of the day."""
    limit = due.reckoning.limit
    by_days = translate("DueBar", "时限 {limit}，从登记次日算起。")
    at_once = translate("DueBar", "时限 {limit}，从登记时算起。")
    told = [(by_days if limit.unit.endswith("days") else at_once).format(limit=limit.said())]
    if due.rule is not None and due.rule.placeholder:
        told.append(translate("DueBar", "按规则表的占位数字，请按本地文件核对。"))
    if len(due.reckoning.parts) > 1:
        told.append(translate("DueBar", "含批准的延期。"))
    if due.reckoning.parts[0].suspended:
        told.append(translate("DueBar", "挂起期间不计入。"))
    if due.reckoning.missing_years:
        years = "、".join(map(str, due.reckoning.missing_years))
        told.append(translate("DueBar", "暂定：缺 {years} 年的节假日表，导入后可能改变。").format(years=years))
    if due.differs:
        told.append(translate("DueBar", "与中心算出的不同，同步后以中心的为准。"))
    return told


class WhySheet(QDialog):
    """Every day from the registration to the due day, with its kind and why it counts or does not; Esc goes back."""

    def __init__(self, parent: QWidget, detail: Any) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        due = detail.due
        title = translate("WhySheet", "为什么 {day}到期").format(day=_said(due.reckoning.last))
        self.setWindowTitle(title)
        self.resize(720, 620)
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model)
        self.table.setAccessibleName(translate("WhySheet", "逐日说明"))
        self.model.set_rows([_Day(line) for line in due.reckoning.lines])
        self.back = Button(translate("WhySheet", "知道了"), "primary", on_click=self.accept)
        texts = [Label(text, "secondary", wrap=True) for text in (*reasons(due), *_grounds(due))]
        parts: list[Any] = [Label(title, "title", wrap=True), column(*texts, gap=XS), self.table]
        self.setLayout(column(*parts, row(None, self.back), gap=L, margins=XL))
        self.layout().setStretch(2, 1)
        self.table.setVisible(bool(due.reckoning.lines))
        first = self.table if due.reckoning.lines else self.back
        first.setFocus()
        if due.reckoning.lines:
            self.table.setCurrentIndex(self.model.index(0, 0))


def _grounds(due: Any) -> list[str]:
    """Return the rule and the tables that the day rests on."""
    told = []
    if due.rule is not None:
        told.append(translate("WhySheet", "规则：{basis}").format(basis=due.rule.basis))
    tables = {table.year: table for part in due.reckoning.parts for table in part.tables}
    for year, table in sorted(tables.items()):
        told.append(translate("WhySheet", "{year}年节假日表，版本 {version}：{source}").format(
            year=year, version=table.version, source=table.source))
    moved = [text for part in due.reckoning.parts if (text := words.moved(part)) is not None]
    return told + moved


class _Day:
    """A row of the list."""

    def __init__(self, line: Any) -> None:
        self.line = line
        self.id = line.day.date.isoformat()
        self.date, self.weekday, self.kind, self.why = words.row(line)

    @property
    def tag(self) -> Tag | None:
        """The reason with a shape: filled for what counts."""
        if self.line.counted:
            return Tag("● " + self.why, Tone.INFO)
        moves = self.line.why.value in ("rolled-to", "rolled-past")
        return Tag(("▶ " if moves else "○ ") + self.why, Tone.WARNING if moves else Tone.NEUTRAL)


def _columns() -> Sequence[Column]:
    return (
        Column("date", lambda: translate("WhySheet", "日期"), lambda day: day.date, 110),
        Column("weekday", lambda: translate("WhySheet", "星期"), lambda day: day.weekday, 110),
        Column("kind", lambda: translate("WhySheet", "类别"), lambda day: day.kind, 210),
        Column("why", lambda: translate("WhySheet", "计不计入"), lambda day: day.why, 200, stretch=True,
               tag=lambda day: day.tag),
    )


def now_of(moment: datetime) -> str:
    """Return a time of day to the second."""
    return f"{moment.astimezone(CHINA):%H:%M:%S}"
