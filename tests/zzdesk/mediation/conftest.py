"""What the tests of mediation share."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import File


@pytest.fixture
def file(station: Station) -> File:
    return File(station)
