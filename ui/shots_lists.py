"""Pictures of the list of reports as a place to live in: filters, marks, what came of them, and what goes on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.widgets.dates import CHINA

Screen = tuple[str, Callable[[MainWindow], QWidget | None]]
Settle = Callable[[MainWindow], None]


def list_screens(open_page: Callable[[MainWindow], None], settle: Settle) -> list[Screen]:
    """Return the screens; ``open_page`` shows the page of reports with nothing open in it."""

    def records(window: MainWindow) -> Any:
        from zzdesk.reports.queries import ReportFilter

        open_page(window)
        found: Any = window.shell.pages["reports"]
        found.records.model.mark_only(())
        found.records.asked.more.hide()
        found.records.show_filter(ReportFilter(open_only=True))
        settle(window)
        return found.records

    def more(window: MainWindow) -> None:
        shown = records(window)
        shown.asked.more.show()
        shown.asked.bands.choose("normal")

    def marked(window: MainWindow) -> None:
        shown = records(window)
        shown.model.mark(range(min(4, shown.model.rowCount())))

    def over(make: Callable[[MainWindow], QWidget], left: int = 240) -> Callable[[MainWindow], QWidget]:
        def show(window: MainWindow) -> QWidget:
            records(window)
            sheet = make(window)
            sheet.show()
            sheet.move(window.mapToGlobal(QPoint(left, 20)))
            return sheet

        return show

    def figure(window: MainWindow) -> None:
        from zzdesk.desk.statistics import month_of
        from zzdesk.reports.queries import from_json

        month = f"{window.context.now().astimezone(CHINA):%Y-%m}"
        said = window.runner.desk.read(month_of, "reports", month)
        records(window).show_filter(from_json(said["closed"].opens))
        settle(window)

    screens = (("lists-more", more), ("lists-marked", marked), ("lists-deed", over(_deed)), ("lists-export", over(_export)),
               ("lists-morning", over(_morning)), ("lists-returned", over(_returned)),
               ("lists-month", over(_month)), ("lists-figure", figure),
               ("mediation-month", over(_mediation_month, 80)), ("mediation-subsidy", over(_subsidy, 80)))
    return list(screens)


def _deed(window: MainWindow) -> QWidget:
    from ui.pages.reports.deeds import DeedSheet, fields_of

    return DeedSheet(window, "dispatch", 4, fields_of(window.context, "dispatch"))


def _export(window: MainWindow) -> QWidget:
    from ui.pages.output import ExportSheet

    page: Any = window.shell.pages["reports"]
    shown = page.records
    sheet = ExportSheet(window, window.context, shown.describe(shown.current_filter()))
    sheet.openly.setChecked(True)
    return sheet


def _morning(window: MainWindow) -> QWidget:
    from ui.printing.sheet import PaperSheet, morning_said
    from zzdesk.desk.morning import morning

    context = window.context
    said = morning_said(window.runner.desk.read(morning), context.settings.values.language, context.facts.name)
    return PaperSheet(window, context, "morning", said, 0)


def _month(window: MainWindow) -> QWidget:
    from ui.pages.figures import MonthSheet
    from zzdesk.desk.statistics import month_of

    month = f"{window.context.now().astimezone(CHINA):%Y-%m}"
    sheet = MonthSheet(window, window.context, "reports", print)
    sheet.show_month(window.runner.desk.read(month_of, "reports", month))
    sheet.table.setCurrentIndex(sheet.model.index(3, 0))
    return sheet


def _mediation_month(window: MainWindow) -> QWidget:
    from ui.pages.mediation.statistics import MediationMonth

    sheet = MediationMonth(window, window.context, print)
    sheet.ask(f"{window.context.now().astimezone(CHINA):%Y-%m}")
    return sheet


def _subsidy(window: MainWindow) -> QWidget:
    from ui.pages.mediation.subsidy import Subsidy

    sheet = Subsidy(window, window.context, print)
    sheet.refresh()
    return sheet


def _returned(window: MainWindow) -> QWidget:
    from ui.pages.reports.returned import ReturnedSheet
    from zzdesk.desk.supervising import DAYS, returns

    return ReturnedSheet(window, window.context, window.runner.desk.read(returns), DAYS, print)
