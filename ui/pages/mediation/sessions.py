"""调解记录: the sessions of a case to read, with what was said beside it; the open one is written in its room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.labels import field_word, state_tag, word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.mediation.correcting import ask_void, void_words
from ui.pages.mediation.loading import Loaded
from ui.pages.mediation.terms import offer_terms, terms_words
from ui.pages.mediation.unkept import Unkept
from ui.pages.values import joined, said, yuan
from ui.pages.work_detail import scrolled
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.chips import FilterChips
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact, Facts
from ui.widgets.header import Section
from ui.widgets.panes import Panes
from ui.widgets.states import Notice
from ui.widgets.tag import StateTag, Tone
from ui.widgets.timeline import Event, Timeline
from zzdesk.clock import from_iso
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import LOCKED, RUNNING, SESSION_OPEN

SHOWN: Final = ("started_at", "ended_at", "place", "spot", "mode", "recorder", "attendees", "unsigned_because")
_TONES: Final = {"proposal": Tone.INFO, "counter-proposal": Tone.WARNING, "notice": Tone.SUCCESS}


class Statements(Translated, QWidget):
    """What was said, newest first."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._names: dict[str, str] = {}
        self.head, self.timeline = Section(), Timeline()
        self.setLayout(column(self.head, self.timeline, gap=S, margins=(0, L, L, 0)))
        self.layout().setStretch(1, 1)

    def show_for(self, found: Loaded, session: Paper) -> None:
        """Show the statements of a session."""
        self._names = found.party_names()
        mine = [s for s in (found.file.statements if found.file else ()) if s.fields.get("session_id") == session.id]
        self.head.set_texts(self.tr("各方陈述"), str(len(mine) or ""))
        self.timeline.show_events([self._event(s) for s in reversed(mine)], self.tr("各方陈述"))

    def _event(self, statement: Paper) -> Event:
        fields = statement.fields
        who = self._names.get(fields.get("party_id", ""), fields.get("speaker", ""))
        kind, money = fields["statement_kind"], fields.get("amount")
        when = short_moment(from_iso(fields["created_at"]), self._page.context.now())
        title = joined(who, word("statement_kind", kind), yuan(str(money)) if money is not None else None)
        return Event(title, when, "", fields["text"], _TONES.get(kind, Tone.NEUTRAL))


class Sessions(Translated, QWidget):
    """One session at a time, chosen by chips; the newest first. An open one is written in its room."""

    def __init__(self, page: Page, begin: Callable[[], None], enter: Callable[[str], None],
                 reload: Callable[[], None]) -> None:
        super().__init__()
        self._page = page
        self._loaded: Loaded | None = None
        self.enter_button = Button("", "primary", "message-square", lambda: enter(self.chips.current))
        self.void_button = Button("", "link", on_click=lambda: self._void(reload))
        self.terms_button = Button("", "link", "pencil", lambda: self._mend(reload))
        self.files, self.unkept = Attachments(page, "session"), Unkept(page)
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._show_session())
        self.begin_button = Button("", "", "plus", begin)
        self._tag, self._facts, self._text = StateTag(), Facts(), Label(wrap=True)
        self.statements = Statements(page)
        self._content = Panes(self._reading(), self.statements, 264, 560)
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
        running = found.detail.row.state in RUNNING and found.may(self._page.context, "case.mediate")
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
            self.chips.current = ""
            self.chips.set_chips([])
            self._stack.setCurrentIndex(1)
            self._none.show_notice(
                self.tr("还没有调解记录"), self.tr("开始后边谈边记，打字停一下就保存在本机，断电也不丢。"),
                self.tr("开始一次调解") if running else "", self._begin, "message-square", "disabled")

    def retranslate(self) -> None:
        """Say everything again."""
        self.begin_button.setText(self.tr("再开一次调解"))
        self.enter_button.setText(self.tr("进入调解室"))
        self.void_button.setText(void_words())
        self.terms_button.setText(terms_words())
        if self._loaded is not None:
            self.show_for(self._loaded)

    def _reading(self) -> QWidget:
        holder = QWidget()
        top = row(self._tag, None, self.enter_button, gap=S)
        mending = row(self.terms_button, self.void_button, None, gap=S)
        parts = (top, self._facts, mending, self._text, self.unkept, self.files, None)
        holder.setLayout(column(*parts, gap=M, margins=(XL, L, 0, M)))
        return scrolled(holder)

    def _name(self, session: Paper, number: int) -> str:
        day = short_moment(from_iso(session.fields.get("started_at", session.fields["created_at"])),
                           self._page.context.now())
        return joined(self.tr("第 {n} 次").format(n=number), day)

    def _show_session(self) -> None:
        found, session = self._loaded, self._chosen()
        if found is None or session is None:
            return
        self._show_reading(found, session)
        self.statements.show_for(found, session)

    def _chosen(self) -> Paper | None:
        return next((s for s in self._loaded.sessions if s.id == self.chips.current), None) if self._loaded else None

    def _void(self, reload: Callable[[], None]) -> None:
        if (session := self._chosen()) is not None:
            ask_void(self._page, self, session, reload)

    def _mend(self, reload: Callable[[], None]) -> None:
        if (session := self._chosen()) is not None:
            offer_terms(self._page, self, session, reload)

    def _show_reading(self, found: Loaded, session: Paper) -> None:
        now, fields = self._page.context.now(), session.fields
        may = found.detail.row.state not in LOCKED and found.may(self._page.context, "case.mediate")
        for button in (self.enter_button, self.void_button):
            button.setVisible(may and fields["state"] == SESSION_OPEN)
        self.terms_button.setVisible(may)
        self._tag.show_tag(state_tag("session", fields["state"]))
        names = found.party_names()
        present = self.tr("、").join(names[party] for party in fields.get("present", ()) if party in names)
        facts = [Fact(field_word("session", name), said("session", name, fields.get(name), now)) for name in SHOWN]
        self._facts.show_facts([*facts, Fact(field_word("session", "present"), present),
                                Fact(field_word("session", "result"), word("result", fields.get("result")))])
        self._text.setText(str(fields.get("record", "")))
        self.unkept.show_of(session.id if found.detail.row.mine else "")
        self.files.setVisible(found.detail.row.mine)
        self.files.show_of(session.id, may_add=found.detail.row.mine)
