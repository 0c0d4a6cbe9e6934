"""What a month brought to reports: which ended in it, which answers were given, which were handed up (D03). As queries.

A report ended when its last step to the end was taken, by the clock of the desk that took it. Every answer of a citizen
counts, also the one that sent a report back: of one round the last one, should two desks have asked. What is void counts
nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, select, text, tuple_
from sqlalchemy.orm import aliased

from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import (
    ANSWER,
    ARCHIVED,
    CLOSED,
    ENDING,
    EVALUATIONS,
    REFERRED,
    UNRATED,
)

CLOSING: Final = "closed"
ANSWERING: Final = "answered"
HANDING: Final = "handed"
DEEDS: Final = (CLOSING, ANSWERING, HANDING)
"""What is counted: 办结, 评价, 上交."""
CONTENT: Final = ("very-satisfied", "satisfied")
"""Answers that count as 满意; 基本满意 stands beside them."""
AMONG: Final[Mapping[str, tuple[str, ...]]] = {
    CLOSING: ("grid", "community", "rated", "unrated", "in-time", "late", "unlimited"),
    ANSWERING: ("content", *EVALUATIONS), HANDING: (),
}  # fmt: skip
"""Parts of each that are told apart."""
_DONE: Final = Step
_LATER: Final = aliased(Step)


def check(month: str, deed: str, among: str) -> Month:
    """Return the month that is asked for.

    Raises:
        InvalidError: there is no such deed, part or month.
    """
    if deed not in DEEDS or among not in ("", *AMONG[deed]):
        raise InvalidError.one("filter", N_("这个筛选读不出来，请删除后重新保存"))
    return Month.read(month)


def deeds(month: Month, deed: str) -> tuple[Any, ...]:
    """Return the conditions of ``Step`` joined with its ``Report``: one row for each deed of a month."""
    within = _DONE.created_at >= month.begins, _DONE.created_at < month.ends
    live = func.coalesce(Report.voided, 0) == 0
    if deed == ANSWERING:
        return (text(f"step.{ANSWER}"), *within, live, ~_said_again())
    state, stays = (CLOSED, (CLOSED, ARCHIVED)) if deed == CLOSING else (REFERRED, (REFERRED,))
    return (text(f"step.{ENDING}"), _DONE.to_state == state, *within, live, Report.state.in_(stays), ~_later(_to(state)))


def _to(state: str) -> ColumnElement[bool]:
    return and_(_LATER.to_state == state, tuple_(_LATER.created_at, _LATER.id) > tuple_(_DONE.created_at, _DONE.id))


def _said_again() -> Any:
    newer = tuple_(_LATER.created_at, _LATER.id) > tuple_(_DONE.created_at, _DONE.id)
    return _later(and_(_LATER.answer.is_not(None), _LATER.round == _DONE.round, newer))


def _later(what: ColumnElement[bool]) -> Any:
    """Return that a report has a later step of a kind; found by the index of a report's steps, which are few."""
    return exists().where(_LATER.report_id == _DONE.report_id, _LATER.created_at >= _DONE.created_at, what).correlate(_DONE)


def part(deed: str, among: str) -> ColumnElement[bool] | None:
    """Return the condition of a part of the deeds; None for all of them."""
    if not among:
        return None
    if deed == ANSWERING:
        return _DONE.answer.in_(CONTENT) if among == "content" else _DONE.answer == among
    unrated = func.coalesce(Report.evaluation, UNRATED) == UNRATED
    found: dict[str, ColumnElement[bool]] = {
        "grid": _DONE.action == "close-self", "community": _DONE.action != "close-self", "unrated": unrated,
        "rated": ~unrated, "in-time": Report.due_at >= _DONE.created_at, "late": Report.due_at < _DONE.created_at,
        "unlimited": Report.due_at.is_(None),
    }  # fmt: skip
    return found[among]


def counting(month: Month, deed: str) -> Select[Any]:
    """Return the query of one row: how many deeds, then of each part how many, and how many reports are behind them."""
    wanted = [part(deed, among) for among in AMONG[deed]]
    sums: list[Any] = [func.coalesce(func.sum(literal_column("1")).filter(each), 0) for each in wanted if each is not None]
    behind: list[Any] = [func.count(func.distinct(_DONE.report_id)), *(
        func.count(func.distinct(_DONE.report_id)).filter(each) for each in wanted if each is not None
    )] if deed == ANSWERING else []  # fmt: skip
    query = select(func.count(), *sums, *behind).select_from(_DONE).join(Report, Report.id == _DONE.report_id)
    return query.where(*deeds(month, deed))


def listing(month: Month, deed: str, among: str) -> Select[Any]:
    """Return the query of moment and report of each deed, one row for a report: to be narrowed, ordered and cut."""
    fits = part(deed, among)
    query: Any = select(_DONE.created_at, _DONE.report_id).join(Report, Report.id == _DONE.report_id)
    query = query.where(*deeds(month, deed), *([] if fits is None else [fits]))
    found: Select[Any] = query.where(_last_of_its_kind(month, among)) if deed == ANSWERING else query
    return found


def _last_of_its_kind(month: Month, among: str) -> Any:
    """Return that this is the last answer of its kind in the month: a report answered about twice stands there once."""
    kinds = CONTENT if among == "content" else (among,)
    same = _LATER.answer.in_(kinds) if among else _LATER.answer.is_not(None)
    newer = tuple_(_LATER.created_at, _LATER.id) > tuple_(_DONE.created_at, _DONE.id)
    return ~_later(and_(same, newer, _LATER.created_at < month.ends))


ORDER: Final = (_DONE.created_at.desc(), _DONE.report_id.desc())
"""The latest first."""


def after(moment: datetime, report_id: str) -> ColumnElement[bool]:
    """Return the condition of what comes after a row in that order."""
    return tuple_(_DONE.created_at, _DONE.report_id) < (moment, report_id)
