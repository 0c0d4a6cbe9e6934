"""办理: what the file still lacks, who is invited, inquiries, more time, the plan, revisits, judicial confirmation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QWidget

from ui.labels import field_word, kind_word, state_tag
from ui.pages.base import Page
from ui.pages.mediation.case_files import CaseFiles, purposes_of
from ui.pages.mediation.follow_forms import CONSENT, WRITE, step_words
from ui.pages.mediation.loading import Loaded
from ui.pages.revealing import reveal_of
from ui.pages.values import joined, said, yuan
from ui.pages.work_detail import scrolled
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, card, clear, column, row
from ui.widgets.dates import CHINA
from ui.widgets.facts import Fact, Facts
from ui.widgets.header import Section
from ui.widgets.many import FlowLayout
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.desk.following import OTHERS, Missing, court_days
from zzdesk.i18n import translate as words_of
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import LOCKED, RUNNING

SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "participant": ("capacity", "unit", "reason", "agreed_by", "refused_by"),
    "investigation": ("started_at", "place", "asked", "asked_about", "recorder", "record", "signing"),
    "extension": ("from_day", "until", "agreed_by", "reason"),
    "performance_line": ("what", "amount", "due_on", "by_party", "to_party", "done_on", "done_how", "done_amount", "note"),
    "revisit": ("due_on", "visited_at", "way", "visitor", "visited", "performance", "satisfaction", "sued",
                "wrongly_mediated", "escalated", "record", "danger", "measures", "note"),
    "confirmation": ("raw_last_day", "extended_last_day", "court", "court_ground", "applicants", "papers", "applied_on",
                     "court_accepted_on", "decided_on", "decision_number", "note"),
}
_OF_PARTIES: Final = frozenset({"agreed_by", "refused_by", "by_party", "to_party", "visited", "applicants"})
_WHILE_RUNNING: Final = frozenset({"participant", "extension"})
_AFTER: Final = frozenset({"revisit", "confirmation"})


class Follow(Translated, QWidget):
    """A section for each kind, with a card for each record; the next step of each is on its card.

    ``add`` is called with a kind, ``step`` with a record and an action, ``go`` with something that is missing.
    """

    def __init__(self, page: Page, add: Callable[[str], None], step: Callable[[Paper, str], None],
                 go: Callable[[Missing], None]) -> None:
        super().__init__()
        self._page, self._add, self._step, self._go = page, add, step, go
        self._loaded: Loaded | None = None
        self.add_buttons = {kind: Button("", "link", "plus", lambda kind=kind: self._add(kind)) for kind in OTHERS}
        self._heads = {kind: Section(button) for kind, button in self.add_buttons.items()}
        self._cards = {kind: column(gap=S) for kind in OTHERS}
        self._lacking, self._lacks = Section(), column(gap=0)
        holder, lacking = QWidget(), card()
        lacking.setLayout(column(self._lacking, self._lacks, gap=S, margins=L))
        parts = [part for kind in OTHERS for part in (self._heads[kind], self._cards[kind])]
        holder.setLayout(column(lacking, *parts, None, gap=M, margins=(L + S, M, L, M)))
        self.setLayout(column(scrolled(holder)))
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show what stands around a case."""
        self._loaded = found
        others = found.file.others if found.file else {}
        may = found.may(self._page.context, "case.mediate") and found.detail.row.state not in LOCKED
        for kind in OTHERS:
            clear(self._cards[kind])
            papers = [paper for paper in others.get(kind, ()) if not paper.voided]
            for paper in papers:
                self._cards[kind].addWidget(self._card(found, paper, may))
            self._heads[kind].set_texts(kind_word(kind), str(len(papers) or ""))
            self.add_buttons[kind].setVisible(may and self._open(found, kind))
        self._show_lacks(found)

    def retranslate(self) -> None:
        """Say everything again."""
        for kind, button in self.add_buttons.items():
            button.setText(self.tr("添加"))
            button.setAccessibleName(self.tr("添加：{kind}").format(kind=kind_word(kind)))
        if self._loaded is not None:
            self.show_for(self._loaded)

    def _open(self, found: Loaded, kind: str) -> bool:
        if kind in _WHILE_RUNNING:
            return found.detail.row.state in RUNNING
        if kind == "performance_line":  # a term that is agreed: it stands in the agreement when that is signed
            return bool(found.agreements)
        return kind not in _AFTER or any("effective_at" in paper.fields for paper in found.agreements)

    def _show_lacks(self, found: Loaded) -> None:
        clear(self._lacks)
        missing = found.file.missing if found.file else ()
        count = self.tr("{count} 项").format(count=len(missing)) if missing else self.tr("都齐了，可以结案归档")
        self._lacking.set_texts(self.tr("卷宗还缺什么"), count)
        for each in missing:
            button = Button(each.said(), "link", on_click=lambda each=each: self._go(each))
            why = Label(kind="small")
            why.setText(words_of(each.why))
            self._lacks.addWidget(_in_a_row(button, why))

    def _card(self, found: Loaded, paper: Paper, may: bool) -> QFrame:
        frame, facts = card(), Facts()
        head = row(*self._tags(found, paper), None, gap=S)
        actions = self._actions(paper) if may else ()
        shown = [self._fact(found, paper, name) for name in SHOWN[paper.kind]]
        facts.show_facts([*shown, *self._court(paper)])
        files = [CaseFiles(self._page, paper, may=may)] if purposes_of(paper) else []
        steps = [self._steps(paper, actions)] if actions else []
        frame.setLayout(column(head, facts, *files, *steps, gap=M, margins=L))
        return frame

    def _steps(self, paper: Paper, actions: tuple[str, ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        for action in actions:
            button = Button(step_words(paper.kind, action), "", on_click=lambda action=action: self._step(paper, action))
            button.setAccessibleName(joined(step_words(paper.kind, action), self._title(paper)))
            flow.addWidget(button)
        return holder

    def _fact(self, found: Loaded, paper: Paper, name: str) -> Fact:
        text = self._said(found, paper, name)
        covered = name in paper.hidden and "*" in text
        way = reveal_of(self._page, self, paper.kind, paper.id, name) if covered else None
        return Fact(field_word(paper.kind, name), text, way, covered)

    def _title(self, paper: Paper) -> str:
        return str(paper.fields.get("name") or paper.fields.get("due_on") or kind_word(paper.kind))

    def _actions(self, paper: Paper) -> tuple[str, ...]:
        if paper.kind == "participant":
            return (CONSENT,)
        first = (WRITE,) if paper.kind == "investigation" and paper.fields["state"] == "open" else ()
        return (*first, *(action for action in paper.actions if action != WRITE))

    def _tags(self, found: Loaded, paper: Paper) -> list[QWidget]:
        fields, tags = paper.fields, []
        if "state" in fields:
            tags.append(state_tag(paper.kind, fields["state"]))
        due = fields.get("due_on") or fields.get("raw_last_day")
        waits = fields.get("state") in ("pending", "planned", "preparing")
        if due and waits and date.fromisoformat(due) < self._page.context.now().astimezone(CHINA).date():
            tags = [Tag(self.tr("▲ 已过 {day}").format(day=due), Tone.DANGER)]
        if paper.kind == "participant":
            agreed = set(found.party_names()) <= set(fields.get("agreed_by") or ())
            words = self.tr("✓ 各方同意") if agreed else self.tr("◔ 还没全部同意，不能参加")
            tags = [Tag(words, Tone.SUCCESS if agreed else Tone.WARNING)]
        name = [Label(str(fields["name"]), "strong")] if "name" in fields else []
        made = [StateTag(tag) for tag in tags]
        return [*name, *made]

    def _said(self, found: Loaded, paper: Paper, name: str) -> str:
        value = paper.fields.get(name)
        if name in _OF_PARTIES and value:
            names = found.party_names()
            ids = value if isinstance(value, list) else [value]
            return self.tr("、").join(names.get(each, each) for each in ids)
        if name == "done_amount" and value:
            return yuan(str(value))
        return said(paper.kind, name, value, self._page.context.now())

    def _court(self, paper: Paper) -> list[Fact]:
        """What a court answers by: both rules, for the court to choose."""
        applied = paper.fields.get("applied_on")
        if paper.kind != "confirmation":
            return []
        if not applied:
            advice = self.tr("{day} 前最稳妥；顺延后的日子由法院认定").format(day=paper.fields.get("raw_last_day"))
            return [Fact(self.tr("提示"), advice)]
        accepted = paper.fields.get("court_accepted_on")
        days = court_days(date.fromisoformat(applied), date.fromisoformat(accepted) if accepted else None,
                          longer=bool(paper.fields.get("is_court_extended")))
        facts = [Fact(self.tr("应决定是否受理"), self.tr("{day}（法释〔2011〕5号：3日）").format(day=days.accept_by))]
        if days.decide_by is not None:
            facts += [
                Fact(self.tr("应作出决定"), self.tr("{day}（法释〔2011〕5号：15日，可延长10日）").format(day=days.decide_by)),
                Fact(self.tr("或者应审结"), self.tr("{day}（民事诉讼法第一百八十七条：30日）").format(day=days.special_by)),
            ]
        return facts


def _in_a_row(*parts: Any) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*parts, None, gap=S))
    return holder
