"""Snapshots of unfinished forms, kept encrypted in the desk's database by the database worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.runner import Runner
from zzdesk.errors import KnownError


class Drafts:
    """What a form is given to save itself as one types."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def save(self, form_key: str, snapshot: dict[str, Any]) -> None:
        """Keep a snapshot; an empty one forgets the draft."""
        from zzdesk.desk import drafts

        if snapshot:
            self._runner.write(drafts.save, form_key, snapshot, initiator=self._runner)
        else:
            self.discard(form_key)

    def load(self, form_key: str, on_done: Callable[[dict[str, Any] | None], None]) -> None:
        """Give back what was kept, or None; a draft that cannot be read is not worth an interruption."""
        from zzdesk.desk import drafts

        def nothing(error: KnownError) -> None:
            on_done(None)

        self._runner.read(drafts.find, form_key, on_done=on_done, on_error=nothing)

    def discard(self, form_key: str) -> None:
        """Forget a draft."""
        from zzdesk.desk import drafts

        self._runner.write(drafts.discard, form_key, initiator=self._runner)
