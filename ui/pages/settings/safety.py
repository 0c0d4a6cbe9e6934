"""Backups, the recovery key, and logging in by the system keyring."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QSpinBox

from ui.context import Context
from ui.pages.first_run.recovery import RecoveryStep
from ui.pages.settings.keyring import KeyringLines
from ui.pages.settings.section import Section
from ui.theme.tokens import XL, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, column
from ui.widgets.dates import short_moment
from ui.widgets.dialogs import Sheet, confirm
from ui.widgets.tag import Tone


class SafetySection(Section):
    """Make a backup now, choose where and how many; make a new recovery key."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("备份和恢复"))
        self.keyring = KeyringLines(context)
        values = context.settings.values
        self.banner = Banner()
        self._run = Button("", "primary", "archive", self._back_up)
        self._elsewhere = Button("", "", "download", self._back_up_elsewhere)
        self._folder = Button("", "", "", self._choose_folder)
        self._keep = QSpinBox()
        self._keep.setRange(1, 365)
        self._keep.setValue(values.backup_keep)
        self._keep.setFixedWidth(96)
        self._keep.valueChanged.connect(lambda number: context.settings.set("backup_keep", number))
        self._renew = Button("", "danger", "key-round", self._renew_key)
        self._how = Label(kind="small", wrap=True)
        self.body.insertWidget(2, self.banner)
        self.add(
            lambda: self.tr("现在备份"), self._run, lambda: self.tr("写完后会逐项核对，核对不过不算备份")
        )
        self.add(
            lambda: self.tr("备份到 U 盘"), self._elsewhere, lambda: self.tr("备份也是加密的，丢了别人打不开")
        )
        self.add(lambda: self.tr("备份文件夹"), self._folder)
        self.add(lambda: self.tr("保留几份"), self._keep, lambda: self.tr("旧的自动删掉"))
        self.add(lambda: self.tr("恢复密钥"), self._renew, lambda: self.tr("换新以后，旧的立即失效"))
        self.body.addWidget(self._how)
        self.body.addSpacing(XL)
        self.body.addWidget(self.keyring)
        self.retranslate()

    def refresh(self) -> None:
        """Show what this person may do."""
        self.keyring.refresh()
        self._run.setEnabled(self.context.may("backup.run"))
        self._elsewhere.setEnabled(self.context.may("backup.run"))
        self._renew.setEnabled(self.context.may("account.manage"))

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._run.setText(self.tr("备份"))
        self._elsewhere.setText(self.tr("选文件夹…"))
        named = self.context.settings.values.backup_folder
        self._folder.setText(named or self.tr("数据文件夹里的 backups"))
        self._renew.setText(self.tr("换新的恢复密钥"))
        self._how.setText(
            self.tr("恢复：关闭窗口后运行 zzdesk restore 备份文件夹。原来的数据会移到一旁，不会被覆盖。")
        )

    def _back_up(self, target: Any = None) -> None:
        from zzdesk.desk.backup import run_backup

        self._run.setEnabled(False)
        self.banner.show_text(self.tr("正在备份并核对……可以继续工作。"), Tone.INFO)
        self.context.runner.call(
            run_backup, self.context.desk, target, on_done=self._backed_up, on_error=self._failed, owner=self
        )

    def _back_up_elsewhere(self) -> None:
        from pathlib import Path

        folder = QFileDialog.getExistingDirectory(self, self.tr("备份到哪里"))
        if folder:
            self._back_up(Path(folder))

    def _backed_up(self, made: Any) -> None:
        self._run.setEnabled(True)
        when = short_moment(made.made_at, self.context.now())
        self.banner.show_text(
            self.tr("{when} 备份完成，{records} 条记录已核对。").format(when=when, records=made.records),
            Tone.SUCCESS,
        )

    def _failed(self, error: Any) -> None:
        self._run.setEnabled(True)
        self.banner.show_text(
            self.tr("没有备份成：{why} 以前的备份没有动。").format(why=error.text()), Tone.DANGER
        )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("备份文件夹"))
        if folder:
            self.context.settings.set("backup_folder", folder)
            self.context.desk.settings.backup_folder = folder
            self.retranslate()

    def _renew_key(self) -> None:
        from zzdesk.desk.accounts import renew_recovery_key

        if confirm(
            self,
            self.tr("换新的恢复密钥"),
            self.tr("旧的恢复密钥会立即失效，这一步不能撤销。"),
            self.tr("换新"),
            danger=True,
        ):
            self.context.runner.call(
                renew_recovery_key,
                self.context.desk,
                on_done=self._show_key,
                on_error=self._failed,
                owner=self,
            )

    def _show_key(self, key: str) -> None:
        sheet = KeySheet(self, key, self.context.facts.place)
        sheet.exec()


class KeySheet(Sheet):
    """Shows a new recovery key once; it closes when the person has proved that it was written down."""

    def __init__(self, parent: SafetySection, key: str, place: str) -> None:
        super().__init__(
            parent.window(),
            QCoreApplication.translate("SafetySection", "新的恢复密钥"),
            QCoreApplication.translate("SafetySection", "只显示这一次，请抄下或存到 U 盘。"),
            "",
        )
        self.go.hide()
        self.back.hide()
        self.step = RecoveryStep()
        self.step.show_key(key, place)
        self.step.kept.connect(self.accept)
        self.body.addLayout(column(self.step, gap=S))

    def reject(self) -> None:
        """Esc does not lose the key: the sheet closes by its button only."""

    def closeEvent(self, event: Any) -> None:
        """The window's own close button does not lose the key either."""
        event.ignore()
