"""What hears: a small port over the microphone, so that who records need not know what is behind it.

Qt Multimedia is no part of PySide6-Essentials: it comes with the optional extra ``zzdesk[audio]`` and is loaded when
somebody begins to record. Where it is missing, or there is no microphone, that is said in a sentence.
"""

from __future__ import annotations

import importlib
import logging
from importlib.util import find_spec
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

log = logging.getLogger("zzdesk.ui")

MODULE: Final = "PySide6.QtMultimedia"
MEASURES: Final = ((16_000, 1), (44_100, 1), (48_000, 1), (48_000, 2))
"""Samples a second and channels, the best for speech first: the first that the device can."""
NO_PART: Final = N_("本程序没有录音部件：用录音笔或手机录，再添加文件。")
NO_MICROPHONE: Final = N_("没有找到能用的麦克风：接上后再试，或者用录音笔、手机录，再添加文件。")


class Microphone(QObject):
    """Hears: ``heard`` with signed 16-bit little-endian PCM, ``ended`` when the device has gone by itself.

    ``rate`` in samples a second, and ``channels``, say how it is measured.
    """

    heard = Signal(bytes)
    ended = Signal()
    rate, channels = MEASURES[0]

    def start(self) -> None:
        """Begin to hear.

        Raises:
            RefusedError: the device gives no sound: it has gone, or another program has it.
        """
        raise NotImplementedError

    def pause(self) -> None:
        """Hear nothing for a while."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Hear again.

        Raises:
            RefusedError: as :meth:`start`.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Let go of the device."""
        raise NotImplementedError


class Microphones:
    """Where microphones come from: those of this computer."""

    def can_record(self) -> bool:
        """Say whether the part of Qt that records is installed; whether it can be loaded shows when somebody records."""
        return find_spec(MODULE) is not None

    def open(self, parent: QObject) -> Microphone:
        """Return the microphone of this computer.

        Raises:
            RefusedError: the part that records is not installed or cannot be loaded, or there is no microphone.
        """
        try:
            multimedia = importlib.import_module(MODULE)
        except ImportError as error:  # not installed, or a library of the system is missing
            log.info("no recording: %s", type(error).__name__)
            raise RefusedError(NO_PART) from error
        device = multimedia.QMediaDevices.defaultAudioInput()
        measured = _measured(multimedia, device)
        if device.isNull() or measured is None:
            raise RefusedError(NO_MICROPHONE)
        return _QtMicrophone(multimedia, device, measured, parent)


def _measured(multimedia: Any, device: Any) -> Any:
    """Return the first format that a device can; None where it can none."""
    for rate, channels in MEASURES:
        wanted = multimedia.QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(channels)
        wanted.setSampleFormat(multimedia.QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(wanted):
            return wanted
    return None


class _QtMicrophone(Microphone):
    """The microphone through Qt Multimedia."""

    def __init__(self, multimedia: Any, device: Any, measured: Any, parent: QObject) -> None:
        super().__init__(parent)
        self.rate, self.channels = measured.sampleRate(), measured.channelCount()
        self._stopped, self._fine = multimedia.QAudio.State.StoppedState, multimedia.QAudio.Error.NoError
        self._source = multimedia.QAudioSource(device, measured, self)
        self._source.stateChanged.connect(self._changed)
        self._stream: Any = None

    def start(self) -> None:
        """Begin to hear."""
        stream = self._source.start()
        if stream is None:
            raise RefusedError(NO_MICROPHONE)
        self._stream = stream
        stream.readyRead.connect(self._read)

    def pause(self) -> None:
        """Hear nothing for a while."""
        self._read()
        self._source.suspend()

    def go_on(self) -> None:
        """Hear again, also when the device had gone and is back."""
        if self._stream is None:
            self.start()
        else:
            self._source.resume()

    def stop(self) -> None:
        """Let go of the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            self.heard.emit(bytes(stream.readAll().data()))
        self._source.stop()

    def _read(self) -> None:
        if self._stream is not None:
            self.heard.emit(bytes(self._stream.readAll().data()))

    def _changed(self, state: Any) -> None:
        if state == self._stopped and self._stream is not None and self._source.error() != self._fine:
            self._stream = None
            self.ended.emit()
