"""Supervision (催办, 督办): a supervisor presses for a report by a card, black, yellow or red, and may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.reports.models import Card, Report
from zzdesk.reports.pressing import lift_of, reason_of
from zzdesk.reports.standing import pressed_of
from zzdesk.reports.steps import write
from zzdesk.reports.workflow import OPEN, WITHDRAW_CARD
from zzdesk.store.unit import ChangeSet, UnitOfWork

NOTHING_TO_LIFT = N_("这张自动督办牌现在没有亮，不用撤")


def issue_card(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Press for a report: ``card`` (urge, black, yellow, red), ``whom`` and ``opinion``.

    Raises:
        RefusedError: no right, or the report is closed.
        InvalidError: a field is missing or cannot be taken.
    """
    add(work, fields)
    return work.commit()


def add(work: UnitOfWork, fields: Mapping[str, Any]) -> Card:
    """Issue a card inside a transaction that goes on."""
    work.require("report.supervise")
    report = work.get(Report, str(fields.get("report_id") or ""))
    if (reason := reason_of(str(fields.get("card") or ""))) and not is_pressed(work, report, reason):
        raise RefusedError(NOTHING_TO_LIFT)
    if reason and not str(fields.get("opinion") or "").strip():
        raise RefusedError(N_("撤牌要写明理由"))
    if report.voided or report.state not in OPEN:
        raise RefusedError(N_("这件事件已经办结，不用再督办"))
    card = work.create(Card, fields, scope=report.scope)
    if reason:
        write(work, report, WITHDRAW_CARD, {"handler_unit": card.whom}, reason=card.opinion, about=card.id)
    else:
        write(work, report, f"card-{card.card}", {"handler_unit": card.whom, "note": card.opinion}, about=card.id)
    return card


def lift_card(work: UnitOfWork, report_id: RecordId, reason: str, why: str) -> ChangeSet:
    """Take a card back that shows by itself (``reports.pressing``), with a reason; it comes again only for something new.

    Raises:
        RefusedError: no right, no reason, or no such card shows.
    """
    report = work.get(Report, report_id)
    whom = report.handler_unit or shown_station(report)
    add(work, {"report_id": report_id, "card": lift_of(reason), "whom": whom, "opinion": why})
    return work.commit()


def shown_station(report: Report) -> str:
    """Return whom a card presses while no unit has the report: the station itself, by its code."""
    return report.scope


def is_pressed(work: UnitOfWork, report: Report, reason: str) -> bool:
    """Say whether a card of a reason shows now."""
    found = pressed_of(work.session, [report], work.clock.now())
    return any(each.reason == reason for each in found[report.id])


def withdraw_card(work: UnitOfWork, card_id: RecordId, reason: str) -> ChangeSet:
    """Take a card back, with a reason; it stays readable.

    Raises:
        RefusedError: no right, no reason, or it was taken back already.
    """
    work.require("report.supervise")
    card = work.get(Card, card_id)
    work.void(card, reason)
    write(work, work.get(Report, card.report_id), WITHDRAW_CARD, {"handler_unit": card.whom}, reason=reason, about=card.id)
    return work.commit()


def act(
    work: UnitOfWork, card_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a card back (``withdraw``).

    Raises:
        RefusedError: there is no other step, or the step's own reasons.
    """
    if action != "withdraw":
        raise RefusedError(N_("督办牌只能撤牌"))
    return withdraw_card(work, card_id, reason or "")
