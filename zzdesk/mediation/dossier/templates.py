"""The templates of the papers: shipped ones, and those that a judicial office puts into the home's folder ``papers``.

``papers/agreement.docx`` takes the place of the shipped Word template, ``papers/agreement.toml`` that of the wording of the
PDF. One that has a fault is refused, with the place and the placeholder named, and the shipped one is used meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from zzdesk.documents import layouts, wordfile
from zzdesk.documents.layouts import Layout, LayoutError
from zzdesk.documents.placeholders import UNKNOWN, Fault
from zzdesk.mediation.dossier.data import SHAPES
from zzdesk.mediation.dossier.words import FOLDER

STAMP: Final = "stamp"
"""Who made it and when: a Word file has no watermark, so that its template has to say it somewhere (domain rules B1.7)."""
ENDINGS: Final = (".docx", ".toml")


@dataclass(frozen=True)
class Own:
    """A template of the office: its file's name and what is wrong with it (nothing: it is used)."""

    file: str
    faults: tuple[Fault, ...]


@lru_cache(maxsize=32)
def shipped(paper: str) -> Layout:
    """Return the layout that comes with the program."""
    return layouts.parse(paper, (FOLDER / f"{paper}.toml").read_bytes())


def layout(folder: Path, paper: str) -> tuple[Layout, Own | None]:
    """Return the layout to set a paper's PDF with, and the office's own file where there is one."""
    ours, path = shipped(paper), folder / f"{paper}.toml"
    if not path.is_file():
        return ours, None
    try:
        theirs = layouts.parse(paper, layouts.read(path))
        faults = layouts.check(theirs, SHAPES[paper], ours.required)
    except LayoutError as error:
        theirs, faults = ours, error.faults
    return (ours if faults else theirs), Own(path.name, tuple(faults))


def word(folder: Path, paper: str) -> tuple[bytes, Own | None]:
    """Return the Word template of a paper, and the office's own file where there is one."""
    ours, path = (FOLDER / f"{paper}.docx").read_bytes(), folder / f"{paper}.docx"
    if not path.is_file():
        return ours, None
    try:
        theirs = layouts.read(path)
        faults = wordfile.check(theirs, SHAPES[paper], (*shipped(paper).required, STAMP))
    except LayoutError as error:
        theirs, faults = ours, error.faults
    return (ours if faults else theirs), Own(path.name, tuple(faults))


def own(folder: Path) -> tuple[Own, ...]:
    """Return every template of the office, with what is wrong with it."""
    found: list[Own] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix not in ENDINGS or path.name.startswith(("~$", ".")):
            continue
        if path.stem not in SHAPES:
            found.append(Own(path.name, (Fault("", path.stem, UNKNOWN),)))
            continue
        each = (word if path.suffix == ".docx" else layout)(folder, path.stem)[1]
        found += [each] if each else []
    return tuple(found)


def copy_shipped(folder: Path) -> int:
    """Put the shipped Word templates into a folder for an office to begin with; what lies there stays. Return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = 0
    for paper in SHAPES:
        target = folder / f"{paper}.docx"
        if not target.exists():
            target.write_bytes((FOLDER / f"{paper}.docx").read_bytes())
            made += 1
    return made
