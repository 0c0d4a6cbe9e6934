"""Accounts with both their halves: the record, which is reconciled, and the key slot, which stays on this machine.

The record comes first: a record without a slot is an account that cannot log in here yet, which an administrator
mends by setting a password; a slot without a record would open the database for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from zzdesk.accounts import commands, queries
from zzdesk.accounts.passwords import check_password
from zzdesk.actor import account_id
from zzdesk.desk.keyring import forget_quietly
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store.keys import login_name
from zzdesk.store.unit import ChangeSet, Reader


def _may_manage(read: Reader) -> None:
    read.require("account.manage")


def _seed(desk: Desk, account: str, password: str) -> bytes:
    return desk.keys.proof_seed(account, password, cheap=desk.info.test)


def add_account(desk: Desk, login: str, display_name: str, roles: Iterable[str], password: str) -> ChangeSet:
    """Register an account and give it a password on this machine.

    Raises:
        InvalidError: the login exists, or the password is too weak.
        RefusedError: no right, or roles that must be apart.
    """
    desk.read(_may_manage)
    name = login_name(login)
    check_password(password, login=name, about=[display_name])
    seed = _seed(desk, account_id(desk.station, name), password)
    changes = desk.write(commands.create_account, name, display_name, roles, seed)
    desk.keys.set_password(name, password, desk.store.key)
    return changes


def change_own_password(desk: Desk, old: str, new: str) -> None:
    """Replace one's own password, proving the old one.

    Raises:
        WrongPasswordError, LockedOutError: the old one is not right.
        InvalidError: the new one is too weak, or one of the last five.
    """
    check_password(new, login=desk.login, about=[desk.actor.display_name])
    desk.keys.change_password(desk.login, old, new)
    me = desk.actor.account_id
    desk.write(commands.note_password, me, "own", _seed(desk, me, new))


def reset_password(desk: Desk, login: str, new: str) -> None:
    """Set the password of another account (forgotten, or made on another desk of the station).

    Raises:
        RefusedError: no right.
        NotFoundError: this desk has no such account.
        InvalidError: too weak, or one of the last five.
    """
    desk.read(_may_manage)
    name = login_name(login)
    row = desk.read(queries.get_account, account_id(desk.station, name))
    check_password(new, login=name, about=[row.display_name])
    desk.keys.set_password(name, new, desk.store.key)
    forget_quietly(desk, name)
    desk.write(commands.note_password, row.id, "reset", _seed(desk, row.id, new))


def set_password_after_recovery(desk: Desk, new: str) -> str:
    """Set one's own password on a desk opened by the recovery key; returns a new recovery key to be shown once."""
    if not desk.recovered:
        raise RefusedError(N_("只有用恢复密钥登录后才能这样设置密码。"))
    check_password(new, login=desk.login, about=[desk.actor.display_name])
    desk.keys.set_password(desk.login, new, desk.store.key)
    recovery = desk.keys.renew_recovery(desk.store.key)
    desk.recovered = False
    me = desk.actor.account_id
    desk.write(commands.note_password, me, "recovery", _seed(desk, me, new))
    return recovery


def renew_recovery_key(desk: Desk) -> str:
    """Make a new recovery key, to be shown once; the old one opens nothing any more."""
    desk.read(_may_manage)
    recovery = desk.keys.renew_recovery(desk.store.key)
    desk.note("recovery.renew")
    return recovery


def disable_account(desk: Desk, login: str) -> ChangeSet:
    """Stop an account and take its key slot away.

    Raises:
        RefusedError: no right, oneself, or the last administrator.
    """
    name = login_name(login)
    changes = desk.write(commands.disable_account, account_id(desk.station, name))
    if name in desk.keys.logins():
        forget_quietly(desk, name)
        desk.keys.remove_account(name)
    return changes


def enable_account(desk: Desk, login: str, password: str) -> ChangeSet:
    """Let a stopped account log in again, with a new password."""
    name = login_name(login)
    changes = desk.write(commands.enable_account, account_id(desk.station, name))
    reset_password(desk, name, password)
    return changes
