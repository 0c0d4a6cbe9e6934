"""What is said about a case beside its file: the dispute for who may read it, the stub, where it came from, and its team."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.labels import field_word
from ui.pages.mediation.loading import Loaded
from ui.pages.values import said
from ui.widgets.facts import Fact

STUB: Final = ("alias", "category", "source", "linkage", "linkage_number", "amount", "accepted_on", "due_on",
               "extended_to", "closed_on", "outcome", "retention", "party_count", "chosen_by", "police_called_at")
DISPUTE: Final = ("facts", "demands", "place", "happened_on", "units", "risk", "measures", "ending",
                  "other_ways_told_at", "scale", "is_prominent", "prevented", "prevented_people", "finding", "dossier_note")


def facts_of(found: Loaded, now: datetime) -> list[Fact]:
    """Return the facts of a case; a fact without a value is not shown."""
    stub = found.detail.fields
    facts: list[Fact] = []
    if found.file is not None and found.file.dispute is not None:
        body = found.file.dispute.fields
        facts = [Fact(field_word("dispute", name), said("dispute", name, body.get(name), now)) for name in DISPUTE]
    facts += [Fact(field_word("case", name), said("case", name, stub.get(name), now)) for name in STUB]
    members = [found.names[member] for member in stub.get("team", ()) if member in found.names]
    team = QCoreApplication.translate("CaseDetail", "、").join(members)
    return [*facts, Fact(field_word("case", "application_id"), found.work), Fact(field_word("case", "team"), team),
            Fact(field_word("*", "created_by"), found.names.get(str(stub["created_by"]), ""))]
