"""One conflict: the value before, every value since with who, when and where, and the choice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from ui.context import Context
from ui.labels import field_word, kind_word, state_tag, value_word
from ui.theme import set_kind
from ui.theme.tokens import XL, XS, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, clear, column, line, row
from ui.widgets.dates import full_moment, short_moment
from ui.widgets.tag import StateTag, Tag, Tone


class ValueCard(QFrame):
    """One value that can be chosen; the whole card can be clicked, the round button takes the keyboard."""

    def __init__(self, value: str, who: str, when: str, tags: list[Tag]) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self.radio = QRadioButton()
        self.radio.setAccessibleName(f"{value} {who} {when}")
        self.radio.toggled.connect(lambda on: set_kind(self, "selected" if on else "selectable"))
        text = Label(value, "title", wrap=True)
        head = row(self.radio, text, *(StateTag(tag) for tag in tags), gap=S)
        head.setStretch(1, 1)
        about = Label(" · ".join(part for part in (who, when) if part), "small", wrap=True)
        if not (who or when):
            about.hide()
        self.setLayout(column(head, row(34, about, gap=0), gap=XS, margins=(L, M, L, M)))

    def mousePressEvent(self, event: Any) -> None:
        """Choose by a click anywhere on the card."""
        self.radio.setChecked(True)
        self.radio.setFocus()


class ConflictDetailView(Translated, QWidget):
    """Shows a conflict and takes the decision; ``decided(sentence)`` when it has been written down."""

    decided = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: Any = None
        self._title, self._where = Label(kind="headline", wrap=True), Label(kind="secondary", wrap=True)
        self._tag = StateTag()
        self._banner = Banner()
        self._open_record = Button("", "link", "arrow-right", self._go_to_record)
        self._base_name, self._base = Label(kind="small"), Label(wrap=True)
        self._values_name = Label(kind="small")
        self._cards = column(gap=S)
        self._own = QLineEdit(self)
        self._own.hide()
        self._reason_name, self._reason = Label(kind="small"), QPlainTextEdit()
        self._reason.setFixedHeight(64)
        self._reason.setTabChangesFocus(True)
        self._decide = Button("", "primary", "check", self._resolve)
        self._group = QButtonGroup(self)
        self._choices: list[int | None] = []
        self._build()
        self.retranslate()

    def show_detail(self, detail: Any) -> None:
        """Show a conflict; what had been chosen stays if it is the same one, unchanged."""
        if self._detail == detail:
            return
        self._detail = detail
        self._reason.clear()
        self._own = QLineEdit(self)
        self._own.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._reason_name.setText(self.tr("理由（会和决定一起留下）"))
        self._reason.setAccessibleName(self.tr("理由"))
        self._reason.setPlaceholderText(self.tr("例如：已电话核对"))
        self._base_name.setText(self.tr("原来的值"))
        self._values_name.setText(self.tr("后来写下的值"))
        self._open_record.setText(self.tr("打开记录"))
        if self._detail is not None:
            self._show(self._detail)

    def _build(self) -> None:
        head = row(self._title, self._tag, gap=M)
        head.setStretch(0, 1)
        about = row(self._where, self._open_record, gap=S)
        about.setStretch(0, 1)
        content = QWidget()
        content.setLayout(column(
            head, about, self._banner, line(), self._base_name, self._base, XS, self._values_name, self._cards, XS,
            self._reason_name, self._reason, None, gap=S, margins=(XL, XL, XL, M)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self._foot = QWidget()
        self._foot.setLayout(column(line(), row(self._decide, None, margins=(XL, 0, XL, M)), gap=M))
        self.setLayout(column(area, self._foot, gap=0))

    def _show(self, detail: Any) -> None:
        found = detail.row
        name = field_word(found.record_kind, found.field)
        self._title.setText(name)
        self._tag.show_tag(state_tag("conflict", found.state))
        self._where.setText(" · ".join(part for part in (kind_word(found.record_kind), found.title) if part))
        self._base.setText(self._say(detail.base))
        self._show_cards(detail)
        self._show_standing(detail)

    def _show_cards(self, detail: Any) -> None:
        clear(self._cards)
        self._group = QButtonGroup(self)
        self._choices = []
        for candidate in detail.candidates:
            self._add_card(self._candidate_card(candidate), candidate.number)
        if self._undecided(detail):
            self._add_card(self._own_card(), None)

    def _add_card(self, value: ValueCard, choice: int | None) -> None:
        self._group.addButton(value.radio, len(self._choices))
        self._choices.append(choice)
        value.radio.setVisible(self._undecided(self._detail))
        value.radio.toggled.connect(lambda _: self._show_button())
        self._cards.addWidget(value)

    def _own_card(self) -> ValueCard:
        """A card for a value that nobody has written yet; what was typed into the one before is kept."""
        own = ValueCard(self.tr("另填一个值"), "", "", [])
        self._own = QLineEdit(self._own.text())
        self._own.setAccessibleName(self.tr("另填一个值"))
        self._own.setPlaceholderText(self.tr("核对后的值"))
        self._own.textEdited.connect(lambda _: own.radio.setChecked(True))
        own.layout().addWidget(self._own)
        return own

    def _candidate_card(self, candidate: Any) -> ValueCard:
        when = datetime.fromisoformat(candidate.at)
        device = candidate.device or self.tr("设备不明")
        who = self.tr("{name}，{device}").format(
            name=candidate.user_name, device=self.tr("本机") if candidate.is_mine else device[:8])
        tags = []
        if candidate.is_current:
            tags.append(Tag(self.tr("中心现用"), Tone.INFO))
        if candidate.is_mine:
            tags.append(Tag(self.tr("本机写的"), Tone.SUCCESS))
        if candidate.differs_hidden:
            tags.append(Tag(self.tr("隐藏位不同"), Tone.WARNING))
        card = ValueCard(self._say(candidate.value), who, short_moment(when, self._context.now()), tags)
        card.setToolTip(full_moment(when))
        return card

    def _show_standing(self, detail: Any) -> None:
        undecided = self._undecided(detail)
        for widget in (self._reason_name, self._reason, self._foot):
            widget.setVisible(undecided)
        self._banner.show_text(*self._standing(detail))
        self._show_button()

    def _standing(self, detail: Any) -> tuple[str, Tone]:
        if detail.row.state == "resolved":
            return self.tr("已决定：{value}。理由：{reason}").format(
                value=self._say(detail.resolution), reason=detail.reason or self.tr("没有写")), Tone.SUCCESS
        if detail.row.pending_resolution:
            return self.tr("本机已作决定，等待送达中心。"), Tone.INFO
        if detail.proposal is not None:
            return self._proposal(detail.proposal), Tone.WARNING
        if detail.four_eyes:
            return self.tr("这一项要由两个人决定：一人提出，另一人确认。"), Tone.INFO
        if not self._context.may("conflict.resolve"):
            return self.tr("您的账号不能决定冲突，请找窗口工作人员或站长。"), Tone.INFO
        return "", Tone.INFO

    def _proposal(self, proposal: Any) -> str:
        value = self._say(proposal.value)
        if proposal.by_me:
            return self.tr("您已提出改为“{value}”，等另一位同事确认。").format(value=value)
        return self.tr("{name} 提出改为“{value}”。同意就选这个值确认，不同意就另选。").format(
            name=proposal.user_name, value=value)

    def _undecided(self, detail: Any) -> bool:
        return bool(detail is not None and detail.row.state != "resolved" and not detail.row.pending_resolution
                    and self._context.may("conflict.resolve"))

    def _show_button(self) -> None:
        chosen = self._group.checkedId()
        self._decide.setEnabled(chosen >= 0)
        detail = self._detail
        confirms = detail is not None and detail.proposal is not None and chosen >= 0 and (
            self._choices[chosen] is not None
            and detail.candidates[self._choices[chosen]].value == detail.proposal.value)
        if confirms:
            self._decide.setText(self.tr("确认这个值"))
        else:
            self._decide.setText(self.tr("提出这个值") if detail is not None and detail.four_eyes
                                 else self.tr("用这个值"))

    def _resolve(self) -> None:
        from zzdesk.desk.commands import resolve

        chosen = self._choices[self._group.checkedId()]
        reason = self._reason.toPlainText().strip() or None
        choice: dict[str, Any] = {"candidate": chosen}
        if chosen is None:
            choice = {"values": {self._detail.row.field: self._own.text().strip() or None}}
        self._decide.setEnabled(False)
        self._context.runner.write(resolve, self._detail.row.id, reason=reason, **choice,
                                   on_done=lambda _: self._done(), on_error=self._refused)

    def _done(self) -> None:
        proposed = self._detail.four_eyes and self._detail.proposal is None
        self._detail = None
        self.decided.emit(self.tr("已提出，等另一位同事确认。") if proposed else self.tr("已决定，会随下次同步送达。"))

    def _refused(self, error: Any) -> None:
        self._decide.setEnabled(True)
        self._banner.show_text(error.text(), Tone.DANGER)

    def _go_to_record(self) -> None:
        from ui.search_palette import page_of

        self._context.navigate(page_of(self._detail.row.record_kind), self._detail.row.record_id)

    def _say(self, value: Any) -> str:
        if value is None:
            return QCoreApplication.translate("ConflictDetailView", "（空）")
        found = self._detail.row
        return value_word(found.record_kind, found.field, value)
