"""Logging in by the keyring of the system (decision 13): the policy of this machine, and each person's own choice.

The keyring belongs to whoever is logged in at the operating system. Hence two consents: an administrator allows it
on this machine, and each person chooses it for the own account, with the password. It is off until then, since on a
shared computer account everybody would be everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zzdesk.desk.arrival import NOT_BY_SYSTEM
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError, WrongPasswordError
from zzdesk.i18n import N_
from zzdesk.settings import change_settings
from zzdesk.store import system_keyring
from zzdesk.store.keys import WRONG
from zzdesk.store.unit import Reader

_KIOSK: Final = frozenset({"kiosk"})


@dataclass(frozen=True)
class KeyringState:
    """Where this machine and the account that is logged in stand.

    ``obstacle`` says in words why the keyring cannot be used here; empty where it can.
    """

    allowed: bool
    unlocks: bool
    mine: bool
    obstacle: str


def keyring_state(desk: Desk) -> KeyringState:
    """Return what the settings show; may load the keyring's library, never asks it for a secret."""
    try:
        system_keyring.require()
        obstacle = ""
    except RefusedError as error:
        obstacle = error.text()
    settings = desk.settings
    return KeyringState(settings.system_keyring, settings.keyring_unlocks, desk.login in desk.keys.remembered(), obstacle)


def _may_set(read: Reader) -> None:
    read.require("settings.edit")


def allow_system_keyring(desk: Desk, allowed: bool, unlocks: bool = False) -> KeyringState:
    """Let accounts of this machine choose to log in by the system keyring, or stop it for all of them.

    Args:
        desk: the open desk.
        allowed: whether accounts may choose it; without it every slot in the keyring goes.
        unlocks: whether it opens the locked screen too; otherwise that asks for the password.

    Raises:
        RefusedError: no right, or the machine has no usable keyring.
    """
    desk.read(_may_set)
    if allowed:
        system_keyring.require()
    changed = change_settings(desk.paths.settings, system_keyring=allowed, keyring_unlocks=allowed and unlocks)
    desk.settings.system_keyring, desk.settings.keyring_unlocks = changed.system_keyring, changed.keyring_unlocks
    if not allowed:
        for login in desk.keys.remembered():
            forget_quietly(desk, login)
    desk.note("keyring.allow" if allowed else "keyring.forbid", unlocks=changed.keyring_unlocks)
    return keyring_state(desk)


def remember_me(desk: Desk, password: str) -> KeyringState:
    """Let the system keyring log in the account that is logged in now; its password proves who asks.

    Raises:
        RefusedError: not allowed on this machine, no usable keyring, or the account of a kiosk.
        WrongPasswordError, LockedOutError: the password is not right.
    """
    if not desk.settings.system_keyring:
        raise RefusedError(NOT_BY_SYSTEM)
    if desk.actor.roles <= _KIOSK:
        raise RefusedError(N_("自助机的账号不能免密码登录。"))
    if not desk.verify_password(password):
        raise WrongPasswordError(WRONG)
    desk.keys.remember_in_system(desk.login, desk.store.key)
    desk.note("keyring.remember", "account", desk.actor.account_id)
    return keyring_state(desk)


def forget_me(desk: Desk) -> KeyringState:
    """Take the own slot away: from now on only the password opens."""
    forget_quietly(desk, desk.login)
    desk.note("keyring.forget", "account", desk.actor.account_id)
    return keyring_state(desk)


def forget_quietly(desk: Desk, login: str) -> None:
    """Take an account's slot away; a keyring that cannot be reached keeps a secret that opens nothing any more."""
    if login not in desk.keys.remembered():
        return
    try:
        desk.keys.forget_in_system(login)
    except RefusedError:
        desk.note("keyring.left-behind")
