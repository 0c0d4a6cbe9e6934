"""Ids of the machine's own clock: version 7, sorted, and cheap to send."""

from __future__ import annotations

import uuid
import zlib
from concurrent.futures import ThreadPoolExecutor

from zzdesk.clock import SystemClock


def test_ids_are_version_seven_and_sort_as_they_were_made() -> None:
    made = [SystemClock().new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    for text in made:
        parsed = uuid.UUID(text)
        assert (parsed.version, parsed.variant, str(parsed)) == (7, uuid.RFC_4122, text)


def test_threads_never_make_one_id_twice() -> None:
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda _: [SystemClock().new_id() for _ in range(500)], range(8)))
    assert len({text for batch in batches for text in batch}) == 4000


def test_ids_made_together_travel_in_few_bytes() -> None:
    made = [SystemClock().new_id() for _ in range(2000)]
    assert len(zlib.compress("".join(made).encode(), 6)) < 8 * len(made)
