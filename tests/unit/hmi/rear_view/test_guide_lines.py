# SPDX-License-Identifier: Apache-2.0
"""The way of a car that backs up, against geometry done by hand."""

import math

import pytest

from ivi.hmi.rear_view.guide_lines import BANDS, MARKS, curvature, guide_lines, project, swept
from ivi.hmi.rear_view.setup import CarShape, Mounting

CAR = CarShape(wheelbase_m=2.8, width_m=1.8, overhang_m=0.8, steering_ratio=15.0)
CAMERA = Mounting(height_m=1.0, tilt_deg=30.0, view_deg=90.0, behind_axle_m=0.8)
WIDE = 16 / 9


def test_straight_wheels_lead_straight_back() -> None:
    for side in (0.9, -0.9):
        assert swept(side, 2.0, 0.0, CAR) == pytest.approx((2.8, side))


def test_the_radius_is_that_of_the_bicycle_model() -> None:
    bend = curvature(15.0 * 20.0, CAR)
    assert 1 / bend == pytest.approx(2.8 / math.tan(math.radians(20.0)))


@pytest.mark.parametrize("wheel", [300.0, -300.0, 40.0])
def test_every_point_turns_about_one_centre_on_the_axles_line(wheel: float) -> None:
    bend = curvature(wheel, CAR)
    centre = (0.0, 1 / bend)
    for side in (0.9, -0.9):
        radii = {round(math.dist(centre, swept(side, way, bend, CAR)), 6) for way in (0.0, 0.7, 1.9, 4.0)}
        assert len(radii) == 1


def test_wheels_to_the_left_lead_the_tail_to_the_left() -> None:
    assert swept(0.0, 3.0, curvature(200.0, CAR), CAR)[1] > 0.5
    assert swept(0.0, 3.0, curvature(-200.0, CAR), CAR)[1] < -0.5


def test_an_almost_straight_path_is_the_limit_of_the_curved_one() -> None:
    assert swept(0.9, 2.0, 1e-12, CAR) == pytest.approx(swept(0.9, 2.0, 1e-6, CAR), abs=1e-5)


def test_a_sensors_error_bends_no_more_than_the_full_lock() -> None:
    assert curvature(5000.0, CAR) == curvature(15.0 * 42.0, CAR)


def test_the_middle_of_the_picture_is_where_the_lens_points() -> None:
    behind = 0.8 + 1.0 / math.tan(math.radians(30.0))
    assert project((behind, 0.0), CAMERA, WIDE) == pytest.approx((0.5, 0.5))


def test_the_edge_of_the_view_is_the_edge_of_the_picture() -> None:
    behind = 0.8 + 1.0 / math.tan(math.radians(30.0))
    depth = 1.0 / math.sin(math.radians(30.0))
    left = project((behind, depth), CAMERA, WIDE)  # 45 degrees to the left
    assert left is not None
    assert left[0] == pytest.approx(0.0)


def test_far_points_go_to_the_horizon_and_none_behind_the_lens_is_drawn() -> None:
    far = project((1e9, 0.0), CAMERA, WIDE)
    assert far is not None
    assert far[1] == pytest.approx(0.5 - math.tan(math.radians(30.0)) / 2 * WIDE, abs=1e-6)
    assert project((-5.0, 0.0), CAMERA, WIDE) is None


def test_lines_are_as_wide_as_the_car_and_mirror_each_other() -> None:
    lines = guide_lines(0.0, CAR, CAMERA, WIDE)
    assert len(lines.bands) == len(BANDS)
    assert [metres for metres, *_ in lines.marks] == list(MARKS)
    for left, right in lines.bands:
        for one, other in zip(left, right, strict=True):
            assert one[0] < 0.5 < other[0]
            assert (one[0] + other[0], one[1]) == pytest.approx((1.0, other[1]))
    heights = [left[1] for _, left, _ in lines.marks]
    assert heights == sorted(heights, reverse=True), "what is farther is higher in the picture"


def test_a_turned_wheel_moves_the_lines_and_turning_it_back_mirrors_them() -> None:
    left, right = guide_lines(200.0, CAR, CAMERA, WIDE), guide_lines(-200.0, CAR, CAMERA, WIDE)
    (_, begin, end), (_, other_begin, other_end) = left.marks[-1], right.marks[-1]
    assert (begin[0] + end[0]) / 2 < 0.45
    assert begin[0] == pytest.approx(1 - other_end[0])
    assert end[1] == pytest.approx(other_begin[1])
