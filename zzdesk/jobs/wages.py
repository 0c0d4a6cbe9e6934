"""A wage as the ledger holds it (保障农民工工资支付条例, WP): its sums, its lines, and what stands against one. Pure.

A line is written once. What was wrong is taken back by a line with the opposite amounts, and a third one says what is right:
lines 0, 1, 2, 3, 4 … of one application, each with an id that follows from both, so that two desks that book the same wage
without a network have booked it once. Money is Decimal, rounded half up to the fen; nothing here is a float.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from zzdesk.calendar import deadlines
from zzdesk.calendar.days import Calendar
from zzdesk.clock import from_iso, local_day
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.jobs import tables
from zzdesk.jobs import workflow as flow
from zzdesk.store.computed import Child, Computed
from zzdesk.workflow import Deed, Guard, Values, awaits

KIND: Final = "wage_line"
FEN: Final = Decimal("0.01")
_LINES: Final = uuid.UUID("0d5f7c3e-6a1b-5b7e-8f43-9b0c2a6e41d7")
EXTRAS: Final = ("overtime", "allowance")
"""应发项目 beside the basic pay."""
TAKEN: Final = ("withheld", "paid_over", "deducted")
"""代扣、代缴、扣除 (WP article 15)."""
AMOUNTS: Final = ("base", *EXTRAS, *TAKEN, "gross", "net", "paid_before", "to_pay")
"""Every amount of a line; a line that takes another back has each with the opposite sign."""
SAID: Final = ("rate", "quantity", *AMOUNTS)
WHO: Final = ("application_id", "posting_id", "employer_id", "worker_id")
PUT: Final = (*WHO, "entry", "reverses", "pay_unit", "minutes", *SAID)
"""What a line says for ever."""
PAYS: Final = ("paid_on", "paid_way", "proof_kind", "proof", "paid_by")
"""What a line says once it is paid. Two desks that pay one line have a conflict: somebody may have been paid twice."""
MOST_DEDUCTED: Final = Decimal("0.20")
"""Of a month's wage may go to make good a loss (工资支付暂行规定 article 16)."""

WORDS: Final[dict[str, str]] = {
    "wage-line-fixed": N_("台账写下后不能改；有错请用“更正”，冲销后另记一行（保障农民工工资支付条例第十五条）"),
    "wage-line-stays": N_("工资台账至少保存三年，不能作废；有错请用“更正”（保障农民工工资支付条例第十五条）"),
    "wage-line-misshapen": N_("台账的编号、行次或报名对不上"),
    "wage-unattended": N_("只有到过岗、签过退的人才记工资"),
    "wage-names": N_("台账上的人、单位与登记的不一致，请核对"),
    "wage-other-rate": N_("单价与发布时约定的报酬不一致"),
    "wage-sums": N_("应发、扣除和实发的数对不上，请重新计算"),
    "wage-deducted-too-much": N_("赔偿扣款不得超过当月工资的百分之二十，并要写明原因（工资支付暂行规定第十六条）"),
    "wage-below-floor": N_("扣款后剩下的低于当地最低工资标准，不能这样扣（工资支付暂行规定第十六条）"),
    "wage-reversal": N_("更正要先冲销原来那一行，金额相反"),
    "wage-unproven": N_("要写明哪天、怎么付的，以及凭证号或本人签字（保障农民工工资支付条例第十五条）"),
    "wage-paid-by-another": N_("发放只能记为办理者本人"),
    "wage-paid-meanwhile": N_("这笔工资更正以前，另一台电脑已经付过，这一行的“已付”没有算进去；请先更正这一行，再付余额"),
    "wage-decided-apart": N_("这一行各项金额分别决定以后合不起来，不能照付；请先更正这一行"),
    "wage-reversed-stays": N_("冲销了的一行不能再改回来；付过的钱会计入更正后的那一行"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({
    "wage-line-fixed", "wage-unattended", "wage-names", "wage-other-rate", "wage-paid-meanwhile",
    "wage-decided-apart", "wage-below-floor",
})  # fmt: skip
"""What stands against somebody only because of what others had done meanwhile: a person looks at it."""


def line_id(application_id: str, entry: int) -> str:
    """Return the id of a line: the same wage booked at two desks is one line (hazard of two who settle offline)."""
    return str(uuid.uuid5(_LINES, f"{application_id}/{entry}"))


def half_up(value: Decimal) -> Decimal:
    """Return an amount in yuan, rounded half up to the fen."""
    return value.quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True)
class Sums:
    """What a wage comes to, in yuan; ``to_pay`` is what is left of ``net`` after what was paid before a correction."""

    base: Decimal
    overtime: Decimal
    allowance: Decimal
    withheld: Decimal
    paid_over: Decimal
    deducted: Decimal
    paid_before: Decimal

    @property
    def gross(self) -> Decimal:
        """应发合计."""
        return self.base + self.overtime + self.allowance

    @property
    def net(self) -> Decimal:
        """实发数额."""
        return self.gross - self.withheld - self.paid_over - self.deducted

    @property
    def to_pay(self) -> Decimal:
        """Return what is still to be handed over; below nought where too much was paid."""
        return self.net - self.paid_before

    def amounts(self) -> dict[str, Decimal]:
        """Return every amount by the name of its field."""
        return {name: getattr(self, name) for name in AMOUNTS}


def base_of(unit: str, rate: Decimal, quantity: Decimal | None, minutes: int) -> Decimal:
    """Return the basic pay: by the minute where it is agreed by the hour, else so many units.

    Raises:
        InvalidError: weeks, months and pieces do not follow from the hours of a day: how many has to be said.
    """
    if unit == "hour":
        return half_up(rate * minutes / 60)
    if quantity is None and unit != "day":
        raise InvalidError.one("quantity", N_("按周、月、件计酬要写明数量"))
    return half_up(rate * (quantity if quantity is not None else 1))


def opposite(line: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the amounts of the line that takes a line back."""
    return {name: -Decimal(str(line.get(name) or 0)) for name in AMOUNTS}


def begins(entry: int, to_pay: Decimal) -> str:
    """Return the state in which a line is written: of a line that takes another one back nothing is ever owed."""
    return flow.OWED if entry % 2 == 0 and to_pay > 0 else flow.CLEARED


def handed_over(lines: Iterable[Mapping[str, Any]]) -> Decimal:
    """Return what was handed over on the lines before one: each that was paid says how much it had to pay.

    Also one that another desk paid while it was taken back here: the money has gone out all the same.
    """
    return sum((Decimal(str(each.get("to_pay") or 0)) for each in lines if each.get("paid_on")), Decimal(0))


def lines_before(application_id: str, entry: int) -> tuple[str, ...]:
    """Return the ids of the lines before one that something was to be paid on."""
    return tuple(line_id(application_id, each) for each in range(0, entry - 1, 2))


def due(agreed: date, calendar: Calendar) -> tuple[date, bool]:
    """Return the day to pay by, and whether a year's holidays are not known yet (WP article 14: earlier, never later).

    Raises:
        InvalidError: the year is out of range.
    """
    found = deadlines.wage(calendar, agreed)
    return found.due, bool(found.missing_years)


def kept_until(day: date, years: int) -> date:
    """Return the last day for which a line has to be kept (WP article 15: three years)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


# ---- the day to pay by, worked out at desk and centre ------------------------------------------------------------------


def _work_out(body: Values, children: Sequence[Child], calendar: Calendar) -> dict[str, Any]:
    try:
        day, provisional = due(date.fromisoformat(str(body.get("agreed_on"))), calendar)
    except (ValueError, InvalidError):
        return {}
    return {"due_on": day.isoformat(), "due_provisional": True if provisional else None}


COMPUTED: Final = Computed(
    ("due_on", "due_provisional"), frozenset({"agreed_on"}), (), lambda kind, body: False, _work_out, "agreed_on",
    frozenset({flow.PAID, flow.REVERSED, flow.CLEARED}),
)

# ---- what stands against a line ------------------------------------------------------------------------------------------


def amount(value: Any) -> Decimal | None:
    """Return an amount as the wire carries it; None for what is none."""
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _sums_of(body: Values) -> Sums | None:
    found = [amount(body.get(name)) for name in ("base", *EXTRAS, *TAKEN, "paid_before")]
    known = [each for each in found if each is not None]
    return Sums(*known) if len(known) == len(found) else None


def _fits(body: Values, sums: Sums) -> bool:
    return all(amount(body.get(name)) == value for name, value in sums.amounts().items())


def _kept(deed: Deed) -> str | None:
    """What was written stays, and stays where it is."""
    if deed.void:
        return "wage-line-stays"
    if deed.before is None:
        return None
    gone = deed.before.get("state") == flow.REVERSED
    if gone and deed.after.get("state") != flow.REVERSED:
        return "wage-reversed-stays"
    if deed.decided:
        return None
    if gone and not _pays(deed) and any(deed.before.get(name) != deed.after.get(name) for name in PAYS):
        return "wage-line-fixed"
    names = PUT + (PAYS if deed.before.get("state") == flow.PAID else ())
    return "wage-line-fixed" if any(deed.before.get(name) != deed.after.get(name) for name in names) else None


def _pays(deed: Deed) -> bool:
    """Say whether its author paid the line, whatever had become of it at the centre by then."""
    was, now = deed.edits.get("state", (None, None))
    return bool(was == flow.OWED and now == flow.PAID)


def _added_up(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    body, sums = deed.after, _sums_of(deed.after)
    entry = body.get("entry")
    if not isinstance(entry, int) or deed.id != line_id(str(body.get("application_id")), entry):
        return "wage-line-misshapen"
    # What takes a line back says the opposite of it, whatever that one says (``_corrected``).
    if sums is None or not (entry % 2 or _fits(body, sums)):
        return "wage-sums"
    if body.get("state") != begins(entry, sums.to_pay):
        return "wage-line-misshapen"
    return None if entry % 2 else _fair(body, sums)


def _fair(body: Values, sums: Sums) -> str | None:
    """A wage is the rate times what was done, and what is taken off it has a limit and a reason."""
    rate, quantity = amount(body.get("rate")), amount(body.get("quantity"))
    minutes = body.get("minutes")
    if rate is None or not isinstance(minutes, int):
        return "wage-sums"
    try:
        base = base_of(str(body.get("pay_unit")), rate, quantity, minutes)
    except InvalidError:
        return "wage-sums"
    parts = (sums.overtime, sums.allowance, sums.withheld, sums.paid_over, sums.deducted)
    if base != sums.base or min(parts) < 0 or sums.net < 0:
        return "wage-sums"
    if sums.deducted > half_up(sums.gross * MOST_DEDUCTED):
        return "wage-deducted-too-much"
    return "wage-deducted-too-much" if any(parts[2:]) and not body.get("deduction_note") else None


def _earned(deed: Deed) -> str | None:
    """Who was there, for whom, and what had been agreed (F55; WP articles 11 and 15)."""
    if deed.before is not None:
        return None
    body = deed.after
    found = {
        kind: deed.other(kind, str(body.get(f"{kind}_id"))) for kind in ("application", "posting", "employer", "worker")
    }
    for kind, each in found.items():
        if each is None:
            return awaits(kind, str(body.get(f"{kind}_id")))
    application, posting, employer, worker = (each or {} for each in found.values())
    if application.get("state") != flow.FINISHED or application.get("voided") or not application.get("checked_out_at"):
        return "wage-unattended"
    ids = (application.get("posting_id"), posting.get("employer_id"), application.get("worker_id"))
    names = (worker.get("name"), worker.get("identity_number"), employer.get("name"), application.get("minutes"))
    if ids != tuple(body.get(name) for name in WHO[1:]):
        return "wage-names"
    if int(body.get("entry") or 0) % 2:
        return None
    if names != tuple(body.get(n) for n in ("worker_name", "identity_number", "employer_name", "minutes")):
        return "wage-names"
    if any(posting.get(a) != body.get(b) for a, b in (("wage", "rate"), _UNIT)):
        return "wage-other-rate"
    return _left_over(body, posting)


_UNIT: Final = ("pay_unit", "pay_unit")


def _left_over(body: Values, posting: Values) -> str | None:
    """What is left after a loss was made good is not below the least wage for that work (工资支付暂行规定 article 16).

    The regulation counts by the month; of somebody who works by the day or hour each line keeps both limits, and so does
    every month of such lines.
    """
    sums = _sums_of(body)
    if sums is None or not sums.deducted:
        return None
    area = str(posting.get("area_code") or posting.get("scope") or tables.HOME)
    try:
        day = date.fromisoformat(str(body.get("work_date") or body.get("agreed_on")))
    except ValueError:
        return "wage-sums"
    least = least_for(area, day, str(body.get("pay_unit")), amount(body.get("quantity")), int(body.get("minutes") or 0))
    return "wage-below-floor" if least is not None and sums.gross - sums.deducted < least else None


def least_for(area: str, day: date, unit: str, quantity: Decimal | None, minutes: int) -> Decimal | None:
    """Return the least that work done may come to, by the month and week or by the hour; None where no floor is known."""
    if unit in ("week", "month"):
        floor = tables.least_wage(area, day, unit, None)
        return half_up(floor * (quantity or 1)) if floor is not None else None
    floor = tables.least_wage(area, day, "hour", None)
    return half_up(floor * minutes / 60) if floor is not None else None


def _corrected(deed: Deed) -> str | None:
    """Line 1 takes line 0 back, line 2 says what is right, and so on: none without the one before it."""
    body, entry = deed.after, int(deed.after.get("entry") or 0)
    application = str(body.get("application_id"))
    if deed.before is not None:
        leaves = deed.before.get("state") != flow.REVERSED and body.get("state") == flow.REVERSED
        missing = leaves and not deed.decided and deed.other(KIND, line_id(application, entry + 1)) is None
        return "wage-reversal" if missing else None
    if entry == 0:
        return "wage-reversal" if body.get("reverses") or amount(body.get("paid_before")) else None
    last = line_id(application, entry - 1)
    line = deed.other(KIND, last)
    if line is None:
        return awaits(KIND, last)
    if entry % 2 == 0:
        follows = line.get("reverses") and not body.get("reverses") and body.get("why")
        # Less than was paid says who did not know yet of a payment: the line is paid by nobody before it is corrected.
        known = amount(body.get("paid_before"))
        return None if follows and known is not None and known <= _paid(deed, body) else "wage-reversal"
    back = all(amount(body.get(name)) == value for name, value in opposite(line).items())
    return None if back and body.get("reverses") == last and not line.get("reverses") else "wage-reversal"


def _paid(deed: Deed, body: Values) -> Decimal:
    before = lines_before(str(body.get("application_id")), int(body.get("entry") or 0))
    return handed_over(deed.others(KIND, before).values()) if before else Decimal(0)


def _proven(deed: Deed) -> str | None:
    """WP article 15: when it was paid, how, and the bank's voucher or the person's own signature."""
    before, after = deed.before or {}, deed.after
    late = before.get("state") == flow.REVERSED and _pays(deed) and not before.get("paid_on")
    if before.get("state") == flow.PAID or (after.get("state") != flow.PAID and not late) or deed.decided:
        return None
    day = str(after.get("paid_on") or "")
    latest = local_day(from_iso(deed.at)) + timedelta(days=1)  # a desk's clock may be off
    known = after.get("paid_way") in flow.SETTLEMENTS and after.get("proof_kind") in flow.PROOFS and after.get("proof")
    if deed.before is None or not known or not day or day > latest.isoformat():
        return "wage-unproven"
    if after.get("paid_by") != deed.actor:
        return "wage-paid-by-another"
    if late:
        return None
    sums = _sums_of(after)  # of contested amounts each is decided by itself
    if sums is None or not _fits(after, sums):
        return "wage-decided-apart"
    return None if sums.paid_before == _paid(deed, after) else "wage-paid-meanwhile"


def _guard(*rules: Callable[[Deed], str | None]) -> Guard:
    def ask(deed: Deed) -> str | None:
        return next((code for rule in rules if (code := rule(deed))), None)

    return Guard(ask, WORDS, (), frozenset({"state", *PAYS, *PUT}), flow.OWED, circumstances=CIRCUMSTANCES, always=True)


GUARD: Final = _guard(_kept, _added_up, _earned, _corrected, _proven)
