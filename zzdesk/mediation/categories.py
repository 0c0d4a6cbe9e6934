"""One stored category of a case, counted into every statutory set (domain rules B1.5; F44). Pure, apart from reading files.

The sets are data with a version (``resources/data/categories``): the fifteen of the bulletin, the seventeen of the form of
2010, the nineteen of the 综治 form, and the three sources. A stored category that a set has no row for, or several, is never
put somewhere quietly: it is listed apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.errors import BugError
from zzdesk.i18n import current_language

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "categories"
BULLETIN: Final = "bulletin"
FORM_2010: Final = "form-2010"
ZONGZHI: Final = "zongzhi"
SOURCE: Final = "source"
SETS: Final = (BULLETIN, FORM_2010, ZONGZHI)
"""The sets of categories, in the order in which they are offered."""


@dataclass(frozen=True)
class Row:
    """One row of a set. ``takes`` are stored codes that belong here alone, ``maybe`` those that may belong here."""

    code: str
    zh: str
    en: str
    takes: tuple[str, ...]
    maybe: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what it is called, in the language in force."""
        return self.en if current_language() == "en" else self.zh

    @property
    def is_merged(self) -> bool:
        """Say whether several stored categories come together here: the row cannot be taken apart again."""
        return len(self.takes) > 1


@dataclass(frozen=True)
class CategorySet:
    """One statutory set. ``placeholder``: its official text was not found, and a judicial office should check it."""

    code: str
    version: int
    zh: str
    en: str
    rows: tuple[Row, ...]
    placeholder: bool = False

    @property
    def name(self) -> str:
        """Return what it is called, in the language in force."""
        return self.en if current_language() == "en" else self.zh

    @property
    def mark(self) -> str:
        """Return code and version, as frozen figures keep them: ``bulletin/1``."""
        return f"{self.code}/{self.version}"

    def row_of(self, stored: str) -> str | None:
        """Return the row that a stored code is counted in; None where there is none, or several may be meant."""
        return next((row.code for row in self.rows if stored in row.takes), None)

    def candidates(self, stored: str) -> tuple[str, ...]:
        """Return the rows among which a person has to decide; none where it is decided, or no row is meant."""
        return tuple(row.code for row in self.rows if stored in row.maybe)

    def unplaced(self, stored: Iterable[str]) -> tuple[str, ...]:
        """Return the stored codes that this set does not place by itself, in the order given."""
        return tuple(code for code in stored if self.row_of(code) is None)


@lru_cache(maxsize=1)
def all_sets() -> dict[str, CategorySet]:
    """Return every set by its code.

    Raises:
        BugError: a file that came with the program contradicts itself.
    """
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {each.code: each for each in found}


def category_set(code: str) -> CategorySet:
    """Return one set."""
    return all_sets()[code]


def _read(path: Path) -> CategorySet:
    with path.open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    rows = tuple(
        Row(row["code"], row["name"], row["name_en"], tuple(row["from"]), tuple(row.get("maybe", ()))) for row in data["row"]
    )
    taken = [code for row in rows for code in row.takes]
    doubtful = {code for row in rows for code in row.maybe}
    if len(set(taken)) != len(taken) or doubtful & set(taken) or len({row.code for row in rows}) != len(rows):
        raise BugError(f"{path.name}: a code is placed twice")
    return CategorySet(
        data["set"], data["version"], data["name"], data["name_en"], rows, bool(data.get("placeholder", False))
    )
