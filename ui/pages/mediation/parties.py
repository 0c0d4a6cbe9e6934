"""当事人: both sides and others, covered; told of their rights, or refusing to be mediated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QFrame, QWidget

from ui.labels import field_word, word
from ui.pages.base import Page
from ui.pages.mediation.case_files import CaseFiles
from ui.pages.mediation.correcting import CORRECT, void_words
from ui.pages.mediation.loading import Loaded
from ui.pages.revealing import reveal_of
from ui.pages.values import joined, said
from ui.pages.work_detail import scrolled
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, card, clear, column, row
from ui.widgets.facts import Fact, Facts
from ui.widgets.many import FlowLayout
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import LOCKED, RUNNING

ORDER: Final = (
    "name", "party_kind", "identity_number", "credit_code", "representative", "sex", "birth", "ethnicity", "occupation",
    "employer", "phone", "address", "service_address", "agent_name", "agent_phone", "agent_authority", "agent_powers",
    "agent_from", "agent_until",
    "note",
)

AGENT: Final = "agent"
VOID: Final = "void"


class Parties(Translated, QWidget):
    """A card for each party; there are two to five."""

    def __init__(self, page: Page, perform: Callable[[Paper, str], None], add: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._perform = page, perform
        self._loaded: Loaded | None = None
        self.add_button = Button("", "", "plus", add)
        self._cards = column(gap=M)
        holder = QWidget()
        holder.setLayout(column(self._cards, row(self.add_button, None), None, gap=M, margins=(L + S, M, L, M)))
        self.setLayout(column(scrolled(holder)))
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show the parties of a case."""
        self._loaded = found
        clear(self._cards)
        state = found.detail.row.state
        may = found.may(self._page.context, "case.mediate")
        for party in found.parties:
            self._cards.addWidget(self._card(party, may and state not in LOCKED, state in RUNNING))
        self.add_button.setVisible(may and state in RUNNING)

    def retranslate(self) -> None:
        """Say everything again."""
        self.add_button.setText(self.tr("添加当事人"))
        if self._loaded is not None:
            self.show_for(self._loaded)

    def _card(self, party: Paper, may: bool, running: bool) -> QFrame:
        frame, fields = card(), party.fields
        told = fields.get("notice_at")
        tag = Tag(self.tr("已告知权利义务"), Tone.SUCCESS) if told else Tag(self.tr("还没告知权利义务"), Tone.WARNING)
        if fields.get("consents") is False:
            tag = Tag(self.tr("拒绝调解"), Tone.DANGER)
        head = row(Label(word("party_role", fields["role"]), "strong"), StateTag(tag), None, gap=S)
        steps = QWidget(frame)
        flow = FlowLayout(steps)
        if may and not told:
            flow.addWidget(self._button(party, "notify", self.tr("告知权利义务")))
        if may and told and fields.get("notice_signed") is None:
            flow.addWidget(self._button(party, "signed", self.tr("已签告知书")))
            flow.addWidget(self._button(party, "unsigned", self.tr("拒绝签字")))
        if running and may and fields.get("consents") is not False:
            flow.addWidget(self._button(party, "refuse", self.tr("拒绝调解")))
        facts = Facts()
        facts.show_facts([self._fact(party, name) for name in ORDER])
        agent = Button(self.tr("代理人…"), "link", on_click=lambda: self._perform(party, AGENT))
        agent.setAccessibleName(joined(self.tr("代理人…"), str(fields["name"])))
        void = Button(void_words(), "link", on_click=lambda: self._perform(party, VOID))
        void.setAccessibleName(joined(void_words(), str(fields["name"])))
        correct = Button(self.tr("改资料…"), "link", on_click=lambda: self._perform(party, CORRECT))
        correct.setAccessibleName(joined(self.tr("改资料…"), str(fields["name"])))
        below = [row(correct, agent, void, None, gap=M)] if may else []
        between = [steps] if flow.count() else []
        files = CaseFiles(self._page, party, may=may)
        frame.setLayout(column(head, *between, facts, files, *below, gap=M, margins=L))
        return frame

    def _button(self, party: Paper, action: str, words: str) -> Button:
        button = Button(words, "", on_click=lambda: self._perform(party, action))
        button.setAccessibleName(f"{words} {party.fields['name']}")
        return button

    def _fact(self, party: Paper, name: str) -> Fact:
        text = said("party", name, party.fields.get(name), self._page.context.now())
        covered = name in party.hidden and "*" in text
        way = reveal_of(self._page, self, party.kind, party.id, name) if covered else None
        return Fact(field_word("party", name), text, way, covered)
