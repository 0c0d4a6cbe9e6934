"""The port over the microphone: what Qt Multimedia gives, where it is missing, and what a device does that goes away."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.sound import MODULE, NO_MICROPHONE, NO_PART, Microphone, Microphones
from zzdesk.errors import RefusedError

FINE, GONE, STOPPED, ACTIVE = "fine", "gone", "stopped", "active"


class Format:
    """Stands for QAudioFormat: remembers what is set."""

    SampleFormat = SimpleNamespace(Int16="int16")

    def __init__(self) -> None:
        self.rate, self.channels, self.sort = 0, 0, ""

    def setSampleRate(self, rate: int) -> None:
        self.rate = rate

    def setChannelCount(self, channels: int) -> None:
        self.channels = channels

    def setSampleFormat(self, sort: str) -> None:
        self.sort = sort

    def sampleRate(self) -> int:
        return self.rate

    def channelCount(self) -> int:
        return self.channels


class Source(QObject):
    """Stands for QAudioSource: sound comes when the test says so."""

    stateChanged = Signal(object)

    def __init__(self, device: Any, measured: Format, parent: QObject) -> None:
        super().__init__(parent)
        assert measured.sort == "int16"
        self.did: list[str] = []
        self.fault = FINE
        self.stream = QBuffer(self)

    def start(self) -> QIODevice | None:
        self.did.append("start")
        if self.fault != FINE:
            return None
        self.stream = QBuffer(self)
        self.stream.open(QIODevice.OpenModeFlag.ReadOnly)
        return self.stream

    def suspend(self) -> None:
        self.did.append("suspend")

    def resume(self) -> None:
        self.did.append("resume")

    def stop(self) -> None:
        self.did.append("stop")
        self.stateChanged.emit(STOPPED)

    def error(self) -> str:
        return self.fault

    def bring(self, sound: bytes, tell: bool = True) -> None:
        """Let the device hear something; ``tell`` says that it is there."""
        self.stream.close()
        self.stream.setData(sound)
        self.stream.open(QIODevice.OpenModeFlag.ReadOnly)
        if tell:
            self.stream.readyRead.emit()


def module(*, there: bool = True, rates: tuple[int, ...] = (44_100, 48_000)) -> Any:
    """Return what stands for Qt Multimedia, with a device that can these rates."""
    device = SimpleNamespace(isNull=lambda: not there, isFormatSupported=lambda wanted: wanted.rate in rates)
    extra: Any = ModuleType(MODULE)
    extra.QMediaDevices = SimpleNamespace(defaultAudioInput=lambda: device)
    extra.QAudioFormat, extra.QAudioSource = Format, Source
    extra.QAudio = SimpleNamespace(State=SimpleNamespace(StoppedState=STOPPED), Error=SimpleNamespace(NoError=FINE))
    return extra


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


def test_it_is_heard_paused_and_let_go(parent: QObject, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setitem(sys.modules, MODULE, module())
    microphone: Any = Microphones().open(parent)
    assert (microphone.rate, microphone.channels) == (44_100, 1), "the first that the device can"
    heard, ended = list[bytes](), list[bool]()
    microphone.heard.connect(heard.append)
    microphone.ended.connect(lambda: ended.append(True))
    source: Source = microphone._source
    microphone.start()
    source.bring(b"abcd")
    source.bring(b"before the pause", tell=False)
    microphone.pause()
    microphone.go_on()
    source.fault = GONE
    source.stateChanged.emit(ACTIVE)
    assert ended == []
    source.stateChanged.emit(STOPPED)
    assert ended == [True], "the device has gone by itself"
    source.fault = FINE
    microphone.go_on()
    source.bring(b"the last words", tell=False)
    microphone.stop()
    assert b"".join(heard) == b"abcdbefore the pausethe last words"
    assert source.did == ["start", "suspend", "resume", "start", "stop"]
    assert ended == [True], "to be stopped is no trouble"


def test_a_device_that_gives_no_sound_is_refused_and_may_come_back(
    parent: QObject, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, module())
    microphone: Any = Microphones().open(parent)
    heard = list[bytes]()
    microphone.heard.connect(heard.append)
    microphone._source.fault = GONE
    for begin in (microphone.start, microphone.go_on):
        with pytest.raises(RefusedError) as refused:
            begin()
        assert refused.value.message == NO_MICROPHONE
    microphone._source.fault = FINE
    microphone.go_on()
    microphone._source.bring(b"again")
    microphone.stop()
    assert heard == [b"again", b""]


@pytest.mark.parametrize(
    ("found", "words"), [(None, NO_PART), (module(there=False), NO_MICROPHONE), (module(rates=()), NO_MICROPHONE)],
)  # fmt: skip
def test_what_is_missing_is_said(parent: QObject, monkeypatch: pytest.MonkeyPatch, found: Any, words: str) -> None:
    monkeypatch.setitem(sys.modules, MODULE, found)
    with pytest.raises(RefusedError) as refused:
        Microphones().open(parent)
    assert refused.value.message == words


@pytest.mark.qt_log_ignore("pipewire", "QtMultimedia backends", "PulseAudioService")
def test_the_real_part_gives_a_microphone_or_says_why_not(parent: QObject) -> None:
    """Where the extra ``audio`` is installed this opens the real device of the machine, else what is missing is said."""
    try:
        importlib.import_module(MODULE)
        loads = True
    except ImportError:
        loads = False
    try:
        found, why = Microphones().open(parent), ""
    except RefusedError as refused:
        found, why = None, refused.message
    if found is None:
        assert why == (NO_MICROPHONE if loads else NO_PART)
        return
    assert isinstance(found, Microphone)
    assert found.rate >= 16_000
    found.start()
    found.stop()
