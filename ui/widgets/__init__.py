"""Shared widgets: every page is made of these, so that knowing one page is knowing all."""
