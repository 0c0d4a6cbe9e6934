"""Enrolment: a one-time code from the centre makes this machine one of its devices."""

from __future__ import annotations

import platform
import re
import ssl
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sync.client.device import coming_key, public_text, put_in_force
from sync.client.orders import WIPED
from sync.client.recovery import note_machine
from sync.client.transport import CA_FILE, Transport, trusted
from sync.problems import REQUEST_PROBLEMS
from sync.protocol import EnrolAnswer, EnrolRequest
from zzdesk.desk.backup import DEVICE_PUBLIC
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import outbox, state
from zzdesk.store import audit
from zzdesk.store.files import write_private
from zzdesk.store.unit import Reader

OTHER_CENTRE: Final = REQUEST_PROBLEMS["other-centre"][1]


def _plain(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        sound = parts.hostname is not None and parts.port != 0 and not re.search(r"\s", parts.netloc)
    except ValueError:
        sound = False
    if not sound:
        raise InvalidError.one("url", N_("中心地址写得不对，应像 https://centre.example:8443"))
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidError.one("url", N_("中心地址应以 https:// 开头"))
    if parts.scheme == "http" and not local:
        raise InvalidError.one("url", N_("除本机外，中心地址必须用 https://，否则内容会在路上被看到"))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _may_enrol(read: Reader) -> None:
    read.require("device.enrol")


def _authority(ca: Path) -> str:
    try:
        text = ca.read_text("ascii")
        ssl.create_default_context(cadata=text)
    except (OSError, ValueError):
        raise InvalidError.one("ca", N_("这个文件不是PEM格式的证书")) from None
    return text


def enrol(desk: Desk, url: str, code: str, transport: Transport | None = None, *, ca: Path | None = None) -> str:
    """Enrol this desk and return its device id. Whatever goes wrong, an enrolment in force stays as it is.

    ``ca`` is a PEM file with the authority of the centre's certificate; it is kept in the home.

    Raises:
        RefusedError: the account may not, the code is for another station, or the desk belongs to another centre.
        InvalidError: the address. OfflineError, ProblemError: as the centre answers.
    """
    desk.read(_may_enrol)
    authority = _authority(ca) if ca else None
    wire = transport or Transport(_plain(url), verify=str(ca) if ca else trusted(desk.home))
    key = coming_key(desk.home, desk.store.key)
    name = f"{desk.actor.login}@{platform.node() or 'desk'}"[:80]
    with desk.store.reader() as session:
        bound = state.bound_to(session)
    server_id, epoch = bound or (None, None)
    answer = wire.call(
        "/v1/enrol",
        lambda nonce: EnrolRequest(code.strip(), public_text(key), name, nonce, desk.station, server_id, epoch),
        EnrolAnswer,
    )
    if answer.station != desk.station:
        raise RefusedError(N_("接入码属于另一个站点（{station}），请向中心要本站的接入码"), station=answer.station)
    if bound is not None and answer.server_id != bound[0]:
        raise RefusedError(OTHER_CENTRE)
    _note(desk, wire.url, answer, public_text(key), epoch or answer.epoch)
    put_in_force(desk.home, desk.store.key)
    if authority is not None:
        write_private(desk.home / CA_FILE, authority.encode())
    desk.refresh_actor()
    return answer.device_id


def _note(desk: Desk, url: str, answer: EnrolAnswer, public: str, epoch: str) -> None:
    """Keep the enrolment. A desk that has reconciled stays in its epoch: the next round notices a newer one, and why."""
    with desk.store.writer() as session:
        before = state.get_state(session).device_id
        if before is not None and before != answer.device_id:
            outbox.become_new_replica(session, desk.clock)  # the centre has bound the old one to the old device
        state.enrolled(
            session, url=url, server_id=answer.server_id, epoch=epoch, device_id=answer.device_id,
            keys=answer.server_keys,
        )  # fmt: skip
        audit.set_local_value(session, DEVICE_PUBLIC, public)
        note_machine(session)
        audit.set_local_value(session, WIPED, "")
        facts = {"device": answer.device_id, "server": answer.server_id}
        audit.append(session, desk.clock, desk.actor, "device.enrol", **facts)
        session.commit()
