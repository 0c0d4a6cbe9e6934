"""The wizard of the first start; one question a step, and a line that says how far one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.pages.first_run.recovery import RecoveryStep
from ui.pages.gate import Gate
from ui.pages.login.page import password_fields
from ui.runner import Runner
from ui.theme.tokens import L, M
from ui.widgets.base import Button, Icon, Label, card, column, row
from ui.widgets.fields import TextField, WidgetField
from ui.widgets.forms import Form
from ui.widgets.picker import PlacePicker
from zzdesk.errors import KnownError

STEPS = ("welcome", "place", "account", "recovery", "enrol")


class FirstRunPage(Gate):
    """Asks, step by step.

    ``create_wanted(station, login, password, name)``, ``enrol_wanted(url, code)``, ``demo_wanted()``, ``finished()``.
    """

    create_wanted = Signal(str, str, str, str)
    enrol_wanted = Signal(str, str)
    demo_wanted = Signal()
    finished = Signal()

    def __init__(self, runner: Runner, switch_theme: Callable[[], None], switch_language: Callable[[], None]) -> None:
        super().__init__(switch_theme, switch_language, width=560)
        self._runner, self._station = runner, ""
        self._step = "welcome"
        self._progress, self._where = QProgressBar(), Label(kind="small")
        self._progress.setRange(0, len(STEPS) - 1)
        self._progress.setTextVisible(False)
        self.place, self.account, self.enrol = self._place_form(), self._account_form(), self._enrol_form()
        self.recovery = RecoveryStep()
        self.recovery.kept.connect(lambda: self.show_step("enrol"))
        self.welcome = self._welcome()
        self._parts = dict(zip(STEPS, (self.welcome, self.place, self.account, self.recovery, self.enrol), strict=True))
        line = row(self._progress, self._where, gap=M)
        line.setStretch(0, 1)
        self.content.addLayout(line)
        for part in self._parts.values():
            self.content.addWidget(part)
        self.show_step("welcome")

    def show_step(self, step: str) -> None:
        """Go to a step and put the cursor where one types."""
        self._step = step
        at = STEPS.index(step)
        for name, part in self._parts.items():
            part.setVisible(name == step)
        self._progress.setVisible(at > 0)
        self._where.setVisible(at > 0)
        self._progress.setValue(at)
        self.retranslate()
        page = self._parts[step]
        if isinstance(page, Form):
            page.focus_first()
        else:
            (self.recovery.form.focus_first if step == "recovery" else self._make.setFocus)()

    def show_recovery(self, key: str, place: str) -> None:
        """The home is made: show its recovery key, once."""
        self.account.set_busy(False)
        self.recovery.show_key(key, place)
        self.show_step("recovery")

    def show_error(self, error: KnownError) -> None:
        """Say at the step what went wrong."""
        form = self.enrol if self._step == "enrol" else self.account
        form.show_error(error)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        texts = {
            "welcome": (self.tr("欢迎使用 zzdesk"), self.tr("社区治理工作站：事件、零工、调解，断网照常办公。")),
            "place": (self.tr("这里是哪个社区？"), self.tr("输入名称、拼音、首字母或代码。")),
            "account": (self.tr("第一位管理员"), self.tr("由您来管理这个工作站，以后可以再添加同事。")),
            "recovery": (self.tr("保管好恢复密钥"), self.tr("忘记密码时，只有它能打开这里的数据。它只显示这一次。")),
            "enrol": (self.tr("接入中心"), self.tr("有了网址和一次性接入码，就能和中心交换。也可以以后再说。")),
        }
        title, subtitle = texts[self._step]
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self._where.setText(self.tr("第 {step} 步，共 {all} 步").format(step=STEPS.index(self._step), all=len(STEPS) - 1))
        self._progress.setAccessibleName(self._where.text())
        self._make.setText(self.tr("建立工作站"))
        self._make_text.setText(self.tr("选择社区，设管理员，大约一分钟。"))
        self._demo.setText(self.tr("先看看演示"))
        self._demo_text.setText(self.tr("用虚构的人和事走一遍，不影响任何真实数据。"))
        self.foot.setText(self.tr("数据加密保存在本机，没有网络也能工作。"))

    def _welcome(self) -> QWidget:
        self._make = Button("", "primary", "building-2", lambda: self.show_step("place"))
        self._demo = Button("", "", "monitor", self.demo_wanted.emit)
        self._make_text, self._demo_text = Label(kind="small", wrap=True), Label(kind="small", wrap=True)
        holder = QWidget()
        boxes = [self._choice("building-2", self._make, self._make_text),
                 self._choice("monitor", self._demo, self._demo_text)]
        holder.setLayout(row(*boxes, gap=L))
        return holder

    @staticmethod
    def _choice(icon: str, button: Button, text: Label) -> QWidget:
        box = card("panel")
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setMinimumHeight(40)
        layout = column(Icon(icon, "secondary", 32), text, button, gap=M)
        layout.setAlignment(layout.itemAt(0).widget(), Qt.AlignmentFlag.AlignHCenter)
        box.setLayout(layout)
        return box

    def _place_form(self) -> Form:
        form = Form(lambda: self.tr("下一步"), leave=lambda: self.tr("返回"), scroll=False)
        picker = PlacePicker(self._runner, lambda: self.tr("例如 西桥、xiqiao、xqsq、350602002004"))
        form.add(WidgetField("station", lambda: self.tr("社区或村"), picker, required=True,
                             help=lambda: self.tr("漳州市 11 个县区、2,135 个社区和村都在名单里。")))
        form.finished.connect(self._placed)
        form.left.connect(lambda: self.show_step("welcome"))
        return form

    def _account_form(self) -> Form:
        form = Form(lambda: self.tr("建立"), leave=lambda: self.tr("返回"), scroll=False)
        form.add(TextField("name", lambda: self.tr("姓名"), required=True, limit=40),
                 TextField("login", lambda: self.tr("用户名"), required=True, limit=40,
                           help=lambda: self.tr("登录时用，例如姓名拼音")))
        form.add(*password_fields(form))
        form.finished.connect(self._create)
        form.left.connect(lambda: self.show_step("place"))
        return form

    def _enrol_form(self) -> Form:
        form = Form(lambda: self.tr("接入并开始"), leave=lambda: self.tr("以后再说，直接开始"), scroll=False)
        form.add(TextField("url", lambda: self.tr("中心网址"), required=True,
                           placeholder=lambda: "https://"))
        form.add(TextField("code", lambda: self.tr("一次性接入码"), required=True, limit=60, keep=False,
                           help=lambda: self.tr("由中心的管理员给您，用过即失效。")))
        form.left.connect(self.finished)
        form.finished.connect(self._enrol)
        return form

    def _placed(self, values: dict[str, Any]) -> None:
        self._station = values["station"]
        self.show_step("account")

    def _create(self, values: dict[str, Any]) -> None:
        self.account.set_busy(True)
        self.create_wanted.emit(self._station, values["login"], values["password"], values["name"])

    def _enrol(self, values: dict[str, Any]) -> None:
        self.enrol.set_busy(True)
        self.enrol_wanted.emit(values["url"], values["code"])


