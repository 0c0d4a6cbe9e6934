"""Codes, days, moments and money as the official papers write them: always Chinese, whatever the window speaks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from zzdesk.clock import OFFICE_TIME, from_iso
from zzdesk.documents.capitals import capitals
from zzdesk.documents.typeset import PAPERS

FOLDER: Final = PAPERS / "mediation"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Return every code in words, by domain."""
    return tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))


def word(domain: str, code: object) -> str:
    """Return a code in words; one of a newer program as it is, nothing for nothing."""
    return "" if code is None else words()[domain].get(str(code), str(code))


def listed(domain: str, codes: Iterable[object] | None) -> str:
    """Return several codes in words, in the order of the table."""
    given = {str(code) for code in codes or ()}
    known = [text for code, text in words()[domain].items() if code in given]
    return "、".join([*known, *sorted(given - set(words()[domain]))])


def boxes(domain: str, code: object, codes: Iterable[str]) -> str:
    """Return choices with the one that holds ticked, as on a printed form."""
    return "　".join(f"{'☑' if each == code else '□'}{word(domain, each)}" for each in codes)


def clean(text: object) -> str:
    """Return what somebody typed without characters that no paper can hold; lines stay lines."""
    return _CONTROL.sub("", str(text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")).strip()


def day(wire: object) -> str:
    """Return 2026年1月20日 for a day or a moment in wire form; what is masked stays as it is."""
    text = str(wire or "")
    if "T" in text:
        text = from_iso(text).astimezone(OFFICE_TIME).date().isoformat()
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else text


def moment(wire: object) -> str:
    """Return 2026年1月20日09时30分 for a moment in wire form."""
    if not wire:
        return ""
    here = from_iso(str(wire)).astimezone(OFFICE_TIME)
    return f"{here.year}年{here.month}月{here.day}日{here:%H}时{here:%M}分"


def money(wire: object) -> str:
    """Return 3200.00元 for an amount in wire form."""
    return f"{Decimal(str(wire)):.2f}{words()['said']['yuan']}" if wire not in (None, "") else ""


def yes_no(value: Any) -> str:
    """Return 是 or 否, nothing where nobody said."""
    return "" if value is None else word("flag", "yes" if value else "no")


def sentence(key: str) -> str:
    """Return one of the fixed phrases."""
    return words()["said"][key]


__all__ = [
    "FOLDER", "boxes", "capitals", "clean", "day", "listed", "moment", "money", "sentence", "word", "words", "yes_no",
]  # fmt: skip
