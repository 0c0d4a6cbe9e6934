"""What the odd-job station calls its ledger, queue and sanctions: names of codes, kinds, fields and actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui import contact_labels as contact
from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "employer": QT_TRANSLATE_NOOP("domain", "用工单位"),
    "posting": QT_TRANSLATE_NOOP("domain", "用工信息"),
    "worker": QT_TRANSLATE_NOOP("domain", "零工人员"),
    "application": QT_TRANSLATE_NOOP("domain", "报名"),
    "wage_line": QT_TRANSLATE_NOOP("domain", "工资台账"),
    "job_paper": QT_TRANSLATE_NOOP("domain", "派工单和工资清单"),
    "job_month": QT_TRANSLATE_NOOP("domain", "零工月结"),
    "queue_entry": QT_TRANSLATE_NOOP("domain", "排队"),
    "queue_draw": QT_TRANSLATE_NOOP("domain", "排队抽签"),
    "kiosk_call": QT_TRANSLATE_NOOP("domain", "自助机求助"),
    **contact.KINDS,
    "complaint": QT_TRANSLATE_NOOP("domain", "投诉"),
    "sanction_appeal": QT_TRANSLATE_NOOP("domain", "申诉"),
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "sanction": {
        "blacklist": QT_TRANSLATE_NOOP("domain", "列入黑名单"), "suspend": QT_TRANSLATE_NOOP("domain", "暂停用工"),
    },
    "job_paper": {
        "order": QT_TRANSLATE_NOOP("domain", "派工单"), "slip": QT_TRANSLATE_NOOP("domain", "工资清单"),
    },
    "job_basis": {"events": QT_TRANSLATE_NOOP("domain", "按发生月份")},
    "next_job": {
        "fill-places": QT_TRANSLATE_NOOP("domain", "还差人"), "print": QT_TRANSLATE_NOOP("domain", "打印派工单"),
        "wait": QT_TRANSLATE_NOOP("domain", "都安排好了"), "start": QT_TRANSLATE_NOOP("domain", "开工"),
        "check-in": QT_TRANSLATE_NOOP("domain", "记到岗"), "check-out": QT_TRANSLATE_NOOP("domain", "记完工"),
        "settle": QT_TRANSLATE_NOOP("domain", "结算"), "pay": QT_TRANSLATE_NOOP("domain", "发工资"),
        "complete": QT_TRANSLATE_NOOP("domain", "结束"), "nothing": QT_TRANSLATE_NOOP("domain", "已结束"),
    },
    "match_reason": {
        "skill": QT_TRANSLATE_NOOP("domain", "会这门活"), "same-community": QT_TRANSLATE_NOOP("domain", "同一社区"),
        "same-street": QT_TRANSLATE_NOOP("domain", "同一街道"), "same-county": QT_TRANSLATE_NOOP("domain", "同一区县"),
        "wage": QT_TRANSLATE_NOOP("domain", "工钱够"), "queue": QT_TRANSLATE_NOOP("domain", "排在前面"),
        "waited": QT_TRANSLATE_NOOP("domain", "等了几个早上"), "rated": QT_TRANSLATE_NOOP("domain", "以往评价"),
        "newcomer": QT_TRANSLATE_NOOP("domain", "新来的"),
    },
    "queue_mode": {
        "arrival": QT_TRANSLATE_NOOP("domain", "先来后到"), "lottery": QT_TRANSLATE_NOOP("domain", "抽签"),
    },
    "call_what": {
        "staff": QT_TRANSLATE_NOOP("domain", "叫工作人员"), "callback": QT_TRANSLATE_NOOP("domain", "留了电话，等回电"),
    },
    "calling": {"mr": QT_TRANSLATE_NOOP("domain", "先生"), "ms": QT_TRANSLATE_NOOP("domain", "女士")},
    "complaint_category": {
        "wages": QT_TRANSLATE_NOOP("domain", "拖欠工钱"),
        "untrue": QT_TRANSLATE_NOOP("domain", "信息不实"),
        "fee": QT_TRANSLATE_NOOP("domain", "收押金或收费"),
        "safety": QT_TRANSLATE_NOOP("domain", "不安全"),
        "treatment": QT_TRANSLATE_NOOP("domain", "打骂、歧视"),
        "child": QT_TRANSLATE_NOOP("domain", "用童工"),
        "other": QT_TRANSLATE_NOOP("domain", "其他投诉"),
    },
    "complaint_way": {
        "counter": QT_TRANSLATE_NOOP("domain", "到站里说"),
        "phone": QT_TRANSLATE_NOOP("domain", "打电话"),
        "letter": QT_TRANSLATE_NOOP("domain", "写信或网上"),
        "dispute": QT_TRANSLATE_NOOP("domain", "工资争议"),
    },
    "complaint_outcome": {
        "upheld": QT_TRANSLATE_NOOP("domain", "属实"),
        "partly": QT_TRANSLATE_NOOP("domain", "部分属实"),
        "unfounded": QT_TRANSLATE_NOOP("domain", "不属实"),
        "mediation": QT_TRANSLATE_NOOP("domain", "已转调解"),
        "authority": QT_TRANSLATE_NOOP("domain", "已移送劳动监察"),
    },
    "appeal_outcome": {
        "upheld": QT_TRANSLATE_NOOP("domain", "维持原处理"),
        "eased": QT_TRANSLATE_NOOP("domain", "减轻为暂停"),
        "revoked": QT_TRANSLATE_NOOP("domain", "撤销处理"),
    },
    "proof_kind": {
        "voucher": QT_TRANSLATE_NOOP("domain", "银行凭证"), "signature": QT_TRANSLATE_NOOP("domain", "本人签字"),
    },
    **contact.WORDS,
}  # fmt: skip
STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "kiosk_call": {
        "open": (QT_TRANSLATE_NOOP("domain", "还没人应"), Tone.WARNING),
        "answered": (QT_TRANSLATE_NOOP("domain", "有人应了"), Tone.SUCCESS),
        "cancelled": (QT_TRANSLATE_NOOP("domain", "不用了"), Tone.NEUTRAL),
        "expired": (QT_TRANSLATE_NOOP("domain", "过期，已删号码"), Tone.NEUTRAL),
    },
    "complaint": {
        "open": (QT_TRANSLATE_NOOP("domain", "待处理"), Tone.WARNING),
        "handled": (QT_TRANSLATE_NOOP("domain", "已办结"), Tone.SUCCESS),
    },
    "sanction_appeal": {
        "open": (QT_TRANSLATE_NOOP("domain", "待决定"), Tone.WARNING),
        "decided": (QT_TRANSLATE_NOOP("domain", "已决定"), Tone.SUCCESS),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已撤回"), Tone.NEUTRAL),
        "lapsed": (QT_TRANSLATE_NOOP("domain", "处理已变，不再决定"), Tone.NEUTRAL),
    },
    "queue_entry": {
        "waiting": (QT_TRANSLATE_NOOP("domain", "在排"), Tone.INFO),
        "placed": (QT_TRANSLATE_NOOP("domain", "派到了"), Tone.SUCCESS),
        "left": (QT_TRANSLATE_NOOP("domain", "先回去了"), Tone.NEUTRAL),
    },
    "wage_line": {
        "owed": (QT_TRANSLATE_NOOP("domain", "待发放"), Tone.WARNING),
        "paid": (QT_TRANSLATE_NOOP("domain", "已发放"), Tone.SUCCESS),
        "reversed": (QT_TRANSLATE_NOOP("domain", "已冲销"), Tone.NEUTRAL),
        "cleared": (QT_TRANSLATE_NOOP("domain", "无须发放"), Tone.NEUTRAL),
    },
    **contact.STATES,
}
ACTIONS: Final[dict[str, dict[str, str]]] = {
    "kiosk_call": {
        "answer": QT_TRANSLATE_NOOP("domain", "办好了，删掉号码"), "cancel": QT_TRANSLATE_NOOP("domain", "不用了"),
        "expire": QT_TRANSLATE_NOOP("domain", "过期，删掉号码"),
    },
    "employer": {
        "vet": QT_TRANSLATE_NOOP("domain", "核验通过"),
        "blacklist": QT_TRANSLATE_NOOP("domain", "列入黑名单"),
        "recheck": QT_TRANSLATE_NOOP("domain", "重新核验"),
        "suspend": QT_TRANSLATE_NOOP("domain", "暂停用工"),
        "lift": QT_TRANSLATE_NOOP("domain", "恢复"),
        "appeal": QT_TRANSLATE_NOOP("domain", "申诉成立"),
        "decline": QT_TRANSLATE_NOOP("domain", "不同意这个处理"),
        "complain": QT_TRANSLATE_NOOP("domain", "登记投诉"),
        "file-appeal": QT_TRANSLATE_NOOP("domain", "登记申诉"),
        "decide-appeal": QT_TRANSLATE_NOOP("domain", "决定申诉"),
        "withdraw-appeal": QT_TRANSLATE_NOOP("domain", "撤回申诉"),
        "close-appeal": QT_TRANSLATE_NOOP("domain", "结束申诉"),
    },
    "complaint": {"handle": QT_TRANSLATE_NOOP("domain", "办结投诉")},
    "sanction_appeal": {
        "decide": QT_TRANSLATE_NOOP("domain", "决定申诉"), "withdraw": QT_TRANSLATE_NOOP("domain", "撤回申诉"),
        "close": QT_TRANSLATE_NOOP("domain", "结束申诉"),
    },
    "queue_entry": {
        "place": QT_TRANSLATE_NOOP("domain", "派到了"), "leave": QT_TRANSLATE_NOOP("domain", "先回去了"),
        "return": QT_TRANSLATE_NOOP("domain", "回来排队"),
    },
    "wage_line": {
        "pay": QT_TRANSLATE_NOOP("domain", "登记发放"),
        "correct": QT_TRANSLATE_NOOP("domain", "更正"),
    },
    **contact.ACTIONS,
}
VALUES: Final[dict[str, dict[str, str]]] = {
    "complaint": {"category": "complaint_category", "way": "complaint_way", "outcome": "complaint_outcome"},
    "sanction_appeal": {"against": "sanction", "outcome": "appeal_outcome"},
    "wage_line": {"pay_unit": "pay_unit", "paid_way": "settlement", "proof_kind": "proof_kind"},
    "job_paper": {"paper": "job_paper"},
    "queue_draw": {"mode": "queue_mode"},
    "job_month": {"basis": "job_basis"},
    "kiosk_call": {"what": "call_what", "calling": "calling"},
    **contact.VALUES,
}
FIELDS: Final[dict[str, dict[str, str]]] = {
    "complaint": {
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"),
        "posting_id": QT_TRANSLATE_NOOP("domain", "用工信息"),
        "category": QT_TRANSLATE_NOOP("domain", "投诉什么"),
        "way": QT_TRANSLATE_NOOP("domain", "怎么来的"),
        "name": QT_TRANSLATE_NOOP("domain", "投诉人"),
        "phone": QT_TRANSLATE_NOOP("domain", "投诉人电话"),
        "text": QT_TRANSLATE_NOOP("domain", "投诉内容"),
        "received_on": QT_TRANSLATE_NOOP("domain", "收到日期"),
        "outcome": QT_TRANSLATE_NOOP("domain", "处理结果"),
        "finding": QT_TRANSLATE_NOOP("domain", "查到的情况"),
        "handled_by": QT_TRANSLATE_NOOP("domain", "办结人"),
        "handled_at": QT_TRANSLATE_NOOP("domain", "办结时间"),
    },
    "sanction_appeal": {
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"),
        "against": QT_TRANSLATE_NOOP("domain", "申诉的处理"),
        "sanction_id": QT_TRANSLATE_NOOP("domain", "哪一次处理"),
        "filed_by": QT_TRANSLATE_NOOP("domain", "来申诉的人"),
        "text": QT_TRANSLATE_NOOP("domain", "申诉理由"),
        "filed_on": QT_TRANSLATE_NOOP("domain", "申诉日期"),
        "outcome": QT_TRANSLATE_NOOP("domain", "申诉结果"),
        "finding": QT_TRANSLATE_NOOP("domain", "决定理由"),
        "decided_by": QT_TRANSLATE_NOOP("domain", "决定人"),
        "decided_at": QT_TRANSLATE_NOOP("domain", "决定时间"),
    },
    "queue_entry": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"), "day": QT_TRANSLATE_NOOP("domain", "日期"),
        "worker_id": QT_TRANSLATE_NOOP("domain", "零工人员"), "card": QT_TRANSLATE_NOOP("domain", "卡号"),
        "missed": QT_TRANSLATE_NOOP("domain", "连续几个早上没派到"),
    },
    "queue_draw": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"), "day": QT_TRANSLATE_NOOP("domain", "日期"),
        "mode": QT_TRANSLATE_NOOP("domain", "排法"), "seed": QT_TRANSLATE_NOOP("domain", "种子"),
        "cards": QT_TRANSLATE_NOOP("domain", "在场的卡号"),
    },
    "kiosk_call": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"), "what": QT_TRANSLATE_NOOP("domain", "要什么"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"), "calling": QT_TRANSLATE_NOOP("domain", "称呼"),
        "answered_by": QT_TRANSLATE_NOOP("domain", "谁应的"),
        "consent_version": QT_TRANSLATE_NOOP("domain", "同意书版本"),
    },
    "job_paper": {
        "posting_id": QT_TRANSLATE_NOOP("domain", "用工信息"),
        "wage_line_id": QT_TRANSLATE_NOOP("domain", "工资台账"),
        "paper": QT_TRANSLATE_NOOP("domain", "单据"),
        "people": QT_TRANSLATE_NOOP("domain", "人数"),
        "content_hash": QT_TRANSLATE_NOOP("domain", "内容校验码"),
    },
    "job_month": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"), "basis": QT_TRANSLATE_NOOP("domain", "口径"),
        "month": QT_TRANSLATE_NOOP("domain", "月份"), "record": QT_TRANSLATE_NOOP("domain", "月结内容"),
    },
    "wage_line": {
        "application_id": QT_TRANSLATE_NOOP("domain", "报名"),
        "entry": QT_TRANSLATE_NOOP("domain", "行次"),
        "reverses": QT_TRANSLATE_NOOP("domain", "冲销的那一行"),
        "why": QT_TRANSLATE_NOOP("domain", "更正原因"),
        "posting_id": QT_TRANSLATE_NOOP("domain", "用工信息"),
        "employer_id": QT_TRANSLATE_NOOP("domain", "用工单位"),
        "worker_id": QT_TRANSLATE_NOOP("domain", "零工人员"),
        "posting_number": QT_TRANSLATE_NOOP("domain", "用工编号"),
        "title": QT_TRANSLATE_NOOP("domain", "岗位"),
        "employer_name": QT_TRANSLATE_NOOP("domain", "用人单位名称"),
        "employer_code": QT_TRANSLATE_NOOP("domain", "统一社会信用代码"),
        "worker_name": QT_TRANSLATE_NOOP("domain", "支付对象"),
        "phone": QT_TRANSLATE_NOOP("domain", "联系方式"),
        "pay_unit": QT_TRANSLATE_NOOP("domain", "支付周期"),
        "work_date": QT_TRANSLATE_NOOP("domain", "上工日期"),
        "starts_at": QT_TRANSLATE_NOOP("domain", "到岗"),
        "ends_at": QT_TRANSLATE_NOOP("domain", "完工"),
        "minutes": QT_TRANSLATE_NOOP("domain", "工作时间"),
        "rate": QT_TRANSLATE_NOOP("domain", "单价"),
        "quantity": QT_TRANSLATE_NOOP("domain", "数量"),
        "base": QT_TRANSLATE_NOOP("domain", "基本报酬"),
        "overtime": QT_TRANSLATE_NOOP("domain", "加班费"),
        "allowance": QT_TRANSLATE_NOOP("domain", "补贴奖金"),
        "extra_note": QT_TRANSLATE_NOOP("domain", "应发说明"),
        "withheld": QT_TRANSLATE_NOOP("domain", "代扣"),
        "paid_over": QT_TRANSLATE_NOOP("domain", "代缴"),
        "deducted": QT_TRANSLATE_NOOP("domain", "扣除"),
        "deduction_note": QT_TRANSLATE_NOOP("domain", "扣款项目和原因"),
        "gross": QT_TRANSLATE_NOOP("domain", "应发合计"),
        "net": QT_TRANSLATE_NOOP("domain", "实发工资"),
        "paid_before": QT_TRANSLATE_NOOP("domain", "更正前已付"),
        "to_pay": QT_TRANSLATE_NOOP("domain", "应付余额"),
        "agreed_on": QT_TRANSLATE_NOOP("domain", "约定支付日"),
        "due_on": QT_TRANSLATE_NOOP("domain", "最晚支付日"),
        "due_provisional": QT_TRANSLATE_NOOP("domain", "当年节假日表未到，暂定"),
        "paid_on": QT_TRANSLATE_NOOP("domain", "支付日期"),
        "paid_way": QT_TRANSLATE_NOOP("domain", "支付方式"),
        "proof_kind": QT_TRANSLATE_NOOP("domain", "支付凭据"),
        "proof": QT_TRANSLATE_NOOP("domain", "凭证号或存放处"),
        "paid_by": QT_TRANSLATE_NOOP("domain", "发放经手人"),
    },
    **contact.FIELDS,
}
