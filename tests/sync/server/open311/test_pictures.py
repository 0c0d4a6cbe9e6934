"""Photos that everybody may see: of chosen services alone, as copies without place and camera, once their bytes are here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.client.engine import sync_once
from sync.server.open311.door import Door
from sync.server.open311.offer import Offer
from sync.server.run import ServerThread
from tests.sync.server.open311.conftest import Stranger
from tests.sync.server.partners.conftest import Town
from tests.sync.server.partners.test_enclosures import (
    SECRET_PLACE,
    attach,
    hold_back,
    photo,
    register,
    shared,
)
from tests.sync.server.wire import STATION
from zzdesk.clock import FixedClock
from zzdesk.desk import records


@pytest.fixture
def server(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    offer = Offer("zhangzhou.example", (STATION,), everything=True, pictured=("road",))
    with ServerThread(tmp_path / "centre", clock=clock, door=Door(offer)) as running:
        yield running


@pytest.fixture
def town(server: ServerThread, tmp_path: Path, clock: FixedClock) -> Iterator[Town]:
    made = Town(tmp_path, server, clock)
    yield made
    for desk in made.desks:
        desk.close()


def test_a_photo_is_given_where_the_operator_chose_its_service_and_nowhere_else(
    town: Town, stranger: Stranger, tmp_path: Path
) -> None:
    desk = town.desk()
    road, lighting, named = register(desk), register(desk, category="lighting"), register(desk, name_hidden=True)
    seen = attach(desk, road, photo(tmp_path))
    attach(desk, road, photo(tmp_path, "blue"), "evidence")
    nameless = register(desk, anonymous=True)
    for each in (lighting, named, nameless):
        attach(desk, each, photo(tmp_path, "green"))
    hold_back(town, 2**60)
    sync_once(desk)
    assert stranger.get(f"v2/requests/{road}.json")[0]["media_url"] is None, "its bytes are not here yet"
    hold_back(town, 0)
    sync_once(desk)
    found = {each["service_request_id"]: each["media_url"] for each in stranger.get("v2/requests.json")}
    assert found == {road: f"{stranger.url}/open311/v2/media/{road}", lighting: None, nameless: None}
    answer = stranger.http.get(found[road], timeout=30)
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/jpeg", shared(desk, seen)[1])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert SECRET_PLACE.encode() not in answer.content
    assert stranger.xml(f"v2/requests/{road}.xml").findtext("request/media_url") == found[road]
    for hidden in (lighting, named, nameless, seen):
        assert stranger.ask(f"v2/media/{hidden}").status_code == 404
    desk.write(records.act, "attachment", seen, "void", {}, "拍到了人")
    sync_once(desk)
    assert stranger.get(f"v2/requests/{road}.json")[0]["media_url"] is None
    assert stranger.ask(f"v2/media/{road}").status_code == 404
