"""Where a subject keeps its closed months, and how one more is closed: once, after the month, in their order.

The records of a book have ``station``, ``basis``, ``month`` and ``record`` (the text of ``months``); their id follows from
the first three, so that two desks that close a month make one record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zzdesk.documents.figures import Month
from zzdesk.documents.months import (
    Adjustment,
    Base,
    Closed,
    Closing,
    Counted,
    F,
    Ids,
    Shape,
    Verdict,
    adjustments,
    digest_of,
    known,
    read,
    write,
)
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.unit import Reader, UnitOfWork

Who = Reader | UnitOfWork


@dataclass(frozen=True)
class Book(Generic[F]):
    """The closed months of a subject.

    ``facts`` counts a month of a station by a basis, in an order that follows from the facts; ``most`` facts fit into one
    operation; ``right`` is what closing takes.
    """

    model: type[Any]
    right: str
    shape: Shape[F]
    ids: Ids
    facts: Callable[[Session, str, str, Month], Sequence[F]]
    verdicts: Callable[[Sequence[F]], tuple[Verdict, ...]]
    most: int
    too_many: str
    """What is said where there are more, with ``most`` and ``count``."""

    def refuse_unknown(self, basis: str) -> None:
        """Refuse a basis by which nobody counts.

        Raises:
            InvalidError: there is no such basis.
        """
        if basis not in self.shape.bases:
            raise InvalidError.one("basis", N_("只能是：{choices}"), choices="、".join(self.shape.bases))


def kept(session: Session, book: Book[F], station: str, basis: str, month: Month) -> tuple[Closing | None, Closed[F] | None]:
    """Return that a month is closed, and what it says; the second is None where its text is not whole."""
    row = session.get(book.model, book.ids(station, basis, str(month)))
    if row is None:
        return None, None
    said = read(book.shape, row.record)
    return Closing(row.id, row.created_at, row.created_by, digest_of(row.record), said is not None), said


def closed_months(
    session: Session, book: Book[F], station: str, basis: str, *, after: str = "", before: Month | None = None
) -> list[Closed[F]]:
    """Return the closed months behind one (``2026-03``) and before another one, oldest first; without them, all."""
    model = book.model
    query = select(model.record).where(model.basis == basis, model.month > after, model.station == station)
    if before is not None:
        query = query.where(model.month < str(before))
    said = [read(book.shape, text) for text in session.scalars(query.order_by(model.month, model.id))]
    return [each for each in said if each is not None]


def last_closed(session: Session, book: Book[Any], station: str, basis: str) -> str | None:
    """Return the latest closed month, as ``2026-03``."""
    model = book.model
    found: str | None = session.scalar(select(func.max(model.month)).where(model.basis == basis, model.station == station))
    return found


def to_declare(who: Who, book: Book[F], month: Month, basis: str) -> tuple[Adjustment[F], ...]:
    """Return what a month that is not closed yet declares about the closed ones before it (补报、更正).

    However long ago they were closed: what nobody declares would be in no month's figures.
    """
    station = who.actor.station
    found: list[Adjustment[F]] = []
    before = closed_months(who.session, book, station, basis, before=month)
    for closed in before:
        now = book.facts(who.session, station, basis, Month.read(closed.month))
        found += adjustments(book.shape, known(closed, before), now)
    return tuple(found)


def since(session: Session, book: Book[F], closed: Closed[F], now: Sequence[F]) -> tuple[Adjustment[F], ...]:
    """Return what happened to a closed month that no later month has declared."""
    later = closed_months(session, book, closed.station, closed.basis, after=closed.month)
    return adjustments(book.shape, known(closed, later), now)


def base(who: Who, book: Book[Any], month: Month, basis: str) -> Base:
    """Return a month as another one is compared with it: its frozen figures, or counted now."""
    station = who.actor.station
    _, closed = kept(who.session, book, station, basis, month)
    if closed is not None:
        return Base(str(month), closed.figures, closed=True)
    return Base(str(month), book.shape.counted(book.facts(who.session, station, basis, month)), closed=False)


def make_close(work: UnitOfWork, book: Book[Any], month: Month, basis: str, in_spite: str | None) -> Any:
    """Close a month inside a transaction that goes on: its figures, the records behind them and a hash, once and for all.

    Args:
        work: the transaction.
        book: of which subject.
        month: a month that is over.
        basis: by what is counted: each basis is closed apart.
        in_spite: why it is closed although a cross-check does not hold; the reason goes into the audit.

    Raises:
        RefusedError: no right, the month is not over, it or a later one is closed already, or a cross-check fails and no
            reason is given.
        InvalidError: there is no such basis.
    """
    work.require(book.right)
    book.refuse_unknown(basis)
    if work.today < month.plus(1).first:
        raise RefusedError(N_("这个月还没有过完，不能月结"))
    station = work.actor.station
    wanted = book.ids(station, basis, str(month))
    _refuse_twice(work, book, station, basis, month)
    facts: Sequence[Counted] = book.facts(work.session, station, basis, month)
    if len(facts) > book.most:
        raise RefusedError(book.too_many, most=book.most, count=len(facts))
    broken = [each.name for each in book.verdicts(facts) if not each.holds]
    if broken and not (in_spite or "").strip():
        raise RefusedError(N_("有{count}项核对不相符，先打开记录更正；确要月结请写明理由"), count=len(broken))
    text = write(book.shape, station, basis, month, facts, to_declare(work, book, month, basis))
    with work.session.no_autoflush:
        made = work.create(book.model, {})
        made.id, made.station, made.basis, made.month, made.record = wanted, station, basis, str(month), text
    work.audit(book.right, book.model.__kind__, wanted, digest=digest_of(text), broken=broken, reason=in_spite)
    return made


def _refuse_twice(work: UnitOfWork, book: Book[Any], station: str, basis: str, month: Month) -> None:
    if work.session.get(book.model, book.ids(station, basis, str(month))) is not None:
        raise RefusedError(N_("{month}已经月结，数字不再更改；补报和更正在后面月份的报表里单列"), month=str(month))
    latest = last_closed(work.session, book, station, basis)
    if latest is not None and latest > str(month):
        raise RefusedError(
            N_("{latest}已经月结，不能再补结更早的{month}：月份要按先后月结，否则补报和更正会重复列出或漏列"),
            latest=latest, month=str(month),
        )  # fmt: skip
