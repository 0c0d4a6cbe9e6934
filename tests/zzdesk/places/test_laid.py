"""Outlines laid flat: metres, the south below, and never coarser than a pixel shows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.places.laid import GRADES, grade_of, lay, thin
from zzdesk.places.outlines import districts
from zzdesk.places.shapes import Projection

HERE = Projection(117.65, 24.51)


def test_the_north_is_above_and_the_box_holds_every_ring() -> None:
    for shape in districts():
        laid = lay(shape, HERE)
        left, top, right, bottom = laid.box
        assert top < bottom
        assert all(left - 1e-6 <= x <= right + 1e-6 and top - 1e-6 <= y <= bottom + 1e-6
                   for ring in laid.grades[0] for x, y in ring)  # fmt: skip
        assert left <= laid.label[0] <= right


def test_from_far_away_fewer_positions_are_drawn_and_from_near_all() -> None:
    shape = districts()[0]
    laid = lay(shape, HERE)
    counts = [sum(map(len, rings)) for rings in laid.grades]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == sum(len(ring) for polygon in shape.polygons for ring in polygon)
    assert counts[-1] < counts[0] / 2
    assert laid.rings(0.5) == laid.grades[0]
    assert laid.rings(700) == laid.grades[-1]


@given(st.floats(0.25, 800))
def test_no_grade_is_coarser_than_a_pixel(scale: float) -> None:
    assert GRADES[grade_of(scale)] <= scale


@given(st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 5000)), min_size=3, max_size=60), st.floats(1, 900))
def test_a_thinned_ring_stays_closed_and_near_what_it_was(places: list[tuple[float, float]], least: float) -> None:
    ring = [*places, places[0]]
    kept = thin(ring, least)
    if kept:
        assert kept[0] == kept[-1] == ring[0]
    away = (min((math.dist(place, other) for other in kept), default=0.0) for place in ring)
    assert max(away) <= least


@pytest.mark.parametrize(("least", "left"), [(50, 5), (500, 0)])
def test_an_island_smaller_than_a_pixel_is_not_drawn(least: float, left: int) -> None:
    assert len(thin([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)], least)) == left
