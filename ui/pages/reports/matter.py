"""The reports of one matter under the head of each: who else reported it, which one leads, and the way to take a link back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import state_tag, word
from ui.pages.reports.compare import distance_words
from ui.pages.values import joined
from ui.pages.work_detail import reason_field
from ui.runner import Runner, Task
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Button, ElidedLabel, Icon, Label, card, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.fields import Field, LongTextField, WidgetField
from ui.widgets.header import Section
from ui.widgets.picker import Option, Picker
from ui.widgets.tag import StateTag, Tag, Tone
from ui.widgets.timeline import Event

translate = QCoreApplication.translate


class MatterBox(QWidget):
    """Hidden where a report stands alone."""

    def __init__(self, open_record: Callable[[str], Any]) -> None:
        super().__init__()
        self._open = open_record
        self.head, self._lines, self.buttons = Section(), column(gap=S), []  # type: ignore[var-annotated]
        self._note = Label(kind="small", wrap=True)
        frame = card()
        frame.setLayout(column(self.head, self._lines, self._note, gap=M, margins=L))
        self.setLayout(column(frame))
        self.hide()

    def show_family(self, family: Any, record_id: str, now: datetime) -> None:
        """Show the matter of a report."""
        clear(self._lines)
        self.buttons = []
        self.setVisible(len(family.members) > 1)
        self.head.set_texts(translate("Matter", "同一件事的登记"),
                            translate("Matter", "共 {count} 件").format(count=len(family.members)))
        for member in family.members:
            self._lines.addLayout(self._line(member, member.id == record_id, member.id == family.lead_id, now))
        self._note.setText(translate("Matter", "每一位反映人都要反馈。由最先登记的一件牵头办理。"))

    def _line(self, member: Any, mine: bool, leads: bool, now: datetime) -> Any:
        button = Button(member.number, "link", on_click=lambda: self._open(member.id))
        button.setAccessibleName(f"{member.number} {member.title}")
        button.setEnabled(not mine)
        self.buttons.append(button)
        tags = [Tag(translate("Matter", "牵头"), Tone.INFO)] if leads else []
        tags += [Tag(translate("Matter", "这一件"))] if mine else []
        who = Label(joined(reporter_words(member), member.phone, short_moment(member.created_at, now)), "small")
        first = row(button, *(StateTag(tag) for tag in (*tags, state_tag("report", member.state))), None, gap=XS)
        return column(first, ElidedLabel(member.title), row(Icon("user", "secondary"), who, None, gap=S), gap=2)


def reporter_words(member: Any) -> str:
    """Return who reported it as everybody may see it."""
    if member.anonymous:
        return translate("Matter", "匿名")
    return translate("Matter", "姓名保密") if member.sealed else member.reporter or translate("Matter", "没有留姓名")


def link_events(family: Any, record_id: str, name_of: Callable[[str], str], now: datetime) -> list[tuple[datetime, Event]]:
    """Return what was said about links of this report, for its timeline, with the moment of each."""
    numbers = {member.id: member.number for member in family.members}
    events = []
    for said in family.said:
        if record_id not in (said.report_id, said.lead_id):
            continue
        other = said.lead_id if said.report_id == record_id else said.report_id
        linked = said.action == "link"
        title = translate("Matter", "关联为同一件事") if linked else translate("Matter", "解除关联")
        grounds = joined(numbers.get(other, ""), "、".join(word("grounds", code) for code in said.grounds),
                         distance_words(said.distance) if said.distance is not None else "")
        note = "\n".join(part for part in (grounds, said.reason) if part)
        tone = Tone.INFO if linked else Tone.WARNING
        events.append((said.created_at, Event(title, short_moment(said.created_at, now), name_of(said.created_by), note, tone)))
    return events


class ReportPicker(Picker):
    """Finds another report by number, words of its title, place or reporter; the value is its id."""

    def __init__(self, runner: Runner, but: str) -> None:
        self._runner, self._but = runner, but
        self._task: Task | None = None
        super().__init__(self._ask, lambda: translate("Matter", "编号、事项、地点或电话尾号"))

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.reports import queries

        def show(page: Any) -> None:
            on_found([Option(row.id, row.title, joined(row.number, row.address)) for row in page.rows if row.id != self._but])

        if self._task is not None:
            self._task.cancel()
        self._task = self._runner.read(queries.find_reports, text, owner=self, on_error=lambda error: None, on_done=show)


def link_fields(runner: Runner, record_id: str) -> Sequence[Field]:
    """Return what linking by hand asks for."""
    picker = ReportPicker(runner, record_id)
    other = WidgetField("other", lambda: translate("Matter", "和哪一件是同一件事"), picker, required=True)
    return other, LongTextField("reason", lambda: translate("Matter", "为什么（可不填）"), lines=2)


def unlink_fields() -> Sequence[Field]:
    """Return what taking links back asks for."""
    return (reason_field(lambda: translate("Matter", "为什么不是同一件事")),)
