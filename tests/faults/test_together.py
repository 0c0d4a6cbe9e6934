"""What several desks of one station do at the same time without knowing of each other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import select

from sync.client.engine import SyncClient, SyncReport
from tests.faults import rest
from tests.faults.world import LOGINS, Template, World, memory_folder
from zzdesk.accounts.commands import rename_account
from zzdesk.accounts.models import Account
from zzdesk.errors import BusyError
from zzdesk.ops.models import NEW, Outbox
from zzdesk.reports.imports import import_reports, mapping_for_reports

Make = Callable[[int], World]
HEAD = "编号,标题,描述,备注,类别,地址,姓名,电话,发生时间\n"


def _file(folder: Path, rows: int) -> Path:
    lines = [f"A{n},楼道漏水,三楼漏水,,下水道,西桥社区{n}幢,王伟,13805961234,2026-02-20 09:30\n" for n in range(rows)]
    path = folder / "来件.csv"
    path.write_text(HEAD + "".join(lines), "utf-8")
    return path


def test_two_desks_that_import_one_file_offline_both_keep_their_rows(make_world: Make, tmp_path: Path) -> None:
    """Each row stands twice afterwards, for people to join; nothing is dropped, and a second import adds nothing."""
    world, source = make_world(2), _file(tmp_path, 30)
    mapping = mapping_for_reports("chinese")
    for seat in world.seats:
        assert import_reports(seat.desk, source, mapping).added == 30
        seat.remember()
    world.settle()
    rest.check(world)
    for seat in world.seats:
        assert len(seat.ids("report", external_ref="A7")) == 2
        assert len(seat.ids("report")) == 3 + 60
        assert import_reports(seat.desk, source, mapping).added == 0
    world.settle()
    rest.check(world)


@pytest.fixture
def namesakes() -> Iterator[World]:
    """Two desks of one station whose first accounts bear the same name."""
    folder = Path(tempfile.mkdtemp(prefix="zznames", dir=memory_folder()))
    try:
        world = World(Template.make(folder / "template", 2, logins=(LOGINS[0], LOGINS[0])), folder / "run")
        try:
            yield world
        finally:
            world.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_one_person_at_two_desks_is_one_account(namesakes: World) -> None:
    namesakes.settle()
    rest.check(namesakes)
    one, other = namesakes.seats
    assert one.ids("account") == other.ids("account") == [one.account]
    assert one.ids("conflict") == []


def test_an_account_renamed_at_two_desks_is_a_conflict(namesakes: World) -> None:
    for seat, name in zip(namesakes.seats, ("庄明", "庄敏"), strict=True):
        seat.desk.write(rename_account, seat.account, name)
    namesakes.settle()
    rest.check(namesakes)
    for seat in namesakes.seats:
        [conflict] = seat.ids("conflict")
        values = {c["value"] for c in seat.body("conflict", conflict)["candidates"]}
        assert values == {"庄明", "庄敏"}


class _Meddler(HTTPAdapter):
    """Lets a second program synchronise the same desk while the first waits for an answer."""

    def __init__(self, second: SyncClient) -> None:
        super().__init__()
        self.second = second
        self.refused: list[str] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Try the second round, then go on."""
        with pytest.raises(BusyError) as caught:
            self.second.sync()
        self.refused.append(caught.value.text("zh"))
        return super().send(request, *args, **kwargs)


def test_a_second_synchronisation_of_one_desk_is_told_to_wait(make_world: Make, tmp_path: Path) -> None:
    world = make_world(2)
    seat = world.seats[0]
    import_reports(seat.desk, _file(tmp_path, 5), mapping_for_reports("chinese"))
    second = SyncClient(seat.desk)
    second.wire.url = seat.url
    meddler = _Meddler(second)
    seat.client.wire.session.mount("http://", meddler)
    assert isinstance(seat.sync(), SyncReport)
    assert len(meddler.refused) >= 3  # token, greeting, push
    assert set(meddler.refused) == {"另一个窗口或程序正在同步本机"}
    with seat.desk.store.reader() as session:
        assert session.scalars(select(Outbox).where(Outbox.state == NEW)).all() == []
        assert session.scalars(select(Account.id)).all()
    assert isinstance(second.sync(), SyncReport)
    world.settle()
    rest.check(world)
