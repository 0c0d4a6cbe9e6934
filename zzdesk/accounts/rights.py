"""Who may do what: one table, role by action (decision 14). Commands ask it; windows only follow.

The separation of duties (三员分离, GB/T 22239-2019 access control): who manages accounts never reads the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from zzdesk.errors import BugError, RefusedError
from zzdesk.i18n import N_

ROLES: Final[dict[str, str]] = {
    "clerk": N_("窗口工作人员"),
    "kiosk": N_("自助机"),
    "kiosk-operator": N_("自助机管理员"),
    "mediator": N_("调解员"),
    "committee-head": N_("调委会主任"),
    "recorder": N_("记录员"),
    "grid-worker": N_("网格员"),
    "dispatcher": N_("派遣员"),
    "handler": N_("处置人员"),
    "police-liaison": N_("民警联络员"),
    "judicial-office": N_("司法所"),
    "adviser": N_("法律顾问"),
    "supervisor": N_("站长"),
    "administrator": N_("系统管理员"),
    "auditor": N_("审计员"),
}
"""Role codes and their Chinese names."""

FIRST_ROLES: Final = frozenset({"administrator", "supervisor", "clerk", "mediator"})
"""What ``init`` grants: everything a station of one needs, never the audit."""

APART: Final = (frozenset({"administrator", "auditor"}),)
"""Roles that one account may not hold together."""

PRIVILEGED: Final = frozenset({"administrator", "supervisor", "committee-head", "auditor"})
"""Roles with power over other people's work: at the centre they count only for who has proved to hold them, and only
an administrator of the station gives them (the first administrator of a station comes with its first device)."""

_EVERYONE: Final = frozenset(ROLES)
_STAFF: Final = _EVERYONE - {"kiosk", "auditor"}
_MEDIATION: Final = frozenset({"mediator", "committee-head", "recorder"})


def _roles(*names: str) -> frozenset[str]:
    unknown = set(names) - set(ROLES)
    if unknown:
        raise BugError(f"no such role: {sorted(unknown)}")
    return frozenset(names)


RIGHTS: Final[dict[str, frozenset[str]]] = {
    "report.register": _STAFF,
    "report.edit": _roles("clerk", "dispatcher", "grid-worker", "supervisor"),
    "report.refuse": _roles("clerk", "dispatcher", "supervisor"),
    "report.link": _roles("clerk", "dispatcher", "grid-worker", "supervisor"),
    "report.note": _STAFF,
    "report.verify": _roles("clerk", "grid-worker", "supervisor"),
    "report.dispatch": _roles("clerk", "dispatcher", "supervisor"),
    "report.handle": _roles("clerk", "grid-worker", "handler", "police-liaison", "supervisor"),
    "report.claim": _roles("clerk", "grid-worker", "handler", "police-liaison", "supervisor"),
    "report.assign": _roles("dispatcher", "supervisor"),
    "report.feedback": _roles(
        "clerk", "dispatcher", "grid-worker", "handler", "police-liaison", "supervisor"
    ),
    "report.close": _roles("dispatcher", "supervisor"),
    "report.transfer": _roles("clerk", "dispatcher", "supervisor"),
    "report.ask": _roles("clerk", "dispatcher", "grid-worker", "handler", "police-liaison", "supervisor"),
    "report.approve": _roles("supervisor"),
    "report.supervise": _roles("dispatcher", "supervisor"),
    "handover.send": _roles(
        "clerk", "committee-head", "dispatcher", "grid-worker", "mediator", "police-liaison", "supervisor"
    ),
    "handover.note": _roles(
        "clerk", "committee-head", "dispatcher", "grid-worker", "handler", "mediator", "police-liaison", "supervisor"
    ),
    "job.employer.edit": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.employer.vet": _roles("supervisor"),
    "job.posting.edit": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.posting.browse": _roles("kiosk"),
    "job.posting.publish": _roles("clerk", "supervisor"),
    "job.worker.register": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.worker.edit": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.worker.list": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.apply": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.place": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.wage": _roles("clerk", "supervisor"),
    "job.contact": _roles("clerk", "kiosk-operator", "supervisor"),
    "job.giveback": _roles("clerk", "supervisor"),
    "job.close_month": _roles("supervisor"),
    "kiosk.serve": _roles("kiosk"),
    "kiosk.leave": _roles("administrator", "kiosk-operator", "supervisor"),
    "case.accept": _MEDIATION,
    "case.mediate": _MEDIATION,
    "case.read_confidential": _MEDIATION | {"adviser", "judicial-office"},
    "case.read_escalated": _roles("police-liaison"),
    "case.archive": _MEDIATION,
    "committee.edit": _roles("committee-head", "judicial-office", "supervisor"),
    "prevention.record": _roles("clerk", "committee-head", "grid-worker", "mediator", "recorder", "supervisor"),
    "mediation.close_month": _roles("committee-head", "supervisor"),
    "subsidy.read": _roles("committee-head", "judicial-office", "mediator", "recorder", "supervisor"),
    "subsidy.rule": _roles("judicial-office", "supervisor"),
    "subsidy.draw": _roles("committee-head", "mediator", "recorder", "supervisor"),
    "subsidy.approve": _roles("committee-head", "judicial-office", "supervisor"),
    "patrol.read": _roles("clerk", "dispatcher", "grid-worker", "police-liaison", "supervisor"),
    "patrol.volunteer.edit": _roles("clerk", "grid-worker", "supervisor"),
    "patrol.team.edit": _roles("clerk", "grid-worker", "supervisor"),
    "patrol.roster.edit": _roles("clerk", "dispatcher", "grid-worker", "supervisor"),
    "patrol.task.issue": _roles("clerk", "police-liaison", "supervisor"),
    "patrol.sign": _roles("clerk", "grid-worker", "police-liaison", "supervisor"),
    "patrol.lead": _roles("clerk", "grid-worker", "police-liaison", "supervisor"),
    "patrol.verify": _roles("police-liaison", "supervisor"),
    "patrol.override": _roles("supervisor"),
    "patrol.adjust": _roles("supervisor"),
    "patrol.round": _roles("clerk", "grid-worker", "police-liaison", "supervisor"),
    "patrol.certify": _roles("clerk", "supervisor"),
    "patrol.dispatch": _roles("clerk", "dispatcher", "grid-worker", "police-liaison", "supervisor"),
    "clue.write": _roles("clerk", "dispatcher", "grid-worker", "handler", "police-liaison", "supervisor"),
    "clue.read": _roles("police-liaison"),
    "patrol.redeem": _roles("clerk", "grid-worker", "supervisor"),
    "patrol.reward.edit": _roles("clerk", "supervisor"),
    "person.edit": _roles(
        "clerk", "committee-head", "grid-worker", "kiosk-operator", "mediator", "recorder", "supervisor"
    ),
    "person.reveal": _roles(
        "clerk",
        "committee-head",
        "grid-worker",
        "judicial-office",
        "mediator",
        "police-liaison",
        "supervisor",
    ),
    "calendar.import": _roles("administrator", "supervisor"),
    "places.import": _roles("administrator", "supervisor"),
    "record.read": _STAFF,
    "record.void": _roles("committee-head", "supervisor"),
    "attachment.add": _STAFF,
    "attachment.original": _roles("committee-head", "judicial-office", "police-liaison", "supervisor"),
    "conflict.resolve": _roles(
        "clerk", "committee-head", "dispatcher", "grid-worker", "mediator", "supervisor"
    ),
    "conflict.confirm": _roles("committee-head", "supervisor"),
    "quarantine.decide": _roles("committee-head", "supervisor"),
    "export": _roles("clerk", "committee-head", "judicial-office", "supervisor"),
    "import": _roles("clerk", "supervisor"),
    "account.manage": _roles("administrator"),
    "audit.read": _roles("auditor"),
    "audit.verify": _roles("administrator", "auditor", "supervisor"),
    "backup.run": _roles("administrator", "clerk", "supervisor"),
    "backup.restore": _roles("administrator"),
    "settings.edit": _roles("administrator"),
    "sync.run": _EVERYONE,
    "device.enrol": _roles("administrator"),
    "bench.run": _roles("administrator"),
}
"""Action → the roles that may do it."""


@dataclass(frozen=True)
class KindRights:
    """What writing a kind of record takes: any one of the actions named for a verb. None named: nobody may."""

    create: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    void: tuple[str, ...] = ()
    move: tuple[str, ...] = ()
    claim: tuple[str, ...] = ()
    """For changing nothing but who handles it."""


_PAPER = KindRights(("case.mediate",), ("case.mediate",), ("case.mediate",))

KIND_RIGHTS: Final[dict[str, KindRights]] = {
    "report": KindRights(
        ("report.register",), ("report.edit",), ("report.close",), ("report.transfer",), ("report.claim", "report.assign")
    ),
    "step": KindRights(("report.note", "report.transfer", "report.refuse")),
    "link": KindRights(("report.link",)),
    "request": KindRights(("report.ask",), ("report.approve",)),
    "card": KindRights(("report.supervise",), (), ("report.supervise",)),
    "handover_order": KindRights(("handover.send",), ("handover.note",)),
    "handover_echo": KindRights(("handover.note",)),
    "attachment": KindRights(("attachment.add",), ("attachment.add",), ("attachment.add", "record.void")),
    "employer": KindRights(
        ("job.employer.edit",), ("job.employer.edit", "job.employer.vet"), ("job.employer.edit",)
    ),
    "posting": KindRights(
        ("job.posting.edit",), ("job.posting.edit", "job.posting.publish", "job.place"), ("job.posting.edit",)
    ),
    "worker": KindRights(
        ("job.worker.register",), ("job.worker.edit", "job.employer.vet"), ("job.worker.edit",)
    ),
    "application": KindRights(("job.apply", "kiosk.serve"), ("job.place",), ("job.place",)),
    "wage_line": KindRights(("job.wage",), ("job.wage",)),
    "queue_entry": KindRights(("job.apply", "kiosk.serve"), ("job.place",), ("job.place",)),
    "queue_draw": KindRights(("job.place",)),
    "kiosk_call": KindRights(("kiosk.serve",), ("job.apply",), ("job.apply",)),
    "job_paper": KindRights(("job.place", "job.wage")),
    "contact_day": KindRights(("job.contact",), ("job.contact",)),
    "employer_visit": KindRights(("job.contact",), ("job.contact",), ("job.contact",)),
    "visit_item": KindRights(("job.contact",), ("job.contact",), ("job.contact",)),
    "employer_need": KindRights(("job.contact",), ("job.contact",), ("job.contact",)),
    "giveback_entry": KindRights(("job.giveback",), ("job.giveback",)),
    "complaint": KindRights(("job.employer.edit",), ("job.employer.vet",), ("job.employer.vet",)),
    "sanction_appeal": KindRights(("job.employer.edit",), ("job.employer.vet", "job.employer.edit")),
    "job_month": KindRights(("job.close_month",), ("job.close_month",)),
    "case": KindRights(("case.accept",), ("case.accept", "case.mediate"), ("case.accept",)),
    "dispute": _PAPER,
    "party": _PAPER,
    "session": _PAPER,
    "statement": _PAPER,
    "agreement": _PAPER,
    "participant": _PAPER,
    "investigation": _PAPER,
    "extension": _PAPER,
    "performance_line": _PAPER,
    "revisit": _PAPER,
    "confirmation": _PAPER,
    "printout": KindRights(("case.read_confidential",)),
    "case_reading": KindRights(("case.read_confidential", "case.read_escalated")),
    "committee": KindRights(("committee.edit",), ("committee.edit",), ("committee.edit",)),
    "committee_member": KindRights(("committee.edit",), ("committee.edit",), ("committee.edit",)),
    "prevention": KindRights(("prevention.record",), ("prevention.record",), ("prevention.record",)),
    "month_close": KindRights(("mediation.close_month",), ("mediation.close_month",)),
    "subsidy_rule": KindRights(("subsidy.rule",), ("subsidy.rule",), ("subsidy.rule",)),
    "subsidy_sheet": KindRights(("subsidy.draw",), ("subsidy.draw", "subsidy.approve")),
    "subsidy_item": KindRights(("subsidy.draw",), ("subsidy.draw", "subsidy.approve")),
    "calendar": KindRights(("calendar.import",), (), ("calendar.import",)),
    "person": KindRights(("person.edit",), ("person.edit",), ("person.edit",)),
    "volunteer": KindRights(("patrol.volunteer.edit",), ("patrol.volunteer.edit",), ("patrol.volunteer.edit",)),
    "team": KindRights(("patrol.team.edit",), ("patrol.team.edit",), ("patrol.team.edit",)),
    "segment": KindRights(("patrol.team.edit",), ("patrol.team.edit",), ("patrol.team.edit",)),
    "duty": KindRights(("patrol.roster.edit",), ("patrol.roster.edit",), ("patrol.roster.edit",)),
    "task": KindRights(
        ("patrol.task.issue", "patrol.lead"), ("patrol.task.issue", "patrol.lead", "patrol.verify"), ("patrol.task.issue",)
    ),
    "signup": KindRights(("patrol.sign",), ("patrol.lead", "patrol.verify"), ("patrol.override",)),
    "round": KindRights(("patrol.round",), ("patrol.round",), ("patrol.round",)),
    "round_item": KindRights(("patrol.round",), ("patrol.round", "case.accept"), ("patrol.round",)),
    "clue": KindRights(("clue.write",), ("clue.read",), ("clue.read",)),
    "certificate": KindRights(("patrol.certify",), ("patrol.certify",), ("patrol.certify",)),
    "callout": KindRights(("patrol.dispatch",), ("patrol.dispatch",), ("patrol.dispatch",)),
    "reward": KindRights(("patrol.reward.edit",), ("patrol.reward.edit",), ("patrol.reward.edit",)),
    "redemption": KindRights(("patrol.redeem",), ("patrol.redeem",), ("patrol.override",)),
    "points_entry": KindRights(("patrol.verify", "patrol.redeem", "patrol.adjust")),
}
"""Kind → rights, as the commands of its subject ask for them. The centre asks the same before it takes an operation:
whoever changed the program on a desk gains nothing by it."""


ANY: Final = ""
"""Any right by which records of the kind are made: clerks wrote ``kiosk`` too before the kiosk had a right of its own."""
OTHERWISE: Final = "*"
"""What a field says that the table does not name, or nothing."""

BORN_BY: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "points_entry": ("why", {
        "earn": "patrol.verify", "redeem": "patrol.redeem", "refund": "patrol.redeem", "reverse": "patrol.adjust",
        "adjust": "patrol.adjust",
    }),
    "step": ("action", {"reassign": "report.dispatch"}),
    "application": ("way", {"kiosk": ANY, OTHERWISE: "job.apply"}),
}  # fmt: skip
"""Kinds of which making a record takes the right that one of its fields names."""


def birth_right(kind: str, fields: Mapping[str, object]) -> str | None:
    """Return the right that making a record with these fields takes, None where any right for its kind will do."""
    field, rights = BORN_BY.get(kind, ("", {}))
    return rights.get(str(fields.get(field)), rights.get(OTHERWISE)) or None


def may_write(
    roles: frozenset[str], kind: str, verb: str, step: str | None = None, *, voids: bool = False, claims: bool = False
) -> bool:
    """Say whether somebody with these roles may do an operation to a kind of record.

    ``step`` is the right of the transition that it takes, or of what it makes (``birth_right``), if any; ``voids`` says
    that a decision on a conflict is about voidness, ``claims`` that nothing changes but who handles it. A kind of a newer
    program is open to who may read records.
    """
    rights = KIND_RIGHTS.get(kind)
    if rights is None:
        return allowed(roles, "record.read")
    if verb == "resolve" and not allowed(roles, "conflict.resolve"):
        return False
    by_verb = {"create": rights.create, "move": rights.move, "void": rights.void, "unvoid": rights.void}
    change = rights.claim if claims else rights.void if voids else rights.change
    needed = (step,) if step else by_verb.get(verb, change)
    return any(allowed(roles, action) for action in needed)


def allowed(roles: frozenset[str], action: str) -> bool:
    """Say whether somebody with these roles may do an action; roles of a newer program grant nothing here."""
    try:
        return not roles.isdisjoint(RIGHTS[action])
    except KeyError:
        raise BugError(f"no such action: {action}") from None


def actions_of(roles: frozenset[str]) -> frozenset[str]:
    """Everything that somebody with these roles may do."""
    return frozenset(action for action, holders in RIGHTS.items() if not roles.isdisjoint(holders))


def checked_roles(roles: Iterable[str]) -> frozenset[str]:
    """Return the roles if an account may hold them together.

    Raises:
        RefusedError: none, an unknown one, or two that must be apart.
    """
    wanted = frozenset(roles)
    if not wanted or wanted - set(ROLES):
        raise RefusedError(N_("请选择至少一个已有的角色。"))
    if any(apart <= wanted for apart in APART):
        raise RefusedError(N_("系统管理员和审计员必须由不同的账号担任。"))
    return wanted
