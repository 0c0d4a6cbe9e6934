"""What a list of jobs, mass prevention or mediation is asked for, as it is kept under a name, said and looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from ui.labels import state_tag, value_word
from ui.pages.values import joined
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

_UNREADABLE: Final = N_("这个筛选读不出来，请删除后重新保存")


@dataclass(frozen=True)
class Asked:
    """A chip, states that were ticked beside it, codes of one more box, and the words of the search."""

    chip: str = ""
    states: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str = ""


def to_json(asked: Asked) -> str:
    """Return what is kept: what is empty is left out."""
    return msgspec.json.encode({name: value for name, value in asdict(asked).items() if value}).decode()


def from_json(kept: str, chips: Sequence[str]) -> Asked:
    """Return what was kept for a list with these chips.

    Raises:
        InvalidError: it is no such thing, or asks for a chip that this program does not have.
    """
    try:
        found = msgspec.json.decode(kept)
        states, codes = (tuple(found.get(name, ())) for name in ("states", "codes"))
        asked = Asked(found.get("chip", ""), states, codes, found.get("text", ""))
    except (msgspec.DecodeError, AttributeError, TypeError) as error:
        raise InvalidError.one("filter", _UNREADABLE) from error
    said = (asked.chip, asked.text, *asked.states, *asked.codes)
    if asked.chip not in chips or not all(isinstance(each, str) for each in said):
        raise InvalidError.one("filter", _UNREADABLE)
    return asked


def in_words(kind: str, field: str, asked: Asked, chip: str) -> str:
    """Return it in one line; ``chip`` is what its chip says, ``field`` what ``codes`` are values of."""
    quoted = QCoreApplication.translate("ReportFilters", "“{text}”").format(text=asked.text) if asked.text else ""
    return joined(
        chip, "、".join(state_tag(kind, state).text for state in asked.states),
        "、".join(value_word(kind, field, code) for code in asked.codes), quoted,
    )  # fmt: skip


__all__ = ["Asked", "from_json", "in_words", "to_json"]
