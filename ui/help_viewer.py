"""F1: the help pages of ``resources/help`` in the language in force, with the page list at the left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)  # fmt: skip
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from ui.assets import asset
from ui.theme import set_kind, tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import CONTROL, HEADLINE, TITLE, XL, L, M, S
from ui.widgets.base import Label, Translated, card, column, row

PAGES: Final = (
    "first-steps", "reports", "lists", "deadlines", "jobs", "kiosk", "mediation", "patrol", "map", "sync", "conflicts",
    "usb", "backup", "interfaces", "privacy", "shortcuts",
)  # fmt: skip
LEADING: Final = 118
"""Percent of the font's own line, which for Chinese fonts is already 1.4 times the size of the letters."""
FOR_PAGE: Final = {"workbench": "first-steps", "reports": "reports", "jobs": "jobs", "mediation": "mediation", "patrol": "patrol",
                   "map": "map", "sync": "sync", "conflicts": "conflicts", "settings": "backup"}


def page_title(key: str) -> str:
    """Return the name of a help page in the language in force."""
    titles = {
        "first-steps": QCoreApplication.translate("Help", "第一步"),
        "reports": QCoreApplication.translate("Help", "登记和办理事件"),
        "lists": QCoreApplication.translate("Help", "清单和筛选"),
        "deadlines": QCoreApplication.translate("Help", "期限和节假日"),
        "jobs": QCoreApplication.translate("Help", "零工"),
        "kiosk": QCoreApplication.translate("Help", "自助机"),
        "mediation": QCoreApplication.translate("Help", "调解"),
        "patrol": QCoreApplication.translate("Help", "群防任务和志愿者"),
        "map": QCoreApplication.translate("Help", "地图和网格"),
        "sync": QCoreApplication.translate("Help", "同步"),
        "conflicts": QCoreApplication.translate("Help", "冲突"),
        "usb": QCoreApplication.translate("Help", "用 U 盘交换"),
        "backup": QCoreApplication.translate("Help", "备份和恢复密钥"),
        "interfaces": QCoreApplication.translate("Help", "与其他系统对接"),
        "privacy": QCoreApplication.translate("Help", "个人信息"),
        "shortcuts": QCoreApplication.translate("Help", "快捷键"),
    }
    return titles[key]


def help_text(key: str, language: str) -> str:
    """Return the Markdown of a help page."""
    return asset("help", language, f"{key}.md").read_text(encoding="utf-8")


class HelpViewer(Translated, QDialog):
    """A window of its own, so that one can read and work side by side."""

    def __init__(self, window: QWidget, language: str) -> None:
        super().__init__(window)
        set_kind(self, "page")
        self.resize(860, 640)
        self._language = language
        self._title = Label(kind="title")
        self.list = QListWidget()
        self.list.setFixedWidth(190)
        self.list.setSpacing(1)
        set_kind(self.list, "menu")
        for key in PAGES:
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(170, CONTROL + S))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        paper = card()
        paper.setLayout(column(self.text, margins=(XL, L, S, L)))
        layout = row(column(self._title, self.list, gap=M), paper, gap=L, margins=L)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.list.currentRowChanged.connect(lambda _: self._render())
        QShortcut(QKeySequence("Esc"), self, self.close)
        self.retranslate()

    def show_page(self, key: str) -> None:
        """Open a help page."""
        self.list.setCurrentRow(PAGES.index(key) if key in PAGES else 0)
        self._render()

    def set_language(self, language: str) -> None:
        """Read the pages of another language from now on."""
        self._language = language
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.setWindowTitle(self.tr("帮助"))
        self._title.setText(self.tr("帮助"))
        self.list.setAccessibleName(self.tr("帮助目录"))
        self.text.setAccessibleName(self.tr("帮助内容"))
        for at, key in enumerate(PAGES):
            self.list.item(at).setText(page_title(key))
        self._render()

    def _render(self) -> None:
        row_now = self.list.currentRow()
        if row_now < 0:
            return
        self.text.setFont(body_font())
        self.text.setMarkdown(help_text(PAGES[row_now], self._language))
        _typeset(self.text.document())

    def _follow(self, url: QUrl) -> None:
        key = url.toString().removesuffix(".md")
        if key in PAGES:
            self.show_page(key)


def _typeset(document: QTextDocument) -> None:
    """Give headings, paragraphs and tables the program's sizes and room to breathe."""
    block = document.begin()
    while block.isValid():
        level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
        shape = block.blockFormat()
        shape.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(L if level > 1 else 0)
        shape.setBottomMargin(S)
        cursor.setBlockFormat(shape)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = QTextCharFormat()
            letters.setFont(body_font(HEADLINE if level == 1 else TITLE, bold=True))
            cursor.mergeCharFormat(letters)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _typeset_table(frame)


def _typeset_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setCellPadding(S)
    shape.setCellSpacing(0)
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderBrush(QBrush(QColor(tokens_now().border)))
    table.setFormat(shape)
