"""Who may read and write which scope: the device's station, its ancestors, and the cases of its user (decision 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, func, select

from sync.protocol import ScopeHead
from sync.server.tables import feed, scope, scope_member

CASE_PREFIX: Final = "case:"
CASE_KIND: Final = "case"
TEAM_FIELD: Final = "team"
_LEVELS: Final = (9, 6, 4)
"""Digits of a street's, a county's and a city's code; a station's own has twelve."""


def ancestors(station: str) -> list[str]:
    """Return the codes above a station, nearest first."""
    return [station[:n] for n in _LEVELS if n < len(station)]


def case_of(scope_id: str) -> str | None:
    """Return the id of the mediation case whose scope this is, else None."""
    return scope_id.removeprefix(CASE_PREFIX) if scope_id.startswith(CASE_PREFIX) else None


@dataclass(frozen=True)
class Reach:
    """The scopes of one device with one user, and whether each may be written."""

    rights: dict[str, str] = field(default_factory=dict)

    def can_read(self, scope_id: str) -> bool:
        """Return whether records of the scope may be sent."""
        return scope_id in self.rights


def reach_of(connection: Connection, station: str, user: str, *, proven: bool) -> Reach:
    """Return what a device of ``station`` may read and write while ``user`` is logged in on it.

    Cases are for who has proved to be that user; for others there is the station.
    """
    rights = {station: "rw"} | dict.fromkeys(ancestors(station), "r")
    if not proven:
        return Reach(rights)
    cases = select(scope_member.c.scope_id).join(scope, scope.c.id == scope_member.c.scope_id)
    mine = connection.execute(cases.where(scope_member.c.user_id == user, scope.c.parent_id == station)).scalars()
    return Reach(rights | dict.fromkeys(sorted(mine), "rw"))


def heads(connection: Connection, reach: Reach) -> list[ScopeHead]:
    """Return where the feed of every scope ends; 0 where it is empty."""
    # One index probe for each scope: a GROUP BY would read whole feeds.
    found = []
    for scope_id, rights in reach.rights.items():
        last = connection.execute(select(func.max(feed.c.seq)).where(feed.c.scope_id == scope_id)).scalar()
        found.append(ScopeHead(scope_id, last or 0, "rw" if rights == "rw" else "r"))
    return found


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
        members.setdefault(row.id, (row.parent_id, set()))[1].add(row.user_id)
    return {scope_id: (station, frozenset(users)) for scope_id, (station, users) in members.items()}
