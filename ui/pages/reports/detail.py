"""One report: what it is, what comes next, and what has been done so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.labels import action_word, field_word, say_evaluation, word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.reports import loop
from ui.pages.reports.applications import Applications
from ui.pages.reports.call import LATER, CallBar, later_fields, later_note, moment_of, offers_call
from ui.pages.reports.claim import ClaimBar, claim_fields
from ui.pages.reports.due import WHY, DueBar
from ui.pages.reports.form import edit_form
from ui.pages.reports.handed import PREFIX, HandedBox, action_name, attention, order_events
from ui.pages.reports.handover import ACTIONS as HANDOVERS
from ui.pages.reports.handover import CALL_110, HANDOVER, ask_call, ask_handover, order_fields
from ui.pages.reports.loading import Loaded, load
from ui.pages.reports.matter import MatterBox, link_events, link_fields, unlink_fields
from ui.pages.reports.refusing import refusal_fields, refusal_words, ways_words
from ui.pages.reports.steps import fields_of, step_of, transfer_fields
from ui.pages.revealing import reveal_of
from ui.pages.values import joined, said
from ui.pages.work_detail import WorkDetail, reason_field, state_tags
from ui.printing.preview import offer_slip
from ui.theme.tokens import L, M, S
from ui.widgets.base import column
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import Field
from ui.widgets.header import Section
from ui.widgets.picker import PlacePicker
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from ui.widgets.timeline import Event, Timeline
from ui.widgets.typeahead import RecentPicker
from zzdesk.clock import from_iso, to_iso
from zzdesk.desk import handing, matters
from zzdesk.desk.commands import seeing
from zzdesk.errors import KnownError
from zzdesk.reports import commands
from zzdesk.reports.queries import ACCEPT, MARKS
from zzdesk.reports.workflow import CLAIM, CLAIM_ACTIONS, FROZEN, OPEN, REGISTERED, RELEASE, TAKE_OVER

ORDER: Final = (
    "description", "category", "source", "demand", "urgency", "happened_at", "address", "grid", "people_count", "tags",
    "handler_unit", "assist_units", "suspended_until", "referred_to", "referred_target", "closing", "external_system",
    "external_ref",
)
"""Fields in the order in which a report is read; who reported it comes after them."""
TRANSFER: Final = "transfer"
SLIP: Final = "slip"
AFTER_FEEDBACK: Final = ("evaluating", "closed", "archived")
_TONES: Final = {"unfounded": Tone.WARNING, "return": Tone.WARNING, "redo": Tone.DANGER, "evaluate": Tone.SUCCESS,
                 "confirm": Tone.INFO, "dispatch": Tone.INFO, "finish": Tone.SUCCESS, "archive": Tone.SUCCESS,
                 "recheck": Tone.SUCCESS, "suspend": Tone.WARNING, "abolish": Tone.DANGER, "card-yellow": Tone.WARNING,
                 "card-red": Tone.DANGER, "approve-delay": Tone.SUCCESS}


class ReportDetail(WorkDetail):
    """Facts at the left, timeline at the right."""

    kind = "report"

    def __init__(self, page: Page) -> None:
        self._timeline, self._past = Timeline(), Section()
        side = QWidget()
        side.setLayout(column(self._past, self._timeline, gap=S, margins=(0, M, L, M)))
        side.layout().setStretch(1, 1)
        super().__init__(page, side)
        self._loaded: Loaded | None = None
        self.claim = ClaimBar(self.start, self.context.now)
        self.applications = Applications(self.start, self.context.now)
        self.above.addWidget(self.applications)
        self.above.addWidget(self.claim)
        self.due = DueBar(self, self.start)
        self.above.addWidget(self.due)
        self.handed = HandedBox(self.start, self.context.now)
        self.above.addWidget(self.handed)
        self.call = CallBar(self.start, self.context.now)
        self.above.addWidget(self.call)
        self.matter = MatterBox(lambda record_id: page.open_target(record_id))
        self.above.addWidget(self.matter)
        self.files = Attachments(page, "report")
        self.below.addWidget(self.files)

    def query(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Ask for the report with its timeline."""
        return load, (self.record_id,)

    def fill(self, found: Loaded) -> None:
        """Show a report."""
        self._loaded = found
        row = found.detail.row
        self.head.show_record(row.number, row.title, self._tags(found), self._actions(found))
        self.applications.show_of(found)
        self.claim.show_claim(found.detail)
        self.due.show_due(found.detail)
        self.call.show_call(found.detail, may=self.context.may("report.note"))
        self.handed.show_orders(found.orders, may=self.context.may("handover.note"))
        self.files.show_of(row.id)
        self.matter.show_family(found.family, row.id, self.context.now())
        self.facts.show_facts([*loop.facts(found.detail, self.context.now()), *self._facts(found), *self._support(found),
                               *self._reporter(found), *self._ending(found)])
        events = self._events(found)
        self._past.set_texts(self.tr("办理经过"), str(len(events)))
        self._timeline.show_events(events, self.tr("办理经过"))

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if self._loaded is not None:
            self.fill(self._loaded)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def _tags(self, found: Loaded) -> list[Tag]:
        row, fields = found.detail.row, found.detail.fields
        tags = state_tags("report", row.state, row.voided)
        if row.urgency == "high":
            tags.append(Tag(word("urgency", "high"), Tone.DANGER))
        if found.earlier is not None:
            tags.append(Tag(self.tr("重复诉求"), Tone.DANGER))
        if (turn := fields.get("round")) and turn > 1:
            tags.append(Tag(self.tr("第 {round} 轮").format(round=turn), Tone.WARNING))
        if row.state in AFTER_FEEDBACK:
            tags.append(say_evaluation(row.evaluation))
        return [*tags, *attention(found.orders), *loop.tags(found.detail, self.context.now())]

    def _actions(self, found: Loaded) -> list[Action]:
        row = found.detail.row
        actions = [Action(key, action_word("report", key)) for key in found.detail.actions]
        actions += loop.more_actions(found.detail)
        if offers_call(found.detail, may=self.context.may("report.note")):
            actions.append(Action(ACCEPT, action_word("report", ACCEPT), "clock"))
        if self.context.may("report.note") and not row.voided:
            actions.append(Action("note", self.tr("补充备注"), "message-square", apart=True))
        if self.context.may("report.edit") and not row.voided and row.state not in FROZEN:
            actions.append(Action("edit", self.tr("修改登记内容"), "pencil"))
        if not row.voided:
            actions.append(Action(SLIP, self.tr("打印告知单…") if row.state == "refused" else self.tr("打印回执…"), "printer"))
        if self.context.may("report.link") and not row.voided:
            actions.append(Action("link", action_word("report", "link") + "…", "git-compare"))
            if len(found.family.members) > 1:
                actions.append(Action("unlink", action_word("report", "unlink") + "…", "undo-2"))
        if self.context.may("handover.send") and not row.voided and row.state in (*OPEN, "referred"):
            actions.append(Action(HANDOVER, action_word("report", HANDOVER) + "…", "send"))
            actions.append(Action(CALL_110, action_word("report", CALL_110) + "…", "phone"))
        if self.context.may("report.transfer") and not row.voided and row.state in OPEN:
            actions.append(Action(TRANSFER, action_word("report", TRANSFER), "arrow-left-right"))
        if self.context.may("report.close"):
            if row.voided:
                actions.append(Action("unvoid", self.tr("恢复这件事件"), "undo-2", apart=True))
            elif row.state == REGISTERED:
                actions.append(Action("void", self.tr("作废"), "trash-2", apart=True))
        return actions

    def _facts(self, found: Loaded) -> list[Fact]:
        fields, now = found.detail.fields, self.context.now()
        ended = found.detail.row.state in ("feedback", *AFTER_FEEDBACK)
        names = [name for name in ORDER if ended or name != "closing"]
        hidden = {name for name in found.detail.hidden if "*" in str(fields.get(name))}
        return [self._covered(name, fields.get(name)) if name in hidden else
                Fact(field_word("report", name), said("report", name, fields.get(name), now)) for name in names]

    def _support(self, found: Loaded) -> list[Fact]:
        """Everybody who is behind the matter of a lead: who said so, and who reported it again."""
        if found.family.lead_id != found.detail.row.id:
            return []
        count = int(found.detail.fields.get("support_count") or 0) + max(0, len(found.family.members) - 1)
        return [Fact(field_word("report", "support_count"), str(count))] if count else []

    def _reporter(self, found: Loaded) -> list[Fact]:
        fields = found.detail.fields
        title = field_word("report", "reporter_name")
        if fields.get("anonymous"):
            return [Fact(title, self.tr("匿名反映"))]
        facts = []
        if found.reporter is not None:
            facts.append(Fact(title, joined(found.reporter.name, found.reporter.phone)))
        for name in ("reporter_name", "reporter_phone"):
            facts.append(self._covered(name, fields.get(name)))
        if fields.get("name_hidden"):
            facts.append(Fact(field_word("report", "name_hidden"), self.tr("要求保密，派遣和反馈时不透露是谁反映的")))
        return facts

    def _covered(self, name: str, masked: str | None) -> Fact:
        return Fact(field_word("report", name), masked or "", reveal_of(self.page, self, "report", self.record_id, name),
                    True)

    def _ending(self, found: Loaded) -> list[Fact]:
        row, fields = found.detail.row, found.detail.fields
        facts = []
        if found.earlier is not None:
            facts.append(Fact(field_word("report", "repeat_of"), joined(found.earlier.number, found.earlier.title)))
        if row.state == "refused":
            facts.append(Fact(field_word("report", "refusal_reason"), refusal_words(fields)))
            facts.append(Fact(field_word("report", "refusal_ways"), ways_words(fields)))
        if row.state in AFTER_FEEDBACK:
            facts.append(Fact(field_word("report", "evaluation"), say_evaluation(row.evaluation).text))
        if row.voided:
            facts.append(Fact(field_word("report", "void_reason"), str(fields.get("void_reason", ""))))
        return facts

    def _events(self, found: Loaded) -> list[Event]:
        now, fields = self.context.now(), found.detail.fields
        dated = [
            (step.created_at, Event(self._step_word(step), short_moment(step.happened_at or step.created_at, now),
                                    found.name_of(step.created_by), self._note(step), _TONES.get(step.action, Tone.NEUTRAL)))
            for step in found.detail.steps
        ]
        dated += order_events(found.orders, now)
        dated += link_events(found.family, found.detail.row.id, found.name_of, now)
        events = [event for _, event in sorted(dated, key=lambda pair: pair[0])][::-1]
        born = short_moment(from_iso(str(fields["created_at"])), now)
        return [*events, Event(action_word("report", "register"), born, found.name_of(str(fields["created_by"])),
                               self.tr("来源：{source}").format(source=word("source", str(fields.get("source", "")))),
                               Tone.INFO)]

    def _step_word(self, step: Any) -> str:
        word_ = action_word("report", step.action)
        return self.tr("{step}（补充材料）").format(step=word_) if step.supplementary else word_

    def _note(self, step: Any) -> str:
        contact = joined(word("contact", step.contact_result), short_moment(step.contact_at, self.context.now()),
                         step.contact_phone)
        answer = word("evaluation", step.answer)
        parts = (answer, step.reason, step.note, contact, later_note(step, self.context.now()), *loop.note_of(step))
        return "\n".join(part for part in parts if part)

    # ---- what is done ----------------------------------------------------------------------------------------

    def start(self, action: str) -> None:
        """Begin an action; editing has a form of its own."""
        if action == "edit":
            self._edit()
        elif action == SLIP:
            offer_slip(self, self.context, self.record_id)
        elif action == WHY:
            self.due.open_why()
        elif action in HANDOVERS:
            self._begin_handover(action)
        elif action == "unvoid":
            self.do(commands.unvoid, self.record_id, self.tr("恢复办理"), said=self.tr("已恢复，可以继续办理"))
        else:
            super().start(action)

    def step_fields(self, action: str) -> Sequence[Field]:
        """Ask what the transition table asks for."""
        if action == "void":
            return [reason_field(lambda: field_word("report", "void_reason"))]
        assert self._loaded is not None
        if action.startswith(f"{PREFIX}/"):
            _, what, order_id = action.split("/", 2)
            return order_fields(what, self._order(order_id), self.context.now())
        if loop.is_mine(action):
            return loop.fields(action, self._loaded.detail, self._picker)
        if action in CLAIM_ACTIONS:
            return claim_fields(action, self._loaded.colleagues)
        if action in MARKS:
            return ()
        if action.removesuffix(LATER) in MARKS:
            return later_fields(action.removesuffix(LATER))
        if action == TRANSFER:
            return transfer_fields(self._place_picker)
        if action == "refuse":
            return refusal_fields()
        if action in ("link", "unlink"):
            return link_fields(self.context.runner, self.record_id) if action == "link" else unlink_fields()
        return fields_of(action, self._loaded.detail.row.state, self._picker, to_iso(self.context.now()))

    def _order(self, order_id: str) -> Any:
        assert self._loaded is not None
        return next(each for each in self._loaded.orders if each.id == order_id)

    def _sent_back(self) -> str | None:
        """Return the order that its partner sent back and nobody has dealt with: who takes the report back does that."""
        assert self._loaded is not None
        return next((each.id for each in self._loaded.orders if each.finished and each.state == "returned"), None)

    def step_title(self, action: str) -> str:
        """Return the heading of an action's form."""
        titles = {"note": self.tr("补充备注"), "void": self.tr("作废这件事件")}
        if action.startswith(f"{PREFIX}/"):
            _, what, order_id = action.split("/", 2)
            return action_name(what, self._order(order_id))
        return titles.get(action) or (loop.title(action) if loop.is_mine(action) else super().step_title(action))

    def finish_words(self, action: str) -> str:
        """Return what the finishing button says."""
        if action.startswith(f"{PREFIX}/"):
            return self.step_title(action)
        words = {"note": self.tr("保存备注"), "void": self.tr("作废")}
        return words.get(action) or (loop.title(action) if loop.is_mine(action) else super().finish_words(action))

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take the step."""
        number = self._loaded.detail.row.number if self._loaded else ""
        if action == "void":
            record = self.record_id
            self.do(commands.void, record, values["reason"], said=self.tr("{number} 已作废").format(number=number),
                    then=self.finished, undo=lambda: self._take_back(record))
        elif action in CLAIM_ACTIONS:
            self._about_claim(action, values)
        elif action.startswith(f"{PREFIX}/"):
            self._about_order(action, values)
        elif loop.is_mine(action):
            command, args, said = loop.done(action, self.record_id, number, values)
            self.do(command, *args, said=said, then=self.finished)
        elif (mark := action.removesuffix(LATER)) in MARKS:
            at = moment_of(values["time"], self.context.now()) if values else None
            self.do(commands.act, self.record_id, mark, {"happened_at": to_iso(at)} if at else {},
                    said=self.tr("{action}，已保存在本机").format(action=action_word("report", mark)), then=self.finished)
        elif action in ("link", "unlink"):
            self._about_link(action, values)
        elif action == handing.TAKE_BACK and (order := self._sent_back()) is not None:
            self._about_order(f"{PREFIX}/settle/{order}", {"text": values.get("note"), "reason": values.get("reason")})
        elif action == handing.REFER and values.get("referred_to") == handing.POLICE:
            self._refer_to_police(values)
        elif action == "note":
            self.do(commands.note, values | {"report_id": self.record_id}, said=self.tr("备注已保存在本机"),
                    then=self.finished)
        else:
            step, reason = step_of(action, values)
            done = self.tr("已提出转出，等中心确认") if action == TRANSFER else self.tr(
                "{number}：{action}，已保存在本机").format(number=number, action=action_word("report", action))
            self.do(commands.act, self.record_id, action, step, reason, said=done, then=self.finished,
                    undo=self._way_back(action))

    def _way_back(self, action: str) -> Callable[[], Any] | None:
        """Return what takes a step back that one may take back at once; None where that is not so."""
        if action not in ("accept", "dispatch") or self._loaded is None:
            return None
        record, fields = self.record_id, self._loaded.detail.fields
        was = {"handler_unit": fields.get("handler_unit")} if action == "dispatch" else {}
        return lambda: self.do(commands.undo, record, was, said=self.tr("已撤销"))

    def _about_claim(self, action: str, values: dict[str, Any]) -> None:
        """Ask the centre; with a line it answers at once, without one the intent waits."""
        words = {CLAIM: self.tr("已提出认领，等中心确认"), RELEASE: self.tr("已提出放弃，等中心确认"),
                 TAKE_OVER: self.tr("已提出改派，等中心确认")}

        def asked() -> None:
            self.finished()
            self.context.exchange.hurry()

        if action == TAKE_OVER:
            self.do(commands.take_over, self.record_id, values["reason"], values["claimed_by"], said=words[action], then=asked)
        else:
            self.do(commands.claim if action == CLAIM else commands.release, self.record_id, said=words[action], then=asked)

    def _begin_handover(self, action: str) -> None:
        """Ask whom it goes to (and for 110 about the call), then hand over; without a network it is kept here."""
        record, me = self.record_id, self.context.facts.name
        if action == CALL_110:
            called = ask_call(self, me, self.context.now())
            if called is not None:
                self._hand_over(called | {"report_id": record, "partner": handing.POLICE})
            return

        def asked(choices: Any) -> None:
            values = ask_handover(self, choices, me, self.context.now())
            if values is not None:
                self._hand_over(values | {"report_id": record})

        self.context.runner.read(handing.choices, record, owner=self, on_done=asked, on_error=self.refuse)

    def _refer_to_police(self, values: dict[str, Any]) -> None:
        """End this office's own part with an order for 110: the same call, the same order as a hand-over there."""
        assert self._loaded is not None
        step, reason = step_of(handing.REFER, values)
        there = next((each for each in self._loaded.orders if each.is_open and each.partner == handing.POLICE), None)
        if there is not None:  # somebody has called, and the order is on its way: only our own part ends
            self.do(commands.act, self.record_id, handing.REFER, step | {"contact_at": to_iso(there.called_at)}, reason,
                    said=self.tr("已转出，转办件早先已经发出"), then=self.finished)
            return
        why = "；".join(part for part in (reason, step.get("note")) if part)
        called = ask_call(self, self.context.facts.name, self.context.now(), why)
        if called is not None:
            self._hand_over(called | {"report_id": self.record_id, "partner": handing.POLICE, handing.REFER: True})

    def _hand_over(self, values: dict[str, Any]) -> None:
        def kept() -> None:
            self.finished()
            self.context.exchange.hurry()

        self.do(handing.hand_over, values, said=self.tr("转办件已保存在本机，同步后由中心发出"), then=kept)

    def _about_order(self, action: str, values: dict[str, Any]) -> None:
        _, what, order = action.split("/", 2)
        fields = {name: value for name, value in values.items() if name != "reason"}
        if what == "answer":
            fields = {"out_of_duty": None, "request_type": None} | fields
        self.do(handing.act, order, what, fields, values.get("reason"), then=self.finished,
                said=self.tr("{action}，已保存在本机").format(action=self.step_title(action)))

    def _about_link(self, action: str, values: dict[str, Any]) -> None:
        if action == "link":
            about = {"reason": values["reason"]} if values.get("reason") else {}
            self.do(matters.link, self.record_id, values["other"], about, then=self.finished,
                    said=self.tr("已关联，两件都保留，随时可以解除"))
        else:
            self.do(matters.unlink, self.record_id, values["reason"], then=self.finished, said=self.tr("已解除关联，经过都还在"))

    def _take_back(self, record_id: str) -> None:
        self.do(commands.unvoid, record_id, self.tr("撤销作废"), said=self.tr("已撤销作废"))

    def _edit(self) -> None:
        assert self._loaded is not None
        form = edit_form(self.context, self.record_id, self._loaded.detail.fields | self._loaded.detail.written)
        form.basis = self._loaded.detail.basis
        form.finished.connect(lambda _: self._save_edit(form))
        self.show_form(form, lambda: self.tr("修改登记内容"))
        form.open()

    def _save_edit(self, form: Any) -> None:
        from zzdesk.desk.intake import plain

        try:
            changes = plain(form.changes())
        except KnownError as error:
            form.show_error(error)
            return
        if not changes:
            self.leave_form()
            return
        form.set_busy(True)
        self.do(seeing, form.basis, commands.edit, self.record_id, changes, said=self.tr("修改已保存在本机，尚未送达中心"),
                then=self.finished)

    def _place_picker(self) -> PlacePicker:
        return PlacePicker(self.context.runner, lambda: self.tr("社区名、拼音或代码"))

    def _picker(self, field: str) -> RecentPicker:
        return RecentPicker(self.context.runner, "report", field)
