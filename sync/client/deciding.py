"""Quarantine at the centre, for a supervisor at this desk: what waits, and the word about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.client.transport import A, Message
from sync.waiting import DecideAnswer, DecideRequest, WaitingAnswer, WaitingRequest
from zzdesk.desk import supervising

if TYPE_CHECKING:
    from sync.client.engine import SyncClient


def waiting(client: SyncClient, after: str | None = None, limit: int = 50) -> WaitingAnswer:
    """Ask what waits for a decision of who is logged in; the centre looks through so many at a time, and is asked on.

    Raises:
        RefusedError: no right to decide. OfflineError, ProblemError.
    """
    supervising.refuse_without_right(client.desk.actor.roles)
    while True:
        start = after
        found = _asked(client, "/v1/quarantine", lambda nonce: WaitingRequest(nonce, start, limit), WaitingAnswer)  # noqa: B023
        if found.items or not found.after:
            return found
        after = found.after


def decide(client: SyncClient, op_id: str, reason: str, *, let_through: bool) -> dict[str, str]:
    """Let an operation through or refuse it, with all that was saved together with it; return the outcomes by id.

    Raises:
        RefusedError: no right, or no reason. OfflineError, ProblemError: nothing was decided.
    """
    supervising.refuse_without_right(client.desk.actor.roles)
    why = supervising.checked_reason(reason)
    answer = _asked(
        client, "/v1/quarantine/decide", lambda nonce: DecideRequest(op_id, let_through, why, nonce), DecideAnswer
    )  # fmt: skip
    client.desk.write(supervising.note_decision, op_id, let_through=let_through)
    return answer.outcomes


def withdraw(client: SyncClient, op_id: str, reason: str) -> dict[str, str]:
    """Take back from quarantine what its author, who is logged in, has done; it stays at this desk, readable.

    Raises:
        RefusedError: no reason. OfflineError, ProblemError: nothing was withdrawn; it is somebody else's, or decided.
    """
    why = supervising.checked_reason(reason)
    answer = _asked(client, "/v1/quarantine/decide", lambda nonce: DecideRequest(op_id, False, why, nonce), DecideAnswer)
    client.desk.write(supervising.note_withdrawal, op_id)
    return answer.outcomes


def _asked(client: SyncClient, path: str, message: Message, answer: type[A]) -> A:
    return client.authorised(lambda token: client.wire.call(path, message, answer, token))
