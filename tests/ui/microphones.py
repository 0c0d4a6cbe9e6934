"""A microphone that hears a WAV file: the sound of a real stream, without a device."""

from __future__ import annotations

import wave
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ui.sound import Microphone, Microphones

RATE = 8_000
TICK_MS = 2


def spoken(path: Path, seconds: float) -> bytes:
    """Write a WAV file of so many seconds and return its sound: a saw, so that every place in it is another."""
    sound = b"".join((at * 7 % 30_000).to_bytes(2, "little", signed=True) for at in range(int(RATE * seconds)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound)
    return sound


class FileMicrophone(Microphone):
    """Hears a file from its beginning to its end, a tenth of a second at a time, much faster than it was spoken."""

    rate, channels = RATE, 1

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file = wave.open(str(path), "rb")  # noqa: SIM115 - closed when it is stopped
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        self._timer.start()

    def pause(self) -> None:
        self._timer.stop()

    def go_on(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._file.close()

    def _next(self) -> None:
        sound = self._file.readframes(RATE // 10)
        if sound:
            self.heard.emit(sound)
        else:
            self._timer.stop()


class FileMicrophones(Microphones):
    """Opens a WAV file as if it were the microphone of the computer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def can_record(self) -> bool:
        return True

    def open(self, parent: QObject) -> Microphone:
        return FileMicrophone(self._path, parent)
