"""Column types of records. Each knows its form in Python, in SQLite, and on the wire (text, integer, bool or list).

The wire never carries floats: money travels as text with two decimals, so that every side hashes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Final, Generic, TypeVar

import msgspec
from sqlalchemy import Boolean, String, Text, types
from sqlalchemy import Integer as SqlInteger

from zzdesk.clock import from_iso, to_iso
from zzdesk.i18n import N_
from zzdesk.typed import read

T = TypeVar("T")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MAX_INT: Final = 2**53 - 1


class UnfitError(ValueError):
    """A value that the column cannot hold; ``args[0]`` is a Chinese message id, ``params`` fill its places."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.params = params


class WireType(types.TypeDecorator[T], Generic[T]):
    """A column type that can also speak the wire's language."""

    impl: type[types.TypeEngine[Any]] = Text
    cache_ok = True
    json_type: ClassVar[str] = "text"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let SQLAlchemy cache statements: it looks for the mark on each class, not on its bases."""
        super().__init_subclass__(**kwargs)
        cls.cache_ok = True

    def to_wire(self, value: T) -> Any:
        """Return the wire form of a Python value that is not None."""
        return value

    def from_wire(self, wire: Any) -> T:
        """Return the Python value of a wire form or of what a form gave.

        Raises:
            UnfitError: the value is of another kind or out of range.
        """
        raise NotImplementedError

    def process_bind_param(self, value: T | None, dialect: Any) -> Any:
        """Give SQLite its own form."""
        return value

    def process_result_value(self, value: Any, dialect: Any) -> T | None:
        """Take SQLite's form."""
        return value  # type: ignore[no-any-return]


class _TextType(WireType[str]):
    limit: ClassVar[int]
    lines: ClassVar[bool] = False

    def from_wire(self, wire: Any) -> str:
        """Return the text without surrounding space.

        Raises:
            UnfitError: not a text, too long, or with control characters.
        """
        if not isinstance(wire, str):
            raise UnfitError(N_("应为文字"))
        text = wire.replace("\r\n", "\n").strip()
        if len(text) > self.limit:
            raise UnfitError(N_("最多{limit}个字，现有{count}个"), limit=self.limit, count=len(text))
        if _CONTROL.search(text) or (not self.lines and "\n" in text):
            raise UnfitError(N_("含有不能保存的控制字符"))
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UnfitError(N_("含有不完整的字符")) from None
        return text


class ShortText(_TextType):
    """One line of at most 200 characters."""

    limit = 200


class LongText(_TextType):
    """Paragraphs of at most 20,000 characters."""

    limit = 20_000
    lines = True
    json_type = "long text"


class Ref(ShortText):
    """The id of another record; no database constraint, since synced records may arrive in any order."""

    json_type = "id"


class Choice(ShortText):
    """One code out of a list."""

    json_type = "choice"

    def __init__(self, *choices: str) -> None:
        super().__init__()
        self.choices = choices

    def from_wire(self, wire: Any) -> str:
        """Return the code.

        Raises:
            UnfitError: not one of the choices.
        """
        if wire not in self.choices:
            raise UnfitError(N_("只能是：{choices}"), choices="、".join(self.choices))
        return str(wire)


class Integer(WireType[int]):
    """A whole number within ±(2^53 − 1), which every JSON reader keeps exactly."""

    impl = SqlInteger
    json_type = "integer"

    def from_wire(self, wire: Any) -> int:
        """Return the number.

        Raises:
            UnfitError: not a whole number, or too large.
        """
        if isinstance(wire, str) and re.fullmatch(r"-?\d{1,16}", wire.strip()):
            wire = int(wire)
        if isinstance(wire, bool) or not isinstance(wire, int) or abs(wire) > _MAX_INT:
            raise UnfitError(N_("应为整数"))
        return wire


class Bool(WireType[bool]):
    """Yes or no."""

    impl = Boolean
    json_type = "bool"

    def from_wire(self, wire: Any) -> bool:
        """Return the value.

        Raises:
            UnfitError: neither true nor false.
        """
        if wire in ("true", "false"):
            return bool(wire == "true")
        if not isinstance(wire, bool):
            raise UnfitError(N_("应为是或否"))
        return wire


class Money(WireType[Decimal]):
    """Yuan with two decimals: Decimal in Python, integer fen in SQLite, text such as ``"6800.00"`` on the wire."""

    impl = SqlInteger
    json_type = "money"
    none: ClassVar[str] = N_("应为金额")
    unfit: ClassVar[str] = N_("金额最多两位小数，且不超过一千亿元")

    def to_wire(self, value: Decimal) -> str:
        """Return yuan with two decimals."""
        return f"{value:.2f}"

    def from_wire(self, wire: Any) -> Decimal:
        """Return yuan.

        Raises:
            UnfitError: not an amount, more than two decimals, or beyond ±10^11 yuan.
        """
        if isinstance(wire, bool) or not isinstance(wire, (str, int, Decimal, float)):
            raise UnfitError(self.none)
        try:
            value = Decimal(str(wire).replace(",", "").replace("，", "").strip())
            exact = value.quantize(Decimal("0.01"))
        except InvalidOperation:
            raise UnfitError(self.none) from None
        if not value.is_finite() or exact != value or abs(value) > 10**11:
            raise UnfitError(self.unfit)
        return exact

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """Store fen."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """Read fen."""
        return None if value is None else Decimal(value) / Decimal(100)


class Count(Money):
    """How many, with two decimals: days, pieces, hours. Kept and sent as amounts are."""

    json_type = "decimal"
    none = N_("应为数量")
    unfit = N_("数量最多两位小数，且不超过一千亿")


class Day(WireType[date]):
    """A calendar day, ``2026-11-23``."""

    impl = String
    json_type = "date"

    def to_wire(self, value: date) -> str:
        """Return ISO 8601."""
        return value.isoformat()

    def from_wire(self, wire: Any) -> date:
        """Return the day.

        Raises:
            UnfitError: not a day of the calendar.
        """
        if isinstance(wire, date) and not isinstance(wire, datetime):
            return wire
        try:
            return date.fromisoformat(str(wire).strip())
        except ValueError:
            raise UnfitError(N_("应为日期，例如2026-11-23")) from None

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """Store ISO 8601."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """Read ISO 8601."""
        return None if value is None else date.fromisoformat(value)


class Moment(WireType[datetime]):
    """A moment: aware datetime in Python, ``2026-11-23T01:14:03.123Z`` in SQLite and on the wire."""

    impl = String
    json_type = "datetime"

    def to_wire(self, value: datetime) -> str:
        """Return ISO 8601 in UTC with milliseconds."""
        return to_iso(value)

    def from_wire(self, wire: Any) -> datetime:
        """Return the moment.

        Raises:
            UnfitError: not ISO 8601 with an offset.
        """
        try:
            text = to_iso(wire) if isinstance(wire, datetime) else str(wire).strip()
            return from_iso(to_iso(from_iso(text)))
        except (ValueError, OverflowError):
            raise UnfitError(N_("应为带时区的时间，例如2026-11-23T09:14:03+08:00")) from None

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Store ISO 8601 in UTC."""
        return None if value is None else to_iso(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read ISO 8601."""
        return None if value is None else from_iso(value)


class TextSet(WireType[frozenset[str]]):
    """A set of short texts (tags, skills, team): frozenset in Python, sorted JSON list elsewhere."""

    json_type = "set of text"

    def to_wire(self, value: Iterable[str]) -> list[str]:
        """Return the sorted list."""
        return sorted(value)

    def from_wire(self, wire: Any) -> frozenset[str]:
        """Return the set.

        Raises:
            UnfitError: not a list of short texts, or more than 200 of them.
        """
        if isinstance(wire, str):
            wire = [part for part in re.split(r"[,，、]", wire) if part.strip()]
        if not isinstance(wire, (list, tuple, set, frozenset)) or len(wire) > 200:
            raise UnfitError(N_("应为文字列表"))
        return frozenset(text for text in (ShortText().from_wire(item) for item in wire) if text)

    def process_bind_param(self, value: Iterable[str] | None, dialect: Any) -> str | None:
        """Store JSON."""
        return None if value is None else msgspec.json.encode(sorted(value)).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> frozenset[str] | None:
        """Read JSON."""
        return None if value is None else frozenset(read(value, list[str]))


class JsonText(WireType[Any]):
    """Any JSON value, kept as text: candidates of a conflict, answers, plans."""

    json_type = "json"

    def from_wire(self, wire: Any) -> Any:
        """Return the value as it is."""
        return wire

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Store JSON."""
        return None if value is None else msgspec.json.encode(value, order="sorted").decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Read JSON."""
        return None if value is None else msgspec.json.decode(value)
