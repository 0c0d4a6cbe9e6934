"""The wage ledger (工资支付台账): one line for a day's work, with everything that the regulation asks for (domain rules B3.1).

保障农民工工资支付条例 article 15: 用人单位名称、支付周期、支付日期、支付对象姓名、身份证号码、联系方式、工作时间、
应发工资项目及数额、代扣代缴扣除项目和数额、实发工资数额、银行代发工资凭证或者农民工签字; kept three years.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from zzdesk.jobs import wages
from zzdesk.jobs import workflow as flow
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Count, Day, Integer, LongText, Moment, Money, Ref, ShortText


class WageLine(Synced, Base):
    """One line. Written once, and paid once: only ``state`` and how it was paid come later. Never void, never deleted.

    Names and numbers are copied: the line says what was so on the day, whatever becomes of the other records.
    ``entry`` counts the lines of one application from 0; odd ones take back the line before them.
    """

    __tablename__ = "wage_line"
    __kind__ = "wage_line"
    __right__ = "job.wage"
    __transitions__ = flow.WAGE
    __guard__ = wages.GUARD
    __computed__ = wages.COMPUTED
    __frozen_states__ = frozenset({flow.REVERSED})
    __search__ = ("posting_number",)
    __search_names__ = ("worker_name", "employer_name")
    __table_args__ = (
        list_index("wage_line", "created_at", "id"),
        list_index("wage_line", "state", "due_on", "id"),
        list_index("wage_line", "application_id", "entry"),
        list_index("wage_line", "posting_id", "id"),
        list_index("wage_line", "worker_id", "id"),
        list_index("wage_line", "employer_id", "id"),
    )

    application_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    entry: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    reverses: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    why: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, derived=True, mask="text")
    posting_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, derived=True, natural=True)
    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    worker_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    posting_number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    title: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="text")
    employer_name: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="holder")
    employer_code: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    worker_name: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="name")
    identity_number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="id", check=checks.identity)
    phone: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="phone")
    pay_unit: Mapped[str] = synced(Choice(*flow.PAY_UNITS), Merge.WRITE_ONCE, derived=True)
    work_date: Mapped[date | None] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    starts_at: Mapped[datetime] = synced(Moment(), Merge.WRITE_ONCE, derived=True)
    ends_at: Mapped[datetime] = synced(Moment(), Merge.WRITE_ONCE, derived=True)
    minutes: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    # Money takes two people where two desks booked it differently (decision 7); that nobody edits it is the guard's word.
    rate: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    quantity: Mapped[Decimal | None] = synced(Count(), Merge.FOUR_EYES)
    base: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    overtime: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    allowance: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    extra_note: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="text")
    withheld: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    paid_over: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    deducted: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    deduction_note: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="text")
    gross: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    net: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    paid_before: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    to_pay: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, derived=True)
    agreed_on: Mapped[date] = synced(Day(), Merge.WRITE_ONCE)
    """The day that was agreed; ``due_on`` is never later."""
    due_on: Mapped[date | None] = synced(Day(), Merge.COMPUTED)
    due_provisional: Mapped[bool | None] = synced(Bool(), Merge.COMPUTED)
    """Whether the holidays of that year were not known yet."""
    state: Mapped[str] = synced(
        Choice(flow.OWED, flow.PAID, flow.REVERSED, flow.CLEARED), Merge.TRANSITION, default=flow.OWED
    )
    # Late: what was paid at one desk while the other took the line back was paid all the same; the guard lets nobody else.
    paid_on: Mapped[date | None] = synced(Day(), late=True)
    paid_way: Mapped[str | None] = synced(Choice(*flow.SETTLEMENTS), late=True)
    proof_kind: Mapped[str | None] = synced(Choice(*flow.PROOFS), late=True)
    proof: Mapped[str | None] = synced(ShortText(), mask="text", late=True)
    """The number of the bank's voucher, or where the signed paper is."""
    paid_by: Mapped[str | None] = synced(Ref(), derived=True, late=True)
