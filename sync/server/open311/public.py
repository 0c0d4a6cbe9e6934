"""A report as everybody may read it: which service, how it stands, roughly where, and nothing about any person.

What is left out: who reported it, who handles it, its title, its files, the exact place (PIPL articles 6 and 51). The
description stands there only for services that the operator has named, with identity numbers and phones masked. What was
registered at a desk in secrecy or as a tip-off is not published at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any, Final

from sync.server.open311.dates import written
from sync.server.open311.offer import Offer
from sync.server.open311.services import SERVICES
from sync.server.own import own_id
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_, translate
from zzdesk.people.masks import mask
from zzdesk.places import queries as places
from zzdesk.reports import workflow as flow

OPEN, CLOSED = "open", "closed"
STATUSES: Final = (OPEN, CLOSED)
CELL: Final = 0.005
"""Degrees (some 500 m): a place is given as the middle of a square of this side, about as large as a grid."""
LONGEST: Final = 4000
"""Characters of a description (GeoReport v2, POST Service Request)."""

_OPEN_NOTES: Final = {
    flow.REGISTERED: N_("已登记，等待核实"),
    flow.VERIFYING: N_("正在核实"),
    flow.DISPATCHING: N_("已核实，等待派遣"),
    flow.HANDLING: N_("正在处置"),
    flow.CHECKING: N_("正在复核"),
    flow.FEEDBACK: N_("已处置，正在反馈"),
    flow.EVALUATING: N_("已反馈，等待评价"),
    flow.SUSPENDED: N_("暂停办理"),
}
_CLOSED_NOTES: Final = {
    flow.REFUSED: N_("不予受理"),
    flow.ABOLISHED: N_("不再办理"),
    flow.CLOSED: N_("已办结"),
    flow.ARCHIVED: N_("已办结"),
}
_CLOSINGS: Final = {
    "unfounded": N_("经核实，情况不存在"),
    "not-ours": N_("不属于这里办理"),
    "impossible": N_("目前无法解决"),
    "self-resolved": N_("已自行解决"),
    "promised": N_("已列入计划，按期解决"),
}
_REFERRALS: Final = {
    "12345": N_("已转12345便民服务平台"),
    "110": N_("已转110"),
    "mediation": N_("已转人民调解"),
    "other": N_("已转其他单位"),
}


@dataclass(frozen=True)
class Standing:
    """How a request stands: open or closed, and the Chinese message id of what is said about it."""

    status: str
    note: str


def standing(body: Mapping[str, Any]) -> Standing:
    """Return how a report stands; a state of a newer program counts as open."""
    state = str(body.get("state"))
    if state == flow.REFERRED:
        return Standing(CLOSED, _REFERRALS.get(str(body.get("referred_to")), _REFERRALS["other"]))
    if state in (flow.CLOSED, flow.ARCHIVED):
        return Standing(CLOSED, _CLOSINGS.get(str(body.get("closing")), _CLOSED_NOTES[state]))
    if state in _CLOSED_NOTES:
        return Standing(CLOSED, _CLOSED_NOTES[state])
    return Standing(OPEN, _OPEN_NOTES.get(state, N_("正在办理")))


def is_public(report_id: str, body: Mapping[str, Any], offer: Offer) -> bool:
    """Say whether a report is published: what came in by this door, and of the rest, where wanted, what is no secret.

    That it came in is seen by its id, which follows from the partner's number: a desk can write any source.
    """
    if body.get("voided") or body.get("category") not in offer.services:
        return False
    source = source_of(body)
    if source is not None and source[0] in offer.partners and own_id("report of", *map(str, source)) == report_id:
        return True
    return offer.everything and not body.get("name_hidden") and body.get("demand") != "tip-off"


def source_of(body: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """Return from which partner a report came and what it is called there, None of one that came from nobody."""
    system, reference = body.get("external_system"), body.get("external_ref")
    return (system, reference) if system and reference else None


def facts(
    body: Mapping[str, Any], scope: str, updated: str, offer: Offer, answer: str | None = None,
    picture: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what is kept for the public of a report, in no language yet: codes, message ids, moments.

    ``answer`` was written for the public; once the report has ended it is said behind the note.
    """
    category, how = str(body.get("category")), standing(body)
    told = mask("text", answer)[:LONGEST] if answer and how.status == CLOSED else None
    return {
        "status": how.status, "note": how.note, "answer": told, "service": category, "scope": scope,
        "description": _description(body, category, offer), "requested": str(body.get("created_at")),
        "updated": updated, "expected": None if body.get("due_provisional") else body.get("due_at"),
        "grid": _grid(body.get("grid"), scope), "lat": _cell(body.get("latitude")), "long": _cell(body.get("longitude")),
        **({"picture": dict(picture)} if picture else {}),
    }  # fmt: skip


def shown(request_id: str, kept: Mapping[str, Any], language: str, media_url: str | None = None) -> dict[str, Any]:
    """Return a request as GET requests gives it, every field of the standard in its order."""
    service = SERVICES[kept["service"]]
    place = _place(kept["scope"])
    return {
        "service_request_id": request_id, "status": kept["status"], "status_notes": _notes(kept, language),
        "service_name": translate(service.name, language), "service_code": service.code,
        "description": kept["description"], "agency_responsible": place, "service_notice": None,
        "requested_datetime": written(kept["requested"]), "updated_datetime": written(kept["updated"]),
        "expected_datetime": written(kept["expected"]) if kept["expected"] else None, "address": place,
        "address_id": kept["grid"], "zipcode": None, "lat": kept["lat"], "long": kept["long"], "media_url": media_url,
    }  # fmt: skip


def _notes(kept: Mapping[str, Any], language: str) -> str:
    return "：".join(filter(None, (translate(kept["note"], language), kept["answer"])))


def _description(body: Mapping[str, Any], category: str, offer: Offer) -> str | None:
    if category not in offer.described:
        return None
    return mask("text", str(body.get("description") or ""))[:LONGEST] or None


def _grid(grid: object, scope: str) -> str | None:
    """Return the code of a grid; what somebody typed in its place in words of their own is nobody else's business."""
    return grid if isinstance(grid, str) and grid.startswith(scope) and grid[len(scope) :].strip("-").isdigit() else None


def _cell(degrees: object) -> float | None:
    """Return the middle of the cell in which a coordinate lies."""
    try:
        number = float(str(degrees))
        return round((floor(number / CELL) + 0.5) * CELL, 4)
    except (ValueError, OverflowError):
        return None


def _place(scope: str) -> str | None:
    try:
        return places.get(scope).full_name
    except NotFoundError:
        return None
