"""A case that two desks keep: what the law forbids is not taken at the centre either, and nobody's work is lost."""

from __future__ import annotations

import json
from functools import partial

from sqlalchemy import select

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.sync.server.wire import rows
from tests.sync.stations import held, settle
from zzdesk.desk.session import Desk
from zzdesk.mediation import commands, papers
from zzdesk.mediation.models import Case, Dispute, MediationSession, Party
from zzdesk.ops.models import Conflict


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


def test_two_endings_clash_without_a_word_of_why(team: tuple[Desk, Desk, str]) -> None:
    """A conflict about a stub is the whole station's, and searched: why a case ended is its team's alone (PML article 15)."""
    first, second, case_id = team
    first.write(commands.act_case, case_id, "withdraw", {}, "王建国说是家里的丑事")
    second.write(commands.act_case, case_id, "refuse", {}, "黄阿明骂人后离开")
    settle(first, second)
    with first.store.reader() as session:
        clashes = session.scalars(select(Conflict).where(Conflict.record_id == case_id)).all()
        assert "state" in {clash.field for clash in clashes}
        assert {c.scope for c in clashes} == {session.get_one(Case, case_id).scope}
        text = " ".join(Conflict.search_text(partial(getattr, clash)) for clash in clashes)
        kept = session.scalars(select(Dispute.ending).where(Dispute.case_id == case_id)).all()
    assert "见卷宗" in text
    assert "丑事" not in text
    assert "骂人" not in text
    assert sorted(map(str, kept)) == ["王建国说是家里的丑事", "黄阿明骂人后离开"]
