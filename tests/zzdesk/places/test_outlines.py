"""Outlines: the shipped districts hold the places that lie in them, and geometry is right at holes, islands and edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.places import queries
from zzdesk.places.addresses import metres
from zzdesk.places.outlines import district_at, districts
from zzdesk.places.shapes import Box, Projection, Shape, find, in_polygon, ring_area, ring_centre

SEATS = {
    "芗城区": (117.653968, 24.510787), "龙文区": (117.709754, 24.503113), "云霄县": (117.339573, 23.957936),
    "漳浦县": (117.613808, 24.117102), "诏安县": (117.175184, 23.711579), "东山县": (117.430061, 23.701262),
    "长泰区": (117.759153, 24.625449), "南靖县": (117.35732, 24.514654), "平和县": (117.315017, 24.363508),
    "华安县": (117.534103, 25.004425), "龙海区": (117.818197, 24.446706),
}  # fmt: skip
"""Where the governments of the districts and counties sit."""

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
HOLE = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0))
ISLAND = ((20.0, 0.0), (22.0, 0.0), (22.0, 2.0), (20.0, 2.0), (20.0, 0.0))
YARD = Shape("G1", "一网格", ((SQUARE, HOLE), (ISLAND,)))


@pytest.mark.parametrize(("name", "seat"), SEATS.items())
def test_a_seat_of_government_lies_in_its_district_and_in_no_other(name: str, seat: tuple[float, float]) -> None:
    assert [shape.name for shape in districts() if shape.holds(*seat)] == [name]


def test_the_names_and_codes_are_those_of_today() -> None:
    listed = {place.code: place.name for place in queries.children("3506")}
    assert {shape.code: shape.name for shape in districts()} == listed
    assert listed["350604"] == "龙海区"
    assert listed["350605"] == "长泰区"


@pytest.mark.parametrize("place", [(118.0894, 24.4798), (116.68, 23.354), (117.0176, 25.0755), (0.0, 0.0)])
def test_xiamen_shantou_longyan_lie_outside(place: tuple[float, float]) -> None:
    assert district_at(*place) is None


def test_every_name_is_written_inside_its_district() -> None:
    assert [shape.name for shape in districts() if not shape.holds(*shape.label)] == []


def test_a_point_in_a_hole_is_outside_and_one_on_an_island_inside() -> None:
    assert YARD.holds(2, 2)
    assert not YARD.holds(5, 5)
    assert YARD.holds(21, 1)
    assert not YARD.holds(15, 1)
    assert find([YARD], 5, 5) is None
    assert find([YARD], 21, 1) is YARD


def test_the_name_of_a_ring_shaped_area_stands_inside_it() -> None:
    ring = Shape("G2", "环", ((SQUARE, HOLE),))
    assert ring_centre(SQUARE) == (5, 5)
    assert ring.label != (5, 5)
    assert ring.holds(*ring.label)


def test_a_ring_without_area_has_its_first_position_as_centre() -> None:
    assert ring_centre(((3.0, 4.0), (5.0, 4.0), (3.0, 4.0))) == (3, 4)


@given(st.floats(-1, 11), st.floats(-1, 11))
def test_a_square_holds_what_its_sides_say(lon: float, lat: float) -> None:
    strictly_in, strictly_out = 0 < lon < 10 and 0 < lat < 10, not (0 <= lon <= 10 and 0 <= lat <= 10)
    if strictly_in or strictly_out:
        assert in_polygon(lon, lat, (SQUARE,)) is strictly_in


@given(st.floats(0.001, 9.999), st.floats(0.001, 9.999))
def test_neighbours_share_no_point(lon: float, lat: float) -> None:
    """Cut a square in two along a crooked line: each point lies in exactly one half."""
    cut = ((5.0, 0.0), (3.0, 4.0), (7.0, 6.0), (5.0, 10.0))
    west = ((0.0, 0.0), *cut, (0.0, 10.0), (0.0, 0.0))
    east = ((10.0, 0.0), *cut, (10.0, 10.0), (10.0, 0.0))
    assert in_polygon(lon, lat, (west,)) != in_polygon(lon, lat, (east,))


def test_area_and_direction() -> None:
    assert ring_area(SQUARE) == 100
    assert ring_area(SQUARE[::-1]) == -100


def test_boxes_join() -> None:
    assert YARD.box == Box(0, 0, 22, 10)
    assert YARD.box | Box(-1, 5, 3, 30) == Box(-1, 0, 22, 30)
    assert YARD.box.centre == (11, 5)


@given(st.floats(116.8, 118.3), st.floats(23.5, 25.3))
def test_flat_and_back_is_the_same_place(lon: float, lat: float) -> None:
    laid = Projection(117.65, 24.51)
    back = laid.degrees(*laid.flat(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-9)


def test_a_kilometre_is_a_kilometre_on_the_flat() -> None:
    laid, one, other = Projection(117.65, 24.51), (24.5119, 117.6554), (24.5031, 117.7098)
    (x1, y1), (x2, y2) = (laid.flat(lon, lat) for lat, lon in (one, other))
    assert math.hypot(x2 - x1, y2 - y1) == pytest.approx(metres(one, other), rel=0.001)
