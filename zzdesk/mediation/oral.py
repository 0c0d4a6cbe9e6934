"""An agreement that was reached by word of mouth, on the spot (口头协议登记表: PML articles 28 and 30; domain rules B1.2).

The law asks the mediator to write down what was agreed; it counts from the moment when it was reached. The rest of the
file (notice of rights, a session's record) is completed in the case, which stays open for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from zzdesk.errors import InvalidError, Problem
from zzdesk.i18n import N_
from zzdesk.mediation.commands import add_case
from zzdesk.mediation.effect import put_into_effect
from zzdesk.mediation.models import Case
from zzdesk.mediation.papers import make_paper
from zzdesk.store.unit import UnitOfWork

PARTY: Final = "party"
"""With the number behind it: the name under which a form asks for a party, ``party0`` and ``party1``."""
TITLE: Final = 80
"""Characters of what happened that become the title of the dispute."""
_ROLES: Final = ("applicant", "respondent")


def settle(work: UnitOfWork, happened: str, place: str | None, names: Sequence[str | None], said: Mapping[str, Any]) -> Case:
    """Make a case with what happened, two parties and an oral agreement in effect, inside a transaction that goes on.

    ``said`` holds ``content``, of which ``category`` it is (domain rules B1.5: the statistics count by it), and where it was
    not now ``reached_at``.

    Raises:
        InvalidError: a party has no name, nobody says of which category it is or there is none such, nothing is said of what
            was agreed, or a moment that cannot be.
        RefusedError: the actor may not accept cases.
    """
    _refuse_gaps(names, said)
    case = add_case(work, {"category": said["category"], "source": "initiative"})
    work.session.flush()
    about = {"case_id": case.id, "title": happened[:TITLE], "facts": happened, "place": place}
    make_paper(work, "dispute", {name: value for name, value in about.items() if value})
    for role, name in zip(_ROLES, names, strict=True):
        make_paper(work, "party", {"case_id": case.id, "role": role, "name": name})
    given = {"case_id": case.id, "form": "oral", "facts": happened, "content": said["content"]}
    reached = {"reached_at": said["reached_at"]} if said.get("reached_at") else {}
    put_into_effect(work, case, make_paper(work, "agreement", given | reached))
    return case


def _refuse_gaps(names: Sequence[str | None], said: Mapping[str, Any]) -> None:
    asked = {f"{PARTY}{at}": names[at] if at < len(names) else None for at in range(len(_ROLES))}
    asked |= {name: said.get(name) for name in ("content", "category")}
    missing = [Problem(name, N_("必填")) for name, value in asked.items() if not str(value or "").strip()]
    if missing:
        raise InvalidError(missing)
