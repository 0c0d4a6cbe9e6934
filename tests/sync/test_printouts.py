"""A paper says the same on every desk of the team, and who printed it is known on all of them (D04)."""

from __future__ import annotations

from sync.client.engine import sync_once
from tests.sync.stations import add
from zzdesk.desk import dossiers
from zzdesk.desk.session import Desk
from zzdesk.mediation import papers
from zzdesk.mediation.dossier.prints import digest


def test_the_other_desk_says_the_same_and_knows_what_was_printed(team: tuple[Desk, Desk, str]) -> None:
    first, second, case = team
    first.write(add, "party", {"case_id": case, "role": "respondent", "name": "黄阿明", "phone": "13705961111"})
    for desk in (first, second, first):
        sync_once(desk)
    for key in ("acceptance", "notice", dossiers.DOSSIER):
        assert first.read(digest, case, key) == second.read(digest, case, key), key

    made = dossiers.make(first, case, "acceptance", "word")
    first.write(dossiers.note, case, "acceptance", "paper", made)
    assert sync_once(first).rejected == 0
    sync_once(second)
    seen = second.read(dossiers.overview, case).printed["acceptance"]
    assert (seen.way, seen.count, seen.changed) == ("paper", 1, False)
    with second.store.reader() as session:
        party = next(p.id for p in session.query(papers.Party) if p.name == "黄阿明")
    second.write(papers.edit_paper, "party", party, {"phone": "13705962222"})
    assert second.read(dossiers.overview, case).printed["acceptance"].changed
    sync_once(second)
    sync_once(first)
    assert first.read(dossiers.overview, case).printed["acceptance"].changed
