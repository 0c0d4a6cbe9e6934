"""以案定补: what a mediated case brings its mediator, by a table with a day from which it holds (domain rules B1.8; F45). Pure.

Mediation is free of charge (人民调解法 article 4): the subsidy is the office's own ledger. It never appears on a paper that
parties see, and no record of a case says anything about money for the mediator.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from zzdesk.i18n import N_
from zzdesk.mediation import workflow as flow
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, Values, awaits

LEVELS: Final = ("simple", "normal", "hard")
"""简易、一般、疑难."""
FORMS: Final = ("written", "oral")
DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
APPROVED: Final = "approved"
SHEET: Final = TransitionTable(
    ("submit", DRAFT, SUBMITTED, Needs("subsidy.draw")),
    ("approve", SUBMITTED, APPROVED, Needs("subsidy.approve")),
    ("return", SUBMITTED, DRAFT, Needs("subsidy.approve", reason=True)),
)
MOST_DAYS: Final = 3_660
"""For how long a rule is asked whether another one has taken its place: ten years before the day a case ended."""
_IDS: Final = uuid.UUID("7c4c4c1d-5f2e-5d0c-9a62-3b1f0d6f8e21")


def rule_id(station: str, level: str, form: str, from_day: str) -> str:
    """Return the id of a rule: the same level, form and day are one rule on every desk."""
    return str(uuid.uuid5(_IDS, f"rule/{station}/{level}/{form}/{from_day}"))


def sheet_id(station: str, month: str, mediator_id: str) -> str:
    """Return the id of a mediator's sheet of a month: there is one."""
    return str(uuid.uuid5(_IDS, f"sheet/{station}/{month}/{mediator_id}"))


def item_id(case_id: str) -> str:
    """Return the id of the payment for a case: a case is paid once, whoever puts it on a sheet at whichever desk."""
    return str(uuid.uuid5(_IDS, f"item/{case_id}"))


@dataclass(frozen=True)
class RuleRow:
    """One rule: what a case of a level and form brings from a day on, in yuan."""

    id: str
    level: str
    form: str
    from_day: date
    amount: Decimal


def rule_for(rules: Iterable[RuleRow], level: str, form: str, day: date) -> RuleRow | None:
    """Return the rule in force on a day: the one that began last; None where none had begun."""
    fitting = [each for each in rules if (each.level, each.form) == (level, form) and each.from_day <= day]
    return max(fitting, key=lambda each: (each.from_day, each.id), default=None)


WORDS: Final[dict[str, str]] = {
    "rule-misshapen": N_("补贴标准的金额应大于零，编号应与种类、形式和起算日相符"),
    "rule-fixed": N_("补贴标准定下后不能更改；要调整，请从新的日期起另立一条"),
    "sheet-misshapen": N_("补贴表只能从“草稿”开始，编号应与站点、月份和调解员相符"),
    "own-sheet": N_("补贴表要由另一个人审批：制表、填表的人和领补贴的调解员本人都不能批"),
    "drawn-by-another": N_("提交和审批只能记为办理者本人"),
    "sheet-changed": N_("补贴表的合计与表里的案件对不上：案件已改到别的补贴表，请退回重做"),
    "sheet-empty": N_("补贴表里还没有案件"),
    "item-misshapen": N_("补贴项的编号、案件或补贴表对不上"),
    "sheet-closed": N_("补贴表已经提交或审批，里面的案件不能再改；请先退回"),
    "case-not-archived": N_("卷宗齐全并归档、且调解成功的案件才能领补贴"),
    "not-its-mediator": N_("这个案件的调解员名单里没有这个人"),
    "amount-not-by-rule": N_("补贴金额与标准不符"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({"sheet-changed", "sheet-closed", "case-not-archived", "not-its-mediator", "amount-not-by-rule"})
"""What stands against somebody only because of what others had done meanwhile: a person looks at it."""


def _guard(
    *rules: Callable[[Deed], str | None], fields: tuple[str, ...], kin: tuple[str, ...] = (), first: str = ""
) -> Guard:
    def ask(deed: Deed) -> str | None:
        return next((code for rule in rules if (code := rule(deed))), None)

    return Guard(ask, WORDS, kin, frozenset(fields), first, circumstances=CIRCUMSTANCES, always=True)


def yuan(value: object) -> Decimal:
    """Return an amount as the wire carries it, zero where there is none."""
    try:
        return Decimal(str(value)) if isinstance(value, str) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)


# ---- rules ----------------------------------------------------------------------------------------------------------


def _ruled(deed: Deed) -> str | None:
    if deed.before is not None:
        return None if deed.decided or not deed.edits else "rule-fixed"
    after = deed.after
    names = [str(after.get(name) or "") for name in ("station", "level", "form", "from_day")]
    fits = deed.id == rule_id(*names) and yuan(after.get("amount")) > 0
    return None if fits else "rule-misshapen"


RULE_GUARD: Final = _guard(_ruled, fields=("station", "level", "form", "from_day", "amount"))

# ---- sheets ---------------------------------------------------------------------------------------------------------


def _drawn(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    after = deed.after
    names = [str(after.get(name) or "") for name in ("station", "month", "mediator_id")]
    fresh = after.get("state") in (None, DRAFT) and not after.get("drawn_by") and not after.get("approved_by")
    return None if fresh and deed.id == sheet_id(*names) else "sheet-misshapen"


def _signed(deed: Deed) -> str | None:
    """Who submits and who approves say so in their own name, and nobody writes another one's name there."""
    if deed.before is None or deed.decided:
        return None
    for name, state in (("drawn_by", SUBMITTED), ("approved_by", APPROVED)):
        wrote, steps = deed.edits.get(name), deed.edits.get("state", (None, None))[1] == state
        if wrote is not None and (not steps or wrote[1] != deed.actor):
            return "drawn-by-another"
        if steps and deed.after.get(name) != deed.actor:
            return "drawn-by-another"
    return None


def _items(deed: Deed) -> list[Values]:
    """Return the payments of a sheet as the deed leaves them."""
    now = {kin.id: kin.body for kin in deed.past() if kin.kind == "subsidy_item"} | {kin.id: kin.body for kin in deed.kin}
    return [body for body in now.values() if body.get("subsidy_sheet_id") == deed.id and not body.get("voided")]


def _added_up(deed: Deed) -> str | None:
    """The total is that of the cases on it, when it is submitted and when it is approved."""
    if deed.before is None or deed.edits.get("state", (None, None))[1] not in (SUBMITTED, APPROVED):
        return None
    total = sum((yuan(each.get("amount")) for each in _items(deed)), Decimal(0))
    if total != yuan(deed.after.get("total")):
        return "sheet-changed"
    return None if total else "sheet-empty"


def _still_due(deed: Deed) -> str | None:
    """Each payment is due when its sheet is submitted and when it is approved, whatever was so when it was put there."""
    if deed.before is None or deed.edits.get("state", (None, None))[1] not in (SUBMITTED, APPROVED):
        return None
    return next((code for each in _items(deed) if (code := _may_be_paid(deed, each, deed.after))), None)


def _seconded(deed: Deed) -> str | None:
    """制表、填表、领补贴的人都不能审批."""
    before = deed.before or {}
    if before.get("state") != SUBMITTED or deed.after.get("state") != APPROVED:
        return None
    mine = {before.get("drawn_by"), before.get("created_by"), before.get("mediator_id")}
    return "own-sheet" if deed.actor in mine | {each.get("created_by") for each in _items(deed)} else None


SHEET_GUARD: Final = _guard(
    _drawn, _signed, _seconded, _added_up, _still_due, fields=("state", "drawn_by", "approved_by", "total"),
    kin=("subsidy_item",), first=DRAFT,
)  # fmt: skip

# ---- payments -------------------------------------------------------------------------------------------------------


def _put(deed: Deed) -> str | None:
    """A payment stands on a sheet that is still a draft, for a case that may be paid, with the amount of the rule.

    Where two desks put one case on two sheets, this is one record made twice: the centre keeps the first sheet and makes
    the second a conflict.
    """
    after, case_id = deed.after, str(deed.after.get("case_id") or "")
    if deed.before is None and deed.id != item_id(case_id):
        return "item-misshapen"
    if deed.before is not None and all(deed.before.get(name) == after.get(name) for name in PUT):
        return None  # made once more, and what differs is a conflict; or a conflict was decided for what stands
    for sheet_id_ in dict.fromkeys((deed.before or {}).get(_SHEET) if each else after.get(_SHEET) for each in (1, 0)):
        code = _on_draft(deed, sheet_id_)
        if code is not None:
            return code
    if not after.get(_SHEET):
        return None
    return _may_be_paid(deed, after, deed.other("subsidy_sheet", str(after.get(_SHEET))) or {})


_SHEET: Final = "subsidy_sheet_id"


PUT: Final = (_SHEET, "case_id", "level", "form", "amount", "rule_id")
"""What a payment says."""


def _on_draft(deed: Deed, sheet: object) -> str | None:
    if not isinstance(sheet, str):
        return None
    found = deed.other("subsidy_sheet", sheet)
    if found is None:
        return awaits("subsidy_sheet", sheet)
    return None if found.get("state") in (None, DRAFT) and not found.get("voided") else "sheet-closed"


def _may_be_paid(deed: Deed, item: Values, sheet: Values) -> str | None:
    """Say what stands against a payment: its case is paid as it is now, and by the rule in force on the day it ended."""
    case_id, rule_key = str(item.get("case_id") or ""), str(item.get("rule_id") or "")
    case = deed.other("case", case_id)
    if case is None:
        return awaits("case", case_id)
    ended = case.get("closed_on")
    if case.get("state") != flow.ARCHIVED or case.get("outcome") != item.get("form") or case.get("voided") or not ended:
        return "case-not-archived"
    if sheet.get("mediator_id") not in (case.get("mediators") or ()):
        return "not-its-mediator"
    rule = deed.other("subsidy_rule", rule_key)
    if rule is None:
        return awaits("subsidy_rule", rule_key)
    same = all(rule.get(name) == item.get(name) for name in ("level", "form", "amount"))
    return None if same and not rule.get("voided") and _in_force(deed, rule, str(ended)) else "amount-not-by-rule"


def _in_force(deed: Deed, rule: Values, ended: str) -> bool:
    """Say whether a rule had begun by a day, and no other one of its level and form had begun since.

    A rule's id follows from its day, so those that may have taken its place are looked up by the days between.
    """
    if not rule.get("from_day"):
        return False
    day, began = date.fromisoformat(ended), date.fromisoformat(str(rule.get("from_day")))
    station, level, form = (str(rule.get(name) or "") for name in ("station", "level", "form"))
    days = range(min((day - began).days, MOST_DAYS))
    since = tuple(rule_id(station, level, form, (day - timedelta(days=each)).isoformat()) for each in days)
    return began <= day and all(other.get("voided") for other in deed.others("subsidy_rule", since).values())


ITEM_GUARD: Final = _guard(_put, fields=PUT)
