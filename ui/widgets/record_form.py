"""A form that knows what it began with: defaults of a new record, or what a record holds now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ui.widgets.forms import Form
from ui.widgets.tag import Tone
from zzdesk.desk.commands import Basis

_CHANGES: Final = "changes"
_SEEN: Final = "seen"


class RecordForm(Form):
    """Begins with ``start()``; only what differs from it is a draft, and only that is a change.

    Fields that are not shown do not count: a switch may hide what it makes needless.
    """

    def __init__(self, *arguments: Any, start: Callable[[], dict[str, Any]] = dict, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._start = start
        self._began: dict[str, Any] = {}
        self.basis: Basis | None = None
        """What the record held when the form showed it; None for a new record."""

    def open(self) -> None:
        """Begin, bring back a draft if there is one, and put the cursor into the first field."""
        self.begin()
        super().open()

    def begin(self) -> None:
        """Show what the form starts with."""
        self.set_values(self._start())
        self._began = self.values()
        self.arrange()

    def arrange(self) -> None:
        """Show and hide fields by what is chosen; subclasses say how."""

    def values(self) -> dict[str, Any]:
        """Return the values of the fields that are shown."""
        return {key: value for key, value in super().values().items() if not self.fields[key].isHidden()}

    def changes(self) -> dict[str, Any]:
        """Return what differs from the beginning; None for a field that was emptied."""
        now = self.values()
        return {key: now.get(key) for key in {**self._began, **now} if now.get(key) != self._began.get(key)}

    def snapshot(self) -> dict[str, Any]:
        """Return a draft: all of a new record; of one that exists only the changes, with what stood there before."""
        changes = self.changes()
        if self.basis is None or not changes:
            return super().snapshot() if changes else {}
        kept = super().snapshot()
        changed = {key: kept.get(key) for key, value in changes.items() if value is None or key in kept}
        return {_CHANGES: changed, _SEEN: self.basis.part(changed)} if changed else {}

    def done(self) -> None:
        """Forget the draft and begin again."""
        super().done()
        self.begin()

    def _restore(self, snapshot: dict[str, Any] | None) -> None:
        if snapshot and not self.changes():
            if self.basis is not None:
                self.basis = self.basis.after(snapshot.get(_SEEN, {}))
                snapshot = self._began | snapshot.get(_CHANGES, {})
            self.set_values(snapshot)
            self.arrange()
            self.banner.show_text(self.tr("已恢复上次没有完成的内容。"), Tone.INFO)

    def _on_edit(self) -> None:
        super()._on_edit()
        if not self._restoring:
            self.arrange()
