"""Two reports side by side before the second is saved: is it the same matter? A person decides; linked, never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.context import Context
from ui.labels import state_tag, word
from ui.theme.tokens import XS, L, S
from ui.widgets.base import Button, Label, column, icon_button, name_button, row
from ui.widgets.dates import short_moment
from ui.widgets.dialogs import Sheet
from ui.widgets.picture import Picture
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate
WIDTH: Final = 920
PHOTO: Final = 190


def distance_words(metres: int | None) -> str:
    """Return how far apart two reports are, in words."""
    if metres is None:
        return translate("Compare", "距离不明")
    return translate("Compare", "相距 {metres} 米").format(metres=metres)


def ground_words(suspect: Any) -> str:
    """Return why a report may be the same matter, in words."""
    words = [word("grounds", ground) for ground in suspect.grounds]
    return " · ".join([*words, translate("Compare", "文字相似 {percent}%").format(percent=suspect.likeness)])


class Side(QFrame):
    """One of the two reports."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.head, self.title = Label(kind="small"), Label(kind="title", wrap=True)
        self.photo, self.tag = Picture(PHOTO), StateTag()
        self.lines = Label(kind="secondary", wrap=True)
        self.text = Label(wrap=True)
        self.why = Label(kind="strong", wrap=True)
        head = row(self.head, None, self.tag, gap=S)
        self.setLayout(column(head, self.title, self.why, self.photo, self.lines, self.text, None, gap=S, margins=L))
        self.setMinimumWidth(WIDTH // 2 - 40)

    def show_report(self, head: str, tag: Tag | None, title: str, why: str, lines: Sequence[str], text: str) -> None:
        """Show what is known of a report."""
        self.head.setText(head)
        self.tag.show_tag(tag)
        self.title.setText(title)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.lines.setText("\n".join(line for line in lines if line))
        self.text.setText(text)
        self.setAccessibleName(" ".join(part for part in (head, title, why) if part))


class CompareSheet(Sheet):
    """Shows what is being registered beside each report that may be the same; ``linked`` is the one chosen, if any.

    Ctrl+Enter links, Alt+N registers apart, arrows go through the suspects, Esc goes back to the form.
    """

    def __init__(self, parent: QWidget | None, context: Context, values: Mapping[str, Any], files: Sequence[Any],
                 suspects: Sequence[Any]) -> None:
        super().__init__(parent, translate("Compare", "可能已经登记过"),
                         translate("Compare", "两边对照一下。关联以后两件都保留，两位反映人都会得到反馈，随时可以解除。"),
                         translate("Compare", "是同一件事，登记并关联"))
        self.context, self.suspects, self.at = context, list(suspects), 0
        self.linked: Any = None
        self.mine, self.other = Side(), Side()
        self.count = Label(kind="small")
        self._before = icon_button("chevron-left", on_click=lambda: self.turn(-1))
        self._next = icon_button("chevron-right", on_click=lambda: self.turn(1))
        name_button(self._before, translate("Compare", "上一件（←）"))
        name_button(self._next, translate("Compare", "下一件（→）"))
        self.apart = Button(translate("Compare", "不是同一件，单独登记"), "", on_click=self._apart)
        self.apart.setToolTip("Alt+N")
        self.apart.setShortcut("Alt+N")
        self.apart.setAutoDefault(False)
        self._lay_out()
        self._show_mine(values, files)
        self.turn(0)
        self.go.setToolTip("Ctrl+Enter")
        self.go.setFocus()

    def turn(self, by: int) -> None:
        """Go to another suspect."""
        self.at = (self.at + by) % len(self.suspects)
        suspect, now = self.suspects[self.at], self.context.now()
        why = " · ".join([distance_words(suspect.distance), ground_words(suspect)])
        born = translate("Compare", "{moment} 登记").format(moment=short_moment(suspect.created_at, now))
        self.other.show_report(suspect.number, state_tag("report", suspect.state), suspect.title, why,
                               (born, suspect.address, word("category", suspect.category)), suspect.description)
        self.count.setText(f"{self.at + 1} / {len(self.suspects)}")
        for one in (self.count, self._before, self._next):
            one.setVisible(len(self.suspects) > 1)
        self._load(self.other.photo, suspect.photo, draft=False)
        self.setMinimumHeight(self.layout().totalHeightForWidth(WIDTH))  # a size hint forgets lines that wrap
        self.adjustSize()

    def accept(self) -> None:
        """The two are one matter."""
        self.linked = self.suspects[self.at]
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the suspects."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn(-1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def _apart(self) -> None:
        self.linked = None
        self.done(self.DialogCode.Accepted)

    def _lay_out(self) -> None:
        both = row(self.mine, self.other, gap=L)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.body.addLayout(row(None, self._before, self.count, self._next, gap=XS))
        self.body.addLayout(both)
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        buttons.insertWidget(2, self.apart)
        self.setMinimumWidth(WIDTH)

    def _show_mine(self, values: Mapping[str, Any], files: Sequence[Any]) -> None:
        lines = (translate("Compare", "还没有登记"), values.get("address"), word("category", values.get("category")))
        self.mine.show_report(translate("Compare", "正在登记的"), Tag(translate("Compare", "新"), Tone.INFO),
                              str(values.get("title") or ""), "", [str(line) for line in lines if line],
                              str(values.get("description") or ""))
        photo = next((file.id for file in files if file.picture), None)
        self._load(self.mine.photo, photo, draft=True)

    def _load(self, frame: Picture, photo: str | None, *, draft: bool) -> None:
        from zzdesk.desk import draft_files, pictures

        none = translate("Compare", "没有照片")
        frame.show_photo(None, none)
        if photo is None:
            return
        said = translate("Compare", "照片") if photo else none
        query = pictures.of_draft if draft else pictures.of_attachment
        at = self.at

        def show(jpeg: bytes | None) -> None:
            if draft or at == self.at:
                frame.show_photo(jpeg, said if jpeg else translate("Compare", "照片不在本机"))

        self.context.runner.read(query, draft_files.store_of(self.context.desk), photo, on_done=show,
                                 on_error=lambda error: None, owner=self)


def grounds_of(suspect: Any) -> dict[str, Any]:
    """Return what a link keeps of the grounds for it."""
    about = {"grounds": list(suspect.grounds), "distance": suspect.distance, "likeness": suspect.likeness}
    return {name: value for name, value in about.items() if value is not None}


