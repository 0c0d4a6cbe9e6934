"""A centre with the real kinds and an open door, and somebody who asks without knowing us."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from sync.server.centre import Settings
from sync.server.open311.door import Door
from sync.server.open311.offer import Offer
from sync.server.run import ServerThread
from sync.server.throttle import Rate
from tests.sync.server.wire import STATION, WireDesk
from zzdesk.clock import FixedClock

OFFER = Offer("zhangzhou.example", (STATION,), everything=True, contact="谁", key_service="怎么要密钥")


class Stranger:
    """A client of GeoReport v2 that knows nothing but the standard."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()

    def ask(self, path: str, method: str = "GET", /, *, data: Any = None, headers: dict[str, str] | None = None,
            **params: str) -> requests.Response:  # fmt: skip
        url = f"{self.url}/open311/{path}"
        return self.http.request(method, url, params=params, data=data, headers=headers, timeout=30)

    def get(self, path: str, **params: str) -> Any:
        answer = self.ask(path, **params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        return answer.json()

    def xml(self, path: str, **params: str) -> ElementTree.Element:
        answer = self.ask(path, **params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        return ElementTree.fromstring(answer.content)


@pytest.fixture
def server(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre on SQLite: what is the same whatever lies below. ``test_listing`` asks both."""
    settings = Settings(public_rate=Rate(burst=40, per_s=1))
    with ServerThread(tmp_path / "centre", clock=clock, settings=settings, door=Door(OFFER)) as running:
        yield running


@pytest.fixture
def stranger(server: ServerThread) -> Iterator[Stranger]:
    made = Stranger(server.url)
    yield made
    made.http.close()


@pytest.fixture
def clerk(new_desk: Callable[..., WireDesk]) -> WireDesk:
    made = new_desk()
    made.introduce("clerk", "grid-worker", "dispatcher", "handler", "supervisor")
    return made
