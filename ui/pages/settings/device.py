"""What this machine is: its station, its numbers, its centre."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.context import Context
from ui.pages.settings.section import Section
from ui.widgets.base import Button, Label


def _value() -> Label:
    label = Label(kind="secondary")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class DeviceSection(Section):
    """Facts of the machine; joining the centre is on the page 同步."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("本机"))
        self._place, self._code, self._replica, self._device, self._centre, self._folder = (_value() for _ in range(6))
        self._join = Button("", "", "refresh-cw", lambda: context.navigate("sync", ""))
        self.add(lambda: self.tr("社区"), self._place)
        self.add(lambda: self.tr("区划代码"), self._code)
        self.add(lambda: self.tr("本机编号"), self._replica, lambda: self.tr("记录由哪台机器写下，以此为准"))
        self.add(lambda: self.tr("接入编号"), self._device)
        self.add(lambda: self.tr("中心"), self._centre)
        self.add(lambda: self.tr("数据文件夹"), self._folder, lambda: self.tr("整个文件夹都已加密，复制走也打不开"))
        self.body.addWidget(self._join, 0, Qt.AlignmentFlag.AlignLeft)
        context.exchange.changed.connect(self.refresh)
        self.retranslate()

    def refresh(self) -> None:
        """Show what is known."""
        facts, status = self.context.facts, self.context.exchange.status
        none = self.tr("还没有接入")
        self._place.setText(facts.place_full)
        self._code.setText(facts.station)
        self._folder.setText(str(self.context.desk.home) if self.context.desk is not None else "")
        self._replica.setText(status.replica_id if status is not None else "")
        self._device.setText((status.device_id if status is not None else None) or none)
        self._centre.setText((status.server_url if status is not None else None) or none)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._join.setText(self.tr("同步和接入"))
        self.refresh()
