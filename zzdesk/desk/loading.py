"""Everything that an open desk and its pages need, to be loaded in one go by a worker; nothing of it knows of windows."""

from __future__ import annotations

import zzdesk.catalogue
import zzdesk.desk.commands
import zzdesk.desk.drafts
import zzdesk.desk.glance
import zzdesk.desk.intake
import zzdesk.desk.lookup
import zzdesk.desk.matters
import zzdesk.desk.queries
import zzdesk.desk.records
import zzdesk.desk.session
import zzdesk.desk.supervising
import zzdesk.desk.workbench
import zzdesk.jobs.commands
import zzdesk.jobs.queries
import zzdesk.mediation.commands
import zzdesk.mediation.queries
import zzdesk.reports.commands
import zzdesk.reports.queries  # noqa: F401
