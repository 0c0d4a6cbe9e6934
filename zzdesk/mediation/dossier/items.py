"""Which papers a case has, in the order of the dossier (domain rules B1.2, rows 0 to 16).

What is missing of them says ``zzdesk.mediation.completeness``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zzdesk.clock import RecordId
from zzdesk.mediation.dossier.data import files_of
from zzdesk.mediation.dossier.gather import Body, File

MUST, NEEDED, LOCAL = "must", "needed", "local"
FRAME: Final = ("cover", "contents", "back")
"""What stands around the dossier's pages and is not counted among them."""
ORDER: Final = (
    "cover", "contents", "application", "acceptance", "notice", "identity", "authorisation", "investigation", "evidence",
    "session", "agreement", "oral", "refusal", "termination", "performance", "revisit", "confirmation", "closing", "note", "back",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One paper: whether the law or practice asks for it, whether it belongs into the dossier now, and whether it is signed.

    ``nth`` numbers several of one kind, None where there is only one.
    """

    paper: str
    record_id: RecordId | None
    need: str
    included: bool
    signed: bool
    nth: int | None
    files: int

    @property
    def key(self) -> str:
        """Return what names it within its case."""
        return f"{self.paper}/{self.record_id}" if self.record_id else self.paper


def items(file: File) -> tuple[Item, ...]:
    """Return the papers of a case that can be made now, in the order of the dossier."""
    made = [item for paper in ORDER for item in _of(file, paper)]
    return tuple(made)


def _of(file: File, paper: str) -> Iterator[Item]:
    if paper in _EACH:
        bodies = [body for body in file.of(_EACH[paper]) if _is_one(paper, body)]
        for at, body in enumerate(bodies, 1):
            held = len(files_of(file, paper, body["id"]))
            yield Item(paper, body["id"], _need(file, paper), _belongs(paper, body), _is_signed(paper, body),
                       at if len(bodies) > 1 else None, held)  # fmt: skip
    elif _there(file, paper):
        held = len(files_of(file, paper)) if paper in ("identity", "evidence", "performance") else 0
        yield Item(paper, None, _need(file, paper), _included(file, paper, held), False, None, held)


_EACH: Final = {"authorisation": "party", "investigation": "investigation", "session": "session", "agreement": "agreement",
                "oral": "agreement", "revisit": "revisit", "confirmation": "confirmation"}  # fmt: skip


def _is_one(paper: str, body: Body) -> bool:
    if paper == "authorisation":
        return bool(body.get("agent_name"))
    if paper in ("agreement", "oral"):
        return bool(body["form"] == ("written" if paper == "agreement" else "oral"))
    return True


def _belongs(paper: str, body: Body) -> bool:
    """Say whether a record is far enough to be put away with the rest: a draft is not."""
    state = body.get("state")
    ready = {"session": "closed", "investigation": "closed", "agreement": "effective", "oral": "effective", "revisit": "done"}
    return bool(state == ready[paper] if paper in ready else state != "dropped")


def _is_signed(paper: str, body: Body) -> bool:
    return paper in ("session", "investigation", "agreement", "oral", "revisit") and _belongs(paper, body)


def _there(file: File, paper: str) -> bool:
    """Say whether a paper of which there is one can be made of what is known."""
    outcome = file.case.get("outcome")
    if paper == "refusal":
        return outcome == "refused" and not file.of("session")
    if paper == "termination":  # who withdrew had been accepted; who refuses at the table ends what had begun
        return outcome in ("failed", "withdrawn") or (outcome == "refused" and bool(file.of("session")))
    if paper == "performance":
        return bool(file.of("performance_line")) or bool(files_of(file, paper))
    return True


def _included(file: File, paper: str, held: int) -> bool:
    """Say whether it belongs into the dossier: of application and acceptance one is needed (rows 2 and 3)."""
    applied = file.case["source"] == "application"
    rules = {
        "application": applied, "acceptance": not applied, "evidence": held > 0, "note": bool(file.dispute.get("dossier_note")),
        "closing": bool(file.case.get("closed_on")),
    }  # fmt: skip
    return bool(rules.get(paper, True))


def _need(file: File, paper: str) -> str:
    applied = file.case["source"] == "application"
    if paper in ("cover", "contents", "notice", "identity", "session", "agreement", "oral", "back"):
        return MUST
    if paper == ("application" if applied else "acceptance"):
        return MUST
    return LOCAL if paper in ("closing", "refusal", "termination") else NEEDED
