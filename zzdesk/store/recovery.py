"""The recovery key as people meet it: on paper, read aloud, typed in with mistakes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to be mistaken on paper
_RECOVERY_SYMBOLS: Final = 25  # 125 random bits
_GROUP: Final = 4

MISTYPED: Final = N_("恢复密钥输入有误，请逐组核对。")


def new_recovery_text() -> str:
    """A recovery key for paper: seven groups of four, 125 random bits and a checksum of 15."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_SYMBOLS))
    text = body + _checksum(body)
    return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def _checksum(body: str) -> str:
    number = int.from_bytes(hashlib.sha256(b"zzdesk recovery " + body.encode()).digest()[:2]) >> 1
    return "".join(_ALPHABET[number >> shift & 31] for shift in (10, 5, 0))


def read_recovery_text(text: str) -> str:
    """The symbols of a recovery key as a person typed it: any case, spaces, dashes, O for 0, I or L for 1.

    Raises:
        InvalidError: a symbol is missing or mistyped.
    """
    typed = unicodedata.normalize("NFKC", text).upper()
    typed = "".join(typed.split()).replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    body, check = typed[:_RECOVERY_SYMBOLS], typed[_RECOVERY_SYMBOLS:]
    if len(body) < _RECOVERY_SYMBOLS or not hmac.compare_digest(check.encode(), _checksum(body).encode()):
        raise InvalidError.one("recovery_key", MISTYPED)
    return body
