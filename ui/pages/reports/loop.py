"""The loop of a report in the window: applications, supervision, joint handling, and what a step rests upon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import action_word, field_word, state_tag, word
from ui.pages.values import joined
from ui.pages.work_detail import reason_field
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import (
    ChoiceField,
    Field,
    IntegerField,
    LongTextField,
    MomentField,
    TextField,
    WidgetField,
)
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import from_iso
from zzdesk.reports import commands
from zzdesk.reports.workflow import ASSISTED, CARDS, JOINT, OPEN, REASSIGN, REQUEST_KINDS, UNITS

translate = QCoreApplication.translate
ASK: Final = "ask"
CARD: Final = "card"
DECIDE: Final = ("approve", "refuse", "withdraw")
WITHDRAW: Final = "withdraw-card"
LIFT: Final = "lift-card"
_SHAPES: Final = {"urge": "◇", "black": "●", "yellow": "▲", "red": "■"}
_TONES: Final = {"urge": Tone.INFO, "black": Tone.NEUTRAL, "yellow": Tone.WARNING, "red": Tone.DANGER}
_ICONS: Final = {ASK: "clock", CARD: "flag", JOINT: "users", REASSIGN: "arrow-left-right"}

Done = tuple[Callable[..., Any], tuple[Any, ...], str]
"""The command, its arguments, and what is said when it went through."""


def card_tag(card: str | None) -> Tag | None:
    """Return a supervision card as a shape and a word; the colour comes on top."""
    if card is None:
        return None
    return Tag(f"{_SHAPES.get(card, '◇')} {word('card', card)}", _TONES.get(card, Tone.NEUTRAL))


def asked_tag(kind: str | None, *, short: bool = False) -> Tag | None:
    """Return what is being applied for; a list (``short``) only says that something is."""
    if kind is None:
        return None
    what = "" if short else word("request_kind", kind)
    return Tag("◔ " + joined(what, state_tag("request", "asked").text), Tone.WARNING)


def tags(detail: Any, now: datetime) -> list[Tag]:
    """Return the tags of a report that is supervised, about which an application waits, or whose rest is over."""
    cards = [each.card for each in detail.standing.cards if not each.withdrawn and detail.row.state in OPEN]
    cards += [each.card for each in detail.standing.pressed]
    heaviest = max(cards, key=lambda card: CARDS.index(card) if card in CARDS else -1, default=None)
    waiting = [asked_tag(each.request_kind) for each in detail.standing.requests if each.state == "asked"]
    until = detail.fields.get("suspended_until") if detail.row.state == "suspended" else None
    over = [Tag(translate("ReportLoop", "挂起已到期"), Tone.WARNING)] if until and from_iso(until) <= now else []
    return [*over, *(tag for tag in (card_tag(heaviest), *waiting) if tag is not None)]


def more_actions(detail: Any) -> list[Action]:
    """Return what can be done beside the steps: apply, supervise, name helping units, take a card back."""
    found = [Action(key, title(key), _ICONS[key]) for key in detail.standing.more]
    for card in detail.standing.cards:
        if CARD in detail.standing.more and not card.withdrawn:
            words = joined(action_word("report", WITHDRAW), word("card", card.card), card.whom)
            found.append(Action(f"{WITHDRAW}/{card.id}", words, "undo-2"))
    for each in detail.standing.pressed if CARD in detail.standing.more else ():
        words = joined(action_word("report", WITHDRAW), word("card", each.card), pressed_word(each.reason))
        found.append(Action(f"{LIFT}/{each.reason}", words, "undo-2"))
    return found


def pressed_word(reason: str) -> str:
    """Return why a card shows by itself."""
    words = {"repeat": translate("ReportLoop", "重复诉求"), "overdue": translate("ReportLoop", "超过期限"),
             "unsatisfied": translate("ReportLoop", "第二次不满意")}
    return words.get(reason, reason)


def _pressed_facts(detail: Any, now: datetime) -> list[Fact]:
    """Return each card that shows by itself with its reason, and since when."""
    rest = translate("ReportLoop", "本机推算，送达后以中心为准") if detail.standing.reckoned else ""
    return [Fact(translate("ReportLoop", "自动督办"), joined(
        word("card", each.card), pressed_word(each.reason),
        translate("ReportLoop", "{when}起").format(when=short_moment(each.since, now)), rest))
        for each in detail.standing.pressed]


def facts(detail: Any, now: datetime) -> list[Fact]:
    """Return why cards show by themselves, who has not fed back yet, and why somebody else has to look."""
    found = _pressed_facts(detail, now)
    if detail.standing.missing_units:
        found.append(Fact(translate("ReportLoop", "还没有反馈"), "、".join(detail.standing.missing_units)))
    if detail.standing.barred and detail.row.state in ("checking", "verifying"):
        found.append(Fact(translate("ReportLoop", "请换人核实"),
                          translate("ReportLoop", "居民不满意，上一轮由您核实，这一轮请别的同事去看。")))
    return found


def note_of(step: Any) -> list[str]:
    """Return what a step says beside its note: unit, whom it was handed to, place, files."""
    files = translate("ReportLoop", "所凭附件 {count} 个").format(count=step.evidence) if step.evidence else ""
    place = translate("ReportLoop", "地点：{place}").format(place=step.place) if step.place else ""
    return [word("referral", step.referred_to), step.handler_unit or "", place, files]


# ---- forms ----------------------------------------------------------------------------------------------------------


def is_mine(action: str) -> bool:
    """Say whether an action is one of these; a decision names what it decides, as a report has a ``refuse`` of its own."""
    key, _, target = action.partition("/")
    return key in (ASK, CARD, JOINT, REASSIGN, ASSISTED, WITHDRAW, LIFT) or (key in DECIDE and bool(target))


def title(action: str) -> str:
    """Return an action in words."""
    key = action.partition("/")[0]
    words = {ASK: translate("ReportLoop", "提出申请"), CARD: translate("ReportLoop", "催办、督办"),
             LIFT: action_word("report", WITHDRAW)}
    return words.get(key) or action_word("request" if key in DECIDE and "/" in action else "report", key)


def fields(action: str, detail: Any, picker: Callable[[str], QWidget]) -> Sequence[Field]:
    """Return what an action asks for; none where nothing is to be asked."""
    key = action.partition("/")[0]
    if key == ASK:
        return _ask_fields(detail)
    if key == CARD:
        return _card_fields(detail, picker)
    if key == JOINT:
        return _joint_fields(detail)
    if key == ASSISTED:
        return _assisted_fields(detail)
    if key == REASSIGN:
        return reassign_fields(picker)
    if key == "approve":
        return [LongTextField("opinion", _of("request", "opinion"), lines=2)]
    if key == "refuse":
        return [LongTextField("opinion", _of("request", "opinion"), lines=3, required=True)]
    return [reason_field(lambda: field_word("step", "reason"))] if key in (WITHDRAW, LIFT) else ()


def _of(kind: str, field: str) -> Callable[[], str]:
    return lambda: field_word(kind, field)


def _ask_fields(detail: Any) -> Sequence[Field]:
    asked = {each.request_kind for each in detail.standing.requests if each.state == "asked"}
    kinds = [kind for kind in REQUEST_KINDS if kind not in asked]
    kind = ChoiceField("request_kind", _of("request", "request_kind"), kinds, lambda c: word("request_kind", c), required=True,
                       help=lambda: translate("ReportLoop", "由另一个人批准后才生效；批准以前期限和状态都不变。"))
    amount = IntegerField("amount", _of("request", "amount"), help=lambda: translate("ReportLoop", "延期时填写。"))
    unit = ChoiceField("unit", _of("request", "unit"), UNITS, lambda c: word("unit", c))
    unit.set_value(UNITS[0])
    until = MomentField("until", _of("request", "until"), help=lambda: translate("ReportLoop", "挂起时填写。"))

    def follow() -> None:
        for field, wanted in ((amount, "delay"), (unit, "delay"), (until, "suspend")):
            field.setVisible(kind.value() == wanted)

    kind.edited.connect(follow)
    follow()
    return [kind, amount, unit, until, reason_field(lambda: field_word("step", "reason"))]


def _card_fields(detail: Any, picker: Callable[[str], QWidget]) -> Sequence[Field]:
    card = ChoiceField("card", _of("card", "card"), CARDS, lambda c: word("card", c), required=True)
    whom = TextField("whom", _of("card", "whom"), limit=60, required=True)
    whom.set_value(detail.fields.get("handler_unit") or detail.claim_name)
    return [card, whom, LongTextField("opinion", _of("card", "opinion"), lines=3, required=True)]


def _joint_fields(detail: Any) -> Sequence[Field]:
    units = TextField("assist_units", _of("report", "assist_units"), limit=200, required=True,
                      help=lambda: translate("ReportLoop", "几个单位之间用顿号分开；主办单位不用写。"))
    units.set_value("、".join(detail.fields.get("assist_units") or ()))
    return [units, LongTextField("note", lambda: translate("ReportLoop", "补充说明（可不填）"), lines=2)]


def reassign_fields(picker: Callable[[str], QWidget]) -> Sequence[Field]:
    """Return what giving reports to another unit asks for."""
    unit = WidgetField("handler_unit", _of("step", "handler_unit"), picker("handler_unit"), required=True,
                       help=lambda: translate("ReportLoop", "原来的单位在办理经过里看得到改派给了谁、为什么。"))
    return [unit, reason_field(lambda: field_word("step", "reason"))]


def _assisted_fields(detail: Any) -> Sequence[Field]:
    missing = detail.standing.missing_units
    unit = ChoiceField("handler_unit", _of("report", "assist_units"), missing, str, required=True)
    if len(missing) == 1:
        unit.set_value(missing[0])
    return [unit, LongTextField("note", _of("step", "note"), required=True)]


def done(action: str, report_id: str, number: str, values: dict[str, Any]) -> Done:
    """Return the command of an action with its arguments."""
    key, _, target = action.partition("/")
    said = translate("ReportLoop", "{number}：{action}，已保存在本机").format(number=number, action=title(action))
    if key == ASK:
        wanted = {name: value for name, value in values.items() if value is not None}
        return commands.request, (_only(wanted) | {"report_id": report_id},), said
    if key == CARD:
        return commands.issue_card, (values | {"report_id": report_id},), said
    if key == WITHDRAW:
        return commands.withdraw_card, (target, values["reason"]), said
    if key == LIFT:
        return commands.lift_card, (report_id, target, values["reason"]), said
    if key in DECIDE:
        return commands.decide, (target, key, values.get("opinion")), said
    step = dict(values)
    return commands.act, (report_id, key, step, step.pop("reason", None)), said


def _only(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the form keeps for another kind of application."""
    not_for = {"delay": ("until",), "suspend": ("amount", "unit"), "void": ("amount", "unit", "until")}
    left_out = not_for.get(str(values.get("request_kind")), ())
    return {name: value for name, value in values.items() if name not in left_out}


def asked_for(request: Any, now: datetime) -> str:
    """Return what an application asks for: by how much, or until when."""
    if request.request_kind == "delay" and request.amount:
        return translate("ReportLoop", "延长 {amount} 个{unit}").format(amount=request.amount, unit=word("unit", request.unit))
    if request.until is not None:
        return translate("ReportLoop", "挂起到 {when}").format(when=short_moment(request.until, now))
    return ""
