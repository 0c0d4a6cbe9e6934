"""Forms for what stands around sessions and agreement: each asks what its record or its step needs, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.labels import action_word, codes, field_word, kind_word, value_codes, value_word
from ui.pages.mediation.loading import Loaded
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail, reason_field
from ui.widgets.base import Words
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DayField,
    Field,
    LongTextField,
    MomentField,
    MoneyField,
    TextField,
    WidgetField,
)  # fmt: skip
from ui.widgets.many import ManyOf
from ui.widgets.record_form import RecordForm
from zzdesk.clock import to_iso
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import UNCONFIRMABLE

translate = QCoreApplication.translate

CONSENT: Final = "consent"
"""Who of the parties agrees to somebody invited: an edit, not a step."""
WRITE: Final = "write"
"""To go on writing an inquiry that is not closed."""


class Fields:
    """The fields of one kind, named and worded; ``parties`` are masked names by id."""

    def __init__(self, kind: str, parties: dict[str, str]) -> None:
        self.kind, self.parties = kind, parties

    def name(self, key: str) -> Words:
        """Return how a field is called."""
        return lambda: field_word(self.kind, key)

    def text(self, key: str, limit: int = 80, *, required: bool = False) -> Field:
        """A line of text."""
        return TextField(key, self.name(key), limit=limit, required=required)

    def long(self, key: str, lines: int = 2, *, required: bool = False) -> Field:
        """Several lines of text."""
        return LongTextField(key, self.name(key), lines=lines, required=required)

    def day(self, key: str, *, required: bool = False) -> Field:
        """A day."""
        return DayField(key, self.name(key), required=required)

    def moment(self, key: str, *, required: bool = False) -> Field:
        """A moment."""
        return MomentField(key, self.name(key), required=required)

    def money(self, key: str) -> Field:
        """An amount in yuan."""
        return MoneyField(key, lambda: translate("FollowForm", "{name}（元）").format(name=field_word(self.kind, key)))

    def check(self, key: str) -> Field:
        """A tick."""
        return CheckField(key, self.name(key))

    def choice(self, key: str, *, required: bool = False) -> Field:
        """One of a few codes."""
        return ChoiceField(key, self.name(key), value_codes(self.kind, key), lambda c: value_word(self.kind, key, c),
                           required=required)

    def several(self, key: str) -> Field:
        """Several of a few codes."""
        return WidgetField(key, self.name(key), ManyOf(value_codes(self.kind, key), lambda c: value_word(self.kind, key, c)))

    def people(self, key: str) -> Field:
        """Several of the parties."""
        return WidgetField(key, self.name(key), ManyOf(tuple(self.parties), lambda each: self.parties.get(each, each)))

    def party(self, key: str) -> Field:
        """One of the parties."""
        return ChoiceField(key, self.name(key), tuple(self.parties), lambda each: self.parties.get(each, each))


Rows = Sequence[tuple[Field, ...]]


def participant_rows(f: Fields) -> Rows:
    """Who is invited, as what and why, and which of the parties agree (PML article 20)."""
    return ((f.text("name", 40, required=True), f.choice("capacity", required=True)),
            (f.text("unit"), f.text("phone", 30)), (f.long("reason"),), (f.people("agreed_by"),))


def consent_rows(f: Fields) -> Rows:
    """Who of the parties agrees to somebody invited, and who does not (PML article 20)."""
    return (f.people("agreed_by"),), (f.people("refused_by"),)


def _investigation(f: Fields) -> Rows:
    return ((f.moment("started_at", required=True), f.text("recorder", 40, required=True)),
            (f.text("place", 120, required=True),),
            (f.text("asked", 40, required=True), f.text("asked_about", 120)), (f.long("record", 6),))


def _extension(f: Fields) -> Rows:
    return ((f.day("until", required=True),), (f.people("agreed_by"),), (f.long("reason", required=True),))


def _line(f: Fields) -> Rows:
    return ((f.long("what", required=True),), (f.money("amount"), f.day("due_on", required=True)),
            (f.party("by_party"), f.party("to_party")))


def _revisit(f: Fields) -> Rows:
    return ((f.day("due_on", required=True),),)


def _confirmation(f: Fields) -> Rows:
    return ((f.text("court", 60),), (f.choice("court_ground"),), (f.several("papers"),))


_NEW: Final[dict[str, Callable[[Fields], Rows]]] = {
    "participant": participant_rows, "investigation": _investigation, "extension": _extension, "performance_line": _line,
    "revisit": _revisit, "confirmation": _confirmation,
}


def _visited(f: Fields) -> Rows:
    return ((f.moment("visited_at", required=True), f.choice("way")), (f.text("visitor", 40, required=True),),
            (f.people("visited"),),
            (f.choice("performance", required=True), f.choice("satisfaction", required=True)),
            (f.check("sued"), f.check("wrongly_mediated"), f.check("escalated")), (f.long("record", 3),), (f.long("danger"),),
            (f.long("measures"),))


def _applied(f: Fields) -> Rows:
    return ((f.text("court", 60, required=True),), (f.choice("court_ground", required=True), f.day("applied_on", required=True)),
            (f.people("applicants"),), (f.several("papers"),), (f.check("is_warned"),))


def _reason(f: Fields) -> Rows:
    return ((reason_field(lambda: field_word("*", "reason")),),)


_STEPS: Final[dict[tuple[str, str], Callable[[Fields], Rows]]] = {
    ("participant", CONSENT): consent_rows,
    ("investigation", WRITE): lambda f: ((f.long("record", 8),),),
    ("investigation", "close"): lambda f: ((f.choice("signing", required=True),),),
    ("performance_line", "done"): lambda f: (
        (f.day("done_on", required=True), f.choice("done_how", required=True)), (f.money("done_amount"),)),
    ("performance_line", "default"): _reason,
    ("performance_line", "cancel"): _reason,
    ("performance_line", "reopen"): _reason,
    ("revisit", "done"): _visited,
    ("revisit", "skip"): _reason,
    ("confirmation", "apply"): _applied,
    ("confirmation", "accept"): lambda f: ((f.day("court_accepted_on", required=True),),),
    ("confirmation", "confirm"): lambda f: (
        (f.day("decided_on", required=True), f.text("decision_number", 40, required=True)),),
    ("confirmation", "dismiss"): lambda f: ((f.day("decided_on", required=True),), *_reason(f)),
    ("confirmation", "drop"): _reason,
    ("confirmation", "withdraw"): _reason,
}  # fmt: skip


def _form(detail: WorkDetail, words: Words, key: str, rows: Rows, start: dict[str, Any]) -> RecordForm:
    form = RecordForm(words, leave=lambda: translate("FollowForm", "返回"), key=key, drafts=detail.context.drafts,
                      start=lambda: start)
    for each in rows:
        form.add(*each)
    return form


def add_record(detail: WorkDetail, found: Loaded, kind: str) -> None:
    """Show the form of a new record of a kind."""
    title = lambda: translate("FollowForm", "添加：{kind}").format(kind=kind_word(kind))  # noqa: E731
    today, me = to_iso(detail.context.now()), detail.context.facts.name
    start = {"started_at": today, "recorder": me} if kind == "investigation" else {}
    form = _form(detail, title, f"{kind}/{detail.record_id}/new", _NEW[kind](Fields(kind, found.party_names())), start)

    def add(values: dict[str, Any]) -> None:
        form.set_busy(True)
        about = {"case_id": detail.record_id} | ({"agreement_id": _agreement(found)} if kind in _OF_AGREEMENT else {})
        detail.do(commands.add_paper, kind, values | about, then=detail.finished,
                  said=translate("FollowForm", "{kind}已保存在本机").format(kind=kind_word(kind)))

    form.finished.connect(add)
    detail.show_form(form, title)
    form.open()


_OF_AGREEMENT: Final = frozenset({"performance_line", "revisit", "confirmation"})


def _agreement(found: Loaded) -> str | None:
    """What stands around an agreement belongs to the one that holds; before there is one, the plan is the last draft's."""
    if found.effective is not None:
        return found.effective.id
    return found.agreements[-1].id if found.agreements else None


def take_step(detail: WorkDetail, found: Loaded, paper: Paper, action: str) -> None:
    """Show the form of a step of a record, or of an edit that looks like one."""
    fields, stored = Fields(paper.kind, found.party_names()), found.writing.get(paper.id, paper.fields)
    words = lambda: step_words(paper.kind, action)  # noqa: E731
    rows = _STEPS[paper.kind, action](fields)
    if action == "apply" and found.detail.row.category not in UNCONFIRMABLE:
        rows = rows[:-1]
    start = {key: stored.get(key) for row in rows for key in (field.key for field in row)} | _suggested(detail, found, action)
    form = _form(detail, words, f"{paper.kind}/{paper.id}/{action}", rows, start)
    form.finished.connect(lambda values: _finish(detail, form, paper, action, values))
    detail.show_form(form, lambda: joined(kind_word(paper.kind), step_words(paper.kind, action)))
    form.open()


def _suggested(detail: WorkDetail, found: Loaded, action: str) -> dict[str, Any]:
    """What most often is the case: now, by oneself, all parties."""
    now = to_iso(detail.context.now())
    if action == "apply":
        return {"applicants": sorted(found.party_names())}
    return {"visited_at": now, "visitor": detail.context.facts.name} if action == "done" else {}


def _finish(detail: WorkDetail, form: RecordForm, paper: Paper, action: str, values: dict[str, Any]) -> None:
    form.set_busy(True)
    said = translate("FollowForm", "{step}，已保存在本机").format(step=step_words(paper.kind, action))
    if action in (CONSENT, WRITE):
        detail.do(commands.edit_paper, paper.kind, paper.id, form.changes(), then=detail.finished, said=said)
        return
    fields = {key: value for key, value in values.items() if key != "reason"}
    detail.do(commands.act_paper, paper.kind, paper.id, action, fields, values.get("reason"), then=detail.finished, said=said)


def step_words(kind: str, action: str) -> str:
    """Return what a button of a record says."""
    if action == CONSENT:
        return translate("FollowForm", "记下各方意见")
    return translate("FollowForm", "接着写") if action == WRITE else action_word(kind, action)


def name_agent(detail: WorkDetail, party: Paper) -> None:
    """Write down who acts for a party, with powers and term (授权委托书; domain rules B1.2, row 6).

    What is covered is not shown here: what is left empty stays as it is.
    """
    f, title = Fields("party", {}), lambda: translate("FollowForm", "代理人")
    rows = ((f.text("agent_name", 40), f.text("agent_phone", 30)), (f.text("agent_identity", 18), f.choice("agent_authority")),
            (f.long("agent_powers", 3),), (f.day("agent_from"), f.day("agent_until")))
    shown = ("agent_authority", "agent_from", "agent_until")
    form = _form(detail, lambda: translate("FollowForm", "保存代理人"), f"party/{party.id}/agent", rows,
                 {name: party.fields.get(name) for name in shown})

    def save(_: dict[str, Any]) -> None:
        form.set_busy(True)
        detail.do(commands.edit_paper, "party", party.id, form.changes(), then=detail.finished,
                  said=translate("FollowForm", "代理人已保存在本机"))

    form.finished.connect(save)
    detail.show_form(form, lambda: joined(str(party.fields["name"]), title()))
    form.open()


def sign_fields() -> list[Field]:
    """Return the fields that ask for signs of escalation (PML article 25)."""
    from zzdesk.desk.following import signs

    names = {sign.code: sign for sign in signs()}
    ticked = ManyOf(tuple(names), lambda code: names[code].name)
    return [
        WidgetField("signs", lambda: field_word("dispute", "signs"), ticked),
        ChoiceField("intensity", lambda: field_word("dispute", "intensity"), codes("intensity"),
                    lambda c: value_word("dispute", "intensity", c)),
    ]  # fmt: skip
