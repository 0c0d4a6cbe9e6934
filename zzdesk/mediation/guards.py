"""What the law asks of a case that one record's own fields do not show. Pure: desk and centre ask the same.

People's Mediation Law (PML) with the article. A deed is everything that was done to one case and its file at once. Most of
what stands against one may have come about while its author was without a network: another party was registered, or one
refused. Such work is kept and put before a person; what its author could see by the record alone is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.i18n import N_
from zzdesk.mediation import lacking, signed_days, signing
from zzdesk.mediation import workflow as flow
from zzdesk.workflow import Deed, Guard, Kin, Values

WORDS: Final[dict[str, str]] = {
    "mediation-refused": N_("当事人一方已明确拒绝调解，不得调解（人民调解法第十七条）"),
    "mediation-over": N_("这件纠纷已经结束，不能再更改"),
    "one-party": N_("当事人至少两人"),
    "party-uninformed": N_("到场的当事人还没有全部被告知权利义务并签字（人民调解法第二十三、二十四条）"),
    "guest-unwelcome": N_("邀请参加的人还没有得到每一方当事人同意（人民调解法第二十条）"),
    "record-changed-after-signing": N_(
        "签名以后记录、要点、结果或者时间、地点又改过，请重新宣读、重新签名（人民调解法第二十七条）"),
    "session-terms-signed": N_("已有人签名，时间和地点不能直接改：写明理由作补正，或者重新宣读、重新签名"),
    "session-unread": N_("记录还没有向当事人宣读并核对，不能结束（人民调解法第二十七条）"),
    "session-unsigned": N_("记录还有人没有签名：请补签，或者写明谁为什么没有签、谁在场见证（人民调解法第二十七条）"),
    "agreement-altered": N_("生效的协议与生效时的校验值不符：内容、签名或者当事人被改过，请核对原件"),
    "session-missing": N_("还没有结束的调解记录（人民调解法第二十七条）"),
    "agreement-missing": N_("还没有生效的协议：书面协议要签名盖章，口头协议要登记（人民调解法第二十八至三十条）"),
    "agreement-empty": N_("协议书还缺少必要内容（人民调解法第二十九条）"),
    "agreement-unsealed": N_("协议书还不能生效，缺少调解员签名或者调委会印章（人民调解法第二十九条）"),
    "signed-before-acceptance": N_("协议书上签名的日子早于受理的日子"),
    "effect-misdated": N_("协议生效的日子应是最后一方签名盖章的日子（人民调解法第二十九条）"),
    "agreement-unsigned": N_("协议书还不能生效，缺少当事人签名（人民调解法第二十九条）"),
    "agreement-changed-after-signing": N_(
        "签名以后协议内容在别处改过，不能按改过的内容生效：请照签过字的文本改回，再确认生效（人民调解法第二十九条）"),
    "ways-untold": N_("终止调解前要告知当事人仲裁、行政、司法等途径（人民调解法第二十六条）"),
    "extension-unasked": N_("延长调解期限要各方当事人都同意，并先记录同意"),
    "file-unfinished": N_("履行、回访或司法确认还没有结果，不能结案归档（人民调解法第二十七、三十一条）"),
    "party-unproven": N_("还有当事人没有身份证明，不能归档（人民调解法第二十七条）"),
    "file-incomplete": N_("卷宗还不齐：登记、授权委托、终止情况或保管期限还缺，不能归档（人民调解法第二十七条）"),
    "line-performed": N_("已经履行的不能作废；登记错了，请先写明理由撤回履行"),
    "agreement-in-effect": N_("协议已生效，请走变更"),
    "applied-late": N_("已过申请司法确认的最后一日（人民调解法第三十三条）"),
    "apart": N_("司法确认要双方当事人共同申请（人民调解法第三十三条）"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""

CIRCUMSTANCES: Final = frozenset(WORDS) - {"agreement-empty", "agreement-unsealed", "agreement-changed-after-signing"}
"""What stands against a deed through what others had done, or through a rule that its program did not know yet."""

SCOPE: Final = "case:"
"""Before the id of a case: the scope of its file."""
_CODES: Final = {
    "notice": "party-uninformed", "identity": "party-unproven", "record": "session-missing", "agreement": "agreement-missing",
} | dict.fromkeys(
    ("open-session", "investigation", "amendment", "performance", "revisit", "confirmation"), "file-unfinished"
)  # fmt: skip
"""By what a file lacks: the code that is told; what is not named here is ``file-incomplete``."""

Rule = Callable[[Deed], str | None]
KIN: Final = (
    "dispute", "party", "session", "agreement", "participant", "investigation", "extension", "performance_line", "revisit",
    "confirmation",
)  # fmt: skip
_NEW_WORK: Final = frozenset({"party", "session", "participant", "extension"})
"""What only a case that is still mediated is given."""


def ask(deed: Deed) -> str | None:
    """Return the code of what stands against a deed, None where nothing does."""
    return next((code for rule in _RULES if (code := rule(deed))), None)


# ---- what there is ----------------------------------------------------------------------------------------------------


def _now(deed: Deed, kind: str) -> list[Kin]:
    """Return the records of a kind as the deed leaves them, without void ones."""
    touched = {kin.id: kin for kin in deed.kin if kin.kind == kind}
    before = [kin for kin in deed.there(kind) if kin.id not in touched]
    return [kin for kin in (*before, *touched.values()) if not kin.body.get("voided")]


def _parties(deed: Deed) -> frozenset[str]:
    return frozenset(kin.id for kin in _now(deed, "party"))


def _arrived(deed: Deed, kind: str, state: str) -> list[Kin]:
    """Return the records of a kind that the deed brought into a state."""
    found = [kin for kin in deed.kin if kin.kind == kind and kin.body.get("state") == state]
    return [kin for kin in found if kin.was is None or kin.was.get("state") != state]


def _case_arrived(deed: Deed, *states: str) -> bool:
    """Say whether the case itself came into one of these states, by a person's step."""
    was = (deed.before or {}).get("state")
    return not deed.decided and deed.after.get("state") in states and was != deed.after.get("state")


def _ids(values: Values, name: str) -> frozenset[str]:
    found: Any = values.get(name) or ()
    return frozenset(map(str, found)) if isinstance(found, Iterable) and not isinstance(found, str) else frozenset()


# ---- the rules --------------------------------------------------------------------------------------------------------


def _locked(deed: Deed) -> str | None:
    """After a clear refusal there is no mediation (PML article 17), and none after the case has ended."""
    state = (deed.before or {}).get("state")
    if state in flow.RUNNING or deed.before is None or not any(kin.was is None and kin.kind in _NEW_WORK for kin in deed.kin):
        return None
    return "mediation-refused" if state == flow.REFUSED else "mediation-over"


def _performed_stays(deed: Deed) -> str | None:
    """That something was performed does not disappear with its line (PML article 31): it is taken back first, with a reason."""
    gone = (kin for kin in deed.changed("performance_line") if kin.body.get("voided") and not (kin.was or {}).get("voided"))
    return "line-performed" if any((kin.was or {}).get("state") == flow.LINE_DONE for kin in gone) else None


def _agreed_late(deed: Deed) -> str | None:
    """What is agreed anew is agreed while there is mediation; afterwards an agreement in effect is amended (rules B1.2)."""
    state = (deed.before or {}).get("state")
    made = [kin for kin in deed.kin if kin.kind == "agreement" and kin.was is None]
    agreed = [*made, *_arrived(deed, "agreement", flow.AGREEMENT_EFFECTIVE)]
    if state is None or state in flow.RUNNING or all(kin.body.get("amends") for kin in agreed):
        return None
    return "mediation-refused" if state == flow.REFUSED else "mediation-over"


def _closed_session(deed: Deed) -> str | None:
    """Two parties; those present told and signed (PML articles 23, 24); everybody invited is welcome to all (article 20).

    Whoever signed the record signed the text that is closed with (article 27).
    """
    for session in _arrived(deed, "session", flow.SESSION_CLOSED):
        parties = {kin.id: kin.body for kin in _now(deed, "party")}
        if len(parties) < 2:
            return "one-party"
        present = _ids(session.body, "present") & set(parties) or set(parties)
        if not all(informed(parties[each]) for each in present):
            return "party-uninformed"
        if not _welcome(deed, session.body, frozenset(parties)):
            return "guest-unwelcome"
        if not signing.is_as_signed(session.body):
            return "record-changed-after-signing"
        if not session.body.get("read_back"):
            return "session-unread"
        if signing.missing(session.body, present) and not str(session.body.get("unsigned_because") or "").strip():
            return "session-unsigned"
    return None


def _terms_signed(deed: Deed) -> str | None:
    """When and where a session was stands over what somebody signed: it is put right beside it (PML article 27)."""
    touched = ((kin.was or {}, kin.body) for kin in deed.changed("session"))
    signed = ((was, now) for was, now in touched if signing.signers(was) and signing.signers(now))
    knows = deed.schema >= signing.SINCE
    other = any(signing.are_other_terms(was, now, filled=knows) for was, now in signed)
    return "session-terms-signed" if other else None


def informed(party: Values) -> bool:
    """Say whether a party was told and signed, or would not sign and that is written down; as the wire carries it."""
    refused = party.get("notice_signed") is False and bool(str(party.get("note") or "").strip())
    return bool(party.get("notice_at")) and (bool(party.get("notice_signed")) or refused)


def _welcome(deed: Deed, session: Values, parties: frozenset[str]) -> bool:
    guests = {kin.id: kin.body for kin in _now(deed, "participant")}
    return all(each in guests and parties <= _ids(guests[each], "agreed_by") for each in _ids(session, "invited"))


def _effective(deed: Deed) -> str | None:
    """All parties, the mediator and the seal (PML article 29); an oral one says what was agreed (articles 28 and 30)."""
    for agreement in _arrived(deed, "agreement", flow.AGREEMENT_EFFECTIVE):
        body, parties = agreement.body, _parties(deed)
        written = body.get("form", "written") == "written"
        if any(not body.get(name) for name in (flow.ARTICLE_29 if written else ("content",))):
            return "agreement-empty"
        if len(parties) < 2:
            return "one-party"
        if written and not (body.get("mediator_signed") and body.get("sealed")):
            return "agreement-unsealed"
        if written and not parties <= _ids(body, "signed_by"):
            return "agreement-unsigned"
        if body.get("signed_text") not in (None, signing.said_hash(body)):
            return "agreement-changed-after-signing"
        if written and (code := _misdated(deed, body)):
            return code
    return None


def _misdated(deed: Deed, agreement: Values) -> str | None:
    """It takes effect on the day of the last signature (PML article 29); one that mends another keeps that one's day.

    Programs that did not ask for the days wrote none down, also of what a newer one had begun.
    """
    first, last = signed_days.first(agreement), signed_days.last(agreement)
    if first is None or last is None:
        return None
    if (accepted := deed.after.get("accepted_on")) and first.isoformat() < str(accepted):
        return "signed-before-acceptance"
    if not signed_days.whose(agreement) <= set(signed_days.days_of(agreement.get("signed_days"))):
        return None  # an older program finished it
    effective = agreement.get("effective_at")
    dated = agreement.get("amendment") == "correction" or (effective and local_day(from_iso(str(effective))) == last)
    return None if dated and last <= local_day(from_iso(deed.at)) else "effect-misdated"


def _parties_settled(deed: Deed) -> str | None:
    """Who is bound by an agreement in effect stays who it was, and nobody joins it: that is agreed anew (domain rules B1.2)."""
    touched = [kin for kin in deed.kin if kin.kind == "party" and _is_another(kin)]
    if not touched:
        return None
    effective = (kin.body for kin in deed.there("agreement") if kin.body.get("state") == flow.AGREEMENT_EFFECTIVE)
    settled = [body for body in effective if not body.get("voided")]
    bound = any(_joins(kin) or binds(body, kin.id) for kin in touched for body in settled)
    return "agreement-in-effect" if bound else None


def binds(agreement: Values, party_id: str) -> bool:
    """Say whether an agreement is a party's: it signed it, or, of an oral one, was there (PML articles 29 and 30)."""
    return agreement.get("form") == "oral" or party_id in _ids(agreement, "signed_by")


def _joins(party: Kin) -> bool:
    return not party.body.get("voided") and (party.was is None or bool(party.was.get("voided")))


def _is_another(party: Kin) -> bool:
    """Say whether a party is new, gone, or somebody else than before."""
    was = party.was or {}
    gone = bool(party.body.get("voided")) != bool(was.get("voided"))
    return _joins(party) or gone or any(party.body.get(name) != was.get(name) for name in signing.IDENTITY)


def _reached(deed: Deed) -> str | None:
    """Two parties, a session on record (PML article 27), an agreement in effect (articles 28 to 30)."""
    if not _case_arrived(deed, flow.REACHED):
        return None
    if len(_parties(deed)) < 2:
        return "one-party"
    if not any(kin.body.get("state") == flow.SESSION_CLOSED for kin in _now(deed, "session")):
        return "session-missing"
    effective = any(kin.body.get("state") == flow.AGREEMENT_EFFECTIVE for kin in _now(deed, "agreement"))
    return None if effective else "agreement-missing"


def _failed(deed: Deed) -> str | None:
    """Where mediation fails the parties are told of the other ways (PML article 26)."""
    if not _case_arrived(deed, flow.FAILED):
        return None
    if len(_parties(deed)) < 2:
        return "one-party"
    return None if any(kin.body.get("other_ways_told_at") for kin in _now(deed, "dispute")) else "ways-untold"


def _extended(deed: Deed) -> str | None:
    """Longer than thirty days only with each party's consent, written down (domain rules B1.1, one-month rule)."""
    until = deed.after.get("extended_to")
    was = (deed.before or {}).get("extended_to")
    if until is None or deed.decided or (was is not None and until <= was):  # an extension that is void gives time back
        return None
    asked = [kin.body for kin in _now(deed, "extension") if kin.body.get("until") == until]
    return None if any(_parties(deed) <= _ids(each, "agreed_by") for each in asked) else "extension-unasked"


def _finished(deed: Deed) -> str | None:
    """A case is closed and archived with everything that its file needs, files too (PML articles 27, 31): as at the desk.

    A file counts whose bytes are not here yet: it was taken in, and comes. A case that is born as an archived one (out of
    another program's keeping) has its papers there; of what it brings along nothing may wait for an outcome.
    """
    if not _case_arrived(deed, flow.CLOSED, flow.ARCHIVED):
        return None
    lacks = lacking.missing(_dossier(deed), lacking.ARCHIVING if _case_arrived(deed, flow.ARCHIVED) else lacking.CLOSING)
    codes = [_CODES.get(each.code, "file-incomplete") for each in lacks]
    if deed.before is None:
        codes = [code for code in codes if code == "file-unfinished"]
    if codes:
        return codes[0]
    agreed = any(kin.body.get("state") == flow.AGREEMENT_EFFECTIVE for kin in _now(deed, "agreement"))
    return "agreement-missing" if _case_arrived(deed, flow.CLOSED) and not agreed else None


def _dossier(deed: Deed) -> lacking.Dossier:
    records = {kind: tuple(lacking.Said(kin.id, kin.body) for kin in _now(deed, kind)) for kind in KIN}
    files: dict[str, tuple[lacking.Said, ...]] = {}
    for kin in deed.files(f"{SCOPE}{deed.id}", tuple(sorted(_parties(deed)))):
        owner = str(kin.body.get("record_id"))
        files[owner] = (*files.get(owner, ()), lacking.Said(kin.id, kin.body))
    return lacking.Dossier(lacking.Said(deed.id, deed.after), records, files)


def _altered(deed: Deed) -> str | None:
    """What is in effect says what its checksum says: when it takes effect, and when its case is closed and archived."""
    arrived = _arrived(deed, "agreement", flow.AGREEMENT_EFFECTIVE)
    if _case_arrived(deed, flow.CLOSED, flow.ARCHIVED):
        arrived = [kin for kin in _now(deed, "agreement") if kin.body.get("state") == flow.AGREEMENT_EFFECTIVE]
    if not arrived:
        return None
    parties = {kin.id: kin.body for kin in _now(deed, "party")}
    return None if all(signing.is_as_agreed(kin.body, parties) for kin in arrived) else "agreement-altered"


def _applied(deed: Deed) -> str | None:
    """Confirmation is asked for jointly and in time (PML article 33), and what was asked stays so."""
    for each in (*_arrived(deed, "confirmation", flow.APPLIED), *_asked_otherwise(deed)):
        if not _parties(deed) <= _ids(each.body, "applicants"):
            return "apart"
        day, last = each.body.get("applied_on"), _last_day(deed, each.body)
        if day and last and str(day) > last:
            return "applied-late"
    return None


def _asked_otherwise(deed: Deed) -> list[Kin]:
    """Return the applications that had been made and say something else now."""
    made = [kin for kin in deed.changed("confirmation") if kin.was and kin.was.get("state") not in (None, *flow.UNASKED)]
    return [kin for kin in made if kin.was and any(kin.body.get(name) != kin.was.get(name) for name in flow.ASKED)]


def _last_day(deed: Deed, confirmation: Values) -> str | None:
    """Return the last day of the agreement that it is about; where that is not here, the day that it says itself."""
    about = [kin.body for kin in _now(deed, "agreement") if kin.id == confirmation.get("agreement_id")]
    days = [body.get("confirm_until") or body.get("confirm_by") for body in about]
    found = next((day for day in days if day), confirmation.get("extended_last_day"))
    return str(found) if found else None


_RULES: Final[tuple[Rule, ...]] = (
    _locked, _performed_stays, _agreed_late, _parties_settled, _terms_signed, _closed_session, _effective, _reached, _failed,
    _extended, _finished, _altered, _applied,
)  # fmt: skip

GUARD: Final = Guard(
    ask, WORDS, KIN, frozenset({"state", "extended_to"}), flow.ACCEPTED, circumstances=CIRCUMSTANCES,
)  # fmt: skip
