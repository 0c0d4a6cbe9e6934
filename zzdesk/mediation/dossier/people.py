"""The parties of a case as its papers name them: persons with what row 2 of domain rules B1.2 asks, organisations with
their representative and the company seal (row 10).
"""

from __future__ import annotations

import re
from typing import Any, Final

from zzdesk.mediation.dossier import words
from zzdesk.mediation.dossier.gather import Body, File

PARTY: Final = (
    "no", "role", "name", "kind", "sex", "ethnicity", "age", "birth", "document", "occupation", "phone", "address", "home",
    "employer", "service_address", "representative", "agent", "agent_identity", "agent_phone", "agent_powers",
    "agent_authority", "agent_from", "agent_until", "told_at", "told", "unsigned", "wants_public", "sign", "line", "service_line",
)  # fmt: skip
"""The words of one party."""


def parties(file: File) -> list[dict[str, str]]:
    """Return the parties in the order of their roles: who asks, who is asked, third persons."""
    order = list(words.words()["role"])
    found = sorted(file.of("party"), key=lambda p: order.index(p["role"]) if p["role"] in order else len(order))
    return [party(file, body, at) for at, body in enumerate(found, 1)]


def party(file: File, body: Body, number: int = 1) -> dict[str, str]:
    """Return one party in words."""
    legal = body.get("party_kind") == "legal"
    plain = ("name", "ethnicity", "occupation", "phone", "address", "employer", "service_address", "representative")
    said: dict[str, str] = {key: words.clean(body.get(key)) for key in plain}
    said |= {
        "no": str(number), "role": words.word("role", body.get("role")), "kind": words.word("party_kind", body.get("party_kind")),
        "sex": words.word("sex", body.get("sex")), "age": "" if legal else _age(file, body),
        "birth": words.day(body.get("birth")),
        "document": words.clean(body.get("credit_code") if legal else body.get("identity_number")),
        "home": said["address"] or said["employer"], "agent": words.clean(body.get("agent_name")),
        "agent_identity": words.clean(body.get("agent_identity")), "agent_phone": words.clean(body.get("agent_phone")),
        "agent_powers": words.clean(body.get("agent_powers")),
        "agent_authority": words.word("authority", body.get("agent_authority")),
        "agent_from": words.day(body.get("agent_from")), "agent_until": words.day(body.get("agent_until")),
        "told_at": words.moment(body.get("notice_at")), "told": _told(body),
        "unsigned": words.sentence("refused_to_sign") if body.get("notice_signed") is False else "",
        "wants_public": words.yes_no(body.get("wants_public")),
        "sign": words.sentence("sign_legal" if legal else "sign_natural"),
    }  # fmt: skip
    said["line"] = _line(said, legal)
    said["service_line"] = said["service_address"] or said["address"]
    return said


def _told(body: Body) -> str:
    if not body.get("notice_at"):
        return words.sentence("not_told")
    if body.get("notice_signed") is False:
        return words.sentence("refused_to_sign")
    return words.sentence("told_signed" if body.get("notice_signed") else "told_unsigned")


def _age(file: File, body: Body) -> str:
    """Return the age on the day of acceptance, where the day of birth may be seen."""
    born = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(body.get("birth") or ""))
    on = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(file.case.get("accepted_on") or ""))
    if born is None or on is None:
        return ""
    return str(int(on[1]) - int(born[1]) - ((on[2], on[3]) < (born[2], born[3])))


_PERSON: Final = ("name", "sex", "ethnicity", "age", "document", "occupation", "phone", "home")
_UNIT: Final = ("name", "document", "representative", "phone", "home")


def _line(said: dict[str, str], legal: bool) -> str:
    """Return everything that identifies a party in one line."""
    labels = words.words()["label"]
    keys = _UNIT if legal else _PERSON
    label = {key: labels.get(f"legal_{key}" if legal else key, labels.get(key, "")) for key in keys}
    parts = [f"{label[key]}{said[key]}" if label[key] else said[key] for key in keys if said[key]]
    return "，".join(parts)


def names(found: list[dict[str, str]], role: str | None = None) -> str:
    """Return the names of the parties of a role, or of all."""
    wanted = words.word("role", role) if role else None
    return "、".join(p["name"] for p in found if wanted is None or p["role"] == wanted)


def name_of(file: File, record_id: Any) -> str:
    """Return the name of a party by its id; nothing for one that is void or not here."""
    return words.clean(file.one("party", record_id).get("name"))
