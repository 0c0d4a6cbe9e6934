"""A case with two parties, as a mediator keeps it, for the tests of mediation."""

from __future__ import annotations

from pathlib import Path

from tests.zzdesk.conftest import Station
from zzdesk.desk import records

CASE = {"category": "neighbours", "source": "application", "team": ["wu"], "amount": "6800.00"}
LIN = {"role": "applicant", "name": "林秀英", "identity_number": "350602194903070020", "phone": "13805961234"}
HUANG = {"role": "respondent", "name": "黄阿明", "phone": "13705961111", "address": "西桥社区3幢502室"}
SESSION = {"started_at": "2026-11-23T09:00:00+08:00", "place": "西桥社区调解室"}
TEXT = {
    "facts": "三楼漏水致二楼天花板损坏", "issues": "维修费由谁承担", "content": "黄阿明赔偿林秀英6800元",
    "performance": "2026年12月1日前银行转账",
}  # fmt: skip


class File:
    """A case with two parties, as Chen keeps it."""

    def __init__(self, station: Station, **case: object) -> None:
        self.station = station
        self.id = station.add("chen", "case", CASE | case)
        self.dispute = self.add("dispute", title="林秀英诉黄阿明漏水纠纷", facts="楼上漏水")
        self.lin, self.huang = self.add("party", **LIN), self.add("party", **HUANG)

    def add(self, kind: str, **fields: object) -> str:
        return self.station.add("chen", kind, {"case_id": self.id} | fields)

    def act(self, kind: str, record_id: str, action: str, reason: str | None = None, **fields: object) -> None:
        self.station.act("chen", kind, record_id, action, reason, **fields)

    def notify(self) -> None:
        for party in (self.lin, self.huang):
            self.act("party", party, "notify", notice_signed=True)

    def closed_session(self, result: str = "agreed") -> str:
        session = self.add("session", **SESSION)
        self.notify()
        self.act("session", session, "close", record="双方陈述，经调解达成一致", result=result, **self.heard())
        return session

    def heard(self) -> dict[str, object]:
        """What makes a session's record final: read back, signed by everybody."""
        return {"read_back": True, "signed_by": [self.lin, self.huang], "mediator_signed": True, "recorder_signed": True}

    def signed(self) -> dict[str, object]:
        return {"signed_by": [self.lin, self.huang], "mediator_signed": True, "sealed": True}

    def state(self) -> str:
        return str(self.station.show("chen", "case", self.id)["state"])

    def attach(self, folder: Path, kind: str, record_id: str, purpose: str) -> None:
        """Put a scan to a record of the file."""
        path = folder / f"{purpose}-{record_id}.pdf"
        path.write_bytes(f"%PDF-1.7 {purpose} {record_id}".encode())
        self.station["chen"].write(records.attach, self.station.files, kind, record_id, path, {"purpose": purpose})

    def effective(self, **fields: object) -> str:
        """Put a written agreement into effect, after a session."""
        self.closed_session()
        agreement = self.add("agreement", **(TEXT | fields))
        self.act("agreement", agreement, "take-effect", **self.signed())
        return agreement

    def revisited(self, **found: object) -> None:
        """Write down every visit that was planned."""
        fields = {"visitor": "陈建华", "performance": "whole", "satisfaction": "satisfied"} | found
        for row in self.station.rows("chen", "revisit", case_id=self.id, state="planned"):
            self.act("revisit", row["id"], "done", **fields)
