"""Find a division of Zhangzhou by typing its name, its pinyin, the initials of it, or its code.

The list is part of the program (11 counties and districts, 146 streets and towns, 2,135 communities and villages); it
is read on first use and needs neither database nor pinyin converter.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.places.history import CODE_HISTORY, CodeChange, current_code

DIVISIONS: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "divisions.json.gz"

Level = Literal["city", "district", "street", "community"]
_LEVELS: Final[dict[int, Level]] = {4: "city", 6: "district", 9: "street", 12: "community"}
_ORDER: Final = {"community": 0, "street": 1, "district": 2, "city": 3}
_WIDE: Final = str.maketrans(
    {chr(0xFF01 + place): chr(0x21 + place) for place in range(94)} | {"\u3000": " "}
)


@dataclass(frozen=True)
class Place:
    """A division: its code (4, 6, 9 or 12 digits), the name people use, and the names above it."""

    code: str
    name: str
    official: str
    street: str
    district: str
    city: str

    @property
    def level(self) -> Level:
        """Return how high it stands: city, district, street or community."""
        return _LEVELS[len(self.code)]

    @property
    def full_name(self) -> str:
        """Return every name from the city down: 漳州市芗城区西桥街道西桥社区."""
        above = {"city": "", "district": self.city, "street": self.city + self.district}
        return above.get(self.level, self.city + self.district + self.street) + self.name


@dataclass(frozen=True)
class _Entry:
    """A place with what it can be found by."""

    place: Place
    joined: str
    initials: str
    starts: tuple[str, ...]


def find(text: str, limit: int = 20, level: Level | None = None) -> list[Place]:
    """Return the places that fit what was typed, best first; several words must all fit.

    An exact name comes before one that begins with the text, that before one which contains it, and a community
    before a street of the same fit.
    """
    words = text.translate(_WIDE).lower().split()
    if not words:
        return []
    scored = (
        (score, _ORDER[entry.place.level], entry.place.code, entry.place)
        for entry in _entries()
        if (level is None or entry.place.level == level) and (score := _score(entry, words)) is not None
    )
    return [place for *_, place in sorted(scored, key=lambda item: item[:3])[:limit]]


def get(code: str) -> Place:
    """Return the place of a code; trailing zeros are dropped and codes of former years followed.

    Raises:
        NotFoundError: no division of Zhangzhou has, or had, this code.
    """
    wanted = current_code(_without_zeros(code.translate(_WIDE).strip()))
    place = _places().get(wanted)
    if place is None:
        raise NotFoundError(N_("没有代码为{code}的区划"), code=code)
    return place


def exists(code: str) -> bool:
    """Return whether a division has this code today."""
    return code in _places()


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above a code, nearest first: street, district, city."""
    return tuple(code[:length] for length in (9, 6, 4) if length < len(code))


def children(code: str) -> list[Place]:
    """Return the places directly below a code, in the order of their codes."""
    length = {4: 6, 6: 9, 9: 12}.get(len(code), 0)
    return [
        place for place in _places().values() if len(place.code) == length and place.code.startswith(code)
    ]


def code_history() -> tuple[CodeChange, ...]:
    """Return every change of a county-level code, oldest first."""
    return CODE_HISTORY


def _without_zeros(code: str) -> str:
    if len(code) == 12 and code.endswith("000"):
        code = code[:9]
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    return code[:4] if len(code) == 6 and code.endswith("00") else code


def _score(entry: _Entry, words: list[str]) -> int | None:
    scores = [_word_score(entry, word) for word in words]
    known = [score for score in scores if score is not None]
    return sum(known) if len(known) == len(scores) else None


def _word_score(entry: _Entry, word: str) -> int | None:
    """Return how well one word fits, 0 best, or None."""
    if word.isdigit():
        return 0 if entry.place.code == word else 1 if entry.place.code.startswith(word) else None
    if word.isascii():
        return _spoken_score(entry, re.sub("[^a-z0-9]", "", word.replace("ü", "v")))
    return _written_score(entry.place, word)


def _spoken_score(entry: _Entry, word: str) -> int | None:
    if not word:
        return None
    if word in (entry.initials, entry.joined):
        return 0
    if entry.initials.startswith(word) or entry.joined.startswith(word):
        return 2
    if word in entry.initials or any(start.startswith(word) for start in entry.starts):
        return 4
    return None


def _written_score(place: Place, word: str) -> int | None:
    if word in (place.name, place.official):
        return 0
    if place.name.startswith(word):
        return 1 if re.fullmatch("社区|村|街道|镇|乡|区|县|居委会", place.name[len(word) :]) else 2
    if word in place.name:
        return 3
    return 5 if word in place.full_name else None


@lru_cache(maxsize=1)
def _rows() -> list[list[str]]:
    rows: list[list[str]] = json.loads(gzip.decompress(DIVISIONS.read_bytes()))["rows"]
    return rows


@lru_cache(maxsize=1)
def _places() -> dict[str, Place]:
    names = {code: name for code, _, name, _ in _rows()}
    return {
        code: Place(code, name, official, names.get(code[:9], ""), names.get(code[:6], ""), names[code[:4]])
        for code, official, name, _ in _rows()
    }


@lru_cache(maxsize=1)
def _entries() -> tuple[_Entry, ...]:
    return tuple(_entry(_places()[code], spoken.split()) for code, _, _, spoken in _rows())


def _entry(place: Place, spoken: list[str]) -> _Entry:
    starts = tuple("".join(spoken[at:]) for at in range(len(spoken)))
    return _Entry(place, starts[0], "".join(word[0] for word in spoken), starts)
