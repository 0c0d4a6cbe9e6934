"""What happens at the desks of a world, chosen by numbers: people work, clocks jump, lines and machines fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Any, Final

from sqlalchemy import select

from sync.client.engine import SyncReport
from sync.server.tables import op_log
from tests.faults import rest
from tests.faults.carrying import Carrying
from tests.faults.handing import PLAIN, Draw
from tests.faults.restoring import come_to_rest
from tests.faults.world import Seat, World
from zzdesk.desk import commands as desk_commands
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import MediationSession
from zzdesk.mediation.papers import act_paper, add_paper, edit_paper, void_paper
from zzdesk.ops.models import Conflict
from zzdesk.reports import commands as reports
from zzdesk.reports.workflow import BY_REQUEST, TRANSITIONS
from zzdesk.store.unit import ChangeSet, UnitOfWork

ORDINARY: Final[dict[str, int]] = {
    "register": 3, "edit": 3, "clash": 6, "clash_texts": 4, "count": 3, "tag": 3, "act": 3, "act_apart": 4,
    "void": 1, "void_against_edit": 2, "accept_case": 3, "add_party": 3, "edit_party": 3, "clash_party": 4,
    "clash_amount": 4, "team": 4, "session": 3, "several_at_once": 2, "sync": 10, "sync_all": 7,
    "sync_badly": 12, "die": 4, "crash": 2, "late": 2, "clock": 3, "resolve": 10, "resolve_apart": 6,
    "decide_by_two": 8, "retry": 2, "restart": 1, "overtake": 3, "edit_in_flight": 6, "write_up_too_late": 5,
    "claim_apart": 5, "give_back": 2, "take_over": 1, "correct": 2, "give_up": 1,
    "transfer": 3, "transfer_apart": 3,
}  # fmt: skip
"""Each happening of an ordinary week and its weight."""

HAPPENINGS: Final = ORDINARY | {
    "copy_home": 4, "put_home_back": 6, "clone": 2, "back_up": 4, "fall_back": 6, "carry": 8, "old_stick": 3, "hold": 2,
}  # fmt: skip
"""Likewise with disks and the centre put back, and sticks carried."""

ROUNDS: Final = ("sync", "sync_all", "sync_badly", "die", "overtake", "crash", "decide_by_two",
                 "edit_in_flight", "hold", "put_home_back", "clone", "fall_back", "carry", "old_stick")
"""After these every desk is looked at."""
JUMPS: Final = (1, 20, 40, 4000, -90, -40000, 10 * 365 * 86400, -10 * 365 * 86400)
CLOSING: Final = {
    "read_back": True, "unsigned_because": "当场都签在纸上，见扫描件",
    "result": "continues", "started_at": "2026-03-02T01:00:00.000Z", "place": "调解室",
}  # fmt: skip
"""What a session's record needs before it can be closed."""


def _write_up(work: UnitOfWork, session: str, changes: dict[str, Any]) -> ChangeSet:
    """Write a session up and note it on the case, in one group: both or neither."""
    case = work.get(MediationSession, session).case_id
    with work.together():
        mediation.edit_case(work, case, {"linkage_number": changes["recorder"]})
        edit_paper(work, "session", session, changes)
    return work.commit()


class Happenings(Carrying):
    """Lets things happen in a world and counts in ``reached`` what came of them."""

    def __init__(self, world: World, reached: Counter[str]) -> None:
        super().__init__(world, reached)
        self._held: set[str] = set()
        for seat in world.seats:
            self._joined(seat)

    def _joined(self, seat: Seat) -> None:
        seat.faults.meanwhile = partial(self._work_on, seat)

    @staticmethod
    def choose(random: Random, among: Mapping[str, int] = HAPPENINGS) -> tuple[str, Draw]:
        """Choose what happens next."""
        [what] = random.choices(list(among), list(among.values()))
        return what, Draw.of(random)

    def let(self, what: str, draw: Draw) -> None:
        """Let this happen."""
        getattr(self, f"_{what}")(draw)
        if what in ROUNDS:
            self._held |= set(self._outcomes("held"))
        for seat in self.world.seats if what in ROUNDS else ():
            rest.check_desk(seat)

    def finish(self) -> None:
        """Let the world come to rest, check it, and count what was reached."""
        come_to_rest(self.world, self.reached)
        self._held = self._held.union(self._outcomes("held"), *(seat.faults.held for seat in self.world.seats))
        self.reached.update(rest.check(self.world))
        met = self.world.met()
        self.reached.update({f"net:{fate}": n for fate, n in met.items()})
        self.reached["answer lost"] += sum(met[fate] for fate in ("lose-answer", "die-after", "cut", "twice"))
        self.reached["held"] += len(self._held)
        self.reached["released"] += len(self._held & set(self._outcomes("applied", "merged", "conflict", "lost")))

    def _outcomes(self, *outcomes: str) -> list[str]:
        query = select(op_log.c.op_id).where(op_log.c.outcome.in_(outcomes))
        with self.world.server.centre.database.reading() as connection:
            return list(connection.execute(query).scalars())

    # ---- reports

    def _register(self, draw: Draw) -> None:
        word = self._word(draw.pick)
        fields = {"title": word, "category": "road", "description": f"{word}。第二句。第三句。", "tags": [word]}
        self._do("register", self._seat(draw.one), reports.register, fields)

    def _edit(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        report = self._one_of(seat.ids("report"), draw.which)
        if report:
            field = PLAIN[draw.pick % len(PLAIN)]
            self._do("edit", seat, reports.edit, report, {field: self._word(draw.other)})

    def _clash(self, draw: Draw) -> None:
        """Two seats, or all of them, write one field of a report that they all have."""
        seats = self._two(draw) if draw.other % 3 else tuple(self.world.seats)
        report = self._shared("report", seats, draw.which)
        field = PLAIN[draw.pick % len(PLAIN)]
        for seat in seats if report else ():
            same = draw.pick == 11
            self._do("clash", seat, reports.edit, report, {field: "同样" if same else self._word(draw.pick)})

    def _clash_texts(self, draw: Draw) -> None:
        """Two seats change a narrative: in two places, or in one."""
        seats = self._two(draw)
        report = self._shared("report", seats, draw.which)
        for n, seat in enumerate(seats if report else ()):
            assert report
            text = seat.body("report", report).get("description", "")
            word = f"{self._word(draw.pick)}。"
            ends = (word + text, text + word) if draw.pick % 3 else (word, word)
            self._do("clash_texts", seat, reports.edit, report, {"description": ends[n]})
        if report and draw.other % 2:
            self._go_on_writing(seats[1], report, draw.pick)

    def _go_on_writing(self, seat: Seat, report: str, pick: int) -> None:
        """Lay another edit upon one that has not been sent: its author sees only what he wrote himself."""
        seat.clock.advance(31)
        text, word = seat.body("report", report).get("description", ""), f"{self._word(pick)}。"
        self._do("go on writing", seat, reports.edit, report, {"description": text + word if pick % 2 else word + text})

    def _count(self, draw: Draw) -> None:
        seats = self._two(draw)
        report = self._shared("report", seats, draw.which)
        for seat in seats if report else ():
            assert report
            now = seat.body("report", report).get("support_count", 0)
            self._do("count", seat, reports.edit, report, {"support_count": now + 1 + draw.pick})

    def _tag(self, draw: Draw) -> None:
        seats = self._two(draw)
        report = self._shared("report", seats, draw.which)
        for seat in seats if report else ():
            assert report
            tags = set(seat.body("report", report).get("tags", ()))
            kept = tags - set(sorted(tags)[: draw.pick % 2])
            self._do("tag", seat, reports.edit, report, {"tags": sorted(kept | {self._word(draw.pick)})})

    def _step(self, name: str, seat: Seat, report: str, pick: int, tries: int = 1) -> bool:
        """Move a report along by the first of so many ways, from ``pick`` on, that the rules let this seat go."""
        body = seat.body("report", report)
        arrows = [a.action for a in TRANSITIONS.leaving(body["state"], body) if a.action not in BY_REQUEST]
        ways = [arrows[(pick + n) % len(arrows)] for n in range(min(tries, len(arrows)))]
        return any(self._do(name, seat, reports.act, report, way, self._about(way, pick), "理由") for way in ways)

    def _about(self, action: str, pick: int) -> dict[str, Any]:
        step = {"note": self._word(pick), "handler_unit": "城管", "contact_result": "notice-posted"}
        if action == "refer":
            step["referred_to"] = "12345"
        if action in ("evaluate", "redo"):
            step["answer"] = "satisfied" if action == "evaluate" else "unsatisfied"
        return step

    def _act(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        report = self._one_of(seat.ids("report"), draw.which)
        if report:
            self._step("act", seat, report, draw.pick)

    def _act_apart(self, draw: Draw) -> None:
        """Two seats move two reports along, each by its own lights: one of the steps arrives late."""
        seats = self._two(draw)
        for report in filter(None, (self._shared("report", seats, draw.which + n) for n in range(2))):
            for n, seat in enumerate(seats):
                for _ in range(1 + (draw.pick + n) % 3):
                    self._step("act_apart", seat, report, draw.pick + n, tries=4)

    def _void(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        report = self._one_of(seat.ids("report"), draw.which)
        if report:
            gone = seat.body("report", report).get("voided")
            self._do("unvoid" if gone else "void", seat, reports.unvoid if gone else reports.void, report, "重复")

    def _void_against_edit(self, draw: Draw) -> None:
        one, other = self._two(draw)
        report = self._shared("report", (one, other), draw.which)
        if report:
            self._do("void_against_edit", one, reports.void, report, self._word(draw.pick))
            self._do("edit", other, reports.edit, report, {PLAIN[draw.pick % 4]: self._word(draw.pick)})

    def _several_at_once(self, draw: Draw) -> None:
        """Many operations of one desk, more than the smallest batch, in one group and in several."""
        seat = self._seat(draw.one)
        for n in range(9 + draw.pick):
            report = self._one_of(seat.ids("report"), draw.which + n)
            if report:
                self._do("edit", seat, reports.note, {"report_id": report, "note": self._word(n)})

    # ---- mediation

    def _accept_case(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        ours = [each.login for each in self._neighbours(seat)]
        team = [seat.login] if draw.pick % 4 == 0 else ours[: 2 + draw.pick % 2]
        self._do("case", seat, mediation.accept, {"category": "neighbours", "team": team, "amount": "100.00"})

    def _cases(self, seat: Seat) -> list[str]:
        return [c for c in seat.ids("case") if seat.account in seat.body("case", c).get("team", ())]

    def _case_of(self, seat: Seat, n: int) -> str | None:
        return self._one_of(self._cases(seat), n)

    def _add_party(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        case = self._case_of(seat, draw.which)
        if case:
            self._new_party(seat, case, draw.pick)

    def _new_party(self, seat: Seat, case: str, pick: int) -> None:
        fields = {"case_id": case, "name": self._word(pick), "role": "applicant", "note": "甲。乙。"}
        self._do("party", seat, add_paper, "party", fields)

    def _edit_party(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        party = self._one_of(seat.ids("party"), draw.which)
        if party:
            if draw.pick == 0:
                self._do("void_party", seat, void_paper, "party", party, "误录")
            else:
                self._do("edit_party", seat, edit_paper, "party", party, {"address": self._word(draw.pick)})

    def _clash_party(self, draw: Draw) -> None:
        """Two of a team write who a party is: identity takes two people to decide."""
        seats = self._two(draw)
        party = self._shared("party", seats, draw.which)
        for seat in seats if party else ():
            self._do("clash_party", seat, edit_paper, "party", party, {"name": self._word(draw.pick)})

    def _clash_amount(self, draw: Draw) -> None:
        """Two of a team write the money at stake."""
        seats = self._two(draw)
        case = self._shared("case", seats, draw.which)
        for seat in seats if case else ():
            amount = f"{next(self._numbers) + 1}.00"
            self._do("clash_amount", seat, mediation.edit_case, case, {"amount": amount})

    def _team(self, draw: Draw) -> None:
        """A team changes: twice as often by somebody who joins as by somebody who leaves."""
        if draw.pick % 3:
            self._join_team(draw)
        else:
            self._leave_team(draw)

    def _join_team(self, draw: Draw) -> None:
        """Somebody from outside joins a team and gets the file as a whole, whatever lies in it by then."""
        seat = self._seat(draw.one)
        ours = sorted(each.account for each in self._neighbours(seat))
        outside = {c: sorted(set(ours) - set(self._members(seat, c))) for c in self._cases(seat)}
        case = self._one_of([c for c, absent in outside.items() if absent], draw.which)
        if case is None:  # everybody is in every team
            case = self._own_case(seat)
            outside = {case: [each for each in ours if each != seat.account]}
        if not seat.ids("party", case_id=case):
            self._new_party(seat, case, draw.pick)
            seat.sync()
        if outside[case]:
            comes = outside[case][draw.other % len(outside[case])]
            self._set_team("join team", seat, case, {*self._members(seat, case), comes})

    def _own_case(self, seat: Seat) -> str:
        """Return a new case that one person alone has to do with."""
        before = set(seat.ids("case"))
        self._do("case", seat, mediation.accept, {"category": "neighbours", "team": [seat.login], "amount": "100.00"})
        [case] = set(seat.ids("case")) - before
        return case

    def _leave_team(self, draw: Draw) -> None:
        """Somebody leaves a team, perhaps with work in the file that has not been sent; some go on in it unaware."""
        seat = self._seat(draw.one)
        case = self._one_of([c for c in self._cases(seat) if len(self._members(seat, c)) > 1], draw.which)
        if case is None:
            return
        members = self._members(seat, case)
        goes = members[draw.other % len(members)]
        if draw.which % 2:
            for other in self.world.seats:
                if other.account == goes:
                    self._write_in(other, case, draw.pick)
        self._set_team("leave team", seat, case, set(members) - {goes})

    def _set_team(self, name: str, seat: Seat, case: str, team: set[str]) -> None:
        self._do(name, seat, mediation.edit_case, case, {"team": sorted(team)})

    @staticmethod
    def _members(seat: Seat, case: str) -> list[str]:
        return sorted(seat.body("case", case)["team"])

    def _write_in(self, seat: Seat, case: str, pick: int) -> None:
        party = self._one_of(seat.ids("party", case_id=case), pick)
        if party:
            self._do("edit_party", seat, edit_paper, "party", party, {"address": self._word(pick)})

    def _session(self, draw: Draw) -> None:
        """A session is held, written up by two, and closed by one: what comes after is too late."""
        seat = self._seat(draw.one)
        found = self._one_of(seat.ids("session"), draw.which)
        case = self._case_of(seat, draw.which)
        if found is None or draw.pick < 2:
            self._do("session", seat, add_paper, "session", {"case_id": case, "record": "开始。"})
        elif draw.pick < 9:
            record = seat.body("session", found).get("record", "") + f"{self._word(draw.pick)}。"
            changes = {"record": record, "recorder": self._word(draw.pick)}
            self._do("write_up", seat, _write_up, found, changes)
        else:
            self._close(seat, found)

    def _close(self, seat: Seat, session: str) -> None:
        case = seat.body("session", session)["case_id"]
        for party in seat.ids("party", case_id=case):
            if not seat.body("party", party).get("notice_at"):
                self._do("notify", seat, act_paper, "party", party, "notify", {"notice_signed": True})
        self._do("close", seat, act_paper, "session", session, "close", CLOSING)

    def _write_up_too_late(self, draw: Draw) -> None:
        """One closes a session while another, who does not know, writes it up: the whole group is refused."""
        one, other = self._two(draw)
        session = self._shared("session", (one, other), draw.which)
        case = self._case_of(one, draw.which)
        if session is None and case:
            self._do("session", one, add_paper, "session", {"case_id": case, "record": "开始。"})
            one.sync()
            other.sync()
        elif session:
            changes = {"record": f"{self._word(draw.pick)}。", "recorder": self._word(draw.pick)}
            self._do("write_up", other, _write_up, session, changes)
            self._close(one, session)
            one.sync()

    # ---- lines, machines, clocks

    def _sync(self, draw: Draw) -> None:
        outcome = self._seat(draw.one).sync()
        assert isinstance(outcome, SyncReport), outcome
        self.reached["round done"] += 1

    def _sync_all(self, draw: Draw) -> None:
        """Everybody synchronises, one after another."""
        for n in range(len(self.world.seats)):
            self._sync(Draw(draw.one + n))

    def _sync_badly(self, draw: Draw) -> None:
        outcome = self._seat(draw.one).sync(*draw.fates)
        self.reached["round done" if isinstance(outcome, SyncReport) else "round failed"] += 1

    def _die(self, draw: Draw) -> None:
        """The power goes just before one of the transactions of a round commits."""
        outcome = self._seat(draw.one).sync(die_at_commit=1 + draw.pick % 6)
        self.reached["round done" if isinstance(outcome, SyncReport) else "died in a round"] += 1

    def _restart(self, _: Draw) -> None:
        """The centre is restarted on its data."""
        self.world.restart()
        self.reached["restart"] += 1

    def _overtake(self, draw: Draw) -> None:
        """The last group of a push arrives before the rest of it, and waits at the centre."""
        seat = self._seat(draw.one)
        report = self._one_of(seat.ids("report"), draw.which)
        if report:
            self._do("edit", seat, reports.edit, report, {"title": self._word(draw.pick)})
            seat.clock.advance(31)
            self._do("edit", seat, reports.edit, report, {"title": self._word(draw.pick)})
        met = seat.faults.met["tail overtook"]
        seat.sync(*["tail-first"] * 5)
        self.reached["overtake"] += seat.faults.met["tail overtook"] - met

    def _hold(self, draw: Draw) -> None:
        """A child arrives before its parent, and waits at the centre until the parent is there."""
        seat = self._seat(draw.one)
        self._register(draw)
        report = seat.ids("report")[-1]
        seat.clock.advance(31)
        self._do("note", seat, reports.note, {"report_id": report, "note": self._word(draw.pick)})
        seat.sync(*["tail-first" if draw.pick % 2 else "tail-only"] * 4)
        self.reached["child before parent"] += 1

    def _work_on(self, seat: Seat) -> None:
        """Go on working at a desk: what was written before may be on its way."""
        for report in seat.ids("report")[:2]:
            word = self._word(len(report))
            self._do("in flight", seat, reports.edit, report, {"title": word, "support_count": 1, "tags": [word]})
        rest.check_desk(seat)

    def _edit_in_flight(self, draw: Draw) -> None:
        """Somebody goes on working while the round of the same desk is under way, at each of its requests."""
        one, other = self._two(draw)
        other.sync()
        self._work_on(one)
        one.sync(*["meanwhile" if n != draw.pick else draw.fates[0] for n in range(6)])

    def _crash(self, draw: Draw) -> None:
        self._seat(draw.one).crash()
        self.reached["crash"] += 1

    def _late(self, draw: Draw) -> None:
        self.reached["late"] += self._seat(draw.one).adapter.deliver()

    def _clock(self, draw: Draw) -> None:
        self._seat(draw.one).clock.advance(JUMPS[draw.pick % len(JUMPS)])
        self.reached["clock"] += 1

    # ---- conflicts

    def _open(self, seat: Seat) -> list[str]:
        query = select(Conflict.id).where(Conflict.state != "resolved").order_by(Conflict.id)
        with seat.desk.store.reader() as session:
            return list(session.scalars(query))

    def _decide(self, name: str, seat: Seat, conflict: str, pick: int) -> None:
        """Decide by one of the values that stand there."""
        count = len(seat.body("conflict", conflict)["candidates"])
        self._do(name, seat, desk_commands.resolve, conflict, None, None, "核对过", pick % count)

    def _who_has_one(self, draw: Draw, *fields: str) -> tuple[str | None, list[Seat]]:
        """Choose an open conflict, about one of these fields if any are named, and return who has it, one of them first."""
        have: dict[str, list[Seat]] = defaultdict(list)
        for seat in self.world.seats:
            for conflict in self._open(seat):
                if not fields or seat.body("conflict", conflict)["field"] in fields:
                    have[conflict].append(seat)
        conflict = self._one_of(sorted(have), draw.which)
        seats = have[conflict] if conflict else []
        first = draw.one % max(1, len(seats))
        return conflict, seats[first:] + seats[:first]

    def _resolve(self, draw: Draw) -> None:
        conflict, seats = self._who_has_one(draw)
        if conflict is None:
            return
        seat = seats[0]
        if draw.pick < 4:
            side = "mine" if draw.pick < 2 else "theirs"
            self._do("resolve", seat, desk_commands.resolve, conflict, side, None, "核对过")
        elif draw.pick < 6 and seat.body("conflict", conflict)["field"] in PLAIN:
            value = {seat.body("conflict", conflict)["field"]: self._word(draw.pick)}
            self._do("resolve by hand", seat, desk_commands.resolve, conflict, None, value, "另查")
        else:
            self._decide("resolve", seat, conflict, draw.pick)

    def _resolve_apart(self, draw: Draw) -> None:
        """Two seats decide one conflict, each without knowing of the other, the same way or not."""
        conflict, seats = self._who_has_one(draw)
        for n, seat in enumerate(seats[:2] if len(seats) > 1 else ()):
            assert conflict
            self._decide("resolve_apart", seat, conflict, n if draw.pick % 3 else 0)

    def _decide_by_two(self, draw: Draw) -> None:
        """One proposes who a party is, or how much money is at stake; everybody else may confirm it."""
        conflict, seats = self._who_has_one(draw, "name", "amount")
        if conflict is None:  # else most walks would have none to decide about
            self._clash_amount(draw)
            for seat in self._two(draw) * 2:
                seat.sync()
            conflict, seats = self._who_has_one(draw, "name", "amount")
        if conflict:
            self._decide("propose", seats[0], conflict, draw.pick)
            seats[0].sync()
            for other in self._neighbours(seats[0])[1:]:
                other.sync()
        for seat in self.world.seats:
            proposed = self._one_of(seat.ids("conflict", state="proposed"), draw.which)
            body = seat.body("conflict", proposed) if proposed else {}
            if body and body["proposal"]["user"] != seat.account:
                value = {body["field"]: body["proposal"].get("value")}
                self._do("confirm", seat, desk_commands.resolve, proposed, None, value, "核对无误")
