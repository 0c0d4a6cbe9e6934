"""The last steps of a session: the record is put into order and read out, everybody signs, and the session is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from ui.labels import codes, field_word, word
from ui.pages.base import Page
from ui.pages.mediation.writing import Writer
from ui.pages.work_detail import scrolled
from ui.theme.tokens import XL, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, card, clear, column, row
from ui.widgets.dialogs import Sheet, ask_reason
from ui.widgets.fields import CheckField, ChoiceField, LongTextField, WidgetField
from ui.widgets.header import Section
from ui.widgets.large_text import show_large
from ui.widgets.many import ManyOf
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.desk import room
from zzdesk.desk.room import MEDIATOR, RECORDER, SIGNING, Lack, Room
from zzdesk.errors import KnownError
from zzdesk.i18n import translate as say

TOUCH: Final = 48
"""Height of what a finger presses, in device-independent pixels."""


class Reading(Translated, QWidget):
    """宣读: the record as it will stand, the points that must appear in it, the result, and that it was read out."""

    def __init__(self, page: Page, reload: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._reload, self._room = page, reload, None  # type: Page, Callable[[], None], Room | None
        self.writer: Writer | None = None
        self.signed = Banner()
        self.compose = Button("", "", "list", self._compose)
        self.large = Button("", "", "eye", self._show_large)
        self.again = Button("", "quiet", "rotate-ccw", self._read_again)
        self._place = column(gap=0)
        tools = row(self.compose, self.large, self.again, None, gap=S, margins=(XL, M, XL, 0))
        self.setLayout(column(self.signed, tools, self._place, gap=S))
        self.layout().setStretch(2, 1)
        self.retranslate()

    def show_for(self, found: Room) -> None:
        """Show the record of a session; once somebody has signed it, it stays as it was read out."""
        self._room = found
        if self.writer is None or self.writer.paper_id != found.session.id:
            self._make_writer(found)
        assert self.writer is not None
        self.writer.show_stored(found.stored)
        signed = anybody_signed(found)
        self.writer.setEnabled(found.open and not signed)
        self.compose.setEnabled(found.open and not signed)
        self.again.setVisible(found.open and signed)
        self._say_signed()

    def retranslate(self) -> None:
        """Say everything again."""
        self.compose.setText(self.tr("按陈述整理"))
        self.large.setText(self.tr("大字给当事人看"))
        self.again.setText(self.tr("有错，改了重新宣读…"))
        self._say_signed()

    def keep(self, then: Callable[[], None]) -> None:
        """Save what has not been saved, then go on."""
        changes = self.writer.changes() if self.writer is not None and self.writer.isEnabled() else {}
        if changes and self.writer is not None:
            self.writer.write(changes, then)
        else:
            then()

    def keep_now(self) -> None:
        """Save what has not been saved: the room is left."""
        if self.writer is not None:
            self.writer.keep_now()

    def drop(self) -> None:
        """Forget the record of a session that is not shown any more, saved first."""
        self.keep_now()
        clear(self._place)
        self.writer = None

    def _say_signed(self) -> None:
        signed = self._room is not None and anybody_signed(self._room)
        self.signed.show_text(self.tr("已经有人签名，记录不再改动。") if signed else "")

    def _make_writer(self, found: Room) -> None:
        self.drop()
        writer = self.writer = Writer(self._page, "session", found.session.id, lambda: self.tr("保存"))
        writer.add(LongTextField("record", lambda: field_word("session", "record"), lines=9, help=lambda: self.tr(
            "先点“按陈述整理”，再补上调查、风险、协议或不成的原因；停一下就保存。")))
        writer.add(WidgetField("points", lambda: field_word("session", "points"),
                               ManyOf(codes("session_point"), lambda code: word("session_point", code))))
        writer.add(ChoiceField("result", lambda: field_word("session", "result"), codes("result"), lambda c: word("result", c)))
        writer.add(CheckField("read_back", lambda: self.tr("已读给当事人听（宣读），当事人核对无误")))
        writer.fields["record"].edited.connect(self._unread)
        writer.finished.connect(lambda _: self.keep(self._reload))
        writer.button.hide()
        self._place.addWidget(writer)

    def _unread(self) -> None:
        """What is changed after it was read out has to be read out again."""
        if self.writer is not None and self.writer.fields["read_back"].value():
            self.writer.fields["read_back"].set_value(None)

    def _compose(self) -> None:
        assert self._room is not None
        self._page.context.runner.read(room.draft_record, self._room.session.id, on_done=self._composed, owner=self,
                                       on_error=self._refused)

    def _composed(self, text: str) -> None:
        if self.writer is None:
            return
        field = self.writer.fields["record"]
        before = str(field.value() or "")
        new = [line for line in text.splitlines() if line not in before.splitlines()]
        field.set_value("\n".join(part for part in (before, *new) if part))
        field.control.setFocus()

    def _show_large(self) -> None:
        if self.writer is not None:
            show_large(self, self.tr("调解记录"), str(self.writer.fields["record"].value() or self.tr("还没有记录")))

    def _read_again(self) -> None:
        assert self._room is not None
        text = self.tr("已有的签名不再算数，画下的签名留作证据；改好后重新宣读、重新签。")
        reason = ask_reason(self, self.tr("改了重新宣读"), text, self.tr("重新宣读"))
        if reason:
            self._page.context.runner.write(room.read_again, self._room.session.id, reason, initiator=self._page,
                                            on_done=lambda _: self._reload(), on_error=self._refused)

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)


def anybody_signed(found: Room) -> bool:
    """Say whether anybody has signed the record."""
    fields = found.session.fields
    return bool(fields.get("signed_by") or fields.get("mediator_signed") or fields.get("recorder_signed"))


class SignSheet(Sheet):
    """The pad over the window: pen, finger or mouse; Ctrl+Enter keeps it, and one button begins again."""

    def __init__(self, parent: QWidget | None, name: str, text: str, go: str, again: str) -> None:
        super().__init__(parent, name, text, go)
        self.pad = SignaturePad()
        self.again = Button(again, "", "rotate-ccw", self.pad.wipe)
        self.again.setAutoDefault(False)
        for button in (self.again, self.go, self.back):
            button.setMinimumHeight(TOUCH)
        self.pad.setAccessibleName(name)
        self.body.addWidget(self.pad)
        self.body.addLayout(row(self.again, None))
        self.pad.signed.connect(self.go.setEnabled)
        self.go.setEnabled(False)
        self.pad.setFocus()


class PaperSheet(Sheet):
    """Asks whose signatures are on the scanned paper."""

    def __init__(self, parent: QWidget | None, title: str, text: str, go: str, names: dict[str, str]) -> None:
        super().__init__(parent, title, text, go)
        self.who = ManyOf(tuple(names), lambda code: names[code])
        self.who.edited.connect(lambda: self.go.setEnabled(bool(self.who.value())))
        self.body.addWidget(self.who)
        self.go.setEnabled(False)


class Signing(Translated, QWidget):
    """签名: a line for everybody who signs, what is still missing with where to do it, and the end of the session."""

    def __init__(self, page: Page, reload: Callable[[], None], go_to: Callable[[str], None]) -> None:
        super().__init__()
        self._page, self._reload, self._go_to = page, reload, go_to
        self._room: Room | None = None
        self.buttons: dict[str, Button] = {}
        self.head, self.missing_head = Section(), Section()
        self._lines, self._missing = column(gap=S), column(gap=S)
        self.paper = Button("", "", "paperclip", self._choose_paper)
        self.paper.setMinimumHeight(TOUCH)
        holder = QWidget()
        holder.setLayout(column(self.head, self._lines, row(self.paper, None), self.missing_head, self._missing, None,
                                gap=L, margins=(XL, M, XL, L)))
        self.setLayout(column(scrolled(holder)))
        self.retranslate()

    def show_for(self, found: Room) -> None:
        """Show who has signed, and what the session lacks."""
        self._room = found
        clear(self._lines)
        self.buttons.clear()
        for key, name in self._names(found).items():
            self._lines.addWidget(self._line(found, key, name))
        clear(self._missing)
        lacking = room.lacks(found)
        for lack in lacking:
            self._missing.addWidget(self._lack(found, lack))
        self._say(len(lacking))

    def retranslate(self) -> None:
        """Say everything again."""
        self.paper.setText(self.tr("签在纸上了，添加扫描件…"))
        self.head.set_texts(self.tr("签名"), self.tr("笔、手指或鼠标都可以"))
        if self._room is not None:
            self.show_for(self._room)

    def sign(self, key: str) -> None:
        """Show the pad to somebody."""
        assert self._room is not None
        found = self._room
        text = self.tr("请在框内签名。签名、时间和谁签的会一起保存并计算校验值。")
        sheet = SignSheet(self.window(), self._names(found)[key], text, self.tr("签好了"), self.tr("重签"))
        if sheet.exec() == Sheet.DialogCode.Accepted:
            context = self._page.context
            drawing = sheet.pad.svg(key, context.now())
            context.runner.call(room.sign, context.desk, found.session.id, key, drawing, on_done=self._signed,
                                on_error=self._refused)

    def take_paper(self, path: Path, who: list[str]) -> None:
        """Take a signed paper in."""
        assert self._room is not None
        context = self._page.context
        context.runner.call(room.sign_on_paper, context.desk, self._room.session.id, who, path, on_done=self._signed,
                            on_error=self._refused)

    def _names(self, found: Room) -> dict[str, str]:
        names = {p.id: f"{word('party_role', p.fields['role'])} {p.fields['name']}" for p in found.present}
        return names | {key: word("speaker", key) for key in (MEDIATOR, RECORDER)}

    def _line(self, found: Room, key: str, name: str) -> QWidget:
        signed = has_signed(found, key)
        tag = Tag("● " + self.tr("已签名"), Tone.SUCCESS) if signed else Tag("○ " + self.tr("还没签名"), Tone.WARNING)
        frame, button = card(), Button(self.tr("签名…"), "", "pencil", lambda: self.sign(key))
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # as high as its card: for a finger
        button.setAccessibleName(self.tr("{name} 签名").format(name=name))
        button.setEnabled(found.open and not signed and bool(found.session.fields.get("read_back")))
        self.buttons[key] = button
        frame.setLayout(row(Label(name, "strong"), StateTag(tag), None, button, gap=M, margins=(L, S, S, S)))
        button.setVisible(not signed)
        frame.setMinimumHeight(TOUCH + 2 * S)
        return frame

    def _lack(self, found: Room, lack: Lack) -> QWidget:
        names = self._names(found)
        whose = self.tr("、").join(names[each] for each in lack.whose if each in names)
        text = f"{whose}：{say(lack.text)}" if whose else say(lack.text)
        way = Button(self.tr("去办"), "link", on_click=lambda: self._go_to(lack.where)) if lack.where != SIGNING else None
        return Banner(Tone.INFO if lack.soft else Tone.WARNING, text, way)

    def _say(self, count: int) -> None:
        self.missing_head.set_texts(self.tr("还缺什么"), self.tr("都齐了") if not count else str(count))

    def _choose_paper(self) -> None:
        assert self._room is not None
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选签名纸的扫描件或照片"))
        if not name:
            return
        names = {key: words for key, words in self._names(self._room).items() if not has_signed(self._room, key)}
        title, text = self.tr("纸上有谁的签名"), self.tr("点选在这张纸上签了名的人。")
        sheet = PaperSheet(self.window(), title, text, self.tr("添加"), names)
        if sheet.exec() == Sheet.DialogCode.Accepted:
            self.take_paper(Path(name), sheet.who.value() or [])

    def _signed(self, change: Any) -> None:
        self._page.context.changes.changed.emit(change, self._page)
        self._page.context.toast(self.tr("签名已加密保存在本机，尚未送达中心"))
        self._reload()

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)


def has_signed(found: Room, key: str) -> bool:
    """Say whether somebody has signed the record of a session."""
    fields = found.session.fields
    if key in (MEDIATOR, RECORDER):
        return bool(fields.get(f"{key}_signed"))
    return key in (fields.get("signed_by") or ())
