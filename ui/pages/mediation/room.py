"""The session room: one page for a running session, for a laptop on a kitchen table; everything by keyboard.

记录 notes what is said, 宣读 puts it into a record that is read out, 签名 takes the signatures and ends the session.
What the law asks for first (告知) stands over everything as the one next action while it is missing.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.labels import word
from ui.pages.base import Page
from ui.pages.mediation.beside import Beside
from ui.pages.mediation.danger import Danger
from ui.pages.mediation.notices import NoticeBar
from ui.pages.mediation.reading import Reading, Signing
from ui.pages.mediation.recording import KEYS
from ui.pages.mediation.saying import Saying
from ui.pages.mediation.terms import offer_terms, terms_words
from ui.pages.values import joined, yuan
from ui.runner import Task
from ui.theme import set_kind
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, ElidedLabel, Label, Translated, card, column, icon_button, line, row
from ui.widgets.dates import CHINA, short_moment
from ui.widgets.dialogs import ask_reason
from ui.widgets.large_text import show_large
from ui.widgets.panes import Panes
from ui.widgets.states import StateStack
from ui.widgets.tag import StateTag, Tag, Tone
from ui.widgets.timeline import Event, Timeline
from zzdesk.clock import from_iso
from zzdesk.desk import room
from zzdesk.desk.room import NOTICE, READING, RECORD, SIGNING, Room
from zzdesk.errors import KnownError, NotFoundError
from zzdesk.i18n import translate as say
from zzdesk.mediation.queries import Paper

STEPS: Final = (RECORD, READING, SIGNING)
TONES: Final = {"proposal": Tone.INFO, "counter-proposal": Tone.WARNING, "notice": Tone.SUCCESS, "evidence": Tone.SUCCESS}
SIDE_WIDTH: Final = 320
NARROW: Final = 760


class Notes(Translated, QWidget):
    """What was said so far, oldest first, and the line that notes the next."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._room = page, None  # type: Page, Room | None
        self.timeline, self.saying = Timeline(), Saying(page)
        bar = self.timeline.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, last: bar.setValue(last))
        box = card()
        box.setLayout(column(self.saying, margins=M))
        self.setLayout(column(self.timeline, box, gap=S, margins=(L, M, 0, L)))
        self.layout().setStretch(0, 1)

    def show_for(self, found: Room) -> None:
        """Show a session; the view follows the last sentence."""
        self._room = found
        self.saying.show_for(found)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        if self._room is not None:
            events = [self._event(each) for each in self._room.statements]
            self.timeline.show_events(events, self.tr("本次调解记下的话"))

    def large(self) -> str:
        """Return everything that was noted, as it is shown to the people at the table."""
        found = self._room
        events = [self._event(each) for each in found.statements] if found is not None else []
        return "\n\n".join(f"{event.when}  {event.title}\n{event.note}" for event in events)

    def _event(self, said: Paper) -> Event:
        assert self._room is not None
        fields = said.fields
        names = {p.id: f"{word('party_role', p.fields['role'])} {p.fields['name']}" for p in self._room.parties}
        who = names.get(fields.get("party_id", ""), "")
        if fields.get("speaker"):
            who = f"{who}（{fields['speaker']}）" if who else str(fields["speaker"])
        kind, money = str(fields["statement_kind"]), fields.get("amount")
        title = joined(who, word("statement_kind", kind), yuan(str(money)) if money is not None else None)
        when = f"{from_iso(fields['created_at']).astimezone(CHINA):%H:%M}"
        return Event(title, when, "", fields["text"], TONES.get(kind, Tone.NEUTRAL))


class SessionRoom(Translated, QWidget):
    """``left`` when the person goes back to the file of the case; ``worked`` after something was written."""

    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        set_kind(self, "page")
        self.page, self.session_id = page, ""
        self.found: Room | None = None
        self._task: Task | None = None
        self._head_parts()
        self.notice = NoticeBar(page, self.refresh)
        self.danger = Danger(page, self.refresh)
        self.tabs, self.steps = QTabBar(), QStackedWidget()
        self.notes, self.beside = Notes(page), Beside(page)
        self.reading, self.signing = Reading(page, self.refresh), Signing(page, self.refresh, self.go_to)
        self.next = Button("", "primary", on_click=self.go_on)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_step)
        self.notes.saying.noted.connect(self.refresh)
        self.recording = self.beside.recording
        self.recording.deck.changed.connect(self._show_sound)
        for keys, action in (("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("Alt+L", self.show_large),
                             (KEYS, self.recording.switch)):
            QShortcut(QKeySequence(keys), self, action, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    # ---- building --------------------------------------------------------------------------------------------

    def _head_parts(self) -> None:
        self.back = Button("", "quiet", "chevron-left", self.leave)
        self.title, self.place, self.state = ElidedLabel(kind="title"), Label(kind="small"), StateTag()
        self.sounding = StateTag()
        self.mend = icon_button("pencil", on_click=self._mend)
        self.large = Button("", "", "eye", self.show_large)
        self.alarm = Button("", "danger", "phone", lambda: self.danger.ask(self.found))

    def _lay_out(self) -> None:
        parts = (self.back, self.title, self.sounding, self.state, self.place, self.mend, self.large, self.alarm)
        head = row(*parts, gap=M, margins=(S, S, L, S))
        head.setStretch(1, 1)
        for _ in STEPS:
            self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for part in (self.notes, self.reading, self.signing):
            self.steps.addWidget(part)
        middle = QWidget()
        foot = row(None, self.next, gap=M, margins=(L, S, L, M))
        middle.setLayout(column(self.tabs, line(), self.steps, foot, gap=0))
        middle.layout().setStretch(2, 1)
        body = card()
        body.setLayout(column(Panes(middle, self.beside, SIDE_WIDTH, NARROW), gap=0, margins=1))
        whole = QWidget()
        whole.setLayout(column(self.notice, body, gap=S))
        whole.layout().setStretch(1, 1)
        self.stack = StateStack(whole)
        self.setLayout(column(head, self.stack, gap=0))
        self.layout().setStretch(1, 1)

    # ---- showing ---------------------------------------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Show the room of a session; what is recorded in another one ends."""
        if session_id != self.session_id:
            self.recording.leave()
        self.session_id, self.found = session_id, None
        self.tabs.setCurrentIndex(0)
        self.stack.show_loading()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the session as it is now."""
        if not self.session_id:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self.page.context.runner.read(room.room, self.session_id, on_done=self._show, on_error=self._failed,
                                                   owner=self)

    def leave(self) -> None:
        """Go back to the file; nothing that was typed is lost."""
        self.notes.saying.keep_now()
        self.reading.drop()
        self.recording.leave()
        self.session_id, self.found = "", None
        self.left.emit()

    def keep_now(self) -> None:
        """Keep what has not been kept yet; what is being recorded ends."""
        self.notes.saying.keep_now()
        self.reading.keep_now()
        self.recording.deck.stop()

    def go_to(self, where: str) -> None:
        """Go where something is done; what the law asks for first has its own button over everything."""
        if where == NOTICE:
            self.notice.button.setFocus()
        else:
            self.tabs.setCurrentIndex(STEPS.index(where))

    def go_on(self) -> None:
        """Do the next: from the record to reading out, to signing, to the end."""
        at = self.tabs.currentIndex()
        if at + 1 < len(STEPS):
            self.reading.keep(self.refresh)
            self.tabs.setCurrentIndex(at + 1)
        else:
            self.reading.keep(self._close)

    def show_large(self) -> None:
        """Show what was noted in large type."""
        show_large(self, self.tr("调解记录"), self.notes.large() or self.tr("还没有记下任何陈述"))

    def retranslate(self) -> None:
        """Say everything again."""
        self.back.setText(self.tr("返回案卷"))
        self.large.setText(self.tr("大字"))
        self.mend.setToolTip(terms_words())
        self.mend.setAccessibleName(terms_words())
        self.large.setToolTip("Alt+L")
        self.alarm.setText(self.tr("有动手危险…"))
        for at, text in enumerate((self.tr("1 记录"), self.tr("2 宣读"), self.tr("3 签名"))):
            self.tabs.setTabText(at, text)
        self.tabs.setAccessibleName(self.tr("调解的各步"))
        if self.found is not None:
            self._show(self.found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the file."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is recorded in a room that cannot be seen; what covers the whole window changes nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.recording.deck.pause(self.tr("离开了调解室，录音已暂停。"))

    def _show_sound(self) -> None:
        self.sounding.show_tag(self.recording.running_tag())

    def _show(self, found: Room) -> None:
        if found.session.id != self.session_id:
            return
        fresh, self.found = self.found is None, found
        self._show_head(found)
        if not found.open:
            self.reading.drop()
            self.recording.deck.stop()
            self._show_closed(found)
            return
        self.notice.show_for(found)
        self.beside.show_for(found)
        for part in (self.notes, self.reading, self.signing):
            part.show_for(found)  # type: ignore[attr-defined]
        self.stack.show_content()
        self._show_step(self.tabs.currentIndex())
        if fresh:
            (self.notice.button if self.notice.needed else self.notes.saying.text).setFocus()

    def _show_head(self, found: Room) -> None:
        fields = found.session.fields
        number = self.tr("第 {n} 次调解").format(n=found.number)
        self.title.set_text(joined(found.case.row.number, found.title, number))
        begun = fields.get("started_at")
        when = short_moment(from_iso(begun), self.page.context.now()) if begun else None
        self.place.setText(joined(str(fields.get("place") or ""), when))
        called = bool(found.case.fields.get("police_called_at"))
        self.state.show_tag(Tag("▲ " + self.tr("已报110"), Tone.DANGER) if called else None)
        self.alarm.setEnabled(not called)
        self.mend.setVisible(found.open)

    def _mend(self) -> None:
        if self.found is not None:
            offer_terms(self.page, self, self.found.session, self.refresh)

    def _show_closed(self, found: Room) -> None:
        """Closed by a colleague, or the case has ended: nothing can be written any more, and why."""
        if found.session.fields["state"] == "closed":
            title, text = self.tr("这次调解已经结束"), self.tr("记录已经定稿，在案卷的“调解记录”里查看。")
        elif found.case.row.state == "refused":
            title, text = self.tr("调解已经停止"), self.tr("当事人一方已明确拒绝调解，不得调解（人民调解法第十七条）。")
        else:
            title, text = self.tr("这件纠纷已经结束"), self.tr("不能再记录。记下的都在案卷里。")
        self.stack.notice.show_notice(title, text, self.tr("返回案卷"), self.leave, "lock", "disabled")
        self.stack.setCurrentWidget(self.stack.notice)
        self.stack.notice.button.setFocus()

    def _show_step(self, at: int) -> None:
        self.steps.setCurrentIndex(at)
        words = (self.tr("下一步：宣读"), self.tr("下一步：签名"), self.tr("结束本次调解"))
        self.next.setText(words[at])
        self.next.setToolTip("Ctrl+Enter")
        set_kind(self.next, "" if self.notice.needed and at + 1 < len(STEPS) else "primary")

    def _failed(self, error: KnownError) -> None:
        if isinstance(error, NotFoundError):
            self.recording.deck.lose()  # the centre took the case back: nobody may go on to listen
        self.stack.show_error(self.tr("打不开这次调解"), error.text(), self.tr("再试一次"), self.refresh)

    # ---- the end ---------------------------------------------------------------------------------------------

    def _close(self) -> None:
        """Close the session; the first thing that is missing is shown where it is done."""
        self.page.context.runner.read(room.room, self.session_id, on_done=self._may_close, on_error=self._failed, owner=self)

    def _may_close(self, found: Room) -> None:
        self._show(found)
        lacking = room.lacks(found)
        hard = [lack for lack in lacking if not lack.soft]
        if hard:
            self.go_to(hard[0].where)
            self.page.context.toast(say(hard[0].text), bad=True)
            return
        reason = ""
        if lacking:
            reason = ask_reason(self, self.tr("还有人没有签名"), self.tr("写明谁为什么没有签、谁在场见证；原因会写进这次记录。"),
                                self.tr("结束本次调解"))
            if not reason:
                return
        self.page.context.runner.write(room.close, found.session.id, reason, initiator=self.page, on_done=self._closed,
                                       on_error=self._refused)

    def _closed(self, _: Any) -> None:
        self.page.context.toast(self.tr("本次调解已结束，记录已定稿。"))
        self.leave()

    def _refused(self, error: KnownError) -> None:
        """A guard of the law: its words, with the article, stand over the room."""
        self.page.context.toast(error.text(), bad=True)
        self.notice.refuse(error.text())


