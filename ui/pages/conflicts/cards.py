"""Cards of values that can be chosen: what somebody wrote, everything together, or a value of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QRadioButton

from ui.context import Context
from ui.theme import set_kind
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Label, column, row
from ui.widgets.dates import full_moment, short_moment
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate
SKEW_MS: Final = 60_000
"""A clock that is off by less is not worth a word."""
LONG = 60
"""A longer value is a text to read, not a headline."""


class ValueCard(QFrame):
    """One value that can be chosen; the whole card can be clicked, the round button takes the keyboard."""

    def __init__(self, value: str, who: str, when: str, tags: list[Tag]) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self._about = f"{who} {when}".strip()
        self.radio = QRadioButton()
        self.radio.toggled.connect(lambda on: set_kind(self, "selected" if on else "selectable"))
        self.text = Label(value, "title" if len(value) <= LONG else "", wrap=True)
        head = row(self.radio, self.text, *(StateTag(tag) for tag in tags), gap=S)
        head.setStretch(1, 1)
        about = Label(" · ".join(part for part in (who, when) if part), "small", wrap=True)
        if not (who or when):
            about.hide()
        self.setLayout(column(head, row(34, about, gap=0), gap=XS, margins=(L, M, L, M)))
        self.show_value(value)

    def show_value(self, value: str) -> None:
        """Show the value, covered or not."""
        self.text.setText(value)
        self.radio.setAccessibleName(f"{value} {self._about}".strip())

    def mousePressEvent(self, event: Any) -> None:
        """Choose by a click anywhere on the card."""
        self.radio.setChecked(True)
        self.radio.setFocus()


def candidate_card(context: Context, candidate: Any, value: str) -> ValueCard:
    """Return the card of what somebody wrote: who, on which machine, when, and where it stands."""
    when = datetime.fromisoformat(candidate.at)
    device = candidate.device or translate("ConflictDetailView", "设备不明")
    who = translate("ConflictDetailView", "{name}，{device}").format(
        name=candidate.user_name, device=translate("ConflictDetailView", "本机") if candidate.is_mine else device[:8])
    tags = []
    if candidate.is_current:
        tags.append(Tag(translate("ConflictDetailView", "中心现用"), Tone.INFO))
    if candidate.is_mine:
        tags.append(Tag(translate("ConflictDetailView", "本机写的"), Tone.SUCCESS))
    if candidate.differs_hidden:
        tags.append(Tag(translate("ConflictDetailView", "隐藏位不同"), Tone.WARNING))
    written = " · ".join(part for part in (short_moment(when, context.now()), skew_words(candidate.skew_ms)) if part)
    card = ValueCard(value, who, written, tags)
    card.setToolTip(full_moment(when))
    return card


def skew_words(skew_ms: int | None) -> str:
    """Say by how much the clock was off that gave the time beside it; nothing where it was right."""
    if skew_ms is None or abs(skew_ms) < SKEW_MS:
        return ""
    minutes = round(abs(skew_ms) / 60_000)
    fast = translate("ConflictDetailView", "▲ 那台设备的时钟快 {n} 分钟")
    return (fast if skew_ms > 0 else translate("ConflictDetailView", "▲ 那台设备的时钟慢 {n} 分钟")).format(n=minutes)


def combine_card() -> ValueCard:
    """Return the card that lets everything stand."""
    return ValueCard(translate("ConflictDetailView", "合在一起"),
                     translate("ConflictDetailView", "每个人写的都保留：文字前后相接，多选项全部留下。"), "", [])


def due_tag(found: Any, now: datetime) -> Tag | None:
    """Return until when somebody should decide; None where it is decided or no day was set."""
    if found.due is None or found.state == "resolved":
        return None
    if found.overdue:
        return Tag(translate("ConflictDetailView", "已超期，{when}").format(when=short_moment(found.due, now)), Tone.DANGER)
    return Tag(translate("ConflictDetailView", "{when} 前决定").format(when=short_moment(found.due, now)))
