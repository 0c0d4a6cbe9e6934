"""The closed loop of a report: 登记 → 核实 → 派遣 → 处置 → 反馈 → 评价 → 办结 → 归档 (domain rules B2.4).

Beside it: 挂起 until a day, 退回 to the stage before, 转出 to somebody else, 废止. From the second round on what was done
is checked again (待复核) by somebody who did not check it before. Whoever closes without a citizen's answer writes 未评价;
what more stands against a step than the table says is in ``reports.guards``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from zzdesk.i18n import N_
from zzdesk.workflow import Needs, TransitionTable, Values

REGISTERED: Final = "registered"
VERIFYING: Final = "verifying"
DISPATCHING: Final = "dispatching"
HANDLING: Final = "handling"
CHECKING: Final = "checking"
FEEDBACK: Final = "feedback"
EVALUATING: Final = "evaluating"
CLOSED: Final = "closed"
ARCHIVED: Final = "archived"
REFERRED: Final = "referred"
REFUSED: Final = "refused"
"""Not taken on (不予受理, B2.5): recorded with the reason and the other ways that the resident was told of."""
SUSPENDED: Final = "suspended"
ABOLISHED: Final = "abolished"

STAGES: Final = (REGISTERED, VERIFYING, DISPATCHING, HANDLING, CHECKING, FEEDBACK, EVALUATING)
"""The stages of the loop, in their order."""
OPEN: Final = (*STAGES, SUSPENDED)
"""States in which somebody still has to do something."""

ENDED: Final = ("abolished", "archived", "closed", "referred", "refused")
NOT_ENDED: Final = "state NOT IN ({})".format(", ".join(f"'{state}'" for state in ENDED))
"""The condition of the index by which what is due soonest is listed, word for word as the query asks for it."""

UNDO: Final = "undo"
"""撤销: whoever took a step takes it back at once, as long as nothing was done upon it. No 退回, which says that who was sent
something will not have it, and takes the right of the stage; this takes the right of the step that is taken back."""
UNDO_WITHIN: Final = timedelta(minutes=10)
"""How long one's own step can be taken back: the toast stands ten seconds, the bar of several at once until it is closed."""
REASSIGN: Final = "reassign"
"""改派: another unit handles a report from now on; it moves no state, and says why."""

SENT: Final = "action IN ('dispatch', 'return', 'undo', 'reassign')"
"""The condition of the index by which it is counted how much came back that was sent to a unit (F21)."""

ENDING: Final = "to_state IN ('closed', 'referred')"
ANSWER: Final = "answer IS NOT NULL"
"""The conditions of the indexes by which it is counted what a month brought (D03, D12), word for word as queries ask."""

CLAIM: Final = "claim"
RELEASE: Final = "release"
TAKE_OVER: Final = "take-over"
CLAIM_ACTIONS: Final = (CLAIM, RELEASE, TAKE_OVER)
"""What is done about who handles a report; it moves no state, and the centre alone decides it."""

FROZEN: Final = frozenset({CLOSED, ARCHIVED, ABOLISHED, REFUSED})
"""States in which what was registered stays as it is; a closed report still takes notes and is archived."""
TRIES: Final = 3
"""How many times a citizen is called at different times before he counts as not to be reached (B2.4)."""
UNRATED_DAYS: Final = 7
"""How many days a citizen who was told has to answer, before a report may be closed as 未评价 (B2.4: N is the office's
own; no published figure was found)."""

JOINT: Final = "joint"
ASSISTED: Final = "assisted"
"""Naming the units that help the lead unit, and the word of one of them that its part is done; neither moves a state."""

CATEGORIES: Final = (
    "public-order", "dispute", "public-safety", "fire-hazard", "dangerous-building", "road", "lighting", "drainage",
    "sanitation", "noise", "illegal-building", "street-order", "greenery", "water-power-gas", "elder-child-care",
    "marine-mangrove", "other",
)  # fmt: skip
SOURCES: Final = ("counter", "phone", "app", "patrol", "grid-worker", "12345", "110", "import", "other")
DEMANDS: Final = ("consultation", "help", "suggestion", "complaint", "tip-off")
"""What a resident wants of 12345 (诉求类型, B2.5); its limits differ by that."""
URGENCIES: Final = ("high", "medium", "low")
EVALUATIONS: Final = ("very-satisfied", "satisfied", "fairly-satisfied", "unsatisfied")
"""What a citizen can answer."""
UNRATED: Final = "unrated"
"""What a report is called that was closed without a citizen's answer; reports of older programs just have none."""
CONTACTS: Final = ("answered", "no-answer", "refused", "in-person", "notice-posted")
NOT_REACHED: Final = "no-answer"
NOTICE: Final = "notice-posted"
BY_PHONE: Final = ("answered", NOT_REACHED, "refused")
"""Results of a call: who writes one down says which number was called."""
REFERRALS: Final = ("12345", "110", "mediation", "other")
"""Whom a report is handed over to that is not for this office."""
SELF_FOUND: Final = ("patrol", "grid-worker")
"""Sources without a citizen: who found it may also end it (自办自结)."""
CLOSINGS: Final = ("done", "unfounded", "not-ours", "impossible", "self-resolved", "promised")

VERIFIES: Final = ("confirm", "unfounded", "recheck")
"""The steps by which somebody says that they have seen for themselves."""


def evaluation_of(state: str, evaluation: str | None) -> str | None:
    """Return a citizen's answer, or that none was given: programs before 0.3.0 wrote nothing where nobody answered."""
    return UNRATED if evaluation is None and state in (CLOSED, ARCHIVED) else evaluation


def is_later_round(values: Values) -> bool:
    """Say whether a citizen has sent a report back before."""
    turn = values.get("round")
    return isinstance(turn, int) and turn > 1


def is_first_round(values: Values) -> bool:
    """Say whether nobody has sent a report back."""
    return not is_later_round(values)


def is_unfounded(values: Values) -> bool:
    """Say whether who looked found nothing: such a report goes back to be looked at, not to be handled."""
    return values.get("closing") == "unfounded"


def is_founded(values: Values) -> bool:
    """Say whether there was something to be handled."""
    return not is_unfounded(values)


def is_self_found(values: Values) -> bool:
    """Say whether no citizen stands behind a report: whoever found it may end it without asking anybody."""
    named = values.get("reporter_id") or values.get("reporter_name") or values.get("reporter_phone")
    return values.get("source") in SELF_FOUND and not named


def _came_from(state: str) -> Needs:
    """Return what going on after a suspension takes: it goes on where it had stopped."""
    return Needs("report.handle", reason=True, when=lambda values: values.get("suspended_from") == state)


_BACK: Final = {
    VERIFYING: (REGISTERED, Needs("report.verify", reason=True)),
    DISPATCHING: (VERIFYING, Needs("report.dispatch", reason=True)),
    HANDLING: (DISPATCHING, Needs("report.handle", reason=True)),
    CHECKING: (HANDLING, Needs("report.verify", reason=True)),
    EVALUATING: (FEEDBACK, Needs("report.feedback", reason=True)),
}
"""退回: each stage to the one before, always with a reason."""

TRANSITIONS: Final = TransitionTable(
    ("accept", REGISTERED, VERIFYING, Needs("report.verify")),
    ("refuse", REGISTERED, REFUSED, Needs("report.refuse", fields=("refusal_reason",))),
    ("reconsider", REFUSED, REGISTERED, Needs("report.refuse", reason=True)),
    ("confirm", VERIFYING, DISPATCHING, Needs("report.verify", evidence=("note",), bytes=True)),
    ("unfounded", VERIFYING, FEEDBACK, Needs("report.verify", reason=True)),
    ("dispatch", DISPATCHING, HANDLING, Needs("report.dispatch", fields=("handler_unit", "due_rule"))),
    ("finish", HANDLING, FEEDBACK, Needs("report.handle", evidence=("note",), bytes=True, when=is_first_round)),
    ("finish", HANDLING, CHECKING, Needs("report.handle", evidence=("note",), bytes=True, when=is_later_round)),
    ("recheck", CHECKING, FEEDBACK, Needs("report.verify", evidence=("note",), bytes=True)),
    ("inform", FEEDBACK, EVALUATING, Needs("report.feedback", evidence=("contact",))),
    ("evaluate", EVALUATING, CLOSED, Needs("report.feedback", evidence=("answer",))),
    ("redo", EVALUATING, HANDLING, Needs("report.feedback", evidence=("answer",), when=is_founded)),
    ("redo", EVALUATING, VERIFYING, Needs("report.feedback", evidence=("answer",), when=is_unfounded)),
    ("close-unrated", EVALUATING, CLOSED, Needs("report.close", reason=True)),
    ("archive", CLOSED, ARCHIVED, Needs("report.close")),
    *(("close-self", state, CLOSED, Needs("report.handle", evidence=("note",), bytes=True, when=is_self_found))
      for state in (REGISTERED, HANDLING)),
    (UNDO, VERIFYING, REGISTERED, Needs("report.verify", reason=True)),
    (UNDO, HANDLING, DISPATCHING, Needs("report.dispatch", reason=True)),
    *(("return", state, *back) for state, back in _BACK.items()),
    ("return", FEEDBACK, HANDLING, Needs("report.feedback", reason=True, when=is_founded)),
    ("return", FEEDBACK, VERIFYING, Needs("report.feedback", reason=True, when=is_unfounded)),
    *(("refer", state, REFERRED, Needs("report.dispatch", fields=("referred_to",), reason=True))
      for state in (REGISTERED, VERIFYING, DISPATCHING, HANDLING)),
    ("take-back", REFERRED, DISPATCHING, Needs("report.dispatch", reason=True)),
    *(("suspend", state, SUSPENDED, Needs("report.approve", fields=("suspended_from", "suspended_until")))
      for state in STAGES),
    *(("resume", SUSPENDED, state, _came_from(state)) for state in STAGES),
    *(("abolish", state, ABOLISHED, Needs("report.approve", reason=True)) for state in OPEN),
)  # fmt: skip

BY_REQUEST: Final = {
    "suspend": N_("挂起要先申请，由另一个人批准"),
    "abolish": N_("废止要先申请，由另一个人批准"),
}
"""Steps that nobody takes by themselves, with what to do instead: one asks, another one approves."""

# ---- applications (申请) --------------------------------------------------------------------------------------------

DELAY: Final = "delay"
SUSPEND: Final = "suspend"
VOID: Final = "void"
REQUEST_KINDS: Final = (DELAY, SUSPEND, VOID)
UNITS: Final = ("working-days", "days", "hours")
ASKED: Final = "asked"
APPROVED: Final = "approved"
DECLINED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
MOST_DELAYS: Final = 1
"""How often a deadline is put off (B2.4: ≤ 1 by default)."""

REQUEST_STEPS: Final = TransitionTable(
    ("approve", ASKED, APPROVED, Needs("report.approve")),
    ("refuse", ASKED, DECLINED, Needs("report.approve", reason=True)),
    ("withdraw", ASKED, WITHDRAWN, Needs("report.ask")),
)

# ---- supervision (督办) ---------------------------------------------------------------------------------------------

CARDS: Final = ("urge", "black", "yellow", "red")
"""催办, 普通督办（黑牌）, 黄牌督办, 红牌督办: the later the heavier."""
LIFTS: Final = ("lift-repeat", "lift-overdue", "lift-unsatisfied")
"""Words of who supervises that a card which shows by itself (``reports.pressing``) is taken back."""
WITHDRAW_CARD: Final = "withdraw-card"
