"""企业反哺社区: what enterprises give back to the community, as a ledger that is only added to; and what stands against a
line. Pure: desk and centre ask the same (domain A13, F56).

What was wrong is taken back by a line with the opposite amount that names it and says why; a third one may say what is right.
Both have ids that follow from the line, so that two desks that correct one line without a network have corrected it once.
Money is Decimal, in yuan with two decimals; nothing here is a float.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard, Values, awaits

KIND: Final = "giveback_entry"
RIGHT: Final = "job.giveback"
MONEY: Final = "money"
KINDS: Final = ("goods", MONEY, "venue", "service", "jobs", "other")
"""捐赠物资、资金、场地、志愿服务、岗位、其他."""
AMOUNTS: Final = ("amount", "quantity")
SAID: Final = ("employer_id", "employer_name", "given_on", "giveback_kind", "what", "unit", "purpose", "project", "taken_by")
"""What a line that takes another one back repeats."""
PUT: Final = (*SAID, *AMOUNTS, "receipt_number", "reverses", "corrects")
"""What a line says for ever."""
_LINES: Final = uuid.UUID("b64e9f17-20c5-5e3d-87ab-d1f0a93c5e62")

WORDS: Final[dict[str, str]] = {
    "giveback-fixed": N_("反哺台账写下后不能改；有错请用“更正”，冲销后另记一行"),
    "giveback-stays": N_("反哺台账不能作废；有错请用“更正”，冲销后另记一行"),
    "giveback-amount": N_("资金写金额，不写数量；其他的写数量和单位，不写金额；都要大于零"),
    "giveback-ahead": N_("日期不能晚于今天"),
    "giveback-names": N_("台账上的单位名称与登记的不一致，请核对"),
    "giveback-other-firm": N_("更正只能改同一家单位的账；记错了单位，请只冲销，再另记一笔"),
    "giveback-reversal": N_("更正要先冲销原来那一行，数额相反，并写明原因"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({"giveback-fixed", "giveback-names", "giveback-ahead"})
"""What stands against somebody only because of what others had done meanwhile: a person looks at it."""


def reversal_id(entry_id: str) -> str:
    """Return the id of the line that takes a line back."""
    return str(uuid.uuid5(_LINES, f"{entry_id}/back"))


def correction_id(entry_id: str) -> str:
    """Return the id of the line that says what is right instead of a line."""
    return str(uuid.uuid5(_LINES, f"{entry_id}/right"))


def fits(kind: str, amount: Decimal | None, quantity: Decimal | None, unit: str | None, sign: int = 1) -> bool:
    """Say whether a line says how much as its kind asks for: money an amount, everything else a quantity with its unit.

    ``sign`` is -1 for a line that takes another one back.
    """
    if kind == MONEY:
        return amount is not None and amount * sign > 0 and quantity is None and not unit
    return quantity is not None and quantity * sign > 0 and bool(unit) and amount is None


def number(value: Any) -> Decimal | None:
    """Return an amount as the wire carries it; None for what is none."""
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def opposite(line: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """Return the amounts of the line that takes a line (in its wire form) back."""
    found = {name: number(line.get(name)) for name in AMOUNTS}
    return {name: -value if value is not None else None for name, value in found.items()}


# ---- what stands against a line ----------------------------------------------------------------------------------------


def _kept(deed: Deed) -> str | None:
    """What was written stays."""
    if deed.void:
        return "giveback-stays"
    if deed.before is None or deed.decided:
        return None
    return "giveback-fixed" if any(deed.before.get(name) != deed.after.get(name) for name in PUT) else None


def _counted(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    body = deed.after
    sign = -1 if body.get("reverses") else 1
    unit = str(body.get("unit") or "") or None
    if not fits(str(body.get("giveback_kind")), number(body.get("amount")), number(body.get("quantity")), unit, sign):
        return "giveback-amount"
    return _dated(deed, body)


def _dated(deed: Deed, body: Values) -> str | None:
    try:
        day = date.fromisoformat(str(body.get("given_on")))
    except ValueError:
        return "giveback-ahead"
    return "giveback-ahead" if day > local_day(from_iso(deed.at)) + timedelta(days=1) else None  # a desk's clock may be off


def _named(deed: Deed) -> str | None:
    """The name is that of the enterprise's record, as it was when the line was written."""
    body = deed.after
    if deed.before is not None or body.get("reverses"):
        return None
    employer = deed.other("employer", str(body.get("employer_id")))
    if employer is None:
        return awaits("employer", str(body.get("employer_id")))
    return None if employer.get("name") == body.get("employer_name") else "giveback-names"


def _corrected(deed: Deed) -> str | None:
    """A line is taken back once, whole, with a reason; and what is right instead stands only beside what takes it back."""
    body = deed.after
    if deed.before is not None:
        return None
    back, right = body.get("reverses"), body.get("corrects")
    if not back and not right:
        return None
    if back and right:
        return "giveback-reversal"
    return _takes_back(deed, str(back)) if back else _puts_right(deed, str(right))


def _takes_back(deed: Deed, line_id: str) -> str | None:
    body, line = deed.after, deed.other(KIND, line_id)
    if line is None:
        return awaits(KIND, line_id)
    same = all(body.get(name) == line.get(name) for name in SAID)
    amounts = opposite(line)
    exact = all(number(body.get(name)) == amounts[name] for name in AMOUNTS)
    mine = deed.id == reversal_id(line_id) and bool(body.get("why")) and not line.get("reverses")
    return None if same and exact and mine else "giveback-reversal"


def _puts_right(deed: Deed, line_id: str) -> str | None:
    if deed.id != correction_id(line_id):
        return "giveback-reversal"
    for each in (line_id, reversal_id(line_id)):
        if deed.other(KIND, each) is None:
            return awaits(KIND, each)
    line = deed.other(KIND, line_id) or {}
    return None if deed.after.get("employer_id") == line.get("employer_id") else "giveback-other-firm"


def _guard(*rules: Callable[[Deed], str | None]) -> Guard:
    def ask(deed: Deed) -> str | None:
        return next((code for rule in rules if (code := rule(deed))), None)

    return Guard(ask, WORDS, (), frozenset(PUT), "", circumstances=CIRCUMSTANCES, always=True)


GUARD: Final = _guard(_kept, _counted, _named, _corrected)
