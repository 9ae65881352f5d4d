# SPDX-License-Identifier: Apache-2.0
"""The gate: nothing leaves but what is agreed to; and how roughly places and moments are told."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost import coarse
from ivi.cloud.consent.coarsening import (
    EXACT,
    CoarsePlaces,
    Precision,
    coarse_ms,
    coarse_ns,
    coarse_place,
    coarse_values,
)
from ivi.cloud.consent.gate import ConsentGate
from ivi.cloud.consent.purposes import CATEGORIES, PURPOSES, RECIPIENTS, Terms, checked, is_by_name
from ivi.cloud.delivery import OPERATION, OPERATIONAL, DataUse, DeliveryClass
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError
from ivi.model.place import METRES_PER_DEGREE
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Datapoint

WORDS = st.sampled_from([*PURPOSES, *CATEGORIES, *RECIPIENTS, "", "OPERATION", "care "]) | st.text(max_size=8)
USES = st.builds(DataUse, WORDS, WORDS, WORDS, st.integers(-5, 400))
CLASSES = st.sampled_from(DeliveryClass)
AGREED = Terms("research", "driving", "maker", 90, 1000, 60)
SPEED = "Vehicle.Speed"
ALTITUDE = "Vehicle.CurrentLocation.Altitude"


@given(USES, CLASSES)
def test_without_consent_only_receipts_leave(use: DataUse, delivery: DeliveryClass) -> None:
    """Whatever is asked, in whatever words."""
    expected = str(delivery) if use == OPERATIONAL and delivery is not DeliveryClass.TELEMETRY else None
    assert ConsentGate().channel(use, delivery) == expected


@given(USES, CLASSES)
def test_a_consent_opens_nothing_else(use: DataUse, delivery: DeliveryClass) -> None:
    """Only the same purpose, category and recipient, kept no longer."""
    gate = ConsentGate([AGREED])
    same = use[:3] == AGREED.use[:3] and 0 < use.retention_days <= AGREED.retention_days
    if use.purpose != OPERATION:
        assert gate.channel(use, delivery) == (f"{delivery}.research" if same else None)


@pytest.mark.parametrize("days", [1, 90])
def test_what_is_agreed_to_has_its_own_channel(days: int) -> None:
    """And its terms."""
    gate = ConsentGate([AGREED])
    use = DataUse("research", "driving", "maker", days)
    assert gate.channel(use, DeliveryClass.TELEMETRY) == "telemetry.research"
    assert gate.precision(use) == Precision(1000, 60, places=False)
    assert (gate.may_send("research"), gate.may_send("care"), gate.may_send(OPERATION)) == (True, False, True)


def test_for_ever_is_longer_than_any_days() -> None:
    """0 stands for as long as the law demands."""
    assert ConsentGate([AGREED]).channel(AGREED.use._replace(retention_days=0), DeliveryClass.EVENTS) is None
    for_ever = Terms("care", "driving", "fleet", 0)
    assert ConsentGate([for_ever]).channel(DataUse("care", "driving", "fleet", 30), DeliveryClass.EVENTS)


def test_measured_values_do_not_pass_as_operation() -> None:
    """Whatever else is agreed to."""
    assert ConsentGate([AGREED]).channel(OPERATIONAL, DeliveryClass.TELEMETRY) is None
    assert ConsentGate([AGREED]).channel(OPERATIONAL._replace(category="location"), DeliveryClass.EVENTS) is None


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        (Terms("spying", "driving", "fleet", 1), NotFoundError),
        (Terms("care", "thoughts", "fleet", 1), NotFoundError),
        (Terms("care", "driving", "anybody", 1), NotFoundError),
        (Terms(OPERATION, "driving", "fleet", 1), InvalidArgumentError),
        (Terms("care", "driving", "fleet", -1), InvalidArgumentError),
        (Terms("care", "driving", "fleet", 1, cell_m=-1), InvalidArgumentError),
        (Terms("care", "driving", "fleet", 1, time_s=86_401), InvalidArgumentError),
    ],
)
def test_what_cannot_be_agreed_to(terms: Terms, error: type[IviError]) -> None:
    """Each with a reason."""
    with pytest.raises(error):
        checked(terms)


def test_who_needs_to_be_known() -> None:
    """What the fleet stores with the vehicle: receipts, and purposes that are for this very car."""
    assert is_by_name("control")
    assert is_by_name("telemetry.care")
    assert not is_by_name("telemetry.research")
    assert not is_by_name("telemetry.unheard-of")


# -- coarsening -------------------------------------------------------------------------------------------------------
LATITUDES, LONGITUDES = st.floats(-85, 85), st.floats(-179.9, 179.9)


@given(LATITUDES, LONGITUDES, st.sampled_from([100, 1000, 20_000]))
def test_a_cell_tells_no_more_than_itself(latitude: float, longitude: float, cell: int) -> None:
    """Not farther than half its edge, but for rounding to 11 m; the middle is its own cell."""
    told = coarse_place(latitude, longitude, cell)
    assert coarse_place(*told, cell) == told
    north = abs(told[0] - latitude) * METRES_PER_DEGREE
    east = abs(told[1] - longitude) * METRES_PER_DEGREE * math.cos(math.radians(told[0]))
    assert north <= cell / 2 + 12
    assert east <= cell / 2 + 12


@given(LATITUDES, LONGITUDES)
def test_apps_see_the_same_grid(latitude: float, longitude: float) -> None:
    """One function for both."""
    cell = coarse.cell_of(latitude, longitude)
    assert coarse.cell_of(*cell) == cell


@given(st.integers(0, 1 << 42), st.integers(1, 86_400))
def test_a_moment_becomes_a_multiple(t_ms: int, step: int) -> None:
    """The last one, in both units."""
    told = coarse_ms(t_ms, Precision(0, step))
    assert told % (step * 1000) == 0
    assert 0 <= t_ms - told < step * 1000
    assert coarse_ns(t_ms * 10**6, Precision(0, step)) == told * 10**6
    assert coarse_ms(t_ms, EXACT) == t_ms


def test_only_the_cell_of_a_place_is_told() -> None:
    """Height, heading and destinations have no rough form; half a position has no cell."""
    values: dict[str, object] = {SPEED: 30.0, LATITUDE: 48.13712, LONGITUDE: 11.57539, ALTITUDE: 519.0}
    told = coarse_values(values, Precision(1000, 0))  # type: ignore[arg-type]  # plain values
    assert set(told) == {SPEED, LATITUDE, LONGITUDE}
    assert (told[LATITUDE], told[LONGITUDE]) == coarse_place(48.13712, 11.57539, 1000) != (48.13712, 11.57539)
    assert coarse_values({SPEED: 30.0, LATITUDE: 48.1}, Precision(1000, 0)) == {SPEED: 30.0}
    assert coarse_values({SPEED: 1.0, LATITUDE: math.nan, LONGITUDE: 2.0}, Precision(10, 0)) == {SPEED: 1.0}
    assert coarse_values(values, Precision(places=False)) == {SPEED: 30.0}  # type: ignore[arg-type]  # as above
    assert coarse_values(values, EXACT) == values  # type: ignore[arg-type]  # as above


def test_coordinates_that_come_one_by_one() -> None:
    """Each brings the cell of both; before there are two, and when one is lost, there is none."""
    places = CoarsePlaces(Precision(1000, 0))
    assert places.told({LATITUDE: Datapoint(48.13712, 1, 0), SPEED: Datapoint(3.0, 1, 0)}).keys() == {SPEED}
    told = places.told({LONGITUDE: Datapoint(11.57539, 2, 0)})
    assert (told[LATITUDE].value, told[LONGITUDE].value) == coarse_place(48.13712, 11.57539, 1000)
    assert told[LATITUDE].time_ns == told[LONGITUDE].time_ns == 2
    gone = places.told({LATITUDE: Datapoint(None, 3, 0)})
    assert (gone[LATITUDE].value, gone[LONGITUDE].value) == (None, None)
    places.lose()
    assert not places.told({LONGITUDE: Datapoint(11.57539, 4, 0)})
