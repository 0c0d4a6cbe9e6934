"""Kinds and states in words, as shell and workbench use them; the tables are in ``ui.labels``."""

from __future__ import annotations

from ui.labels import kind_word, state_tag

__all__ = ["kind_word", "state_tag"]
