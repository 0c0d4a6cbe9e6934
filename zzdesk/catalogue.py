"""Imports every model, so that the tables and the synced kinds of the whole program are known."""

from __future__ import annotations

import zzdesk.accounts.models
import zzdesk.desk.models
import zzdesk.ops.models
import zzdesk.reports.models
import zzdesk.store.audit  # noqa: F401
