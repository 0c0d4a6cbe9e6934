"""What an operator of the centre does from the command line; may run beside a running server (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, inspect, select, update

from sync.merge import RecordState
from sync.modes import RECOVERY
from sync.policies import Policies
from sync.server import accounts, backups, blobs_keeping, lineage, quarantine, recovery, salvage, withdrawal
from sync.server.backups import Made
from sync.server.centre import Centre, identity
from sync.server.database import DATABASE_FILE, RECEIPT_FILE, open_engines
from sync.server.lineage import open_known
from sync.server.recovery import Restored
from sync.server.salvage import Salvaged
from sync.server.sweep import Swept
from sync.server.tables import device, grant_history, meta
from zzdesk.accounts.rights import ROLES
from zzdesk.actor import account_id
from zzdesk.clock import Clock, SystemClock
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.base import kinds
from zzdesk.store.keys import login_name
from zzdesk.typed import read

_STATION: Final = re.compile(r"\d{12}")
_NODE: Final = re.compile(r"\d{4}[0-9A-Za-z-]{0,36}\*?")
_NAME_LENGTH: Final = 60
NO_DEVICE: Final = N_("没有这台设备")


@dataclass(frozen=True)
class DeviceRow:
    """One enrolled device."""

    id: str
    name: str
    station: str
    status: str
    enrolled_at: str
    last_seen: str | None


@contextmanager
def _centre(
    data: Path, database_url: str | None, clock: Clock | None, policies: Policies | None = None
) -> Iterator[Centre]:
    must_be_there(data, database_url)
    centre = Centre(open_known(data, database_url), clock or SystemClock(), policies or Policies({}))
    try:
        yield centre
    finally:
        centre.database.close()


@contextmanager
def at_work(data: Path, database_url: str | None, clock: Clock | None = None) -> Iterator[Centre]:
    """Open a centre with the rules of every kind of record, for what an operator does beside a running server.

    Raises:
        NotFoundError: there is no centre in this folder.
    """
    import zzdesk.catalogue  # noqa: F401 - the rules of every kind

    with _centre(data, database_url, clock, Policies.of(kinds())) as centre:
        yield centre


def must_be_there(data: Path, database_url: str | None) -> None:
    """Refuse a folder without a centre: a mistyped one would become a second centre that nobody serves.

    An empty PostgreSQL database, named expressly, may be begun here.
    """
    posted = database_url is not None and not database_url.startswith("sqlite")
    if (data / RECEIPT_FILE).exists() and (posted or (data / DATABASE_FILE).exists()):
        return
    if posted:
        engine, _ = open_engines(data, database_url)
        try:
            begun = inspect(engine).has_table("meta")
        finally:
            engine.dispose()
        if not begun:
            return
    raise NotFoundError(N_("这里没有中心：{data}。请核对 --data，或先用 serve 启动中心"), data=str(data))


def enrol_code(data: Path, database_url: str | None, station: str, clock: Clock | None = None) -> str:
    """Return a new one-time code with which one device of a station may enrol, for 15 minutes.

    Raises:
        InvalidError: the station is not a code of twelve digits.
        NotFoundError: there is no centre in this folder.
    """
    if not _STATION.fullmatch(station):
        raise InvalidError.one("station", N_("站点代码应为12位数字"))
    with _centre(data, database_url, clock) as centre:
        return accounts.make_code(centre, station)


def sweep(data: Path, database_url: str | None, clock: Clock | None = None) -> Swept:
    """Do what is due by now, as every request does: for a centre that nobody has asked anything for a while.

    Raises:
        NotFoundError: there is no centre in this folder.
    """
    from sync.server.sweep import sweep as run

    with at_work(data, database_url, clock) as centre:
        return run(centre)


def devices(data: Path, database_url: str | None) -> list[DeviceRow]:
    """Return all enrolled devices, by station and name."""
    columns = (device.c.id, device.c.name, device.c.station, device.c.status, device.c.enrolled_at, device.c.last_seen)
    query = select(*columns).order_by(device.c.station, device.c.name, device.c.id)
    with _centre(data, database_url, None) as centre, centre.database.reading() as connection:
        return [DeviceRow(*row) for row in connection.execute(query)]


def set_device(data: Path, database_url: str | None, device_id: str, status: str, clock: Clock | None = None) -> None:
    """Let a device in, let it only hand over its work and then be emptied (escrow), or let it in no longer (dead).

    It holds from its next request on.

    Raises:
        NotFoundError: there is no such device.
    """
    with _centre(data, database_url, clock) as centre, centre.database.writing() as connection:
        change = update(device).where(device.c.id == device_id).values(status=status)
        if connection.execute(change).rowcount == 0:
            raise NotFoundError(NO_DEVICE)


def open_scopes(
    data: Path, database_url: str | None, device_id: str, add: Iterable[str], remove: Iterable[str],
    clock: Clock | None = None,
) -> list[str]:  # fmt: skip
    """Change which nodes a device may reach at most, and return them; a ``*`` behind a code means what is below it.

    What a device loses is withdrawn from it at its next hello.

    Raises:
        NotFoundError: there is no such device. InvalidError: not the code of a node.
    """
    added, removed = set(add), set(remove)
    for code in sorted(added):
        if not _NODE.fullmatch(code):
            raise InvalidError.one("add", N_("应为区划或网格的代码，后面可以加 * 表示它下面的全部"))
    with _centre(data, database_url, clock) as centre, centre.database.writing() as connection:
        row = connection.execute(select(device).where(device.c.id == device_id)).first()
        if row is None:
            raise NotFoundError(NO_DEVICE)
        codes = set(read(row.scope_ceiling, list[str]))
        past = read(row.narrowed, list[list[str]]) if row.narrowed else []
        past += [[code, centre.now_iso()] for code in sorted(codes & removed)]
        left = sorted((codes - removed) | added)
        values = {"scope_ceiling": _json(left), "narrowed": _json(past)}
        connection.execute(update(device).where(device.c.id == device_id).values(values))
    return left


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def give_role(
    data: Path, database_url: str | None, account: str, role: str, node: str, *, take: bool = False,
    clock: Clock | None = None,
) -> None:  # fmt: skip
    """Let an account hold a role in another node than its own, or take it back; its own roles its administrator gives.

    Raises:
        NotFoundError: there is no such account. InvalidError: no such role or node. RefusedError: it is its own node.
    """
    if role not in ROLES:
        raise InvalidError.one("role", N_("没有这个角色"))
    if not _NODE.fullmatch(node) or node.endswith("*"):
        raise InvalidError.one("scope", N_("应为区划或网格的代码"))
    with _centre(data, database_url, clock) as centre, centre.database.writing() as connection:
        user = _account(connection, account)
        if user.scope == node:
            raise RefusedError(N_("账号在自己站点的角色由那里的系统管理员给"))
        mine = (grant_history.c.user_id == user.id, grant_history.c.scope_id == node, grant_history.c.role == role)
        held = select(grant_history.c.from_ts).where(*mine, grant_history.c.to_ts.is_(None))
        there = connection.execute(held).first() is not None
        if take and there:
            close = update(grant_history).where(*mine, grant_history.c.to_ts.is_(None))
            connection.execute(close.values(to_ts=centre.now_iso()))
        elif not take and not there:
            row = {"user_id": user.id, "role": role, "scope_id": node, "from_ts": centre.now_iso()}
            connection.execute(grant_history.insert(), row)


def _account(connection: Connection, name: str) -> RecordState:
    """Return an account by its id, or by ``login@station``.

    Raises:
        NotFoundError: the centre does not know it.
    """
    login, _, station = name.partition("@")
    wanted = account_id(station, login_name(login)) if station else name
    found = accounts.accounts(connection, [wanted]).get(wanted)
    if found is None:
        raise NotFoundError(N_("中心没有这个账号：{name}"), name=name)
    return found


def quarantined(data: Path, database_url: str | None) -> list[quarantine.Waiting]:
    """Return what waits for a supervisor's decision, the oldest first."""
    with _centre(data, database_url, None) as centre, centre.database.reading() as connection:
        return quarantine.waiting(connection)


def decide(
    data: Path, database_url: str | None, op_id: str, by: str, reason: str, *, let_through: bool,
    clock: Clock | None = None,
) -> dict[str, str]:  # fmt: skip
    """Release or refuse what waits in quarantine; ``by`` is a supervisor's account; return the outcome of each operation.

    Raises:
        NotFoundError, RefusedError: see :func:`sync.server.quarantine.decide`.
    """
    import zzdesk.catalogue  # noqa: F401 - makes every kind known: what is let through is judged
    from zzdesk.store.base import kinds

    with _centre(data, database_url, clock, Policies.of(kinds())) as centre:
        with centre.database.reading() as connection:
            user = _account(connection, by).id
        return quarantine.decide(centre, op_id, user, reason, let_through=let_through)


def announce(data: Path, database_url: str | None, scope: str, count: int, clock: Clock | None = None) -> None:
    """Tell the desks that so many records leave a scope at once and that it is meant (hazard 31)."""
    with _centre(data, database_url, clock) as centre, centre.database.writing() as connection:
        withdrawal.announce(centre, connection, scope, count)


def rename(data: Path, database_url: str | None, name: str | None) -> str:
    """Give the centre the name that people call it by, and return it; None only asks."""
    with _centre(data, database_url, None) as centre:
        if name is not None:
            with centre.database.writing() as connection:
                connection.execute(update(meta).values(name=name.strip()[:_NAME_LENGTH] or None))
        with centre.database.reading() as connection:
            return str(identity(connection).name or "")


def set_mode(data: Path, database_url: str | None, mode: str) -> None:
    """Let the centre only be read while somebody works at it, or be as it was.

    Raises:
        RefusedError: it recovers from a restore, which ends by itself.
    """
    with _centre(data, database_url, None) as centre, centre.database.writing() as connection:
        if identity(connection).mode == RECOVERY:
            raise RefusedError(N_("中心正在恢复数据，恢复完会自己结束，现在不能改"))
        connection.execute(update(meta).values(mode=mode))


def blobs_kept(data: Path, database_url: str | None, clock: Clock | None = None) -> blobs_keeping.Kept:
    """Set aside what no record has named for 30 days, and return what the centre keeps of attachments."""
    with _centre(data, database_url, clock) as centre:
        blobs_keeping.sweep(centre)
        return blobs_keeping.kept(centre)


def back_up(data: Path, database_url: str | None, target: Path, keep: int, clock: Clock | None = None) -> Made:
    """Write a verified backup into ``target`` and keep the newest ``keep``; see ``backups.make``."""
    with _centre(data, database_url, clock) as centre:
        return backups.make(centre.database, database_url, centre.clock, target, keep)


def declare_durable(data: Path, database_url: str | None, seq: int, clock: Clock | None = None) -> int:
    """Note how far back the oldest backup reaches that was made elsewhere; return what desks may forget up to.

    Raises:
        InvalidError: the centre has not come so far.
    """
    with _centre(data, database_url, clock) as centre:
        return backups.declare(centre.database, centre.clock, seq)


def post_restore(data: Path, database_url: str | None, clock: Clock | None = None) -> Restored:
    """Begin a new epoch on a restored database; see ``recovery.post_restore``."""
    lineage.refuse_a_gap(data, database_url)
    must_be_there(data, database_url)
    return recovery.post_restore(data, database_url, clock)


def salvaged(data: Path, database_url: str | None) -> list[Salvaged]:
    """Return the records that wait for a decision since a restore."""
    with _centre(data, database_url, None) as centre, centre.database.reading() as connection:
        return salvage.waiting(connection)


def decide_salvage(
    data: Path, database_url: str | None, key: tuple[str, str], digest: str | None, *, put_back: bool
) -> None:
    """Put a record back or leave it out; see ``salvage.decide``."""
    import zzdesk.catalogue  # noqa: F401 - makes every kind known: what waits is judged
    from zzdesk.store.base import kinds

    with _centre(data, database_url, None, Policies.of(kinds())) as centre:
        salvage.decide(centre, key, digest, put_back=put_back)
