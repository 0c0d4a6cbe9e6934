"""age (X25519) as bundles use it: an identity that follows from a secret which lies somewhere safe already.

The centre's follows from the secret outside its database, a desk's from its device key: no key file more to look after.
Format: age-encryption.org/v1 (C2SP), through pyrage.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyrage
from pyrage.x25519 import Identity, Recipient

AGE: Final = "age1"
"""What stands before the public key where the centre's keys are named: it is the recipient itself."""

_SECRET: Final = "age-secret-key-"  # noqa: S105 - a name of the format
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_POLYNOMIAL: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class UnreadableError(Exception):
    """Not encrypted to this identity, or changed on the way."""


def identity(secret: bytes) -> Identity:
    """Return the identity whose X25519 private key are these 32 bytes."""
    return Identity.from_str(_bech32(_SECRET, secret).upper())


def recipient(secret: bytes) -> str:
    """Return ``age1…``, the public half of :func:`identity`."""
    return str(identity(secret).to_public())


def encrypt(data: bytes, to: str) -> bytes:
    """Return the age file of ``data`` for one recipient.

    Raises:
        ValueError: ``to`` is no recipient.
    """
    try:
        return bytes(pyrage.encrypt(data, [Recipient.from_str(to)]))
    except pyrage.RecipientError as error:
        raise ValueError(f"not an age recipient: {error}") from None


def decrypt(data: bytes, key: Identity) -> bytes:
    """Return what an age file holds.

    Raises:
        UnreadableError: it is for somebody else, or altered.
    """
    try:
        return bytes(pyrage.decrypt(data, [key]))
    except pyrage.DecryptError as error:
        raise UnreadableError(str(error)) from None


def _bech32(prefix: str, data: bytes) -> str:
    """Return BIP 173 text, without its limit of 90 characters, as age writes its keys."""
    number, bits = int.from_bytes(data), len(data) * 8
    groups = -(-bits // 5)
    number <<= groups * 5 - bits
    values = [number >> 5 * place & 31 for place in reversed(range(groups))]
    return prefix + "1" + "".join(_LETTERS[value] for value in values + _check(prefix, values))


def _check(prefix: str, values: Iterable[int]) -> list[int]:
    spread = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    sum_ = 1
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(_POLYNOMIAL):
            sum_ ^= part if top >> place & 1 else 0
    sum_ ^= 1
    return [sum_ >> 5 * place & 31 for place in reversed(range(6))]
