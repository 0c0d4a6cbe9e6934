"""Imported addresses: taken whole or not at all, found by beginning, part, initials and slips of the pen, with their grid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.places.test_grids import collection, feature
from zzdesk.desk import lookup
from zzdesk.documents.tables import parse_table
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.places import buildings, commands, grids
from zzdesk.places.buildings import Building, Buildings

TABLE = """地址,网格,纬度,经度,户主
香港路12号文庙东门,350602002004-03,24.5119,117.6554,林某
台湾路41号,350602002004-01,,,
台湾路 43号,,24.5130,117.6560,
"""


def made(text: str = TABLE) -> tuple[Building, ...]:
    return buildings.from_table(parse_table(text.encode()))


def titles(text: str) -> list[str]:
    return [b.address for b in buildings.find(Buildings(made()), text)]


def test_a_table_gives_addresses_and_nothing_about_people() -> None:
    first, second, third = made()
    assert (first.address, first.grid, first.latitude) == ("香港路12号文庙东门", "350602002004-03", "24.511900")
    assert (second.latitude, third.grid, third.key) == (None, None, "台湾路43号")
    assert "林某" not in repr((first, second, third))


@pytest.mark.parametrize(("typed", "found"), [
    ("台湾路", ["台湾路41号", "台湾路 43号"]), ("文庙", ["香港路12号文庙东门"]), ("漳州市芗城区台湾路 43", ["台湾路 43号"]),
    ("twl", ["台湾路41号", "台湾路 43号"]), ("台弯路41号", ["台湾路41号"]), ("延安北路", []), (" ", []),
])  # fmt: skip
def test_an_address_is_found_as_people_type_it(typed: str, found: list[str]) -> None:
    assert titles(typed) == found


@pytest.mark.parametrize(("text", "line"), [
    ("网格\n01\n", None), ("地址,纬度,经度\n台湾路,24.5,\n", 2), ("地址,纬度,经度\n台湾路,24.5,117\n，。,24,117\n", 3),
    ("地址,纬度,经度\n台湾路,北,东\n", 2),
])  # fmt: skip
def test_a_wrong_row_is_named_and_nothing_is_taken(text: str, line: int | None) -> None:
    with pytest.raises(InvalidError) as caught:
        made(text)
    assert [p.params.get("line") for p in caught.value.problems] == [line]


def test_the_counter_offers_imported_addresses_and_what_it_registered_itself(station: Station, tmp_path: Path) -> None:
    source, desk = tmp_path / "楼栋.csv", station["lin"]
    source.write_text(TABLE, "utf-8")
    desk.write(commands.import_addresses, desk.paths.addresses, source)
    assert station.audit("places.import-addresses") == [{"addresses": 3}]

    def offered(text: str) -> list[tuple[str, str, str | None, str | None]]:
        return [(a.address, a.source, a.grid, a.latitude) for a in desk.read(lookup.addresses, text, desk.paths)]

    assert offered("twl")[:2] == [
        ("台湾路41号", "table", "350602002004-01", None), ("台湾路 43号", "table", None, "24.513000")]  # fmt: skip
    station.add("lin", "report", {"title": "灯", "category": "lighting", "address": "台湾路41号", "grid": "自己的"})
    assert offered("台湾路41")[0] == ("台湾路41号", "before", "自己的", None)
    desk.write(commands.remove_addresses, desk.paths.addresses)
    assert offered("twl") == []


def test_who_may_not_import_changes_nothing(station: Station, tmp_path: Path) -> None:
    source, desk = tmp_path / "a.csv", station["guo"]
    source.write_text(TABLE, "utf-8")
    for command, args in ((commands.import_addresses, (source,)), (commands.remove_addresses, ())):
        with pytest.raises(RefusedError):
            desk.write(command, desk.paths.addresses, *args)  # type: ignore[arg-type]
    assert not desk.paths.addresses.exists()


def test_a_damaged_or_newer_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "addresses.json"
    assert buildings.load(path).rows == ()
    for content in (b"{", b'{"format":2,"source":"","buildings":[]}'):
        path.write_bytes(content)
        with pytest.raises(RefusedError):
            buildings.load(path)
    buildings.save(path, Buildings(made(), "a.csv"))
    assert len(buildings.load(path).rows) == 3


def test_a_place_names_the_imported_grid_only_in_its_own_datum(station: Station, tmp_path: Path) -> None:
    source, desk = tmp_path / "g.geojson", station["lin"]
    source.write_bytes(collection(feature()))
    for datum, found in ((grids.WGS84, "G01"), (grids.GCJ02, None), (grids.UNKNOWN, None)):
        desk.write(commands.import_grids, desk.paths.grids, source, datum)
        assert lookup.grid_at(desk.paths, "24.515", "117.655") == found
    assert lookup.grid_at(desk.paths, "25", "118") is None
    assert lookup.grid_at(desk.paths, "north", "") is None
