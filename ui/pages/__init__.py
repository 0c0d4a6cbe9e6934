"""Pages by subject; each room has a ``page`` with ``make_page(context)``, imported on the first visit or ahead of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ui.context import Context
from ui.pages.base import Page


def _workbench(context: Context) -> Page:
    from ui.pages.workbench.page import make_page

    return make_page(context)


def _reports(context: Context) -> Page:
    from ui.pages.reports.page import make_page

    return make_page(context)


def _jobs(context: Context) -> Page:
    from ui.pages.jobs.page import make_page

    return make_page(context)


def _mediation(context: Context) -> Page:
    from ui.pages.mediation.page import make_page

    return make_page(context)


def _patrol(context: Context) -> Page:
    from ui.pages.patrol.page import make_page

    return make_page(context)


def _map(context: Context) -> Page:
    from ui.pages.map.page import make_page

    return make_page(context)


def _sync(context: Context) -> Page:
    from ui.pages.sync.page import make_page

    return make_page(context)


def _conflicts(context: Context) -> Page:
    from ui.pages.conflicts.page import make_page

    return make_page(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings.page import make_page

    return make_page(context)


PAGES: Final[dict[str, Callable[[Context], Page]]] = {
    "workbench": _workbench,
    "reports": _reports,
    "jobs": _jobs,
    "mediation": _mediation,
    "patrol": _patrol,
    "map": _map,
    "sync": _sync,
    "conflicts": _conflicts,
    "settings": _settings,
}
