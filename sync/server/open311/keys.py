"""API keys of partners: long and random, so that a plain hash is all that lies in a file, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final

SCHEME: Final = "sha256:"
HASH: Final = re.compile(re.escape(SCHEME) + r"[0-9a-f]{64}")
_BYTES: Final = 32


def new_key() -> str:
    """Return a key that nobody guesses (256 bits), safe in a form and in a file."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(key: str) -> str:
    """Return what lies in the file in a key's place. Nothing is stretched: there is nothing to be tried through."""
    return SCHEME + hashlib.sha256(key.encode()).hexdigest()


def holder(key: str, hashes: Mapping[str, str]) -> str | None:
    """Return whose key it is (``hashes``: by the holder's code), None where it is nobody's; every hash is looked at."""
    mine, found = hash_of(key), None
    for code, known in hashes.items():
        if hmac.compare_digest(mine, known):
            found = code
    return found
