"""The exchange with the centre, told truthfully: what has arrived, what waits here, what was sent back and why."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.exchange_words import exchange_sentence
from ui.labels import kind_word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.sync.aside import WaitingView, waiting_line
from ui.pages.sync.bundles import BundleMenu
from ui.pages.sync.detail import OperationView
from ui.pages.sync.enrol import EnrolCard
from ui.pages.sync.export import export_operations
from ui.pages.sync.standing import Standing
from ui.pages.sync.words import reason, standing, verb_word
from ui.pages.values import joined
from ui.theme.tokens import L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, column, icon_button, line, name_button, row
from ui.widgets.chips import FilterChips
from ui.widgets.dates import short_moment
from ui.widgets.split import ListDetail, nothing_selected
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tone
from zzdesk.desk.queries import DIFFERENT, UNPROVEN_SAID
from zzdesk.errors import KnownError
from zzdesk.i18n import translate

STATES: Final = {
    "waiting": ("new", "sealed", "held"), "returned": ("parked",), "arrived": ("acked",),
    "settled": ("replaced", "dropped"),
}  # fmt: skip
ASIDE: Final = "aside"
"""The chip of what the centre has put aside for who is logged in; it is asked there."""
_ICONS: Final = {"waiting": "send", "returned": "triangle-alert", "arrived": "circle-check", "settled": "archive"}


class SyncPage(Page):
    """Facts above; below them what waits or came back, with what may be done; before joining, the form that joins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._now = Button("", "primary", "refresh-cw", self._sync_or_stop)
        self._decide = Button("", "", "git-compare", lambda: context.navigate("conflicts", ""))
        self.bundles = BundleMenu(context)
        self.header.set_actions(self._decide, self.bundles, self._now)
        self._banner, self.standing = Banner(), Standing(context)
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._choose_chip())
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list, self.detail, self.waiting = LineList(self.model), OperationView(context), WaitingView(context)
        self._views = QStackedWidget()
        for view in (self.detail, self.waiting):
            self._views.addWidget(view)
        self._left, self._right = StateStack(self.list), StateStack(self._views)
        self._again = Button("", "", "rotate-ccw", self._retry_all)
        self._export = icon_button("download", on_click=lambda: export_operations(self))
        self.enrol = EnrolCard(context)
        self._shown, self._decides = "", False
        self._build()
        self._wire()
        self.retranslate()

    def refresh(self) -> None:
        """Ask where the desk stands, for the list, and for the operation that is shown."""
        self.context.exchange.refresh()
        self.standing.refresh()
        self._left.show_loading()
        self.model.refresh()

    def open_target(self, target: str) -> None:
        """``now`` reconciles at once; without a centre it leads to the form that joins one; else a chip by its name."""
        status = self.context.exchange.status
        if target in STATES or (target == ASIDE and self._may_decide):
            self.chips.choose(target)
        elif target == "now" and status is not None and status.enrolled:
            self.context.exchange.sync_now()
        elif status is None or not status.enrolled:
            self.enrol.form.focus_first()

    def retranslate(self) -> None:
        """Say everything again."""
        self._decide.setText(self.tr("决定冲突"))
        self._again.setText(self.tr("都再送一次"))
        name_button(self._export, self.tr("导出成文件：把还没有送达的改动写进一个文件，个人信息遮盖，导出记入审计"))
        chips = [("waiting", self.tr("待送达")), ("returned", self.tr("被退回")), ("settled", self.tr("已处理")),
                 ("arrived", self.tr("已送达"))]
        self._decides = self._may_decide
        self.chips.set_chips([*chips, (ASIDE, self.tr("等您决定"))] if self._decides else chips)
        self.list.setAccessibleName(self.tr("改动列表"))
        self.model.retranslate()
        if not self._shown:
            nothing_selected(self._right, self.tr("选一项改动"), self.tr("这里会显示写了什么、为什么还没送达、下一步怎么办。"))
        self._show()
        if self.isVisible():
            self._loaded(self.model.rowCount() > 0)

    def show_operation(self, op_id: str) -> None:
        """Ask for one operation and show it."""
        from zzdesk.desk.outbox import operation

        self._shown = op_id
        self.context.runner.read(operation, op_id, on_done=self._show_operation, on_error=self._no_operation, owner=self)

    # ---- what it is made of ----------------------------------------------------------------------------------

    def _build(self) -> None:
        tools = QWidget()
        tools.setLayout(row(self.chips, self._again, self._export, gap=S, margins=(L, M, M, M)))
        tools.layout().setStretch(0, 1)
        left = QWidget()
        left.setLayout(column(tools, line(), self._left, gap=0))
        left.layout().setStretch(2, 1)
        for part in (self._banner, self.standing, self.enrol):
            self.body.addWidget(part)
        self.body.addWidget(ListDetail(left, self._right, self.context.settings.windows, "outbox", (1, 1)), 1)

    def _wire(self) -> None:
        self.list.picked.connect(self._pick)
        self.list.activated.connect(lambda _: self._views.currentWidget().first_focus())
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.detail.dealt_with.connect(self._dealt_with)
        self.detail.withdrawn.connect(self._decided)
        self.waiting.decided.connect(self._decided)
        self.bundles.said.connect(lambda text, tone: self._banner.show_text(text, Tone(tone)))
        self.bundles.exchanged.connect(self.refresh)
        self.context.exchange.changed.connect(self._show)
        self.context.exchange.ended.connect(self._ended)

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.desk.queries import outbox

        if self.chips.current == ASIDE:
            self.context.exchange.put_aside(after, limit, on_page, on_error, self)
            return
        states = STATES[self.chips.current or "waiting"]
        self.context.runner.read(outbox, states, after, limit, on_done=on_page, on_error=on_error, owner=self)

    def _line(self, found: Any) -> Line:
        if not hasattr(found, "state"):
            return waiting_line(found, self.context.now())
        why = reason(found, self.context.exchange.online).what if found.problem else ""
        detail = joined(kind_word(found.kind), verb_word(found.verb), why)
        return Line(found.title or kind_word(found.kind), detail, standing(found),
                    short_moment(found.made_at, self.context.now()), _ICONS.get(self.chips.current or "", "send"))

    # ---- what is shown ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        exchange = self.context.exchange
        status = exchange.status
        joined_up = status is not None and status.enrolled
        sentence = exchange_sentence(exchange, self.context.now()) if self.context.desk is not None else ""
        if status is not None and status.unproven:
            sentence = KnownError(UNPROVEN_SAID).text()
        if status is not None and status.digest_alert:
            sentence = KnownError(DIFFERENT).text()
        self.header.set_texts(self.tr("同步"), sentence)
        self.standing.setVisible(joined_up)
        self.enrol.setVisible(status is not None and not joined_up)
        self.enrol.set_allowed(self.context.may("device.enrol"))
        for tool in (self._now, self.bundles):
            tool.setVisible(joined_up)
        self._now.setText(self.tr("停下") if exchange.running is not None else self.tr("现在同步"))
        self._now.setEnabled(not exchange.stopping)
        self._decide.setVisible(bool(status is not None and status.open_conflicts))
        self.standing.show_status()
        if self._decides != self._may_decide:
            self.retranslate()  # somebody else is logged in, or has other roles now
            return
        if status is not None:
            self.chips.set_counts({"waiting": status.pending, "returned": status.parked})
        if exchange.stuck_since is not None:
            self._banner.show_text(self._stuck(), Tone.WARNING)

    def _stuck(self) -> str:
        since = short_moment(self.context.exchange.stuck_since, self.context.now())
        return self.tr(
            "{since} 起没有任何进展，可能网络断了。可以停下，内容都在本机，以后接着来；也可以用 U 盘交换。").format(since=since)

    def _ended(self, outcome: Any) -> None:
        """Say how the exchange ended: calm when there is no network, plain when the centre refused."""
        self.mark_stale()
        if not hasattr(outcome, "pushed"):
            self._banner.show_text(
                self.tr("{what} 内容都保存在本机，连上后会自动送达。").format(what=outcome.text()), Tone.WARNING)
            return
        parts = [self.tr("送出 {n} 项").format(n=outcome.pushed), self.tr("收到 {n} 项").format(n=outcome.pulled)]
        if outcome.conflicts:
            parts.append(self.tr("{n} 处冲突").format(n=outcome.conflicts))
        if outcome.rejected:
            parts.append(self.tr("{n} 项被退回").format(n=outcome.rejected))
        calm = not outcome.conflicts and not outcome.rejected and not outcome.notices
        text = "\n".join([self.tr("同步完成：") + self.tr("，").join(parts), *map(translate, outcome.notices)])
        self._banner.show_text(text, Tone.SUCCESS if calm else Tone.WARNING)

    def _loaded(self, any_rows: bool) -> None:
        chip = self.chips.current or "waiting"
        self._again.setVisible(chip == "returned" and any(row.outcome == "quarantined" for row in self._rows()))
        self._export.setVisible(any_rows and chip in ("waiting", "returned") and self.context.may("export"))
        if any_rows:
            self._left.show_content()
            at = max(self.model.position_of(self._shown), 0)
            self.list.setCurrentIndex(self.model.index(at, 0))
            self._pick(self.model.row(at))
            return
        texts = {
            ASIDE: (self.tr("没有等您决定的"), self.tr(
                "做的时候有权限、送到时没有了的，或从暂停的设备收上来的改动，会在中心等您决定。")),
            "waiting": (self.tr("没有等待送达的改动"), self.tr("在这里登记和修改的内容，送到中心之前会列在这里。")),
            "returned": (self.tr("没有被退回的改动"), self.tr("中心不能接受的改动会连同原因列在这里，不会丢失。")),
            "settled": (self.tr("没有处理过的改动"), self.tr("被退回后改过重送的、放弃的，都留在这里可查。")),
            "arrived": (self.tr("还没有送达的改动"), self.tr("中心确认收到的改动会列在这里。")),
        }
        title, text = texts[chip]
        self._left.show_empty(title, text, icon="circle-check")
        self._shown = ""
        nothing_selected(self._right, self.tr("选一项改动"), self.tr("这里会显示写了什么、为什么还没送达、下一步怎么办。"))

    def _failed(self, error: Any) -> None:
        if self.chips.current == ASIDE:
            self._shown = ""
            self._left.show_error(self.tr("现在问不到中心"), self.tr(
                "{what} 等您决定的改动都存在中心，不会丢；连上后再决定。").format(what=error.text()),
                self.tr("再试一次"), self.refresh)
            nothing_selected(self._right, self.tr("选一项改动"), "")
            return
        self._left.show_error(self.tr("读不出列表"), error.text(), self.tr("再试一次"), self.refresh)

    @property
    def _may_decide(self) -> bool:
        return self.context.may("quarantine.decide")

    def _pick(self, found: Any) -> None:
        """Show a row: what was put aside is all here, an operation of this desk is asked for."""
        if hasattr(found, "state"):
            self.show_operation(found.op_id)
            return
        self._shown = found.op_id
        self.waiting.show_waiting(found)
        self._views.setCurrentWidget(self.waiting)
        self._right.show_content()

    def _show_operation(self, found: Any) -> None:
        if found.row.op_id == self._shown:
            self._views.setCurrentWidget(self.detail)
            self.detail.show_operation(found)
            self._right.show_content()

    def _no_operation(self, error: Any) -> None:
        self._right.show_error(self.tr("看不到这一项"), error.text(), self.tr("再试一次"), self.refresh)

    # ---- what is done ----------------------------------------------------------------------------------------

    def _sync_or_stop(self) -> None:
        if self.context.exchange.running is None:
            self.context.exchange.sync_now()
        else:
            self.context.exchange.stop_now()

    def _choose_chip(self) -> None:
        self._shown = ""
        self.refresh()

    def _dealt_with(self, sentence: str) -> None:
        self.context.toast(sentence)
        self._shown = ""
        self.refresh()

    def _decided(self, sentence: str) -> None:
        self._dealt_with(sentence)
        self.context.exchange.sync_now()  # what was let through is in the records here, too

    def _retry_all(self) -> None:
        from zzdesk.desk.commands import retry

        rows = [row for row in self._rows() if row.outcome == "quarantined"]
        for at, found in enumerate(rows, 1):
            last = at == len(rows)
            self.context.runner.write(retry, found.op_id, initiator=self, on_done=(lambda _: self._dealt_with(
                self.tr("都会随下次同步再送一次"))) if last else None)

    def _rows(self) -> list[Any]:
        return [self.model.row(at) for at in range(self.model.rowCount())]


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return SyncPage(context)
