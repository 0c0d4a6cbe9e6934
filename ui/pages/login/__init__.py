"""Logging in, and coming back from the locked screen."""

from ui.pages.login.page import LoginPage

__all__ = ["LoginPage"]
