"""``zzdesk demo``: the main job from beginning to end, in the real window, with made-up people in a throw-away station.

Recorded offline, reconciled with a centre, a conflict found and decided, both desks equal. With a display the window
stays open afterwards; without one the same steps run through the same window offscreen, and pictures are saved.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zzdesk.cli.window import has_display, need_qt
from zzdesk.cli.words import command, option
from zzdesk.errors import BugError
from zzdesk.i18n import N_, current_language, translate

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from zzdesk.desk.session import Desk

STATION: Final = "350602002004"
PASSWORD: Final = "a lamp in the stairwell"  # noqa: S105 - of a home that is deleted at the end
PATIENCE_MS: Final = 60_000
HEARTBEAT_MS: Final = 250
READING_S: Final = 1.6
"""How long a step stays on a screen that somebody watches, unless they say."""

REPORT: Final = {
    "title": "文庙门口石板松动，老人绊倒",
    "category": "road",
    "urgency": "high",
    "address": "香港路北段文庙门口",
    "description": "早上买菜的老人在文庙门口被翘起的石板绊倒，膝盖擦伤，希望尽快修好。",
    "reporter_phone": "19905960001",
}


@command(N_("演示主要工作：断网登记、联网同步、决定冲突；用虚构的数据，不动真实的工作站"))
@option("--pictures", type=click.Path(path_type=Path, file_okay=False), help=N_("把画面存进这个文件夹"))
@option(
    "--seconds", type=click.FloatRange(min=0, max=60), default=READING_S, show_default=True,
    help=N_("有人看时，每个画面停留几秒"),
)  # fmt: skip
def demo(pictures: Path | None, seconds: float) -> int:
    """Run the demonstration; 0 when both desks hold the same in the end."""
    watched = has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not watched:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    need_qt()
    if pictures is None and not watched:
        pictures = Path(tempfile.mkdtemp(prefix="zzdesk-demo-"))
    with tempfile.TemporaryDirectory(prefix="zzdesk-demo-station-", ignore_cleanup_errors=True) as folder:
        show = Demonstration(Path(folder), pictures, seconds if watched else 0)
        try:
            show.run()
            if watched:
                show.stay()
        finally:
            show.close()
    return 0


class Demonstration:
    """The station, its centre, the window of one desk, and a second desk that a colleague sits at."""

    def __init__(self, folder: Path, pictures: Path | None, seconds: float) -> None:
        self._folder, self._pictures, self._seconds = folder, pictures, seconds
        self._number = self._drawn = 0
        self._language = current_language()  # asked before the window puts on its own
        self._server: Any = None
        self._report = ""
        home, colleague = folder / "desk", folder / "colleague"
        _make_home(home, "zhuangxy", "庄晓燕").close()
        self._other: Desk = _make_home(colleague, "linzq", "林志强")
        self._window = self._open_window(home)

    def run(self) -> None:
        """Take every step; each prints a line and, where wanted, saves a picture."""
        self._record_offline()
        self._start_centre()
        self._reconcile()
        self._clash()
        self._decide()
        self._compare()
        if self._pictures is not None:
            print(translate(N_("画面存在 {folder}"), folder=str(self._pictures)))

    def stay(self) -> None:
        """Leave the window to the person until it is closed."""
        from PySide6.QtWidgets import QApplication

        with _ended_by_signals(self._window):
            print(translate(N_("演示结束。窗口留给您随意试用，关闭后数据即删除。")), flush=True)
            if self._window.isVisible():
                self._window.closed.connect(QApplication.quit)
                QApplication.exec()

    def close(self) -> None:
        """Close the window, the other desk and the centre."""
        self._window.close()
        # Written now: else Qt writes its settings when the program ends, into the folder that is gone by then.
        self._window.settings.windows.sync()
        self._other.close()
        if self._server is not None:
            self._server.stop()

    # ---- the steps -------------------------------------------------------------------------------------------

    def _record_offline(self) -> None:
        window = self._window
        page: Any = window.shell.open_page("reports")
        self._settle()
        page.shown.open_form()
        self._settle()
        page.shown.pane.form.set_values(REPORT)
        self._picture("form")
        page.shown.pane.form.finish()
        self._settle()
        self._write(_more_work)
        self._say(N_("断网登记：事件、零工、调解都已保存在本机，{n} 项待送达"), n=self._pending(), picture="recorded")
        for key, kind in (("jobs", "posting"), ("mediation", "case")):
            window.navigate(key, self._first(kind))
            self._settle()
            self._picture(key)

    def _start_centre(self) -> None:
        from sync.server.run import ServerThread

        self._server = ServerThread(self._folder / "centre").start()
        self._say(N_("中心服务器已启动：{url}"), url=self._server.url)

    def _reconcile(self) -> None:
        from sync.client.engine import sync_once
        from sync.client.enrol import enrol

        errors: list[Any] = []
        code = self._server.enrol_code(STATION)
        self._window.exchange.enrol(self._server.url, code, lambda _: None, errors.append)
        self._settle()
        if errors:
            raise errors[0]
        self._in_background(enrol, self._other, self._server.url, self._server.enrol_code(STATION))
        report = self._in_background(sync_once, self._other)
        self._sync_window()
        self._window.navigate("sync")
        self._settle()
        self._say(N_("已同步：第二台收到 {n} 条，本机待送达 {left} 项"), n=report.pulled, left=self._pending(),
                  picture="reconciled")  # fmt: skip

    def _clash(self) -> None:
        from sync.client.engine import sync_once
        from zzdesk.desk.queries import conflicts
        from zzdesk.reports.commands import edit
        from zzdesk.reports.queries import list_reports

        rows = self._window.runner.desk.read(list_reports).rows
        self._report = next(row.id for row in rows if row.title == REPORT["title"])
        self._write(edit, self._report, {"address": "香港路12号，文庙牌坊下"})
        self._other.write(edit, self._report, {"address": "香港路北段12号文庙东门"})
        self._in_background(sync_once, self._other)
        self._sync_window()
        found = self._window.runner.desk.read(conflicts).rows
        if len(found) != 1:
            raise BugError(f"{len(found)} conflicts instead of one")
        self._window.navigate("conflicts", found[0].id)
        self._settle()
        self._say(N_("两台改了同一项：发现 {n} 处冲突，两个值都在"), n=len(found), picture="conflict")

    def _decide(self) -> None:
        from PySide6.QtWidgets import QPlainTextEdit

        from ui.pages.conflicts.cards import ValueCard
        from ui.widgets.base import Button

        detail: Any = self._window.shell.pages["conflicts"].detail
        mine = next(card for card in detail.findChildren(ValueCard) if "牌坊" in card.radio.accessibleName())
        mine.radio.setChecked(True)
        detail.findChild(QPlainTextEdit).setPlainText("到现场看过，在牌坊下面")
        self._settle()
        self._picture("deciding")
        ready = [b for b in detail.findChildren(Button) if b.isVisible() and b.isEnabled() and _is_main(b)]
        ready[0].click()
        self._settle()
        self._sync_window()
        self._say(N_("已决定并送达中心，剩下 {n} 处冲突"), n=len(self._open_conflicts()), picture="decided")

    def _compare(self) -> None:
        from sync.client.engine import sync_once
        from zzdesk.cli.sameness import contents

        self._in_background(sync_once, self._other)
        self._sync_window()
        ours, theirs = contents(self._window.runner.desk), contents(self._other)
        shared = {key: digest for key, digest in ours.items() if key[0] not in ("dispute", "party", "session")}
        if shared != theirs:
            raise BugError("the desks differ")
        self._window.navigate("reports", self._report)
        self._settle()
        self._say(N_("两台一致：{n} 条记录逐条相同；调解的保密内容只在承办人那里"), n=len(shared), picture="equal")

    # ---- how -------------------------------------------------------------------------------------------------

    def _open_window(self, home: Path) -> MainWindow:
        from PySide6.QtCore import qInstallMessageHandler

        from ui import desk_session
        from ui.application import make_application, make_window, prepare_environment, qt_message

        prepare_environment(os.environ, 100)
        qInstallMessageHandler(qt_message)
        window = make_window(home, make_application(), demo=True)
        window.context.set_language(self._language)
        window.resize(1280, 800)
        window.enter(desk_session.open_home(home, "", PASSWORD))
        window.show()
        return window

    def _settle(self) -> None:
        from ui.shots import settle

        settle(self._window, PATIENCE_MS)

    def _write(self, work: Any, *arguments: Any) -> None:
        errors: list[Any] = []
        self._window.runner.write(work, *arguments, on_error=errors.append)
        self._settle()
        if errors:
            raise errors[0]

    def _in_background(self, work: Any, *arguments: Any) -> Any:
        """Let the network worker do something, so that the window stays alive meanwhile."""
        results: list[Any] = []
        errors: list[Any] = []
        self._window.runner.network(
            lambda task: work(*arguments), on_done=results.append, on_error=errors.append
        )
        self._settle()
        if errors or not results:
            raise errors[0] if errors else BugError("the network worker did not answer in time")
        return results[0]

    def _sync_window(self) -> None:
        self._window.exchange.sync_now()
        self._settle()
        if self._window.exchange.last_error is not None:
            raise self._window.exchange.last_error

    def _first(self, kind: str) -> str:
        from zzdesk.desk.records import list_records

        return str(self._window.runner.desk.read(list_records, kind).rows[0]["id"])

    def _pending(self) -> int:
        from zzdesk.desk.queries import status

        return int(self._window.runner.desk.read(status).pending)

    def _open_conflicts(self) -> tuple[Any, ...]:
        from zzdesk.desk.queries import conflicts

        rows: tuple[Any, ...] = self._window.runner.desk.read(conflicts).rows
        return rows

    def _say(self, message: str, picture: str = "", **params: Any) -> None:
        self._number += 1
        print(f"{self._number}  {translate(message, **params)}", flush=True)
        if picture:
            self._picture(picture)

    def _picture(self, name: str) -> None:
        from ui.shots import picture

        if self._seconds:
            self._wait(round(self._seconds * 1000))
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self._drawn += 1
            picture(self._window, None, 1).save(str(self._pictures / f"{self._drawn:02d}-{name}.png"))

    @staticmethod
    def _wait(milliseconds: int) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


@contextmanager
def _ended_by_signals(window: MainWindow) -> Iterator[None]:
    """Let Ctrl+C and SIGTERM close the window, so that nothing of the station is left behind."""
    from PySide6.QtCore import QTimer

    before = {number: signal.signal(number, lambda *_: window.close()) for number in (signal.SIGINT, signal.SIGTERM)}
    heartbeat = QTimer()  # Qt's loop is not Python's: a signal is seen at the next piece of Python
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(HEARTBEAT_MS)
    try:
        yield
    finally:
        heartbeat.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_main(button: Any) -> bool:
    return bool(button.property("kind") == "primary")


def _make_home(folder: Path, login: str, name: str) -> Desk:
    import zzdesk.catalogue  # noqa: F401 - every table must be known
    from zzdesk.desk.session import create_home
    from zzdesk.store.keys import TEST_COST

    return create_home(folder, STATION, login, PASSWORD, test=True, display_name=name, cost=TEST_COST)[0]


def _more_work(work: Any) -> Any:
    """Record what the other desks of a station do: more reports, an odd job, a mediation."""
    from zzdesk.cli import sample
    from zzdesk.desk import records

    for n in range(6):
        records.add(work, "report", sample.report(n))
    employer = records.add(work, "employer", sample.EMPLOYER)
    records.add(work, "posting", sample.POSTING | {"employer_id": employer.id})
    records.add(work, "case", sample.CASE | {"team": [work.actor.account_id]})
    return work.commit()
