"""What the centre takes away from a device, signed so that nobody else can (hazards 8, 10 and 31)."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from zzdesk.ops.apply import canonical

REVOKED: Final = "scope_revoked"
"""A scope that nobody at the device may read any more."""
BULK: Final = "bulk_move"
"""So many records leave a scope at once, and that is meant."""
WIPE: Final = "device_withdrawn"
"""Everything, once the device's work is handed over."""


class Order(Struct):
    """One order to one device; ``count`` is how many records are concerned, ``sig`` the centre's Ed25519 in base64.

    ``nonce`` is that of the message which it answers: an order is obeyed once, and never again.
    """

    what: str
    device: str
    at: str
    scope: str | None = None
    count: int = 0
    nonce: str = ""
    sig: str = ""

    def signed(self, server_id: str) -> bytes:
        """Return the bytes that the signature covers: they name the centre, so that no other one's order fits."""
        said = {"what": self.what, "device": self.device, "at": self.at, "scope": self.scope, "count": self.count}
        return canonical(said | {"nonce": self.nonce, "server_id": server_id})
