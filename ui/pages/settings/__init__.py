"""How this desk looks, who may log in, where backups go, and what the program is."""

from ui.pages.settings.page import make_page

__all__ = ["make_page"]
