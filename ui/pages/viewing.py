"""A file of a record, looked at inside the program: pictures, the pages of a PDF file, texts; each opening is in the audit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QStackedWidget, QWidget

from ui.pages.base import Page
from ui.pages.sync.standing import size_words
from ui.theme.tokens import S
from ui.widgets.base import Button, Label, icon_button, name_button, row
from ui.widgets.dialogs import Sheet, ask_reason
from ui.widgets.looking import STEP, LookingGlass
from ui.widgets.masked import SHOWN_MS
from ui.widgets.states import StateStack
from zzdesk.errors import KnownError

translate = QCoreApplication.translate
WIDTH: Final = 900
HEIGHT: Final = 640
"""Device-independent pixels of the sheet: it fits on a screen of 768."""


def open_viewer(page: Page, owner: QWidget, found: Any, name: str, fetch: Callable[[str], None],
                done: Callable[[], None]) -> None:
    """Write down that a file is opened, for a reason where it is a person's paper, and show it.

    Args:
        page: whose doing it is.
        owner: the widget that lists the file; once it is gone nothing is shown.
        found: the row of the file (``AttachmentRow``).
        name: what it is called on the screen, masked.
        fetch: asks for bytes that are not here.
        done: called when the sheet is closed.
    """
    from zzdesk.desk import viewing

    covered, reason = viewing.is_covered(found.purpose), None
    if covered:
        reason = ask_reason(owner, translate("Viewer", "打开证件材料"),
                            translate("Viewer", "打开会记入审计：谁、何时、为什么。30 秒后自动关闭。"),
                            translate("Viewer", "打开"))
        if not reason:
            return

    def show(change: Any) -> None:
        sheet = ViewerSheet(page, owner.window(), found, name, fetch, covered=covered)
        sheet.exec()
        sheet.deleteLater()
        done()

    page.context.runner.write(viewing.open_file, found.id, reason, initiator=page, on_done=show,
                              on_error=lambda error: page.context.toast(error.text(), bad=True))


class ViewerSheet(Sheet):
    """One opened file. + − 0 zoom, arrows move, PageUp and PageDown turn pages, Esc closes; a paper closes by itself."""

    def __init__(self, page: Page, parent: QWidget | None, found: Any, name: str, fetch: Callable[[str], None], *,
                 covered: bool) -> None:
        told = translate("Viewer", "本次打开已记入审计。")
        if covered:
            told += translate("Viewer", "证件材料，30 秒后自动关闭。")
        super().__init__(parent, name, told, "")
        self.page, self.found, self.at, self.pages = page, found, 1, 1
        self._fetch, self._noted = fetch, False
        self.view: Any = None
        self.glass, self.text = LookingGlass(), QPlainTextEdit()
        self.text.setReadOnly(True)
        self.content = QStackedWidget()
        self.content.addWidget(self.glass)
        self.content.addWidget(self.text)
        self.stack = StateStack(self.content)
        self.state = Label("", "secondary")
        self._add_buttons()
        self.body.addLayout(row(self.state, None, self.before, self.after, self.smaller, self.whole, self.larger, gap=S))
        self.body.addWidget(self.stack, 1)
        self.setMinimumSize(WIDTH, HEIGHT)
        self.glass.turned.connect(self.turn)
        self.glass.zoomed.connect(self._say)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self.reject)
        if covered:
            self.timer.start()
        self._ask()

    def _add_buttons(self) -> None:
        self.go.hide()
        self.back.setText(translate("Viewer", "关闭"))
        self.before = icon_button("chevron-left", on_click=lambda: self.turn(-1))
        self.after = icon_button("chevron-right", on_click=lambda: self.turn(1))
        self.smaller = icon_button("minus", on_click=lambda: self.glass.zoom(1 / STEP))
        self.larger = icon_button("plus", on_click=lambda: self.glass.zoom(STEP))
        self.whole = Button(translate("Viewer", "适合窗口"), "quiet", on_click=self.glass.fit)
        names = {
            self.before: translate("Viewer", "上一页（PageUp）"), self.after: translate("Viewer", "下一页（PageDown）"),
            self.smaller: translate("Viewer", "缩小（−）"), self.larger: translate("Viewer", "放大（+）"),
        }  # fmt: skip
        for button, name in names.items():
            name_button(button, name)
        self.whole.setToolTip(translate("Viewer", "适合窗口（0）"))
        self.out = Button(translate("Viewer", "导出…"), "", "download", self.take_out)
        may = self.page.context.may
        self.out.setVisible(may("export") and may("person.reveal"))
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        buttons.insertWidget(0, self.out)
        for button in (self.before, self.after, self.smaller, self.larger, self.whole, self.out):
            button.setAutoDefault(False)

    # ---- what is seen -----------------------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Go to another page."""
        to = min(max(self.at + by, 1), self.pages)
        if to != self.at and self.before.isEnabled():
            self.at = to
            self._ask()

    def _ask(self) -> None:
        """Have the page drawn beside the window."""
        from zzdesk.desk import viewing

        desk, at = self.page.context.desk, self.at

        def work(task: Any) -> tuple[Any, QImage]:
            view = viewing.look(desk, self.found.id, at)
            return view, QImage.fromData(view.image) if view.image else QImage()

        for each in (self.before, self.after):
            each.setEnabled(False)
        self.stack.show_loading()
        self.state.setText(translate("Viewer", "正在打开…"))
        self.page.context.runner.aside(work, on_done=self._show, on_error=self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        self.state.setText("")
        self.stack.show_error(translate("Viewer", "打不开这个附件"), error.text(), translate("Viewer", "关闭"), self.reject)

    def _show(self, drawn: tuple[Any, QImage]) -> None:
        self.view, image = drawn
        self.at, self.pages = self.view.page, self.view.pages
        for each in (self.before, self.after):
            each.setEnabled(True)
        if not self.view.sort or (image.isNull() and self.view.sort != "text"):
            self._say_why(self.view.why or "broken")
            return
        if self.view.sort == "text":
            self.text.setPlainText(self.view.text)
            self.content.setCurrentWidget(self.text)
        else:
            self.glass.show_image(image)
            self.content.setCurrentWidget(self.glass)
        self.stack.show_content()
        self.content.currentWidget().setFocus()
        self._say()
        self._note_seen()

    def _note_seen(self) -> None:
        from zzdesk.desk import viewing

        if not self._noted:
            self._noted = True
            self.page.context.runner.write(viewing.note_seen, self.found.id, initiator=None, on_error=self._not_noted)

    def _not_noted(self, error: KnownError) -> None:
        self._noted = False
        self.page.context.toast(error.text(), bad=True)

    def _say_why(self, why: str) -> None:
        """Say what cannot be seen, and what to do."""
        self._say()
        if why == "absent":
            if self.found.bytes_at_centre:
                self.stack.show_empty(translate("Viewer", "内容不在本机"), translate("Viewer", "内容在中心，取来以后再打开。"),
                                      translate("Viewer", "取来"), self._go_and_fetch, icon="cloud")
            else:
                self.stack.show_empty(translate("Viewer", "内容不在本机"),
                                      translate("Viewer", "内容还没到中心，要等添加它的电脑同步。"), icon="cloud-off")
            return
        texts = {
            "broken": translate("Viewer", "文件已损坏，看不了。请重新扫描添加，或从备份恢复。"),
            "locked": translate("Viewer", "这个 PDF 有密码，看不了。请添加没有密码的文件。"),
            "too-large": translate("Viewer", "文件太大（{size}），在程序里看不了。可以缩小后重新添加，或写明理由导出。"),
            "kind": translate("Viewer", "这种文件在程序里看不了，能看的是照片（JPEG、PNG）、PDF 和文本。可以写明理由导出。"),
        }  # fmt: skip
        self.stack.show_empty(translate("Viewer", "看不了这个附件"), texts[why].format(size=size_words(self.found.size)),
                              icon="file-text")

    def _go_and_fetch(self) -> None:
        self._fetch(self.found.id)
        self.reject()

    def _say(self) -> None:
        """Say which page and how large, and which buttons are of use."""
        drawn = self.view is not None and self.view.sort in ("picture", "page")
        said = []
        if self.pages > 1:
            said.append(translate("Viewer", "第 {page} 页，共 {pages} 页").format(page=self.at, pages=self.pages))
        if drawn and self.glass.has_picture:
            said.append(f"{self.glass.percent}%")
        if self.view is not None and self.view.cut:
            said.append(translate("Viewer", "文本太长，只显示开头"))
        self.state.setText(" · ".join(said))
        for each in (self.smaller, self.larger, self.whole):
            each.setVisible(drawn)
        for each in (self.before, self.after):
            each.setVisible(self.pages > 1)
        named = " ".join([self.windowTitle(), *said])
        self.glass.setAccessibleName(named)
        self.text.setAccessibleName(named)

    # ---- leaving the desk -------------------------------------------------------------------------------------------

    def take_out(self) -> None:
        """Ask where to and why, and write the plain file there."""
        from zzdesk.desk import viewing

        target, _ = QFileDialog.getSaveFileName(self, translate("Viewer", "导出附件"), self.found.name)
        if not target:
            return
        reason = ask_reason(self, translate("Viewer", "导出附件"),
                            translate("Viewer", "导出的文件不再加密，请妥善保管。会记入审计：谁、何时、为什么。"),
                            translate("Viewer", "导出"))
        if reason:
            context, said = self.page.context, translate("Viewer", "已导出：{name}").format(name=Path(target).name)
            context.runner.call(viewing.take_out, context.desk, self.found.id, Path(target), reason,
                                on_error=lambda error: context.toast(error.text(), bad=True),
                                on_done=lambda _: context.toast(said))
