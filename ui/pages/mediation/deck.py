"""What records in the session room: a microphone, a tape, and a thread of its own that writes what was heard.

The main thread only hands sound over; that thread seals it and brings it to the disk, whatever the workers of the window
are busy with. One recording at a time: it is paused when somebody does not agree any more or the room is not looked at,
and it is kept when the room is left.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.pages.base import Page
from ui.sound import Microphone
from zzdesk.desk import recording
from zzdesk.desk.recording import Begun, Left, Sound
from zzdesk.errors import KnownError

translate = QCoreApplication.translate
LOOK_MS: Final = 500
"""How often the running time is shown anew."""
DEAF_SECONDS: Final = 5
"""Of nothing but silence after which one is told: a microphone that is switched off gives noughts."""
STUCK_LOOKS: Final = 6
"""How often the time may be looked at that does not move before one is told that no sound comes at all."""


class Standing(StrEnum):
    """What the deck does."""

    IDLE = "idle"
    BEGINNING = "beginning"
    RECORDING = "recording"
    PAUSED = "paused"
    KEEPING = "keeping"


class Recorder:
    """Writes what a microphone hears to a tape, in a thread of its own; ``error`` is what stopped it, ``fault`` one of ours."""

    def __init__(self, begun: Begun, microphone: Microphone) -> None:
        self.tape, self.microphone = begun.tape, microphone
        self.error: KnownError | None = None
        self.fault: Exception | None = None
        self.silent = True
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="zzdesk-tape")
        microphone.heard.connect(self._take)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self.microphone.start()

    def stop(self) -> None:
        """Hear nothing any more; what was heard is still written."""
        self.microphone.stop()
        self.microphone.heard.disconnect(self._take)
        self.microphone.deleteLater()
        self._heard.put(None)

    def join(self) -> None:
        """Wait, in a worker, until everything is on the disk."""
        self._thread.join()

    def _take(self, sound: bytes) -> None:
        self.silent = self.silent and not any(sound)
        self._heard.put(sound)

    def _write(self) -> None:
        while (sound := self._heard.get()) is not None:
            if self.error is None and self.fault is None:
                self._try(lambda sound=sound: self.tape.add(sound))
        self._try(self.tape.close)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except KnownError as error:
            self.error = self.error or error
        except Exception as fault:  # noqa: BLE001 - it goes to the crash report on the main thread
            self.fault = self.fault or fault


class Deck(QObject):
    """Records one session; ``changed`` when what it does, or its running time, has changed."""

    changed = Signal()

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self.session_id = page, ""
        self.standing, self.left = Standing.IDLE, None  # type: Standing, Left | None
        self.trouble = ""
        self._recorder: Recorder | None = None
        self._stuck, self._shown = 0, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def seconds(self) -> float:
        """Return how long was recorded."""
        return self._recorder.tape.seconds if self._recorder is not None else 0.0

    @property
    def running(self) -> bool:
        """Whether there is a recording that was neither kept nor deleted, paused or not."""
        return self.standing in (Standing.RECORDING, Standing.PAUSED)

    def open(self, session_id: str) -> None:
        """Look what lies on the tapes of a session: a program that was killed left it behind."""
        self.session_id, self.left, self.trouble = session_id, None, ""
        self._call(recording.left, self._found, lambda error: self._say(error.text()))

    def start(self) -> None:
        """Begin to record; where that cannot be it is said why."""
        if self.standing is not Standing.IDLE:
            return
        try:
            microphone = self._page.context.microphones.open(self)
        except KnownError as error:
            self._say(error.text())
            return
        self._set(Standing.BEGINNING)
        sound = Sound(microphone.rate, microphone.channels)
        self._call(recording.begin, lambda begun: self._begun(begun, microphone),
                   lambda error: self._not_begun(error, microphone), sound)

    def pause(self, why: str = "") -> None:
        """Hear nothing for a while."""
        if self.standing is Standing.RECORDING and self._recorder is not None:
            self._recorder.microphone.pause()
            self._set(Standing.PAUSED, why)

    def go_on(self) -> None:
        """Record again; that everybody agrees is asked once more."""
        self._page.context.runner.write(recording.go_on, self.session_id, initiator=self._page, on_done=self._again,
                                        on_error=lambda error: self._say(error.text()))

    def stop(self) -> None:
        """End the recording and keep it; what cannot be taken in stays on its tape."""
        if self.running:
            self.keep()

    def keep(self) -> None:
        """Take in what was recorded, now or before the program was killed."""
        self._end(recording.keep, translate("Deck", "录音已加密保存在本机，尚未送达中心"))

    def delete(self, reason: str) -> None:
        """Delete what was recorded, for a reason."""
        self._end(recording.delete, translate("Deck", "录音已删除，原因已记下"), reason)

    # ---- how it goes on ----------------------------------------------------------------------------------------

    def _call(self, function: Callable[..., Any], done: Callable[[Any], None], failed: Callable[[KnownError], None],
              *args: Any) -> None:
        context = self._page.context
        context.runner.call(function, context.desk, self.session_id, *args, on_done=done, on_error=failed)

    def _found(self, left: Left | None) -> None:
        if not self.running:
            self.left = left
            self.changed.emit()

    def _begun(self, begun: Begun, microphone: Microphone) -> None:
        if begun.tape.record_id != self.session_id or self.standing is not Standing.BEGINNING:
            begun.tape.close()  # the room was left meanwhile: nothing was heard
            microphone.deleteLater()
            return
        self._recorder = Recorder(begun, microphone)
        microphone.ended.connect(lambda: self.pause(translate("Deck", "麦克风断开了，录音已暂停。")))
        self._recorder.start()
        self._timer.start()
        self._set(Standing.RECORDING)
        self._page.context.changes.changed.emit(begun.change, None)

    def _not_begun(self, error: KnownError, microphone: Microphone) -> None:
        microphone.deleteLater()
        if self.standing is Standing.BEGINNING:
            self._set(Standing.IDLE, error.text())

    def _again(self, _: Any) -> None:
        if self.standing is Standing.PAUSED and self._recorder is not None:
            self._recorder.microphone.go_on()
            self._set(Standing.RECORDING)

    def _end(self, function: Callable[..., Any], said: str, *args: Any) -> None:
        recorder, self._recorder = self._recorder, None
        self._timer.stop()
        if recorder is not None:
            recorder.stop()
        self._set(Standing.KEEPING)

        def end(*given: Any) -> Any:
            if recorder is not None:
                recorder.join()
            return function(*given)

        self._call(end, lambda change: self._ended(change, said), self._not_ended, *args)

    def _ended(self, change: Any, said: str) -> None:
        self.left = None
        self._set(Standing.IDLE)
        self._page.context.changes.changed.emit(change, None)
        self._page.context.toast(said)

    def _not_ended(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
        self._set(Standing.IDLE, error.text())
        self.open(self.session_id)

    def _look(self) -> None:
        """Show the running time, hold off the idle lock while somebody speaks, and stop where nothing can be written."""
        recorder = self._recorder
        if recorder is None:
            return
        if recorder.error is not None:
            self._page.context.toast(recorder.error.text(), bad=True)
            self.keep()
            return
        if recorder.fault is not None:
            self.keep()
            raise recorder.fault
        if self.standing is Standing.RECORDING:
            self._page.context.awake()
            self._stuck = self._stuck + 1 if self.seconds == self._shown else 0
            self._shown = self.seconds
            deaf = self._stuck >= STUCK_LOOKS or (recorder.silent and self.seconds >= DEAF_SECONDS)
            self.trouble = translate("Deck", "麦克风没有声音，请检查是否关着。") if deaf else ""
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.trouble = text
        self.changed.emit()

    def _set(self, standing: Standing, trouble: str = "") -> None:
        self.standing, self.trouble = standing, trouble
        self.changed.emit()
