"""录音 in the session room: who agrees, the recording that runs, and a file that was recorded elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.pages.base import Page
from ui.pages.mediation.deck import Deck, Standing
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, column
from ui.widgets.dialogs import ask_reason
from ui.widgets.header import Section
from ui.widgets.many import FlowLayout, ManyOf
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.desk import recording, room
from zzdesk.desk.recording import length
from zzdesk.desk.room import Room
from zzdesk.errors import KnownError

KEYS: Final = "Alt+R"


class Recording(Translated, QWidget):
    """Sound is recorded only while everybody who is there agrees, and that is noted first (PIPL articles 13, 15 and 29)."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._room = page, None  # type: Page, Room | None
        self.deck = Deck(page, self)
        self.head, self.note = Section(), Label(kind="small", wrap=True)
        self.agreed = ManyOf((), self._name)
        self.agreed.edited.connect(self._save)
        self.mark, self.trouble = StateTag(), Banner(parent=self)
        self.start = Button("", "", on_click=self.deck.start)
        self.pause, self.go_on = Button("", "", on_click=self.deck.pause), Button("", "", on_click=self.deck.go_on)
        self.stop, self.delete = Button("", "", "check", self.deck.keep), Button("", "link", "trash-2", self._delete)
        self.add = Button("", "link", "upload", self._choose)
        self._lay_out()
        self.deck.changed.connect(self._show_deck)

    def _lay_out(self) -> None:
        ways = QWidget(self)
        flow = FlowLayout(ways)
        for button in (self.start, self.pause, self.go_on, self.stop, self.delete, self.add):
            flow.addWidget(button)
        self.setLayout(column(self.head, self.agreed, self.mark, self.trouble, ways, self.note, gap=S))

    def show_for(self, found: Room) -> None:
        """Show who has agreed; a recording is paused as soon as one who is heard has not, also who came in meanwhile."""
        fresh = self._room is None or self._room.session.id != found.session.id
        self._room = found
        ids = room.heard(found)
        if tuple(self.agreed.buttons) != ids:
            self.agreed.set_codes(ids)
        self.agreed.set_value(found.session.fields.get("recording_agreed_by") or ())
        self.agreed.setEnabled(found.open)
        if fresh:
            self.deck.open(found.session.id)
        if not room.may_record(found):
            self.deck.pause(self.tr("在场的人里有人还没有同意录音，已暂停：请先征得同意。此前录下的可以保存，也可以删除。"))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.agreed.retranslate()
        self.start.setText(self.tr("开始录音"))
        self.start.setToolTip(KEYS)
        self.pause.setText(self.tr("暂停"))
        self.go_on.setText(self.tr("继续录音"))
        self.stop.setText(self.tr("停止并保存"))
        self.delete.setText(self.tr("删除录音…"))
        self.add.setText(self.tr("添加录音文件…"))
        here = self._page.context.microphones.can_record()
        without = self.tr("本程序没有录音部件：用录音笔或手机录，再添加文件。")
        self.note.setText(self.tr("在场的人（当事人、代理人、受邀参加的人）全部同意后才能录音。") + ("" if here else without))
        self._show_deck()

    def switch(self) -> None:
        """Begin, pause or go on: the key does what the main button says."""
        for button in (self.start, self.pause, self.go_on):
            if button.isVisibleTo(self) and button.isEnabled():
                button.click()
                return

    def leave(self) -> None:
        """The room is left: what was recorded is kept."""
        self.deck.stop()
        self._room = None

    def take(self, path: Path) -> None:
        """Take a recording in."""
        assert self._room is not None
        context = self._page.context
        context.runner.call(room.add_recording, context.desk, self._room.session.id, path, on_done=self._taken,
                            on_error=self._refused)

    def running_tag(self) -> Tag | None:
        """Return what the deck does, as a shape, words and the running time; None where it does nothing."""
        time = length(self.deck.seconds)
        if self.deck.standing is Standing.RECORDING:
            return Tag("● " + self.tr("正在录音 {time}").format(time=time), Tone.DANGER)
        if self.deck.standing is Standing.PAUSED:
            return Tag("❙❙ " + self.tr("录音已暂停 {time}").format(time=time), Tone.WARNING)
        return Tag(self.tr("正在保存录音…")) if self.deck.standing is Standing.KEEPING else None

    def _show_deck(self) -> None:
        found, deck = self._room, self.deck
        may = found is not None and room.may_record(found)
        idle, paused = deck.standing is Standing.IDLE, deck.standing is Standing.PAUSED
        left = deck.left if idle else None
        readable = left is not None and left.seconds > 0
        self.head.set_texts(self.tr("录音"), self.tr("都同意了") if may else self.tr("点选同意录音的人"))
        self.mark.show_tag(self.running_tag())
        here = found is not None and found.open and self._page.context.microphones.can_record()
        self.start.setVisible(idle and not readable and here)
        self.pause.setVisible(deck.standing is Standing.RECORDING)
        self.go_on.setVisible(paused)
        self.stop.setVisible(deck.running or readable)
        self.delete.setVisible(deck.running or left is not None)
        for button in (self.start, self.go_on, self.add):
            button.setEnabled(may)
        self.trouble.show_text(deck.trouble or self._left_words(), Tone.WARNING)

    def _left_words(self) -> str:
        left = self.deck.left if self.deck.standing is Standing.IDLE else None
        if left is None:
            return ""
        words = []
        if left.seconds:
            words.append(self.tr("上次的录音（{time}）没有保存完：请保存，或者删除。").format(time=length(left.seconds)))
        if left.broken:
            words.append(self.tr("有 {n} 段录音已损坏，读不出来，长度不明，只能删除。").format(n=left.broken))
        return " ".join(words)

    def _pause(self) -> None:
        self.deck.pause(self.tr("有人不同意录音，已暂停。此前录下的可以保存，也可以删除。"))

    def _name(self, code: str) -> str:
        papers = (*self._room.parties, *self._room.guests) if self._room is not None else ()
        found = next((p for p in papers if p.id == code.removeprefix(room.AGENT)), None)
        if found is None:
            return code
        if code.startswith(room.AGENT):
            return self.tr("代理人 {name}").format(name=found.fields["agent_name"])
        return str(found.fields["name"])

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选录音文件"))
        if name:
            self.take(Path(name))

    def _delete(self) -> None:
        text = self.tr("这次录下的声音会从本机删除，不能恢复；写明谁要求的、为什么，原因会记进这次调解。")
        reason = ask_reason(self, self.tr("删除录音"), text, self.tr("删除"), danger=True)
        if reason:
            self.deck.delete(reason)

    def _save(self) -> None:
        assert self._room is not None
        asked, before = set(room.heard(self._room)), set(self._room.session.fields.get("recording_agreed_by") or ())
        agreed = sorted(before - asked | set(self.agreed.value() or ()))  # who has left had agreed to what was recorded
        if not asked <= set(agreed):
            self._pause()  # at once: what is said from now on is not heard
        note = room.agree_to_recording if self.deck.standing is Standing.IDLE else recording.agree
        self._page.context.runner.write(
            note, self._room.session.id, agreed, initiator=self._page,
            on_done=lambda _: self._page.refresh(), on_error=self._refused)

    def _taken(self, change: Any) -> None:
        self._page.context.changes.changed.emit(change, self._page)
        self._page.context.toast(self.tr("录音已加密保存在本机，尚未送达中心"))
        self._page.refresh()

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
