"""Codes and fields of hand-over orders in words (see ``ui.labels``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "handover_order": QT_TRANSLATE_NOOP("domain", "转办件"),
    "handover_echo": QT_TRANSLATE_NOOP("domain", "转办回话"),
}

UNSENT: Final[dict[str, str]] = {
    "no-line": QT_TRANSLATE_NOOP("domain", "没有接通，没送出"),
    "paused": QT_TRANSLATE_NOOP("domain", "暂停中，没送出"),
    "failing": QT_TRANSLATE_NOOP("domain", "一直没送到"),
    "stopped": QT_TRANSLATE_NOOP("domain", "对方没收下"),
}
"""Why an order that waits was not sent, in place of its state."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "unsent": UNSENT,
    "handover_direction": {
        "out": QT_TRANSLATE_NOOP("domain", "转出去"),
        "in": QT_TRANSLATE_NOOP("domain", "转进来"),
    },
    "echo_direction": {
        "out": QT_TRANSLATE_NOOP("domain", "本方说的"),
        "in": QT_TRANSLATE_NOOP("domain", "对方说的"),
    },
    "echo_status": {
        "accepted": QT_TRANSLATE_NOOP("domain", "受理"),
        "working": QT_TRANSLATE_NOOP("domain", "办理中"),
        "done": QT_TRANSLATE_NOOP("domain", "办结"),
        "returned": QT_TRANSLATE_NOOP("domain", "退回"),
        "out-of-duty": QT_TRANSLATE_NOOP("domain", "超职责诉求"),
        "withdrawn": QT_TRANSLATE_NOOP("domain", "撤回"),
        "urged": QT_TRANSLATE_NOOP("domain", "催办"),
        "changed": QT_TRANSLATE_NOOP("domain", "内容更正"),
        "note": QT_TRANSLATE_NOOP("domain", "留言"),
    },
}

FOLLOW: Final[dict[str, tuple[str, Tone, str]]] = {
    "unsent": (QT_TRANSLATE_NOOP("domain", "▲ 没送到"), Tone.DANGER, QT_TRANSLATE_NOOP("domain", "请打电话，再记送达")),
    "returned": (QT_TRANSLATE_NOOP("domain", "▲ 对方退回"), Tone.DANGER, QT_TRANSLATE_NOOP("domain", "请收回办理")),
    "done": (QT_TRANSLATE_NOOP("domain", "● 对方已办结"), Tone.SUCCESS, QT_TRANSLATE_NOOP("domain", "请告诉居民")),
}
"""What the first page says of an order that somebody has to follow: how it stands, and the one thing to do."""

STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "handover_order": {
        "waiting": (QT_TRANSLATE_NOOP("domain", "待发"), Tone.WARNING),
        "delivered": (QT_TRANSLATE_NOOP("domain", "已送达"), Tone.INFO),
        "working": (QT_TRANSLATE_NOOP("domain", "对方办理中"), Tone.INFO),
        "done": (QT_TRANSLATE_NOOP("domain", "对方已办结"), Tone.SUCCESS),
        "returned": (QT_TRANSLATE_NOOP("domain", "对方退回"), Tone.DANGER),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已撤回"), Tone.NEUTRAL),
    },
}

INBOUND_STATES: Final[dict[str, tuple[str, Tone]]] = {
    "delivered": (QT_TRANSLATE_NOOP("domain", "已收到"), Tone.WARNING),
    "working": (QT_TRANSLATE_NOOP("domain", "本站办理中"), Tone.INFO),
    "done": (QT_TRANSLATE_NOOP("domain", "已答复对方"), Tone.SUCCESS),
    "returned": (QT_TRANSLATE_NOOP("domain", "已退给对方"), Tone.NEUTRAL),
}
"""The same states seen from this side, of an order that came in."""

ACTIONS: Final[dict[str, dict[str, str]]] = {
    "handover_order": {
        "deliver": QT_TRANSLATE_NOOP("domain", "记送达"),
        "begin": QT_TRANSLATE_NOOP("domain", "对方开始办理"),
        "finish": QT_TRANSLATE_NOOP("domain", "对方办结"),
        "return": QT_TRANSLATE_NOOP("domain", "对方退回"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "撤回"),
        "reopen": QT_TRANSLATE_NOOP("domain", "对方重新办理"),
        "answer": QT_TRANSLATE_NOOP("domain", "写答复"),
        "settle": QT_TRANSLATE_NOOP("domain", "收尾"),
        "add-files": QT_TRANSLATE_NOOP("domain", "补交文件"),
    },
}

FIELDS: Final[dict[str, dict[str, str]]] = {
    "handover_order": {
        "report_id": QT_TRANSLATE_NOOP("domain", "所属事件"),
        "number": QT_TRANSLATE_NOOP("domain", "转办编号"),
        "partner": QT_TRANSLATE_NOOP("domain", "对方"),
        "direction": QT_TRANSLATE_NOOP("domain", "方向"),
        "recipient": QT_TRANSLATE_NOOP("domain", "收件部门"),
        "handed": QT_TRANSLATE_NOOP("domain", "交出的内容"),
        "reason": QT_TRANSLATE_NOOP("domain", "转办理由"),
        "called_at": QT_TRANSLATE_NOOP("domain", "打电话的时间"),
        "called_by": QT_TRANSLATE_NOOP("domain", "打电话的人"),
        "call_taker": QT_TRANSLATE_NOOP("domain", "接警员或警号"),
        "call_outcome": QT_TRANSLATE_NOOP("domain", "接警答复"),
        "external_ref": QT_TRANSLATE_NOOP("domain", "对方编号"),
        "receipt_number": QT_TRANSLATE_NOOP("domain", "回执编号"),
        "receipt_at": QT_TRANSLATE_NOOP("domain", "回执时间"),
        "limit_days": QT_TRANSLATE_NOOP("domain", "办理时限（工作日）"),
        "out_of_duty": QT_TRANSLATE_NOOP("domain", "超职责诉求"),
        "request_type": QT_TRANSLATE_NOOP("domain", "申请类型"),
        "public_answer": QT_TRANSLATE_NOOP("domain", "公开答复内容"),
        "unsent": QT_TRANSLATE_NOOP("domain", "为什么没送出"),
        "origins": QT_TRANSLATE_NOOP("domain", "来源编号"),
        "settled_at": QT_TRANSLATE_NOOP("domain", "本站收尾的时间"),
        "files": QT_TRANSLATE_NOOP("domain", "一起交的附件"),
        "files_state": QT_TRANSLATE_NOOP("domain", "附件怎样了"),
    },
    "handover_echo": {
        "handover_order_id": QT_TRANSLATE_NOOP("domain", "所属转办件"),
        "direction": QT_TRANSLATE_NOOP("domain", "谁说的"),
        "status": QT_TRANSLATE_NOOP("domain", "办理状态"),
        "text": QT_TRANSLATE_NOOP("domain", "内容"),
        "happened_at": QT_TRANSLATE_NOOP("domain", "时间"),
    },
}
