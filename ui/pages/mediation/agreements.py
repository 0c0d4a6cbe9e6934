"""协议: what the parties agreed, and what makes it effective: all signatures, the mediator's, the seal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.labels import field_word, state_tag, word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.mediation.forms import agreement_fields
from ui.pages.mediation.loading import Loaded
from ui.pages.mediation.writing import Writer
from ui.pages.values import joined, said
from ui.pages.work_detail import scrolled
from ui.theme.tokens import L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated, column, row
from ui.widgets.facts import Fact, Facts
from ui.widgets.states import Notice
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import AGREEMENT_DRAFT, LOCKED, RUNNING

SHOWN: Final = ("facts", "issues", "responsibility", "content", "performance", "perform_by", "amount", "reached_at",
                "effective_at", "copies", "confirm_by", "confirm_until", "content_hash")


class Agreements(Translated, QWidget):
    """The last agreement of a case: its draft to write, or the effective one to read."""

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
        self._facts = Facts()
        self.files = Attachments(page, "agreement")
        self._state, self._form_tag = StateTag(), StateTag()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._reading())
        self.setLayout(column(self._stack))
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show the agreement of a case."""
        self._loaded = found
        last = found.agreements[-1] if found.agreements else None
        may = self._page.context.may("case.mediate")
        if last is None:
            self._drop_writer()
            self._show_nothing(may and found.detail.row.state in RUNNING)
        elif last.fields["state"] == AGREEMENT_DRAFT and may and last.id in found.writing:
            self._show_writer(last, found.writing[last.id])
        else:
            self._drop_writer()
            self._show_reading(last)

    def retranslate(self) -> None:
        """Say everything again."""
        self.written.setText(self.tr("起草书面协议"))
        self.oral.setText(self.tr("登记口头协议"))
        self.change.setText(self.tr("起草变更协议"))
        self.correct.setText(self.tr("起草补正"))
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
        now, fields = self._page.context.now(), agreement.fields
        self._state.show_tag(state_tag("agreement", fields["state"]))
        amendment = word("amendment", fields["amendment"]) if "amendment" in fields else ""
        self._form_tag.show_tag(Tag(joined(word("form", fields["form"]), amendment)))
        may = self._page.context.may("case.mediate") and "effective_at" in fields
        for button in (self.change, self.correct):
            button.setVisible(may and self._loaded is not None and self._loaded.detail.row.state not in LOCKED)
        confirm = fields.get("confirm_by")
        self._banner.show_text(
            self.tr("双方可共同向法院申请司法确认，{day} 前最稳妥（人民调解法第三十三条）；"
                    "对履行有争议的，可以向法院起诉（第三十二条）。").format(day=confirm) if confirm else "", Tone.INFO)
        self._facts.show_facts([Fact(field_word("agreement", name), said("agreement", name, fields.get(name), now))
                                for name in SHOWN])
        self.files.show_of(agreement.id)
        self._stack.setCurrentIndex(1)

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
        agreement_fields(writer, agreement.fields["form"], self._loaded.party_names())
        writer.finished.connect(lambda _: writer.act(
            "take-effect", self.tr("协议已生效。已保存在本机，尚未送达中心。"), self._reload))
        return writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.keep_now()
            self._stack.removeWidget(self._writer)
            self._writer.deleteLater()
            self._writer = None

    def _amend(self, amendment: str) -> None:
        """Begin a document that names the one in effect, and is signed like it."""
        assert self._loaded is not None
        self._page.context.runner.write(
            commands.amend_agreement, self._loaded.agreements[-1].id, amendment, initiator=self._page,
            on_done=lambda _: self._reload(), on_error=lambda error: self._page.context.toast(error.text(), bad=True))

    def _begin(self, shape: str) -> None:
        assert self._loaded is not None
        fields = {"case_id": self._loaded.detail.row.id, "form": shape}
        self._page.context.runner.write(
            commands.add_paper, "agreement", fields, initiator=self._page, on_done=lambda _: self._reload(),
            on_error=lambda error: self._page.context.toast(error.text(), bad=True))
