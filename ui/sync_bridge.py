"""The only door from the windows to reconciliation; everything here runs in the network worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.runner import Task


class Line:
    """The line to the centre, kept between rounds, so that an idle round is one request.

    ``step`` says what is under way (``push`` or ``pull``); ``stop`` may be called from another thread.
    """

    def __init__(self) -> None:
        self._client: Any = None
        self.step = ""

    def sync(self, task: Task, desk: Any, verify: bool = False) -> Any:
        """Reconcile once with the centre and return its SyncReport; a cancelled task ends at the next piece of data.

        ``verify`` compares every row with the centre as well.

        Raises:
            OfflineError: the centre cannot be reached; everything stays saved here.
            BusyError: another reconciliation of this desk is under way.
            StoppedError: somebody stopped it; nothing is lost.
        """
        return self._round(task, desk, verify=verify)

    def sync_claims(self, task: Task, desk: Any) -> Any:
        """Send only what was claimed here and take the centre's word for it; return the SyncReport."""
        return self._round(task, desk, only_claims=True)

    def waiting(self, task: Task, desk: Any, after: str | None, limit: int) -> Any:
        """Ask the centre what waits for a decision of who is logged in (``sync.waiting.WaitingAnswer``).

        Raises:
            OfflineError: the centre cannot be reached. RefusedError: no right.
        """
        from sync.client.deciding import waiting

        return waiting(self._of(desk), after, limit)

    def decide(self, task: Task, desk: Any, op_id: str, reason: str, let_through: bool) -> Any:
        """Let work that the centre has put aside through, or refuse it; return what became of it.

        Raises:
            OfflineError: nothing was decided. RefusedError: no right or no reason.
        """
        from sync.client.deciding import decide

        return decide(self._of(desk), op_id, reason, let_through=let_through)

    def withdraw(self, task: Task, desk: Any, op_id: str, reason: str) -> Any:
        """Take one's own work back that the centre has put aside.

        Raises:
            OfflineError: it waits there as before. RefusedError: no reason.
        """
        from sync.client.deciding import withdraw

        return withdraw(self._of(desk), op_id, reason)

    def stop(self) -> None:
        """Ask the round under way to end at the next piece of data."""
        if self._client is not None:
            self._client.stop()

    def _round(self, task: Task, desk: Any, *, only_claims: bool = False, verify: bool = False) -> Any:
        from zzdesk.desk.files import keep_ballast

        client = self._of(desk)
        if not desk.info.test:
            keep_ballast(desk.home)

        def moved() -> None:
            task.moved()
            if task.cancelled():
                client.stop()

        def told(step: str, done: int, total: int) -> None:
            self.step = step
            task.report(done, total)

        client.wire.progressed = moved
        return client.sync(told, only_claims=only_claims, verify=verify)

    def _of(self, desk: Any) -> Any:
        """Return the client of a desk: the one from before as long as it serves who is logged in."""
        from sync.client.engine import SyncClient

        if self._client is None or not self._client.serves(desk):
            self._client = SyncClient(desk)
        return self._client


def refusals() -> dict[str, str]:
    """Return what a centre says when it refuses a whole request, by code; Chinese message ids."""
    from sync.problems import REQUEST_PROBLEMS

    return {code: title for code, (_, title) in REQUEST_PROBLEMS.items()}


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


def export_bundle(task: Task, desk: Any, target: Path, most: int | None = None) -> Any:
    """Write what is pending into a bundle for the centre; return where it lies and how much it holds (``Exported``).

    ``most`` is how many bytes of files may go along, None for as many as the medium takes.

    Raises:
        StoppedError: cancelled; DiskFullError, FileTroubleError: the stick. No file is left behind.
    """
    from sync.client.bundle import export

    return export(desk, target, _steps(task), most)


def import_bundle(task: Task, desk: Any, source: Path) -> Any:
    """Take in the centre's answer from a stick; return its SyncReport.

    Raises:
        RefusedError, BundleError: not for this desk, or not as it was written; nothing was changed.
        StoppedError: cancelled; importing it again goes on.
    """
    from sync.client.bundle import take_in

    return take_in(desk, source, _steps(task))


def relay_bundle(task: Task, desk: Any, source: Path, answer: Path) -> Any:
    """Carry another desk's bundle to the centre over this line and save the answer for them; return its header."""
    from sync.client.bundle import relay

    return relay(desk, source, answer, _steps(task))


def _steps(task: Task) -> Any:
    from sync.client.bundle import STOPPED
    from sync.client.transport import StoppedError

    def step(_: str, done: int, total: int) -> None:
        if task.cancelled():
            raise StoppedError(STOPPED)
        task.report(done, total)

    return step
