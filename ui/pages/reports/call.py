"""The ten minutes of 社区110 on the report: three moments, the time that has gone by, and the one next button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFrame

from ui.labels import action_word
from ui.pages.reports.due import now_of
from ui.theme import set_kind
from ui.theme.tokens import XS, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.dates import CHINA, short_moment
from ui.widgets.fields import Field, TextField
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.reports.queries import MARKS, verdict

LATER: Final = "-later"
"""Behind the name of a moment: it is noted down after it happened."""
_SECOND: Final = 1000
_AT_ONCE: Final = timedelta(minutes=1)
_SOURCE: Final = "110"
_ENDED: Final = ("abolished", "archived", "closed", "referred", "refused")
translate = QCoreApplication.translate


def offers_call(detail: Any, *, may: bool) -> bool:
    """Say whether the menu offers to start the clock: where the line does not stand there anyway."""
    report = detail.row
    return may and not report.voided and report.state not in _ENDED and not _stands(detail)


def _stands(detail: Any) -> bool:
    return detail.call.accepted is not None or detail.fields.get("source") == _SOURCE


def later_fields(action: str) -> Sequence[Field]:
    """Return what noting a moment down later asks for: the time of day."""
    return (TextField("time", lambda: action_word("report", action), required=True, limit=8, check=_wrong,
                      placeholder=lambda: translate("CallBar", "时:分:秒，例如 15:41:50")),)


def _wrong(text: Any) -> str:
    return "" if _time(str(text)) else translate("CallBar", "写成 时:分:秒，例如 15:41:50")


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace("：", ":"))
    except ValueError:
        return None


def moment_of(text: str, now: datetime) -> datetime | None:
    """Return a time of day as a moment of today's."""
    at = _time(text)
    return None if at is None else datetime.combine(now.astimezone(CHINA).date(), at, CHINA)


def later_note(step: Any, now: datetime) -> str:
    """Say when a moment was written down, where that was not when it happened."""
    if step.happened_at is None or step.created_at - step.happened_at < _AT_ONCE:
        return ""
    return translate("CallBar", "{when} 补记").format(when=short_moment(step.created_at, now))


class CallBar(Translated, QFrame):
    """``perform(action)`` writes a moment down; the time goes on while somebody waits for help."""

    def __init__(self, perform: Callable[[str], Any], now: Callable[[], datetime]) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self._perform, self._now, self._detail, self._may = perform, now, None, False
        self.title, self.tag, self.moments = Label(), StateTag(), Label(kind="small", wrap=True)
        self.next = Button("", "", "clock", lambda: self._do(""))
        self.later = Button("", "link", "pencil", lambda: self._do(LATER))
        self.setLayout(column(row(self.title, self.tag, None, gap=S), self.moments,
                              row(self.next, self.later, None, gap=S), gap=XS, margins=(M, S, M, S)))
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._tick)
        self.retranslate()

    def show_call(self, detail: Any, *, may: bool) -> None:
        """Show the call of a report; what is none shows no line."""
        self._detail, self._may = detail, may
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        detail = self._detail
        self.setVisible(detail is not None and _stands(detail))
        if detail is None:
            self._timer.stop()
            return
        call, report = detail.call, detail.row
        self.title.setText(self.tr("社区110 十分钟"))
        moments = zip(MARKS, (call.accepted, call.dispatched, call.arrived), strict=True)
        self.moments.setText("  →  ".join(
            f"{action_word('report', mark)} {now_of(at) if at else '–'}" for mark, at in moments))
        ready = self._may and call.next is not None and report.state not in _ENDED and not report.voided
        for button in (self.next, self.later):
            button.setVisible(ready)
        self.next.setText(action_word("report", call.next) if call.next else "")
        self.later.setText(self.tr("补记时间"))
        self._tick()
        self._timer.start() if call.runs and not self.isHidden() else self._timer.stop()

    def hideEvent(self, event: Any) -> None:
        """Nobody looks: nothing runs."""
        self._timer.stop()
        super().hideEvent(event)

    def showEvent(self, event: Any) -> None:
        """Go on where somebody still waits."""
        super().showEvent(event)
        if self._detail is not None and self._detail.call.runs:
            self._tick()
            self._timer.start()

    def _tick(self) -> None:
        call, now = self._detail.call, self._now()
        in_time = call.in_time(now)
        shape, tone = ("▲ ", Tone.DANGER) if in_time is False else ("● ", Tone.SUCCESS) if call.arrived else ("◐ ", Tone.INFO)
        self.tag.show_tag(None if in_time is None else Tag(shape + verdict(call, now), tone))
        self.setAccessibleName(f"{self.title.text()} {verdict(call, now)} {self.moments.text()}".strip())

    def _do(self, how: str) -> None:
        if self._detail is not None and self._detail.call.next is not None:
            self._perform(self._detail.call.next + how)
