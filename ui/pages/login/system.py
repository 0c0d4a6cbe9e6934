"""Logging in by the keyring of the system: one button with the account's name, and the way to the password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import L, M
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, clear, column


class SystemPane(Translated, QWidget):
    """``chosen(login)`` when somebody wants to go in; the first account's button is the main one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner()
        self.buttons: dict[str, Button] = {}
        self._locked = False
        self._places: QVBoxLayout = column(gap=M)
        self._why = Label(kind="small", wrap=True)
        self.setLayout(column(self.banner, self._places, self._why, gap=L))

    def offer(self, logins: tuple[str, ...], locked: bool) -> None:
        """Show a button for each account that may go in this way."""
        clear(self._places)
        self._locked = locked
        self.buttons = {}
        for login in logins:
            button = Button("", "" if self.buttons else "primary", "key-round")
            button.clicked.connect(lambda _=False, login=login: self.chosen.emit(login))
            self.buttons[login] = button
            self._places.addWidget(button)
        self.banner.show_text("")
        self.retranslate()

    def focus_first(self) -> None:
        """Put the focus on the main button: Enter goes in."""
        for button in self.buttons.values():
            button.setFocus()
            return

    def set_busy(self, busy: bool) -> None:
        """While the keyring is asked the buttons rest."""
        for button in self.buttons.values():
            button.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say everything again."""
        for login, button in self.buttons.items():
            words = self.tr("以 {login} 解锁") if self._locked else self.tr("以 {login} 登录")
            button.setText(words.format(login=login))
            button.setAutoDefault(True)
        self._why.setText(self.tr("由这台电脑的系统密钥库开门，不用输密码。登录同样记入审计。"))
