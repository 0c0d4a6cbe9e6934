"""The region part of identity numbers: the first six digits, valid for ever once given (GB/T 2260).

A number keeps the code of the place and year it was given in, so codes that no longer exist are as good as
new ones. Zhangzhou is listed code by code, the rest of the country by its province.
"""

from __future__ import annotations

from typing import Final

PROVINCES: Final = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省",
}  # fmt: skip
"""First two digits → province, as GB/T 2260 has them."""

PERMITS: Final = {"81": "香港居民居住证", "82": "澳门居民居住证", "83": "台湾居民居住证"}
"""Residence permits use the same form; these digits stand where the province would."""

FOREIGN: Final = "外国人永久居留身份证"
"""Eighteen digits that start with 9 (the cards given since 2023)."""

ZHANGZHOU: Final = {
    "350600": "漳州市", "350601": "漳州市市辖区",
    "350602": "漳州市芗城区", "350603": "漳州市龙文区", "350604": "漳州市龙海区", "350605": "漳州市长泰区",
    "350621": "漳州市龙海县", "350622": "漳州市云霄县", "350623": "漳州市漳浦县", "350624": "漳州市诏安县",
    "350625": "漳州市长泰县", "350626": "漳州市东山县", "350627": "漳州市南靖县", "350628": "漳州市平和县",
    "350629": "漳州市华安县", "350681": "漳州市龙海市",
    "352500": "龙溪地区", "352501": "龙溪地区漳州市", "352521": "龙溪地区龙海县", "352522": "龙溪地区云霄县",
    "352523": "龙溪地区漳浦县", "352524": "龙溪地区诏安县", "352525": "龙溪地区长泰县",
    "352526": "龙溪地区东山县", "352527": "龙溪地区南靖县", "352528": "龙溪地区平和县",
    "352529": "龙溪地区华安县",
}  # fmt: skip
"""Every county-level code of Zhangzhou, today's and former ones (before 1985: 龙溪地区)."""

_LISTED_IN_FULL: Final = ("3506", "3525")


def region_name(code: str) -> str | None:
    """Return the name of the place of a six-digit region code, or None when no year knows it.

    Outside Zhangzhou the answer is the province, or the kind of permit.
    """
    if code in ZHANGZHOU:
        return ZHANGZHOU[code]
    if code.startswith(_LISTED_IN_FULL):
        return None
    if code.startswith("9"):
        return FOREIGN
    if code[:2] in PERMITS:
        return PERMITS[code[:2]] if code[2:] == "0000" else None
    return PROVINCES.get(code[:2])
