"""Two desks without a network, a stick that goes round, and a third desk online: all three come to the same records.

Processes of their own, driven by the command line only.
"""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import PROGRAM, Centre, Home, environment
from tests.e2e.test_two_desks import enrol, record_offline, same

pytestmark = pytest.mark.timeout(900)


class Stick:
    """A USB stick on its way between desks and centre."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        folder.mkdir()
        self.folder = folder
        self._centre = centre

    def export(self, desk: Home) -> Path:
        out, said = desk.run("bundle", "export", "--to", str(self.folder))
        assert "已导出" in said
        return Path(out.strip())

    def to_centre(self, source: Path, status: int = 0) -> tuple[Path, str]:
        """Import a bundle at the centre, beside the running server; return the answer and what was said."""
        answer = source.with_name(f"给{source.stem}的答复.zzb")
        done = self._centre.command("server", "bundle-import", str(source), "--answer", str(answer))
        out, err = done.communicate()
        assert done.returncode == status, err.decode()
        return answer, out.decode() + err.decode()

    def round(self, desk: Home) -> dict[str, Any]:
        answer, _ = self.to_centre(self.export(desk))
        return desk.json("bundle", "import", str(answer))[-1]


@pytest.mark.slow  # dozens of programs; ``test_bundle_week`` tells the same story in one
def test_two_desks_exchange_by_stick_alone_and_agree_with_one_online(
    centre: Centre, desks: tuple[Home, Home], tmp_path: Path
) -> None:
    a, b = desks
    online = Home(tmp_path / "c").init()
    enrol(centre, a, b, online)
    stick = Stick(tmp_path / "U盘", centre)
    ids = record_offline(a)
    b.add("report", {"title": "下水道堵塞", "category": "drainage", "reporter_phone": "13899991234"})

    # The first day: one bundle is carried to the centre, the other one is delivered by a desk with a network.
    assert stick.round(a)["pushed"] >= 8
    carried_by_another(stick, b, online)
    stick.round(a)

    # Later: both change the same field; whoever comes second makes a conflict, and decides it.
    a.edit("report", ids["report"], address="台湾路12号2幢")
    b.edit("report", ids["report"], address="修文西路3号", description="晚上九点以后全黑")
    assert (stick.round(a)["conflicts"], stick.round(b)["conflicts"]) == (0, 1)
    (found,) = b.conflicts()
    b.run("resolve", found["id"], "--choose", "mine", "--reason", "到现场看过")
    stick.round(b)
    stick.round(a)
    online.sync()
    records = same(a, online, ("report", "posting", "account")) | same(a, b, ("report", "party"))
    (contested,) = [row for row in records["report"] if row["id"] == ids["report"]]
    assert (contested["address"], contested["description"]) == ("修文西路3号", "晚上九点以后全黑")
    assert a.conflicts() == b.conflicts() == online.conflicts() == []
    nothing_is_left(stick, a, b)


def carried_by_another(stick: Stick, desk: Home, online: Home) -> None:
    up = stick.export(desk)
    _, said = online.run("bundle", "import", str(up), status=1)
    assert "给中心的数据包" in said
    answer = stick.folder / "带给 b 的答复.zzb"
    online.run("bundle", "relay", str(up), "--answer", str(answer))
    _, said = online.run("bundle", "import", str(answer), status=1)
    assert "带到那台工作站" in said
    assert desk.json("bundle", "import", str(answer))[-1]["pushed"] >= 1
    shown = json.loads(desk.run("bundle", "show", str(answer), "--json")[0])
    assert (shown["kind"], shown["whole"], shown["counts"]["results"]) == ("answer", True, 2)


def nothing_is_left(stick: Stick, *desks: Home) -> None:
    for desk in desks:
        quiet = stick.round(desk)
        assert (quiet["pushed"], quiet["pulled"], quiet["conflicts"], quiet["pending"]) == (0, 0, 0, 0)
        again = desk.sync()  # the network has nothing to add
        assert (again["pushed"], again["pulled"]) == (0, 0)


@pytest.mark.slow  # ``test_bundle_altered`` and ``test_bundle_foreign`` ask the same of the code in every run
def test_what_is_wrong_is_said_and_changes_nothing(centre: Centre, desks: tuple[Home, Home], tmp_path: Path) -> None:
    a, b = desks
    _, said = a.run("bundle", "export", "--to", str(tmp_path), status=1)
    assert "还没有在中心登记" in said
    enrol(centre, a, b)
    stick = Stick(tmp_path / "U盘", centre)
    a.add("report", {"title": "路灯不亮", "category": "lighting"})
    up = stick.export(a)
    half = stick.folder / "半个.zzb"
    half.write_bytes(up.read_bytes()[:-100])
    _, said = stick.to_centre(half, status=1)
    assert "不完整或被改动过" in said
    assert a.run("bundle", "show", str(half), status=1)[0].count("否，请重新拷贝") == 1
    answer, said = stick.to_centre(up)
    assert "已导入" in said
    _, said = b.run("bundle", "import", str(answer), status=1)
    assert "带到那台工作站" in said
    _, said = a.run("bundle", "import", str(stick.folder / "没有.zzb"), status=1)
    assert "U盘可能已拔出" in said
    assert a.json("bundle", "import", str(answer))[-1]["pushed"] == 2
    assert sorted(path.name for path in stick.folder.iterdir()) == sorted([up.name, half.name, answer.name])


def test_a_full_stick_is_told_and_left_as_it_was(centre: Centre, desks: tuple[Home, Home], tmp_path: Path) -> None:
    """On a real file system of 64 kB, in a mount of the child's own."""
    desk, _ = desks
    enrol(centre, desk)
    noise = [{"title": f"第{n}条", "category": "lighting", "description": secrets.token_hex(400)} for n in range(100)]
    desk.add("report", *noise)
    mounted = tmp_path / "小U盘"
    mounted.mkdir()
    export = [*PROGRAM, "--home", str(desk.folder), "bundle", "export", "--to", str(mounted / "up.zzb")]
    steps = 'mount -t tmpfs -o size=64k none "$0" && echo mine > "$0/信" && ("$@"; echo "status $?"; ls -A "$0")'
    done = subprocess.run(["unshare", "-rm", "sh", "-c", steps, str(mounted), *export], capture_output=True, env=environment())
    said = done.stderr.decode()
    if "Operation not permitted" in said or "unshare" in said:
        pytest.skip("a file system cannot be mounted here, not even in a name space of one's own")
    assert done.stdout.decode().split("\n") == ["status 1", "信", ""]
    assert "磁盘空间不够" in said
    assert desk.json("status")[0]["pending"] == 101
    assert Stick(tmp_path / "大U盘", centre).round(desk)["pushed"] == 101
