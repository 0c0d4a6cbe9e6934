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


def marked_screens(open_page: Callable[[str], Callable[[MainWindow], None]], settle: Settle) -> list[Screen]:
    """Return the lists of other subjects with marks in them, and checking in at a point; ``open_page(key)`` shows a page."""

    def marked(key: str, kind: str = "", count: int = 2) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            _fresh(window, key, kind)
            shown = _shown(window, key)
            shown.model.mark(range(min(count, shown.model.rowCount())))

        return show

    def _fresh(window: MainWindow, key: str, kind: str) -> None:
        open_page(key)(window)
        page: Any = window.shell.pages[key]
        if kind:
            page.show_list(kind)
        shown = _shown(window, key)
        shown.model.mark_only(())
        shown.refresh()
        settle(window)

    def check(window: MainWindow) -> None:
        _fresh(window, "patrol", "task")
        shown = _shown(window, "patrol")
        shown.open_record(shown.model.row(0).id)
        settle(window)
        seats = shown.detail.seats
        seats.perform(seats.model.row(0), "check-at")
        settle(window)
        for name, value in (("latitude", "24.51600"), ("longitude", "117.65540")):
            shown.detail.form.fields[name].set_value(value)
        shown.detail.form._say()

    def codes(window: MainWindow) -> QWidget:
        from ui.printing.points import PointsSheet, points_said
        from zzdesk.desk.checkpoints import hung

        _fresh(window, "patrol", "segment")
        segment = _shown(window, "patrol").model.row(0).id
        route, points = window.runner.desk.read(hung, segment)
        said = points_said(route, points, window.context.settings.values.language, window.context.facts.name)
        sheet = PointsSheet(window, window.context, segment, said, points)
        sheet.show()
        sheet.move(window.mapToGlobal(QPoint(240, 20)))
        return sheet

    return [("marked-postings", marked("jobs", "posting")), ("marked-volunteers", marked("patrol", "volunteer")),
            ("marked-cases", marked("mediation")), ("check-in", check), ("check-codes", codes)]


def _shown(window: MainWindow, key: str) -> Any:
    page: Any = window.shell.pages[key]
    return page.shown


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

    screens = (("lists-more", more), ("lists-marked", marked), ("lists-deed", over(_deed)), ("lists-reassign", over(_reassign)),
               ("lists-export", over(_export)),
               ("lists-morning", over(_morning)), ("lists-returned", over(_returned)),
               ("lists-month", over(_month)), ("lists-figure", figure),
               ("mediation-month", over(_mediation_month, 80)), ("mediation-subsidy", over(_subsidy, 80)))
    return list(screens)


def _deed(window: MainWindow) -> QWidget:
    from ui.pages.reports.deeds import DeedSheet, fields_of

    return DeedSheet(window, "dispatch", 4, fields_of(window.context, "dispatch"))


def _reassign(window: MainWindow) -> QWidget:
    from ui.pages.reports.deeds import DeedSheet, fields_of

    return DeedSheet(window, "reassign", 4, fields_of(window.context, "reassign"))


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
