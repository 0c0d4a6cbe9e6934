"""Pictures of every screen: both languages, both themes, 100% and 200%, full, empty and failed.

A made-up station is set up in a temporary folder through the command line, with a centre and a second desk, so that
what is drawn has gone the whole way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui import desk_session
from ui.application import make_application, make_window
from ui.main_window import MainWindow
from ui.runner import Task
from ui.shots_contact import contact_screens
from ui.shots_lists import list_screens, marked_screens
from ui.shots_mediation import job_screens, mediation_screens
from ui.shots_world import PASSWORD, REPORTS, World
from ui.widgets.forms import Form

SIZE: Final = (1280, 800)
SCALES: Final = (1, 2)
LOOKS: Final = tuple((language, theme) for language in ("zh", "en") for theme in ("light", "dark"))
Screen = tuple[str, Callable[[MainWindow], QWidget | None]]


def main(folder: Path) -> int:
    """Draw everything into ``folder`` and return how many pictures there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zzdesk-shots-") as place, World(Path(place)) as world:
        from ui.shots_kiosk import draw_kiosk

        desk = sum(1 for _ in draw_all(world, folder))
        return desk + sum(1 for _ in draw_kiosk(folder, world.place / "kiosk"))


def draw_all(world: World, folder: Path, looks: tuple[tuple[str, str], ...] = LOOKS,
             scales: tuple[int, ...] = SCALES) -> Iterator[Path]:
    """Draw every screen in every look; yields each picture as it is written."""
    make_application()
    for screens, home, log_in in (
        (first_run_screens(), world.place / "nobody", False), (login_screens(), world.desk, False),
        (empty_screens(), world.empty, True), (full_screens(world), world.desk, True),
    ):
        with open_window(home, log_in) as window:
            for language, theme in looks:
                window.context.set_language(language)
                window.context.set_theme(theme)
                yield from _draw(window, screens, folder, f"{language}-{theme}", scales)


def _draw(window: MainWindow, screens: list[Screen], folder: Path, look: str, scales: tuple[int, ...]) -> Iterator[Path]:
    for name, prepare in screens:
        over = prepare(window)
        settle(window)
        for scale in scales:
            path = folder / f"{name}-{look}-{scale}00.png"
            picture(window, over, scale).save(str(path))
            yield path
        if over is not None:
            over.close()


@contextmanager
def open_window(home: Path, log_in: bool) -> Iterator[MainWindow]:
    """Open the window of a home offscreen, and close it with its workers afterwards."""
    window = make_window(home, make_application())
    window.settings.windows.clear()
    window.resize(*SIZE)
    if log_in:
        window.enter(desk_session.open_home(home, "zhuangxy", PASSWORD))
    else:
        window.start()
    window.show()
    settle(window)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()


def settle(window: MainWindow, patience_ms: int = 8_000) -> None:
    """Wait until the workers have nothing more to say and the window has drawn it."""
    for _ in range(patience_ms // 40):
        _turn(40)
        if window.runner.idle:
            _turn(60)
            if window.runner.idle:
                return


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def picture(window: QWidget, over: QWidget | None, scale: int) -> QPixmap:
    """Return the window, with a dialog over it, as a screen of ``scale`` times the density would show it."""
    pixmap = QPixmap(window.size() * scale)
    pixmap.setDevicePixelRatio(scale)
    window.render(pixmap)
    if over is not None:
        at = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
        painter = QPainter(pixmap)
        painter.fillRect(window.rect(), "#66000000")
        painter.end()
        over.render(pixmap, at)
    return pixmap


def first_run_screens() -> list[Screen]:
    """Return the steps of the wizard."""

    def step(name: str) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            window._first_run.account.set_values({})
            window._first_run.show_step(name)

        return show

    def wrong(window: MainWindow) -> None:
        page = window._first_run
        page.show_step("account")
        page.account.set_values({"name": "庄晓燕", "login": "zhuangxy", "password": "abc", "again": "abd"})
        page.account.finish()

    def recovery(window: MainWindow) -> None:
        window._first_run.show_recovery("Q0Y9-QC68-NGV1-Y2BA-MMFQ-QDTM-2VX2", "西桥社区")

    return [("first-run-1-welcome", step("welcome")), ("first-run-2-place", step("place")),
            ("first-run-3-account", step("account")), ("first-run-3-account-wrong", wrong),
            ("first-run-4-recovery", recovery), ("first-run-5-enrol", step("enrol"))]


def login_screens() -> list[Screen]:
    """Return the log-in, its refusal, the recovery key and the locked screen."""
    from zzdesk.errors import WrongPasswordError
    from zzdesk.i18n import N_

    def refused(window: MainWindow) -> None:
        window._login.show_error(WrongPasswordError(N_("用户名或密码不正确。")))

    def recovery(window: MainWindow) -> None:
        window._login.show_locked("")
        window._login._change_way()

    def by_system(window: MainWindow) -> None:
        login = window._login
        login.show_locked("")
        login.show_home(replace(login._state, by_system=("zhuangxy",)))

    def plain(window: MainWindow) -> None:
        login = window._login
        login.show_home(replace(login._state, by_system=()))
        login.show_locked("")

    return [("login", plain), ("login-refused", refused), ("login-recovery", recovery), ("login-by-system", by_system),
            ("locked", lambda window: window._login.show_locked("庄晓燕"))]


def empty_screens() -> list[Screen]:
    """Return the pages of a station on its first day."""
    keys = ("workbench", "reports", "jobs", "mediation", "patrol", "map", "sync", "conflicts")
    return [(f"empty-{key}", _page(key)) for key in keys]


def full_screens(world: World) -> list[Screen]:
    """Return the pages of a station at work, forms, dialogs and failures."""
    pages = [(key, _page(key)) for key in ("workbench", "reports", "jobs", "mediation", "patrol")]
    exchange: list[Screen] = [("sync", _chip("sync", "waiting")), ("sync-returned", _chip("sync", "returned")),
                              ("sync-arrived", _chip("sync", "arrived")), ("sync-aside", _chip("sync", "aside")),
                              ("sync-stuck", _stuck), ("conflicts-same", _page("conflicts", world.same)),
                              ("conflicts", _chip("conflicts", "open")), ("conflicts-resolved", _chip("conflicts", "resolved"))]
    forms = [(f"{key}-new", _page(key, "new")) for key in ("reports", "jobs", "mediation", "patrol")]
    details = [(name, _page(key, target)) for name, key, target in (
        ("reports-detail", "reports", world.report), ("reports-asked", "reports", world.asked),
        ("reports-handed", "reports", world.handed), ("reports-inbound", "reports", world.inbound),
        ("reports-voided", "reports", world.voided), ("jobs-detail", "jobs", world.posting),
        ("mediation-detail", "mediation", world.case), ("patrol-round", "patrol", world.round),
        ("patrol-call", "patrol", world.call), ("patrol-reward", "patrol", world.reward))]
    from ui.pages.settings.page import SECTIONS

    sections = [(f"settings-{key}", _page("settings", key)) for key in SECTIONS]
    return [*pages, *exchange, *details, *forms, *sections, ("reports-due", _by_due),
            ("reports-why", _why(world)), ("reports-compare", _compare),
            ("reports-handover", _handover(world, "12345")), ("reports-handover-there", _handover(world, "110")),
            ("reports-call-110", _call_first),
            ("reports-slip", _slip(world.report)), ("search", _search), ("help", _help("sync")),
            ("help-conflicts", _help("conflicts")), ("help-usb", _help("usb")), ("toast", _toast),
            ("map", _map), ("map-city", _city), ("map-walked", _walked), ("help-map", _help("map")),
            *list_screens(_page("reports"), settle), *marked_screens(_page, settle),
            *mediation_screens(_page, settle, world.table, world.session), *job_screens(_page), *contact_screens(_page, settle),
            ("failed-workbench", _failed), ("crash", _crash), ("demo", _demo)]


def _page(key: str, target: str = "") -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.shell.strip.show_text("")
        if window._toast is not None:
            window._toast.hide()
        if key != "sync" and window.exchange.stuck_since is not None:
            _at_rest(window)
        page = window.shell.open_page(key, target)
        if target != "new":
            for form in page.findChildren(Form):
                form.leave()

    return show


def _by_due(window: MainWindow) -> None:
    """What is due soonest first."""
    _page("reports")(window)
    page: Any = window.shell.pages["reports"]
    page.records.chips.choose("due")


def _map(window: MainWindow) -> None:
    """The station's grids with everything on them."""
    _page("map")(window)
    settle(window)
    page: Any = window.shell.pages["map"]
    page.view.select("")
    page.view.fit(page.atlas.home)


def _city(window: MainWindow) -> None:
    """All eleven districts."""
    _map(window)
    page: Any = window.shell.pages["map"]
    page._city.click()


def _walked(window: MainWindow) -> None:
    """One report with the cursor."""
    _map(window)
    settle(window)
    page: Any = window.shell.pages["map"]
    page.list.setCurrentIndex(page.model.index(1, 0))


def _why(world: World) -> Callable[[MainWindow], QWidget]:
    """Every day on the way to a deadline."""

    def show(window: MainWindow) -> QWidget:
        _page("reports", world.report)(window)
        settle(window)
        page: Any = window.shell.pages["reports"]
        sheet: QWidget = page.records.detail.due.open_why()
        sheet.move(window.mapToGlobal(QPoint(280, 80)))
        return sheet

    return show


def _compare(window: MainWindow) -> QWidget:
    """A second report of a matter beside the first."""
    from ui.pages.reports.compare import CompareSheet

    _page("reports", "new")(window)
    settle(window)
    form: Any = window.shell.pages["reports"].shown.pane.form
    form.set_values({name: REPORTS[0][name] for name in ("title", "category", "description")})
    form.look()
    settle(window)
    sheet = CompareSheet(window, window.context, form.report(), (), form.suspects)
    form.set_values({})
    sheet.show()
    sheet.move(window.mapToGlobal(QPoint(180, 60)))
    return sheet


def _handover(world: World, partner: str) -> Callable[[MainWindow], QWidget]:
    """Whom a report goes to and what of it."""

    def show(window: MainWindow) -> QWidget:
        from ui.pages.reports.handover import HandoverSheet
        from zzdesk.desk.handing import choices

        _page("reports", world.handed)(window)
        sheet = HandoverSheet(window, window.runner.desk.read(choices, world.handed), window.context.now())
        sheet.whom.set_value(partner)
        sheet.show_choice()
        sheet.show()
        sheet.move(window.mapToGlobal(QPoint(340, 20)))
        return sheet

    return show


def _call_first(window: MainWindow) -> QWidget:
    from ui.pages.reports.handover import CallFirstSheet

    window.shell.open_page("reports")
    sheet = CallFirstSheet(window, "庄晓燕", window.context.now())
    sheet.show()
    sheet.move(window.mapToGlobal(QPoint(340, 10)))
    return sheet


def _slip(report: str) -> Callable[[MainWindow], QWidget]:
    def show(window: MainWindow) -> QWidget:
        from ui.printing.preview import SlipSheet
        from zzdesk.desk.slips import slip

        _page("reports", report)(window)
        sheet = SlipSheet(window, window.context, window.runner.desk.read(slip, report))
        sheet.show()
        sheet.move(window.mapToGlobal(QPoint(420, 40)))
        return sheet

    return show


def _search(window: MainWindow) -> QWidget:
    window.shell.open_page("workbench")
    window.show_search()
    window._palette.edit.setText("路灯" if window.settings.values.language == "zh" else "report")
    _turn(250)
    settle(window)
    palette: QWidget = window._palette
    return palette


def _help(key: str) -> Callable[[MainWindow], QWidget]:
    def show(window: MainWindow) -> QWidget:
        window.show_help(key)
        viewer: QWidget = window._help
        viewer.move(window.mapToGlobal(QPoint(210, 80)))
        return viewer

    return show


def _chip(key: str, chip: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        _at_rest(window)
        _page(key)(window)
        page: Any = window.shell.pages[key]
        page.chips.choose(chip)

    return show


def _stuck(window: MainWindow) -> None:
    """An exchange that has not moved for three minutes."""
    _chip("sync", "waiting")(window)
    settle(window)
    exchange = window.exchange
    exchange.running = Task(None, None, None)
    exchange.stuck_since = window.context.now() - timedelta(minutes=3)
    exchange.changed.emit()


def _at_rest(window: MainWindow) -> None:
    exchange = window.exchange
    exchange.running, exchange.stuck_since = None, None
    page: Any = window.shell.open_page("sync")
    page._banner.show_text("")
    exchange.changed.emit()


def _toast(window: MainWindow) -> None:
    _page("reports")(window)
    window.navigate("reports", "")
    window.toast("SJ20261123-0007", undo=lambda: None)


def _failed(window: MainWindow) -> None:
    from zzdesk.errors import BrokenDatabaseError
    from zzdesk.i18n import N_

    _page("workbench")(window)
    page: Any = window.shell.open_page("workbench")
    settle(window)
    page.refresh()
    settle(window)
    page._failed(BrokenDatabaseError(N_("数据库文件损坏或不是本站的数据库，无法读取。请用最近的备份恢复。")))


def _crash(window: MainWindow) -> QWidget:
    from datetime import UTC, datetime

    from ui.crash import CrashDialog, report_text

    _page("workbench")(window)
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        report = report_text(type(error), error.__traceback__, datetime(2026, 11, 23, tzinfo=UTC))
    dialog = CrashDialog(window, report)
    dialog.show()
    dialog.move(window.mapToGlobal(QPoint(340, 180)))
    return dialog


def _demo(window: MainWindow) -> None:
    _page("workbench")(window)
    window.shell.pages["workbench"].refresh()
    window.demo = True
    window.retranslate()
    window.demo = False
