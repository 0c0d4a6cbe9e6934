"""A centre with a rule of its own: it refuses what somebody does to records with certain titles."""

from __future__ import annotations

from typing import Any

import pytest

from sync import conflicts
from sync.merge import Outcome, Result
from sync.protocol import Problem
from sync.server import judge, push


def refuse_titles(monkeypatch: pytest.MonkeyPatch, titles: list[str]) -> None:
    """Let centres in this process refuse every operation that gives one of ``titles``, which may grow meanwhile."""
    real, real_resolve = judge.merge, judge.conflicts.resolve

    def refused(op: Any) -> bool:
        texts = [op.init.get("title"), *(edit.to for edit in op.set.values())]
        return any(text in titles for text in texts if isinstance(text, str))

    def strict(policies: Any, state: Any, op: Any, *more: Any) -> Any:
        if refused(op):
            return Result(Outcome.REJECTED, state, problem=Problem.of("out-of-range", "title"))
        return real(policies, state, op, *more)

    def decided(policies: Any, state: Any, op: Any, *more: Any) -> Any:
        resolution = real_resolve(policies, state, op, *more)
        if refused(op):
            problem = Problem.of("out-of-range", "title")
            return conflicts.Resolution(Result(Outcome.REJECTED, state, problem=problem))
        return resolution

    monkeypatch.setattr(judge, "merge", strict)
    monkeypatch.setattr(judge.conflicts, "resolve", decided)
    monkeypatch.setattr(push, "gathered", lambda *_: None)  # new records are looked at one by one, too
    monkeypatch.setattr(judge, "_all_born", lambda *_: None)
