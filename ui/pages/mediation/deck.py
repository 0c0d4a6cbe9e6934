"""What records in the session room: a microphone, a tape, and a thread of its own that writes what was heard.

The main thread only hands sound over; that thread seals it and brings it to the disk, whatever the workers of the window
are busy with. One recording at a time: it is paused when somebody does not agree any more or the room is not looked at,
and it is kept when the room is left. What a worker has made ready begins only where it is wanted still: who left, locked
or withdrew in the moment between is not heard.
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
from zzdesk.desk.recording import Begun, Left, Saved, Sound
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
        self._deaf = False
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="zzdesk-tape")
        microphone.heard.connect(self._take)

    def start(self) -> None:
        """Begin.

        Raises:
            RefusedError: the microphone gives no sound; nothing runs.
        """
        self.microphone.start()
        self._thread.start()

    def pause(self) -> None:
        """Hear nothing for a while; what a device still brings is let fall."""
        self.microphone.pause()
        self._deaf = True

    def go_on(self) -> None:
        """Hear again.

        Raises:
            RefusedError: the microphone gives no sound.
        """
        self.microphone.go_on()
        self._deaf = False

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
        if not self._deaf:
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
        self._wanted, self._why = False, ""
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
        """Look what lies on the tapes of a session: a program that was killed left it behind.

        What runs for another session ends, and is kept.
        """
        if session_id != self.session_id:
            self.stop()
        self.session_id, self.left, self.trouble = session_id, None, ""
        self._call(recording.left, lambda left: self._found(session_id, left), lambda error: self._say(error.text()))

    def start(self) -> None:
        """Begin to record; where that cannot be it is said why."""
        if self.standing is not Standing.IDLE:
            return
        try:
            microphone = self._page.context.microphones.open(self)
        except KnownError as error:
            self._say(error.text())
            return
        self._wanted, self._why = True, ""
        self._page.context.to_stop.add(self.stop)
        self._set(Standing.BEGINNING)
        sound, session_id = Sound(microphone.rate, microphone.channels), self.session_id
        self._call(recording.begin, lambda begun: self._begun(session_id, begun, microphone),
                   lambda error: self._not_begun(microphone, error.text()), sound, lambda: self._wanted)

    def pause(self, why: str = "") -> None:
        """Hear nothing for a while; what is only about to be heard is not."""
        if self._wanted:
            self._wanted, self._why = False, why
        if self.standing is Standing.RECORDING and self._recorder is not None:
            self._recorder.pause()
            self._set(Standing.PAUSED, why)

    def go_on(self) -> None:
        """Record again; that everybody agrees is asked once more."""
        if self.standing is not Standing.PAUSED or self._wanted:
            return
        self._wanted, self._why = True, ""
        self._page.context.runner.write(recording.go_on, self.session_id, initiator=self._page, on_done=self._again,
                                        on_error=self._not_again)

    def stop(self) -> None:
        """End the recording and keep it; what cannot be taken in stays on its tape."""
        self._wanted = False
        if self.running:
            self.keep()

    def keep(self) -> None:
        """Take in what was recorded, now or before the program was killed."""
        self._end(recording.keep, self._kept)

    def delete(self, reason: str) -> None:
        """Delete what was recorded, for a reason."""
        said = translate("Deck", "录音已删除，原因已记下")
        self._end(recording.delete, lambda change: self._ended(change, said), reason)

    def lose(self) -> None:
        """The session is not on this desk any more: nothing is heard, and nothing of it may be kept."""
        self._wanted = False
        if self._recorder is not None:
            tape = self._recorder.tape
            said = translate("Deck", "这件纠纷已从本机收回，录音停止，录下的声音已从本机删除。")
            self._end(lambda *_: tape.discard(), lambda _: self._ended(None, said, bad=True))

    # ---- how it goes on ----------------------------------------------------------------------------------------

    def _call(self, function: Callable[..., Any], done: Callable[[Any], None], failed: Callable[[KnownError], None],
              *args: Any) -> None:
        """Let the worker do something for the session; it is done also while the window closes."""
        context = self._page.context
        task = context.runner.call(function, context.desk, self.session_id, *args, on_done=done, on_error=failed, owner=self)
        task.saves = True

    def _found(self, session_id: str, left: Left | None) -> None:
        if session_id == self.session_id and not self.running:
            self.left = left
            self.changed.emit()

    def _begun(self, session_id: str, begun: Begun | None, microphone: Microphone) -> None:
        """Hear from now on, unless the room was left, hidden or locked meanwhile, or somebody withdrew."""
        locked = self._page.context.desk is None or self._page.context.desk.locked
        if begun is None or not self._wanted or session_id != self.session_id or locked:
            self._not_begun(microphone, self._why, begun)
            return
        recorder = Recorder(begun, microphone)
        microphone.ended.connect(lambda: self.pause(translate("Deck", "麦克风断开了，录音已暂停。")))
        try:
            recorder.start()
        except KnownError as error:
            self._not_begun(microphone, error.text(), begun)
            return
        self._recorder = recorder
        self._timer.start()
        self._set(Standing.RECORDING)
        if not self._wanted:  # the device went while it was started
            self.pause()
            self._set(Standing.PAUSED, self._why)
        self._page.context.changes.changed.emit(begun.change, None)

    def _not_begun(self, microphone: Microphone, why: str, begun: Begun | None = None) -> None:
        microphone.deleteLater()
        self._rest(why)
        if begun is not None:
            context, tape = self._page.context, begun.tape
            context.runner.call(recording.not_begun, context.desk, tape.record_id, tape,
                                on_done=lambda change: context.changes.changed.emit(begun.change | change, None),
                                on_error=lambda error: self._say(error.text())).saves = True

    def _again(self, _: Any) -> None:
        if self._wanted and self.standing is Standing.PAUSED and self._recorder is not None:
            try:
                self._recorder.go_on()
            except KnownError as error:
                self._not_again(error)
                return
            self._set(Standing.RECORDING)

    def _not_again(self, error: KnownError) -> None:
        self._wanted = False
        self._say(error.text())

    def _end(self, function: Callable[..., Any], done: Callable[[Any], None], *args: Any) -> None:
        recorder, self._recorder = self._recorder, None
        self._wanted = False
        self._timer.stop()
        if recorder is not None:
            recorder.stop()
        self._set(Standing.KEEPING)

        def end(*given: Any) -> Any:
            if recorder is not None:
                recorder.join()
            return function(*given)

        self._call(end, done, self._not_ended, *args)

    def _kept(self, saved: Saved) -> None:
        """Say what was kept, and that nothing was where nothing was."""
        said = translate("Deck", "录音已加密保存在本机，尚未送达中心")
        if not saved.kept:
            said = translate("Deck", "没有录到声音，没有保存任何录音。")
        if saved.broken and saved.kept:
            said = translate("Deck", "有录音已损坏，读不出来，没有保存；能读的都保存了。")
        self._ended(saved.change, said, bad=bool(saved.broken) or not saved.kept)
        if saved.broken:
            self.open(self.session_id)

    def _ended(self, change: Any, said: str, bad: bool = False) -> None:
        self.left = None
        self._rest()
        if change is not None:
            self._page.context.changes.changed.emit(change, None)
        self._page.context.toast(said, bad=bad)

    def _not_ended(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
        self._rest(error.text())
        self.open(self.session_id)

    def _rest(self, why: str = "") -> None:
        """Nothing runs any more."""
        self._wanted = False
        self._page.context.to_stop.discard(self.stop)
        self._set(Standing.IDLE, why)

    def _look(self) -> None:
        """Show the running time, hold off the idle lock while somebody speaks, and stop where nothing can be written."""
        recorder = self._recorder
        if recorder is None:
            return
        if recorder.tape.gone:
            self.lose()
            return
        if self._page.context.desk is None or self._page.context.desk.locked:
            self.stop()  # whoever locked it did not ask the window
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
