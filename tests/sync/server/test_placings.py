"""Who may be given work, asked by the centre of whatever program a desk has (domain rules B3.2 to B3.4)."""

from __future__ import annotations

from typing import Any

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from tests.sync.server.test_jobs import POSTING, said, step, vetted
from tests.sync.server.test_jobs import desks as desks
from tests.sync.server.test_jobs import server as server
from tests.sync.server.wire import WireDesk
from zzdesk.jobs.guards import KNOWN_SINCE

WORKER = {"name": "林", "identity_number": "35060319900115331X", "state": "active"}


def now(op: dict[str, Any]) -> dict[str, Any]:
    """As a program writes it that knows the rule."""
    return op | {"schema": KNOWN_SINCE}


def published(first: WireDesk, second: WireDesk, firm: dict[str, Any], **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    posting = first.create("posting", employer_id=firm["id"], **(POSTING | more))
    submit = step(first, posting, "review")
    first.push(posting, submit)
    publish = step(second, posting, "published", submit["op_id"], "review")
    assert said(second, publish) is None
    return posting, publish


def test_nobody_is_at_work_that_was_called_off_and_nobody_is_kept_from_other_work_by_it(
    desks: tuple[WireDesk, WireDesk]
) -> None:
    first, second = desks
    firm, _ = vetted(first, second)
    posting, publish = published(first, second, firm)
    other, _ = published(first, second, firm)
    worker = first.create("worker", **WORKER)
    about = {"worker_id": worker["id"], "state": "applied", "work_date": "2026-11-25"}
    placed, again = (first.create("application", posting_id=each["id"], **about) for each in (posting, other))
    confirm = step(first, placed, "confirmed")
    assert [each["outcome"] for each in first.push(worker, placed, confirm, again)] == ["applied"] * 4
    assert said(first, step(first, again, "confirmed")) == "worker-twice"
    assert said(second, step(second, posting, "cancelled", publish["op_id"], "published")) is None
    assert said(first, now(step(first, placed, "checked-in", confirm["op_id"], "confirmed"))) == "posting-called-off"
    assert said(first, now(step(first, again, "confirmed"))) is None


def test_nobody_is_introduced_who_took_consent_back_or_without_the_certificate_of_the_day(
    desks: tuple[WireDesk, WireDesk]
) -> None:
    first, second = desks
    firm, _ = vetted(first, second)
    guard = {"trade": "security", "ends_at": "2026-11-27T09:00:00.000Z", "pay_unit": "month", "wage": "6000.00"}
    posting, _ = published(first, second, firm, **guard)
    worker = first.create("worker", **WORKER, legal_basis="consent", consent_version="v1", certificates=["保安员证@2026-11-26"])
    about = {"posting_id": posting["id"], "worker_id": worker["id"], "state": "applied"}
    application = now(first.create("application", work_date="2026-11-25", **about))
    assert [said(first, each) for each in (worker, application)] == [None, None]

    def moved(was: str, to: str, saw: str) -> dict[str, Any]:
        return first.patch("application", application["id"], work_date={"to": to, "was": was, "saw": saw})

    day = now(moved("2026-11-25", "2026-11-26", application["op_id"]))
    assert said(first, day) is None
    assert said(first, now(moved("2026-11-26", "2026-11-27", day["op_id"]))) == "worker-uncertified"
    assert said(first, now(moved("2026-11-26", "2026-11-28", day["op_id"]))) == "application-other-day"
    sanction = step(second, worker, "sanctioned")
    gone = first.patch("worker", worker["id"], consent_withdrawn_at={
        "to": "2026-11-23T01:00:00.000Z", "was": None, "saw": worker["op_id"]})
    assert [said(*each) for each in ((second, sanction), (first, gone))] == [None, None]
    assert said(second, now(step(second, worker, "active", sanction["op_id"], "sanctioned"))) == "worker-consent-withdrawn"
    basis = first.patch("worker", worker["id"], legal_basis={"to": "contract", "was": "consent", "saw": worker["op_id"]})
    assert said(first, now(basis)) == "worker-basis-withdrawn"
    assert said(second, step(second, worker, "active", sanction["op_id"], "sanctioned")) is None  # a program that could not know
    again = now(first.create("application", work_date="2026-11-25", **about))
    assert said(first, again) == "worker-consent-withdrawn"
    assert said(first, now(step(first, application, "confirmed"))) == "worker-consent-withdrawn"
