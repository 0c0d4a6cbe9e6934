"""The kiosk's account: it signs people in by digests, serves the one who is there, and reads nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk import kiosk, kiosk_door, kiosk_exit
from zzdesk.desk.kiosk import Proof
from zzdesk.desk.session import Desk, open_desk
from zzdesk.errors import InvalidError, LockedOutError, NotFoundError, RefusedError, WrongPasswordError
from zzdesk.jobs.kiosk_rules import VisitOverError
from zzdesk.jobs.placing import UnderageError
from zzdesk.store.keys import TEST_COST

FIRM = {"employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028", "handler_phone": "19905960002"}
POSTING = {
    "title": "钟点保洁 3小时", "trade": "cleaning", "headcount": 1, "conditions": "无，有事打 13959600002", "tasks": "打扫",
    "place": "丹霞路8号", "wage": "90.00", "pay_unit": "piece", "starts_at": "2026-11-25T08:00:00+08:00",
    "ends_at": "2026-11-25T11:00:00+08:00", "contact_name": "陈美丽", "contact_phone": "19905960002",
}  # fmt: skip
XIUYING = {"name": "李秀英", "identity_number": "350602194903070020", "phone": "13805961234"}
JUNJIE = {"name": "许俊杰", "identity_number": "350627200909015255"}
NAMESAKE = {"name": "黄阿明", "identity_number": "350625197506153330", "phone": "13705961234"}


class Hall:
    """A station with a kiosk, postings and people; ``token`` is that of the visit under way."""

    def __init__(self, station: Station) -> None:
        self.station, self.kiosk, self.token, self._visits = station, station["guo"], "", 0
        self.firm = station.add("lin", "employer", FIRM)
        station.vet(self.firm)
        kiosk_door.set_pin(station["zhuang"], "204817", cost=TEST_COST)

    def post(self, **more: Any) -> str:
        posting = self.station.add("lin", "posting", POSTING | {"employer_id": self.firm} | more)
        self.station.act("lin", "posting", posting, "submit")
        self.station.act("zhuang", "posting", posting, "publish")
        return posting

    def register(self, fields: dict[str, Any]) -> tuple[str, str]:
        worker = self.station.add("lin", "worker", fields)
        kiosk_door.renew_some(self.kiosk, (worker,))
        return worker, self.station.show("lin", "worker", worker)["card"]

    def come(self, **proof: str) -> kiosk.Visitor:
        self._visits += 1
        self.token = f"visit {self._visits}"
        return kiosk_door.sign_in(self.kiosk, self.token, Proof(**proof))


@pytest.fixture
def hall(station: Station) -> Hall:
    return Hall(station)


def ids(page: Any) -> list[str]:
    return [row.id for row in page.rows]


def test_a_card_and_the_last_four_of_the_phone_let_its_owner_in_and_apply(hall: Hall) -> None:
    posting = hall.post()
    worker, card = hall.register(XIUYING)
    assert hall.kiosk.read(kiosk.asks_for, card) == "phone"
    assert hall.come(card=card, answer="1234") == kiosk.Visitor("李*英", "138****1234", 0)
    (offer,) = hall.kiosk.read(kiosk.offers, hall.token).rows
    assert (offer.id, offer.employer, offer.left) == (posting, "", 1)
    assert not any(secret in repr(offer) for secret in ("陈美丽", "19905960002", "13959600002"))
    hall.kiosk.write(kiosk.apply, hall.token, posting)
    assert hall.kiosk.read(kiosk.offers, hall.token).rows == ()
    (mine,) = hall.kiosk.read(kiosk.mine, hall.token).rows
    assert (mine.state, mine.name, mine.title) == ("applied", "李*英", POSTING["title"])
    assert hall.kiosk.read(kiosk.application, hall.token, mine.id) == mine
    with pytest.raises(RefusedError, match="已经报名"):
        hall.kiosk.write(kiosk.apply, hall.token, posting)
    (row,) = hall.station.rows("lin", "application")
    assert (row["way"], row["worker_id"], row["created_by"]) == ("kiosk", worker, hall.kiosk.actor.account_id)
    assert hall.station.audit("kiosk.sign-in") == [{"by": "card"}]


def test_without_a_card_both_tails_are_asked_and_one_phone_tail_of_two_people_shows_neither_to_the_other(hall: Hall) -> None:
    hall.register(XIUYING)
    hall.register(NAMESAKE)
    assert hall.come(phone_tail="1234", identity_tail="3330").name == "黄*明"
    assert hall.come(phone_tail="1234", identity_tail="0020").name == "李*英"
    with pytest.raises(RefusedError, match="没有对上"):
        hall.come(phone_tail="1234", identity_tail="9999")


def test_two_people_whom_nothing_tells_apart_are_both_sent_to_the_staff(hall: Hall) -> None:
    hall.register(XIUYING)
    hall.register({"name": "林小妹", "identity_number": "350602198509070020", "phone": "13605961234"})
    with pytest.raises(RefusedError, match="没有对上"):
        hall.come(phone_tail="1234", identity_tail="0020")
    assert hall.station.audit("kiosk.sign-in") == []


def test_without_a_phone_the_card_asks_for_the_identity_number(hall: Hall) -> None:
    _, card = hall.register(JUNJIE)
    assert hall.kiosk.read(kiosk.asks_for, card) == "identity"
    assert hall.come(card=card, answer="5255").name == "许*杰"


def test_nobody_finds_out_by_the_question_which_cards_there_are(hall: Hall) -> None:
    """Cards are numbered one after the other: what is asked beside one that nobody has looks like that of anybody."""
    hall.register(JUNJIE)
    made_up = [f"GK20261123-XXXX-{number:04}" for number in range(80)]
    asked = [hall.kiosk.read(kiosk.asks_for, card) for card in made_up]
    assert set(asked) == {"phone", "identity"}
    assert [hall.kiosk.read(kiosk.asks_for, card) for card in made_up] == asked


def test_who_tries_card_after_card_is_stopped_for_the_whole_machine_and_a_right_card_between_does_not_help(hall: Hall) -> None:
    _, card = hall.register(XIUYING)
    tried = 0
    for number in range(100):
        try:
            hall.come(card=f"GK20261123-XXXX-{number:04}", answer="1234")
        except LockedOutError:
            break
        except RefusedError:
            tried += 1
        if number % 4 == 0:
            hall.come(card=card, answer="1234")
    assert tried == kiosk_door.EVERYBODY.most
    with pytest.raises(LockedOutError):
        hall.come(card=card, answer="1234")
    hall.station.clock.advance(601)
    hall.come(card=card, answer="1234")
    with pytest.raises(RefusedError, match="没有对上"):
        hall.come(card="GK20261123-YYYY-0001", answer="1234")
    with pytest.raises(LockedOutError):
        hall.come(card="GK20261123-YYYY-0002", answer="1234")
    hall.station.clock.advance(2 * 3600)
    for number in range(2):
        with pytest.raises(RefusedError, match="没有对上"):
            hall.come(card=f"GK20261123-ZZZZ-{number:04}", answer="1234")
    assert hall.come(card=card, answer="1234").name == "李*英"


def test_a_pass_follows_its_worker(hall: Hall) -> None:
    worker, card = hall.register(XIUYING)
    hall.station.edit("lin", "worker", worker, {"phone": "13805965678"})
    hall.station.act("lin", "worker", hall.register(NAMESAKE)[0], "pause", "外出")
    kiosk_door.renew_all(hall.kiosk)
    hall.come(card=card, answer="5678")
    for proof in ({"card": card, "answer": "1234"}, {"phone_tail": "1234", "identity_tail": "3330"}):
        with pytest.raises(RefusedError):
            hall.come(**proof)
    hall.station.act("lin", "worker", worker, "pause", "外出")
    with pytest.raises(VisitOverError):
        hall.kiosk.read(kiosk.who, hall.token)


def test_passes_are_renewed_in_parts(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk, "AT_ONCE", 1)
    made = [hall.station.add("lin", "worker", person) for person in (XIUYING, NAMESAKE)]
    cards = [hall.station.show("lin", "worker", worker)["card"] for worker in made]
    with pytest.raises(RefusedError):
        hall.come(card=cards[0], answer="1234")
    kiosk_door.renew_all(hall.kiosk)
    assert [hall.come(card=card, answer="1234").name for card in cards] == ["李*英", "黄*明"]


def test_five_wrong_answers_lock_the_card_and_nobody_else(hall: Hall) -> None:
    _, card = hall.register(XIUYING)
    _, other = hall.register(NAMESAKE)
    for _ in range(5):
        with pytest.raises(RefusedError):
            hall.come(card=card, answer="0000")
    with pytest.raises(LockedOutError):
        hall.come(card=card, answer="1234")
    assert hall.come(card=other, answer="1234").name == "黄*明"
    hall.station.clock.advance(601)
    assert hall.come(card=card, answer="1234").name == "李*英"
    assert len(hall.station.audit("kiosk.sign-in-wrong")) == 5


def test_who_has_left_or_stayed_too_long_is_out(hall: Hall) -> None:
    posting, (_, card) = hall.post(), hall.register(XIUYING)
    hall.come(card=card, answer="1234")
    first = hall.token
    hall.come(card=card, answer="1234")
    asked: list[tuple[Any, ...]] = [(kiosk.who,), (kiosk.offers,), (kiosk.mine,), (kiosk.offer, posting)]
    for query, *args in asked:
        with pytest.raises(VisitOverError):
            hall.kiosk.read(query, first, *args)
    hall.kiosk.write(kiosk.end_visit)
    with pytest.raises(VisitOverError):
        hall.kiosk.write(kiosk.apply, hall.token, posting)
    hall.come(card=card, answer="1234")
    hall.station.clock.advance(kiosk.LONGEST.total_seconds())
    with pytest.raises(VisitOverError):
        hall.kiosk.read(kiosk.who, hall.token)


def test_nobody_applies_for_who_is_not_there_whatever_way_is_named(hall: Hall) -> None:
    """The generic command of the kiosk's account, and the way ``kiosk`` named by a clerk."""
    posting, (worker, _), (_, card) = hall.post(), hall.register(NAMESAKE), hall.register(XIUYING)
    hall.come(card=card, answer="1234")
    for login, way, why in (("guo", "kiosk", VisitOverError), ("guo", "counter", RefusedError), ("lin", "kiosk", RefusedError)):
        with pytest.raises(why):
            hall.station.add(login, "application", {"posting_id": posting, "worker_id": worker, "way": way})
    other = hall.station.add("lin", "application", {"posting_id": posting, "worker_id": worker})
    with pytest.raises(NotFoundError):
        hall.kiosk.read(kiosk.application, hall.token, other)


def test_seventeen_sees_day_work_only_and_fifteen_is_counted_and_nothing_else(hall: Hall) -> None:
    """Scenario D07 (c) and (d); 未成年人保护法 article 61, 禁止使用童工规定 article 4."""
    day = hall.post()
    heavy = hall.post(title="搬运", heavy=True)
    night = hall.post(title="夜市帮工", starts_at="2026-11-25T20:00:00+08:00", ends_at="2026-11-25T23:30:00+08:00")
    _, card = hall.register(JUNJIE)
    hall.come(card=card, answer="5255")
    assert ids(hall.kiosk.read(kiosk.offers, hall.token)) == [day]
    for barred in (heavy, night):
        with pytest.raises(NotFoundError):
            hall.kiosk.read(kiosk.offer, hall.token, barred)
        with pytest.raises(RefusedError):
            hall.kiosk.write(kiosk.apply, hall.token, barred)
    with pytest.raises(UnderageError, match="十六周岁"):
        hall.kiosk.write(kiosk.turn_away, "350628201103156260")
    with pytest.raises(InvalidError):
        hall.kiosk.write(kiosk.turn_away, "350628201103156261")
    hall.kiosk.write(kiosk.turn_away, XIUYING["identity_number"])
    assert "350628201103156260" not in (everything := hall.station.everything())
    assert XIUYING["identity_number"] not in everything
    from zzdesk.jobs import queries

    assert hall.station["lin"].read(queries.refused_children) == 1


def test_offers_leave_out_what_is_over_and_are_paged(hall: Hall) -> None:
    _, card = hall.register(XIUYING)
    posted = [hall.post(title=f"保洁{n}") for n in range(5)]
    hall.post(starts_at="2026-11-22T08:00:00+08:00", ends_at="2026-11-22T11:00:00+08:00")
    hall.post(valid_until="2026-11-23")
    hall.come(card=card, answer="1234")
    first = hall.kiosk.read(kiosk.offers, hall.token, None, 4)
    assert first.after is not None
    second = hall.kiosk.read(kiosk.offers, hall.token, first.after, 4)
    assert second.after is None
    found = ids(first) + ids(second)
    assert len(found) == len(set(found)) == 6
    assert set(posted) <= set(found)


def test_the_pin_is_an_operators_own_and_wrong_ones_are_counted(hall: Hall) -> None:
    for login in ("guo", "chen"):
        with pytest.raises(RefusedError, match=r"kiosk\.leave"):
            kiosk_door.set_pin(hall.station[login], "204818", cost=TEST_COST)
    for weak in ("12345", "111111", "345678", "20481a", "204817123"):
        with pytest.raises(InvalidError):
            kiosk_door.set_pin(hall.station["zhuang"], weak, cost=TEST_COST)
    for _ in range(4):
        with pytest.raises(WrongPasswordError):
            kiosk_door.leave(hall.kiosk, "000000")
    kiosk_door.leave(hall.kiosk, "204817")
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            kiosk_door.leave(hall.kiosk, "000000")
    with pytest.raises(LockedOutError):
        kiosk_door.leave(hall.kiosk, "204817")
    hall.kiosk.paths.kiosk_guard.unlink()
    with pytest.raises(LockedOutError):
        kiosk_door.leave(hall.kiosk, "204817")
    hall.station.clock.advance(601)
    kiosk_door.leave(hall.kiosk, "204817")
    assert len(hall.station.audit("kiosk.pin-wrong")) == 9
    assert len(hall.station.audit("kiosk.left")) == 2
    assert "204817" not in hall.station.everything()


def test_a_pin_is_changed_by_who_knows_it_alone_and_tries_are_counted(hall: Hall) -> None:
    desk = hall.station["zhuang"]
    with pytest.raises(InvalidError, match="不一样"):
        kiosk_door.change_pin(desk, "204817", "730518", "730519", cost=TEST_COST)
    for old in ("111222", None, "", "204818", "730518"):
        with pytest.raises(WrongPasswordError):
            kiosk_door.change_pin(desk, old, "730518", "730518", cost=TEST_COST)
    with pytest.raises(LockedOutError):
        kiosk_door.change_pin(desk, "204817", "730518", "730518", cost=TEST_COST)
    hall.station.clock.advance(601)
    kiosk_door.change_pin(desk, "204817", "730518", "730518", cost=TEST_COST)
    with pytest.raises(WrongPasswordError):
        kiosk_door.leave(hall.kiosk, "204817")
    kiosk_door.leave(hall.kiosk, "730518")
    with pytest.raises(RefusedError, match=r"kiosk\.leave"):
        kiosk_door.change_pin(hall.kiosk, None, "730518", "730518", cost=TEST_COST)


def test_only_the_kiosks_own_account_opens_it_and_not_before_there_is_a_pin(hall: Hall, station: Station) -> None:
    from zzdesk.desk.accounts import add_account

    zhuang, home, clock = station["zhuang"], station["zhuang"].home, station.clock
    add_account(zhuang, "zizhu", "自助机", ["kiosk"], "Ditie-2026-dating")
    with pytest.raises(RefusedError, match="角色"):
        kiosk_door.open_kiosk(home, "zhuang", "Xiqiao-2026-shequ", clock, cost=TEST_COST)
    _, card = hall.register(XIUYING)
    hall.come(card=card, answer="1234")
    opened: Desk = kiosk_door.open_kiosk(home, "zizhu", "Ditie-2026-dating", clock, cost=TEST_COST)
    with opened, pytest.raises(VisitOverError):
        opened.read(kiosk.who, hall.token)


def test_an_operator_leaves_a_kiosk_that_cannot_be_opened_and_wrong_pins_are_counted_there_too(station: Station) -> None:
    """Its account was stopped, say: nothing is read but the file beside the database."""
    home, clock = station["zhuang"].home, station.clock
    with pytest.raises(WrongPasswordError):
        kiosk_exit.leave_stopped(home, "204817", clock)
    kiosk_door.set_pin(station["zhuang"], "204817", cost=TEST_COST)
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            kiosk_exit.leave_stopped(home, "111222", clock)
    with pytest.raises(LockedOutError):
        kiosk_exit.leave_stopped(home, "204817", clock)
    clock.advance(601)
    kiosk_exit.leave_stopped(home, "204817", clock)
    assert b"204817" not in (home / "kiosk-door.json").read_bytes()


def test_whose_account_was_stopped_leaves_no_kiosk_once_it_has_been_opened_again(hall: Hall, station: Station) -> None:
    from zzdesk.desk.accounts import add_account, disable_account

    zhuang, home, clock = station["zhuang"], station["zhuang"].home, station.clock
    add_account(zhuang, "zizhu", "自助机", ["kiosk"], "Ditie-2026-dating")
    add_account(zhuang, "guanji", "管机", ["kiosk-operator"], "Ditie-2026-dating")
    with open_desk(home, "guanji", "Ditie-2026-dating", clock, cost=TEST_COST) as operator:
        kiosk_door.set_pin(operator, "730518", cost=TEST_COST)
    kiosk_exit.leave_stopped(home, "730518", clock)
    disable_account(zhuang, "guanji")
    kiosk_door.open_kiosk(home, "zizhu", "Ditie-2026-dating", clock, cost=TEST_COST).close()
    with pytest.raises(WrongPasswordError):
        kiosk_exit.leave_stopped(home, "730518", clock)
    kiosk_exit.leave_stopped(home, "204817", clock)


def test_an_answer_holds_no_field_for_anybody_else(hall: Hall) -> None:
    """What a query cannot say, no screen can show."""
    for answer in (kiosk.Offer, kiosk.Mine):
        names = {field.name for field in dataclasses.fields(answer)}
        assert not names & {"contact_name", "contact_phone", "worker_id", "handler_name", "handler_phone", "created_by"}
