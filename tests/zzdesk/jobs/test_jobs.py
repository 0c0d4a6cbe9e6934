"""Odd jobs: employers are vetted, postings reviewed, children turned away, places counted; each rule with its law."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.scans import look_through, scan
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import commands, queries, tables, workflow
from zzdesk.jobs.queries import JobFilter

FIRM = {
    "employer_kind": "enterprise", "name": "漳州市好邻居家政服务有限公司", "credit_code": "91350602MA2XYA1234",
    "handler_name": "陈志强", "handler_phone": "13605961234", "address": "芗城区胜利西路1号301室",
}  # fmt: skip
PAPERS = dict.fromkeys(workflow.SHOWN, True)
POSTING = {
    "title": "搬运工", "trade": "moving", "headcount": 1, "conditions": "能搬重物", "tasks": "搬家具两车",
    "place": "西桥社区文川里", "wage": "180.00", "pay_unit": "day", "starts_at": "2026-11-25T08:00:00+08:00",
    "ends_at": "2026-11-25T17:00:00+08:00", "settlement": "cash",
}  # fmt: skip
ADULT, SEVENTEEN, FIFTEEN = "350625197506153330", "350627200909015255", "350628201103156260"
WORKER = {"name": "黄阿明", "identity_number": ADULT, "phone": "13705961111", "skills": ["搬运"]}


def vetted(station: Station) -> str:
    return station.vet(station.add("lin", "employer", FIRM | PAPERS))


def published(station: Station, **more: object) -> str:
    posting = station.add("lin", "posting", POSTING | {"employer_id": vetted(station)} | more)
    station.act("lin", "posting", posting, "submit")
    station.act("zhuang", "posting", posting, "publish")
    return posting


def worker(station: Station, **more: object) -> str:
    return station.add("lin", "worker", WORKER | more)


def test_a_firm_needs_its_credit_code_and_a_person_a_number(station: Station) -> None:
    for fields, missing in (
        ({"employer_kind": "enterprise", "name": "某公司"}, "credit_code"),
        ({"employer_kind": "sole-trader", "name": "某店"}, "credit_code"),
        ({"employer_kind": "person", "name": "林先生"}, "identity_number"),
    ):
        with pytest.raises(InvalidError, match=missing):
            station.add("lin", "employer", fields)
    with pytest.raises(InvalidError, match="credit_code"):
        station.add("lin", "employer", FIRM | {"credit_code": "91350602MA2XYA1235"})
    assert station.rows("lin", "employer") == []
    station.add("lin", "employer", {"employer_kind": "person", "name": "林秀英", "identity_number": ADULT})
    assert station.rows("lin", "employer")[0]["name"] == "林*英"


def test_an_employer_is_vetted_by_somebody_else_and_after_its_papers_were_seen(station: Station) -> None:
    """人力资源市场暂行条例 article 26."""
    employer = station.add("lin", "employer", FIRM)
    with pytest.raises(RefusedError, match="valid_until"):
        station.act("zhuang", "employer", employer, "vet")
    with pytest.raises(RefusedError, match="第二十六条"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    station.edit("lin", "employer", employer, PAPERS)
    with pytest.raises(RefusedError, match="录入人"):
        station.act("lin", "employer", employer, "vet", valid_until="2027-11-23")
    with pytest.raises(InvalidError, match="有效期"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2026-11-22")
    scan(station["lin"], employer, "brochure", "licence", "mandate")
    with pytest.raises(RefusedError, match=r"：身份证$") as refused:
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    assert refused.value.params["code"] == "employer-scans-missing"
    scan(station["lin"], employer, "identity")
    old = station.rows("lin", "attachment", purpose="licence")[0]["id"]
    station.act("lin", "attachment", old, "void", "看不清")
    rows = station["lin"].read(queries.checklist, employer)
    assert {row.purpose: (row.seen, row.scans) for row in rows} == {
        "brochure": (True, 1), "licence": (True, 0), "identity": (True, 1), "mandate": (True, 1)}  # fmt: skip
    with pytest.raises(RefusedError, match=r"：营业执照$"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    scan(station["lin"], employer, "licence")
    look_through(station["lin"], employer)
    with pytest.raises(RefusedError, match=r"没有打开看过.*：招聘简章、营业执照、身份证、委托证明$"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    look_through(station["zhuang"], employer)
    station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    shown = station.show("lin", "employer", employer)
    assert len(shown["vetted_files"]) == 4
    assert old not in shown["vetted_files"]
    assert (shown["state"], shown["vetted_by"]) == ("normal", station["zhuang"].actor.account_id)


def test_what_was_vetted_cannot_be_changed_behind_the_reviewer(station: Station) -> None:
    employer = vetted(station)
    with pytest.raises(RefusedError, match="待核验"):
        station.edit("lin", "employer", employer, {"credit_code": "92350603MA8TQ4567A"})
    station.edit("lin", "employer", employer, {"handler_phone": "13605960000"})
    station.act("lin", "employer", employer, "recheck", "换证")
    station.edit("lin", "employer", employer, {"credit_code": "92350603MA8TQ4567A"})
    assert station.show("lin", "employer", employer)["state"] == "pending"


def test_a_sanction_takes_two_people_a_reason_and_a_period_and_keeps_an_employer_from_posting(station: Station) -> None:
    """Domain rules B3.2, F54; a complaint is a mark and no sanction."""
    posting = station.add("lin", "posting", POSTING | {"employer_id": (employer := vetted(station))})
    station.act("lin", "posting", posting, "submit")
    station.add("lin", "complaint", {"employer_id": employer, "category": "wages", "text": "拖欠工钱"})
    with pytest.raises(RefusedError, match="reason"):
        station.act("zhuang", "employer", employer, "suspend", sanction_until="2027-03-01")
    for until in (None, "2026-11-23", "2029-01-01"):
        with pytest.raises(RefusedError, match="期限"):
            station.act("zhuang", "employer", employer, "suspend", "拖欠工钱两次", sanction_until=until)
    station.act("zhuang", "employer", employer, "suspend", "拖欠工钱两次", sanction_until="2027-03-01")
    station.act("zhuang", "employer", employer, "suspend", "再次提出", sanction_until="2027-03-01")
    shown = station.show("lin", "employer", employer)
    assert (shown["state"], shown["sanction_proposed"], shown["complaint_count"]) == ("normal", "suspend", 1)
    station.act("lin", "employer", employer, "suspend", "同意")
    shown = station.show("lin", "employer", employer)
    assert (shown["state"], shown["sanction_reason"]) == ("suspended", "再次提出")
    with pytest.raises(RefusedError, match="核验"):
        station.act("zhuang", "posting", posting, "publish")
    with pytest.raises(RefusedError, match="suspended"):
        station.add("zhuang", "employer", FIRM)
    with pytest.raises(RefusedError):
        station.act("lin", "employer", employer, "lift", "已补发")
    station.act("zhuang", "employer", employer, "lift", "已补发")
    shown = station.show("lin", "employer", employer)
    assert shown["state"] == "normal"
    assert not {"sanction_reason", "sanction_proposed", "sanction_proposed_by", "sanction_by"} & set(shown)
    station.act("zhuang", "employer", employer, "blacklist", "骗押金", sanction_until="2027-03-01")
    station.act("lin", "employer", employer, "decline", "查无此事")
    with pytest.raises(RefusedError, match="没有待批准"):
        station.act("lin", "employer", employer, "decline", "查无此事")


def test_a_wage_below_the_floor_stops_a_posting_and_one_with_a_figure_too_many_is_held(station: Station) -> None:
    """最低工资规定 article 3, the floor of the day of work; domain rules B3.4."""
    employer = vetted(station)
    posting = station.add("lin", "posting", POSTING | {"employer_id": employer, "wage": "159.99"})
    with pytest.raises(RefusedError, match=r"160\.00"):  # 08:00-17:00 is no more than a legal day of eight hours
        station.act("lin", "posting", posting, "submit")
    station.edit("lin", "posting", posting, {"ends_at": "2026-11-25T12:00:00+08:00"})
    station.act("lin", "posting", posting, "submit")
    for _ in range(5):
        each = station.add("lin", "posting", POSTING | {"employer_id": employer})
        station.act("lin", "posting", each, "submit")
        station.act("zhuang", "posting", each, "publish")
    typed = station.add("lin", "posting", POSTING | {"employer_id": employer, "wage": "1800.00"})
    station.act("lin", "posting", typed, "submit")
    assert station.show("lin", "posting", typed)["hold_words"] == [commands.ODD_WAGE]


def test_nobody_is_promised_to_two_places_at_one_time_or_to_himself(station: Station) -> None:
    """Domain rules B3.3 and B3.4."""
    first, person = published(station), worker(station)
    employer = station.show("lin", "posting", first)["employer_id"]
    postings = [first]
    for starts, ends in (("12:00", "18:00"), ("17:00", "19:00")):
        times = {"starts_at": f"2026-11-25T{starts}:00+08:00", "ends_at": f"2026-11-25T{ends}:00+08:00"}
        posting = station.add("lin", "posting", POSTING | times | {"employer_id": employer})
        station.act("lin", "posting", posting, "submit")
        station.act("zhuang", "posting", posting, "publish")
        postings.append(posting)
    taken = [station.add("lin", "application", {"posting_id": each, "worker_id": person}) for each in postings]
    station.act("lin", "application", taken[0], "confirm")
    with pytest.raises(RefusedError, match="重叠"):
        station.act("lin", "application", taken[1], "confirm")
    station.act("lin", "application", taken[2], "confirm")
    home = {"employer_kind": "person", "name": "黄阿明", "identity_number": ADULT}
    own = station.add("lin", "employer", home)
    station.vet(own)
    posting = station.add("lin", "posting", POSTING | {"employer_id": own})
    station.act("lin", "posting", posting, "submit")
    station.act("zhuang", "posting", posting, "publish")
    with pytest.raises(RefusedError, match="同一个人"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": person})


def test_the_six_items_must_be_there_before_a_posting_is_reviewed(station: Station) -> None:
    """人力资源市场暂行条例 article 24."""
    employer = vetted(station)
    posting = station.add("lin", "posting", {"employer_id": employer, "title": "搬运工"})
    with pytest.raises(RefusedError) as error:
        station.act("lin", "posting", posting, "submit")
    assert error.value.params["missing"] == "headcount、conditions、tasks、place、wage、pay_unit"
    given = {name: POSTING[name] for name in workflow.LEGAL_ITEMS if name in POSTING}
    for name in given:
        station.edit("lin", "posting", posting, {k: v for k, v in given.items() if k != name} | {name: None})
        with pytest.raises(RefusedError, match=name):
            station.act("lin", "posting", posting, "submit")
    station.edit("lin", "posting", posting, given)
    station.act("lin", "posting", posting, "submit")
    assert station.show("lin", "posting", posting)["state"] == "review"


def test_a_posting_is_published_by_somebody_else_for_an_employer_in_good_standing(station: Station) -> None:
    """人力资源市场暂行条例 article 29."""
    employer = station.add("lin", "employer", FIRM | PAPERS)
    posting = station.add("lin", "posting", POSTING | {"employer_id": employer})
    station.act("lin", "posting", posting, "submit")
    with pytest.raises(RefusedError, match="录入人"):
        station.act("lin", "posting", posting, "publish")
    with pytest.raises(RefusedError, match="核验"):
        station.act("zhuang", "posting", posting, "publish")
    station.vet(employer, "2026-11-30")
    station.act("zhuang", "posting", posting, "publish")
    shown = station.show("lin", "posting", posting)
    assert (shown["state"], shown["reviewed_by"]) == ("published", station["zhuang"].actor.account_id)
    assert shown["published_at"] == "2026-11-23T01:00:00.000Z"
    with pytest.raises(RefusedError, match="草稿"):
        station.edit("lin", "posting", posting, {"wage": "150.00"})


def test_a_household_is_vetted_by_its_identity_card_alone(station: Station) -> None:
    home = {"employer_kind": "person", "name": "林秀英", "identity_number": ADULT}
    employer = station.add("lin", "employer", home)
    assert [row.seen for row in station["lin"].read(queries.checklist, employer)] == [None]
    with pytest.raises(RefusedError, match="身份证"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    assert station.show("lin", "employer", station.vet(employer))["state"] == "normal"


def test_a_check_that_ends_within_a_month_is_brought_up(station: Station) -> None:
    """F46: nobody finds out by a posting that cannot be published."""
    employer = vetted(station)
    assert station["lin"].read(queries.reminders) == ()
    station.clock.set(datetime(2027, 10, 25, 1, tzinfo=UTC))
    (found,) = station["lin"].read(queries.reminders)
    assert (found.sort, found.record_id, found.day) == ("vetting-ends", employer, date(2027, 11, 23))
    station.clock.set(datetime(2027, 11, 24, 1, tzinfo=UTC))
    assert [each.sort for each in station["lin"].read(queries.reminders)] == ["vetting-over"]
    assert station["shen"].read(queries.reminders) == ()


def test_an_expired_check_stops_publishing(station: Station) -> None:
    posting = station.add("lin", "posting", POSTING | {"employer_id": vetted(station)})
    station.act("lin", "posting", posting, "submit")
    station.clock.advance(366 * 24 * 3600)
    with pytest.raises(RefusedError, match="过有效期"):
        station.act("zhuang", "posting", posting, "publish")


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("conditions", "先交押金200元", "押金"), ("tasks", "在家刷单，高薪日结", "刷单"), ("title", "服务员（限女）", "限女"),
        ("conditions", "不要外地人", "不要外地人"), ("lawful_needs", "已婚已育", "已婚"), ("tasks", "男性优先", "男性优先"),
    ],
)  # fmt: skip
def test_words_of_fees_fraud_and_discrimination_hold_a_posting(
    station: Station, field: str, text: str, word: str
) -> None:
    """人力资源市场暂行条例 articles 15 and 24: held, and a person decides."""
    posting = station.add("lin", "posting", POSTING | {"employer_id": vetted(station), field: text})
    station.act("lin", "posting", posting, "submit")
    shown = station.show("lin", "posting", posting)
    assert shown["state"] == "held"
    assert word in shown["hold_words"]
    with pytest.raises(RefusedError):
        station.act("zhuang", "posting", posting, "publish")
    with pytest.raises(RefusedError, match="reason"):
        station.act("zhuang", "posting", posting, "release")
    station.act("lin", "posting", posting, "return", "改写")
    station.edit("lin", "posting", posting, {field: "正常内容"})
    station.act("lin", "posting", posting, "submit")
    shown = station.show("lin", "posting", posting)
    assert shown["state"] == "review"
    assert "hold_words" not in shown


def test_ordinary_postings_are_not_held() -> None:
    texts = ("搬运工，男女不限", "已婚未婚均可", "需健康证", "包午餐，工资日结", "有经验优先", "交接班时间可商量")
    assert all(tables.words_to_hold({"t": text}) == frozenset() for text in texts)


def test_a_child_is_turned_away_counted_and_leaves_no_trace(station: Station) -> None:
    """禁止使用童工规定 articles 2 and 4; 未成年人保护法 article 61."""
    child = {"name": "罕见姓名甲", "identity_number": FIFTEEN, "phone": "13705962222", "address": "某路9号"}
    for _ in range(2):
        with pytest.raises(RefusedError, match="十六周岁") as error:
            station["lin"].write(commands.register_worker, child)
        assert FIFTEEN not in str(error.value)
    assert station["lin"].read(queries.refused_children) == 2
    assert station.audit("worker.refused-underage") == [{}, {}]
    station["lin"].store.checkpoint()
    everything = station.everything()
    assert "worker.refused-underage" in everything
    assert all(secret not in everything for secret in (FIFTEEN, "罕见姓名甲", "13705962222", "某路9号"))


def test_sixteen_today_is_old_enough_and_a_day_less_is_not(station: Station) -> None:
    from zzdesk.people.identity import check_digit

    def born(day: str) -> str:
        return f"350602{day}001" + check_digit(f"350602{day}001")

    worker(station, identity_number=born("20101123"))
    with pytest.raises(RefusedError, match="十六周岁"):
        worker(station, identity_number=born("20101124"))
    with pytest.raises(InvalidError, match="identity_number"):
        worker(station, identity_number="350628201103156261")
    assert len(station.rows("lin", "worker")) == 1


def test_a_corrected_number_is_checked_again(station: Station) -> None:
    person = worker(station)
    with pytest.raises(RefusedError, match="十六周岁"):
        station.edit("lin", "worker", person, {"identity_number": FIFTEEN})
    with pytest.raises(InvalidError):
        station.edit("lin", "worker", person, {"identity_number": None})
    station.edit("lin", "worker", person, {"identity_number": SEVENTEEN})
    assert station.show("lin", "worker", person)["birth"] == "2009-**-**"


def test_one_number_is_one_worker(station: Station) -> None:
    worker(station)
    with pytest.raises(RefusedError, match="已经登记过，卡号GK"):
        worker(station, name="黄明")
    assert len(station.rows("lin", "worker")) == 1


def test_age_counts_on_the_day_of_work(station: Station) -> None:
    from zzdesk.people.identity import check_digit

    posting = published(station)
    first = "350602" + "20101123" + "001"
    person = worker(station, identity_number=first + check_digit(first))
    application = {"posting_id": posting, "worker_id": person, "work_date": "2026-11-22"}
    with pytest.raises(RefusedError, match="十六周岁"):
        station.add("lin", "application", application)
    station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    assert station.rows("lin", "application")[0]["work_date"] == "2026-11-25"


@pytest.mark.parametrize("hazard", ["heavy", "hazardous", "night", "entertainment"])
def test_below_eighteen_no_heavy_toxic_night_or_entertainment_work(station: Station, hazard: str) -> None:
    """未成年人保护法 article 61."""
    posting = published(station, **{hazard: True})
    young, adult = worker(station, identity_number=SEVENTEEN), worker(station)
    with pytest.raises(RefusedError, match="十八周岁"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": young})
    station.add("lin", "application", {"posting_id": posting, "worker_id": adult})


def test_places_fill_and_free_again(station: Station) -> None:
    posting = published(station)
    first = station.add("lin", "application", {"posting_id": posting, "worker_id": worker(station)})
    other = worker(station, identity_number="350681196611114444")
    second = station.add("lin", "application", {"posting_id": posting, "worker_id": other})
    station.act("lin", "application", first, "confirm")
    assert station.show("lin", "posting", posting)["state"] == "full"
    with pytest.raises(RefusedError, match="招满"):
        station.act("lin", "application", second, "confirm")
    station.act("lin", "application", first, "withdraw", "身体不适")
    shown = station.show("lin", "posting", posting)
    assert (shown["state"], shown["filled"]) == ("published", 0)
    station.act("lin", "application", second, "confirm")
    assert station.show("lin", "posting", posting)["filled"] == 1


def test_real_attendance_is_measured(station: Station) -> None:
    posting = published(station)
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": worker(station)})
    with pytest.raises(RefusedError):
        station.act("lin", "application", application, "check-in")
    station.act("lin", "application", application, "confirm")
    with pytest.raises(InvalidError, match="2026-11-25"):
        station.act("lin", "application", application, "check-in")
    station.clock.advance(48 * 3600)
    station.act("lin", "application", application, "check-in")
    with pytest.raises(InvalidError, match="晚于到岗"):
        station.act("lin", "application", application, "check-out")
    station.clock.advance(8 * 3600)
    station.act("lin", "application", application, "check-out")
    shown = station.show("lin", "application", application)
    assert (shown["state"], shown["minutes"]) == ("done", 480)
    with pytest.raises(RefusedError):
        station.act("lin", "application", application, "withdraw", "反悔")


def test_applying_twice_or_for_what_is_not_published_is_refused(station: Station) -> None:
    posting, person = published(station), worker(station)
    station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    with pytest.raises(RefusedError, match="已经报名"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.act("zhuang", "posting", posting, "take-down", "被投诉")
    other = worker(station, identity_number="350681196611114444")
    with pytest.raises(RefusedError, match="不接受报名"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": other})
    station.act("lin", "worker", person, "pause", "外出")
    assert station.show("lin", "worker", person)["state"] == "inactive"


def test_the_kiosk_cannot_look_at_workers(station: Station) -> None:
    person = worker(station)
    for ask in (
        lambda: station.rows("guo", "worker"),
        lambda: station.show("guo", "worker", person),
        lambda: station["guo"].read(queries.list_workers),
        lambda: station["guo"].read(queries.detail, "worker", person),
    ):
        with pytest.raises(RefusedError, match="权限"):
            ask()
    assert len(station.audit("refused")) == 4


def test_lists_and_details_are_masked_and_name_the_next_steps(station: Station) -> None:
    posting, person = published(station), worker(station)
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    lin = station["lin"]
    pages = [
        lin.read(queries.list_employers), lin.read(queries.list_workers),
        lin.read(queries.list_applications, JobFilter(posting_id=posting)),
        lin.read(queries.detail, "worker", person),
    ]  # fmt: skip
    text = str(pages)
    assert all(secret not in text for secret in (ADULT, "黄阿明", "13705961111", "13605961234", "301"))
    assert pages[2].rows[0].posting == "搬运工"
    row = lin.read(queries.list_postings, JobFilter(states=("published",), trade="moving")).rows[0]
    assert (row.id, row.number[:2], row.filled) == (posting, "LG", 0)
    assert lin.read(queries.list_postings, JobFilter(trade="care")).rows == ()
    assert lin.read(queries.detail, "posting", posting).actions == ("start", "take-down", "cancel")
    assert lin.read(queries.detail, "application", application).actions == ("confirm", "refuse", "withdraw")
    assert lin.read(queries.count_open) == 1


@pytest.mark.parametrize("field", [{"free_times": ["周一"]}, {"certificates": ["电工证@明年"]}, {"wish_wage": "-1"}])
def test_what_no_form_can_mean_is_refused(station: Station, field: dict[str, object]) -> None:
    with pytest.raises(InvalidError, match=next(iter(field))):
        worker(station, **field)


def test_a_posting_ends_after_it_starts_and_has_somebody_to_work(station: Station) -> None:
    employer = vetted(station)
    with pytest.raises(InvalidError, match="ends_at"):
        station.add("lin", "posting", POSTING | {"employer_id": employer, "ends_at": POSTING["starts_at"]})
    with pytest.raises(InvalidError, match="headcount"):
        station.add("lin", "posting", POSTING | {"employer_id": employer, "headcount": 0})


def test_steps_that_the_program_takes_cannot_be_taken_by_hand(station: Station) -> None:
    posting = published(station)
    for action in ("fill", "reopen", "hold"):
        with pytest.raises(RefusedError):
            station.act("lin", "posting", posting, action)
