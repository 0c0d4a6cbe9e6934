"""A case that two desks keep: what the law forbids is not taken at the centre either, and nobody's work is lost."""

from __future__ import annotations

import json

from sqlalchemy import select

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.sync.server.wire import rows
from tests.sync.stations import held
from zzdesk.desk.session import Desk
from zzdesk.mediation import papers
from zzdesk.mediation.models import Case, MediationSession, Party


def test_no_session_after_a_refusal_at_the_centre_either(team: tuple[Desk, Desk, str], server: ServerThread) -> None:
    """PML article 17; a session of who could not know of the refusal is kept for a person to decide on."""
    first, second, case_id = team
    first.write(papers.add_paper, "party", {"case_id": case_id, "role": "respondent", "name": "黄阿明"})
    sync_once(first)
    sync_once(second)
    party = sorted(held(first, Party))[0]
    first.write(papers.act_paper, "party", party, "refuse", {}, "李某说不调")
    second.write(papers.add_paper, "session", {"case_id": case_id, "place": "茶室"})
    sync_once(first)
    sync_once(second)
    (made,) = [row for row in rows(server, op_log) if row.kind == "session"]
    assert (made.outcome, json.loads(made.problem)["type"]) == ("quarantined", "/p/mediation-refused")
    assert not [row for row in rows(server, record) if row.kind == "session"]
    sync_once(first)
    with first.store.reader() as session:
        assert session.get_one(Case, case_id).state == "refused"
        assert not session.scalars(select(MediationSession)).all()
    assert held(second, MediationSession)
