"""The data key of a home and its slots: one per account, one for recovery, one in the system keyring.

The database is encrypted with 32 random bytes.  ``keys.json`` holds them once per way of unlocking, each time wrapped
with ChaCha20-Poly1305 (RFC 8439) by a key that Argon2id (RFC 9106) makes of a password, or HKDF-SHA256 (RFC 5869) of
the recovery key, or that the system keyring keeps.  Logging in is unlocking (decision 13).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from zzdesk.clock import Clock, SystemClock
from zzdesk.errors import (
    BrokenDatabaseError,
    InvalidError,
    NewerDatabaseError,
    NotFoundError,
    RefusedError,
    WrongPasswordError,
)
from zzdesk.i18n import N_
from zzdesk.store import system_keyring
from zzdesk.store.files import write_private
from zzdesk.store.guard import Guard
from zzdesk.store.locks import exclusive
from zzdesk.store.raw import KEY_BYTES, translated
from zzdesk.store.recovery import new_recovery_text, read_recovery_text
from zzdesk.typed import read

FORMAT: Final = 1
KEYS_FILE: Final = "keys.json"
GUARD_FILE: Final = "guard.bin"
REMEMBERED: Final = 5
"""How many earlier passwords of an account may not be used again (domain/2-rules.md B5.2)."""

_RECOVERY_NAME: Final = "recovery key"
_WAIT: Final = 10.0

WRONG: Final = N_("用户名或密码不正确。")
WRONG_RECOVERY: Final = N_("恢复密钥不正确。")


class Cost(msgspec.Struct, frozen=True):
    """What one Argon2id derivation costs; stored with each slot, so that it may be raised later."""

    memory_kib: Annotated[int, msgspec.Meta(ge=8, le=1 << 20)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=64)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]


DESK_COST: Final = Cost(64 * 1024, 3, 4)
KIOSK_COST: Final = Cost(19 * 1024, 2, 1)
"""OWASP's smallest recommended profile, for machines with 2 GB of memory."""

TEST_COST: Final = Cost(64, 1, 1)
"""Protects nothing: for tests and throw-away demonstration homes only, asked for by an explicit argument."""


class Past(msgspec.Struct, frozen=True):
    """Enough to recognise an earlier password."""

    cost: Cost
    salt: bytes
    proof: bytes


class Slot(msgspec.Struct):
    """The data key, wrapped in one way; ``history`` is sealed by the data key itself."""

    kind: str
    login: str = ""
    cost: Cost | None = None
    salt: bytes = b""
    nonce: bytes = b""
    sealed: bytes = b""
    history: bytes = b""
    changed_at: str = ""


class KeyFile(msgspec.Struct):
    """The contents of ``keys.json``."""

    format: int
    home_id: str
    guard_key: bytes
    slots: list[Slot]


def login_name(login: str) -> str:
    """One spelling of a login: full-width forms, case and outer spaces do not make another person."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _password_bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode()  # RFC 8265, OpaqueString


def _derive(password: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """The wrapping key and the proof (32 bytes each) of a password; the proof tells nothing about the key."""
    from argon2.low_level import Type, hash_secret_raw

    both = hash_secret_raw(
        _password_bytes(password), salt, cost.passes, cost.memory_kib, cost.lanes, 2 * KEY_BYTES, Type.ID
    )
    return both[:KEY_BYTES], both[KEY_BYTES:]


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key of its own for one purpose, derived from the data key (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, None, b"zzdesk " + purpose.encode()).derive(key)


def seal(key: bytes, plain: bytes, label: str) -> bytes:
    """Encrypt with ChaCha20-Poly1305: 12 bytes of nonce, then the ciphertext; ``label`` must match to open it."""
    nonce = os.urandom(12)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, label.encode())


def unseal(key: bytes, sealed: bytes, label: str) -> bytes:
    """Open what :func:`seal` made.

    Raises:
        InvalidTag: other key, other label, or changed bytes.
    """
    if len(sealed) < 12 + 16:
        raise InvalidTag
    return ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], label.encode())


class KeyRing:
    """The slots of one home.

    Args:
        home: the folder of the home.
        clock: judges how long a lock-out lasts.
        cost: what new password slots cost to open.
    """

    def __init__(self, home: Path, clock: Clock | None = None, *, cost: Cost = DESK_COST) -> None:
        self.path = home / KEYS_FILE
        self._guard_path = home / GUARD_FILE
        self._clock = clock or SystemClock()
        self._cost = cost

    def exists(self) -> bool:
        """Whether this home has keys."""
        return self.path.exists()

    def create(self, login: str, password: str) -> tuple[bytes, str]:
        """Make a new data key with a slot for ``login`` and one for recovery.

        Returns:
            the data key, and the recovery key to be shown once and kept nowhere.
        """
        if self.exists():
            raise RefusedError(N_("这个文件夹里已经有密钥，不能再次初始化。"))
        keys = KeyFile(FORMAT, str(uuid.uuid4()), os.urandom(KEY_BYTES), [])
        data_key = os.urandom(KEY_BYTES)
        recovery = new_recovery_text()
        keys.slots += [
            self._password_slot(keys, login, password, data_key, []),
            _recovery(keys, recovery, data_key),
        ]
        with translated():
            self._guard(keys).create()
            self._write(keys)
        return data_key, recovery

    def renew_guard(self) -> None:
        """Start the failure counters afresh: for a home restored from a backup, which carries none."""
        self._guard(self._read()).create()

    def logins(self) -> list[str]:
        """The accounts that can unlock this home."""
        return [slot.login for slot in self._read().slots if slot.kind == "password"]

    def unlock(self, login: str, password: str) -> bytes:
        """Return the data key.

        An unknown login costs the same derivation and is counted the same way as a wrong password.

        Raises:
            WrongPasswordError: it does not say which of the two was wrong.
            LockedOutError: five failures; wait ten minutes.
        """
        keys, name = self._read(), login_name(login)
        guard = self._guard(keys)
        with translated():
            guard.attempt(name)
            key = self._open(keys, self._slot_or_decoy(keys, name), password)
            if key is None:
                raise WrongPasswordError(WRONG)
            guard.succeed(name)
        return key

    def unlock_recovery(self, text: str) -> bytes:
        """Return the data key by the recovery key.

        Raises:
            InvalidError: mistyped (the checksum says so; not counted as a failure).
            WrongPasswordError: well formed, but of another home or replaced since.
            LockedOutError: five failures.
        """
        body, keys = read_recovery_text(text), self._read()
        guard = self._guard(keys)
        with translated():
            guard.attempt(_RECOVERY_NAME)
            for slot in keys.slots:
                key = (
                    _unwrap(keys, slot, subkey(body.encode(), "recovery"))
                    if slot.kind == "recovery"
                    else None
                )
                if key is not None:
                    guard.succeed(_RECOVERY_NAME)
                    return key
        raise WrongPasswordError(WRONG_RECOVERY)

    def add_account(self, login: str, password: str, data_key: bytes) -> None:
        """Give a further account its slot.

        Raises:
            RefusedError: the login has one already.
        """
        with self._changing() as keys:
            if _find(keys, login_name(login)):
                raise RefusedError(N_("这个用户名已经存在。"))
            keys.slots.append(self._password_slot(keys, login, password, data_key, []))

    def set_password(self, login: str, password: str, data_key: bytes) -> None:
        """Replace the password of ``login``, or give the login a slot.

        Raises:
            InvalidError: one of the last five passwords.
        """
        with self._changing() as keys:
            slot = _find(keys, login_name(login))
            past = _past(slot, data_key) if slot else []
            if any(hmac.compare_digest(_derive(password, old.salt, old.cost)[1], old.proof) for old in past):
                raise InvalidError.one("password", N_("不能使用最近 {n} 次用过的密码。"), n=REMEMBERED)
            keys.slots = [other for other in keys.slots if other is not slot]
            keys.slots.append(self._password_slot(keys, login, password, data_key, past))

    def change_password(self, login: str, old: str, new: str) -> bytes:
        """Replace one's own password, proving the old one; returns the data key."""
        data_key = self.unlock(login, old)
        self.set_password(login, new, data_key)
        return data_key

    def remove_account(self, login: str) -> None:
        """Take the slot away; the account cannot unlock this home any more.

        Raises:
            RefusedError: it is the last one that can.
        """
        with self._changing() as keys:
            slot = _find(keys, login_name(login))
            if slot is None:
                raise NotFoundError(N_("本机没有这个用户。"))
            if sum(other.kind == "password" for other in keys.slots) == 1:
                raise RefusedError(N_("这是本机最后一个能登录的用户，不能删除。"))
            keys.slots = [other for other in keys.slots if other.login != slot.login]

    def proof_seed(self, account: str, password: str, *, cheap: bool = False) -> bytes:
        """Return 32 bytes that follow from account and password alone: the same on every desk of one person.

        Hence one cost everywhere, whatever this machine's slots cost; ``cheap`` is for test homes.
        """
        cost = TEST_COST if cheap or self._cost == TEST_COST else DESK_COST
        return _derive(password, hashlib.sha256(account.encode()).digest(), cost)[0]

    def renew_recovery(self, data_key: bytes) -> str:
        """Make a new recovery key, to be shown once; the old one opens nothing any more."""
        recovery = new_recovery_text()
        with self._changing() as keys:
            keys.slots = [slot for slot in keys.slots if slot.kind != "recovery"]
            keys.slots.append(_recovery(keys, recovery, data_key))
        return recovery

    def remember_in_system(self, login: str, data_key: bytes) -> None:
        """Let the system keyring of this user open the home as ``login`` without a password.

        Raises:
            RefusedError: this machine has no usable system keyring; nothing was changed.
        """
        wrapping, name = os.urandom(KEY_BYTES), login_name(login)
        with self._changing() as keys:
            system_keyring.keep(_entry(keys, name), base64.b64encode(wrapping).decode())
            keys.slots = [slot for slot in keys.slots if not _is_of_system(slot, name)]
            keys.slots.append(_wrap(keys, Slot("keyring", name), wrapping, data_key))

    def remembered(self) -> list[str]:
        """The accounts that have a slot in the system keyring; the keyring itself is not asked."""
        return [slot.login for slot in self._read().slots if slot.kind == "keyring" and slot.login]

    def unlock_by_system(self, login: str) -> bytes:
        """Return the data key by the system keyring; an account that is locked out stays locked out.

        Raises:
            RefusedError: this account has no such slot, or the keyring does not know it.
            LockedOutError: five wrong passwords before; no other way in opens meanwhile.
        """
        keys, name = self._read(), login_name(login)
        with translated():
            self._guard(keys).check(name)
        slot = next((slot for slot in keys.slots if _is_of_system(slot, name)), None)
        kept = system_keyring.ask(_entry(keys, name)) if slot else None
        key = _unwrap(keys, slot, base64.b64decode(kept)) if slot and kept else None
        if key is None:
            raise RefusedError(N_("系统密钥库里没有这个账号的密钥，请用密码登录。"))
        return key

    def forget_in_system(self, login: str) -> None:
        """Take an account's slot in the system keyring away; the slot goes even if the keyring cannot be reached."""
        name = login_name(login)
        with self._changing() as keys:
            keys.slots = [slot for slot in keys.slots if not _is_of_system(slot, name)]
        system_keyring.drop(_entry(keys, name))

    def guard(self) -> Guard:
        """The failure counters, for what carries them into the audit table after an unlock."""
        return self._guard(self._read())

    def _guard(self, keys: KeyFile) -> Guard:
        return Guard(self._guard_path, keys.guard_key, self._clock)

    def _open(self, keys: KeyFile, slot: Slot, password: str) -> bytes | None:
        wrapping, _ = _derive(password, slot.salt, slot.cost or self._cost)
        return _unwrap(keys, slot, wrapping)

    def _slot_or_decoy(self, keys: KeyFile, name: str) -> Slot:
        """The slot of a login, or one that nothing opens and that costs as much as the dearest real one."""
        costs = [slot.cost for slot in keys.slots if slot.cost]
        dearest = max(costs, key=lambda cost: cost.memory_kib * cost.passes, default=self._cost)
        return _find(keys, name) or Slot("password", name, dearest, os.urandom(16), bytes(12), bytes(48))

    def _password_slot(
        self, keys: KeyFile, login: str, password: str, data_key: bytes, past: list[Past]
    ) -> Slot:
        salt = os.urandom(16)
        wrapping, proof = _derive(password, salt, self._cost)
        kept = [Past(self._cost, salt, proof), *past][:REMEMBERED]
        slot = Slot("password", login_name(login), self._cost, salt)
        slot.history = seal(subkey(data_key, "password history"), msgspec.json.encode(kept), slot.login)
        slot.changed_at = self._clock.now().date().isoformat()
        return _wrap(keys, slot, wrapping, data_key)

    @contextmanager
    def _changing(self) -> Iterator[KeyFile]:
        with translated(), exclusive(self.path.with_suffix(".lock"), _WAIT):
            keys = self._read()
            yield keys
            self._write(keys)

    def _write(self, keys: KeyFile) -> None:
        write_private(self.path, msgspec.json.format(msgspec.json.encode(keys), indent=1) + b"\n")

    def _read(self) -> KeyFile:
        return read_keys(self.path)


def read_keys(path: Path) -> KeyFile:
    """Read ``keys.json``.

    Raises:
        NotFoundError: there is none.
        NewerDatabaseError: a newer program wrote it.
        BrokenDatabaseError: it cannot be understood.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(N_("这个文件夹里没有工作站，请先初始化。")) from None
    try:
        if msgspec.json.decode(raw)["format"] > FORMAT:
            raise NewerDatabaseError(N_("密钥文件由更新的版本写成，请先升级程序。"))
        return read(raw, KeyFile)
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenDatabaseError(N_("密钥文件已损坏，请从备份恢复 keys.json。")) from error


def open_copy(path: Path, login: str, password: str | None, recovery: str | None) -> bytes:
    """The data key out of a backup's ``keys.json``, by password or by recovery key.

    No failures are counted: a backup is a copy, and counters beside it would stop nobody who holds it.

    Raises:
        WrongPasswordError: neither opens it.
    """
    keys, slot = read_keys(path), None
    if recovery is not None:
        wrapping = subkey(read_recovery_text(recovery).encode(), "recovery")
        slot = next((slot for slot in keys.slots if slot.kind == "recovery"), None)
    elif password is not None and (slot := _find(keys, login_name(login))) and slot.cost:
        wrapping, _ = _derive(password, slot.salt, slot.cost)
    key = _unwrap(keys, slot, wrapping) if slot else None
    if key is None:
        raise WrongPasswordError(WRONG if recovery is None else WRONG_RECOVERY)
    return key


def _label(keys: KeyFile, slot: Slot) -> str:
    """Binds a wrapped key to its home, its way of unlocking and its owner: slots cannot be swapped."""
    return f"zzdesk slot {FORMAT} {keys.home_id} {slot.kind} {slot.login}"


def _wrap(keys: KeyFile, slot: Slot, wrapping: bytes, data_key: bytes) -> Slot:
    sealed = seal(wrapping, data_key, _label(keys, slot))
    slot.nonce, slot.sealed = sealed[:12], sealed[12:]
    return slot


def _unwrap(keys: KeyFile, slot: Slot, wrapping: bytes) -> bytes | None:
    try:
        return unseal(wrapping, slot.nonce + slot.sealed, _label(keys, slot))
    except InvalidTag:
        return None


def _recovery(keys: KeyFile, text: str, data_key: bytes) -> Slot:
    wrapping = subkey(read_recovery_text(text).encode(), "recovery")
    return _wrap(keys, Slot("recovery"), wrapping, data_key)


def _is_of_system(slot: Slot, name: str) -> bool:
    return slot.kind == "keyring" and slot.login == name


def _entry(keys: KeyFile, name: str) -> str:
    """What an account's secret is called in the system keyring."""
    return f"{keys.home_id} {name}"


def _find(keys: KeyFile, name: str) -> Slot | None:
    return next((slot for slot in keys.slots if slot.kind == "password" and slot.login == name), None)


def _past(slot: Slot, data_key: bytes) -> list[Past]:
    plain = unseal(subkey(data_key, "password history"), slot.history, slot.login)
    return read(plain, list[Past])
