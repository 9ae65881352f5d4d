# SPDX-License-Identifier: Apache-2.0
"""The app without a car: `ivi app test`."""

from ivi.sdk import ChargeSessionTemplate, ChargeState, MapTemplate
from ivi.sdk.testing import AppFactory, FakeHost, FakeVehicle, HandClock

BATTERY = "Vehicle.Powertrain.TractionBattery"
HERE = "Vehicle.CurrentLocation"


def first(host: FakeHost) -> str:
    """Name of the first charger."""
    assert isinstance(host.shown, MapTemplate)
    return host.shown.rows[0].title


def test_the_nearest_charger_comes_first(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    app()
    assert first(host) == "Town hall"
    vehicle.set(f"{HERE}.Latitude", 48.128)
    vehicle.set(f"{HERE}.Longitude", 11.621)
    clock.advance(60)
    assert first(host) == "Ring road east"


def test_a_session_shows_what_the_car_says(
    app: AppFactory, host: FakeHost, vehicle: FakeVehicle, clock: HandClock
) -> None:
    app()
    host.tap("market")
    vehicle.set(f"{BATTERY}.Charging.IsCharging", True)
    vehicle.set(f"{BATTERY}.StateOfCharge.Current", 55.0)
    clock.advance(3)
    assert isinstance(host.shown, ChargeSessionTemplate)
    assert host.shown.state is ChargeState.CHARGING
    assert host.shown.charge == 55.0
    host.tap("back")
    assert isinstance(host.shown, MapTemplate)


def test_without_the_position_the_file_decides(app: AppFactory, host: FakeHost) -> None:
    app()
    host.revoke("location")
    host.drive("moving")
    assert first(host) == "Town hall"
