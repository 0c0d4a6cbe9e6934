"""What follows what at the kiosk: sign in, pick a job, apply, take the slip. Never more than five screens to apply."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from ui.kiosk import queue, words
from ui.kiosk.helping import HelpFlow
from ui.kiosk.pages import ChoiceScreen, DoneScreen, NumberScreen, OfferScreen, Screen
from ui.kiosk.parts import Choice
from ui.kiosk.queue import QueueFlow
from ui.kiosk.stopped import pin_screen, stopped_screen, try_pin
from ui.kiosk.window import NO_STEP, KioskWindow, Step

translate = QCoreApplication.translate
log = logging.getLogger("zzdesk.kiosk")
TAIL = 4
BY_CARD, BY_PHONE = 4, 5
"""Screens until the application is made."""


@dataclass(frozen=True)
class Visit:
    """What the window remembers of the person before it; gone with the person."""

    card: str = ""
    phone_tail: str = ""
    token: str = field(default="", repr=False)
    steps: int = BY_CARD
    applications: int = 0
    queued: bool = False
    wants: str = ""
    """What was pressed before signing in: ``queue``; else jobs are shown."""


class Flow(QObject):
    """Leads through the screens of a window whose desk is open; ``place`` is the station's name."""

    def __init__(self, window: KioskWindow, place: str) -> None:
        super().__init__(window)
        self.window, self.place = window, place
        self.visit = Visit()
        self._trail: list[Callable[[], None]] = []
        self.queue, self.help = QueueFlow(self), HelpFlow(self)
        window.back_wanted.connect(self.back)
        window.called.connect(self.help.call)
        window.gone.connect(self.begin)
        window.scanner.card.connect(self.scanned)
        window.scanner.other.connect(self.not_a_card)
        window.runner.failed.connect(self.failed)
        window.exchange.ended.connect(self._exchanged)

    # ---- from screen to screen ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Forget whoever was here and show the first screen."""
        if self.visit.token and not self._has_stopped:
            from zzdesk.desk.kiosk import end_visit

            self.window.runner.write(end_visit)
        self.visit = Visit()
        self.help.forget()
        self._trail.clear()
        self.window.wipe()
        if self._has_stopped:
            self.go(self.begin, lambda: stopped_screen(self.window, self.ask_pin), first=True)
        else:
            self.go(self.begin, self._welcome, (1, BY_CARD), first=True)

    @property
    def _has_stopped(self) -> bool:
        """Say whether nothing can be done any more: its account was stopped, or the centre took the machine back."""
        desk = self.window.runner.desk
        return desk is not None and desk.locked

    def back(self) -> None:
        """Show the screen before this one; there is none before the first."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._trail.pop()()

    def go(self, again: Callable[[], None], make: Callable[[], Screen], step: Step = NO_STEP, *, first: bool = False) -> None:
        self._trail.append(again)
        self.window.show_screen(make, step, can_go_back=not first, quiet=first)

    def read(self, query: Callable[..., Any], *args: Any, then: Callable[[Any], None]) -> None:
        self.window.runner.read(query, self.visit.token, *args, on_done=self.if_still(then), on_error=self.failed, owner=self)

    def if_still(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """Let an answer pass only while the same person is there who asked."""
        token = self.visit.token

        def answered(found: Any) -> None:
            if self.visit.token == token:
                then(found)

        return answered

    def screen(self, kind: Callable[..., Screen], *args: Any, **kwargs: Any) -> Callable[[], Screen]:
        """Return what makes a screen in the sizes then in force."""
        return lambda: kind(self.window.sizes, self.window, *args, **kwargs)

    def failed(self, error: Any) -> None:
        """Say what could not be done, with the way on; where nothing can be done any more, send people to the counter."""
        if self._has_stopped:
            self.begin()
            return
        self.tell(words.sentence(error), over=error.code == "visit-over")

    def tell(self, text: str, over: bool = False) -> None:
        """Say one sentence; ``over`` begins anew afterwards, else it goes back to where one was."""
        on = self.begin if over else self.leave_screen
        choices = (Choice(translate("Kiosk", "知道了"), on, primary=True),)
        self.go(lambda: self.tell(text, over), self.screen(ChoiceScreen, text, "", choices))

    def leave_screen(self) -> None:
        """Go back to where one was; to the first screen where there is nothing before this one."""
        self.back() if len(self._trail) > 1 else self.begin()

    def drop_screen(self) -> None:
        """Let 返回 never come back to the screen that is shown."""
        self._trail.pop()

    # ---- signing in --------------------------------------------------------------------------------------------

    def _welcome(self) -> Screen:
        choices = (
            Choice(translate("Kiosk", "没带卡"), self.ask_phone, (translate("Kiosk", "用手机号和身份证的后四位"),)),
            Choice(translate("Kiosk", "第一次来"), self.help.newcomer, (translate("Kiosk", "还没有零工卡"),)),
        )
        choices = (choices[0], Choice(translate("Kiosk", "今天排队"), self.queue.begin,
                                      (translate("Kiosk", "等工作人员按顺序派活"),)), choices[1])
        title = translate("Kiosk", "找零工，请把零工卡放到扫码口")
        return ChoiceScreen(self.window.sizes, self.window, title, self.place, choices)

    def scanned(self, card: str) -> None:
        """A card was held before the reader: whoever was here before is done."""
        from zzdesk.desk.kiosk import asks_for

        if self.window.leaving or self.window.runner.desk is None:
            return
        wants = "" if self.visit.token else self.visit.wants
        if self.visit.token or len(self._trail) > 1:
            self.begin()
        self.visit = Visit(card=card, wants=wants, steps=queue.BY_CARD if wants else BY_CARD)
        self.window.runner.read(asks_for, card, on_done=self.if_still(lambda what: self._ask_beside_card(what)),
                                on_error=self.failed, owner=self)

    def not_a_card(self) -> None:
        """Something else was held before the reader."""
        self.tell(translate("Kiosk", "这不是零工卡。请换一张，或者叫工作人员帮您。"))

    def _ask_beside_card(self, what: str) -> None:
        by_phone = what == "phone"
        title = translate("Kiosk", "请输手机号的后四位") if by_phone else translate("Kiosk", "请输身份证号的后四位")
        make = self.screen(NumberScreen, title, translate("Kiosk", "零工卡已经读到了"), self._answered, least=TAIL, most=TAIL,
                            with_x=not by_phone)
        self.go(lambda: self._ask_beside_card(what), make, self._step(2))

    def _answered(self, answer: str) -> None:
        from zzdesk.desk.kiosk import Proof

        self._sign_in(Proof(card=self.visit.card, answer=answer))

    def _step(self, at: int) -> Step:
        """Return how far somebody is who signs in; who queues up was asked for the card first."""
        return (at + bool(self.visit.wants), self.visit.steps)

    def ask_phone(self) -> None:
        """Ask somebody without a card for the end of the phone number."""
        wants = self.visit.wants
        self.visit = Visit(wants=wants, steps=queue.BY_PHONE if wants else BY_PHONE)
        title = translate("Kiosk", "请输手机号的后四位")
        make = self.screen(NumberScreen, title, translate("Kiosk", "登记时留的那个号码"), self._phone_typed, least=TAIL,
                            most=TAIL)
        self.go(self.ask_phone, make, self._step(2))

    def _phone_typed(self, tail: str) -> None:
        self.visit = replace(self.visit, phone_tail=tail)
        self.ask_identity()

    def ask_identity(self) -> None:
        """Ask for the end of the identity number: several people may have one phone tail, and nobody's name is shown."""
        title = translate("Kiosk", "请输身份证号的后四位")
        make = self.screen(NumberScreen, title, translate("Kiosk", "最后一位可能是 X"), self._identity_typed, least=TAIL,
                            most=TAIL, with_x=True)
        self.go(self.ask_identity, make, self._step(3))

    def _identity_typed(self, tail: str) -> None:
        from zzdesk.desk.kiosk import Proof

        self._sign_in(Proof(phone_tail=self.visit.phone_tail, identity_tail=tail))

    def _sign_in(self, proof: Any) -> None:
        from zzdesk.desk.kiosk_door import sign_in

        asked, token = self.window.screen_now, secrets.token_urlsafe(24)
        if asked is not None:
            asked.setEnabled(False)

        def wrong(error: Any) -> None:
            if self.window.screen_now is asked and isinstance(asked, NumberScreen):
                asked.setEnabled(True)
                asked.say_wrong(words.sentence(error))

        def known(visitor: Any) -> None:
            if self.window.screen_now is not asked:  # gone meanwhile: nobody is signed in
                self._forget_visit()
                return
            wanted, steps = self.visit.wants, BY_CARD if self.visit.card else BY_PHONE
            self.visit = Visit(self.visit.card, "", token, steps, visitor.applications, visitor.queued)
            self.window.greet(visitor.name)
            self._trail[:] = [self.begin]  # 返回 ends the visit: nobody comes back to numbers that were typed
            self.queue.take() if wanted == queue.WANTED else self.offers()

        self.window.runner.call(sign_in, self.window.runner.desk, token, proof, on_done=known, on_error=wrong, owner=self)

    def _forget_visit(self) -> None:
        from zzdesk.desk.kiosk import end_visit

        self.window.runner.write(end_visit)

    # ---- jobs --------------------------------------------------------------------------------------------------

    def offers(self, after: str | None = None) -> None:
        """Show open jobs: as many as leave room for 下一批 and, at first, for what one has done here before."""
        from zzdesk.desk.kiosk import offers

        self.read(offers, after, 3, then=lambda page: self._show_offers(page, after))

    def _show_offers(self, page: Any, after: str | None) -> None:
        own = after is None and (self.visit.applications > 0 or self.visit.queued)
        room = ChoiceScreen.MOST - int(own)
        rows = page.rows[: room if len(page.rows) <= room and page.after is None else room - 1]
        more = len(rows) < len(page.rows) or page.after is not None
        choices = [self._offer_choice(row) for row in rows]
        if more:
            last = rows[-1].key
            choices.append(Choice(translate("Kiosk", "看下一批"), lambda: self.offers(last)))
        if own:
            choices.append(self._own_choice())
        elif not self.visit.queued and len(choices) < ChoiceScreen.MOST:
            choices.append(self.queue.join_choice())
        title = translate("Kiosk", "想做哪一个？") if rows else translate("Kiosk", "现在没有别的活了")
        hint = "" if rows else translate("Kiosk", "请过一会儿再来看，或者问问工作人员。")
        self.go(lambda: self.offers(after), self.screen(ChoiceScreen, title, hint, choices),
                 (self.visit.steps - 1, self.visit.steps))

    def _own_choice(self) -> Choice:
        if not self.visit.applications:
            return self.queue.choice()
        if self.visit.queued:
            return Choice(translate("Kiosk", "我的排队和报名"), self.own)
        return self._mine_choice()

    def _mine_choice(self) -> Choice:
        return Choice(translate("Kiosk", "我的报名"), self.mine,
                      (translate("Kiosk", "已经报了 {n} 个").format(n=self.visit.applications),))

    def own(self) -> None:
        """Ask which of one's own things is to be seen."""
        choices = (self.queue.choice(), self._mine_choice())
        self.go(self.own, self.screen(ChoiceScreen, translate("Kiosk", "想看哪一样？"), "", choices))

    def _offer_choice(self, offer: Any) -> Choice:
        lines = (words.when(offer.starts_at, offer.ends_at), words.short(offer.place, 24))
        return Choice(words.short(offer.title, 22), lambda: self.offer(offer.id), lines, words.money(offer.wage),
                      words.pay(offer.wage, offer.pay_unit))

    def offer(self, posting_id: str) -> None:
        """Show one job with everything that the law wants said of it."""
        from zzdesk.desk.kiosk import offer

        self.read(offer, posting_id, then=self._show_offer)

    def _show_offer(self, offer: Any) -> None:
        lines = (
            (translate("Kiosk", "时间"), words.when(offer.starts_at, offer.ends_at)),
            (translate("Kiosk", "地点"), words.short(offer.place, 40)),
            (translate("Kiosk", "做什么"), words.short(offer.tasks, 46, ask=True)),
            (translate("Kiosk", "要求"), words.short(offer.conditions, 46, ask=True)),
            (translate("Kiosk", "用工方"), self._who_hires(offer)),
        )
        below = " · ".join(text for text in (words.pay(offer.wage, offer.pay_unit), words.paid_by(offer.settlement)) if text)
        warning = "" if offer.insured else translate("Kiosk", "没有买保险")
        if offer.risky:
            warning = translate("Kiosk", "无保险！这活容易受伤")
        choices = (Choice(translate("Kiosk", "报名"), lambda: self.apply(offer.id), primary=True),)
        make = self.screen(OfferScreen, words.short(offer.title, 24), lines, words.money(offer.wage), below, warning, choices)
        self.go(lambda: self.offer(offer.id), make, (self.visit.steps, self.visit.steps))

    @staticmethod
    def _who_hires(offer: Any) -> str:
        """Return who hires and how many people (人力资源市场暂行条例 article 24); a household is not named."""
        people = translate("Kiosk", "还要 {n} 人").format(n=offer.left)
        return f"{offer.employer or translate('Kiosk', '居民家庭')} · {people}"

    def apply(self, posting_id: str) -> None:
        """Apply; it waits for a person to confirm it, and goes to the centre with the next exchange."""
        from zzdesk.desk.kiosk import apply

        asked = self.window.screen_now
        if asked is not None:
            asked.setEnabled(False)

        def done(changes: Any) -> None:
            self.visit = replace(self.visit, applications=self.visit.applications + 1)
            self.window.exchange.sync_now()
            self._trail[:] = [self.begin, self.offers]
            self.slip(changes.created[0])

        self.window.runner.write(apply, self.visit.token, posting_id, on_done=self.if_still(done), on_error=self.failed)

    def mine(self, after: str | None = None) -> None:
        """Show what the visitor applied for."""
        from zzdesk.desk.kiosk import mine

        self.read(mine, after, 2, then=lambda page: self._show_mine(page, after))

    def _show_mine(self, page: Any, after: str | None) -> None:
        choices = [Choice(words.short(each.title, 22), lambda each=each: self.slip(each.id),  # type: ignore[misc]
                          (f"{words.state(each.state)} · {words.when(each.starts_at, each.ends_at)}",)) for each in page.rows]
        if page.after is not None:
            choices.append(Choice(translate("Kiosk", "看下一批"), lambda: self.mine(page.after)))
        hint = translate("Kiosk", "要取消，请叫工作人员。")
        self.go(lambda: self.mine(after), self.screen(ChoiceScreen, translate("Kiosk", "我的报名"), hint, choices))

    # ---- the slip ----------------------------------------------------------------------------------------------

    def slip(self, application_id: str) -> None:
        """Show an application with its code, to be printed or photographed."""
        from zzdesk.desk.kiosk import application

        self.read(application, application_id, then=self._show_slip)

    def _show_slip(self, mine: Any) -> None:
        from ui.kiosk import slip

        lines = slip.lines(mine, self.place)
        told = slip.whole(mine, lines)
        choices = (
            Choice(translate("Kiosk", "打印小票"), lambda: self.print_slip(told)),
            Choice(translate("Kiosk", "看别的活"), self.offers),
            Choice(translate("Kiosk", "好了，结束"), self.begin, primary=True),
        )
        make = self.screen(DoneScreen, words.state(mine.state), lines, "\n".join(told), choices)
        self.go(lambda: self.slip(mine.id), make)

    def print_slip(self, lines: tuple[str, ...]) -> None:
        """Print what the screen says, on the printer of this machine, without asking anything."""
        from ui.kiosk import slip

        shown = self.window.screen_now

        def say(text: str) -> None:
            if self.window.screen_now is shown and isinstance(shown, DoneScreen):
                shown.say(text)

        def failed(error: Any) -> None:
            if isinstance(error, slip.NoPrinterError):
                say(translate("Kiosk", "这里没有打印机。请用手机拍下二维码，或记下编号。"))
            else:
                say(translate("Kiosk", "打印机没有反应。请用手机拍下二维码。"))

        say(translate("Kiosk", "正在打印…"))
        self.window.runner.aside(
            slip.print_here, self.window.choices.printer, lines, owner=self,
            on_done=lambda _: say(translate("Kiosk", "小票打好了，请拿走。")), on_error=failed)

    # ---- staff -------------------------------------------------------------------------------------------------

    def ask_pin(self) -> None:
        """Ask the operator for the PIN."""
        self.go(self.ask_pin, lambda: pin_screen(self.window, self._pin_typed))

    def _pin_typed(self, pin: str) -> None:
        from zzdesk.desk.kiosk_door import leave
        from zzdesk.desk.kiosk_exit import leave_stopped

        desk: Any = self.window.runner.desk
        if self._has_stopped:
            try_pin(self.window, leave_stopped, desk.home, pin, desk.clock)
        else:
            try_pin(self.window, leave, desk, pin)

    # ---- behind the screens ------------------------------------------------------------------------------------

    def renew(self, after: str = "") -> None:
        """Bring everybody's pass up to date, a part at a time, so that whoever is here does not wait for it."""
        from zzdesk.desk.kiosk_door import renew_part

        self.window.runner.call(renew_part, self.window.runner.desk, after, owner=self,
                                on_error=_later,
                                on_done=lambda more: self.renew(more) if more and not self.window.leaving else None)

    def _exchanged(self, report: Any) -> None:
        """Let who was registered or changed elsewhere sign in from now on."""
        from zzdesk.desk.kiosk import workers_of
        from zzdesk.desk.kiosk_door import renew_some
        from zzdesk.jobs.commands import forget_old

        if not self.window.leaving and not self._has_stopped:
            self.window.runner.write(forget_old, on_error=_later)
        changes = getattr(report, "changes", None)
        if changes is not None and changes.touches(*queue.KINDS) and self._trail[-1:] == [self.queue.own]:
            self._trail.pop()
            self.queue.own()
        ids = workers_of(changes.records) if changes is not None else ()
        if ids and not self.window.leaving:
            self.window.runner.call(renew_some, self.window.runner.desk, ids, owner=self, on_error=_later)


def _later(error: Any) -> None:
    """Leave it to the next exchange or start: nobody before the screen has anything to do with it."""
    log.warning("passes were not renewed, or old calls not forgotten: %s", error.code)
