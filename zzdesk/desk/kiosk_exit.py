"""The way out of a touch kiosk that cannot be opened: its account was stopped, the machine taken back, the password changed.

The PINs of the operators lie in the database, which cannot be read then. So their Argon2id proofs (RFC 9106) are kept once
more beside it, in a file that only the kiosk's system user can read; whoever can read that has the desktop already, and a
PIN opens nothing but the kiosk's window. Five wrong ones are counted beside it, and lock it for ten minutes.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from zzdesk.clock import Clock, RecordId
from zzdesk.errors import WrongPasswordError
from zzdesk.i18n import N_
from zzdesk.paths import HomePaths
from zzdesk.store.files import write_private
from zzdesk.store.guard import Guard
from zzdesk.typed import read

log = logging.getLogger("zzdesk.kiosk")
WRONG_PIN: Final = N_("PIN不对。")


class Door(msgspec.Struct):
    """Who may leave (account: encoded proof), and the key that seals the counters of wrong PINs."""

    guard_key: bytes
    proofs: dict[str, str]


def keep_door(paths: HomePaths, proofs: Mapping[RecordId, str], clock: Clock) -> None:
    """Keep who may leave for the day on which the database cannot be asked."""
    before = _door(paths)
    door = Door(before.guard_key if before else secrets.token_bytes(32), dict(proofs))
    if before is None:
        Guard(paths.kiosk_door_guard, door.guard_key, clock).create()
    if before is None or before.proofs != door.proofs:
        write_private(paths.kiosk_door, msgspec.json.encode(door))


def leave_stopped(home: Path, pin: str, clock: Clock) -> None:
    """Let the operator out whose PIN this is; who it was is in the log, the audit lies in the database.

    Raises:
        WrongPasswordError: nobody's. LockedOutError: five wrong PINs; ten minutes.
    """
    paths = HomePaths(home)
    door = _door(paths)
    if door is None:
        raise WrongPasswordError(WRONG_PIN)
    guard = Guard(paths.kiosk_door_guard, door.guard_key, clock)
    guard.attempt("pin")
    for account, proof in door.proofs.items():
        if is_pin(proof, pin):
            guard.succeed("pin")
            log.info("account %s left the kiosk while it was stopped", account)
            return
    log.info("a wrong PIN was typed while the kiosk was stopped")
    raise WrongPasswordError(WRONG_PIN)


def is_pin(proof: str, pin: str) -> bool:
    """Say whether this proof was made of this PIN."""
    try:
        return PasswordHasher().verify(proof, pin)
    except VerifyMismatchError:
        return False


def _door(paths: HomePaths) -> Door | None:
    """Return what was kept; None where it is missing or spoilt: it is kept anew when the kiosk is opened next."""
    try:
        return read(paths.kiosk_door.read_bytes(), Door)
    except (FileNotFoundError, ValueError):
        return None
