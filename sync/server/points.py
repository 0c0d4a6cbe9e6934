"""Points and stock at the centre: nobody spends what is not there, whoever was offline (domain rules B4).

Desks book entries; the centre answers redemptions in the order of their arrival, books back what it cannot grant, and
takes back what was earned beyond a month's cap or would leave an account below nought. It books, like everybody, by new
entries, and never changes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sync.claims import Term
from sync.merge import RecordState
from sync.server.arbiter import ENTRY, REDEMPTION, REWARD, locked, put_changes, take_turn
from sync.server.own import NOBODY
from sync.server.rows import Key
from sync.server.stage import Draft, Item
from zzdesk.clock import from_iso, local
from zzdesk.ops.apply import DEFAULT, Body
from zzdesk.patrol import ledger
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.ledger import Entry, entry_id

PERSON_FIELD: Final = "volunteer_id"
CAP: Final = "cap"
FLOOR: Final = "floor"
MINE: Final = (ENTRY, REWARD, REDEMPTION)


def settle(draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Answer a group's redemptions, and keep the accounts that it touched within their bounds."""
    touched = [
        (item, state) for item in group
        if item.op is not None and item.key and item.key[0] in MINE and (state := draft.changed(item.key)) is not None
    ]  # fmt: skip
    if not touched:
        return
    take_turn(draft.stage.connection, [item.op for item, _ in touched if item.op])
    if draft.stage.recovering:
        return  # what was earned or given may be on its way: ``catching_up`` answers when the desks are back
    for item, state in touched:
        if state.kind == REDEMPTION:
            answer(draft, state, item, term)
    for item, state in touched:
        if state.kind == ENTRY:
            keep_within(draft, state, item, term)


def answer(draft: Draft, state: RecordState, item: Item, term: Term, *, handed: bool = False) -> None:
    """Say whether there is a piece and whether there are the points; book back where not, or where it was called off.

    ``handed``: the piece went out upon the centre's word before it was restored, so there was one.
    """
    reward = locked(draft, [(REWARD, str(state.body.get("reward_id")))]).get((REWARD, str(state.body.get("reward_id"))))
    if reward is None:
        return
    person, price = str(state.body.get(PERSON_FIELD)), int(state.body.get("price") or reward.body.get("price") or 0)
    live = state.body.get("state") != flow.CALLED_OFF and not state.voided
    standing = state.body.get("standing")
    if live:
        _book(draft, ledger.REDEEM, state, _spent(state, person, price), item, term)
    if standing is None and live:
        left = int(reward.body.get("received") or 0) - _given(draft, reward, state.id)
        standing = ledger.GRANTED if handed else ledger.answer(left, ledger.balance(_entries(draft, person)))
        put_changes(draft, state, {"standing": standing, "decided_at": term.iso}, item)
    if standing != ledger.GRANTED or not live:
        _refund(draft, state, person, price, item, term)
    count(draft, reward, item)


def _given(draft: Draft, reward: RecordState, but: str = "") -> int:
    """Return how many pieces of a reward are granted and not called off."""
    keys = [(REDEMPTION, each) for each in draft.same((REDEMPTION, "reward_id", reward.id)) - {but}]
    found = locked(draft, keys).values()
    return sum(
        each.body.get("standing") == ledger.GRANTED and each.body.get("state") != flow.CALLED_OFF and not each.voided
        for each in found
    )


def count(draft: Draft, reward: RecordState, item: Item) -> None:
    """Write how many pieces of a reward are given, where that has changed."""
    given = _given(draft, reward)
    if (reward.body.get("given") or 0) != given:
        put_changes(draft, reward, {"given": given}, item)


def _entries(draft: Draft, person: str) -> list[Entry]:
    found = locked(draft, [(ENTRY, each) for each in draft.same((ENTRY, PERSON_FIELD, person))])
    return [_entry(state) for _, state in sorted(found.items()) if not state.voided]


def _entry(state: RecordState) -> Entry:
    return entry_of(state.id, state.body)


def entry_of(record_id: str, body: Body) -> Entry:
    """Return an entry as the rules read it."""
    return Entry(
        record_id, str(body.get("debit")), str(body.get("credit")), int(body.get("amount") or 0), str(body.get("why")),
        str(body.get("month")), body.get("reverses"),
    )  # fmt: skip


def _spent(state: RecordState, person: str, price: int) -> dict[str, Any]:
    return {
        PERSON_FIELD: person, "debit": ledger.VOLUNTEER, "credit": ledger.REDEEMED, "amount": price,
        "why": ledger.REDEEM, "redemption_id": state.id,
    }  # fmt: skip


def _refund(draft: Draft, state: RecordState, person: str, price: int, item: Item, term: Term) -> None:
    if locked(draft, [(ENTRY, entry_id(ledger.REDEEM, state.id))]):
        back = _spent(state, person, price) | {
            "debit": ledger.REDEEMED, "credit": ledger.VOLUNTEER, "why": ledger.REFUND,
            "reverses": entry_id(ledger.REDEEM, state.id),
        }  # fmt: skip
        _book(draft, ledger.REFUND, state, back, item, term)


def keep_within(draft: Draft, state: RecordState, item: Item, term: Term) -> None:
    """Take back what an entry earned beyond the cap, or took that was not there any more."""
    entry, person = _entry(state), str(state.body.get(PERSON_FIELD))
    if entry.why == ledger.EARN:
        _trim(draft, CAP, state, ledger.earned(_entries(draft, person), entry.month) - ledger.MONTH_CAP, item, term)
    if entry.change < 0:
        _trim(draft, FLOOR, state, -ledger.balance(_entries(draft, person)), item, term)


def _trim(draft: Draft, what: str, state: RecordState, excess: int, item: Item, term: Term) -> None:
    entry = _entry(state)
    amount = min(excess, entry.amount)
    if amount > 0:
        back = {
            PERSON_FIELD: state.body.get(PERSON_FIELD), "debit": entry.credit, "credit": entry.debit, "amount": amount,
            "why": ledger.REVERSE, "reverses": entry.id,
        }  # fmt: skip
        _book(draft, what, state, back, item, term)


def _book(draft: Draft, what: str, about: RecordState, fields: dict[str, Any], item: Item, term: Term) -> None:
    """Write an entry of the centre's own, once."""
    key: Key = (ENTRY, entry_id(what, about.id))
    if locked(draft, [key]):
        return
    month = about.body.get("month") or f"{local(from_iso(str(about.body['created_at']))):%Y-%m}"
    born = {"created_at": term.iso, "created_by": NOBODY, "month": month}
    draft.put(RecordState(ENTRY, key[1], about.scope, 1, born | fields, {DEFAULT: item.op_id}), None)
