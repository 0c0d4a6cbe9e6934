"""Answers that are not our centre's, or not whole: nothing changes on the desk, and the person is told what it was."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from http.client import RemoteDisconnected
from typing import Any, Final

import pytest
import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import select
from urllib3.exceptions import ProtocolError
from urllib3.response import HTTPResponse

from sync.client.engine import SyncReport
from sync.client.transport import ProblemError, StoppedError
from sync.protocol import MEDIA_TYPE
from tests.faults import rest
from tests.faults.adapter import answer
from tests.faults.world import Seat, World
from zzdesk.errors import KnownError, NotOursError, OfflineError
from zzdesk.ops.models import PENDING, Cursor, Outbox, Shadow, SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.store import audit

Make = Callable[[int], World]
Forge = Callable[[requests.PreparedRequest, requests.Response, Seat], requests.Response]
PATHS: Final = ("/v1/token", "/v1/hello", "/v1/push", "/v1/pull")
PROBLEM: Final = "application/problem+json"


class Forger(HTTPAdapter):
    """Puts a forged answer in the place of the true one for one path."""

    def __init__(self, path: str, forge: Forge, seat: Seat) -> None:
        super().__init__()
        self.path, self.forge, self.seat = path, forge, seat

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send; forge what comes back."""
        response = super().send(request, *args, **kwargs)
        return self.forge(request, response, self.seat) if request.path_url == self.path else response


def _body(response: requests.Response) -> bytes:
    data: bytes = response.raw.read(decode_content=False)
    return gzip.decompress(data) if response.headers.get("Content-Encoding") == "gzip" else data


def _with(**changes: Any) -> Forge:
    """A true answer with some members changed (None: taken away)."""

    def forge(request: requests.PreparedRequest, response: requests.Response, _: Seat) -> requests.Response:
        said = json.loads(_body(response)) | changes
        kept = {name: value for name, value in said.items() if value is not None}
        return answer(request, 200, MEDIA_TYPE, json.dumps(kept).encode())

    return forge


def _made_up(status: int, media: str, body: bytes, **headers: str) -> Forge:
    def forge(request: requests.PreparedRequest, response: requests.Response, _: Seat) -> requests.Response:
        response.close()
        return answer(request, status, media, body, **headers)

    return forge


def _cut_gzip(request: requests.PreparedRequest, response: requests.Response, _: Seat) -> requests.Response:
    whole = gzip.compress(_body(response))
    return answer(request, 200, MEDIA_TYPE, whole[:-9], Content_Encoding="gzip")


def _html_in_disguise(request: requests.PreparedRequest, response: requests.Response, _: Seat) -> requests.Response:
    return answer(request, 200, MEDIA_TYPE, b"<html>please log in</html>" + _body(response)[:0])


class _Slow(io.BytesIO):
    """A body that comes in two pieces; the person presses stop between them."""

    def __init__(self, data: bytes, seat: Seat) -> None:
        super().__init__(data)
        self.seat = seat

    def read1(self, size: int | None = -1) -> bytes:
        """Give a little, and let the person press stop."""
        piece = super().read1(10)
        self.seat.client.stop()
        return piece


def _slow(request: requests.PreparedRequest, response: requests.Response, seat: Seat) -> requests.Response:
    made = answer(request, 200, MEDIA_TYPE, b"")
    made.raw = HTTPResponse(body=_Slow(_body(response), seat), status=200, preload_content=False)
    return made


class _Broken(io.BytesIO):
    def read1(self, size: int | None = -1) -> bytes:
        """Break off, as a line does."""
        raise ConnectionResetError("the line broke")


def _reset(request: requests.PreparedRequest, response: requests.Response, _: Seat) -> requests.Response:
    response.close()
    made = answer(request, 200, MEDIA_TYPE, b"")
    made.raw = HTTPResponse(body=_Broken(), status=200, preload_content=False)
    return made


def _deep(size: int) -> bytes:
    return b'{"nonce":' + b"[" * size + b"]" * size + b"}"


FORGED: Final[dict[str, tuple[Forge, type[KnownError], str]]] = {
    "captive portal": (_made_up(200, "text/html", b"<html>log in</html>"), NotOursError, "not-ours"),
    "portal in disguise": (_html_in_disguise, NotOursError, "not-ours"),
    "redirect": (_made_up(302, "text/html", b"", Location="http://127.0.0.1:1/"), NotOursError, "not-ours"),
    "wrong nonce": (_with(nonce="another"), NotOursError, "not-ours"),
    "no nonce": (_with(nonce=None), NotOursError, "not-ours"),
    "wrong centre": (_with(server_id="s-elsewhere"), NotOursError, "not-ours"),
    "wrong protocol": (_with(proto="zzsync/9"), NotOursError, "not-ours"),
    "a member missing": (_with(epoch=None), NotOursError, "not-ours"),
    "gzip cut short": (_cut_gzip, NotOursError, "not-ours"),
    "no gzip at all": (_made_up(200, MEDIA_TYPE, b"plain", Content_Encoding="gzip"), NotOursError, "not-ours"),
    "gzip bomb": (
        _made_up(200, MEDIA_TYPE, gzip.compress(b" " * 50_000_000, 9), Content_Encoding="gzip"), NotOursError, "not-ours",
    ),
    "nine megabytes": (_made_up(200, MEDIA_TYPE, b"x" * 9 * 1024 * 1024), NotOursError, "not-ours"),
    "very deep": (_made_up(200, MEDIA_TYPE, _deep(100_000)), NotOursError, "not-ours"),
    "maintenance": (
        _made_up(503, PROBLEM, b'{"type":"/p/busy","status":503}', Retry_After="7"), ProblemError, "busy",
    ),
    "problem that is no JSON": (_made_up(503, PROBLEM, b"<oops>"), NotOursError, "not-ours"),
    "problem that is no object": (_made_up(503, PROBLEM, b'"oops"'), NotOursError, "not-ours"),
    "unknown problem": (_made_up(418, PROBLEM, b'{"type":"/p/teapot"}'), ProblemError, "teapot"),
    "stopped": (_slow, StoppedError, "stopped"),
    "reset": (_reset, OfflineError, "offline"),
}  # fmt: skip


def _state(seat: Seat) -> tuple[Any, ...]:
    """Return everything that a failed round must leave as it is: records, cursors, what waits, and what is confirmed."""
    with seat.desk.store.reader() as session:
        confirmed = [(r.kind, r.id, r.ver, r.hash) for r in session.scalars(select(SyncRecord))]
        shadows = [(s.id, json.dumps(s.body, sort_keys=True)) for s in session.scalars(select(Shadow))]
        waiting = list(session.scalars(select(Outbox.op_id).where(Outbox.state.in_(PENDING)).order_by(Outbox.n)))
        cursors = {c.scope: c.seq for c in session.scalars(select(Cursor))}
        return seat.records(), sorted(confirmed), sorted(shadows), waiting, cursors, audit.head(session)


EVERYWHERE: Final = ("captive portal", "wrong nonce", "stopped")
"""Forgeries that are tried at every request of a round; the others come at one."""


def _cases() -> list[tuple[str, str]]:
    return [
        (name, path) for n, name in enumerate(FORGED) for m, path in enumerate(PATHS) if name in EVERYWHERE or n % 4 == m
    ]


@pytest.mark.parametrize(("name", "path"), _cases())
def test_a_forged_answer_changes_nothing_and_is_named(name: str, path: str, make_world: Make) -> None:
    forge, kind, code = FORGED[name]
    world = make_world(2)
    seat, other = world.seats
    seat.desk.write(reports.register, {"title": "井盖", "category": "road"})
    seat.desk.write(reports.edit, seat.ids("report")[0], {"address": "南坑街1号"})
    other.desk.write(reports.register, {"title": "路灯", "category": "lighting"})
    other.sync()
    before = _state(seat)
    seat.client.wire.session.mount("http://", Forger(path, forge, seat))
    outcome = seat.sync()
    after = _state(seat)
    assert isinstance(outcome, kind), outcome
    assert (outcome.problem if isinstance(outcome, ProblemError) else outcome.code) == code
    assert outcome.text("zh")
    assert outcome.text("en") != outcome.text("zh")
    if name == "maintenance":
        assert isinstance(outcome, ProblemError)
        assert outcome.retry_after_s == 7
    if path == "/v1/pull":  # what was pushed before the pull failed is confirmed: only the cursors stand still
        assert after[4] == before[4]
    else:
        assert after == before
    seat.client.wire.session.mount("http://", seat.adapter)
    world.settle()
    rest.check(world)


class _GivenUp(HTTPAdapter):
    """Every ``every``-th connection turns out to have been given up by the other side since the last request."""

    def __init__(self, every: int) -> None:
        super().__init__()
        self.every, self.tries = every, 0

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, or find nobody there."""
        self.tries += 1
        if self.tries % self.every:
            return super().send(request, *args, **kwargs)
        gone = RemoteDisconnected("Remote end closed connection without response")
        raise requests.ConnectionError(ProtocolError("Connection aborted.", gone), request=request)


def test_a_kept_connection_that_was_given_up_is_no_reason_to_be_offline(make_world: Make) -> None:
    world = make_world(2)
    seat = world.seats[0]
    seat.desk.write(reports.register, {"title": "井盖", "category": "road"})
    seat.client.wire.session.mount("http://", _GivenUp(2))
    report = seat.sync()
    assert isinstance(report, SyncReport), report
    assert report.pushed == 1
    seat.client.wire.session.mount("http://", seat.adapter)
    world.settle()
    rest.check(world)


def test_a_line_that_breaks_every_time_is_tried_twice_and_no_more(make_world: Make) -> None:
    seat = make_world(2).seats[0]
    broken = _GivenUp(1)
    seat.client.wire.session.mount("http://", broken)
    assert isinstance(seat.sync(), OfflineError)
    assert broken.tries == 2
