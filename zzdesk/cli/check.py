"""``zzdesk check``: is this an identity number, a credit code, a phone? Needs no home (decision 20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from zzdesk.cli.output import json_line
from zzdesk.cli.words import command, json_option
from zzdesk.clock import SystemClock, local_day
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate


def _identity(text: str) -> dict[str, Any]:
    from zzdesk.people.identity import parse_identity

    today = local_day(SystemClock().now())
    found = parse_identity(text, today)
    facts = {"value": found.number, "birth": found.birth.isoformat(), "sex": found.sex, "age": found.age_on(today)}
    return facts | {"region": found.region, "warnings": [w.text() for w in found.warnings]}


def _credit_code(text: str) -> dict[str, Any]:
    from zzdesk.people.credit_code import parse_credit_code

    return {"value": parse_credit_code(text).code}


def _phone(text: str) -> dict[str, Any]:
    from zzdesk.people.phones import parse_phone

    found = parse_phone(text)
    return {"value": found.number, "phone_kind": found.kind}


_CHECKS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "id": _identity,
    "credit-code": _credit_code,
    "phone": _phone,
}


def _judge(what: str, text: str) -> dict[str, Any]:
    try:
        facts = _CHECKS[what](text)
    except InvalidError as error:
        return {"ok": False, "problem": "；".join(p.text() for p in error.problems)}
    return {"ok": True} | {name: fact for name, fact in facts.items() if fact not in (None, [])}


@command(N_("核对身份证号、统一社会信用代码或电话；有一个不对就以1结束"))
@click.argument("what", type=click.Choice(sorted(_CHECKS)))
@click.argument("values", nargs=-1, required=True)
@json_option
def check(what: str, values: tuple[str, ...], as_json: bool) -> int:
    """Judge each value, in order; a wrong one is never repeated."""
    good = True
    for number, text in enumerate(values, 1):
        verdict = _judge(what, text)
        good = good and verdict["ok"]
        if as_json:
            json_line({"n": number, "kind": what} | verdict)
        else:
            print(f"{number}\t" + (verdict["value"] if verdict["ok"] else translate(verdict["problem"])))
    return 0 if good else 1
