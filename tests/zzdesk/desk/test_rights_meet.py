"""What the desk lets a role do, the centre lets it do as well: nobody's honest work is refused on arrival."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sync.policies import Policies
from tests.zzdesk import conftest
from tests.zzdesk.conftest import Station
from zzdesk.accounts.rights import KIND_RIGHTS, ROLES, may_write
from zzdesk.errors import InvalidError, KnownError, RefusedError
from zzdesk.ops.models import Outbox
from zzdesk.patrol import commands as patrol
from zzdesk.patrol.models_points import Redemption
from zzdesk.store.base import kinds

REPORT = {"title": "路灯不亮", "category": "lighting"}
FIRM = {"employer_kind": "person", "name": "陈阿水", "identity_number": "350602194903070020"}
WORKER = {"name": "黄阿明", "identity_number": "350625197506153330"}
POSTING = {
    "title": "搬运工", "headcount": 2, "conditions": "能搬重物", "tasks": "搬家具", "place": "西桥市场",
    "wage": "200.00", "pay_unit": "day",
}  # fmt: skip
TASK = {
    "title": "古城夜巡", "places": 2, "starts_at": "2026-11-23T01:30:00.000Z", "ends_at": "2026-11-23T03:00:00.000Z",
}  # fmt: skip
STEPS: tuple[tuple[str, str, dict[str, Any], str | None], ...] = (
    ("report", "accept", {}, None), ("report", "confirm", {"note": "属实"}, None),
    ("report", "dispatch", {"handler_unit": "城管"}, None), ("report", "finish", {"note": "修好"}, None),
    ("report", "transfer", {"to": "350602002005"}, "在那边"), ("report", "claim", {}, None),
    ("report", "void", {}, "重复"), ("employer", "vet", {"valid_until": "2027-11-23"}, None),
    ("posting", "submit", {}, None), ("posting", "void", {}, "不招了"), ("worker", "pause", {}, "回乡"),
    ("volunteer", "pause", {}, "出差"), ("volunteer", "resume", {}, None),
    ("signup", "allow", {}, "人手不够"), ("signup", "check-in", {}, "到场帮忙"), ("signup", "check-out", {}, None),
    ("callout", "dispatch", {"dispatched_to": ["巡防队"]}, None), ("callout", "arrive", {}, None),
    ("callout", "close", {"outcome": "grid"}, None),
    ("clue", "hand-over", {"handed_to": "110", "receipt_number": "31"}, None), ("clue", "void", {}, "重复"),
    ("round", "close", {"ended_at": "2026-11-23T02:00:00.000Z", "members": ["x"]}, None),
    ("redemption", "call-off", {}, "不要了"), ("redemption", "void", {}, "点错"),
    ("reward", "void", {}, "停发"),
    ("signup", "void", {}, "点错"), ("task", "cancel", {}, "下雨"),
    ("case", "mediate", {}, None), ("case", "withdraw", {}, "撤回"), ("case", "void", {}, "重复"),
)  # fmt: skip


def _tried(action: Any) -> bool:
    try:
        action()
    except (RefusedError, InvalidError, KnownError):
        return False
    return True


def _patrol(station: Station, there: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Put what mass prevention needs at the station, and return what can be made new."""
    there["volunteer"] = station.add("zhuang", "volunteer", {"name": "陈阿水"})
    there["task"] = station.add("zhuang", "task", TASK)
    there["team"] = station.add("zhuang", "team", {"name": "西桥队"})
    other = station.add("zhuang", "volunteer", {"name": "黄美玲"})
    there["signup"] = station.add("zhuang", "signup", {"task_id": there["task"], "volunteer_id": there["volunteer"]})
    there["reward"] = station.add("zhuang", "reward", {"name": "雨伞", "price": 5, "received": 9})
    station["zhuang"].write(patrol.adjust, other, 50, "期初")
    exchange = {"reward_id": there["reward"], "volunteer_id": other}
    there["redemption"] = station["zhuang"].read(_redemption_of, station["zhuang"].write(patrol.redeem, exchange).created)
    there["round"] = station.add("zhuang", "round", {"team_id": there["team"], "started_at": TASK["starts_at"]})
    there["callout"] = station.add("zhuang", "callout", {"grid": "一", "what": "漏水"})
    there["clue"] = station.add("zhuang", "clue", {"text": "有人撬锁"})
    return {
        "round": {"team_id": there["team"], "started_at": TASK["starts_at"]}, "clue": {"text": "夜里有人翻墙"},
        "callout": {"grid": "一", "what": "停电"},
        "round_item": {"round_id": there["round"], "output": "hazard", "text": "山墙开裂"},
        "reward": {"name": "洗衣液", "price": 9}, "redemption": exchange,
        "volunteer": {"name": "林志强"}, "team": {"name": "新队"}, "segment": {"name": "古城东段"}, "task": TASK,
        "duty": {"grid": "一", "slot": "police", "name": "王", "starts_at": TASK["starts_at"], "ends_at": TASK["ends_at"]},
        "signup": {"task_id": there["task"], "volunteer_id": other},
    }


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"auditor"}))
def test_the_centre_takes_what_the_desk_lets_a_role_do(
    station: Station, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setitem(conftest.STAFF, "one", [role])
    firm = station.add("zhuang", "employer", FIRM)
    there = {
        "report": station.add("zhuang", "report", REPORT), "employer": firm,
        "worker": station.add("zhuang", "worker", WORKER),
        "posting": station.add("zhuang", "posting", POSTING | {"employer_id": firm}),
        "case": station.add("zhuang", "case", {"category": "neighbours", "team": ["one"]}),
        "person": station.add("zhuang", "person", {"name": "林秀英"}),
    }  # fmt: skip
    new = _patrol(station, there) | {
        "report": REPORT, "step": {"report_id": there["report"], "note": "问过"}, "person": {"name": "王明"},
        "employer": FIRM | {"name": "陈阿土", "identity_number": WORKER["identity_number"]},
        "case": {"category": "neighbours", "team": ["one"]}, "posting": POSTING | {"employer_id": firm},
        "party": {"case_id": there["case"], "role": "applicant", "name": "林某"},
        "dispute": {"case_id": there["case"], "title": "噪音"},
        "application": {"posting_id": there["posting"], "worker_id": there["worker"]},
    }  # fmt: skip
    changes = {
        "report": {"address": "x"}, "posting": {"place": "x"}, "worker": {"notes": "x"}, "case": {"linkage_number": "1"},
        "person": {"phone": "13805961234"}, "volunteer": {"phone": "13805961234"}, "team": {"grid": "二"},
        "task": {"place": "文庙"}, "reward": {"received": 10},
        "round": {"grid": "三"}, "callout": {"grid": "三"},
    }  # fmt: skip
    me = station["one"].actor
    done = [_tried(lambda k=k: station.add("one", k, new[k])) for k in new]  # type: ignore[misc]
    done += [_tried(lambda k=k: station.edit("one", k, there[k], changes[k])) for k in changes]  # type: ignore[misc]
    done += [
        _tried(lambda s=s: station.act("one", s[0], there[s[0]], s[1], s[3], **s[2]))  # type: ignore[misc]
        for s in STEPS
    ]
    assert any(done) or role in ("administrator", "kiosk")  # a kiosk writes for who has signed in: test_kiosk.py
    with station["one"].store.reader() as session:
        ops = [row.body for row in session.scalars(select(Outbox).where(Outbox.actor == me.account_id))]
    policies = Policies.of(kinds())
    assert [op for op in ops if not _allowed(policies, me.roles, op)] == []


def _redemption_of(read: Any, made: tuple[str, ...]) -> str:
    return next(i for i in made if read.session.get(Redemption, i) is not None)


def _allowed(policies: Policies, roles: frozenset[str], op: dict[str, Any]) -> bool:
    if op["kind"] not in KIND_RIGHTS:
        return op["kind"] == "account"
    rules = policies[op["kind"]]
    name, changed = rules.state_field, op.get("set", {})
    step = None
    if name in changed and rules.transitions is not None:
        step = rules.transitions.between(changed[name]["was"], changed[name]["to"]).needs.right
    claims = set(changed) == {rules.claim_field}
    return may_write(roles, op["kind"], op["verb"], step, claims=claims)
