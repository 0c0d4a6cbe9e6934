"""What a case's file still lacks: one list of rules, asked by the desk, by windows, and by the guard at the centre. Pure.

People's Mediation Law (PML) article 27: the committee keeps a file of every case. Rows are those of the official papers
(domain rules B1.2). Further rules join :data:`RULES`: each looks at the whole file and yields what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.i18n import N_, translate
from zzdesk.mediation import workflow as flow

CLOSING, ARCHIVING = "closing", "archiving"
IDENTITY: Final = frozenset({"identity", "licence"})
"""Purposes of attachments that prove who a party is (row 5)."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. ``what`` and ``why`` are marked texts; ``kind`` and ``record_id`` say where to go.

    ``about`` names whom it is about where a party is: for the case's team alone. ``stage`` is the first step that it stands
    in the way of.
    """

    code: str
    what: str
    why: str
    kind: str
    record_id: RecordId | None = None
    about: str | None = None
    stage: str = ARCHIVING

    def said(self) -> str:
        """Return it as a person reads it: what, and whose."""
        return translate(self.what) + (f"（{self.about}）" if self.about else "")


@dataclass(frozen=True)
class Dossier:
    """Everything that a file holds but void records, oldest first; ``files`` are its attachments by record.

    Records are rows of the desk, or what a guard was given (:class:`Said`): both name their fields in the same way.
    """

    case: Any
    records: Mapping[str, tuple[Any, ...]]
    files: Mapping[RecordId, tuple[Any, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Any, ...]:
        """Return the records of a kind."""
        return self.records.get(kind, ())

    @property
    def was_mediated(self) -> bool:
        """Say whether mediation took place: it was not refused or withdrawn before anybody met."""
        return self.case.outcome in ("written", "oral", "failed") or bool(self.of("session")) or self.agreement is not None

    @property
    def agreement(self) -> Any:
        """Return the agreement that stands: the last one in effect."""
        found = [a for a in self.of("agreement") if a.state == flow.AGREEMENT_EFFECTIVE]
        return max(found, key=lambda each: (str(each.effective_at), str(each.created_at))) if found else None


class Said:
    """A record as the wire carries it, its fields named like those of a row; what is absent is None."""

    def __init__(self, record_id: str, body: Mapping[str, Any]) -> None:
        self.id, self._body = record_id, body

    def __getattr__(self, name: str) -> Any:
        return self._body.get(name)


Rule = Callable[[Dossier], Iterator[Missing]]


def is_informed(party: Any) -> bool:
    """Say whether a party was told its rights and signed that, or refused to sign and that is written down."""
    refused = party.notice_signed is False and bool((party.note or "").strip())
    return party.notice_at is not None and (bool(party.notice_signed) or refused)


def missing(dossier: Dossier, stage: str = ARCHIVING) -> tuple[Missing, ...]:
    """Return what stands in the way of a step: closing, or archiving, which asks for everything."""
    found = [each for rule in RULES for each in rule(dossier)]
    return tuple(each for each in found if stage == ARCHIVING or each.stage == stage)


def _registered(file: Dossier) -> Iterator[Missing]:
    if file.case.accepted_on is None:
        yield Missing("accepted", N_("受理登记"), N_("人民调解法第十七条"), "case", file.case.id)
    if not file.of("dispute"):
        yield Missing("dispute", N_("纠纷登记"), N_("人民调解法第二十七条"), "dispute")
    if not file.case.retention:
        yield Missing("retention", N_("保管期限"), N_("卷宗封面"), "case", file.case.id)


def _told(file: Dossier) -> Iterator[Missing]:
    if file.was_mediated:
        for party in file.of("party"):
            if not is_informed(party):
                what, why = N_("权利义务告知"), N_("人民调解法第二十三、二十四条")
                yield Missing("notice", what, why, "party", party.id, party.name, CLOSING)


def _identified(file: Dossier) -> Iterator[Missing]:
    if file.was_mediated:
        for party in file.of("party"):
            if not any(each.purpose in IDENTITY for each in file.files.get(party.id, ())):
                yield Missing("identity", N_("身份证明"), N_("人民调解法第二十七条"), "party", party.id, party.name)


def _represented(file: Dossier) -> Iterator[Missing]:
    for party in file.of("party"):
        if party.agent_name and not (party.agent_powers and party.agent_authority):
            yield Missing("agency", N_("授权委托（权限和期限）"), N_("授权委托书"), "party", party.id, party.name)


def _recorded(file: Dossier) -> Iterator[Missing]:
    sessions = file.of("session")
    if file.was_mediated and not any(each.state == flow.SESSION_CLOSED for each in sessions):
        yield Missing("record", N_("调解记录"), N_("人民调解法第二十七条"), "session", stage=CLOSING)
    for each in sessions:
        if each.state == flow.SESSION_OPEN:
            why = N_("人民调解法第二十七条")
            yield Missing("open-session", N_("结束正在进行的调解"), why, "session", each.id, stage=CLOSING)
    for each in file.of("investigation"):
        if each.state != "closed":
            yield Missing("investigation", N_("调查记录定稿"), N_("人民调解法第二十七条"), "investigation", each.id)


def _agreed(file: Dossier) -> Iterator[Missing]:
    if file.case.outcome not in ("written", "oral"):
        return
    if file.agreement is None:
        why = N_("人民调解法第二十八至三十条")
        yield Missing("agreement", N_("调解协议"), why, "agreement", stage=CLOSING)
    for each in file.of("agreement"):
        if each.amends and each.state != flow.AGREEMENT_EFFECTIVE:
            what, why = N_("变更或补正协议的签名盖章"), N_("人民调解法第二十九条")
            yield Missing("amendment", what, why, "agreement", each.id, stage=CLOSING)


def _performed(file: Dossier) -> Iterator[Missing]:
    for line in file.of("performance_line"):
        if line.state == flow.LINE_DUE:
            what, why = N_("履行情况"), N_("人民调解法第三十一条")
            yield Missing("performance", what, why, "performance_line", line.id, str(line.due_on), CLOSING)


def _revisited(file: Dossier) -> Iterator[Missing]:
    if file.agreement is None:
        return
    visits, why = file.of("revisit"), N_("人民调解法第三十一条")
    for visit in visits:
        if visit.state == flow.REVISIT_DUE:
            yield Missing("revisit", N_("回访记录"), why, "revisit", visit.id, str(visit.due_on), CLOSING)
    if not visits:
        yield Missing("revisit", N_("回访记录"), why, "revisit", stage=CLOSING)


def _confirmed(file: Dossier) -> Iterator[Missing]:
    for each in file.of("confirmation"):
        if any(flow.CONFIRMATION.leaving(each.state)):
            what, why = N_("司法确认的结果"), N_("人民调解法第三十三条")
            yield Missing("confirmation", what, why, "confirmation", each.id, stage=CLOSING)


def _ended(file: Dossier) -> Iterator[Missing]:
    if file.case.outcome not in ("failed", "refused", "withdrawn"):
        return
    disputes = file.of("dispute")
    said = any(each.ending for each in disputes) or any(p.consents is False for p in file.of("party"))
    dispute = disputes[0].id if disputes else None
    if not said:
        yield Missing("ending", N_("终止情况"), N_("人民调解法第二十六条"), "dispute", dispute)
    if file.case.outcome == "failed" and not any(each.other_ways_told_at for each in disputes):
        yield Missing("other-ways", N_("告知其他途径"), N_("人民调解法第二十六条"), "dispute", dispute)


RULES: Final[list[Rule]] = [
    _registered, _told, _identified, _represented, _recorded, _agreed, _performed, _revisited, _confirmed, _ended,
]
"""Every rule, in the order in which a person puts a file together."""
