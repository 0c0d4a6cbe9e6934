"""The first start: choose the community, make the first administrator, keep the recovery key, join the centre."""

from ui.pages.first_run.page import FirstRunPage

__all__ = ["FirstRunPage"]
