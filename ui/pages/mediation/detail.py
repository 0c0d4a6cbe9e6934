"""One case: the stub for everybody at the station, its file for the team, and for the police to read where 110 was called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.labels import action_word, codes, field_word, word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.mediation.about import facts_of
from ui.pages.mediation.agreements import Agreements
from ui.pages.mediation.correcting import CORRECT, ask_void, correct_dispute, correct_party
from ui.pages.mediation.dossier import Dossier
from ui.pages.mediation.follow import Follow
from ui.pages.mediation.follow_forms import add_record, name_agent, sign_fields, take_step
from ui.pages.mediation.forms import party_form, session_form
from ui.pages.mediation.loading import Loaded, load
from ui.pages.mediation.parties import AGENT, VOID, Parties
from ui.pages.mediation.readers import Readers, door_words
from ui.pages.mediation.sessions import Sessions
from ui.pages.reports.handover import ask_call
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail, reason_field, state_tags
from ui.theme.tokens import L, S
from ui.widgets.banner import Banner
from ui.widgets.base import column
from ui.widgets.dates import CHINA
from ui.widgets.fields import CheckField, ChoiceField, Field, MoneyField
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import to_iso
from zzdesk.desk import handing, opening
from zzdesk.desk.commands import seeing
from zzdesk.desk.following import RED, Missing, escalation
from zzdesk.errors import KnownError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import CASE, LOCKED, RUNNING, SESSION_OPEN

DANGER: Final = "danger"
TAKE_BACK: Final = "take-back-call"
READ: Final = "read"
CATEGORY, RETENTION, AMOUNT = "category", "retention", "amount"
_STUB_EDITS: Final = {CATEGORY: "case_category", RETENTION: "retention", AMOUNT: ""}
"""Edits of the stub that look like steps: the field is called as the action is."""
TABS: Final = ("about", "parties", "sessions", "agreement", "follow", "dossier")
SIGNS: Final = "signs"
_TAB_OF: Final = {"case": "about", "dispute": "about", "party": "parties", "session": "sessions", "agreement": "agreement"}


def due_tag(due: date | None, today: date, state: str) -> Tag | None:
    """Return how many days are left to mediate, while the case is running."""
    from PySide6.QtCore import QCoreApplication

    if due is None or state not in RUNNING:
        return None
    left = (due - today).days
    if left < 0:
        return Tag(QCoreApplication.translate("due", "已超 {days} 天").format(days=-left), Tone.DANGER)
    text = QCoreApplication.translate("due", "剩 {days} 天").format(days=left)
    return Tag(text, Tone.WARNING if left <= 7 else Tone.NEUTRAL)


class CaseDetail(WorkDetail):
    """Tabs for the team: what it is about, who, what was said, what was agreed.

    ``enter_room`` with the session whose room is wanted.
    """

    kind = "case"
    enter_room = Signal(str)

    def __init__(self, page: Page) -> None:
        self._loaded: Loaded | None = None
        self._stale: set[int] = set()
        self._opened = ""
        super().__init__(page)
        self._closed_door = Banner()
        self.above.addWidget(self._closed_door)
        self.files = Attachments(page, "dispute")
        self.below.addWidget(self.files)
        self.readers = Readers(page)
        self.below.addWidget(self.readers)
        self.tabs, self.room = QTabBar(), QStackedWidget()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._parts: dict[str, Any] = {}
        self._arrange()
        self.retranslate()

    @property
    def parties(self) -> Parties:
        """The parties, made when they are first looked at."""
        found: Parties = self._part("parties", lambda: Parties(self.page, self._party_step, self._add_party))
        return found

    @property
    def sessions(self) -> Sessions:
        """The sessions, made when they are first looked at."""
        found: Sessions = self._part("sessions", lambda: Sessions(self.page, self._begin_session, self.enter_room.emit,
                                                                 self._again))
        return found

    @property
    def agreements(self) -> Agreements:
        """The agreements, made when they are first looked at."""
        found: Agreements = self._part("agreement", lambda: Agreements(self.page, self._again))
        return found

    @property
    def follow(self) -> Follow:
        """What stands around sessions and agreement, made when it is first looked at."""
        found: Follow = self._part("follow", lambda: Follow(self.page, self._add_record, self._take_step, self._go_to))
        return found

    @property
    def dossier(self) -> Dossier:
        """The papers of the case, made when they are first looked at."""
        found: Dossier = self._part("dossier", lambda: Dossier(self.page))
        return found

    def show_record(self, record_id: str) -> None:
        """Opening a file stands in the audit before anything of it is shown; asking for the same one again does not."""
        if record_id == self.record_id:
            super().show_record(record_id)
            return
        self._opened = ""
        show = super().show_record
        self.context.runner.write(opening.note_opened, record_id, initiator=self.page, on_done=lambda _: show(record_id),
                                  on_error=lambda error: self._not_opened(error, record_id))

    def _not_opened(self, error: KnownError, record_id: str) -> None:
        self.stack.show_error(self.tr("打不开这条记录"), error.text(), self.tr("再试一次"), lambda: self.show_record(record_id))

    def query(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Ask for the stub, and the file where one may see it."""
        return load, (self.record_id, self._opened == self.record_id)

    def fill(self, found: Loaded) -> None:
        """Show a case."""
        fresh = self._loaded is None or self._loaded.detail.row.id != found.detail.row.id
        self._loaded = found
        self.head.show_record(found.detail.row.number, self._title(found), self._tags(found), self._actions(found))
        self.facts.show_facts(facts_of(found, self.context.now()))
        self.tabs.setVisible(found.file is not None)
        self._show_files(found)
        self.tabs.setTabVisible(TABS.index("dossier"), found.detail.row.mine)
        self.readers.show_for(found)
        row = found.detail.row
        self._closed_door.show_text(door_words(row, found.file is not None), Tone.WARNING if row.by_call else Tone.INFO)
        if found.file is None or fresh:
            self.tabs.setCurrentIndex(0)
        self._stale = set(range(1, len(TABS)))
        self._show_tab(self.tabs.currentIndex())
        self._say_tabs()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if self._loaded is not None:
            self.fill(self._loaded)

    def show_tab(self, key: str) -> None:
        """Show a part of the file."""
        self.tabs.setCurrentIndex(TABS.index(key))

    def _show_files(self, found: Loaded) -> None:
        """Show the files of the dispute to its team: who reads by a call has no right to any, and is told so elsewhere."""
        dispute = found.file.dispute if found.file and found.detail.row.mine else None
        self.files.setVisible(dispute is not None)
        if dispute is not None:
            self.files.show_of(dispute.id)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        about = self.middle.widget(0)
        self.middle.removeWidget(about)
        for widget in (about, *(QWidget() for _ in TABS[1:])):
            self.tabs.addTab("")
            self.room.addWidget(widget)
        file = QWidget()
        file.setLayout(column(self.tabs, self.room, gap=0, margins=(0, S, 0, 0)))
        file.layout().setStretch(1, 1)
        self.tabs.setContentsMargins(L, 0, 0, 0)
        self.middle.insertWidget(0, file)
        self.middle.setCurrentIndex(0)
        self.tabs.currentChanged.connect(self._show_tab)

    def _show_tab(self, at: int) -> None:
        """Show a part of the file, made and filled only now: nobody waits for what is not looked at."""
        if at in self._stale and self._loaded is not None and self._loaded.file is not None:
            self._stale.discard(at)
            parts: dict[str, Any] = {"parties": lambda: self.parties, "sessions": lambda: self.sessions,
                                     "agreement": lambda: self.agreements, "follow": lambda: self.follow,
                                     "dossier": lambda: self.dossier}
            parts[TABS[at]]().show_for(self._loaded)
        self.room.setCurrentIndex(at)

    def _part(self, key: str, make: Callable[[], QWidget]) -> Any:
        if key not in self._parts:
            at = TABS.index(key)
            empty = self.room.widget(at)
            self._parts[key] = make()
            self.room.insertWidget(at, self._parts[key])
            self.room.removeWidget(empty)
            empty.deleteLater()
        return self._parts[key]

    def _say_tabs(self) -> None:
        found = self._loaded
        counts = (0, len(found.parties), len(found.sessions), len(found.agreements)) if found else (0,) * 4
        words = (self.tr("概况"), self.tr("当事人"), self.tr("调解记录"), self.tr("协议"), self.tr("办理"), self.tr("卷宗"))
        for at, (text, count) in enumerate(zip(words, (*counts, 0, 0), strict=True)):
            self.tabs.setTabText(at, f"{text} {count}" if count else text)
        self.tabs.setAccessibleName(self.tr("案件的各部分"))

    def _title(self, found: Loaded) -> str:
        dispute = found.file.dispute if found.file else None
        name = str(dispute.fields["title"]) if dispute else ""
        return name or self.tr("{category}纠纷").format(category=word("case_category", found.detail.row.category))

    def _tags(self, found: Loaded) -> list[Tag]:
        row = found.detail.row
        today = self.context.now().astimezone(CHINA).date()
        tags = [*state_tags("case", row.state, row.voided), Tag(word("case_category", row.category))]
        if (due := due_tag(row.due_on, today, row.state)) is not None:
            tags.append(due)
        if found.detail.fields.get("police_called_at"):
            tags.insert(0, Tag(self.tr("▲ 有动手危险，已报110"), Tone.DANGER))
        return tags

    def _actions(self, found: Loaded) -> list[Action]:
        if not found.detail.row.mine or found.file is None:
            waits = found.detail.row.by_call and found.file is None
            return [Action(READ, self.tr("查阅案卷（会留记录）"), "eye")] if waits else []
        actions = [Action(key, action_word("case", key)) for key in found.detail.actions if key != "mediate"]
        if found.detail.row.state == "mediating" and not any("effective_at" in a.fields for a in found.agreements):
            running = any(p.fields["state"] == SESSION_OPEN for p in found.sessions)
            words = self.tr("进入调解室") if running else self.tr("调解记录")
            actions.insert(0, Action("room" if running else "sessions", words, "message-square"))
        if "mediate" in found.detail.actions:
            actions.insert(0, Action("session", self.tr("开始调解")))
        if found.detail.row.state in RUNNING and self.context.may("case.mediate"):
            actions.append(Action("extend", action_word("case", "extend"), "hourglass", apart=True))
        if self.context.may("handover.send") and not found.detail.row.voided:
            actions.append(Action(DANGER, self.tr("扬言动手，先拨110…"), "phone", apart=True))
        if self.context.may("case.mediate") and found.detail.fields.get("police_called_at"):
            actions.append(Action(TAKE_BACK, self.tr("撤回报警登记…"), "undo-2", apart=True))
        if self.context.may("case.mediate") and found.file.dispute and found.detail.row.state not in LOCKED:
            actions.append(Action(CORRECT, self.tr("修改纠纷情况"), "pencil", apart=True))
            actions.append(Action(SIGNS, self.tr("激化迹象…"), "triangle-alert", apart=True))
        if self.context.may("case.accept") and found.detail.row.state not in LOCKED:
            actions += [Action(key, self.step_title(key), "pencil", apart=True) for key in _STUB_EDITS]
        if found.work:
            actions.append(Action("work", self.tr("看零工记录"), "briefcase", apart=True))
        if self.context.may("case.accept"):
            actions.append(Action("unvoid", self.tr("恢复"), "undo-2", apart=True) if found.detail.row.voided
                           else Action("void", self.tr("作废"), "trash-2", apart=True))
        return actions

    # ---- what is done ----------------------------------------------------------------------------------------

    def start(self, action: str) -> None:
        """Begin an action."""
        if action == "session":
            self._begin_session()
        elif action == "sessions":
            self.show_tab("sessions")
        elif action == "room" and self._loaded is not None:
            self.enter_room.emit(next(p.id for p in self._loaded.sessions if p.fields["state"] == SESSION_OPEN))
        elif action == DANGER:
            self._call_the_police()
        elif action == READ:
            self._read()
        elif action == "work" and self._loaded is not None:
            self.context.navigate("jobs", str(self._loaded.work_id()))
        elif action == SIGNS:
            self._tick_signs()
        elif action == CORRECT and self._loaded is not None:
            correct_dispute(self, self._loaded)
        elif action == "extend":
            self.show_tab("follow")
            self._add_record("extension")
        elif action == "unvoid":
            self.do(commands.unvoid, self.record_id, self.tr("恢复"), said=self.tr("已恢复"))
        else:
            super().start(action)

    def step_fields(self, action: str) -> Sequence[Field]:
        """Ask what the step needs."""
        if action in _STUB_EDITS:
            domain = _STUB_EDITS[action]
            if not domain:
                return [MoneyField(action, lambda: self.tr("涉及金额（元）"), required=True)]
            return [ChoiceField(action, lambda: field_word("case", action), codes(domain), lambda code: word(domain, code),
                                required=True)]
        if action == "void":
            return [reason_field(lambda: field_word("*", "void_reason"))]
        if action == TAKE_BACK:
            return [reason_field(lambda: self.tr("为什么撤回（写进案卷，公安看不到）"))]
        assert self._loaded is not None
        fields: list[Field] = []
        if action == "fail":
            fields.append(CheckField("told", lambda: self.tr("已告知当事人仲裁、行政、诉讼等其他途径"), required=True))
        if CASE.by_action(action, self._loaded.detail.row.state).needs.reason:
            fields.append(reason_field(lambda: field_word("*", "reason")))
        return fields

    def step_title(self, action: str) -> str:
        """Return the heading of a step's form."""
        if action in _STUB_EDITS:
            words = {CATEGORY: self.tr("改类别"), RETENTION: self.tr("改保管期限"), AMOUNT: self.tr("改涉及金额")}
            return words[action]
        if action == TAKE_BACK:
            return self.tr("撤回报警登记")
        return self.tr("作废") if action == "void" else super().step_title(action)

    def finish_words(self, action: str) -> str:
        """Return what the finishing button of a step says."""
        return self.step_title(action)

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step of the case."""
        fields = dict(values)
        reason = fields.pop("reason", None)
        done = self.tr("{action}，已保存在本机").format(action=self.step_title(action))
        if action in _STUB_EDITS and self._loaded is not None:
            self.do(seeing, self._loaded.detail.basis, commands.edit_case, self.record_id, fields, said=done,
                    then=self.finished)
        elif action == TAKE_BACK:
            self.do(handing.take_back_call, self.record_id, reason, then=self.finished,
                    said=self.tr("已撤回报警登记；联网后公安的电脑不再有这件案卷"))
        elif action == "void":
            record = self.record_id
            self.do(commands.void, record, reason, said=done, then=self.finished,
                    undo=lambda: self.do(commands.unvoid, record, self.tr("撤销作废"), said=self.tr("已撤销作废")))
        elif fields.pop("told", None) and self._loaded and self._loaded.file and self._loaded.file.dispute:
            told = {"other_ways_told_at": to_iso(self.context.now())}
            dispute, case = self._loaded.file.dispute.id, self.record_id
            self.context.runner.write(
                commands.edit_paper, "dispute", dispute, told, initiator=self.page, on_error=self.refuse,
                on_done=lambda _: self.do(commands.act_case, case, action, fields, reason, said=done,
                                          then=self.finished))
        else:
            self.do(commands.act_case, self.record_id, action, fields, reason, said=done, then=self.finished)

    def _call_the_police(self) -> None:
        """Nothing is saved before somebody has called; then it goes to the police in front of everything else."""
        called = ask_call(self, self.context.facts.name, self.context.now(), self.tr("纠纷当事人扬言动手"))
        if called is not None:
            self.do(handing.escalate, self.record_id, called, then=self.context.exchange.hurry,
                    said=self.tr("已保存在本机，联网后最先送给警方"))

    def _read(self) -> None:
        """Note that the police read this file, and only then show it."""
        case = self.record_id

        def noted(_: Any) -> None:
            if self.record_id == case:
                self._opened = case
                self.reload()

        self.context.runner.write(opening.note_read, case, initiator=self.page, on_done=noted, on_error=self.refuse)

    def _add_record(self, kind: str) -> None:
        assert self._loaded is not None
        add_record(self, self._loaded, kind)

    def _take_step(self, paper: Paper, action: str) -> None:
        assert self._loaded is not None
        take_step(self, self._loaded, paper, action)

    def _go_to(self, missing: Missing) -> None:
        self.show_tab(_TAB_OF.get(missing.kind, "follow"))

    def _tick_signs(self) -> None:
        """Tick signs of escalation (PML article 25); red ones ask for a call to 110 before anything else."""
        from ui.widgets.record_form import RecordForm

        assert self._loaded is not None
        assert self._loaded.file is not None
        assert self._loaded.file.dispute is not None
        dispute = self._loaded.file.dispute
        form = RecordForm(lambda: self.tr("保存"), leave=lambda: self.tr("返回"), key=f"dispute/{dispute.id}/signs",
                          drafts=self.context.drafts, start=lambda: dict(dispute.fields))
        for field in sign_fields():
            form.add(field)

        def save(_: dict[str, Any]) -> None:
            form.set_busy(True)
            self.do(commands.edit_paper, "dispute", dispute.id, form.changes(), then=saved, said=self.tr("已保存在本机"))

        def saved() -> None:
            now = form.values()
            self.finished()
            if escalation(now.get("signs") or (), now.get("intensity")) >= RED:
                self._call_the_police()

        form.finished.connect(save)
        self.show_form(form, lambda: self.tr("激化迹象（人民调解法第二十五条）"))
        form.open()

    def _again(self) -> None:
        self.reload()
        self.worked.emit()

    def _begin_session(self) -> None:
        assert self._loaded is not None
        form = session_form(self.context, self.record_id, self._loaded.party_names())

        def begun(change: Any) -> None:
            self.finished()
            self.show_tab("sessions")
            self._again()
            self.enter_room.emit(change.created[0])

        def begin(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self.context.runner.write(commands.add_paper, "session", values | {"case_id": self.record_id},
                                      initiator=self.page, on_done=begun, on_error=self.refuse)

        form.finished.connect(begin)
        self.show_form(form, lambda: self.tr("开始一次调解"))
        form.open()

    def _add_party(self) -> None:
        form, party = party_form(self.context, self.record_id)

        def add(_: Any) -> None:
            form.set_busy(True)
            fields = party.values(form) | {"role": form.fields["role"].value(), "case_id": self.record_id}
            self.do(commands.add_paper, "party", fields, then=self.finished, said=self.tr("当事人已添加，已保存在本机"))

        form.finished.connect(add)
        self.show_form(form, lambda: self.tr("添加当事人"))
        form.open()

    def _unsigned(self, party: Paper) -> None:
        """A party that was told its rights does not sign: who saw it is written down."""
        from ui.widgets.record_form import RecordForm

        form = RecordForm(lambda: self.tr("记下拒签"), leave=lambda: self.tr("返回"), key=f"party/{party.id}/unsigned",
                          drafts=self.context.drafts)
        form.add(reason_field(lambda: self.tr("怎样拒签的，谁在场见证")))

        def note(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self.do(commands.act_paper, "party", party.id, "notify", {"notice_signed": False}, values["reason"],
                    then=self.finished, said=self.tr("已记下拒签的情况"))

        form.finished.connect(note)
        self.show_form(form, lambda: joined(str(party.fields["name"]), self.tr("拒绝签字")))
        form.open()

    def _party_step(self, party: Paper, action: str) -> None:
        name = str(party.fields["name"])
        if action == "notify":
            self.do(commands.act_paper, "party", party.id, "notify", {},
                    said=self.tr("已记下：{name} 已被告知权利义务").format(name=name))
            return
        if action == "signed":
            self.do(commands.act_paper, "party", party.id, "notify", {"notice_signed": True},
                    said=self.tr("已记下：{name} 签了告知书").format(name=name))
            return
        if action == AGENT:
            name_agent(self, party)
            return
        if action == CORRECT:
            correct_party(self, party)
            return
        if action == VOID:
            ask_void(self.page, self, party, self._again)
            return
        if action == "unsigned":
            self._unsigned(party)
            return
        from ui.widgets.record_form import RecordForm

        form = RecordForm(lambda: self.tr("记下拒绝"), leave=lambda: self.tr("返回"), key=f"party/{party.id}/refuse",
                          drafts=self.context.drafts)
        form.add(reason_field(lambda: self.tr("怎样拒绝的")))

        def refuse(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self.do(commands.act_paper, "party", party.id, "refuse", {}, values["reason"], then=self.finished,
                    said=self.tr("已记下，调解终止（人民调解法第十七条）"))

        form.finished.connect(refuse)
        self.show_form(form, lambda: joined(name, self.tr("拒绝调解")))
        form.open()
