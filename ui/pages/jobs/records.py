"""What the three lists of the odd-job station have in common."""

from __future__ import annotations

from ui.pages.subject import Loaded, SubjectDetail, SubjectRecords, pane
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import JobFilter


class JobDetailView(SubjectDetail):
    """A record of the odd-job station."""

    reads, writes = queries, commands
    accounts_in = ("created_by", "vetted_by", "reviewed_by", "sanction_by", "sanction_raised_by",
                   "sanction_proposed_by")


class JobRecords(SubjectRecords):
    """One of the three lists."""

    reads = queries
    filter_of = JobFilter


__all__ = ["JobDetailView", "JobRecords", "Loaded", "pane"]
