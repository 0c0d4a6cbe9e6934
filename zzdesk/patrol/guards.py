"""What stands against work on patrols and points that a record's own fields do not show (domain rules B4). Pure: desk
and centre ask. Nobody verifies what they submitted, nobody risky goes uninsured, and no points come out of nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from zzdesk.clock import from_iso, local, local_day
from zzdesk.i18n import N_
from zzdesk.patrol import ledger
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.ledger import entry_id
from zzdesk.workflow import Deed, Guard, Values, awaits

WORDS: Final[dict[str, str]] = {
    "task-born-onward": N_("新任务只能从“已发布”开始；只有自己发起的巡逻才能从“进行中”开始"),
    "own-work": N_("核验人不能是提交人，请由另一个账号核验"),
    "not-the-submitter": N_("提交任务的人只能记为提交者本人"),
    "task-begun": N_("任务已经开始，不能再改"),
    "signup-born-onward": N_("报名只能从“已报名”开始"),
    "uninsured": N_("这项任务有人身危险，参加前要先为志愿者购买意外伤害保险（志愿服务条例）"),
    "untrained": N_("志愿者还没有参加这项任务要求的培训"),
    "stock-only-grows": N_("库存只能增加；发出去的由兑换记录扣减"),
    "price-unfit": N_("礼品的分数应大于零"),
    "redemption-born-onward": N_("兑换只能从“已申请”开始"),
    "price-changed": N_("礼品的分数已经改过，和兑换时写的不同"),
    "not-granted": N_("中心还没有确认这次兑换，礼品先不能发"),
    "entry-misshapen": N_("这一笔积分的借方、贷方、分数或编号与它的缘由不符"),
    "entry-unfounded": N_("这一笔积分所依据的任务、兑换或原分录对不上"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""

CIRCUMSTANCES: Final = frozenset({
    "task-begun", "uninsured", "untrained", "price-changed", "not-granted", "entry-unfounded",
})  # fmt: skip
"""What stands against somebody only because of what others had done: the author may not have known of it."""
PLANNED: Final = ("points", "starts_at", "ends_at", "risky")
"""What people signed up on, as far as a task carries it as plain values."""


def _first(*rules: Callable[[Deed], str | None]) -> Callable[[Deed], str | None]:
    return lambda deed: next((code for rule in rules if (code := rule(deed))), None)


def _guard(*rules: Callable[[Deed], str | None], fields: tuple[str, ...], first: str = "") -> Guard:
    return Guard(_first(*rules), WORDS, (), frozenset(fields), first, circumstances=CIRCUMSTANCES, always=True)


def whole(value: object) -> int:
    """Return the whole number that a field holds, 0 where it holds none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


# ---- tasks ----------------------------------------------------------------------------------------------------------


def _task_born(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    states = (None, flow.PUBLISHED, flow.RUNNING) if deed.after.get("self_started") else (None, flow.PUBLISHED)
    fresh = deed.after.get("state") in states and not deed.after.get("submitted_by")
    return None if fresh else "task-born-onward"


def _submitted(deed: Deed) -> str | None:
    """Who submits says so in their own name, and nobody writes another one's name there later.

    Where two submitted at once without knowing of each other, somebody decides whose name stands.
    """
    if deed.before is None or deed.decided:
        return None
    wrote = deed.edits.get("submitted_by")
    submits = deed.edits.get("state", (None, None))[1] == flow.SUBMITTED
    if wrote is None:
        return "not-the-submitter" if submits else None
    return None if submits and wrote[1] == deed.actor else "not-the-submitter"


def _verified(deed: Deed) -> str | None:
    """提交人 ≠ 核验人."""
    before = deed.before or {}
    judged = before.get("state") == flow.SUBMITTED and deed.after.get("state") in (flow.VERIFIED, flow.REJECTED)
    return "own-work" if judged and before.get("submitted_by") == deed.actor else None


def _planned(deed: Deed) -> str | None:
    if deed.before is None or deed.decided or deed.before.get("state") in (None, flow.PUBLISHED, flow.TAKEN):
        return None
    changed = any(deed.before.get(name) != deed.after.get(name) for name in PLANNED)
    return "task-begun" if changed else None


TASK_GUARD: Final = _guard(
    _task_born, _submitted, _verified, _planned, fields=("state", "submitted_by", *PLANNED), first=flow.PUBLISHED
)

# ---- sign-ups -------------------------------------------------------------------------------------------------------


def _signed(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    task_id, volunteer_id = str(deed.after.get("task_id")), str(deed.after.get("volunteer_id"))
    task = deed.other("task", task_id)
    if task is None:
        return awaits("task", task_id)
    states = (None, flow.ASKED, flow.PRESENT) if task.get("self_started") else (None, flow.ASKED)
    if deed.after.get("state") not in states:
        return "signup-born-onward"
    if not task.get("risky") and not task.get("trainings"):
        return None
    volunteer = deed.other("volunteer", volunteer_id)
    return awaits("volunteer", volunteer_id) if volunteer is None else unfit_for(task, volunteer)


def unfit_for(task: Values, volunteer: Values) -> str | None:
    """Return the code of what keeps a volunteer from a task: no insurance on its day, or a training not had."""
    starts = task.get("starts_at")
    if isinstance(starts, str) and flow.is_uninsured(
        task.get("risky"), _day(volunteer.get("insured_until")), local_day(from_iso(starts))
    ):
        return "uninsured"
    return "untrained" if flow.missing_trainings(task.get("trainings"), volunteer.get("trainings")) else None


SIGNUP_GUARD: Final = _guard(_signed, fields=(), first=flow.ASKED)

# ---- rewards --------------------------------------------------------------------------------------------------------


def _stocked(deed: Deed) -> str | None:
    """What leaves the stock leaves as a redemption."""
    if whole(deed.after.get("price")) <= 0:
        return "price-unfit"
    return "stock-only-grows" if whole(deed.after.get("received")) < whole((deed.before or {}).get("received")) else None


REWARD_GUARD: Final = _guard(_stocked, fields=("received", "price"))


def _asked(deed: Deed) -> str | None:
    if deed.before is not None:
        return None
    after, reward_id = deed.after, str(deed.after.get("reward_id"))
    if after.get("state") not in (None, flow.ASKED) or after.get("handed_at") or after.get("handed_by"):
        return "redemption-born-onward"
    reward = deed.other("reward", reward_id)
    if reward is None:
        return awaits("reward", reward_id)
    return None if after.get("price") in (None, reward.get("price")) else "price-changed"


def _handed(deed: Deed) -> str | None:
    before = deed.before or {}
    hands = before.get("state") == flow.ASKED and deed.after.get("state") == flow.HANDED
    return "not-granted" if hands and before.get("standing") != ledger.GRANTED else None


REDEMPTION_GUARD: Final = _guard(_asked, _handed, fields=("state",), first=flow.ASKED)

# ---- entries --------------------------------------------------------------------------------------------------------

_SIDES: Final = {
    ledger.EARN: (ledger.ISSUED, ledger.VOLUNTEER),
    ledger.REDEEM: (ledger.VOLUNTEER, ledger.REDEEMED),
    ledger.REFUND: (ledger.REDEEMED, ledger.VOLUNTEER),
}
"""From which account to which an entry goes, by why it is made."""
_ABOUT: Final = {
    ledger.EARN: "signup_id", ledger.REDEEM: "redemption_id", ledger.REFUND: "redemption_id", ledger.REVERSE: "reverses",
}  # fmt: skip
"""The field that names what an entry is about: its id follows from that, so that it is booked once."""


def _booked(deed: Deed) -> str | None:
    """An entry moves an amount from one account to another for a reason that is there."""
    if deed.before is not None:
        return None  # booked twice at once: it stays the one that it is
    after, why = deed.after, str(deed.after.get("why"))
    if whole(after.get("amount")) <= 0 or not after.get("volunteer_id") or not _is_shaped(deed, why):
        return "entry-misshapen"
    return _GROUNDS[why](deed) if why in _GROUNDS else None


def _is_shaped(deed: Deed, why: str) -> bool:
    after, sides = deed.after, (deed.after.get("debit"), deed.after.get("credit"))
    if why == ledger.ADJUST:
        free = not any(after.get(name) for name in ("signup_id", "redemption_id", "reverses"))
        return free and set(sides) == {ledger.ISSUED, ledger.VOLUNTEER} and bool(str(after.get("note") or "").strip())
    about = after.get(_ABOUT.get(why, ""))
    if not about or deed.id != entry_id(why, str(about)):
        return False
    return bool(str(after.get("note") or "").strip()) if why == ledger.REVERSE else sides == _SIDES[why]


def _is_earned(deed: Deed) -> str | None:
    """计分: the patrol of that volunteer is done and verified, and gives as many points; the month is that of the work."""
    signup_id = str(deed.after.get("signup_id"))
    signup = deed.other("signup", signup_id)
    if signup is None:
        return awaits("signup", signup_id)
    task = deed.other("task", str(signup.get("task_id")))
    if task is None:
        return awaits("task", str(signup.get("task_id")))
    done = signup.get("state") == flow.DONE and whole(signup.get("minutes")) > 0 and not signup.get("voided")
    verified = task.get("state") in (flow.VERIFIED, flow.SCORED) and not task.get("voided")
    fits = whole(task.get("points")) == deed.after.get("amount") and _month(task.get("starts_at")) == deed.after.get("month")
    mine = signup.get("volunteer_id") == deed.after.get("volunteer_id")
    return None if done and verified and fits and mine else "entry-unfounded"


def _month(value: object) -> str | None:
    try:
        return f"{local(from_iso(value)):%Y-%m}" if isinstance(value, str) else None
    except ValueError:
        return None


def _is_exchanged(deed: Deed) -> str | None:
    """兑换、退分: as many points as the exchange says, of whom it says; back only where it was called off."""
    redemption_id = str(deed.after.get("redemption_id"))
    redemption = deed.other("redemption", redemption_id)
    if redemption is None:
        return awaits("redemption", redemption_id)
    price = redemption.get("price") or (deed.other("reward", str(redemption.get("reward_id"))) or {}).get("price")
    back = deed.after.get("why") == ledger.REFUND
    told = not back or redemption.get("state") == flow.CALLED_OFF
    names = deed.after.get("reverses") == (entry_id(ledger.REDEEM, redemption_id) if back else None)
    mine = redemption.get("volunteer_id") == deed.after.get("volunteer_id")
    return None if told and names and mine and price == deed.after.get("amount") else "entry-unfounded"


def _is_reversal(deed: Deed) -> str | None:
    """冲正: the whole of an entry that can be taken back, the other way round."""
    wrong_id = str(deed.after.get("reverses"))
    wrong = deed.other("points_entry", wrong_id)
    if wrong is None:
        return awaits("points_entry", wrong_id)
    after = deed.after
    swapped = (after.get("debit"), after.get("credit")) == (wrong.get("credit"), wrong.get("debit"))
    same = all(after.get(name) == wrong.get(name) for name in ("volunteer_id", "amount"))
    return None if swapped and same and wrong.get("why") in (ledger.EARN, ledger.ADJUST) else "entry-unfounded"


_GROUNDS: Final[dict[str, Callable[[Deed], str | None]]] = {
    ledger.EARN: _is_earned, ledger.REDEEM: _is_exchanged, ledger.REFUND: _is_exchanged, ledger.REVERSE: _is_reversal,
}  # fmt: skip

ENTRY_GUARD: Final = _guard(_booked, fields=())
