"""The services of GeoReport v2: what can be reported is a category of a report, under the same code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from zzdesk.i18n import N_, translate

REALTIME: Final = "realtime"
"""Every request has its id at once; this server gives out no tokens."""
EXTERNAL_ID: Final = "external_id"
HAPPENED_AT: Final = "happened_at"

_ORDER, _PLACE, _HOUSE, _PEOPLE, _REST = (
    N_("秩序与安全"), N_("道路与公共设施"), N_("房屋与环境"), N_("居民事务"), N_("其他"),
)  # fmt: skip


@dataclass(frozen=True)
class Service:
    """One service: Chinese message ids; ``keywords`` are what people may look for."""

    code: str
    name: str
    about: str
    keywords: str
    group: str

    def shown(self, language: str) -> dict[str, Any]:
        """Return the service as GET services lists it."""
        return {
            "service_code": self.code, "service_name": translate(self.name, language),
            "description": translate(self.about, language), "metadata": True, "type": REALTIME,
            "keywords": translate(self.keywords, language), "group": translate(self.group, language),
        }  # fmt: skip


_ALL: Final = (
    Service("public-order", N_("社会治安"), N_("扰乱秩序、可疑的人和事；正在发生的请先拨110"), N_("治安,可疑,扰乱"), _ORDER),
    Service("dispute", N_("矛盾纠纷"), N_("邻里、家庭、劳务等纠纷，可以申请人民调解"), N_("纠纷,调解,邻里"), _PEOPLE),
    Service("public-safety", N_("公共安全"), N_("可能伤到人的隐患：井盖、高空坠物、溺水点"), N_("安全,隐患,井盖,坠物"), _ORDER),
    Service("fire-hazard", N_("消防隐患"), N_("堵住消防通道、飞线充电、电动车进楼；着火请先拨119"), N_("消防,火灾,充电"), _ORDER),
    Service("dangerous-building", N_("危险房屋"), N_("房屋倾斜、开裂、外墙脱落"), N_("危房,开裂,外墙"), _HOUSE),
    Service("road", N_("道路设施"), N_("路面破损、塌陷，护栏、标志损坏"), N_("道路,路面,护栏,坑"), _PLACE),
    Service("lighting", N_("路灯照明"), N_("路灯不亮、闪烁、灯杆倾斜"), N_("路灯,照明"), _PLACE),
    Service("drainage", N_("排水积水"), N_("下水道堵塞、污水外溢、路面积水"), N_("排水,积水,下水道,污水"), _PLACE),
    Service("sanitation", N_("环境卫生"), N_("垃圾堆积、乱倒、异味、除四害"), N_("垃圾,卫生,异味"), _HOUSE),
    Service("noise", N_("噪声扰民"), N_("施工、营业、音响等噪声"), N_("噪声,施工,音响"), _HOUSE),
    Service("illegal-building", N_("违法建设"), N_("正在搭建或已经搭建的违法建筑"), N_("违建,搭建"), _HOUSE),
    Service("street-order", N_("街面秩序"), N_("占道经营、乱停乱放、乱贴乱挂"), N_("占道,停车,广告"), _PLACE),
    Service("greenery", N_("园林绿化"), N_("树木倒伏、绿地损坏、遮挡"), N_("树木,绿化,倒伏"), _HOUSE),
    Service("water-power-gas", N_("水电燃气"), N_("停水停电、漏水、燃气异味；漏气请先拨抢修电话"), N_("水,电,燃气"), _PLACE),
    Service("elder-child-care", N_("一老一小"), N_("独居老人、困境儿童需要帮助"), N_("老人,儿童,帮助"), _PEOPLE),
    Service("marine-mangrove", N_("海岸红树林"), N_("盗伐红树林、违法捕捞、岸线倾倒"), N_("红树林,海岸,捕捞"), _HOUSE),
    Service("other", N_("其他"), N_("上面没有的事"), N_("其他"), _REST),
)  # fmt: skip
SERVICES: Final = {service.code: service for service in _ALL}

OPEN_TO_ALL: Final = tuple(
    code for code in SERVICES if code not in ("public-order", "dispute", "elder-child-care", "other")
)
"""Services about things and places: what is offered and listed unless an operator says otherwise. The rest are about
people; that such a report exists at a place may already say who is meant (PIPL article 28)."""


def definition(service: Service, language: str) -> dict[str, Any]:
    """Return what else may be said about a request, as GET services/code says it. Nothing of it has to be."""
    asked = (
        (EXTERNAL_ID, "string", N_("贵方给这件诉求的编号"), N_("同一个编号再来一次，不会重复登记")),
        (HAPPENED_AT, "datetime", N_("什么时候发生的"), N_("例如 2026-01-31T09:00:00+08:00")),
    )
    return {
        "service_code": service.code,
        "attributes": [
            {
                "variable": True, "code": code, "datatype": datatype, "required": False,
                "datatype_description": translate(how, language), "order": order,
                "description": translate(what, language), "values": [],
            }
            for order, (code, datatype, what, how) in enumerate(asked, 1)
        ],
    }  # fmt: skip
