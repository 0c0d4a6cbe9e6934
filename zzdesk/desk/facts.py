"""What the windows know of a home before log-in, and of the person after it, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zzdesk.paths import HomePaths
from zzdesk.settings import HomeInfo, load_info, load_settings

if TYPE_CHECKING:
    from zzdesk.actor import Actor
    from zzdesk.desk.session import Desk


@dataclass(frozen=True)
class Facts:
    """Who is logged in and where; ``actions`` is everything this person may do."""

    account: str = ""
    login: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    actions: frozenset[str] = field(default_factory=frozenset)
    station: str = ""
    place: str = ""
    place_full: str = ""
    test: bool = False


@dataclass(frozen=True)
class HomeState:
    """What the log-in page shows of a home.

    ``by_system``: the accounts that the system keyring may log in; ``unlocks_by_system``: the locked screen too.
    """

    place: str
    place_full: str
    first_login: str
    logins: tuple[str, ...]
    test: bool
    by_system: tuple[str, ...] = ()
    unlocks_by_system: bool = False


def facts_of(desk: Desk) -> Facts:
    """Return who is logged in at an open desk, and the names of its place."""
    import zzdesk.catalogue  # noqa: F401 - from now on every kind of record is known

    return facts_for(desk.actor, desk.info)


def facts_for(actor: Actor, info: HomeInfo) -> Facts:
    """Return who somebody is at a home, and the names of its place."""
    from zzdesk.accounts.rights import actions_of

    place, place_full = _place(info.station)
    return Facts(
        actor.account_id, actor.login, actor.display_name, actor.roles, actions_of(actor.roles), info.station,
        place, place_full, info.test,
    )  # fmt: skip


def home_state(home: Path) -> HomeState:
    """Return what can be said of a home without its key.

    Raises:
        NotFoundError, NewerDatabaseError, BrokenDatabaseError: there is none, or not for this program.
    """
    from zzdesk.store.keys import KeyRing

    paths = HomePaths(home)
    info, settings, keys = load_info(paths.info), load_settings(paths.settings), KeyRing(home)
    place, place_full = _place(info.station)
    by_system = tuple(keys.remembered()) if settings.system_keyring else ()
    return HomeState(place, place_full, info.first_login, tuple(keys.logins()), info.test, by_system,
                     settings.keyring_unlocks)  # fmt: skip


def _place(code: str) -> tuple[str, str]:
    """Return the short and the full name of a station; a station elsewhere is shown by its code."""
    from zzdesk.errors import NotFoundError
    from zzdesk.places import queries

    try:
        place = queries.get(code)
    except NotFoundError:
        return code, code
    return place.name, place.full_name
