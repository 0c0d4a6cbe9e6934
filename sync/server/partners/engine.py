"""One round with every partner: take in what has come, look for what is to be said, say it. Nothing is open between rounds.

Killed anywhere, the next round goes on: what came is put away only when it is in the database, what goes has a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy.exc import DBAPIError

from sync.modes import NORMAL
from sync.server.centre import Centre, identity
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.held import release
from sync.server.partners import incoming, outgoing
from sync.server.partners.config import Connection
from sync.server.partners.messages import Adapter, Follower, Incoming, Parcel, PartnerError, Refused
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate

_FAULT: Final = N_("中心出错，已记录；这一条没有收下，请联系技术支持")


@dataclass
class Round:
    """What a round did. ``problems``: partner, and what is the matter with its line or with something that came."""

    taken: int = 0
    again: int = 0
    refused: int = 0
    sent: int = 0
    failed: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


def run_once(centre: Centre, connections: Sequence[Connection]) -> Round:
    """Do one round. A centre that is in maintenance, or that recovers what was lost with a restore, does nothing.

    What goes wrong with one partner, or with one thing, keeps nothing back of the others.
    """
    done = Round()
    with centre.database.reading() as connection:
        if identity(connection).mode != NORMAL:
            return done
    lines = [(each, each.open()) for each in connections if not each.pause]
    for connected, adapter in lines:
        _take_in(centre, connected, adapter.receive, done)
        if isinstance(adapter, Follower):
            _take_in(centre, connected, partial(_asked, centre, connected, adapter), done)
    release(centre)
    outgoing.collect(centre)
    for connected, adapter in lines:
        _send(centre, connected, adapter, done)
    return done


def _asked(centre: Centre, connected: Connection, adapter: Follower) -> Iterator[Parcel]:
    """Yield what a partner that tells nothing by itself answers about our orders."""
    orders = outgoing.followed(centre, connected.code)
    return adapter.follow(orders) if orders else iter(())


def _take_in(
    centre: Centre, connected: Connection, parcels: Callable[[], Iterator[Parcel]], done: Round
) -> None:
    try:
        for parcel in parcels():
            _take_parcel(centre, connected, parcel, done)
    except PartnerError as error:
        done.problems.append((connected.code, error.why))


def _take_parcel(centre: Centre, connected: Connection, parcel: Parcel, done: Round) -> None:
    refused: list[Refused] = []
    for place, item in enumerate(parcel.items):
        try:
            new = _taken(centre, connected, item)
        except InvalidError as error:
            refused.append(Refused(place, error.text()))
            done.problems.append((connected.code, f"{parcel.name}：{error.text()}"))
        else:
            done.taken += new
            done.again += not new
    done.refused += len(refused)
    try:
        parcel.settle(refused)
    except OSError as error:
        done.problems.append((connected.code, f"{parcel.name}：{error.strerror or type(error).__name__}"))


def _taken(centre: Centre, connected: Connection, item: Incoming) -> bool:
    """Take one thing in; a fault of ours is reported and refuses that thing alone.

    Raises:
        InvalidError: it cannot be taken. DBAPIError: the database is away: the whole parcel comes again.
    """
    try:
        return incoming.take(centre, connected, item)
    except InvalidError:
        raise
    except DBAPIError as error:
        if is_passing(error):
            raise
        report("something from a partner", error)
        raise InvalidError.one("", _FAULT) from error
    except Exception as error:
        report("something from a partner", error)
        raise InvalidError.one("", _FAULT) from error


def _send(centre: Centre, connected: Connection, adapter: Adapter, done: Round) -> None:
    for row in outgoing.due(centre, [connected.code]):
        message = outgoing.composed(centre, row)
        if message is None:
            outgoing.dropped(centre, row.key)
            continue
        try:
            receipt = adapter.send(message)
        except PartnerError as error:
            outgoing.failed(centre, row, error)
            done.failed += 1
            done.problems.append((connected.code, error.why))
            if error.passing:
                return  # the line is down: the others wait for their turn, too
            continue
        outgoing.sent(centre, message, receipt, isinstance(adapter, Follower))
        done.sent += 1


def said(done: Round) -> str:
    """Return what a round did, in one sentence."""
    return translate(
        N_("收下 {taken}，重复 {again}，退回 {refused}；发出 {sent}，没发成 {failed}"), taken=done.taken, again=done.again,
        refused=done.refused, sent=done.sent, failed=done.failed,
    )  # fmt: skip
