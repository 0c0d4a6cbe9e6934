"""What an operator can watch: counted right, read from the database, and without a single name or value."""

from __future__ import annotations

from collections.abc import Callable

import requests
from prometheus_client.parser import text_string_to_metric_families

from sync.server.run import ServerThread
from tests.sync.server.sender import Sender
from tests.sync.server.wire import WireDesk, edit, new_id
from zzdesk.clock import FixedClock


def figures(url: str) -> dict[str, float]:
    """Return every sample by name and labels, as ``name{label=value}``."""
    answer = requests.get(f"{url}/metrics", timeout=10)
    assert answer.status_code == 200
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_figures_follow_what_happens(
    server: ServerThread, anna: WireDesk, bo: WireDesk, clock: FixedClock
) -> None:
    born = anna.create(title="路灯不亮")
    anna.push(born)
    anna.push(anna.patch("thing", born["id"], **edit(born, "一")))
    bo.push(bo.patch("thing", born["id"], **edit(born, "二")))
    bo.push(bo.patch("thing", new_id(), title={"to": "x", "was": None, "saw": None}))
    clock.advance(3600)
    found = figures(server.url)
    assert found["zzsync_operations_total{outcome=applied}"] == 2
    assert found["zzsync_operations_total{outcome=conflict}"] == 1
    assert (found["zzsync_held_operations"], found["zzsync_held_oldest_seconds"]) == (1, 3600)
    assert found["zzsync_open_conflicts"] == 1
    assert found["zzsync_open_conflict_age_seconds{quantile=0.95}"] == 3600
    assert found["zzsync_devices{state=active}"] == 2
    assert found["zzsync_requests_total{path=/v1/push,status=200}"] == 4
    assert found["zzsync_request_seconds_count{path=/v1/push}"] == 4
    assert found["zzsync_head"] > 0


def test_attachments_are_counted_by_where_their_bytes_are(
    server: ServerThread, anna: WireDesk, clock: FixedClock
) -> None:
    sender = Sender(anna)
    sender.attach(b"never sent")
    clock.advance(600)
    sender.attach(b"sent later")
    clock.advance(60)
    sender.desk.log_in()
    object.__setattr__(server.centre.settings, "blob_reserve", 0)
    sender.upload(b"here", piece=4)
    found = figures(server.url)
    assert {name: found[f"zzsync_blobs{{state={name}}}"] for name in ("pending", "verified", "quarantined")} == {
        "pending": 2, "verified": 1, "quarantined": 0,
    }  # fmt: skip
    assert (found["zzsync_blob_bytes"], found["zzsync_blob_pending_oldest_seconds"]) == (4, 660)


def test_addresses_that_are_made_up_are_counted_as_one(server: ServerThread) -> None:
    for _ in range(3):
        requests.get(f"{server.url}/{new_id()}", timeout=10)
    found = figures(server.url)
    assert found["zzsync_requests_total{path=other,status=404}"] == 3
    assert not [name for name in found if "-" in name]


def test_only_this_machine_may_look(server: ServerThread) -> None:
    handed_on = requests.get(f"{server.url}/metrics", headers={"x-forwarded-for": "203.0.113.7"}, timeout=10)
    assert handed_on.status_code == 404


def test_nothing_that_somebody_wrote_is_in_them(server: ServerThread, new_desk: Callable[..., WireDesk]) -> None:
    desk = new_desk()
    desk.push(desk.create(title="张三的电话13800138000"))
    text = requests.get(f"{server.url}/metrics", timeout=10).text
    for word in ("张三", "13800138000", desk.user, desk.device_id, desk.replica):
        assert word not in text
