"""调解记录: the sessions of a case; the open one is written here, with statements as timed notes beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.labels import codes, field_word, state_tag, word
from ui.pages.base import Page
from ui.pages.mediation.loading import Loaded
from ui.pages.mediation.writing import Writer
from ui.pages.values import joined, said
from ui.pages.work_detail import scrolled
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.chips import FilterChips
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact, Facts
from ui.widgets.fields import CheckField, ChoiceField, LongTextField
from ui.widgets.header import Section
from ui.widgets.panes import Panes
from ui.widgets.record_form import RecordForm
from ui.widgets.states import Notice
from ui.widgets.tag import StateTag, Tone
from ui.widgets.timeline import Event, Timeline
from zzdesk.clock import from_iso
from zzdesk.errors import KnownError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import RUNNING, SESSION_OPEN

SHOWN: Final = ("started_at", "ended_at", "place", "recorder", "attendees")
_TONES: Final = {"proposal": Tone.INFO, "counter-proposal": Tone.WARNING, "notice": Tone.SUCCESS}


class Statements(Translated, QWidget):
    """What was said, newest first, and a line to write down the next."""

    def __init__(self, page: Page, done: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._done = page, done
        self._session = ""
        self._names: dict[str, str] = {}
        self.head, self.timeline = Section(), Timeline()
        self.form = RecordForm(lambda: self.tr("记下"), key="statement", drafts=None, scroll=False,
                               start=lambda: {"statement_kind": "statement"})
        self.form.add(
            ChoiceField("party_id", lambda: self.tr("谁说的"), (), lambda code: self._names.get(code, code)),
            ChoiceField("statement_kind", lambda: field_word("statement", "statement_kind"), codes("statement_kind"),
                        lambda c: word("statement_kind", c), empty=False))
        self.form.add(LongTextField("text", lambda: self.tr("说了什么"), lines=2, required=True))
        self.form.finished.connect(self._add)
        self.setLayout(column(self.head, self.form, self.timeline, gap=S, margins=(0, L, L, 0)))
        self.layout().setStretch(2, 1)

    def show_for(self, found: Loaded, session: Paper) -> None:
        """Show the statements of a session."""
        self._names = found.party_names()
        field = self.form.fields["party_id"]
        assert isinstance(field, ChoiceField)
        field.set_choices(tuple(self._names))
        if session.id != self._session:
            self._session = session.id
            self.form.begin()
        self.form.setVisible(session.fields["state"] == SESSION_OPEN)
        mine = [s for s in (found.file.statements if found.file else ()) if s.fields.get("session_id") == session.id]
        self.head.set_texts(self.tr("各方陈述"), str(len(mine) or ""))
        self.timeline.show_events([self._event(s) for s in reversed(mine)], self.tr("各方陈述"))

    def _event(self, statement: Paper) -> Event:
        fields = statement.fields
        who = self._names.get(fields.get("party_id", ""), fields.get("speaker", ""))
        kind = fields["statement_kind"]
        when = short_moment(from_iso(fields["created_at"]), self._page.context.now())
        return Event(joined(who, word("statement_kind", kind)), when, "", fields["text"], _TONES.get(kind, Tone.NEUTRAL))

    def _add(self, values: dict[str, Any]) -> None:
        def done(_: Any) -> None:
            kept = {key: values[key] for key in ("party_id", "statement_kind") if key in values}
            self.form.set_busy(False)
            self.form.set_values(kept)
            self.form.fields["text"].control.setFocus()
            self._done()

        self.form.set_busy(True)
        self._page.context.runner.write(
            commands.add_paper, "statement", values | {"session_id": self._session}, initiator=self._page,
            on_done=done, on_error=self.form.show_error)


class Sessions(Translated, QWidget):
    """One session at a time, chosen by chips; the newest first."""

    def __init__(self, page: Page, begin: Callable[[], None], reload: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._reload = page, reload
        self._loaded: Loaded | None = None
        self._writer: Writer | None = None
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._show_session())
        self.begin_button = Button("", "", "plus", begin)
        self._tag, self._facts, self._text = StateTag(), Facts(), Label(wrap=True)
        self.statements = Statements(page, reload)
        self._left = QStackedWidget()
        self._left.addWidget(self._reading())
        self._content = Panes(self._left, self.statements, 264, 560)
        self._none = Notice()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._none)
        head = row(self.chips, self.begin_button, gap=S, margins=(XL, M, L, 0))
        head.setStretch(0, 1)
        self.setLayout(column(head, self._stack, gap=0))
        self.layout().setStretch(1, 1)
        self._begin = begin
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show the sessions of a case."""
        self._loaded = found
        running = found.detail.row.state in RUNNING and self._page.context.may("case.mediate")
        opened = any(s.fields["state"] == SESSION_OPEN for s in found.sessions)
        self.begin_button.setVisible(running and not opened and bool(found.sessions))
        newest = list(reversed(found.sessions))
        if newest:
            keys = [s.id for s in newest]
            if self.chips.current not in keys:
                self.chips.current = keys[0]
            self.chips.set_chips([(s.id, self._name(s, len(newest) - at)) for at, s in enumerate(newest)])
            self._stack.setCurrentIndex(0)
            self._show_session()
        else:
            self._drop_writer()
            self.chips.current = ""
            self.chips.set_chips([])
            self._stack.setCurrentIndex(1)
            self._none.show_notice(
                self.tr("还没有调解记录"), self.tr("开始后边谈边记，打字停一下就保存在本机，断电也不丢。"),
                self.tr("开始一次调解") if running else "", self._begin, "message-square", "disabled")

    def retranslate(self) -> None:
        """Say everything again."""
        self.begin_button.setText(self.tr("再开一次调解"))
        if self._loaded is not None:
            self.show_for(self._loaded)

    @property
    def writer(self) -> Writer | None:
        """The record that is being written, if the session on the screen is open."""
        return self._writer

    def _reading(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(row(self._tag, None), self._facts, self._text, None, gap=M, margins=(XL, L, 0, M)))
        return scrolled(holder)

    def _name(self, session: Paper, number: int) -> str:
        day = short_moment(from_iso(session.fields.get("started_at", session.fields["created_at"])),
                           self._page.context.now())
        return joined(self.tr("第 {n} 次").format(n=number), day)

    def _show_session(self) -> None:
        found = self._loaded
        session = next((s for s in found.sessions if s.id == self.chips.current), None) if found else None
        if found is None or session is None:
            return
        if session.fields["state"] == SESSION_OPEN and session.id in found.writing:
            self._show_writer(session, found.writing[session.id])
        else:
            self._show_reading(found, session)
        self.statements.show_for(found, session)

    def _show_reading(self, found: Loaded, session: Paper) -> None:
        self._drop_writer()
        now, fields = self._page.context.now(), session.fields
        self._tag.show_tag(state_tag("session", fields["state"]))
        names = found.party_names()
        present = self.tr("、").join(names[party] for party in fields.get("present", ()) if party in names)
        facts = [Fact(field_word("session", name), said("session", name, fields.get(name), now)) for name in SHOWN]
        self._facts.show_facts([*facts, Fact(field_word("session", "present"), present),
                                Fact(field_word("session", "result"), word("result", fields.get("result")))])
        self._text.setText(str(fields.get("record", "")))
        self._left.setCurrentIndex(0)

    def _show_writer(self, session: Paper, stored: dict[str, Any]) -> None:
        if self._writer is None or self._writer.paper_id != session.id:
            self._drop_writer()
            self._writer = self._make_writer(session)
            self._left.addWidget(self._writer)
        self._writer.show_stored(stored)
        self._left.setCurrentWidget(self._writer)

    def _make_writer(self, session: Paper) -> Writer:
        writer = Writer(self._page, "session", session.id, lambda: self.tr("结束本次调解"))
        writer.add(LongTextField("record", lambda: field_word("session", "record"), lines=8,
                                 help=lambda: self.tr("告知、各方陈述、调查、风险、协议或不成的原因；停一下就保存。")))
        writer.add(ChoiceField("result", lambda: field_word("session", "result"), codes("result"),
                               lambda c: word("result", c), required=True))
        writer.add(CheckField("read_back", lambda: self.tr("已向双方宣读并核对")))
        writer.finished.connect(lambda _: writer.act("close", self.tr("本次调解已结束，记录已定稿。"), self._reload))
        return writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.keep_now()
            self._left.removeWidget(self._writer)
            self._writer.deleteLater()
            self._writer = None

    def refused(self, error: KnownError) -> None:
        """Say why something was not done."""
        self._page.context.toast(error.text(), bad=True)
