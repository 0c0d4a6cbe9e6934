"""Who may read and write which scope (decision 11).

A device reaches its own node, what is above it, nodes below or beside it that an operator opened for it and where its
user holds a role, and the cases of its user.  What it may *keep* is what everybody who has proved to be at it may
read: people share a desk, and one's log-in takes nothing away from the others.

A case for which 110 was called is read, and only read, by the police of its station besides its team until it is archived
(scenario D06).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from sync.protocol import ScopeHead
from sync.server.tables import device_user, feed, grant_history, scope, scope_member
from zzdesk.accounts import sealed
from zzdesk.accounts.rights import allowed
from zzdesk.mediation.workflow import ARCHIVED
from zzdesk.typed import read

CASE_PREFIX: Final = "case:"
CASE_KIND: Final = "case"
TEAM_FIELD: Final = "team"
CALL_FIELD: Final = "police_called_at"
READING_KIND: Final = "case_reading"
"""What who may only read a case writes into it: that it was read."""
READ_ESCALATED: Final = "case.read_escalated"
POLICE: Final = "*police"
"""Stands among the members of a case for which 110 was called; nobody's id: those have no asterisk."""
NODE: Final = "node"
BELOW: Final = "*"
"""Behind a code in a device's ceiling: everything below it too."""
_STREET: Final = 9
_LEVELS: Final = (12, 9, 6, 4)
"""Digits of a community's, a street's, a county's and a city's code; a grid's own has more."""


def ancestors(station: str) -> list[str]:
    """Return the codes above a node, nearest first."""
    return [station[:n] for n in _LEVELS if n < len(station)]


def street_of(scope_id: str) -> str | None:
    """Return the code of the street office above a community or a grid; None above which there is none, and for cases."""
    street = scope_id[:_STREET]
    return street if len(scope_id) > _STREET and street.isdecimal() else None


def case_of(scope_id: str) -> str | None:
    """Return the id of the mediation case whose scope this is, else None."""
    return scope_id.removeprefix(CASE_PREFIX) if scope_id.startswith(CASE_PREFIX) else None


@dataclass(frozen=True)
class Ceiling:
    """The nodes that a device may reach at most: its own, and what an operator opened for it."""

    station: str
    codes: frozenset[str]

    @classmethod
    def of(cls, row: Row[Any]) -> Ceiling:
        """Return the ceiling of a row of the device table."""
        return cls(row.station, frozenset(read(row.scope_ceiling, list[str])))

    def covers(self, node: str) -> bool:
        """Return whether the device may reach a node at all."""
        return any(node == code or _is_below(node, code) for code in self.codes)


def _is_below(node: str, code: str) -> bool:
    return code.endswith(BELOW) and node.startswith(code.removesuffix(BELOW))


@dataclass(frozen=True)
class Reach:
    """The scopes of one device with one user or with several, and whether each may be written."""

    rights: dict[str, str] = field(default_factory=dict)

    def can_read(self, scope_id: str) -> bool:
        """Return whether records of the scope may be sent."""
        return scope_id in self.rights

    def __or__(self, other: Reach) -> Reach:
        both = self.rights | other.rights
        return Reach({s: "rw" if "rw" in (self.rights.get(s), other.rights.get(s)) else r for s, r in both.items()})


_CASES: Final = (
    select(scope_member.c.scope_id)
    .join(scope, scope.c.id == scope_member.c.scope_id)
    .where(scope_member.c.user_id == bindparam("user"), scope.c.parent_id.in_(bindparam("stations", expanding=True)))
)


def reach_of(connection: Connection, ceiling: Ceiling, user: str, *, proven: bool) -> Reach:
    """Return what a device may read and write while ``user`` is logged in on it.

    Cases, and other nodes than the device's own, are for who has proved to be that user.
    """
    rights = {ceiling.station: "rw"} if ceiling.covers(ceiling.station) else {}
    rights |= dict.fromkeys(ancestors(ceiling.station), "r")
    if not proven:
        return Reach(rights)
    roles = roles_of(connection, user)
    rights |= _opened(connection, ceiling, roles)
    confidential = [node for node, held in roles.items() if allowed(held, "case.read_confidential")]
    stations = [node for node in confidential if rights.get(node) == "rw"]
    readers = [node for node, held in roles.items() if rights.get(node) == "rw" and allowed(held, sealed.READ)]
    rights |= {sealed.scope_of(node): "rw" for node in sorted(readers)}
    mine = connection.execute(_CASES, {"user": user, "stations": stations}).scalars().all()
    police = [node for node, held in roles.items() if rights.get(node) == "rw" and allowed(held, READ_ESCALATED)]
    called = connection.execute(_CASES, {"user": POLICE, "stations": police}).scalars().all() if police else ()
    return Reach(rights | dict.fromkeys(sorted(called), "r") | dict.fromkeys(sorted(mine), "rw"))


def is_escalated(case: dict[str, Any]) -> bool:
    """Say whether 110 was called for a case: not one that was entered by mistake, nor a call that was taken back."""
    return bool(case.get(CALL_FIELD)) and not case.get("voided")


def is_open_to_police(case: dict[str, Any]) -> bool:
    """Say whether that call still opens the case: the archive ends it. A line that tells of a reading is taken all the same."""
    return is_escalated(case) and case.get("state") != ARCHIVED


_ROLES: Final = select(grant_history.c.scope_id, grant_history.c.role).where(
    grant_history.c.user_id == bindparam("user"), grant_history.c.to_ts.is_(None)
)


def roles_of(connection: Connection, user: str) -> dict[str, frozenset[str]]:
    """Return the roles that an account holds at this moment, by node."""
    roles: dict[str, set[str]] = {}
    for row in connection.execute(_ROLES, {"user": user}):
        roles.setdefault(row.scope_id, set()).add(row.role)
    return {node: frozenset(held) for node, held in roles.items()}


def _opened(connection: Connection, ceiling: Ceiling, roles: dict[str, frozenset[str]]) -> dict[str, str]:
    """Return the rights in nodes that an operator opened for the device: a role held there writes, one above reads."""
    exact = {code for code in ceiling.codes if not code.endswith(BELOW)}
    for code in sorted(ceiling.codes - exact):
        below = select(scope.c.id).where(scope.c.kind == NODE, scope.c.id.startswith(code.removesuffix(BELOW)))
        exact |= set(connection.execute(below).scalars())
    rights: dict[str, str] = {}
    for node in sorted(exact - {ceiling.station}):
        if roles.get(node):
            rights[node] = "rw"
        elif any(roles.get(above) for above in ancestors(node)):
            rights[node] = "r"
    return rights


_USERS: Final = (
    select(device_user.c.user_id).where(device_user.c.device_id == bindparam("id")).order_by(device_user.c.user_id)
)


def device_reach(connection: Connection, device_id: str, ceiling: Ceiling) -> Reach:
    """Return what a device may keep: what any of those may read who have proved to be at it."""
    reach = reach_of(connection, ceiling, "", proven=False)
    for user in connection.execute(_USERS, {"id": device_id}).scalars():
        reach |= reach_of(connection, ceiling, user, proven=True)
    return reach


_HEAD: Final = select(func.max(feed.c.seq)).where(feed.c.scope_id == bindparam("scope"))


def heads(connection: Connection, reach: Reach) -> list[ScopeHead]:
    """Return where the feed of every scope ends; 0 where it is empty."""
    # One index probe for each scope: a GROUP BY would read whole feeds.
    found = []
    for scope_id, rights in reach.rights.items():
        last = connection.execute(_HEAD, {"scope": scope_id}).scalar()
        found.append(ScopeHead(scope_id, last or 0, "rw" if rights == "rw" else "r"))
    return found


def nodes(connection: Connection, scope_ids: Iterable[str]) -> set[str]:
    """Return which of the nodes the centre knows: a device was enrolled there, or a record has been there."""
    query = select(scope.c.id).where(scope.c.id.in_(sorted(set(scope_ids))), scope.c.kind == NODE)
    return set(connection.execute(query).scalars())


def sealed_of(scope_id: str) -> str | None:
    """Return the station whose sealed scope this is, else None."""
    return sealed.station_of(scope_id)


def is_node(scope_id: str) -> bool:
    """Say whether a scope is a place: neither a case nor under seal."""
    return case_of(scope_id) is None and sealed_of(scope_id) is None


def known(connection: Connection, scope_ids: Iterable[str]) -> set[str]:
    """Return which of the scopes, nodes and cases, the centre knows."""
    return set(connection.execute(select(scope.c.id).where(scope.c.id.in_(sorted(set(scope_ids))))).scalars())


def add_nodes(connection: Connection, parents: dict[str, str | None]) -> None:
    """Make scopes known that are not yet; ``parents`` maps each to the station of its case or of what it seals, or None
    for a node.
    """
    if not parents:
        return
    there = known(connection, parents)
    missing = [_row(each, parent) for each, parent in parents.items() if each not in there]
    if missing:  # several devices of a new station may come at once
        insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(scope)
        connection.execute(insert.on_conflict_do_nothing(), sorted(missing, key=itemgetter("id")))


def _row(scope_id: str, case_station: str | None) -> dict[str, Any]:
    above = case_station or next(iter(ancestors(scope_id)), None)
    kind = NODE if case_station is None else "sealed" if sealed_of(scope_id) else "case"
    return {"id": scope_id, "parent_id": above, "kind": kind}


def teams(connection: Connection, scope_ids: Iterable[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """Return (station, team) of those of the case scopes that exist."""
    wanted = sorted(set(scope_ids))
    if not wanted:
        return {}
    query = select(scope.c.id, scope.c.parent_id, scope_member.c.user_id).outerjoin(
        scope_member, scope_member.c.scope_id == scope.c.id
    )
    members: dict[str, tuple[str, set[str]]] = {}
    for row in connection.execute(query.where(scope.c.id.in_(wanted))):
        team = members.setdefault(row.id, (row.parent_id, set()))[1]
        team |= {row.user_id} - {POLICE}
    return {scope_id: (station, frozenset(users)) for scope_id, (station, users) in members.items()}
