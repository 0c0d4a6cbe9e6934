"""Questions about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.accounts.models import Account
from zzdesk.actor import INACTIVE, Actor, account_id
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class AccountRow:
    """One account as a list shows it."""

    id: str
    login: str
    display_name: str
    roles: tuple[str, ...]
    disabled: bool
    trained_on: date | None


def _row(account: Account) -> AccountRow:
    roles = tuple(sorted(account.roles or ()))
    return AccountRow(
        account.id,
        account.login,
        account.display_name,
        roles,
        bool(account.disabled or account.voided),
        account.trained_on,
    )


def list_accounts(read: Reader, *, after: str | None = None, limit: int = 50) -> Page[AccountRow]:
    """One screenful of this station's accounts, by login."""
    read.require("record.read")
    query = select(Account).where(Account.scope == read.actor.station).order_by(Account.login, Account.id)
    if after is not None:
        query = query.where(Account.login > after)
    found = list(read.session.scalars(query.limit(limit + 1)))
    rows = tuple(_row(account) for account in found[:limit])
    return Page(rows, rows[-1].login if len(found) > limit else None)


def get_account(read: Reader, account: str) -> AccountRow:
    """One account by its id.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    found = read.session.get(Account, account)
    if found is None:
        raise NotFoundError(N_("本机没有这个用户。"))
    return _row(found)


def find_actor(session: Session, station: str, login: str) -> Actor:
    """The actor that a login at a station is at this moment.

    Raises:
        RefusedError: there is no such account (any more), or it is disabled.
    """
    from zzdesk.ops.models import SyncState

    account = session.get(Account, account_id(station, login))
    if account is None or account.disabled or account.voided:
        raise RefusedError(INACTIVE)
    state = session.get(SyncState, 1)
    device = state.device_id if state else None
    roles = frozenset(account.roles or ())
    return Actor(account.id, account.login, account.display_name, roles, station, device)


def display_names(read: Reader, ids: frozenset[str]) -> dict[str, str]:
    """Names to show for account ids; an id that is not known here is left out."""
    query = select(Account.id, Account.display_name).where(Account.id.in_(ids))
    return {row.id: row.display_name for row in read.session.execute(query)}
