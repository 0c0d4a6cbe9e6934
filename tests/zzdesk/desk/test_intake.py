"""A report is taken in with everything that belongs to it, in one transaction; its draft and its files wait until then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.evidence.test_photos import SECRET, picture
from zzdesk.desk import draft_files, drafts, intake, lookup, pictures, records
from zzdesk.desk.intake import Intake
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.people.detect import move_out
from zzdesk.reports import links, queries

FORM = "report/new/1"
FIELDS: dict[str, Any] = {"title": "文庙门口石板松动", "category": "road", "address": "香港路北段"}
NUMBER = "350602197506153336"


def take_in(station: Station, login: str = "lin", **more: Any) -> str:
    fields = FIELDS | more.pop("fields", {})
    return station[login].write(intake.register, Intake(FORM, fields, **more)).created[0]


def kept(station: Station) -> set[str]:
    folder = station["lin"].paths.files
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


# ---- files of a form ------------------------------------------------------------------------------------------------


def test_a_photo_waits_encrypted_and_becomes_an_attachment_with_the_report(station: Station, tmp_path: Path) -> None:
    desk, source = station["lin"], picture(tmp_path / "文庙.jpg")
    draft_files.add(desk, FORM, source)
    [waiting] = desk.read(draft_files.of_form, FORM)
    assert (waiting.name, waiting.location) == ("文庙.jpg", "24.510000,117.650000")
    assert waiting.picture is not None
    for path in desk.paths.files.iterdir():
        assert SECRET.encode() not in path.read_bytes()
    with desk.store.reader() as session:
        assert session.query(BlobLocal).count() == session.query(Attachment).count() == 0

    report = take_in(station, fields={"spot": waiting.location})
    [row] = desk.read(records.attachments, "report", report)
    assert (row.sha256, row.purpose, row.bytes_here, row.bytes_state) == (waiting.sha256, "photo", True, "waiting")
    with desk.store.reader() as session:
        attachment = session.get_one(Attachment, row.id)
        assert (attachment.shared_sha256, attachment.location) == (waiting.picture, "24.510000,117.650000")
        assert session.query(BlobLocal).count() == 2
    assert SECRET.encode() not in b"".join(station.files.read(str(waiting.picture)))
    assert SECRET.encode() in b"".join(station.files.read(waiting.sha256))
    assert b"".join(station.files.read(waiting.sha256)) == source.read_bytes()
    assert desk.read(draft_files.of_form, FORM) == ()
    shown = station.show("lin", "report", report)
    assert (shown["latitude"], shown["longitude"]) == ("24.510000", "117.650000")


def test_what_is_taken_away_from_a_form_leaves_no_bytes_unless_a_record_names_them(station: Station, tmp_path: Path) -> None:
    desk = station["lin"]
    report = station.add("lin", "report", FIELDS)
    one, other = picture(tmp_path / "a.jpg"), picture(tmp_path / "b.jpg", size=(60, 30))
    desk.write(records.attach, station.files, "report", report, one)
    before = kept(station)
    for source in (one, other):
        draft_files.add(desk, FORM, source)
    first, second = desk.read(draft_files.of_form, FORM)
    for found in (first, second):
        draft_files.remove(desk, found.id)
    assert kept(station) == before
    assert station.files.verify(first.sha256)
    with pytest.raises(NotFoundError):
        draft_files.remove(desk, first.id)

    draft_files.add(desk, FORM, other)
    desk.write(drafts.save, FORM, {"title": "x"})
    desk.write(draft_files.discard, station.files, FORM)
    assert desk.read(draft_files.of_form, FORM) == ()
    assert kept(station) == before


def test_a_file_that_cannot_be_noted_is_not_kept(station: Station, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("石板")
    with pytest.raises(RefusedError):
        draft_files.add(station["shen"], FORM, source)
    with pytest.raises(NotFoundError):
        draft_files.add(station["lin"], FORM, tmp_path / "none")
    assert kept(station) == set()


def test_nobody_sees_or_takes_the_files_of_a_colleagues_form(station: Station, tmp_path: Path) -> None:
    draft_files.add(station["lin"], FORM, picture(tmp_path / "a.jpg"))
    [mine] = station["lin"].read(draft_files.of_form, FORM)
    other = station["zhuang"]
    assert other.read(draft_files.of_form, FORM) == ()
    assert other.read(pictures.of_draft, station.files, mine.id) is None
    with pytest.raises(NotFoundError):
        draft_files.remove(other, mine.id)
    shown = station["lin"].read(pictures.of_draft, station.files, mine.id)
    assert shown is not None
    assert shown.startswith(b"\xff\xd8\xff")
    report = take_in(station, login="zhuang")
    assert station["lin"].read(records.attachments, "report", report) == ()


# ---- one transaction ------------------------------------------------------------------------------------------------


def test_nothing_is_written_and_the_draft_stays_when_any_part_is_refused(station: Station, tmp_path: Path) -> None:
    desk = station["lin"]
    desk.write(drafts.save, FORM, FIELDS)
    draft_files.add(desk, FORM, picture(tmp_path / "a.jpg"))
    for wrong in (
        {"fields": {"category": "weather"}}, {"linked": "0" * 36}, {"refusal": {"refusal_reason": "because"}},
        {"fields": {"spot": "north,east"}}, {"fields": {"reporter_identity": "350602197506153337"}},
        {"fields": {"anonymous": True, "reporter_identity": NUMBER}}, {"fields": {"reporter_identity": NUMBER}},
    ):  # fmt: skip
        with pytest.raises((InvalidError, NotFoundError)):
            take_in(station, **wrong)
        desk.store  # noqa: B018 - still open
        assert desk.read(queries.list_reports).rows == ()
        assert station.rows("lin", "person") == []
        assert desk.read(drafts.find, FORM) == FIELDS
        assert len(desk.read(draft_files.of_form, FORM)) == 1
    take_in(station)
    assert desk.read(drafts.find, FORM) is None


def test_an_anonymous_report_has_no_person(station: Station) -> None:
    report = take_in(station, fields={"anonymous": True})
    shown = station.show("lin", "report", report)
    assert not {"reporter_id", "reporter_name", "reporter_phone"} & set(shown)
    assert station.rows("lin", "person") == []


def test_the_resident_of_an_identity_number_is_found_or_recorded(station: Station) -> None:
    known = {"reporter_name": "林志强", "reporter_phone": "13800596001", "reporter_identity": " ３50602197506153336 "}
    first = take_in(station, fields=known)
    [person] = station.rows("lin", "person")
    assert (person["name"], person["sex"]) == ("林*强", "male")
    second = take_in(station, fields={"reporter_identity": NUMBER})
    assert [station.show("lin", "report", r)["reporter_id"] for r in (first, second)] == [person["id"]] * 2
    assert len(station.rows("lin", "person")) == 1


def test_a_sealed_resident_is_named_nowhere_but_behind_the_seal(station: Station) -> None:
    person = station.add("lin", "person", {"name": "林志强", "phone": "13800596001"})
    report = take_in(station, fields={"reporter_id": person, "name_hidden": True})
    shown = station.show("lin", "report", report)
    assert [shown[name] for name in ("reporter_id", "reporter_name", "reporter_phone")] == ["***"] * 3
    station["lin"].write(records.reveal, "report", report, "reporter_name", "回访")
    assert station["lin"].read(records.revealed, "report", report, "reporter_name") == "林志强"


def test_a_report_is_linked_and_a_refusal_recorded_as_it_is_taken_in(station: Station) -> None:
    first = take_in(station)
    second = take_in(station, linked=first, grounds={"grounds": ["address"], "likeness": 50})
    assert {m.id for m in station["lin"].read(links.family, second).members} == {first, second}
    refused = take_in(station, refusal={"refusal_reason": "outside-area", "refusal_ways": "请拨打厦门12345"})
    shown = station.show("lin", "report", refused)
    assert (shown["state"], shown["refusal_ways"]) == ("refused", "请拨打厦门12345")
    assert shown["number"]


def test_the_next_form_begins_as_the_last_report_came_in(station: Station) -> None:
    assert station["lin"].read(intake.last_used) == {}
    take_in(station, fields={"source": "phone"})
    take_in(station, login="zhuang", fields={"source": "app"})
    assert station["lin"].read(intake.last_used) == {"source": "phone"}


# ---- addresses and numbers in texts ---------------------------------------------------------------------------------


def found(station: Station, text: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(a.address, a.source, a.grid, a.latitude) for a in station["lin"].read(lookup.addresses, text)]


def test_an_address_of_before_brings_its_grid_and_place(station: Station) -> None:
    take_in(station, fields={"spot": "24.5119,117.6554", "grid": "350602002004-03"})
    take_in(station)
    assert found(station, "香港路")[0] == ("香港路北段", "before", "350602002004-03", "24.511900")
    assert found(station, "香港 路（北段）")[0][0] == "香港路北段"
    assert found(station, "香港路被段")[0][0] == "香港路北段"
    assert found(station, "延安北路") == []


def test_a_division_of_the_list_is_an_address_without_a_network(station: Station) -> None:
    assert ("丽景社区", "division", "350603005004", None) in found(station, "丽景社区")
    assert ("西桥社区", "division", "350602002004", None) in found(station, "xqsq")


def test_every_number_is_found_and_moved_where_a_field_takes_it() -> None:
    told = "电话13800596001，又写13800596001，或13959600002，卡6222021234567890128"
    texts = {"title": f"找林先生{NUMBER}", "description": told}
    moved = move_out(texts, {"phone": None, "id": None})
    assert moved.texts == {
        "title": "找林先生350602********3336",
        "description": "电话138****6001，又写138****6001，或13959600002，卡6222021234567890128",
    }
    assert moved.values == {"phone": "13800596001", "id": NUMBER}
    assert [hit.kind for hit in moved.moved] == ["id", "phone", "phone"]
    assert [hit.value for hit in moved.stayed] == ["13959600002", "6222021234567890128"]


def test_a_field_that_is_filled_or_not_there_takes_nothing() -> None:
    text = {"title": "电话13800596001"}
    assert move_out(text, {"phone": "13959600002"}).texts == text
    assert move_out(text, {}).texts == text
    assert move_out(text, {"phone": "13800596001"}).texts == {"title": "电话138****6001"}
    assert move_out({"title": "没有号码"}, {"phone": None}).values == {}


def test_what_110_was_called_for_is_urgent_and_goes_to_the_police_or_is_not_saved(station: Station) -> None:
    from zzdesk.handover import queries as orders

    call = {"called_at": "2026-11-23T00:58:00.000Z", "called_by": "林小梅", "call_taker": "060512", "call_outcome": "已出警",
            "reason": "扬言动手"}  # fmt: skip
    with pytest.raises(RefusedError, match="先拨110"):
        take_in(station, call=call | {"call_taker": " "})
    assert station.rows("lin", "report") == []
    found = take_in(station, call=call)
    assert station.show("lin", "report", found)["urgency"] == "high"
    assert [(order.partner, order.state) for order in station["lin"].read(orders.of_report, found)] == [("110", "waiting")]
