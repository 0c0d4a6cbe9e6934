"""Papers made: one as PDF or Word, or the whole dossier as one PDF with its catalogue, its pages counted where they stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zzdesk.documents import layouts, typeset, wordfile
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.i18n import N_
from zzdesk.mediation.dossier import appendix, templates, words
from zzdesk.mediation.dossier.data import PRINTING, files_of, said, stamp
from zzdesk.mediation.dossier.gather import File
from zzdesk.mediation.dossier.items import FRAME, Item, items

DOSSIER: Final = "dossier"
PAPER: Final = f"{words.FOLDER.name}/paper"
FONTS: Final = (
    "FangSong", "仿宋", "FangSong_GB2312", "STFangsong", "SimSun", "宋体", "STSong", "Songti SC", "Noto Serif CJK SC",
    "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
)  # fmt: skip
"""仿宋 and 宋体 where the system has them, else an open font (decision 26); what is used is embedded."""
PICTURES: Final = ("identity", "evidence", "performance")
"""Papers behind which all files of their kind lie; behind others lie those of the one record."""


@dataclass(frozen=True)
class Place:
    """Where a paper stands in the dossier: its pages as the catalogue names them."""

    key: str
    first: int
    last: int


@dataclass(frozen=True)
class Made:
    """A paper that was made. ``hash`` is of what it says in full, whether it was made masked or not."""

    content: bytes
    title: str
    pages: int
    hash: str
    masked: bool
    places: tuple[Place, ...] = ()
    refused: tuple[templates.Own, ...] = ()
    whole: dict[str, Any] | None = None

    def pictures(self, dots: float) -> tuple[bytes, ...]:
        """Return the pages as pictures (PNG), ``dots`` to an inch: what is looked at and printed is what the PDF shows."""
        return typeset.pages(PAPER, self.whole, dots) if self.whole else ()


def name_of(item: Item, layout: layouts.Layout) -> str:
    """Return what the catalogue calls a paper."""
    return layout.name if item.nth is None else f"{layout.name}（{item.nth}）"


def find(file: File, key: str) -> Item:
    """Return the paper that a key names.

    Raises:
        NotFoundError: the case has no such paper.
    """
    found = next((item for item in items(file) if item.key == key), None)
    if found is None:
        raise NotFoundError(N_("这件纠纷没有这份文书：{paper}"), paper=key)
    return found


def hash_of(file: File, item: Item) -> str:
    """Return the SHA-256 of what a paper says in the shipped wording, apart from who prints it and when.

    ``file`` holds full data. What the paper does not speak of (that the case was closed since) does not change it.
    """
    steady = said(file, item.paper, item.record_id) | dict.fromkeys(PRINTING, "")
    return _hash(layouts.filled(templates.shipped(item.paper), steady))


def _hash(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def pdf(file: File, folder: Path, key: str, digest: str, files: FileStore | None) -> Made:
    """Return one paper as PDF, with the files that lie behind it.

    Raises:
        NotFoundError: the case has no such paper.
    """
    item = find(file, key)
    return _set(file, folder, [item], files, digest, dossier=False)


def dossier(file: File, folder: Path, digest: str, files: FileStore | None, stop: Callable[[], bool] = lambda: False) -> Made:
    """Return the whole dossier as one PDF; ``stop`` is asked between papers.

    Raises:
        RefusedError: somebody asked to stop.
    """
    return _set(file, folder, [item for item in items(file) if item.included], files, digest, dossier=True, stop=stop)


def dossier_hash(file: File) -> str:
    """Return the hash of everything that the dossier says; ``file`` holds full data."""
    return _hash({item.key: hash_of(file, item) for item in items(file) if item.included})


def _set(
    file: File, folder: Path, wanted: list[Item], files: FileStore | None, digest: str, *, dossier: bool,
    stop: Callable[[], bool] = lambda: False,
) -> Made:  # fmt: skip
    docs: list[dict[str, Any]] = []
    refused: list[templates.Own] = []
    behind = appendix.Appendix(file, files)
    counted = False
    for item in wanted:
        if stop():
            raise RefusedError(N_("已停止"))
        layout, theirs = templates.layout(folder, item.paper)
        refused += [theirs] if theirs and theirs.faults else []
        numbered = dossier and item.paper not in FRAME
        docs.append({
            "name": name_of(item, layout), "note": "", "numbered": numbered, "restart": numbered and not counted,
            "blocks": [*_merged(layouts.filled(layout, said(file, item.paper, item.record_id))),
                       *behind.blocks(_behind(file, item))],
        })  # fmt: skip
        counted = counted or numbered
    title = words.clean(file.dispute.get("title")) if dossier else docs[0]["name"]
    whole = {
        "title": title, "fonts": list(FONTS), "watermark": stamp(file), "dossier": dossier, "docs": docs,
        "pdfs": [list(content) for content in behind.pdfs],
        "mark": _mark(file),
    }  # fmt: skip
    made = typeset.Setting(PAPER, whole)
    spots = made.ask("spot")
    return Made(made.pdf(), title, _last(spots), digest, not file.revealed, tuple(_places(wanted, spots)), tuple(refused), whole)


def _mark(file: File) -> str:
    """Return what the foot of every page says besides its number: that it is masked, that the agreement was altered."""
    marks = (("masked_mark", not file.revealed), ("altered_mark", file.altered))
    return " ".join(words.sentence(key) for key, holds in marks if holds)


def _behind(file: File, item: Item) -> list[dict[str, Any]]:
    if item.paper in PICTURES:
        return files_of(file, item.paper)
    return files_of(file, item.paper, item.record_id) if item.record_id else []


def _merged(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the blocks with grids that follow each other as one, so that they share their lines."""
    last: dict[str, Any] | None = None
    for block in blocks:
        if last is not None and block["kind"] == last["kind"] == "grid":
            last = {"kind": "grid", "rows": [*last["rows"], *block["rows"]]}
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _last(spots: list[dict[str, Any]]) -> int:
    return max((int(spot["page"]) for spot in spots), default=0)


def _places(wanted: list[Item], spots: list[dict[str, Any]]) -> Iterator[Place]:
    for at, item in enumerate(wanted):
        first, last = (next(s for s in spots if s["what"] == what and s["at"] == at) for what in ("from", "to"))
        if item.paper not in FRAME:
            yield Place(item.key, int(first["number"]), int(last["number"]))


def word(file: File, folder: Path, key: str, digest: str, files: FileStore | None = None) -> Made:
    """Return one paper as a Word file to go on with in WPS or Word.

    Raises:
        NotFoundError: the case has no such paper.
    """
    item = find(file, key)
    template, theirs = templates.word(folder, item.paper)
    says = said(file, item.paper, item.record_id)
    if item.paper == "contents":
        says["rows"] = _rows(file, folder, files)
    refused = (theirs,) if theirs and theirs.faults else ()
    title = name_of(item, templates.shipped(item.paper))
    return Made(wordfile.fill(template, says), title, 0, digest, not file.revealed, (), refused)


def _rows(file: File, folder: Path, files: FileStore | None) -> list[dict[str, str]]:
    """Return the catalogue for Word: with the pages of the dossier as it would be printed now."""
    listed = [item for item in items(file) if item.included and item.paper not in FRAME]
    where = {place.key: place for place in dossier(file, folder, "", files).places}
    return [
        {"no": str(at), "name": name_of(item, templates.shipped(item.paper)), "note": "", "pages": pages_of(where[item.key])}
        for at, item in enumerate(listed, 1)
    ]  # fmt: skip


def pages_of(place: Place) -> str:
    """Return a paper's pages as the catalogue writes them."""
    return str(place.first) if place.first == place.last else f"{place.first}-{place.last}"
