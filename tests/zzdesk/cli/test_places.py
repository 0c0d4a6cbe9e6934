"""``zzdesk places``: grids in and out, and where a place lies."""

from __future__ import annotations

from pathlib import Path

from tests.zzdesk.cli.conftest import Cli
from tests.zzdesk.places.test_grids import collection, feature


def test_grids_are_imported_listed_asked_and_removed(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "g.geojson"
    source.write_bytes(collection(feature()))
    assert cli("places", "grids").out == "还没有导入网格\n"
    ended = cli("places", "import-grids", source, "--datum", "gcj02")
    assert (ended.status, ended.out) == (0, "已导入 1 个网格\n")
    assert cli("places", "grids", "--json").lines == [
        {"code": "G01", "name": "文庙网格", "datum": "gcj02", "source": "g.geojson"}
    ]
    found = cli("places", "at", "24.515", "117.655", "--json").lines[0]
    assert found == {"district": {"code": "350602", "name": "芗城区"}, "grid": {"code": "G01", "name": "文庙网格"}}
    assert cli("places", "remove-grids").status == 0
    assert cli("places", "at", "24.515", "117.655").out == "350602\t芗城区\n"
    outside = cli("places", "at", "0", "0")
    assert (outside.status, outside.out) == (1, "不在漳州的区县里，也不在本站的网格里\n")


def test_a_wrong_feature_is_named_and_nothing_changes(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "g.geojson"
    source.write_bytes(collection(feature(), feature(code=None)))
    ended = cli("places", "import-grids", source)
    assert ended.status == 1
    assert "第 2 个要素：没有编码" in ended.err
    assert cli("places", "grids").out == "还没有导入网格\n"
    assert cli("places", "import-grids", source, "--datum", "bd09").status == 2


def test_addresses_are_imported_and_removed(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("地址,网格\n台湾路41号,G01\n", "utf-8")
    assert cli("places", "import-addresses", source).out == "已导入 1 个地址\n"
    assert cli("places", "remove-addresses").status == 0
    source.write_text("网格\nG01\n", "utf-8")
    ended = cli("places", "import-addresses", source)
    assert ended.status == 1
    assert "没有“地址”这一列" in ended.err
