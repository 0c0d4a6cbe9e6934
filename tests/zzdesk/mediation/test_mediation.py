"""Mediation on a real desk: who sees what, and every guard with its article of 人民调解法 (PML)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.zzdesk.conftest import STATION, Station
from tests.zzdesk.mediation.case_file import CASE, HUANG, LIN, SESSION, TEXT, File
from zzdesk.actor import account_id
from zzdesk.desk import records
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.mediation import commands, queries
from zzdesk.mediation.models import Agreement, Party
from zzdesk.mediation.signing import content_hash, is_as_agreed
from zzdesk.ops.capture import wire_body
from zzdesk.ops.models import Outbox
from zzdesk.store import search
from zzdesk.store.base import kind_of


def test_the_stub_says_nothing_about_anybody(file: File, station: Station) -> None:
    """Decision 12: everybody at the station sees that there is a case; nobody else sees whose."""
    stub = station.show("lin", "case", file.id)
    assert (stub["scope"], stub["category"], stub["amount"]) == (STATION, "neighbours", "6800.00")
    assert stub["team"] == sorted(account_id(STATION, login) for login in ("chen", "wu"))
    assert stub["alias"].startswith("临-人调2026-")
    assert (stub["accepted_on"], stub["due_on"], stub["party_count"]) == ("2026-11-23", "2026-12-23", 2)
    assert all(secret not in str(stub) for secret in ("林秀英", "黄阿明", "漏水"))
    row = station["lin"].read(queries.list_cases).rows[0]
    assert (row.id, row.mine) == (file.id, False)
    assert station["wu"].read(queries.list_cases).rows[0].mine


def test_confidential_records_live_in_the_scope_of_the_case(file: File, station: Station) -> None:
    with station["chen"].store.reader() as session:
        ops = [row.body for row in session.scalars(select(Outbox).order_by(Outbox.n)) if row.verb == "create"]
    scopes = {op["kind"]: op["scope"] for op in ops if op["kind"] != "account"}
    assert scopes == {"case": STATION, "dispute": f"case:{file.id}", "party": f"case:{file.id}"}


@pytest.mark.parametrize("login", ["lin", "zheng", "zhuang", "guo", "shen"])
def test_nobody_outside_the_team_reads_or_writes(file: File, station: Station, login: str) -> None:
    """PML article 15: also not a mediator, the head, an administrator or an auditor of the same station."""
    desk = station[login]
    for question in (
        lambda: desk.read(queries.case_file, file.id),
        lambda: station.show(login, "party", file.lin),
        lambda: station.add(login, "party", {"case_id": file.id} | HUANG),
        lambda: station.edit(login, "party", file.lin, {"phone": "13805960000"}),
        lambda: station.act(login, "party", file.lin, "void", "x"),
        lambda: desk.write(records.reveal, "party", file.lin, "phone", "想看"),
        lambda: desk.read(records.revealed, "party", file.lin, "phone"),
        lambda: station.act(login, "case", file.id, "refuse", "x"),
        lambda: station.edit(login, "case", file.id, {"amount": "1.00"}),
    ):
        before = len(station.audit("refused"))
        with pytest.raises(RefusedError):
            question()
        assert len(station.audit("refused")) == before + 1
    for kind in ("dispute", "party"):
        if desk.read(lambda read: read.may("case.read_confidential")):
            assert station.rows(login, kind) == []
        else:
            with pytest.raises(RefusedError, match=r"case\.read_confidential"):
                station.rows(login, kind)


def test_the_whole_team_reads_and_writes_masked(file: File, station: Station) -> None:
    station.edit("wu", "party", file.huang, {"phone": "13705962222"})
    whole = station["wu"].read(queries.case_file, file.id)
    assert [p.fields["name"] for p in whole.parties] == ["林*英", "黄*明"]
    assert whole.parties[1].fields["phone"] == "137****2222"
    assert all(secret not in str(whole) for secret in ("350602194903070020", "13805961234", "502"))
    station["wu"].write(records.reveal, "party", file.lin, "phone", "通知开庭")
    assert station["wu"].read(records.revealed, "party", file.lin, "phone") == "13805961234"
    assert [row["id"] for row in station.rows("wu", "party", role="applicant")] == [file.lin]


def test_who_leaves_the_team_sees_nothing_any_more(file: File, station: Station) -> None:
    chen = account_id(STATION, "chen")
    station.edit("chen", "case", file.id, {"team": [chen]})
    with pytest.raises(RefusedError):
        station["wu"].read(queries.case_file, file.id)
    assert station.rows("wu", "party") == []
    with pytest.raises(InvalidError, match="team"):
        station.edit("chen", "case", file.id, {"team": []})
    with pytest.raises(RefusedError):
        station.edit("wu", "case", file.id, {"team": ["wu"]})


def test_the_head_of_the_committee_assigns_without_reading(file: File, station: Station) -> None:
    station.edit("zheng", "case", file.id, {"team": ["wu"], "mediators": ["wu"]})
    assert station.show("zheng", "case", file.id)["team"] == [account_id(STATION, "wu")]
    with pytest.raises(RefusedError):
        station["zheng"].read(queries.case_file, file.id)
    with pytest.raises(RefusedError):
        station["chen"].read(queries.case_file, file.id)


def test_only_number_and_alias_of_a_case_can_be_searched(file: File, station: Station) -> None:
    session = file.add("session", **SESSION)
    station.add("chen", "statement", {"session_id": session, "text": "漏水三个月"})
    alias = station.show("chen", "case", file.id)["alias"]
    with station["chen"].store.reader() as reader:
        assert search.search(reader, alias) == [("case", file.id)]
        for text in ("林秀英", "黄阿明", "漏水", "13805961234", "调解室", "lxy"):
            assert search.search(reader, text) == []


def test_a_recorded_refusal_locks_the_case(file: File, station: Station) -> None:
    """PML article 17: where a party clearly refuses mediation, there shall be none."""
    with pytest.raises(RefusedError):
        file.act("party", file.huang, "refuse")
    file.act("party", file.huang, "refuse", "当面表示不接受调解")
    stub = station.show("lin", "case", file.id)
    assert (stub["state"], stub["outcome"]) == ("refused", "refused")
    assert (stub["closed_on"], stub["finished_on"]) == ("2026-11-23", "2026-11-23")
    for attempt in (
        lambda: file.add("session", **SESSION),
        lambda: file.add("party", **HUANG),
        lambda: file.add("agreement", **TEXT),
        lambda: station.edit("chen", "party", file.lin, {"phone": "13805960000"}),
        lambda: station.edit("chen", "case", file.id, {"category": "contract"}),
    ):
        with pytest.raises(RefusedError, match="第十七条"):
            attempt()
    with pytest.raises(RefusedError):
        file.act("case", file.id, "mediate")
    file.act("case", file.id, "archive")
    assert file.state() == "archived"


def test_a_party_entered_as_refusing_locks_too(file: File) -> None:
    file.add("party", **(HUANG | {"role": "third", "consents": False}))
    assert file.state() == "refused"


def test_rights_are_told_before_a_session_closes(file: File, station: Station) -> None:
    """PML articles 23 and 24."""
    session = file.add("session", **SESSION)
    assert file.state() == "mediating"
    closing = {"record": "双方陈述", "result": "continues"}
    with pytest.raises(RefusedError, match="二十三、二十四条"):
        file.act("session", session, "close", **closing)
    file.act("party", file.lin, "notify")
    with pytest.raises(RefusedError, match="二十三、二十四条"):
        file.act("session", session, "close", **closing)
    file.act("party", file.huang, "notify")
    with pytest.raises(RefusedError, match="告知书"):
        file.act("session", session, "close", **closing)
    file.act("party", file.lin, "notify", notice_signed=True)
    file.act("party", file.huang, "notify", notice_signed=False)
    with pytest.raises(RefusedError, match="见证人"):
        file.act("session", session, "close", **closing)
    file.act("party", file.huang, "notify", "当面宣读后拒绝签字，网格员陈阿水在场", notice_signed=False)
    with pytest.raises(RefusedError, match="宣读"):
        file.act("session", session, "close", **closing)
    with pytest.raises(RefusedError, match="没有签名"):
        file.act("session", session, "close", **closing, read_back=True, signed_by=[file.lin], mediator_signed=True)
    file.act("session", session, "close", "黄阿明和记录人没有签，陈阿水在场", **closing, read_back=True, signed_by=[file.lin])
    assert [row["text"] for row in station.rows("chen", "statement")] == ["黄阿明和记录人没有签，陈阿水在场"]
    shown = station.show("chen", "session", session)
    assert (shown["state"], shown["closed_at"]) == ("closed", "2026-11-23T01:00:00.000Z")


def test_fewer_than_two_parties_cannot_close(station: Station) -> None:
    case = station.add("chen", "case", CASE)
    session = station.add("chen", "session", {"case_id": case} | SESSION)
    party = station.add("chen", "party", {"case_id": case} | LIN)
    station.act("chen", "party", party, "notify")
    with pytest.raises(RefusedError, match="至少两人"):
        station.act("chen", "session", session, "close", record="…", result="agreed")
    second = station.add("chen", "party", {"case_id": case} | HUANG)
    station.act("chen", "party", second, "void", "登记错误")
    assert station.show("chen", "case", case)["party_count"] == 1
    with pytest.raises(RefusedError, match="至少两人"):
        station.act("chen", "session", session, "close", record="…", result="agreed")


def test_others_join_only_with_the_parties_consent(file: File) -> None:
    """PML article 20."""
    session = file.add("session", **SESSION, attendees=["陈老师"])
    file.notify()
    with pytest.raises(RefusedError, match="第二十条"):
        file.act("session", session, "close", record="…", result="continues")
    file.act("session", session, "close", record="…", result="continues", attendees_agreed=True, **file.heard())


def test_a_closed_session_stays_as_it_is(file: File, station: Station) -> None:
    session = file.add("session", **SESSION)
    station.add("chen", "statement", {"session_id": session, "text": "要求赔偿"})
    file.notify()
    file.act("session", session, "close", record="双方陈述", result="continues", **file.heard())
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("chen", "session", session, {"record": "改写"})
    with pytest.raises(RefusedError, match="定稿"):
        station.add("chen", "statement", {"session_id": session, "text": "补一句"})
    with pytest.raises(RefusedError, match="定稿"):
        file.act("session", session, "void", "不要了")
    (said,) = station.rows("chen", "statement", session_id=session)
    with pytest.raises(RefusedError, match="定稿"):
        file.act("statement", said["id"], "void", "说错了")
    note = station.add("chen", "statement", {"session_id": session, "text": "补正一字", "statement_kind": "note"})
    file.act("statement", note, "void", "补错了")


def test_a_session_is_edited_until_it_is_closed(file: File, station: Station) -> None:
    session = file.add("session", **SESSION)
    station.edit("wu", "session", session, {"record": "第一段", "present": [file.lin]})
    station.edit("chen", "session", session, {"record": "第一段。第二段", "present": [file.lin, file.huang]})
    said = station.add("wu", "statement", {"session_id": session, "party_id": file.lin, "text": "要求赔偿"})
    assert station.show("chen", "statement", said)["case_id"] == file.id
    with pytest.raises(RefusedError):
        station.edit("chen", "statement", said, {"text": "改"})
    with pytest.raises(InvalidError, match="party_id"):
        station.add("wu", "statement", {"session_id": session, "party_id": "nobody", "text": "…"})
    file.notify()
    with pytest.raises(RefusedError, match="缺少：record、result"):
        file.act("session", session, "close", record="")


def test_a_written_agreement_needs_its_content_signatures_and_seal(file: File, station: Station) -> None:
    """PML article 29."""
    file.closed_session()
    agreement = file.add("agreement", content=TEXT["content"])
    with pytest.raises(RefusedError, match="facts、issues、performance"):
        file.act("agreement", agreement, "take-effect", **file.signed())
    station.edit("chen", "agreement", agreement, TEXT)
    for missing, word in (("signed_by", "全体当事人"), ("mediator_signed", "调解员签名"), ("sealed", "印章")):
        less = {name: value for name, value in file.signed().items() if name != missing}
        less |= {"signed_by": [file.lin]} if missing == "signed_by" else {}
        with pytest.raises(RefusedError, match="第二十九条") as error:
            file.act("agreement", agreement, "take-effect", **less)
        assert word in str(error.value)
    with pytest.raises(InvalidError, match="signed_by"):
        file.act("agreement", agreement, "take-effect", **(file.signed() | {"signed_by": ["nobody"]}))
    file.act("agreement", agreement, "take-effect", **file.signed())
    shown = station.show("chen", "agreement", agreement)
    assert (shown["state"], shown["copies"]) == ("effective", 3)
    assert shown["effective_at"] == "2026-11-23T01:00:00.000Z"
    assert shown["confirm_by"] == "2026-12-23"
    assert len(shown["content_hash"]) == 64


def test_an_agreement_in_effect_is_frozen_and_amended_by_another(file: File, station: Station) -> None:
    file.closed_session()
    agreement = file.add("agreement", **TEXT)
    file.act("agreement", agreement, "take-effect", **file.signed())
    for changes in ({"content": "赔偿一元"}, {"signed_by": [file.lin]}, {"amount": "1.00"}):
        with pytest.raises(RefusedError, match="协议已生效，请走变更"):
            station.edit("chen", "agreement", agreement, changes)
    with pytest.raises(RefusedError, match="协议已生效，请走变更"):
        file.act("agreement", agreement, "void", "不算")
    file.act("case", file.id, "reach")
    with pytest.raises(RefusedError, match="已经结束"):
        file.add("agreement", **TEXT)
    amendment = file.add("agreement", **TEXT, amends=agreement)
    assert station.show("chen", "agreement", amendment)["state"] == "draft"
    with pytest.raises(InvalidError, match="amends"):
        file.add("agreement", **TEXT, amends=amendment)


def test_an_oral_agreement_is_in_effect_when_it_is_reached(file: File, station: Station) -> None:
    """PML article 30: no signature is asked for; it is written down (article 28)."""
    file.closed_session()
    agreement = file.add("agreement", form="oral", content="当场赔礼道歉")
    file.act("agreement", agreement, "take-effect", reached_at="2026-11-22T16:00:00+08:00")
    shown = station.show("chen", "agreement", agreement)
    assert (shown["state"], shown["effective_at"]) == ("effective", "2026-11-22T08:00:00.000Z")
    assert shown["confirm_by"] == "2026-12-22"
    file.act("case", file.id, "reach")
    assert station.show("lin", "case", file.id)["outcome"] == "oral"


def test_a_case_is_reached_only_with_session_and_agreement(file: File) -> None:
    """PML articles 27 to 30."""
    session = file.add("session", **SESSION)
    with pytest.raises(RefusedError, match="没结束"):
        file.act("case", file.id, "reach")
    file.notify()
    file.act("session", session, "close", record="…", result="agreed", **file.heard())
    with pytest.raises(RefusedError, match="协议"):
        file.act("case", file.id, "reach")


def test_from_acceptance_to_the_archive(file: File, station: Station, tmp_path: Path) -> None:
    """Each step waits for what belongs before it: performance and revisits (PML article 31), the papers (article 27)."""
    agreement = file.effective()
    line = file.add("performance_line", agreement_id=agreement, what="转账", amount="6800.00", due_on="2026-12-01")
    for action, state in (("reach", "reached"), ("perform", "performing"), ("revisit", "revisiting")):
        file.act("case", file.id, action)
        assert file.state() == state
    with pytest.raises(RefusedError, match="履行情况（2026-12-01）、回访记录（2026-12-08）、回访记录（2027-02-21）"):
        file.act("case", file.id, "close")
    file.act("performance_line", line, "done", done_how="transfer")
    file.revisited()
    file.act("case", file.id, "close")
    with pytest.raises(RefusedError, match="身份证明（林秀英）、身份证明（黄阿明）"):
        file.act("case", file.id, "archive")
    for party in (file.lin, file.huang):
        file.attach(tmp_path, "party", party, "identity")
    file.act("case", file.id, "archive")
    shown = station.show("lin", "case", file.id)
    assert (shown["outcome"], shown["retention"], shown["archived_on"]) == ("written", "long", "2026-11-23")
    with pytest.raises(RefusedError, match="已经结束"):
        file.add("session", **SESSION)


def test_a_failed_case_tells_of_other_ways_and_keeps_its_reason_confidential(file: File, station: Station) -> None:
    """PML article 26."""
    file.closed_session("failed")
    with pytest.raises(RefusedError, match="第二十六条"):
        file.act("case", file.id, "fail", "黄阿明不同意金额")
    station.edit("chen", "dispute", file.dispute, {"other_ways_told_at": "2026-11-23T09:30:00+08:00"})
    with pytest.raises(RefusedError, match="reason"):
        file.act("case", file.id, "fail")
    draft = file.add("agreement", **TEXT)
    file.act("case", file.id, "fail", "黄阿明不同意金额")
    with pytest.raises(RefusedError, match="调解已经结束"):
        file.act("agreement", draft, "take-effect", **file.signed())
    assert "黄阿明" not in str(station.show("lin", "case", file.id))
    assert station.show("chen", "dispute", file.dispute)["ending"] == "黄阿明不同意金额"


def test_why_a_case_ended_or_is_void_never_leaves_its_file(file: File, station: Station) -> None:
    """PML article 15: an operation on the stub says only that the file says why; a file without a dispute gets one."""
    bare = station.add("chen", "case", CASE)
    station.act("chen", "case", bare, "withdraw", "两家已私下和解")
    (paper,) = station.rows("chen", "dispute", case_id=bare)
    assert (paper["ending"], paper["scope"]) == ("两家已私下和解", f"case:{bare}")
    station.edit("chen", "dispute", file.dispute, {"dossier_note": "缺一页"})
    station.act("chen", "case", file.id, "void", "与另一件重复")
    station["chen"].write(commands.unvoid, file.id, "并不重复")
    station.act("chen", "case", file.id, "void", "林秀英\n其实是刑案")
    assert station.show("lin", "case", file.id)["void_reason"] == "见卷宗"
    note = station.show("chen", "dispute", file.dispute)["dossier_note"]
    assert note == "缺一页\n作废理由：与另一件重复\n恢复理由：并不重复\n作废理由：林秀英 其实是刑案"
    with station["chen"].store.reader() as reader:
        said = [row.body.get("reason") for row in reader.scalars(select(Outbox).where(Outbox.kind == "case"))]
    assert {"见卷宗"} == {reason for reason in said if reason}
    with pytest.raises(RefusedError, match="理由"):
        station["chen"].write(commands.void, bare, " ")


def test_mediation_goes_beyond_thirty_days_only_with_everybodys_consent(file: File, station: Station) -> None:
    with pytest.raises(RefusedError, match="都同意"):
        file.act("case", file.id, "extend", extended_to="2027-01-22")
    for party in (file.lin, file.huang):
        station.edit("chen", "party", party, {"agrees_to_extension": True})
    with pytest.raises(InvalidError, match="extended_to"):
        file.act("case", file.id, "extend", extended_to="2026-12-23")
    file.act("case", file.id, "extend", extended_to="2027-01-22")
    assert station["lin"].read(queries.list_cases).rows[0].due_on.isoformat() == "2027-01-22"


def test_a_case_has_one_dispute_and_is_not_public_by_itself(file: File, station: Station) -> None:
    """PML article 23, third item: public only where the parties wish it."""
    with pytest.raises(RefusedError):
        file.add("dispute", title="又一件")
    assert "is_public" not in station.show("chen", "dispute", file.dispute)


def test_an_organisation_is_a_party_with_its_code(file: File, station: Station) -> None:
    firm = {"role": "third", "party_kind": "legal", "name": "漳州市好邻居物业服务有限公司", "representative": "陈志强"}
    with pytest.raises(InvalidError, match="credit_code"):
        file.add("party", **firm, credit_code="91350602MA2XYA1235")
    party = file.add("party", **firm, credit_code="91350602MA2XYA1234")
    shown = station.show("chen", "party", party)
    assert (shown["name"], shown["representative"]) == (firm["name"], "陈*强")


def test_a_case_that_is_not_here(station: Station) -> None:
    with pytest.raises(NotFoundError):
        station.add("chen", "party", {"case_id": "no-such-case"} | LIN)
    with pytest.raises(NotFoundError):
        station["chen"].read(queries.case_file, "no-such-case")


def test_lists_filter_and_count(file: File, station: Station) -> None:
    other = File(station, category="contract")
    other.act("case", other.id, "withdraw", "双方和好")
    chen = station["chen"]
    open_ones = chen.read(queries.list_cases, queries.CaseFilter(open_only=True))
    assert [row.id for row in open_ones.rows] == [file.id]
    contracts = chen.read(queries.list_cases, queries.CaseFilter(categories=("contract",)))
    assert [row.id for row in contracts.rows] == [other.id]
    assert chen.read(queries.count_open) == 1
    station.act("chen", "case", file.id, "void", "重复登记")
    assert [r.id for r in chen.read(queries.list_cases, queries.CaseFilter(void=True)).rows] == [file.id]


def test_actions_are_offered_to_the_team_only(file: File, station: Station) -> None:
    assert station["chen"].read(queries.detail, file.id).actions == ("mediate", "refuse", "withdraw")
    assert station["zheng"].read(queries.detail, file.id).actions == ()


def test_the_hash_says_what_was_signed(file: File, station: Station) -> None:
    file.closed_session()
    agreement = file.add("agreement", **TEXT)
    file.act("agreement", agreement, "take-effect", **file.signed())
    with station["chen"].store.reader() as session:
        found = session.get_one(Agreement, agreement)
        body = wire_body(kind_of(Agreement), found)
        parties = {p.id: wire_body(kind_of(Party), p) for p in session.scalars(select(Party).where(Party.case_id == file.id))}
    assert is_as_agreed(body, parties)
    assert not is_as_agreed(body, parties | {file.lin: parties[file.lin] | {"name": "另一人"}})
    assert not is_as_agreed(body | {"content": "另一份内容"}, parties)
    assert not is_as_agreed(body | {"signed_days": ["seal:2026-11-22"]}, parties)
    older = content_hash({name: value for name, value in body.items() if name != "signed_days"}, parties)
    assert is_as_agreed(body | {"content_hash": older}, parties)  # finished by a program that knew no days


def test_voiding_a_case_is_for_its_team(file: File, station: Station) -> None:
    with pytest.raises(RefusedError):
        station["zheng"].write(commands.void, file.id, "x")
    station["chen"].write(commands.void, file.id, "重复")
    station["chen"].write(commands.unvoid, file.id, "不重复")
    assert "voided" not in station.show("chen", "case", file.id)


def test_a_case_is_accepted_with_its_parties_whole_or_not_at_all(station: Station) -> None:
    dispute, wrong = {"title": "漏水纠纷"}, LIN | {"phone": "1380596"}
    with pytest.raises(InvalidError) as error:
        station["chen"].write(commands.accept_whole, CASE, dispute, [HUANG, wrong])
    assert [problem.field for problem in error.value.problems] == ["party1.phone"]
    assert station.rows("chen", "case") == station.rows("chen", "party") == []
    station["chen"].write(commands.accept_whole, CASE, dispute, [LIN, HUANG])
    assert station.rows("chen", "case")[0]["party_count"] == 2
    assert len(station.rows("chen", "party")) == 2


def test_an_agreement_was_not_reached_tomorrow(file: File) -> None:
    """PML article 30: an oral agreement takes effect on the day on which it was reached."""
    with pytest.raises(InvalidError, match="reached_at"):
        file.add("agreement", form="oral", content="互相道歉", reached_at="2026-11-24T09:00:00+08:00")
    agreement = file.add("agreement", form="oral", content="互相道歉")
    with pytest.raises(InvalidError, match="reached_at"):
        file.act("agreement", agreement, "take-effect", reached_at="2026-11-24T09:00:00+08:00")


def test_a_file_without_its_papers_is_not_archived(file: File, station: Station, tmp_path: Path) -> None:
    """PML article 27."""
    file.closed_session("failed")
    station.edit("chen", "dispute", file.dispute, {"other_ways_told_at": "2026-11-23T09:30:00+08:00"})
    file.act("case", file.id, "fail", "各方差距太大")
    late = station.edit
    for party in (file.lin, file.huang):
        file.attach(tmp_path, "party", party, "identity")
    late("chen", "dispute", file.dispute, {"ending": None})
    for party in (file.lin, file.huang):
        late("chen", "party", party, {"notice_signed": None})
    with pytest.raises(RefusedError, match="权利义务告知（林秀英）、权利义务告知（黄阿明）、终止情况"):
        file.act("case", file.id, "archive")
    late("chen", "dispute", file.dispute, {"ending": "各方差距太大"})
    for party in (file.lin, file.huang):
        late("chen", "party", party, {"notice_signed": True})
    file.act("case", file.id, "archive")


@pytest.mark.parametrize(("login", "kind", "fields", "field"), [
    ("chen", "case", {"category": "neighbours", "accepted_on": "9999-12-31"}, "accepted_on"),
    ("chen", "case", {"category": "neighbours", "accepted_on": "2026-11-24"}, "accepted_on"),
    ("zheng", "committee", {"name": "西桥", "term_from": "9998-01-01"}, "term_from"),
    ("zheng", "committee", {"name": "西桥", "term_to": "0001-01-01"}, "term_to"),
    ("wu", "subsidy_sheet", {"month": "2026-03", "mediator_id": "nobody"}, "mediator_id"),
])  # fmt: skip
def test_what_cannot_be_is_said_by_its_field(station: Station, login: str, kind: str, fields: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidError, match=field):
        station.add(login, kind, fields)


def test_a_stub_and_a_file_are_corrected_within_what_can_be(file: File, station: Station) -> None:
    with pytest.raises(InvalidError, match="accepted_on"):
        station.edit("chen", "case", file.id, {"accepted_on": "9999-12-31"})
    for name in ("people_count", "prevented_people"):
        with pytest.raises(InvalidError, match=name):
            station.edit("chen", "dispute", file.dispute, {name: -1})
