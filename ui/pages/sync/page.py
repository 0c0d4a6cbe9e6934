"""The exchange with the centre, told truthfully: what has arrived, what waits here, what was sent back and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.exchange_words import exchange_sentence
from ui.labels import field_word, kind_word
from ui.models.paging import Column, PagingModel
from ui.pages.base import Page
from ui.pages.sync.enrol import EnrolCard
from ui.theme.tokens import XS, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Icon, Label, card, column, line, row
from ui.widgets.chips import FilterChips
from ui.widgets.dates import full_moment, short_moment
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError

_STATES = {"waiting": ("new", "sealed", "held"), "returned": ("parked",), "arrived": ("acked",)}


class FactCard(QWidget):
    """One fact of the exchange: icon, name, value, and a line under it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = Icon(icon, "secondary", 16)
        self._name, self._value, self._note = Label(kind="small"), Label(kind="title"), Label(kind="small")
        frame = card()
        frame.setLayout(column(row(self._icon, self._name, None, gap=S), self._value, self._note, gap=XS,
                               margins=(L, M, L, M)))
        self.setLayout(column(frame, gap=0))

    def show_fact(self, name: str, value: str, note: str, icon: str = "", role: str = "secondary") -> None:
        """Show a fact."""
        self._name.setText(name)
        self._value.setText(value)
        self._note.setText(note)
        if icon:
            self._icon.show_icon(icon, role)


class SyncPage(Page):
    """Facts above, the list of what waits or came back below; before joining, the form that joins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._now = Button("", "primary", "refresh-cw", context.exchange.sync_now)
        self._decide = Button("", "", "git-compare", lambda: context.navigate("conflicts", ""))
        self.header.set_actions(self._decide, self._now)
        self._banner = Banner()
        self.facts = {key: FactCard(icon) for key, icon in
                      {"state": "cloud-off", "pending": "send", "last": "clock", "conflicts": "git-compare"}.items()}
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self.refresh())
        self.model = PagingModel(self._columns(), self._fetch, parent=self)
        self.table = DataTable(self.model, context.settings.windows, "outbox")
        self._stack = StateStack(self.table)
        self._retry = Button("", "", "rotate-ccw", self._retry_selected)
        self.enrol = EnrolCard(context)
        self._build()
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_retry())
        context.exchange.changed.connect(self._show)
        context.exchange.ended.connect(self._ended)
        self.retranslate()

    def refresh(self) -> None:
        """Ask where the desk stands and for the list."""
        self.context.exchange.refresh()
        self._stack.show_loading()
        self.model.refresh()

    def open_target(self, target: str) -> None:
        """``now`` reconciles at once; without a centre it leads to the form that joins one."""
        status = self.context.exchange.status
        if target == "now" and status is not None and status.enrolled:
            self.context.exchange.sync_now()
        elif status is None or not status.enrolled:
            self.enrol.form.focus_first()

    def retranslate(self) -> None:
        """Say everything again."""
        self._now.setText(self.tr("现在同步"))
        self._decide.setText(self.tr("决定冲突"))
        self._retry.setText(self.tr("再送一次"))
        self.chips.set_chips([("waiting", self.tr("待送达")), ("returned", self.tr("被退回")),
                              ("arrived", self.tr("已送达"))])
        self.table.setAccessibleName(self.tr("改动列表"))
        self.model.retranslate()
        self._show()
        if self.isVisible():
            self._loaded(self.model.rowCount() > 0)

    def _build(self) -> None:
        self._facts_row = QWidget()
        self._facts_row.setLayout(row(*self.facts.values(), gap=L))
        self._list_card = card()
        tools = QWidget()
        tools.setLayout(row(self.chips, self._retry, gap=M, margins=(L, M, L, M)))
        self._list_card.setLayout(column(tools, line(), self._stack, gap=0, margins=1))
        for part in (self._banner, self._facts_row, self.enrol):
            self.body.addWidget(part)
        self.body.addWidget(self._list_card, 1)

    def _columns(self) -> list[Column]:
        return [
            Column("title", lambda: self.tr("内容"), lambda r: r.title or kind_word(r.kind), stretch=True, strong=True),
            Column("kind", lambda: self.tr("种类"), lambda r: kind_word(r.kind), 96),
            Column("verb", lambda: self.tr("改动"), lambda r: self._verb(r.verb), 104),
            Column("made", lambda: self.tr("时间"), lambda r: short_moment(r.made_at, self.context.now()), 132,
                   tooltip=lambda r: full_moment(r.made_at)),
            Column("state", lambda: self.tr("情况"), lambda r: self._state(r).text, 110, tag=self._state),
            Column("why", lambda: self.tr("原因"), self._why, 240),
        ]

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.desk.queries import outbox

        states = _STATES[self.chips.current or "waiting"]
        self.context.runner.read(outbox, states, after, limit, on_done=on_page, on_error=on_error, owner=self)

    def _verb(self, verb: str) -> str:
        words = {
            "create": self.tr("登记"), "patch": self.tr("修改"), "void": self.tr("作废"),
            "unvoid": self.tr("恢复"), "resolve": self.tr("决定冲突"), "move": self.tr("移交"),
        }
        return words.get(verb, verb)

    def _state(self, row: Any) -> Tag:
        tags = {
            "new": Tag(self.tr("待送达"), Tone.NEUTRAL), "sealed": Tag(self.tr("待送达"), Tone.NEUTRAL),
            "held": Tag(self.tr("中心暂存"), Tone.INFO), "parked": Tag(self.tr("被退回"), Tone.WARNING),
            "acked": Tag(self.tr("已送达"), Tone.SUCCESS),
        }
        return tags.get(row.state, Tag(row.state))

    def _why(self, row: Any) -> str:
        if row.problem_title:
            field = field_word(row.kind, row.problem_field) if row.problem_field else ""
            return self.tr("{field}：{problem}").format(field=field, problem=row.problem_title) if field else (
                str(row.problem_title))
        if row.state == "held":
            return self.tr("它所属的记录还没有到达中心")
        return self.tr("还没有连上中心") if row.state in ("new", "sealed") and not self.context.exchange.online else ""

    def _show(self) -> None:
        exchange = self.context.exchange
        status = exchange.status
        joined = status is not None and status.enrolled
        sentence = exchange_sentence(exchange, self.context.now()) if self.context.desk is not None else ""
        if status is not None and status.unproven:
            sentence = self._unproven()
        if status is not None and status.digest_alert:
            sentence = self._different()
        self.header.set_texts(self.tr("同步"), sentence)
        self._facts_row.setVisible(joined)
        self.enrol.setVisible(status is not None and not joined)
        self.enrol.set_allowed(self.context.may("device.enrol"))
        self._now.setVisible(joined)
        self._now.setEnabled(exchange.running is None)
        self._decide.setVisible(bool(status is not None and status.open_conflicts))
        if status is not None and joined:
            self._show_facts(status)
        self._show_retry()

    def _unproven(self) -> str:
        from zzdesk.desk.queries import UNPROVEN_SAID

        return KnownError(UNPROVEN_SAID).text()

    def _different(self) -> str:
        from zzdesk.desk.queries import DIFFERENT

        return KnownError(DIFFERENT).text()

    def _show_facts(self, status: Any) -> None:
        now, online = self.context.now(), self.context.exchange.online
        self.facts["state"].show_fact(
            self.tr("与中心的连接"), self.tr("在线") if online else self.tr("离线"),
            status.server_url or "", "cloud" if online else "cloud-off", "success" if online else "secondary")
        since = self.tr("最早一项 {when}").format(when=short_moment(status.oldest_pending_at, now))
        self.facts["pending"].show_fact(
            self.tr("待送达"), str(status.pending), since if status.oldest_pending_at else self.tr("都已送达"))
        tried = self.tr("最近尝试 {when}").format(when=short_moment(status.last_attempt_at, now))
        self.facts["last"].show_fact(
            self.tr("上次成功"), short_moment(status.last_success_at, now) or self.tr("还没有"),
            tried if status.last_attempt_at else "")
        parked = self.tr("{count} 项被退回").format(count=status.parked) if status.parked else self.tr("没有被退回的改动")
        self.facts["conflicts"].show_fact(self.tr("待决定的冲突"), str(status.open_conflicts), parked)

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
        calm = not outcome.conflicts and not outcome.rejected
        self._banner.show_text(self.tr("同步完成：") + self.tr("，").join(parts), Tone.SUCCESS if calm else Tone.WARNING)

    def _loaded(self, any_rows: bool) -> None:
        if any_rows:
            self._stack.show_content()
            return
        texts = {
            "waiting": (self.tr("没有等待送达的改动"), self.tr("在这里登记和修改的内容，送到中心之前会列在这里。")),
            "returned": (self.tr("没有被退回的改动"), self.tr("中心不能接受的改动会连同原因列在这里，不会丢失。")),
            "arrived": (self.tr("还没有送达的改动"), self.tr("中心确认收到的改动会列在这里。")),
        }
        title, text = texts[self.chips.current or "waiting"]
        self._stack.show_empty(title, text, icon="circle-check")

    def _failed(self, error: Any) -> None:
        self._stack.show_error(self.tr("读不出列表"), error.text(), self.tr("再试一次"), self.refresh)

    def _show_retry(self) -> None:
        rows = self.table.selected_rows()
        self._retry.setVisible(bool(rows) and all(r.state == "parked" for r in rows))

    def _retry_selected(self) -> None:
        from zzdesk.desk.commands import retry

        for outbox_row in self.table.selected_rows():
            self.context.runner.write(retry, outbox_row.op_id, on_done=lambda _: self.refresh(), initiator=self)


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return SyncPage(context)
