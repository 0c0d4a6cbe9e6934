"""The first page: counts that need somebody, the newest open work, and the state of the exchange."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.calls import CallBanner
from ui.context import Context
from ui.exchange_words import exchange_sentence
from ui.handover_labels import FOLLOW
from ui.labels import kind_word, say, state_tag, value_word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.workbench.contact import ContactCard
from ui.pages.workbench.jobs import JobsCard
from ui.pages.workbench.mediation import MediationCard
from ui.pages.workbench.reminder import Reminder, due_words
from ui.pages.workbench.repeats import RepeatsCard
from ui.theme import set_kind
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Button, Icon, Label, card, column, line, row
from ui.widgets.dates import CHINA, long_day, short_moment
from ui.widgets.header import Section
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.overview import HANDED, Overview
from zzdesk.errors import KnownError

_ICONS = {HANDED: "send", "request": "clock", "report": "clipboard-list", "posting": "briefcase", "case": "handshake"}
_CATEGORY_OF = {"request": "request_kind", "report": "category", "posting": "trade", "case": "category"}
_PAGE_OF = {HANDED: "reports", "request": "reports", "report": "reports", "posting": "jobs", "case": "mediation"}


class Tile(QPushButton):
    """A large figure with its word; pressing it opens the list behind it."""

    def __init__(self, icon: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon, self._figure = Icon(icon, role, 20), Label(kind="display")
        self._word, self._note = Label(kind="secondary"), Label(kind="small")
        head = row(self._icon, self._word, None, gap=S)
        self.setLayout(column(head, self._figure, self._note, gap=XS, margins=(L, M, L, M)))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(116)

    def show_figure(self, word: str, figure: int | None, note: str) -> None:
        """Show a count with its word and what it means; None: it has not been counted yet."""
        self._word.setText(word)
        self._figure.setText("…" if figure is None else str(figure))
        self._note.setText(note)
        self.setAccessibleName(f"{word} {self._figure.text()} {note}".strip())


class WorkbenchPage(Page):
    """Greets, counts, lists."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._overview = Overview()
        self._error: KnownError | None = None
        self._asked = False
        self._due: Any = None
        self._remaining: dict[str, Any] = {}
        self.reminder = Reminder(context, self._show_due, self)
        self._tiles = {
            "report": Tile("clipboard-list", "info"), "posting": Tile("briefcase", "success"),
            "case": Tile("handshake", "warning"), "sync": Tile("refresh-cw", "secondary"),
        }
        for kind, tile in self._tiles.items():
            tile.clicked.connect(lambda _=False, kind=kind: context.navigate(_PAGE_OF.get(kind, "sync"), ""))
        self._model = PagingModel((), lambda *_: None, self._line, self)
        self._list = LineList(self._model)
        self._list.opened.connect(lambda entry: context.navigate(_PAGE_OF[entry.kind], entry.id))
        self._stack = StateStack(self._list)
        self._morning = Button("", "link", "printer", self._offer_morning)
        self._todo, self._quick, self._exchange = Section(self._morning), Section(), Section()
        self._buttons = self._quick_buttons()
        self._facts = Label(kind="secondary", wrap=True)
        self._sync_now = Button("", "", "refresh-cw", lambda: context.navigate("sync", "now"))
        self._register = Button("", "primary", "plus", lambda: context.navigate("reports", "new"))
        self.header.set_actions(self._register)
        self.repeats = RepeatsCard(context, lambda record_id: context.navigate("reports", record_id))
        self.mediation = MediationCard(context, lambda record_id: context.navigate("mediation", record_id))
        self.contact = ContactCard(context, lambda target: context.navigate("jobs", target))
        self.jobs = JobsCard(context, lambda record_id: context.navigate("jobs", record_id))
        self.calls = CallBanner(context, lambda target: context.navigate("jobs", target))
        self._build()
        context.exchange.changed.connect(self._show_exchange)
        self.retranslate()

    def show_first(self, found: Overview) -> None:
        """Show the lines that were read before the desk was open; once it is, they are asked for again, with counts."""
        self._stale = False
        self._show(found)
        self._asked = False
        for kind, word in self._kind_words().items():
            self._tiles[kind].show_figure(word, None, "")

    def refresh(self) -> None:
        """Ask for counts and open work."""
        self._stack.show_loading()
        self.context.runner.read(_overview, on_done=self._show, on_error=self._failed, owner=self)
        self.repeats.refresh()
        self.mediation.refresh()
        self.jobs.refresh()
        self.contact.refresh()
        self.reminder.refresh()
        self.calls.refresh()

    def open_target(self, target: str) -> None:
        """``new`` records a report, which is what one does here most."""
        if target == "new":
            self.context.navigate("reports", "new")

    def retranslate(self) -> None:
        """Say everything again."""
        self._texts()
        self._show_tiles()
        self._show_exchange()
        self._model.retranslate()
        if self._asked:
            self._show(self._overview) if self._error is None else self._failed(self._error)

    def _show_exchange(self) -> None:
        """Show where the desk stands towards its centre."""
        status = self.context.exchange.status
        pending = status.pending if status is not None else 0
        self._facts.setText(exchange_sentence(self.context.exchange, self.context.now()))
        self._sync_now.setText(
            self.tr("现在同步") if status is not None and status.enrolled else self.tr("接入中心"))
        self._tiles["sync"].show_figure(
            self.tr("待送达"), pending, self.tr("都已保存在本机") if pending else self.tr("没有等待的改动"))

    def _texts(self) -> None:
        now = self.context.now().astimezone(CHINA)
        name = self.context.facts.name
        self.header.set_texts(self.tr("{greeting}，{name}").format(greeting=self._greeting(now.hour), name=name),
                              f"{long_day(now.date())} · {self.context.facts.place_full}")
        self._register.setText(self.tr("登记事件"))
        self._todo.set_texts(self.tr("需要处理"))
        self._morning.setText(self.tr("早间清单"))
        self._morning.setVisible("record.read" in self.context.facts.actions)
        self._quick.set_texts(self.tr("马上记录"))
        self._exchange.set_texts(self.tr("与中心的交换"))
        texts = {"reports": self.tr("登记一件事件"), "jobs": self.tr("登记用工信息"),
                 "mediation": self.tr("受理一起调解")}
        for key, button in self._buttons.items():
            button.setText(texts[key])

    def _greeting(self, hour: int) -> str:
        if hour < 11:
            return self.tr("早上好")
        return self.tr("下午好") if hour >= 13 and hour < 18 else self.tr("中午好") if hour < 13 else self.tr("晚上好")

    def _quick_buttons(self) -> dict[str, Button]:
        icons = {"reports": "clipboard-list", "jobs": "briefcase", "mediation": "handshake"}
        buttons = {}
        for key, icon in icons.items():
            buttons[key] = Button("", "action", icon, lambda key=key: self.context.navigate(key, "new"))
        return buttons

    def _build(self) -> None:
        tiles = row(*self._tiles.values(), gap=L)
        left = card()
        left.setLayout(column(_padded(self._todo), line(), self._stack, gap=0, margins=1))
        right = column(self.mediation, self.jobs, self.repeats, self._quick_card(), self._exchange_card(), None, gap=L)
        main = column(self.contact, left, gap=L)  # not over both: beside it there is no room to spare
        main.setStretch(1, 1)
        lower = row(main, right, gap=L)
        lower.setStretch(0, 7)
        lower.setStretch(1, 3)
        self.body.addWidget(self.calls)
        self.body.addLayout(tiles)
        self.body.addLayout(lower, 1)

    def _quick_card(self) -> QFrame:
        frame = card()
        frame.setLayout(column(self._quick, 2, *self._buttons.values(), gap=S, margins=(L, M, L, L)))
        return frame

    def _exchange_card(self) -> QFrame:
        frame = card()
        frame.setLayout(column(self._exchange, self._facts, 2, self._sync_now, gap=S, margins=(L, M, L, L)))
        return frame

    def _show(self, found: Overview) -> None:
        self._overview, self._error, self._asked = found, None, True
        self._model.set_rows(found.entries)
        self._show_tiles()
        reports = tuple(entry.id for entry in found.entries if entry.kind == "report")
        if reports and self.context.desk is not None:
            self.context.runner.read(_reports, reports, on_done=self._show_remaining, owner=self, on_error=lambda error: None)
        if found.entries:
            self._stack.show_content()
        else:
            self._stack.show_empty(
                self.tr("现在没有等待处理的事"), self.tr("登记的事件、用工信息和调解案件会出现在这里。"),
                self.tr("登记事件"), lambda: self.context.navigate("reports", "new"), "circle-check")

    def _failed(self, error: KnownError) -> None:
        self._error, self._asked = error, True
        self._stack.show_error(self.tr("读不出列表"), error.text(), self.tr("再试一次"), self.refresh)

    def _show_tiles(self) -> None:
        counts = self._overview.counts
        urgent = sum(entry.urgency == "high" and entry.kind != HANDED for entry in self._overview.entries)
        report = counts.get("report", {})
        notes = {
            "report": self.tr("{new} 新登记 · {verify} 待核实 · {dispatch} 待派遣").format(
                new=report.get("registered", 0), verify=report.get("verifying", 0),
                dispatch=report.get("dispatching", 0)),
            "posting": self.tr("{count} 条待审").format(count=counts.get("posting", {}).get("review", 0)),
            "case": self.tr("{count} 件调解中").format(count=counts.get("case", {}).get("mediating", 0)),
        }
        for kind, word in self._kind_words().items():
            self._tiles[kind].show_figure(word, self._overview.open(kind), notes[kind])
        asked = counts.get("request", {}).get("asked", 0)
        followed = sum(entry.kind == HANDED for entry in self._overview.entries)
        said = (*due_words(self._due), self.tr("%n 份转办要跟进", "", followed) if followed else "",
                self.tr("%n 份申请等您批准", "", asked) if asked else "",
                self.tr("%n 件紧急", "", urgent) if urgent else "")
        self._todo.set_texts(self.tr("需要处理"), " · ".join(part for part in said if part))

    def _show_due(self, found: Any) -> None:
        self._due = found
        self._show_tiles()

    def _offer_morning(self) -> None:
        from ui.printing.sheet import offer_morning

        offer_morning(self, self.context)

    def _kind_words(self) -> dict[str, str]:
        return {"report": self.tr("未办结事件"), "posting": self.tr("在办用工"), "case": self.tr("在办调解")}

    def _line(self, entry: Any) -> Line:
        if entry.kind == HANDED:
            return self._handed_line(entry)
        tag = state_tag(entry.kind, entry.state)
        if entry.kind == "request":
            tag = Tag(self.tr("◔ 等您批准"), Tone.WARNING)
        category = value_word(entry.kind, _CATEGORY_OF[entry.kind], entry.category)
        detail = " · ".join(part for part in (kind_word(entry.kind), category, entry.detail) if part)
        if entry.urgency == "high":
            tag = Tag(self.tr("紧急 · {state}").format(state=tag.text), Tone.DANGER)
        return Line(entry.title, detail, tag, short_moment(entry.created_at, self.context.now()), _ICONS[entry.kind],
                    mark=self._mark(entry.id))

    def _handed_line(self, entry: Any) -> Line:
        """An order that somebody has to follow: how it stands, whose it is, and the one thing to do."""
        from zzdesk.handover.queries import partner_name  # loads what no first window has to wait for

        text, tone, to_do = FOLLOW[entry.state]
        whose = self.tr("转给 {partner}").format(partner=partner_name(entry.category or ""))
        detail = " · ".join(part for part in (say(to_do), whose, entry.detail) if part)
        return Line(entry.title, detail, Tag(say(text), tone), short_moment(entry.created_at, self.context.now()),
                    _ICONS[HANDED])

    def _mark(self, record_id: str) -> Tag | None:
        if self._remaining.get(record_id) is None:
            return None
        from ui.pages.reports.due import due_tag  # loads what no first window has to wait for

        return due_tag(self._remaining[record_id])

    def _show_remaining(self, rows: Any) -> None:
        """How each report stands to its deadline comes after the lines: it takes the calendar."""
        self._remaining = {row.id: row.remaining for row in rows}
        self._model.retranslate()


def _overview(read: Any) -> Overview:
    """Ask; what that needs is loaded in the worker, not before the first window."""
    from zzdesk.desk.workbench import overview

    return overview(read)


def _reports(read: Any, ids: tuple[str, ...]) -> Any:
    from zzdesk.reports.queries import by_ids

    return by_ids(read, ids)


def _padded(section: Section) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(section, margins=(L, M, L, M)))
    return holder


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return WorkbenchPage(context)
