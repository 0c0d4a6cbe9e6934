"""What comes of a round meets other subjects here: a hazard becomes a report, a dispute a case of mediation.

Subjects do not know each other; this room knows both and does what a person means in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import oral
from zzdesk.patrol import rounds
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models_rounds import RoundItem
from zzdesk.reports import commands as reports
from zzdesk.store.unit import ChangeSet, UnitOfWork


def add_output(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Write down what came of a round.

    A hazard is registered as a report of the same words; ``category`` says which. A dispute that was not settled on the
    spot becomes a case at once, where the person may accept one and says of which category (``case_category``); otherwise
    a mediator accepts it, by ``accept_dispute``.

    Raises:
        InvalidError, RefusedError: as the round and the report or case do; nothing is written then.
    """
    item = record_output(work, fields)
    del item
    return work.commit()


def record_output(work: UnitOfWork, fields: Mapping[str, Any]) -> RoundItem:
    """Make an output with what follows from it inside a transaction that goes on."""
    given = dict(fields)
    category, kind_of_case = given.pop("category", None), given.pop("case_category", None)
    item = rounds.add_item(work, given)
    work.session.flush()
    if item.output == flow.HAZARD:
        report = reports.add(work, {
            "title": (item.text or "")[:80], "description": item.text, "address": item.place, "source": "patrol",
            "category": category or "public-safety",
        })  # fmt: skip
        item.report_id = report.id
    if item.output == flow.DISPUTE and not item.settled and kind_of_case and work.may("case.accept"):
        item.case_id = _case(work, kind_of_case)
    return item


def accept_dispute(work: UnitOfWork, item_id: RecordId, category: str | None) -> ChangeSet:
    """Accept a dispute that came of a round as a case of mediation of a category (domain rules B1.5), and link the two.

    Raises:
        RefusedError: it is no dispute, it is accepted already, or the person may not accept cases.
        InvalidError: nobody says of which category it is, or there is none such.
    """
    item = work.get(RoundItem, item_id)
    if item.output != flow.DISPUTE or item.case_id or item.voided:
        raise RefusedError(N_("这一条不是待受理的纠纷"))
    item.case_id = _case(work, category)
    return work.commit()


def register_oral(work: UnitOfWork, item_id: RecordId, fields: Mapping[str, Any]) -> ChangeSet:
    """Write down the oral agreement by which a dispute was settled on the spot (口头协议登记表, PML article 28).

    ``fields``: ``party0`` and ``party1`` (names), ``content``, ``reached_at``, ``category``. The agreement is in effect
    (PML article 30); names and words lie in the case, for its team alone.

    Raises:
        RefusedError: it is no dispute settled on the spot, it is written down already, or the person may not accept cases.
        InvalidError: something of the agreement is missing, or cannot be taken.
    """
    item = work.get(RoundItem, item_id)
    if item.output != flow.DISPUTE or not item.settled or item.case_id or item.voided:
        raise RefusedError(N_("这一条不是当场说和、还没有登记的纠纷"))
    names = [fields.get(f"{oral.PARTY}{at}") for at in (0, 1)]
    item.case_id = oral.settle(work, item.text or "", item.place, names, fields).id
    return work.commit()


def _case(work: UnitOfWork, category: str | None) -> RecordId:
    """Accept a case: the stub says nothing about anybody, what it is about is written by its team."""
    case_id: RecordId = mediation.add_case(work, {"category": category, "source": "initiative"}).id
    return case_id
