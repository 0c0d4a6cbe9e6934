"""The codes of reports, applications and cards in words, marked for Qt's translation (context ``domain``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.due_labels import CALL_ACTIONS
from ui.widgets.tag import Tone

REPORT_WORDS: Final[dict[str, dict[str, str]]] = {
    "referral": {
        "12345": QT_TRANSLATE_NOOP("domain", "12345热线"),
        "110": QT_TRANSLATE_NOOP("domain", "110报警"),
        "mediation": QT_TRANSLATE_NOOP("domain", "人民调解"),
        "other": QT_TRANSLATE_NOOP("domain", "其他部门"),
    },
    "request_kind": {
        "delay": QT_TRANSLATE_NOOP("domain", "延期申请"),
        "suspend": QT_TRANSLATE_NOOP("domain", "挂起申请"),
        "void": QT_TRANSLATE_NOOP("domain", "废止申请"),
    },
    "unit": {
        "working-days": QT_TRANSLATE_NOOP("domain", "工作日"),
        "days": QT_TRANSLATE_NOOP("domain", "自然日"),
        "hours": QT_TRANSLATE_NOOP("domain", "小时"),
    },
    "card": {
        "urge": QT_TRANSLATE_NOOP("domain", "催办"),
        "black": QT_TRANSLATE_NOOP("domain", "普通督办"),
        "yellow": QT_TRANSLATE_NOOP("domain", "黄牌督办"),
        "red": QT_TRANSLATE_NOOP("domain", "红牌督办"),
        "lift-repeat": QT_TRANSLATE_NOOP("domain", "撤牌：重复诉求"),
        "lift-overdue": QT_TRANSLATE_NOOP("domain", "撤牌：超过期限"),
        "lift-unsatisfied": QT_TRANSLATE_NOOP("domain", "撤牌：第二次不满意"),
    },
}

REPORT_STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "report": {
        "registered": (QT_TRANSLATE_NOOP("domain", "已登记"), Tone.INFO),
        "verifying": (QT_TRANSLATE_NOOP("domain", "待核实"), Tone.WARNING),
        "dispatching": (QT_TRANSLATE_NOOP("domain", "待派遣"), Tone.WARNING),
        "handling": (QT_TRANSLATE_NOOP("domain", "处置中"), Tone.INFO),
        "checking": (QT_TRANSLATE_NOOP("domain", "待复核"), Tone.WARNING),
        "feedback": (QT_TRANSLATE_NOOP("domain", "待反馈"), Tone.WARNING),
        "evaluating": (QT_TRANSLATE_NOOP("domain", "待评价"), Tone.INFO),
        "closed": (QT_TRANSLATE_NOOP("domain", "已办结"), Tone.SUCCESS),
        "archived": (QT_TRANSLATE_NOOP("domain", "已归档"), Tone.NEUTRAL),
        "referred": (QT_TRANSLATE_NOOP("domain", "已转出"), Tone.NEUTRAL),
        "refused": (QT_TRANSLATE_NOOP("domain", "不予受理"), Tone.NEUTRAL),
        "suspended": (QT_TRANSLATE_NOOP("domain", "已挂起"), Tone.NEUTRAL),
        "abolished": (QT_TRANSLATE_NOOP("domain", "已废止"), Tone.NEUTRAL),
    },
    "request": {
        "asked": (QT_TRANSLATE_NOOP("domain", "申请中"), Tone.WARNING),
        "approved": (QT_TRANSLATE_NOOP("domain", "已批准"), Tone.SUCCESS),
        "refused": (QT_TRANSLATE_NOOP("domain", "未批准"), Tone.NEUTRAL),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已撤回"), Tone.NEUTRAL),
    },
}

REPORT_ACTIONS: Final[dict[str, dict[str, str]]] = {
    "report": {
        **CALL_ACTIONS,
        "accept": QT_TRANSLATE_NOOP("domain", "开始核实"),
        "refer": QT_TRANSLATE_NOOP("domain", "转出"),
        "transfer": QT_TRANSLATE_NOOP("domain", "转到别处"),
        "handover": QT_TRANSLATE_NOOP("domain", "转办"),
        "call-110": QT_TRANSLATE_NOOP("domain", "先拨110"),
        "confirm": QT_TRANSLATE_NOOP("domain", "核实属实"),
        "unfounded": QT_TRANSLATE_NOOP("domain", "核实不属实"),
        "dispatch": QT_TRANSLATE_NOOP("domain", "派遣"),
        "reassign": QT_TRANSLATE_NOOP("domain", "改派单位"),
        "undo": QT_TRANSLATE_NOOP("domain", "撤销"),
        "finish": QT_TRANSLATE_NOOP("domain", "处置完成"),
        "recheck": QT_TRANSLATE_NOOP("domain", "复核通过"),
        "return": QT_TRANSLATE_NOOP("domain", "退回"),
        "inform": QT_TRANSLATE_NOOP("domain", "反馈给居民"),
        "evaluate": QT_TRANSLATE_NOOP("domain", "记录评价"),
        "redo": QT_TRANSLATE_NOOP("domain", "退回重办"),
        "close-unrated": QT_TRANSLATE_NOOP("domain", "未评价办结"),
        "archive": QT_TRANSLATE_NOOP("domain", "归档"),
        "close-self": QT_TRANSLATE_NOOP("domain", "自办自结"),
        "take-back": QT_TRANSLATE_NOOP("domain", "收回办理"),
        "suspend": QT_TRANSLATE_NOOP("domain", "挂起"),
        "resume": QT_TRANSLATE_NOOP("domain", "恢复办理"),
        "abolish": QT_TRANSLATE_NOOP("domain", "废止"),
        "joint": QT_TRANSLATE_NOOP("domain", "安排协办单位"),
        "assisted": QT_TRANSLATE_NOOP("domain", "协办反馈"),
        "ask-delay": QT_TRANSLATE_NOOP("domain", "申请延期"),
        "approve-delay": QT_TRANSLATE_NOOP("domain", "批准延期"),
        "refuse-delay": QT_TRANSLATE_NOOP("domain", "不批准延期"),
        "withdraw-delay": QT_TRANSLATE_NOOP("domain", "撤回延期申请"),
        "ask-suspend": QT_TRANSLATE_NOOP("domain", "申请挂起"),
        "refuse-suspend": QT_TRANSLATE_NOOP("domain", "不批准挂起"),
        "withdraw-suspend": QT_TRANSLATE_NOOP("domain", "撤回挂起申请"),
        "ask-void": QT_TRANSLATE_NOOP("domain", "申请废止"),
        "refuse-void": QT_TRANSLATE_NOOP("domain", "不批准废止"),
        "withdraw-void": QT_TRANSLATE_NOOP("domain", "撤回废止申请"),
        "card-urge": QT_TRANSLATE_NOOP("domain", "催办"),
        "card-black": QT_TRANSLATE_NOOP("domain", "普通督办（黑牌）"),
        "card-yellow": QT_TRANSLATE_NOOP("domain", "黄牌督办"),
        "card-red": QT_TRANSLATE_NOOP("domain", "红牌督办"),
        "withdraw-card": QT_TRANSLATE_NOOP("domain", "撤牌"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
        "register": QT_TRANSLATE_NOOP("domain", "登记"),
        "claim": QT_TRANSLATE_NOOP("domain", "申请认领"),
        "release": QT_TRANSLATE_NOOP("domain", "放弃认领"),
        "take-over": QT_TRANSLATE_NOOP("domain", "改派承办人"),
        "refuse": QT_TRANSLATE_NOOP("domain", "不予受理"),
        "reconsider": QT_TRANSLATE_NOOP("domain", "改为受理"),
        "link": QT_TRANSLATE_NOOP("domain", "关联为同一件事"),
        "unlink": QT_TRANSLATE_NOOP("domain", "解除关联"),
    },
    "request": {
        "approve": QT_TRANSLATE_NOOP("domain", "批准"),
        "refuse": QT_TRANSLATE_NOOP("domain", "不批准"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "撤回这份申请"),
    },
}
