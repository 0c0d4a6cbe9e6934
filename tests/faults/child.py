"""Processes that die by SIGKILL: a desk at a chosen point of its round, a centre at any moment.

The points are reached from outside (statements of its database, requests of its line): the program knows nothing of it.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import event

import zzdesk.catalogue
from sync.client import engine
from sync.client.transport import Transport
from sync.server import app, push, run
from tests.faults.world import START, Seat
from tests.forks import context
from zzdesk.clock import FixedClock
from zzdesk.desk.session import open_desk_with_key

assert zzdesk.catalogue.__doc__
START_SECONDS: Final = 30.0
SMALL_PAGE: Final = 2
"""Rows of a page, so that a round has several."""

Point = tuple[str, int]
"""What is counted (``statement``, ``commit``, ``request``, ``answer``) and at which of them the power goes."""


def die() -> None:
    """End at once, as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Mortal(HTTPAdapter):
    """Dies before the n-th request leaves, or when its answer is here and nobody has read it."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.what, self.left = point

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, or die."""
        self.left -= 1
        if self.left == 0 and self.what == "request":
            die()
        response = super().send(request, *args, **kwargs)
        if self.left == 0 and self.what == "answer":
            die()
        return response


def _counted(point: Point) -> Callable[..., None]:
    left = [point[1]]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    return count


def _round(home: Path, login: str, key: bytes, url: str, server_id: str, point: Point) -> None:
    """Run one round of a desk that dies at a point; returns only when the round has fewer points."""
    desk = open_desk_with_key(home, login, key, FixedClock(START))
    engine.PAGE = SMALL_PAGE  # type: ignore[misc]
    line = requests.Session()
    if point[0] in ("request", "answer"):
        line.mount("http://", _Mortal(point))
    elif point[0] == "commit":
        event.listen(desk.store.engine, "commit", _counted(point))
    else:
        event.listen(desk.store.engine, "before_cursor_execute", _counted(point))
    engine.SyncClient(desk, Transport(url, server_id, session=line)).sync()
    os._exit(0)


def kill_in_round(seat: Seat, point: Point) -> bool:
    """Let a process of its own run this seat's round and die at a point; say whether it got that far."""
    server_id = seat.client.wire.server_id
    seat.desk.store.checkpoint()
    child = context().Process(target=_round, args=(seat.home, seat.login, seat.key, seat.url, server_id, point))
    child.start()
    child.join(120)
    assert child.exitcode in (0, -signal.SIGKILL), f"the desk ended with {child.exitcode} at {point}"
    return bool(child.exitcode)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _mortal_centre(data: Path, port: int, database_url: str | None, point: Point | None) -> None:
    """Serve; die at the point, counted from the first push on."""
    armed = [False]

    def opened(*args: Any, **kwargs: Any) -> Any:
        centre = run.open_centre_as_it_is(*args, **kwargs)
        if point is not None:
            what = "commit" if point[0] == "commit" else "before_cursor_execute"
            count = _counted(point)
            event.listen(centre.database.engine, what, lambda *_: count() if armed[0] else None)
        return centre

    def arm(*args: Any, **kwargs: Any) -> Any:
        armed[0] = True
        return push.push_as_it_is(*args, **kwargs)

    run.open_centre_as_it_is, run.open_centre = run.open_centre, opened  # type: ignore[attr-defined]
    push.push_as_it_is, app.push = push.push, arm  # type: ignore[attr-defined]
    run.serve(data, "127.0.0.1", port, database_url)


def start_centre(data: Path, port: int, database_url: str | None, point: Point | None = None) -> BaseProcess:
    """Start a centre in a process of its own and return it when it answers.

    With a ``point`` (``statement`` or ``commit``, and which) it dies there, counted from the first push on.
    """
    child: BaseProcess = context().Process(target=_mortal_centre, args=(data, port, database_url, point))
    child.start()
    for _ in range(int(START_SECONDS / 0.05)):
        with suppress(requests.ConnectionError):
            if requests.get(f"http://127.0.0.1:{port}/v1/health", timeout=5).ok:
                return child
        child.join(0.05)
        assert child.exitcode is None, f"the centre ended with {child.exitcode}"
    child.kill()
    raise TimeoutError("the centre did not start")
