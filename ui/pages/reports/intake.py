"""The counter's form: any number of drafts, files while one types, a hint about duplicates, and refusing instead."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu

from ui.context import Context
from ui.pages.records import FormPane
from ui.pages.reports.compare import CompareSheet, distance_words, ground_words, grounds_of
from ui.pages.reports.draft_files import DraftFiles
from ui.pages.reports.form import ReportForm
from ui.pages.reports.handover import ask_call
from ui.pages.reports.personal import PersonalSheet
from ui.pages.reports.refusing import RefusalSheet
from ui.theme import icons
from ui.widgets.banner import Banner
from ui.widgets.base import Button
from ui.widgets.dates import short_moment
from ui.widgets.dialogs import confirm
from ui.widgets.fields import CheckField
from ui.widgets.tag import Tone
from zzdesk.desk.counter import TAKES, numbers_in
from zzdesk.errors import KnownError, RefusedError
from zzdesk.i18n import N_

translate = QCoreApplication.translate

KEY: Final = "report/new"
"""Of the first draft; others have the same with a slash and something of their own behind."""
LOOK_MS: Final = 300
_COMPARED: Final = ("category", "address", "spot", "title", "description")
_FILES: Final = "_files"
_PURPOSES: Final = "_purposes"
DANGER: Final = "danger"
"""The tick by which somebody says that there is danger to life or limb: 110 is called before the report is saved."""


class IntakeForm(ReportForm):
    """A report that is being taken in; ``refused`` when it is not to be taken on."""

    refused = Signal()
    looked = Signal()

    def __init__(self, context: Context) -> None:
        self.defaults: dict[str, Any] = {"urgency": "medium", "source": "counter"}
        self.suspects: tuple[Any, ...] = ()
        self._asked: dict[str, Any] = {}
        super().__init__(context, lambda: translate("ReportForm", "登记"), lambda: translate("ReportForm", "稍后再填"),
                         KEY, lambda: self.defaults)  # fmt: skip
        self.refuse_button = Button("", "quiet", on_click=self.refused.emit)
        self.foot.insertWidget(2, self.refuse_button)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self.edited.connect(self._look.start)
        for keys, act in (("Ctrl+O", self.files.choose), ("Ctrl+B", self.compare), ("Ctrl+R", self.refused.emit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    @property
    def key(self) -> str:
        """The key of the draft that is shown."""
        return self._key

    def ahead(self) -> None:
        """The tick about danger stands where it is seen at once."""
        if self._context.may("handover.send"):
            self.add(CheckField(DANGER, lambda: translate("ReportForm", "扬言动手、有人受伤或有危险：先拨110"),
                                help=lambda: translate("ReportForm", "登记时先记下报警电话；没有网络也能存，联网后走在最前面")))

    def between(self) -> None:
        """Files, and the hint about duplicates, stand after what happened."""
        self.files = DraftFiles(self._context)
        self.files.located.connect(
            lambda spot: self.place_at(spot, translate("ReportForm", "来自照片；照片给别人看时不带位置")))
        self.files.changed.connect(self._count_files)
        self.add_widget(self.files)
        self._side_by_side = Button("", "link", "git-compare", self.compare)
        self.hint = Banner(Tone.WARNING, "", self._side_by_side)
        self.add_widget(self.hint)

    def open(self) -> None:
        """Begin as the last report came in, with the draft and its files."""
        from zzdesk.desk import intake

        self._context.runner.read(intake.last_used, on_done=self._begin_like, on_error=lambda error: None, owner=self)
        self._forget_suspects()
        self.files.show_of(self.key)
        super().open()

    @property
    def in_danger(self) -> bool:
        """Whether 110 is to be called before this is saved."""
        return DANGER in self.fields and bool(self.fields[DANGER].value())

    def report(self) -> dict[str, Any]:
        """Return the values as the command takes them; the tick is no field of a report."""
        return {name: value for name, value in super().report().items() if name != DANGER}

    def turn_to(self, key: str) -> None:
        """Keep what is there as its draft and show another one, or an empty form."""
        self.keep_now()
        self._key = key
        self.saved.setText("")
        self.open()

    def another(self) -> None:
        """Show an empty form; what is there stays as a draft."""
        if self.changes() or self.files.rows:
            self.save_draft()
            self.turn_to(f"{KEY}/{uuid.uuid4()}")
        else:
            self.focus_first()

    def throw_away(self) -> None:
        """Do away with the draft that is shown; its text can be brought back while the toast stands, files are asked about."""
        from zzdesk.desk import draft_files

        key, kept = self.key, self.snapshot()
        if self.files.rows:
            title = translate("ReportForm", "丢弃这份草稿和它的附件？")
            text = translate("ReportForm", "附件会从本机删除，不能撤销。")
            if not confirm(self, title, text, translate("ReportForm", "丢弃"), danger=True):
                return
            self._context.runner.write(draft_files.discard, draft_files.store_of(self._context.desk), key)
            undo = None
        else:
            undo = lambda: self._bring_back(key, kept)  # noqa: E731
        self.done()
        self._context.drafts.discard(key)
        self.open()
        self._context.toast(translate("ReportForm", "草稿已丢弃"), undo=undo)

    def _bring_back(self, key: str, kept: dict[str, Any]) -> None:
        self._context.drafts.save(key, kept)
        self.turn_to(key)

    def done(self) -> None:
        """The report is registered: the next one begins with the first key again."""
        super().done()
        self._key = KEY
        self._forget_suspects()
        self.files.show_of(KEY)

    def snapshot(self) -> dict[str, Any]:
        """Return the draft; files alone are worth one, so that it is found again."""
        kept = super().snapshot()
        if self.files.rows and (said := {each.id: self.files.purposes[each.id] for each in self.files.rows
                                         if each.id in self.files.purposes}):
            kept[_PURPOSES] = said
        return kept or ({_FILES: len(self.files.rows)} if self.files.rows else {})

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if not hasattr(self, "refuse_button"):  # the base says its own words while it is being made
            return
        self.refuse_button.setText(translate("ReportForm", "不予受理…"))
        self.refuse_button.setToolTip("Ctrl+R")
        self._side_by_side.setText(translate("ReportForm", "并排对照"))
        self._side_by_side.setToolTip("Ctrl+B")
        self._say_hint()

    # ---- duplicates ------------------------------------------------------------------------------------------------

    def look(self, then: Callable[[], None] | None = None) -> None:
        """Ask which reports may be the same matter, if anything that is compared has changed since."""
        from zzdesk.desk.intake import plain
        from zzdesk.desk.matters import suspects

        self._look.stop()
        values = {name: value for name, value in self.report().items() if name in _COMPARED}
        try:
            asked = plain(values)
        except KnownError as error:
            if then is not None:
                self.show_error(error)
            return
        if asked == self._asked:
            self._looked(self.suspects, then)
            return
        self._asked = asked
        self._context.runner.read(suspects, asked, owner=self, on_done=lambda found: self._looked(found, then),
                                  on_error=self.show_error if then is not None else lambda error: None)

    def compare(self) -> CompareSheet | None:
        """Show the suspects side by side with what is typed, without saving."""
        if not self.suspects:
            return None
        sheet = CompareSheet(self.window(), self._context, self.report(), self.files.rows, self.suspects)
        return sheet if _asked(sheet) else None

    def _looked(self, found: tuple[Any, ...], then: Callable[[], None] | None) -> None:
        self.suspects = found
        self._say_hint()
        self.looked.emit()
        if then is not None:
            then()

    def _say_hint(self) -> None:
        if not self.suspects:
            self.hint.show_text("")
            return
        first = self.suspects[0]
        near = translate("ReportForm", "可能已经登记过：{title}，{moment}登记，{distance}，{grounds}").format(
            title=first.title, moment=short_moment(first.created_at, self._context.now()),
            distance=distance_words(first.distance), grounds=ground_words(first))
        self.hint.show_text(near, Tone.WARNING)

    def _forget_suspects(self) -> None:
        self.suspects, self._asked = (), {}
        self._say_hint()

    # ---- drafts ----------------------------------------------------------------------------------------------------

    def _begin_like(self, last: Mapping[str, Any]) -> None:
        """Take over how the last report came in, unless something has been typed."""
        self.defaults = self.defaults | dict(last)
        if not self.changes():
            self.begin()

    def _restore(self, snapshot: dict[str, Any] | None) -> None:
        super()._restore(snapshot)
        self.files.purposes |= (snapshot or {}).get(_PURPOSES, {})
        self.files.retranslate()
        self._look.start()

    def _count_files(self) -> None:
        if self.files.rows:
            self.edited.emit()
            self.save_draft()


class IntakePane(FormPane):
    """The form with a menu of the drafts in its head: one for each person who is waiting."""

    def __init__(self, context: Context, form: IntakeForm, title: Callable[[], str]) -> None:
        self._context = context
        self.drafts = Button("", "quiet", "file-text", self.open_menu)
        self.another = Button("", "quiet", "plus", form.another)
        super().__init__(form, title)
        self.head.insertWidget(1, self.drafts)
        self.head.insertWidget(2, self.another)
        QShortcut(QKeySequence("Ctrl+Shift+N"), self, form.another, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Ctrl+D"), self, self.open_menu, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def retranslate(self) -> None:
        """Say heading, buttons and way out again."""
        super().retranslate()
        self.drafts.setText(translate("IntakePane", "草稿"))
        self.drafts.setToolTip(translate("IntakePane", "没有登记完的，一份一份都在（Ctrl+D）"))
        self.another.setText(translate("IntakePane", "另开一张"))
        self.another.setToolTip(translate("IntakePane", "这一张留作草稿，另开一张空白（Ctrl+Shift+N）"))

    def open_menu(self) -> None:
        """Ask for the drafts and show them as a menu."""
        from zzdesk.desk import drafts

        assert isinstance(self.form, IntakeForm)
        self.form.keep_now()
        self._context.runner.read(drafts.beginning, KEY, on_done=self._show_menu, on_error=lambda error: None, owner=self)

    def menu(self, rows: tuple[Any, ...]) -> QMenu:
        """Return the menu of the drafts, newest first."""
        menu, now = QMenu(self), self._context.now()
        form = self.form
        assert isinstance(form, IntakeForm)
        for found in rows:
            title = found.title or translate("IntakePane", "（还没有写事项）")
            said = f"{title}\t{short_moment(found.saved_at, now)}"
            action = menu.addAction(said, lambda key=found.form: form.turn_to(key))
            action.setCheckable(True)
            action.setChecked(found.form == form.key)
        if not rows:
            menu.addAction(translate("IntakePane", "没有草稿")).setEnabled(False)
        elif form.changes() or form.files.rows:
            menu.addSeparator()
            menu.addAction(icons.icon("trash-2"), translate("IntakePane", "丢弃这一份"), form.throw_away)
        return menu

    def _show_menu(self, rows: tuple[Any, ...]) -> None:
        self.menu(rows).popup(self.drafts.mapToGlobal(QPoint(0, self.drafts.height() + 2)))


class Registering:
    """What lies between the button and the record: numbers in the texts, duplicates, and then one command.

    ``register`` is called with the Intake once everything has been decided.
    """

    def __init__(self, form: IntakeForm, register: Callable[[Any], None]) -> None:
        self._form, self._register = form, register
        form.finished.connect(lambda _: self.start())
        form.refused.connect(self.refuse)

    def start(self) -> None:
        """Begin with what was typed; anything that is asked can be answered by going back."""
        if self._numbers():
            self._form.look(self._decide)

    def refuse(self) -> None:
        """Ask why it is not taken on, once the form itself is complete."""
        form = self._form
        if form.in_danger:
            form.show_error(RefusedError(N_("有人身危险的不能“不予受理”：先拨110，再登记")))
        elif form.check() and self._numbers():
            sheet = RefusalSheet(form.window())
            if _asked(sheet):
                self._go(refusal=sheet.values)

    def _numbers(self) -> bool:
        """Offer to move numbers of people out of the texts; False when the person goes back."""
        form = self._form
        out = numbers_in(form.values())
        if out is None:
            return True
        sheet = PersonalSheet(form.window(), out)
        if not _asked(sheet):
            return False
        if sheet.moves:
            for name, text in out.texts.items():
                form.fields[name].set_value(text)
            for kind, value in out.values.items():
                form.fields[TAKES[kind]].set_value(value)
            form.edited.emit()
        return True

    def _decide(self) -> None:
        if not self._form.suspects:
            self._go()
            return
        sheet = self._form.compare()
        if sheet is None:
            return
        if sheet.linked is None:
            self._go()
        else:
            self._go(linked=sheet.linked.id, grounds=grounds_of(sheet.linked))

    def _go(self, **decided: Any) -> None:
        from zzdesk.desk.intake import Intake

        form = self._form
        if form.in_danger:
            context = form._context
            called = ask_call(form, context.facts.name, context.now(), translate("ReportForm", "扬言动手或有人身危险"))
            if called is None:
                return
            decided["call"] = called
        form.set_busy(True)
        self._register(Intake(self._form.key, self._form.report(), purposes=dict(form.files.purposes), **decided))


def _asked(sheet: QDialog) -> bool:
    """Show a sheet until it is answered; False when the person goes back. What it holds can still be read in this turn."""
    answered = sheet.exec() == QDialog.DialogCode.Accepted
    sheet.deleteLater()
    return answered
