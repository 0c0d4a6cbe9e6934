"""The declarative base of all tables, and what makes a table a synced kind of record.

Every synced column names its merge policy once; capture and fold on the desk and the merge on the server read it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Index, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from zzdesk.store.computed import Computed
from zzdesk.store.types import Bool, Choice, LongText, Moment, Ref, ShortText, WireType
from zzdesk.workflow import Guard, TransitionTable

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table of the desk."""

    metadata = MetaData(naming_convention=NAMING)


class Merge(enum.StrEnum):
    """How two people's changes of one field come together (sync protocol, section 8.8)."""

    WRITE_ONCE = "write-once"
    VALUE = "value"
    TEXT = "text"
    TRANSITION = "transition"
    SET = "set"
    DELTA = "delta"
    HIGHEST = "highest"
    """A number that only grows and says where its author had got to: of two who take the same step it is one step."""
    FROZEN = "frozen"
    FOUR_EYES = "four-eyes"
    CLAIM = "claim"
    SERVER = "server"
    COMPUTED = "computed"
    """Follows from other fields: the desk works it out and shows it, the centre's result is what counts (``store.computed``)."""
    VOID = "void"


Check = Callable[[Any, date], Any]
"""Takes a Python value and the local date, returns the value normalised; raises UnfitError or InvalidError."""


def synced(
    type_: WireType[Any],
    merge: Merge = Merge.VALUE,
    *,
    required: bool = False,
    mask: str | None = None,
    check: Check | None = None,
    default: Any = None,
    derived: bool = False,
    index: bool = False,
    least: int | None = None,
    natural: bool = False,
    late: bool = False,
    sealed_by: str | None = None,
) -> Any:
    """Return a column that travels: its type, merge policy, and how it is checked and masked.

    ``mask`` names a mask of ``zzdesk.people.masks`` and marks the field as personal data.
    ``default`` is a constant put in when the record is created without the field.
    ``least`` is what a counter never goes below, however many desks take from it.
    ``derived`` fields are written by commands (numbers, outcomes), never typed into a form.
    ``natural`` fields name a thing in the world: two records with one value are brought before a person (hazard 14).
    ``late`` fields are still written when the record is final: what is added to it afterwards.
    ``sealed_by`` names a switch of the same record: while it is on, the field is hidden whole and not searched.
    """
    info = {"merge": merge, "required": required, "mask": mask, "check": check}
    info |= {"default": default, "derived": derived, "least": least, "natural": natural, "late": late}
    info |= {"sealed_by": sealed_by}
    return mapped_column(type_, nullable=True, index=index, info=info)


@dataclass(frozen=True)
class FieldSpec:
    """What one field of a kind is: for forms, the command line, capture, fold and merge."""

    name: str
    type: WireType[Any]
    merge: Merge
    required: bool
    mask: str | None
    check: Check | None
    default: Any
    derived: bool
    least: int | None = None
    natural: bool = False
    late: bool = False
    sealed_by: str | None = None

    @property
    def json_type(self) -> str:
        """Return the field's type as ``zzdesk schema`` prints it."""
        return self.type.json_type

    @property
    def choices(self) -> tuple[str, ...] | None:
        """Return the allowed codes, or None where the field is free."""
        return self.type.choices if isinstance(self.type, Choice) else None


class Synced:
    """A record that is reconciled with the centre. Subclasses are tables of one aggregate each."""

    __kind__: ClassVar[str]
    __right__: ClassVar[str]
    """The right that editing this kind takes, and deciding conflicts about it."""
    __void_right__: ClassVar[str | None] = None
    """The right that declaring a record void takes, where it is another one."""
    __parent__: ClassVar[str | None] = None
    """The field that names the parent, whose scope a child takes."""
    __confidential__: ClassVar[bool] = False
    """Lives in the scope of its mediation case, for the team only."""
    __append_only__: ClassVar[bool] = False
    """Written once and never edited (steps, timeline entries)."""
    __transitions__: ClassVar[TransitionTable | None] = None
    __frozen_states__: ClassVar[frozenset[str]] = frozenset()
    __frozen_code__: ClassVar[str] = "frozen"
    """What is said of an edit that comes too late: a code of ``store.unit.FROZEN_WORDS`` and of the protocol."""
    __computed__: ClassVar[Computed | None] = None
    """How fields follow from others."""
    __override_right__: ClassVar[str | None] = None
    """The right that giving away or taking over what somebody claimed takes; kinds with a claim name it."""
    __guard__: ClassVar[Guard | None] = None
    """What is asked about everything that is done to a record and its children at once, on the desk and at the centre."""
    __numbers__: ClassVar[str | None] = None
    """What the numbers of this kind begin with: ``number`` comes out of a block of the centre's, or from the centre itself,
    and ``alias`` stands for it until then (decision 8)."""
    __numbers_by__: ClassVar[tuple[str, str, str] | None] = None
    """What stands before that: the field that names a record, its kind, and its field with the mark (a committee's name)."""
    __search__: ClassVar[tuple[str, ...]] = ()
    """Fields that full-text search reads."""
    __search_names__: ClassVar[tuple[str, ...]] = ()
    """Fields with names of people or firms: also found by pinyin initials."""

    @classmethod
    def search_text(cls, value: Callable[[str], Any]) -> str:
        """Return the text that full-text search reads; ``value`` gives a field's value by name."""
        return cls._words(cls.__search__, value)

    @classmethod
    def search_names(cls, value: Callable[[str], Any]) -> str:
        """Return the names that full-text search also finds by their pinyin."""
        return cls._words(cls.__search_names__, value)

    @classmethod
    def _words(cls, names: tuple[str, ...], value: Callable[[str], Any]) -> str:
        return " ".join(str(value(name)) for name in names if value(name) and not cls._is_sealed(name, value))

    @classmethod
    def _is_sealed(cls, name: str, value: Callable[[str], Any]) -> bool:
        switch = cls.__table__.columns[name].info.get("sealed_by")  # type: ignore[attr-defined]
        return bool(switch and value(switch))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    scope: Mapped[str] = mapped_column(String(60))

    @declared_attr
    @classmethod
    def created_at(cls) -> Mapped[datetime]:
        """When it was first recorded."""
        return synced(Moment(), Merge.WRITE_ONCE, derived=True)  # type: ignore[no-any-return]

    @declared_attr
    @classmethod
    def created_by(cls) -> Mapped[str]:
        """The account that recorded it."""
        return synced(Ref(), Merge.WRITE_ONCE, derived=True)  # type: ignore[no-any-return]

    @declared_attr
    @classmethod
    def voided(cls) -> Mapped[bool | None]:
        """True when it was declared void; absent otherwise."""
        return synced(Bool(), Merge.VOID)  # type: ignore[no-any-return]

    @declared_attr
    @classmethod
    def void_reason(cls) -> Mapped[str | None]:
        """Why it was declared void."""
        return synced(LongText(), Merge.VOID, mask="text")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Kind:
    """One kind of synced record."""

    name: str
    model: type[Any]
    fields: dict[str, FieldSpec]

    @property
    def state_field(self) -> str | None:
        """Return the name of the field that the transition table governs."""
        return next((f.name for f in self.fields.values() if f.merge is Merge.TRANSITION), None)

    @property
    def claim_field(self) -> str | None:
        """Return the name of the field that says who claimed the record (抢单)."""
        return next((f.name for f in self.fields.values() if f.merge is Merge.CLAIM), None)

    def merge_of(self, field: str) -> Merge:
        """Return the policy of a field; a field of a newer schema is a plain value."""
        spec = self.fields.get(field)
        return spec.merge if spec else Merge.VALUE


def _fields(model: type[Any]) -> dict[str, FieldSpec]:
    return {
        column.key: FieldSpec(name=column.key, type=column.type, **column.info)
        for column in model.__table__.columns
        if "merge" in column.info
    }


_kinds: dict[str, Kind] = {}


def kinds() -> dict[str, Kind]:
    """Return every synced kind whose model has been imported, by name.

    ``zzdesk.catalogue`` imports them all.
    """
    mapped = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Synced)]
    for model in mapped:
        if model.__kind__ not in _kinds:
            _kinds[model.__kind__] = Kind(model.__kind__, model, _fields(model))
    return _kinds


def kind_of(model: type[Any]) -> Kind:
    """Return the kind of a model class."""
    name: str = model.__kind__
    return _kinds[name] if name in _kinds else kinds()[name]


def list_index(table: str, *columns: str, seldom: bool = False) -> Index:
    """Return an index that serves a list paged by key.

    ``seldom`` leaves out the records whose first column is empty, where that is most of them: writing is quicker, and
    SQLite still takes the index for everything that compares the column with a value.
    """
    where = text(f"{columns[0]} IS NOT NULL") if seldom else None
    return Index(f"ix_{table}_{'_'.join(columns)}", *columns, sqlite_where=where)


__all__ = [
    "NAMING", "Base", "Check", "FieldSpec", "Kind", "Merge", "ShortText", "Synced", "kind_of", "kinds", "list_index",
    "synced",
]  # fmt: skip
