"""A made-up station for pictures: a centre, two desks that met, a conflict, work that waits; and an empty desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Final

PASSWORD: Final = "Aa1!crossing-the-river"  # noqa: S105 - of a home that is deleted at once
STATION: Final = "350602002004"
_PROGRAM: Final = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "zzdesk"]

REPORTS: Final[tuple[dict[str, Any], ...]] = (
    {"title": "文庙门口石板松动，老人绊倒", "category": "road", "urgency": "high", "source": "counter",
     "address": "香港路北段文庙门口", "description": "早上买菜的老人在文庙门口被翘起的石板绊倒，膝盖擦伤，希望尽快修好。",
     "reporter_name": "林志强", "reporter_phone": "13800596001"},
    {"title": "台湾路路灯不亮", "category": "lighting", "source": "phone", "address": "台湾路 41 号",
     "description": "整条巷子三盏灯都不亮，晚上接孩子看不清路。", "reporter_name": "陈美玲", "reporter_phone": "13959600002"},
    {"title": "新华西路夜间施工噪声，凌晨两点还在打桩，居民多次来电反映要求尽快处理", "category": "noise",
     "source": "12345", "address": "新华西路 120 号对面工地", "description": "附近有考生，请协调施工时间。"},
    {"title": "延安北路占道经营", "category": "street-order", "source": "patrol", "urgency": "low",
     "address": "延安北路菜市场南门"},
    {"title": "丹霞路下水井外溢", "category": "drainage", "source": "grid-worker", "address": "丹霞路 8 号"},
    {"title": "瑞京路树枝压到电线", "category": "greenery", "source": "app", "urgency": "high", "address": "瑞京路 33 号"},
    {"title": "登记重复，作废示例", "category": "other", "source": "counter", "address": "西桥社区"},
)


class World:
    """Sets the station up on entering, and ends the centre on leaving."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.desk, self.other, self.empty = place / "desk", place / "other", place / "empty"
        self.report = self.voided = ""
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> World:
        self._init(self.empty)
        for home in (self.desk, self.other):
            self._init(home)
        url = self._serve()
        for home in (self.desk, self.other):
            code = self._run("server", "enrol-code", "--data", str(self.place / "centre"), "--station", STATION)
            self._on(home, "enrol", url, code.split()[-1])
        self._record()
        self._clash()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(10)

    def _init(self, home: Path) -> None:
        self._on(home, "init", "--station", STATION, "--user", "zhuangxy", "--recovery-file", str(home) + ".key")

    def _serve(self) -> str:
        command = [*_PROGRAM, "serve", "--data", str(self.place / "centre"), "--port", "0"]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
        assert self._server.stdout is not None
        return self._server.stdout.readline().split()[-1]

    def _record(self) -> None:
        lines = "\n".join(json.dumps(report, ensure_ascii=False) for report in REPORTS)
        ids = self._on(self.desk, "add", "report", "--file", "-", text=lines).split()
        self.report, self.voided = ids[0], ids[-1]
        self._on(self.desk, "do", "report", ids[1], "accept")
        self._on(self.desk, "sync")
        self._on(self.other, "sync")

    def _clash(self) -> None:
        self._edit(self.other, {"address": "香港路北段 12 号文庙东门"})
        self._edit(self.desk, {"address": "香港路 12 号，文庙牌坊下"})
        self._on(self.other, "sync")
        self._on(self.desk, "sync")
        self._edit(self.desk, {"urgency": "high"}, 1)
        late = {"title": "厦门路消防通道停满车辆", "category": "fire-hazard", "address": "厦门路 6 号"}
        self._on(self.desk, "add", "report", "--file", "-", text=json.dumps(late, ensure_ascii=False))

    def _edit(self, home: Path, fields: dict[str, Any], at: int = 0) -> None:
        found = self._on(home, "list", "report", "--json").splitlines()
        by_title = {row["title"]: row["id"] for row in map(json.loads, found)}
        line = {"id": by_title[REPORTS[at]["title"]], "set": fields}
        self._on(home, "edit", "report", "--file", "-", text=json.dumps(line, ensure_ascii=False))

    def _on(self, home: Path, *words: str, text: str | None = None) -> str:
        return self._run("--home", str(home), *words, text=text)

    @staticmethod
    def _run(*words: str, text: str | None = None) -> str:
        done = subprocess.run([*_PROGRAM, *words], input=text, capture_output=True, text=True,
                              env=_environment(), check=False)
        if done.returncode:
            raise RuntimeError(f"{words[0:4]}: {done.stderr.strip()}")
        return done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "ZZDESK_PASSPHRASE": PASSWORD, "PYTHONUTF8": "1"}
