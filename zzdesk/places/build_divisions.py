"""Make ``resources/data/divisions.json.gz`` from the published list of divisions (run by hand when that is renewed).

    python -m zzdesk.places.build_divisions zhangzhou_divisions.json

The pinyin is worked out here, so that finding a place needs no converter while the program runs.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from zzdesk.pinyin import has_han, syllables
from zzdesk.places.queries import DIVISIONS

CITY: Final = ("3506", "漳州市")
_LOCAL: Final = {"长": "chang", "都": "du", "厦": "xia", "六": "liu", "朝": "chao", "石": "shi", "行": "hang"}
"""Readings in the names of places here, where a general converter picks another: 长埔 is Chángpǔ, 仙都 Xiāndū."""


def short_name(official: str) -> str:
    """Return the name as people say it: 西桥社区居委会 → 西桥社区, 桥头村委会 → 桥头村."""
    name = re.sub(r"(?<=社区)(居委会|居民委员会)$", "", official)
    name = re.sub(r"(?<=村)村?(民委员会|委会)$", "", name)
    return name if name else official


def main(source: str) -> None:
    """Read the published list at ``source`` and write the resource."""
    published = json.loads(Path(source).read_text("utf-8"))
    entries = [entry for level in ("areas", "streets", "villages") for entry in published[level]]
    rows = [_row(*CITY), *(_row(entry["code"], entry["name"]) for entry in entries)]
    body = json.dumps({"source": published["source"], "rows": sorted(rows)}, ensure_ascii=False, indent=0)
    DIVISIONS.parent.mkdir(parents=True, exist_ok=True)
    DIVISIONS.write_bytes(gzip.compress(body.encode(), 9, mtime=0))


def _row(code: str, official: str) -> list[Any]:
    name = short_name(official)
    written = "".join(char for char in name if has_han(char))
    spoken = (_LOCAL.get(char, word) for char, word in zip(written, syllables(written), strict=True))
    return [code, official, name, " ".join(spoken)]


if __name__ == "__main__":
    main(sys.argv[1])
