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
_FILES_DOWN: Final = 3
"""How many files in a row fail until the line counts as down."""
_PARCELS_DOWN: Final = 10
"""The same of parcels that cannot be taken now."""
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
    done, in_a_row = lane.done, 0
    try:
        for parcel in parcels():
            stays = _take_parcel(lane.centre, connected, parcel, done, adapter)
            lane.look()
            in_a_row = in_a_row + 1 if stays else 0
            if in_a_row >= _PARCELS_DOWN:
                return
    except PartnerError as error:
        done.problems.append((connected.code, error.why))
    except Exception as error:
        if isinstance(error, DBAPIError) and is_passing(error):
            raise
        report("what a partner sent", error)
        done.problems.append((connected.code, translate(_FAULT_LINE)))


def _take_parcel(centre: Centre, connected: Connection, parcel: Parcel, done: Round, adapter: Adapter) -> bool:
    """Take in what is in a parcel; whether it stays and comes again, for something of it cannot be had now.

    What is in it besides is taken all the same, orders without their files: a dead line is not asked for each of them.
    """
    refused: list[Refused] = []
    later: PartnerError | None = None
    for place, item in enumerate(parcel.items):
        try:
            new = _taken(centre, connected, item, adapter if later is None else None)
        except PartnerError as error:
            later = error
        except InvalidError as error:
            refused.append(Refused(place, error.text()))
            done.problems.append((connected.code, f"{parcel.name}：{error.text()}"))
        else:
            done.taken += new
            done.again += not new
    done.refused += len(refused)
    try:
        if later is not None:
            raise later
        parcel.settle(refused)
    except PartnerError as error:
        done.problems.append((connected.code, f"{parcel.name}：{error.why}"))
        return True
    except OSError as error:
        done.problems.append((connected.code, f"{parcel.name}：{error.strerror or type(error).__name__}"))
    return False


def _taken(centre: Centre, connected: Connection, item: Incoming, adapter: Adapter | None) -> bool:
    """Take one thing in, an order with its files (none: without); a fault of ours is reported and refuses it alone.

    Raises:
        InvalidError: it, or one of its files, cannot be taken. DBAPIError, PartnerError: the database is away, or a file
            cannot be fetched now: the whole parcel comes again.
    """
    try:
        new = incoming.take(centre, connected, item)
        if adapter is None or not isinstance(item, OrderIn) or not item.files:
            return new
        return arriving.take(centre, connected, adapter, item) > 0 or new
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
    """Send the files whose order is there and whose bytes are here, after everything else; each fails alone.

    Where some fail one after the other the line is down, and the rest waits for the next round.
    """
    in_a_row = 0
    for row in outgoing.due(centre, [connected.code], files=True):
        between()
        try:
            done.sent += carrying.carried(centre, connected, adapter, row)
            in_a_row = 0
        except PartnerError as error:
            enclosures.failed(centre, row, error)
            done.failed += 1
            done.problems.append((connected.code, error.why))
            in_a_row += error.passing
            if in_a_row >= _FILES_DOWN:
                return


def _sent(centre: Centre, connected: Connection, adapter: Adapter, row: Row[Any]) -> bool:
    """Send one message; False where there is nothing to say any more. A fault of ours waits for a person.

    Raises:
        PartnerError: it did not get there.
    """
    try:
        message = outgoing.composed(centre, row, partial(carrying.takes, connected, adapter))
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
