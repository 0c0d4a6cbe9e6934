"""The line at the bottom of the session room: who speaks, what it is, and what was said. Enter notes it with its time.

What is being typed is kept as a local draft within two seconds, so that neither a dead battery nor a crash takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.labels import word
from ui.pages.base import Page
from ui.theme.tokens import BODY, LINE_HEIGHT, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.chips import FilterChips
from zzdesk.desk import room
from zzdesk.desk.room import AGENT, MEDIATOR, OFFERS, Room
from zzdesk.errors import InvalidError, KnownError

KEEP_MS: Final = 1000
"""How long what is typed stays unkept at most; with the write it is within two seconds."""
KINDS: Final = (("statement", "C"), ("proposal", "F"), ("counter-proposal", "H"), ("evidence", "J"), ("notice", "G"),
                ("note", "B"))
"""Kinds of what is noted, each with the letter that chooses it together with Alt: the initial of its first syllable
(陈述 C, 方案 F, 还价 H, 举证 J, 告知 G, 备注 B)."""
_LINES: Final = 3


def money_of(text: str) -> str | None:
    """Return ``3200.00`` for an amount as it was typed, None for nothing, the text itself for what is no amount."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元").strip()
    if not plain:
        return None
    try:
        return str(Decimal(plain).quantize(Decimal("0.01")))
    except InvalidOperation:
        return plain


def in_front(said: str, later: str) -> str:
    """Return a sentence that was refused in front of what was typed after it; a draft may hold it already."""
    if later == said or later.startswith(f"{said}\n"):
        return later
    return f"{said}\n{later}" if later else said


class Saying(Translated, QWidget):
    """``noted`` after something was written down."""

    noted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._session = page, ""
        self._names: dict[str, str] = {}
        self.speakers, self.kinds = FilterChips(), FilterChips()
        self.text, self.amount = QPlainTextEdit(), QLineEdit()
        self.button = Button("", "primary", on_click=self.note)
        self.problem, self.saved, self._keys = Label(kind="problem", wrap=True), Label(kind="small"), Label(kind="small")
        self.text.setFixedHeight(round(_LINES * BODY * LINE_HEIGHT) + 16)
        self.text.setTabChangesFocus(True)
        self.amount.setMaxLength(16)
        self.amount.setFixedWidth(120)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._keep)
        self._wire()
        self.retranslate()

    def _lay_out(self) -> None:
        line = row(self.text, self.amount, self.button, gap=S)
        line.setStretch(0, 1)
        for widget in (self.amount, self.button):
            line.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        foot = row(self._keys, None, self.saved, gap=M)
        self.setLayout(column(self.speakers, self.kinds, line, self.problem, foot, gap=S))
        self.problem.hide()

    def _wire(self) -> None:
        for edit in (self.text, self.amount):
            edit.installEventFilter(self)
            edit.textChanged.connect(self._edited)
        self.speakers.chosen.connect(lambda _: self._edited())
        self.kinds.chosen.connect(lambda _: self._kind_chosen())
        for number in range(1, 10):
            self._key(f"Alt+{number}", lambda number=number: self.choose_speaker(number))
        for kind, letter in KINDS:
            self._key(f"Alt+{letter}", lambda kind=kind: self.choose_kind(kind))

    def _key(self, keys: str, action: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self, action, context=Qt.ShortcutContext.WindowShortcut)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def show_for(self, found: Room) -> None:
        """Offer those who may speak; another session brings its own draft."""
        self._names = speakers_of(found)
        self._say_chips()
        if found.session.id != self._session:
            self.keep_now()
            self._session = found.session.id
            self._set({})
            self.saved.setText("")
            draft = self._draft
            self._page.context.drafts.load(draft, lambda kept: self._restore(draft, kept))

    def retranslate(self) -> None:
        """Say everything again."""
        self._say_chips()
        self.button.setText(self.tr("记下"))
        self.button.setToolTip("Enter")
        self.text.setPlaceholderText(self.tr("说了什么。Enter 记下，Shift+Enter 换行"))
        self.text.setAccessibleName(self.tr("说了什么"))
        self.amount.setPlaceholderText(self.tr("金额（元）"))
        self.amount.setAccessibleName(self.tr("方案金额（元）"))
        self._keys.setText(self.tr("Alt+数字换人，Alt+字母换类型"))

    def _say_chips(self) -> None:
        self.speakers.set_chips([(key, f"{at + 1} {name}") for at, (key, name) in enumerate(self._names.items())])
        self.kinds.set_chips([(kind, f"{letter} {word('statement_kind', kind)}") for kind, letter in KINDS])
        self._show_amount()

    def _show_amount(self) -> None:
        self.amount.setVisible(self.kinds.current in OFFERS)

    # ---- what is done ----------------------------------------------------------------------------------------

    def choose_speaker(self, number: int) -> None:
        """Let the person with this number speak, counted from 1."""
        keys = list(self._names)
        if number <= len(keys):
            self.speakers.choose(keys[number - 1])
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_kind(self, kind: str) -> None:
        """Choose what is noted."""
        self.kinds.choose(kind)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def note(self) -> None:
        """Write down what was said; the line is free for the next sentence at once."""
        said = self._now()
        if not said["text"].strip():
            self._complain(self.tr("还没有写内容"))
            self.text.setFocus()
            return
        self._timer.stop()
        self._set({"speaker": said["speaker"], "kind": "statement"})
        amount = money_of(said["amount"]) if said["kind"] in OFFERS else None
        draft = self._draft
        self._page.context.runner.write(
            room.say, self._session, said["speaker"], said["kind"], said["text"].strip(), amount, draft=draft,
            initiator=self._page, on_done=lambda _: self._noted(draft),
            on_error=lambda error: self._refused(draft, error, said))

    def keep_now(self) -> None:
        """Keep what has not been kept yet: the screen is about to be locked or the window closed."""
        if self._timer.isActive():
            self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter notes; with Shift it breaks the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.note()
                return True
        return False

    # ---- the draft -------------------------------------------------------------------------------------------

    @property
    def _draft(self) -> str:
        return f"session/{self._session}/saying"

    def _now(self) -> dict[str, str]:
        return {"speaker": self.speakers.current, "kind": self.kinds.current or "statement",
                "text": self.text.toPlainText(), "amount": self.amount.text()}

    def _set(self, said: dict[str, Any]) -> None:
        for edit in (self.text, self.amount):
            edit.blockSignals(True)
        self.text.setPlainText(said.get("text", ""))
        self.amount.setText(said.get("amount", ""))
        for edit in (self.text, self.amount):
            edit.blockSignals(False)
        if said.get("speaker") in self._names:
            self.speakers.mark(str(said["speaker"]))
        self.kinds.mark(said.get("kind", "statement"))
        self._show_amount()
        self._complain("")

    def _restore(self, draft: str, kept: dict[str, Any] | None) -> None:
        """Show what was kept for a session, unless another one is shown by now: words stay in their own case."""
        if draft == self._draft and kept and not self.text.toPlainText():
            self._set(kept)
            self.saved.setText(self.tr("已恢复没有记完的一句"))

    def _kind_chosen(self) -> None:
        self._show_amount()
        self._edited()

    def _edited(self) -> None:
        self._complain("")
        if self._session and not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self._timer.stop()
        now = self._now()
        typed = now["text"].strip() or now["amount"].strip()
        self._page.context.drafts.save(self._draft, now if typed else {})
        self.saved.setText(self.tr("没记完的一句已保存在本机") if typed else "")

    def _noted(self, draft: str) -> None:
        if draft == self._draft:
            self.saved.setText(self.tr("已记下，已保存在本机"))
            self.noted.emit()

    def _refused(self, draft: str, error: KnownError, said: dict[str, str]) -> None:
        """Give the sentence back where it was said: in the line, or in the draft of a session that was left meanwhile."""
        why = error.problems[0].text() if isinstance(error, InvalidError) else error.text()
        if draft == self._draft:
            self._give_back(said, self.text.toPlainText(), why)
            return
        self._page.context.toast(why, bad=True)
        self._page.context.drafts.load(draft, lambda kept: self._put_aside(draft, said, kept or {}, why))

    def _put_aside(self, draft: str, said: dict[str, str], kept: dict[str, Any], why: str) -> None:
        """Keep a refused sentence in its own draft, in front of what was typed there after it."""
        later = str(kept.get("text") or "")
        if draft == self._draft:  # its session is shown again
            self._give_back(said, self.text.toPlainText() or later, why)
            return
        self._page.context.drafts.save(draft, said | {"text": in_front(said["text"], later)})

    def _give_back(self, said: dict[str, str], later: str, why: str) -> None:
        self._set(said | {"text": in_front(said["text"], later)})
        self._complain(why)
        self._keep()

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def speakers_of(found: Room) -> dict[str, str]:
    """Return who may speak, by key, with the name as it is shown: parties, their agents, guests who are there, ourselves."""
    names: dict[str, str] = {}
    for party in found.present:
        names[party.id] = f"{word('party_role', party.fields['role'])} {party.fields['name']}"
        if room.has_agent(party.fields, found.today):
            names[AGENT + party.id] = f"{word('speaker', 'agent')} {party.fields['agent_name']}"
    for guest in found.guests:
        if guest.id in (found.session.fields.get("invited") or ()) and guest.id in found.welcome:
            names[guest.id] = f"{word('capacity', guest.fields['capacity'])} {guest.fields['name']}"
    names[MEDIATOR] = word("speaker", MEDIATOR)
    return names
