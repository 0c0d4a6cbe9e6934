"""Work that is called off or taken down: its people are free again, and nobody is there (domain rules B3.2, F55)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import POSTING, published, worker
from zzdesk.documents.figures import Month
from zzdesk.errors import RefusedError
from zzdesk.jobs import releasing
from zzdesk.jobs.match_queries import busy
from zzdesk.jobs.models import Application, Posting
from zzdesk.jobs.statistics_queries import job_month

OTHERS = ("350681196611114444", "350602194903070020")


def another(station: Station, posting: str, **more: object) -> str:
    """One more published posting of the same employer."""
    employer = station.show("lin", "posting", posting)["employer_id"]
    made = station.add("lin", "posting", POSTING | {"employer_id": employer} | more)
    station.act("lin", "posting", made, "submit")
    station.act("zhuang", "posting", made, "publish")
    return made


def asked(station: Station, posting: str, who: str) -> str:
    return station.add("lin", "application", {"posting_id": posting, "worker_id": who})


@pytest.mark.parametrize("action", ["cancel", "take-down"])
def test_who_applied_for_what_is_called_off_is_told_why_and_free(
    station: Station, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setattr(releasing, "AT_ONCE", 1)  # a group of operations has an end
    posting, people = published(station), [worker(station), worker(station, identity_number=OTHERS[0])]
    placed, waiting = (asked(station, posting, who) for who in people)
    station.act("lin", "application", placed, "confirm")
    station.act("zhuang", "posting", posting, action, "工地停电")
    for each in (placed, waiting):
        shown = station.show("lin", "application", each)
        assert (shown["state"], shown["reason"]) == ("withdrawn", "工地停电")
    shown = station.show("lin", "posting", posting)
    assert (shown["state"], shown["filled"]) == ({"cancel": "cancelled", "take-down": "taken-down"}[action], 0)
    again = another(station, posting)
    station.act("lin", "application", asked(station, again, people[0]), "confirm")


def test_work_at_which_somebody_is_already_is_settled_and_not_called_off(station: Station) -> None:
    posting = published(station, headcount=2)
    application = asked(station, posting, worker(station))
    station.act("lin", "application", application, "confirm")
    station.clock.set(datetime(2026, 11, 25, 0, 5, tzinfo=UTC))
    station.act("lin", "application", application, "check-in")
    for action in ("cancel", "take-down"):
        with pytest.raises(RefusedError, match="1人到岗"):
            station.act("zhuang", "posting", posting, action, "停电")
    station.act("lin", "posting", posting, "start")


def test_nobody_is_there_at_work_that_another_desk_called_off_and_the_month_says_who_is_said_to(station: Station) -> None:
    """As it stood before people were withdrawn with it: a place that another desk gave meanwhile."""
    posting, who = published(station), worker(station)
    application = asked(station, posting, who)
    station.act("lin", "application", application, "confirm")
    with station["zhuang"].store.writer() as session:
        session.execute(update(Posting).where(Posting.id == posting).values(state="cancelled"))
        session.commit()
    again = another(station, posting)
    with station["lin"].store.reader() as session:
        assert session.scalars(busy(session.get_one(Posting, again))).all() == []
    later = asked(station, again, who)
    station.act("lin", "application", later, "confirm")
    station.clock.set(datetime(2026, 11, 25, 0, 5, tzinfo=UTC))
    with pytest.raises(RefusedError, match="已经取消"):
        station.act("lin", "application", application, "check-in")
    with station["zhuang"].store.writer() as session:
        came, left = datetime(2026, 11, 25, 0, 5, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)
        done = {"state": "done", "checked_in_at": came, "checked_out_at": left, "minutes": 535}
        session.execute(update(Application).where(Application.id == application).values(**done))
        session.commit()
    report = station["lin"].read(job_month, Month(2026, 11))
    assert report.tallies["attended"].value == 0
    broken = {each.name: each.offenders for each in report.verdicts if not each.holds}
    assert broken == {"came.called-off": (application,), "day.sum": (application,)}
