"""Whom a report can be handed over to, and what of it goes along (PIPL articles 6 and 23; domain rules B5.1).

The list is data that comes with the program (``resources/data/partners.toml``); desk and centre read the same one. How the
centre reaches a partner is its operator's: ``sync.server.partners``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.errors import BugError
from zzdesk.i18n import current_language

TABLE: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "partners.toml"
POLICE: Final = "110"
OF_REPORTER: Final = frozenset({"reporter_name", "reporter_phone"})
"""Fields that say who reported something: never given away where the reporter asked for secrecy, or named nobody."""
TIP_OFF: Final = "tip-off"
PURPOSES: Final = frozenset({"photo", "scan", "other"})
"""Purposes of attachments that may go to anybody: papers of identity, signatures, recordings and evidence go to nobody."""
FIELDS: Final = (
    "number", "title", "description", "category", "demand", "urgency", "happened_at", "address", "grid", "latitude",
    "longitude", "people_count", "reporter_name", "reporter_phone",
)  # fmt: skip
"""Everything of a report that may be handed over to anybody, in the order in which a form shows it."""


@dataclass(frozen=True)
class Partner:
    """One partner. ``call_first``: somebody calls before anything is written; ``placeholder``: the name is not verified.

    ``also`` are other words that people know it by, ``others`` words that only sound like it: the stations' own 社区110.
    """

    code: str
    zh: str
    en: str
    recipient: str
    fields: tuple[str, ...]
    call_first: bool = False
    placeholder: bool = False
    also: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    """The purposes of attachments that may go along."""

    @property
    def name(self) -> str:
        """Return what it is called, in the language in force."""
        return self.en if current_language() == "en" else self.zh

    def is_named(self, text: object) -> bool:
        """Say whether a text names this partner: its code, a name that it has, or the number that everybody knows it by.

        Full-width and capital letters and spaces make no other name of it; another number that has its digits in it does.
        """
        said = _plain(str(text or ""))
        for other in self.others:
            said = said.replace(_plain(other), " ")
        names = (self.zh, self.en, *self.also)
        number = self.code.isdigit() and re.search(rf"(?<![0-9]){self.code}(?![0-9])", said)
        return said == self.code or bool(number) or any(_plain(name) in said for name in names)

    def handed(self, report: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the fields of a report (as the wire carries it) that this partner would get.

        Empty ones are left out, and so is who reported it where that is to be kept secret; of a tip-off it always is
        (举报人: domain rules B5.3).
        """
        hidden = keeps_secret(report)
        here = {name for name in self.fields if report.get(name) is not None}
        if report.get("reporter_id"):  # a resident who is on record: name and number stand there
            here |= OF_REPORTER & frozenset(self.fields)
        return tuple(name for name in FIELDS if name in here and not (hidden and name in OF_REPORTER))


def keeps_secret(report: Mapping[str, Any]) -> bool:
    """Say whether who reported something (as the wire carries it) is to be kept secret; of a tip-off it always is."""
    return bool(report.get("name_hidden") or report.get("anonymous") or report.get("demand") == TIP_OFF)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def parse(text: str) -> dict[str, Partner]:
    """Read a list of partners, by code in its order.

    Raises:
        BugError: it cannot be understood: it comes with the program.
    """
    found: dict[str, Partner] = {}
    for row in tomllib.loads(text)["partner"]:
        fields = tuple(row["fields"])
        if set(fields) - set(FIELDS) or set(row.get("files", ())) - PURPOSES or row["code"] in found:
            raise BugError(f"partners.toml: {row['code']}")
        found[row["code"]] = Partner(
            row["code"], row["name"], row["name_en"], row["recipient"], fields, bool(row.get("call_first")),
            bool(row.get("placeholder")), tuple(row.get("also", ())), tuple(row.get("others", ())),
            frozenset(row.get("files", ())),
        )  # fmt: skip
    return found


@lru_cache(maxsize=1)
def shipped() -> dict[str, Partner]:
    """Return the partners that come with the program, by code."""
    return parse(TABLE.read_text("utf-8"))


def partner(code: object) -> Partner | None:
    """Return a partner, None where this program knows none of that code."""
    return shipped().get(code) if isinstance(code, str) else None
