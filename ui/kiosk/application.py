"""The kiosk as a program of its own: the inner one of two, kept alive by the outer one (``zzdesk.cli.keeper``)."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui.application import Instance, make_application, prepare_environment, qt_message, refuse_broken_binding
from ui.collector import Collector
from ui.kiosk.pages import ChoiceScreen
from ui.kiosk.style import dress
from ui.kiosk.window import Choices, KioskWindow
from ui.languages import Languages
from ui.theme.tokens import KIOSK_LARGE, KIOSK_NORMAL
from zzdesk.paths import HomePaths
from zzdesk.settings import load_info, load_settings

translate = QCoreApplication.translate
log = logging.getLogger("zzdesk.kiosk")
LEFT, CANNOT, FAULT = 0, 3, 70
"""How it ends: an operator left it; it cannot start as it is set up; something of ours broke."""
BEAT_MS: Final = 2_000
_FOR_THE_OPERATOR: Final = frozenset({"refused", "wrong-password", "not-found", "locked-out", "newer-database"})


def make_window(home: Path, application: QApplication, clock: Any = None) -> KioskWindow:
    """Return the kiosk's window, dressed in the home's language, not shown yet."""
    from zzdesk.desk.timing import clock_for

    paths = HomePaths(home)
    settings = load_settings(paths.settings)
    languages = application.findChild(Languages) or Languages(application)
    languages.switch(settings.language)
    dress(application, KIOSK_LARGE if settings.kiosk_large else KIOSK_NORMAL)
    choices = Choices(settings.kiosk_idle_seconds, settings.kiosk_large, settings.kiosk_voice, settings.kiosk_printer)
    return KioskWindow(choices, clock or clock_for(load_info(paths.info).test))


def open_in(window: KioskWindow, open_desk: Callable[[], Any], on_ready: Callable[[], None]) -> None:
    """Open the desk in the database worker while the window says so, then show the first screen."""
    starting = translate("Kiosk", "正在启动，请稍等")
    window.show_screen(lambda: ChoiceScreen(window.sizes, window, starting, "", ()), can_go_back=False, quiet=True)
    window.call.setEnabled(False)

    def opened(found: Any) -> None:
        from ui.kiosk.flow import Flow

        desk, place = found
        window.runner.desk = desk
        window.call.setEnabled(True)
        flow = Flow(window, place)
        flow.begin()
        flow.renew()
        window.exchange.start(desk.settings.sync_minutes)
        on_ready()

    def failed(error: Any) -> None:
        print(f"zzdesk: {error.text()}", file=sys.stderr, flush=True)  # noqa: T201 - for who set the kiosk up
        window.let_out(CANNOT if error.code in _FOR_THE_OPERATOR else FAULT)

    window.runner.call(open_desk, on_done=opened, on_error=failed, owner=window)


def main(home: Path, login: str | None, password: str) -> int:
    """Run the kiosk of a home until an operator leaves it; returns how it ended."""
    from zzdesk import logs

    refuse_broken_binding()
    prepare_environment(os.environ, 100)
    qInstallMessageHandler(qt_message)
    application = make_application(["zzdesk-kiosk"])
    application.setQuitOnLastWindowClosed(False)
    instance = Instance(home / "kiosk", application)
    if instance.hand_over():
        return LEFT
    instance.listen()
    logs.set_up(HomePaths(home).logs)
    sys.excepthook = _end_by_fault
    collector = Collector(application)
    window = make_window(home, application)
    instance.serve(window)
    window.ended.connect(application.exit)
    window.keep_in()

    def open_desk() -> Any:
        from zzdesk.desk.facts import facts_of
        from zzdesk.desk.kiosk_door import open_kiosk

        desk = open_kiosk(home, login, password)
        return desk, facts_of(desk).place

    open_in(window, open_desk, lambda: _beat(window))
    status = application.exec()
    collector.close()
    instance.close()
    return status


def main_stopped(home: Path) -> int:
    """Say on the screen that the kiosk has stopped; returns whether it is tried again or an operator has left."""
    from zzdesk import logs

    prepare_environment(os.environ, 100)
    application = make_application(["zzdesk-kiosk"])
    application.setQuitOnLastWindowClosed(False)
    Languages(application).switch(os.environ.get("ZZDESK_LANG", "zh"))
    dress(application, KIOSK_NORMAL)
    from ui.kiosk.stopped import Stopped
    from zzdesk.clock import SystemClock

    logs.set_up(HomePaths(home).logs)
    clock = SystemClock()
    window = KioskWindow(Choices(idle_seconds=600), clock)
    window.ended.connect(application.exit)
    window.called.connect(QApplication.beep)
    Stopped(window, home, clock).show()
    window.keep_in()
    return application.exec()


def _beat(window: KioskWindow) -> None:
    """Tell the outer program that the screen is there, and from then on that it still answers."""

    def tell(word: str) -> None:
        try:
            print(word, flush=True)  # noqa: T201 - the outer program reads it
        except OSError:  # nobody listens any more: the kiosk goes on by itself
            timer.stop()

    timer = QTimer(window)
    timer.setInterval(BEAT_MS)
    timer.timeout.connect(lambda: tell("beat"))
    timer.start()
    tell("ready")


def _end_by_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write the report, free of personal data, and end: the outer program begins anew. No dialog is ever shown here."""
    from ui.crash import report_text

    log.error("crash report\n%s", report_text(kind, trace, datetime.now(UTC)))
    logging.shutdown()
    os._exit(FAULT)
