"""Which papers a case has, in the order of the dossier (domain rules B1.2, rows 0 to 16), and what is missing of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zzdesk.clock import RecordId
from zzdesk.i18n import N_
from zzdesk.mediation.dossier import words
from zzdesk.mediation.dossier.data import files_of
from zzdesk.mediation.dossier.gather import Body, File
from zzdesk.mediation.dossier.people import parties

MUST, NEEDED, LOCAL = "must", "needed", "local"
FRAME: Final = ("cover", "contents", "back")
"""What stands around the dossier's pages and is not counted among them."""
ORDER: Final = (
    "cover", "contents", "application", "acceptance", "notice", "identity", "authorisation", "investigation", "evidence",
    "session", "agreement", "oral", "refusal", "termination", "performance", "revisit", "confirmation", "closing", "note", "back",
)  # fmt: skip
FAILED, REFUSED, ENDED = ("failed",), ("refused",), ("refused", "withdrawn")


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


@dataclass(frozen=True)
class Gap:
    """Something that the dossier lacks: the paper, a message to translate, and whom it is about (masked)."""

    paper: str
    message: str
    who: str = ""


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
    state = file.case["state"]
    if paper == "refusal":
        return state in ENDED
    if paper == "termination":
        return state in FAILED or file.case.get("outcome") == "failed"
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


# ---- what is missing ------------------------------------------------------------------------------------------------


def missing(file: File) -> tuple[Gap, ...]:
    """Return what the dossier lacks (PML article 27), each with the paper that it belongs to."""
    return (*_missing_start(file), *_missing_people(file), *_missing_course(file), *_missing_end(file))


def _missing_start(file: File) -> Iterator[Gap]:
    if not file.dispute:
        yield Gap("acceptance", N_("还没有登记纠纷情况"))
    elif not file.dispute.get("facts"):
        yield Gap("application" if file.case["source"] == "application" else "acceptance", N_("没有写纠纷简要情况"))
    if file.case["source"] == "application" and file.dispute and not file.dispute.get("demands"):
        yield Gap("application", N_("没有写当事人申请事项"))
    if not file.case.get("retention"):
        yield Gap("cover", N_("没有选保管期限"))
    if len(file.of("party")) < 2:
        yield Gap("acceptance", N_("当事人不足两人"))


def _missing_people(file: File) -> Iterator[Gap]:
    proved = {a["record_id"] for a in files_of(file, "identity")}
    named = {body["id"]: said["name"] for body in file.of("party") for said in parties(file) if said["name"] == body["name"]}
    mediated = file.case["state"] not in ENDED
    for body in file.of("party"):
        who = named.get(body["id"], words.clean(body.get("name")))
        if body["id"] not in proved:
            yield Gap("identity", N_("缺少身份证明"), who)
        if mediated and not body.get("notice_at"):
            yield Gap("notice", N_("还没有告知权利义务"), who)
        elif mediated and body.get("notice_signed") is None:
            yield Gap("notice", N_("告知书没有签收"), who)


def _missing_course(file: File) -> Iterator[Gap]:
    if file.case["state"] in ENDED:
        return
    sessions = file.of("session")
    if not any(s["state"] == "closed" for s in sessions):
        yield Gap("session", N_("还没有结束的调解记录"))
    if any(s["state"] == "open" for s in sessions):
        yield Gap("session", N_("还有没结束的调解记录"))
    agreed = file.case.get("outcome") in ("written", "oral") or file.case["state"] == "mediating"
    if agreed and not any(a["state"] == "effective" for a in file.of("agreement")):
        yield Gap("agreement", N_("还没有生效的调解协议"))


def _missing_end(file: File) -> Iterator[Gap]:
    if file.case.get("outcome") not in ("written", "oral"):
        if file.case.get("closed_on") and not file.dispute.get("ending"):
            yield Gap("termination", N_("没有写终止的情况"))
        return
    if any(b["state"] == "pending" for b in file.of("performance_line")):
        yield Gap("performance", N_("履行计划还有没登记结果的"))
    if not any(b["state"] == "done" for b in file.of("revisit")):
        yield Gap("revisit", N_("还没有回访记录"))
