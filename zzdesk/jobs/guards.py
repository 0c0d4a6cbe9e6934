"""What stands against work at the odd-job station that a record's own fields do not show (domain rules B3). Pure: desk and
centre ask, so that whoever changed the program at a desk gains nothing.

Sources: 人力资源市场暂行条例 (HR), 禁止使用童工规定 (CL), 未成年人保护法 (MP), 劳动法 (LL), 最低工资规定 (MW).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zzdesk.clock import from_iso, local, local_day
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.jobs import appeals, complaints, sanctions, tables, vetting
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.matching import holds
from zzdesk.jobs.sanctions import day_in as _day
from zzdesk.jobs.sanctions import today_of as _today
from zzdesk.jobs.wages import line_id
from zzdesk.people.identity import parse_identity
from zzdesk.workflow import Deed, Guard, Values, awaits

WORDS: Final[dict[str, str]] = {
    "employer-own-vetting": N_("核验人不能是录入人或改过这份内容的人，请由另一个账号核验（人力资源市场暂行条例第二十六条）"),
    "employer-papers-unseen": N_("还有材料没有查验（人力资源市场暂行条例第二十六条）"),
    "employer-scans-missing": N_("还缺材料的扫描件，不能核验通过（人力资源市场暂行条例第二十六条）"),
    "employer-vetted": N_("已核验的主体信息不能直接改，请先转回待核验"),
    "employer-vetting-expired": N_("有效期已过"),
    "posting-reviewed": N_("只有草稿可以改；送审或发布后请先退回或下架"),
    "posting-own": N_("审核人不能是录入人或改过这份内容的人，请由另一个账号审核（人力资源市场暂行条例第二十九条）"),
    "posting-words": N_("内容里有要由人判断的词（收费、欺诈或歧视），要先交人工判断"),
    "posting-below-floor": N_("报酬低于当地最低工资标准（最低工资规定第三条），不能送审和发布"),
    "posting-expired": N_("岗位的有效期已过，不能发布"),
    "employer-not-standing": N_("用工方还没有通过核验、已过有效期，或已被暂停，不能发布岗位"),
    "posting-not-open": N_("这个岗位现在不接受报名"),
    "posting-called-off": N_("这份活已经取消、下架或作废，不能确认，也不能记到岗"),
    "posting-unpaid": N_("还有工资没有发放，发完再结束（保障农民工工资支付条例第十五条）"),
    "posting-overfull": N_("这个岗位已经招满，名额在别处先给了别人"),
    "replacement-of-nobody": N_("顶替的人要顶替同一个岗位上没来或退出的人"),
    "application-other-day": N_("上工日期不在这个岗位的日子里"),
    "no-show-early": N_("还没到上工时间，不能记未到岗；来不了的请用“退出”"),
    "attendance-untimed": N_("到岗、完工要有时间，完工晚于到岗，到岗在上工那天"),
    "attendance-ahead": N_("到岗、完工的时间不能晚于现在"),
    "attendance-minutes": N_("工时不能多于在岗时间"),
    "application-paid": N_("工资已经记入台账的报名不能作废"),
    "worker-underage": N_("未满十六周岁，法律禁止招用和介绍就业，不能办理"),
    "worker-minor": N_("未满十八周岁，不能从事过重、有毒有害、危险、夜班或娱乐场所的工作"),
    "worker-health-unasked": N_("健康情况由本人自愿告知，要先签同意书，撤回后不再保存（个人信息保护法第十五、二十九条）"),
    "worker-consent-withdrawn": N_("本人撤回了同意，要重新签同意书才能恢复（个人信息保护法第十五条）"),
    "worker-basis-withdrawn": N_("本人撤回了同意，依据不能改成别的；要重新签同意书（个人信息保护法第十五条）"),
    "worker-not-active": N_("这位求职者的登记已暂停"),
    "worker-uncertified": N_("没有这个工种要的证件，或证件在上工那天已过期，不能介绍"),
    "worker-is-employer": N_("用工方和求职者是同一个人，不能报名"),
    "posting-elsewhere": N_("这个岗位只在发布它的站招人，请到那个站报名"),
} | sanctions.WORDS | appeals.WORDS | complaints.WORDS
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""

CIRCUMSTANCES: Final = frozenset({
    "employer-vetted", "posting-reviewed", "posting-words", "posting-below-floor", "employer-not-standing",
    "posting-not-open", "posting-overfull", "posting-called-off", "posting-unpaid", "employer-own-vetting", "posting-own",
    "no-show-early", "attendance-untimed", "attendance-ahead", "attendance-minutes", "application-other-day",
    "application-paid", "replacement-of-nobody", "worker-health-unasked", "worker-consent-withdrawn",
    "worker-basis-withdrawn", "worker-not-active", "worker-uncertified", "worker-is-employer",
} | sanctions.CIRCUMSTANCES | appeals.CIRCUMSTANCES)  # fmt: skip
"""What stands against somebody only because of what others did meanwhile, or by figures and words that a desk may not have
had yet: it is put before a person.
"""


TIMED: Final = ("state", "checked_in_at", "checked_out_at", "minutes")
KNOWN_SINCE: Final = 2
"""The first schema whose programs know of certificates, consent and who may be introduced."""
CLOCKS: Final = timedelta(hours=1)
"""How far a desk's clock may be off without somebody having to look at it."""


def _guard(
    *rules: Callable[[Deed], str | None], fields: frozenset[str], first: str, unborn: tuple[str, ...] = (),
    kin: tuple[str, ...] = (), younger: Mapping[str, int] | None = None,
) -> Guard:
    def ask(deed: Deed) -> str | None:
        return next((code for rule in rules if (code := rule(deed))), None)

    return Guard(ask, WORDS, kin, fields, first, frozenset(unborn), circumstances=CIRCUMSTANCES, younger=younger or {})


def _moved(deed: Deed, to: str) -> bool:
    return (deed.before or {}).get("state") != to and deed.after.get("state") == to


def _wrote(deed: Deed, before: Values) -> frozenset[str]:
    """Return the accounts that entered a record or changed it since it was last judged."""
    return frozenset({str(before.get("created_by"))} | {str(each) for each in before.get("editors") or ()})


# ---- employers ------------------------------------------------------------------------------------------------------


def _vetted(deed: Deed) -> str | None:
    """HR article 26: brochure, licence, handler's identity and mandate were shown, and somebody else looked at them."""
    before, after = deed.before or {}, deed.after
    if before.get("state") != flow.PENDING or after.get("state") != flow.NORMAL:
        return None
    if deed.actor in _wrote(deed, before):
        return "employer-own-vetting"
    if after.get("employer_kind") != "person" and not all(after.get(name) for name in flow.SHOWN):
        return "employer-papers-unseen"
    until = _day(after.get("valid_until"))
    if until is None or until < _today(deed):
        return "employer-vetting-expired"
    return _scanned(deed) if deed.schema >= vetting.SINCE else None


def _scanned(deed: Deed) -> str | None:
    """The scans that the vetting names are files of this employer, and none that article 26 asks for is missing."""
    named = tuple(sorted(str(each) for each in deed.after.get("vetted_files") or ()))
    found = deed.others("attachment", named) if named else {}
    for each in named:
        if each not in found:
            return awaits("attachment", each)
    purposes = [file.get("purpose") for file in found.values() if vetting.counts(file, deed.id)]
    return "employer-scans-missing" if vetting.missing(deed.after.get("employer_kind"), purposes) else None


def _kept(deed: Deed) -> str | None:
    """What was vetted stays what was vetted."""
    if deed.before is None or deed.decided or deed.before.get("state") in (None, flow.PENDING):
        return None
    changed = any(deed.before.get(name) != deed.after.get(name) for name in (*flow.VETTED_FIELDS, "vetted_files"))
    return "employer-vetted" if changed and deed.after.get("state") != flow.PENDING else None


EMPLOYER_GUARD: Final = _guard(
    _vetted, _kept, sanctions.stood_against, appeals.stood_against, sanctions.lifted, first=flow.PENDING,
    fields=frozenset({"state", "voided", "vetted_files", *appeals.OF_SANCTION, *appeals.PROPOSED}) | flow.VETTED_FIELDS,
    unborn=("vetted_by", "sanction_by", "sanction_raised_by", "sanction_id"), kin=(appeals.KIND,),
    younger=sanctions.YOUNGER,
)  # fmt: skip

# ---- postings -------------------------------------------------------------------------------------------------------


def _left(deed: Deed) -> str | None:
    """What was reviewed is what is published (HR article 29)."""
    before = deed.before
    if before is None or deed.decided or before.get("state") in (None, flow.DRAFT):
        return None
    changed = {name for name in flow.POSTED if before.get(name) != deed.after.get(name)}
    changed -= flow.SETTLED_BY if deed.after.get("state") == flow.SETTLING else set()
    return "posting-reviewed" if changed and deed.after.get("state") != flow.DRAFT else None


def _submitted(deed: Deed) -> str | None:
    """Words of fees, fraud or discrimination are for a person to judge (HR articles 15 and 24)."""
    if (deed.before or {}).get("state") not in (None, flow.DRAFT) or deed.after.get("state") != flow.REVIEW:
        return None
    return "posting-words" if tables.words_to_hold({name: deed.after.get(name) for name in flow.TEXTS}) else None


def _paid(deed: Deed) -> str | None:
    """MW article 3: nobody works for less than the local floor; as it was in force on the day of work."""
    judged = any(_moved(deed, state) for state in (flow.REVIEW, flow.HELD, flow.PUBLISHED))
    if not judged or (deed.before or {}).get("state") == flow.FULL:
        return None
    least = floor_of(deed.after, _today(deed))
    wage = _amount(deed.after.get("wage"))
    return "posting-below-floor" if least is not None and wage is not None and wage < least else None


def floor_of(posting: Values, today: date) -> Decimal | None:
    """Return the least wage of a posting for its unit of pay, by its wire form; None where nothing can be said."""
    try:
        starts, ends = (from_iso(str(posting[name])) if posting.get(name) else None for name in ("starts_at", "ends_at"))
    except ValueError:
        return None
    same = starts is not None and ends is not None and local_day(starts) == local_day(ends)
    hours = Decimal((ends - starts).total_seconds()) / 3600 if starts and ends and same else None
    area = str(posting.get("area_code") or posting.get("scope") or tables.HOME)
    return tables.least_wage(area, local_day(starts) if starts else today, str(posting.get("pay_unit")), hours)


def _amount(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _published(deed: Deed) -> str | None:
    """HR articles 26 and 29: reviewed by somebody else, for an employer in good standing."""
    before, after = deed.before or {}, deed.after
    way = (before.get("state"), after.get("state"))
    if way not in ((flow.REVIEW, flow.PUBLISHED), (flow.HELD, flow.REVIEW)):
        return None
    if deed.actor in _wrote(deed, before):
        return "posting-own"
    if way[1] != flow.PUBLISHED:
        return None
    until, employer_id = _day(after.get("valid_until")), str(after.get("employer_id"))
    if until is not None and until < _today(deed):
        return "posting-expired"
    employer = deed.other("employer", employer_id)
    if employer is None:
        return awaits("employer", employer_id)
    return None if stands(employer, _today(deed)) else "employer-not-standing"


def stands(employer: Values, today: date) -> bool:
    """Say whether an employer, as the wire carries it, may recruit on a day: vetted, not expired, not sanctioned."""
    until = _day(employer.get("valid_until"))
    return employer.get("state") == flow.NORMAL and not employer.get("voided") and (until is None or until >= today)


POSTING_GUARD: Final = _guard(
    _left, _submitted, _paid, _published, first=flow.DRAFT, fields=frozenset({"state", *flow.POSTED}),
    unborn=("reviewed_by", "published_at"),
)  # fmt: skip

# ---- workers and applications ---------------------------------------------------------------------------------------


def age_on(number: Any, day: date) -> int | None:
    """Return the age that an identity number says on a day; None for what is no number."""
    try:
        return parse_identity(str(number or ""), day).age_on(day)
    except InvalidError:
        return None


def _grown(deed: Deed) -> str | None:
    """CL articles 2 and 4: a child is not introduced to work; the desk stores nothing of it."""
    before, number = deed.before or {}, deed.after.get("identity_number")
    if before.get("identity_number") == number:
        return None
    age = age_on(number, _today(deed))
    return "worker-underage" if age is not None and age < flow.MIN_AGE else None


def _agreed(deed: Deed) -> str | None:
    """PIPL articles 15 and 29: what people tell of their own will is kept while they agree, and no longer."""
    before, after = deed.before or {}, deed.after
    if deed.decided or deed.schema < KNOWN_SINCE:
        return None
    touched = any(before.get(name) != after.get(name) for name in ("health_limits", "consent_version", "consent_withdrawn_at"))
    if touched and after.get("health_limits") and not agrees(after):  # what older programs wrote is nobody's doing now
        return "worker-health-unasked"
    if deed.before is None:
        return None
    if _moved(deed, flow.ACTIVE) and is_withdrawn(after):
        return "worker-consent-withdrawn"
    return "worker-basis-withdrawn" if is_withdrawn(before) and leaves_consent(after) else None


def agrees(worker: Values) -> bool:
    """Say whether somebody has agreed to a version of the text, and has not taken that back."""
    return bool(worker.get("consent_version")) and not worker.get("consent_withdrawn_at")


is_withdrawn = flow.is_withdrawn


def leaves_consent(after: Values) -> bool:
    """Say whether a record whose consent was withdrawn is said to rest on something else, without a new signature: what was
    begun on consent is not gone on with on another ground (PIPL article 15).
    """
    return bool(after.get("consent_withdrawn_at")) and after.get("legal_basis") != flow.CONSENT


WORKER_GUARD: Final = _guard(
    _grown, _agreed, first=flow.ACTIVE, unborn=("identity_number",),
    fields=frozenset({
        "identity_number", "health_limits", "consent_version", "consent_withdrawn_at", "state", "legal_basis",
    }),
)  # fmt: skip


def _introduced(deed: Deed) -> str | None:
    """Who is introduced looks for work now, agrees to it, holds the certificate of the trade on the day, also when it is moved,
    and is not the employer (B3.3, B3.4).
    """
    born, after = deed.before is None, deed.after
    introduced = born or _moved(deed, flow.CONFIRMED)
    dated = (deed.before or {}).get("work_date") != after.get("work_date")
    if deed.schema < KNOWN_SINCE or not (introduced or dated):
        return None
    worker = deed.other("worker", str(after.get("worker_id"))) or {}
    posting = deed.other("posting", str(after.get("posting_id"))) or {}
    if introduced and is_withdrawn(worker):
        return "worker-consent-withdrawn"
    if born and (worker.get("state") not in (None, flow.ACTIVE) or worker.get("voided")):
        return "worker-not-active"
    if dated and not is_within(posting, _day(after.get("work_date"))):
        return "application-other-day"
    day = _day(deed.after.get("work_date")) or _today(deed)
    wanted = tables.certificate(str(posting.get("trade")))
    if wanted is not None and not holds(frozenset(worker.get("certificates") or ()), wanted, day):
        return "worker-uncertified"
    return _is_employer(deed, worker, posting) if born else None


def is_within(posting: Values, day: date | None) -> bool:
    """Say whether a day of work is one of the days of a posting, as the wire carries it; any is where it names none."""
    starts, ends = _moment(posting.get("starts_at")), _moment(posting.get("ends_at"))
    return starts is None or day is None or local_day(starts) <= day <= local_day(ends or starts)


def _is_employer(deed: Deed, worker: Values, posting: Values) -> str | None:
    employer_id = posting.get("employer_id")
    employer = deed.other("employer", str(employer_id)) if employer_id else None
    if employer is None:
        return awaits("employer", str(employer_id)) if employer_id else None
    same = worker.get("identity_number") in (employer.get("identity_number"), employer.get("handler_identity"))
    return "worker-is-employer" if same and worker.get("identity_number") else None


def _fit(deed: Deed) -> str | None:
    """Age on the day of work (CL article 2; MP article 61; LL article 64)."""
    confirms = _moved(deed, flow.CONFIRMED)
    if deed.before is not None and not confirms and deed.before.get("work_date") == deed.after.get("work_date"):
        return None
    worker_id, posting_id = str(deed.after.get("worker_id")), str(deed.after.get("posting_id"))
    worker, posting = deed.other("worker", worker_id), deed.other("posting", posting_id)
    if worker is None or posting is None:
        return awaits("worker", worker_id) if worker is None else awaits("posting", posting_id)
    age = age_on(worker.get("identity_number"), _day(deed.after.get("work_date")) or _today(deed))
    if age is None:
        return None
    if age < flow.MIN_AGE:
        return "worker-underage"
    return "worker-minor" if age < flow.ADULT and hazards(posting) else None


def hazards(posting: Values) -> bool:
    """Say whether a posting, as the wire carries it, is nothing for the young: said so, or at night by its hours."""
    return any(posting.get(name) for name in flow.HAZARDS) or at_night(posting.get("starts_at"), posting.get("ends_at"))


def at_night(starts_at: Any, ends_at: Any) -> bool:
    """Say whether work from one moment to another (wire forms) touches the hours of the night of ``jobs.toml``."""
    try:
        starts, ends = local(from_iso(str(starts_at))), local(from_iso(str(ends_at)))
    except ValueError:
        return False
    night, morning = tables.figure("minor", "night_from"), tables.figure("minor", "night_to")
    if starts.hour < morning or starts.hour >= night or ends.date() > starts.date():
        return True
    return ends.hour > night or (ends.hour == night and ends.minute > 0)


def _open(deed: Deed) -> str | None:
    """Who comes in place of somebody who did not may come when work has begun; everybody else while it is published."""
    if deed.before is not None:
        return None
    posting_id, gone_id = str(deed.after.get("posting_id")), deed.after.get("replaces")
    posting = deed.other("posting", posting_id)
    if posting is None:
        return None
    if gone_id is None:
        return "posting-not-open" if posting.get("state") != flow.PUBLISHED or posting.get("voided") else None
    gone = deed.other("application", str(gone_id))
    if gone is None:
        return awaits("application", str(gone_id))
    if gone.get("posting_id") != posting_id or gone.get("state") not in flow.GAVE_UP:
        return "replacement-of-nobody"
    closed = posting.get("state") not in flow.TAKES_A_REPLACEMENT or posting.get("voided")
    return "posting-not-open" if closed else None


def _room(deed: Deed) -> str | None:
    if not _moved(deed, flow.CONFIRMED):
        return None
    posting = deed.other("posting", str(deed.after.get("posting_id"))) or {}
    filled, headcount = posting.get("filled"), posting.get("headcount")
    over = isinstance(filled, int) and isinstance(headcount, int) and filled > headcount
    return "posting-overfull" if over else None


def is_called_off(posting: Values) -> bool:
    """Say whether work, as the wire carries it, is not done after all: called off, taken down or declared void."""
    return posting.get("state") in flow.CALLED_OFF or bool(posting.get("voided"))


def _standing(deed: Deed) -> str | None:
    """Nobody gets a place in work that is called off, or is there; who was there before is still checked out."""
    state, before = deed.after.get("state"), (deed.before or {}).get("state")
    if deed.schema < KNOWN_SINCE or deed.decided or state not in flow.HOLDS_A_PLACE:
        return None
    if state == before or (before, state) == (flow.CHECKED_IN, flow.FINISHED):
        return None
    posting = deed.other("posting", str(deed.after.get("posting_id"))) or {}
    return "posting-called-off" if is_called_off(posting) else None


def _absent(deed: Deed) -> str | None:
    """Nobody has stayed away before the work begins."""
    if not _moved(deed, flow.NO_SHOW):
        return None
    starts = _moment((deed.other("posting", str(deed.after.get("posting_id"))) or {}).get("starts_at"))
    return "no-show-early" if starts is not None and from_iso(deed.at) + CLOCKS < starts else None


def _attended(deed: Deed) -> str | None:
    """Only who was there counts, from when to when (F55): nothing of it is written ahead, and no minute more."""
    after, before = deed.after, deed.before or {}
    state = after.get("state")
    if state not in (flow.CHECKED_IN, flow.FINISHED) or deed.decided or all(before.get(n) == after.get(n) for n in TIMED):
        return None
    came, left = _moment(after.get("checked_in_at")), _moment(after.get("checked_out_at"))
    first, done = _day(after.get("work_date")), state == flow.FINISHED
    if came is None or (first is not None and not first <= local_day(came) <= first + timedelta(days=1)):
        return "attendance-untimed"
    if done and (left is None or left <= came):
        return "attendance-untimed"
    if max(came, left or came) > from_iso(deed.at) + CLOCKS:
        return "attendance-ahead"
    minutes = after.get("minutes")
    most = int(((left or came) - came).total_seconds() // 60)
    over = done and (not isinstance(minutes, int) or not 0 < minutes <= max(1, most))
    return "attendance-minutes" if over else None


def _moment(value: Any) -> datetime | None:
    try:
        return from_iso(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _counted(deed: Deed) -> str | None:
    """Work whose wage stands in the ledger was done, whatever becomes of the posting (WP article 15)."""
    return "application-paid" if deed.void and deed.other("wage_line", line_id(deed.id, 0)) is not None else None


APPLICATION_GUARD: Final = _guard(
    _open, _fit, _introduced, _standing, _room, _absent, _attended, _counted, first=flow.APPLIED,
    fields=frozenset({"work_date", *TIMED}), unborn=("posting_id",),
)
