"""What stands beside the statements in the session room: who is there, what each side offers, and recording."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.labels import word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.mediation.guests import offer_consent, offer_guest
from ui.pages.mediation.recording import Recording
from ui.pages.values import joined, yuan
from ui.pages.work_detail import scrolled
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, ElidedLabel, Label, Translated, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.header import Section
from ui.widgets.many import ManyOf
from zzdesk.clock import from_iso
from zzdesk.desk import room
from zzdesk.desk.commands import seeing
from zzdesk.desk.room import OFFERS, Room
from zzdesk.errors import KnownError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper

SHOWN: Final = 6
"""How many offers of a side stand there; the rest is in the record."""


class Presence(Translated, QWidget):
    """Who is there: parties, and those guests whom every party has agreed to (PML article 20)."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._room = page, None  # type: Page, Room | None
        self.head = Section()
        self.parties, self.guests = ManyOf((), self._name), ManyOf((), self._name)
        self.agents, self.unwelcome = Label(kind="small", wrap=True), Label(kind="small", wrap=True)
        for chips in (self.parties, self.guests):
            chips.edited.connect(self._save)
        self.invite, self.consent = Button("", "link", "plus", self._invite), Button("", "link", "pencil", self._ask)
        ways = row(self.invite, self.consent, None, gap=M)
        self.setLayout(column(self.head, self.parties, self.agents, self.guests, self.unwelcome, ways, gap=S))

    def show_for(self, found: Room) -> None:
        """Show who is there."""
        self._room = found
        for chips, papers, field in ((self.parties, found.parties, "present"),
                                     (self.guests, tuple(g for g in found.guests if g.id in found.welcome), "invited")):
            ids = tuple(p.id for p in papers)
            if tuple(chips.buttons) != ids:
                chips.set_codes(ids)
            chips.set_value(found.session.fields.get(field) or ())
            chips.setEnabled(found.open)
            chips.setVisible(bool(ids))
            chips.retranslate()
        self.invite.setVisible(found.open)
        self.consent.setVisible(found.open and bool(self._unwelcome()))
        self._say()

    def retranslate(self) -> None:
        """Say everything again."""
        if self._room is not None:
            self._say()

    def _say(self) -> None:
        assert self._room is not None
        self.head.set_texts(self.tr("在场"), "" if self._room.session.fields.get("present") else self.tr("没勾选就算都在场"))
        agents = [joined(p.fields["name"], self.tr("代理人 {name}").format(name=p.fields["agent_name"]))
                  for p in self._room.parties if room.has_agent(p.fields, self._room.today)]
        self.agents.setText("\n".join(agents))
        self.agents.setVisible(bool(agents))
        self.invite.setText(self.tr("邀请他人参加…"))
        self.consent.setText(self.tr("记下各方意见…"))
        kept_out = self.tr("、").join(str(g.fields["name"]) for g in self._unwelcome())
        self.unwelcome.setText(self.tr("{names}：各方当事人还没有都同意，不能参加（人民调解法第二十条）").format(names=kept_out)
                               if kept_out else "")
        self.unwelcome.setVisible(bool(kept_out))

    def _unwelcome(self) -> list[Paper]:
        """Return who was invited and has not every party's consent, the oldest first."""
        return [g for g in self._room.guests if g.id not in self._room.welcome] if self._room is not None else []

    def _invite(self) -> None:
        if self._room is not None:
            offer_guest(self._page, self._room, self._page.refresh)

    def _ask(self) -> None:
        """Ask what the parties say to the first who waits for that."""
        if self._room is not None and self._unwelcome():
            offer_consent(self._page, self._room, self._unwelcome()[0], self._page.refresh)

    def _name(self, code: str) -> str:
        papers = (*self._room.parties, *self._room.guests) if self._room is not None else ()
        found = next((p for p in papers if p.id == code), None)
        if found is None:
            return code
        role = word("party_role", found.fields["role"]) if found.kind == "party" else word("capacity", found.fields["capacity"])
        return f"{role} {found.fields['name']}"

    def _save(self) -> None:
        assert self._room is not None
        session = self._room.session
        there = {"present": self.parties.value(), "invited": self.guests.value()}
        self._page.context.runner.write(
            seeing, session.basis, commands.edit_paper, "session", session.id, there, initiator=self._page,
            on_done=lambda _: self._page.refresh(), on_error=self._refused)

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
        self._page.refresh()


class Offers(Translated, QWidget):
    """What each side has offered, newest first, side by side; and how far the last two amounts are apart."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._room = page, None  # type: Page, Room | None
        self.head, self.apart = Section(), Label(kind="strong")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self.setLayout(column(self.head, self._grid, self.apart, gap=S))

    def show_for(self, found: Room) -> None:
        """Show the offers of a session."""
        self._room = found
        clear(self._grid)
        sides = offers_by_side(found)
        for at, (name, offers) in enumerate(sides.items()):
            self._grid.addWidget(Label(name, "strong"), 0, at)
            self._grid.setColumnStretch(at, 1)
            for line, offer in enumerate(reversed(offers[-SHOWN:]), 1):
                self._grid.addWidget(self._offer(offer), line, at, Qt.AlignmentFlag.AlignTop)
        self._say(sides)

    def retranslate(self) -> None:
        """Say everything again."""
        if self._room is not None:
            self.show_for(self._room)

    def _offer(self, offer: Paper) -> QWidget:
        holder, fields = QWidget(), offer.fields
        money, kind = fields.get("amount"), str(fields["statement_kind"])
        amount = yuan(str(money)) if money is not None else word("statement_kind", kind)
        when = short_moment(from_iso(fields["created_at"]), self._page.context.now())
        text = ElidedLabel(str(fields["text"]), "small")
        holder.setLayout(column(Label(amount, "strong"), Label(when, "small"), text, gap=0))
        holder.setAccessibleName(joined(amount, when, str(fields["text"])))
        return holder

    def _say(self, sides: dict[str, list[Paper]]) -> None:
        count = sum(map(len, sides.values()))
        self.head.set_texts(self.tr("方案"), str(count) if count else self.tr("还没有"))
        distance = gap_between(sides)
        self.apart.setText(self.tr("还差 {amount}").format(amount=yuan(str(distance))) if distance else "")
        self.apart.setVisible(bool(distance))


def offers_by_side(found: Room) -> dict[str, list[Paper]]:
    """Return proposals and counter-proposals, oldest first, under the name of the side; the mediator's come last."""
    sides: dict[str, list[Paper]] = {}
    for party in found.parties:
        own = [s for s in found.statements if s.fields.get("party_id") == party.id and s.fields["statement_kind"] in OFFERS]
        if own:
            sides[str(party.fields["name"])] = own
    rest = [s for s in found.statements if not s.fields.get("party_id") and s.fields["statement_kind"] in OFFERS]
    return sides | ({word("speaker", "mediator"): rest} if rest else {})


def gap_between(sides: dict[str, list[Paper]]) -> Decimal | None:
    """Return how far the last amounts of two sides are apart in yuan; None unless exactly two have named one."""
    last = [Decimal(str(amounts[-1])) for offers in sides.values()
            if (amounts := [o.fields["amount"] for o in offers if o.fields.get("amount") is not None])]
    return abs(last[0] - last[1]) if len(last) == 2 else None


class Beside(QWidget):
    """Presence, offers, files and recording under each other, scrolled where there is no room."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.presence, self.offers, self.recording = Presence(page), Offers(page), Recording(page)
        self.files = Attachments(page, "session")
        holder = QWidget()
        holder.setLayout(column(self.presence, self.offers, self.files, self.recording, None, gap=XL, margins=(0, L, L, L)))
        self.setLayout(column(scrolled(holder)))

    def show_for(self, found: Room) -> None:
        """Show a session."""
        for part in (self.presence, self.offers, self.recording):
            part.show_for(found)
        self.files.show_of(found.session.id)


