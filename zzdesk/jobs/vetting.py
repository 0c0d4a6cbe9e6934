"""What an employer shows before it may recruit, and the scans that a vetting rests on (人力资源市场暂行条例 article 26). Pure.

A firm shows its recruiting brochure, its business licence, the handler's identity card and the mandate; a household only the
identity card. Somebody sees the originals at the counter, and a scan of each stays on the employer's record, so that whoever
vets looks at the paper and not at a tick. Which scans those were is written down with the vetting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

PAPERS: Final[dict[str, str]] = {
    "shown_brochure": "brochure", "shown_licence": "licence", "shown_handler_identity": "identity", "shown_mandate": "mandate",
}  # fmt: skip
"""What was shown, with the purpose of the file that is its scan."""
PERSON: Final = "person"
OF_PERSON: Final = "identity"
AHEAD: Final = timedelta(days=30)
"""How long before its end a vetting is brought up."""
SINCE: Final = 2
"""The first schema whose programs know that scans are needed."""


def needed(employer_kind: Any) -> tuple[str, ...]:
    """Return the purposes of the scans that an employer's vetting rests on, in the order of article 26."""
    return (OF_PERSON,) if employer_kind == PERSON else tuple(PAPERS.values())


def missing(employer_kind: Any, purposes: Iterable[Any]) -> tuple[str, ...]:
    """Return the purposes of which there is no scan."""
    there = set(purposes)
    return tuple(each for each in needed(employer_kind) if each not in there)


def counts(file: Mapping[str, Any] | None, employer_id: str) -> bool:
    """Say whether an attachment, as the wire carries it, is a file of this employer that was not declared void."""
    return file is not None and file.get("record_id") == employer_id and not file.get("voided")
