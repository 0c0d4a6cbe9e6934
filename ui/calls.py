"""Hears the kiosk: a desk of a station that has one asks the centre every few seconds, and says at once who calls.

A round without news is one small request; a desk without a centre, or a station without a kiosk, asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated
from ui.widgets.dates import CHINA
from ui.widgets.tag import Tone

LISTEN_MS: Final = 20_000
SAY_AGAIN_MS: Final = 30_000
"""So often the banner says anew for how long somebody has waited."""
STAFF: Final = "staff"
RIGHT: Final = "job.worker.list"
ANSWERS: Final = "job.apply"


class CallBanner(Translated, Banner):
    """Says who waits at the kiosk, with one thing to do; hidden while nobody does.

    Args:
        open_calls: shows the list of calls (``kiosk_call``).
    """

    def __init__(self, context: Context, open_calls: Callable[[str], None]) -> None:
        self.go = Button("", "primary", "", self._act)
        super().__init__(action=self.go)
        self._context, self._open_calls = context, open_calls
        self._rows: tuple[Any, ...] = ()
        self._callbacks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(SAY_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        context.changes.changed.connect(lambda change, _: self.refresh() if change.touches("kiosk_call") else None)
        self.refresh()

    def refresh(self) -> None:
        """Ask who waits."""
        if self._context.desk is not None and not self._context.desk.locked and self._context.may(RIGHT):
            self._context.runner.read(_open_calls, on_done=self._show, on_error=lambda error: None, owner=self)

    def _show(self, found: Any) -> None:
        self._rows, self._callbacks = found.rows, found.callbacks
        self.retranslate()
        if found.over and self._context.may(ANSWERS):  # the kiosk that took them in may be broken or gone
            self._context.runner.write(_forget_old, on_error=lambda error: None)

    def retranslate(self) -> None:
        """Say it again."""
        staff = [row for row in self._rows if row.what == STAFF]
        waiting = self._callbacks
        if staff:
            since = staff[0].created_at
            minutes = max(0, int((self._context.now() - since).total_seconds() // 60))
            self.go.setText(self.tr("我去"))
            self.show_text(self.tr("{machine}在叫工作人员：{at}，已等 {minutes} 分钟").format(
                machine=staff[0].machine, at=f"{since.astimezone(CHINA):%H:%M}", minutes=minutes), Tone.WARNING)
        else:
            self.go.setText(self.tr("去看看"))
            self.show_text(self.tr("有 {n} 人在自助机上留了电话，等回电").format(n=waiting) if waiting else "", Tone.INFO)

    def _act(self) -> None:
        staff = [row for row in self._rows if row.what == STAFF]
        if not staff:
            self._open_calls("kiosk_call")
            return
        self._context.runner.write(
            _answer, staff[0].id, on_done=lambda _: self._answered(),
            on_error=lambda error: self._context.toast(error.text(), bad=True))

    def _answered(self) -> None:
        self._context.toast(self.tr("已告诉自助机：有人过去"))
        self._context.exchange.sync_now()
        self.refresh()


class Listening(QObject):
    """Goes on from ``start`` to ``stop``; tells each call once, in words, without a sound."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN_MS)
        self._timer.timeout.connect(self._ask)
        context.changes.changed.connect(self._changed)

    @property
    def running(self) -> bool:
        """Whether it asks."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin, where there is a kiosk to be heard and somebody who may go."""
        self._timer.stop()
        if self._context.may(RIGHT):
            self._context.runner.read(_has_kiosk, on_done=self._begin, on_error=lambda error: None, owner=self)

    def stop(self) -> None:
        """Stop while the screen is locked or the desk is closed."""
        self._timer.stop()

    def _begin(self, there: bool) -> None:
        if there:
            self._timer.start()

    def _ask(self) -> None:
        """Ask while the centre is in reach; out of it, the regular exchange tries, later and later."""
        if self._context.exchange.online:
            self._context.exchange.sync_now()

    def _changed(self, change: Any, initiator: object) -> None:
        if initiator is None and change.touches("kiosk_call") and self.running:
            self._context.runner.read(_open_calls, on_done=self._tell, on_error=lambda error: None, owner=self)

    def _tell(self, found: Any) -> None:
        new = [row for row in found.rows if row.what == STAFF and row.id not in self._told]
        self._told |= {row.id for row in new}
        if new:
            self._context.toast(self.tr("{machine}在叫工作人员").format(machine=new[0].machine))


def _has_kiosk(read: Any) -> bool:
    """Ask; what that needs is loaded in the worker, not before the first window."""
    from zzdesk.jobs.queries import has_kiosk

    return has_kiosk(read)


def _forget_old(work: Any) -> Any:
    from zzdesk.jobs.commands import forget_old

    return forget_old(work)


def _open_calls(read: Any) -> Any:
    from zzdesk.jobs.queries import open_calls

    return open_calls(read)


def _answer(work: Any, call_id: str) -> Any:
    from zzdesk.jobs.commands import act_call

    return act_call(work, call_id, "answer", {})
