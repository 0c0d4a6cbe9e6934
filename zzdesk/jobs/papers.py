"""The order of a day's work and the slip of a wage: what they say, in full, and that they were printed (F52).

An order lists everybody who has a place, whatever page that takes; what it said is recorded as a hash, so that an order on
which somebody is missing by now is told from one that is right. Both are official papers: Chinese, whatever the language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId, local, local_day, to_iso
from zzdesk.documents.capitals import capitals
from zzdesk.documents.typeset import OFFICIAL
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import cover
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_papers import ORDER, SLIP, JobPaper
from zzdesk.jobs.models_wages import WageLine
from zzdesk.ops.capture import wire_body
from zzdesk.people.masks import mask
from zzdesk.store.audit import Audit
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

PRINTED: Final = "job-paper.print"
OPEN_FOR: Final = timedelta(minutes=10)
"""How long after it was noted a paper is given out in full."""
_UNITS: Final = {"hour": "小时", "day": "天", "week": "周", "month": "月", "piece": "件"}
_PERIODS: Final = {"hour": "按小时", "day": "按日", "week": "按周", "month": "按月", "piece": "计件"}
_WAYS: Final = {"transfer": "银行转账", "cash": "现金"}
_PROOFS: Final = {"voucher": "银行凭证", "signature": "本人签字"}
ON_ORDER: Final = (flow.CONFIRMED, flow.CHECKED_IN, flow.FINISHED)


def print_order(work: UnitOfWork, posting_id: RecordId) -> ChangeSet:
    """Record that the order of a posting is printed; ``paper_of`` gives it for ten minutes.

    Raises:
        RefusedError: no right to see names in full, or nobody has a place.
    """
    add_paper(work, {"posting_id": posting_id, "paper": ORDER})
    return work.commit()


def print_slip(work: UnitOfWork, line_id: RecordId) -> ChangeSet:
    """Record that the slip of a wage is printed; ``paper_of`` gives it for ten minutes.

    Raises:
        RefusedError: no right to see wages and names in full, or the line takes another one back.
    """
    line = work.get(WageLine, line_id)
    add_paper(work, {"posting_id": line.posting_id, "paper": SLIP, "wage_line_id": line_id})
    return work.commit()


def add_paper(work: UnitOfWork, fields: Mapping[str, Any]) -> JobPaper:
    """Record a print inside a transaction that goes on."""
    work.require("person.reveal")
    made = work.create(JobPaper, fields)
    work.require("job.place" if made.paper == ORDER else "job.wage")
    if made.paper == ORDER:
        said = order_said(work.session, work.get(Posting, made.posting_id))
        made.people = len(said["people"])
        if not made.people:
            raise RefusedError(N_("还没有确认录用的人，派工单是空的"))
    else:
        line = work.get(WageLine, str(made.wage_line_id or ""))
        if line.reverses:
            raise RefusedError(N_("冲销的那一行没有工资清单"))
        if line.posting_id != made.posting_id:
            raise InvalidError.one("wage_line_id", N_("台账的编号、行次或报名对不上"))
        said, made.people = slip_said(line), 1
    made.content_hash = hash_of(said)
    work.audit(PRINTED, "job_paper", made.id, paper=made.paper, hash=made.content_hash, people=made.people)
    return made


def paper_of(read: Reader, paper_id: RecordId) -> dict[str, Any]:
    """Return what a paper says, with full names; only for who had it printed, within ten minutes.

    Raises:
        RefusedError: it was not noted, by somebody else, or too long ago; what it says has changed meanwhile.
        NotFoundError: it is not on this desk.
    """
    read.require("person.reveal")
    made = read.session.get(JobPaper, paper_id)
    if made is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=paper_id)
    now = read.clock.now()
    noted = select(Audit.seq).where(
        Audit.event == PRINTED, Audit.record_id == paper_id, Audit.actor == read.actor.account_id,
        Audit.at >= to_iso(now - OPEN_FOR), Audit.at <= to_iso(now),
    )  # fmt: skip
    said = _said(read.session, made)
    if read.session.scalar(noted.limit(1)) is None or said is None or hash_of(said) != made.content_hash:
        raise RefusedError(N_("打印要先记入审计；名单刚刚变过的，请再按一次打印"))
    foot = f"打印于 {_moment(made.created_at)}　校验码 {made.content_hash[:12]}"
    return said | {"foot": foot, "fonts": list(OFFICIAL), "lines": [*said["lines"], *([foot] if made.paper == SLIP else [])]}


def preview_of(read: Reader, paper: str, record_id: RecordId) -> dict[str, Any]:
    """Return what a paper would say if it were printed now, names and numbers covered: to be looked at before.

    ``paper`` is ``workorder`` (of a posting) or ``wageslip`` (of a line of the ledger).

    Raises:
        RefusedError: no right to have it printed. NotFoundError: it is not on this desk.
    """
    read.require("person.reveal")
    read.require("job.place" if paper == PREVIEWS[ORDER] else "job.wage")
    model: Any = Posting if paper == PREVIEWS[ORDER] else WageLine
    record = read.session.get(model, record_id)
    if record is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
    said = order_said(read.session, record) if model is Posting else slip_said(record)
    rows = [[name, mask(_COVERED.get(name, "text"), value)] for name, value in said["rows"]]
    people = [[n, mask("name", name), *rest] for n, name, *rest in said.get("people", ())]
    contact = " ".join((mask("name", record.contact_name), mask("phone", record.contact_phone))) if model is Posting else ""
    rows = [[name, contact if name == _CONTACT else value] for name, value in rows]
    return said | {"rows": rows, "people": people, "foot": "", "fonts": list(OFFICIAL)}


PREVIEWS: Final = {ORDER: "workorder", SLIP: "wageslip"}
_CONTACT: Final = "现场联系"
_COVERED: Final = {"用工单位": "holder", "用人单位名称": "holder", "姓名": "name", "身份证号码": "id", "联系方式": "phone"}


def _said(session: Session, made: JobPaper) -> dict[str, Any] | None:
    if made.paper == ORDER:
        posting = session.get(Posting, made.posting_id)
        return order_said(session, posting) if posting is not None else None
    line = session.get(WageLine, made.wage_line_id or "")
    return slip_said(line) if line is not None else None


def hash_of(said: Mapping[str, Any]) -> str:
    """Return the SHA-256 of everything that a paper says."""
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def order_state(session: Session, posting: Posting) -> str:
    """Return how the last printed order stands to the people who have a place now: ``none``, ``current`` or ``changed``."""
    last = session.scalar(
        select(JobPaper.content_hash).where(JobPaper.posting_id == posting.id, JobPaper.paper == ORDER)
        .order_by(JobPaper.id.desc()).limit(1)
    )  # fmt: skip
    if last is None:
        return "none"
    return "current" if last == hash_of(order_said(session, posting)) else "changed"


# ---- what the papers say ------------------------------------------------------------------------------------------------


def order_said(session: Session, posting: Posting) -> dict[str, Any]:
    """Return what the order of a posting says: the work, and everybody who has a place, in the order of their names' records."""
    employer = session.get(Employer, posting.employer_id)
    query = select(Application, Worker).join(Worker, Worker.id == Application.worker_id).where(
        Application.posting_id == posting.id, Application.state.in_(ON_ORDER), Application.voided.is_not(True),
    ).order_by(Application.confirmed_at, Application.id)  # fmt: skip
    people = [[str(n), row[1].name, row[1].card, "", "", ""] for n, row in enumerate(session.execute(query), 1)]
    rows = (
        ("用工单位", employer.name if employer is not None else ""), ("岗位", posting.title), ("地点", posting.place),
        ("时间", _span(posting.starts_at, posting.ends_at)), ("做什么", posting.tasks), ("安全", posting.safety),
        ("自带工具", posting.tools), ("报酬", _pay(posting)), ("哪天付", _day(posting)), ("保险", _cover(posting)),
        ("现场联系", " ".join(each for each in (posting.contact_name, posting.contact_phone) if each)),
    )  # fmt: skip
    warned = cover.is_warned(wire_body(kind_of(Posting), posting), local_day(posting.created_at))
    warning = {"warning": "无保险：这份活容易受伤，没有查到保险，请先问清楚再去。"} if warned else {}
    return warning | {
        "title": "派工单", "number": f"编号：{posting.number}", "rows": [[name, str(value)] for name, value in rows if value],
        "people_title": f"派到的人：共 {len(people)} 人", "people": people,
        "head": ["序", "姓名", "卡号", "到岗", "完工", "签名"],
        "total": f"以上共 {len(people)} 人。", "lines": ["驿站介绍工作不收费。没来、换人，请当场打电话告诉驿站。"],
    }  # fmt: skip


def slip_said(line: WageLine) -> dict[str, Any]:
    """Return what the slip of a wage says: the items of 保障农民工工资支付条例 article 15, those of nought left out."""
    extras = (("加班费", line.overtime), ("补贴奖金", line.allowance))
    taken = (("代扣", line.withheld), ("代缴", line.paid_over), ("扣除", line.deducted))
    paid = f"{line.paid_on:%Y年%m月%d日}　{_WAYS.get(line.paid_way or '', '')}" if line.paid_on else "尚未支付"
    proof = f"{_PROOFS.get(line.proof_kind or '', '')} {line.proof or ''}".strip()
    rows: list[tuple[str, Any]] = [
        ("用人单位名称", line.employer_name), ("姓名", line.worker_name), ("身份证号码", line.identity_number),
        ("联系方式", line.phone), ("岗位", line.title), ("支付周期", _PERIODS.get(line.pay_unit, "")),
        ("工作时间", f"{_span(line.starts_at, line.ends_at)}　计 {line.minutes // 60} 小时 {line.minutes % 60} 分"),
        ("基本报酬", f"{_yuan(line.base)}（{_yuan(line.rate)}/{_UNITS.get(line.pay_unit, '')}）"),
        *((name, _yuan(value)) for name, value in extras if value), ("应发说明", line.extra_note),
        ("应发合计", _yuan(line.gross)), *((name, _yuan(value)) for name, value in taken if value),
        ("扣款项目和原因", line.deduction_note),
        *((("实发工资", _yuan(line.net)), ("更正前已付", _yuan(line.paid_before))) if line.paid_before else ()),
        ("最晚支付日", f"{line.due_on:%Y年%m月%d日}" if line.due_on else ""), ("支付日期和方式", paid),
        ("支付凭据", proof),
    ]  # fmt: skip
    return {
        "title": "工资清单", "number": f"{line.posting_number}" + (f"　第 {line.entry + 1} 行" if line.entry else ""),
        "notice": "这一行已经冲销，以后面的为准" if line.state == flow.REVERSED else "",
        "rows": [[name, str(value)] for name, value in rows if value],
        "net_label": "本次应付" if line.paid_before else "实发工资", "net": _yuan(line.to_pay),
        "net_words": capitals(line.to_pay),
        "lines": ["这份清单由用人单位发给本人；对数目有疑问，请到驿站，或拨打 12333、12345。"],
        "signs": ["领款人签名：", "日期："],
    }  # fmt: skip


def _yuan(amount: Decimal | None) -> str:
    return f"{amount or Decimal(0):,.2f} 元"


def _pay(posting: Posting) -> str:
    return f"{_yuan(posting.wage)}/{_UNITS.get(posting.pay_unit or '', '')}" if posting.wage is not None else ""


def _day(posting: Posting) -> str:
    way = _WAYS.get(posting.settlement or "", "")
    return f"{posting.settle_day:%Y年%m月%d日}　{way}".strip() if posting.settle_day else way


def _cover(posting: Posting) -> str:
    """Return who insures it, under which policy, from when to when, and who pays: what a person asks after an accident."""
    if not posting.insurer:
        return "没有写明"
    days = [f"{day:%Y年%m月%d日}" for day in (posting.insured_from, posting.insured_until) if day]
    parts = (posting.insurer, f"保单号 {posting.policy_number}" if posting.policy_number else "", "至".join(days),
             f"{posting.insured_by}出保费" if posting.insured_by else "")  # fmt: skip
    return "　".join(part for part in parts if part)


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y年%m月%d日 %H:%M}"


def _span(starts: datetime | None, ends: datetime | None) -> str:
    if starts is None:
        return ""
    if ends is None:
        return _moment(starts)
    last = f"{local(ends):%H:%M}" if local(ends).date() == local(starts).date() else _moment(ends)
    return f"{_moment(starts)}–{last}"
