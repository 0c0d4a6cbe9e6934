"""People's mediation: stubs of all cases, and the file of a case for its team."""

from ui.pages.mediation.page import make_page

__all__ = ["make_page"]
