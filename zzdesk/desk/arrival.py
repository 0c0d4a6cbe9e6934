"""Logging in as one transaction of plain SQL: what happened meanwhile, then who came; in the audit before anything shows.

There is one way in, with and without SQLAlchemy: :class:`~zzdesk.desk.session.Desk` and the first look of
:mod:`zzdesk.desk.glance` both arrive here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.actor import INACTIVE, Actor, account_id
from zzdesk.clock import Clock
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.paths import HomePaths
from zzdesk.settings import load_settings
from zzdesk.store import chain
from zzdesk.store.keys import KeyRing
from zzdesk.typed import read

NOT_BY_SYSTEM: Final = N_("本机没有允许用系统密钥库登录。")
_GUARD_NUMBER: Final = "guard_number"
_ACCOUNT: Final = (
    "SELECT id, login, display_name, roles FROM account"
    " WHERE id = ? AND disabled IS NOT 1 AND (voided IS NULL OR voided IS 0)"
)


@dataclass(frozen=True)
class Door:
    """Where somebody comes in: the home, its keys and its clock, and the login."""

    paths: HomePaths
    station: str
    login: str
    keys: KeyRing
    clock: Clock

    @property
    def account(self) -> str:
        """The id that the login has at this station."""
        return account_id(self.station, self.login)


@dataclass(frozen=True)
class Arrival:
    """Who came in, and what was noticed then (keys of ``WARNINGS`` in :mod:`zzdesk.desk.session`)."""

    actor: Actor
    warnings: tuple[str, ...] = ()


def arrive(connection: Any, door: Door, key: bytes, event: str, **facts: Any) -> Arrival:
    """Log in over a raw connection that is in no transaction.

    Raises:
        RefusedError: the account may not log in; that is in the audit.
    """
    with _writing(connection):
        carried, lines, warnings = _carry_failures(connection, door)
        chain.append_all(connection, door.clock, None, lines)
        more = _compare_anchor(connection, door, key)
        chain.append_all(connection, door.clock, None, more)
        actor = actor_of(connection, door.station, door.login)
        name, by = (event, facts) if actor else ("login.refused", {})
        chain.append_all(connection, door.clock, actor, [(name, "account", door.account, by)])
    if actor is None:
        raise RefusedError(INACTIVE)
    door.keys.guard().forget(carried)
    return Arrival(actor, (*warnings, *(name for name, *_ in more)))


def actor_of(connection: Any, station: str, login: str) -> Actor | None:
    """The actor that a login at a station is at this moment; None for an account that may not log in."""
    row = connection.execute(_ACCOUNT, (account_id(station, login),)).fetchone()
    if row is None:
        return None
    state = connection.execute("SELECT device_id FROM sync_state WHERE id = 1").fetchone()
    roles = read(row[3] or "[]", frozenset[str])
    return Actor(row[0], row[1], row[2], roles, station, state[0] if state else None)


def key_by_system(door: Door) -> bytes:
    """The data key by the system keyring, where this machine's policy allows it.

    Raises:
        RefusedError: not allowed here, or the keyring does not know this account.
        LockedOutError: the account is locked after five wrong passwords.
    """
    if not load_settings(door.paths.settings).system_keyring:
        raise RefusedError(NOT_BY_SYSTEM)
    return door.keys.unlock_by_system(door.login)


@contextmanager
def _writing(connection: Any) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _carry_failures(connection: Any, door: Door) -> tuple[int, list[chain.Line], list[str]]:
    """What the sealed sidecar counted, for the audit; the number of its last event; and what to warn of.

    A lower number than the database remembers means that an older sidecar was put back.
    """
    guard = door.keys.guard()
    events, number = guard.events(), guard.number()
    seen = int(chain.local_value(connection, _GUARD_NUMBER) or 0)
    known = {guard.name_of(login): account_id(door.station, login) for login in door.keys.logins()}
    lines: list[chain.Line] = [
        (f"login.{e.what}", "account", known.get(e.name), {"at": e.at, "known": e.name in known})
        for e in events
        if e.number > seen
    ]
    rolled_back = "login.counters-rolled-back" if number < seen else ""
    if rolled_back:
        lines.append((rolled_back, None, None, {"from": seen, "to": number}))
    if number != seen:
        chain.set_local_value(connection, _GUARD_NUMBER, str(number))
    return number, lines, [rolled_back] if rolled_back else []


def _compare_anchor(connection: Any, door: Door, key: bytes) -> list[chain.Line]:
    """Notice at once that the end of the audit was cut off or rewritten; ``audit verify`` says where."""
    anchor, present = chain.read_anchor(door.paths.anchor, key), chain.head(connection)
    if anchor is None and present.rows:
        return [("audit.anchor-missing", None, None, {"rows": present.rows})]
    if anchor is not None and not chain.reaches(connection, anchor):
        return [("audit.anchor-differs", None, None, {"rows": present.rows, "anchored": anchor.rows})]
    return []
