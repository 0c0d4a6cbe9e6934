"""Every kind of record that the desk knows: importing this module makes all tables and synced kinds known."""

from __future__ import annotations

import zzdesk.accounts.models
import zzdesk.desk.models
import zzdesk.evidence.models
import zzdesk.jobs.models
import zzdesk.mediation.models
import zzdesk.ops.models
import zzdesk.people.models
import zzdesk.reports.models
import zzdesk.store.audit  # noqa: F401
