"""Who may log in at this desk: one's own password, and for an administrator everybody's account."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from ui.context import Context
from ui.models.paging import Column, PagingModel
from ui.pages.login.page import password_fields
from ui.pages.settings.section import Section
from ui.roles import role_codes, role_word, roles_line
from ui.theme.tokens import M, S
from ui.widgets.base import Button, row
from ui.widgets.dialogs import Sheet, confirm
from ui.widgets.fields import Field, TextField
from ui.widgets.forms import Form
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable
from ui.widgets.tag import Tag, Tone


class AccountsSection(Section):
    """The list of accounts, and what may be done to the one that is selected."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("账号"))
        self._own = Button("", "", "key-round", self._change_own)
        self._add = Button("", "primary", "plus", self._add_account)
        self._reset = Button("", "", "rotate-ccw", self._reset_password)
        self._stop = Button("", "danger", "", self._stop_account)
        self.model = PagingModel(self._columns(), self._fetch, parent=self)
        self.table = DataTable(self.model, context.settings.windows, "accounts")
        self.table.setMinimumHeight(280)
        self._stack = StateStack(self.table)
        self._buttons = row(self._own, None, self._reset, self._stop, self._add, gap=S)
        self.body.addLayout(self._buttons)
        self.body.addWidget(self._stack)
        self.model.loaded.connect(lambda _: self._stack.show_content())
        self.model.failed.connect(
            lambda error: self._stack.show_error(
                self.tr("读不出账号"), error.text(), self.tr("再试一次"), self.refresh
            )
        )
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.retranslate()

    def refresh(self) -> None:
        """Ask for the accounts."""
        self._show_buttons()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._own.setText(self.tr("改我的密码"))
        self._add.setText(self.tr("添加账号"))
        self._reset.setText(self.tr("重设密码"))
        self._stop.setText(self.tr("停用"))
        self.table.setAccessibleName(self.tr("账号列表"))
        self.model.retranslate()

    def _columns(self) -> list[Column]:
        return [
            Column("name", lambda: self.tr("姓名"), lambda r: r.display_name, 140, strong=True),
            Column("login", lambda: self.tr("用户名"), lambda r: r.login, 120),
            Column("roles", lambda: self.tr("角色"), lambda r: roles_line(frozenset(r.roles)), stretch=True),
            Column("state", lambda: self.tr("情况"), lambda r: self._state(r).text, 100, tag=self._state),
        ]

    def _state(self, account: Any) -> Tag:
        return Tag(self.tr("已停用")) if account.disabled else Tag(self.tr("可登录"), Tone.SUCCESS)

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.accounts.queries import list_accounts

        self.context.runner.read(
            list_accounts, after=after, limit=limit, on_done=on_page, on_error=on_error, owner=self
        )

    def _show_buttons(self) -> None:
        may = self.context.may("account.manage")
        rows = self.table.selected_rows()
        one = rows[0] if len(rows) == 1 else None
        other = one is not None and one.id != self.context.facts.account and not one.disabled
        self._add.setVisible(may)
        self._reset.setVisible(may and other)
        self._stop.setVisible(may and other)

    def _change_own(self) -> None:
        from zzdesk.desk.accounts import change_own_password

        sheet = PasswordSheet(self, self.tr("改我的密码"), "", ask_old=True)
        self._set_password(sheet, self.tr("密码已改"), change_own_password, lambda values: values["old"])

    def _reset_password(self) -> None:
        from zzdesk.desk.accounts import reset_password

        account = self.table.selected_rows()[0]
        text = self.tr("把新密码当面告诉{name}，并请其尽快自己改掉。").format(name=account.display_name)
        sheet = PasswordSheet(self, self.tr("重设密码"), text)
        self._set_password(sheet, self.tr("密码已重设"), reset_password, lambda values: account.login)

    def _set_password(self, sheet: PasswordSheet, said: str, change: Any, first: Any) -> None:
        """Ask for a new password and run ``change(desk, first, password)`` until it is taken."""
        sheet.run(
            lambda values: self.context.runner.call(
                change, self.context.desk, first(values), values["password"], on_done=lambda _: sheet.accept(),
                on_error=sheet.form.show_error, owner=sheet,
            )
        )  # fmt: skip
        if sheet.result() == QDialog.DialogCode.Accepted:
            self.context.toast(said)

    def _stop_account(self) -> None:
        from zzdesk.desk.accounts import disable_account

        account = self.table.selected_rows()[0]
        if confirm(
            self,
            self.tr("停用账号"),
            self.tr("{name} 将不能再登录，登记过的内容都保留。").format(name=account.display_name),
            self.tr("停用"),
            danger=True,
        ):
            self.context.runner.call(
                disable_account,
                self.context.desk,
                account.login,
                on_done=lambda _: self.refresh(),
                owner=self,
            )

    def _add_account(self) -> None:
        from zzdesk.desk.accounts import add_account

        sheet = AccountSheet(self)
        sheet.run(
            lambda values: self.context.runner.call(
                add_account,
                self.context.desk,
                values["login"],
                values["name"],
                values["roles"],
                values["password"],
                on_done=lambda _: sheet.accept(),
                on_error=sheet.form.show_error,
                owner=sheet,
            )
        )
        if sheet.result() == QDialog.DialogCode.Accepted:
            self.context.toast(self.tr("账号已添加"))
            self.refresh()


class FormSheet(Sheet):
    """A dialog around a form: its button finishes the form, and the command closes it."""

    def __init__(self, parent: QWidget, title: str, text: str, go: str) -> None:
        super().__init__(parent.window(), title, text, go)
        self.form = Form(lambda: go, scroll=False)
        self.form.button.hide()
        self.body.addWidget(self.form)
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.form.finish)

    def run(self, command: Any) -> None:
        """Show the dialog; ``command(values)`` is called when the form is finished."""
        self.form.finished.connect(command)
        self.form.focus_first()
        self.exec()


class PasswordSheet(FormSheet):
    """A new password, twice; the old one too where it is one's own."""

    def __init__(self, parent: QWidget, title: str, text: str, ask_old: bool = False) -> None:
        super().__init__(parent, title, text, QCoreApplication.translate("AccountsSection", "更改"))
        if ask_old:
            self.form.add(TextField("old", lambda: self.tr("现在的密码"), password=True, required=True))
        for field in password_fields(self.form):
            self.form.add(field)


class AccountSheet(FormSheet):
    """A new account: name, login, roles, first password."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("AccountsSection", "添加账号"),
            "",
            QCoreApplication.translate("AccountsSection", "添加"),
        )
        self.setMinimumWidth(560)
        self.form.add(
            TextField("name", lambda: self.tr("姓名"), required=True, limit=40),
            TextField("login", lambda: self.tr("用户名"), required=True, limit=40),
        )
        self.form.add(
            RolesField(
                "roles",
                lambda: self.tr("角色"),
                required=True,
                help=lambda: self.tr("系统管理员和审计员不能是同一个人"),
            )
        )
        self.form.add(*password_fields(self.form))


class RolesField(Field):
    """Boxes to tick, one for each role."""

    def __init__(self, key: str, label: Any, **more: Any) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(0)
        self._boxes = {code: QCheckBox(role_word(code)) for code in role_codes()}
        for at, box in enumerate(self._boxes.values()):
            grid.addWidget(box, at // 3, at % 3)
        super().__init__(key, holder, label, **more)
        for box in self._boxes.values():
            box.clicked.connect(self.edited)

    def value(self) -> list[str] | None:
        """Return the roles that are ticked."""
        return [code for code, box in self._boxes.items() if box.isChecked()] or None

    def set_value(self, value: Any) -> None:
        """Tick roles."""
        for code, box in self._boxes.items():
            box.setChecked(code in (value or ()))
