"""Every code of the domain in words: kinds, states, actions, categories, trades, fields; data keeps codes.

Tables are Chinese and marked for Qt's translation (context ``domain``); functions say them in the language in force.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui import handover_labels as handover
from ui import job_labels as jobs
from ui import mediation_labels as mediation
from ui import patrol_labels as patrol
from ui import statistics_labels as statistics
from ui.due_labels import DEMANDS
from ui.field_labels import FIELDS
from ui.report_labels import REPORT_ACTIONS, REPORT_STATES, REPORT_WORDS
from ui.widgets.tag import Tag, Tone
from zzdesk.calendar import words
from zzdesk.reports.workflow import UNRATED

_WORDS: Final[dict[str, dict[str, str]]] = {
    "kind": {
        "report": QT_TRANSLATE_NOOP("domain", "事件"),
        "step": QT_TRANSLATE_NOOP("domain", "事件步骤"),
        "link": QT_TRANSLATE_NOOP("domain", "重复关联"),
        "request": QT_TRANSLATE_NOOP("domain", "申请"),
        "card": QT_TRANSLATE_NOOP("domain", "督办牌"),
        "attachment": QT_TRANSLATE_NOOP("domain", "附件"),
        "case": QT_TRANSLATE_NOOP("domain", "调解案件"),
        "dispute": QT_TRANSLATE_NOOP("domain", "纠纷情况"),
        "party": QT_TRANSLATE_NOOP("domain", "当事人"),
        "session": QT_TRANSLATE_NOOP("domain", "调解记录"),
        "statement": QT_TRANSLATE_NOOP("domain", "陈述"),
        "agreement": QT_TRANSLATE_NOOP("domain", "调解协议"),
        "person": QT_TRANSLATE_NOOP("domain", "居民"),
        "account": QT_TRANSLATE_NOOP("domain", "账号"),
        "conflict": QT_TRANSLATE_NOOP("domain", "冲突"), "claim": QT_TRANSLATE_NOOP("domain", "认领"),
        "calendar": QT_TRANSLATE_NOOP("domain", "节假日表"),
        **handover.KINDS, **jobs.KINDS, **mediation.KINDS, **patrol.KINDS, **statistics.KINDS,
    },
    "demand": DEMANDS,
    "category": {
        "public-order": QT_TRANSLATE_NOOP("domain", "社会治安"),
        "dispute": QT_TRANSLATE_NOOP("domain", "矛盾纠纷"),
        "public-safety": QT_TRANSLATE_NOOP("domain", "公共安全"),
        "fire-hazard": QT_TRANSLATE_NOOP("domain", "消防隐患"),
        "dangerous-building": QT_TRANSLATE_NOOP("domain", "危险房屋"),
        "road": QT_TRANSLATE_NOOP("domain", "道路设施"),
        "lighting": QT_TRANSLATE_NOOP("domain", "路灯照明"),
        "drainage": QT_TRANSLATE_NOOP("domain", "排水积水"),
        "sanitation": QT_TRANSLATE_NOOP("domain", "环境卫生"),
        "noise": QT_TRANSLATE_NOOP("domain", "噪声扰民"),
        "illegal-building": QT_TRANSLATE_NOOP("domain", "违法建设"),
        "street-order": QT_TRANSLATE_NOOP("domain", "街面秩序"),
        "greenery": QT_TRANSLATE_NOOP("domain", "园林绿化"),
        "water-power-gas": QT_TRANSLATE_NOOP("domain", "水电燃气"),
        "elder-child-care": QT_TRANSLATE_NOOP("domain", "一老一小"),
        "marine-mangrove": QT_TRANSLATE_NOOP("domain", "海岸红树林"),
        "other": QT_TRANSLATE_NOOP("domain", "其他"),
    },
    "source": {
        "counter": QT_TRANSLATE_NOOP("domain", "窗口"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "app": QT_TRANSLATE_NOOP("domain", "手机上报"),
        "patrol": QT_TRANSLATE_NOOP("domain", "巡逻发现"),
        "grid-worker": QT_TRANSLATE_NOOP("domain", "网格员"),
        "12345": QT_TRANSLATE_NOOP("domain", "12345热线"),
        "110": QT_TRANSLATE_NOOP("domain", "110转办"),
        "import": QT_TRANSLATE_NOOP("domain", "批量导入"),
        "other": QT_TRANSLATE_NOOP("domain", "其他"),
    },
    "urgency": {
        "high": QT_TRANSLATE_NOOP("domain", "紧急"),
        "medium": QT_TRANSLATE_NOOP("domain", "一般"),
        "low": QT_TRANSLATE_NOOP("domain", "不急"),
    },
    "evaluation": {
        "very-satisfied": QT_TRANSLATE_NOOP("domain", "非常满意"),
        "satisfied": QT_TRANSLATE_NOOP("domain", "满意"),
        "fairly-satisfied": QT_TRANSLATE_NOOP("domain", "基本满意"),
        "unsatisfied": QT_TRANSLATE_NOOP("domain", "不满意"),
        "unrated": QT_TRANSLATE_NOOP("domain", "未评价"),
    },
    "closing": {
        "done": QT_TRANSLATE_NOOP("domain", "已解决"),
        "unfounded": QT_TRANSLATE_NOOP("domain", "不属实"),
        "not-ours": QT_TRANSLATE_NOOP("domain", "不属本站职责"),
        "impossible": QT_TRANSLATE_NOOP("domain", "暂无法解决"),
        "self-resolved": QT_TRANSLATE_NOOP("domain", "已自行解决"),
        "promised": QT_TRANSLATE_NOOP("domain", "已承诺办理"),
    },
    "contact": {
        "answered": QT_TRANSLATE_NOOP("domain", "已接通"),
        "no-answer": QT_TRANSLATE_NOOP("domain", "无人接听"),
        "refused": QT_TRANSLATE_NOOP("domain", "拒绝沟通"),
        "in-person": QT_TRANSLATE_NOOP("domain", "当面告知"),
        "notice-posted": QT_TRANSLATE_NOOP("domain", "已张贴告知"),
    },
    "employer_kind": {
        "enterprise": QT_TRANSLATE_NOOP("domain", "企业"),
        "sole-trader": QT_TRANSLATE_NOOP("domain", "个体工商户"),
        "person": QT_TRANSLATE_NOOP("domain", "个人"),
    },
    "trade": {
        "cleaning": QT_TRANSLATE_NOOP("domain", "保洁"),
        "moving": QT_TRANSLATE_NOOP("domain", "搬家"),
        "housekeeping": QT_TRANSLATE_NOOP("domain", "家政"),
        "gardening": QT_TRANSLATE_NOOP("domain", "绿化"),
        "decorating": QT_TRANSLATE_NOOP("domain", "装修"),
        "catering": QT_TRANSLATE_NOOP("domain", "餐饮"),
        "care": QT_TRANSLATE_NOOP("domain", "陪护"),
        "loading": QT_TRANSLATE_NOOP("domain", "装卸"),
        "delivery": QT_TRANSLATE_NOOP("domain", "配送"),
        "factory": QT_TRANSLATE_NOOP("domain", "工厂普工"),
        "sales": QT_TRANSLATE_NOOP("domain", "促销导购"),
        "security": QT_TRANSLATE_NOOP("domain", "保安"),
        "farming": QT_TRANSLATE_NOOP("domain", "农活"),
        "fishing": QT_TRANSLATE_NOOP("domain", "渔业"),
        "other": QT_TRANSLATE_NOOP("domain", "其他"),
    },
    "pay_unit": {
        "hour": QT_TRANSLATE_NOOP("domain", "小时"),
        "day": QT_TRANSLATE_NOOP("domain", "天"),
        "week": QT_TRANSLATE_NOOP("domain", "周"),
        "month": QT_TRANSLATE_NOOP("domain", "月"),
        "piece": QT_TRANSLATE_NOOP("domain", "件"),
    },
    "settlement": {
        "transfer": QT_TRANSLATE_NOOP("domain", "转账"),
        "cash": QT_TRANSLATE_NOOP("domain", "现金"),
    },
    "audience": {
        "station": QT_TRANSLATE_NOOP("domain", "本站"),
        "city": QT_TRANSLATE_NOOP("domain", "全市"),
    },
    "way": {
        "counter": QT_TRANSLATE_NOOP("domain", "窗口"),
        "kiosk": QT_TRANSLATE_NOOP("domain", "自助机"),
        "phone": QT_TRANSLATE_NOOP("domain", "电话"),
        "referral": QT_TRANSLATE_NOOP("domain", "他人介绍"),
    },
    "answer": {
        "accepted": QT_TRANSLATE_NOOP("domain", "同意"),
        "declined": QT_TRANSLATE_NOOP("domain", "不同意"),
    },
    "sex": {
        "male": QT_TRANSLATE_NOOP("domain", "男"),
        "female": QT_TRANSLATE_NOOP("domain", "女"),
    },
    "legal_basis": {
        "duty": QT_TRANSLATE_NOOP("domain", "履行法定职责"),
        "consent": QT_TRANSLATE_NOOP("domain", "本人同意"),
        "contract": QT_TRANSLATE_NOOP("domain", "订立合同所需"),
        "emergency": QT_TRANSLATE_NOOP("domain", "紧急情况"),
    },
    "case_category": {
        "marriage-family": QT_TRANSLATE_NOOP("domain", "婚姻家庭"),
        "neighbours": QT_TRANSLATE_NOOP("domain", "邻里"),
        "housing-homestead": QT_TRANSLATE_NOOP("domain", "房屋宅基地"),
        "contract": QT_TRANSLATE_NOOP("domain", "合同"),
        "business": QT_TRANSLATE_NOOP("domain", "生产经营"),
        "damages": QT_TRANSLATE_NOOP("domain", "损害赔偿"),
        "land-forest": QT_TRANSLATE_NOOP("domain", "山林土地"),
        "expropriation": QT_TRANSLATE_NOOP("domain", "征地拆迁"),
        "pollution": QT_TRANSLATE_NOOP("domain", "环境污染"),
        "labour": QT_TRANSLATE_NOOP("domain", "劳动争议"),
        "consumer": QT_TRANSLATE_NOOP("domain", "消费"),
        "medical": QT_TRANSLATE_NOOP("domain", "医疗"),
        "traffic": QT_TRANSLATE_NOOP("domain", "道路交通事故"),
        "property-management": QT_TRANSLATE_NOOP("domain", "物业"),
        **mediation.CATEGORIES,
        "other": QT_TRANSLATE_NOOP("domain", "其他纠纷"),
    },
    "case_source": {
        "application": QT_TRANSLATE_NOOP("domain", "当事人申请"),
        "initiative": QT_TRANSLATE_NOOP("domain", "主动调解"),
        "referral": QT_TRANSLATE_NOOP("domain", "委托移送"),
        "guided": QT_TRANSLATE_NOOP("domain", "公安法院引导"),
    },
    "linkage": {
        "visit": QT_TRANSLATE_NOOP("domain", "访调对接"),
        "police": QT_TRANSLATE_NOOP("domain", "公调对接"),
        "procuratorate": QT_TRANSLATE_NOOP("domain", "检调对接"),
        "litigation": QT_TRANSLATE_NOOP("domain", "诉调对接"),
        "legal-aid": QT_TRANSLATE_NOOP("domain", "援调对接"),
        "administrative": QT_TRANSLATE_NOOP("domain", "行调对接"),
        "town-village": QT_TRANSLATE_NOOP("domain", "镇村对接"),
        "other": QT_TRANSLATE_NOOP("domain", "其他对接"),
    },
    "chosen_by": {
        "assigned": QT_TRANSLATE_NOOP("domain", "调委会指定"),
        "parties": QT_TRANSLATE_NOOP("domain", "当事人选择"),
    },
    "party_role": {
        "applicant": QT_TRANSLATE_NOOP("domain", "申请人"),
        "respondent": QT_TRANSLATE_NOOP("domain", "被申请人"),
        "third": QT_TRANSLATE_NOOP("domain", "第三人"),
    },
    "party_kind": {
        "natural": QT_TRANSLATE_NOOP("domain", "自然人"),
        "legal": QT_TRANSLATE_NOOP("domain", "法人或其他组织"),
    },
    "purpose": {
        "photo": QT_TRANSLATE_NOOP("domain", "照片"),
        "scan": QT_TRANSLATE_NOOP("domain", "扫描件"),
        "identity": QT_TRANSLATE_NOOP("domain", "身份证明"),
        "licence": QT_TRANSLATE_NOOP("domain", "证照"),
        "signature": QT_TRANSLATE_NOOP("domain", "签名"),
        "recording": QT_TRANSLATE_NOOP("domain", "录音"),
        "receipt": QT_TRANSLATE_NOOP("domain", "凭证"),
        "evidence": QT_TRANSLATE_NOOP("domain", "证据"),
        "brochure": QT_TRANSLATE_NOOP("domain", "招聘简章"),
        "mandate": QT_TRANSLATE_NOOP("domain", "委托证明"),
        "other": QT_TRANSLATE_NOOP("domain", "其他材料"),
    },
    "document": {
        "identity-card": QT_TRANSLATE_NOOP("domain", "居民身份证"),
        "residence-permit": QT_TRANSLATE_NOOP("domain", "居住证"),
        "passport": QT_TRANSLATE_NOOP("domain", "护照"),
        "other": QT_TRANSLATE_NOOP("domain", "其他证件"),
    },
    "result": {
        "agreed": QT_TRANSLATE_NOOP("domain", "达成协议"),
        "continues": QT_TRANSLATE_NOOP("domain", "继续调解"),
        "failed": QT_TRANSLATE_NOOP("domain", "未达成协议"),
    },
    "form": {
        "written": QT_TRANSLATE_NOOP("domain", "书面协议"),
        "oral": QT_TRANSLATE_NOOP("domain", "口头协议"),
    },
    "statement_kind": {
        "statement": QT_TRANSLATE_NOOP("domain", "陈述"),
        "proposal": QT_TRANSLATE_NOOP("domain", "提出方案"),
        "counter-proposal": QT_TRANSLATE_NOOP("domain", "还价方案"),
        "evidence": QT_TRANSLATE_NOOP("domain", "举证"),
        "notice": QT_TRANSLATE_NOOP("domain", "告知"),
        "note": QT_TRANSLATE_NOOP("domain", "记事"),
    },
    "outcome": {
        "written": QT_TRANSLATE_NOOP("domain", "书面协议"),
        "oral": QT_TRANSLATE_NOOP("domain", "口头协议"),
        "failed": QT_TRANSLATE_NOOP("domain", "调解不成"),
        "refused": QT_TRANSLATE_NOOP("domain", "拒绝调解"),
        "withdrawn": QT_TRANSLATE_NOOP("domain", "撤回申请"),
    }, **handover.WORDS, **jobs.WORDS, **mediation.WORDS, **patrol.WORDS, **statistics.WORDS, **REPORT_WORDS,
}

_WORDS["grounds"] = {
    "place": QT_TRANSLATE_NOOP("domain", "地点相近"),
    "address": QT_TRANSLATE_NOOP("domain", "地址相同"),
    "text": QT_TRANSLATE_NOOP("domain", "说法相近"),
}
_WORDS["link_action"] = {
    "link": QT_TRANSLATE_NOOP("domain", "关联"),
    "unlink": QT_TRANSLATE_NOOP("domain", "解除"),
}

_STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "employer": {
        "pending": (QT_TRANSLATE_NOOP("domain", "待核验"), Tone.WARNING),
        "normal": (QT_TRANSLATE_NOOP("domain", "正常"), Tone.SUCCESS),
        "suspended": (QT_TRANSLATE_NOOP("domain", "暂停"), Tone.WARNING),
        "blacklisted": (QT_TRANSLATE_NOOP("domain", "黑名单"), Tone.DANGER),
    },
    "posting": {
        "draft": (QT_TRANSLATE_NOOP("domain", "草稿"), Tone.NEUTRAL),
        "held": (QT_TRANSLATE_NOOP("domain", "待人工判断"), Tone.DANGER),
        "review": (QT_TRANSLATE_NOOP("domain", "待审"), Tone.WARNING),
        "published": (QT_TRANSLATE_NOOP("domain", "招工中"), Tone.INFO),
        "full": (QT_TRANSLATE_NOOP("domain", "已招满"), Tone.SUCCESS),
        "working": (QT_TRANSLATE_NOOP("domain", "进行中"), Tone.INFO),
        "settling": (QT_TRANSLATE_NOOP("domain", "待结算"), Tone.WARNING),
        "done": (QT_TRANSLATE_NOOP("domain", "已完成"), Tone.NEUTRAL),
        "cancelled": (QT_TRANSLATE_NOOP("domain", "已取消"), Tone.NEUTRAL),
        "taken-down": (QT_TRANSLATE_NOOP("domain", "已下架"), Tone.DANGER),
    },
    "worker": {
        "active": (QT_TRANSLATE_NOOP("domain", "可接活"), Tone.SUCCESS),
        "inactive": (QT_TRANSLATE_NOOP("domain", "暂不接活"), Tone.NEUTRAL),
        "sanctioned": (QT_TRANSLATE_NOOP("domain", "限制"), Tone.DANGER),
    },
    "application": {
        "applied": (QT_TRANSLATE_NOOP("domain", "已报名"), Tone.INFO),
        "confirmed": (QT_TRANSLATE_NOOP("domain", "已确认"), Tone.SUCCESS),
        "checked-in": (QT_TRANSLATE_NOOP("domain", "已到岗"), Tone.INFO),
        "done": (QT_TRANSLATE_NOOP("domain", "已完工"), Tone.SUCCESS),
        "no-show": (QT_TRANSLATE_NOOP("domain", "未到岗"), Tone.DANGER),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已退出"), Tone.NEUTRAL),
        "refused": (QT_TRANSLATE_NOOP("domain", "未录用"), Tone.NEUTRAL),
    },
    "case": {
        "accepted": (QT_TRANSLATE_NOOP("domain", "已受理"), Tone.INFO),
        "mediating": (QT_TRANSLATE_NOOP("domain", "调解中"), Tone.WARNING),
        "reached": (QT_TRANSLATE_NOOP("domain", "达成协议"), Tone.SUCCESS),
        "failed": (QT_TRANSLATE_NOOP("domain", "调解不成"), Tone.NEUTRAL),
        "refused": (QT_TRANSLATE_NOOP("domain", "当事人拒绝"), Tone.NEUTRAL),
        "withdrawn": (QT_TRANSLATE_NOOP("domain", "已撤回"), Tone.NEUTRAL),
        "performing": (QT_TRANSLATE_NOOP("domain", "履行中"), Tone.INFO),
        "revisiting": (QT_TRANSLATE_NOOP("domain", "回访中"), Tone.INFO),
        "closed": (QT_TRANSLATE_NOOP("domain", "已结案"), Tone.SUCCESS),
        "archived": (QT_TRANSLATE_NOOP("domain", "已归档"), Tone.NEUTRAL),
    },
    "session": {
        "open": (QT_TRANSLATE_NOOP("domain", "正在记录"), Tone.WARNING),
        "closed": (QT_TRANSLATE_NOOP("domain", "已结束"), Tone.SUCCESS),
    },
    "agreement": {
        "draft": (QT_TRANSLATE_NOOP("domain", "待生效"), Tone.WARNING),
        "effective": (QT_TRANSLATE_NOOP("domain", "已生效"), Tone.SUCCESS),
    },
    "conflict": {
        "open": (QT_TRANSLATE_NOOP("domain", "待决定"), Tone.WARNING),
        "proposed": (QT_TRANSLATE_NOOP("domain", "待第二人确认"), Tone.INFO),
        "resolved": (QT_TRANSLATE_NOOP("domain", "已决定"), Tone.SUCCESS),
    }, **handover.STATES, **jobs.STATES, **mediation.STATES, **patrol.STATES, **statistics.STATES, **REPORT_STATES,
}

_ACTIONS: Final[dict[str, dict[str, str]]] = {
    "posting": {
        "submit": QT_TRANSLATE_NOOP("domain", "提交审核"),
        "hold": QT_TRANSLATE_NOOP("domain", "交人工判断"),
        "release": QT_TRANSLATE_NOOP("domain", "放行"),
        "return": QT_TRANSLATE_NOOP("domain", "退回修改"),
        "publish": QT_TRANSLATE_NOOP("domain", "发布"),
        "fill": QT_TRANSLATE_NOOP("domain", "招满"),
        "reopen": QT_TRANSLATE_NOOP("domain", "继续招工"),
        "start": QT_TRANSLATE_NOOP("domain", "开工"),
        "settle": QT_TRANSLATE_NOOP("domain", "进入结算"),
        "complete": QT_TRANSLATE_NOOP("domain", "完成"),
        "take-down": QT_TRANSLATE_NOOP("domain", "下架"),
        "cancel": QT_TRANSLATE_NOOP("domain", "取消"),
    },
    "worker": {
        "pause": QT_TRANSLATE_NOOP("domain", "暂不接活"),
        "resume": QT_TRANSLATE_NOOP("domain", "恢复接活"),
        "sanction": QT_TRANSLATE_NOOP("domain", "限制"),
        "lift": QT_TRANSLATE_NOOP("domain", "解除限制"),
    },
    "application": {
        "confirm": QT_TRANSLATE_NOOP("domain", "确认录用"),
        "refuse": QT_TRANSLATE_NOOP("domain", "不录用"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "退出"),
        "check-in": QT_TRANSLATE_NOOP("domain", "到岗签到"),
        "no-show": QT_TRANSLATE_NOOP("domain", "未到岗"),
        "check-out": QT_TRANSLATE_NOOP("domain", "完工签退"),
    },
    "case": {
        "extend": QT_TRANSLATE_NOOP("domain", "延长期限"),
        "mediate": QT_TRANSLATE_NOOP("domain", "开始调解"),
        "refuse": QT_TRANSLATE_NOOP("domain", "当事人拒绝"),
        "withdraw": QT_TRANSLATE_NOOP("domain", "撤回申请"),
        "reach": QT_TRANSLATE_NOOP("domain", "达成协议"),
        "fail": QT_TRANSLATE_NOOP("domain", "调解不成"),
        "perform": QT_TRANSLATE_NOOP("domain", "进入履行"),
        "revisit": QT_TRANSLATE_NOOP("domain", "进入回访"),
        "close": QT_TRANSLATE_NOOP("domain", "结案"),
        "archive": QT_TRANSLATE_NOOP("domain", "归档"),
    },
    "party": {
        "notify": QT_TRANSLATE_NOOP("domain", "告知权利义务"),
        "refuse": QT_TRANSLATE_NOOP("domain", "拒绝调解"),
    },
    "session": {
        "close": QT_TRANSLATE_NOOP("domain", "结束本次调解"),
    },
    "agreement": {
        "take-effect": QT_TRANSLATE_NOOP("domain", "确认生效"),
    }, **handover.ACTIONS, **jobs.ACTIONS, **mediation.ACTIONS, **patrol.ACTIONS, **statistics.ACTIONS, **REPORT_ACTIONS,
}



def say(text: str) -> str:
    """Return a marked text of this module in the language in force."""
    return QCoreApplication.translate("domain", text)


def codes(domain: str) -> tuple[str, ...]:
    """Return every code of a domain, in the order in which a form offers them."""
    return tuple(_WORDS[domain])


def word(domain: str, code: str | None) -> str:
    """Return a code in words; a code of a newer program is shown as it is, nothing stays nothing."""
    if not code:
        return ""
    known = _WORDS[domain].get(code)
    return say(known) if known else code


def kind_word(kind: str) -> str:
    """Return the name of a kind of record."""
    return word("kind", kind)


def state_tag(kind: str, state: str) -> Tag:
    """Return a state as a coloured word; an unknown state is shown by its code, in grey."""
    text, tone = _STATES.get(kind, {}).get(state, (state, Tone.NEUTRAL))
    return Tag(say(text), tone)


def state_word(kind: str, state: str) -> str:
    """Return a state in words."""
    return state_tag(kind, state).text


def say_evaluation(code: str | None) -> Tag:
    """Return a resident's answer; where none was given it says so, and never that somebody was content."""
    if code in (None, UNRATED):
        return Tag(say(_UNRATED), Tone.NEUTRAL)
    return Tag(word("evaluation", code), Tone.DANGER if code == "unsatisfied" else Tone.SUCCESS)


def action_word(kind: str, action: str) -> str:
    """Return what a person does, in words: 核实属实, 派遣, 办结."""
    known = _ACTIONS.get(kind, {}).get(action)
    return say(known) if known else action


def field_word(kind: str, field: str) -> str:
    """Return the name of a field; a field of a newer program is shown by its code."""
    known = FIELDS.get(kind, {}).get(field) or FIELDS["*"].get(field)
    return say(known) if known else field


_VALUES: Final[dict[str, dict[str, str]]] = {
    "report": {"category": "category", "source": "source", "demand": "demand", "urgency": "urgency",
               "evaluation": "evaluation", "closing": "closing", "referred_to": "referral"},
    "step": {"contact_result": "contact", "answer": "evaluation", "referred_to": "referral"},
    "request": {"request_kind": "request_kind", "unit": "unit"},
    "card": {"card": "card"},
    "handover_order": {"direction": "handover_direction", "unsent": "unsent"},
    "handover_echo": {"direction": "echo_direction", "status": "echo_status"},
    "link": {"grounds": "grounds", "action": "link_action"},
    "employer": {"employer_kind": "employer_kind", "sanction_proposed": "sanction"},
    "posting": {"trade": "trade", "pay_unit": "pay_unit", "settlement": "settlement", "audience": "audience"},
    "worker": {"sex": "sex", "wish_unit": "pay_unit", "legal_basis": "legal_basis", "skills": "trade"},
    "application": {"way": "way", "employer_answer": "answer"},
    "case": {"category": "case_category", "source": "case_source", "linkage": "linkage", "chosen_by": "chosen_by",
             "outcome": "outcome", "retention": "retention", "prevented": "prevented"},
    "dispute": {"intensity": "intensity", "scale": "scale", "prevented": "prevented"},
    "party": {"role": "party_role", "party_kind": "party_kind", "sex": "sex", "agent_authority": "authority"},
    "session": {"result": "result", "mode": "session_mode", "points": "session_point"},
    "statement": {"statement_kind": "statement_kind"},
    "agreement": {"form": "form", "amendment": "amendment"},
    "person": {"sex": "sex", "legal_basis": "legal_basis", "document_kind": "document"},
    "attachment": {"purpose": "purpose"}, **jobs.VALUES, **mediation.VALUES, **patrol.VALUES, **statistics.VALUES,
}
"""Kind → field → the domain whose codes it holds."""


def states_of(kind: str) -> tuple[str, ...]:
    """Return every state of a kind, in the order in which a filter offers them."""
    return tuple(_STATES.get(kind, {}))


def codes_of(kind: str, field: str) -> tuple[str, ...]:
    """Return the codes that a field of a kind holds; none where it holds no codes."""
    domain = _VALUES.get(kind, {}).get(field)
    return states_of(kind) if field == "state" else codes(domain) if domain else ()


def value_codes(kind: str, field: str) -> tuple[str, ...]:
    """Return the codes that a field may hold, in the order in which a form offers them."""
    return codes(_VALUES[kind][field])


def value_word(kind: str, field: str, value: object) -> str:
    """Return a field's wire form as a person reads it: codes in words, sets joined, yes and no."""
    if value is None:
        return ""
    if field in ("state", "suspended_from"):
        return state_word(kind, str(value))
    if isinstance(value, bool):
        return say(_YES if value else _NO)
    if isinstance(value, (list, tuple, frozenset, set)):
        return "、".join(value_word(kind, field, item) for item in sorted(map(str, value)))
    if field == "due_rule":
        return words.limit(str(value))
    if (kind, field) in statistics.CLOSED:
        return statistics.say_closed(str(value))
    domain = _VALUES.get(kind, {}).get(field)
    return word(domain, str(value)) if domain else str(value)


_UNRATED: Final = QT_TRANSLATE_NOOP("domain", "未评价")
_YES: Final = QT_TRANSLATE_NOOP("domain", "是")
_NO: Final = QT_TRANSLATE_NOOP("domain", "否")
