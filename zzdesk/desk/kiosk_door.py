"""The doors of a touch kiosk: opening it, the way in for visitors and the way out for its operators, both counted.

Wrong answers are counted in a sealed file beside the database (``zzdesk.store.guard``), so that neither a refusal nor
pulling the plug takes a failure back: five, and that card, that number or the PIN is locked for ten minutes. Cards are
numbered one after the other, so that the wrong answers of all cards and numbers are counted together as well.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import select

from zzdesk.accounts.models import Account
from zzdesk.clock import Clock, RecordId
from zzdesk.desk import kiosk
from zzdesk.desk.kiosk import Proof
from zzdesk.desk.kiosk_exit import WRONG_PIN, is_pin, keep_door
from zzdesk.desk.session import Desk, open_desk
from zzdesk.errors import InvalidError, RefusedError, WrongPasswordError
from zzdesk.i18n import N_
from zzdesk.jobs.call_commands import forget_old
from zzdesk.jobs.models_kiosk import KioskPin
from zzdesk.store.guard import Guard, Overall
from zzdesk.store.keys import DESK_COST, KIOSK_COST, Cost, subkey
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

ROLE: Final = "kiosk"
PIN: Final = re.compile(r"[0-9]{6,8}")
EVERYBODY: Final = Overall("everybody", 20, timedelta(hours=1))
"""So many wrong answers at one machine within an hour, of whomever, are somebody who tries: at most one in ten minutes then."""
_EASY: Final = ("0123456789", "9876543210")


def open_kiosk(home: Path, login: str | None, password: str, clock: Clock | None = None, *, cost: Cost = DESK_COST) -> Desk:
    """Log a kiosk's account in and make ready: nobody is signed in. The passes are renewed afterwards, a part at a time
    (:func:`renew_part`): those of the last time let people in meanwhile.

    Raises:
        RefusedError: the account is not a kiosk's alone, or no operator has set a PIN here: nobody could leave.
        WrongPasswordError, LockedOutError: the password is not right.
    """
    desk = open_desk(home, login, password, clock, cost=cost)
    try:
        if desk.actor.roles != {ROLE}:
            raise RefusedError(N_("自助机要用只有“自助机”角色的账号打开：zzdesk --user 账号 kiosk"))
        if not desk.read(has_pin):
            raise RefusedError(N_("还没有设离开自助机的PIN：请先由管理员运行 zzdesk kiosk --set-pin"))
        desk.write(kiosk.end_visit)
        desk.write(forget_old)
        keep_door(desk.paths, desk.read(_who_may_leave), desk.clock)
    except BaseException:
        desk.close()
        raise
    return desk


def renew_part(desk: Desk, after: str) -> str:
    """Bring some passes up to date; return what to go on after, empty at the end."""
    return next(iter(desk.write(kiosk.renew_passes, after).created), "")


def renew_all(desk: Desk) -> None:
    """Bring every pass up to date."""
    after = renew_part(desk, "")
    while after:
        after = renew_part(desk, after)


def renew_some(desk: Desk, ids: tuple[RecordId, ...]) -> None:
    """Bring the passes of these workers up to date."""
    for start in range(0, len(ids), kiosk.AT_ONCE):
        desk.write(kiosk.renew_passes, "", ids[start : start + kiosk.AT_ONCE])


def sign_in(desk: Desk, token: str, proof: Proof) -> kiosk.Visitor:
    """Let somebody in by card and answer, or by both tails.

    Raises:
        RefusedError: nobody is known by this.
        LockedOutError: five wrong answers for this card or phone, or twenty at this machine.
    """
    guard, name = _guard(desk), f"visitor {proof.card or proof.phone_tail}"
    guard.attempt(name, overall=EVERYBODY)
    try:
        desk.write(kiosk.begin_visit, token, proof)
    except RefusedError:
        desk.note("kiosk.sign-in-wrong")
        raise
    guard.succeed(name, overall=EVERYBODY)
    return desk.read(kiosk.who, token)


def has_pin(read: Reader) -> bool:
    """Say whether an operator has set a PIN on this machine."""
    return read.session.scalar(select(KioskPin.account).limit(1)) is not None


def pin_is_mine(read: Reader) -> bool:
    """Say whether the actor has set a PIN on this machine.

    Raises:
        RefusedError: no right to leave a kiosk.
    """
    read.require("kiosk.leave")
    return read.session.get(KioskPin, read.actor.account_id) is not None


def change_pin(desk: Desk, old: str | None, pin: str, again: str, *, cost: Cost = KIOSK_COST) -> None:
    """Set one's own PIN, or another one: whoever sits down at an open desk does not have the one before.

    Raises:
        WrongPasswordError: not the PIN before. LockedOutError: five wrong ones; ten minutes.
        InvalidError: the two entries differ, or as :func:`set_pin`.
    """
    if pin != again:
        raise InvalidError.one("again", N_("两次输的不一样"))
    if desk.read(pin_is_mine):
        guard = _guard(desk)
        guard.attempt(_CHANGE, kept=True)
        if not is_pin(desk.read(_my_proof), old or ""):
            desk.note("kiosk.pin-wrong")
            raise WrongPasswordError(WRONG_PIN)
        guard.succeed(_CHANGE)
    set_pin(desk, pin, cost=cost)


_CHANGE: Final = "change of a pin"


def _my_proof(read: Reader) -> str:
    kept = read.session.get(KioskPin, read.actor.account_id)
    return kept.proof if kept is not None else ""


def set_pin(desk: Desk, pin: str, *, cost: Cost = KIOSK_COST) -> None:
    """Set one's own PIN for leaving the kiosk of this machine.

    Raises:
        RefusedError: no right. InvalidError: not six to eight figures, or easily guessed.
    """
    first = not desk.read(has_pin)
    desk.write(_keep_pin, pin, cost)
    if first and not desk.paths.kiosk_guard.exists():
        _guard(desk).create()
    keep_door(desk.paths, desk.read(_who_may_leave), desk.clock)


def _keep_pin(work: UnitOfWork, pin: str, cost: Cost) -> ChangeSet:
    work.require("kiosk.leave")
    if not PIN.fullmatch(pin):
        raise InvalidError.one("pin", N_("PIN是六到八位数字"))
    if len(set(pin)) == 1 or any(pin in row for row in _EASY):
        raise InvalidError.one("pin", N_("这个PIN太容易猜到"))
    me = work.actor.account_id
    work.session.merge(KioskPin(account=me, proof=proof_of(pin, cost), set_at=work.clock.now()))
    work.audit("kiosk.pin", "account", me)
    return work.commit()


def proof_of(pin: str, cost: Cost) -> str:
    """Return by what a PIN is known again: Argon2id (RFC 9106), encoded with its cost."""
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes).hash(pin)


def leave(desk: Desk, pin: str) -> None:
    """Let the operator out whose PIN this is; who it was is in the audit.

    Raises:
        WrongPasswordError: nobody's, or the account was stopped or has the right no longer.
        LockedOutError: five wrong PINs; ten minutes.
    """
    guard = _guard(desk)
    guard.attempt("pin", kept=True)
    proofs = desk.read(_who_may_leave)
    account = next((account for account, proof in proofs.items() if is_pin(proof, pin)), None)
    if account is None:
        desk.note("kiosk.pin-wrong")
        raise WrongPasswordError(WRONG_PIN)
    guard.succeed("pin")
    desk.note("kiosk.left", "account", account)


def _who_may_leave(read: Reader) -> dict[RecordId, str]:
    """Return the proofs of the operators' PINs whose accounts may still leave."""
    proofs = {}
    for kept in read.session.scalars(select(KioskPin).order_by(KioskPin.account)):
        account = read.session.get(Account, kept.account)
        stopped = account is None or account.disabled or account.voided
        if not stopped and read.rights(frozenset(account.roles or ()), "kiosk.leave"):  # type: ignore[union-attr]
            proofs[kept.account] = kept.proof
    return proofs


def _guard(desk: Desk) -> Guard:
    return Guard(desk.paths.kiosk_guard, subkey(desk.store.key, "kiosk guard"), desk.clock)

