"""The page of the day: what needs me, and the quickest ways to record something."""

from ui.pages.workbench.page import make_page

__all__ = ["make_page"]
