"""The reasons for not taking a report on, in editions, and the other ways that a resident has (domain rules B2.5).

The list is data of the service: editions are added and stay, because a record says by which one it was decided. The ten
reasons are those of the Xiamen 12345 service (domain rules B2.5); Zhangzhou has published none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_


@dataclass(frozen=True)
class Reason:
    """One reason: its code, what it says, and the ways that the resident has instead. Both texts are message ids."""

    code: str
    text: str
    ways: str


EDITIONS: Final[dict[str, tuple[Reason, ...]]] = {
    "12345-2026": (
        Reason("secret", N_("涉及国家秘密、商业秘密或个人隐私"),
               N_("不要在电话或窗口讲述秘密内容，请直接向有权处理的主管机关当面提出。")),
        Reason("outside-government", N_("属于人大、法院、检察院、军队等机关的职权"),
               N_("请向有权的机关提出：人大及其常委会、法院、检察院的信访窗口，或军队的有关部门。")),
        Reason("in-procedure", N_("已经进入诉讼、仲裁、行政复议程序"),
               N_("请在该程序中提出主张；对结果不服的，按法律规定上诉、申请再审或申请撤销。")),
        Reason("accepted-elsewhere", N_("其他单位已经受理，正在办理"),
               N_("请向已经受理的单位查询进度，可以凭原来的编号询问。")),
        Reason("finished", N_("已经依法办结，又以同一事实和理由提出"),
               N_("有新的事实或证据，可以重新反映；对原结果不服的，可以依法申请复议或提起诉讼。")),
        Reason("under-review", N_("正在复查、复核期间"),
               N_("请等待复查、复核的结果；期限和联系方式可以向承办机关询问。")),
        Reason("before-2005", N_("2005年5月1日以前已经处理终结的事项"),
               N_("请向原来作出处理的机关查询档案。")),
        Reason("emergency", N_("属于110、119、120、122等紧急求助"),
               N_("有危险请马上拨打：报警110，火警119，急救120，交通事故122。")),
        Reason("outside-area", N_("不属于本市管辖的事项"),
               N_("请拨打事发地的12345（本地区号加12345），或者向当地政府反映。")),
        Reason("other", N_("其他依法不予受理的事项"),
               N_("可以向有权处理的机关提出，也可以依法申请行政复议、仲裁或提起诉讼。")),
    ),
}  # fmt: skip
"""Edition → its reasons, in the order in which they are shown. The newest edition stands last."""
EDITION: Final = next(reversed(EDITIONS))


def reasons(edition: str = EDITION) -> tuple[Reason, ...]:
    """Return the reasons of an edition; none where a newer program knows it."""
    return EDITIONS.get(edition, ())


def reason_of(code: str, edition: str = EDITION) -> Reason:
    """Return one reason.

    Raises:
        NotFoundError: this edition has no such reason.
    """
    for reason in reasons(edition):
        if reason.code == code:
            return reason
    raise NotFoundError(N_("没有这个不予受理的理由：{code}"), code=code)
