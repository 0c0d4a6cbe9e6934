"""Forms of mediation: accepting a case, adding a party, beginning a session, writing an agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, value_codes, value_word, word
from ui.pages.mediation.sign_days import MEDIATOR, SignDays
from ui.pages.mediation.writing import Writer
from ui.widgets.base import Words
from ui.widgets.checked import CheckedField
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
from ui.widgets.typeahead import CodePicker
from zzdesk.clock import local_day, to_iso
from zzdesk.desk import lookup
from zzdesk.desk.following import SEAL

translate = QCoreApplication.translate

PARTY_FIELDS: Final = ("name", "phone", "party_kind", "identity_number", "credit_code", "address")


def name_of(kind: str, field: str) -> Words:
    """Return how a field is called."""
    return lambda: field_word(kind, field)


class PartyFields:
    """The fields of one party, under a prefix so that two can stand in one form."""

    def __init__(self, context: Context, prefix: str = "") -> None:
        self._context, self.prefix = context, prefix

    def add_to(self, form: RecordForm) -> None:
        """Add the fields: who, how to be reached, and the number that identifies."""
        form.add(self._text("name", 60, required=True), self._text("phone", 30))
        form.add(ChoiceField(self.prefix + "party_kind", name_of("party", "party_kind"), codes("party_kind"),
                             lambda c: word("party_kind", c), empty=False),
                 CheckedField(self.prefix + "identity_number", name_of("party", "identity_number"), self._judge),
                 CheckedField(self.prefix + "credit_code", name_of("party", "credit_code"), lookup.judge_credit_code))
        form.add(self._text("address", 120))

    def arrange(self, form: RecordForm) -> None:
        """A person has an identity number, an organisation a credit code."""
        legal = form.fields[self.prefix + "party_kind"].value() == "legal"
        form.fields[self.prefix + "identity_number"].setVisible(not legal)
        form.fields[self.prefix + "credit_code"].setVisible(legal)

    def values(self, form: RecordForm) -> dict[str, Any]:
        """Return the party as the command takes it."""
        found = form.values()
        return {key: found[self.prefix + key] for key in PARTY_FIELDS if self.prefix + key in found}

    def _text(self, key: str, limit: int, *, required: bool = False) -> Field:
        return TextField(self.prefix + key, name_of("party", key), limit=limit, required=required)

    def _judge(self, text: str) -> lookup.Judged:
        return lookup.judge_identity(text, local_day(self._context.now()))


class AcceptForm(RecordForm):
    """受理: what kind of dispute, what about, who with whom, and who takes it on."""

    def __init__(self, context: Context) -> None:
        super().__init__(lambda: translate("AcceptForm", "受理"), leave=lambda: translate("AcceptForm", "稍后再填"),
                         key="case/new", drafts=context.drafts,
                         start=lambda: {"source": "application", "party0.party_kind": "natural",
                                        "party1.party_kind": "natural"})
        self._context = context
        self.parties = (PartyFields(context, "party0."), PartyFields(context, "party1."))
        self._case()
        for number, party in enumerate(self.parties):
            self.add_group((lambda: translate("AcceptForm", "申请人"), lambda: translate("AcceptForm", "被申请人"))[number])
            party.add_to(self)
        self.add_group(lambda: translate("AcceptForm", "承办"))
        self.committees: dict[str, str] = {}
        self.add(ChoiceField("committee_id", name_of("case", "committee_id"), (), lambda each: self.committees.get(each, each)))
        self.team = ManyOf((), lambda code: self.people.get(code, code))
        self.people: dict[str, str] = {}
        self.add(WidgetField("team", name_of("case", "team"), self.team,
                             help=lambda: translate("AcceptForm", "只有小组里的人能看到当事人和调解记录；您总在小组里。")))

    def offer(self, people: dict[str, str]) -> None:
        """Offer the colleagues who may mediate."""
        chosen = self.team.value()
        self.people = {key: name for key, name in people.items() if key != self._context.facts.account}
        self.team.set_codes(tuple(self.people))
        self.team.set_value(chosen)

    def offer_committees(self, committees: dict[str, str]) -> None:
        """Offer the committees of this station; where there is one, a case is of that one and nobody is asked."""
        self.committees = committees
        self.fields["committee_id"].set_choices(tuple(committees))  # type: ignore[attr-defined]
        self.arrange()

    def arrange(self) -> None:
        """Each party has the number that fits it."""
        self.fields["committee_id"].setVisible(len(self.committees) > 1)
        for party in self.parties:
            party.arrange(self)

    def case(self) -> dict[str, Any]:
        """Return the stub."""
        found = self.values()
        return {key: found[key] for key in ("category", "source", "amount", "team", "committee_id") if key in found}

    def dispute(self) -> dict[str, Any]:
        """Return what it is about."""
        found = self.values()
        return {key: found[key] for key in ("title", "facts", "demands") if key in found}

    def both(self) -> list[dict[str, Any]]:
        """Return the two parties."""
        roles = ("applicant", "respondent")
        return [party.values(self) | {"role": role} for party, role in zip(self.parties, roles, strict=True)]

    def _case(self) -> None:
        self.add_group(lambda: translate("AcceptForm", "什么纠纷"))
        category = CodePicker(self._context.runner, codes("case_category"), lambda c: word("case_category", c),
                              lambda: translate("AcceptForm", "输入字或拼音首字母，按 ↓ 看全部"))
        self.add(WidgetField("category", name_of("case", "category"), category, required=True),
                 ChoiceField("source", name_of("case", "source"), codes("case_source"),
                             lambda c: word("case_source", c), empty=False))
        self.add(TextField("title", name_of("dispute", "title"), required=True, limit=80,
                           placeholder=lambda: translate("AcceptForm", "例如：楼上漏水泡坏木地板")))
        self.add(LongTextField("facts", name_of("dispute", "facts"), lines=3))
        self.add(LongTextField("demands", name_of("dispute", "demands"), lines=2))
        self.add(MoneyField("amount", lambda: translate("AcceptForm", "涉及金额（元）")))


def party_form(context: Context, case_id: str) -> tuple[RecordForm, PartyFields]:
    """Return the form of one more party."""
    party = PartyFields(context)

    class OneParty(RecordForm):
        """One more party."""

        def arrange(self) -> None:
            party.arrange(self)

    form = OneParty(lambda: translate("PartyForm", "添加当事人"), leave=lambda: translate("PartyForm", "返回"),
                    key=f"party/{case_id}/new", drafts=context.drafts,
                    start=lambda: {"role": "third", "party_kind": "natural"})
    form.add(ChoiceField("role", name_of("party", "role"), codes("party_role"), lambda c: word("party_role", c),
                         empty=False))
    party.add_to(form)
    return form, party


def session_form(context: Context, case_id: str, parties: dict[str, str]) -> RecordForm:
    """Return the form that begins a session: when, where, who writes, who is there."""
    form = RecordForm(
        lambda: translate("SessionForm", "开始记录"), leave=lambda: translate("SessionForm", "返回"),
        key=f"session/{case_id}/new", drafts=context.drafts,
        start=lambda: {"started_at": to_iso(context.now()), "place": translate("SessionForm", "社区调解室"),
                       "recorder": context.facts.name, "present": sorted(parties)})
    form.add(MomentField("started_at", name_of("session", "started_at"), required=True),
             TextField("recorder", name_of("session", "recorder"), limit=40))
    form.add(TextField("place", name_of("session", "place"), required=True, limit=120))
    form.add(ChoiceField("mode", name_of("session", "mode"), value_codes("session", "mode"),
                         lambda code: value_word("session", "mode", code)),
             TextField("spot", name_of("session", "spot"), limit=40, placeholder=lambda: "24.5130,117.6472",
                       help=lambda: translate("SessionForm", "纬度,经度，从手机地图上抄；不知道就不填")))
    present = ManyOf(tuple(parties), lambda code: parties[code])
    form.add(WidgetField("present", name_of("session", "present"), present))
    return form


def agreement_fields(form: Writer, shape: str, parties: dict[str, str], today: Callable[[], str]) -> None:
    """Add the fields of an agreement: what article 29 asks for, and what makes it effective; ``today`` in wire form."""
    if shape == "written":
        form.add_group(lambda: translate("AgreementForm", "协议内容（人民调解法第二十九条）"))
        form.add(LongTextField("facts", name_of("agreement", "facts"), lines=2))
        form.add(LongTextField("issues", name_of("agreement", "issues"), lines=2))
        form.add(LongTextField("responsibility", name_of("agreement", "responsibility"), lines=2))
    form.add(LongTextField("content", name_of("agreement", "content"), lines=4))
    form.add(LongTextField("performance", name_of("agreement", "performance"), lines=2))
    form.add(DayField("perform_by", name_of("agreement", "perform_by")),
             MoneyField("amount", lambda: translate("AgreementForm", "协议金额（元）")))
    if shape == "written":
        _signing(form, parties, today)
    else:
        form.add(MomentField("reached_at", name_of("agreement", "reached_at"),
                             help=lambda: translate("AgreementForm", "当时达成、今天才登记的，填达成的时间；不填就是现在")))


def _signing(form: Writer, parties: dict[str, str], today: Callable[[], str]) -> None:
    form.add_group(lambda: translate("AgreementForm", "签名和盖章：三样齐了才生效"))
    signed = ManyOf(tuple(parties), lambda code: parties[code])
    form.add(WidgetField("signed_by", name_of("agreement", "signed_by"), signed))
    form.add(CheckField("mediator_signed", name_of("agreement", "mediator_signed")),
             CheckField("sealed", name_of("agreement", "sealed")))
    days = SignDays(parties, today)
    form.add(WidgetField("signed_days", name_of("agreement", "signed_days"), days, help=lambda: translate(
        "AgreementForm", "照纸上写的日子填；最后一个日子就是生效的日子，申请司法确认的三十天从那天起算")))

    def arrange() -> None:
        ours = {MEDIATOR: "mediator_signed", SEAL: "sealed"}
        who = {*(signed.value() or ()), *(who for who, key in ours.items() if form.fields[key].value())}
        days.ask_for(frozenset(who))
        form.fields["signed_days"].setVisible(bool(who))

    form.arranging = arrange
