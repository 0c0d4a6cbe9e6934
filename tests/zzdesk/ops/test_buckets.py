"""Digests kept by differences are the ones worked out from the beginning, in whatever order things happened."""

from __future__ import annotations

import hashlib
import uuid

from hypothesis import given
from hypothesis import strategies as st

from zzdesk.ops.buckets import Differences, bucket_of, differing, filled, tally

IDS = [str(uuid.UUID(int=n * 0x9E3779B97F4A7C15 % 2**128)) for n in range(1, 12)]
STEPS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["A", "B"]), st.sampled_from(["report", "case"]), st.integers(0, 5))
)


def digest(n: int) -> str:
    return hashlib.sha256(str(n).encode()).hexdigest()


@given(STEPS, st.integers(1, 4))
def test_differences_add_up_to_what_is_there(steps: list[tuple[str, str, str, int]], size: int) -> None:
    """Records come, change, move between scopes and go; batches of any size lead to the same sums."""
    here: dict[tuple[str, str], tuple[str, str]] = {}
    kept: dict[tuple[str, str], bytes] = {}
    for start in range(0, len(steps), size):
        changes = Differences()
        for record_id, scope, kind, n in steps[start : start + size]:
            before = here.pop((kind, record_id), None)
            if before:
                changes.take(before[0], kind, record_id, before[1])
            if n:
                here[kind, record_id] = (scope, digest(n))
                changes.add(scope, kind, record_id, digest(n))
        kept |= {group: changes.applied(group, kept.get(group)) for group in changes.groups}
    right = tally((scope, kind, record_id, hashed) for (kind, record_id), (scope, hashed) in here.items())
    assert {group: data for group, data in kept.items() if any(data)} == right


def test_a_bucket_is_chosen_by_the_end_of_the_id() -> None:
    assert bucket_of("0192aaaa-0000-7000-8000-0000000000ff") == 255
    assert bucket_of("0192aaaa-0000-7000-8000-000000000010") == 16


def test_only_buckets_that_differ_are_named() -> None:
    one = tally([("A", "report", IDS[0], digest(1)), ("A", "report", IDS[1], digest(2))])["A", "report"]
    other = tally([("A", "report", IDS[0], digest(1)), ("A", "report", IDS[1], digest(3))])["A", "report"]
    assert differing(filled(one), filled(one)) == []
    assert differing(filled(one), filled(other)) == [bucket_of(IDS[1])]
    assert differing(filled(one), []) == sorted({bucket_of(IDS[0]), bucket_of(IDS[1])})
