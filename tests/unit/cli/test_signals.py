# SPDX-License-Identifier: Apache-2.0
"""`ivi signals` against a real broker."""

import itertools
import threading
from collections.abc import Mapping
from typing import Protocol

import pytest

from ivi.cli.main import main
from ivi.model.signal import Value


class Car(Protocol):
    """See conftest.py."""

    asked: list[Mapping[str, Value]]

    def publish(self, values: Mapping[str, Value | None]) -> None: ...


def test_values_are_shown_in_the_unit_that_is_asked_for(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    car.publish({"Vehicle.Speed": 100.0, "Vehicle.Odometer": 16093, "Vehicle.Name": "E"})
    assert main(["signals", "get", "Vehicle.Speed", "--unit", "mph"]) == 0
    assert capsys.readouterr().out == "Vehicle.Speed  62.1371 mph\n"
    assert main(["signals", "get", "Vehicle.Odometer", "--unit", "miles"]) == 0
    assert capsys.readouterr().out == "Vehicle.Odometer  9.99973 mile\n"


def test_a_pattern_converts_what_fits(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    car.publish({"Vehicle.Speed": 100.0, "Vehicle.Odometer": 1, "Vehicle.Name": "E"})
    assert main(["signals", "get", "Vehicle.*", "--unit", "m/s"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Vehicle.Speed  27.7778 m/s",
        "Vehicle.Odometer  1 m",
        "Vehicle.Name  E",
    ]


@pytest.mark.parametrize("path", ["Vehicle.Speed", "Vehicle.*"])
def test_a_unit_that_fits_nothing_is_refused(car: Car, capsys: pytest.CaptureFixture[str], path: str) -> None:
    car.publish({"Vehicle.Speed": 100.0})
    assert main(["signals", "get", path, "--unit", "psi"]) == 5
    error = capsys.readouterr().err
    assert "km/h (speed) cannot be shown in psi (pressure)" in error
    assert "what fits: m/s, km/h" in error


def test_a_target_is_given_in_a_unit(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "set", "Vehicle.Cabin.Temperature", "68", "--unit", "F"]) == 0
    assert car.asked[0]["Vehicle.Cabin.Temperature"] == pytest.approx(20)
    assert main(["signals", "set", "Vehicle.Cabin.Fan", "0.333", "--unit", "ratio", "--no-wait"]) == 0
    assert car.asked[1] == {"Vehicle.Cabin.Fan": 33}
    assert main(["signals", "get", "Vehicle.Cabin.Fan", "--targets"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Vehicle.Cabin.Fan  33 percent",
        "Vehicle.Cabin.Fan  asked for: 33 percent",
    ]
    assert main(["signals", "set", "Vehicle.Cabin.Temperature", "68"]) == 5
    assert "16 to 28 Celsius" in capsys.readouterr().err
    assert main(["signals", "set", "Vehicle.Cabin.Temperature", "warm", "--unit", "F"]) == 5


def test_watching_leaves_out_small_moves(car: Car, capsys: pytest.CaptureFixture[str]) -> None:
    car.publish({"Vehicle.Speed": 10.0})
    told: list[int] = []
    watch = ["signals", "watch", "Vehicle.Speed", "--hz", "0", "--deadband", "5", "--unit", "m/s", "--for", "1"]
    watching = threading.Thread(target=lambda: told.append(main(watch)))
    watching.start()
    # a change every few milliseconds, for longer than the watch lasts
    speed = 10.0
    while watching.is_alive():
        speed += 1.0
        car.publish({"Vehicle.Speed": speed})
        watching.join(0.01)
    shown = [float(line.split()[-2]) * 3.6 for line in capsys.readouterr().out.splitlines()]
    assert told == [0]
    assert len(shown) > 3
    steps = [round(after - before, 3) for before, after in itertools.pairwise(shown)]
    assert set(steps) == {6.0}


def test_a_bad_deadband_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["signals", "watch", "Vehicle.Speed", "--deadband", "much"])
    assert caught.value.code == 2
    assert "no number or percentage" in capsys.readouterr().err
