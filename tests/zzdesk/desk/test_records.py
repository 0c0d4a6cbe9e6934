"""Every kind by name: schema, lists, filters, exports, states through the table, many in one transaction."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.plans import plans
from tests.zzdesk.conftest import Station
from tests.zzdesk.scans import look_through, scan
from zzdesk.catalogue import KINDS
from zzdesk.desk import records
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.people.masks import MASKS, mask_holder
from zzdesk.store.base import Merge, kinds
from zzdesk.store.unit import ChangeSet, UnitOfWork

REPORT = {
    "title": "楼道漏水",
    "category": "drainage",
    "reporter_phone": "13805961234",
    "tags": ["老人", "急"],
}
PERSON = {"name": "林秀英", "identity_number": "350602194903070020", "phone": "13805961234"}


def test_every_synced_kind_is_in_the_catalogue_but_those_of_the_centre() -> None:
    assert set(KINDS) == set(kinds()) - {"conflict", "claim"}


def test_every_synced_field_has_a_policy_and_a_mask_that_exists() -> None:
    for kind in kinds().values():
        for spec in kind.fields.values():
            assert isinstance(spec.merge, Merge), f"{kind.name}.{spec.name}"
            assert spec.mask is None or spec.mask in MASKS, f"{kind.name}.{spec.name}"


def test_confidential_kinds_are_not_searched_and_have_a_parent() -> None:
    confidential = {k.name for k in kinds().values() if k.model.__confidential__}
    assert confidential == {
        "dispute", "party", "session", "statement", "agreement", "participant", "investigation", "extension",
        "performance_line", "revisit", "confirmation", "printout", "case_reading",
    }  # fmt: skip
    for name in confidential:
        model = kinds()[name].model
        assert not model.__search__
        assert not model.__search_names__
        assert model.__parent__ in kinds()[name].fields


def test_numbers_of_people_and_money_take_two_people() -> None:
    """Decision 7: money, identity numbers, and who a party is."""
    for kind in kinds().values():
        for spec in kind.fields.values():
            if spec.mask == "id" and spec.merge is not Merge.WRITE_ONCE:
                assert spec.merge is Merge.FOUR_EYES, f"{kind.name}.{spec.name}"
    assert kinds()["posting"].fields["wage"].merge is Merge.FOUR_EYES
    assert kinds()["case"].fields["amount"].merge is Merge.FOUR_EYES
    assert kinds()["party"].fields["name"].merge is Merge.FOUR_EYES


def test_the_schema_says_what_a_form_needs() -> None:
    rows = {row.name: row for row in records.schema("posting")}
    assert rows["title"].required
    assert rows["state"].merge == "transition"
    assert "published" in (rows["state"].choices or ())
    assert (rows["wage"].type, rows["wage"].merge) == ("money", "four-eyes")
    assert rows["number"].derived
    assert rows["voided"].derived
    assert rows["contact_phone"].mask == "phone"
    with pytest.raises(InvalidError, match="kind"):
        records.schema("conflict")


def test_filters_compare_wire_values(station: Station) -> None:
    first = station.add("lin", "report", REPORT)
    second = station.add(
        "lin", "report", REPORT | {"title": "路灯不亮", "category": "lighting", "tags": ["急"]}
    )

    def ids(**where: object) -> list[str]:
        return [row["id"] for row in station.rows("lin", "report", **where)]

    assert ids() == [first, second]
    assert ids(category="lighting") == [second]
    assert ids(tags="老人") == [first]
    assert ids(tags="急") == [first, second]
    assert ids(address="") == [first, second]
    assert ids(reporter_phone="138 0596 1234", category="drainage") == [first]
    assert ids(id=second) == [second]
    assert ids(scope="350602002004", voided="false") == [first, second]
    station.act("zhuang", "report", first, "void", "重复")
    assert ids() == [second]
    assert ids(voided="true") == [first]
    for where, field in (({"nothing": "x"}, "nothing"), ({"category": "space"}, "category")):
        with pytest.raises(InvalidError, match=field):
            ids(**where)


def test_pages_go_on_by_id(station: Station) -> None:
    ids = [station.add("lin", "report", REPORT) for _ in range(5)]
    seen, after = [], None
    while True:
        page = station["lin"].read(records.list_records, "report", {}, after, 2)
        seen += [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == ids


def test_an_edit_of_the_state_goes_through_the_table(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    station.edit("lin", "report", report, {"state": "verifying", "address": "文川里3号"})
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["address"]) == ("verifying", "文川里3号")
    assert [row["action"] for row in station.rows("lin", "step")] == ["accept"]
    with pytest.raises(RefusedError, match="不能从"):
        station.edit("lin", "report", report, {"state": "archived", "address": "没有保存"})
    assert station.show("lin", "report", report)["address"] == "文川里3号"
    station.edit("lin", "report", report, {"state": "verifying"})
    employer = station.add("lin", "employer", {"employer_kind": "person", "name": "林", **_number()})
    with pytest.raises(RefusedError, match="录入人"):
        station.edit("lin", "employer", employer, {"valid_until": "2027-01-01", "state": "normal"})
    look_through(station["zhuang"], scan(station["lin"], employer))
    station.edit("zhuang", "employer", employer, {"valid_until": "2027-01-01", "state": "normal"})
    assert station.show("lin", "employer", employer)["state"] == "normal"


def _number() -> dict[str, str]:
    return {"identity_number": PERSON["identity_number"]}


def test_many_records_in_one_transaction_are_one_group_and_all_or_nothing(station: Station) -> None:
    def many(work: UnitOfWork, last: dict[str, object]) -> ChangeSet:
        for _ in range(50):
            records.add(work, "person", PERSON)
        done = records.add(work, "person", last)
        records.edit(work, "person", done.id, {"phone": "13605961234"})
        return work.commit()

    with pytest.raises(InvalidError):
        station["lin"].write(many, {"name": ""})
    assert station.rows("lin", "person") == []
    assert len(station["lin"].write(many, PERSON).created) == 51
    assert len(station.rows("lin", "person", phone="13605961234")) == 1


def test_children_in_a_chunk_that_was_rolled_back_are_counted_all_the_same(station: Station) -> None:
    from zzdesk.cli.records import Line, _ChunkError, _each
    from zzdesk.jobs import queries as jobs

    child = {"name": "某甲", "identity_number": "350628201103156260"}
    adult = {"name": "林秀英", "identity_number": PERSON["identity_number"]}
    lines = [Line(1, adult), Line(2, child), Line(3, adult)]
    with pytest.raises(_ChunkError) as error:
        station["lin"].write(_each, lines, lambda work, value: records.add(work, "worker", value))
    assert station.rows("lin", "worker") == []
    station["lin"].write(records.note_refused, error.value.refusals)
    assert station["lin"].read(jobs.refused_children) == 1
    assert station.audit("worker.refused-underage") == [{}]
    assert {"right": None, "what": "desk.records"} in station.audit("refused")


def test_an_export_is_masked_sorted_whole_and_in_the_audit(station: Station) -> None:
    ids = [station.add("lin", "person", PERSON) for _ in range(3)]
    station.act("lin", "person", ids[0], "void", "重复")
    lin, rows = station["lin"], []
    with pytest.raises(RefusedError, match="审计"):
        lin.read(records.export_to, "person", rows.append)
    lin.write(records.note_export, "person", lin.read(records.count, "person"))
    assert lin.read(records.export_to, "person", rows.append) == 3
    assert [row["id"] for row in rows] == sorted(ids)
    assert rows[0]["voided"] is True
    assert PERSON["phone"] not in str(rows)
    assert station.audit("export") == [{"count": 3}]
    with pytest.raises(RefusedError, match="审计"):
        lin.read(records.export_to, "person", rows.append, revealed=True)
    with pytest.raises(RefusedError, match="理由"):
        lin.write(records.note_export, "person", 3, " ")
    lin.write(records.note_export, "person", 3, "上级检查")
    lin.read(records.export_to, "person", rows.append, revealed=True)
    assert rows[-1]["phone"] == PERSON["phone"]
    station.clock.advance(601)
    with pytest.raises(RefusedError, match="审计"):
        lin.read(records.export_to, "person", rows.append)


def test_a_long_export_comes_in_batches(station: Station) -> None:
    def many(work: UnitOfWork) -> ChangeSet:
        for number in range(120):
            records.add(work, "report", REPORT | {"title": f"第{number}件"})
        return work.commit()

    for _ in range(10):
        station["lin"].write(many)
    lin, rows = station["lin"], []
    lin.write(records.note_export, "report", lin.read(records.count, "report"))
    assert lin.read(records.export_to, "report", rows.append) == 1200
    assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})


def test_who_may_not_export_does_not(station: Station) -> None:
    station.add("lin", "person", PERSON)
    for login in ("chen", "guo", "shen"):
        with pytest.raises(RefusedError, match="权限"):
            station[login].write(records.note_export, "person", 1)
        with pytest.raises(RefusedError, match="权限"):
            station[login].read(records.export_to, "person", print)


@pytest.mark.parametrize("login", ["guo", "shen"])
def test_kiosk_and_auditor_look_at_no_records(station: Station, login: str) -> None:
    report = station.add("lin", "report", REPORT)
    for kind in KINDS:
        with pytest.raises(RefusedError, match="权限"):
            station.rows(login, kind)
    with pytest.raises(RefusedError, match="权限"):
        station.show(login, "report", report)


def test_an_export_of_a_case_file_is_for_its_team(station: Station) -> None:
    case = station.add("zhuang", "case", {"category": "neighbours"})
    station.add("zhuang", "party", {"case_id": case, "role": "applicant", "name": "林秀英"})
    station.add("chen", "case", {"category": "labour"})
    rows: list[records.Row] = []
    zhuang = station["zhuang"]
    assert zhuang.read(records.count, "party") == 1
    zhuang.write(records.note_export, "party", 1)
    zhuang.read(records.export_to, "party", rows.append)
    assert [(row["name"], row["scope"]) for row in rows] == [("林*英", f"case:{case}")]
    assert station.rows("chen", "party") == []


def test_a_list_of_case_papers_asks_for_their_own_cases_by_their_keys(station: Station) -> None:
    """However many cases a station has, a list of papers looks through none but those of its rows."""
    desk = station["zhuang"]
    with plans(desk.store._reading) as steps:
        desk.read(records.list_records, "party")
    asked = [step for step in steps if "mediation_case" in step]
    assert asked
    assert not [step for step in asked if step.startswith("SCAN")], asked


def test_steps_are_notes_and_cannot_be_changed(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    step = station.add("lin", "step", {"report_id": report, "note": "已电话联系"})
    for attempt in (
        lambda: station.edit("lin", "step", step, {"note": "改"}),
        lambda: station.act("lin", "step", step, "void", "x"),
        lambda: station.act("lin", "step", step, "accept"),
        lambda: station.act("lin", "person", station.add("lin", "person", PERSON), "accept"),
    ):
        with pytest.raises(RefusedError):
            attempt()
    assert station.show("lin", "step", step)["note"] == "已电话联系"


def test_accounts_are_records_of_the_administrator(station: Station) -> None:
    account = station.add("zhuang", "account", {"login": "Ye", "display_name": "叶青", "roles": ["mediator"]})
    assert station.show("lin", "account", account)["login"] == "ye"
    station.edit(
        "zhuang", "account", account, {"roles": ["recorder"], "display_name": "叶小青", "disabled": True}
    )
    shown = station.show("lin", "account", account)
    assert (shown["roles"], shown["display_name"], shown["disabled"]) == (["recorder"], "叶小青", True)
    for wrong in ({"login": "x"}, {"roles": ["clerk"]}):
        with pytest.raises(InvalidError):
            station.add("zhuang", "account", wrong)
    with pytest.raises(RefusedError, match="权限"):
        station.add("lin", "account", {"login": "x", "roles": ["clerk"]})
    with pytest.raises(InvalidError, match="login"):
        station.edit("zhuang", "account", account, {"login": "other"})
    with pytest.raises(RefusedError):
        station.act("zhuang", "account", account, "void", "x")


def test_what_is_not_there_is_said(station: Station) -> None:
    for kind in KINDS:
        with pytest.raises((NotFoundError, RefusedError)):
            station.show("zhuang", kind, "no-such-id")
    with pytest.raises(InvalidError, match="kind"):
        station.add("lin", "planet", {})


def test_steps_by_name() -> None:
    assert records.actions("session") == ("close", "correct", "void", "unvoid")
    assert records.actions("party") == ("notify", "refuse", "void", "unvoid")
    assert records.actions("posting")[:3] == ("submit", "hold", "release")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("漳州市好邻居家政服务有限公司", None), ("西桥社区居委会", None), ("阿明沙茶面店", None), ("林志强", "林*强"),
        ("欧阳修", "欧阳*"), ("林城", "林*"), ("老王面馆", "老*馆"), ("买买提·阿卜杜拉", "买*拉"), ("", ""),
    ],
)  # fmt: skip
def test_organisations_are_named_and_people_masked(name: str, shown: str | None) -> None:
    assert (mask_holder(name) if name else "") == (name if shown is None else shown)


_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.sampled_from("王李张刘陈林黄"), st.text(_HAN, min_size=1, max_size=2))
@example("王", "学校")
@example("李", "公司")
def test_no_short_name_escapes_the_mask(surname: str, given_name: str) -> None:
    name = surname + given_name
    assert mask_holder(name) != name
