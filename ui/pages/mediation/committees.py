"""调委会: the committees of this station, their members and terms (人民调解法 articles 8, 9, 13 and 14)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QWidget

from ui.context import Context
from ui.labels import field_word, kind_word
from ui.pages.mediation.follow_forms import Fields
from ui.pages.values import joined, said
from ui.pages.work_detail import scrolled
from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, card, clear, column, row
from ui.widgets.dates import CHINA
from ui.widgets.facts import Fact, Facts
from ui.widgets.record_form import RecordForm
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.desk import records
from zzdesk.errors import KnownError
from zzdesk.mediation import commands

translate = QCoreApplication.translate
SIZE: Final = (760, 680)
COMMITTEE, MEMBER = "committee", "committee_member"
SHOWN: Final = ("committee_kind", "prefix", "term_from", "term_to", "seal_keeper", "seal_place", "address", "phone", "court",
                "judicial_office")
MOST: Final = 200
"""Members that are read: a committee has three to nine, and those whom it appointed."""


def load(read: Any) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """Return the committees, and the members of each."""
    committees = list(records.list_records(read, COMMITTEE, {}, limit=20).rows)
    return committees, {
        each["id"]: list(records.list_records(read, MEMBER, {"committee_id": each["id"]}, limit=MOST).rows) for each in committees
    }


class Committees(QDialog):
    """A card for each committee; a form in its place registers or corrects one."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context = context
        self.committees: list[dict[str, Any]] = []
        self.form: RecordForm | None = None
        self.resize(*SIZE)
        self.setWindowTitle(translate("Committees", "调委会"))
        self.add_button = Button(translate("Committees", "登记调委会"), "primary", "plus", lambda: self.write(COMMITTEE))
        self._back = Button(translate("Committees", "返回"), "quiet", on_click=self.reject)
        self._cards, self._stack = column(gap=M), QStackedWidget()
        holder, first = QWidget(), QWidget()
        holder.setLayout(column(self._cards, None, gap=M))
        words = Label(translate("Committees", "委员三至九人，应当有妇女，每届三年；编号简称登记后不能改。"), "secondary",
                      wrap=True)
        title = Label(translate("Committees", "调委会"), "title")
        first.setLayout(column(title, words, scrolled(holder), row(None, self._back, self.add_button, gap=S), gap=M))
        self._stack.addWidget(first)
        for button in (self.add_button, self._back):
            button.setAutoDefault(False)
        self.setLayout(column(self._stack, margins=XL))
        self.refresh()

    def refresh(self) -> None:
        """Ask for them."""
        self._context.runner.read(load, on_done=self._show, on_error=self._refused, owner=self)

    def _refused(self, error: KnownError) -> None:
        if self.form is not None:
            self.form.show_error(error)
        else:
            self._context.toast(error.text(), bad=True)

    def _show(self, found: Any) -> None:
        self.committees, members = found
        clear(self._cards)
        for each in self.committees:
            self._cards.addWidget(self._card(each, members[each["id"]]))
        if not self.committees:
            self._cards.addWidget(Label(translate("Committees", "还没有登记调委会；案号暂时不带简称。"), "secondary", wrap=True))

    def _card(self, committee: dict[str, Any], members: list[dict[str, Any]]) -> QFrame:
        frame, facts, now = card(), Facts(), self._context.now()
        facts.show_facts([Fact(field_word(COMMITTEE, name), said(COMMITTEE, name, committee.get(name), now)) for name in SHOWN])
        tags = [StateTag(tag) for tag in self._tags(committee, members)]
        lines = [self._member(each) for each in members]
        of_this = {"committee_id": committee["id"]}
        more = Button(translate("Committees", "添加委员"), "", "plus", lambda: self.write(MEMBER, about=of_this))
        edit = Button(translate("Committees", "更正"), "", on_click=lambda: self.write(COMMITTEE, committee))
        for button in (more, edit):
            button.setAutoDefault(False)
            button.setAccessibleName(joined(button.text(), committee["name"]))
        head = row(Label(committee["name"], "strong"), *tags, None, edit, more, gap=S)
        frame.setLayout(column(head, facts, *lines, gap=S, margins=L))
        return frame

    def _member(self, member: dict[str, Any]) -> QWidget:
        holder, now = QWidget(), self._context.now()
        full = translate("Committees", "专职") if member.get("is_full_time") else ""
        left = translate("Committees", "已离任") if member.get("left_on") else ""
        words = joined(said(MEMBER, "duty", member["duty"], now), said(MEMBER, "sex", member.get("sex"), now), full, left)
        edit = Button(translate("Committees", "更正"), "link", on_click=lambda: self.write(MEMBER, member))
        edit.setAutoDefault(False)
        edit.setAccessibleName(joined(edit.text(), member["name"]))
        holder.setLayout(row(Label(member["name"]), Label(words, "secondary"), None, edit, gap=S))
        return holder

    def _tags(self, committee: dict[str, Any], members: list[dict[str, Any]]) -> list[Tag]:
        """What article 8 and 9 say, where it is not so: a warning, in nobody's way."""
        today, seated = self._context.now().astimezone(CHINA).date(), [
            m for m in members if m["duty"] != "mediator" and not m.get("left_on")]
        tags = []
        if not 3 <= len(seated) <= 9:
            tags.append(Tag(translate("Committees", "▲ 现有 {count} 人").format(count=len(seated)), Tone.WARNING))
        if not any(m.get("sex") == "female" for m in seated):
            tags.append(Tag(translate("Committees", "▲ 没有妇女委员"), Tone.WARNING))
        if committee.get("term_to") and date.fromisoformat(committee["term_to"]) <= today:
            tags.append(Tag(translate("Committees", "▲ 任期已满"), Tone.DANGER))
        return tags

    # ---- writing ---------------------------------------------------------------------------------------------

    def write(self, kind: str, record: dict[str, Any] | None = None, about: dict[str, Any] | None = None) -> None:
        """Show the form of a new record, or of one that is corrected."""
        title = translate("Committees", "更正：{kind}") if record else translate("Committees", "登记：{kind}")
        key = f"{kind}/{record['id'] if record else 'new'}"
        form = RecordForm(lambda: translate("Committees", "保存"), leave=lambda: translate("Committees", "返回"), key=key,
                          drafts=self._context.drafts, start=lambda: dict(record) if record else dict(_NEW[kind]))
        form.add_group(lambda: title.format(kind=kind_word(kind)))
        for each in _FIELDS[kind](Fields(kind, {}), fresh=record is None):
            form.add(*each)
        form.finished.connect(lambda values: self._save(form, kind, record, values | (about or {})))
        form.left.connect(self.leave)
        self.form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.open()

    def leave(self) -> None:
        """Come back to the cards."""
        if self.form is not None:
            self._stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _save(self, form: RecordForm, kind: str, record: dict[str, Any] | None, values: dict[str, Any]) -> None:
        def done(_: Any) -> None:
            form.done()
            self.leave()
            self.refresh()

        form.set_busy(True)
        command: Any = commands.edit_committee if record else commands.add_committee
        given = (kind, record["id"], form.changes()) if record else (kind, values)
        self._context.runner.write(command, *given, initiator=self, on_done=done, on_error=self._refused)


def _committee(f: Fields, *, fresh: bool) -> list[tuple[Any, ...]]:
    # The keeper's name is covered when it is shown: it is typed when the committee is registered.
    first = (f.choice("committee_kind"), f.text("prefix", 10)) if fresh else (f.choice("committee_kind"),)
    seal = (f.text("seal_keeper", 40), f.text("seal_place", 60)) if fresh else (f.text("seal_place", 60),)
    return [(f.text("name", 60, required=True),), first, (f.day("term_from"), f.day("term_to")), seal,
            (f.text("address", 120), f.text("phone", 30)), (f.text("court", 60), f.text("judicial_office", 60))]


def _member(f: Fields, *, fresh: bool) -> list[tuple[Any, ...]]:
    # What is covered when it is shown cannot be corrected from there: it is typed when somebody is registered.
    birth = (f.choice("sex"), f.day("birth")) if fresh else (f.choice("sex"),)
    return [(f.text("name", 40, required=True), f.choice("duty")), birth, (f.check("is_full_time"),),
            (f.day("joined_on"), f.day("left_on"))]


_FIELDS: Final[dict[str, Any]] = {COMMITTEE: _committee, MEMBER: _member}
_NEW: Final[dict[str, dict[str, Any]]] = {COMMITTEE: {"committee_kind": "residents"}, MEMBER: {"duty": "member"}}


def offer_committees(parent: QWidget, context: Context) -> None:
    """Show the committees over a page."""
    Committees(parent, context).open()
