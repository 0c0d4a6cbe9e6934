"""Hello, pull and fetch: one consistent state is read, and nothing is parsed that is only passed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
    update,
)

from sync.limits import MAX_INFLATED, MAX_PAGE_BYTES, MAX_PAGE_ROWS
from sync.modes import NORMAL, RECOVERY
from sync.problems import WireError
from sync.protocol import (
    FetchAnswer,
    FetchRequest,
    HelloAnswer,
    HelloRequest,
    Page,
    PullAnswer,
    PullRequest,
    Rec,
    Want,
)
from sync.protocol import Row as FeedRow
from sync.server import rows, withdrawal
from sync.server.accounts import ESCROW, Caller, Speaker, caller_of, device_row
from sync.server.centre import Centre, identity
from sync.server.columns import Gathering
from sync.server.keys import announced
from sync.server.numbering import lease
from sync.server.push import later_results, rec_of, replica_turn
from sync.server.recovery import handshake, settle
from sync.server.scopes import Reach, heads, reach_of
from sync.server.sweep import sweep
from sync.server.tables import device, device_gap, feed, record, replica
from zzdesk.clock import from_iso, to_iso

_SEEN_EVERY: Final = timedelta(seconds=60)
_READ_AHEAD: Final = 128
_ROW_BYTES: Final = 300
"""What a row takes on the wire beside its body, about."""


class Greeting(HelloAnswer, kw_only=True):
    """The answer to a hello with the pages that were asked for along with it, one for each scope that has news."""

    pages: list[Page] = []


def hello(centre: Centre, speaker: Speaker, request: HelloRequest) -> HelloAnswer:
    """Return what the device may read and where each feed ends; an idle round is this one request.

    Raises:
        WireError: the device is not active; replica-forked.
    """
    sweep(centre)
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker, escrow=True)
        answer = _hello(centre, connection, caller, speaker, request)
        news = _is_news(centre, connection, speaker.device_id, request)
        unsettled = answer.mode == NORMAL and identity(connection).unsettled
    if news:
        _note_device(centre, speaker.device_id, request)
    if answer.scopes and request.numbers:
        writable = {each.id for each in answer.scopes if each.rights == "rw"}
        answer.number_blocks = lease(centre, speaker.device_id, request.replica, request.numbers, writable)
    if answer.mode == RECOVERY and request.epoch == answer.epoch:
        answer.mode = handshake(centre, speaker.device_id, request.resend_n)
    elif unsettled:
        settle(centre)
    return answer


def _hello(
    centre: Centre, connection: Connection, caller: Caller, speaker: Speaker, request: HelloRequest
) -> HelloAnswer:
    now = identity(connection)
    if request.epoch == now.epoch and any(seq > now.seq for seq in request.cursors.values()):
        raise WireError("rolled-back")
    reach = reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)
    answer = greeting(centre, connection, caller, reach, request.cursors, request.asks, request.nonce)
    if answer.wipe is not None:
        return answer
    if not speaker.proven:
        answer.policy["identity"] = "unproven"
    if request.rows and request.epoch == now.epoch and not _is_too_old(centre, caller):
        wants = [Want(each.id, request.cursors.get(each.id, 0)) for each in answer.scopes]
        news = [want for want, each in zip(wants, answer.scopes, strict=True) if each.head > want.after]
        answer.pages = _pages(connection, now.seq, PullRequest(
            request.replica, now.epoch, request.nonce, news, min(request.rows, MAX_PAGE_ROWS), brief=True
        ))  # fmt: skip
    return answer


def greeting(
    centre: Centre, connection: Connection, caller: Caller, reach: Reach, cursors: Collection[str], asks: Sequence[str],
    nonce: str,
) -> Greeting:  # fmt: skip
    """Return what a device is told that may read ``reach``, whether it came itself or is written to.

    ``cursors`` are the scopes that it has, ``asks`` the operations that it waits to hear of.
    """
    now = identity(connection)
    answer = Greeting(
        scopes=[], durable_seq=now.durable_seq, server_keys=announced(centre), mode=now.mode, name=now.name or "",
        **centre.envelope(connection, nonce),
    )  # fmt: skip
    if caller.status == ESCROW:
        answer.wipe = withdrawal.wipe_order(centre, connection, caller, nonce)
        return answer
    answer.scopes = heads(connection, reach)
    answer.policy = {"offline_days": centre.settings.offline_days}
    lost = set(cursors) - set(reach.rights)
    answer.revoked = withdrawal.revocations(centre, connection, caller, lost, nonce)
    answer.notices = withdrawal.notices(centre, connection, caller, reach, nonce)
    answer.settled = later_results(centre, connection, caller, asks)
    return answer


def _is_too_old(centre: Centre, caller: Caller) -> bool:
    return caller.schema is not None and caller.schema < centre.settings.min_schema


_OWNER: Final = select(replica.c.device_id).where(replica.c.id == bindparam("id"))


def _is_news(centre: Centre, connection: Connection, device_id: str, request: HelloRequest) -> bool:
    """Return whether this hello is worth a write: an idle round should not cost one."""
    row = device_row(connection, device_id)
    assert row is not None
    bound = connection.execute(_OWNER, {"id": request.replica}).scalar()
    if bound is not None and bound != device_id:
        raise WireError("replica-forked")
    stale = row.last_seen is None or row.last_seen < to_iso(centre.now() - _SEEN_EVERY)
    return stale or bound is None or (row.app_ver, row.schema_ver) != (request.app, request.schema)


def _note_device(centre: Centre, device_id: str, request: HelloRequest) -> None:
    with centre.database.writing() as connection:
        replica_turn(connection, request.replica, device_id)
        standing = msgspec.json.encode({"replica": request.replica, "cursors": request.cursors}).decode()
        seen = {
            "last_seen": centre.now_iso(), "app_ver": request.app, "schema_ver": request.schema, "standing": standing,
        }  # fmt: skip
        if request.outbox_n == 0:
            seen["open_since"] = seen["last_seen"]
        _note_gap(centre, connection, device_id)
        connection.execute(update(device).where(device.c.id == device_id).values(seen))


def _note_gap(centre: Centre, connection: Connection, device_id: str) -> None:
    """Keep the time in which offline log-ins were no longer good: what was done in it may arrive in any later round."""
    row = connection.execute(select(device).where(device.c.id == device_id)).one()
    expired = from_iso(row.last_seen or row.enrolled_at) + timedelta(days=centre.settings.offline_days)
    if expired < centre.now():
        gap = {"device_id": device_id, "from_ts": to_iso(expired), "to_ts": centre.now_iso()}
        connection.execute(device_gap.insert(), gap)


def pull(centre: Centre, speaker: Speaker, request: PullRequest) -> PullAnswer:
    """Return the next page of every wanted scope, bounded by rows and by bytes over all of them.

    Raises:
        WireError: epoch-changed; upgrade; scope-denied; the device is not active.
    """
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker)
        now = identity(connection)
        if now.epoch != request.epoch:
            raise WireError("epoch-changed")
        if _is_too_old(centre, caller):
            raise WireError("upgrade")
        reach = reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)
        return pages_of(centre, connection, reach, request)


def pages_of(centre: Centre, connection: Connection, reach: Reach, request: PullRequest) -> PullAnswer:
    """Return the next page of every wanted scope, as far as ``reach`` allows.

    Raises:
        WireError: scope-denied.
    """
    if not all(reach.can_read(want.scope) for want in request.want):
        raise WireError("scope-denied")
    pages = _pages(connection, identity(connection).seq, request)
    return PullAnswer(pages=pages, **centre.envelope(connection, request.nonce))


def _pages(connection: Connection, head: int, request: PullRequest) -> list[Page]:
    room = _Room(min(request.limit, MAX_PAGE_ROWS), MAX_PAGE_BYTES)
    return [_page(connection, want, head, request, room) for want in request.want]


class _Room:
    """What may still go into an answer."""

    def __init__(self, count: int, size: int) -> None:
        self.count = count
        self.size = size

    @property
    def is_full(self) -> bool:
        """Return whether nothing more goes in."""
        return self.count <= 0 or self.size <= 0

    def take(self, size: int) -> None:
        """Count one row."""
        self.count -= 1
        self.size -= size


def _page(connection: Connection, want: Want, head: int, request: PullRequest, room: _Room) -> Page:
    """Return a page; one that found no room is empty and says that there is more."""
    found: list[FeedRow] = []
    sqlite = connection.dialect.name == "sqlite"
    gathering = Gathering(want.scope, stored_canonical=sqlite)
    more = False
    last = want.after
    for row in _feed(connection, _query(want, head, request.replica, room.count + 1, sqlite=sqlite)):
        if room.is_full:
            more = True
            break
        body = row[_BODY] or b""
        body = body if isinstance(body, bytes) else body.encode()
        if not (request.brief and body and gathering.take(row, body)):
            found.append(_feed_row(row, body, request.replica))
        last = row[_SEQ]
        room.take(len(body) + _ROW_BYTES)
    if want.skip and not more:
        last = max(last, _end(connection, want, head))  # what was skipped is read too
    return Page(want.scope, want.after, last, more, found, gathering.columns())


def _end(connection: Connection, want: Want, head: int) -> int:
    ours = (feed.c.scope_id == want.scope, feed.c.seq > want.after, feed.c.seq <= head)
    return connection.execute(select(func.max(feed.c.seq)).where(*ours)).scalar() or want.after


def _feed(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    result = connection.execute(query.execution_options(yield_per=_READ_AHEAD))
    try:
        yield from result
    finally:
        result.close()


_SEQ, _BODY = 0, 6
"""Places in what ``_query`` reads."""


def _query(want: Want, head: int, replica_id: str, limit: int, *, sqlite: bool) -> Select[Any]:
    joined = feed.outerjoin(record, and_(record.c.kind == feed.c.kind, record.c.id == feed.c.id))
    body = cast(record.c.body, LargeBinary) if sqlite else record.c.body  # bytes, as it goes on
    mine = case((record.c.last_replica == replica_id, null()), else_=body)  # a stub needs no body
    columns = (
        feed.c.seq.label("feed_seq"), feed.c.kind, feed.c.id, feed.c.what, record.c.scope_id, record.c.ver,
        mine.label("body"), record.c.stamps, record.c.hash, record.c.last_replica,
    )  # fmt: skip
    had = [~feed.c.seq.between(first, last) for first, last in want.skip]
    rule = (feed.c.scope_id == want.scope, feed.c.seq > want.after, feed.c.seq <= head, *had)
    return select(*columns).select_from(joined).where(*rule).order_by(feed.c.seq).limit(limit)


def _feed_row(row: Row[Any], body: bytes, replica_id: str) -> FeedRow:
    if row.what != "put":
        return FeedRow(row.feed_seq, row.what, kind=row.kind, id=row.id, ver=row.ver)
    if row.last_replica == replica_id:
        return FeedRow(row.feed_seq, "stub", kind=row.kind, id=row.id, ver=row.ver, hash=row.hash)
    stamps = msgspec.Raw(row.stamps.encode())
    rec = Rec(row.kind, row.id, row.ver, row.feed_seq, row.scope_id, msgspec.Raw(body), stamps, row.hash)
    return FeedRow(row.feed_seq, "put", rec)


def fetch(centre: Centre, speaker: Speaker, request: FetchRequest) -> FetchAnswer:
    """Return those of the records that exist in scopes which the device may read, as far as they fit.

    Raises:
        WireError: the device is not active.
    """
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker)
        reach = reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)
        room = _Room(len(request.ids), MAX_INFLATED)
        records = []
        for part in _portions(request.ids):
            for found in rows.load(connection, part, lock=False).values():
                if reach.can_read(found.state.scope) and not room.is_full:
                    room.take(len(found.body.encode()))
                    records.append(rec_of(found))
        return FetchAnswer(records=records, **centre.envelope(connection, request.nonce))


def _portions(ids: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(ids), 32):
        yield ids[start : start + 32]


