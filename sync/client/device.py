"""The device's Ed25519 key: made on this desk, sealed with the data key, never copied anywhere else.

It lies in the keyring of the operating system, so that a copied folder or disk image does not carry it (hazard 25);
where there is no usable keyring, in a file of the home that only its owner may read.  ``place_of`` says which.

An enrolment has a key of its own.  Until the centre's answer is noted it lies in a file beside the one in force, and is
used again by the next try: an answer that was lost on the way can then be asked for once more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zzdesk.desk.backup import DEVICE_KEY, DEVICE_KEY_COMING, device_entry
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store import system_keyring
from zzdesk.store.files import write_private
from zzdesk.store.keys import seal, subkey, unseal

KEY_FILE: Final = DEVICE_KEY
NEW_FILE: Final = DEVICE_KEY_COMING
_LABEL: Final = "zzdesk device 1"

LOST: Final = N_("本机的设备密钥不见了或不属于这个数据库（数据可能是从别的电脑复制来的），请向中心要新的接入码，重新登记本机")


def device_key(home: Path, data_key: bytes, public: str | None = None) -> Ed25519PrivateKey:
    """Return the key of this device.

    ``public`` is the one that the enrolment in force was made with, where it was noted: a machine that stopped before
    the key was put into its place is helped here.

    Raises:
        RefusedError: there is none, or it belongs to another database.
    """
    key = _read(home / KEY_FILE, data_key)
    if public is not None and (key is None or public_text(key) != public):
        key = _kept(public, data_key) or _came_late(home, data_key, public)
    if key is None:
        raise RefusedError(LOST)
    return key


def _came_late(home: Path, data_key: bytes, public: str) -> Ed25519PrivateKey | None:
    key = _read(home / NEW_FILE, data_key)
    if key is None or public_text(key) != public:
        return None
    put_in_force(home, data_key)
    return key


def coming_key(home: Path, data_key: bytes) -> Ed25519PrivateKey:
    """Return the key for an enrolment under way, making it where there is none yet."""
    key = _read(home / NEW_FILE, data_key)
    if key is None:
        key = Ed25519PrivateKey.generate()
        write_private(home / NEW_FILE, seal(_wrapping(data_key), key.private_bytes_raw(), _LABEL))
    return key


def put_in_force(home: Path, data_key: bytes) -> None:
    """Make the coming key the device's, once the enrolment is noted: in the keyring, else as a file."""
    key = _read(home / NEW_FILE, data_key)
    if key is None:
        raise RefusedError(LOST)
    sealed = base64.b64encode((home / NEW_FILE).read_bytes()).decode()
    try:
        system_keyring.keep(device_entry(public_text(key)), sealed)
    except RefusedError:
        (home / NEW_FILE).replace(home / KEY_FILE)
        return
    # Only what the keyring gives back is really kept there.
    if _kept(public_text(key), data_key) is None:
        (home / NEW_FILE).replace(home / KEY_FILE)
    else:
        (home / KEY_FILE).unlink(missing_ok=True)
        (home / NEW_FILE).unlink()


def place_of(home: Path) -> Literal["file", "keyring"]:
    """Return where the key of an enrolled desk lies."""
    return "file" if (home / KEY_FILE).exists() else "keyring"


def _kept(public: str, data_key: bytes) -> Ed25519PrivateKey | None:
    try:
        sealed = system_keyring.ask(device_entry(public))
        return _open(base64.b64decode(sealed), data_key) if sealed else None
    except (RefusedError, ValueError):
        return None  # no keyring, or something else lies there: the key is not to be had here


def _read(path: Path, data_key: bytes) -> Ed25519PrivateKey | None:
    try:
        return _open(path.read_bytes(), data_key)
    except FileNotFoundError:
        return None


def _open(sealed: bytes, data_key: bytes) -> Ed25519PrivateKey | None:
    try:
        return Ed25519PrivateKey.from_private_bytes(unseal(_wrapping(data_key), sealed, _LABEL))
    except InvalidTag:
        return None


def _wrapping(data_key: bytes) -> bytes:
    return subkey(data_key, "device key")


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the 32 bytes of the public key in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def reading_secret(key: Ed25519PrivateKey) -> bytes:
    """Return the private key that bundles for this desk are encrypted to.

    It follows from the device's own, so that a copied home cannot read what was meant for this machine.
    """
    return hmac.digest(key.private_bytes_raw(), b"bundle reader", hashlib.sha256)


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """Return the signature in base64."""
    return base64.b64encode(key.sign(message)).decode()
