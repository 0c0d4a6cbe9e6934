"""The kiosk of this machine: the operator's PIN, how soon it forgets, its letters, its voice, its printer."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from ui.context import Context
from ui.pages.settings.section import Section
from ui.widgets.base import Button, Label
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import TextField
from ui.widgets.forms import Form
from zzdesk.settings import KIOSK_IDLE

translate = QCoreApplication.translate
LONGEST_PIN: Final = 8


class PinSheet(Sheet):
    """Asks for a new PIN twice, and for the one before where there is one."""

    def __init__(self, parent: QWidget, has_pin: bool) -> None:
        super().__init__(parent, translate("KioskSection", "离开自助机的 PIN"),
                         translate("KioskSection", "六到八位数字，只在这台机器上有用，只有您自己知道。"), "")
        self.go.hide()
        self.back.hide()
        self.form = Form(lambda: translate("KioskSection", "设好"), leave=lambda: translate("KioskSection", "返回"), scroll=False)
        names = [("old", lambda: translate("KioskSection", "现在的 PIN"))] if has_pin else []
        names += [("pin", lambda: translate("KioskSection", "新 PIN")), ("again", lambda: translate("KioskSection", "再输一次"))]
        for key, name in names:
            self.form.add(TextField(key, name, password=True, required=True, limit=LONGEST_PIN))
        self.form.left.connect(self.reject)
        self.body.addWidget(self.form)
        self.form.focus_first()


class KioskSection(Section):
    """Choices for the kiosk of this machine; it takes them when it is opened next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("自助机"))
        values = context.settings.values
        self._has_pin = False
        self.pin = Button("", "", "key-round", self._ask_pin)
        self.idle = QSpinBox()
        self.idle.setRange(*KIOSK_IDLE)
        self.idle.setSingleStep(15)
        self.idle.setValue(values.kiosk_idle_seconds)
        self.idle.setFixedWidth(96)
        self.idle.valueChanged.connect(lambda seconds: context.settings.set("kiosk_idle_seconds", seconds))
        self.large, self.voice = QCheckBox(), QCheckBox()
        for box, name in ((self.large, "kiosk_large"), (self.voice, "kiosk_voice")):
            box.setChecked(getattr(values, name))
            box.toggled.connect(lambda on, name=name: context.settings.set(name, on))
        self.printer = QComboBox()
        self.printer.setMinimumWidth(220)
        self.printer.activated.connect(lambda _: context.settings.set("kiosk_printer", self.printer.currentData()))
        self.note = Label(kind="secondary", wrap=True)
        self.body.addWidget(self.note)
        self.add(lambda: self.tr("离开自助机的 PIN"), self.pin, self._pin_words)
        self.add(lambda: self.tr("没人动多久以后清除（秒）"), self.idle,
                 lambda: self.tr("最后 15 秒问“您还在吗？”；最少 45 秒，老人来得及应"))
        self.add(lambda: self.tr("一开始就用特大字"), self.large, lambda: self.tr("来的人可以自己改小，走了又变回来"))
        self.add(lambda: self.tr("读出屏幕上的话"), self.voice, lambda: self.tr("要装语音；读的内容里没有人名和号码"))
        self.add(lambda: self.tr("打小票的打印机"), self.printer,
                 lambda: self.tr("直接打印，不弹窗口；没有打印机时屏幕上有二维码"))
        self.retranslate()

    def refresh(self) -> None:
        """Ask whether there is a PIN, and which printers there are."""
        from zzdesk.desk.kiosk_door import pin_is_mine

        self.context.runner.read(pin_is_mine, on_done=self._show_pin, on_error=self._refuse, owner=self)
        self.context.runner.aside(_printers, on_done=self._show_printers, on_error=lambda error: None, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.note.setText(self.tr("这台电脑做自助机时用这些设置；PIN 立即生效，别的在自助机下次打开时生效。"))
        self.pin.setText(self.tr("换 PIN…") if self._has_pin else self.tr("设 PIN…"))
        self._show_printers([self.printer.itemData(at) for at in range(1, self.printer.count())])

    def _pin_words(self) -> str:
        if self._has_pin:
            return self.tr("您的 PIN 已设好。忘了就在命令行里重设：zzdesk kiosk --set-pin")
        return self.tr("还没有设：没有人的 PIN，自助机打不开")

    def _show_pin(self, found: bool) -> None:
        self._has_pin = found
        self.retranslate()

    def _show_printers(self, names: list[str]) -> None:
        wanted = self.context.settings.values.kiosk_printer
        known = list(dict.fromkeys([*names, *([wanted] if wanted else [])]))
        self.printer.clear()
        self.printer.addItem(self.tr("系统默认打印机"), "")
        for name in known:
            self.printer.addItem(name, name)
        self.printer.setCurrentIndex(max(0, self.printer.findData(wanted)))

    def _ask_pin(self) -> None:
        from zzdesk.desk.kiosk_door import change_pin

        sheet = PinSheet(self.window(), self._has_pin)

        def done(_: Any) -> None:
            sheet.accept()
            self.context.toast(self.tr("PIN 已设好"))
            self.refresh()

        sheet.form.finished.connect(lambda values: self.context.runner.call(
            change_pin, self.context.desk, values.get("old"), values["pin"], values["again"], on_done=done,
            on_error=sheet.form.show_error, owner=sheet))
        sheet.exec()
        sheet.deleteLater()

    def _refuse(self, error: Any) -> None:
        self.context.toast(error.text(), bad=True)


def _printers(task: Any) -> list[str]:
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())
