"""The catalogue of what can be wrong with a request or an operation: RFC 9457 types, statuses and titles.

Titles are Chinese message ids without places to fill; ``params`` carry the facts, so that a desk can say the title in
its own language.  Neither ever holds personal data.
"""

from __future__ import annotations

from typing import Any, Final

from zzdesk.documents.months import WORDS as MONTH_WORDS
from zzdesk.evidence.guards import WORDS as FILE_WORDS
from zzdesk.evidence.recordings import WORDS as RECORDING_WORDS
from zzdesk.handover.workflow import WORDS as HANDOVER_WORDS
from zzdesk.i18n import N_
from zzdesk.jobs.calling import WORDS as CALL_WORDS
from zzdesk.jobs.contact import WORDS as CONTACT_WORDS
from zzdesk.jobs.giveback import WORDS as GIVEBACK_WORDS
from zzdesk.jobs.guards import WORDS as JOB_WORDS
from zzdesk.jobs.queueing import WORDS as QUEUE_WORDS
from zzdesk.jobs.wages import WORDS as WAGE_WORDS
from zzdesk.mediation.guards import WORDS as MEDIATION_WORDS
from zzdesk.mediation.subsidy import WORDS as SUBSIDY_WORDS
from zzdesk.patrol.guards import WORDS as PATROL_WORDS
from zzdesk.reports.guards import WORDS

PREFIX: Final = "/p/"

REQUEST_PROBLEMS: Final[dict[str, tuple[int, str]]] = {
    "malformed": (400, N_("请求内容不符合约定")),
    "unauthorised": (401, N_("凭证无效或已过期")),
    "scope-denied": (403, N_("本机无权读写这个范围")),
    "device-escrow": (403, N_("本机已暂停使用")),
    "device-dead": (403, N_("本机已注销")),
    "enrol-refused": (403, N_("接入码不正确、已使用或已过期")),
    "account-disabled": (403, N_("这个账号在中心已停用，请联系系统管理员")),
    "other-station": (403, N_("接入码属于另一个站点，请向中心要本站的接入码")),
    "may-not-decide": (403, N_("只有那个站点的站长或调委会主任可以决定")),
    "own-work": (403, N_("这是自己写的，要由另一位有权限的人决定；自己可以撤回")),
    "cannot-decide": (409, N_("这项操作中心处理不了，已记入日志，它还在隔离区；请联系技术支持，或者不予同意")),
    "quarantine-gone": (404, N_("隔离区里没有这项操作了，可能别人已经决定")),
    "not-found": (404, N_("没有这个地址")),
    "method-not-allowed": (405, N_("不支持这种请求方式")),
    "blob-unknown": (404, N_("中心没有这个附件的记录，或本机无权读写它的内容")),
    "blob-pending": (404, N_("附件的内容还没有送到中心")),
    "epoch-changed": (409, N_("中心的数据换过一次，需要重新核对")),
    "other-centre": (
        409,
        N_("本机已与另一个中心（或它换库之前的数据）核对过内容，不能改登记到这里；内容没有改变，请另建工作站再登记"),
    ),
    "replica-forked": (409, N_("本机数据库与另一份副本重号，需要重新编号")),
    "blob-offset": (409, N_("附件的内容要从中心已有的位置接着送")),
    "blob-kept": (409, N_("附件的内容已经完整，不能撤回")),
    "tus-version": (412, N_("上传的约定版本不同，请先升级程序")),
    "rolled-back": (
        409,
        N_("中心的数据比本机核对过的还旧，像是恢复了备份而没有登记；内容没有改变，请告诉中心的管理员运行 post-restore"),
    ),
    "too-large": (413, N_("内容超过允许的大小")),
    "media-type": (415, N_("请求的格式不受支持")),
    "bundle-foreign": (400, N_("这不是本程序的数据包，什么都没有改变")),
    "bundle-broken": (400, N_("数据包不完整或被改动过，什么都没有改变；请重新拷贝，或请发出方重新导出")),
    "bundle-newer": (400, N_("数据包由更新的程序写成，什么都没有改变；请先升级本程序")),
    "bundle-forged": (403, N_("数据包的签名与发出方不符，什么都没有改变；请发出方重新导出")),
    "bundle-not-for-you": (403, N_("数据包是加密给别人的，这里读不了，什么都没有改变")),
    "bundle-unknown-device": (403, N_("中心不认识导出这个数据包的设备，什么都没有改变")),
    "bundle-other-centre": (409, N_("数据包属于另一个中心，什么都没有改变")),
    "bundle-epoch": (409, N_("数据包与中心之间隔着一次恢复，什么都没有改变；请让那台工作站先联网同步一次，再重新导出")),
    "bundle-not-up": (409, N_("这是中心发出的答复，应在收件的工作站导入，什么都没有改变")),
    "range": (416, N_("附件没有这一段内容")),
    "blob-size": (422, N_("附件的大小与登记的不符")),
    "blob-differs": (422, N_("送到中心的附件内容与登记的不符，要重新送")),
    "op-id-reused": (422, N_("同一个操作编号有两种内容")),
    "upgrade": (426, N_("程序版本太旧，请先升级")),
    "rate-limited": (429, N_("尝试太频繁，请稍后再试")),
    "checksum": (460, N_("这一段附件内容在路上出错，要重送这一段")),
    "internal": (500, N_("中心出错，已记录")),
    "busy": (503, N_("中心正忙，请稍后再试")),
    "read-only": (503, N_("中心正在维护，暂时只能查看，改动都留在本机，恢复后自动送出")),
    "no-space": (507, N_("中心的磁盘空间不足，附件内容暂存在本机，请联系系统管理员")),
}

OP_PROBLEMS: Final[dict[str, str]] = {
    "malformed-op": N_("操作内容不符合约定"),
    "too-large": N_("内容超过允许的大小"),
    "unknown-verb": N_("中心不认识这种操作"),
    "scope-denied": N_("本机无权读写这个范围"),
    "server-only": N_("这类记录只由中心产生"),
    "id-taken": N_("这个编号已属于另一条记录"),
    "write-once": N_("这一项登记后不能更改"),
    "frozen": N_("记录已定稿，这一项不能更改，请另立补充"),
    "agreement-in-effect": N_("协议已生效，请走变更"),
    "illegal-transition": N_("不能这样改变状态"),
    "out-of-range": N_("数值超出范围"),
    "emptied": N_("别人也移除了成员，再移除就一个也不剩了"),
    "unproven": N_("本账号在中心登记的密码与本机不同，内容还在本机"),
    "not-administrator": N_("只有系统管理员可以改账号"),
    "same-person": N_("提出和确认必须是两个人"),
    "foreign-conflict": N_("所解决的冲突不属于这条记录"),
    "quarantine-rejected": N_("站长没有同意，内容还在本机"),
    "author-withdrew": N_("作者自己撤回了，内容还在本机"),
    "no-permission": N_("这个账号没有做这件事的权限"),
    "permission-ended": N_("做这件事时有权限，现在没有了，内容已送到中心，等站长决定"),
    "login-expired": N_("离线登录已过期限后做的，内容已送到中心，等站长决定"),
    "device-withdrawn": N_("本机已暂停使用，内容已送到中心，等站长决定"),
    "roles-unconfirmed": N_("站长、系统管理员等角色要由本站的系统管理员给，账号已登记，其余角色有效"),
    "moved-already": N_("这条记录已经被别人转到另一处"),
    "not-movable": N_("这类记录不能单独转移，它跟着所属的记录走"),
    "unknown-place": N_("没有这个社区或网格，或者它还没有接入中心"),
    "group-rejected": N_("同一次保存的另一项被拒绝，整组未生效"),
    "field-conflict": N_("别人也改了这一项，两个值都已保留，等待处理"),
    "late-transition": N_("状态已被别人改过，等待处理"),
    "restore": N_("记录已作废，所改内容已保留，等待处理"),
    "void-proposal": N_("记录在作废前又被别人改过，等待处理"),
    "needs-second": N_("已提出，等待另一人确认"),
    "still-open": N_("处理期间又有新的改动，冲突仍未解决"),
    "claim-lost": N_("已由别人先认领，您补充的内容都已保留"),
    "claim-closed": N_("已经作废或办结，不能再认领"),
    "claim-override": N_("改派或收回别人的认领要有权限，并写明理由"),
    "held-too-long": N_("所依据的改动等了七天没有到，由人决定"),
    "left-out": N_("它所属的记录在中心恢复以后没有放回，由人决定"),
    "blocked": N_("金额、证件或当事人有未决定的冲突，决定后自动继续"),
    "waiting": N_("在等更早的操作到达"),
    "bytes-missing": N_("在等附件的内容送到中心"),
    "recovering": N_("中心刚从备份恢复，正在收回各站的内容，请稍候"),
    "refused-before": N_("中心恢复之前已经退回过"),
    "accepted-before": N_("中心恢复之前收下过，现在放不进去，等站长决定"),
    "deferred": N_("中心暂时无法处理，稍后重试"),
    "quarantined": N_("多次处理失败，内容已保留，等待管理员"),
} | WORDS | HANDOVER_WORDS | PATROL_WORDS | MEDIATION_WORDS | MONTH_WORDS | SUBSIDY_WORDS | JOB_WORDS | WAGE_WORDS | (
    QUEUE_WORDS | CONTACT_WORDS | GIVEBACK_WORDS | CALL_WORDS | FILE_WORDS | RECORDING_WORDS
)


class WireError(Exception):
    """A request that is refused as a whole; becomes a problem+json answer."""

    def __init__(self, code: str, retry_after_s: int | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_s = retry_after_s
        self.params = params

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return REQUEST_PROBLEMS[self.code][0]

    @property
    def title(self) -> str:
        """Return the Chinese message id."""
        return REQUEST_PROBLEMS[self.code][1]
