"""Personal numbers that slipped into free text: every one of them, so that a page can offer to move them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from zzdesk.errors import InvalidError
from zzdesk.people.identity import birth_date, from_fifteen, normalise
from zzdesk.people.masks import mask
from zzdesk.people.phones import parse_phone

_DIGIT: Final = "[0-9０-９]"
_GAP: Final = "[ \u3000-]?"
_ALONE_BEFORE: Final = "(?<![0-9０-９A-Za-z])"
_ALONE_AFTER: Final = "(?![0-9０-９A-Za-z])"
_IDENTITY: Final = re.compile(
    f"{_ALONE_BEFORE}{_DIGIT}{{6}}{_GAP}"
    f"(?:{_DIGIT}{{8}}{_GAP}{_DIGIT}{{3}}[0-9０-９XxＸｘ]|{_DIGIT}{{6}}{_GAP}{_DIGIT}{{3}}){_ALONE_AFTER}"
)
_PHONE: Final = re.compile(
    f"(?<![0-9０-９])(?:(?:[+＋]|00|００)?[8８][6６]{_GAP})?(?:"
    f"[1１][3-9３-９]{_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}"
    f"|[(（]?[0０]{_DIGIT}{{2,3}}[)）]?[ \u3000－-]?{_DIGIT}{{7,8}}(?:(?:转|-|－){_DIGIT}{{1,6}})?"
    f"){_ALONE_AFTER}"
)


_BANK: Final = re.compile(f"{_ALONE_BEFORE}[3-6３-６](?:[ \u3000-]?{_DIGIT}){{15,18}}{_ALONE_AFTER}")


@dataclass(frozen=True)
class Hit:
    """A number found in a text: where it stands, its kind, and the form in which it would be stored."""

    kind: Literal["id", "phone", "bank"]
    start: int
    end: int
    value: str

    @property
    def masked(self) -> str:
        """Return the number as a page may show it in its question."""
        return mask(self.kind, self.value)


def find_personal(text: str) -> list[Hit]:
    """Return every identity number, bank card and phone in the text, in order; none overlaps another.

    A bank card has 16 to 19 digits, the last of them the check digit of ISO/IEC 7812-1 (Luhn). An identity number
    counts when its date of birth is a day, even where its check digit is wrong: a slip of the pen is personal all the
    same.
    """
    found = list(_identities(text))
    for more in (_cards(text), _phones(text)):
        found += [hit for hit in more if not any(_overlap(hit, other) for other in found)]
    return sorted(found, key=lambda hit: hit.start)


def hints(text: str) -> frozenset[str]:
    """Return the kinds of numbers (``id``, ``phone``, ``bank``) in a text that had better stand in their own fields."""
    return frozenset(hit.kind for hit in find_personal(text))


def hide_personal(text: str) -> str:
    """Return the text with every identity number, bank card and phone masked in place."""
    shown, at = [], 0
    for hit in find_personal(text):
        shown += [text[at : hit.start], hit.masked]
        at = hit.end
    return "".join([*shown, text[at:]])


@dataclass(frozen=True)
class MovedOut:
    """Texts without the numbers that fields of their own can take; ``values`` by kind, and which hits moved or stayed."""

    texts: dict[str, str]
    values: dict[str, str]
    moved: tuple[Hit, ...]
    stayed: tuple[Hit, ...]


def move_out(texts: Mapping[str, str], fields: Mapping[str, str | None]) -> MovedOut:
    """Move numbers out of texts into fields: each leaves its masked form behind.

    ``fields`` are the kinds that have a field, with what stands in it. A field takes one number; what finds none stays in
    the text, where it is masked whenever it is shown, so that nothing is lost.
    """
    values = {kind: value for kind, value in fields.items() if value}
    shown: dict[str, str] = {}
    moved: list[Hit] = []
    stayed: list[Hit] = []
    for name, text in texts.items():
        parts, at = [], 0
        for hit in find_personal(text):
            fits = hit.kind in fields and values.setdefault(hit.kind, hit.value) == hit.value
            (moved if fits else stayed).append(hit)
            parts += [text[at : hit.start], hit.masked if fits else text[hit.start : hit.end]]
            at = hit.end
        shown[name] = "".join([*parts, text[at:]])
    return MovedOut(shown, values, tuple(moved), tuple(stayed))


def _identities(text: str) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(text):
        number = re.sub("[ \u3000-]", "", normalise(match[0]))
        number = from_fifteen(number) if len(number) == 15 else number
        if number[0] != "0" and birth_date(number):
            yield Hit("id", match.start(), match.end(), number)


def _cards(text: str) -> Iterator[Hit]:
    for match in _BANK.finditer(text):
        number = re.sub("[ \u3000-]", "", normalise(match[0]))
        if _luhn(number):
            yield Hit("bank", match.start(), match.end(), number)


def _luhn(number: str) -> bool:
    """Say whether the check digit of ISO/IEC 7812-1 is right."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def _phones(text: str) -> Iterator[Hit]:
    for match in _PHONE.finditer(text):
        try:
            phone = parse_phone(match[0])
        except InvalidError:
            continue
        yield Hit("phone", match.start(), match.end(), phone.number)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end
