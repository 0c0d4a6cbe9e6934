"""What the merge asks about a kind of record: policies of its fields, its transition table, its frozen states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zzdesk.store.base import Kind, Merge
from zzdesk.workflow import TransitionTable


@dataclass(frozen=True)
class KindPolicy:
    """The merge rules of one kind. Fields that are not named are of a newer schema: plain values."""

    merges: Mapping[str, Merge] = field(default_factory=dict)
    transitions: TransitionTable | None = None
    frozen_states: frozenset[str] = frozenset()
    override_right: str | None = None
    claimed_parent: tuple[str, str] | None = None
    """The kind whose records are claimed, and the field by which a child of this kind names its own."""

    @property
    def state_field(self) -> str | None:
        """Return the field that the transition table governs."""
        return next((name for name, merge in self.merges.items() if merge is Merge.TRANSITION), None)

    @property
    def claim_field(self) -> str | None:
        """Return the field that says who claimed a record."""
        return next((name for name, merge in self.merges.items() if merge is Merge.CLAIM), None)

    def allows(self, source: str | None, target: str | None) -> bool:
        """Say whether a state may follow another; without a table every step is legal."""
        if self.transitions is None:
            return True
        return source is not None and target is not None and self.transitions.allows(source, target)


_UNKNOWN = KindPolicy()


class Policies:
    """Merge rules by kind; a kind that is not known here has plain values throughout."""

    def __init__(self, rules: Mapping[str, KindPolicy]) -> None:
        self._rules = dict(rules)

    @classmethod
    def of(cls, kinds: Mapping[str, Kind]) -> Policies:
        """Return the rules that the models declare."""
        return cls({name: _declared(kind, kinds) for name, kind in kinds.items()})

    def __getitem__(self, kind: str) -> KindPolicy:
        return self._rules.get(kind, _UNKNOWN)


def _declared(kind: Kind, kinds: Mapping[str, Kind]) -> KindPolicy:
    model = kind.model
    merges = {name: spec.merge for name, spec in kind.fields.items()}
    field = model.__parent__ or ""
    parent = kinds.get(field.removesuffix("_id"))  # a parent is named by its kind: report_id
    claimed = (parent.name, field) if parent is not None and parent.claim_field else None
    return KindPolicy(
        merges, model.__transitions__, frozenset(model.__frozen_states__), model.__override_right__, claimed
    )  # fmt: skip
