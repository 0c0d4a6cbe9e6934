"""Placeholders in the templates of papers: ``{{ number }}``, ``{{ p.name }}``, and loops over people or rows.

Nothing else of a template language is taken: no filters, no calls, no arithmetic. So a template that an office edits can
be checked word by word before it is used, and nothing that somebody typed into a record is ever read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.i18n import N_

Shape = Mapping[str, "tuple[str, ...] | None"]
"""What a paper may name: a word (None), or a list whose items have these words."""
Said = Mapping[str, Any]
"""What a paper says: words are strings, lists hold mappings of strings."""

BROKEN: Final = N_("标记不完整或不成对")
UNKNOWN: Final = N_("没有这个占位符")
FORBIDDEN: Final = N_("这里不能用这样的标记")
MISSING: Final = N_("缺少必须有的占位符")

_WORD: Final = r"[A-Za-z_][A-Za-z0-9_]*"
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARKS: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_VALUE: Final = re.compile(rf"\{{\{{\s*({_WORD})(?:\.({_WORD}))?\s*\}}\}}")
_FOR: Final = re.compile(rf"(?:(?:p|tr)\s+)?for\s+({_WORD})\s+in\s+({_WORD})")
_IF: Final = re.compile(rf"(?:(?:p|tr)\s+)?if\s+(?:not\s+)?({_WORD})(?:\.({_WORD}))?")
_END: Final = re.compile(r"(?:(?:p|tr)\s+)?(endfor|endif|else)")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template: where, which placeholder, and what about it (a message to translate)."""

    where: str
    what: str
    message: str


@dataclass
class Checker:
    """Goes through the texts of a template in their order and remembers which lists are open."""

    shape: Shape

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []
        self.seen: set[str] = set()
        self._open: list[tuple[str, str, str, str]] = []  # kind, item, list, where

    def text(self, where: str, text: str) -> None:
        """Check one text (a paragraph, a cell)."""
        rest = _TAG.sub("", text)
        if found := _MARKS.search(rest):
            self._fault(where, text[max(0, text.find(found[0])) :][:40], BROKEN)
        for tag in _TAG.findall(text):
            if tag.startswith("{{"):
                self._value(where, tag)
            elif tag.startswith("{%"):
                self._step(where, tag, tag[2:-2].strip())
            else:
                self._fault(where, tag, FORBIDDEN)

    def finish(self, required: Iterable[str] = ()) -> list[Fault]:
        """Say what was left open and what is missing; return everything that is wrong."""
        for kind, item, source, where in self._open:
            self._fault(where, f"{kind} {item} {source}".strip(), BROKEN)
        for name in required:
            if name not in self.seen:
                self._fault("", name, MISSING)
        return self.faults

    def _fault(self, where: str, what: str, message: str) -> None:
        self.faults.append(Fault(where, what, message))

    def _value(self, where: str, tag: str) -> None:
        found = _VALUE.fullmatch(tag)
        if found is None:
            self._fault(where, tag, FORBIDDEN)
        elif not self._known(found[1], found[2]):
            self._fault(where, tag, UNKNOWN)

    def _known(self, name: str, field: str | None) -> bool:
        for kind, item, source, _ in reversed(self._open):
            if kind == "for" and item == name:
                fields = self.shape.get(source) or ()
                return field is not None and field in fields
        self.seen.add(name)
        return field is None and name in self.shape and self.shape[name] is None

    def _step(self, where: str, tag: str, said: str) -> None:
        if found := _FOR.fullmatch(said):
            self._open.append(("for", found[1], found[2], where))
            self.seen.add(found[2])
            if self.shape.get(found[2]) is None:
                self._fault(where, tag, UNKNOWN)
        elif found := _IF.fullmatch(said):
            self._open.append(("if", "", "", where))
            if not self._known(found[1], found[2]) and not (found[2] is None and found[1] in self.shape):
                self._fault(where, tag, UNKNOWN)
        elif found := _END.fullmatch(said):
            self._close(where, tag, found[1])
        else:
            self._fault(where, tag, FORBIDDEN)

    def _close(self, where: str, tag: str, word: str) -> None:
        wanted = {"endfor": "for", "endif": "if", "else": "if"}[word]
        if not self._open or self._open[-1][0] != wanted:
            self._fault(where, tag, BROKEN)
        elif word != "else":
            self._open.pop()


def fill(text: str, said: Said, blank: str = "") -> str:
    """Return a text with its placeholders filled; what is not known stays ``blank``, to be written in by hand.

    Filled once: what a record says is never looked at for placeholders.
    """
    def value(found: re.Match[str]) -> str:
        there = said.get(found[1])
        if found[2] is not None:
            there = there.get(found[2]) if isinstance(there, Mapping) else None
        return str(there) if there else blank

    return _VALUE.sub(value, text)


def loop(said: Said, over: str | None) -> Sequence[Said]:
    """Return what a block is filled with: once for each of a list (``p in parties``), or once."""
    if over is None:
        return (said,)
    item, source = (part.strip() for part in over.split(" in "))
    return tuple(dict(said) | {item: each} for each in said.get(source) or ())


def truth(said: Said, condition: str | None) -> bool:
    """Say whether a condition holds (``agent``, ``not agent``); none always does."""
    if condition is None:
        return True
    name = condition.removeprefix("not ").strip()
    return bool(said.get(name)) is not condition.startswith("not ")


__all__ = [
    "BROKEN", "FORBIDDEN", "MISSING", "UNKNOWN", "Checker", "Fault", "Said", "Shape", "fill", "loop", "truth",
]  # fmt: skip
