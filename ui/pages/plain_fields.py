"""A field for any column by its type, where a form is made out of what a record holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ui.labels import field_word, value_word
from ui.widgets.base import Words, no_words
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DayField,
    Field,
    IntegerField,
    LongTextField,
    MomentField,
    MoneyField,
    TextField,
)  # fmt: skip

_PLAIN: Final[dict[str, type[Field]]] = {
    "long text": LongTextField, "integer": IntegerField, "bool": CheckField, "money": MoneyField, "date": DayField,
    "datetime": MomentField,
}
WORKABLE: Final = frozenset({*_PLAIN, "text", "choice"})
"""Types that a person can write into such a form; sets and references have forms of their own."""


def plain_field(kind: str, name: str, json_type: str, choices: Sequence[str] | None, *, label: Words | None = None,
                help: Words = no_words) -> Field:  # noqa: A002
    """Return the field for a column of a kind; a type that has none of its own is written as text."""
    words = label or (lambda: field_word(kind, name))
    if choices:
        return ChoiceField(name, words, choices, lambda code: value_word(kind, name, code), help=help)
    if json_type in _PLAIN:
        return _PLAIN[json_type](name, words, help=help)  # type: ignore[call-arg]
    return TextField(name, words, help=help)
