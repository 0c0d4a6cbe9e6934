"""The map of the station: reports where they are, by state and age, beside a list of the same for who uses no pointer."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.context import Context
from ui.labels import state_tag, word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.map.importing import ImportGrids
from ui.pages.map.legend import Legend
from ui.pages.map.marks import GROUPS, age_word, group_word
from ui.pages.map.view import ZOOM, MapView
from ui.pages.reports.filters import band_tag
from ui.pages.values import joined, short_number
from ui.runner import Task
from ui.theme.tokens import L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, column, icon_button, line, name_button, row
from ui.widgets.chips import FilterChips
from ui.widgets.dates import short_moment
from ui.widgets.filter_box import FilterBox
from ui.widgets.split import ListDetail
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.atlas import AGES, CITY, Atlas, Cluster, SpotFilter, Spots, open_atlas, spots
from zzdesk.errors import KnownError
from zzdesk.reports.workflow import OPEN

PAUSE_MS: Final = 120
"""After the last move of the map until it is asked what lies there."""
OFFERED: Final = 12
"""Of reports that lie on one spot, so many are offered to choose from; the list has them all."""


class MapPage(Page):
    """地图."""

    kinds = ("report", "step")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.atlas: Atlas | None = None
        self._task: Task | None = None
        self._error: KnownError | None = None
        self.banner = Banner()
        self.chips, self.ages = FilterChips(), FilterBox(tuple(AGES), age_word)
        self.view, self.legend = MapView(self.say), Legend()
        self.model = PagingModel((), lambda *_: None, self._line, self)
        self.list, self.count = LineList(self.model), Label(kind="small", wrap=True)
        self.list_stack, self.map_stack = StateStack(self.list), StateStack(self._map_side())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._importing = ImportGrids(context, self)
        self._lay_out()
        self._wire()
        self.retranslate()

    def refresh(self) -> None:
        """Ask for the outlines once, and for the reports in view."""
        if self.atlas is None:
            self.load_atlas()
        else:
            self._ask()

    def load_atlas(self) -> None:
        """Ask for the outlines."""
        self.map_stack.show_loading()
        self.context.runner.call(open_atlas, self.context.desk.paths, self.context.facts.station, owner=self,
                                 on_done=self._show_atlas, on_error=self._no_map)

    def open_target(self, target: str) -> None:
        """``new`` registers a report, as everywhere."""
        if target == "new":
            self.context.navigate("reports", "new")

    def wanted(self) -> SpotFilter:
        """Return what chips and box ask for."""
        return SpotFilter(GROUPS.get(self.chips.current, OPEN), self.ages.code)

    def say(self, mark: Any) -> str:
        """Return a report or a cluster in one sentence: title, state, how it stands to its deadline, age, where."""
        if isinstance(mark, Cluster):
            return joined(self._together(mark), self._oldest(mark))
        where = self.atlas.place_of(mark.longitude, mark.latitude) if self.atlas else ()
        due = band_tag(mark.band)
        return joined(mark.title, state_tag("report", mark.state).text, due.text if due else "", age_word(mark.age),
                      mark.address or "".join(where))

    def retranslate(self) -> None:
        """Say everything again."""
        self.header.set_texts(self.tr("地图"), self.tr("事件在哪里、办到哪一步、登记了多久；不用网络"))
        self.chips.set_chips([("open", self.tr("未办结")), *((group, group_word(group)) for group in GROUPS)])
        self.ages.set_words(self.tr("不限时间"))
        self.list.setAccessibleName(self.tr("图上的事件"))
        self.view.setAccessibleDescription(self.tr("方向键移动，加减号缩放，0 回到本站，Tab 逐件查看，回车打开，Esc 到列表"))
        for button, text in zip(self._buttons, (self.tr("放大（+）"), self.tr("缩小（−）"), self.tr("看本站（0）")), strict=True):
            name_button(button, text)
        self._city.setText(self.tr("看全市"))
        self._city.setToolTip(self.tr("漳州十一个区县"))
        self.model.retranslate()
        self._show_count()

    # ---- laying out ------------------------------------------------------------------------------------------

    def _map_side(self) -> QWidget:
        self._buttons = (
            icon_button("plus", on_click=lambda: self.view.zoom(ZOOM)),
            icon_button("minus", on_click=lambda: self.view.zoom(1 / ZOOM)),
            icon_button("map-pin", on_click=lambda: self.view.fit(self.atlas.home if self.atlas else CITY)),
        )
        self._city = Button("", "quiet", "", lambda: self.view.fit(CITY))
        side = QWidget()
        tools = row(*self._buttons, self._city, None, self.ages, gap=S, margins=(M, S, M, S))
        self.ages.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        layout = column(tools, line(), self.view, line(), self.legend, gap=0)
        layout.setStretch(2, 1)
        side.setLayout(layout)
        return side

    def _lay_out(self) -> None:
        left = QWidget()
        head = row(self.count, margins=(L, M, L, M))
        left.setLayout(column(head, line(), self.list_stack, gap=0))
        if self.context.may("places.import"):
            self.header.set_actions(self._importing)
        split = ListDetail(left, self.map_stack, self.context.settings.windows, "map", (3, 5))
        for item in (self.banner, self.chips):
            self.body.addWidget(item)
        self.body.addWidget(split, 1)

    def _wire(self) -> None:
        self._pause.timeout.connect(self._ask)
        self.view.moved.connect(self._pause.start)
        self.view.chosen.connect(self._choose)
        self.view.walked.connect(self._follow)
        self.view.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.picked.connect(self._look_at)
        self.list.opened.connect(self._open)
        self.chips.chosen.connect(lambda _: self._ask())
        self.ages.chosen.connect(lambda _: self._ask())
        self._importing.done.connect(self._grids_changed)
        self._importing.refused.connect(lambda error: self.banner.show_text(error.text(), Tone.DANGER))

    # ---- asking and showing ----------------------------------------------------------------------------------

    def _show_atlas(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.map_stack.show_content()
        self.legend.show_atlas(atlas)
        self.view.show_atlas(atlas)
        self.banner.show_text(atlas.problem.text() if atlas.problem else "", Tone.WARNING)
        self._pause.stop()
        self._ask()

    def _grids_changed(self) -> None:
        self.view.forget_place()
        self.load_atlas()

    def _no_map(self, error: KnownError) -> None:
        self.map_stack.show_error(self.tr("读不出地图"), error.text(), self.tr("再试一次"), self.load_atlas)

    def _ask(self) -> None:
        if self.atlas is None or self.context.desk is None:
            return
        if self._task is not None:
            self._task.cancel()
        self.list_stack.show_loading()
        self._task = self.context.runner.read(spots, self.view.box(), self.wanted(), self.view.cell(), owner=self,
                                              on_done=self._show, on_error=self._failed)

    def _show(self, shown: Spots) -> None:
        self._error = None
        self.view.show_spots(shown)
        self.model.set_rows(shown.spots or shown.clusters)
        self._mark_in_list(self.view.current)
        self._show_count()

    def _failed(self, error: KnownError) -> None:
        self._error = error
        self.list_stack.show_error(self.tr("读不出图上的事件"), error.text(), self.tr("再试一次"), self.refresh)

    def _show_count(self) -> None:
        shown = self.view.shown
        self.count.setText(self._counted())
        self.view.set_summary(self._counted)
        if self._error is not None or self.atlas is None:
            return
        if shown.count:
            self.list_stack.show_content()
        else:
            self.list_stack.show_empty(
                self.tr("这里没有这样的事件"),
                self.tr("移动、缩小地图，或换一个筛选。登记时写了坐标，或用了照片的位置，事件才会在图上。"),
                self.tr("看全市"), lambda: self.view.fit(CITY), icon="map-pin")

    def _counted(self) -> str:
        shown = self.view.shown
        count = f"{shown.count:,}"
        if shown.capped:
            return self.tr("超过 {n} 件，没有数完；放大或筛选后再看").format(n=f"{shown.count - 1:,}")
        if shown.clusters:
            return self.tr("图上 {n} 件，太多，按位置合在一起；放大后一件一件显示").format(n=count)
        return self.tr("图上 {n} 件").format(n=count)

    def _together(self, cluster: Cluster) -> str:
        return self.tr("这一带 {n} 件").format(n=f"{cluster.count:,}")

    def _oldest(self, cluster: Cluster) -> str:
        return self.tr("最早 {day} 登记").format(day=short_moment(cluster.oldest, self.context.now()))

    def _line(self, mark: Any) -> Line:
        where = joined(*self.atlas.place_of(mark.longitude, mark.latitude)) if self.atlas else ""
        if isinstance(mark, Cluster):
            return Line(self._together(mark), joined(self._oldest(mark), where), mark=Tag(age_word(mark.age)))
        detail = joined(short_number(mark.number), word("category", mark.category), age_word(mark.age), mark.address, where)
        return Line(mark.title, detail, state_tag("report", mark.state), mark=band_tag(mark.band))

    # ---- from mark to record ---------------------------------------------------------------------------------

    def _choose(self, marks: list[Any]) -> None:
        """Open what was pressed; of several on one spot the person says which."""
        if len(marks) == 1:
            self._open(marks[0])
            return
        menu = self.menu_of(marks)
        corner = self.view.place_of(marks[0].id).toPoint() + QPoint(M, M)
        menu.popup(self.view.mapToGlobal(corner))

    def menu_of(self, marks: list[Any]) -> QMenu:
        """Return the menu of reports that lie on one spot."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for mark in marks[:OFFERED]:
            menu.addAction(self.say(mark).replace("&", "&&"), lambda mark=mark: self._open(mark))
        return menu

    def _open(self, mark: Any) -> None:
        """Open a report; come nearer to a cluster."""
        if isinstance(mark, Cluster):
            self.view.come_near(mark)
        else:
            self.context.navigate("reports", mark.id)

    def _follow(self, mark: Any) -> None:
        self._mark_in_list(mark.id)

    def _mark_in_list(self, mark_id: str) -> None:
        at = self.model.position_of(mark_id) if mark_id else -1
        selection = self.list.selectionModel()
        before = selection.blockSignals(True)
        self.list.setCurrentIndex(self.model.index(at, 0))
        if at < 0:
            self.list.clearSelection()
        selection.blockSignals(before)
        self.list.viewport().update()

    def _look_at(self, mark: Any) -> None:
        self.view.select(mark.id)


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return MapPage(context)
