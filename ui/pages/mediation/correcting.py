"""Mending what was written down wrongly: a record of the file declared void, what the dispute is about corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import kind_word
from ui.pages.base import Page
from ui.pages.mediation.follow_forms import Fields, Rows
from ui.pages.mediation.loading import Loaded
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail
from ui.widgets.checked import CheckedField
from ui.widgets.dialogs import ask_reason
from ui.widgets.fields import Field, IntegerField, LongTextField, TextField
from ui.widgets.record_form import RecordForm
from zzdesk.clock import local_day
from zzdesk.desk import lookup
from zzdesk.desk.commands import seeing
from zzdesk.desk.following import unvoid_paper
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper

translate = QCoreApplication.translate

CORRECT: Final = "correct"
"""To correct what the dispute is about, or what is written down about a party."""


def void_words() -> str:
    """Return what the button says."""
    return translate("Correcting", "作废…")


def ask_void(page: Page, parent: QWidget, paper: Paper, reload: Callable[[], None]) -> None:
    """Ask why a record counts no more and declare it void; what stands against it is said in its own words."""
    kind = kind_word(paper.kind)
    reason = ask_reason(parent, translate("Correcting", "作废：{kind}").format(kind=kind),
                        translate("Correcting", "作废的不再算数，仍留在案卷里，写明是登记错了还是不需要了。"),
                        translate("Correcting", "作废"), danger=True)
    if not reason:
        return
    runner = page.context.runner

    def refused(error: Any) -> None:
        page.context.toast(error.text(), bad=True)

    def take_back() -> None:
        runner.write(unvoid_paper, paper.kind, paper.id, translate("Correcting", "撤销作废"), initiator=page,
                     on_done=lambda _: reload(), on_error=refused)

    def done(_: Any) -> None:
        page.context.toast(translate("Correcting", "{kind}已作废，已保存在本机").format(kind=kind), undo=take_back)
        reload()

    runner.write(commands.void_paper, paper.kind, paper.id, reason, initiator=page, on_done=done, on_error=refused)


def _dispute(f: Fields) -> Rows:
    """What the dispute is, and what mediating it prevented, as the bulletin counts it (domain rules B1.6)."""
    return ((f.text("title", required=True),), (f.long("facts", 4),), (f.long("demands", 3),),
            (TextField("place", f.name("place"), limit=120,
                       help=lambda: translate("Correcting", "已登记的地点不在这里显示；不改就留空")),
             f.day("happened_on")),
            (f.text("units"), IntegerField("people_count", f.name("people_count"))),
            (f.choice("scale"), f.check("is_prominent")), (f.long("risk"),), (f.long("measures"),),
            (f.choice("prevented"),
             IntegerField("prevented_people", f.name("prevented_people"),
                          help=lambda: translate("Correcting", "计入统计报表；没有填人数按一人计"))),
            (LongTextField("finding", f.name("finding"), lines=3,
                           help=lambda: translate("Correcting", "写进结案报告表：怎样调解、结果怎样")),),
            (LongTextField("dossier_note", f.name("dossier_note"), lines=3,
                           help=lambda: translate("Correcting", "写进卷宗情况说明：缺什么材料、为什么，谁经手移交")),))


def correct_dispute(detail: WorkDetail, found: Loaded) -> None:
    """Show the form that corrects the dispute. Its place is covered: what is left empty stays as it is."""
    assert found.file is not None
    assert found.file.dispute is not None
    dispute = found.file.dispute
    form = RecordForm(lambda: translate("Correcting", "保存修改"), leave=lambda: translate("Correcting", "返回"),
                      key=f"dispute/{dispute.id}/correct", drafts=detail.context.drafts,
                      start=lambda: found.writing[dispute.id])
    form.basis = dispute.basis
    for each in _dispute(Fields("dispute", {})):
        form.add(*each)

    def save(_: dict[str, Any]) -> None:
        form.set_busy(True)
        detail.do(seeing, form.basis, commands.edit_paper, "dispute", dispute.id, form.changes(), then=detail.finished,
                  said=translate("Correcting", "修改已保存在本机，尚未送达中心"))

    form.finished.connect(save)
    detail.show_form(form, lambda: translate("Correcting", "修改纠纷情况"))
    form.open()


_PARTY_SHOWN: Final = ("sex", "ethnicity", "occupation", "employer")
"""What of a party is not covered, and stands in its form."""


def correct_party(detail: WorkDetail, party: Paper) -> None:
    """Show the form that corrects what is written down about a party. What is covered is not shown: left empty it stays."""
    f, context = Fields("party", {}), detail.context
    legal = party.fields["party_kind"] == "legal"
    number: Field = CheckedField("credit_code", f.name("credit_code"), lookup.judge_credit_code) if legal else CheckedField(
        "identity_number", f.name("identity_number"),
        lambda text: lookup.judge_identity(text, local_day(context.now())))
    name = TextField("name", f.name("name"), limit=60,
                     help=lambda: translate("Correcting", "遮盖的内容不在这里显示；不改就留空"))
    rows: Rows = ((name, f.text("phone", 30)), (number,), (f.text("address", 120),), (f.text("service_address", 120),),
                  (f.choice("sex"), f.text("ethnicity", 20)), (f.text("occupation", 60), f.text("employer", 80)))
    form = RecordForm(lambda: translate("Correcting", "保存修改"), leave=lambda: translate("Correcting", "返回"),
                      key=f"party/{party.id}/correct", drafts=context.drafts,
                      start=lambda: {key: party.fields.get(key) for key in _PARTY_SHOWN})
    form.basis = party.basis
    for each in rows:
        form.add(*each)

    def save(_: dict[str, Any]) -> None:
        form.set_busy(True)
        detail.do(seeing, form.basis, commands.edit_paper, "party", party.id, form.changes(), then=detail.finished,
                  said=translate("Correcting", "修改已保存在本机，尚未送达中心"))

    form.finished.connect(save)
    detail.show_form(form, lambda: joined(str(party.fields["name"]), translate("Correcting", "改资料")))
    form.open()
