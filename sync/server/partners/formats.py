"""Rows of a partner's file as things that came in, and what goes out as rows: our names or the Chinese ones of 12345.

A row is a mapping of names to texts or JSON values. Nothing is guessed: what cannot be read is named with its field.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

import msgspec

from sync.server.partners.messages import FileIn, Incoming, OrderIn, Outgoing, Receipt, ReceiptIn, StatusIn
from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.errors import InvalidError, Problem
from zzdesk.handover.partners import FIELDS
from zzdesk.handover.workflow import STATUSES
from zzdesk.i18n import N_
from zzdesk.reports.workflow import CATEGORIES, DEMANDS, URGENCIES
from zzdesk.typed import convert

KIND: Final = "kind"
ORDER, RECEIPT, STATUS = "order", "receipt", "status"

CHINESE: Final[dict[str, tuple[str, ...]]] = {
    KIND: ("类型", "文件类型"),
    "order": ("转办编号", "本方编号"), "receipt_number": ("回执编号", "回执号"), "status": ("办理状态", "状态"),
    "text": ("办理情况", "说明"), "at": ("时间", "回执时间", "办理时间"), "line": ("序号",),
    "external_ref": ("工单编号", "对方编号"), "title": ("标题", "工单标题"), "description": ("诉求内容", "内容"),
    "category": ("类别",), "demand": ("诉求类型",), "urgency": ("紧急程度",), "happened_at": ("发生时间", "事发时间"),
    "given_at": ("派单时间", "转办时间"), "address": ("地址", "事发地址", "地点"), "area": ("区划代码", "网格"),
    "latitude": ("纬度",), "longitude": ("经度",), "reporter_name": ("诉求人", "姓名"),
    "reporter_phone": ("联系电话", "联系号码", "电话"), "name_hidden": ("姓名保密",), "limit_days": ("办理时限", "时限"),
    "key": ("消息编号",), "what": ("消息类型",), "number": ("事件编号",), "grid": ("网格代码",), "people_count": ("涉及人数",),
    "recipient": ("收件部门",), "reason": ("转办理由",), "called_at": ("报警时间",), "called_by": ("报警人",),
    "call_taker": ("接警员",), "call_outcome": ("接警答复",), "public_answer": ("公开答复内容",), "out_of_duty": ("超职责诉求",),
    "request_type": ("申请类型",), "origins": ("来源编号",), "round": ("办理轮次",), "order_number": ("转办件编号",),
    "files": ("附件",),
}  # fmt: skip
"""What columns may be called beside our own names; the first is what we write."""
_NAMES: Final = {word: name for name, words in CHINESE.items() for word in words} | {name: name for name in CHINESE}

_KINDS: Final = {"工单": ORDER, "诉求件": ORDER, "回执": RECEIPT, "状态": STATUS, "办理状态": STATUS, "催办": STATUS}
_DEMANDS: Final = {"咨询": "consultation", "求助": "help", "建议": "suggestion", "投诉": "complaint", "举报": "tip-off"}
_URGENCIES: Final = {"高": "high", "紧急": "high", "中": "medium", "一般": "medium", "低": "low", "不急": "low"}
_STATUSES: Final = {
    "受理": "accepted", "已受理": "accepted", "办理中": "working", "办结": "done", "已办结": "done", "退回": "returned",
    "退单": "returned", "超职责": "out-of-duty", "超职责诉求": "out-of-duty", "撤回": "withdrawn", "催办": "urged",
    "更正": "changed", "内容更正": "changed", "留言": "note",
}  # fmt: skip
_CATEGORIES: Final = {
    "社会治安": "public-order", "矛盾纠纷": "dispute", "公共安全": "public-safety", "消防隐患": "fire-hazard",
    "危险房屋": "dangerous-building", "道路设施": "road", "路灯照明": "lighting", "排水积水": "drainage",
    "环境卫生": "sanitation", "噪声扰民": "noise", "违法建设": "illegal-building", "街面秩序": "street-order",
    "园林绿化": "greenery", "水电燃气": "water-power-gas", "一老一小": "elder-child-care", "海岸红树林": "marine-mangrove",
    "其他": "other",
}  # fmt: skip
_BOOL: Final = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}
_WRITTEN: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
_SAID: Final[dict[str, dict[Any, str]]] = {
    name: {code: word for word, code in reversed(words.items())}
    for name, words in (("category", _CATEGORIES), ("demand", _DEMANDS), ("urgency", _URGENCIES), ("status", _STATUSES))
} | {"what": {"order": "工单", "withdraw": "撤回", "status": "办理状态"}}
"""Codes in the partner's words, where a person reads them: in a table."""


class _Row:
    """The values of one row by our names, with what is wrong with them."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._values: dict[str, Any] = {}
        self._files: list[Any] = []
        for name, value in row.items():
            ours = _NAMES.get(str(name).strip())
            if ours == "files" and isinstance(value, list | dict):
                self._files = value if isinstance(value, list) else [value]
                continue
            if isinstance(value, list):
                value = "；".join(map(str, value))
            if ours is not None and value is not None and (text := str(value).strip()):
                self._values.setdefault(ours, value if isinstance(value, bool) else text)
        self.problems: list[Problem] = []

    def text(self, name: str, *, required: bool = False) -> str | None:
        value = self._values.get(name)
        if value is None and required:
            self.problems.append(Problem(name, N_("必填")))
        return None if value is None else str(value)

    def code(self, name: str, words: Mapping[str, str], codes: Sequence[str], *, required: bool = False) -> str | None:
        said = self.text(name, required=required)
        found = words.get(said or "", said)
        if found is not None and found not in codes:
            self.problems.append(Problem(name, N_("只能是：{choices}"), {"choices": "、".join(words)}))
            return None
        return found

    def moment(self, name: str) -> str | None:
        said = self.text(name)
        if said is None:
            return None
        found = _moment(said)
        if found is None:
            self.problems.append(Problem(name, N_("时间写成 2026-02-13 16:40，或带时区的 ISO 8601")))
        return found

    def whole(self, name: str) -> int | None:
        said = self.text(name)
        digits = (said or "").removesuffix("个工作日").removesuffix("工作日").removesuffix("天").strip()
        if said is not None and not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and 1 <= int(digits) <= 366):
            self.problems.append(Problem(name, N_("应为 1 到 366 的整数")))
            return None
        return int(digits) if said is not None else None

    def files(self) -> tuple[FileIn, ...]:
        """Return the files that an order names: objects, or a text ``NAME SHA256；NAME SHA256``."""
        said = [each.strip().rpartition(" ") for each in re.split(r"[；;\n]+", self.text("files") or "") if each.strip()]
        return files_in(self._files or [{"name": name.strip() or last, "sha256": last.lower()} for name, _, last in said])

    def switch(self, name: str) -> bool | None:
        said = self.text(name)
        found = _BOOL.get((said or "").lower())
        if said is not None and found is None:
            self.problems.append(Problem(name, N_("只能是：{choices}"), {"choices": "是、否"}))
        return found


def files_in(given: Any) -> tuple[FileIn, ...]:
    """Return the files that an order names; one that is written in another way has no hash, and is refused when it is taken.

    An order is not refused for how its files are written: these are named one by one once the order is in.
    """
    rows = [] if given is None else given if isinstance(given, list) else [given]
    return tuple(map(_file_in, rows))


def _file_in(row: Any) -> FileIn:
    try:
        return convert(row, FileIn)
    except msgspec.ValidationError:
        name = row.get("name") or row.get("url") if isinstance(row, dict) else row
        return FileIn(str(name or "")[-200:], "")


def _moment(said: str) -> str | None:
    """Return a moment as the wire has it, None where no way of writing one fits; without a zone it is the offices'."""
    return next((found for written in (None, *_WRITTEN) if (found := _written(said, written)) is not None), None)


def _written(said: str, written: str | None) -> str | None:
    """Return the moment if it is written this way (None: ISO 8601), else None."""
    try:
        if written:
            return to_iso(datetime.strptime(said, written).replace(tzinfo=OFFICE_TIME))
        found = datetime.fromisoformat(said)
        return to_iso(found if found.tzinfo else found.replace(tzinfo=OFFICE_TIME))
    except (ValueError, OverflowError):
        return None


def incoming(found: Mapping[str, Any]) -> Incoming:
    """Return what a row says.

    Raises:
        InvalidError: every field of it that is missing or cannot be read.
    """
    row = _Row(found)
    kind = row.code(KIND, _KINDS, (ORDER, RECEIPT, STATUS)) or ORDER
    made = {ORDER: _order, RECEIPT: _receipt, STATUS: _status}[kind](row)
    if row.problems:
        raise InvalidError(row.problems)
    return made


def _order(row: _Row) -> Incoming:
    return OrderIn(
        row.text("external_ref", required=True) or "", row.text("title", required=True) or "", row.text("description"),
        row.code("category", _CATEGORIES, CATEGORIES), row.code("demand", _DEMANDS, DEMANDS),
        row.code("urgency", _URGENCIES, URGENCIES), row.moment("happened_at"), row.moment("given_at"), row.text("address"),
        row.text("area"), row.text("latitude"), row.text("longitude"), row.text("reporter_name"), row.text("reporter_phone"),
        row.switch("name_hidden"), row.whole("limit_days"),
        tuple(re.split(r"[；;,，\s]+", row.text("origins") or "")) if row.text("origins") else (), row.files(),
    )  # fmt: skip


def _receipt(row: _Row) -> Incoming:
    number = row.text("receipt_number", required=True) or ""
    return ReceiptIn(row.text("order", required=True) or "", Receipt(number, row.moment("at"), row.text("external_ref")))


def _status(row: _Row) -> Incoming:
    ours, theirs = row.text("order"), row.text("external_ref")
    if ours is None and theirs is None:
        row.problems.append(Problem("order", N_("必填")))
    status = row.code("status", _STATUSES, STATUSES, required=True) or ""
    return StatusIn(ours or theirs or "", status, row.text("text"), row.moment("at"), row.text("line"), theirs)


def rows_of_csv(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row of a table with its line number; the first line names the columns."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        row.pop(None, None)  # cells beyond the columns
        if any(row.values()):
            yield reader.line_num, row


# ---- out ------------------------------------------------------------------------------------------------------------


def flat(message: Outgoing) -> dict[str, Any]:
    """Return a message as one flat row, by our names."""
    head = {"key": message.key, "what": message.what, "order": message.order, "order_number": message.number, "at": message.at}
    ours = {"external_ref": message.external_ref} if message.external_ref else {}
    before = {"origins": "；".join(message.origins)} if message.origins else {}
    beside = {"files": "；".join(f"{each.name} {each.sha256}" for each in message.files)} if message.files else {}
    return head | ours | dict(message.fields) | dict(message.said) | before | beside


def as_json(message: Outgoing) -> bytes:
    """Return a message as a JSON object: who, what, the report's fields under ``report``, the rest beside them."""
    head = {
        "key": message.key, "what": message.what, "partner": message.partner, "order": message.order,
        "order_number": message.number, "at": message.at, "external_ref": message.external_ref, **message.said,
        "origins": list(message.origins) or None, "files": [asdict(each) for each in message.files] or None,
    }  # fmt: skip
    body = {name: value for name, value in head.items() if value is not None}
    report = {name: message.fields[name] for name in FIELDS if name in message.fields}
    return msgspec.json.format(msgspec.json.encode(body | ({"report": report} if report else {})), indent=1) + b"\n"


def as_csv(message: Outgoing) -> bytes:
    """Return a message as a table of one row under Chinese headings, with the mark that Excel wants."""
    row, out = flat(message), io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([CHINESE[name][0] for name in row])
    writer.writerow([_cell(_SAID.get(name, {}).get(value, value)) for name, value in row.items()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a program could take for a formula; Excel takes some in full width, too."""
_NUMBER: Final = re.compile(r"[+-][0-9]+(\.[0-9]+)?")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    return f"'{text}" if text.startswith(_RISKY) and not _NUMBER.fullmatch(text) else text  # no table reckons with it
