"""Reports of one matter, for the windows: which may be one, which are, and saying so (:mod:`zzdesk.reports.links`)."""

from __future__ import annotations

from zzdesk.reports.duplicates import Suspect, suspects
from zzdesk.reports.links import Family, family, link, unlink

__all__ = ["Family", "Suspect", "family", "link", "suspects", "unlink"]
