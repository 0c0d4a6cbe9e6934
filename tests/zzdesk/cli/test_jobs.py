"""Odd jobs on the command line: the queue can be replayed, who fits is said with reasons, an order without people is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.zzdesk.cli.conftest import Cli
from tests.zzdesk.cli.test_records import add


def test_the_queue_who_fits_and_papers(cli: Cli, tmp_path: Path) -> None:
    (employer,) = add(cli, "employer", {"employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028"})
    (posting,) = add(cli, "posting", {"employer_id": employer, "title": "搬家", "trade": "moving", "headcount": 1})
    people = add(
        cli, "worker", {"name": "林志强", "identity_number": "35060319900115331X", "skills": ["moving"]},
        {"name": "黄阿明", "identity_number": "350625197506153330"},
    )  # fmt: skip
    add(cli, "queue_entry", *({"worker_id": each} for each in people))
    add(cli, "queue_draw", {"mode": "lottery"})
    drawn, *rows = cli("jobs", "queue", "--json").lines
    lots = [hashlib.sha256(f"{drawn['seed']}/{row['card']}".encode()).hexdigest() for row in rows]
    assert lots == sorted(lots)
    assert drawn["digest"] == hashlib.sha256("\n".join(row["card"] for row in rows).encode()).hexdigest()
    best = cli("jobs", "fits", posting, "--json").lines[0]
    assert (best["id"], best["name"], best["reasons"]["skill"]) == (people[0], "林*强", 30)
    assert cli("jobs", "unpaid", "--json").lines == []
    refused = cli("jobs", "order", posting, "--out", tmp_path / "a.pdf")
    assert (refused.status, "派工单是空的" in refused.err, (tmp_path / "a.pdf").exists()) == (1, True, False)


def test_contact_days_and_what_was_given_back(cli: Cli) -> None:
    (employer,) = add(cli, "employer", {"employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028"})
    (day,) = add(cli, "contact_day", {"month": "2026-12"})
    first = cli("jobs", "contact-days", "--json").lines[0]
    assert (first["day"], first["remind_on"], first["next"], first["id"]) == ("2026-12-15", "2026-12-14", "plan-visits", day)
    (line,) = add(cli, "giveback_entry", {
        "employer_id": employer, "giveback_kind": "goods", "what": "大米", "quantity": "20", "unit": "袋", "purpose": "慰问"})
    asked = ("jobs", "giveback", "--since", "2026-11-01", "--until", "2026-11-30", "--json")
    assert [(row["employer"], row["quantity"], row["lines"]) for row in cli(*asked).lines] == [("陈*丽", "20", 1)]
    assert cli("do", "giveback_entry", line, "correct", "--reason", "没有这回事").status == 0
    assert [(row["quantity"], row["lines"]) for row in cli(*asked).lines] == [("0", 2)]
