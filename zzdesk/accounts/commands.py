"""What is done to accounts. Key slots are not records: ``zzdesk.desk.accounts`` does both halves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from zzdesk.accounts import proof
from zzdesk.accounts.models import Account
from zzdesk.accounts.rights import checked_roles
from zzdesk.actor import account_id
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_new
from zzdesk.store.keys import login_name
from zzdesk.store.unit import ChangeSet, UnitOfWork


def create_account(
    work: UnitOfWork, login: str, display_name: str, roles: Iterable[str], seed: bytes | None = None
) -> ChangeSet:
    """Register an account at this station; ``seed`` is that of its password (see ``zzdesk.accounts.proof``).

    Raises:
        InvalidError: the login exists already, or a field cannot be taken.
        RefusedError: no right, or roles that one account may not hold together.
    """
    work.require("account.manage")
    return _create(work, login, display_name, roles, "account.create", seed)


def create_first_account(
    work: UnitOfWork, login: str, display_name: str, roles: Iterable[str], seed: bytes | None = None
) -> ChangeSet:
    """Register the account of ``init``, before anybody could have a right to do so.

    Raises:
        RefusedError: there are accounts already.
    """
    if work.session.scalar(select(Account.id).limit(1)):
        raise RefusedError(N_("本站已有账号，请由系统管理员添加。"))
    return _create(work, login, display_name, roles, "account.first", seed)


def _create(
    work: UnitOfWork, login: str, display_name: str, roles: Iterable[str], event: str, seed: bytes | None
) -> ChangeSet:
    name, station = login_name(login), work.actor.station
    if not name:
        raise InvalidError.one("login", N_("请填写用户名。"))
    new_id = account_id(station, name)
    if work.session.get(Account, new_id):
        raise InvalidError.one("login", N_("这个用户名已经存在。"))
    given = {"login": name, "display_name": display_name, "roles": checked_roles(roles)}
    clean = clean_new(kind_of(Account), given, work.today)
    by, at = work.actor.account_id, work.clock.now()
    made = Account(**clean, id=new_id, scope=station, created_at=at, created_by=by)
    _prove(work, made, seed)
    work.session.add(made)
    work.audit(event, "account", new_id, roles=sorted(given["roles"]))
    return work.commit()


def set_roles(work: UnitOfWork, account: str, roles: Iterable[str]) -> ChangeSet:
    """Give an account other roles.

    Raises:
        RefusedError: no right, roles that must be apart, or nobody would be left to manage accounts.
    """
    work.require("account.manage")
    found, wanted = _get(work, account), checked_roles(roles)
    if "administrator" not in wanted:
        _keep_an_administrator(work, found)
    before = frozenset(found.roles or ())
    work.change(found, {"roles": wanted})
    work.audit(
        "account.roles", "account", account, added=sorted(wanted - before), removed=sorted(before - wanted)
    )
    return work.commit()


def rename_account(work: UnitOfWork, account: str, display_name: str) -> ChangeSet:
    """Change the name that is shown; the login stays."""
    work.require("account.manage")
    work.change(_get(work, account), {"display_name": display_name})
    return work.commit()


def disable_account(work: UnitOfWork, account: str) -> ChangeSet:
    """Stop an account: it cannot log in any more; what it did stays.

    Raises:
        RefusedError: no right, one's own account, or the last administrator.
    """
    work.require("account.manage")
    found = _get(work, account)
    if found.id == work.actor.account_id:
        raise RefusedError(N_("不能停用自己的账号。"))
    _keep_an_administrator(work, found)
    work.change(found, {"disabled": True})
    work.audit("account.disable", "account", account)
    return work.commit()


def enable_account(work: UnitOfWork, account: str) -> ChangeSet:
    """Let a stopped account log in again (on desks where it has a password)."""
    work.require("account.manage")
    work.change(_get(work, account), {"disabled": None})
    work.audit("account.enable", "account", account)
    return work.commit()


def note_password(work: UnitOfWork, account: str, how: str, seed: bytes | None = None) -> ChangeSet:
    """Write into the audit that a password was set: ``own``, ``reset`` or ``recovery``; keep what proves it."""
    if account != work.actor.account_id:
        work.require("account.manage")
    _prove(work, _get(work, account), seed)
    work.audit("password.set", "account", account, how=how)
    work.touch("account", account)
    return work.commit()


def _prove(work: UnitOfWork, account: Account, seed: bytes | None) -> None:
    if seed is not None:
        proof.keep_seed(work.session, account.id, seed)
        account.proof_key = proof.public_key(seed)


def _get(work: UnitOfWork, account: str) -> Account:
    found = work.session.get(Account, account)
    if found is None or found.scope != work.actor.station:
        raise NotFoundError(N_("本站没有这个用户。"))
    return found


def _keep_an_administrator(work: UnitOfWork, leaving: Account) -> None:
    accounts = work.session.scalars(select(Account).where(Account.scope == work.actor.station))
    others = (a for a in accounts if a.id != leaving.id and not a.disabled and not a.voided)
    if "administrator" in (leaving.roles or ()) and not any(
        "administrator" in (a.roles or ()) for a in others
    ):
        raise RefusedError(N_("这是本站最后一个系统管理员，不能停用，也不能取消这个角色。"))
