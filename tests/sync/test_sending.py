"""What is sent is progress too: the line says so piece by piece, and stops in the middle when it is asked to."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import msgspec
import pytest

from sync.client.transport import StoppedError, Transport
from sync.protocol import HelloAnswer
from zzdesk.errors import KnownError


class Much(msgspec.Struct):
    """Something that does not compress."""

    text: str


class _Swallows(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Swallows)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _much() -> Much:
    import secrets

    return Much(secrets.token_hex(500_000))


def test_a_large_push_tells_of_every_piece(url: str) -> None:
    told: list[int] = []
    wire = Transport(url, progressed=lambda: told.append(1))
    with pytest.raises(KnownError):
        wire.call("/v1/push", lambda nonce: _much(), HelloAnswer)
    assert len(told) >= wire.traffic.sent // 65_536
    assert wire.traffic.sent > 400_000
    wire.session.close()


def test_it_stops_in_the_middle_of_sending(url: str) -> None:
    told: list[int] = []
    wire = Transport(url)

    def moved() -> None:
        told.append(1)
        if len(told) == 3:
            wire.stop.set()

    wire.progressed = moved
    with pytest.raises(StoppedError):
        wire.call("/v1/push", lambda nonce: _much(), HelloAnswer)
    assert len(told) == 3
    wire.session.close()
