"""Which requests GET requests asks for: ids, or services, states and at most ninety days (GeoReport v2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sync.server.open311.dates import read_date
from sync.server.open311.errors import WRONG, GeoReportError, no_service
from sync.server.open311.offer import Offer
from sync.server.open311.public import STATUSES
from zzdesk.clock import from_iso, to_iso
from zzdesk.i18n import N_

SPAN: Final = timedelta(days=90)
MOST: Final = 1000
"""Requests of one answer (Response Volume)."""
MOST_IDS: Final = 200
_KEPT: Final = ("service_code", "status", "page_size")
ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Asking:
    """What is asked for: ``ids`` alone, or everything of some services and states in a span, newest first.

    ``after`` is the last one of the page before: its moment and its id.
    """

    ids: tuple[str, ...] | None = None
    services: tuple[str, ...] = ()
    """Empty: every service."""
    statuses: tuple[str, ...] = STATUSES
    since: str = ""
    until: str = ""
    after: tuple[str, str] | None = None
    limit: int = MOST
    said: Mapping[str, str] = field(default_factory=dict)
    """The parameters that make the next page out of this one."""


def read_asking(params: Mapping[str, str], offer: Offer, now: datetime) -> Asking:
    """Return what the parameters ask for; empty ones count as left out (Optional Arguments).

    Raises:
        GeoReportError: a parameter cannot be understood, or the span is longer than 90 days.
    """
    given = {name: value.strip() for name, value in params.items() if value and value.strip()}
    if "service_request_id" in given:
        return Asking(ids=_ids(given["service_request_id"]))
    services = _several(given.get("service_code"))
    for code in services:
        if code not in offer.services:
            raise no_service(code)
    since, until = _span(given, now)
    said = {name: text for name, text in given.items() if name in _KEPT}
    said |= {"start_date": to_iso(since), "end_date": to_iso(until)}
    return Asking(
        None, services, _statuses(given.get("status")), to_iso(since), to_iso(until), _after(given.get("after")),
        _size(given.get("page_size")), said,
    )  # fmt: skip


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))


def _ids(text: str) -> tuple[str, ...]:
    ids = _several(text.lower())
    if len(ids) > MOST_IDS:
        raise GeoReportError.one(WRONG, N_("service_request_id：一次最多{most}个编号，请分几次来问"), most=MOST_IDS)
    return tuple(each for each in ids if ID.fullmatch(each))


def _statuses(text: str | None) -> tuple[str, ...]:
    asked = _several((text or "").lower())
    if set(asked) - set(STATUSES):
        raise GeoReportError.one(WRONG, N_("status：只能是 open 或 closed，几个之间用逗号"))
    return asked or STATUSES


def _span(given: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    start, end = (read_date(name, given[name]) if name in given else None for name in ("start_date", "end_date"))
    try:
        until = end or (min(now, start + SPAN) if start else now)
        since = start or until - SPAN
    except OverflowError:
        raise GeoReportError.one(WRONG, N_("start_date、end_date：年份太早或太晚")) from None
    if start and end and start > end:
        raise GeoReportError.one(WRONG, N_("start_date、end_date：开始不能在结束之后"))
    if until - since > SPAN:
        raise GeoReportError.one(WRONG, N_("start_date、end_date：前后不能超过90天，请分几次来问"))
    return since, until


def _size(text: str | None) -> int:
    if text is None:
        return MOST
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST:
        raise GeoReportError.one(WRONG, N_("page_size：应是1到{most}的整数"), most=MOST)
    return int(text[:9])


def _after(text: str | None) -> tuple[str, str] | None:
    """Return the place of a page's last request: ``2026-11-23T01:00:00.000Z/id``, as the ``Link`` of that page said."""
    if text is None:
        return None
    moment, _, request_id = text.partition("/")
    wrong = GeoReportError.one(WRONG, N_("after：请照抄上一页的 Link 给出的地址"))
    if not ID.fullmatch(request_id):
        raise wrong
    try:
        return to_iso(from_iso(moment)), request_id
    except (ValueError, OverflowError) as error:
        raise wrong from error
