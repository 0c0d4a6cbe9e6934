"""Pictures of a mediation at work: the room of a session, the dossier, the month, the subsidy, the committees; and of jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.pages.mediation.detail import TABS
from ui.widgets.dates import CHINA

Screen = tuple[str, Callable[[MainWindow], QWidget | None]]
OpenPage = Callable[..., Callable[[MainWindow], None]]


def mediation_screens(open_page: OpenPage, settle: Callable[[MainWindow], None], case: str, session: str) -> list[Screen]:
    """Return the screens of ``case``, whose ``session`` is under way; ``open_page(key, target)`` shows a page."""

    def fresh(window: MainWindow, target: str = "") -> Any:
        open_page("mediation", target)(window)
        page: Any = window.shell.pages["mediation"]
        if page.room is not None:
            page.room.leave()
        settle(window)
        return page

    def room(window: MainWindow) -> None:
        fresh(window).enter_room(session)

    def tab(key: str) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            fresh(window, case).records.detail.tabs.setCurrentIndex(TABS.index(key))

        return show

    def over(make: Callable[[MainWindow], QWidget]) -> Callable[[MainWindow], QWidget]:
        def show(window: MainWindow) -> QWidget:
            fresh(window)
            sheet = make(window)
            sheet.show()
            sheet.move(window.mapToGlobal(QPoint(max(20, (window.width() - sheet.width()) // 2), 20)))
            settle(window)
            return sheet

        return show

    tabs = [(f"mediation-{key}", tab(key)) for key in TABS if key != "about"]
    return [("mediation-room", room), *tabs, ("mediation-month", over(_month)), ("mediation-subsidy", over(_subsidy)),
            ("mediation-committees", over(_committees)), ("mediation-void-numbers", over(_void_numbers))]


def job_screens(open_page: OpenPage) -> list[Screen]:
    """Return the lists of the page of jobs."""

    def listed(key: str) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            open_page("jobs")(window)
            page: Any = window.shell.pages["jobs"]
            page.show_list(key)

        return show

    def leaf(at: int) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            listed("reports")(window)
            page: Any = window.shell.pages["jobs"]
            page.shown.ask(f"{window.context.now().astimezone(CHINA):%Y-%m}")
            page.shown.leaves.setCurrentIndex(at)

        return show

    from ui.pages.jobs.page import CONTACT, MAKERS

    others = (key for key in MAKERS if key not in (*CONTACT, "posting", "reports"))  # those are drawn elsewhere
    lists = [(f"jobs-{key.replace('_', '-')}", listed(key)) for key in others]
    return [*lists, ("jobs-reports", leaf(0)), ("jobs-ledger", leaf(1))]


def _nothing(_: str) -> None:
    """A sheet in a picture opens no case."""


def _month(window: MainWindow) -> QWidget:
    from ui.pages.mediation.statistics import MediationMonth

    sheet = MediationMonth(window, window.context, _nothing)
    sheet.ask(f"{window.context.now().astimezone(CHINA):%Y-%m}")
    return sheet


def _subsidy(window: MainWindow) -> QWidget:
    from ui.pages.mediation.subsidy import Subsidy

    sheet = Subsidy(window, window.context, _nothing)
    sheet.refresh()
    return sheet


def _committees(window: MainWindow) -> QWidget:
    from ui.pages.mediation.committees import Committees

    return Committees(window, window.context)


def _void_numbers(window: MainWindow) -> QWidget:
    from ui.pages.mediation.void_numbers import VoidNumbers

    return VoidNumbers(window, window.context, _nothing)
