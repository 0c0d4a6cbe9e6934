"""Obeying what the centre takes away: a scope, or everything; only what it signed for this device (hazards 8, 10, 31)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.orders import BULK, REVOKED, WIPE, Order
from sync.protocol import ED25519, HelloAnswer
from zzdesk.desk import emptying
from zzdesk.desk.session import Desk
from zzdesk.errors import NotOursError, RefusedError
from zzdesk.evidence import local, tapes
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.ops import membership, outbox, state
from zzdesk.ops.fold import Key
from zzdesk.store import audit

WIPED: Final = "device_withdrawn"
"""The local value that says when the centre took this device back."""

HEARD: Final = "centre_heard"

FORGED: Final = N_("中心收回范围或设备的通知没有有效的签名，没有照办，本机内容没有改变；请告诉系统管理员")
WITHDRAWN: Final = N_(
    "中心已收回这台设备：没送到的内容都已交给中心，本机的业务资料已经清除，审计记录还在。要继续使用，请向中心要接入码重新登记"
)


class DeviceWithdrawnError(RefusedError):
    """The centre took this device back; it is empty now."""

    code = "device-withdrawn"


def heard(session: Session, server_time: str) -> None:
    """Note how new the newest word of the centre is: what was written before it and comes later by hand is stale."""
    if server_time > last_heard(session):
        audit.set_local_value(session, HEARD, server_time)


def last_heard(session: Session) -> str:
    """Return the centre's time when it last said something to this desk, empty before it ever did."""
    return audit.local_value(session, HEARD) or ""


def is_genuine(session: Session, order: Order, what: str, nonce: str | None) -> bool:
    """Say whether the centre signed this order for this device, in the answer to the message with this nonce."""
    mine = state.get_state(session)
    key = state.server_key(session, ED25519)
    if key is None or order.what != what or order.device != mine.device_id or not order.sig:
        return False
    if not nonce or order.nonce != nonce:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix(ED25519)))
        public.verify(base64.b64decode(order.sig, validate=True), order.signed(mine.server_id or ""))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


@dataclass(frozen=True)
class Taken:
    """The orders of one hello: scopes to give up, how many records may leave which scope, and whether one was forged."""

    revoked: tuple[Order, ...] = ()
    announced: dict[str, int] = field(default_factory=dict)
    forged: bool = False


def taken(session: Session, answer: HelloAnswer) -> Taken:
    """Return what a hello takes away; what the centre did not sign changes nothing and is told."""
    revoked = tuple(order for order in answer.revoked if is_genuine(session, order, REVOKED, answer.nonce))
    notices = [order for order in answer.notices if is_genuine(session, order, BULK, answer.nonce)]
    forged = len(revoked) < len(answer.revoked) or len(notices) < len(answer.notices)
    return Taken(revoked, {notice.scope: notice.count for notice in notices if notice.scope}, forged)


def give_up(desk: Desk, orders: Iterable[Order]) -> frozenset[Key]:
    """Remove the scopes that the orders name, as soon as the centre has everything that was done in them.

    Operations that it put into quarantine or refused stay in the outbox with what they hold: they are a person's work.
    """
    gone: set[Key] = set()
    for order in orders:
        assert order.scope is not None
        with desk.store.writer() as session:
            if outbox.unsent_in(session, order.scope):
                continue
            files = _files(session, order.scope)
            left = membership.leave(session, order.scope)
            ids = {record_id for _, record_id in left}
            audit.append(
                session, desk.clock, desk.actor, "scope.revoked", scope=order.scope, records=len(left), at=order.at,
                **_heard(desk, ids),
            )  # fmt: skip
            session.commit()
        _drop_files(desk, files)
        tapes.drop(desk.paths.tapes, ids)  # a window that records on one of them notices; what a crash leaves goes at the start
        gone |= left
    return frozenset(gone)


def obey_wipe(desk: Desk, answer: HelloAnswer) -> None:
    """Empty this desk after everything pending was handed over, operations and the bytes of files.

    Raises:
        NotOursError: the centre did not sign it for this device, or not now.
        DeviceWithdrawnError: it is done: nothing can be synchronised any more until the desk enrols again.
    """
    order = answer.wipe
    assert order is not None
    with desk.store.writer() as session:
        if not is_genuine(session, order, WIPE, answer.nonce):
            raise NotOursError(FORGED)
        if outbox.waiting(session).unsent or local.to_hand_over(session):
            return
        removed = membership.leave_all(session, desk.clock)
        audit.set_local_value(session, WIPED, order.at)
        audit.set_local_value(session, emptying.DUE, order.at)
        audit.append(session, desk.clock, desk.actor, "device.withdrawn", records=removed, at=order.at)
        session.commit()
    desk.clear_away()
    desk.refresh_actor()
    raise DeviceWithdrawnError(WITHDRAWN)


def _heard(desk: Desk, record_ids: Collection[str]) -> dict[str, Any]:
    """Return how many seconds of voice go with these records, kept nowhere else; nothing where nothing was recorded."""
    seconds = tapes.seconds_of(desk.paths.tapes, desk.store.key, record_ids)
    return {} if seconds is None else {"voice_seconds": round(seconds, 1)}


def _files(session: Session, scope: str) -> set[str]:
    """Return the hashes of files that nothing else on this desk names once a scope is gone.

    What was taken in at this desk is left out: its bytes may be nowhere else. It stays encrypted, named by nothing.
    """
    own = state.get_state(session).device_id
    mine: Any = select(Attachment.sha256).where(Attachment.device != own)
    leaving = set(session.scalars(mine.where(Attachment.scope == scope)))
    staying = set(session.scalars(mine.where(Attachment.sha256.in_(leaving), Attachment.scope != scope)))
    return {sha256 for sha256 in leaving - staying if sha256}


def _drop_files(desk: Desk, hashes: Iterable[str]) -> None:
    store = FileStore(desk.paths.files, desk.store.key)
    for sha256 in sorted(hashes):
        store.drop(sha256)
