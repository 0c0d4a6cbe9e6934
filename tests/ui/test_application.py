"""The program around the window: one instance, crash reports, input methods, languages, versions."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from ui import application, crash
from ui.application import Instance, input_method_environment, instance_name, refuse_broken_binding
from ui.languages import Languages
from zzdesk.errors import RefusedError
from zzdesk.paths import HomePaths


class Front:
    """Something that can be brought to the front."""

    def __init__(self) -> None:
        self.raised = 0

    def isMinimized(self) -> bool:
        return False

    def show(self) -> None:
        self.raised += 1

    def raise_(self) -> None:
        pass

    def activateWindow(self) -> None:
        pass


def test_a_second_start_brings_the_first_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    first, second, front = Instance(tmp_path), Instance(tmp_path), Front()
    assert not first.hand_over(50)
    assert first.listen()
    first.serve(front)
    assert second.hand_over()
    qtbot.waitUntil(lambda: front.raised == 1)
    first.close()
    assert not second.hand_over(50)


def test_another_home_is_another_instance(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = Instance(tmp_path / "a"), Instance(tmp_path / "b")
    assert first.listen()
    assert not other.hand_over(50)
    assert other.listen()
    first.close()
    other.close()


def test_the_name_tells_nothing(tmp_path: Path) -> None:
    name = instance_name(tmp_path / "陈美玲")
    assert "陈" not in name
    assert tmp_path.name not in name
    assert len(name) < 60


def failing(secret: str) -> TracebackType | None:
    try:
        raise ValueError(f"陈美玲 13959600002 {secret}")
    except ValueError as error:
        return error.__traceback__


def test_a_crash_report_holds_no_personal_data() -> None:
    text = crash.report_text(ValueError, failing("350602197506153336"), datetime(2026, 11, 23, tzinfo=UTC))
    assert "ValueError" in text
    assert "failing" in text
    assert "PySide6" in text
    for secret in ("陈美玲", "13959600002", "350602197506153336", str(Path.home()), str(Path(__file__).parent)):
        assert secret not in text


@pytest.fixture
def reporter(tmp_path: Path, qapp: QApplication) -> Iterator[crash.CrashReporter]:
    made = crash.CrashReporter(tmp_path / "logs")
    yield made
    made.deleteLater()


def test_a_crash_is_written_down_and_told(
    reporter: crash.CrashReporter, qtbot: QtBot, tmp_path: Path, expect_log: object
) -> None:
    expect_log("crash report")  # type: ignore[operator]
    reporter.handle(ValueError, ValueError("陈美玲"), failing("x"))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), crash.CrashDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, crash.CrashDialog)
    assert "ValueError" in dialog.report.toPlainText()
    dialog.accept()
    files = list((tmp_path / "logs").glob("crash-*.txt"))
    assert len(files) == 1
    assert "陈美玲" not in files[0].read_text("utf-8")


def test_a_crash_in_a_thread_is_told_too(
    reporter: crash.CrashReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expect_log: object
) -> None:
    expect_log("crash report")  # type: ignore[operator]
    monkeypatch.setattr(reporter, "_show", lambda text: None)
    monkeypatch.setattr(threading, "excepthook",
                        lambda args: reporter.handle(args.exc_type, args.exc_value, args.exc_traceback))
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert list((tmp_path / "logs").glob("crash-*.txt"))


def test_installing_catches_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    import faulthandler

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter = crash.install(HomePaths(tmp_path))
    assert sys.excepthook == reporter.handle
    assert faulthandler.is_enabled()
    faulthandler.disable()
    crash.forget()


@pytest.mark.parametrize(
    ("environment", "has_fcitx", "expected"),
    [
        ({}, False, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "fcitx"}, False, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "fcitx5"}, False, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "fcitx"}, True, {}),
        ({"QT_IM_MODULE": "ibus"}, False, {}),
        ({"QT_IM_MODULE": "compose"}, False, {}),
        ({"QT_IM_MODULE": "fcitx", "ZZDESK_IM_MODULE": "fcitx"}, False, {"QT_IM_MODULE": "fcitx"}),
    ],
)
def test_chinese_can_be_typed_on_linux(
    environment: dict[str, str], has_fcitx: bool, expected: dict[str, str]
) -> None:
    assert input_method_environment(environment, has_fcitx, "linux") == expected


def test_other_systems_are_left_alone() -> None:
    assert input_method_environment({}, False, "win32") == {}
    assert input_method_environment({}, False, "darwin") == {}


def test_the_size_is_set_before_qt_starts() -> None:
    environment: dict[str, str] = {}
    application.prepare_environment(environment, 150)
    assert environment["QT_SCALE_FACTOR"] == "1.5"
    asked = {"QT_SCALE_FACTOR": "2"}
    application.prepare_environment(asked, 150)
    assert asked["QT_SCALE_FACTOR"] == "2"


def test_the_version_that_aborts_is_refused() -> None:
    with pytest.raises(RefusedError):
        refuse_broken_binding((3, 11), (6, 12))
    refuse_broken_binding((3, 12), (6, 12))
    refuse_broken_binding((3, 11), (6, 9))
    refuse_broken_binding()


def test_what_qt_says_goes_into_the_log(qt_log: None, expect_log: object) -> None:
    from PySide6.QtCore import qWarning

    expect_log("Qt: hello")  # type: ignore[operator]
    qWarning("hello")
    assert logging.getLogger("zzdesk.ui")


def test_qts_own_buttons_speak_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    languages = qapp.findChild(Languages) or Languages(qapp)
    words = {}
    for language in ("en", "zh"):
        languages.switch(language)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        words[language] = box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")
        assert QLocale().language() == {
            "zh": QLocale.Language.Chinese, "en": QLocale.Language.English}[language]
    assert words == {"en": "Cancel", "zh": "取消"}


@pytest.mark.parametrize(("count", "said"), [(1, "1 change waiting"), (3, "3 changes waiting")])
def test_english_counts(qapp: QApplication, count: int, said: str) -> None:
    languages = qapp.findChild(Languages) or Languages(qapp)
    languages.switch("en")
    text = QCoreApplication.translate("StatusBar", "%n 项待送达", "", count)
    languages.switch("zh")
    assert text == said
