"""What is asked of the list of reports: the boxes under the chips, and a filter in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.labels import codes, state_tag, word
from ui.pages.values import joined
from ui.theme.tokens import S
from ui.widgets.base import Button, column, row
from ui.widgets.filter_box import FilterBox
from ui.widgets.filter_menu import FilterMenu
from zzdesk.reports.queries import BANDS, PERIODS, ReportFilter
from zzdesk.reports.workflow import OPEN

ENDED: Final = ("closed", "archived", "referred", "abolished", "refused")
STATES: Final = (*OPEN, *ENDED)
SHAPES: Final = {"overdue": "▲", "soon": "△", "normal": "□"}
"""The shapes of the tags in the list."""
translate = QCoreApplication.translate


def band_word(band: str) -> str:
    """Return a due band as a word."""
    words = {"overdue": translate("ReportFilters", "已过期"), "soon": translate("ReportFilters", "将到期"),
             "normal": translate("ReportFilters", "正常")}
    return words.get(band, band)


def period_word(period: str) -> str:
    """Return a period of registration in words."""
    words = {"today": translate("ReportFilters", "今天登记"), "yesterday": translate("ReportFilters", "昨天以来"),
             "week": translate("ReportFilters", "近 7 天"), "month": translate("ReportFilters", "近 30 天"),
             "quarter": translate("ReportFilters", "近 90 天")}
    return words.get(period, period)


def chip_of(wanted: ReportFilter) -> str:
    """Return the chip that goes with a filter."""
    if wanted.void or wanted.mine or wanted.by_due:
        return "void" if wanted.void else "mine" if wanted.mine else "due"
    return "open" if wanted.open_only else "closed" if wanted.states == ENDED else "all"


def in_words(wanted: ReportFilter, chip: str) -> str:
    """Return a filter in one line; ``chip`` is what its chip says."""
    states = () if wanted.states == ENDED else wanted.states
    parts = (
        chip, "、".join(state_tag("report", code).text for code in states),
        "、".join(word("category", code) for code in wanted.categories), band_word(wanted.band),
        "、".join(word("source", code) for code in wanted.sources), "、".join(wanted.grids), period_word(wanted.period),
        translate("ReportFilters", "“{text}”").format(text=wanted.text) if wanted.text else "",
    )  # fmt: skip
    return joined(*parts)


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
        self.periods = FilterBox(tuple(PERIODS), period_word)
        self.more_button = Button("", "link", "filter", self._turn)
        self.more = QWidget()
        self.more.setLayout(column(row(self.bands, self.periods, gap=S), row(self.sources, self.grids, gap=S), gap=S))
        self.more.hide()
        for box in (*self._many(), self.bands, self.periods):
            box.chosen.connect(lambda _: self._changed())

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
            band=self.bands.code, period=self.periods.code, text=text,
        )  # fmt: skip

    def show_filter(self, wanted: ReportFilter) -> None:
        """Let the boxes say a filter, telling nobody."""
        self.states.show_codes(() if wanted.states == ENDED else wanted.states)
        for box, picked in ((self.categories, wanted.categories), (self.sources, wanted.sources), (self.grids, wanted.grids)):
            box.show_codes(picked)
        for one, code in ((self.bands, wanted.band), (self.periods, wanted.period)):
            one.setCurrentIndex(max(0, one.findData(code)))
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
        self.periods.set_words(translate("ReportFilters", "全部时间"))
        self._say_more()

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
