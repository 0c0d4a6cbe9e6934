"""The closed loop of a report: 登记 → 核实 → 派遣 → 处置 → 反馈 → 评价 → 办结 → 归档 (domain rules B2.4).

未评价 is the absence of an evaluation: no arrow writes a citizen's answer that was not given.
"""

from __future__ import annotations

from typing import Final

from zzdesk.workflow import Needs, TransitionTable

REGISTERED: Final = "registered"
VERIFYING: Final = "verifying"
DISPATCHING: Final = "dispatching"
HANDLING: Final = "handling"
FEEDBACK: Final = "feedback"
EVALUATING: Final = "evaluating"
CLOSED: Final = "closed"
ARCHIVED: Final = "archived"
REFERRED: Final = "referred"
REFUSED: Final = "refused"
"""Not taken on (不予受理, B2.5): recorded with the reason and the other ways that the resident was told of."""

OPEN: Final = (REGISTERED, VERIFYING, DISPATCHING, HANDLING, FEEDBACK, EVALUATING)
"""States in which somebody still has to do something."""

CLAIM: Final = "claim"
RELEASE: Final = "release"
TAKE_OVER: Final = "take-over"
CLAIM_ACTIONS: Final = (CLAIM, RELEASE, TAKE_OVER)
"""What is done about who handles a report; it moves no state, and the centre alone decides it."""

FROZEN: Final = frozenset({CLOSED, ARCHIVED, REFUSED})
"""States in which what was registered stays as it is; a closed report still takes notes and is archived."""
TRIES: Final = 3
"""How many times a citizen is called at different times before he counts as not to be reached (B2.4)."""

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
CLOSINGS: Final = ("done", "unfounded", "not-ours", "impossible", "self-resolved", "promised")

TRANSITIONS: Final = TransitionTable(
    ("accept", REGISTERED, VERIFYING, Needs("report.verify")),
    ("refer", REGISTERED, REFERRED, Needs("report.dispatch", reason=True)),
    ("refuse", REGISTERED, REFUSED, Needs("report.refuse", fields=("refusal_reason",))),
    ("reconsider", REFUSED, REGISTERED, Needs("report.refuse", reason=True)),
    ("confirm", VERIFYING, DISPATCHING, Needs("report.verify", evidence=("note",), bytes=True)),
    ("unfounded", VERIFYING, FEEDBACK, Needs("report.verify", reason=True)),
    ("dispatch", DISPATCHING, HANDLING, Needs("report.dispatch", fields=("handler_unit",))),
    ("refer", DISPATCHING, REFERRED, Needs("report.dispatch", reason=True)),
    ("finish", HANDLING, FEEDBACK, Needs("report.handle", evidence=("note",), bytes=True)),
    ("return", HANDLING, DISPATCHING, Needs("report.handle", reason=True)),
    ("inform", FEEDBACK, EVALUATING, Needs("report.feedback", evidence=("contact",))),
    ("evaluate", EVALUATING, CLOSED, Needs("report.feedback", evidence=("answer",))),
    ("redo", EVALUATING, HANDLING, Needs("report.feedback", evidence=("answer",))),
    ("close-unrated", EVALUATING, CLOSED, Needs("report.close", reason=True)),
    ("archive", CLOSED, ARCHIVED, Needs("report.close")),
)
