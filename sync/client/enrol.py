"""Enrolment: a one-time code from the centre makes this machine one of its devices."""

from __future__ import annotations

import platform
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.device import keep_device_key, public_text
from sync.client.transport import Transport
from sync.protocol import EnrolAnswer, EnrolRequest
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import state
from zzdesk.store import audit
from zzdesk.store.unit import Reader


def _plain(url: str) -> str:
    parts = urlsplit(url.strip())
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidError.one("url", N_("中心地址应以 https:// 开头"))
    if parts.scheme == "http" and not local:
        raise InvalidError.one("url", N_("除本机外，中心地址必须用 https://，否则内容会在路上被看到"))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _may_enrol(read: Reader) -> None:
    read.require("device.enrol")


def enrol(desk: Desk, url: str, code: str, transport: Transport | None = None) -> str:
    """Enrol this desk and return its device id.

    Raises:
        RefusedError: the account may not, or the code is for another station.
        InvalidError: the address. OfflineError, ProblemError: as the centre answers.
    """
    desk.read(_may_enrol)
    wire = transport or Transport(_plain(url))
    # The key in use stays until the centre has taken the new one: a refused code must not end an enrolment.
    key = Ed25519PrivateKey.generate()
    name = f"{desk.actor.login}@{platform.node() or 'desk'}"[:80]
    answer = wire.call(
        "/v1/enrol", lambda nonce: EnrolRequest(code.strip(), public_text(key), name, nonce), EnrolAnswer
    )
    if answer.station != desk.station:
        raise RefusedError(N_("登记码属于另一个站点（{station}），请向中心要本站的登记码"), station=answer.station)
    keep_device_key(desk.home, desk.store.key, key)
    with desk.store.writer() as session:
        state.enrolled(
            session, url=wire.url, server_id=answer.server_id, epoch=answer.epoch, device_id=answer.device_id
        )
        facts = {"device": answer.device_id, "server": answer.server_id}
        audit.append(session, desk.clock, desk.actor, "device.enrol", **facts)
        session.commit()
    desk.refresh_actor()
    return answer.device_id
