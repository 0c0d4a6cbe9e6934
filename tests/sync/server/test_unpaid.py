"""A posting whose wages are owed is not completed, whatever its desk knows (domain rules B3.2; article 15 of the wage rules)."""

from __future__ import annotations

import json

from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.server.revisions import run_revision
from tests.sync.server.test_jobs import POSTING, said, step, vetted
from tests.sync.server.test_jobs import desks as desks
from tests.sync.server.test_jobs import server as server
from tests.sync.server.wire import WireDesk, new_id


def test_a_posting_is_not_completed_while_the_centre_knows_of_a_wage_that_is_owed(
    desks: tuple[WireDesk, WireDesk], server: ServerThread
) -> None:
    """B3.2, and what revision 0029 does to a centre that has wages."""
    first, second = desks
    firm, _ = vetted(first, second)
    posting = first.create("posting", employer_id=firm["id"], **POSTING)
    submit = step(first, posting, "review")
    first.push(posting, submit)
    last = step(second, posting, "published", submit["op_id"], "review")
    assert said(second, last) is None
    for state in ("working", "settling"):
        last = step(first, posting, state, last["op_id"], last["set"]["state"]["to"])
        assert said(first, last) is None
    line = {"posting_id": posting["id"], "state": "owed"}
    with server.centre.database.writing() as connection:
        row = connection.execute(select(record).where(record.c.id == posting["id"])).mappings().one()
        connection.execute(record.insert().values(dict(row) | {"kind": "wage_line", "id": new_id(), "body": json.dumps(line)}))
        run_revision(connection, "0029_wages_of")
    done = step(first, posting, "done", last["op_id"], "settling")
    assert said(first, done) == "posting-unpaid"
    with server.centre.database.writing() as connection:
        paid = json.dumps(line | {"state": "paid"})
        connection.execute(record.update().where(record.c.kind == "wage_line").values(body=paid))
    assert said(first, step(first, posting, "done", last["op_id"], "settling")) is None
