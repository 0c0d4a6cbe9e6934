"""Who waits at the kiosk, in the real window: all are counted, and a number whose week is over is gone by itself."""

from __future__ import annotations

from datetime import timedelta

from tests.ui.pages.driver import Driver
from zzdesk.clock import FixedClock
from zzdesk.jobs import queries
from zzdesk.jobs.calling import CONSENT, KEPT
from zzdesk.jobs.models_calls import KioskCall


def test_the_banner_counts_all_who_wait_and_a_number_whose_week_is_over_is_deleted(window: Driver, clock: FixedClock) -> None:
    """Its kiosk may be broken or gone: the counter need not wait for it."""
    station = window.desk.actor.station
    with window.desk.store.writer() as session:
        for number in range(23):
            made = clock.now() - (KEPT if number == 0 else timedelta(hours=number))
            session.add(KioskCall(id=f"0000000{number // 10}-0000-7000-8000-00000000000{number % 10}", created_at=made,
                                  created_by="kiosk", scope=station, station=station, what="callback", state="open",
                                  phone=f"139059600{number:02}", consent_version=CONSENT))
        session.commit()
    page = window.page("workbench")
    page.calls.refresh()
    window.settle()
    assert "22" in page.calls.accessibleName()
    (gone,) = window.desk.read(queries.list_calls, ("expired",)).rows
    assert gone.phone == ""
