"""Where the desk stands towards its centre: four cards, and a line of what seldom needs anybody."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui import sync_bridge
from ui.context import Context
from ui.pages.sync.facts import FactCard, HealthLine
from ui.theme.tokens import L, S
from ui.widgets.base import Translated, column, row
from ui.widgets.dates import short_moment
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.health import Health, sync_health
from zzdesk.desk.why import explain_round

LITTLE: Final = 1 << 30
SOON_DAYS: Final = 7
"""From here on the end of log-ins without the centre is worth a warning."""
SKEW_MS: Final = 5 * 60_000
"""From here on the clock of the machine is worth a warning: deadlines are computed with it."""


def size_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    for unit, factor in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


class Standing(Translated, QWidget):
    """Cards and health line; ``show_status`` after the exchange changed, ``refresh`` to ask for the health."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._health: Health | None = None
        self.cards = {key: FactCard(icon) for key, icon in
                      {"state": "cloud-off", "pending": "send", "last": "clock", "attention": "git-compare"}.items()}
        self.health = HealthLine(("mode", "login", "files", "clock", "space", "digest"))
        cards = row(*self.cards.values(), gap=L)
        for at in range(4):
            cards.setStretch(at, 1)
        self.setLayout(column(cards, self.health, gap=S))

    def refresh(self) -> None:
        """Ask for free space, clock and what is checked."""
        self._context.runner.call(sync_health, self._context.desk, on_done=self._take, on_error=lambda error: None,
                                  owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        self.show_status()
        self._show_health()

    def show_status(self) -> None:
        """Show the four cards."""
        exchange = self._context.exchange
        if exchange.status is None or not exchange.status.enrolled or self._context.desk is None:
            return
        self._show_state(exchange)
        self._show_pending(exchange.status)
        self._show_last(exchange)
        status = exchange.status
        returned = self.tr("{count} 项被退回").format(count=status.parked) if status.parked else self.tr("没有被退回的改动")
        self.cards["attention"].show_fact(self.tr("待决定的冲突"), str(status.open_conflicts), returned)

    def _show_state(self, exchange: Any) -> None:
        words = {
            "stuck": (self.tr("停滞"), "hourglass", "warning"), "running": (self._doing(exchange), "refresh-cw", "info"),
            "online": (self.tr("在线"), "cloud", "success"), "offline": (self.tr("离线"), "cloud-off", "secondary"),
        }
        text, icon, role = words[exchange.standing]
        name = self._health.name if self._health is not None else ""
        self.cards["state"].show_fact(
            self.tr("与中心的连接"), text, "\n".join(p for p in (name, exchange.status.server_url) if p), icon, role)

    def _doing(self, exchange: Any) -> str:
        if exchange.stopping:
            return self.tr("正在停下……")
        if exchange.step == "push" and exchange.total:
            return self.tr("送出 {done} / {total}").format(done=exchange.done, total=exchange.total)
        if exchange.step == "pull" and exchange.done:
            return self.tr("已收到 {done} 项").format(done=exchange.done)
        return self.tr("正在交换……")

    def _show_pending(self, status: Any) -> None:
        since = self.tr("最早一项 {when}").format(when=short_moment(status.oldest_pending_at, self._context.now()))
        if status.held:
            since += " · " + self.tr("{n} 项在中心暂存").format(n=status.held)
        self.cards["pending"].show_fact(
            self.tr("待送达"), str(status.pending), since if status.oldest_pending_at else self.tr("都已送达"))

    def _show_last(self, exchange: Any) -> None:
        status, now = exchange.status, self._context.now()
        note = self.tr("最近尝试 {when}").format(when=short_moment(status.last_attempt_at, now)) if (
            status.last_attempt_at and status.last_attempt_at != status.last_success_at) else ""
        why = explain_round(status.last_error, sync_bridge.refusals())
        if why.what and exchange.running is None:
            note = f"{note}：{why.what}。{why.next}" if note else f"{why.what}。{why.next}"
        self.cards["last"].show_fact(
            self.tr("上次成功"), short_moment(status.last_success_at, now) or self.tr("还没有"), note)

    def _take(self, found: Health) -> None:
        self._health = found
        self.show_status()
        self._show_health()

    def _show_health(self) -> None:
        found = self._health
        if found is None:
            return
        self.health.show_tag("mode", *self._mode(found.mode))
        self.health.show_tag("login", *self._login(found))
        self.health.show_tag("files", self._files(found))
        self.health.show_tag("clock", self._clock(found), self.tr("记录时间以中心的时间校正；相差太多时请校准这台电脑的时钟。"))
        little = found.free_bytes < LITTLE
        self.health.show_tag(
            "space", Tag(self.tr("剩余空间 {size}").format(size=size_words(found.free_bytes)),
                         Tone.WARNING if little else Tone.NEUTRAL),
            self.tr("空间不多了，请清理磁盘，否则收不下新内容。") if little else "")
        self.health.show_tag("digest", self._digest(found), found.digest_alert or "")

    def _mode(self, mode: str) -> tuple[Tag | None, str]:
        """Say how the centre is; as it always is needs no word more than that."""
        words = {
            "normal": (Tag(self.tr("中心正常")), ""),
            "recovery": (Tag(self.tr("中心正在恢复数据"), Tone.WARNING),
                         self.tr("中心刚从备份恢复，正在把各站的内容补回去，不用做什么。")),
            "readonly": (Tag(self.tr("中心暂时只能查看"), Tone.WARNING),
                         self.tr("中心正在维护。可以照常工作，改动都留在本机，恢复后自动送出。")),
        }
        return words.get(mode, (Tag(mode), ""))

    def _login(self, found: Health) -> tuple[Tag | None, str]:
        """Say when log-ins without the centre stop being good enough; nothing while that is far away."""
        if found.login_until is None:
            return None, ""
        left = found.login_until - self._context.now()
        if left.total_seconds() <= 0:
            return Tag(self.tr("离线登录已过期"), Tone.DANGER), self.tr(
                "太久没有连上中心。可以照常工作，但现在起做的要等站长同意才生效；连上一次中心就恢复。")
        if left.days >= SOON_DAYS:
            return None, ""
        soon = self.tr("离线登录还有 {n} 天").format(n=left.days) if left.days else self.tr("离线登录还有不到一天")
        return Tag(soon, Tone.WARNING), self.tr(
            "到期前请连一次中心，否则到期后做的要等站长同意才生效。")

    def _files(self, found: Health) -> Tag | None:
        if not found.files_waiting:
            return None
        return Tag(self.tr("附件待传 {size}").format(size=size_words(found.files_waiting)), Tone.INFO)

    def _clock(self, found: Health) -> Tag | None:
        if found.skew_ms is None:
            return None
        seconds = abs(found.skew_ms) // 1000
        if seconds < 2:
            return Tag(self.tr("时钟与中心一致"))
        text = self.tr("时钟比中心慢 {n} 秒") if found.skew_ms > 0 else self.tr("时钟比中心快 {n} 秒")
        return Tag(text.format(n=seconds), Tone.WARNING if abs(found.skew_ms) >= SKEW_MS else Tone.NEUTRAL)

    def _digest(self, found: Health) -> Tag | None:
        if found.digest_alert:
            return Tag(self.tr("与中心核对不一致"), Tone.DANGER)
        if found.digest_at is None:
            return None
        return Tag(self.tr("{when} 与中心核对一致").format(when=short_moment(found.digest_at, self._context.now())))
