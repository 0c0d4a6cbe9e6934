"""Codes said in words: kinds, states, categories, fields. Data keeps codes; only the windows speak."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.widgets.tag import Tag, Tone

_KINDS: Final = {
    "report": QT_TRANSLATE_NOOP("words", "事件"),
    "step": QT_TRANSLATE_NOOP("words", "事件步骤"),
    "attachment": QT_TRANSLATE_NOOP("words", "附件"),
    "employer": QT_TRANSLATE_NOOP("words", "用工单位"),
    "posting": QT_TRANSLATE_NOOP("words", "用工信息"),
    "worker": QT_TRANSLATE_NOOP("words", "零工人员"),
    "application": QT_TRANSLATE_NOOP("words", "报名"),
    "case": QT_TRANSLATE_NOOP("words", "调解案件"),
    "party": QT_TRANSLATE_NOOP("words", "当事人"),
    "session": QT_TRANSLATE_NOOP("words", "调解记录"),
    "agreement": QT_TRANSLATE_NOOP("words", "调解协议"),
    "person": QT_TRANSLATE_NOOP("words", "居民"),
    "account": QT_TRANSLATE_NOOP("words", "账号"),
    "conflict": QT_TRANSLATE_NOOP("words", "冲突"),
}

_STATES: Final[dict[str, dict[str, tuple[str, Tone]]]] = {
    "report": {
        "registered": (QT_TRANSLATE_NOOP("words", "已登记"), Tone.INFO),
        "verifying": (QT_TRANSLATE_NOOP("words", "待核实"), Tone.WARNING),
        "dispatching": (QT_TRANSLATE_NOOP("words", "待派遣"), Tone.WARNING),
        "handling": (QT_TRANSLATE_NOOP("words", "处置中"), Tone.INFO),
        "feedback": (QT_TRANSLATE_NOOP("words", "待反馈"), Tone.WARNING),
        "evaluating": (QT_TRANSLATE_NOOP("words", "待评价"), Tone.INFO),
        "closed": (QT_TRANSLATE_NOOP("words", "已办结"), Tone.SUCCESS),
        "archived": (QT_TRANSLATE_NOOP("words", "已归档"), Tone.NEUTRAL),
        "referred": (QT_TRANSLATE_NOOP("words", "已转出"), Tone.NEUTRAL),
    },
    "conflict": {
        "open": (QT_TRANSLATE_NOOP("words", "待决定"), Tone.WARNING),
        "proposed": (QT_TRANSLATE_NOOP("words", "待第二人确认"), Tone.INFO),
        "resolved": (QT_TRANSLATE_NOOP("words", "已解决"), Tone.SUCCESS),
    },
}


def _say(text: str) -> str:
    return QCoreApplication.translate("words", text)


def kind_word(kind: str) -> str:
    """Return the name of a kind of record; a kind of a newer program is shown by its code."""
    return _say(_KINDS[kind]) if kind in _KINDS else kind


def state_tag(kind: str, state: str) -> Tag:
    """Return a state as a coloured word; an unknown state is shown by its code, in grey."""
    word, tone = _STATES.get(kind, {}).get(state, (state, Tone.NEUTRAL))
    return Tag(_say(word), tone)
