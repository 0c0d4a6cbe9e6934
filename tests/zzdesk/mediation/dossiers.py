"""Cases with everything in them, and with nearly nothing, for the tests of their papers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.zzdesk.conftest import Station
from zzdesk.desk import records
from zzdesk.mediation.dossier import gather
from zzdesk.mediation.dossier.gather import File

LI: dict[str, Any] = {
    "role": "applicant", "name": "李秀英", "identity_number": "350602194903070020", "sex": "female", "ethnicity": "汉族",
    "occupation": "退休", "phone": "13805961234", "address": "金品社区3幢502室",
}  # fmt: skip
ZHENG: dict[str, Any] = {
    "role": "respondent", "party_kind": "legal", "name": "漳州某某物业服务有限公司", "credit_code": "91350602MA2XYA1234",
    "representative": "郑国辉", "phone": "0596-2345678", "address": "胜利路8号", "agent_name": "何律",
    "agent_identity": "35060219880808019X", "agent_phone": "13705961111", "agent_authority": "special",
    "agent_powers": "代为承认、放弃、变更请求，\n进行和解，签订调解协议", "agent_from": "2026-11-20", "agent_until": "2026-12-31",
}  # fmt: skip
COMMITTEE = {"name": "金品社区人民调解委员会", "prefix": "金品", "court": "芗城区人民法院"}
HOSTILE = "三楼漏水 {{ 7*7 }} {% for x in y %} #strong[粗] <b>&amp;</b> $x$ \\ `代码` @引用"
"""What somebody typed: on no paper is any of it markup."""
DISPUTE = {"title": "李秀英与某某物业漏水纠纷", "facts": HOSTILE, "demands": "1. 修复天花板；\n2. 赔偿6800元。",
           "place": "金品社区3幢",
           "happened_on": "2026-11-01", "dossier_note": "本卷材料齐全。"}  # fmt: skip
AGREED = {"facts": HOSTILE, "issues": "维修费由谁承担", "responsibility": "物业疏于维护", "content": "物业公司修复并赔偿3200元",
          "performance": "分两次转账", "amount": "3200.00", "perform_by": "2026-12-20"}  # fmt: skip


def picture(path: Path, word: str = "ID") -> Path:
    image = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(image).text((40, 40), word, fill="black")
    ImageDraw.Draw(image).rectangle((20, 20, 620, 380), outline="navy", width=6)
    image.save(path, "JPEG")
    return path


def pdf_of(path: Path, pages: int) -> Path:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    made = io.BytesIO()
    writer.write(made)
    path.write_bytes(made.getvalue())
    return path


class Full:
    """A case from application to revisit, with scans, as Chen keeps it."""

    def __init__(self, station: Station, folder: Path) -> None:
        self.station, self.folder = station, folder
        self.committee = station.add("lin", "committee", COMMITTEE)
        self.id = station.add("chen", "case", {
            "category": "neighbours", "source": "application", "team": ["wu"], "amount": "6800.00", "retention": "long",
            "linkage": "police", "linkage_number": "公调12", "committee_id": self.committee})  # fmt: skip
        self.dispute = self.add("dispute", **DISPUTE)
        self.li, self.zheng = self.add("party", **LI), self.add("party", **ZHENG)
        self._mediate()
        self._agree()
        self._after()

    def add(self, kind: str, **fields: Any) -> str:
        return self.station.add("chen", kind, {"case_id": self.id} | fields)

    def act(self, kind: str, record_id: str, action: str, reason: str | None = None, **fields: Any) -> None:
        self.station.act("chen", kind, record_id, action, reason, **fields)

    def attach(self, kind: str, record_id: str, path: Path, purpose: str) -> str:
        files = self.station.files
        made = self.station["chen"].write(records.attach, files, kind, record_id, path, {"purpose": purpose})
        return made.created[0]

    def _mediate(self) -> None:
        for party in (self.li, self.zheng):
            self.act("party", party, "notify", notice_signed=True)
        self.inquiry = self.add("investigation", started_at="2026-11-21T09:00:00+08:00", place="现场", asked="邻居陈某",
                                recorder="吴玲", record="看过漏水处", investigators=["陈志明"])  # fmt: skip
        self.act("investigation", self.inquiry, "close", signing="signed")
        self.session = self.add("session", started_at="2026-11-22T09:00:00+08:00", place="社区茶室", recorder="吴玲", mode="room",
                                points=["rights", "statements"])  # fmt: skip
        self.station.add("chen", "statement", {"session_id": self.session, "party_id": self.li, "text": "漏了三个月"})
        self.act("session", self.session, "close", record="双方陈述，\n经调解达成一致", result="agreed", read_back=True,
                 signed_by=[self.li, self.zheng], mediator_signed=True, recorder_signed=True)  # fmt: skip

    def _agree(self) -> None:
        self.agreement = self.add("agreement", form="written", **AGREED)
        for what, amount, day in (("首期赔偿", "1200.00", "2026-11-30"), ("修复天花板", None, "2026-12-10")):
            self.add("performance_line", agreement_id=self.agreement, what=what, due_on=day,
                     by_party=self.zheng, to_party=self.li, **({"amount": amount} if amount else {}))  # fmt: skip
        self.act("agreement", self.agreement, "take-effect", signed_by=[self.li, self.zheng], mediator_signed=True, sealed=True)
        self.act("case", self.id, "reach")
        self.act("case", self.id, "perform")

    def _after(self) -> None:
        found = self.station.rows("chen", "revisit", case_id=self.id)
        self.revisit = found[0]["id"] if found else self.add("revisit", agreement_id=self.agreement, due_on="2026-12-12")
        self.act("revisit", self.revisit, "done", visited_at="2026-11-23T08:00:00+08:00", visitor="陈志明", performance="part",
                 satisfaction="satisfied", record="已付首期", way="visit")  # fmt: skip
        self.confirmation = self.add("confirmation", agreement_id=self.agreement, court="芗城区人民法院",
                                     court_ground="committee", papers=["application", "agreement"])  # fmt: skip
        self.attach("party", self.li, picture(self.folder / "li.jpg"), "identity")
        self.attach("dispute", self.dispute, pdf_of(self.folder / "report.pdf", 2), "evidence")
        (self.folder / "say.txt").write_text("证言", "utf-8")
        self.attach("dispute", self.dispute, self.folder / "say.txt", "evidence")

    def file(self, *, revealed: bool = True) -> File:
        """Return the file as its papers read it."""
        if revealed:
            self.station["chen"].write(gather.note_opening, self.id, "制作文书")
        return self.station["chen"].read(gather.gather, self.id, revealed=revealed)


def minimal(station: Station) -> str:
    """Return a case of which nothing is known but that there are two parties."""
    case = station.add("chen", "case", {"category": "other", "source": "initiative"})
    for role, name in (("applicant", "甲"), ("respondent", "乙")):
        station.add("chen", "party", {"case_id": case, "role": role, "name": name})
    return case
