"""The only door from the windows to reconciliation; everything here runs in the network worker."""

from __future__ import annotations

from typing import Any

from ui.runner import Task


class Line:
    """The line to the centre, kept between rounds, so that an idle round is one request."""

    def __init__(self) -> None:
        self._client: Any = None

    def sync(self, task: Task, desk: Any, verify: bool = False) -> Any:
        """Reconcile once with the centre and return its SyncReport; a cancelled task ends at the next piece of data.

        ``verify`` compares every row with the centre as well.

        Raises:
            OfflineError: the centre cannot be reached; everything stays saved here.
            BusyError: another reconciliation of this desk is under way.
        """
        from sync.client.engine import SyncClient

        if self._client is None or not self._client.serves(desk):
            self._client = SyncClient(desk)
        client = self._client
        client.wire.progressed = lambda: client.stop() if task.cancelled() else None
        return client.sync(lambda step, done, total: task.report(done, total), verify=verify)


def pace(minutes: int) -> Any:
    """Return what says when to try again after a round, where all is well every ``minutes``."""
    from sync.client.pace import Pace

    return Pace(minutes * 60)


def enrol(task: Task, desk: Any, url: str, code: str) -> Any:
    """Register this desk at the centre with a one-time code.

    Raises:
        OfflineError: the centre cannot be reached.
        RefusedError: the code is wrong, used or out of date.
    """
    from sync.client.enrol import enrol as enrol_desk

    return enrol_desk(desk, url, code)
