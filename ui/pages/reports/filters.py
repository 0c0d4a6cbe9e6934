"""What is asked of the list of reports: the boxes under the chips, and a filter in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.labels import codes, state_tag, word
from ui.pages.values import joined
from ui.theme.tokens import S
from ui.widgets.base import Button, column, row
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import DayField
from ui.widgets.filter_box import FilterBox
from ui.widgets.filter_menu import FilterMenu
from ui.widgets.tag import Tag, Tone
from zzdesk.reports.queries import BANDS, PERIODS, ReportFilter
from zzdesk.reports.workflow import OPEN

ENDED: Final = ("closed", "archived", "referred", "abolished", "refused")
STATES: Final = (*OPEN, *ENDED)
CUSTOM: Final = "days"
"""Days of one's own, beside the periods that move along with today."""
SHAPES: Final = {"overdue": "▲", "soon": "△", "normal": "□"}
"""The shapes of the tags in the list."""
translate = QCoreApplication.translate


def band_word(band: str) -> str:
    """Return a due band as a word."""
    words = {"overdue": translate("ReportFilters", "已过期"), "soon": translate("ReportFilters", "将到期"),
             "normal": translate("ReportFilters", "正常")}
    return words.get(band, band)


def band_tag(band: str) -> Tag | None:
    """Return a due band as a shape and a word; the colour comes on top. None without a deadline."""
    tones = {"overdue": Tone.DANGER, "soon": Tone.WARNING}
    return Tag(f"{SHAPES[band]} {band_word(band)}", tones.get(band, Tone.NEUTRAL)) if band in SHAPES else None


def period_word(period: str) -> str:
    """Return a period of registration in words."""
    words = {"today": translate("ReportFilters", "今天登记"), "yesterday": translate("ReportFilters", "昨天以来"),
             "week": translate("ReportFilters", "近 7 天"), "month": translate("ReportFilters", "近 30 天"),
             "quarter": translate("ReportFilters", "近 90 天")}
    return words.get(period, period)


def range_word(since: date | None, until: date | None) -> str:
    """Return a range of days in words; one end may be open."""
    if since and until:
        return translate("ReportFilters", "{since} 至 {until}").format(since=since.isoformat(), until=until.isoformat())
    if since:
        return translate("ReportFilters", "{day} 以后").format(day=since.isoformat())
    return translate("ReportFilters", "{day} 以前").format(day=until.isoformat()) if until else ""


def figure_word(wanted: ReportFilter) -> str:
    """Return in words which figure of a month a list shows."""
    if not wanted.deed:
        return ""
    words = {
        ("closed", ""): translate("ReportFilters", "办结"), ("answered", ""): translate("ReportFilters", "有居民评价"),
        ("handed", ""): translate("ReportFilters", "上交"), ("closed", "grid"): translate("ReportFilters", "网格内解决"),
        ("closed", "community"): translate("ReportFilters", "社区内解决"),
        ("closed", "rated"): translate("ReportFilters", "有评价的办结"),
        ("closed", "unrated"): translate("ReportFilters", "未评价"),
        ("closed", "in-time"): translate("ReportFilters", "按期办结"), ("closed", "late"): translate("ReportFilters", "逾期办结"),
        ("closed", "unlimited"): translate("ReportFilters", "办结、没有期限"),
        ("answered", "content"): translate("ReportFilters", "评价满意（含非常满意）"),
    }  # fmt: skip
    part = words.get((wanted.deed, wanted.among)) or translate("ReportFilters", "评价：{word}").format(
        word=word("evaluation", wanted.among))
    return translate("ReportFilters", "{month} {part}").format(month=wanted.month, part=part)


def chip_of(wanted: ReportFilter) -> str:
    """Return the chip that goes with a filter."""
    if wanted.void or wanted.mine or wanted.by_due:
        return "void" if wanted.void else "mine" if wanted.mine else "due"
    return "open" if wanted.open_only else "closed" if wanted.states == ENDED else "all"


def in_words(wanted: ReportFilter, chip: str) -> str:
    """Return a filter in one line; ``chip`` is what its chip says."""
    states = () if wanted.states == ENDED else wanted.states
    parts = (
        chip, figure_word(wanted), "、".join(state_tag("report", code).text for code in states),
        "、".join(word("category", code) for code in wanted.categories), band_word(wanted.band),
        "、".join(word("source", code) for code in wanted.sources), "、".join(wanted.grids), period_word(wanted.period),
        range_word(wanted.since, wanted.until),
        translate("ReportFilters", "“{text}”").format(text=wanted.text) if wanted.text else "",
    )  # fmt: skip
    return joined(*parts)


class RangeSheet(Sheet):
    """Asks for the days of registration from and to, both included; one may stay empty."""

    def __init__(self, parent: QWidget, since: date | None, until: date | None) -> None:
        super().__init__(parent, translate("ReportFilters", "登记的日子"), translate("ReportFilters", "两头都算；可以只填一头。"),
                         translate("ReportFilters", "筛选"))
        self.since = DayField("since", lambda: translate("ReportFilters", "从"))
        self.until = DayField("until", lambda: translate("ReportFilters", "到"))
        for field, day in ((self.since, since), (self.until, until)):
            field.set_value(day.isoformat() if day else None)
            field.edited.connect(self._look)
            self.body.addWidget(field)
        self.since.control.setFocus()
        self._look()

    def days(self) -> tuple[date | None, date | None]:
        """Return both ends."""
        found = [field.value() for field in (self.since, self.until)]
        since, until = (date.fromisoformat(value) if value else None for value in found)
        return since, until

    def _look(self) -> None:
        since, until = self.days()
        wrong = since is not None and until is not None and since > until
        self.until.show_problem(translate("ReportFilters", "要在开始的日子以后") if wrong else "")
        self.go.setEnabled(bool(since or until) and not wrong)


class ReportFilters(QObject):
    """``changed`` when a person asks for something else. ``always`` stand in one line, ``more`` in another that opens."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.states = FilterMenu(STATES, lambda code: state_tag("report", code).text)
        self.categories = FilterMenu(codes("category"), lambda code: word("category", code))
        self.bands = FilterBox(BANDS, lambda band: f"{SHAPES[band]} {band_word(band)}")
        self.sources = FilterMenu(codes("source"), lambda code: word("source", code))
        self.grids = FilterMenu((), str)
        self.periods = FilterBox((*PERIODS, CUSTOM), self._period_word)
        self._range: tuple[date | None, date | None] = (None, None)
        self._period = ""
        self._figure = ReportFilter()
        self.figure = Button("", "chip", "x", self._leave_figure)
        self.figure.hide()
        self.more_button = Button("", "link", "filter", self._turn)
        self.more = QWidget()
        self.more.setLayout(column(row(self.bands, self.periods, gap=S), row(self.sources, self.grids, gap=S), gap=S))
        self.more.hide()
        for box in (*self._many(), self.bands):
            box.chosen.connect(lambda _: self._changed())
        self.periods.chosen.connect(self._period_chosen)

    @property
    def always(self) -> Sequence[QWidget]:
        """What always stands there."""
        return (self.states, self.categories, self.more_button)

    def _many(self) -> tuple[FilterMenu, ...]:
        return (self.states, self.categories, self.sources, self.grids)

    def wanted(self, chip: str, text: str = "") -> ReportFilter:
        """Return what chip, boxes and search line ask for."""
        ended = ENDED if chip == "closed" else ()
        return ReportFilter(
            self.states.codes or ended, self.categories.codes, open_only=chip == "open", void=chip == "void",
            mine=chip == "mine", by_due=chip == "due", grids=self.grids.codes, sources=self.sources.codes,
            band=self.bands.code, text=text, month=self._figure.month, deed=self._figure.deed, among=self._figure.among,
            **self._when(),
        )  # fmt: skip

    def _when(self) -> dict[str, Any]:
        since, until = self._range
        return {"since": since, "until": until} if self.periods.code == CUSTOM else {"period": self.periods.code}

    def show_filter(self, wanted: ReportFilter) -> None:
        """Let the boxes say a filter, telling nobody."""
        self.states.show_codes(() if wanted.states == ENDED else wanted.states)
        for box, picked in ((self.categories, wanted.categories), (self.sources, wanted.sources), (self.grids, wanted.grids)):
            box.show_codes(picked)
        self._figure = wanted
        self._range = (wanted.since, wanted.until)
        self._period = CUSTOM if any(self._range) else wanted.period
        for one, code in ((self.bands, wanted.band), (self.periods, self._period)):
            one.setCurrentIndex(max(0, one.findData(code)))
        self._say_periods()
        self._say_figure()
        self._open_if_used()
        self._say_more()

    def ask_for_grids(self, ask: Callable[[Callable[[Any], None]], Any]) -> None:
        """Offer the grids that reports are in."""
        ask(self.grids.set_codes)

    def retranslate(self) -> None:
        """Say everything again."""
        self.states.set_words(translate("ReportFilters", "全部状态"))
        self.categories.set_words(translate("ReportFilters", "全部类别"))
        self.bands.set_words(translate("ReportFilters", "全部期限"))
        self.sources.set_words(translate("ReportFilters", "全部来源"))
        self.grids.set_words(translate("ReportFilters", "全部网格"))
        self._say_figure()
        self._say_periods()
        self._say_more()

    def _period_word(self, period: str) -> str:
        if period != CUSTOM:
            return period_word(period)
        return range_word(*self._range) or translate("ReportFilters", "选日子…")

    def _say_figure(self) -> None:
        """Say which figure of a month the list shows, and that one click leaves it."""
        said = figure_word(self._figure)
        self.figure.setText(said)
        self.figure.setToolTip(translate("ReportFilters", "不再只看这个统计数"))
        self.figure.setAccessibleName(translate("ReportFilters", "只看 {figure}；按下后看全部").format(figure=said))
        self.figure.setVisible(bool(said))

    def _leave_figure(self) -> None:
        self._figure = ReportFilter()
        self._say_figure()
        self._changed()

    def _say_periods(self) -> None:
        self.periods.set_words(translate("ReportFilters", "全部时间"))

    def _period_chosen(self, period: str) -> None:
        """Days of one's own are asked for; who goes back has what was asked before."""
        if period == CUSTOM:
            sheet = RangeSheet(self.periods.window(), *self._range)
            accepted, days = sheet.exec() == sheet.DialogCode.Accepted, sheet.days()
            sheet.deleteLater()
            if not accepted:
                self.periods.setCurrentIndex(max(0, self.periods.findData(self._period)))
                return
            self._range = days
        self._period = period
        self._say_periods()
        self._changed()

    def _used(self) -> int:
        return sum(map(bool, (self.bands.code, self.periods.code, self.sources.codes, self.grids.codes)))

    def _say_more(self) -> None:
        used = self._used()
        text = translate("ReportFilters", "更多筛选")
        self.more_button.setText(f"{text} {used}" if used else text)
        self.more_button.setAccessibleName(translate("ReportFilters", "更多筛选：期限、时间、来源、网格"))

    def _open_if_used(self) -> None:
        if self._used():
            self.more.show()

    def _turn(self) -> None:
        self.more.setVisible(self.more.isHidden())
        if not self.more.isHidden():
            self.bands.setFocus()

    def _changed(self) -> None:
        self._say_more()
        self.changed.emit()
