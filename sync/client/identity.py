"""The person's own signatures: on tokens and on operations, by the key that follows from the password.

What is signed needs no trust in whoever is logged in while it is sent: one person's operations may travel in another's
round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from sync.client.device import sign
from zzdesk.accounts.proof import confirmed_key, keys_of
from zzdesk.desk.queries import IDENTITY, UNPROVEN
from zzdesk.ops.apply import Op, op_hash

_KIND: Final = "account"


class Signer:
    """Signs for one account as the centre knows it at that point of what is sent."""

    def __init__(self, session: Session, account: str) -> None:
        self._keys = keys_of(session, account)
        self._current = confirmed_key(session, account) or next(iter(self._keys), None)

    def sign(self, message: bytes) -> str | None:
        """Return the signature, base64; None where this desk does not know the key."""
        key = self._keys.get(self._current or "")
        return sign(key, message) if key else None

    def follow(self, op: Op) -> None:
        """Go on with the key that an operation on the account gives it."""
        if op["verb"] == "create":
            self._current = op["init"].get("proof_key", self._current)
        elif "proof_key" in op.get("set", {}):
            self._current = op["set"]["proof_key"]["to"]


def sign_ops(session: Session, ops: Sequence[Op]) -> list[Op]:
    """Return the operations with their authors' signatures over their hashes, where this desk can make them."""
    signers: dict[str, Signer] = {}
    signed = []
    for op in ops:
        user = op["actor"]["user"]
        signer = signers.get(user) or signers.setdefault(user, Signer(session, user))
        signed.append(op | {"sig": signer.sign(op_hash(op).encode())})
        if op["kind"] == _KIND and op["id"] in signers:
            signers[op["id"]].follow(op)
    return signed


__all__ = ["IDENTITY", "UNPROVEN", "Signer", "sign_ops"]
