"""Applications (申请) for delay, suspension and voidness: who may decide, and what a decision does (B2.3, B2.4). Pure.

One person asks and another one with a higher right approves; what is asked for takes effect only then, and together with
the approval. Until then the deadline and the state stay what they are.
"""

from __future__ import annotations

from typing import Final

from zzdesk.i18n import N_
from zzdesk.reports.history import moment, number
from zzdesk.reports.workflow import (
    ABOLISHED,
    APPROVED,
    ASKED,
    DECLINED,
    DELAY,
    MOST_DELAYS,
    OPEN,
    SUSPEND,
    SUSPENDED,
    VOID,
    WITHDRAWN,
)  # fmt: skip
from zzdesk.workflow import Deed, Kin, Values

WORDS: Final[dict[str, str]] = {
    "self-approval": N_("申请要由另一个人批准，不能批准自己的申请"),
    "not-your-request": N_("只有申请的人可以撤回申请"),
    "asked-already": N_("这件事件已经有一份同样的申请在等批准"),
    "no-more-delays": N_("这件事件已经延期过，不能再延"),
    "asked-too-late": N_("期限已过，不能再申请延期"),
    "no-deadline": N_("这件事件没有期限，不用申请延期"),
    "not-open": N_("这件事件已经办结，不能再申请"),
    "request-incomplete": N_("申请要写明期限：延期写明多少，挂起写明到哪一天"),
    "unapproved": N_("挂起、废止要有另一个人批准的申请"),
    "moved-on": N_("这件事件已经到了别的环节，请看过现在的情况再办"),
}
"""Every code with its sentence."""

CIRCUMSTANCES: Final = frozenset({
    "asked-already", "no-more-delays", "asked-too-late", "no-deadline", "not-open", "moved-on",
})  # fmt: skip
"""What stands against somebody only because of what others had done, or by a clock that was not theirs."""

EFFECT: Final = {SUSPEND: SUSPENDED, VOID: ABOLISHED}
"""The state that an approved application leads to."""


def ask(deed: Deed) -> str | None:
    """Return the code of what stands against the applications in a deed, or against doing without one."""
    for kin in deed.made("request"):
        if code := _asked(deed, kin.body):
            return code
    for kin in deed.changed("request"):
        if code := _decided(deed, kin):
            return code
    return _unapproved(deed)


def may_ask(kind: str, report: Values, there: list[Values], at: str) -> str | None:
    """Return the code of what stands against asking for something; ``there`` are the applications so far."""
    if report.get("state") not in OPEN:
        return "not-open"
    mine = [each.get("state") for each in there if each.get("request_kind") == kind]
    if ASKED in mine:
        return "asked-already"
    if kind == SUSPEND and report.get("state") == SUSPENDED:
        return "moved-on"
    if kind != DELAY:
        return None
    if mine.count(APPROVED) >= MOST_DELAYS:
        return "no-more-delays"
    due, now = moment(report.get("due_at")), moment(at)
    if due is None:
        return "no-deadline"
    return "asked-too-late" if now is None or now > due else None


def _asked(deed: Deed, body: Values) -> str | None:
    if body.get("created_by") != deed.actor:
        return "not-yours"
    kind = str(body.get("request_kind"))
    whole = {DELAY: number(body.get("amount")) > 0 and body.get("unit"), SUSPEND: moment(body.get("until"))}
    if body.get("state") != ASKED or not whole.get(kind, True) or not body.get("reason"):
        return "request-incomplete"
    there = [kin.body for kin in deed.there("request")]
    return may_ask(kind, deed.before or deed.after, there, deed.at)


def _decided(deed: Deed, kin: Kin) -> str | None:
    was, now = (kin.was or {}).get("state"), kin.body.get("state")
    if was == now:
        return None
    asker = kin.body.get("created_by")
    if now == WITHDRAWN:
        return None if deed.actor == asker else "not-your-request"
    if now in (APPROVED, DECLINED) and deed.actor == asker:
        return "self-approval"
    return _effect(deed, kin) if now == APPROVED else None


def _effect(deed: Deed, kin: Kin) -> str | None:
    """What was approved is done in the same deed, to the report as it stood."""
    kind, before = kin.body.get("request_kind"), deed.before or {}
    if kind in EFFECT and deed.after.get("state") != EFFECT[str(kind)]:
        return "moved-on"
    if kind == SUSPEND:
        there = (before.get("state"), kin.body.get("until"))
        return None if (deed.after.get("suspended_from"), deed.after.get("suspended_until")) == there else "moved-on"
    if kind == DELAY:
        others = [other.body for other in deed.there("request") if other.id != kin.id]
        done = sum(other.get("request_kind") == DELAY and other.get("state") == APPROVED for other in others)
        return "no-more-delays" if done >= MOST_DELAYS else None
    return None


def _unapproved(deed: Deed) -> str | None:
    """Nobody suspends or abolishes a report without the approval of what another one asked for."""
    if deed.before is None or deed.decided or deed.before.get("state") == deed.after.get("state"):
        return None
    kinds = [kind for kind, state in EFFECT.items() if state == deed.after.get("state")]
    if not kinds:
        return None
    decided = [kin.body for kin in deed.changed("request") if kin.body.get("request_kind") == kinds[0]]
    if any(body.get("state") == APPROVED for body in decided):
        return None
    return "moved-on" if decided else "unapproved"  # another one had decided about it meanwhile
