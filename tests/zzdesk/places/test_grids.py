"""Grids out of GeoJSON: what is taken, and what each wrong feature is told by its number; kept in the home, replaced whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk.atlas import CITY, open_atlas
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.places import commands, geojson, grids
from zzdesk.places.geojson import GridError, parse

SQUARE = [[117.65, 24.51], [117.66, 24.51], [117.66, 24.52], [117.65, 24.52], [117.65, 24.51]]
HOLE = [[117.653, 24.513], [117.657, 24.513], [117.657, 24.517], [117.653, 24.517], [117.653, 24.513]]


def feature(
    code: Any = "G01", name: Any = "文庙网格", rings: Any = None, kind: str = "Polygon", **properties: Any
) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code, "name": name, **properties},
            "geometry": {"type": kind, "coordinates": [SQUARE] if rings is None else rings}}


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(GridError) as caught:
        parse(data)
    return caught.value.text()


def test_polygons_and_multipolygons_with_holes_are_taken() -> None:
    island = [[[lon + 0.1, lat] for lon, lat in SQUARE]]
    one, two = parse(collection(feature(rings=[SQUARE, HOLE]), feature("G02", "两处", [[SQUARE], island], "MultiPolygon")))
    assert (one.code, one.name, one.holds(117.651, 24.511), one.holds(117.655, 24.515)) == ("G01", "文庙网格", True, False)
    assert two.holds(117.755, 24.515)


def test_heights_doubled_points_and_a_byte_order_mark_do_no_harm() -> None:
    ring = [[*position, 12.5] for position in SQUARE for _ in range(2)]
    (shape,) = parse(b"\xef\xbb\xbf" + collection(feature(rings=[ring])))
    assert len(shape.polygons[0][0]) == 5


def test_chinese_and_chosen_properties_name_a_grid() -> None:
    chinese = feature(None, None, 网格编码=350602002, 网格名称="二网格")
    assert [(s.code, s.name) for s in parse(collection(chinese))] == [("350602002", "二网格")]
    (chosen,) = parse(collection(feature(wgbh="W7", wgmc="七网格")), "wgbh", "wgmc")
    assert (chosen.code, chosen.name) == ("W7", "七网格")


@pytest.mark.parametrize(("bad", "why"), [
    (feature(code=None), "没有编码，属性里应有 code、"),
    (feature(name=" "), "没有名称，属性里应有 name、"),
    (feature(code=True), "没有编码"),
    (feature(name="长" * 61), "name 太长，最多 60 个字"),
    (feature(kind="Point", rings=[117.65, 24.51]), "几何类型是 Point，网格应是 Polygon 或 MultiPolygon"),
    ({"type": "Feature", "properties": {"code": "A", "name": "B"}, "geometry": None}, "几何类型是 None"),
    (feature(rings=[]), "没有坐标"),
    (feature(rings=[SQUARE[:-1]]), "一圈没有闭合"),
    (feature(rings=[SQUARE[:3]]), "一圈至少要有 4 个点"),
    (feature(rings=[[SQUARE[0], SQUARE[1], SQUARE[1], SQUARE[0]]]), "一圈没有面积"),
    (feature(rings=[[[lat, lon] for lon, lat in SQUARE]]), "点 24.51, 117.65 的经纬度写反了"),
    (feature(rings=[[[667_000.0, 2_712_000.0]] * 5]), "点 667000.0, 2712000.0 不是经纬度（度）"),
    (feature(rings=[[["a", 1], *SQUARE]]), "一个点应是 [经度, 纬度] 两个数"),
    (feature(rings=[[[True, 1], *SQUARE]]), "一个点应是 [经度, 纬度] 两个数"),
    ("nonsense", "不是 Feature"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_the_number_of_the_feature(bad: Any, why: str) -> None:
    told = refusal(collection(feature("A"), bad, feature("B")))
    assert told.startswith(f"第 2 个要素：{why}")
    assert "第 1 个" not in told


def test_every_wrong_feature_is_told_and_a_flood_is_counted() -> None:
    told = refusal(collection(*(feature(code=None) for _ in range(13))))
    assert told.count("个要素：") == geojson.MAX_TOLD
    assert told.endswith("；另有 3 处")


def test_two_grids_of_one_code_are_both_named() -> None:
    told = refusal(collection(feature("A"), feature("B"), feature("A")))
    assert told == "第 1 个要素：编码 A 重复；第 3 个要素：编码 A 重复"


@pytest.mark.parametrize(("data", "why"), [
    (b"\x00\x01", "JSON 读不出来"),
    (b"[" * 100_000, "JSON 读不出来"),
    (b"[]", "FeatureCollection"),
    (json.dumps(feature()).encode(), "FeatureCollection"),
    (collection(), "没有要素"),
    (collection(feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}), "EPSG::4549 不是经纬度"),
])  # fmt: skip
def test_a_file_that_is_none_is_told(data: bytes, why: str) -> None:
    assert why in refusal(data)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4490"])
def test_coordinate_systems_in_degrees_are_taken(name: str) -> None:
    assert parse(collection(feature(), crs={"type": "name", "properties": {"name": name}}))


def test_a_file_that_is_too_large_or_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFoundError):
        geojson.load(tmp_path / "none.geojson")
    source = tmp_path / "large.geojson"
    source.write_bytes(collection(feature()))
    monkeypatch.setattr(geojson, "MAX_BYTES", 10)
    with pytest.raises(GridError, match="文件太大"):
        geojson.load(source)


def test_import_replaces_what_was_there_and_is_in_the_audit(station: Station, tmp_path: Path) -> None:
    desk, source = station["zhuang"], tmp_path / "网格.geojson"
    target = desk.paths.grids
    source.write_bytes(collection(feature("A"), feature("B")))
    desk.write(commands.import_grids, target, source, "gcj02")
    source.write_bytes(collection(feature("C", rings=[SQUARE, HOLE])))
    change = desk.write(commands.import_grids, target, source, "wgs84")
    assert change.touches("grid-file")
    found = grids.load(target)
    assert ([s.code for s in found.shapes], found.source, found.datum) == (["C"], "网格.geojson", "wgs84")
    assert found.shapes == parse(source.read_bytes())
    assert station.audit("places.import-grids") == [{"grids": 2, "datum": "gcj02"}, {"grids": 1, "datum": "wgs84"}]


def test_a_wrong_file_leaves_the_grids_as_they_are(station: Station, tmp_path: Path) -> None:
    desk, source = station["zhuang"], tmp_path / "a.geojson"
    source.write_bytes(collection(feature("A")))
    desk.write(commands.import_grids, desk.paths.grids, source)
    before = desk.paths.grids.read_bytes()
    source.write_bytes(collection(feature("B", rings=[SQUARE[:-1]])))
    with pytest.raises(GridError):
        desk.write(commands.import_grids, desk.paths.grids, source)
    assert desk.paths.grids.read_bytes() == before
    assert len(station.audit("places.import-grids")) == 1


def test_who_may_not_import_does_not(station: Station, tmp_path: Path) -> None:
    source, target = tmp_path / "a.geojson", station["zhuang"].paths.grids
    source.write_bytes(collection(feature()))
    with pytest.raises(RefusedError):
        station["yan"].write(commands.import_grids, target, source)
    with pytest.raises(RefusedError):
        station["yan"].write(commands.remove_grids, target)
    assert not target.exists()


def test_the_atlas_shows_the_grids_first_then_the_district_and_damage_hides_no_district(station: Station, tmp_path: Path) -> None:
    desk, source = station["zhuang"], tmp_path / "a.geojson"
    paths = desk.paths
    district = open_atlas(paths, "350602002004")
    assert district.home.holds(117.653968, 24.510787)
    assert not district.home.holds(117.43, 23.70)
    assert open_atlas(paths, "").home == CITY
    source.write_bytes(collection(feature()))
    desk.write(commands.import_grids, paths.grids, source)
    atlas = open_atlas(paths, "350602002004")
    assert atlas.home.east - atlas.home.west < 0.02
    assert atlas.place_of(117.655, 24.515) == ("芗城区", "文庙网格")
    assert atlas.place_of(117.43026, 23.70126) == ("东山县", "")
    paths.grids.write_bytes(b"{}")
    damaged = open_atlas(paths, "350602002004")
    assert len(damaged.districts) == 11
    assert damaged.problem is not None
    assert "重新导入" in damaged.problem.text()
    desk.write(commands.remove_grids, paths.grids)
    assert open_atlas(paths, "").problem is None


def test_grids_of_a_newer_program_are_not_guessed_at(tmp_path: Path) -> None:
    path = tmp_path / "grids.json"
    grids.save(path, grids.Grids(parse(collection(feature())), "a", "wgs84"))
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))
    with pytest.raises(RefusedError, match="升级"):
        grids.load(path)
