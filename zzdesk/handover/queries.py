"""What the windows ask about hand-over orders: those of one report, masked, with the lines that were said about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from zzdesk.accounts.queries import display_names
from zzdesk.clock import RecordId
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import batched, bytes_of
from zzdesk.handover import files
from zzdesk.handover import workflow as flow
from zzdesk.handover.files import Offered
from zzdesk.handover.models import HandoverEcho, HandoverOrder
from zzdesk.handover.partners import partner
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader

FILE_WORDS: Final = files.WORDS
"""What became of a file, by its code, in words."""
FILE_WAITS: Final = files.WAITING


@dataclass(frozen=True)
class Line:
    """One word about an order; ``theirs`` where the partner said it."""

    status: str
    text: str
    at: datetime
    theirs: bool


@dataclass(frozen=True)
class Files:
    """How the files of an order stand: how many it names, how many of them went, and of the others how many are how.

    ``others`` are pairs of a code (``zzdesk.handover.files.WORDS``) and a count; ``to_come`` are those of the waiting ones
    whose bytes this desk has not seen at the centre yet.
    """

    total: int = 0
    sent: int = 0
    to_come: int = 0
    others: tuple[tuple[str, int], ...] = ()

    @property
    def refused(self) -> int:
        """Return how many the other side has not got and will not get by this way."""
        return sum(count for code, count in self.others if code in files.REFUSALS)


@dataclass(frozen=True)
class OrderRow:
    """One order as the page of its report shows it, masked."""

    id: RecordId
    number: str
    partner: str
    partner_name: str
    direction: str
    state: str
    recipient: str
    handed: tuple[str, ...]
    reason: str
    created_at: datetime
    created_by: str
    called_at: datetime | None
    called_by: str
    call_taker: str
    external_ref: str
    receipt_number: str
    receipt_at: datetime | None
    limit_days: int | None
    out_of_duty: bool
    request_type: str
    public_answer: str
    unsent: str | None
    """Why the centre could not send it so far (``workflow.UNSENT``); None once it was sent, or carried there."""
    settled_at: datetime | None
    origins: tuple[str, ...]
    """Where the matter of an order that came in was before: whose, and its number there."""
    actions: tuple[str, ...]
    lines: tuple[Line, ...]
    files: Files = Files()
    named: frozenset[RecordId] = frozenset()
    """The attachments that it names."""
    more: tuple[Offered, ...] = ()
    """The files of its report that could go and do not yet (``zzdesk.desk.handing.orders``)."""

    @property
    def is_open(self) -> bool:
        """Say whether the other side still has to do something."""
        return self.direction == flow.OUT and self.state in flow.OPEN

    @property
    def finished(self) -> bool:
        """Say whether the other side is done: somebody here has to look at that (对方已办结, or 退回)."""
        return self.direction == flow.OUT and self.state in flow.ENDED and self.settled_at is None


def partner_name(code: str) -> str:
    """Return what a partner is called; a code that this program does not know stands for itself."""
    found = partner(code)
    return found.name if found is not None else code


def of_report(read: Reader, report_id: RecordId) -> tuple[OrderRow, ...]:
    """Return the orders of a report, the oldest first."""
    read.require("record.read")
    query = select(HandoverOrder).where(HandoverOrder.report_id == report_id, HandoverOrder.voided.is_not(True))
    orders = list(read.session.scalars(query.order_by(HandoverOrder.created_at, HandoverOrder.id)))
    said: dict[str, list[HandoverEcho]] = defaultdict(list)
    if orders:
        lines = select(HandoverEcho).where(HandoverEcho.handover_order_id.in_([order.id for order in orders]))
        for line in read.session.scalars(lines.order_by(HandoverEcho.created_at, HandoverEcho.id)):
            said[line.handover_order_id].append(line)
    names = display_names(read, frozenset(order.created_by for order in orders)) if orders else {}
    here = _bytes(read, orders)
    return tuple(_row(order, said[order.id], names, here) for order in orders)


def _bytes(read: Reader, orders: list[HandoverOrder]) -> dict[RecordId, bool]:
    """Return of every file that these orders name whether the centre has its bytes, as far as this desk knows."""
    named = sorted({each for order in orders for each in order.files or ()})
    found: dict[RecordId, bool] = {}
    for part in batched(named):
        kept = read.session.scalars(select(Attachment).where(Attachment.id.in_(part))).all()
        found |= {name: where.at_centre for name, where in bytes_of(read.session, kept).items()}
    return found


def _files(order: HandoverOrder, here: dict[RecordId, bool]) -> Files:
    told, named = files.told(order.files_state), sorted(order.files or ())
    codes = Counter(told.get(each, files.WAITING) for each in named)
    sent = codes.pop(files.SENT, 0)
    to_come = sum(told.get(each) is None and not here.get(each, False) for each in named)
    return Files(len(named), sent, to_come, tuple(sorted(codes.items())))


def _row(order: HandoverOrder, lines: list[HandoverEcho], names: dict[str, str], here: dict[RecordId, bool]) -> OrderRow:
    found = partner(order.partner)
    handed = tuple(name for name in (found.fields if found else sorted(order.handed or ())) if name in (order.handed or ()))
    values: dict[str, Any] = {"direction": order.direction, "state": order.state, "settled_at": order.settled_at}
    unsent = order.unsent if order.state == flow.WAITING else None
    return OrderRow(
        order.id, order.number or "", order.partner, partner_name(order.partner), order.direction, order.state,
        order.recipient or "", handed, mask("text", order.reason), order.created_at, names.get(order.created_by, ""),
        order.called_at, mask("name", order.called_by), mask("text", order.call_taker), order.external_ref or "",
        order.receipt_number or "", order.receipt_at, order.limit_days, bool(order.out_of_duty), order.request_type or "",
        mask("text", order.public_answer), unsent, order.settled_at,
        tuple(sorted(order.origins or ())), flow.next_actions(values),
        tuple(sorted(map(_line, lines), key=lambda line: line.at)), _files(order, here),
        frozenset(order.files or ()),
    )  # fmt: skip


def _line(line: HandoverEcho) -> Line:
    return Line(line.status, mask("text", line.text), line.happened_at or line.created_at, line.direction == flow.IN)

