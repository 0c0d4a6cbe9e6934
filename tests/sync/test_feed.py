"""What a desk knows of the feeds by its own pushes is not asked for; whatever else there may be is."""

from __future__ import annotations

from typing import Any

from sync.client.engine import SyncClient
from sync.client.feed import Feed
from sync.client.transport import Transport
from sync.server.run import ServerThread
from tests.sync.stations import NewDesk
from zzdesk.desk.session import Desk
from zzdesk.ops import state
from zzdesk.reports import commands as reports
from zzdesk.reports.queries import detail

HERE, ABOVE = "350602002004", "350602002"
FIELDS = {"title": "路灯不亮", "category": "lighting"}


def test_own_records_without_a_gap_move_the_cursors_of_feeds_without_news() -> None:
    feed = Feed()
    feed.greeted(100, {HERE: 90, ABOVE: 95}, {HERE: 90, ABOVE: 80})
    assert feed.pushed(103, [(102, HERE), (101, HERE), (103, HERE)]) == {HERE: 103}
    assert feed.pushed(104, [(104, ABOVE)]) == {}, "there is something before it that is not here"
    assert feed.is_whole
    assert feed.known_beyond(90) == [(101, 104)]


def test_a_gap_is_somebody_elses_and_is_never_closed_again() -> None:
    feed = Feed()
    feed.greeted(100, {HERE: 100}, {HERE: 100})
    assert feed.pushed(103, [(101, HERE), (103, HERE)]) == {}
    assert feed.pushed(104, [(104, HERE)]) == {}
    assert not feed.is_whole
    assert feed.known_beyond(100) == [(101, 101), (103, 104)]


def test_without_a_greeting_nothing_is_known() -> None:
    feed = Feed()
    assert feed.pushed(1, [(1, HERE)]) == {}
    assert not feed.is_whole


def paths(desk: Desk, server: ServerThread, between: Any = None) -> list[str]:
    """Run a round and return what it asked for; ``between`` is done before the push goes out."""
    asked: list[str] = []

    class Watched(Transport):
        def call(self, path: str, *args: Any, **more: Any) -> Any:
            if path == "/v1/push" and between and path not in asked:
                between()
            asked.append(path)
            return super().call(path, *args, **more)

    SyncClient(desk, Watched(server.url)).sync()
    return asked[1:]  # but for the token


def test_a_round_asks_no_more_than_it_has_to(server: ServerThread, new_desk: NewDesk) -> None:
    first, second = new_desk(), new_desk()
    paths(first, server)
    report = first.write(reports.register, FIELDS).created[0]
    assert paths(first, server) == ["/v1/hello", "/v1/push"]
    assert paths(second, server) == ["/v1/hello"]
    assert second.read(detail, report).row.title == FIELDS["title"]
    first.write(reports.edit, report, {"address": "台湾路"})
    assert paths(first, server) == ["/v1/hello", "/v1/push"]
    assert paths(first, server) == paths(second, server) == ["/v1/hello"]
    assert second.read(detail, report).fields["address"] == "台湾路"
    with first.store.reader() as session, second.store.reader() as other:
        assert state.cursors(session) == state.cursors(other)


def test_what_somebody_else_wrote_meanwhile_is_pulled(server: ServerThread, new_desk: NewDesk) -> None:
    first, second = new_desk(), new_desk()
    for desk in (first, second):
        paths(desk, server)
    report = first.write(reports.register, FIELDS).created[0]
    theirs = second.write(reports.register, FIELDS | {"title": "井盖松动"}).created[0]
    asked = paths(first, server, lambda: paths(second, server))
    assert asked == ["/v1/hello", "/v1/push", "/v1/pull"]
    assert first.read(detail, theirs).row.title == "井盖松动"
    assert paths(second, server) == ["/v1/hello"]
    assert second.read(detail, report).row.title == FIELDS["title"]
