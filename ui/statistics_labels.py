"""Codes and fields of statistics and subsidy of mediation, in words (see ``ui.labels``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.widgets.tag import Tone

KINDS: Final[dict[str, str]] = {
    "prevention": QT_TRANSLATE_NOOP("domain", "纠纷排查"),
    "month_close": QT_TRANSLATE_NOOP("domain", "月结"),
    "subsidy_rule": QT_TRANSLATE_NOOP("domain", "补贴标准"),
    "subsidy_sheet": QT_TRANSLATE_NOOP("domain", "补贴表"),
    "subsidy_item": QT_TRANSLATE_NOOP("domain", "补贴案件"),
}

WORDS: Final[dict[str, dict[str, str]]] = {
    "month_basis": {
        "acceptance": QT_TRANSLATE_NOOP("domain", "按受理月份"),
        "closing": QT_TRANSLATE_NOOP("domain", "按结束月份"),
    },
    "subsidy_level": {
        "simple": QT_TRANSLATE_NOOP("domain", "简易"),
        "normal": QT_TRANSLATE_NOOP("domain", "一般"),
        "hard": QT_TRANSLATE_NOOP("domain", "疑难"),
    },
    "subsidy_form": {
        "written": QT_TRANSLATE_NOOP("domain", "书面协议"),
        "oral": QT_TRANSLATE_NOOP("domain", "口头协议"),
    },
}

STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "subsidy_sheet": {
        "draft": (QT_TRANSLATE_NOOP("domain", "草稿"), Tone.NEUTRAL),
        "submitted": (QT_TRANSLATE_NOOP("domain", "待审批"), Tone.WARNING),
        "approved": (QT_TRANSLATE_NOOP("domain", "已审批"), Tone.SUCCESS),
    },
}

ACTIONS: Final[dict[str, dict[str, str]]] = {
    "subsidy_sheet": {
        "submit": QT_TRANSLATE_NOOP("domain", "提交审批"),
        "approve": QT_TRANSLATE_NOOP("domain", "审批通过"),
        "return": QT_TRANSLATE_NOOP("domain", "退回"),
    },
}

VALUES: Final[dict[str, dict[str, str]]] = {
    "month_close": {"basis": "month_basis"},
    "subsidy_rule": {"level": "subsidy_level", "form": "subsidy_form"},
    "subsidy_item": {"level": "subsidy_level", "form": "subsidy_form"},
}

FIELDS: Final[dict[str, dict[str, str]]] = {
    "prevention": {
        "happened_on": QT_TRANSLATE_NOOP("domain", "排查日期"),
        "checks": QT_TRANSLATE_NOOP("domain", "排查次数"),
        "found": QT_TRANSLATE_NOOP("domain", "发现纠纷"),
        "prevented": QT_TRANSLATE_NOOP("domain", "预防纠纷"),
        "note": QT_TRANSLATE_NOOP("domain", "备注"),
    },
    "month_close": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"),
        "basis": QT_TRANSLATE_NOOP("domain", "口径"),
        "month": QT_TRANSLATE_NOOP("domain", "月份"),
        "record": QT_TRANSLATE_NOOP("domain", "月结内容"),
    },
    "subsidy_rule": {
        "station": QT_TRANSLATE_NOOP("domain", "站点"),
        "level": QT_TRANSLATE_NOOP("domain", "案件难易"),
        "form": QT_TRANSLATE_NOOP("domain", "协议形式"),
        "from_day": QT_TRANSLATE_NOOP("domain", "起算日"),
        "amount": QT_TRANSLATE_NOOP("domain", "每件补贴（元）"),
        "basis": QT_TRANSLATE_NOOP("domain", "依据文号"),
    },
    "subsidy_sheet": {
        "name": QT_TRANSLATE_NOOP("domain", "补贴表"),
        "station": QT_TRANSLATE_NOOP("domain", "站点"),
        "month": QT_TRANSLATE_NOOP("domain", "月份"),
        "mediator_id": QT_TRANSLATE_NOOP("domain", "调解员"),
        "total": QT_TRANSLATE_NOOP("domain", "合计（元）"),
        "drawn_by": QT_TRANSLATE_NOOP("domain", "制表人"),
        "drawn_at": QT_TRANSLATE_NOOP("domain", "提交时间"),
        "approved_by": QT_TRANSLATE_NOOP("domain", "审批人"),
        "approved_at": QT_TRANSLATE_NOOP("domain", "审批时间"),
        "reason": QT_TRANSLATE_NOOP("domain", "退回理由"),
    },
    "subsidy_item": {
        "subsidy_sheet_id": QT_TRANSLATE_NOOP("domain", "所在补贴表"),
        "case_id": QT_TRANSLATE_NOOP("domain", "案件"),
        "level": QT_TRANSLATE_NOOP("domain", "案件难易"),
        "form": QT_TRANSLATE_NOOP("domain", "协议形式"),
        "amount": QT_TRANSLATE_NOOP("domain", "补贴（元）"),
        "rule_id": QT_TRANSLATE_NOOP("domain", "所依标准"),
    },
}

MORE_FIELDS: Final[dict[str, dict[str, str]]] = {
    "case": {
        "prevented": QT_TRANSLATE_NOOP("domain", "防止的后果"),
        "prevented_people": QT_TRANSLATE_NOOP("domain", "涉及人数（防止）"),
    },
}


CLOSED: Final = (("month_close", "record"), ("job_month", "record"))


def say_closed(text: str) -> str:
    """Return a closed month in a line: the sentence at its head, and the beginning of the hash at its end."""
    first, _, rest = text.partition("\n")
    return f"{first} · {rest.rpartition(' ')[2][:12]}" if rest else first
