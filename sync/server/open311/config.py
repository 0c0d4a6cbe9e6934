"""What the operator's file says about Open311: the table ``[open311]``, and partners that are reached this way or post here.

[open311]                           # open the door: what is offered to everybody who asks
jurisdiction = "zhangzhou.example"
stations = ["350602002004"]         # whose requests are listed; "350602002*": all of a street
services = ["road", "lighting"]     # left out: everything about things and places
described = []                      # services whose descriptions everybody may read
pictured = []                       # services of whose requests everybody may see one photo
everything = false                  # true: what was registered at the desks is listed, too
grids = "grids.json"                # outlines of grids, as a desk keeps them: whose place is this?
url = "https://311.example"         # what clients call us by, where a proxy stands in between
contact = "0596-…"
key_service = "…"

[[partner]]
code = "city"                       # of the list of partners; who only posts may have any code of its own
adapter = "open311"
station = "350602002004"            # where goes what names no place of ours
url = "https://city.example/open311/v2"   # where our orders go; left out where they only post to us
key_file = "/etc/zzdesk/city.key"   # our key there
services = { lighting = "001" }     # our category → their service code, where that is another one
media = true                        # it takes photos with a request (parts "media" of a form, an extension)
key_hash = "sha256:…"               # of the key with which they post to us
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from sync.server.open311.client import Manner, Open311Client
from sync.server.open311.keys import HASH
from sync.server.open311.offer import Offer
from sync.server.open311.services import OPEN_TO_ALL, SERVICES
from sync.server.partners.config import Connection
from sync.server.partners.messages import Adapter
from sync.server.partners.web import Line, url_problem
from sync.server.scopes import BELOW
from zzdesk.errors import Problem
from zzdesk.handover.partners import partner as known_partner
from zzdesk.i18n import N_
from zzdesk.typed import convert

TABLE: Final = "open311"
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_STATION: Final = re.compile(r"[0-9]{4,12}\*?")


class OfferTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table ``[open311]``."""

    stations: tuple[str, ...]
    jurisdiction: str = ""
    services: tuple[str, ...] = OPEN_TO_ALL
    described: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
    everything: bool = False
    grids: str = ""
    url: str = ""
    contact: str = ""
    key_service: str = ""
    test: bool = False

    def problems(self) -> list[Problem]:
        """Return what is wrong with it."""
        found = [
            Problem(f"{TABLE}.{name}", N_("没有这个类别：{value}"), {"value": code})
            for name in ("services", "described", "pictured") for code in getattr(self, name) if code not in SERVICES
        ]  # fmt: skip
        found += [
            Problem(f"{TABLE}.stations", N_("应为区划的代码，后面可以加 * 表示它下面的全部"))
            for code in self.stations if not _STATION.fullmatch(code) or (len(code) < 12 and not code.endswith(BELOW))
        ]  # fmt: skip
        wrong = url_problem(self.url) if self.url else None
        return found + ([Problem(f"{TABLE}.url", wrong)] if wrong else [])

    def offer(self, partners: Sequence[str]) -> Offer:
        """Return it as the door uses it."""
        return Offer(
            self.jurisdiction, self.stations, self.services, self.described, self.pictured, self.everything,
            tuple(sorted(partners)), self.url, self.contact, self.key_service, self.test,
        )  # fmt: skip


def read_table(found: Any, problems: list[Problem]) -> OfferTable | None:
    """Return the table out of the file; what is wrong in it is added to the problems."""
    try:
        table = convert(found, OfferTable)
    except msgspec.ValidationError as error:
        problems.append(Problem(TABLE, N_("写法不对：{detail}"), {"detail": str(error)}))
        return None
    problems += table.problems()
    return table


class Open311(Connection, frozen=True, kw_only=True):
    """A partner that is reached by GeoReport v2 (``url``), or posts to us (``key_hash``), or both."""

    url: str = ""
    key_file: str = ""
    ca: str | None = None
    jurisdiction: str = ""
    services: dict[str, str] = {}
    attributes: bool = True
    media: bool = False
    key_hash: str = ""

    def open(self) -> Adapter:
        """Return the adapter."""
        manner = Manner(self.key_file, self.jurisdiction, self.services, self.media and self.files, self.attributes)
        return Open311Client(Line(self.url, self.ca), manner)

    def problems(self) -> Sequence[tuple[str, str, dict[str, Any]]]:
        """Return what is wrong with it."""
        found = [each for each in super().problems() if each[0] != "code"]
        if known_partner(self.code) is None and (self.url or not _CODE.fullmatch(self.code)):
            found.append(("code", N_("没有这个转办对方；只收不转的，代码用小写字母、数字和短横"), {}))
        if not self.url and not self.key_hash:
            found.append(("url", N_("url 和 key_hash 至少要写一个：转给对方的网址，或对方向我们上报的密钥"), {}))
        if self.url and (wrong := url_problem(self.url)):
            found.append(("url", wrong, {}))
        if self.url and not self.key_file:
            found.append(("key_file", N_("必填"), {}))
        if self.key_hash and not HASH.fullmatch(self.key_hash):
            found.append(("key_hash", N_("应是 zzdesk server open311-key 打印的 sha256: 开头的一行"), {}))
        found += [
            ("services", N_("没有这个类别：{value}"), {"value": code}) for code in self.services if code not in SERVICES
        ]
        return found
