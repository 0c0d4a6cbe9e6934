"""The device's Ed25519 key: made on this desk, sealed with the data key, never copied anywhere else.

An enrolment has a key of its own.  Until the centre's answer is noted it lies beside the one in force, and is used
again by the next try: an answer that was lost on the way can then be asked for once more.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store.files import write_private
from zzdesk.store.keys import seal, subkey, unseal

KEY_FILE: Final = "device.key"
NEW_FILE: Final = "device.key.new"
_LABEL: Final = "zzdesk device 1"

LOST: Final = N_("本机的设备密钥（device.key）不见了或不属于这个数据库，请向中心要新的登记码，重新登记本机")


def device_key(home: Path, data_key: bytes, public: str | None = None) -> Ed25519PrivateKey:
    """Return the key of this device.

    ``public`` is the one that the enrolment in force was made with, where it was noted: a machine that stopped before
    the file was put into its place is helped here.

    Raises:
        RefusedError: there is none, or the file belongs to another database.
    """
    key = _read(home / KEY_FILE, data_key)
    if public is not None and (key is None or public_text(key) != public):
        key = _read(home / NEW_FILE, data_key)
        if key is not None and public_text(key) == public:
            put_in_force(home)
        else:
            key = None
    if key is None:
        raise RefusedError(LOST)
    return key


def coming_key(home: Path, data_key: bytes) -> Ed25519PrivateKey:
    """Return the key for an enrolment under way, making it where there is none yet."""
    key = _read(home / NEW_FILE, data_key)
    if key is None:
        key = Ed25519PrivateKey.generate()
        write_private(home / NEW_FILE, seal(_wrapping(data_key), key.private_bytes_raw(), _LABEL))
    return key


def put_in_force(home: Path) -> None:
    """Make the coming key the device's, once the enrolment is noted."""
    (home / NEW_FILE).replace(home / KEY_FILE)


def _read(path: Path, data_key: bytes) -> Ed25519PrivateKey | None:
    try:
        return Ed25519PrivateKey.from_private_bytes(unseal(_wrapping(data_key), path.read_bytes(), _LABEL))
    except (FileNotFoundError, InvalidTag):
        return None


def _wrapping(data_key: bytes) -> bytes:
    return subkey(data_key, "device key")


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the 32 bytes of the public key in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """Return the signature in base64."""
    return base64.b64encode(key.sign(message)).decode()
