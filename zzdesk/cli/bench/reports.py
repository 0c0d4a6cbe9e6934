"""Reports as long as real ones, about 700 bytes each: what is told differs from one to the next, as people's words do."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli import sample

if TYPE_CHECKING:
    from zzdesk.store.unit import ChangeSet, UnitOfWork

CHUNK: Final = 200
"""Reports in one transaction, as imports have them."""

_TOLD: Final = (
    "来电人说已经向物业反映过{n}次，一直没有回音。", "现场拍了{n}张照片，发在居民群里了。",
    "楼下店铺从早上{h}点开始营业，客人进出都受影响。", "前天下午{h}点多有人差点摔倒，幸好旁边有人扶住。",
    "同一单元还有{n}户也遇到一样的情况，愿意一起签字。", "希望派人上门看看，家里{h}点以后都有人。",
    "夜里{h}点以后最明显，白天反而不容易发现。", "老人行动不便，请上门前先打电话，不要敲门太急。",
    "去年{m}月也发生过，当时修了以后好了一阵子。", "旁边就是幼儿园，接送的时候人多车多，怕出事。",
    "估计要{n}个工作日才能修好，请先拉上警戒线。", "网格员{h}点左右到过现场，做了简单的处理。",
    "具体位置在进门右手边第{n}根柱子后面，不太好找。", "对方不肯留电话，只说住在{n}号楼，可以问门卫。",
    "下雨的时候水会流到地下车库，电梯也停过{n}回。", "这件事在{m}月的居民议事会上提过，记录在册。",
    "如果需要协调，居民代表{h}点以后有空参加。", "费用的问题业委会还没有定下来，请街道帮忙沟通。",
)  # fmt: skip


def report(n: int) -> dict[str, Any]:
    """Return the fields of report number ``n``: the same for the same number."""
    chance = random.Random(n)  # noqa: S311 - made-up words
    told = "".join(
        sentence.format(n=chance.randint(2, 9), h=chance.randint(6, 22), m=chance.randint(1, 12))
        for sentence in chance.sample(_TOLD, 4)
    )
    fields = sample.report(n)
    return fields | {"description": fields["description"] + told}


def add_many(work: UnitOfWork, numbers: Sequence[int]) -> ChangeSet:
    """Add reports in one transaction."""
    from zzdesk.reports.commands import add

    for n in numbers:
        add(work, report(n))
    return work.commit()
