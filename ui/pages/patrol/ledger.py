"""A volunteer's account of points: what came, what went, and a correction where something was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.labels import field_word, word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail, reason_field
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Translated, clear, column
from ui.widgets.dates import short_moment
from ui.widgets.fields import IntegerField
from ui.widgets.header import Section
from ui.widgets.record_form import RecordForm
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.patrol import commands, queries
from zzdesk.patrol.queries import EntryRow

REVERSIBLE: Final = ("earn", "adjust")


class Ledger(Translated, QWidget):
    """The entries of one account, newest first."""

    def __init__(self, page: Page, detail: WorkDetail) -> None:
        super().__init__()
        self.page, self.context, self._detail = page, page.context, detail
        self._volunteer = ""
        self.adjust_button = Button("", "link", "plus", self._adjust)
        self.head = Section(self.adjust_button)
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self._steps = column(gap=S)
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_for(self, volunteer_id: str) -> None:
        """Show the account of a volunteer."""
        if volunteer_id != self._volunteer:
            self.model.set_rows(())
        self._volunteer = volunteer_id
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        self.head.set_texts(self.tr("积分流水"))
        self.adjust_button.setText(self.tr("调整"))
        self.adjust_button.setVisible(self.context.may("patrol.adjust"))
        self.list.setAccessibleName(self.head.title.text())
        self.model.retranslate()
        if self.model.rowCount():  # what an empty list said was in the other language
            self.stack.show_empty("")
            self._loaded(True)

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        if self._volunteer:
            self.context.runner.read(queries.ledger_of, self._volunteer, after, limit, on_done=on_page,
                                     on_error=on_error, owner=self)

    def _line(self, found: EntryRow) -> Line:
        tag = Tag(f"{found.points:+d}", Tone.SUCCESS if found.points > 0 else Tone.NEUTRAL)
        text = joined(short_moment(found.created_at, self.context.now()), found.about, found.note)
        return Line(word("points_why", found.why), text, tag)

    def _loaded(self, some: bool) -> None:
        if not some:
            self._show_steps(None)
            self.stack.show_empty(self.tr("还没有积分"), self.tr("任务计分以后，积分记在这里。"), icon="star")
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_steps(self.model.row(self.list.currentIndex()))

    def _show_steps(self, found: EntryRow | None) -> None:
        clear(self._steps)
        if found is not None and found.why in REVERSIBLE and self.context.may("patrol.adjust"):
            self._steps.addWidget(Button(self.tr("冲正这一笔"), on_click=lambda: self._reverse(found)))

    def _reverse(self, found: EntryRow) -> None:
        form = self._form(f"points/{found.id}/reverse", lambda: self.tr("冲正"))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(commands.reverse, found.id, values["reason"], said=self.tr("已冲正，原来那一笔仍看得到"),
                            on_error=form.show_error, then=self._detail.finished)

        self._show(form, finish, lambda: self.tr("冲正积分"))

    def _adjust(self) -> None:
        points = IntegerField("points", lambda: self.tr("加减多少分"), required=True,
                              help=lambda: self.tr("减分写负数，例如：-5"))
        form = self._form(f"points/{self._volunteer}/adjust", lambda: self.tr("调整"), points)

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(commands.adjust, self._volunteer, values["points"], values["reason"],
                            said=self.tr("积分已调整，已保存在本机"), on_error=form.show_error, then=self._detail.finished)

        self._show(form, finish, lambda: self.tr("调整积分"))

    def _form(self, key: str, words: Callable[[], str], *fields: Any) -> RecordForm:
        form = RecordForm(words, leave=lambda: self.tr("返回"), key=key, drafts=self.context.drafts)
        for field in fields:
            form.add(field)
        form.add(reason_field(lambda: field_word("*", "reason")))
        return form

    def _show(self, form: RecordForm, finish: Callable[[dict[str, Any]], None], title: Callable[[], str]) -> None:
        form.finished.connect(finish)
        self._detail.show_form(form, title)
        form.open()
