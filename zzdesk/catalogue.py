"""Every kind of record that the desk knows: importing this module knows them all."""

from zzdesk.accounts import models as _accounts
from zzdesk.evidence import models as _evidence
from zzdesk.jobs import models as _jobs
from zzdesk.mediation import models as _mediation
from zzdesk.ops import models as _ops
from zzdesk.people import models as _people
from zzdesk.reports import models as _reports
