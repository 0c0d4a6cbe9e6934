"""Two real desks of one station at a real centre, both trusted by it."""

from __future__ import annotations

from sync.client.engine import sync_once
from tests.zzdesk.conftest import STATION
from zzdesk.accounts.commands import set_roles
from zzdesk.accounts.rights import FIRST_ROLES
from zzdesk.actor import account_id
from zzdesk.desk.session import Desk


def trust(first: Desk, other: Desk) -> None:
    """Let the first desk's administrator confirm what the other desk's account gave itself."""
    sync_once(other)
    sync_once(first)
    first.write(set_roles, account_id(STATION, other.actor.login), sorted(FIRST_ROLES))
    sync_once(first)
    sync_once(other)
    assert other.actor.roles >= FIRST_ROLES
