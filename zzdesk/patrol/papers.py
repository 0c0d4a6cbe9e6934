"""The certificate of service: what it certifies, its number, and the paper (志愿服务条例; domain rules B4).

Who recorded certifies, free of charge, and only hours that somebody verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import OFFICE_TIME, RecordId
from zzdesk.documents import numbers
from zzdesk.documents.typeset import OFFICIAL
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import SignUp, Task, Volunteer
from zzdesk.patrol.models_desk import Certificate
from zzdesk.store.unit import ChangeSet, UnitOfWork

PRINTED: Final = "certificate.print"
"""The line in the audit by which a certificate was printed with everything on it."""
_DOCUMENTS: Final = {
    "identity-card": "居民身份证", "residence-permit": "居住证", "passport": "护照", "other": "其他证件",
}  # fmt: skip


def certify(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Issue a certificate for what was verified between two days.

    Raises:
        InvalidError: every field that cannot be taken; the days are the wrong way round.
        RefusedError: no document is recorded, or nothing was verified in that time.
    """
    add_certificate(work, fields)
    return work.commit()


def add_certificate(work: UnitOfWork, fields: Mapping[str, Any]) -> Certificate:
    """Make a certificate inside a transaction that goes on."""
    work.require("patrol.certify")
    paper = work.create(Certificate, fields)
    volunteer = work.get(Volunteer, paper.volunteer_id)
    if paper.until_day < paper.from_day:
        raise InvalidError.one("until_day", N_("结束日期不能早于开始日期"))
    if not volunteer.identity_number:
        raise RefusedError(N_("开证明要写明证件号码，请先在志愿者记录里补齐"))
    paper.minutes = verified_minutes(work, volunteer.id, paper.from_day, paper.until_day)
    if not paper.minutes:
        raise RefusedError(N_("这段时间没有核验过的服务，不能开证明"))
    paper.name, paper.volunteer_no = volunteer.name, volunteer.number
    paper.document_kind, paper.identity_number = volunteer.document_kind, volunteer.identity_number
    paper.issued_on = work.today
    numbers.number(work, paper)
    return paper


def verified_minutes(work: UnitOfWork, volunteer_id: RecordId, start: date, end: date) -> int:
    """Return the verified minutes of a volunteer's tasks that began between two days, both included."""
    first, last = datetime.combine(start, time.min, OFFICE_TIME), datetime.combine(end, time.max, OFFICE_TIME)
    query = select(func.coalesce(func.sum(SignUp.minutes), 0)).join(Task, Task.id == SignUp.task_id).where(
        SignUp.volunteer_id == volunteer_id, SignUp.state == flow.DONE, SignUp.voided.is_not(True),
        Task.state.in_((flow.VERIFIED, flow.SCORED)), Task.starts_at >= first, Task.starts_at <= last,
    )  # fmt: skip
    work.session.flush()
    return int(work.session.scalar(query) or 0)


def act_certificate(
    work: UnitOfWork, certificate_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Withdraw a certificate that is wrong; it keeps its number and stays readable."""
    paper = work.get(Certificate, certificate_id)
    work.step(paper, action, values=fields, reason=reason)
    paper.reason = reason
    work.audit(f"certificate.{action}", "certificate", certificate_id)
    return work.commit()


def print_certificate(work: UnitOfWork, certificate_id: RecordId) -> ChangeSet:
    """Note that a certificate is printed with everything on it; ``queries.certificate_paper`` gives it for ten minutes.

    Raises:
        RefusedError: no right to see what is covered.
    """
    work.require("patrol.certify")
    work.require("person.reveal")
    work.get(Certificate, certificate_id)
    work.audit(PRINTED, "certificate", certificate_id)
    return work.commit()


def paper_of(paper: Certificate) -> dict[str, Any]:
    """Return what a certificate says (``resources/papers/certificate.typ``), in Chinese: an official paper has one language."""
    rows = (
        ("姓名", paper.name), ("证件类型及号码", f"{_DOCUMENTS.get(paper.document_kind or '', '')} {paper.identity_number}"),
        ("志愿者编号", paper.volunteer_no), ("服务时间", f"{paper.from_day:%Y年%m月%d日}至{paper.until_day:%Y年%m月%d日}"),
        ("服务时长", f"{(paper.minutes or 0) / 60:.1f} 小时"), ("服务内容", paper.content), ("出具单位", paper.issuer),
        ("单位负责人", paper.responsible), ("经办人", paper.handler), ("联系方式", paper.contact),
    )  # fmt: skip
    return {
        "title": "志愿服务记录证明", "number": f"编号：{paper.number or f'{paper.alias}（临时编号，同样有效）'}",
        "withdrawn": "本证明已撤销" if paper.state == flow.WITHDRAWN_PAPER else "",
        "rows": [[name, str(value or "")] for name, value in rows],
        "lines": ["以上服务由本单位记录，特此证明。出具本证明不收取任何费用。"], "seal": "（盖章）",
        "day": f"{paper.issued_on:%Y年%m月%d日}", "fonts": list(OFFICIAL),
    }  # fmt: skip
