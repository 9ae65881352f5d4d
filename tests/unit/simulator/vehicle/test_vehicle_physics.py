# SPDX-License-Identifier: Apache-2.0
"""Physics that a driver would notice if it were wrong, and conservation of energy."""

import math
from itertools import pairwise

import pytest

from simulator.vehicle.car import Car
from simulator.vehicle.charging import Charger, Kind, State
from simulator.vehicle.climate import Climate
from simulator.vehicle.drivetrain import MASS, ROTATING, Drivetrain, Gear, resistance
from simulator.vehicle.electrics import Electrics
from simulator.vehicle.pack import Pack, open_voltage, stored_energy
from simulator.vehicle.route import LOOP, Event, build_route

DT = 0.01  # s


def _run(car: Drivetrain, seconds: float, grade: float = 0.0) -> None:
    for _ in range(round(seconds / DT)):
        car.limits(200_000, 100_000)
        car.step(DT, grade, held=False)


def test_full_throttle_reaches_100_in_a_plausible_time() -> None:
    car = Drivetrain(gear=Gear.D, accelerator=1.0)
    seconds = 0.0
    while car.speed * 3.6 < 100 and seconds < 30:
        _run(car, 0.1)
        seconds += 0.1
    assert 6.0 < seconds < 10.0


def test_coasting_in_neutral_slows_down_by_drag_and_rolling_only() -> None:
    car = Drivetrain(gear=Gear.N, speed=100 / 3.6)
    expected = resistance(car.speed, 0.0) / (MASS * ROTATING)
    _run(car, DT)
    assert -car.acceleration == pytest.approx(expected, rel=1e-3)
    _run(car, 60)
    assert 50 < car.speed * 3.6 < 80
    _run(car, 600)
    assert car.speed == 0


def test_hills_pull_and_the_parking_brake_holds() -> None:
    car = Drivetrain(gear=Gear.N, speed=0.0)
    _run(car, 2, grade=-0.08)
    assert car.speed > 1
    held = Drivetrain(gear=Gear.N)
    for _ in range(200):
        held.step(DT, -0.08, held=True)
    assert held.speed == 0


def test_braking_regenerates_first_and_rubs_for_the_rest() -> None:
    car = Drivetrain(gear=Gear.D, speed=80 / 3.6, brake=0.15)
    _run(car, DT)
    assert car.power < -20_000
    gentle = car.friction
    car.brake = 0.8
    _run(car, DT)
    assert car.friction > gentle + 5_000
    full = Drivetrain(gear=Gear.D, speed=80 / 3.6, brake=0.15)
    full.limits(200_000, 0.0)  # a full pack takes nothing
    full.step(DT, 0.0, held=False)
    assert full.torque == 0
    assert full.friction > car.torque_min


def test_pedals_are_the_inverse_of_what_the_car_makes_of_them() -> None:
    car = Drivetrain(gear=Gear.D, speed=15.0)
    car.limits(200_000, 100_000)
    for force in (-6000.0, -1500.0, 0.0, 900.0, 4000.0):
        car.accelerator, car.brake = car.pedals(force)
        car.step(1e-6, 0.0, held=False)
        assert car.requested == pytest.approx(force, abs=1)


def test_the_pack_conserves_energy() -> None:
    pack = Pack(soc=0.6)
    start = stored_energy(pack.soc)
    drawn = 0.0
    for step in range(60_000):
        power = 45_000 * math.sin(step / 900) + 12_000
        pack.step(DT, power)
        drawn += power * DT
    assert pack.discharged - pack.charged == pytest.approx(drawn, rel=1e-6)
    assert start - stored_energy(pack.soc) == pytest.approx(drawn + pack.lost, rel=2e-3)
    assert pack.lost > 0


def test_load_sags_the_voltage_and_cold_sags_it_more() -> None:
    warm, cold = Pack(soc=0.5, temperature=25), Pack(soc=0.5, temperature=-10)
    for pack in (warm, cold):
        pack.step(DT, 80_000)
    assert open_voltage(0.5) > warm.voltage > cold.voltage
    assert cold.charge_limit < warm.charge_limit / 2


def test_the_drive_uses_what_the_pack_loses_and_regeneration_brings_some_back(car: Car) -> None:
    before, displayed = stored_energy(car.pack.soc), car.pack.displayed
    for _ in range(18_000):  # 180 s: up to the second light
        car.tick()
    used = car.pack.discharged - car.pack.charged
    assert used > 0
    assert car.pack.displayed < displayed
    assert before - stored_energy(car.pack.soc) == pytest.approx(used + car.pack.lost, rel=5e-3)
    assert car.pack.charged > 0.02 * car.pack.discharged
    consumption = used / 3.6e6 / car.drivetrain.distance * 100_000
    assert 8 < consumption < 35


def test_dc_charging_tapers_and_ends_at_the_limit() -> None:
    pack, charger = Pack(soc=0.2), Charger(limit=90)
    charger.plug(Kind.DC)
    powers: dict[int, float] = {}
    seconds = 0.0
    while charger.state is not State.COMPLETE and seconds < 7200:
        charger.step(0.1, pack)
        pack.step(0.1, -charger.power)
        pack.warm(0.1, 22.0)
        seconds += 0.1
        powers[int(pack.displayed // 10) * 10] = charger.power
    assert 20 * 60 < seconds < 60 * 60
    assert pack.displayed == pytest.approx(90, abs=0.2)
    assert powers[30] > 100_000
    falling = [powers[level] for level in (40, 50, 60, 70, 80)]
    assert all(later < earlier for earlier, later in pairwise(falling))


def test_ac_charging_is_limited_by_the_on_board_charger() -> None:
    pack, charger = Pack(soc=0.3), Charger()
    charger.plug(Kind.AC)
    for _ in range(100):
        charger.step(0.1, pack)
    assert 9_500 < charger.power < 11_000


def test_the_cabin_follows_the_set_point() -> None:
    climate = Climate(cabin=27.0, driver_temperature=20.0, passenger_temperature=20.0)
    for _ in range(9_000):
        climate.step(0.1, 24.0, 80.0, 0.0)
    assert climate.cabin == pytest.approx(20.0, abs=1.0)
    assert climate.power > 200
    climate.driver_temperature = climate.passenger_temperature = 26.0
    for _ in range(9_000):
        climate.step(0.1, 5.0, 0.0, 0.0)
    assert climate.cabin == pytest.approx(26.0, abs=1.5)
    assert climate.heater > 0


def test_without_air_conditioning_the_cabin_does_not_get_cooler_than_outside() -> None:
    climate = Climate(cabin=30.0, driver_temperature=16.0, passenger_temperature=16.0, air_conditioning=False)
    for _ in range(20_000):
        climate.step(0.1, 25.0, 60.0, 0.0)
    assert climate.cabin >= 25.0
    assert climate.compressor == 0


def test_the_converter_carries_the_12_volt_load() -> None:
    electrics = Electrics()
    electrics.step(0.1, 0.0, 20.0)
    assert not electrics.running
    assert electrics.battery_current < 0
    for _ in range(50):
        electrics.step(0.1, 500.0, 20.0)
    assert 13.8 < electrics.voltage < 14.5
    assert electrics.battery_current > 0
    assert 760 < electrics.power < 1_100


def test_the_map_is_a_smooth_closed_loop_in_the_right_place() -> None:
    route = build_route()
    assert 12_000 < route.length < 20_000
    places = [route.place(5.0 * index) for index in range(int(route.length / 5))]
    assert all(47.05 < place.latitude < 47.28 and 9.47 < place.longitude < 9.64 for place in places)
    assert all(abs(place.grade) < 0.14 for place in places)
    assert max(abs(place.curvature) for place in places) < 0.1
    steps = [math.dist((a.latitude, a.longitude), (b.latitude, b.longitude)) for a, b in pairwise([*places, places[0]])]
    assert max(steps) < 0.0001  # about 7 m: no jump, not even from the end to the beginning
    assert len([node for node in LOOP if node.event is not Event.NONE]) == len(route.stops)
    assert route.stops[-1].event is Event.CHARGER
    assert route.stops[-1].at > route.length * 0.9
    assert any(place.tunnel for place in places)


def test_the_envelope_never_asks_for_a_hard_brake() -> None:
    route = build_route()
    speeds = [route.envelope(5.0 * index) for index in range(int(route.length / 5))]
    for now, later in pairwise(speeds):
        assert (now**2 - later**2) / 10 < 1.5
