"""What the lists of a subject have in common whose queries and commands have the usual names: jobs, patrols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.labels import action_word, field_word, state_tag, states_of
from ui.pages.asked import Asked, from_json, in_words, to_json
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.marked import MarkedRecords
from ui.pages.output import Exporting, of_kind
from ui.pages.records import FormPane
from ui.pages.revealing import reveal_of
from ui.pages.saved import Shelf
from ui.pages.steps_for_many import StepDeeds
from ui.pages.values import said
from ui.pages.work_detail import WorkDetail, reason_field, state_tags
from ui.widgets.base import Label, icon_button, name_button
from ui.widgets.facts import Fact
from ui.widgets.fields import Field
from ui.widgets.filter_menu import FilterMenu
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag
from zzdesk.accounts.queries import display_names
from zzdesk.desk.commands import seeing
from zzdesk.errors import KnownError
from zzdesk.workflow import TransitionTable


@dataclass(frozen=True)
class Loaded:
    """A record with the names of the accounts in it, and whatever else its page shows."""

    detail: Any
    names: dict[str, str]
    more: Any = None

    @property
    def state(self) -> str:
        """The state of the record."""
        return str(self.detail.fields.get("state", ""))

    @property
    def voided(self) -> bool:
        """Whether it was declared void."""
        return bool(self.detail.fields.get("voided"))


def load(
    read: Any, reads: Any, accounts_in: Sequence[str], kind: str, record_id: str,
    more: Callable[[Any, Any], Any] | None = None,
) -> Loaded:
    """Return one record for the window; ``more`` reads what belongs to it on the same state of the database.

    ``reads`` are the queries of the subject, ``accounts_in`` the fields that hold accounts.
    """
    found = reads.detail(read, kind, record_id)
    accounts = (found.fields.get(name) for name in accounts_in)
    names = display_names(read, frozenset(account for account in accounts if account))
    return Loaded(found, names, more(read, found) if more is not None else None)


class SubjectDetail(WorkDetail):
    """A record: facts in the order of ``order``, and its workflow.

    ``reads`` and ``writes`` are the queries and commands of the subject; kinds without steps have no ``table``.
    """

    reads: ClassVar[Any]
    writes: ClassVar[Any]
    accounts_in: ClassVar[tuple[str, ...]] = ("created_by",)
    table: ClassVar[TransitionTable | None] = None
    order: ClassVar[tuple[str, ...]] = ()
    right: ClassVar[str] = ""

    def __init__(self, page: Page, side: QWidget | None = None) -> None:
        self._loaded: Loaded | None = None
        super().__init__(page, side)
        self.files = self.make_files()
        self.below.addWidget(self.files)

    def make_files(self) -> Attachments:
        """Return the list of the record's files."""
        return Attachments(self.page, self.kind)

    def query(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Ask for the record."""
        return load, (self.reads, self.accounts_in, self.kind, self.record_id, self.more())

    def more(self) -> Callable[..., Any] | None:
        """Return what reads the rest that the page shows: it gets the reader and the detail."""
        return None

    def fill(self, found: Loaded) -> None:
        """Show the record."""
        self._loaded = found
        fields = found.detail.fields
        self.head.show_record(self.number(fields), self.title(fields), self._all_tags(found), self._actions(found),
                              self.has_main(found))
        self.facts.show_facts(self.shown_facts(found))
        self.files.show_of(self.record_id)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if self._loaded is not None:
            self.fill(self._loaded)

    def number(self, fields: dict[str, Any]) -> str:
        """Return the line over the title."""
        return str(fields.get("number", ""))

    def title(self, fields: dict[str, Any]) -> str:
        """Return the title."""
        return str(fields.get("title", ""))

    def tags(self, found: Loaded) -> list[Tag]:
        """Return the tags after the state."""
        return []

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Return the facts of ``order``, covered ones with the way to see them."""
        return [self._fact(found, name) for name in self.order]

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step."""
        if action == "void":
            record = self.record_id
            self.do(self.writes.void, self.kind, record, values["reason"], said=self.tr("已作废"), then=self.finished,
                    undo=lambda: self.do(self.writes.unvoid, self.kind, record, self.tr("撤销作废"),
                                         said=self.tr("已撤销作废")))
            return
        fields = dict(values)
        reason = fields.pop("reason", None)
        done = self.tr("{action}，已保存在本机").format(action=action_word(self.kind, action))
        self.do(self.command(), self.record_id, action, fields, reason, said=done, then=self.finished)

    def command(self) -> Callable[..., Any]:
        """Return the command that takes a step."""
        raise NotImplementedError

    def edit_form(self, found: Loaded) -> RecordForm:
        """Return the form that corrects the record."""
        raise NotImplementedError

    def edit_command(self) -> Callable[..., Any]:
        """Return the command that saves a correction."""
        raise NotImplementedError

    def step_fields(self, action: str) -> Sequence[Field]:
        """Ask for a reason where the transition table does, and for what a subclass adds."""
        if action == "void":
            return [reason_field(lambda: field_word("*", "void_reason"))]
        assert self._loaded is not None
        fields = list(self.more_fields(action, self._loaded))
        if self.table is not None and self.table.by_action(action, self._loaded.state).needs.reason:
            fields.append(reason_field(lambda: field_word("*", "reason")))
        return fields

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Return what a step asks for besides a reason."""
        return ()

    def step_title(self, action: str) -> str:
        """Return the heading of a step's form."""
        return self.tr("作废") if action == "void" else super().step_title(action)

    def finish_words(self, action: str) -> str:
        """Return what the finishing button of a step says."""
        return self.tr("作废") if action == "void" else super().finish_words(action)

    def start(self, action: str) -> None:
        """Begin an action; editing has a form of its own."""
        if action == "edit":
            self._edit()
        elif action == "unvoid":
            self.do(self.writes.unvoid, self.kind, self.record_id, self.tr("恢复"), said=self.tr("已恢复"))
        else:
            super().start(action)

    def has_main(self, found: Loaded) -> bool:
        """Whether the first step is what usually comes next, and so the main button."""
        return True

    def may_edit(self, found: Loaded) -> bool:
        """Whether the record can be corrected now."""
        return self.context.may(self.right) and not found.voided

    def _edit(self) -> None:
        assert self._loaded is not None
        form = self.edit_form(self._loaded)
        form.basis = self._loaded.detail.basis
        form.finished.connect(lambda _: self._save(form))
        self.show_form(form, lambda: self.tr("修改"))
        form.open()

    def _save(self, form: RecordForm) -> None:
        changes = form.changes()
        if not changes:
            self.leave_form()
            return
        form.set_busy(True)
        self.do(seeing, form.basis, self.edit_command(), self.record_id, changes, said=self.tr("修改已保存在本机，尚未送达中心"),
                then=self.finished)

    def _all_tags(self, found: Loaded) -> list[Tag]:
        state = state_tags(self.kind, found.state, found.voided) if self.table is not None else []
        return [*state, *self.tags(found)]

    def _actions(self, found: Loaded) -> list[Action]:
        actions = [Action(key, action_word(self.kind, key)) for key in found.detail.actions]
        if self.may_edit(found):
            actions.append(Action("edit", self.tr("修改"), "pencil", apart=True))
        if self.context.may(self.right):
            actions.append(Action("unvoid", self.tr("恢复"), "undo-2", apart=True) if found.voided
                           else Action("void", self.tr("作废"), "trash-2", apart=True))
        return actions

    def _fact(self, found: Loaded, name: str) -> Fact:
        wire = found.detail.fields.get(name)
        if name.endswith("_by") and wire:
            wire = found.names.get(wire, "")
        text = said(self.kind, name, wire, self.context.now())
        covered = name in found.detail.hidden and "*" in text
        reveal = reveal_of(self.page, self, self.kind, self.record_id, name, self._saying(name)) if covered else None
        return Fact(field_word(self.kind, name), text, reveal, covered)

    def _saying(self, name: str) -> Callable[[Any], str]:
        return lambda value: said(self.kind, name, value, self.context.now())


class SubjectRecords(MarkedRecords):
    """One of the lists of a subject."""

    kind: ClassVar[str] = ""
    reads: ClassVar[Any]
    filter_of: ClassVar[Callable[..., Any]]
    chips_of: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __init__(self, page: Page) -> None:
        self.states = FilterMenu(states_of(self.kind), lambda state: state_tag(self.kind, state).text)
        self.table_button = icon_button("download", on_click=lambda: self.export(self.marked))
        self.print_button = icon_button("printer", on_click=lambda: self.print(self.marked))
        super().__init__(page)
        self.lay_aside(self.states, self.table_button, self.print_button)
        self.states.chosen.connect(lambda _: self.ask_anew())
        self.retranslate()

    def filters(self) -> Sequence[QWidget]:
        """The states, where there are any, and the way to a table."""
        if not self.marks:
            return ()
        first = self.states if states_of(self.kind) else Label()
        return (first, self.table_button, self.print_button)

    def doing(self) -> StepDeeds:
        """What can be done to many."""
        return StepDeeds(self.kind)

    def shelf(self) -> Shelf:
        """How a filter of this list is kept."""
        return Shelf(
            self.memory, to_json, lambda kept: from_json(kept, [chip for chip, _ in self.chip_words()]), self.describe,
            self.current_filter, self._count, lambda asked: asked in [Asked(chip) for chip, _ in self.chip_words()])

    def exporting(self) -> Exporting:
        """How the list becomes a table."""
        return of_kind(self.kind)

    def current_filter(self) -> Asked:
        """Return what is asked for with the words of the search."""
        return Asked(self.chips.current, self.states.codes, text=self.search.text().strip())

    def describe(self, wanted: Asked) -> str:
        """Say a filter in a line."""
        return in_words(self.kind, "", wanted, dict(self.chip_words()).get(wanted.chip, ""))

    def show_boxes(self, wanted: Asked) -> None:
        """Let chip and box say a filter."""
        self.chips.mark(wanted.chip)
        self.states.show_codes(wanted.states)

    def selection(self, wanted: Asked) -> Any:
        """Return a filter as it is counted and exported."""
        from zzdesk.desk.listed import ListFilter

        return ListFilter(self.kind, self._states(wanted.chip, wanted.states), wanted.chip == "void", wanted.text)

    def _count(self, read: Any, wanted: Asked, cap: int) -> int:
        from zzdesk.desk.listed import count

        return count(read, self.selection(wanted), cap)

    def _states(self, chip: str, ticked: tuple[str, ...]) -> tuple[str, ...]:
        return ticked or self.chips_of.get(chip, ())

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.states.set_words(self.tr("全部状态"))
        name_button(self.table_button, self.tr("导出为 Excel（Ctrl+E）"))
        name_button(self.print_button, self.tr("打印这个列表（Ctrl+Shift+P）"))

    def list_query(self) -> Callable[..., Any]:
        """Return the query of the list."""
        raise NotImplementedError

    def wanted(self) -> Any:
        """Return what the chips ask for."""
        chip = self.chips.current
        return type(self).filter_of(self._states(chip, self.states.codes), void=chip == "void")

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for a page of the list, or of what the search finds."""
        self.ask(self.list_query(), self.reads.find, self.wanted(), after, limit, on_page, on_error, (self.kind,))

    def register(self, command: Callable[..., Any], pane_form: RecordForm, values: dict[str, Any], said_after: str,
                 *arguments: Any) -> None:
        """Run the command of the form, then show the new record."""

        def done(change: Any) -> None:
            pane_form.done()
            self.model.refresh()
            self.open_record(change.created[0])
            self.context.toast(said_after)

        pane_form.set_busy(True)
        self.context.runner.write(command, *arguments, values, initiator=self.page, on_error=pane_form.show_error,
                                  on_done=done)


def pane(form: RecordForm, title: Callable[[], str], finish: Callable[[RecordForm], None]) -> FormPane:
    """Return a form in its pane, finished by ``finish(form)``."""
    form.finished.connect(lambda _: finish(form))
    return FormPane(form, title)
