"""The kiosk's small parts: silence, the card reader, the voice, words, a trembling finger, the full screen."""

from __future__ import annotations

import hashlib
import sys
import threading
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk import slip, words
from ui.kiosk.helping import consent_words
from ui.kiosk.idle import Idle
from ui.kiosk.pages import DoneScreen
from ui.kiosk.scanner import PAUSE_MS, Scanner
from ui.kiosk.voice import Voice
from zzdesk.clock import FixedClock
from zzdesk.errors import RefusedError
from zzdesk.jobs.calling import CONSENT


def test_a_minute_of_silence_asks_and_fifteen_seconds_later_it_is_over(qtbot: QtBot, clock: FixedClock) -> None:
    idle, told = Idle(clock, 75), list[object]()
    assert qtbot, "a timer needs an application"
    idle.asking.connect(told.append)
    idle.gone.connect(lambda: told.append("gone"))
    idle.there.connect(lambda: told.append("there"))
    idle.look()
    idle.start()
    for seconds in (59, 1, 5):
        clock.advance(seconds)
        idle.look()
    idle.touched()
    for seconds in (60, 14.9, 0.1, 100):
        clock.advance(seconds)
        idle.look()
    assert told == [15, 10, "there", 15, 1, "gone"]
    idle.stop()


def test_a_reader_is_told_from_a_hand(qtbot: QtBot) -> None:
    now, got = [0], list[str]()
    scanner = Scanner(lambda: now[0])
    scanner.card.connect(got.append)
    scanner.other.connect(lambda: got.append("other"))
    scanner.digit.connect(lambda text: got.append(f"digit {text}"))

    def type_(text: str, pause: int = 10) -> None:
        for char in text:
            now[0] += pause
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_unknown
            scanner.feed(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char))

    type_("GK20261121-JZF5-0001\r")
    type_("gk20261121-jzf5-0002\r")
    type_("GK20261121-JZF5-0003\r", PAUSE_MS + 1)
    assert got[:2] == ["GK20261121-JZF5-0001", "GK20261121-JZF5-0002"]
    assert "GK20261121-JZF5-0003" not in got
    got.clear()
    type_("WX:PAY/88\r")
    type_("12x")
    assert got == ["other", "digit 1", "digit 2", "digit X"]


class Engine(QObject):
    """Stands for QTextToSpeech, which is not installed here."""

    said: list[str] = []

    def availableLocales(self) -> list[QLocale]:
        return [QLocale("zh_CN")]

    def setLocale(self, locale: QLocale) -> None:
        """Take it."""

    def setRate(self, rate: float) -> None:
        """Take it."""

    def stop(self) -> None:
        """Do so."""

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.mark.parametrize(("language", "said"), [("zh_CN", ["您好"]), ("en_GB", [])])
def test_a_voice_speaks_where_there_is_one_for_the_language(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, language: str, said: list[str]
) -> None:
    extra: Any = ModuleType("PySide6.QtTextToSpeech")
    extra.QTextToSpeech = Engine
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", extra)
    Engine.said.clear()
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    voice = Voice()
    voice.say("您好")
    QLocale.setDefault(before)
    assert Engine.said == said


def test_without_the_extra_it_is_silent(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    voice = Voice()
    voice.say("您好")
    voice.hush()
    assert voice.children() == [], "no engine was made"


def test_switched_off_it_does_not_even_look_for_a_voice(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    extra = ModuleType("PySide6.QtTextToSpeech")  # without an engine: asking for one would fail
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", extra)
    voice = Voice(on=False)
    voice.say("您好")
    assert voice.children() == []


@pytest.mark.parametrize(("amount", "said"), [
    (0, "零"), (5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (90, "九十"), (100, "一百"), (105, "一百零五"),
    (110, "一百一十"), (180, "一百八十"), (1000, "一千"), (1005, "一千零五"), (1050, "一千零五十"),
    (10_000, "一万"), (12_000, "一万二千"),
    (10_500, "一万零五百"), (100_000, "十万"),
])  # fmt: skip
def test_money_in_chinese_numerals(amount: int, said: str) -> None:
    assert words.numerals(amount) == said


def test_money_and_long_texts() -> None:
    assert (words.money(Decimal("90.00")), words.money(Decimal("22.5")), words.money(None)) == ("90 元", "22.50 元", "工钱面议")
    assert words.pay(Decimal("22.5"), "hour") == "一小时"
    assert words.short("擦玻璃", 3) == "擦玻璃"
    assert (words.short("擦玻璃，扫地", 4), words.short("擦玻璃，扫地", 4, ask=True)) == ("擦玻璃…", "擦玻璃……（问工作人员）")


def test_a_slip_is_drawn_within_its_page_and_a_printer_that_is_not_there_is_refused(qtbot: QtBot) -> None:
    said = ("零工报名：登记了，待确认", "编号：LG20261121-7F2A-0001", "钟点保洁 3小时" * 6, "90 元")
    image = QImage(230, 700, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    slip.paint(painter, said, 226)
    painter.end()
    ink = [x for x in range(230) if any(image.pixelColor(x, y).lightness() < 128 for y in range(700))]
    assert slip.MARGIN - 1 <= min(ink) <= max(ink) <= 226 - slip.MARGIN + 1
    assert slip.printer_name() == slip.printer_name("no such printer") == ""
    with pytest.raises(RefusedError):
        slip.print_on(None, "no such printer", said)


def test_the_printer_is_asked_for_beside_the_screen_and_not_by_it(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def named(wanted: str = "") -> str:
        asked.append(threading.current_thread() is threading.main_thread())
        return ""

    monkeypatch.setattr(slip, "printer_name", named)
    said: list[str] = []
    monkeypatch.setattr(DoneScreen, "say", lambda screen, text: said.append(text))
    kiosk.window.show_screen(lambda: DoneScreen(kiosk.window.sizes, kiosk.window, "登记了", (), "x", ()), can_go_back=False)
    kiosk.flow.print_slip(("一",))
    kiosk.wait(lambda: len(said) == 2)
    assert (asked, said) == ([False], ["正在打印…", "这里没有打印机。请用手机拍下二维码，或记下编号。"])


TEXTS_OF_CONSENT = {"kiosk-callback-2": "0c7e53449c9f27063da83c89126811f0e728399961a1527c8fc7f835f35b6ea1"}
"""What each version of the words before a number is typed says (SHA-256 of title and text): another text is another version."""


def test_the_words_that_are_agreed_to_are_those_of_their_version() -> None:
    """PIPL articles 14 and 17: the version that is kept with a number says what its owner read."""
    words = "\n".join(consent_words())
    assert {CONSENT: hashlib.sha256(words.encode()).hexdigest()} == TEXTS_OF_CONSENT


def test_a_trembling_finger_presses_once_and_eleven_is_typed_fast(kiosk: Kiosk, qapp: QApplication) -> None:
    qapp.setDoubleClickInterval(400)
    kiosk.choose("没带卡")
    kiosk.type("11")
    assert kiosk.screen.typed == "11"
    before = kiosk.screen
    kiosk.tap(kiosk.window.call)
    calling = kiosk.screen
    assert calling is not before
    kiosk.tap(kiosk.window.call)
    assert kiosk.screen is calling


def test_a_smaller_window_becomes_the_full_screen_again(kiosk: Kiosk) -> None:
    kiosk.window.keep_in()
    kiosk.wait(kiosk.window.isFullScreen)
    kiosk.window.showNormal()
    kiosk.wait(kiosk.window.isFullScreen)
    kiosk.window.showMinimized()
    kiosk.wait(kiosk.window.isFullScreen)


@pytest.mark.parametrize("choices", [{"kiosk_large": True, "kiosk_idle_seconds": 90, "kiosk_printer": "no such printer"}])
def test_a_kiosk_begins_as_the_settings_say_and_does_so_again_for_the_next_one(kiosk: Kiosk) -> None:
    window = kiosk.window
    assert window.large
    assert not window.idle.counting, "nothing of anybody is on the screen"
    kiosk.tap(window.larger)
    assert not window.large
    for seconds, there in ((74, True), (16, False)):
        kiosk.clock.advance(seconds)
        window.idle.look()
        assert window.idle.counting is there
    kiosk.settle()
    assert window.large
    assert not window.idle.counting
