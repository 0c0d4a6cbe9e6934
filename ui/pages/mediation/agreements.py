"""协议: what the parties agreed, and what makes it effective: all signatures, the mediator's, the seal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.labels import field_word, state_tag, word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.mediation.correcting import ask_void, void_words
from ui.pages.mediation.forms import agreement_fields
from ui.pages.mediation.loading import Loaded
from ui.pages.mediation.sign_days import in_words
from ui.pages.mediation.writing import Writer
from ui.pages.values import joined, said
from ui.pages.work_detail import scrolled
from ui.theme.tokens import L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated, column, row
from ui.widgets.chips import FilterChips
from ui.widgets.facts import Fact, Facts
from ui.widgets.states import Notice
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.clock import from_iso, local_day
from zzdesk.errors import KnownError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import AGREEMENT_DRAFT, LOCKED, RUNNING

SHOWN: Final = ("facts", "issues", "responsibility", "content", "performance", "perform_by", "amount", "reached_at",
                "signed_days", "effective_at", "copies", "confirm_by", "confirm_until", "content_hash")


AMENDMENTS: Final = ("correction", "change")


class Agreements(Translated, QWidget):
    """One agreement of a case at a time, chosen by chips, the one that holds first: a draft to write, another to read."""

    def __init__(self, page: Page, reload: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._reload = page, reload
        self._loaded: Loaded | None = None
        self._writer: Writer | None = None
        self._none, self._banner = Notice(), Banner()
        self.written, self.oral = Button("", "primary"), Button("", "")
        self.written.clicked.connect(lambda: self._begin("written"))
        self.oral.clicked.connect(lambda: self._begin("oral"))
        self.change, self.correct = Button("", ""), Button("", "")
        self.change.clicked.connect(lambda: self._amend("change"))
        self.correct.clicked.connect(lambda: self._amend("correction"))
        self.chips, self.void_button = FilterChips(), Button("", "link", on_click=self._void)
        self.chips.chosen.connect(lambda _: self._choose())
        self._busy, self._made = False, ""
        self._facts = Facts()
        self.files = Attachments(page, "agreement")
        self._state, self._form_tag = StateTag(), StateTag()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._reading())
        head = row(self.chips, self.void_button, gap=S, margins=(L + S, M, L, 0))
        head.setStretch(0, 1)
        self.setLayout(column(head, self._stack, gap=0))
        self.layout().setStretch(1, 1)
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show the agreements of a case; one that was just begun here is shown when it is there."""
        other = self._loaded is None or self._loaded.detail.row.id != found.detail.row.id
        self._loaded = found
        ids = [paper.id for paper in found.agreements]
        if other or self._made in ids:
            self.chips.current = self._made if self._made in ids else ""
            self._set_busy(False)
        listed = self._in_order(found)
        if self.chips.current not in ids:
            self.chips.current = listed[0].id if listed else ""
        self.chips.set_chips([(paper.id, self._name(paper)) for paper in listed])
        self.chips.setVisible(len(listed) > 1)
        self._show_chosen()

    def _in_order(self, found: Loaded) -> list[Paper]:
        """The one that holds, then the others, newest first."""
        holds = found.effective
        others = [paper for paper in reversed(found.agreements) if paper is not holds]
        return [holds, *others] if holds is not None else others

    def _name(self, paper: Paper) -> str:
        amendment = paper.fields.get("amendment")
        what = word("amendment", amendment) if amendment else word("form", paper.fields["form"])
        return joined(what, state_tag("agreement", paper.fields["state"]).text)

    def _chosen(self) -> Paper | None:
        papers = self._loaded.agreements if self._loaded else ()
        return next((paper for paper in papers if paper.id == self.chips.current), None)

    def _choose(self) -> None:
        """Show another one; what was written in a draft is read anew, so that coming back does not show an older text."""
        left = self._writer
        self._show_chosen()
        if left is not None and left is not self._writer:
            self._reload()

    def _show_chosen(self) -> None:
        found, paper = self._loaded, self._chosen()
        if found is None:
            return
        may = found.may(self._page.context, "case.mediate")
        draft = paper is not None and paper.fields["state"] == AGREEMENT_DRAFT
        self.void_button.setVisible(draft and may and found.detail.row.state not in LOCKED)
        if paper is None:
            self._drop_writer()
            self._show_nothing(may and found.detail.row.state in RUNNING)
        elif draft and may and paper.id in found.writing:
            self._show_writer(paper, found.writing[paper.id])
        else:
            self._drop_writer()
            self._show_reading(paper)

    def retranslate(self) -> None:
        """Say everything again."""
        self.written.setText(self.tr("起草书面协议"))
        self.oral.setText(self.tr("登记口头协议"))
        self.void_button.setText(void_words())
        self._say_amending()
        if self._loaded is not None:
            self.show_for(self._loaded)

    @property
    def writer(self) -> Writer | None:
        """The draft that is being written."""
        return self._writer

    def _nothing(self) -> QWidget:
        holder = QWidget()
        buttons = row(None, self.written, self.oral, None, gap=M)
        holder.setLayout(column(None, self._none, buttons, None, None, gap=S))
        return holder

    def _reading(self) -> QWidget:
        holder = QWidget()
        tags = row(self._state, self._form_tag, None, self.correct, self.change, gap=S)
        holder.setLayout(column(tags, self._banner, self._facts, self.files, None, gap=M, margins=(L + S, M, L, M)))
        return scrolled(holder)

    def _show_nothing(self, running: bool) -> None:
        self._stack.setCurrentIndex(0)
        self.written.setVisible(running)
        self.oral.setVisible(running)
        self._none.show_notice(
            self.tr("还没有协议"), self.tr("书面协议在各方签名、调解员签名、调委会盖章后生效；口头协议登记后生效。"),
            icon="file-text", role="disabled")

    def _show_reading(self, agreement: Paper) -> None:
        fields = agreement.fields
        self._state.show_tag(state_tag("agreement", fields["state"]))
        amendment = word("amendment", fields["amendment"]) if "amendment" in fields else ""
        self._form_tag.show_tag(Tag(joined(word("form", fields["form"]), amendment)))
        found = self._loaded
        may = found is not None and found.may(self._page.context, "case.mediate") and agreement is found.effective
        for button in (self.change, self.correct):
            button.setVisible(may and found is not None and found.detail.row.state not in LOCKED)
        self._say_amending()
        confirm = fields.get("confirm_by")
        self._banner.show_text(
            self.tr("双方可共同向法院申请司法确认，{day} 前最稳妥（人民调解法第三十三条）；"
                    "对履行有争议的，可以向法院起诉（第三十二条）。").format(day=confirm) if confirm else "", Tone.INFO)
        if found is not None and found.file is not None and agreement.id in found.file.altered:
            self._banner.show_text(self.tr(
                "▲ 这份协议与生效时的校验值不符：内容、签名或者当事人被改过。请核对签字的原件，不要据此履行或打印使用，"
                "并报告系统管理员。"), Tone.DANGER)
        self._facts.show_facts([Fact(field_word("agreement", name), self._said(agreement, name)) for name in SHOWN])
        mine = found is not None and found.detail.row.mine
        self.files.setVisible(mine)
        self.files.show_of(agreement.id, may_add=mine)
        self._stack.setCurrentIndex(1)

    def _said(self, agreement: Paper, name: str) -> str:
        """Return a field in words; of a paper signed before it was typed in there is a day and no time of day."""
        wire = agreement.fields.get(name)
        if name == "signed_days":
            return in_words(wire, self._loaded.party_names() if self._loaded else {})
        if name == "effective_at" and wire and agreement.fields.get("signed_days"):
            return local_day(from_iso(str(wire))).isoformat()
        if name == "content_hash" and wire:  # in groups: a line of 64 figures breaks nowhere and pushes everything aside
            return " ".join(str(wire)[at : at + 8] for at in range(0, len(str(wire)), 8))
        return said("agreement", name, wire, self._page.context.now())

    def _show_writer(self, agreement: Paper, stored: dict[str, Any]) -> None:
        if self._writer is None or self._writer.paper_id != agreement.id:
            self._drop_writer()
            self._writer = self._make_writer(agreement)
            self._stack.addWidget(self._writer)
        self._writer.show_stored(stored)
        self._stack.setCurrentWidget(self._writer)

    def _make_writer(self, agreement: Paper) -> Writer:
        assert self._loaded is not None
        writer = Writer(self._page, "agreement", agreement.id, lambda: self.tr("确认生效"))
        agreement_fields(writer, agreement.fields["form"], self._loaded.party_names(),
                         lambda: local_day(self._page.context.now()).isoformat())
        writer.finished.connect(lambda _: writer.act(
            "take-effect", self.tr("协议已生效。已保存在本机，尚未送达中心。"), self._reload))
        return writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.keep_now()
            self._stack.removeWidget(self._writer)
            self._writer.deleteLater()
            self._writer = None

    def _draft_of(self, amendment: str) -> Paper | None:
        """Return the amendment of a kind that waits for signatures: there is no second one beside it."""
        papers = self._loaded.agreements if self._loaded else ()
        return next((paper for paper in papers if paper.fields["state"] == AGREEMENT_DRAFT
                     and paper.fields.get("amendment") == amendment), None)

    def _say_amending(self) -> None:
        begin = (self.tr("起草补正"), self.tr("起草变更协议"))
        there = (self.tr("去看补正草稿"), self.tr("去看变更草稿"))
        for at, button in enumerate((self.correct, self.change)):
            button.setText(there[at] if self._draft_of(AMENDMENTS[at]) else begin[at])

    def _set_busy(self, busy: bool) -> None:
        """While a draft is being made none of the buttons makes another."""
        self._busy, self._made = busy, ""
        for button in (self.written, self.oral, self.correct, self.change):
            button.setEnabled(not busy)

    def _amend(self, amendment: str) -> None:
        """Begin a document that names the one in effect, and is signed like it; go to the draft where there is one."""
        assert self._loaded is not None
        draft, holds = self._draft_of(amendment), self._loaded.effective
        if draft is not None:
            self.chips.choose(draft.id)
        elif holds is not None:
            self._make(commands.amend_agreement, holds.id, amendment)

    def _begin(self, shape: str) -> None:
        assert self._loaded is not None
        self._make(commands.add_paper, "agreement", {"case_id": self._loaded.detail.row.id, "form": shape})

    def _make(self, command: Callable[..., Any], *arguments: Any) -> None:
        """Make a draft once, and show it when it is there."""
        if self._busy:
            return
        self._set_busy(True)
        case = self._loaded.detail.row.id if self._loaded else ""

        def made(change: Any) -> None:
            if self._loaded is not None and self._loaded.detail.row.id == case:
                self._made = change.created[0]
            self._reload()

        def refused(error: KnownError) -> None:
            self._set_busy(False)
            self._page.context.toast(error.text(), bad=True)

        self._page.context.runner.write(command, *arguments, initiator=self._page, on_done=made, on_error=refused)

    def _void(self) -> None:
        draft = self._chosen()
        if draft is not None:
            if self._writer is not None:
                self._writer.keep_now()
            ask_void(self._page, self, draft, self._reload)
