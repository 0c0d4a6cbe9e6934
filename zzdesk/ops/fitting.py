"""How a body as it travels fits the columns of its kind's table: what SQLite stores of each value, and what has no place.

A page brings thousands of bodies, nearly all of them plain: known fields, ordinary text.  Those are read straight into
the values of a row.  Whatever is not plain takes the long way, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Raw

from zzdesk.ops.apply import Body
from zzdesk.store.base import FieldSpec, Kind
from zzdesk.store.types import Bool, Integer, LongText, Moment, ShortText, UnfitError
from zzdesk.typed import reader

UNFIT: Any = object()
"""Stands for a value that its column cannot hold."""

Stored = Callable[[Any], Any]
"""Turns a wire value into what SQLite stores, or into UNFIT."""


def _stored(spec: FieldSpec) -> Stored:
    def careful(wire: Any) -> Any:
        if spec.choices is not None and isinstance(wire, str):
            return wire  # a code of a newer schema, as it is
        try:
            return spec.type.process_bind_param(spec.type.from_wire(wire), None)
        except UnfitError:
            return UNFIT

    if spec.choices is not None:
        return careful
    if isinstance(spec.type, ShortText | LongText):
        return _quick_text(spec.type.limit, careful)
    return _quick_moment(careful) if isinstance(spec.type, Moment) else careful


def _quick_text(limit: int, careful: Stored) -> Stored:
    def stored(wire: Any) -> Any:
        plain = type(wire) is str and 0 < len(wire) <= limit and wire.isprintable()
        return wire if plain and wire[0] != " " and wire[-1] != " " else careful(wire)

    return stored


_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_SURE: Final = re.compile(
    r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", re.ASCII
)
"""Every moment of this form exists; only the last days of a month have to be looked up in a calendar."""


def _quick_moment(careful: Stored) -> Stored:
    sure, like = _SURE.fullmatch, _MOMENT.fullmatch

    def stored(wire: Any) -> Any:
        if type(wire) is not str or not sure(wire):
            try:
                exists = type(wire) is str and like(wire) and datetime.fromisoformat(wire)
            except ValueError:
                exists = None
            return wire if exists else careful(wire)
        return wire

    return stored


def _as_it_is(spec: FieldSpec) -> Any:
    """Return the type of the wire values of a field that are stored as they are; None where none are for sure."""
    if spec.choices is not None:
        return str
    if isinstance(spec.type, ShortText | LongText):
        return Annotated[str, Meta(max_length=spec.type.limit)]
    if isinstance(spec.type, Integer):
        return Annotated[int, Meta(ge=1 - 2**53, le=2**53 - 1)]
    return bool if isinstance(spec.type, Bool) else None


_ANY: Final = str | int | bool | list[Any] | dict[str, Any]
"""A value that is looked at closely.  No null: a field that is there without a value is no plain one."""


class _Shape:
    """What a plain body of a kind looks like."""

    def __init__(self, fields: Mapping[str, FieldSpec], stored: Mapping[str, Stored]) -> None:
        types = {name: _as_it_is(spec) for name, spec in fields.items()}
        places = [f"f{place}" for place in range(len(types))]
        shape = msgspec.defstruct(
            "Shape", [(place, kept or _ANY, None) for place, kept in zip(places, types.values(), strict=True)],
            rename=dict(zip(places, types, strict=True)), forbid_unknown_fields=True, gc=False,
        )  # fmt: skip
        self._decode = reader(shape).decode
        self._closer = [(place, stored[name]) for place, (name, kept) in enumerate(types.items()) if not kept]

    def values(self, body: Raw) -> tuple[Any, ...] | None:
        """Return the values of a row; None for a body that has to be looked at field by field."""
        text = bytes(body)
        if b"\\" in text or b"\x7f" in text:
            return None  # there may be a control character
        try:
            row = msgspec.structs.astuple(self._decode(text))
        except msgspec.ValidationError:
            return None
        for value in row:
            if value.__class__ is str and (not value or value.strip() is not value):
                return None
        return self._closely(row)

    def _closely(self, row: tuple[Any, ...]) -> tuple[Any, ...] | None:
        for place, stored in self._closer:
            wire = row[place]
            if wire is not None:
                value = stored(wire)
                if value is UNFIT:
                    return None
                if value is not wire:
                    row = (*row[:place], value, *row[place + 1 :])
        return row


class Fitting:
    """How bodies of one kind become values of ``names``, in this order: worked out once."""

    def __init__(self, kind: Kind) -> None:
        fields = dict(sorted(kind.fields.items()))  # as in a body: it is read faster
        self._stored = {name: _stored(spec) for name, spec in fields.items()}
        self.plain = _Shape(fields, self._stored).values
        self.names = tuple(fields)

    def split(self, body: Body) -> tuple[tuple[Any, ...], Body]:
        """Return the values of a row as they are stored, and the fields that no column can hold."""
        values: dict[str, Any] = dict.fromkeys(self._stored)
        extra: Body = {}
        for name, wire in body.items():
            stored = self._stored.get(name)
            value = stored(wire) if stored else UNFIT
            if value is UNFIT:
                extra[name] = wire
            else:
                values[name] = value
        return tuple(values.values()), extra

    def split_raw(self, body: Raw) -> tuple[tuple[Any, ...], Body]:
        """Return the same for a body that is JSON."""
        row = self.plain(body)
        return (row, {}) if row is not None else self.split(_decode(body))


_decode = reader(dict[str, Any]).decode
