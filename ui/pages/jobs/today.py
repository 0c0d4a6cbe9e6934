"""当天派工: the morning's page: every posting of a day in the order of its beginning, and the one thing to do next with each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ui.labels import word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.postings import PostingDetail
from ui.pages.jobs.records import JobRecords
from ui.pages.records import Detail, Empty
from ui.pages.values import joined
from ui.widgets.dates import CHINA
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import local_day
from zzdesk.jobs import queries
from zzdesk.jobs.queries import Order

_TONES = {"fill-places": Tone.DANGER, "wait": Tone.SUCCESS, "nothing": Tone.NEUTRAL, "complete": Tone.SUCCESS}


class TodayRecords(JobRecords):
    """The postings of today, or of tomorrow, with the full record beside."""

    kind, memory = "posting", "today"
    marks = False
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The orders of the day on the chip."""
        day = local_day(self.context.now()) + timedelta(days=self.days.get(self.chips.current, 0))

        def listed(read: Any, wanted: Any, after: str | None, limit: int) -> Any:
            return queries.orders_of(read, day, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the posting's own detail: everything can be done from here."""
        return PostingDetail(self.page)

    def line(self, found: Order) -> Line:
        """When, what and where; who is there; and what is next."""
        hours = f"{found.starts_at.astimezone(CHINA):%H:%M}"
        hours += f"–{found.ends_at.astimezone(CHINA):%H:%M}" if found.ends_at else ""
        there = self.tr("派 {placed}/{headcount}").format(placed=found.placed, headcount=found.headcount)
        came = self.tr("到 {count}").format(count=found.present + found.finished) if found.present + found.finished else ""
        absent = self.tr("没来 {count}").format(count=found.absent) if found.absent else ""
        changed = Tag(self.tr("名单变过"), Tone.WARNING) if found.paper == "changed" else None
        return Line(joined(hours, found.title), joined(there, came, absent, found.place),
                    Tag(word("next_job", found.next), _TONES.get(found.next, Tone.WARNING)), mark=changed)

    def chip_words(self) -> list[tuple[str, str]]:
        """Today first."""
        return [("today", self.tr("今天")), ("tomorrow", self.tr("明天")), ("yesterday", self.tr("昨天"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("这一天没有派工"), self.tr("当天开工的岗位按时间排在这里，右边写着下一步做什么。"), icon="calendar")

    def may_create(self) -> bool:
        """Postings are recorded in their own list."""
        return False


def make(page: Page) -> TodayRecords:
    """Return the list."""
    return TodayRecords(page)
