"""What the merge asks about a kind of record: policies of its fields, its transition table, its frozen states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sync.protocol import CLAIM_KIND, CONFLICT_KIND
from zzdesk.store.base import Kind, Merge
from zzdesk.store.computed import Computed
from zzdesk.workflow import Guard, TransitionTable


@dataclass(frozen=True)
class KindPolicy:
    """The merge rules of one kind. Fields that are not named are of a newer schema: plain values."""

    merges: Mapping[str, Merge] = field(default_factory=dict)
    transitions: TransitionTable | None = None
    frozen_states: frozenset[str] = frozenset()
    override_right: str | None = None
    least: Mapping[str, int] = field(default_factory=dict)
    """Counters that never go below a number."""
    never_empty: frozenset[str] = frozenset()
    """Sets of which something always stays, however many desks take from them: a file has a team, an account a role."""
    claimed_parent: tuple[str, str] | None = None
    """The kind whose records are claimed, and the field by which a child of this kind names its own."""
    parent: str | None = None
    """The field that names the parent, whose scope a record takes and with which it moves."""
    natural: tuple[str, ...] = ()
    """Fields that name a thing in the world: two records with one value may be one thing."""
    late: frozenset[str] = frozenset()
    """Fields that are still written when the record is final."""
    computed: Computed | None = None
    """How fields of this kind follow from others (``sync.server.computing``)."""
    guard: Guard | None = None
    """What is asked about everything that is done to a record and its children at once."""
    numbers: str | None = None
    """What the numbers of this kind begin with, where the centre gives them (``sync.server.numbering``)."""
    numbers_by: tuple[str, str, str] | None = None
    """The field that names the record whose mark begins the series, its kind, and its field with the mark."""
    frozen_code: str = "frozen"
    """The problem of an edit that comes when the record is final."""

    @cached_property
    def state_field(self) -> str | None:
        """Return the field that the transition table governs."""
        return next((name for name, merge in self.merges.items() if merge is Merge.TRANSITION), None)

    @cached_property
    def claim_field(self) -> str | None:
        """Return the field that says who claimed a record."""
        return next((name for name, merge in self.merges.items() if merge is Merge.CLAIM), None)

    @cached_property
    def not_theirs(self) -> frozenset[str]:
        """Return the fields that a creating operation cannot set."""
        return frozenset(name for name, merge in self.merges.items() if merge in (Merge.SERVER, Merge.VOID, Merge.CLAIM))

    def begins(self, init: Mapping[str, Any]) -> bool:
        """Say whether a record may be made with these fields, as far as its guard is asked about that."""
        return self.guard is None or self.guard.begins(init)

    def allows(self, source: str | None, target: str | None) -> bool:
        """Say whether a state may follow another; without a table every step is legal."""
        if self.transitions is None:
            return True
        return source is not None and target is not None and self.transitions.allows(source, target)


_UNKNOWN = KindPolicy()

ParentKey = tuple[str, str]
"""Kind and id of the record that another one belongs to."""


def parent_kind(field: str, body: Mapping[str, Any]) -> str:
    """Return the kind that a parent field points at: ``record_id`` says it beside itself, the others by their name."""
    return str(body.get("record_kind") or "") if field == "record_id" else field.removesuffix("_id")


class Policies:
    """Merge rules by kind; a kind that is not known here has plain values throughout."""

    def __init__(self, rules: Mapping[str, KindPolicy]) -> None:
        of_records = KindPolicy(parent="record_id")
        self._rules = {CONFLICT_KIND: of_records, CLAIM_KIND: of_records} | dict(rules)

    @classmethod
    def of(cls, kinds: Mapping[str, Kind]) -> Policies:
        """Return the rules that the models declare."""
        return cls({name: _declared(kind, kinds) for name, kind in kinds.items()})

    @cached_property
    def guarded_by(self) -> Mapping[str, str]:
        """Return the kinds whose records a guard of their parent looks at, with the parent's kind."""
        return {child: name for name, rules in self._rules.items() if rules.guard for child in rules.guard.kin}

    @cached_property
    def numbered_by(self) -> Mapping[str, tuple[str, str, str]]:
        """Return what numbers a kind's records beside the station, by what its series begin with."""
        return {rules.numbers: rules.numbers_by for rules in self._rules.values() if rules.numbers and rules.numbers_by}

    @cached_property
    def number_prefixes(self) -> frozenset[str]:
        """Return what the series begin with whose numbers the centre gives."""
        return frozenset(rules.numbers for rules in self._rules.values() if rules.numbers)

    @cached_property
    def computed(self) -> dict[str, Computed]:
        """Return how fields follow from others, by kind."""
        return {kind: rules.computed for kind, rules in self._rules.items() if rules.computed is not None}

    def __getitem__(self, kind: str) -> KindPolicy:
        return self._rules.get(kind, _UNKNOWN)

    def unlocked(self, kind: str) -> Policies:
        """Return the rules as they are for records of a kind that are not final yet."""
        return Policies({**self._rules, kind: replace(self[kind], frozen_states=frozenset())})

    def parent_of(self, kind: str, body: Mapping[str, Any]) -> ParentKey | None:
        """Return the record that one of this kind and with this body belongs to, None where it stands alone."""
        name = self[kind].parent
        value = body.get(name) if name else None
        return (parent_kind(name, body), value) if name and isinstance(value, str) else None


def _declared(kind: Kind, kinds: Mapping[str, Kind]) -> KindPolicy:
    model = kind.model
    merges = {name: spec.merge for name, spec in kind.fields.items()}
    field = model.__parent__ or ""
    parent = kinds.get(field.removesuffix("_id"))  # a parent is named by its kind: report_id
    claimed = (parent.name, field) if parent is not None and parent.claim_field else None
    least = {name: spec.least for name, spec in kind.fields.items() if spec.least is not None}
    never_empty = frozenset(n for n, spec in kind.fields.items() if spec.required and spec.merge is Merge.SET)
    return KindPolicy(
        merges, model.__transitions__, frozenset(model.__frozen_states__), model.__override_right__, least, never_empty, claimed,
        model.__parent__, tuple(name for name, spec in kind.fields.items() if spec.natural),
        frozenset(name for name, spec in kind.fields.items() if spec.late), model.__computed__, model.__guard__,
        model.__numbers__, model.__numbers_by__, model.__frozen_code__,
    )  # fmt: skip
