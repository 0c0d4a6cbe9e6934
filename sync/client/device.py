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


def device_key(home: Path, data_key: bytes, *, fresh: bool = False) -> Ed25519PrivateKey:
    """Return the key of this device; ``fresh`` makes a new one, as each enrolment does.

    Raises:
        FileNotFoundError: there is none yet. InvalidTag: the file belongs to another database.
    """
    path, wrapping = home / KEY_FILE, subkey(data_key, "device key")
    if fresh:
        key = Ed25519PrivateKey.generate()
        write_private(path, seal(wrapping, key.private_bytes_raw(), _LABEL))
        return key
    return Ed25519PrivateKey.from_private_bytes(unseal(wrapping, path.read_bytes(), _LABEL))


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the 32 bytes of the public key in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """Return the signature in base64."""
    return base64.b64encode(key.sign(message)).decode()
