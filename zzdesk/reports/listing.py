"""Which reports stand on a page of a list: by key, through an index, and never through more of it than a bounded window.

One thing asked for alone (a state, a category, what I claimed, what is void) has an index in the order of the list. For
every combination of filters there is a wide index that holds all that can be asked: its entries are looked at in order,
``WINDOW`` of them at most. A page that is cut there is short and has a key: the list goes on by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select, text, true, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.reports import monthly
from zzdesk.reports.filters import (
    ReportFilter,
    beside_deeds,
    deeds_of,
    due_between,
    entries,
    is_open,
    registered_between,
    states_of,
)
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import NOT_ENDED
from zzdesk.store.unit import Reader

WINDOW: Final = 20_000
"""Entries of an index that one page looks at."""
Conditions = Sequence[Any]
Ids = tuple[tuple[RecordId, ...], str | None]
"""The ids of one page in their order, and the key to go on after."""


def list_ids(read: Reader, wanted: ReportFilter, after: str | None, limit: int) -> Ids:
    """Return one page; ``after`` is the key that the page before ended with."""
    if wanted.deed:
        return _by_deed(read, wanted, after, limit)
    return _by_due(read, wanted, after, limit) if wanted.in_due_order else _newest(read, wanted, after, limit)


def count(read: Reader, wanted: ReportFilter, cap: int = 99) -> int | None:
    """Return how many reports a filter has, ``cap + 1`` for more; None where one window does not tell.

    Words of a search are not counted with.
    """
    read.require("record.read")
    ids, after = list_ids(read, wanted, None, cap + 1)
    return None if after is not None and len(ids) <= cap else len(ids)


def grids_in_use(read: Reader, limit: int = 200) -> tuple[str, ...]:
    """Return the grids of the newest reports, in order."""
    read.require("record.read")
    newest = select(Report.grid).order_by(Report.created_at.desc(), Report.id.desc()).limit(WINDOW).subquery()
    found = read.session.scalars(select(newest.c.grid).where(newest.c.grid.is_not(None)).distinct().limit(limit))
    return tuple(sorted(found))


# ---- newest first ---------------------------------------------------------------------------------------------------

_NEWEST: Final = (Report.created_at.desc(), Report.id.desc())


def _newest(read: Reader, wanted: ReportFilter, after: str | None, limit: int) -> Ids:
    there: list[ColumnElement[bool]] = list(registered_between(read, wanted))
    if after is not None:
        moment, _, last = after.partition("/")
        there.append(tuple_(Report.created_at, Report.id) < (from_iso(moment), last))
    own = _own_index(read, wanted)
    if own is not None:
        query = select(Report.created_at, Report.id).where(*own, *there, *entries(wanted))
        return _page(read.session.execute(query.order_by(*_NEWEST).limit(limit + 1)).all(), limit, None)
    if is_open(states_of(wanted)) and _few_open(read):
        return _page(read.session.execute(_open(wanted, there).limit(limit + 1)).all(), limit, None)
    found, cut = _walk(read, Report.created_at, there, entries(wanted), _NEWEST, limit)
    return _page(found, limit, cut)


def _own_index(read: Reader, wanted: ReportFilter) -> Conditions | None:
    """Return the condition that an index of its own answers in the order of the list; None where there is none."""
    if wanted.mine:
        return (Report.claimed_by == read.actor.account_id,)
    if wanted.void:
        return (Report.voided.is_(True),)
    states, categories = states_of(wanted), wanted.categories
    if wanted.sources or wanted.grids or len(states) + len(categories) != 1:
        return None
    return (Report.state == states[0],) if states else (Report.category == categories[0],)


def _few_open(read: Reader) -> bool:
    """Say whether what has not ended is few enough to be looked at whole: at most desks it is."""
    inner = select(Report.id).where(text(NOT_ENDED)).order_by(Report.due_at, Report.id).limit(WINDOW + 1).subquery()
    return int(read.session.scalar(select(func.count()).select_from(inner)) or 0) <= WINDOW


def _open(wanted: ReportFilter, there: Conditions) -> Select[Any]:
    """Return the query of what has not ended, newest first, through the index of what is due: that holds nothing else."""
    fits = and_(true(), *entries(wanted), *there)
    inner = (
        select(Report.created_at, Report.id, fits.label("fits")).where(text(NOT_ENDED))
        .order_by(Report.due_at, Report.id).limit(WINDOW).subquery()
    )  # fmt: skip
    query = select(inner.c.created_at, inner.c.id).where(inner.c.fits)
    return query.order_by(inner.c.created_at.desc(), inner.c.id.desc())


# ---- what is due soonest first --------------------------------------------------------------------------------------


def _by_due(read: Reader, wanted: ReportFilter, after: str | None, limit: int) -> Ids:
    """The key is ``moment/id``, and ``/id`` among what has no limit."""
    if wanted.mine:
        return _mine_by_due(read, wanted, after, limit)
    moment, _, last = (after or "").partition("/")
    fits = (*entries(wanted), *registered_between(read, wanted))
    found: list[Any] = []
    if after is None or moment:
        there: list[Any] = [text(NOT_ENDED), *due_between(read, wanted.band)]
        there += [tuple_(Report.due_at, Report.id) > (from_iso(moment), last)] if moment else []
        found, cut = _walk(read, Report.due_at, there, fits, (Report.due_at, Report.id), limit)
        if len(found) > limit or cut is not None or wanted.band:
            return _page(found, limit, cut)
    there = [text(NOT_ENDED), Report.due_at.is_(None)]
    there += [Report.id > last] if after is not None and not moment else []
    rest, cut = _walk(read, Report.due_at, there, fits, (Report.id,), limit - len(found))
    return _page(found + rest, limit, cut)


def _mine_by_due(read: Reader, wanted: ReportFilter, after: str | None, limit: int) -> Ids:
    """What one person has claimed is little: it is put in order whole."""
    there: list[Any] = [Report.claimed_by == read.actor.account_id, text(NOT_ENDED), *entries(wanted)]
    there += [*registered_between(read, wanted), *(due_between(read, wanted.band) if wanted.band else ())]
    missing = Report.due_at.is_(None)
    query = select(Report.due_at, Report.id).where(*there).order_by(missing, Report.due_at, Report.id)
    found = read.session.execute(query.limit(WINDOW)).all()
    start = 0 if after is None else next((n + 1 for n, row in enumerate(found) if _key(row) == after), 0)
    return _page(found[start : start + limit + 1], limit, None)


# ---- what a month brought -------------------------------------------------------------------------------------------


def _by_deed(read: Reader, wanted: ReportFilter, after: str | None, limit: int) -> Ids:
    """What was done last comes first; an index has a month's deeds in their order."""
    query = deeds_of(wanted).where(*beside_deeds(read, wanted))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(monthly.after(from_iso(moment), last))
    return _page(read.session.execute(query.order_by(*monthly.ORDER).limit(limit + 1)).all(), limit, None)


# ---- both -----------------------------------------------------------------------------------------------------------


def _walk(
    read: Reader, moment: Any, there: Conditions, fits: Conditions, order: Conditions, limit: int
) -> tuple[list[Any], str | None]:
    """Look at entries of an index in order, ``WINDOW`` at most: what fits, and the key of the last entry if it ends there.

    One row more than ``limit`` says that there are more.

    ``there`` are conditions that the index answers by its order, ``fits`` those that are looked at.
    """
    inner = select(moment.label("moment"), Report.id, and_(true(), *fits).label("fits")).where(*there).order_by(*order)
    window = inner.limit(WINDOW).subquery()
    query = select(window.c.moment, window.c.id).where(window.c.fits).limit(limit + 1)
    found = list(read.session.execute(query).all())
    if len(found) > limit:
        return found, None
    end = select(moment, Report.id).where(*there).order_by(*order).offset(WINDOW - 1).limit(1)
    last = read.session.execute(end).first()
    return found, _key(last) if last is not None else None


def _page(found: Sequence[Any], limit: int, cut: str | None) -> Ids:
    if len(found) > limit:
        found, cut = found[:limit], _key(found[limit - 1])
    return tuple(row[1] for row in found), cut


def _key(row: Any) -> str:
    return f"{to_iso(row[0]) if row[0] is not None else ''}/{row[1]}"
