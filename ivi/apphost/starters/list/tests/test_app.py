# SPDX-License-Identifier: Apache-2.0
"""The app without a car: `ivi app test`."""

from ivi.sdk import ListTemplate, PaneTemplate
from ivi.sdk.testing import AppFactory, FakeHost, FakeVehicle, HandClock

RANGE = "Vehicle.Powertrain.TractionBattery.Range"


def text_of(host: FakeHost, row: str) -> str:
    """What a line of the list says."""
    assert isinstance(host.shown, ListTemplate)
    return next(one.text for one in host.shown.rows if one.id == row)


def test_it_shows_what_the_car_reports(app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock) -> None:
    app()
    vehicle.set(RANGE, 240_000)
    clock.advance(2)
    assert text_of(host, "range") == "240 km"


def test_a_value_that_is_gone_is_not_known(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    app()
    vehicle.set(RANGE, 240_000)
    clock.advance(2)
    vehicle.set(RANGE, None)
    clock.advance(2)
    assert text_of(host, "range") == "not known"


def test_the_favourite_is_kept_and_comes_first(app: AppFactory, host: FakeHost) -> None:
    app()
    host.tap("trip")
    assert isinstance(host.shown, PaneTemplate)
    host.tap("favourite")
    app()  # the next start
    assert isinstance(host.shown, ListTemplate)
    assert host.shown.rows[0].id == "trip"


def test_it_goes_on_while_driving_and_without_storage(app: AppFactory, host: FakeHost) -> None:
    app()
    host.drive("moving")
    host.revoke("storage")
    host.tap("cabin")
    host.tap("favourite")
    assert isinstance(host.shown, PaneTemplate)
    assert host.shown.subtitle == "This could not be kept"
