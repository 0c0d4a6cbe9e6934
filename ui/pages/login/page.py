"""The log-in page: by the system keyring where it is allowed, by password, by recovery key; and the locked screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal

from ui.pages.gate import Gate
from ui.pages.login.system import SystemPane
from ui.theme.tokens import XS, M
from ui.widgets.avatar import Avatar
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, column, row
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.forms import Form
from ui.widgets.tag import Tone
from zzdesk.desk.facts import HomeState
from zzdesk.errors import KnownError


class LoginPage(Gate):
    """Asks for the password.

    ``login_wanted(login, password)``, ``system_wanted(login)``, ``recovery_wanted(login, key, new_password)``,
    ``leave_wanted()`` (another account instead of the locked one).
    """

    login_wanted = Signal(str, str)
    system_wanted = Signal(str)
    recovery_wanted = Signal(str, str, str)
    leave_wanted = Signal()

    def __init__(self, switch_theme: Callable[[], None], switch_language: Callable[[], None]) -> None:
        super().__init__(switch_theme, switch_language)
        self._place = self._place_full = self._name = self._login = ""
        self._locked = False
        self._way = "password"
        self._state: HomeState | None = None
        self._avatar, self._who = Avatar(40), Label(kind="title")
        self._warning = Banner()
        self.form, self.recovery, self.system = self._password_form(), self._recovery_form(), SystemPane()
        self.system.chosen.connect(self.system_wanted)
        self._other = Button("", "link", on_click=self._change_way)
        self._again = Button("", "link", on_click=self._toggle_system)
        self._person = row(self._avatar, self._who, None, gap=M)
        for part in (self._warning, self.system, self.form, self.recovery):
            self.content.addWidget(part)
        self.content.addLayout(column(row(self._again, None), row(self._other, None), gap=XS))
        self.content.insertLayout(0, self._person)
        self.show_locked("")
        self.retranslate()

    def show_home(self, state: HomeState) -> None:
        """Show whose home this is and who may log in."""
        self._place, self._place_full, self._state = state.place, state.place_full, state
        for form in (self.form, self.recovery):
            field = form.fields["login"]
            assert isinstance(field, ChoiceField)
            field.set_choices(state.logins)
            field.set_value(state.first_login)
        if state.test:
            self._warning.show_text(self.tr("这是测试工作站，请勿录入真实信息。"), Tone.WARNING)
        self._offer_system()
        self.retranslate()

    def show_locked(self, name: str, login: str = "") -> None:
        """Show the locked screen of somebody; an empty name shows the ordinary log-in."""
        self._name, self._login, self._locked, self._way = name, login, bool(name), "password"
        self.set_busy(False)
        self._avatar.show_name(name)
        self._avatar.setVisible(self._locked)
        self._who.setVisible(self._locked)
        self.form.fields["login"].setVisible(not self._locked)
        self.form.fields["password"].set_value(None)
        for form in (self.form, self.recovery):
            form.forget_complaint()
        self._offer_system()
        self.retranslate()

    def focus_first(self) -> None:
        """Put the cursor into the password, or on the button that needs none."""
        if self._way == "system":
            self.system.focus_first()
        else:
            self.form.fields["password"].control.setFocus()

    def show_error(self, error: KnownError) -> None:
        """Say why it did not open; the password is emptied, the account stays."""
        self.set_busy(False)
        if self._way == "system":
            self._go("password")
        if self._way == "recovery":
            self.recovery.show_error(error)
            return
        self.form.show_error(error)
        self.form.fields["password"].set_value(None)
        self.focus_first()

    def show_broken(self, error: KnownError) -> None:
        """The home itself cannot be used: say so where it can be read."""
        self._warning.show_text(error.text(), Tone.DANGER)

    def set_busy(self, busy: bool) -> None:
        """While the key is derived the button rests."""
        self.form.set_busy(busy)
        self.recovery.set_busy(busy)
        self.system.set_busy(busy)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if self._locked:
            self.title.setText(self.tr("已锁屏"))
            self.subtitle.setText(self._locked_text())
        elif self._way == "recovery":
            self.title.setText(self.tr("用恢复密钥进入"))
            self.subtitle.setText(self.tr("设一个新密码，并得到新的恢复密钥。"))
        else:
            self.title.setText(self._place or "zzdesk")
            self.subtitle.setText(self._place_full or self.tr("社区治理工作站"))
        self._who.setText(self._name)
        self.form.retranslate()
        self._other.setText(self._other_text())
        self._again.setText(self.tr("改用密码") if self._way == "system" else self.tr("不用密码，用系统密钥库"))
        self.foot.setText(self.tr("数据加密保存在本机，没有网络也能工作。"))

    def _locked_text(self) -> str:
        if self._way == "system":
            return self.tr("没有保存完的内容还在。")
        return self.tr("输入密码继续，没有保存完的内容还在。")

    def _other_text(self) -> str:
        if self._locked:
            return self.tr("换一个账号")
        return self.tr("返回登录") if self._way == "recovery" else self.tr("忘记密码？用恢复密钥")

    def _change_way(self) -> None:
        if self._locked:
            self.leave_wanted.emit()
            return
        self._go("recovery" if self._way != "recovery" else self._first_way())

    def _toggle_system(self) -> None:
        self._go("password" if self._way == "system" else "system")

    def _go(self, way: str) -> None:
        self._way = way
        self._show_way()
        self.retranslate()
        self.recovery.focus_first() if way == "recovery" else self.focus_first()

    def _offered(self) -> tuple[str, ...]:
        """The accounts that may go in by the system keyring at this moment."""
        if self._state is None:
            return ()
        if not self._locked:
            return self._state.by_system
        return (self._login,) if self._state.unlocks_by_system and self._login in self._state.by_system else ()

    def _first_way(self) -> str:
        return "system" if self._offered() else "password"

    def _offer_system(self) -> None:
        """Offer the keyring first where it opens; never under the hands of somebody who types a password."""
        self.system.offer(self._offered(), self._locked)
        for button in self.system.buttons.values():
            self.setTabOrder(button, self._again)
        self.setTabOrder(self._again, self._other)
        typing = self.form.fields["password"].value() is not None
        if self._way != "recovery" and not typing:
            self._way = self._first_way()
        self._show_way()
        if self.isVisible():
            self.focus_first()

    def _show_way(self) -> None:
        for way, part in (("password", self.form), ("recovery", self.recovery), ("system", self.system)):
            part.setVisible(way == self._way)
        self._again.setVisible(bool(self._offered()) and self._way != "recovery")

    def _password_form(self) -> Form:
        form = Form(lambda: self.tr("解锁") if self._locked else self.tr("登录"), scroll=False)
        form.add(ChoiceField("login", lambda: self.tr("账号"), (), str, empty=False, required=True))
        form.add(TextField("password", lambda: self.tr("密码"), password=True, required=True))
        form.finished.connect(lambda values: self.login_wanted.emit(values.get("login", ""), values["password"]))
        return form

    def _recovery_form(self) -> Form:
        form = Form(lambda: self.tr("进入并设新密码"), scroll=False)
        form.add(ChoiceField("login", lambda: self.tr("账号"), (), str, empty=False, required=True))
        form.add(TextField("recovery", lambda: self.tr("恢复密钥"), required=True, keep=False,
                           help=lambda: self.tr("建站时只显示过一次的那一串，分组之间的横线可写可不写。")))
        form.add(*password_fields(form))
        form.finished.connect(self._recover)
        return form

    def _recover(self, values: dict[str, Any]) -> None:
        self.recovery_wanted.emit(values["login"], values["recovery"], values["password"])


def password_fields(form: Form) -> tuple[TextField, TextField]:
    """Return the two fields of a new password; the second must repeat the first."""

    def same(value: str) -> str:
        return "" if value == form.fields["password"].value() else QCoreApplication.translate(
            "password", "两次输入的密码不一样")

    first = TextField("password", lambda: QCoreApplication.translate("password", "新密码"), password=True, required=True,
                      help=lambda: QCoreApplication.translate("password", "至少 12 位，或 8 位以上且含三类字符"))
    again = TextField("again", lambda: QCoreApplication.translate("password", "再输一次"), password=True, required=True,
                      check=same)
    return first, again
