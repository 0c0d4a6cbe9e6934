"""What contact with enterprises calls its days, visits, needs and ledger: names of codes, kinds, fields and actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "contact_day": QT_TRANSLATE_NOOP("domain", "联企日"),
    "employer_visit": QT_TRANSLATE_NOOP("domain", "企业走访"),
    "visit_item": QT_TRANSLATE_NOOP("domain", "走访待办"),
    "employer_need": QT_TRANSLATE_NOOP("domain", "企业需求"),
    "giveback_entry": QT_TRANSLATE_NOOP("domain", "反哺台账"),
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "next_contact": {
        "prepare": QT_TRANSLATE_NOOP("domain", "开始准备"), "plan-visits": QT_TRANSLATE_NOOP("domain", "安排走访"),
        "wait": QT_TRANSLATE_NOOP("domain", "都安排好了"), "hold": QT_TRANSLATE_NOOP("domain", "记为已举行"),
        "record-visits": QT_TRANSLATE_NOOP("domain", "记走访结果"), "close": QT_TRANSLATE_NOOP("domain", "写结果并结束"),
        "explain": QT_TRANSLATE_NOOP("domain", "说明为何没举行"), "nothing": QT_TRANSLATE_NOOP("domain", "已结束"),
    },
    "day_kind": {
        "workday": QT_TRANSLATE_NOOP("domain", "工作日"), "weekend": QT_TRANSLATE_NOOP("domain", "周末"),
        "holiday": QT_TRANSLATE_NOOP("domain", "节假日"), "swapped": QT_TRANSLATE_NOOP("domain", "调休上班"),
    },
    "need_source": {
        "visit": QT_TRANSLATE_NOOP("domain", "走访"), "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "counter": QT_TRANSLATE_NOOP("domain", "窗口"),
    },
    "need_kind": {
        "labour": QT_TRANSLATE_NOOP("domain", "用工"), "training": QT_TRANSLATE_NOOP("domain", "培训"),
        "policy": QT_TRANSLATE_NOOP("domain", "政策"), "finance": QT_TRANSLATE_NOOP("domain", "资金"),
        "venue": QT_TRANSLATE_NOOP("domain", "场地"), "rights": QT_TRANSLATE_NOOP("domain", "权益维护"),
        "other": QT_TRANSLATE_NOOP("domain", "其他"),
    },
    "giveback_kind": {
        "goods": QT_TRANSLATE_NOOP("domain", "捐赠物资"), "money": QT_TRANSLATE_NOOP("domain", "资金"),
        "venue": QT_TRANSLATE_NOOP("domain", "场地"), "service": QT_TRANSLATE_NOOP("domain", "志愿服务"),
        "jobs": QT_TRANSLATE_NOOP("domain", "岗位"), "other": QT_TRANSLATE_NOOP("domain", "其他"),
    },
}  # fmt: skip
STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "contact_day": {
        "none": (QT_TRANSLATE_NOOP("domain", "还没准备"), Tone.NEUTRAL),
        "preparing": (QT_TRANSLATE_NOOP("domain", "准备中"), Tone.INFO),
        "held": (QT_TRANSLATE_NOOP("domain", "已举行"), Tone.WARNING),
        "closed": (QT_TRANSLATE_NOOP("domain", "已结束"), Tone.SUCCESS),
        "skipped": (QT_TRANSLATE_NOOP("domain", "没有举行"), Tone.NEUTRAL),
        "missed": (QT_TRANSLATE_NOOP("domain", "错过"), Tone.DANGER),
    },
    "employer_visit": {
        "planned": (QT_TRANSLATE_NOOP("domain", "待走访"), Tone.WARNING),
        "made": (QT_TRANSLATE_NOOP("domain", "已走访"), Tone.SUCCESS),
        "called-off": (QT_TRANSLATE_NOOP("domain", "取消"), Tone.NEUTRAL),
    },
    "visit_item": {
        "open": (QT_TRANSLATE_NOOP("domain", "待办"), Tone.WARNING),
        "done": (QT_TRANSLATE_NOOP("domain", "办好"), Tone.SUCCESS),
        "dropped": (QT_TRANSLATE_NOOP("domain", "不办"), Tone.NEUTRAL),
    },
    "employer_need": {
        "open": (QT_TRANSLATE_NOOP("domain", "待办理"), Tone.WARNING),
        "in-hand": (QT_TRANSLATE_NOOP("domain", "办理中"), Tone.INFO),
        "met": (QT_TRANSLATE_NOOP("domain", "已满足"), Tone.SUCCESS),
        "unmet": (QT_TRANSLATE_NOOP("domain", "未满足"), Tone.NEUTRAL),
    },
}
ACTIONS: Final[dict[str, dict[str, str]]] = {
    "contact_day": {
        "hold": QT_TRANSLATE_NOOP("domain", "记为已举行"), "skip": QT_TRANSLATE_NOOP("domain", "没有举行…"),
        "close": QT_TRANSLATE_NOOP("domain", "写结果并结束"), "reopen": QT_TRANSLATE_NOOP("domain", "改回准备中"),
        "prepare": QT_TRANSLATE_NOOP("domain", "开始准备"),
    },
    "employer_visit": {
        "make": QT_TRANSLATE_NOOP("domain", "记走访结果"), "call-off": QT_TRANSLATE_NOOP("domain", "取消走访"),
        "plan-again": QT_TRANSLATE_NOOP("domain", "重新安排"),
    },
    "visit_item": {
        "finish": QT_TRANSLATE_NOOP("domain", "办好了"), "drop": QT_TRANSLATE_NOOP("domain", "不办了"),
        "reopen": QT_TRANSLATE_NOOP("domain", "重新打开"),
    },
    "employer_need": {
        "take": QT_TRANSLATE_NOOP("domain", "开始办理"), "meet": QT_TRANSLATE_NOOP("domain", "已满足"),
        "fail": QT_TRANSLATE_NOOP("domain", "未能满足"), "reopen": QT_TRANSLATE_NOOP("domain", "继续办理"),
        "post": QT_TRANSLATE_NOOP("domain", "转成用工信息"),
    },
    "giveback_entry": {"correct": QT_TRANSLATE_NOOP("domain", "更正")},
}
VALUES: Final[dict[str, dict[str, str]]] = {
    "employer_need": {"source": "need_source", "need_kind": "need_kind"},
    "giveback_entry": {"giveback_kind": "giveback_kind"},
}
FIELDS: Final[dict[str, dict[str, str]]] = {
    "contact_day": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"), "month": QT_TRANSLATE_NOOP("domain", "月份"),
        "day": QT_TRANSLATE_NOOP("domain", "日期"), "plan": QT_TRANSLATE_NOOP("domain", "安排"),
        "results": QT_TRANSLATE_NOOP("domain", "结果"), "reason": QT_TRANSLATE_NOOP("domain", "没有举行的原因"),
    },
    "employer_visit": {
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"), "contact_day_id": QT_TRANSLATE_NOOP("domain", "联企日"),
        "visit_on": QT_TRANSLATE_NOOP("domain", "走访日期"), "visitors": QT_TRANSLATE_NOOP("domain", "走访人"),
        "met_name": QT_TRANSLATE_NOOP("domain", "接待人"), "met_post": QT_TRANSLATE_NOOP("domain", "接待人职务"),
        "met_phone": QT_TRANSLATE_NOOP("domain", "接待人电话"), "notes": QT_TRANSLATE_NOOP("domain", "走访记录"),
        "reason": QT_TRANSLATE_NOOP("domain", "取消原因"),
    },
    "visit_item": {
        "employer_visit_id": QT_TRANSLATE_NOOP("domain", "企业走访"), "title": QT_TRANSLATE_NOOP("domain", "要办的事"),
        "owned_by": QT_TRANSLATE_NOOP("domain", "谁来办"), "due_on": QT_TRANSLATE_NOOP("domain", "哪天前办好"),
        "outcome": QT_TRANSLATE_NOOP("domain", "办得怎样"),
    },
    "employer_need": {
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"), "employer_visit_id": QT_TRANSLATE_NOOP("domain", "企业走访"),
        "source": QT_TRANSLATE_NOOP("domain", "怎么知道的"), "need_kind": QT_TRANSLATE_NOOP("domain", "需求种类"),
        "title": QT_TRANSLATE_NOOP("domain", "需要什么"), "details": QT_TRANSLATE_NOOP("domain", "具体要求"),
        "people": QT_TRANSLATE_NOOP("domain", "人数"), "until": QT_TRANSLATE_NOOP("domain", "哪天前要"),
        "handled_by": QT_TRANSLATE_NOOP("domain", "办理人"), "posting_id": QT_TRANSLATE_NOOP("domain", "用工信息"),
        "reason": QT_TRANSLATE_NOOP("domain", "办理结果"),
    },
    "giveback_entry": {
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"), "employer_name": QT_TRANSLATE_NOOP("domain", "单位名称"),
        "given_on": QT_TRANSLATE_NOOP("domain", "日期"), "giveback_kind": QT_TRANSLATE_NOOP("domain", "种类"),
        "what": QT_TRANSLATE_NOOP("domain", "给了什么"), "amount": QT_TRANSLATE_NOOP("domain", "金额"),
        "quantity": QT_TRANSLATE_NOOP("domain", "数量"), "unit": QT_TRANSLATE_NOOP("domain", "单位（袋、小时、个……）"),
        "purpose": QT_TRANSLATE_NOOP("domain", "用途"), "project": QT_TRANSLATE_NOOP("domain", "受益对象或项目"),
        "receipt_number": QT_TRANSLATE_NOOP("domain", "收据号"), "taken_by": QT_TRANSLATE_NOOP("domain", "接收人"),
        "reverses": QT_TRANSLATE_NOOP("domain", "冲销的那一行"), "corrects": QT_TRANSLATE_NOOP("domain", "更正的那一行"),
        "why": QT_TRANSLATE_NOOP("domain", "更正原因"),
    },
}  # fmt: skip
