"""The exchange with the centre in one honest sentence."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ui.exchange import Exchange
from ui.widgets.dates import short_moment


def exchange_sentence(exchange: Exchange, now: datetime) -> str:
    """Say where the desk stands: not joined, under way, all there, or what still waits here and since when."""
    status = exchange.status
    if status is None:
        return ""
    if not status.enrolled:
        return QCoreApplication.translate("exchange", "还没有接入中心。所有内容都保存在本机，接入后会自动送达。")
    if exchange.stuck_since is not None:
        return QCoreApplication.translate("exchange", "{when} 起没有任何进展；内容都在本机。").format(
            when=short_moment(exchange.stuck_since, now))
    if exchange.running is not None:
        return QCoreApplication.translate("exchange", "正在和中心交换……可以继续工作。")
    last = (QCoreApplication.translate("exchange", "上次同步 {when}。").format(
        when=short_moment(status.last_success_at, now)) if status.last_success_at else
        QCoreApplication.translate("exchange", "还没有同步过。"))
    return exchange.waiting_sentence(status.pending) + last

