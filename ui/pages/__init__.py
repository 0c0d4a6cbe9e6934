"""Pages by subject; each room has ``make_page(context)`` and is imported on the first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ui.context import Context
from ui.pages.base import Page


def _workbench(context: Context) -> Page:
    from ui.pages.workbench import make_page

    return make_page(context)


def _reports(context: Context) -> Page:
    from ui.pages.reports import make_page

    return make_page(context)


def _jobs(context: Context) -> Page:
    from ui.pages.jobs import make_page

    return make_page(context)


def _mediation(context: Context) -> Page:
    from ui.pages.mediation import make_page

    return make_page(context)


def _sync(context: Context) -> Page:
    from ui.pages.sync import make_page

    return make_page(context)


def _conflicts(context: Context) -> Page:
    from ui.pages.conflicts import make_page

    return make_page(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings import make_page

    return make_page(context)


def preload() -> None:
    """Import every page; called in a worker after log-in, so that the first visit only has to build."""
    import ui.pages.conflicts
    import ui.pages.jobs
    import ui.pages.mediation
    import ui.pages.reports
    import ui.pages.settings
    import ui.pages.sync  # noqa: F401


PAGES: Final[dict[str, Callable[[Context], Page]]] = {
    "workbench": _workbench,
    "reports": _reports,
    "jobs": _jobs,
    "mediation": _mediation,
    "sync": _sync,
    "conflicts": _conflicts,
    "settings": _settings,
}
