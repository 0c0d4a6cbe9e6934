"""Files that go with an order: each a message of its own, sent after the order and when its bytes are at the centre (A04).

A row ``file/ORDER/ATTACHMENT`` waits (LACKING) until the order has gone and the bytes are here and vouched for
(``blob_ref.here``); it is tried again alone and keeps no order back. What goes are the bytes that others may see, of a photo
its copy without what the camera wrote; whether a file goes is asked again each time (``zzdesk.handover.files``). To the
partner a file is named by its bytes (``file/ORDER/SHA-256``), so that the same file twice is one. What became of each stands
on the order, where the station reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from sync.merge import RecordState
from sync.server import blobs, rows
from sync.server.centre import Centre
from sync.server.handovers import ORDER, REPORT
from sync.server.partners import chains, queued, writing
from sync.server.partners.messages import Content, Enclosed, Outgoing, PartnerError, Receipt
from sync.server.partners.queued import DROPPED, FAILED, FILE, FOLLOWED, LACKING, SENT, WAITING
from sync.server.tables import blob_ref, partner_out
from zzdesk.clock import from_iso, to_iso
from zzdesk.handover import files
from zzdesk.handover import workflow as flow
from zzdesk.handover.partners import partner
from zzdesk.i18n import N_, translate

NO_RECORD: Final = N_("附件的记录还没到中心")
NO_BYTES: Final = N_("附件的内容还没到中心，到了就送")
ORDER_FIRST: Final = N_("转办件还没送出，文件在它后面送")
TRIES: Final = 3
"""How often a file is tried until its station is told."""
PATIENCE: Final = timedelta(minutes=10)
"""How long an order waits for the bytes of its files where its partner takes them only with it; never one that hurries."""
_LOOKED: Final = timedelta(seconds=30)
_PER_ROUND: Final = 500
_OPEN: Final = (WAITING, FAILED, LACKING)
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class _File:
    """One file of an order as it stands: what goes, or the code of why it does not; ``lacks``: what it waits for."""

    enclosed: Enclosed | None = None
    against: str | None = None
    lacks: str | None = None
    purpose: str = files.PHOTO


# ---- what is to go --------------------------------------------------------------------------------------------------


def note(centre: Centre, connection: Connection, order: RecordState) -> int:
    """Write down which files of an order are to go, as far as that is not written down yet; return how many that is."""
    named = _named(order)
    if not named:
        return 0
    known = set(connection.execute(select(partner_out.c.key).where(*_mine(order.id))).scalars())
    new = [each for each in named if _key(order.id, each) not in known]
    return sum(
        queued.add(centre, connection, _key(order.id, each), FILE, order, each, LACKING, ORDER_FIRST) for each in new
    )


def let_go(centre: Centre, connection: Connection, order_id: str, *, by_hand: bool) -> None:
    """Send no more files of an order: it was taken back, or somebody has carried it there, and they go the same way."""
    left = [row.detail for row in connection.execute(select(partner_out).where(*_mine(order_id), partner_out.c.state.in_(_OPEN)))]
    if left:
        connection.execute(update(partner_out).where(*_mine(order_id), partner_out.c.state.in_(_OPEN)).values(state=DROPPED))
        if by_hand:
            _mark(centre, connection, order_id, dict.fromkeys(left, files.BY_HAND))


def wake(centre: Centre) -> None:
    """Let the files go whose order is there and whose bytes have come; a bounded number of those that wait is looked at."""
    waiting = (partner_out.c.state == LACKING, partner_out.c.what == FILE, partner_out.c.next_try <= centre.now_iso())
    query = select(partner_out).where(*waiting).order_by(partner_out.c.next_try, partner_out.c.key).limit(_PER_ROUND)
    with centre.database.reading() as connection:
        found = connection.execute(query).all()
    for row in found:
        with centre.database.writing() as connection:
            _look(centre, connection, row)


def _look(centre: Centre, connection: Connection, row: Row[Any]) -> None:
    lead = queued.row_of(connection, f"order/{row.order_id}")
    there = lead is not None and lead.state in (SENT, FOLLOWED)
    found = _now(connection, row)
    if found.against is not None:
        _ended(centre, connection, row, found.against)
    elif found.lacks or not there:
        later = to_iso(centre.now() + _LOOKED)
        queued.put(connection, row.key, next_try=later, last_error=found.lacks or ORDER_FIRST)
    else:
        queued.put(connection, row.key, state=WAITING, next_try=centre.now_iso(), last_error=None)


def _ended(centre: Centre, connection: Connection, row: Row[Any], code: str) -> None:
    queued.put(connection, row.key, state=DROPPED, last_error=files.WORDS[code])
    _mark(centre, connection, row.order_id, {row.detail: code})


def _now(connection: Connection, row: Row[Any]) -> _File:
    order = _stored(connection, ORDER, row.order_id)
    report = _stored(connection, REPORT, str(order.body.get("report_id"))) if order else None
    if order is None or report is None or order.voided or order.body.get("state") == flow.WITHDRAWN:
        return _File(against=files.KEPT)
    if order.body.get("state") in flow.ENDED:  # the other side needs nothing more of it (PIPL article 6)
        return _File(against=files.ENDED)
    if row.detail not in (order.body.get("files") or ()):
        return _File(against=files.KEPT)
    return _file(connection, order, report, row.detail)


def _file(connection: Connection, order: RecordState, report: RecordState, attachment_id: str) -> _File:
    found, to = _stored(connection, files.KIND, attachment_id), partner(order.body.get("partner"))
    if to is None:
        return _File(against=files.KEPT)
    if found is None:
        return _File(lacks=NO_RECORD)
    body = found.body | {"voided": found.voided}
    code = files.against(body, report.id, report.body, to, near=found.scope == report.scope)
    said = files.bytes_of(body)
    if code is not None or said is None:
        return _File(against=code or files.UNKNOWN)
    mime = str(body["mime"])
    enclosed = Enclosed(f"{_called(order)}-{said.sha256[:12]}{files.TYPES[mime]}", mime, said.size, said.sha256)
    here = select(blob_ref.c.here).where(blob_ref.c.record_id == found.id, blob_ref.c.sha256 == said.sha256)
    lacks = None if connection.execute(here).scalar() else NO_BYTES
    return _File(enclosed, None, lacks, str(body.get("purpose")))


def _called(order: RecordState) -> str:
    """Return what the names of an order's files begin with: its number, as any folder takes it."""
    return re.sub(r"[^0-9A-Za-z]+", "-", str(order.body.get("number") or "")).strip("-") or order.id


def of_order(
    connection: Connection, order: RecordState, report: RecordState, takes: Callable[[Enclosed], bool]
) -> tuple[Enclosed, ...]:
    """Return the files that follow an order, as far as their records are here; each once, however often it is attached.

    ``takes`` says which ones the partner's line carries: what never follows is not announced.
    """
    found = [_file(connection, order, report, each).enclosed for each in _named(order)]
    return tuple({each.sha256: each for each in found if each is not None and takes(each)}.values())


def _named(order: RecordState) -> list[str]:
    """Return the ids of attachments that an order names; a text that is none names nothing, whichever program wrote it."""
    return sorted(filter(_ID.fullmatch, map(str, order.body.get("files") or ())))[: files.MOST]


# ---- sending --------------------------------------------------------------------------------------------------------


def composed(centre: Centre, row: Row[Any]) -> tuple[Outgoing, Content] | None:
    """Return a file as it goes now, and its bytes; None where it does not go any more, or waits again.

    Raises:
        PartnerError: it turned out that the matter came from there (no loop).
    """
    with centre.database.writing() as connection:
        found, order = _now(connection, row), _stored(connection, ORDER, row.order_id)
        if found.against is not None or order is None:
            _ended(centre, connection, row, found.against or files.KEPT)
            return None
        if found.lacks is not None or found.enclosed is None:
            queued.put(connection, row.key, state=LACKING, last_error=found.lacks)
            return None
        if why := chains.came_from_there(connection, order):
            raise PartnerError(translate(flow.WORDS[why]), passing=False, code=files.LOOP)
    body, enclosed = order.body, found.enclosed
    message = Outgoing(
        f"{FILE}/{order.id}/{enclosed.sha256}", FILE, row.partner, order.id, str(body.get("number") or ""), row.made_at,
        body.get("external_ref"), files=(enclosed,),
    )  # fmt: skip
    return message, _content(centre, enclosed)


def _content(centre: Centre, enclosed: Enclosed) -> Content:
    return partial(blobs.read, centre, enclosed.sha256, 0, enclosed.size)


def sent(centre: Centre, row: Row[Any], receipt: Receipt | None) -> None:
    """Write down that a file is there, with the number of its receipt where one was given."""
    number = {"last_error": translate(N_("回执 {number}"), number=receipt.number[:200])} if receipt is not None else {}
    with centre.database.writing() as connection:
        queued.put(connection, row.key, **{"state": SENT, "sent_at": centre.now_iso(), "last_error": None, **number})
        _mark(centre, connection, row.order_id, {row.detail: files.SENT})


def failed(centre: Centre, row: Row[Any], error: PartnerError) -> None:
    """Write down that a file did not get there: it is tried again later, or waits for a person; the order knows which."""
    with centre.database.writing() as connection:
        queued.again_later(centre, connection, row, error)
        if not error.passing:
            _mark(centre, connection, row.order_id, {row.detail: error.code or files.REFUSED})
        elif row.attempts + 1 >= TRIES:
            _mark(centre, connection, row.order_id, {row.detail: files.FAILING})


def lost(centre: Centre, row: Row[Any]) -> None:
    """Let a file wait whose bytes could not be read: they are asked for again."""
    with centre.database.writing() as connection:
        queued.put(connection, row.key, state=LACKING, next_try=to_iso(centre.now() + _LOOKED), last_error=NO_BYTES)


# ---- with their order -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Together:
    """What goes along with an order now, by attachment; what never does, each with its code; ``wait``: more may come."""

    ready: dict[str, tuple[Enclosed, Content]]
    never: dict[str, str]
    wait: bool


def together(centre: Centre, row: Row[Any]) -> Together:
    """Return what goes along with an order to a partner that may publish it: photos of the matter, whatever was ticked."""
    with centre.database.reading() as connection:
        mine = connection.execute(select(partner_out).where(*_mine(row.order_id), partner_out.c.state.in_(_OPEN))).all()
        found = {each.detail: _now(connection, each) for each in mine}
    ready = {
        name: (each.enclosed, _content(centre, each.enclosed)) for name, each in found.items()
        if each.enclosed is not None and each.lacks is None and each.purpose == files.PHOTO
    }  # fmt: skip
    never = {name: files.KEPT for name, each in found.items() if each.purpose != files.PHOTO}
    in_time = not row.urgent and centre.now() < from_iso(row.made_at) + PATIENCE
    waits = any(each.lacks for name, each in found.items() if name not in never)
    return Together(ready, never, in_time and waits)


def postpone(centre: Centre, row: Row[Any]) -> None:
    """Let an order wait a little for the bytes of its files."""
    with centre.database.writing() as connection:
        queued.put(connection, row.key, next_try=to_iso(centre.now() + queued.SOON), last_error=NO_BYTES)


def went_along(centre: Centre, connection: Connection, order_id: str, codes: Mapping[str, str], missed: str) -> None:
    """Write down what became of an order's files, by attachment; ``missed``: of those that were not at hand.

    It is one transaction with the word that the order went: killed between the two, the photos would count as never sent.
    """
    mine = connection.execute(select(partner_out).where(*_mine(order_id), partner_out.c.state.in_(_OPEN))).all()
    said = {each.detail: codes.get(each.detail) or _now(connection, each).against or missed for each in mine}
    for each in mine:
        code = said[each.detail]
        gone = {"state": SENT, "sent_at": centre.now_iso(), "last_error": None}
        missed_it = {"state": DROPPED, "last_error": files.WORDS[code]}
        queued.put(connection, each.key, **(gone if code == files.SENT else missed_it))
    if said:
        _mark(centre, connection, order_id, said)


# ---- parts ----------------------------------------------------------------------------------------------------------


def _key(order_id: str, attachment_id: str) -> str:
    return f"{FILE}/{order_id}/{attachment_id}"


def _mine(order_id: str) -> tuple[Any, ...]:
    return partner_out.c.order_id == order_id, partner_out.c.what == FILE


def _stored(connection: Connection, kind: str, record_id: str) -> RecordState | None:
    found = rows.load(connection, [(kind, record_id)], lock=False).get((kind, record_id))
    return found.state if found is not None else None


def _mark(centre: Centre, connection: Connection, order_id: str, codes: Mapping[str, str]) -> None:
    """Say on an order what became of some of its files."""
    order = writing.locked_order(connection, order_id)
    if order is None or order.voided or order.body.get("state") == flow.WITHDRAWN:
        return
    said = files.said(files.told(order.body.get("files_state")) | dict(codes))
    part = writing.edited(order, {"files_state": said})
    writing.do(centre, connection, f"files/{order.id}/{order.ver}", [part] if part else [])


__all__ = [
    "PATIENCE", "composed", "failed", "let_go", "lost", "note", "of_order", "postpone", "sent", "together", "wake",
    "went_along",
]  # fmt: skip
