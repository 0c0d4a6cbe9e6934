"""Conflicts: every value that somebody wrote is kept until a person decides."""

from ui.pages.conflicts.page import make_page

__all__ = ["make_page"]
