"""The odd-job station: postings, employers and workers."""

from ui.pages.jobs.page import make_page

__all__ = ["make_page"]
