"""What was vetted is what recruits: neither its evidence nor who comes for it is exchanged afterwards (HR article 26)."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import FIRM, PAPERS, vetted
from zzdesk.errors import RefusedError


def test_the_scans_that_a_vetting_rests_on_stay_what_they_are(station: Station) -> None:
    firm = vetted(station)
    (licence,) = station.rows("lin", "attachment", purpose="licence")
    for change in (lambda: station.act("lin", "attachment", licence["id"], "void", "看不清"),
                   lambda: station.edit("lin", "attachment", licence["id"], {"purpose": "other"})):  # fmt: skip
        with pytest.raises(RefusedError, match="转回待核验") as refused:
            change()
        assert refused.value.params["code"] == "attachment-vetted"
    station.edit("lin", "attachment", licence["id"], {"note": "正本"})
    station.act("lin", "employer", firm, "recheck", "换证")
    station.edit("lin", "attachment", licence["id"], {"purpose": "other"})
    station.act("lin", "attachment", licence["id"], "void", "看不清")
    with pytest.raises(RefusedError, match="营业执照"):
        station.act("zhuang", "employer", firm, "vet", valid_until="2027-11-23")


def test_who_comes_for_an_employer_is_vetted_with_it(station: Station) -> None:
    firm = vetted(station)
    for changes in ({"handler_name": "林大同"}, {"handler_identity": "350602194903070020"}):
        with pytest.raises(RefusedError, match="待核验"):
            station.edit("lin", "employer", firm, changes)
    other = station.add("lin", "employer", FIRM | PAPERS | {"credit_code": "92350603MA8TQ4567A"})
    station.edit("zhuang", "employer", other, {"handler_name": "林大同"})
    with pytest.raises(RefusedError, match="改过这份内容"):
        station.vet(other)  # by Zhuang, who put another handler there
