"""Logging in by the keyring of the system: what the administrator allows here, and what each person chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.context import Context
from ui.pages.settings.section import SettingLine
from ui.theme.tokens import M
from ui.widgets.banner import Banner
from ui.widgets.base import Label, Translated, column, line
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import TextField
from ui.widgets.forms import Form
from ui.widgets.tag import Tone
from zzdesk.errors import KnownError


class KeyringLines(Translated, QWidget):
    """Three switches under a heading: allowed on this machine, the locked screen too, my own account.

    A switch shows what is kept, not what was clicked: it moves when the command went through.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.title, self.reason = Label(kind="title"), Banner()
        self.allow, self.unlocks, self.mine = QCheckBox(), QCheckBox(), QCheckBox()
        self._state: Any = None
        self._lines = [
            SettingLine(lambda: self.tr("允许本机的账号免密码登录"), self.allow, self._allow_words),
            SettingLine(lambda: self.tr("锁屏后也可以免密码"), self.unlocks, self._unlocks_words),
            SettingLine(lambda: self.tr("我的账号用系统密钥库登录"), self.mine, self._mine_words),
        ]
        body = column(self.title, line(), self.reason, gap=M)
        for one in self._lines:
            body.addWidget(one)
            body.addWidget(line())
        self.setLayout(body)
        for box, change in ((self.allow, self._set_allowed), (self.unlocks, self._set_unlocks), (self.mine, self._set_mine)):
            box.clicked.connect(change)
        self._show_state(None)
        self.retranslate()

    def refresh(self) -> None:
        """Ask where this machine and this account stand."""
        from zzdesk.desk.keyring import keyring_state

        self._call(keyring_state)

    def retranslate(self) -> None:
        """Say everything again."""
        self.title.setText(self.tr("免密码登录"))
        for one in self._lines:
            one.retranslate()

    def _allow_words(self) -> str:
        return self.tr("钥匙放进这台电脑的系统密钥库。谁能打开这台电脑的系统账号，谁就能以所选账号进入；"
                       "几个人共用一个系统账号的电脑请不要开。需要系统管理员。")

    def _unlocks_words(self) -> str:
        return self.tr("不选：离开后锁屏，回来仍要输密码，更安全。")

    def _mine_words(self) -> str:
        return self.tr("要先输一次密码，证明是本人。密码登录一直可用，登录同样记入审计。")

    def _call(self, function: Callable[..., Any], *arguments: Any, on_error: Any = None) -> None:
        self.context.runner.call(function, self.context.desk, *arguments, on_done=self._show_state,
                                 on_error=on_error or self._failed, owner=self)

    def _show_state(self, state: Any) -> None:
        self._state = state
        usable = state is not None and not state.obstacle
        allowed, mine = state is not None and state.allowed, state is not None and state.mine
        may = self.context.may("settings.edit")
        for box, checked, enabled in (
            (self.allow, allowed, may and (usable or allowed)),
            (self.unlocks, allowed and state.unlocks, may and usable and allowed),
            (self.mine, mine, mine or (usable and allowed)),
        ):
            box.setChecked(checked)
            box.setEnabled(enabled)
        self.reason.show_text(state.obstacle if state is not None else "", Tone.INFO)

    def _failed(self, error: KnownError) -> None:
        self._show_state(self._state)
        self.reason.show_text(error.text(), Tone.DANGER)

    def _set_allowed(self, wanted: bool) -> None:
        from zzdesk.desk.keyring import allow_system_keyring

        self._call(allow_system_keyring, wanted, False)

    def _set_unlocks(self, wanted: bool) -> None:
        from zzdesk.desk.keyring import allow_system_keyring

        self._call(allow_system_keyring, True, wanted)

    def _set_mine(self, wanted: bool) -> None:
        from zzdesk.desk.keyring import forget_me

        if wanted:
            self._show_state(self._state)
            self._ask_password()
        else:
            self._call(forget_me)

    def _ask_password(self) -> None:
        from zzdesk.desk.keyring import remember_me

        sheet = ProofSheet(self.window())

        def done(state: Any) -> None:
            sheet.accept()
            self._show_state(state)
            self.context.toast(self.tr("下次登录可以不输密码"))

        sheet.form.finished.connect(lambda values: self.context.runner.call(
            remember_me, self.context.desk, values["password"], on_done=done, on_error=sheet.form.show_error, owner=sheet))
        sheet.exec()


class ProofSheet(Sheet):
    """Asks for the own password once more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, QCoreApplication.translate("KeyringLines", "我的账号用系统密钥库登录"),
            QCoreApplication.translate(
                "KeyringLines", "以后谁能打开这台电脑的系统账号，谁就能以您的名义进入。请输入您的密码确认。"), "")
        self.go.hide()
        self.form = Form(lambda: QCoreApplication.translate("KeyringLines", "确认"),
                         leave=lambda: QCoreApplication.translate("KeyringLines", "不开"), scroll=False)
        self.form.add(TextField("password", lambda: QCoreApplication.translate("KeyringLines", "密码"), password=True,
                                required=True))
        self.form.left.connect(self.reject)
        self.back.hide()
        self.body.addWidget(self.form)
        self.form.focus_first()
