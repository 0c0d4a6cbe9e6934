"""Sanctions of employers (domain rules B3.2, F54): proposed by one account, decided by another, and then as they were decided.

What is proposed stands beside the sanction in force, which it does not touch. Nobody alone ends, shortens or escapes one: it
is lifted by somebody else than who approved it, ends with its period, or on appeal (``appeals``). Pure: desk and centre ask.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.i18n import N_
from zzdesk.jobs import appeals, tables
from zzdesk.jobs import workflow as flow
from zzdesk.workflow import Deed, Values

WORDS: Final[dict[str, str]] = {
    "sanction-alone": N_("暂停用工、列入黑名单要由两个人决定：先由一人提出，再由另一人批准"),
    "sanction-unbounded": N_("处理要写明到哪一天为止，期限不超过规定"),
    "sanction-other": N_("批准的处理与提出的不同，请按提出的批准，或另行提出"),
    "sanction-fixed": N_("处理期间，期限和理由不能改；要减轻或撤销，请登记申诉，由没有参与处理的人决定"),
    "employer-sanctioned": N_("这个单位在别处的记录正在暂停或在黑名单上，要由人看过才能另外登记"),
    "sanction-stands": N_("处理期间不能作废这家单位，处理结束后再作废"),
    "sanction-lifted-alone": N_("处理期满以前，恢复不能由批准处理的人办理，请由另一个账号办理"),
    "sanction-names": N_("处理人只能随处理本身一起改变"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({"sanction-other", "employer-sanctioned"})
"""What was proposed may have been replaced while somebody approved it elsewhere, and no desk sees every station."""
YOUNGER: Final = {"sanction-fixed": appeals.SINCE, "sanction-stands": appeals.SINCE}
"""Rules that older programs did not know: their work is put before a person."""


def day_in(value: Any) -> date | None:
    """Return a day as the wire carries it, None where it is none."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def today_of(deed: Deed) -> date:
    """Return the local day of a deed."""
    return local_day(from_iso(deed.at))


def stood_against(deed: Deed) -> str | None:
    """One account proposes with a reason and a period, another decides (domain rules B3.2; F54)."""
    before, after = deed.before or {}, deed.after
    proposer = deed.edits.get("sanction_proposed_by", (None, None))[1]
    if proposer is not None and proposer != deed.actor:
        return "sanction-alone"
    target, by = str(after.get("state")), after.get("sanction_by")
    if deed.void and before.get("state") in appeals.SANCTIONED:
        return "sanction-stands"
    if before.get("state") == target:
        return None if deed.decided else _as_decided(deed, before, target)
    if deed.before is not None and not deed.decided and by not in (before.get("sanction_by"), None, deed.actor):
        return "sanction-names"
    if target not in appeals.SANCTIONED:
        return None
    if before.get("state") == flow.BLACKLISTED and target == flow.SUSPENDED:
        known = deed.schema >= appeals.SINCE  # eased on appeal: ``appeals``
        if any(before.get(name) != after.get(name) for name in ("sanction_raised_by", "sanction_id")):
            return "sanction-names"
        return limit("suspend", day_in(after.get("sanction_until")), today_of(deed)) if known else None
    return _imposed(deed, before, target)


def _imposed(deed: Deed, before: Values, target: str) -> str | None:
    """What somebody else proposed comes into force as it was proposed."""
    after = deed.after
    if not before.get("sanction_proposed_by") or before.get("sanction_proposed_by") == deed.actor:
        return "sanction-alone"
    until = before.get("sanction_proposed_until")
    if before.get("sanction_proposed") != appeals.SANCTIONED[target] or until not in (None, after.get("sanction_until")):
        return "sanction-other"
    if deed.schema >= appeals.SINCE:
        if after.get("sanction_id") != appeals.sanction_id(deed.id, before):
            return "sanction-other"
        if after.get("sanction_by") != deed.actor or after.get("sanction_raised_by") != before.get("sanction_proposed_by"):
            return "sanction-names"
    return limit(appeals.SANCTIONED[target], day_in(after.get("sanction_until")), today_of(deed))


def _as_decided(deed: Deed, before: Values, state: str) -> str | None:
    """While a sanction is in force its end, its reason and who decided it stay; what is proposed is its proposer's."""
    after = deed.after
    changed = {name for name in (*appeals.OF_SANCTION, *appeals.PROPOSED) if before.get(name) != after.get(name)}
    proposes = after.get("sanction_proposed") is not None and not changed.isdisjoint(appeals.PROPOSED)
    if proposes and after.get("sanction_proposed_by") != deed.actor:
        return "sanction-alone"
    if {"sanction_by", "sanction_id"} & changed:
        return "sanction-names"
    raised = appeals.raised_by(before)  # of an older program's it is moved out of the way of the next proposal
    if "sanction_raised_by" in changed and after.get("sanction_raised_by") != raised:
        return "sanction-names"
    if state not in appeals.SANCTIONED:
        return None
    if appeals.raised_by(after) != raised:
        return "sanction-names"
    fixed = {"sanction_until", "sanction_reason"}
    wanted = {name for name in fixed if name in deed.edits and deed.edits[name][1] != before.get(name)}
    return "sanction-fixed" if fixed & changed or (wanted and "state" not in deed.edits) else None


def limit(what: str, until: date | None, today: date) -> str | None:
    """Return the code of a sanction whose end is missing, past, or later than ``jobs.toml`` allows."""
    longest = today + timedelta(days=tables.figure("sanction", f"{what}_days"))
    return "sanction-unbounded" if until is None or not today < until <= longest else None


def lifted(deed: Deed) -> str | None:
    """Who approved a sanction does not lift it before its end."""
    before, after = deed.before or {}, deed.after
    way = (before.get("state"), after.get("state"))
    if way not in ((flow.SUSPENDED, flow.NORMAL), (flow.BLACKLISTED, flow.SUSPENDED)) or appeals.is_over(before, today_of(deed)):
        return None
    return "sanction-lifted-alone" if deed.actor == before.get("sanction_by") else None
