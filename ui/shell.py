"""The desk itself: navigation, pages, status bar. Pages are made on the first visit."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from ui.context import Context
from ui.pages import PAGES
from ui.pages.base import Page
from ui.status_bar import StatusBar
from ui.theme import icons, set_kind, tokens_now
from ui.theme.tokens import NAV_WIDTH, XS, L, M, S
from ui.widgets.avatar import Avatar, Mark
from ui.widgets.banner import Strip
from ui.widgets.base import (
    Button,
    ElidedLabel,
    Label,
    Translated,
    column,
    icon_button,
    line,
    name_button,
    row,
)
from ui.widgets.nav import NavItem, NavRail

PLACES: Final = {
    "workbench": "house",
    "reports": "clipboard-list",
    "jobs": "briefcase",
    "mediation": "handshake",
    "patrol": "shield-check",
    "map": "map",
    "sync": "refresh-cw",
    "settings": "settings",
}


def place_name(key: str) -> str:
    """Return the name of a place in the language in force."""
    names = {
        "workbench": QCoreApplication.translate("Shell", "工作台"),
        "reports": QCoreApplication.translate("Shell", "事件"),
        "jobs": QCoreApplication.translate("Shell", "零工"),
        "mediation": QCoreApplication.translate("Shell", "调解"),
        "patrol": QCoreApplication.translate("Shell", "群防"),
        "map": QCoreApplication.translate("Shell", "地图"),
        "sync": QCoreApplication.translate("Shell", "同步"),
        "settings": QCoreApplication.translate("Shell", "设置"),
    }
    return names[key]


class Shell(Translated, QWidget):
    """Everything a person sees after log-in."""

    search_wanted = Signal()
    help_wanted = Signal(str)
    painted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self.context = context
        self.pages: dict[str, Page] = {}
        self.current = ""
        self._waiting, self._wanted = False, ("", "")
        self.strip = Strip()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        self.status.wanted.connect(lambda key: self.go(key))
        self.rail = NavRail([NavItem(key, icon, lambda key=key: place_name(key)) for key, icon in PLACES.items()])
        self.rail.chosen.connect(lambda key: self.go(key))
        middle = row(self._nav(), self.stack, gap=0)
        middle.setStretch(1, 1)
        layout = column(self.strip, middle, self.status, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._shortcuts()
        self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say that a picture is on its way to the screen."""
        super().paintEvent(event)
        self.painted.emit()

    def wait_for_desk(self, waiting: bool) -> None:
        """While the desk is being opened a page that nobody has visited waits for it: it would load what loads there."""
        self._waiting = waiting
        (key, target), self._wanted = self._wanted, ("", "")
        if key and not waiting:
            self.open_page(key, target)

    def go(self, key: str, target: str = "") -> None:
        """Show a page as soon as it can be shown."""
        if self._waiting and key not in self.pages:
            self._wanted = (key, target)
            self.rail.select(key)
        else:
            self.open_page(key, target)

    def open_page(self, key: str, target: str = "") -> Page:
        """Show a page, made now if it has not been visited; ``target`` is a record id or a command."""
        page = self.make_page(key)
        self.current = key
        self.rail.select("sync" if key == "conflicts" else key)
        self.stack.setCurrentWidget(page)
        if target:
            page.open_target(target)
        return page

    def make_page(self, key: str) -> Page:
        """Return a page, made now if it has not been visited, without showing it."""
        page = self.pages.get(key)
        if page is None:
            page = self.pages[key] = PAGES[key](self.context)
            self.stack.addWidget(page)
        return page

    def show_person(self, name: str, station: str, roles: str) -> None:
        """Show who is logged in and where."""
        self._avatar.show_name(name)
        self._person.set_text(name)
        self._roles.set_text(roles)
        self._station.set_text(station)

    def show_exchange(self, exchange: Any) -> None:
        """Show where the desk stands towards its centre: status bar and badges."""
        status = exchange.status
        self.status.show_state(
            online=exchange.online, enrolled=status.enrolled, pending=status.pending,
            conflicts=status.open_conflicts, last_success=status.last_success_at, now=self.context.now(),
            standing=exchange.standing)
        if exchange.running is None:
            self.status.hide_progress()
        else:
            self.status.show_progress(exchange.done, exchange.total)
        attention = status.open_conflicts + status.parked
        self.rail.set_badge("sync", attention or status.pending, "warning" if attention else "neutral")

    def retranslate(self) -> None:
        """Say everything again."""
        self._search.setText(self.tr("搜索"))
        self._search.setAccessibleName(self.tr("搜索记录、人和页面"))
        self._account.setAccessibleName(self.tr("账号"))
        self._account.setToolTip(self.tr("锁屏、换账号、外观"))
        name_button(self._help, self.tr("帮助 F1"))

    def _nav(self) -> QFrame:
        nav = QFrame()
        set_kind(nav, "nav")
        nav.setFixedWidth(NAV_WIDTH + 2 * S)
        self._station = ElidedLabel(kind="small")
        titles = column(Label("zzdesk", "title"), self._station, gap=0)
        brand = row(Mark(), titles, gap=M, margins=(S, 0, 0, 0))
        brand.setStretch(1, 1)
        self._search = Button("", "search", "search", self.search_wanted.emit)
        keys = Label("Ctrl K", "key", parent=self._search)
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        keys.setFixedHeight(20)
        self._search.setLayout(row(None, keys, margins=(0, 0, 6, 0)))
        nav.setLayout(column(brand, 2, self._search, 0, self.rail, None, line(), self._foot(),
                             gap=M, margins=(S, L, S, S)))
        return nav

    def _foot(self) -> QFrame:
        foot = QFrame()
        self._avatar = Avatar()
        self._person, self._roles = ElidedLabel(kind="strong"), ElidedLabel(kind="small")
        self._account = icon_button("ellipsis", on_click=self._open_menu)
        self._help = icon_button("circle-help", on_click=lambda: self.help_wanted.emit(""))
        names = column(self._person, self._roles, gap=0)
        layout = row(self._avatar, names, self._help, self._account, gap=XS, margins=(XS, 0, 0, 0))
        layout.insertSpacing(1, XS)
        layout.setStretch(2, 1)
        foot.setLayout(layout)
        return foot

    def account_menu(self) -> QMenu:
        """Return the menu of the account: lock, theme, language, shortcuts."""
        menu = QMenu(self)
        dark = tokens_now().name == "dark"
        menu.addAction(icons.icon("sun" if dark else "moon"), self.tr("浅色") if dark else self.tr("深色"),
                       lambda: self.context.set_theme("light" if dark else "dark"))
        english = self.context.settings.values.language == "en"
        menu.addAction(icons.icon("languages"), "中文" if english else "English",
                       lambda: self.context.set_language("zh" if english else "en"))
        menu.addAction(icons.icon("keyboard"), self.tr("快捷键"), lambda: self.help_wanted.emit("shortcuts"))
        menu.addSeparator()
        menu.addAction(icons.icon("lock"), self.tr("锁屏") + "\tCtrl+L", self.context.lock)
        return menu

    def _open_menu(self) -> None:
        menu = self.account_menu()
        corner = self._account.mapToGlobal(self._account.rect().topRight())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def _shortcuts(self) -> None:
        for number, key in enumerate(PLACES, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda key=key: self.go(key))
        QShortcut(QKeySequence("Ctrl+K"), self, self.search_wanted.emit)
        QShortcut(QKeySequence("Ctrl+L"), self, self.context.lock)
        QShortcut(QKeySequence("F2"), self, lambda: self.go("reports", "new"))
        QShortcut(QKeySequence("F5"), self, self._refresh)
        QShortcut(QKeySequence("?"), self, lambda: self.help_wanted.emit("shortcuts"))
        QShortcut(QKeySequence("Ctrl+N"), self, lambda: self.stack.currentWidget().open_target("new"))

    def _refresh(self) -> None:
        self.pages[self.current].refresh()
