"""The desk as a whole: opening a home, and what is not one subject's (conflicts, backup, settings, search)."""
