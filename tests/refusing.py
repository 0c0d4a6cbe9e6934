"""A centre with a rule of its own: it refuses what somebody does to records with certain titles."""

from __future__ import annotations

from typing import Any

import pytest

from sync.merge import Outcome, Result
from sync.protocol import Problem
from sync.server import judge, push


def refuse_titles(monkeypatch: pytest.MonkeyPatch, titles: list[str]) -> None:
    """Let centres in this process refuse every operation that gives one of ``titles``, which may grow meanwhile."""
    real = judge.merge

    def strict(policies: Any, state: Any, op: Any, *more: Any) -> Any:
        texts = [op.init.get("title"), *(edit.to for edit in op.set.values())]
        if any(text in titles for text in texts if isinstance(text, str)):
            return Result(Outcome.REJECTED, state, problem=Problem.of("out-of-range", "title"))
        return real(policies, state, op, *more)

    monkeypatch.setattr(judge, "merge", strict)
    monkeypatch.setattr(push, "gathered", lambda *_: None)  # new records are looked at one by one, too
    monkeypatch.setattr(judge, "_all_born", lambda *_: None)
