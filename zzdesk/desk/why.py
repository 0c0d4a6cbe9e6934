"""What an answer of the centre means for the person at the desk: what it is, and what to do next.

The catalogue of codes is the protocol's (``sync.problems``), which this room must not import; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zzdesk.documents.months import WORDS as MONTH_WORDS
from zzdesk.evidence.guards import WORDS as FILE_WORDS
from zzdesk.evidence.recordings import WORDS as RECORDING_WORDS
from zzdesk.handover.workflow import WORDS as HANDOVER_WORDS
from zzdesk.i18n import N_, translate
from zzdesk.jobs.calling import WORDS as CALL_WORDS
from zzdesk.jobs.contact import WORDS as CONTACT_WORDS
from zzdesk.jobs.giveback import WORDS as GIVEBACK_WORDS
from zzdesk.jobs.guards import WORDS as JOB_WORDS
from zzdesk.jobs.queueing import WORDS as QUEUE_WORDS
from zzdesk.jobs.wages import WORDS as WAGE_WORDS
from zzdesk.mediation.guards import WORDS as MEDIATION_WORDS
from zzdesk.mediation.subsidy import WORDS as SUBSIDY_WORDS
from zzdesk.patrol.guards import WORDS as PATROL_WORDS
from zzdesk.reports.guards import WORDS as REPORT_WORDS

WORDS: Final = (
    REPORT_WORDS | PATROL_WORDS | HANDOVER_WORDS | MEDIATION_WORDS | MONTH_WORDS | SUBSIDY_WORDS
    | JOB_WORDS | WAGE_WORDS | QUEUE_WORDS | CONTACT_WORDS | GIVEBACK_WORDS | CALL_WORDS | FILE_WORDS | RECORDING_WORDS
)
"""The sentence of every rule that more than one record's own fields stand against."""

_TO_CONFLICTS: Final = N_("请到“冲突”里选定一个值。")
_NOTHING_TO_DO: Final = N_("不用做什么，下次同步会接着办。")
_ASK_ADMIN: Final = N_("请联系系统管理员；内容都在本机，不会丢。")
_LOOK_AND_GIVE_UP: Final = N_("请打开记录看现在的情况，需要的另记一条；这一项可以写明原因后放弃。")
_FOR_THE_HEAD: Final = N_("内容已在中心，请站长决定要不要；不用再送。")
_BACK_FROM_THE_HEAD: Final = N_("内容已在中心，请站长看：同意就照办；不同意会退回，改好可以再送。")
_OTHER_FILE: Final = N_("请核对是不是拿错了文件。")
UNKNOWN: Final = N_("中心说的情况本程序还不认识，请先升级程序，或把这一项导出交给技术支持。")

OPERATIONS: Final[dict[str, str]] = dict.fromkeys(WORDS, _LOOK_AND_GIVE_UP) | {
    "malformed-op": N_("请把这一项导出交给技术支持；内容还在本机。"),
    "too-large": N_("请删短内容，改好再送。"),
    "unknown-verb": N_("请系统管理员升级中心，升级后再送一次。"),
    "scope-denied": N_("请系统管理员在中心给本机这个范围的权限，再送一次。"),
    "server-only": N_("这一项不用送，可以写明原因后放弃。"),
    "id-taken": N_("请重新登记一条，再把这一项放弃。"),
    "write-once": _LOOK_AND_GIVE_UP,
    "frozen": N_("请在记录里另立补充，或者写明原因后放弃这一项。"),
    "party-unproven": N_("请添加身份证明再归档；这一项可以写明原因后放弃。"),
    "file-incomplete": N_("请在“办理”里看还缺什么，补齐再归档；这一项可以写明原因后放弃。"),
    "agreement-in-effect": N_("请另立一份变更或补正协议，由各方重新签字；或者写明原因后放弃这一项。"),
    "illegal-transition": _LOOK_AND_GIVE_UP,
    "out-of-range": N_("请改成允许的数，改好再送。"),
    "emptied": N_("请先加上应有的成员，再移除要移除的；这一项可以写明原因后放弃。"),
    "unproven": N_("请改用在中心登记过的那个密码登录，再送一次。"),
    "not-administrator": N_("请系统管理员来改；这一项可以写明原因后放弃。"),
    "same-person": N_("请另一位有权限的同事确认。"),
    "foreign-conflict": N_("请到“冲突”里重新决定；这一项可以放弃。"),
    "group-rejected": N_("请先改好同一次保存里被拒绝的那一项，它们会一起再送。"),
    "field-conflict": _TO_CONFLICTS,
    "late-transition": _TO_CONFLICTS,
    "restore": _TO_CONFLICTS,
    "void-proposal": _TO_CONFLICTS,
    "needs-second": N_("请另一位有权限的同事在“冲突”里确认。"),
    "still-open": N_("请到“冲突”里看新写的值，再决定一次。"),
    "claim-lost": N_("不用再做什么；确有必要接手，请有权限的同事改派。"),
    "claim-closed": N_("不用再认领；这一项可以放弃。"),
    "claim-override": N_("请有改派权限的同事来做，并写明理由。"),
    "no-permission": N_("请有这个权限的同事来做，或请系统管理员给权限；这一项可以写明原因后放弃。"),
    "permission-ended": _FOR_THE_HEAD,
    "login-expired": _FOR_THE_HEAD,
    "device-withdrawn": _FOR_THE_HEAD,
    "roles-unconfirmed": N_("请本站的系统管理员在“设置 → 账号”里给这些角色。"),
    "moved-already": N_("请打开记录看它现在在哪里；这一项可以放弃。"),
    "not-movable": N_("请转移它所属的记录；这一项可以放弃。"),
    "unknown-place": N_("请核对要转去的社区，或请系统管理员先接入它；改好再送。"),
    "op-id-reused": N_("请对照记录现在的样子；还需要的改好再送，不要的写明原因后放弃。"),
    "recovering": _NOTHING_TO_DO,
    "refused-before": _LOOK_AND_GIVE_UP,
    "accepted-before": _FOR_THE_HEAD,
    "left-out": _FOR_THE_HEAD,
    "blocked": N_("请到“冲突”里决定，决定后会自动继续。"),
    "held-too-long": N_("请站长看这一项：可以再送，也可以写明原因后放弃。"),
    "waiting": N_("不用做什么；它等的内容一到就会处理，满七天没到会请人来看。"),
    "bytes-missing": N_("这一步以附件为据：附件的内容送到中心后会自动继续；请保持联网，或用U盘带上附件。"),
    "deferred": _NOTHING_TO_DO,
    "quarantine-rejected": N_("请看退回的理由；需要的改好再送，不要的写明原因后放弃。"),
    "author-withdrew": N_("还需要的改好再送，不要的写明原因后放弃。"),
    "quarantined": N_("请系统管理员在中心查看原因，处理好以后再送一次。"),
    "same-reviewer": N_("请一位上一轮没有核实过的同事去看；这一项可以写明原因后放弃。"),
    "self-approval": N_("请另一位有权限的同事批准；这一项可以写明原因后放弃。"),
    "unapproved": N_("请先申请，由另一位有权限的同事批准；这一项可以写明原因后放弃。"),
    "void-by-request": N_("请申请废止，由另一位有权限的同事批准；这一项可以写明原因后放弃。"),
    "units-missing": N_("请先登记还没有反馈的协办单位办得怎样，再登记处置完成；这一项可以放弃。"),
    "agreement-changed-after-signing": N_("请写明原因放弃这一项，再照签过字的文本改回协议，按纸上的日子填签名，重新确认生效。"),
    "record-changed-after-signing": N_("请写明原因放弃这一项，再到调解室按“改了重新宣读”改好、宣读、重新签名。"),
    "no-contact": N_("请先联系居民并记下来，再办这一步；这一项可以放弃。"),
}
"""What to do about one operation, by the code of its problem."""

REQUESTS: Final[dict[str, str]] = {
    "malformed": N_("请升级程序；还不行就联系技术支持。"),
    "unauthorised": N_("请再试一次；还不行就请系统管理员重新登记本机。"),
    "scope-denied": N_("请系统管理员在中心给本机这个范围的权限。"),
    "device-escrow": N_("请系统管理员在中心恢复本机；内容都在本机，不会丢。"),
    "device-dead": N_("请系统管理员重新登记本机；没送的内容可以先导出。"),
    "enrol-refused": N_("请向中心的管理员要一个新的接入码。"),
    "account-disabled": _ASK_ADMIN,
    "other-station": N_("请核对接入码上写的站点。"),
    "not-found": N_("请核对中心网址，或者升级程序。"),
    "method-not-allowed": N_("请核对中心网址，或者升级程序。"),
    "epoch-changed": _NOTHING_TO_DO,
    "other-centre": N_("请改回原来的中心，或者另建工作站。"),
    "replica-forked": _NOTHING_TO_DO,
    "rolled-back": N_("请告诉中心的管理员；内容都在本机，不会丢。"),
    "recovering": _NOTHING_TO_DO,
    "range": N_("请升级程序；还不行就联系技术支持。"),
    "tus-version": N_("请升级程序；还不行就联系技术支持。"),
    "too-large": N_("请升级程序；还不行就联系技术支持。"),
    "media-type": N_("请升级程序；还不行就联系技术支持。"),
    "bundle-foreign": _OTHER_FILE,
    "bundle-broken": N_("请重新拷贝，或请发出方重新导出。"),
    "bundle-newer": N_("请先升级本程序，再导入。"),
    "bundle-forged": N_("请发出方重新导出。"),
    "bundle-not-for-you": N_("请交给收件的工作站或中心导入。"),
    "bundle-unknown-device": N_("请先在中心登记那台设备。"),
    "bundle-other-centre": _OTHER_FILE,
    "bundle-epoch": N_("请那台工作站先联网同步一次，再重新导出。"),
    "bundle-not-up": N_("请在收件的工作站导入。"),
    "blob-unknown": N_("请先等附件的记录送到中心；不归本站的，请联系系统管理员。"),
    "blob-pending": N_("请等写它的那台工作站联网送到；不用做什么。"),
    "blob-offset": _NOTHING_TO_DO,
    "blob-kept": N_("不用做什么，附件已经完整。"),
    "blob-size": N_("请重新添加这个附件，原来的可以作废。"),
    "blob-differs": _NOTHING_TO_DO,
    "checksum": _NOTHING_TO_DO,
    "no-space": N_("请中心的管理员清出空间；附件都在本机，不会丢。"),
    "op-id-reused": N_("请联系技术支持；内容都在本机，不会丢。"),
    "read-only": _NOTHING_TO_DO,
    "may-not-decide": N_("请那个站点的站长或调委会主任来决定。"),
    "own-work": N_("请另一位站长或调委会主任来决定，或者撤回。"),
    "cannot-decide": N_("请联系技术支持，或者不予同意。"),
    "quarantine-gone": N_("请再看一次列表，已经有人决定了。"),
    "upgrade": N_("请升级程序；没送的内容不会丢。"),
    "rate-limited": N_("请过几分钟再试。"),
    "internal": N_("请过一会儿再试；还不行就告诉中心的管理员。"),
    "busy": N_("不用做什么，过一会儿会自动再试。"),
}
"""What to do when a whole request was refused, by the code of its problem."""

DESK: Final[dict[str, tuple[str, str]]] = {
    "offline": (N_("现在连不上中心"), N_("不用做什么，连上以后会自动送达；急用可以导出到 U 盘。")),
    "not-ours": (N_("连到的不是本站的中心"), N_("如果是要先登录的网络，请先在浏览器里登录；其他情况请告诉系统管理员。")),
    "busy": (N_("另一个窗口或程序正在同步本机"), N_("请等它结束，再试一次。")),
    "stopped": (N_("同步被停下了"), N_("再按“现在同步”，会从停下的地方接着来。")),
    "disk-full": (N_("磁盘满了，接收不了新内容"), N_("请清出一些空间，再按“现在同步”。")),
    "refused": (N_("这次同步没有做成"), N_("请再试一次；还不行就联系系统管理员。")),
}
"""What kept a whole round from finishing, and what to do, by the code of the error."""


@dataclass(frozen=True)
class Explained:
    """What something is, and what to do next, in the language of the person."""

    what: str
    next: str


def explain_operation(code: str | None, title: str | None, *, aside: bool = False) -> Explained:
    """Return what the centre's answer to one operation means.

    Args:
        code: of the catalogue of operations; None where the centre said nothing.
        title: the centre's own words for it, a Chinese message id.
        aside: whether the centre has put it before a supervisor: until then its author has nothing to do.
    """
    if code is None:
        return Explained("", "")
    following = _BACK_FROM_THE_HEAD if aside and code in WORDS else OPERATIONS.get(code, UNKNOWN)
    return Explained(translate(title) if title else code, translate(following))


def rule_against(code: str) -> str | None:
    """Return the sentence of the rule that stands against work which the centre put aside; None where it is no rule."""
    return translate(WORDS[code]) if code in WORDS else None


def explain_round(code: str | None, titles: dict[str, str] | None = None) -> Explained:
    """Return why the last round did not finish; empty where it did.

    ``titles`` are the protocol's words for what a centre refuses, by code.
    """
    if code is None:
        return Explained("", "")
    if code in DESK:
        what, following = DESK[code]
        return Explained(translate(what), translate(following))
    what = (titles or {}).get(code, "")
    return Explained(translate(what) if what else code, translate(REQUESTS.get(code, UNKNOWN)))
