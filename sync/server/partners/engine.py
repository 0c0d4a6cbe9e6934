"""One round with every partner: take in what has come, look for what is to be said, say it. Nothing is open between rounds.

Killed anywhere, the next round goes on: what came is put away only when it is in the database, what goes has a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from sync.modes import NORMAL
from sync.server.centre import Centre, identity
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.held import release
from sync.server.partners import arriving, carrying, enclosures, incoming, outgoing, unsent
from sync.server.partners.config import Connection
from sync.server.partners.messages import (
    Adapter,
    Encloser,
    Follower,
    Incoming,
    OrderIn,
    Parcel,
    PartnerError,
    Refused,
)
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate

_FAULT: Final = N_("中心出错，已记录；这一条没有收下，请联系技术支持")
_LOOK_MS: Final = 5000
_FAULT_OUT: Final = N_("中心出错，已记录；这一条停在这里，请联系技术支持")
_UNREACHED: Final = N_("有 {count} 件在等，没有接通这个对方；在 partners.toml 里写好后自动送")
_FAULT_LINE: Final = N_("中心出错，已记录；对方的内容没有读完，请联系技术支持")


@dataclass
class Round:
    """What a round did.

    ``unreached``: what waits for partners whom nobody has connected. ``problems``: partner, and what is the matter with its
    line or with something that came.
    """

    taken: int = 0
    again: int = 0
    refused: int = 0
    sent: int = 0
    failed: int = 0
    unreached: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


def run_once(centre: Centre, connections: Sequence[Connection]) -> Round:
    """Do one round. A centre that is in maintenance, or that recovers what was lost with a restore, does nothing.

    What goes wrong with one partner, or with one thing, keeps nothing back of the others. What hurries goes first, and is
    looked for again while the round lasts: a partner whose server is slow does not keep the police waiting.
    """
    done = Round()
    if not _is_open(centre):
        return done
    lines = [(each, each.open()) for each in connections if not each.pause]
    lane = _Lane(centre, lines, done)
    lane.send()
    for connected, adapter in lines:
        _take_in(lane, connected, adapter.receive, adapter)
        if isinstance(adapter, Follower):
            _take_in(lane, connected, partial(_asked, centre, connected, adapter), adapter)
    release(centre)
    note_unreached(centre, connections, done)
    for connected, adapter in lines:
        _send(centre, connected, adapter, done, lane.look)
    enclosures.wake(centre)
    for connected, adapter in lines:
        _send_files(centre, connected, adapter, done, lane.look)
    return done


def note_unreached(centre: Centre, connections: Sequence[Connection], done: Round | None = None) -> Round:
    """Look for what is to be sent, and say on each order that it cannot be where nobody has connected its partner.

    These partners are named in the round that is returned; nothing is done while the centre is not at work.
    """
    done = done or Round()
    if _is_open(centre):
        outgoing.collect(centre)
        found = unsent.unreached(centre, connections)
        done.unreached += sum(found.values())
        done.problems += [(code, translate(_UNREACHED, count=found[code])) for code in sorted(found)]
    return done


def _is_open(centre: Centre) -> bool:
    with centre.database.reading() as connection:
        return bool(identity(connection).mode == NORMAL)


def something_hurries(centre: Centre, connections: Sequence[Connection]) -> bool:
    """Say whether something came that is to be sent in front of everything else, so that nobody waits for the next round."""
    if not _is_open(centre):
        return False
    outgoing.collect(centre)
    return bool(outgoing.due(centre, [each.code for each in connections if not each.pause], urgent=True))


class _Lane:
    """Sends what hurries, and looks for more of it while other things take their time."""

    def __init__(self, centre: Centre, lines: Sequence[tuple[Connection, Adapter]], done: Round) -> None:
        self.centre, self.done = centre, done
        self._lines = lines
        self._looked = centre.clock.monotonic_ms()

    def look(self) -> None:
        """Send what hurries, as far as it came since the last look; that was some seconds ago, or nothing is done."""
        if self.centre.clock.monotonic_ms() - self._looked >= _LOOK_MS:
            self.send()

    def send(self) -> None:
        """Send what hurries, as far as it has not just been tried."""
        outgoing.collect(self.centre)
        for connected, adapter in self._lines:
            _send(self.centre, connected, adapter, self.done, urgent=True)
        self._looked = self.centre.clock.monotonic_ms()


def _asked(centre: Centre, connected: Connection, adapter: Follower) -> Iterator[Parcel]:
    """Yield what a partner that tells nothing by itself answers about our orders."""
    orders = outgoing.followed(centre, connected.code)
    return adapter.follow(orders) if orders else iter(())


def _take_in(lane: _Lane, connected: Connection, parcels: Callable[[], Iterator[Parcel]], adapter: Adapter) -> None:
    done = lane.done
    try:
        for parcel in parcels():
            _take_parcel(lane.centre, connected, parcel, done, adapter)
            lane.look()
    except PartnerError as error:
        done.problems.append((connected.code, error.why))
    except Exception as error:
        if isinstance(error, DBAPIError) and is_passing(error):
            raise
        report("what a partner sent", error)
        done.problems.append((connected.code, translate(_FAULT_LINE)))


def _take_parcel(centre: Centre, connected: Connection, parcel: Parcel, done: Round, adapter: Adapter) -> None:
    refused: list[Refused] = []
    for place, item in enumerate(parcel.items):
        try:
            new = _taken(centre, connected, item, adapter)
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


def _taken(centre: Centre, connected: Connection, item: Incoming, adapter: Adapter) -> bool:
    """Take one thing in, an order with its files; a fault of ours is reported and refuses that thing alone.

    Raises:
        InvalidError: it, or one of its files, cannot be taken. DBAPIError, PartnerError: the database is away, or a file
            cannot be fetched now: the whole parcel comes again.
    """
    try:
        new = incoming.take(centre, connected, item)
        more = arriving.take(centre, connected, adapter, item) if isinstance(item, OrderIn) and item.files else 0
        return new or more > 0
    except (InvalidError, PartnerError):
        raise
    except DBAPIError as error:
        if is_passing(error):
            raise
        report("something from a partner", error)
        raise InvalidError.one("", _FAULT) from error
    except Exception as error:
        report("something from a partner", error)
        raise InvalidError.one("", _FAULT) from error


def _send(
    centre: Centre, connected: Connection, adapter: Adapter, done: Round, between: Callable[[], None] | None = None, *,
    urgent: bool = False,
) -> None:  # fmt: skip
    for row in outgoing.due(centre, [connected.code], urgent=urgent):
        if between is not None:
            between()
        try:
            is_sent = _sent(centre, connected, adapter, row)
        except PartnerError as error:
            outgoing.failed(centre, row, error)
            done.failed += 1
            done.problems.append((connected.code, error.why))
            if error.passing:
                return  # the line is down: the others wait for their turn, too
        else:
            done.sent += is_sent


def _send_files(
    centre: Centre, connected: Connection, adapter: Adapter, done: Round, between: Callable[[], None]
) -> None:
    """Send the files whose order is there and whose bytes are here, after everything else; each fails alone."""
    for row in outgoing.due(centre, [connected.code], files=True):
        between()
        try:
            done.sent += carrying.carried(centre, connected, adapter, row)
        except PartnerError as error:
            enclosures.failed(centre, row, error)
            done.failed += 1
            done.problems.append((connected.code, error.why))
            if error.passing:
                return


def _sent(centre: Centre, connected: Connection, adapter: Adapter, row: Row[Any]) -> bool:
    """Send one message; False where there is nothing to say any more. A fault of ours waits for a person.

    Raises:
        PartnerError: it did not get there.
    """
    try:
        message = outgoing.composed(centre, row)
        if message is None:
            outgoing.dropped(centre, row.key)
            return False
        if isinstance(adapter, Encloser) and row.what == "order":
            return carrying.enclosed(centre, connected, adapter, row, message)
        receipt = adapter.send(message)
        outgoing.sent(centre, message, receipt, isinstance(adapter, Follower))
    except PartnerError:
        raise
    except Exception as error:
        if isinstance(error, DBAPIError) and is_passing(error):
            raise
        report("a message to a partner", error)
        raise PartnerError(translate(_FAULT_OUT), passing=False) from error
    return True


def said(done: Round) -> str:
    """Return what a round did, in one sentence."""
    return translate(
        N_("收下 {taken}，重复 {again}，退回 {refused}；发出 {sent}，没发成 {failed}"), taken=done.taken, again=done.again,
        refused=done.refused, sent=done.sent, failed=done.failed,
    )  # fmt: skip
