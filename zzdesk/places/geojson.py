"""Outlines of grids out of a GeoJSON file (RFC 7946), each looked at before any is taken."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from zzdesk.errors import InvalidError, NotFoundError, Problem
from zzdesk.i18n import N_, translate
from zzdesk.places.shapes import Polygon, Ring, Shape, ring_area

CODES: Final = ("code", "grid_code", "grid", "adcode", "id", "编码", "代码", "网格编码", "网格编号")
NAMES: Final = ("name", "grid_name", "label", "名称", "网格名称")
MAX_BYTES: Final = 32 * 1024 * 1024
MAX_GRIDS: Final = 5_000
MAX_POSITIONS: Final = 100_000
MAX_TEXT: Final = 60
MAX_TOLD: Final = 10
"""Features that are complained about at once."""
_LIKE_WGS84: Final = ("CRS84", "4326", "4490")
"""Coordinate systems that a file may name: WGS 84, and CGCS 2000, which is the same to within centimetres."""


class GridError(InvalidError):
    """Outlines that cannot be taken; names every feature that is wrong by its number, counted from 1."""

    def text(self, language: str | None = None) -> str:
        """Return each problem with its feature."""
        told = [self._one(problem, language) for problem in self.problems[:MAX_TOLD]]
        more = len(self.problems) - len(told)
        return "；".join(told) + (translate(N_("；另有 {more} 处"), language, more=more) if more else "")

    @staticmethod
    def _one(problem: Problem, language: str | None) -> str:
        why = problem.text(language)
        return translate(N_("第 {n} 个要素：{why}"), language, n=problem.field, why=why) if problem.field else why


class _FeatureError(Exception):
    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


def load(path: Path, code: str | None = None, name: str | None = None) -> tuple[Shape, ...]:
    """Return the grids of a file; ``code`` and ``name`` say which properties hold them, otherwise the usual ones are tried.

    Raises:
        NotFoundError: the file cannot be read.
        GridError: it is no GeoJSON, or features are wrong.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise GridError.one("", N_("文件太大，最多 {most} MB"), most=MAX_BYTES // 1024 // 1024)
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=str(path)) from error
    return parse(data, code, name)


def parse(data: bytes, code: str | None = None, name: str | None = None) -> tuple[Shape, ...]:
    """Return the grids of a GeoJSON text.

    Raises:
        GridError: it is no FeatureCollection, or features are wrong.
    """
    features = _features(data)
    shapes: list[Shape] = []
    problems: list[Problem] = []
    for number, feature in enumerate(features, 1):
        try:
            shapes.append(_shape(feature, (code,) if code else CODES, (name,) if name else NAMES))
        except _FeatureError as error:
            problems.append(Problem(str(number), error.message, error.params))
    problems += _twice(shapes) if not problems else []
    if problems:
        raise GridError(problems)
    if sum(len(ring) for shape in shapes for polygon in shape.polygons for ring in polygon) > MAX_POSITIONS:
        raise GridError.one("", N_("轮廓的点太多，最多 {most} 个；请先简化轮廓"), most=MAX_POSITIONS)
    return tuple(shapes)


def _features(data: bytes) -> list[Any]:
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise GridError.one("", N_("这个文件不是 GeoJSON（JSON 读不出来），请从地图软件重新导出")) from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise GridError.one("", N_("这个文件不是 GeoJSON 的 FeatureCollection，请从地图软件重新导出"))
    _check_system(found.get("crs"))
    features = found.get("features")
    if not isinstance(features, list) or not features:
        raise GridError.one("", N_("文件里没有要素（features）"))
    if len(features) > MAX_GRIDS:
        raise GridError.one("", N_("要素太多：{n} 个，最多 {most} 个"), n=len(features), most=MAX_GRIDS)
    return features


def _check_system(crs: Any) -> None:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = str(properties.get("name") or "") if isinstance(properties, dict) else ""
    if named and not any(known in named for known in _LIKE_WGS84):
        raise GridError.one("", N_("坐标系 {name} 不是经纬度，请导出成 WGS 84（EPSG:4326）再导入"), name=named[:MAX_TEXT])


def _shape(feature: Any, codes: tuple[str, ...], names: tuple[str, ...]) -> Shape:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _FeatureError(N_("不是 Feature"))
    properties = feature.get("properties")
    known: dict[str, Any] = properties if isinstance(properties, dict) else {}
    code = _text(known, codes) or (_text(feature, ("id",)) if codes is CODES else "")
    name = _text(known, names)
    if not code:
        raise _FeatureError(N_("没有编码，属性里应有 {names}"), names="、".join(codes))
    if not name:
        raise _FeatureError(N_("没有名称，属性里应有 {names}"), names="、".join(names))
    return Shape(code, name, tuple(_polygons(feature.get("geometry"))))


def _text(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if len(text) > MAX_TEXT:
            raise _FeatureError(N_("{name} 太长，最多 {most} 个字"), name=name, most=MAX_TEXT)
        if text:
            return text
    return ""


def _polygons(geometry: Any) -> Iterator[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _FeatureError(N_("几何类型是 {kind}，网格应是 Polygon 或 MultiPolygon"), kind=str(kind)[:MAX_TEXT])
    coordinates = geometry.get("coordinates")
    several = coordinates if kind == "MultiPolygon" else [coordinates]
    if not isinstance(several, list) or not several:
        raise _FeatureError(N_("没有坐标"))
    for rings in several:
        if not isinstance(rings, list) or not rings:
            raise _FeatureError(N_("没有坐标"))
        yield tuple(_ring(ring) for ring in rings)


def _ring(positions: Any) -> Ring:
    if not isinstance(positions, list) or len(positions) < 4:
        raise _FeatureError(N_("一圈至少要有 4 个点，首尾相同"))
    ring = tuple(each for each, _ in itertools.groupby(_position(position) for position in positions))
    if ring[0] != ring[-1] or len(ring) == 1:
        raise _FeatureError(N_("一圈没有闭合：最后一点要与第一点相同"))
    if abs(ring_area(ring)) < 1e-14:
        raise _FeatureError(N_("一圈没有面积"))
    return ring


def _position(position: Any) -> tuple[float, float]:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) < 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise _FeatureError(N_("一个点应是 [经度, 纬度] 两个数"))
    lon, lat = float(numbers[0]), float(numbers[1])
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _FeatureError(N_("一个点应是 [经度, 纬度] 两个数"))
    if abs(lon) <= 90 < abs(lat) <= 180:
        raise _FeatureError(N_("点 {lon}, {lat} 的经纬度写反了：GeoJSON 里经度在前"), lon=lon, lat=lat)
    if abs(lon) > 180 or abs(lat) > 90:
        raise _FeatureError(N_("点 {lon}, {lat} 不是经纬度（度），请导出成 WGS 84（EPSG:4326）再导入"), lon=lon, lat=lat)
    return lon, lat


def _twice(shapes: list[Shape]) -> list[Problem]:
    counted = Counter(shape.code for shape in shapes)
    return [
        Problem(str(number), N_("编码 {code} 重复"), {"code": shape.code})
        for number, shape in enumerate(shapes, 1) if counted[shape.code] > 1
    ]  # fmt: skip
