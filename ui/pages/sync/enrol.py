"""Joining a centre: an address and a one-time code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.context import Context
from ui.theme import set_kind
from ui.theme.tokens import XL, M
from ui.widgets.base import Icon, Label, Translated, column, row
from ui.widgets.fields import TextField
from ui.widgets.forms import Form


class EnrolCard(Translated, QFrame):
    """What joining brings, at the left; the form, at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self._context = context
        self._title, self._text = Label(kind="title"), Label(kind="secondary", wrap=True)
        self._points = [Label(wrap=True) for _ in range(3)]
        self._refused = Label(kind="small", wrap=True)
        self.form = Form(lambda: self.tr("接入中心"), scroll=False)
        self.form.add(TextField("url", lambda: self.tr("中心网址"), required=True, placeholder=lambda: "https://"))
        self.form.add(TextField("code", lambda: self.tr("一次性接入码"), required=True, limit=60, keep=False,
                                help=lambda: self.tr("由中心的管理员给您，用过即失效。")))
        self.form.finished.connect(self._enrol)
        icons = ("send", "git-compare", "shield-check")
        lines = [row(Icon(icon, "info"), point, gap=M) for icon, point in zip(icons, self._points, strict=True)]
        for one in lines:
            one.setStretch(1, 1)
            one.setAlignment(one.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
        left = column(self._title, self._text, M, *lines, None, gap=M)
        right = column(self.form, self._refused, None, gap=M)
        layout = row(left, right, gap=XL * 2, margins=XL)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.retranslate()

    def set_allowed(self, allowed: bool) -> None:
        """Only an administrator may join a centre; others are told whom to ask."""
        self.form.setEnabled(allowed)
        self._refused.setVisible(not allowed)

    def retranslate(self) -> None:
        """Say everything again."""
        self._title.setText(self.tr("还没有接入中心"))
        self._text.setText(self.tr("不接入也能一直用，所有内容都在本机。接入以后："))
        texts = (self.tr("在这里登记的内容自动送到中心，同事的桌面上也有同样的记录；"),
                 self.tr("两个人改了同一项，会请人来决定，谁写的都不会丢；"),
                 self.tr("传输加密，只收发本社区的内容。"))
        for label, text in zip(self._points, texts, strict=True):
            label.setText(text)
        self._refused.setText(self.tr("需要系统管理员来接入。"))

    def _enrol(self, values: dict[str, Any]) -> None:
        self.form.set_busy(True)
        self._context.exchange.enrol(values["url"], values["code"], self._done, self.form.show_error)

    def _done(self, _: Any) -> None:
        self.form.done()
        self._context.toast(self.tr("已接入中心，正在第一次同步。"))
