"""Made-up records for demonstrations and measurements: real places of Zhangzhou, invented people and phones."""

from __future__ import annotations

from typing import Any, Final

STATIONS: Final[dict[str, str]] = {
    "350602002004": "西桥社区",
    "350602007007": "金品社区",
    "350603005004": "丽景社区",
    "350626106005": "桥雅社区",
}
"""The communities that the demonstration knows, by division code."""

_STREETS: Final = (
    "台湾路", "修文西路", "新华东路", "大通北路", "延安北路", "腾飞路", "南昌中路", "瑞京路", "厦门路", "丹霞路",
)  # fmt: skip
_SURNAMES: Final = "林陈黄张王李吴蔡郑许杨刘庄曾郭洪何沈欧单"
_GIVEN: Final = (
    "志强", "美丽", "建国", "秀英", "晓燕", "阿婆", "伟", "芳", "国平", "小红", "文彬", "雅婷", "水金", "丽华",
)  # fmt: skip
_MATTERS: Final = (
    ("楼道灯不亮", "lighting", "三单元二楼楼道灯坏了几天，晚上老人上下楼看不见，请尽快来修。"),
    ("下水道堵塞，污水外溢", "drainage", "路口下水井往外冒水，味道很大，行人要绕着走。"),
    ("夜间施工噪音", "noise", "工地半夜十二点还在打桩，家里有要中考的孩子，睡不好。"),
    ("楼顶违章搭盖", "illegal-building", "七楼住户在楼顶搭铁皮棚，下雨漏到楼下。"),
    ("消防通道被占", "fire-hazard", "小区消防通道停满了车，昨天救护车差点进不来。"),
    ("垃圾没有及时清运", "sanitation", "垃圾桶满了三天没人收，招苍蝇，靠近小学门口。"),
    ("井盖松动", "road", "人行道上的井盖一踩就响，怕老人小孩掉下去。"),
    ("邻里因漏水争执", "dispute", "楼上卫生间漏水到楼下厨房，两家说不拢，想请社区出面。"),
    ("独居老人三天没有出门", "elder-child-care", "对门的老人平时天天下楼，这几天没见到人，电话也没接。"),
    ("树枝压到电线", "greenery", "台风后榕树的大枝压在电线上，风一吹就冒火花。"),
)


def person_name(n: int) -> str:
    """Return an invented name."""
    return _SURNAMES[n % len(_SURNAMES)] + _GIVEN[n // len(_SURNAMES) % len(_GIVEN)]


def phone(n: int) -> str:
    """Return an invented mobile number of a prefix that no operator has given out here."""
    return f"1990596{n % 10_000:04d}"


def report(n: int) -> dict[str, Any]:
    """Return the fields of report number ``n``: the same for the same number."""
    title, category, description = _MATTERS[n % len(_MATTERS)]
    street = _STREETS[n * 7 % len(_STREETS)]
    return {
        "title": f"{street}{title}",
        "category": category,
        "description": f"{description}（第{n}件）",
        "address": f"{street}{n % 180 + 1}号{n % 8 + 1}幢",
        "reporter_name": person_name(n),
        "reporter_phone": phone(n),
        "urgency": ("medium", "medium", "low", "high")[n % 4],
        "source": ("counter", "phone", "grid-worker")[n % 3],
    }


EMPLOYER: Final = {
    "employer_kind": "person",
    "name": "陈美丽",
    "identity_number": "350602195803070028",
    "handler_phone": "19905960002",
}
POSTING: Final = {
    "title": "周六搬家，两人半天",
    "trade": "moving",
    "headcount": 2,
    "wage": "180.00",
    "pay_unit": "day",
    "place": "台湾路41号",
    "tasks": "从三楼搬到新华东路，家具不多，有电梯。",
}
CASE: Final = {"category": "neighbours", "source": "application"}
