"""The certificate of service (志愿服务记录证明), and a call to which somebody goes out (domain rules B4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from zzdesk.patrol import workflow as flow
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, Integer, LongText, Moment, Ref, ShortText, TextSet


class Certificate(Synced, Base):
    """What a station certifies of what it recorded itself (志愿服务条例: 谁记录谁证明, free of charge). Written once."""

    __tablename__ = "certificate"
    __kind__ = "certificate"
    __right__ = "patrol.certify"
    __transitions__ = flow.CERTIFICATE
    __frozen_states__ = frozenset({flow.WITHDRAWN_PAPER})
    __numbers__ = "志证"
    __search__ = ("number", "alias", "volunteer_no")
    __search_names__ = ("name",)
    __table_args__ = (
        list_index("certificate", "created_at", "id"),
        list_index("certificate", "volunteer_id", "created_at", "id"),
    )

    alias: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, natural=True)
    volunteer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    volunteer_no: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    name: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="name")
    document_kind: Mapped[str | None] = synced(Choice(*flow.DOCUMENTS), Merge.WRITE_ONCE, derived=True)
    identity_number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="id")
    from_day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    until_day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    minutes: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    content: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    issuer: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    responsible: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True, mask="name")
    handler: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True, mask="name")
    contact: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    issued_on: Mapped[date | None] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    state: Mapped[str] = synced(
        Choice(*sorted(flow.CERTIFICATE.states)), Merge.TRANSITION, default=flow.ISSUED
    )
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")


class Callout(Synced, Base):
    """A call: taken, somebody sent, somebody there. Three moments, each as the desk's clock had it."""

    __tablename__ = "callout"
    __kind__ = "callout"
    __right__ = "patrol.dispatch"
    __transitions__ = flow.CALLOUT
    __frozen_states__ = frozenset({flow.CALL_CLOSED})
    __search__ = ("number", "grid")
    __table_args__ = (
        list_index("callout", "created_at", "id"),
        list_index("callout", "state", "created_at", "id"),
        list_index("callout", "called_at", "outcome"),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    grid: Mapped[str] = synced(ShortText(), required=True)
    what: Mapped[str] = synced(LongText(), Merge.TEXT, required=True, mask="text")
    place: Mapped[str | None] = synced(ShortText(), mask="address")
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    called_at: Mapped[datetime | None] = synced(Moment())
    dispatched_at: Mapped[datetime | None] = synced(Moment())
    dispatched_to: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    dispatched_by: Mapped[str | None] = synced(Ref(), derived=True)
    arrived_at: Mapped[datetime | None] = synced(Moment())
    outcome: Mapped[str | None] = synced(Choice(*flow.SOLVED))
    result: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    report_id: Mapped[str | None] = synced(Ref())
    state: Mapped[str] = synced(Choice(*sorted(flow.CALLOUT.states)), Merge.TRANSITION, default=flow.CALLED)
