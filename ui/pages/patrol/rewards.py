"""积分兑换: what points are exchanged for, how much is left, and who asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import action_word, field_word, state_tag, word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.patrol.records import Loaded, PatrolDetailView, PatrolRecords, RecordPicker, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined, short_number
from ui.pages.work_detail import WorkDetail, reason_field
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, Words, clear, column
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import IntegerField, LongTextField, TextField
from ui.widgets.header import Section
from ui.widgets.picker import Option
from ui.widgets.record_form import RecordForm
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import PatrolFilter, PlainRow, RedemptionRow

translate = QCoreApplication.translate
_TONES: Final = {"granted": Tone.SUCCESS, "out-of-stock": Tone.DANGER, "short": Tone.DANGER}


def _name(field: str) -> Words:
    return lambda: field_word("reward", field)


class RewardForm(RecordForm):
    """Name, price, pieces."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("RewardForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self.add(TextField("name", _name("name"), required=True, limit=60))
        self.add(IntegerField("price", _name("price"), required=True),
                 IntegerField("received", _name("received"), required=True,
                              help=lambda: translate("RewardForm", "一共进过多少件；再进货时改成新的总数，只能增加")))
        self.add(LongTextField("notes", _name("notes"), lines=2))


class Redemptions(Translated, QWidget):
    """Who asked for a reward, and the buttons of the selected exchange."""

    def __init__(self, page: Page, detail: WorkDetail) -> None:
        super().__init__()
        self.page, self.context, self._detail = page, page.context, detail
        self._reward = ""
        self.head = Section()
        self.picker = RecordPicker(self.context, "volunteer", self._hint, (flow.ACTIVE,))
        self.picker.taken.connect(self._add)
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self.problem = Label(kind="problem", wrap=True)
        self.problem.hide()
        self._steps = column(gap=S)
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.picker, self.problem, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_for(self, reward_id: str, voided: bool) -> None:
        """Show the exchanges for a reward."""
        if reward_id != self._reward:
            self.problem.hide()
            self.model.set_rows(())
        self._reward = reward_id
        self.picker.setVisible(not voided and self.context.may("patrol.redeem"))
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        self.head.set_texts(self.tr("兑换记录"))
        self.picker.setAccessibleName(self.tr("兑换给谁"))
        self.picker.retranslate()
        self.list.setAccessibleName(self.head.title.text())
        self.model.retranslate()
        if self.model.rowCount():  # what an empty list said was in the other language
            self.stack.show_empty("")
            self._loaded(True)

    def _hint(self) -> str:
        return self.tr("兑换给：姓名、拼音、编号或电话尾号")

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        if self._reward:
            self.context.runner.read(queries.redemptions, self._reward, after, limit, on_done=on_page,
                                     on_error=on_error, owner=self)

    def _line(self, found: RedemptionRow) -> Line:
        asked = found.state == flow.ASKED
        tag = state_tag("redemption", found.state)
        if asked and found.standing is not None:
            tag = Tag(word("redemption_standing", found.standing), _TONES[found.standing])
        waits = self.tr("已申请，联网后确认") if asked and found.standing is None else ""
        text = waits or joined(short_moment(found.created_at, self.context.now()), self.tr("{n} 分").format(n=found.price))
        return Line(joined(found.volunteer, short_number(found.number)), text, tag)

    def _loaded(self, some: bool) -> None:
        if not some:
            self._show_steps(None)
            self.stack.show_empty(self.tr("还没有人兑换"), icon="star")
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_steps(self.model.row(self.list.currentIndex()))

    def _show_steps(self, found: RedemptionRow | None) -> None:
        clear(self._steps)
        if found is None or found.voided or not self.context.may("patrol.redeem"):
            return
        arrows = [arrow.action for arrow in flow.REDEMPTION.leaving(found.state)]
        if found.standing != "granted":
            arrows = [action for action in arrows if action != "hand-over"]
        if found.standing in ("out-of-stock", "short"):
            arrows = []
        for number, action in enumerate(arrows):
            kind = "primary" if not number and action == "hand-over" else ""
            self._steps.addWidget(Button(action_word("redemption", action), kind,
                                         on_click=lambda action=action: self.perform(found, action)))

    def perform(self, found: RedemptionRow, action: str) -> None:
        """Hand a piece over, or call the exchange off with a reason."""
        if action == "hand-over":
            self._act(found, action, None, self._say)
            return
        form = RecordForm(lambda: action_word("redemption", action), leave=lambda: self.tr("返回"),
                          key=f"redemption/{found.id}/{action}", drafts=self.context.drafts)
        form.add(reason_field(lambda: field_word("*", "reason")))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._act(found, action, values["reason"], form.show_error, self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: f"{found.volunteer}：{action_word('redemption', action)}")
        form.open()

    def _act(self, found: RedemptionRow, action: str, reason: str | None, on_error: Callable[[KnownError], None],
             then: Callable[[], None] | None = None) -> None:
        said = self.tr("{action}，已保存在本机").format(action=action_word("redemption", action))
        self.problem.hide()
        self._detail.do(commands.act_redemption, found.id, action, {}, reason, said=said, on_error=on_error, then=then)

    def _add(self, option: Option) -> None:
        self.picker.show_option(None)
        self.problem.hide()
        fields = {"reward_id": self._reward, "volunteer_id": option.value}
        self._detail.do(commands.redeem, fields, on_error=self._say,
                        said=self.tr("{name}：已申请，联网后确认").format(name=option.title))

    def _say(self, error: KnownError) -> None:
        self.problem.setText(error.text())
        self.problem.show()


class RewardDetail(PatrolDetailView):
    """One reward and who asked for it."""

    kind = "reward"
    right = "patrol.reward.edit"
    order = ("received", "given", "notes", "void_reason", "created_by", "created_at")

    def __init__(self, page: Page) -> None:
        self.exchanges = Redemptions(page, self)
        super().__init__(page, self.exchanges)

    def fill(self, found: Loaded) -> None:
        """Show the reward and the exchanges."""
        super().fill(found)
        self.exchanges.show_for(self.record_id, found.voided)

    def title(self, fields: dict[str, Any]) -> str:
        """Return its name."""
        return str(fields["name"])

    def tags(self, found: Loaded) -> list[Tag]:
        """Say what it costs."""
        price = Tag(self.tr("{n} 分").format(n=found.detail.fields["price"]))
        return [Tag(self.tr("已作废"), Tone.DANGER), price] if found.voided else [price]

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """What is left first."""
        fields = found.detail.fields
        left = max(0, int(fields.get("received") or 0) - int(fields.get("given") or 0))
        return [Fact(self.tr("现有库存"), self.tr("{n} 件").format(n=left)), *super().shown_facts(found)]

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of rewards."""
        return commands.edit_reward

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct a reward, or add to its stock."""
        fields = found.detail.fields | found.detail.written
        return RewardForm(self.context, lambda: self.tr("保存修改"), f"reward/{self.record_id}/edit", lambda: fields)


class RewardRecords(PatrolRecords):
    """Rewards, newest first."""

    kind, memory = "reward", "rewards"

    def list_query(self) -> Callable[..., Any]:
        """The list of rewards."""

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_plain(read, "reward", wanted, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return RewardDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new reward."""
        form = RewardForm(self.context, lambda: self.tr("添加礼品"), "reward/new", dict)
        return pane(form, lambda: self.tr("添加礼品"), lambda form: self.register(
            commands.register_reward, form, form.values(), self.tr("已保存在本机，尚未送达中心。")))

    def line(self, found: PlainRow) -> Line:
        """Name, price, what is left."""
        price, _, left = found.text.partition("/")
        tag = Tag(self.tr("可兑 {n} 件").format(n=left), Tone.NEUTRAL if left != "0" else Tone.WARNING)
        return Line(found.title, self.tr("{n} 分").format(n=price), tag, short_moment(found.created_at, self.context.now()))

    def chip_words(self) -> list[tuple[str, str]]:
        """All, and void ones."""
        return [("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("还没有礼品"), self.tr("写明所需积分和数量，志愿者就能用积分兑换。"), self.tr("添加礼品"), "star")

    def may_create(self) -> bool:
        """Whether the person may offer rewards."""
        return self.context.may("patrol.reward.edit")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜礼品名称或拼音首字母（/）"))


def make(page: Page) -> RewardRecords:
    """Return the list."""
    return RewardRecords(page)
