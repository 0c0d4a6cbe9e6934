"""Codes and fields of patrols and mass prevention in words (see ``ui.labels``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "volunteer": QT_TRANSLATE_NOOP("domain", "志愿者"),
    "team": QT_TRANSLATE_NOOP("domain", "队伍"),
    "segment": QT_TRANSLATE_NOOP("domain", "路段"),
    "duty": QT_TRANSLATE_NOOP("domain", "值班"),
    "task": QT_TRANSLATE_NOOP("domain", "群防任务"),
    "signup": QT_TRANSLATE_NOOP("domain", "任务报名"),
    "reward": QT_TRANSLATE_NOOP("domain", "礼品"),
    "redemption": QT_TRANSLATE_NOOP("domain", "积分兑换"),
    "points_entry": QT_TRANSLATE_NOOP("domain", "积分流水"),
    "round": QT_TRANSLATE_NOOP("domain", "巡防记录"),
    "round_item": QT_TRANSLATE_NOOP("domain", "巡防结果"),
    "clue": QT_TRANSLATE_NOOP("domain", "线索"),
}

WORDS: Final[dict[str, dict[str, str]]] = {
    "team_kind": {
        "patrol": QT_TRANSLATE_NOOP("domain", "治安巡防"),
        "neighbour": QT_TRANSLATE_NOOP("domain", "厝边阿姨"),
        "legal-aid": QT_TRANSLATE_NOOP("domain", "法律援助"),
        "volunteer": QT_TRANSLATE_NOOP("domain", "志愿服务"),
        "medical": QT_TRANSLATE_NOOP("domain", "医疗"),
        "property": QT_TRANSLATE_NOOP("domain", "物业"),
        "other": QT_TRANSLATE_NOOP("domain", "其他队伍"),
    },
    "task_kind": {
        "fixed-post": QT_TRANSLATE_NOOP("domain", "定点守护"),
        "patrol": QT_TRANSLATE_NOOP("domain", "巡逻"),
        "publicity": QT_TRANSLATE_NOOP("domain", "宣传"),
        "elder-help": QT_TRANSLATE_NOOP("domain", "助老"),
        "other": QT_TRANSLATE_NOOP("domain", "其他任务"),
    },
    "issuer_kind": {
        "unit": QT_TRANSLATE_NOOP("domain", "单位"),
        "community": QT_TRANSLATE_NOOP("domain", "社区"),
        "police": QT_TRANSLATE_NOOP("domain", "派出所"),
    },
    "duty_slot": {
        "grid-worker-a": QT_TRANSLATE_NOOP("domain", "网格员A"),
        "grid-worker-b": QT_TRANSLATE_NOOP("domain", "网格员B"),
        "police": QT_TRANSLATE_NOOP("domain", "警员"),
        "team": QT_TRANSLATE_NOOP("domain", "队伍"),
    },
    "standing": {
        "granted": QT_TRANSLATE_NOOP("domain", "名额已确认"),
        "waiting": QT_TRANSLATE_NOOP("domain", "候补中"),
        "refused": QT_TRANSLATE_NOOP("domain", "未能参加"),
    },
    "refusal": {
        "overlap": QT_TRANSLATE_NOOP("domain", "时间与另一项任务冲突"),
        "quota": QT_TRANSLATE_NOOP("domain", "本周任务已达上限"),
        "closed": QT_TRANSLATE_NOOP("domain", "任务已不接受报名"),
        "already": QT_TRANSLATE_NOOP("domain", "已经报过名"),
    },
    "check_way": {
        "list": QT_TRANSLATE_NOOP("domain", "名单勾选"),
        "qr": QT_TRANSLATE_NOOP("domain", "扫码"),
        "gps": QT_TRANSLATE_NOOP("domain", "定位"),
    },
    "redemption_standing": {
        "granted": QT_TRANSLATE_NOOP("domain", "兑换已确认"),
        "out-of-stock": QT_TRANSLATE_NOOP("domain", "缺货退分"),
        "short": QT_TRANSLATE_NOOP("domain", "积分不足退分"),
    },
    "points_why": {
        "earn": QT_TRANSLATE_NOOP("domain", "任务计分"),
        "redeem": QT_TRANSLATE_NOOP("domain", "兑换扣分"),
        "refund": QT_TRANSLATE_NOOP("domain", "退分"),
        "reverse": QT_TRANSLATE_NOOP("domain", "冲正"),
        "adjust": QT_TRANSLATE_NOOP("domain", "调整"),
    },
    "points_account": {
        "issued": QT_TRANSLATE_NOOP("domain", "发放"),
        "volunteer": QT_TRANSLATE_NOOP("domain", "志愿者"),
        "redeemed": QT_TRANSLATE_NOOP("domain", "兑换"),
    },
    "round_output": {
        "patrol-only": QT_TRANSLATE_NOOP("domain", "仅巡逻"),
        "collection": QT_TRANSLATE_NOOP("domain", "信息采集"),
        "hazard": QT_TRANSLATE_NOOP("domain", "隐患"),
        "dispute": QT_TRANSLATE_NOOP("domain", "纠纷"),
        "clue": QT_TRANSLATE_NOOP("domain", "线索"),
        "good-deed": QT_TRANSLATE_NOOP("domain", "好事"),
    },
    "weather": {
        "sunny": QT_TRANSLATE_NOOP("domain", "晴"),
        "cloudy": QT_TRANSLATE_NOOP("domain", "阴"),
        "rain": QT_TRANSLATE_NOOP("domain", "雨"),
        "storm": QT_TRANSLATE_NOOP("domain", "台风暴雨"),
        "hot": QT_TRANSLATE_NOOP("domain", "高温"),
        "cold": QT_TRANSLATE_NOOP("domain", "寒冷"),
    },
}

STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "volunteer": {
        "active": (QT_TRANSLATE_NOOP("domain", "在册"), Tone.SUCCESS),
        "paused": (QT_TRANSLATE_NOOP("domain", "暂停"), Tone.NEUTRAL),
    },
    "task": {
        "published": (QT_TRANSLATE_NOOP("domain", "报名中"), Tone.INFO),
        "taken": (QT_TRANSLATE_NOOP("domain", "已定人"), Tone.SUCCESS),
        "running": (QT_TRANSLATE_NOOP("domain", "进行中"), Tone.WARNING),
        "submitted": (QT_TRANSLATE_NOOP("domain", "待核验"), Tone.WARNING),
        "verified": (QT_TRANSLATE_NOOP("domain", "已核验"), Tone.INFO),
        "scored": (QT_TRANSLATE_NOOP("domain", "已计分"), Tone.SUCCESS),
        "rejected": (QT_TRANSLATE_NOOP("domain", "已驳回"), Tone.DANGER),
        "cancelled": (QT_TRANSLATE_NOOP("domain", "已取消"), Tone.NEUTRAL),
    },
    "signup": {
        "asked": (QT_TRANSLATE_NOOP("domain", "已申请"), Tone.INFO),
        "allowed": (QT_TRANSLATE_NOOP("domain", "站长准许"), Tone.INFO),
        "present": (QT_TRANSLATE_NOOP("domain", "已签到"), Tone.WARNING),
        "done": (QT_TRANSLATE_NOOP("domain", "已签退"), Tone.SUCCESS),
        "absent": (QT_TRANSLATE_NOOP("domain", "缺席"), Tone.DANGER),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已退出"), Tone.NEUTRAL),
    },
    "redemption": {
        "asked": (QT_TRANSLATE_NOOP("domain", "已申请"), Tone.INFO),
        "handed": (QT_TRANSLATE_NOOP("domain", "已发放"), Tone.SUCCESS),
        "called-off": (QT_TRANSLATE_NOOP("domain", "已取消"), Tone.NEUTRAL),
    },
    "round": {
        "open": (QT_TRANSLATE_NOOP("domain", "巡防中"), Tone.WARNING),
        "closed": (QT_TRANSLATE_NOOP("domain", "已结束"), Tone.SUCCESS),
    },
    "clue": {
        "sealed": (QT_TRANSLATE_NOOP("domain", "待移交"), Tone.WARNING),
        "handed": (QT_TRANSLATE_NOOP("domain", "已移交"), Tone.SUCCESS),
    },
}

ACTIONS: Final[dict[str, dict[str, str]]] = {
    "volunteer": {
        "pause": QT_TRANSLATE_NOOP("domain", "暂停"),
        "resume": QT_TRANSLATE_NOOP("domain", "恢复服务"),
    },
    "task": {
        "fill": QT_TRANSLATE_NOOP("domain", "定人"),
        "reopen": QT_TRANSLATE_NOOP("domain", "重新接受报名"),
        "start": QT_TRANSLATE_NOOP("domain", "开始"),
        "submit": QT_TRANSLATE_NOOP("domain", "提交核验"),
        "verify": QT_TRANSLATE_NOOP("domain", "核验通过"),
        "reject": QT_TRANSLATE_NOOP("domain", "驳回"),
        "score": QT_TRANSLATE_NOOP("domain", "计分"),
        "cancel": QT_TRANSLATE_NOOP("domain", "取消任务"),
    },
    "signup": {
        "check-in": QT_TRANSLATE_NOOP("domain", "签到"),
        "check-out": QT_TRANSLATE_NOOP("domain", "签退"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "退出"),
        "allow": QT_TRANSLATE_NOOP("domain", "准许参加"),
        "absent": QT_TRANSLATE_NOOP("domain", "记缺席"),
        "repair": QT_TRANSLATE_NOOP("domain", "更正时间"),
    },
    "redemption": {
        "hand-over": QT_TRANSLATE_NOOP("domain", "发放礼品"),
        "call-off": QT_TRANSLATE_NOOP("domain", "取消兑换"),
    },
    "round": {
        "close": QT_TRANSLATE_NOOP("domain", "结束巡防"),
    },
    "clue": {
        "hand-over": QT_TRANSLATE_NOOP("domain", "移交"),
    },
}

VALUES: Final[dict[str, dict[str, str]]] = {
    "volunteer": {"document_kind": "document", "legal_basis": "legal_basis"},
    "team": {"team_kind": "team_kind"},
    "duty": {"slot": "duty_slot"},
    "task": {"task_kind": "task_kind", "issuer_kind": "issuer_kind"},
    "signup": {"standing": "standing", "refusal": "refusal", "check_way": "check_way"},
    "redemption": {"standing": "redemption_standing"},
    "points_entry": {"why": "points_why", "debit": "points_account", "credit": "points_account"},
    "round": {"weather": "weather"},
    "round_item": {"output": "round_output"},
}
"""Kind → field → the domain whose codes it holds."""

FIELDS: Final[dict[str, dict[str, str]]] = {
    "volunteer": {
        "number": QT_TRANSLATE_NOOP("domain", "志愿者编号"),
        "document_kind": QT_TRANSLATE_NOOP("domain", "证件类型"),
        "identity_number": QT_TRANSLATE_NOOP("domain", "证件号码"),
        "team_id": QT_TRANSLATE_NOOP("domain", "所属队伍"),
        "skills": QT_TRANSLATE_NOOP("domain", "特长"),
        "trainings": QT_TRANSLATE_NOOP("domain", "参加过的培训"),
        "awards": QT_TRANSLATE_NOOP("domain", "表彰"),
        "insured_until": QT_TRANSLATE_NOOP("domain", "意外险到期日"),
        "state_reason": QT_TRANSLATE_NOOP("domain", "变更原因"),
    },
    "team": {
        "name": QT_TRANSLATE_NOOP("domain", "队名"),
        "team_kind": QT_TRANSLATE_NOOP("domain", "队伍类型"),
        "leader_id": QT_TRANSLATE_NOOP("domain", "队长"),
    },
    "segment": {
        "name": QT_TRANSLATE_NOOP("domain", "路段名"),
        "route": QT_TRANSLATE_NOOP("domain", "路线"),
        "check_points": QT_TRANSLATE_NOOP("domain", "签到点"),
    },
    "duty": {
        "slot": QT_TRANSLATE_NOOP("domain", "岗位"),
        "team_id": QT_TRANSLATE_NOOP("domain", "值班队伍"),
        "volunteer_id": QT_TRANSLATE_NOOP("domain", "值班志愿者"),
        "name": QT_TRANSLATE_NOOP("domain", "值班人"),
        "starts_at": QT_TRANSLATE_NOOP("domain", "开始"),
        "ends_at": QT_TRANSLATE_NOOP("domain", "结束"),
    },
    "task": {
        "title": QT_TRANSLATE_NOOP("domain", "任务"),
        "task_kind": QT_TRANSLATE_NOOP("domain", "任务类型"),
        "issuer_kind": QT_TRANSLATE_NOOP("domain", "发布单位类型"),
        "issuer": QT_TRANSLATE_NOOP("domain", "发布单位"),
        "team_id": QT_TRANSLATE_NOOP("domain", "承办队伍"),
        "segment_id": QT_TRANSLATE_NOOP("domain", "路段"),
        "place": QT_TRANSLATE_NOOP("domain", "集合地点"),
        "starts_at": QT_TRANSLATE_NOOP("domain", "开始"),
        "ends_at": QT_TRANSLATE_NOOP("domain", "结束"),
        "places": QT_TRANSLATE_NOOP("domain", "名额"),
        "points": QT_TRANSLATE_NOOP("domain", "积分"),
        "cancel_hours": QT_TRANSLATE_NOOP("domain", "最晚提前几小时退出"),
        "quota": QT_TRANSLATE_NOOP("domain", "每人每周上限"),
        "risky": QT_TRANSLATE_NOOP("domain", "有人身危险"),
        "trainings": QT_TRANSLATE_NOOP("domain", "要求的培训"),
        "self_started": QT_TRANSLATE_NOOP("domain", "自发巡逻"),
        "content": QT_TRANSLATE_NOOP("domain", "任务说明"),
        "granted": QT_TRANSLATE_NOOP("domain", "已确认人数"),
        "waiting": QT_TRANSLATE_NOOP("domain", "候补人数"),
        "submitted_by": QT_TRANSLATE_NOOP("domain", "提交人"),
        "decision": QT_TRANSLATE_NOOP("domain", "处理意见"),
    },
    "signup": {
        "task_id": QT_TRANSLATE_NOOP("domain", "任务"),
        "volunteer_id": QT_TRANSLATE_NOOP("domain", "志愿者"),
        "standing": QT_TRANSLATE_NOOP("domain", "名额"),
        "place": QT_TRANSLATE_NOOP("domain", "名次"),
        "turn": QT_TRANSLATE_NOOP("domain", "到达次序"),
        "refusal": QT_TRANSLATE_NOOP("domain", "未能参加的原因"),
        "clash_task_id": QT_TRANSLATE_NOOP("domain", "冲突的任务"),
        "skew_ms": QT_TRANSLATE_NOOP("domain", "时钟误差（毫秒）"),
        "received_at": QT_TRANSLATE_NOOP("domain", "中心收到时间"),
        "decided_at": QT_TRANSLATE_NOOP("domain", "中心决定时间"),
        "check_way": QT_TRANSLATE_NOOP("domain", "签到方式"),
        "checked_in_at": QT_TRANSLATE_NOOP("domain", "签到时间"),
        "checked_in_by": QT_TRANSLATE_NOOP("domain", "签到经手人"),
        "checked_out_at": QT_TRANSLATE_NOOP("domain", "签退时间"),
        "minutes": QT_TRANSLATE_NOOP("domain", "计入时长"),
        "forgotten": QT_TRANSLATE_NOOP("domain", "忘记签退"),
        "on_site": QT_TRANSLATE_NOOP("domain", "现场补录"),
        "repaired_by": QT_TRANSLATE_NOOP("domain", "更正人"),
    },
    "reward": {
        "name": QT_TRANSLATE_NOOP("domain", "礼品"),
        "price": QT_TRANSLATE_NOOP("domain", "所需积分"),
        "received": QT_TRANSLATE_NOOP("domain", "累计入库"),
        "given": QT_TRANSLATE_NOOP("domain", "已兑出"),
    },
    "redemption": {
        "reward_id": QT_TRANSLATE_NOOP("domain", "礼品"),
        "volunteer_id": QT_TRANSLATE_NOOP("domain", "志愿者"),
        "price": QT_TRANSLATE_NOOP("domain", "所需积分"),
        "standing": QT_TRANSLATE_NOOP("domain", "兑换结果"),
        "decided_at": QT_TRANSLATE_NOOP("domain", "中心决定时间"),
        "handed_at": QT_TRANSLATE_NOOP("domain", "发放时间"),
        "handed_by": QT_TRANSLATE_NOOP("domain", "发放人"),
    },
    "points_entry": {
        "volunteer_id": QT_TRANSLATE_NOOP("domain", "志愿者"),
        "debit": QT_TRANSLATE_NOOP("domain", "借方"),
        "credit": QT_TRANSLATE_NOOP("domain", "贷方"),
        "amount": QT_TRANSLATE_NOOP("domain", "积分"),
        "why": QT_TRANSLATE_NOOP("domain", "事由"),
        "month": QT_TRANSLATE_NOOP("domain", "所属月份"),
        "signup_id": QT_TRANSLATE_NOOP("domain", "任务报名"),
        "redemption_id": QT_TRANSLATE_NOOP("domain", "积分兑换"),
        "reverses": QT_TRANSLATE_NOOP("domain", "冲正的流水"),
    },
    "round": {
        "team_id": QT_TRANSLATE_NOOP("domain", "队伍"),
        "segment_id": QT_TRANSLATE_NOOP("domain", "路段"),
        "task_id": QT_TRANSLATE_NOOP("domain", "任务"),
        "started_at": QT_TRANSLATE_NOOP("domain", "开始"),
        "ended_at": QT_TRANSLATE_NOOP("domain", "结束"),
        "members": QT_TRANSLATE_NOOP("domain", "参加的人"),
        "weather": QT_TRANSLATE_NOOP("domain", "天气"),
    },
    "round_item": {
        "round_id": QT_TRANSLATE_NOOP("domain", "巡防记录"),
        "team_id": QT_TRANSLATE_NOOP("domain", "队伍"),
        "output": QT_TRANSLATE_NOOP("domain", "结果"),
        "text": QT_TRANSLATE_NOOP("domain", "内容"),
        "place": QT_TRANSLATE_NOOP("domain", "地点"),
        "settled": QT_TRANSLATE_NOOP("domain", "当场说和"),
        "report_id": QT_TRANSLATE_NOOP("domain", "转成的事件"),
        "case_id": QT_TRANSLATE_NOOP("domain", "转成的调解"),
    },
    "clue": {
        "round_id": QT_TRANSLATE_NOOP("domain", "巡防记录"),
        "text": QT_TRANSLATE_NOOP("domain", "线索内容"),
        "place": QT_TRANSLATE_NOOP("domain", "地点"),
        "noticed_at": QT_TRANSLATE_NOOP("domain", "发现时间"),
        "handed_to": QT_TRANSLATE_NOOP("domain", "移交给"),
        "receipt_number": QT_TRANSLATE_NOOP("domain", "回执号"),
        "handed_at": QT_TRANSLATE_NOOP("domain", "移交时间"),
        "handed_by": QT_TRANSLATE_NOOP("domain", "移交人"),
    },
}
"""Kind → field → name."""
