"""What proves a person to the centre: an Ed25519 key that follows from login and password (decision 14).

The seed never leaves this desk's encrypted database; the public key is part of the account, so that a second desk
where the same login was made up with another password is not taken for the same person.
"""

from __future__ import annotations

import base64
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from zzdesk.store.audit import local_value, set_local_value
from zzdesk.store.engine import driver
from zzdesk.typed import read

REMEMBERED: Final = 3
"""Seeds kept of an account: until the centre has taken a new password, the one before speaks."""


def public_key(seed: bytes) -> str:
    """Return the public key of a seed (32 bytes each), base64."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return base64.b64encode(public.public_bytes_raw()).decode()


def keep_seed(session: Session, account: str, seed: bytes) -> None:
    """Keep the seed of an account's new password on this desk, in this transaction."""
    before = [old for old in _seeds(session, account) if old != seed]
    set_local_value(session, _name(account), msgspec.json.encode([seed, *before][:REMEMBERED]).decode())


def keys_of(session: Session, account: str) -> dict[str, Ed25519PrivateKey]:
    """Return the keys that this desk knows of an account by their public keys, the newest first."""
    return {public_key(seed): Ed25519PrivateKey.from_private_bytes(seed) for seed in _seeds(session, account)}


def confirmed_key(session: Session, account: str) -> str | None:
    """Return the public key that the centre holds of an account as far as this desk knows; None: none, or no account."""
    shadow, confirmed, key = driver(session).execute(_CONFIRMED, (account,)).fetchone()
    found: str | None = read(shadow, dict[str, Any]).get("proof_key") if shadow is not None else key if confirmed else None
    return found


_CONFIRMED: Final = (
    "SELECT (SELECT body FROM shadow WHERE kind = 'account' AND id = ?1),"
    " EXISTS (SELECT 1 FROM sync_record WHERE kind = 'account' AND id = ?1),"
    " (SELECT proof_key FROM account WHERE id = ?1)"
)


def _name(account: str) -> str:
    return f"proof:{account}"


def _seeds(session: Session, account: str) -> list[bytes]:
    kept = local_value(session, _name(account))
    return read(kept, list[bytes]) if kept else []
