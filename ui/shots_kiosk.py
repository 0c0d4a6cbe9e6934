"""Pictures of the kiosk: every screen, lying and standing, in large and extra-large letters, in both languages.

A station of its own is made up in a temporary folder; nobody of it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.kiosk import application
from ui.kiosk.flow import Flow
from ui.kiosk.pages import NumberScreen
from ui.kiosk.stopped import stopped_screen
from ui.kiosk.window import KioskWindow
from ui.languages import Languages
from zzdesk.clock import Clock, FixedClock

STATION: Final = "350603005004"
PASSWORD, PIN = "Aa1!crossing-the-river", "204817"
"""Of a home that is deleted at once."""
NOW: Final = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SIZES: Final = {"lies": QSize(1366, 768), "stands": QSize(1080, 1920)}
LIXIUYING: Final = {"name": "李秀英", "identity_number": "350602194903070020", "phone": "13805961234"}
HOUSEHOLD: Final = {"employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028",
                    "handler_phone": "19905960002"}  # fmt: skip
FIRM: Final = {
    "employer_kind": "enterprise", "name": "漳州市好邻居家政服务有限公司", "credit_code": "91350602MA2XYA1234",
    "shown_brochure": True, "shown_licence": True, "shown_handler_identity": True, "shown_mandate": True,
}  # fmt: skip
POSTING: Final = {
    "title": "钟点保洁 3小时", "trade": "cleaning", "headcount": 1, "place": "龙文区丹霞路8号丽景花园",
    "conditions": "爱干净，能爬楼梯，会说闽南话更好，做过家政的优先，请带身份证", "wage": "90.00", "pay_unit": "piece",
    "tasks": "三房两厅日常保洁，包括擦玻璃、洗厨房和卫生间，工具雇主家里有，请自己带一双干净的拖鞋，做完请拍照给工作人员看",
    "starts_at": "2026-11-25T08:00:00+08:00", "ends_at": "2026-11-25T11:00:00+08:00", "contact_name": "陈美丽",
    "contact_phone": "19905960002", "settlement": "cash",
}  # fmt: skip
MORE: Final[tuple[dict[str, Any], ...]] = (
    {"title": "周六搬家，两人半天，从三楼搬到新华东路十二号院内，没有电梯", "trade": "moving", "wage": "180.00",
     "pay_unit": "day", "insurer": "平安", "policy_number": "PA2026-0001"},
    {"title": "超市理货", "wage": "22.50", "pay_unit": "hour"}, {"title": "展会布置", "wage": "260.00", "pay_unit": "day"},
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A made-up station: its home, the card of its one worker, and the clock of it."""

    home: Path
    card: str
    clock: Clock


def furnish(home: Path, clock: Clock, cost: Any = None) -> Place:
    """Make a station with a kiosk, open jobs and one worker; ``cost`` is what its passwords cost to try."""
    from zzdesk.desk import kiosk_door, records
    from zzdesk.desk.accounts import add_account
    from zzdesk.desk.session import create_home, open_desk

    costs = {"cost": cost} if cost is not None else {}

    def add(work: Any, kind: str, fields: Any) -> Any:
        records.add(work, kind, fields)
        return work.commit()

    head, _ = create_home(home, STATION, "zhuang", PASSWORD, clock, **costs)
    with head:
        add_account(head, "kiosk", "自助机", ["kiosk"], PASSWORD.replace("river", "bridge"))
        add_account(head, "lin", "林小明", ["clerk", "supervisor"], PASSWORD)
        kiosk_door.set_pin(head, PIN, **costs)
        with open_desk(home, "lin", PASSWORD, clock, **costs) as clerk:
            employers = [clerk.write(add, "employer", fields).created[0] for fields in (HOUSEHOLD, FIRM)]
            for employer in employers:
                _scan(clerk, employer, home)
                _look_through(head, employer)
                head.write(records.act, "employer", employer, "vet", {"valid_until": "2027-11-23"}, None)
            household, firm = employers
            for employer, more in ((firm, MORE[0]), (firm, MORE[1]), (firm, MORE[2]), (household, {})):
                posting = clerk.write(add, "posting", POSTING | {"employer_id": employer} | more).created[0]
                clerk.write(records.act, "posting", posting, "submit", {}, None)
                head.write(records.act, "posting", posting, "publish", {}, None)
            worker = clerk.write(add, "worker", LIXIUYING).created[0]
            card = clerk.read(records.show, "worker", worker)["card"]
    return Place(home, card, clock)


def _scan(clerk: Any, employer: str, folder: Path) -> None:
    """Take in scans of an employer's papers: without them it is not vetted."""
    from zzdesk.desk.taking import take_in
    from zzdesk.jobs.queries import checklist

    paper = folder.parent / "scan.txt"
    for row in clerk.read(checklist, employer):
        paper.write_text(f"样张 {row.purpose}", "utf-8")
        take_in(clerk, "employer", employer, paper, row.purpose)
    paper.unlink()


def _look_through(head: Any, employer: str) -> None:
    """Open every scan, as who vets an employer does in the window: nobody vets what they have not looked at."""
    from zzdesk.desk import viewing
    from zzdesk.desk.records import attachments

    for row in head.read(attachments, "employer", employer):
        head.write(viewing.open_file, row.id, "核验材料")
        viewing.look(head, row.id)
        head.write(viewing.note_seen, row.id)


@contextmanager
def open_kiosk(place: Place) -> Iterator[tuple[KioskWindow, Flow]]:
    """Open the kiosk of a made-up station offscreen, and close it with its workers afterwards."""
    window = application.make_window(place.home, make_application(), place.clock)
    ready: list[bool] = []

    def open_desk() -> Any:
        from zzdesk.desk.facts import facts_of
        from zzdesk.desk.kiosk_door import open_kiosk as opened

        desk = opened(place.home, "kiosk", PASSWORD.replace("river", "bridge"), place.clock)
        return desk, facts_of(desk).place

    application.open_in(window, open_desk, lambda: ready.append(True))
    window.resize(SIZES["lies"])
    window.show()
    settle(window)
    flow = window.findChild(Flow)
    assert ready
    assert isinstance(flow, Flow)
    try:
        yield window, flow
    finally:
        window.let_out(0)
        window.deleteLater()


def settle(window: KioskWindow) -> None:
    """Wait until the workers have nothing more to say and the window has drawn it."""
    for _ in range(400):
        _turn(10)
        if window.runner.idle:
            _turn(20)
            if window.runner.idle:
                return


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def tour(window: KioskWindow, flow: Flow, card: str) -> Iterator[str]:
    """Go to every screen that there is, one after the other; yields the name of each when it is shown."""

    def press(at: int) -> None:
        screen: Any = window.screen_now
        screen.choices[at].click()
        settle(window)

    def typed(text: str) -> None:
        for key in text:
            assert isinstance(window.screen_now, NumberScreen)
            window.screen_now.press(key)
        settle(window)

    flow.begin()
    yield "01-welcome"
    press(1)
    yield "01-queue"
    flow.scanned(card)
    settle(window)
    typed("1234")
    yield "01-queue-place"
    flow.queue.show(drawn(card))
    yield "01-queue-drawn"
    flow.begin()
    flow.scanned(card)
    settle(window)
    yield "02-phone-beside-card"
    typed("0000")
    yield "03-wrong"
    typed("1234")
    yield "04-offers"
    press(0)
    yield "05-offer"
    press(-1)
    yield "06-done"
    press(0)
    yield "06-done-no-printer"
    press(1)
    yield "07-offers-and-own"
    press(-1)
    yield "08-own"
    press(-1)
    yield "08-mine"
    flow.help.call()
    settle(window)
    yield "09-calling"
    press(1)
    yield "10-pin"
    yield from _others(window, flow, press, typed)


def drawn(card: str) -> Any:
    """Return a place in a queue for which lots were drawn."""
    from zzdesk.desk.kiosk_queue import MyPlace

    return MyPlace(card, "李*英", "waiting", NOW, 12, 11, "lottery", "7f3a90c41be8d265", 27, "5d1c" * 16, False)


def _others(window: KioskWindow, flow: Flow, press: Callable[[int], None], typed: Callable[[str], None]) -> Iterator[str]:
    flow.begin()
    press(0)
    yield "11-phone"
    typed("1234")
    yield "12-identity"
    flow.begin()
    press(2)
    yield "13-newcomer"
    press(1)
    yield "13-callback"
    press(0)
    yield "13-callback-calling"
    press(1)
    yield "13-callback-number"
    typed("13900000001")
    yield "13-callback-kept"
    flow.begin()
    press(2)
    press(2)
    yield "14-age"
    typed("350602194903070020")
    window.screen_now._finish()  # type: ignore[union-attr]
    settle(window)
    yield "14-old-enough"
    flow.begin()
    press(2)
    press(2)
    typed("350628201103156260")
    window.screen_now._finish()  # type: ignore[union-attr]
    settle(window)
    yield "15-too-young"
    flow.not_a_card()
    yield "16-not-a-card"
    window.show_screen(lambda: stopped_screen(window, flow.ask_pin), can_go_back=False, quiet=True)
    yield "17-stopped"
    flow.begin()
    window._ask(12)
    yield "18-still-there"
    window._forget_question()


def draw_kiosk(folder: Path, at: Path) -> Iterator[Path]:
    """Draw every screen of the kiosk in every size and language into ``folder``; ``at`` is for its made-up station."""
    place = furnish(at, FixedClock(NOW))
    for language in ("zh", "en"):
        with open_kiosk(place) as (window, flow):
            _speak(language)
            for name in tour(window, flow, place.card):
                for how, size in SIZES.items():
                    for large in (False, True):
                        window.resize(size)
                        window.set_large(large)
                        settle(window)
                        path = folder / f"kiosk-{name}-{language}-{how}-{'extra' if large else 'normal'}.png"
                        window.grab().save(str(path))
                        yield path
                window.set_large(False)
                window.resize(SIZES["lies"])


def _speak(language: str) -> None:
    running = QApplication.instance()
    languages = running.findChild(Languages) if running is not None else None
    assert isinstance(languages, Languages)
    languages.switch(language)
