"""Reports of residents: the list, one report with its steps, and the form that records a new one."""

from ui.pages.reports.page import make_page

__all__ = ["make_page"]
