"""The conflict inbox: the list at the left, what was written by whom at the right, and the decision."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import field_word, kind_word, state_tag
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.conflicts.cards import due_tag
from ui.pages.conflicts.detail import ConflictDetailView
from ui.pages.values import joined
from ui.theme.tokens import L, M, S
from ui.widgets.base import column, line
from ui.widgets.chips import FilterChips
from ui.widgets.dates import CHINA, short_moment
from ui.widgets.search_box import SearchBox
from ui.widgets.split import ListDetail, nothing_selected
from ui.widgets.states import StateStack
from ui.widgets.table import LineList

STATES: Final = {"open": "open", "mine": "open", "month": None, "resolved": "resolved", "all": None}


class ConflictsPage(Page):
    """List and detail of conflicts."""

    kinds = ("conflict", "report", "case", "posting", "employer", "worker", "application", "party", "person")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.search, self.chips = SearchBox(), FilterChips()
        self.chips.chosen.connect(lambda _: self._choose())
        self.search.asked.connect(lambda _: self._choose())
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.detail = ConflictDetailView(context)
        self._left, self._right = StateStack(self.list), StateStack(self.detail)
        self._shown = ""
        self._build()
        self.list.picked.connect(lambda found: self.show_conflict(found.id))
        self.list.activated.connect(lambda _: self.detail.first_focus())
        self.search.down.connect(self.list.setFocus)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.detail.decided.connect(self._decided)
        QShortcut(QKeySequence("/"), self, self.search.setFocus)
        self.retranslate()

    def refresh(self) -> None:
        """Ask for the list again, and for the conflict that is shown."""
        self._left.show_loading()
        self.model.refresh()
        if self._shown:
            self.show_conflict(self._shown)

    def open_target(self, target: str) -> None:
        """Show the conflict that another page asked for."""
        if target and target != "new":
            self.show_conflict(target)

    def show_conflict(self, conflict_id: str) -> None:
        """Ask for one conflict and show it."""
        from zzdesk.desk.queries import conflict

        self._shown = conflict_id
        self._right.show_loading()
        self.context.runner.read(conflict, conflict_id, on_done=self._show, on_error=self._no_detail, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        self.header.set_texts(self.tr("冲突"), self.tr("两个人改了同一项。每个人写的都还在，请选定一个；理由会一起留下。"))
        self.search.show_hint(self.tr("搜记录、写的值、理由（/）"))
        self.chips.set_chips([("open", self.tr("待决定")), ("mine", self.tr("由我决定")),
                              ("month", self.tr("本月")), ("resolved", self.tr("已决定")), ("all", self.tr("全部"))])
        self.list.setAccessibleName(self.tr("冲突列表"))
        self.model.retranslate()
        if not self._shown:
            self._say_nothing_shown()
        if self.model.rowCount() == 0:
            self._loaded(False)

    def _say_nothing_shown(self) -> None:
        nothing_selected(self._right, self.tr("选一处冲突"), self.tr("这里会显示原来的值、每个人写的值、时间和设备。"))

    def _build(self) -> None:
        tools = QWidget()
        tools.setLayout(column(self.search, self.chips, gap=S, margins=(L, M, L, M)))
        left = QWidget()
        left.setLayout(column(tools, line(), self._left, gap=0))
        left.layout().setStretch(2, 1)
        self.body.addWidget(ListDetail(left, self._right, self.context.settings.windows, "conflicts"))

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.desk import queries

        chip, text, runner = self.chips.current or "open", self.search.text().strip(), self.context.runner
        first = self.context.now().astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        since = first if chip == "month" else None
        if text:
            runner.read(queries.find_conflicts, text, STATES[chip], after, limit, since=since, on_done=on_page,
                        on_error=on_error, owner=self)
        else:
            runner.read(queries.conflicts, STATES[chip], after, limit, mine=chip == "mine", since=since, on_done=on_page,
                        on_error=on_error, owner=self)

    def _line(self, found: Any) -> Line:
        now = self.context.now()
        detail = joined(kind_word(found.record_kind), field_word(found.record_kind, found.field), found.owner_name)
        title = found.title or kind_word(found.record_kind)
        tag = due_tag(found, now) if found.overdue else None
        return Line(title, detail, tag or state_tag("conflict", found.state), short_moment(found.created_at, now),
                    "git-compare")

    def _show(self, detail: Any) -> None:
        if detail.row.id == self._shown:
            self.detail.show_detail(detail)
            self._right.show_content()

    def _no_detail(self, error: Any) -> None:
        self._right.show_error(self.tr("看不到这处冲突"), error.text(), self.tr("返回列表"), self.refresh)

    def _choose(self) -> None:
        self._shown = ""
        self.refresh()

    def _loaded(self, any_rows: bool) -> None:
        if any_rows:
            self._left.show_content()
            if not self._shown:
                self.list.setCurrentIndex(self.model.index(0, 0))
                self.show_conflict(self.model.row(0).id)
            return
        if not self._shown:
            self._say_nothing_shown()
        if self.search.text().strip():
            self._left.show_empty(self.tr("没有找到"), self.tr("换个词，或者换一个筛选试试。"), icon="search")
            return
        texts = {
            "open": (self.tr("没有冲突"), self.tr("两个人改了同一项时，会在这里请人决定，谁写的都不会丢。")),
            "mine": (self.tr("没有等您决定的"), self.tr("由您承办的记录有冲突时，会列在这里。")),
            "month": (self.tr("本月没有冲突"), self.tr("本月发生的冲突都列在这里，决定过的也在。")),
            "resolved": (self.tr("还没有决定过的冲突"), self.tr("决定过的都留在这里，可以查是谁、为什么，也可以撤销。")),
        }
        title, text = texts.get(self.chips.current or "open", texts["open"])
        self._left.show_empty(title, text, icon="circle-check")

    def _failed(self, error: Any) -> None:
        self._left.show_error(self.tr("读不出列表"), error.text(), self.tr("再试一次"), self.refresh)

    def _decided(self, text: str) -> None:
        self.context.toast(text)
        self.refresh()


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return ConflictsPage(context)
