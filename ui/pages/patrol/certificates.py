"""服务证明: certificates of what the station recorded itself, with their numbers, printed as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from ui.context import Context
from ui.labels import field_word, state_tag
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.records import Loaded, PatrolDetailView, PatrolRecords, RecordPicker, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Button, Words, row
from ui.widgets.dates import short_moment
from ui.widgets.fields import DayField, LongTextField, TextField, WidgetField
from ui.widgets.record_form import RecordForm
from zzdesk.clock import local_day
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import CertificateRow, PatrolFilter

translate = QCoreApplication.translate
PAPER = "certificate"


def _name(field: str) -> Words:
    return lambda: field_word("certificate", field)


class CertificateForm(RecordForm):
    """For whom, of what time, and who certifies."""

    def __init__(self, context: Context) -> None:
        today = local_day(context.now())
        super().__init__(lambda: translate("CertificateForm", "出具证明"), key="certificate/new", drafts=context.drafts,
                         leave=lambda: translate("CertificateForm", "稍后再填"),
                         start=lambda: {"from_day": today.replace(month=1, day=1).isoformat(),
                                        "until_day": today.isoformat(), "handler": context.facts.name,
                                        "content": translate("CertificateForm", "群防群治志愿服务")})
        who = RecordPicker(context, "volunteer", lambda: translate("CertificateForm", "姓名、拼音、编号或电话尾号"))
        self.add(WidgetField("volunteer_id", _name("volunteer_id"), who, required=True,
                             help=lambda: translate("CertificateForm", "只计核验过的时长；证件号码要先补齐")))
        self.add(DayField("from_day", _name("from_day"), required=True),
                 DayField("until_day", _name("until_day"), required=True))
        self.add(LongTextField("content", _name("content"), lines=2, required=True))
        self.add(TextField("issuer", _name("issuer"), required=True, limit=80),
                 TextField("contact", _name("contact"), required=True, limit=60))
        self.add(TextField("responsible", _name("responsible"), required=True, limit=40),
                 TextField("handler", _name("handler"), required=True, limit=40))


class CertificateDetail(PatrolDetailView):
    """One certificate, covered; the paper shows everything and is noted in the audit."""

    kind = "certificate"
    table = flow.CERTIFICATE
    right = "patrol.certify"
    order = (
        "name", "document_kind", "identity_number", "volunteer_no", "from_day", "until_day", "minutes", "content", "issuer",
        "responsible", "handler", "contact", "issued_on", "alias", "reason", "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.print_button = Button("", "primary", "printer", self.print_it)
        self.above.addLayout(row(self.print_button, None))

    def fill(self, found: Loaded) -> None:
        """Show the certificate."""
        super().fill(found)
        self.print_button.setText(self.tr("存为 PDF 打印…"))
        self.print_button.setVisible(self.context.may("patrol.certify") and self.context.may("person.reveal"))

    def number(self, fields: dict[str, Any]) -> str:
        """Return the number, or what stands for it."""
        return str(fields.get("number") or fields.get("alias") or "")

    def title(self, fields: dict[str, Any]) -> str:
        """Return the name, masked."""
        return str(fields["name"])

    def has_main(self, found: Loaded) -> bool:
        """Printing is the main thing; withdrawing is not."""
        return False

    def may_edit(self, found: Loaded) -> bool:
        """A certificate is written once."""
        return False

    def command(self) -> Callable[..., Any]:
        """Steps of certificates."""
        return commands.act_certificate

    def print_it(self) -> None:
        """Ask where to, note it in the audit, and write the PDF."""
        name = self.tr("志愿服务记录证明.pdf")
        target, _ = QFileDialog.getSaveFileName(self, self.tr("存为 PDF"), name, "PDF (*.pdf)")
        if target:
            self.print_to(target)

    def print_to(self, target: str) -> None:
        """Write the paper with everything on it to a file."""
        record, file = self.record_id, Path(target)

        def write(paper: Any) -> None:
            from zzdesk.desk.morning import write_pdf

            self.context.runner.call(
                write_pdf, file, PAPER, paper, owner=self, on_error=self.refuse,
                on_done=lambda _: self.context.toast(self.tr("已存到 {name}").format(name=file.name)))

        self.do(commands.print_certificate, record, then=lambda: self.context.runner.read(
            queries.certificate_paper, record, on_done=write, on_error=self.refuse, owner=self))


class CertificateRecords(PatrolRecords):
    """Certificates, newest first."""

    kind, memory = "certificate", "certificates"
    chips_of = {"issued": (flow.ISSUED,), "withdrawn": (flow.WITHDRAWN_PAPER,)}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The list of certificates."""

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_certificates(read, wanted.states, wanted.void, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return CertificateDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new certificate."""
        return pane(CertificateForm(self.context), lambda: self.tr("开志愿服务记录证明"), lambda form: self.register(
            commands.certify, form, form.values(), self.tr("证明已出具，编号在最上面。已保存在本机。")))

    def line(self, found: CertificateRow) -> Line:
        """Name, hours, number."""
        hours = self.tr("{hours} 小时").format(hours=f"{found.minutes / 60:.1f}")
        return Line(joined(found.name, hours), found.number, state_tag("certificate", found.state),
                    short_moment(found.created_at, self.context.now()))

    def chip_words(self) -> list[tuple[str, str]]:
        """All of them first."""
        return [("all", self.tr("全部")), ("issued", self.tr("已出具")), ("withdrawn", self.tr("已撤销")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("还没有证明"), self.tr("谁记录谁证明，不收费。核验过的时长可以开志愿服务记录证明。"),
                     self.tr("开证明"), "file-text")

    def may_create(self) -> bool:
        """Whether the person may certify."""
        return self.context.may("patrol.certify")


def make(page: Page) -> CertificateRecords:
    """Return the list."""
    return CertificateRecords(page)
