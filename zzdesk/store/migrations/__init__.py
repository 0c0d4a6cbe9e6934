"""Schema revisions of the desk's database. They never import today's models.

The revisions are named here as well, so that opening a database of today needs no Alembic (start-up time).
"""

from __future__ import annotations

from typing import Final

REVISIONS: Final = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0013", "0014", "0016", "0012",
    "0019", "0018", "0017", "0020", "0024", "0022", "0021", "0028", "0023", "0025", "0027", "0029", "0021b", "0023b",
    "0032", "0030", "0036", "0037", "0042", "0052", "0040", "0046", "0038", "0043", "0047", "0041", "0048", "0044", "0049",
    "0054", "0045", "0055", "0051", "0039", "0050", "0058", "0057",
)  # fmt: skip
"""Every revision, oldest first; the last one is what this program works with."""
