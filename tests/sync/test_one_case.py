"""D05: two people, and a third by stick, edit one case while nobody hears of the others; whoever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.client import bundle as stick
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.bundle import receive
from sync.server.run import ServerThread
from tests.sync.stations import SECOND, STATION, NewDesk, device_of, parked
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, queries
from zzdesk.desk.accounts import add_account
from zzdesk.desk.outbox import discard, operation
from zzdesk.desk.session import Desk, create_home
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import papers
from zzdesk.mediation.guards import WORDS as GUARDED
from zzdesk.mediation.models import Agreement, Case, Party
from zzdesk.mediation.models_course import Participant
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.store.keys import TEST_COST

FAST = 7 * 60
"""Seconds that the laptop's clock is ahead."""
ORDERS = (
    ("office", "laptop", "third"), ("laptop", "office", "third"), ("office", "third", "laptop"), ("laptop", "third", "office"),
)  # fmt: skip
PARTIES = [{"role": "applicant", "name": "李秀英", "phone": "13805961234"}, {"role": "respondent", "name": "郑国辉"}]
TEXT = {"facts": "漏水属实", "issues": "赔偿", "content": "赔偿3200元", "performance": "分两次转账"}


class Team:
    """The office (Lin), the laptop (Huang, whose clock is fast) and a third desk (Wang), which only a stick connects."""

    def __init__(self, office: Desk, laptop: Desk, third: Desk, server: ServerThread, folder: Path,
                 clocks: tuple[FixedClock, ...]) -> None:  # fmt: skip
        self._clocks = clocks
        self.desks = {"office": office, "laptop": laptop, "third": third}
        self.office, self.laptop, self.third = office, laptop, third
        self._server, self._folder, self._trips = server, folder, 0
        people = {"category": "neighbours", "amount": "6800", "team": ["lin", "huang", "wang"]}
        made = office.write(mediation.accept_whole, people, {"title": "卫生间漏水", "facts": "漏水"}, PARTIES)
        self.case = next(record for kind, record in made.records if kind == "case")
        self.meet()

    def wait(self, seconds: int) -> None:
        """Let time pass, by every clock."""
        for clock in self._clocks:
            clock.advance(seconds)

    def arrive(self, who: str) -> None:
        """Let what somebody did come to the centre: by the network, or by a stick and its answer."""
        desk = self.desks[who]
        if who != "third":
            sync_once(desk)
            return
        self._trips += 1
        up, down = (self._folder / f"{way}{self._trips}.zzb" for way in ("up", "down"))
        receive(self._server.centre, stick.export(desk, up).path, down)
        stick.take_in(desk, down)

    def meet(self) -> None:
        """Let everybody hear of everything."""
        for _ in range(2):
            for who in self.desks:
                self.arrive(who)

    def all_of(self, model: Any, field: str, record_id: str) -> set[Any]:
        """Return what a field of a record is on the three desks."""
        found = set()
        for desk in self.desks.values():
            with desk.store.reader() as session:
                found.add(getattr(session.get_one(model, record_id), field))
        return found


@pytest.fixture
def team(new_desk: NewDesk, server: ServerThread, tmp_path: Path, clock: FixedClock) -> Iterator[Team]:
    office = new_desk()
    for login, name in (("huang", "黄建华"), ("wang", "王")):
        add_account(office, login, name, ["clerk", "mediator"], SECOND)
    sync_once(office)
    fast = FixedClock(clock.now() + timedelta(seconds=FAST))
    laptop, _ = create_home(tmp_path / "laptop", STATION, "huang", SECOND, clock=fast, cost=TEST_COST)
    enrol(laptop, server.url, server.enrol_code(STATION))
    sync_once(laptop)
    third = new_desk("wang", SECOND)
    yield Team(office, laptop, third, server, tmp_path, (clock, fast))
    laptop.close()


def edits(team: Team) -> tuple[str, str]:
    """Nobody hears of the others: three amounts, a phone and a witness; return the party and the witness."""
    with team.office.store.reader() as session:
        li = session.scalars(select(Party.id).where(Party.name == "李秀英")).one()
    team.office.write(mediation.edit_case, team.case, {"amount": "6300"})
    team.office.write(papers.edit_paper, "party", li, {"phone": "13959600002"})
    team.laptop.write(mediation.edit_case, team.case, {"amount": "7000"})
    witness = {"case_id": team.case, "name": "陈证人", "capacity": "community"}
    guest = team.laptop.write(mediation.add_paper, "participant", witness).created[0]
    team.third.write(mediation.edit_case, team.case, {"amount": "6500"})
    return li, guest


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_whoever_comes_first_the_outcome_is_the_same(team: Team, order: tuple[str, ...], clock: FixedClock) -> None:
    li, guest = edits(team)
    for who in order:
        team.wait(60)
        team.arrive(who)
    team.meet()
    assert team.all_of(Party, "phone", li) == {"13959600002"}
    assert team.all_of(Participant, "name", guest) == {"陈证人"}
    (row,) = team.office.read(queries.conflicts).rows
    assert (row.record_id, row.field, row.waits) == (team.case, "amount", True)
    found = team.office.read(queries.conflict, row.id)
    assert found.base == "6800.00"
    devices = {name: device_of(desk) for name, desk in team.desks.items()}
    assert {(c.value, c.user_name, c.device) for c in found.candidates} == {
        ("6300.00", "lin", devices["office"]), ("7000.00", "黄建华", devices["laptop"]), ("6500.00", "王", devices["third"]),
    }  # fmt: skip
    fast = {c.value: round((c.skew_ms or 0) / 1000) for c in found.candidates}
    assert fast == {"6300.00": 0, "7000.00": FAST, "6500.00": 0}
    assert all(c.at for c in found.candidates)
    decided(team, row.id, clock)
    assert {f"{amount:.2f}" for amount in team.all_of(Case, "amount", team.case)} == {"7000.00"}
    assert [parked(desk) for desk in team.desks.values()] == [{}, {}, {}]


def decided(team: Team, conflict: str, clock: FixedClock) -> None:
    """One proposes, another confirms; choice and reason are found among the conflicts of the month, on every desk."""
    team.third.write(commands.resolve, conflict, values={"amount": "7000"}, reason="以报价单为准")
    team.meet()
    team.office.write(commands.resolve, conflict, values={"amount": "7000"}, reason="看过报价单原件")
    team.meet()
    for desk in team.desks.values():
        assert desk.read(queries.conflicts).rows == ()
        (again,) = desk.read(queries.find_conflicts, "报价单").rows
        (this_month,) = desk.read(queries.conflicts, None, since=clock.now() - timedelta(days=1)).rows
        assert desk.read(queries.conflicts, None, since=clock.now() + timedelta(days=1)).rows == ()
        done = desk.read(queries.conflict, this_month.id)
        assert (again.id, done.resolution, done.reason) == (conflict, "7000.00", "看过报价单原件")
        assert (done.row.state, len(done.candidates) >= 3) == ("resolved", True)


def signed_on_the_laptop(team: Team) -> tuple[str, dict[str, Any]]:
    """The office changes what the agreement says; nobody heard of that when it is signed on the laptop."""
    made = team.office.write(mediation.add_paper, "agreement", {"case_id": team.case, "amount": "6800"} | TEXT).created[0]
    team.meet()
    team.wait(60)
    team.office.write(papers.edit_paper, "agreement", made, {"content": "赔偿5000元"})
    with team.laptop.store.reader() as session:
        signed = sorted(session.scalars(select(Party.id)))
    done = {"signed_by": signed, "mediator_signed": True, "sealed": True}
    team.laptop.write(papers.act_paper, "agreement", made, "take-effect", done)
    return made, done


def test_an_edit_of_what_was_signed_is_refused_and_kept(team: Team) -> None:
    made, _ = signed_on_the_laptop(team)
    team.arrive("laptop")
    team.arrive("office")
    team.meet()
    assert team.all_of(Agreement, "content", made) == {"赔偿3200元"}, "what was signed"
    assert team.all_of(Agreement, "state", made) == {"effective"}
    assert parked(team.office) == {"agreement": "agreement-in-effect"}
    assert str(GUARDED["agreement-in-effect"]) == "协议已生效，请走变更"
    with team.office.store.reader() as session:
        op_id = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED)).one()
    kept = team.office.read(operation, op_id)
    assert "赔偿5000元" in repr(kept), "nobody's words are lost"
    assert "amendment" in kept.next_steps


def test_what_nobody_signed_comes_into_effect_in_no_order(team: Team) -> None:
    """The office came first: its text stands on the draft, under which nobody has put a name."""
    made, done = signed_on_the_laptop(team)
    team.arrive("office")
    team.arrive("laptop")
    team.meet()
    assert team.all_of(Agreement, "state", made) == {"draft"}
    with team.laptop.store.reader() as session:
        aside = {row.op_id: row.problem["type"] for row in session.scalars(select(Outbox).where(Outbox.state == PARKED))}
    assert "/p/agreement-changed-after-signing" in aside.values()
    for op_id in aside:
        if team.laptop.read(operation, op_id).row.state == PARKED:
            team.laptop.write(discard, op_id, "照签过字的改回")
    team.laptop.write(papers.edit_paper, "agreement", made, {"content": TEXT["content"]})
    team.laptop.write(papers.act_paper, "agreement", made, "take-effect", done)
    team.meet()
    assert team.all_of(Agreement, "content", made) == {"赔偿3200元"}
    assert team.all_of(Agreement, "state", made) == {"effective"}
    assert parked(team.laptop) == {}
