"""Codes and fields of what belongs to a mediation case, in words (see ``ui.labels``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "committee": QT_TRANSLATE_NOOP("domain", "调委会"),
    "committee_member": QT_TRANSLATE_NOOP("domain", "调委会成员"),
    "participant": QT_TRANSLATE_NOOP("domain", "邀请参与人"),
    "investigation": QT_TRANSLATE_NOOP("domain", "调查记录"),
    "extension": QT_TRANSLATE_NOOP("domain", "期限延长"),
    "performance_line": QT_TRANSLATE_NOOP("domain", "履行计划"),
    "revisit": QT_TRANSLATE_NOOP("domain", "回访"),
    "confirmation": QT_TRANSLATE_NOOP("domain", "司法确认"),
}

CATEGORIES: Final[dict[str, str]] = {
    "village-affairs": QT_TRANSLATE_NOOP("domain", "村务管理"),
    "family-planning": QT_TRANSLATE_NOOP("domain", "计划生育"),
    "rural-contract": QT_TRANSLATE_NOOP("domain", "农村土地承包和三资"),
    "construction-quality": QT_TRANSLATE_NOOP("domain", "建筑质量"),
    "religion": QT_TRANSLATE_NOOP("domain", "民族宗教"),
    "veterans": QT_TRANSLATE_NOOP("domain", "军转退伍"),
    "enterprise-reform": QT_TRANSLATE_NOOP("domain", "企业改制"),
    "judicial": QT_TRANSLATE_NOOP("domain", "司法活动"),
    "enforcement": QT_TRANSLATE_NOOP("domain", "行政执法"),
    "school": QT_TRANSLATE_NOOP("domain", "学校"),
    "maritime": QT_TRANSLATE_NOOP("domain", "海事渔事"),
    "cadre-conduct": QT_TRANSLATE_NOOP("domain", "干部作风"),
}
"""Finer categories than the bulletin's fifteen (domain rules B1.5)."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "session_mode": {
        "room": QT_TRANSLATE_NOOP("domain", "调解室"),
        "on-site": QT_TRANSLATE_NOOP("domain", "纠纷现场"),
        "visit": QT_TRANSLATE_NOOP("domain", "上门"),
        "online": QT_TRANSLATE_NOOP("domain", "线上"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
    },
    "session_point": {
        "rights": QT_TRANSLATE_NOOP("domain", "告知权利义务"),
        "principles": QT_TRANSLATE_NOOP("domain", "告知原则、方法和调解员身份"),
        "statements": QT_TRANSLATE_NOOP("domain", "双方陈述"),
        "checked": QT_TRANSLATE_NOOP("domain", "调查核实和质证"),
        "risks": QT_TRANSLATE_NOOP("domain", "告知风险"),
        "outcome": QT_TRANSLATE_NOOP("domain", "协议内容，或不成的原因和其他途径"),
    },
    "capacity": {
        "relative": QT_TRANSLATE_NOOP("domain", "亲属"),
        "friend": QT_TRANSLATE_NOOP("domain", "朋友"),
        "expert": QT_TRANSLATE_NOOP("domain", "专业人士"),
        "lawyer": QT_TRANSLATE_NOOP("domain", "律师或法律工作者"),
        "unit": QT_TRANSLATE_NOOP("domain", "所在单位人员"),
        "community": QT_TRANSLATE_NOOP("domain", "村居人员"),
        "grid-worker": QT_TRANSLATE_NOOP("domain", "网格员"),
        "police": QT_TRANSLATE_NOOP("domain", "民警"),
        "other": QT_TRANSLATE_NOOP("domain", "其他人"),
    },
    "authority": {
        "general": QT_TRANSLATE_NOOP("domain", "一般代理"),
        "special": QT_TRANSLATE_NOOP("domain", "特别授权"),
    },
    "amendment": {
        "correction": QT_TRANSLATE_NOOP("domain", "补正"),
        "change": QT_TRANSLATE_NOOP("domain", "变更"),
    },
    "performed_by": {
        "cash": QT_TRANSLATE_NOOP("domain", "现金"),
        "transfer": QT_TRANSLATE_NOOP("domain", "转账"),
        "goods": QT_TRANSLATE_NOOP("domain", "实物"),
        "work": QT_TRANSLATE_NOOP("domain", "劳务或修复"),
        "apology": QT_TRANSLATE_NOOP("domain", "赔礼道歉"),
        "other": QT_TRANSLATE_NOOP("domain", "其他方式"),
    },
    "performance": {
        "whole": QT_TRANSLATE_NOOP("domain", "全部履行"),
        "part": QT_TRANSLATE_NOOP("domain", "部分履行"),
        "none": QT_TRANSLATE_NOOP("domain", "没有履行"),
    },
    "visit_way": {
        "visit": QT_TRANSLATE_NOOP("domain", "上门"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "office": QT_TRANSLATE_NOOP("domain", "来访"),
        "online": QT_TRANSLATE_NOOP("domain", "线上"),
    },
    "court_ground": {
        "invited": QT_TRANSLATE_NOOP("domain", "邀请调解的法院"),
        "home": QT_TRANSLATE_NOOP("domain", "当事人住所地法院"),
        "object": QT_TRANSLATE_NOOP("domain", "标的物所在地法院"),
        "committee": QT_TRANSLATE_NOOP("domain", "调委会所在地法院"),
    },
    "confirmation_paper": {
        "application": QT_TRANSLATE_NOOP("domain", "司法确认申请书"),
        "agreement": QT_TRANSLATE_NOOP("domain", "调解协议"),
        "identity": QT_TRANSLATE_NOOP("domain", "身份或资格证明"),
        "property": QT_TRANSLATE_NOOP("domain", "与财产有关的权属证明"),
        "service-address": QT_TRANSLATE_NOOP("domain", "双方送达地址和电话"),
        "agency": QT_TRANSLATE_NOOP("domain", "授权委托书"),
    },
    "retention": {
        "permanent": QT_TRANSLATE_NOOP("domain", "永久"),
        "long": QT_TRANSLATE_NOOP("domain", "长期"),
        "short": QT_TRANSLATE_NOOP("domain", "短期"),
    },
    "intensity": {
        "low": QT_TRANSLATE_NOOP("domain", "平和"),
        "medium": QT_TRANSLATE_NOOP("domain", "有争吵"),
        "high": QT_TRANSLATE_NOOP("domain", "激烈"),
        "extreme": QT_TRANSLATE_NOOP("domain", "非常激烈"),
    },
    "scale": {
        "individual": QT_TRANSLATE_NOOP("domain", "个别人之间"),
        "few": QT_TRANSLATE_NOOP("domain", "少数人（10人以下）"),
        "group": QT_TRANSLATE_NOOP("domain", "群体性（10人以上）"),
        "mass": QT_TRANSLATE_NOOP("domain", "大规模群体性（30人以上）"),
    },
    "prevented": {
        "criminal": QT_TRANSLATE_NOOP("domain", "防止转化为刑事案件"),
        "petition": QT_TRANSLATE_NOOP("domain", "防止群体性上访"),
        "suicide": QT_TRANSLATE_NOOP("domain", "防止非正常死亡"),
        "brawl": QT_TRANSLATE_NOOP("domain", "防止群体性械斗"),
    },
    "committee_kind": {
        "village": QT_TRANSLATE_NOOP("domain", "村调委会"),
        "residents": QT_TRANSLATE_NOOP("domain", "居委会调委会"),
        "township": QT_TRANSLATE_NOOP("domain", "乡镇街道调委会"),
        "enterprise": QT_TRANSLATE_NOOP("domain", "企事业单位调委会"),
        "trade": QT_TRANSLATE_NOOP("domain", "行业性专业性调委会"),
        "other": QT_TRANSLATE_NOOP("domain", "其他调委会"),
    },
    "duty_of_member": {
        "head": QT_TRANSLATE_NOOP("domain", "主任"),
        "deputy": QT_TRANSLATE_NOOP("domain", "副主任"),
        "member": QT_TRANSLATE_NOOP("domain", "委员"),
        "mediator": QT_TRANSLATE_NOOP("domain", "聘任的调解员"),
    },
    "signing": {
        "signed": QT_TRANSLATE_NOOP("domain", "已签名"),
        "refused": QT_TRANSLATE_NOOP("domain", "拒绝签名"),
    },
}

STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "investigation": {
        "open": (QT_TRANSLATE_NOOP("domain", "正在记录"), Tone.WARNING),
        "closed": (QT_TRANSLATE_NOOP("domain", "已定稿"), Tone.SUCCESS),
    },
    "performance_line": {
        "pending": (QT_TRANSLATE_NOOP("domain", "待履行"), Tone.WARNING),
        "done": (QT_TRANSLATE_NOOP("domain", "已履行"), Tone.SUCCESS),
        "defaulted": (QT_TRANSLATE_NOOP("domain", "逾期未履行"), Tone.DANGER),
        "cancelled": (QT_TRANSLATE_NOOP("domain", "已取消"), Tone.NEUTRAL),
    },
    "revisit": {
        "planned": (QT_TRANSLATE_NOOP("domain", "待回访"), Tone.WARNING),
        "done": (QT_TRANSLATE_NOOP("domain", "已回访"), Tone.SUCCESS),
        "skipped": (QT_TRANSLATE_NOOP("domain", "不回访"), Tone.NEUTRAL),
    },
    "confirmation": {
        "preparing": (QT_TRANSLATE_NOOP("domain", "准备材料"), Tone.WARNING),
        "applied": (QT_TRANSLATE_NOOP("domain", "已申请"), Tone.INFO),
        "dropped": (QT_TRANSLATE_NOOP("domain", "不申请了"), Tone.NEUTRAL),
        "court-accepted": (QT_TRANSLATE_NOOP("domain", "法院已受理"), Tone.INFO),
        "confirmed": (QT_TRANSLATE_NOOP("domain", "已确认"), Tone.SUCCESS),
        "dismissed": (QT_TRANSLATE_NOOP("domain", "不予受理或驳回"), Tone.DANGER),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已撤回申请"), Tone.NEUTRAL),
    },
}

ACTIONS: Final[dict[str, dict[str, str]]] = {
    "investigation": {
        "close": QT_TRANSLATE_NOOP("domain", "读给被调查人听并定稿"),
    },
    "performance_line": {
        "done": QT_TRANSLATE_NOOP("domain", "已履行"),
        "default": QT_TRANSLATE_NOOP("domain", "逾期未履行"),
        "cancel": QT_TRANSLATE_NOOP("domain", "取消这一项"),
    },
    "revisit": {
        "done": QT_TRANSLATE_NOOP("domain", "记下回访"),
        "skip": QT_TRANSLATE_NOOP("domain", "不回访"),
    },
    "confirmation": {
        "apply": QT_TRANSLATE_NOOP("domain", "共同申请"),
        "drop": QT_TRANSLATE_NOOP("domain", "不申请了"),
        "accept": QT_TRANSLATE_NOOP("domain", "法院已受理"),
        "confirm": QT_TRANSLATE_NOOP("domain", "法院已确认"),
        "dismiss": QT_TRANSLATE_NOOP("domain", "不予受理或驳回"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "撤回申请"),
    },
}

FIELDS: Final[dict[str, dict[str, str]]] = {
    "committee": {
        "name": QT_TRANSLATE_NOOP("domain", "调委会名称"),
        "prefix": QT_TRANSLATE_NOOP("domain", "编号简称"),
        "committee_kind": QT_TRANSLATE_NOOP("domain", "调委会类型"),
        "term_from": QT_TRANSLATE_NOOP("domain", "任期开始"),
        "term_to": QT_TRANSLATE_NOOP("domain", "任期届满"),
        "seal_keeper": QT_TRANSLATE_NOOP("domain", "印章保管人"),
        "seal_place": QT_TRANSLATE_NOOP("domain", "印章存放处"),
        "address": QT_TRANSLATE_NOOP("domain", "地址"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "court": QT_TRANSLATE_NOOP("domain", "所在地基层法院"),
        "judicial_office": QT_TRANSLATE_NOOP("domain", "所属司法所"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
    },
    "committee_member": {
        "committee_id": QT_TRANSLATE_NOOP("domain", "所属调委会"),
        "name": QT_TRANSLATE_NOOP("domain", "姓名"),
        "sex": QT_TRANSLATE_NOOP("domain", "性别"),
        "birth": QT_TRANSLATE_NOOP("domain", "出生日期"),
        "duty": QT_TRANSLATE_NOOP("domain", "职务"),
        "is_full_time": QT_TRANSLATE_NOOP("domain", "专职"),
        "account_id": QT_TRANSLATE_NOOP("domain", "登录账号"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "joined_on": QT_TRANSLATE_NOOP("domain", "任职日期"),
        "left_on": QT_TRANSLATE_NOOP("domain", "离任日期"),
    },
    "participant": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "name": QT_TRANSLATE_NOOP("domain", "姓名"),
        "capacity": QT_TRANSLATE_NOOP("domain", "身份"),
        "reason": QT_TRANSLATE_NOOP("domain", "邀请原因"),
        "unit": QT_TRANSLATE_NOOP("domain", "工作单位"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "agreed_by": QT_TRANSLATE_NOOP("domain", "同意的当事人"),
        "refused_by": QT_TRANSLATE_NOOP("domain", "不同意的当事人"),
        "agreed_at": QT_TRANSLATE_NOOP("domain", "全部同意时间"),
    },
    "investigation": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "started_at": QT_TRANSLATE_NOOP("domain", "开始时间"),
        "ended_at": QT_TRANSLATE_NOOP("domain", "结束时间"),
        "place": QT_TRANSLATE_NOOP("domain", "调查地点"),
        "asked": QT_TRANSLATE_NOOP("domain", "被调查人"),
        "asked_about": QT_TRANSLATE_NOOP("domain", "被调查人情况"),
        "investigators": QT_TRANSLATE_NOOP("domain", "调查人"),
        "others": QT_TRANSLATE_NOOP("domain", "参加人"),
        "recorder": QT_TRANSLATE_NOOP("domain", "记录人"),
        "record": QT_TRANSLATE_NOOP("domain", "调查内容"),
        "signing": QT_TRANSLATE_NOOP("domain", "被调查人签名"),
        "closed_at": QT_TRANSLATE_NOOP("domain", "定稿时间"),
    },
    "extension": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "from_day": QT_TRANSLATE_NOOP("domain", "原来的期限"),
        "until": QT_TRANSLATE_NOOP("domain", "延长到"),
        "agreed_by": QT_TRANSLATE_NOOP("domain", "同意的当事人"),
        "reason": QT_TRANSLATE_NOOP("domain", "延长原因"),
    },
    "performance_line": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "agreement_id": QT_TRANSLATE_NOOP("domain", "所属协议"),
        "what": QT_TRANSLATE_NOOP("domain", "履行内容"),
        "amount": QT_TRANSLATE_NOOP("domain", "金额"),
        "due_on": QT_TRANSLATE_NOOP("domain", "履行期限"),
        "by_party": QT_TRANSLATE_NOOP("domain", "履行人"),
        "to_party": QT_TRANSLATE_NOOP("domain", "接受人"),
        "done_on": QT_TRANSLATE_NOOP("domain", "履行日期"),
        "done_how": QT_TRANSLATE_NOOP("domain", "履行方式"),
        "done_amount": QT_TRANSLATE_NOOP("domain", "实际金额"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
    },
    "revisit": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "agreement_id": QT_TRANSLATE_NOOP("domain", "所属协议"),
        "due_on": QT_TRANSLATE_NOOP("domain", "应回访日期"),
        "visited_at": QT_TRANSLATE_NOOP("domain", "回访时间"),
        "way": QT_TRANSLATE_NOOP("domain", "回访方式"),
        "visitor": QT_TRANSLATE_NOOP("domain", "回访人"),
        "visited": QT_TRANSLATE_NOOP("domain", "回访的当事人"),
        "performance": QT_TRANSLATE_NOOP("domain", "履行情况"),
        "satisfaction": QT_TRANSLATE_NOOP("domain", "满意程度"),
        "sued": QT_TRANSLATE_NOOP("domain", "已起诉"),
        "wrongly_mediated": QT_TRANSLATE_NOOP("domain", "调解有错误"),
        "escalated": QT_TRANSLATE_NOOP("domain", "矛盾激化"),
        "danger": QT_TRANSLATE_NOOP("domain", "隐患"),
        "measures": QT_TRANSLATE_NOOP("domain", "采取的措施"),
        "record": QT_TRANSLATE_NOOP("domain", "回访情况"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
    },
    "confirmation": {
        "case_id": QT_TRANSLATE_NOOP("domain", "所属案件"),
        "agreement_id": QT_TRANSLATE_NOOP("domain", "所属协议"),
        "raw_last_day": QT_TRANSLATE_NOOP("domain", "最后一日（稳妥）"),
        "extended_last_day": QT_TRANSLATE_NOOP("domain", "遇节假日顺延到"),
        "court": QT_TRANSLATE_NOOP("domain", "法院"),
        "court_ground": QT_TRANSLATE_NOOP("domain", "管辖依据"),
        "applicants": QT_TRANSLATE_NOOP("domain", "共同申请人"),
        "papers": QT_TRANSLATE_NOOP("domain", "已备材料"),
        "is_warned": QT_TRANSLATE_NOOP("domain", "已知晓身份关系不予确认"),
        "applied_on": QT_TRANSLATE_NOOP("domain", "申请日期"),
        "court_accepted_on": QT_TRANSLATE_NOOP("domain", "法院受理日期"),
        "is_court_extended": QT_TRANSLATE_NOOP("domain", "法院延长十日"),
        "decided_on": QT_TRANSLATE_NOOP("domain", "裁定日期"),
        "decision_number": QT_TRANSLATE_NOOP("domain", "裁定书文号"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
    },
}

MORE_FIELDS: Final[dict[str, dict[str, str]]] = {
    "case": {
        "finished_on": QT_TRANSLATE_NOOP("domain", "结案日期"),
        "archived_on": QT_TRANSLATE_NOOP("domain", "归档日期"),
        "retention": QT_TRANSLATE_NOOP("domain", "保管期限"),
        "committee_id": QT_TRANSLATE_NOOP("domain", "调委会"),
    },
    "dispute": {
        "signs": QT_TRANSLATE_NOOP("domain", "激化迹象"),
        "intensity": QT_TRANSLATE_NOOP("domain", "激烈程度"),
        "scale": QT_TRANSLATE_NOOP("domain", "规模"),
        "is_prominent": QT_TRANSLATE_NOOP("domain", "突出事件"),
        "prevented": QT_TRANSLATE_NOOP("domain", "防止的后果"),
        "prevented_people": QT_TRANSLATE_NOOP("domain", "涉及人数（防止）"),
        "deposit": QT_TRANSLATE_NOOP("domain", "刑事赔偿保证金"),
        "dossier_note": QT_TRANSLATE_NOOP("domain", "卷宗情况说明"),
        "finding": QT_TRANSLATE_NOOP("domain", "结案说明"),
    },
    "party": {
        "agent_authority": QT_TRANSLATE_NOOP("domain", "代理类型"),
        "agent_from": QT_TRANSLATE_NOOP("domain", "代理起"),
    },
    "session": {
        "mode": QT_TRANSLATE_NOOP("domain", "调解方式"),
        "invited": QT_TRANSLATE_NOOP("domain", "到场的邀请参与人"),
        "points": QT_TRANSLATE_NOOP("domain", "记录要点"),
        "signed_by": QT_TRANSLATE_NOOP("domain", "已签名的当事人"),
        "mediator_signed": QT_TRANSLATE_NOOP("domain", "调解员已签名"),
        "recorder_signed": QT_TRANSLATE_NOOP("domain", "记录人已签名"),
    },
    "agreement": {
        "amendment": QT_TRANSLATE_NOOP("domain", "补正或变更"),
        "confirm_until": QT_TRANSLATE_NOOP("domain", "遇节假日顺延到"),
    },
}
"""Fields that came to kinds of before."""

VALUES: Final[dict[str, dict[str, str]]] = {
    "committee": {"committee_kind": "committee_kind"},
    "committee_member": {"sex": "sex", "duty": "duty_of_member"},
    "participant": {"capacity": "capacity"},
    "investigation": {"signing": "signing"},
    "performance_line": {"done_how": "performed_by"},
    "revisit": {"way": "visit_way", "performance": "performance", "satisfaction": "evaluation"},
    "confirmation": {"court_ground": "court_ground", "papers": "confirmation_paper"},
}
