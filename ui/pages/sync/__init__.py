"""Where the desk stands towards its centre: what waits, why, since when; and joining a centre."""

from ui.pages.sync.page import make_page

__all__ = ["make_page"]
