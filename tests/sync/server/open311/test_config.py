"""The operator's file: what opens the door, and everything that is wrong with it at once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sync.server.open311.config import Open311
from sync.server.open311.door import open_door
from sync.server.open311.keys import hash_of
from sync.server.open311.services import OPEN_TO_ALL
from sync.server.partners.config import load
from tests.sync.server.wire import STATION
from zzdesk.errors import InvalidError
from zzdesk.places import grids
from zzdesk.places.shapes import Shape

HASH = hash_of("k")
SQUARE = ((117.6, 24.5), (117.7, 24.5), (117.7, 24.6), (117.6, 24.5))
WHOLE = f"""
[open311]
jurisdiction = "zhangzhou.example"
stations = ["{STATION}", "350602003*"]
described = ["road"]
everything = true
grids = "grids.json"
url = "https://311.example"

[[partner]]
code = "city"
adapter = "open311"
station = "{STATION}"
url = "https://city.example/open311/v2"
key_file = "/etc/zzdesk/city.key"
services = {{ lighting = "001" }}
key_hash = "{HASH}"

[[partner]]
code = "some-app"
adapter = "open311"
station = "{STATION}"
key_hash = "{hash_of('o')}"

[[partner]]
code = "urban"
adapter = "rest"
station = "{STATION}"
url = "https://urban.example/orders"
secret_file = "urban.secret"
auth = "hmac"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "partners.toml"
    path.write_text(text)
    return path


def test_a_whole_file_opens_the_door(tmp_path: Path) -> None:
    grids.save(tmp_path / "grids.json", grids.Grids((Shape(f"{STATION}01", "一", ((SQUARE,),)),), "x", "wgs84"))
    path = written(tmp_path, WHOLE)
    door = open_door(path)
    assert door is not None
    assert (door.offer.jurisdiction, door.offer.stations) == ("zhangzhou.example", (STATION, "350602003*"))
    assert (door.offer.services, door.offer.described, door.offer.everything) == (OPEN_TO_ALL, ("road",), True)
    assert (door.offer.partners, set(door.partners)) == (("city", "some-app"), {"city", "some-app"})
    assert pickle.loads(pickle.dumps(door)) == door  # every worker gets it
    assert [shape.code for shape in door.grids] == [f"{STATION}01"]
    assert [type(each.open()).__name__ for each in load(path)] == ["Open311Client", "Open311Client", "RestAdapter"]


def test_without_the_table_there_is_no_door(tmp_path: Path) -> None:
    assert open_door(tmp_path / "nothing.toml") is None
    assert open_door(written(tmp_path, WHOLE[WHOLE.index("[[partner]]") :])) is None
    door = open_door(written(tmp_path, f'[open311]\nstations = ["{STATION}"]\n'))
    assert door is not None
    assert door.partners == {}


WRONG = [
    ('stations = ["350602002004"', 'stations = ["350602"', ["open311.stations"]),
    ('jurisdiction =', 'jurisdicton =', ["open311"]),
    ('described = ["road"]', 'described = ["pothole"]', ["open311.described"]),
    ('url = "https://311.example"', 'url = "http://311.example"', ["open311.url"]),
    ('key_hash = "sha256:', 'key_hash = "sha512:', ["partner[1].key_hash", "partner[2].key_hash"]),
    ('code = "city"', 'code = "nobody"', ["partner[1].code"]),
    ('code = "some-app"', 'code = "Some App"', ["partner[2].code"]),
    ('key_file = "/etc/zzdesk/city.key"\n', "", ["partner[1].key_file"]),
    (f'key_hash = "{hash_of("o")}"', "", ["partner[2].url"]),
    ('{ lighting = "001" }', '{ lamp = "001" }', ["partner[1].services"]),
    ('url = "https://city.example', 'url = "http://city.example', ["partner[1].url"]),
    ('auth = "hmac"', 'auth = "magic"', ["partner[3].auth"]),
    ('secret_file = "urban.secret"\n', "", ["partner[3].secret_file"]),
    (hash_of("o"), HASH, ["key_hash"]),
    ('stations = ["350602002004"', 'stations = ["350602002005"', ["open311.stations"]),
    ('grids = "grids.json"', 'grids = "no.json"', ["open311.grids"]),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "fields"), WRONG)
def test_what_is_wrong_is_named_in_both_languages(tmp_path: Path, good: str, bad: str, fields: list[str]) -> None:
    grids.save(tmp_path / "grids.json", grids.Grids((Shape("1", "一", ((SQUARE,),)),)))
    assert good in WHOLE
    with pytest.raises(InvalidError) as caught:
        open_door(written(tmp_path, WHOLE.replace(good, bad)))
    assert [each.field for each in caught.value.problems] == fields
    assert caught.value.text("zh") != caught.value.text("en")


def test_the_struct_says_what_each_partner_may() -> None:
    only_posts = Open311(code="app", adapter="open311", station=STATION, key_hash=HASH)
    assert list(only_posts.problems()) == []
