"""What a desk says to be let in: the device's own signature, the person's, and the key that it reads bundles with."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sync import age
from sync.client.device import device_key, reading_secret, sign
from sync.client.identity import Signer
from sync.protocol import TokenRequest
from zzdesk.clock import to_iso
from zzdesk.desk.backup import DEVICE_PUBLIC
from zzdesk.desk.session import Desk
from zzdesk.store import audit


def token_request(desk: Desk, device_id: str) -> Callable[[str], TokenRequest]:
    """Return what makes, out of a nonce, the proof of this device and of who is logged in on it."""
    with desk.store.reader() as session:
        public = audit.local_value(session, DEVICE_PUBLIC)
        proofs = Signer(session, desk.actor.account_id)
    key = device_key(desk.home, desk.store.key, public)
    user, at = desk.actor.account_id, to_iso(desk.clock.now())
    reader = age.recipient(reading_secret(key))

    def message(nonce: str) -> TokenRequest:
        request = TokenRequest(device_id, user, at, nonce, "", reader=reader)
        said = request.signed()
        return msgspec.structs.replace(request, sig=sign(key, said), proof=proofs.sign(said))

    return message
