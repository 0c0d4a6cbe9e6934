"""The program around the window: one instance per home, languages, theme, fonts, crash report, logging."""

from __future__ import annotations

import faulthandler
import hashlib
import logging
import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import PySide6
from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

if TYPE_CHECKING:
    from ui.main_window import MainWindow

log = logging.getLogger("zzdesk.ui")

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_NOISE: Final = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")
"""What the offscreen platform says about things that it has no use for."""


def refuse_broken_binding(python: tuple[int, int] = sys.version_info[:2],
                          binding: tuple[int, int] = PySide6.__version_info__[:2]) -> None:
    """PySide6 6.12 takes a reference of None away at every call; below Python 3.12 that ends in an abort.

    Raises:
        RefusedError: this pair of versions cannot work.
    """
    if binding == (6, 12) and python < (3, 12):
        raise RefusedError(N_("PySide6 6.12 不能在 Python 3.11 上运行，请改用 6.9.3，或升级 Python。"))


def input_method_environment(environment: Mapping[str, str], has_fcitx: bool, platform: str = sys.platform) -> dict[str, str]:
    """Return what to set so that Chinese can be typed on Linux with the plug-ins that PySide6 brings.

    The wheel has no fcitx plug-in; fcitx5 listens to the ibus portal. A setting made on purpose
    (``ZZDESK_IM_MODULE``) wins.
    """
    if not platform.startswith("linux"):
        return {}
    if chosen := environment.get("ZZDESK_IM_MODULE"):
        return {"QT_IM_MODULE": chosen}
    asked = environment.get("QT_IM_MODULE", "")
    if asked in ("", "fcitx", "fcitx5") and not has_fcitx:
        return {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    return {}


def prepare_environment(environment: MutableMapping[str, str], scale: int) -> None:
    """Set what Qt reads before there is a QApplication."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    has_fcitx = any(plugins.glob("*fcitx*"))
    environment.update(input_method_environment(environment, has_fcitx))
    if scale != 100 and "QT_SCALE_FACTOR" not in environment:
        environment["QT_SCALE_FACTOR"] = f"{scale / 100:g}"
    no_screen = sys.platform.startswith("linux") and not environment.get("DISPLAY") and not environment.get(
        "WAYLAND_DISPLAY")
    if no_screen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")


def qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Send what Qt says into the log."""
    if text not in _NOISE:
        log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)


class Instance(QObject):
    """One window per home and person: a second start brings the first to the front."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = instance_name(home)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._window: Any = None

    def hand_over(self, wait_ms: int = 500) -> bool:
        """Ask a running instance to come to the front; True when there was one."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(wait_ms):
            return False
        socket.write(b"show\n")
        socket.waitForBytesWritten(wait_ms)
        socket.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Become the instance of this home; a name left by a crash is taken over."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            if not self._server.listen(self._name):
                return False
        self._server.newConnection.connect(self._asked)
        return True

    def serve(self, window: Any) -> None:
        """Bring this window to the front when somebody asks."""
        self._window = window

    def close(self) -> None:
        """Let the name go."""
        self._server.close()

    def _asked(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        if self._window is not None:
            self._window.showNormal() if self._window.isMinimized() else self._window.show()
            self._window.raise_()
            self._window.activateWindow()


def instance_name(home: Path) -> str:
    """Return the local socket's name: of this home and this person, and telling nothing about either."""
    person = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = hashlib.sha256(f"{person}\n{home.resolve()}".encode()).hexdigest()
    return f"zzdesk-{digest[:24]}"


class Desktop(QObject):
    """Theme and language of the running program, switched live."""

    def __init__(self, application: QApplication, settings: Any) -> None:
        super().__init__(settings)
        from ui.languages import Languages

        self._application, self._settings = application, settings
        self._languages = application.findChild(Languages) or Languages(application)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self._follow_system())

    def dress(self) -> None:
        """Put on what the settings say."""
        self._languages.switch(self._settings.values.language)
        self._apply(self._settings.values.theme)

    def set_theme(self, name: str) -> None:
        """Switch to light, dark or what the system says, and keep it."""
        self._settings.set("theme", name)
        self._apply(name)

    def set_language(self, language: str) -> None:
        """Switch to ``zh`` or ``en``, and keep it."""
        self._settings.set("language", language)
        self._languages.switch(language)

    def _follow_system(self) -> None:
        if self._settings.values.theme == "system":
            self._apply("system")

    def _apply(self, name: str) -> None:
        from ui.theme import apply_theme

        apply_theme(self._application, system_theme() if name == "system" else name)


def system_theme() -> str:
    """Return what the desktop asks for; light where it does not say."""
    from PySide6.QtCore import Qt

    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the QApplication with its names and icon; the one that exists already, where there is one."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(arguments or ["zzdesk"])
    application.setApplicationName("zzdesk")
    application.setApplicationDisplayName("zzdesk")
    application.setDesktopFileName("zzdesk")
    return application


def make_window(home: Path, application: QApplication, demo: bool = False) -> MainWindow:
    """Return the window of a home, dressed, not shown yet; it keeps theme and language switches alive."""
    from ui.context import UiSettings
    from ui.main_window import MainWindow
    from ui.widgets.avatar import window_icon

    settings = UiSettings(home)
    desktop = Desktop(application, settings)
    desktop.dress()
    application.setWindowIcon(window_icon())
    window = MainWindow(home, settings, desktop.set_theme, desktop.set_language, demo)
    settings.setParent(window)
    return window


def main(home: Path, *, demo: bool = False, opened: Any = None) -> int:
    """Run the window of a home until it is closed; 0 also when another instance took over.

    Args:
        home: the folder of the home; it need not exist yet.
        demo: whether to say 演示 over every page.
        opened: an ``Opened`` desk, where the key is already at hand.
    """
    from ui import crash
    from ui.collector import Collector
    from zzdesk import logs
    from zzdesk.paths import HomePaths
    from zzdesk.settings import load_settings

    refuse_broken_binding()
    paths = HomePaths(home)
    prepare_environment(os.environ, load_settings(paths.settings).scale)
    qInstallMessageHandler(qt_message)
    application = make_application(sys.argv[:1])
    instance = Instance(home, application)
    if instance.hand_over():
        return 0
    instance.listen()
    crash.install(paths)
    logs.set_up(paths.logs)
    collector = Collector(application)
    window = make_window(home, application, demo)
    instance.serve(window)
    window.demo_wanted.connect(start_demo)
    window.closed.connect(application.quit)
    _begin(window, opened)
    status = application.exec()
    collector.close()
    instance.close()
    faulthandler.disable()
    return status


def _begin(window: MainWindow, opened: Any) -> None:
    if opened is not None:
        window.enter(opened)
    else:
        window.start()
    window.show()
    _say_missing_font(window)


def _say_missing_font(window: MainWindow) -> None:
    """Without a Chinese font every word is a box: say it in letters that any font has."""
    from ui.theme.fonts import has_chinese_font

    if not has_chinese_font():
        log.warning("no font for simplified Chinese")
        window.toast("No Chinese font is installed (Debian: apt install fonts-noto-cjk).", bad=True)


def start_demo() -> None:
    """Start the demonstration as a program of its own, so that it never touches this home."""
    from PySide6.QtCore import QProcess

    frozen = getattr(sys, "frozen", False)
    QProcess.startDetached(sys.executable, ["demo"] if frozen else ["-m", "zzdesk", "demo"])
