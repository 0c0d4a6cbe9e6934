"""One operation: what was written, where it stands and why, and what may be done about it now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from ui.context import Context
from ui.labels import kind_word
from ui.pages.sync.amend import AmendSheet, NoteSheet
from ui.pages.sync.sheet import OperationSheet
from ui.pages.sync.words import changes, reason, standing, verb_word
from ui.pages.values import joined
from ui.widgets.base import Button
from ui.widgets.dates import full_moment
from ui.widgets.dialogs import ask_reason
from ui.widgets.facts import Fact
from ui.widgets.tag import Tone
from zzdesk.errors import KnownError

STEPS = ("amend", "retry", "withdraw", "amendment", "discard")


class OperationView(OperationSheet):
    """Shows an operation; ``dealt_with(sentence)`` after something was done about it."""

    dealt_with = Signal(str)
    withdrawn = Signal(str)
    """After the centre has given something back; the next exchange brings its answer."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.operation: Any = None
        self.buttons = {key: Button("", "", icon, self._act(key)) for key, icon in
                        {"amend": "pencil", "retry": "rotate-ccw", "withdraw": "undo-2", "amendment": "file-text",
                         "discard": "trash-2", "open": "arrow-right"}.items()}
        self.lay_out(*(self.buttons[key] for key in STEPS), None, self.buttons["open"])
        self.retranslate()

    def show_operation(self, found: Any) -> None:
        """Show an operation."""
        self.operation = found
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        words = {"amend": self.tr("改好再送…"), "retry": self.tr("再送一次"), "withdraw": self.tr("撤回…"),
                 "amendment": self.tr("另立补充…"),
                 "discard": self.tr("放弃…"), "open": self.tr("打开记录")}
        for key, button in self.buttons.items():
            button.setText(words[key])
        self._written.setText(self.tr("写了什么"))
        if self.operation is not None:
            self._show(self.operation)

    def first_focus(self) -> None:
        """Put the cursor on what is to be done."""
        next(button for button in self.buttons.values() if not button.isHidden()).setFocus()

    def _show(self, found: Any) -> None:
        row_, now = found.row, self._context.now()
        self.title.setText(row_.title or kind_word(row_.kind))
        self._about.setText(joined(kind_word(row_.kind), verb_word(row_.verb), full_moment(row_.made_at)))
        self._tag.show_tag(standing(row_))
        self._show_why(found)
        facts = changes(row_.kind, found.fields, now)
        if found.reason:
            facts.append(Fact(self.tr("理由"), found.reason))
        self.show_facts(facts)
        for key in STEPS:
            self.buttons[key].setVisible(key in found.next_steps)
            set_main(self.buttons[key], key == (found.next_steps or ("",))[0])

    def _show_why(self, found: Any) -> None:
        why = reason(found.row, self._context.exchange.online)
        text = joined(why.what) + ("\n" + why.next if why.next else "")
        if found.dropped_because and found.row.state == "dropped":
            text = self.tr("已放弃：{why}。内容还留着，可以查看。").format(why=found.dropped_because)
        elif found.replaced_by:
            text = self.tr("已改过重送，新的一项在待送达或已送达里。")
        if len(found.group) > 1 and found.row.state == "parked":
            text += "\n" + self.tr("同一次保存的 {n} 项会一起处理。").format(n=len(found.group))
        tone = Tone.WARNING if found.row.state == "parked" else Tone.INFO
        self.why.show_text(text.strip(), tone)

    def _act(self, key: str) -> Callable[[], None]:
        return {"amend": self._amend, "retry": self._retry, "withdraw": self._withdraw, "amendment": self._add_note,
                "discard": self._discard, "open": self._open}[key]

    def _amend(self) -> None:
        from zzdesk.desk.outbox import amend

        sheet = AmendSheet(self.window(), self._context, self.operation)
        sheet.run(amend)
        if sheet.sent:
            self.dealt_with.emit(self.tr("已改好，会随下次同步送出"))

    def _add_note(self) -> None:
        from zzdesk.desk.outbox import propose_amendment

        sheet = NoteSheet(self.window(), self._context, self.operation)
        sheet.run(propose_amendment)
        if sheet.sent:
            self.dealt_with.emit(self.tr("补充已写下，会随下次同步送出"))

    def _retry(self) -> None:
        from zzdesk.desk.commands import retry

        self._do(self.tr("会随下次同步再送一次"), retry, self.operation.row.op_id)

    def _withdraw(self) -> None:
        """Take it back from the centre, where it waits for a decision; then it can be changed or dropped like any other."""
        told = self.tr("中心不再等人决定，也不会让它生效；写下的内容还在本机，可以改好再送，或者放弃。")
        why = ask_reason(self, self.tr("撤回这一项"), told, self.tr("撤回"))
        if not why:
            return
        self.buttons["withdraw"].setEnabled(False)

        def done(_: Any) -> None:
            self.buttons["withdraw"].setEnabled(True)
            self.withdrawn.emit(self.tr("已撤回，内容还在本机"))

        def refused(error: KnownError) -> None:
            self.buttons["withdraw"].setEnabled(True)
            self._refused(error)

        self._context.exchange.withdraw(self.operation.row.op_id, why, done, refused, self)

    def _discard(self) -> None:
        from zzdesk.desk.outbox import discard

        why = ask_reason(self, self.tr("放弃这一项"), self.tr("中心不会收到它；写下的内容还留在本机，可以查看。"),
                         self.tr("放弃"), danger=True)
        if why:
            self._do(self.tr("已放弃，内容还留着"), discard, self.operation.row.op_id, why)

    def _do(self, sentence: str, command: Callable[..., Any], *arguments: Any) -> None:
        self._context.runner.write(command, *arguments, initiator=self,
                                   on_done=lambda _: self.dealt_with.emit(sentence), on_error=self._refused)

    def _refused(self, error: KnownError) -> None:
        self.why.show_text(error.text(), Tone.DANGER)

    def _open(self) -> None:
        from ui.search_palette import page_of

        self._context.navigate(page_of(self.operation.row.kind), self.operation.row.record_id)


def set_main(button: Button, main: bool) -> None:
    """Make a button the one main action, or an ordinary one."""
    from ui.theme import set_kind

    set_kind(button, "primary" if main else "")
