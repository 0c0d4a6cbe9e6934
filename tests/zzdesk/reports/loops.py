"""Reports on their way round the loop: what the tests about it share."""

from __future__ import annotations

from typing import Any, Final

from tests.zzdesk.conftest import Station

REPORT: Final = {
    "title": "占道经营", "category": "street-order", "address": "新浦东路", "reporter_name": "林志强",
    "reporter_phone": "13805961234",
}  # fmt: skip
ANSWERED: Final = {"contact_result": "answered", "contact_at": "2026-11-23T00:30:00.000Z"}
WAY: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("accept", {}), ("confirm", {"note": "到场看过，属实"}), ("dispatch", {"handler_unit": "城管中队"}),
    ("finish", {"note": "已劝离"}), ("inform", ANSWERED), ("evaluate", {"answer": "satisfied"}),
)  # fmt: skip
"""The way of a report that goes well."""


def go(station: Station, report: str, last: str, who: str = "lin") -> str:
    """Take the steps of the way up to one of them; return the state."""
    for action, step in WAY:
        station.act(who, "report", report, action, **step)
        if action == last:
            break
    return state(station, report)


def state(station: Station, report: str) -> str:
    return str(station.show("zhuang", "report", report)["state"])


def steps(station: Station, report: str) -> list[dict[str, Any]]:
    return station.rows("zhuang", "step", report_id=report)


def ask(station: Station, report: str, kind: str, who: str = "lin", **more: Any) -> str:
    """Apply for something; return the application's id."""
    fields = {"report_id": report, "request_kind": kind, "reason": "等物业配合"} | more
    station.add(who, "request", fields)
    return str(station.rows(who, "request", report_id=report, request_kind=kind)[-1]["id"])
