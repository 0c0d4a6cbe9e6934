"""A case that two desks keep: what the law forbids is not taken at the centre either, and nobody's work is lost."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from sqlalchemy import select

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.sync.server.wire import rows
from tests.sync.stations import held, parked, settle
from zzdesk.desk import records, room
from zzdesk.desk.session import Desk
from zzdesk.desk.taking import take_in
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
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


def test_a_record_that_another_desk_changed_is_not_closed_with_the_signatures_under_the_old_one(
    team: tuple[Desk, Desk, str],
) -> None:
    """Domain rules B1.2, row 9: what was merged into a text that everybody had signed goes before a person."""
    first, second, case_id = team
    first.write(papers.add_paper, "party", {"case_id": case_id, "role": "respondent", "name": "黄阿明"})
    said = {"record": "双方到场。赔6800元。其他无争议。", "result": "agreed", "started_at": "2026-11-23T00:30:00Z"}
    first.write(papers.add_paper, "session", {"case_id": case_id, "place": "茶室"} | said)
    (session,) = held(first, MediationSession)
    for party in held(first, Party):
        first.write(papers.act_paper, "party", party, "notify", {"notice_signed": True})
    sync_once(first)
    sync_once(second)
    second.write(papers.edit_paper, "session", session, {"record": "双方到场。赔6800元，另道歉。其他无争议。"})
    sync_once(second)
    first.write(papers.edit_paper, "session", session, {"read_back": True})
    files = FileStore(first.paths.files, first.store.key)
    for party in held(first, Party):
        first.write(room.add_signature, files, session, party, b"<svg/>")
    first.write(room.close, session, "记录人没签")
    sync_once(first)
    assert parked(first)["session"] == "record-changed-after-signing"
    sync_once(second)
    with second.store.reader() as reader:
        assert reader.get_one(MediationSession, session).state == "open"


def test_a_signature_stands_over_the_time_and_place_that_were_signed_whichever_comes_first(
    team: tuple[Desk, Desk, str],
) -> None:
    """PML article 27: one desk moves a session that nobody signed, the other takes a signature under the old place."""
    first, second, case_id = team
    first.write(papers.add_paper, "party", {"case_id": case_id, "role": "respondent", "name": "黄阿明"})
    said = {"record": "双方到场。", "result": "failed", "started_at": "2026-11-23T00:30:00Z", "read_back": True}
    first.write(papers.add_paper, "session", {"case_id": case_id, "place": "茶室"} | said)
    (session,) = held(first, MediationSession)
    party = sorted(held(first, Party))[0]
    for each in held(first, Party):
        first.write(papers.act_paper, "party", each, "notify", {"notice_signed": True})
    settle(first, second)
    first.write(papers.act_paper, "session", session, "correct", {"place": "社区会议室"})
    second.write(papers.edit_paper, "session", session, {"signed_by": [party]})
    settle(first, second)
    for desk in (first, second):
        found = desk.read(room.room, session)
        assert found.stored["signed_by"] == [party]
        assert any("时间、地点又改过" in lack.text for lack in room.lacks(found))
    first.write(room.read_again, session, "地点改过")
    first.write(papers.edit_paper, "session", session, {"read_back": True, "signed_by": [party]})
    assert not any("又改过" in lack.text for lack in room.lacks(first.read(room.room, session)))


def test_a_file_is_archived_at_the_centre_with_the_proof_of_who_everybody_is(
    team: tuple[Desk, Desk, str], tmp_path: Path
) -> None:
    """PML article 27: as at the desk. The record of a file counts before its bytes; one that another desk voided does not."""
    first, second, case_id = team
    scan = tmp_path / "身份证.png"
    scan.write_bytes(b"scan")
    first.write(papers.add_paper, "party", {"case_id": case_id, "role": "respondent", "name": "黄阿明"})
    said = {"record": "双方到场。", "result": "failed", "started_at": "2026-11-23T00:30:00Z", "read_back": True}
    first.write(papers.add_paper, "session", {"case_id": case_id, "place": "茶室"} | said)
    (session,) = held(first, MediationSession)
    for party in held(first, Party):
        first.write(papers.act_paper, "party", party, "notify", {"notice_signed": True})
    mine, theirs = sorted(held(first, Party))
    take_in(first, "party", mine, scan, "identity")
    first.write(room.close, session, "都没签")
    settle(first, second)
    before = held(second, Attachment)
    take_in(second, "party", theirs, scan, "identity")
    settle(second, first)
    (proof,) = held(second, Attachment) - before
    second.write(records.act, "attachment", proof, "void", {}, "拍糊了")
    first.write(commands.act_case, case_id, "withdraw", {}, "双方和好")
    first.write(commands.act_case, case_id, "archive", {})
    sync_once(second)
    sync_once(first)
    assert parked(first)["case"] == "party-unproven"
