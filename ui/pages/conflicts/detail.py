"""One conflict: the value before, every value since with who, when and where, and the choice."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QScrollArea, QWidget

from ui.context import Context
from ui.labels import field_word, kind_word, state_tag, value_word
from ui.pages.conflicts.cards import ValueCard, candidate_card, combine_card, due_tag
from ui.pages.conflicts.standing import allowed, owner_words, standing, told
from ui.pages.plain_fields import plain_field
from ui.pages.values import joined
from ui.theme.tokens import XL, XS, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, clear, column, line, row
from ui.widgets.dialogs import ask_reason
from ui.widgets.fields import Field
from ui.widgets.masked import SHOWN_MS
from ui.widgets.tag import StateTag, Tone
from zzdesk.desk.queries import DUPLICATE

COMBINE: Final = "combine"
OWN: Final = "own"


class ConflictDetailView(Translated, QWidget):
    """Shows a conflict and takes the decision; ``decided(sentence)`` when it has been written down."""

    decided = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: Any = None
        self._values: Any = None
        self._title, self._where = Label(kind="headline", wrap=True), Label(kind="secondary", wrap=True)
        self._tag, self._due = StateTag(), StateTag()
        self.owner, self._banner = Label(kind="small", wrap=True), Banner()
        self._open_record = Button("", "link", "arrow-right", self._go_to_record)
        self._reveal = Button("", "link", "eye", self._ask_to_see)
        self._base_name, self._base = Label(kind="small"), Label(wrap=True)
        self._values_name = Label(kind="small")
        self._cards = column(gap=S)
        self._own_field: Field | None = None
        self._reason_name, self._reason = Label(kind="small"), QPlainTextEdit()
        self._reason.setFixedHeight(64)
        self._reason.setTabChangesFocus(True)
        self._decide = Button("", "primary", "check", self._resolve)
        self._undo = Button("", "", "undo-2", self._take_back)
        self._group = QButtonGroup(self)
        self._choices: list[int | str] = []
        self._shown_cards: list[ValueCard] = []
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(SHOWN_MS)
        self._cover.timeout.connect(self.cover)
        self._build()
        self.retranslate()

    def show_detail(self, detail: Any) -> None:
        """Show a conflict; what had been chosen stays if it is the same one, unchanged."""
        if self._detail == detail:
            return
        self._detail = detail
        self._reason.clear()
        self._own_field = None
        self.cover()
        self.retranslate()

    def cover(self) -> None:
        """Cover what had been uncovered."""
        self._cover.stop()
        self._values = None
        if self._detail is not None and self._shown_cards:
            self._say_values()

    def first_focus(self) -> None:
        """Put the cursor on the first value."""
        if self._shown_cards:
            self._shown_cards[0].radio.setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        self._reason_name.setText(self.tr("理由（会和决定一起留下）"))
        self._reason.setAccessibleName(self.tr("理由"))
        self._reason.setPlaceholderText(self.tr("例如：已电话核对"))
        self._base_name.setText(self.tr("原来的值"))
        self._open_record.setText(self.tr("打开记录"))
        self._reveal.setText(self.tr("查看完整内容"))
        self._undo.setText(self.tr("撤销决定…"))
        if self._detail is not None:
            self._show(self._detail)

    @property
    def _own(self) -> Any:
        """The control that a value of one's own is written into."""
        return self._own_field.control if self._own_field is not None else None

    def _build(self) -> None:
        head = row(self._title, self._due, self._tag, gap=S)
        head.setStretch(0, 1)
        about = row(self._where, self._open_record, gap=S)
        about.setStretch(0, 1)
        before = row(self._base_name, None, self._reveal, gap=S)
        content = QWidget()
        content.setLayout(column(
            head, about, self.owner, self._banner, line(), before, self._base, XS, self._values_name, self._cards, XS,
            self._reason_name, self._reason, None, gap=S, margins=(XL, XL, XL, M)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self._foot = QWidget()
        self._foot.setLayout(column(line(), row(self._decide, self._undo, None, gap=S, margins=(XL, 0, XL, M)), gap=M))
        self.setLayout(column(area, self._foot, gap=0))

    # ---- what is shown ---------------------------------------------------------------------------------------

    def _show(self, detail: Any) -> None:
        found, now = detail.row, self._context.now()
        asks = found.policy == DUPLICATE
        self._title.setText(self.tr("是不是同一个人？") if asks else field_word(found.record_kind, found.field))
        self._values_name.setText(self.tr("两条记录的号码相同") if asks else self.tr("后来写下的值"))
        for part in (self._base_name, self._base):
            part.setVisible(not asks)
        self._tag.show_tag(state_tag("conflict", found.state))
        self._due.show_tag(due_tag(found, now))
        self._where.setText(joined(kind_word(found.record_kind), found.title))
        self.owner.setText(owner_words(found))
        self.owner.setVisible(bool(self.owner.text()))
        self._show_cards(detail)
        self._say_values()
        self._show_standing(detail)

    def _show_cards(self, detail: Any) -> None:
        kept = self._own_field.value() if self._own_field is not None else None
        clear(self._cards)
        self._group = QButtonGroup(self)
        self._choices, self._shown_cards = [], []
        for candidate in detail.candidates:
            self._add_card(candidate_card(self._context, candidate, ""), candidate.number)
        if not self._undecided(detail):
            return
        if detail.can_combine:
            self._add_card(combine_card(), COMBINE)
        if detail.row.policy != DUPLICATE:
            self._add_card(self._own_card(detail, kept), OWN)

    def _add_card(self, value: ValueCard, choice: int | str) -> None:
        self._group.addButton(value.radio, len(self._choices))
        self._choices.append(choice)
        self._shown_cards.append(value)
        value.radio.setVisible(self._undecided(self._detail))
        value.radio.toggled.connect(lambda _: self._show_button())
        self._cards.addWidget(value)

    def _own_card(self, detail: Any, kept: Any) -> ValueCard:
        """A card for a value that nobody has written yet; what was typed into the one before is kept."""
        own = ValueCard(self.tr("另填一个值"), "", "", [])
        field = plain_field(detail.row.record_kind, detail.row.field, detail.json_type, detail.choices,
                            label=lambda: self.tr("另填一个值"))
        field.label.hide()
        field.set_value(kept)
        field.edited.connect(lambda: own.radio.setChecked(True))
        self._own_field = field
        own.layout().addWidget(field)
        return own

    def _say_values(self) -> None:
        """Say the value before and every candidate's, covered unless they have just been uncovered."""
        detail = self._detail
        whole = self._values
        base = whole.base if whole is not None else detail.base
        values = whole.candidates if whole is not None else [candidate.value for candidate in detail.candidates]
        self._base.setText(self._say(base))
        for card, value in zip(self._shown_cards, values, strict=False):
            card.show_value(self._say(value))
        covered = any("*" in self._say(value) for value in (detail.base, *(c.value for c in detail.candidates)))
        covered = covered and detail.row.policy != DUPLICATE
        self._reveal.setVisible(covered and whole is None and self._context.may("person.reveal"))

    def _show_standing(self, detail: Any) -> None:
        undecided = self._undecided(detail)
        for widget in (self._reason_name, self._reason, self._decide):
            widget.setVisible(undecided)
        self._undo.setVisible(detail.can_undo and self._context.may("conflict.resolve"))
        self._foot.setVisible(undecided or not self._undo.isHidden())
        self._banner.show_text(*standing(detail, self._say, self._context))
        self._show_button()

    def _undecided(self, detail: Any) -> bool:
        return bool(detail is not None and detail.row.state != "resolved" and not detail.row.pending_resolution
                    and allowed(self._context))

    def _show_button(self) -> None:
        at = self._group.checkedId()
        chosen = self._choices[at] if at >= 0 else None
        self._decide.setEnabled(chosen is not None)
        detail = self._detail
        confirms = detail is not None and detail.proposal is not None and isinstance(chosen, int) and (
            detail.candidates[chosen].value == detail.proposal.value)
        if confirms:
            self._decide.setText(self.tr("确认这个值"))
        else:
            self._decide.setText(self.tr("提出这个值") if detail is not None and detail.four_eyes
                                 else self.tr("用这个值"))

    # ---- what is done ----------------------------------------------------------------------------------------

    def _resolve(self) -> None:
        from zzdesk.desk.commands import resolve

        chosen = self._choices[self._group.checkedId()]
        reason = self._reason.toPlainText().strip() or None
        choice: dict[str, Any] = {"candidate": chosen}
        if chosen == OWN:
            assert self._own_field is not None
            choice = {"values": {self._detail.row.field: self._own_field.value()}}
        elif chosen == COMBINE:
            choice = {"combine": True}
        self._decide.setEnabled(False)
        self._context.runner.write(resolve, self._detail.row.id, reason=reason, **choice,
                                   on_done=lambda _: self._done(), on_error=self._refused)

    def _done(self) -> None:
        proposed = self._detail.four_eyes and self._detail.proposal is None
        self._detail = None
        self.decided.emit(self.tr("已提出，等另一位同事确认。") if proposed else self.tr("已决定，会随下次同步送达。"))

    def _take_back(self) -> None:
        from zzdesk.desk.commands import undo

        text = self.tr("冲突重新打开，原来的决定也留着可查。")
        if self._detail.written_since:
            text = self.tr("决定之后这一项又改过，撤销会盖住后来的改动。")
        elif self._detail.four_eyes:
            text = self.tr("两个人定下的，要两个人撤销：您提出，另一位同事确认后才生效。")
        alone = self._detail.written_since or not self._detail.four_eyes
        said = self.tr("已撤销，会随下次同步送达。") if alone else self.tr("已提出，等另一位同事确认。")
        why = ask_reason(self, self.tr("撤销这个决定"), text, self.tr("撤销"), danger=self._detail.written_since)
        if why:
            self._context.runner.write(
                undo, self._detail.row.id, why, over_later=self._detail.written_since, on_error=self._refused,
                on_done=lambda _: self.decided.emit(said))

    def _ask_to_see(self) -> None:
        from zzdesk.desk.conflict_values import reveal_values, revealed_values

        conflict_id, runner = self._detail.row.id, self._context.runner
        why = ask_reason(self, self.tr("查看完整内容"), told(), self.tr("查看"))
        if why:
            runner.write(reveal_values, conflict_id, why, on_error=self._refused, on_done=lambda _: runner.read(
                revealed_values, conflict_id, on_done=lambda found: self._uncover(conflict_id, found),
                on_error=self._refused, owner=self))

    def _uncover(self, conflict_id: str, found: Any) -> None:
        if self._detail is not None and self._detail.row.id == conflict_id:
            self._values = found
            self._cover.start()
            self._say_values()

    def _refused(self, error: Any) -> None:
        self._show_button()
        self._banner.show_text(error.text(), Tone.DANGER)

    def _go_to_record(self) -> None:
        from ui.search_palette import page_of

        self._context.navigate(page_of(self._detail.row.record_kind), self._detail.row.record_id)

    def _say(self, value: Any) -> str:
        if self._detail.row.policy == DUPLICATE:
            return self._say_alike(value)
        if value is None:
            return QCoreApplication.translate("ConflictDetailView", "（空）")
        found = self._detail.row
        named = self._detail.alike.get(value) if isinstance(value, str) else ""
        return named or value_word(found.record_kind, found.field, value)

    def _say_alike(self, value: str | None) -> str:
        if value is None:
            return QCoreApplication.translate("ConflictDetailView", "不是同一个，两条都留着")
        other = self._detail.alike.get(value)
        if not other:
            return QCoreApplication.translate("ConflictDetailView", "和另一条是同一个（那一条不在本机）")
        return QCoreApplication.translate("ConflictDetailView", "和“{other}”是同一个").format(other=other)
