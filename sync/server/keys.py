"""The centre's Ed25519 key: what it signs is believed wherever it is read, also from a USB stick (decision 17).

The key follows from the secret that lies outside the database and its backups: a copy of the database signs nothing,
and a centre that was restored beside its secret goes on with the same key.  So does the age key that reads bundles.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage.x25519 import Identity

from sync import age
from sync.protocol import ED25519
from sync.server.centre import Centre

_PURPOSE: Final = "ed25519 1"
_READING: Final = "age 1"


def sign(centre: Centre, message: bytes) -> str:
    """Return the centre's signature of a message: 64 bytes in base64."""
    return base64.b64encode(_key(centre).sign(message)).decode()


def public(centre: Centre) -> str:
    """Return the 32 bytes of the public key in base64."""
    return _public(_key(centre))


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def announced(centre: Centre) -> list[str]:
    """Return the centre's public keys as enrolment and hello name them (``sync.protocol.ED25519``, ``sync.age.AGE``)."""
    return list(_announced(centre.key(_PURPOSE), centre.key(_READING)))


@lru_cache(maxsize=8)
def _announced(signing: bytes, reading: bytes) -> tuple[str, str]:
    """Work the public keys out once: every hello names them."""
    return ED25519 + _public(Ed25519PrivateKey.from_private_bytes(signing)), age.recipient(reading)


def reader(centre: Centre) -> Identity:
    """Return the age identity that reads what is encrypted to the centre: bundles from a stick."""
    return age.identity(centre.key(_READING))


def _key(centre: Centre) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(centre.key(_PURPOSE))
