"""自助机求助: who stands before the kiosk and waits, and who left a number; one thing to do with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.labels import state_tag, value_word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded
from ui.pages.records import Detail, Empty
from ui.pages.values import joined
from ui.widgets.dates import short_moment
from ui.widgets.tag import Tag, Tone
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import CallRow


class CallDetail(JobDetailView):
    """One call; its number is covered until a reason is given, and gone once it was answered."""

    kind = "kiosk_call"
    table = flow.CALLS
    right = "job.apply"
    accounts_in = ("created_by",)
    order = ("what", "calling", "phone", "consent_version", "answered_by", "created_by", "created_at")

    def fill(self, found: Loaded) -> None:
        """Show it; a call has no files."""
        super().fill(found)
        self.files.hide()

    def number(self, fields: dict[str, Any]) -> str:
        """Return what it is about."""
        return value_word("kiosk_call", "what", str(fields["what"]))

    def title(self, fields: dict[str, Any]) -> str:
        """Return who is to be called back, as far as is known."""
        how = value_word("kiosk_call", "calling", str(fields["calling"])) if fields.get("calling") else ""
        return joined(str(fields.get("phone") or ""), how) or self.number(fields)

    def may_edit(self, found: Loaded) -> bool:
        """What was left is not changed."""
        return False

    def _actions(self, found: Loaded) -> list[Any]:
        """Answering, and nothing else: a number whose time is over goes by itself."""
        return [each for each in super()._actions(found) if each.key not in ("void", "unvoid", "expire")]

    def has_main(self, found: Loaded) -> bool:
        """Answering is the main thing while nobody has."""
        return found.state == flow.CALL_OPEN

    def command(self) -> Callable[..., Any]:
        """Steps of a call."""
        return commands.act_call


class CallRecords(JobRecords):
    """The calls; those that nobody has answered first."""

    kind, memory = "kiosk_call", "calls"
    marks = False
    chips_of = {"open": (flow.CALL_OPEN,)}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The calls of the chip, newest first."""
        states = (flow.CALL_OPEN,) if self.chips.current == "open" else ()

        def listed(read: Any, wanted: Any, after: str | None, limit: int) -> Any:
            return queries.list_calls(read, states, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return CallDetail(self.page)

    def line(self, found: CallRow) -> Line:
        """What somebody wants, at which machine, and since when."""
        how = value_word("kiosk_call", "calling", found.calling) if found.calling else ""
        title = joined(found.phone, how) if found.what == flow.CALLBACK and found.phone else found.machine
        mark = Tag(self.tr("在等"), Tone.DANGER) if found.what == flow.STAFF and found.lively else None
        return Line(title, value_word("kiosk_call", "what", found.what), state_tag("kiosk_call", found.state), mark=mark,
                    when=short_moment(found.created_at, self.context.now()))

    def chip_words(self) -> list[tuple[str, str]]:
        """Who waits first."""
        return [("open", self.tr("还没应")), ("all", self.tr("全部"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("没有人在自助机上等"), self.tr("有人按“叫工作人员”，或留了电话，会出现在这里。"), icon="check")

    def may_create(self) -> bool:
        """Calls are made at the kiosk."""
        return False


def make(page: Page) -> CallRecords:
    """Return the list."""
    return CallRecords(page)
