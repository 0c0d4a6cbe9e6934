"""A made-up station for pictures: a centre, two desks that met, a conflict, work that waits; and an empty desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from ui.shots_contact import record_contact
from ui.widgets.dates import CHINA

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

SPOTS: Final = (
    ("24.511900", "117.655400"), ("24.509300", "117.651700"), ("24.515600", "117.646200"), ("24.513100", "117.658300"),
    ("24.507200", "117.663900"), ("24.518800", "117.667200"), ("24.510000", "117.650000"),
)
"""Where the reports are: latitude and longitude."""
GRIDS: Final = ("文庙网格（虚构）", "台湾路网格（虚构）", "新华网格（虚构）", "丹霞网格（虚构）")

EMPLOYERS: Final[tuple[dict[str, Any], ...]] = (
    {"employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028", "handler_phone": "19905960002"},
)
POSTINGS: Final[tuple[dict[str, Any], ...]] = (
    {"title": "周六搬家，两人半天", "trade": "moving", "headcount": 2, "wage": "180.00", "pay_unit": "day",
     "place": "台湾路 41 号", "tasks": "从三楼搬到新华东路，家具不多，有电梯。", "conditions": "无", "settlement": "cash"},
    {"title": "钟点保洁 3 小时", "trade": "cleaning", "headcount": 1, "wage": "90.00", "pay_unit": "piece",
     "place": "丹霞路 8 号", "tasks": "三房两厅日常保洁。"},
)
WORKERS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "林志强", "identity_number": "350602197506153336", "phone": "13800596001", "skills": ["moving", "cleaning"]},
)
CASES: Final[tuple[dict[str, Any], ...]] = (
    {"category": "neighbours", "source": "application"}, {"category": "labour", "source": "application"},
)
DISPUTE: Final[dict[str, Any]] = {
    "title": "二楼漏水到一楼", "facts": "二楼卫生间漏水，一楼天花板发霉，两家谈过一次没有谈成。",
    "demands": "修好漏水处，赔偿粉刷。",
}


class World:
    """Sets the station up on entering, and ends the centre on leaving."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.desk, self.other, self.empty = place / "desk", place / "other", place / "empty"
        self.report = self.asked = self.voided = self.posting = self.case = ""
        self.round = self.call = self.reward = self.table = self.session = ""
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
        self._patrol()
        self._sit_down()
        self._hand_over()
        self._draw_grids()
        self._clash()
        self._settle()
        self._recognise()
        self._put_aside()
        self._late()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(10)

    def _init(self, home: Path) -> None:
        self._on(home, "init", "--station", STATION, "--user", "zhuangxy", "--name", "庄晓燕",
                 "--recovery-file", str(home) + ".key")

    def _serve(self) -> str:
        command = [*_PROGRAM, "serve", "--data", str(self.place / "centre"), "--port", "0"]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
        assert self._server.stdout is not None
        return self._server.stdout.readline().split()[-1]

    def _record(self) -> None:
        places = [{"latitude": latitude, "longitude": longitude} for latitude, longitude in SPOTS]
        ids = self._add("report", [report | place for report, place in zip(REPORTS, places, strict=True)])
        self.report, self.voided = ids[0], ids[-1]
        self._on(self.desk, "do", "report", ids[1], "accept")
        self.asked = ids[1]
        self._add("request", [{"report_id": ids[1], "request_kind": "delay", "amount": 3, "unit": "working-days",
                               "reason": "灯具要从市里调，下周三才能到"}])
        self._add("card", [{"report_id": ids[1], "card": "yellow", "whom": "照明所", "opinion": "三天没有动静，请今天到场"}])
        self._on(self.desk, "do", "report", self.voided, "void", "--reason", "重复登记")
        employer = self._add("employer", EMPLOYERS)[0]
        self.posting = self._add("posting", [posting | {"employer_id": employer} for posting in POSTINGS])[0]
        self._add("worker", WORKERS)
        account = json.loads(self._on(self.desk, "list", "account", "--json").splitlines()[0])["id"]
        self.case = self._add("case", [case | {"team": [account]} for case in CASES])[0]
        self._attach("posting", self.posting, "用工现场.bin")
        record_contact(self._add, lambda *words: self._on(self.desk, "do", *words), account, datetime.now(CHINA).date())
        self._on(self.desk, "sync")
        dispute = self._add("dispute", [DISPUTE | {"case_id": self.case}])[0]
        self._attach("dispute", dispute, "漏水照片.bin")
        self._on(self.other, "sync")

    def _sit_down(self) -> None:
        """A committee, and a table at which two households sit."""
        self._add("committee", [{"name": "西桥社区人民调解委员会", "prefix": "西桥"}])
        account = json.loads(self._on(self.desk, "list", "account", "--json").splitlines()[0])["id"]
        case = self.table = self._add("case", [{"category": "neighbours", "source": "application", "team": [account]}])[0]
        self._add("dispute", [DISPUTE | {"case_id": case}])
        parties = self._add("party", [{"case_id": case, "role": role, "name": name} for role, name in (
            ("applicant", "王晓明"), ("respondent", "欧阳建华"))])
        for party in parties:
            self._on(self.desk, "do", "party", party, "notify", "--set", "notice_signed=true")
        begun = f"{datetime.now(UTC) - timedelta(minutes=40):%Y-%m-%dT%H:%M:00Z}"
        self.session = self._add("session", [{"case_id": case, "place": "茶室", "started_at": begun, "recorder": "林美珍"}])[0]
        self._add("statement", [
            {"session_id": self.session, "statement_kind": kind, "party_id": party, "text": text} | amount
            for kind, party, text, amount in (
                ("statement", parties[0], "楼上卫生间漏了半个月，天花板发霉，地板泡坏了六平方米。", {}),
                ("proposal", parties[0], "修好漏水处，赔地板。", {"amount": "6800"}),
                ("counter-proposal", parties[1], "漏水我修，地板只出一部分。", {"amount": "3200"}))])

    def _hand_over(self) -> None:
        """An order that came from 12345, one that went to the city and is finished there, and one to 110."""
        folder, data = self.place / "partners", self.place / "centre"
        lines = [f'[[partner]]\ncode = "{code}"\nadapter = "files"\nstation = "{STATION}"\nfolder = "{folder / code}"\n'
                 for code in ("12345", "city")]
        (data / "partners.toml").write_text("".join(lines), "utf-8")
        order = {"工单编号": "GD20261123008", "标题": "夜间施工噪声", "诉求内容": "凌晨两点还在打桩", "诉求类型": "投诉",
                 "类别": "噪声扰民", "办理时限": "5个工作日", "地址": "新桥街道新华西路", "诉求人": "林志强",
                 "联系电话": "13805961234"}
        self._drop(folder / "12345", order)
        self._rounds(data)
        rows = [json.loads(line) for line in self._on(self.desk, "list", "report", "--json").splitlines()]
        self.inbound = next(row["id"] for row in rows if row.get("external_ref") == "GD20261123008")
        self._on(self.desk, "do", "report", self.inbound, "accept")
        self.handed = rows[2]["id"]
        called = {"called_at": f"{datetime.now(UTC) - timedelta(minutes=3):%Y-%m-%dT%H:%M:00.000Z}", "called_by": "庄晓燕",
                  "call_taker": "警号 060512", "call_outcome": "已出警，五分钟到"}
        self._attach("report", self.handed, "现场说明.txt")
        self._attach("report", self.handed, "通话.mp3")
        city = self._add("handover_order", [{"report_id": self.handed, "partner": "city", "reason": "要市里统一安排"}])[0]
        self._add("handover_order", [{"report_id": self.handed, "partner": "110", "reason": "有人扬言动手"} | called])
        self._on(self.desk, "sync")
        self._rounds(data)
        self._drop(folder / "city", {"类型": "回执", "转办编号": city, "回执编号": "E2026-0417", "工单编号": "PA-88"})
        self._drop(folder / "city", {"类型": "状态", "转办编号": city, "办理状态": "办结", "说明": "已协调两家单位整改完毕"})
        self._rounds(data)

    def _drop(self, folder: Path, message: dict[str, str]) -> None:
        into = folder / "in"
        into.mkdir(parents=True, exist_ok=True)
        (into / f"{len(list(into.iterdir()))}.json").write_text(json.dumps(message, ensure_ascii=False), "utf-8")

    def _rounds(self, data: Path) -> None:
        self._run("server", "partners", "run", "--once", "--data", str(data), fine=(0, 1))  # 110 waits for its partner
        self._on(self.desk, "sync", fine=(0, 1))

    def _draw_grids(self) -> None:
        """Made-up grids, which say so: four quarters around the middle of the reports."""
        source = self.place / "网格.geojson"
        features = [
            {"type": "Feature", "properties": {"code": f"G{number}", "name": name}, "geometry": {
                "type": "Polygon", "coordinates": [_quarter(number)]}}
            for number, name in enumerate(GRIDS)
        ]  # fmt: skip
        source.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
        self._on(self.desk, "places", "import-grids", str(source), "--datum", "gcj02")

    def _patrol(self) -> None:
        """A task with two places and three who asked, a round with what came of it, a reward, and a call."""
        team = self._add("team", [{"name": "厝边阿姨西桥队", "team_kind": "neighbour", "grid": "西桥第一网格"}])[0]
        people = self._add("volunteer", [
            {"name": name, "phone": f"1380059600{n}", "team_id": team} for n, name in enumerate(("陈阿水", "林志强", "黄美玲"))])
        points = ["文庙@24.51190/117.65540", "东桥亭@24.51020/117.65810", "香港路口"]
        segment = self._add("segment", [{"name": "古城线", "grid": "西桥第一网格", "check_points": points}])[0]
        now = datetime.now(UTC)
        begun, start, end = (f"{now + timedelta(hours=n):%Y-%m-%dT%H:%M:00Z}" for n in (-1, 5, 7))
        task = self._add("task", [{"title": "古城夜巡", "places": 2, "issuer_kind": "police", "issuer": "西桥派出所",
                                   "place": "文庙门口", "starts_at": start, "ends_at": end, "team_id": team,
                                   "segment_id": segment}])[0]
        self._add("signup", [{"task_id": task, "volunteer_id": who} for who in people])
        self.reward = self._add("reward", [{"name": "雨伞", "price": 5, "received": 3}])[0]
        self.round = self._add("round", [{"team_id": team, "started_at": begun, "weather": "sunny"}])[0]
        self._add("round_item", [{"round_id": self.round, "output": "hazard", "text": "老屋山墙开裂"},
                                 {"round_id": self.round, "output": "good-deed", "text": "送迷路老人回家"}])
        duty = {"grid": "西桥第一网格", "slot": "grid-worker-a", "name": "林小明"}
        self._add("duty", [duty | {"starts_at": begun, "ends_at": end}])
        self.call = self._add("callout", [{"grid": "西桥第一网格", "what": "三楼漏水，老人独居", "place": "香港路12号"}])[0]
        self._on(self.desk, "sync")

    def _add(self, kind: str, records: Sequence[dict[str, Any]]) -> list[str]:
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        return self._on(self.desk, "add", kind, "--file", "-", text=lines).split()

    def _attach(self, kind: str, record_id: str, name: str) -> None:
        source = self.place / name
        source.write_bytes(name.encode() * 20_000)
        self._on(self.desk, "attach", kind, record_id, str(source))

    def _clash(self) -> None:
        self._edit(self.other, {"address": "香港路北段 12 号文庙东门"})
        self._edit(self.desk, {"address": "香港路 12 号，文庙牌坊下"})
        self._on(self.other, "sync")
        self._on(self.desk, "sync", fine=(0, 1))  # 1 says that something came back, which is what the picture needs

    def _recognise(self) -> None:
        """One resident recorded at both desks."""
        for home, name in ((self.other, "林秀英"), (self.desk, "林秀瑛")):
            person = json.dumps({"name": name, "identity_number": "350602194903070020"}, ensure_ascii=False)
            self._on(home, "add", "person", "--file", "-", text=person)
            self._on(home, "sync", fine=(0, 1))
        self._on(self.desk, "sync", fine=(0, 1))
        found = [json.loads(line) for line in self._on(self.desk, "conflicts", "--json").splitlines()]
        self.same = next(str(row["id"]) for row in found if row["policy"] == "duplicate")

    def _put_aside(self) -> None:
        """A laptop that was reported lost: what it had not sent waits for the head of the station."""
        data = str(self.place / "centre")
        self._run("server", "name", "--data", data, "芗城区社区工作中心")
        self._edit(self.other, {"title": "文庙牌坊下积水，雨天老人滑倒", "reporter_phone": "13805961234"})
        rows = [json.loads(line) for line in self._run("server", "device", "list", "--data", data, "--json").splitlines()]
        mine = json.loads(self._on(self.other, "status", "--json"))["device_id"]
        assert mine in {row["id"] for row in rows}
        self._run("server", "device", "escrow", "--data", data, mine)
        self._on(self.other, "sync", fine=(0, 1))
        self._on(self.desk, "sync", fine=(0, 1))

    def _late(self) -> None:
        """What was written after the last exchange, and waits."""
        self._edit(self.desk, {"urgency": "high"}, 1)
        late = {"title": "厦门路消防通道停满车辆", "category": "fire-hazard", "address": "厦门路 6 号"}
        self._add("report", [late])

    def _settle(self) -> None:
        """A conflict that was decided, a report that somebody claimed, and a change that the centre sent back."""
        self._edit(self.other, {"description": "整条巷子三盏灯都不亮，路口也黑。"}, 1)
        self._edit(self.desk, {"description": "三盏灯都不亮，晚上接孩子看不清路。"}, 1)
        for home in (self.other, self.desk):
            self._on(home, "sync")
        decided = json.loads(self._on(self.desk, "conflicts", "--json").splitlines()[-1])["id"]
        self._on(self.desk, "resolve", decided, "--choose", "theirs", "--reason", "已到现场看过")
        self._on(self.desk, "do", "report", self.report, "claim")
        self._on(self.desk, "sync")
        self._send_back()

    def _send_back(self) -> None:
        """Change here what was closed there meanwhile."""
        self._on(self.other, "sync")
        closed = self._id_of(self.other, REPORTS[4]["title"])
        self._on(self.other, "do", "report", closed, "accept")
        self._on(self.other, "do", "report", closed, "unfounded", "--reason", "现场没有外溢", "--set", "note=到现场看过")
        self._on(self.other, "do", "report", closed, "inform", "--set", "contact_result=answered", "--set",
                 f"contact_at={datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "--set", "contact_phone=13800596001")
        self._on(self.other, "do", "report", closed, "evaluate", "--set", "answer=satisfied")
        self._edit(self.desk, {"address": "丹霞路 10 号"}, 4)
        self._on(self.other, "sync")
        self._on(self.desk, "sync", fine=(0, 1))

    def _id_of(self, home: Path, title: str) -> str:
        found = self._on(home, "list", "report", "--json").splitlines()
        return {row["title"]: str(row["id"]) for row in map(json.loads, found)}[title]

    def _edit(self, home: Path, fields: dict[str, Any], at: int = 0) -> None:
        line = {"id": self._id_of(home, REPORTS[at]["title"]), "set": fields}
        self._on(home, "edit", "report", "--file", "-", text=json.dumps(line, ensure_ascii=False))

    def _on(self, home: Path, *words: str, text: str | None = None, fine: tuple[int, ...] = (0,)) -> str:
        return self._run("--home", str(home), *words, text=text, fine=fine)

    @staticmethod
    def _run(*words: str, text: str | None = None, fine: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run([*_PROGRAM, *words], input=text, capture_output=True, text=True,
                              env=_environment(), check=False)
        if done.returncode not in fine:
            raise RuntimeError(f"{words[0:4]}: {done.stderr.strip()}")
        return done.stdout


def _quarter(number: int) -> list[list[float]]:
    """Return a crooked quarter of the neighbourhood, closed."""
    west, south = 117.643 + number % 2 * 0.0135, 24.5035 + number // 2 * 0.0085
    east, north = west + 0.0135, south + 0.0085
    bent = (west + east) / 2, south + (0.0012 if number // 2 else 0.0)
    return [[west, south], list(bent), [east, south], [east, north], [west, north], [west, south]]


def _environment() -> dict[str, str]:
    return {**os.environ, "ZZDESK_PASSPHRASE": PASSWORD, "PYTHONUTF8": "1"}
