"""The device's Ed25519 key: made on this desk, sealed with the data key, never copied anywhere else."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zzdesk.store.files import write_private
from zzdesk.store.keys import seal, subkey, unseal

KEY_FILE: Final = "device.key"
_LABEL: Final = "zzdesk device 1"


def device_key(home: Path, data_key: bytes) -> Ed25519PrivateKey:
    """Return the key of this device.

    Raises:
        FileNotFoundError: there is none yet. InvalidTag: the file belongs to another database.
    """
    sealed = (home / KEY_FILE).read_bytes()
    return Ed25519PrivateKey.from_private_bytes(unseal(_wrapping(data_key), sealed, _LABEL))


def keep_device_key(home: Path, data_key: bytes, key: Ed25519PrivateKey) -> None:
    """Make this the key of this device, in place of one before."""
    write_private(home / KEY_FILE, seal(_wrapping(data_key), key.private_bytes_raw(), _LABEL))


def _wrapping(data_key: bytes) -> bytes:
    return subkey(data_key, "device key")


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the 32 bytes of the public key in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """Return the signature in base64."""
    return base64.b64encode(key.sign(message)).decode()
