"""A line that says while one types whether a number can be right, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from ui.widgets.base import Words
from ui.widgets.fields import TextField

LENGTH: Final = 18
"""Identity numbers and credit codes have eighteen places; before that nobody is told that something is missing."""


class Verdict(Protocol):
    """What is wrong with a number, or what it says."""

    @property
    def problem(self) -> str:
        """What is wrong, in words; empty when nothing is."""

    @property
    def says(self) -> str:
        """What the number says."""


class CheckedField(TextField):
    """``judge(text)`` is asked at the eighteenth place, and when the person goes on."""

    def __init__(self, key: str, label: Words, judge: Callable[[str], Verdict], **more: Any) -> None:
        self._judge = judge
        super().__init__(key, label, limit=24, check=lambda value: judge(value).problem, **more)
        self._edit.textEdited.connect(self._typed)
        self._edit.editingFinished.connect(self.judge_now)

    def judge_now(self) -> None:
        """Say what the number says, or what is wrong with it."""
        text = self.value()
        verdict = self._judge(text) if text else None
        self.show_problem(verdict.problem if verdict else "")
        self._praise(verdict.says if verdict else "")

    def _typed(self, text: str) -> None:
        if len(text.strip()) >= LENGTH:
            self.judge_now()
        else:
            self._praise("")

    def _praise(self, text: str) -> None:
        self.say_help(text or self._help_words(), "success" if text else "small")
