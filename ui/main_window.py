"""The one window: first start, log-in, the desk, the locked screen; and everything that lies over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui import desk_session
from ui.calls import Listening
from ui.changes import Changes
from ui.context import Context, UiSettings
from ui.desk_session import Opened
from ui.drafts import Drafts
from ui.exchange import Exchange
from ui.runner import Runner
from ui.widgets.base import Translated
from zzdesk.desk.facts import Facts, HomeState
from zzdesk.errors import KnownError

BACKUP_LOOK_MS = 10 * 60_000
OPEN_AT_LAST_MS = 1_000
FRAME = 40
"""What the window manager puts over a window."""
_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


class MainWindow(Translated, QMainWindow):
    """Owns the runner and what hangs on it; ``opened`` after log-in, ``closed`` when the window has gone.

    Args:
        home: the folder of the home.
        settings: how the windows look.
        switches: functions that change theme and language of the whole program.
        demo: whether this is the demonstration, which says so over every page.
    """

    opened = Signal()
    closed = Signal()
    demo_wanted = Signal()

    def __init__(self, home: Path, settings: UiSettings, set_theme: Callable[[str], None],
                 set_language: Callable[[str], None], demo: bool = False) -> None:
        super().__init__()
        self.home, self.settings, self.demo = home, settings, demo
        self.changes = Changes(self)
        self.runner = Runner(self.changes, self)
        self.exchange = Exchange(self.runner, self.changes, self)
        self.context = Context(
            runner=self.runner, changes=self.changes, settings=settings, exchange=self.exchange,
            drafts=Drafts(self.runner), navigate=self.navigate, toast=self.toast, set_theme=set_theme,
            set_language=set_language, lock=self.lock, help=self.show_help, awake=self._stay_awake)
        self.listening = Listening(self.context, self)
        self.root = QStackedWidget()
        self.setCentralWidget(self.root)
        self._shell: Any = None
        self._login: Any = None
        self._first_run: Any = None
        self._toast: Any = None
        self._palette: Any = None
        self._help: Any = None
        self._ahead: Any = None
        self._windows: list[QWindow] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._safety = QTimer(self)
        self._safety.setInterval(BACKUP_LOOK_MS)
        self._safety.timeout.connect(self._back_up_if_due)
        settings.changed.connect(self._follow_setting)
        self.runner.failed.connect(lambda error: self.toast(error.text(), bad=True))
        self.exchange.changed.connect(self._show_exchange)
        self.exchange.ended.connect(lambda result: self._notice(getattr(result, "notices", ())))
        self.exchange.progress.connect(lambda done, total: self._shell and self._shell.status.show_progress(done, total))
        QShortcut(QKeySequence("F1"), self, lambda: self.show_help(""))
        self.setMinimumSize(1024, 640)
        self._restore_geometry()
        self.retranslate()

    # ---- before the desk -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show what comes first: the wizard where there is no home, the log-in where there is one."""
        if desk_session.home_exists(self.home):
            self.show_login()
        else:
            self.show_first_run()

    def show_first_run(self) -> None:
        """Show the wizard."""
        from ui.pages.first_run import FirstRunPage

        page = self._first_run = FirstRunPage(self.runner, self._switch_theme, self._switch_language)
        page.create_wanted.connect(self._create)
        page.enrol_wanted.connect(self._enrol_first)
        page.demo_wanted.connect(self.demo_wanted)
        page.finished.connect(self._enter_desk)
        self._show_root(page)

    def show_login(self, locked_name: str = "") -> None:
        """Show the log-in, or the locked screen of somebody."""
        from ui.pages.login import LoginPage

        if self._login is None:
            page = self._login = LoginPage(self._switch_theme, self._switch_language)
            page.login_wanted.connect(self._log_in)
            page.system_wanted.connect(self._log_in_by_system)
            page.recovery_wanted.connect(self._recover)
            page.leave_wanted.connect(self._change_account)
        self.runner.call(desk_session.home_state, self.home, on_done=self._show_home,
                         on_error=self._login.show_broken, owner=self._login)
        self.runner.call(desk_session.load_ahead)
        self._login.show_locked(locked_name, self.context.facts.login)
        self._show_root(self._login)
        self._login.focus_first()

    def enter(self, opened: Opened) -> None:
        """Take over an open desk (log-in, first start, a test or a start with the key at hand)."""
        self.runner.desk = opened.desk
        self.context.facts = opened.facts
        if opened.overview is None:  # where there was a first glance, there was a home, and settings in it
            self.settings.keep()
        if opened.recovery and self._first_run is not None:
            self._first_run.show_recovery(opened.recovery, opened.facts.place)
        elif opened.recovery:
            self._show_new_recovery(opened)
        elif opened.overview is not None:
            self._enter_early(opened)
        else:
            self._enter_desk()

    def _show_home(self, state: HomeState) -> None:
        self._login.show_home(state)

    def _create(self, station: str, login: str, password: str, name: str) -> None:
        self.runner.call(desk_session.create, self.home, station, login, password, name,
                         on_done=self.enter, on_error=self._first_run.show_error)

    def _enrol_first(self, url: str, code: str) -> None:
        self.exchange.enrol(url, code, lambda _: self._enter_desk(), self._first_run.show_error)

    def _log_in(self, login: str, password: str) -> None:
        self._login.set_busy(True)
        if self.runner.desk is not None:
            self.runner.call(desk_session.unlock, self.runner.desk, password, on_done=self._unlocked,
                             on_error=self._login.show_error)
            return
        self.runner.call(desk_session.open_home, self.home, login, password, on_done=self.enter,
                         on_error=self._login.show_error)

    def _log_in_by_system(self, login: str) -> None:
        self._login.set_busy(True)
        if self.runner.desk is not None:
            self.runner.call(desk_session.unlock_by_system, self.runner.desk, on_done=self._unlocked,
                             on_error=self._login.show_error)
            return
        self.runner.call(desk_session.open_by_system, self.home, login, on_done=self.enter,
                         on_error=self._login.show_error)

    def _recover(self, login: str, key: str, password: str) -> None:
        self._login.set_busy(True)
        self.runner.call(desk_session.open_by_recovery, self.home, login, key, password, on_done=self.enter,
                         on_error=self._login.show_error)

    def _show_new_recovery(self, opened: Opened) -> None:
        from ui.pages.first_run.page import FirstRunPage

        page = self._first_run = FirstRunPage(self.runner, self._switch_theme, self._switch_language)
        page.show_recovery(opened.recovery, opened.facts.place)
        page.recovery.kept.disconnect()
        page.recovery.kept.connect(self._enter_desk)
        self._show_root(page)

    # ---- the desk --------------------------------------------------------------------------------------------

    @property
    def shell(self) -> Any:
        """The desk's navigation and pages; None before log-in."""
        return self._shell

    def navigate(self, page: str, target: str = "") -> None:
        """Open a page, with a record or a command."""
        if self._shell is not None:
            self._shell.go(page, target)

    def toast(self, text: str, undo: Callable[[], Any] | None = None, bad: bool = False) -> None:
        """Say what was done, with an undo for ten seconds where there is one."""
        from ui.widgets.toast import Toast

        if self._toast is None:
            self._toast = Toast(self)
            QShortcut(QKeySequence("Ctrl+Z"), self._toast, self._toast.undo,
                      context=Qt.ShortcutContext.WindowShortcut)
        self._toast.show_text(text, undo, bad)

    def lock(self) -> None:
        """Put the key away and show the locked screen; what was typed stays in its drafts."""
        if self._shell is None or self.root.currentWidget() is not self._shell:
            return
        self._save_drafts()
        self._stop_recording()
        self.exchange.stop()
        self.listening.stop()
        self._idle.stop()
        self.show_login(self.context.facts.name)
        self.runner.call(desk_session.lock, self.runner.desk)

    def show_help(self, key: str = "") -> None:
        """Open the help at a page, or at the one that belongs to what is shown."""
        from ui.help_viewer import FOR_PAGE, HelpViewer

        if self._help is None:
            self._help = HelpViewer(self, self.settings.values.language)
        at = FOR_PAGE.get(self._shell.current, "first-steps") if self._shell is not None else "first-steps"
        self._help.show_page(key or at)
        self._help.show()
        self._help.raise_()

    def show_search(self) -> None:
        """Open the search over the window."""
        from ui.commands import palette_commands
        from ui.search_palette import SearchPalette

        if self._palette is None:
            self._palette = SearchPalette(self, self.runner, palette_commands(self.context), self.navigate)
        self._palette.open_over(self)

    def retranslate(self) -> None:
        """Say the window's title again."""
        place = f" · {self.context.facts.place}" if self.context.facts.place else ""
        self.setWindowTitle(self.tr("zzdesk 社区治理工作站") + place)
        if self._help is not None:
            self._help.set_language(self.settings.values.language)
        if self._shell is not None:
            self._dress_shell(self.context.facts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click that reaches one of the program's windows puts off the idle lock."""
        if event.type() in _ACTIVITY:
            self._stay_awake()
        return False

    def _stay_awake(self) -> None:
        if self._idle.isActive():
            self._idle.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep drafts, stop the workers, log out; a window that is gone leaves no thread behind."""
        self._save_drafts()
        self._stop_recording()
        self.settings.windows.setValue("window/geometry", self.saveGeometry())
        self.exchange.stop()
        self.listening.stop()
        if self.runner.desk is not None:
            self.runner.finish(desk_session.close, self.runner.desk)
        self.runner.close()
        event.accept()
        self.closed.emit()

    def _enter_early(self, opened: Opened) -> None:
        """Show the first picture now; open the desk when it is on the screen, or soon where there is no screen."""
        self._make_shell()
        self._shell.wait_for_desk(True)
        self._shell.make_page("workbench").show_first(opened.overview)
        self._show_shell()
        early = opened.desk
        wait = QTimer(self._shell)
        wait.setSingleShot(True)
        wait.timeout.connect(lambda: self._open_early(early))
        self._shell.painted.connect(lambda: wait.isActive() and wait.start(0))
        wait.start(OPEN_AT_LAST_MS)

    def _open_early(self, early: Any) -> None:
        if self.runner.desk is early:
            self.runner.call(desk_session.open_now, early, self.context.facts,
                             on_done=lambda opened: self._early_open(early, opened),
                             on_error=lambda error: self._early_failed(early, error))

    def _early_open(self, early: Any, opened: Opened) -> None:
        """Go on as after any log-in, unless somebody has locked or left the desk meanwhile."""
        if self.runner.desk is not early:
            return
        self.runner.desk, self.context.facts = opened.desk, opened.facts
        self._shell.wait_for_desk(False)
        for page in self._shell.pages.values():
            page.mark_stale()
        if self.root.currentWidget() is self._shell:
            self._enter_desk()
        else:
            self._safety.start()

    def _early_failed(self, early: Any, error: KnownError) -> None:
        """What was shown is put away: the desk cannot be opened."""
        if self.runner.desk is early:
            self._change_account()
            self._login.show_error(error)

    def _make_shell(self) -> None:
        from ui.shell import Shell

        if self._shell is None:
            self._shell = Shell(self.context)
            self._shell.search_wanted.connect(self.show_search)
            self._shell.help_wanted.connect(self.show_help)

    def _show_shell(self) -> None:
        self._dress_shell(self.context.facts)
        self._show_root(self._shell)
        self._shell.open_page(self._shell.current or "workbench")

    def _enter_desk(self) -> None:
        self._make_shell()
        self._show_shell()
        self.exchange.start(self.settings.values.sync_minutes)
        self.listening.start()
        self._start_idle()
        self.retranslate()
        self._import_pages()
        self._safety.start()
        self._warn(self.runner.desk.warnings)
        self.runner.call(desk_session.sweep_tapes, self.runner.desk, on_done=self._tell_unkept, owner=self)
        self.opened.emit()

    def _warn(self, codes: list[str]) -> None:
        from zzdesk.desk.warnings import WARNINGS

        self._notice([WARNINGS[code] for code in codes])

    def _tell_unkept(self, numbers: tuple[str, ...]) -> None:
        """A program that was killed left a recording behind, perhaps of a session that is closed by now."""
        if numbers:
            words = self.tr("调解案件 {numbers} 有录音没有保存完：请在案卷的“调解记录”里保存或删除。")
            self.toast(words.format(numbers=self.tr("、").join(numbers)), bad=True)

    def _notice(self, sentences: Iterable[str]) -> None:
        """Tell the person once what was healed or needs somebody's attention."""
        from zzdesk.i18n import translate

        for sentence in sentences:
            self.toast(translate(sentence), bad=True)

    def _import_pages(self) -> None:
        from ui.ahead import Ahead

        if self._ahead is None:
            self._ahead = Ahead(self)
            self._ahead.start()

    def _unlocked(self, facts: Facts) -> None:
        self.context.facts = facts
        self._login.set_busy(False)
        self._dress_shell(facts)
        self._show_root(self._shell)
        self.exchange.start(self.settings.values.sync_minutes)
        self.listening.start()
        self._start_idle()
        for page in self._shell.pages.values():
            page.mark_stale()

    def _change_account(self) -> None:
        """Leave the locked account for another one; its pages go with it."""
        desk, self.runner.desk = self.runner.desk, None
        if desk is not None:
            self.runner.call(desk_session.close, desk)
        self._drop(self._shell)
        self._drop(self._login)
        self._shell = self._login = None
        self.show_login()

    def _dress_shell(self, facts: Facts) -> None:
        from ui.roles import roles_line

        self._shell.show_person(facts.name, facts.place, roles_line(facts.roles))
        self._shell.strip.show_text(self._strip_text())

    def _strip_text(self) -> str:
        if self.demo:
            return self.tr("演示：这里的人和事都是虚构的，关闭后即删除。")
        return self.tr("测试工作站：请勿录入真实信息。") if self.context.facts.test else ""

    def _show_exchange(self) -> None:
        status = self.exchange.status
        if self._shell is None or status is None or self.runner.desk is None:
            return
        self._shell.show_exchange(self.exchange)

    def _start_idle(self) -> None:
        """Count from now on.

        The windows are listened to, not the application: a filter there would make PySide6 look for the Python
        class of every object that gets an event, and so load every class that it has.
        """
        if not self._windows:
            QGuiApplication.instance().focusWindowChanged.connect(self._listen_to)
            self._listen_to(self.windowHandle())
        self._idle.start(self.settings.values.idle_lock_minutes * 60_000)

    def _listen_to(self, window: QWindow | None) -> None:
        """Hear the keys and clicks of a window of the program: this one, a sheet, the help."""
        self._windows = [known for known in self._windows if shiboken6.isValid(known)]
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)

    def _follow_setting(self, name: str) -> None:
        """Times that were changed count from now on."""
        if name == "idle_lock_minutes" and self._idle.isActive():
            self._start_idle()
        elif name == "sync_minutes" and self.runner.desk is not None:
            self.exchange.start(self.settings.values.sync_minutes)

    def _back_up_if_due(self) -> None:
        """Make the regular backup while somebody is logged in who may; a failure is told, never hidden."""
        desk = self.runner.desk
        if desk is not None and not desk.locked and self.context.may("backup.run"):
            self.runner.network(lambda task: desk_session.back_up_if_due(desk))

    def _save_drafts(self) -> None:
        from ui.widgets.forms import Form

        if self._shell is not None and self.runner.desk is not None and not self.runner.desk.locked:
            for form in self._shell.findChildren(Form):
                form.keep_now()
            for page in self._shell.pages.values():
                page.keep_now()

    def _stop_recording(self) -> None:
        """Nobody is heard behind a locked screen, and no thread outlives the window."""
        for stop in tuple(self.context.to_stop):
            stop()

    def _show_root(self, widget: QWidget) -> None:
        if self.root.indexOf(widget) < 0:
            self.root.addWidget(widget)
        self.root.setCurrentWidget(widget)

    def _drop(self, widget: QWidget | None) -> None:
        if widget is not None:
            self.root.removeWidget(widget)
            widget.deleteLater()

    def _switch_theme(self) -> None:
        from ui.theme import tokens_now

        self.context.set_theme("light" if tokens_now().name == "dark" else "dark")

    def _switch_language(self) -> None:
        self.context.set_language("zh" if self.settings.values.language == "en" else "en")

    def _restore_geometry(self) -> None:
        kept = self.settings.windows.value("window/geometry")
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            room = self.screen().availableGeometry().size()
            self.resize(min(1280, room.width()), min(800, room.height() - FRAME))
