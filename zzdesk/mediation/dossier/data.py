"""What each official paper says, as one mapping of words and lists: the Word template and the PDF are filled from the same.

The articles are those of 人民调解法 (PML); rows are those of domain rules B1.2. Values are text that is never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from zzdesk.clock import OFFICE_TIME, RecordId, local_day
from zzdesk.documents.placeholders import Shape
from zzdesk.documents.series import official
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.dossier import words
from zzdesk.mediation.dossier.gather import Body, File
from zzdesk.mediation.dossier.people import PARTY, name_of, names, parties, party

Words = dict[str, Any]

FILE: Final = ("no", "name", "purpose", "of", "size", "sha256", "taken_at", "note")
LINE: Final = ("no", "what", "amount", "due_on", "by", "to", "state", "done_on", "done_how", "done_amount")
SPOKEN: Final = ("at", "who", "kind", "text")
POINT: Final = ("box", "text")
_BASE: Final = (
    "committee", "committee_address", "committee_phone", "station", "number", "year", "category", "source", "source_boxes",
    "linkage", "linkage_number", "accepted_on", "due_on", "extended_to", "closed_on", "finished_on", "archived_on",
    "retention", "mediators", "registrar", "title", "facts", "demands", "place", "happened_on", "is_public", "amount",
    "amount_words", "outcome", "finding", "ending", "dossier_note", "court", "names", "applicants_names",
    "respondents_names", "copies", "session_days", "today", "by", "stamp",
)  # fmt: skip
BASE: Final[Shape] = {**dict.fromkeys(_BASE), "parties": PARTY, "applicants": PARTY, "respondents": PARTY}
"""What every paper may name."""
_AGREED: Final[Shape] = {
    **dict.fromkeys(("agreement_number", "amends", "agreed_facts", "issues", "responsibility", "content", "performance",
                     "perform_by", "agreed_amount", "agreed_amount_words", "reached_on", "effective_on", "confirm_by",
                     "confirm_until", "content_hash")),
    "lines": LINE,
}  # fmt: skip
PRINTING: Final = frozenset({"today", "by", "stamp"})
"""What changes with every print and is no part of what a paper says."""

SHAPES: Final[dict[str, Shape]] = {
    "cover": BASE,
    "contents": {**BASE, "rows": ("no", "name", "pages", "note")},
    "application": BASE,
    "acceptance": BASE,
    "notice": BASE,
    "identity": {**BASE, "files": FILE},
    "authorisation": {**BASE, **dict.fromkeys(PARTY)},
    "investigation": {**BASE, **dict.fromkeys(("started_at", "ended_at", "where", "asked", "asked_about", "investigators",
                                               "others", "recorder", "record", "signing"))},
    "evidence": {**BASE, "files": FILE},
    "session": {**BASE, **dict.fromkeys(("nth", "started_at", "ended_at", "where", "mode", "present", "invited", "recorder",
                                         "record", "result", "read_back")), "statements": SPOKEN, "points": POINT},
    "agreement": {**BASE, **_AGREED},
    "oral": {**BASE, **_AGREED},
    "performance": {**BASE, **_AGREED, "files": FILE},
    "revisit": {**BASE, **_AGREED, **dict.fromkeys(("visited_at", "way", "visitor", "visited", "performed", "satisfaction",
                                                    "sued", "wrongly_mediated", "escalated", "danger", "measures", "record"))},
    "confirmation": {**BASE, **_AGREED, **dict.fromkeys(("to_court", "court_ground", "raw_last_day", "extended_last_day",
                                                         "applied_on")), "papers": POINT},
    "closing": {**BASE, **_AGREED},
    "note": BASE,
    "back": BASE,
    "refusal": BASE,
    "termination": {**BASE, "ground": None},
}  # fmt: skip
"""Every paper and what its template may name."""


def said(file: File, paper: str, record_id: RecordId | None = None) -> Words:
    """Return what a paper says; ``record_id`` is the session, agreement, party… that it is about, where there are several."""
    shape = SHAPES[paper]
    made = _base(file) | _BUILDERS.get(paper, _nothing)(file, record_id)
    for name, fields in shape.items():
        made.setdefault(name, "" if fields is None else [])
    return {name: made[name] for name in shape}


def _nothing(file: File, record_id: RecordId | None) -> Words:
    return {}


def _base(file: File) -> Words:
    case, dispute, committee = file.case, file.dispute, file.committee
    found = parties(file)
    today = local_day(file.now).isoformat()
    name = committee.get("name") or f"{file.station}{words.sentence('mediation')}"
    plain = ("title", "facts", "demands", "place", "finding", "ending", "dossier_note")
    text = {key: words.clean(dispute.get(key)) for key in plain}
    days = ("accepted_on", "due_on", "extended_to", "closed_on", "finished_on", "archived_on")
    sources = ("application", "initiative", "referral", "guided")
    asks = words.word("role", "applicant")
    return text | {key: words.day(case.get(key)) for key in days} | {
        "committee": name, "committee_address": words.clean(committee.get("address")),
        "committee_phone": words.clean(committee.get("phone")), "station": file.station,
        "court": words.clean(committee.get("court")),
        "number": official(case.get("number") or case.get("alias")),
        "year": str(case.get("accepted_on") or today)[:4], "category": words.word("category", case.get("category")),
        "source": words.word("source", case.get("source")), "source_boxes": words.boxes("source", case.get("source"), sources),
        "linkage": words.word("linkage", case.get("linkage")), "linkage_number": words.clean(case.get("linkage_number")),
        "retention": words.word("retention", case.get("retention")), "outcome": words.word("outcome", case.get("outcome")),
        "mediators": "、".join(_accounts(file, case.get("mediators"))), "registrar": file.names.get(case["created_by"], ""),
        "happened_on": words.day(dispute.get("happened_on")), "is_public": words.yes_no(dispute.get("is_public") or False),
        "amount": words.money(case.get("amount")), "amount_words": words.capitals(case.get("amount")), "parties": found,
        "applicants": [p for p in found if p["role"] == asks], "respondents": [p for p in found if p["role"] != asks],
        "names": names(found), "applicants_names": names(found, "applicant"), "respondents_names": names(found, "respondent"),
        "copies": str(len(found) + 1), "session_days": _session_days(file), "today": words.day(today), "by": file.by,
        "stamp": stamp(file),
    }  # fmt: skip


def stamp(file: File) -> str:
    """Return who makes the paper and when: what stands on every copy that leaves the desk (domain rules B1.7).

    Where an agreement in effect was altered since, that stands there as well.
    """
    made = f"{file.by} {file.now.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"
    return f"{made} {words.sentence('altered_mark')}" if file.altered else made


def _accounts(file: File, ids: Iterable[str] | None) -> list[str]:
    return [file.names[account] for account in ids or () if account in file.names]


def _session_days(file: File) -> str:
    found = [words.day(s["started_at"]) for s in file.of("session") if s.get("started_at")]
    return "、".join(dict.fromkeys(found))


# ---- rows 5 to 9 ----------------------------------------------------------------------------------------------------


def file_row(file: File, number: int, attachment: Body) -> dict[str, str]:
    """Return one attachment: its name, what it is of, and its SHA-256, by which anybody can verify a copy (row 8)."""
    owner = name_of(file, attachment["record_id"])
    size = int(attachment["size"])
    return {
        "no": str(number), "name": words.clean(attachment.get("name")),
        "purpose": words.word("purpose", attachment.get("purpose")),
        "of": owner, "size": f"{max(1, round(size / 1024))} KB", "sha256": str(attachment["sha256"]),
        "taken_at": words.moment(attachment.get("taken_at")), "note": words.clean(attachment.get("note")),
    }  # fmt: skip


def files_of(file: File, paper: str, record_id: RecordId | None = None) -> list[Body]:
    """Return the attachments that lie behind a paper: proofs of identity, evidence, receipts, the signed copy."""
    return [a for a in file.attachments if _paper_of(a) == paper and (record_id is None or a["record_id"] == record_id)]


_SIGNED: Final = {"session": "session", "agreement": "agreement", "investigation": "investigation", "revisit": "revisit",
                  "confirmation": "confirmation", "party": "authorisation"}  # fmt: skip


def _paper_of(attachment: Body) -> str:
    purpose, kind = attachment.get("purpose"), attachment["record_kind"]
    if purpose in ("identity", "licence"):
        return "identity"
    if purpose == "receipt" or kind == "performance_line":
        return "performance"
    if purpose in ("scan", "signature") and kind in _SIGNED:
        return _SIGNED[kind]
    return "evidence"


def _files(paper: str) -> Callable[[File, RecordId | None], Words]:
    def build(file: File, record_id: RecordId | None) -> Words:
        return {"files": [file_row(file, at, a) for at, a in enumerate(files_of(file, paper), 1)]}

    return build


def _authorisation(file: File, record_id: RecordId | None) -> Words:
    return party(file, file.one("party", record_id))


def _names_of(file: File, ids: Iterable[Any] | None) -> str:
    return "、".join(filter(None, (name_of(file, each) for each in ids or ())))


def _investigation(file: File, record_id: RecordId | None) -> Words:
    body = file.one("investigation", record_id)
    plain = ("asked", "asked_about", "recorder", "record")
    return {key: words.clean(body.get(key)) for key in plain} | {
        "started_at": words.moment(body.get("started_at")), "ended_at": words.moment(body.get("ended_at")),
        "where": words.clean(body.get("place")), "investigators": "、".join(map(words.clean, body.get("investigators") or ())),
        "others": "、".join(map(words.clean, body.get("others") or ())),
        "signing": "" if body.get("signing") != "refused" else words.sentence("refused_to_sign"),
    }  # fmt: skip


def _session(file: File, record_id: RecordId | None) -> Words:
    body = file.one("session", record_id)
    at = [s["id"] for s in file.of("session")].index(record_id) + 1 if body else 0
    invited = [p for p in file.of("participant") if p["id"] in (body.get("invited") or ())]
    guests = [f"{words.clean(p.get('name'))}（{words.word('capacity', p.get('capacity'))}）" for p in invited]
    guests += [words.clean(each) for each in body.get("attendees") or ()]
    points = body.get("points") or ()
    return {
        "nth": str(at or ""), "started_at": words.moment(body.get("started_at")), "ended_at": words.moment(body.get("ended_at")),
        "where": words.clean(body.get("place")), "mode": words.word("mode", body.get("mode")),
        "present": _present(file, body), "invited": "、".join(guests), "recorder": words.clean(body.get("recorder")),
        "record": words.clean(body.get("record")), "result": words.word("result", body.get("result")),
        "read_back": words.yes_no(body.get("read_back")),
        "points": [{"box": "☑" if code in points else "□", "text": words.word("point", code)} for code in flow.POINTS],
        "statements": [_spoken(file, s) for s in file.of("statement") if s["session_id"] == record_id],
    }  # fmt: skip


def _present(file: File, body: Body) -> str:
    ids = body.get("present")
    named = [name_of(file, each) or words.clean(each) for each in ids] if ids else []
    return "、".join(named) if named else names(parties(file))


def _spoken(file: File, body: Body) -> dict[str, str]:
    who = name_of(file, body.get("party_id")) or words.clean(body.get("speaker"))
    return {"at": words.moment(body.get("created_at")), "who": who, "kind": words.word("statement", body.get("statement_kind")),
            "text": words.clean(body.get("text"))}  # fmt: skip


# ---- rows 10 to 14 --------------------------------------------------------------------------------------------------


def _agreed(file: File, record_id: RecordId | None) -> Words:
    """Say what an agreement says (PML article 29); one that changes another names it (rows 10 and 11)."""
    body = file.one("agreement", record_id) or file.agreement
    if not body:
        return {}
    plain = ("issues", "responsibility", "content", "performance")
    number = official(file.case.get("number") or file.case.get("alias"))
    order = [a["id"] for a in file.of("agreement")].index(body["id"])
    amends = words.word("amendment", body.get("amendment") or "change") if body.get("amends") else ""
    return {key: words.clean(body.get(key)) for key in plain} | {
        "agreement_number": f"{number}-{order + 1}" if body.get("amends") else number, "amends": amends,
        "agreed_facts": words.clean(body.get("facts")), "perform_by": words.day(body.get("perform_by")),
        "agreed_amount": words.money(body.get("amount")), "agreed_amount_words": words.capitals(body.get("amount")),
        "reached_on": words.day(body.get("reached_at")), "effective_on": words.day(body.get("effective_at")),
        "confirm_by": words.day(body.get("confirm_by")), "confirm_until": words.day(body.get("confirm_until")),
        "content_hash": str(body.get("content_hash") or ""), "lines": _lines(file, body["id"]),
        "copies": str(body.get("copies") or len(file.of("party")) + 1),
    }  # fmt: skip


def _lines(file: File, agreement_id: RecordId) -> list[dict[str, str]]:
    found = sorted((b for b in file.of("performance_line") if b["agreement_id"] == agreement_id), key=lambda b: b["due_on"])
    return [
        {
            "no": str(at), "what": words.clean(b.get("what")), "amount": words.money(b.get("amount")),
            "due_on": words.day(b.get("due_on")), "by": name_of(file, b.get("by_party")), "to": name_of(file, b.get("to_party")),
            "state": words.word("line_state", b.get("state")), "done_on": words.day(b.get("done_on")),
            "done_how": words.word("performed", b.get("done_how")), "done_amount": words.money(b.get("done_amount")),
        }
        for at, b in enumerate(found, 1)
    ]  # fmt: skip


def _performance(file: File, record_id: RecordId | None) -> Words:
    return _agreed(file, None) | _files("performance")(file, None)


def _revisit(file: File, record_id: RecordId | None) -> Words:
    body = file.one("revisit", record_id)
    plain = ("visitor", "danger", "measures", "record")
    return _agreed(file, body.get("agreement_id")) | {key: words.clean(body.get(key)) for key in plain} | {
        "visited_at": words.moment(body.get("visited_at")), "way": words.word("visit", body.get("way")),
        "visited": _names_of(file, body.get("visited")), "performed": words.word("performance", body.get("performance")),
        "satisfaction": words.word("satisfaction", body.get("satisfaction")), "sued": words.yes_no(body.get("sued")),
        "wrongly_mediated": words.yes_no(body.get("wrongly_mediated")), "escalated": words.yes_no(body.get("escalated")),
    }  # fmt: skip


def _termination(file: File, record_id: RecordId | None) -> Words:
    """Say why mediation ended without an agreement, with the article: it failed, was asked to end, or was refused midway."""
    outcome = file.case.get("outcome")
    return {"ground": words.sentence(f"ended_{outcome if outcome in ('withdrawn', 'refused') else 'failed'}")}


def _confirmation(file: File, record_id: RecordId | None) -> Words:
    """Say what a joint application for judicial confirmation says (PML article 33; 法释〔2011〕5号 article 3)."""
    body = file.one("confirmation", record_id)
    agreed = _agreed(file, body.get("agreement_id"))
    there = body.get("papers") or ()
    return agreed | {
        "to_court": words.clean(body.get("court")) or words.clean(file.committee.get("court")),
        "court_ground": words.word("court_ground", body.get("court_ground")),
        "raw_last_day": words.day(body.get("raw_last_day")) or agreed.get("confirm_by", ""),
        "extended_last_day": words.day(body.get("extended_last_day")) or agreed.get("confirm_until", ""),
        "applied_on": words.day(body.get("applied_on")),
        "papers": [{"box": "☑" if code in there else "□", "text": words.word("confirmation_paper", code)}
                   for code in flow.CONFIRMATION_PAPERS],
    }  # fmt: skip


_BUILDERS: Final[dict[str, Callable[[File, RecordId | None], Words]]] = {
    "identity": _files("identity"), "authorisation": _authorisation, "investigation": _investigation,
    "evidence": _files("evidence"), "session": _session, "agreement": _agreed, "oral": _agreed,
    "performance": _performance, "revisit": _revisit, "confirmation": _confirmation, "closing": _agreed,
    "termination": _termination,
}  # fmt: skip
