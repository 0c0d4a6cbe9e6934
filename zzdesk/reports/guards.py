"""What stands against a step of a report that its own fields do not show (domain rules B2.4). Pure: desk and centre ask.

A deed is everything that was done to one report at once. What programs of schema 1 wrote is held to the same rules, or
anybody could say of theirs that it was an old one; what such a program could not write is read as it was meant there (a
call without its number, an ending without 未评价, a dispatch without a limit). What then stands against it is put before
a person, and so is what only others' work stands against.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from zzdesk.clock import from_iso
from zzdesk.i18n import N_
from zzdesk.reports import history, request_rules
from zzdesk.reports.workflow import (
    BY_PHONE,
    CHECKING,
    CLOSED,
    EVALUATING,
    EVALUATIONS,
    FEEDBACK,
    HANDLING,
    REASSIGN,
    REFUSED,
    REGISTERED,
    TRANSITIONS,
    UNDO,
    UNRATED,
    VERIFIES,
)  # fmt: skip
from zzdesk.workflow import Deed, Guard, Transition, Values, missing

SINCE: Final = 2
"""The schema whose programs know all of these rules."""
_NEW_FIELDS: Final = frozenset({"due_rule"})
"""Fields that an arrow asks for and that older programs did not have."""
VERIFYING: Final = frozenset({"accept", *VERIFIES})
"""Steps on a repeated complaint that whoever verified the earlier one may not take again."""
DEPTH: Final = 5
"""How many complaints back the verifiers are looked for."""
BELIEVED: Final = timedelta(days=1)
"""How far off a desk's clock may be and still be the one by which days are counted."""
UNBORN: Final = frozenset({"evaluation", "closing", "round", "referred_to", "suspended_from", "suspended_until"})
"""What only a step writes."""

WORDS: Final[dict[str, str]] = {
    "born-onward": N_("新登记的事件只能从“已登记”开始"),
    "step-alone": N_("办理步骤要和状态的变化一起记录"),
    "step-missing": N_("改变状态要同时记下办理步骤，写明做了什么"),
    "step-incomplete": N_("办理步骤缺少必填的内容"),
    "unanswered": N_("没有居民的答复，不能记录评价"),
    "unclear-ending": N_("办结要有居民的评价，没有答复的写“未评价”"),
    "no-contact": N_("要先联系居民：接通、当面告知或张贴告知，或者在不同时间打过三次无人接听"),
    "no-number": N_("打电话联系要写明打的是哪个号码"),
    "too-early": N_("还不能按未评价办结：告知居民满七天没有答复，或三次联系不上才可以"),
    "same-reviewer": N_("居民不满意后要换人核实，上一轮核实的人这一轮不能再核实"),
    "wrong-round": N_("退回重办要进入下一轮"),
    "not-your-find": N_("只有自己发现、没有反映人的事件，才能由发现的人自办自结"),
    "units-missing": N_("还有协办单位没有反馈，不能算处置完成"),
    "void-by-request": N_("开始核实以后不能直接作废，请申请废止，由另一个人批准"),
    "verified-before": N_("这是重复诉求，上一次由您核实，这一次要换一位同事去核实"),
    "repeat-stays": N_("重复诉求的标记在登记时由程序写下，以后不能改"),
    "not-yours": N_("只能以自己的名义办理"),
    "undo-not-yours": N_("只能撤销自己刚办的一步；别人办的请按流程退回"),
    "undo-followed": N_("这一步之后又有办理，不能再撤销；需要时请按流程退回"),
    "undo-late": N_("撤销只在办理后十分钟内有效；需要时请按流程退回"),
} | request_rules.WORDS
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""

CIRCUMSTANCES: Final = frozenset({
    "no-contact", "too-early", "same-reviewer", "wrong-round", "units-missing", "verified-before", "undo-followed",
}) | request_rules.CIRCUMSTANCES
"""What stands against a deed only because of what others had done: its author may not have known of it."""

Rule = Callable[[Deed], str | None]


def ask(deed: Deed) -> str | None:
    """Return the code of what stands against a deed, None where nothing does."""
    return next((code for rule in _RULES if (code := rule(deed))), None)


def _steps(deed: Deed) -> list[Values]:
    return [kin.body for kin in deed.made("step")]


def _earlier(deed: Deed) -> list[Values]:
    return [kin.body for kin in deed.there("step")]


def _moved(deed: Deed) -> tuple[str, str] | None:
    """Return from where to where the report really went; None where it stayed, or a person chose between others' steps."""
    if deed.before is None or deed.decided:
        return None
    source, target = str(deed.before.get("state")), str(deed.after.get("state"))
    return (source, target) if source != target else None


def _arrow(deed: Deed) -> tuple[Transition, Values] | None:
    """Return the arrow that was taken, with the step that was written down for it."""
    moved = _moved(deed)
    for step in _steps(deed) if moved else ():
        found = TRANSITIONS.named(str(step.get("action")), *moved) if moved else None
        if found is not None:
            return found, step
    return None


# ---- birth, steps, answers --------------------------------------------------------------------------------------------


def _born(deed: Deed) -> str | None:
    """A report begins at its beginning; one that is not taken on ends there in the same breath, by a step that says so."""
    if deed.before is not None or GUARD.begins(deed.after):
        return None
    refused = any(step.get("action") == "refuse" and step.get("to_state") == REFUSED for step in _steps(deed))
    ends_there = deed.after.get("state") == REFUSED and GUARD.begins({**deed.after, "state": None})
    return None if refused and ends_there else "born-onward"


def _alone(deed: Deed) -> str | None:
    """A step that moves says so together with what it moves: nobody writes an answer into a remark, or gives a report to
    another unit without a word why.
    """
    if any(s.get("action") == REASSIGN and not (s.get("reason") and s.get("handler_unit")) for s in _steps(deed)):
        return "step-incomplete"
    edit = deed.edits.get("state") if deed.before is not None else (REGISTERED, deed.after.get("state"))
    for step in _steps(deed):
        moves = step.get("action") in TRANSITIONS.actions and (step.get("to_state") is not None or deed.schema >= SINCE)
        if moves and edit != (step.get("from_state"), step.get("to_state")):
            return "step-alone"
        if step.get("answer") and (not moves or step.get("action") not in ("evaluate", "redo")):
            return "unanswered"
    return None


def _answered(deed: Deed) -> str | None:
    """Only a citizen's answer that stands in a step is written as an evaluation, whoever decides a conflict too."""
    _, value = deed.edits.get("evaluation", (None, None))
    if value is None:
        return None
    steps = [*_steps(deed), *(_earlier(deed) if deed.decided else ())]
    if value == UNRATED:
        return None if any(step.get("action") in ("close-unrated", "close-self") for step in steps) else "unanswered"
    answers = [step.get("answer") for step in steps if step.get("action") == "evaluate"]
    return None if value in answers else "unanswered"


def _contacted(deed: Deed) -> str | None:
    if _moved(deed) != (FEEDBACK, EVALUATING):
        return None
    return None if history.is_told([*history.since_feedback(_earlier(deed)), *_steps(deed)]) else "no-contact"


# ---- moves ------------------------------------------------------------------------------------------------------------


def _written(deed: Deed) -> str | None:
    """Every move is a step of the table, written down by who took it, with everything that its arrow asks for."""
    if _moved(deed) is None:
        return None
    found = _arrow(deed)
    if found is None:
        return "moved-on" if _was_an_arrow(deed) else "step-missing"
    arrow, step = found
    if step.get("created_by") != deed.actor:
        return "not-yours"
    if deed.before is not None and not arrow.needs.fits(deed.before):
        return "moved-on"
    given = {name for name, value in step.items() if value} | ({"contact"} if step.get("contact_result") else set())
    lacking = set(missing(arrow.needs, deed.after, given, step.get("reason"))) - (_NEW_FIELDS if _is_old(deed) else set())
    return "step-incomplete" if lacking else None


def _is_old(deed: Deed) -> bool:
    return deed.schema < SINCE


def _was_an_arrow(deed: Deed) -> bool:
    """Say whether the report was moved lawfully from where its author saw it, and stands elsewhere meanwhile."""
    source, target = deed.edits.get("state", (None, None))
    return any(TRANSITIONS.named(str(step.get("action")), str(source), str(target)) for step in _steps(deed))


def _numbered(deed: Deed) -> str | None:
    """A call names its number; that of a reporter who asked for secrecy is sealed with the report and stays there."""
    if deed.after.get("name_hidden") or (_is_old(deed) and deed.after.get("reporter_phone")):
        return None  # an old program called the number that stands in the report
    unnumbered = (s.get("contact_result") in BY_PHONE and not s.get("contact_phone") for s in _steps(deed))
    return "no-number" if any(unnumbered) else None


def _reviewed(deed: Deed) -> str | None:
    """不满意 → another reviewer: who looked in the round before does not look again in this one."""
    now = _round(deed.before or {})
    if now < 2 or not any(history.is_review(step) for step in _steps(deed)):
        return None
    return "same-reviewer" if deed.actor in history.reviewers(_earlier(deed), now) else None


def _repeated(deed: Deed) -> str | None:
    """重复诉求: whoever verified the earlier complaint does not verify this one (B2.6)."""
    if deed.before is not None and "repeat_of" in deed.edits:
        return "repeat-stays"
    about = (deed.before or {}).get("repeat_of")
    if not about or not any(step.get("action") in VERIFYING for step in _steps(deed)):
        return None
    before: set[str] = set()
    for earlier in _chain(deed, str(about)):
        steps = [kin.body for kin in deed.kin_of("report", earlier) if kin.kind == "step"]
        before |= {str(step.get("created_by")) for step in steps if step.get("action") in VERIFIES}
    return "verified-before" if deed.actor in before else None


def _chain(deed: Deed, last: str) -> list[str]:
    """Return the reports that are complained about again, the last one first."""
    found: list[str] = []
    while last and last not in found and len(found) < DEPTH:
        found.append(last)
        last = str((deed.other("report", last) or {}).get("repeat_of") or "")
    return found


def _counted(deed: Deed) -> str | None:
    if deed.before is None or deed.decided:
        return None
    found = _arrow(deed)
    again = found is not None and found[0].action == "redo"
    return None if _round(deed.after) == _round(deed.before) + again else "wrong-round"


def _round(values: Values) -> int:
    return max(history.number(values.get("round")), 1)


def _ended(deed: Deed) -> str | None:
    """办结: told, and either answered or called 未评价 for a reason that holds."""
    found = _arrow(deed)
    if found is None or found[0].target != CLOSED:
        return None
    arrow, step = found
    ending = deed.after.get("evaluation")
    if arrow.action == "evaluate":
        honest = ending in EVALUATIONS and ending == step.get("answer")
    else:
        honest = ending == UNRATED or (_is_old(deed) and ending is None)
    if not honest:
        return "unclear-ending"
    return _ended_alone(deed) if arrow.action == "close-self" else _ended_with_citizen(deed, step)


def _ended_alone(deed: Deed) -> str | None:
    return None if (deed.before or {}).get("created_by") == deed.actor else "not-your-find"


def _ended_with_citizen(deed: Deed, step: Values) -> str | None:
    steps = history.since_feedback(_earlier(deed), told=True)
    if not history.is_told(steps):
        return "no-contact"
    if step.get("action") == "close-unrated" and not history.may_stay_unrated(steps, _by_the_desk(deed, step)):
        return "too-early"
    return None


def _by_the_desk(deed: Deed, step: Values) -> datetime:
    """Return when a step was taken by the clock that the steps before it went by: days are counted between two of them.

    The centre knows how far that clock was off; what it is off by a day and more is not believed.
    """
    at, said = from_iso(deed.at), history.moment(step.get("created_at"))
    return said if said is not None and abs(said - at) < BELIEVED else at


def _undone(deed: Deed) -> str | None:
    """撤销: one's own last step, at once, while nobody has done anything upon it."""
    found = _arrow(deed)
    if found is None or found[0].action != UNDO:
        return None
    arrow, step = found
    return history.against_undoing(_earlier(deed), (arrow.target, arrow.source), deed.actor, _by_the_desk(deed, step))


def _together(deed: Deed) -> str | None:
    """Joint handling: the lead unit is done when every unit that helps has said so."""
    found = _arrow(deed)
    if found is None or found[0].source != HANDLING or found[0].target not in (FEEDBACK, CHECKING):
        return None
    return "units-missing" if history.missing_units(deed.after, _earlier(deed)) else None


def _voided(deed: Deed) -> str | None:
    begun = deed.before is not None and deed.before.get("state") != REGISTERED
    return "void-by-request" if deed.void and begun else None


_RULES: Final[tuple[Rule, ...]] = (
    _born, _alone, _answered, _contacted, request_rules.ask, _written, _numbered, _counted, _reviewed, _repeated, _ended,
    _undone, _together, _voided,
)  # fmt: skip

GUARD: Final = Guard(
    ask, WORDS, ("step", "request"), frozenset({"state", "evaluation", "repeat_of", "round"}), REGISTERED, UNBORN,
    CIRCUMSTANCES, SINCE, clocked=("contact_at",),
)  # fmt: skip
