"""Every code of the domain has a word: a kind, field, choice, state or action that is added cannot be forgotten."""

from __future__ import annotations

import zzdesk.catalogue
from sync.protocol import SERVER_KINDS
from ui.labels import action_word, field_word, kind_word, say_evaluation, state_word, value_word, word
from zzdesk.store.base import Kind, kinds

assert zzdesk.catalogue.__doc__
SHOWN = [kind for name, kind in kinds().items() if name not in SERVER_KINDS]
TECHNICAL = frozenset({"proof_key"})
"""Fields that no window shows and nobody writes."""


def _choices(kind: Kind) -> list[tuple[str, str]]:
    return [(name, code) for name, spec in kind.fields.items() for code in spec.choices or ()]


def test_every_kind_has_a_name() -> None:
    assert [kind.name for kind in SHOWN if kind_word(kind.name) == kind.name] == []


def test_every_field_has_a_name() -> None:
    missing = [(kind.name, name) for kind in SHOWN for name in kind.fields
               if name not in TECHNICAL and field_word(kind.name, name) == name]  # fmt: skip
    assert missing == []


def test_every_choice_has_a_word() -> None:
    missing = [(kind.name, name, code) for kind in SHOWN for name, code in _choices(kind)
               if value_word(kind.name, name, code) == code]  # fmt: skip
    assert missing == []


def test_every_state_and_action_has_a_word() -> None:
    tables = {kind.name: kind.model.__transitions__ for kind in SHOWN if kind.model.__transitions__}
    assert [(k, s) for k, table in tables.items() for s in sorted(table.states) if state_word(k, s) == s] == []
    assert [(k, a) for k, table in tables.items() for a in table.actions if action_word(k, a) == a] == []


def test_what_a_newer_program_wrote_is_shown_as_it_is() -> None:
    assert word("category", "of-tomorrow") == "of-tomorrow"
    assert field_word("report", "of_tomorrow") == "of_tomorrow"
    assert state_word("report", "of-tomorrow") == "of-tomorrow"
    assert word("category", None) == ""


def test_no_answer_is_no_satisfaction() -> None:
    assert say_evaluation(None).text == "未评价"
    assert "满意" not in say_evaluation(None).text
