# SPDX-License-Identifier: Apache-2.0
"""Frames to VSS values and targets to frames, on a small car made for it."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Value
from ivi.providers.can.encoder import Encoder
from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE, Frame
from ivi.providers.can.provider import Car, load_car
from ivi.vss.catalogue import Catalogue

DBC = """VERSION ""

BU_: ECU IVI

BO_ 256 Motion: 8 ECU
 SG_ Speed : 0|16@1+ (0.01,0) [0|655.35] "km/h" ECU
 SG_ Gear : 16|4@1+ (1,0) [0|15] "" ECU
 SG_ Braking : 20|1@1+ (1,0) [0|1] "" ECU

BO_ 257 Cells: 8 ECU
 SG_ Which M : 0|8@1+ (1,0) [0|255] "" ECU
 SG_ First m0 : 8|8@1+ (1,0) [0|255] "V" ECU
 SG_ Second m1 : 8|8@1+ (1,0) [0|255] "V" ECU

BO_ 2566845184 Far: 2 ECU
 SG_ Distance : 7|16@0- (1,0) [-32768|32767] "m" ECU

BO_ 512 Command: 8 IVI
 SG_ TempReq : 0|8@1+ (0.5,0) [0|127.5] "degC" ECU
 SG_ FanReq : 8|8@1+ (1,0) [0|255] "" ECU
 SG_ AirReq : 16|2@1+ (1,0) [0|3] "" ECU

BA_DEF_ SG_ "GenSigStartValue" FLOAT 0 255;
BA_DEF_DEF_ "GenSigStartValue" 0;
BA_ "GenSigStartValue" SG_ 512 TempReq 255;
BA_ "GenSigStartValue" SG_ 512 FanReq 255;
BA_ "GenSigStartValue" SG_ 512 AirReq 3;
VAL_ 256 Gear 0 "PARK" 1 "DRIVE" ;
VAL_ 512 AirReq 0 "UP" 1 "DOWN" 3 "NO_REQUEST" ;
"""

OVERLAY = """
Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: Speed, interval_ms: 100, on_change: true}}
Vehicle.Gear:
  type: sensor
  datatype: int8
  dbc2vss:
    signal: Gear
    interval_ms: 0
    on_change: true
    transform: {mapping: [{from: PARK, to: 126}, {from: DRIVE, to: 127}]}
Vehicle.GearName: {type: sensor, datatype: string, dbc2vss: {signal: Gear, interval_ms: 0, on_change: true}}
Vehicle.Braking: {type: sensor, datatype: boolean, dbc2vss: {signal: Braking, interval_ms: 0}}
Vehicle.Second:
  type: sensor
  datatype: uint8
  max: 100
  dbc2vss: {signal: Second, interval_ms: 0, transform: {math: "x*2"}}
Vehicle.Distance: {type: sensor, datatype: int32, dbc2vss: {signal: Distance, interval_ms: 0}}
Vehicle.Temperature: {type: actuator, datatype: float, vss2dbc: {signal: TempReq}}
Vehicle.Fan: {type: actuator, datatype: uint8, vss2dbc: {signal: FanReq}}
Vehicle.Air: {type: actuator, datatype: string, vss2dbc: {signal: AirReq}}
"""

MS = 1_000_000


@pytest.fixture
def car(tmp_path: Path) -> Car:
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text(OVERLAY)
    return load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())


def motion(ms: int, speed: float, gear: int = 1, *, braking: bool = False) -> Frame:
    raw = round(speed * 100) | gear << 16 | braking << 20
    return Frame(ms * MS, 256, raw.to_bytes(8, "little"))


def feed(car: Car, *frames: Frame) -> dict[str, Value]:
    return car.translator.feed(frames)


def test_types_follow_the_leaf(car: Car) -> None:
    values = feed(car, motion(0, 50.0, braking=True))
    assert values == {"Vehicle.Speed": 50.0, "Vehicle.Gear": 127, "Vehicle.GearName": "DRIVE", "Vehicle.Braking": True}
    assert values["Vehicle.Braking"] is True


def test_on_change_and_interval(car: Car) -> None:
    feed(car, motion(0, 50.0))
    assert "Vehicle.Gear" not in feed(car, motion(10, 50.0))
    assert "Vehicle.Speed" not in feed(car, motion(20, 51.0))
    assert car.translator.release(99 * MS) == {}
    assert car.translator.release(101 * MS) == {"Vehicle.Speed": 51.0}
    assert feed(car, motion(250, 52.0))["Vehicle.Speed"] == 52.0


def test_a_held_value_that_changes_back_is_no_update(car: Car) -> None:
    feed(car, motion(0, 50.0), motion(10, 51.0), motion(20, 50.0))
    assert car.translator.release(500 * MS) == {}


def test_between_two_updates_the_newest_frame_waits(tmp_path: Path) -> None:
    """No rule is on_change: until an interval is over, frames are only kept; a bad one is counted all the same."""
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text(
        "Vehicle.A: {type: sensor, datatype: float, dbc2vss: {signal: Speed, interval_ms: 100}}\n"
        "Vehicle.B: {type: sensor, datatype: uint8, dbc2vss: {signal: Gear, interval_ms: 250}}\n"
    )
    car = load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())
    assert feed(car, motion(0, 50.0, 1)) == {"Vehicle.A": 50.0, "Vehicle.B": 1}
    assert feed(car, motion(40, 51.0, 2), motion(80, 52.0, 3), Frame(90 * MS, 256, b"")) == {}
    assert car.translator.undecodable == 1
    assert car.translator.release(99 * MS) == {}
    assert car.translator.release(101 * MS) == {"Vehicle.A": 52.0}
    assert feed(car, motion(201, 53.0, 4)) == {"Vehicle.A": 53.0}
    assert car.translator.release(250 * MS) == {"Vehicle.B": 4}
    assert feed(car, motion(260, 54.0, 5)) == {}
    assert car.translator.forget(256) == ["Vehicle.A", "Vehicle.B"]
    assert car.translator.release(900 * MS) == {}
    assert feed(car, motion(20, 55.0, 6)) == {"Vehicle.A": 55.0, "Vehicle.B": 6}  # the clock was set back


def test_paths_that_nobody_wants_are_not_decoded(car: Car) -> None:
    car.translator.want({"Vehicle.Speed"})
    assert feed(car, motion(0, 50.0, braking=True), Frame(0, 257, bytes([1, 7, 0, 0, 0, 0, 0, 0]))) == {
        "Vehicle.Speed": 50.0
    }
    assert car.translator.unknown == 0
    assert car.translator.want(None)["Vehicle.GearName"] == "DRIVE"  # it begins with what the last frame said
    assert "Vehicle.GearName" not in feed(car, motion(200, 50.0))
    assert feed(car, motion(210, 50.0, 0))["Vehicle.GearName"] == "PARK"


def test_frames_that_carry_no_data_are_counted_apart(car: Car) -> None:
    feed(car, Frame(0, 256 | REMOTE, b""), Frame(0, ERROR | 4, bytes(8)), Frame(0, 0x7FF, b""))
    assert (car.translator.remote, car.translator.error_frames, car.translator.unknown) == (1, 1, 1)


def test_only_the_multiplexed_branch_that_came(car: Car) -> None:
    assert feed(car, Frame(0, 257, bytes([0, 7, 0, 0, 0, 0, 0, 0]))) == {}
    assert feed(car, Frame(0, 257, bytes([1, 7, 0, 0, 0, 0, 0, 0]))) == {"Vehicle.Second": 14}


def test_extended_ids_and_big_endian(car: Car) -> None:
    key = EXTENDED | (2566845184 & 0x1FFFFFFF)
    assert feed(car, Frame(0, key, b"\xff\xfe")) == {"Vehicle.Distance": -2}
    assert feed(car, Frame(0, key & ~EXTENDED, b"\xff\xfe")) == {}
    assert car.translator.unknown == 1


def test_bad_frames_are_counted_and_hurt_nobody(car: Car) -> None:
    feed(car, Frame(0, 256, b"\x01"), Frame(0, 0x7FF, b""), Frame(0, 257, bytes([9, 0, 0, 0, 0, 0, 0, 0])))
    assert (car.translator.undecodable, car.translator.unknown) == (2, 1)
    assert feed(car, Frame(0, 257, bytes([1, 200, 0, 0, 0, 0, 0, 0]))) == {}
    assert car.translator.invalid == 1


def test_after_a_silence_the_same_payload_counts_again(car: Car) -> None:
    feed(car, motion(0, 50.0))
    assert set(car.translator.forget(256)) == {"Vehicle.Speed", "Vehicle.Gear", "Vehicle.GearName", "Vehicle.Braking"}
    assert feed(car, motion(2000, 50.0))["Vehicle.Speed"] == 50.0


def test_the_same_payload_again_is_passed_over_unless_each_frame_is_wanted(car: Car) -> None:
    decoded: list[bytes] = []
    car.translator.want({"Vehicle.Gear"})  # on_change
    line = car.translator._routes.line(256)
    before = line.function

    def count(data: bytes) -> None:
        decoded.append(data)
        before(data)

    line.function = count
    assert feed(car, motion(0, 50.0), motion(10, 50.0), motion(20, 50.0)) == {"Vehicle.Gear": 127}
    assert len(decoded) == 1
    assert car.translator._newest(256) == motion(20, 50.0)
    car.translator.want({"Vehicle.Braking"})  # every frame reports it
    assert feed(car, motion(30, 50.0)) == feed(car, motion(40, 50.0)) == {"Vehicle.Braking": False}


def test_a_command_leaves_the_other_fields_at_no_request(car: Car) -> None:
    frames, expected = Encoder(car.mapping, car.dbc).encode({"Vehicle.Temperature": 21.3})
    assert [bytes(frame.data) for frame in frames] == [bytes([43, 255, 3, 0, 0, 0, 0, 0])]
    assert expected == {"Vehicle.Temperature": 21.5}


def test_two_targets_of_one_message_share_a_frame(car: Car) -> None:
    frames, _ = Encoder(car.mapping, car.dbc).encode(
        {"Vehicle.Temperature": 20.0, "Vehicle.Fan": 40, "Vehicle.Air": "DOWN"}
    )
    assert [(frame.arbitration_id, bytes(frame.data[:3])) for frame in frames] == [(512, bytes([40, 40, 1]))]


@pytest.mark.parametrize(
    "targets", [{"Vehicle.Temperature": 200.0}, {"Vehicle.Air": "SIDEWAYS"}, {"Vehicle.Speed": 1.0}]
)
def test_what_a_signal_cannot_carry_is_refused(car: Car, targets: dict[str, Value]) -> None:
    with pytest.raises(InvalidArgumentError):
        Encoder(car.mapping, car.dbc).encode(targets)


def test_an_overlay_of_another_car_is_refused(tmp_path: Path) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text("Vehicle.X: {type: sensor, datatype: float, dbc2vss: {signal: Foreign}}")
    with pytest.raises(ConfigurationError, match="no signal Foreign"):
        load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())


def test_without_an_overlay_every_signal_has_a_name(tmp_path: Path) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    car = load_car(tmp_path / "car.dbc", None, Catalogue())
    assert feed(car, motion(0, 12.5, gear=0)) == {
        "Vehicle.Raw.Motion.Speed": 12.5,
        "Vehicle.Raw.Motion.Gear": 0.0,
        "Vehicle.Raw.Motion.Braking": 0.0,
    }


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("type: sensor, datatype: float, dbc2vss: {signal: Sped}", "the DBC has no signal Sped"),
        (
            "type: sensor, datatype: float, dbc2vss: {signal: Speed, message: Cells}",
            "the DBC has no signal Speed in a message Cells",
        ),
    ],
)
def test_an_overlay_that_names_an_absent_signal_is_refused_with_its_line(tmp_path: Path, rule: str, fault: str) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    overlay = tmp_path / "car.vspec"
    overlay.write_text(f"# a comment\n\nVehicle.Wrong: {{{rule}}}\n")
    with pytest.raises(ConfigurationError) as refused:
        load_car(tmp_path / "car.dbc", overlay, Catalogue())
    assert refused.value.message == f"{overlay}, line 3: Vehicle.Wrong: {fault}"


def test_an_overlay_that_commands_an_absent_signal_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    overlay = tmp_path / "car.vspec"
    overlay.write_text("Vehicle.Wrong: {type: actuator, datatype: float, vss2dbc: {signal: FanRequest}}\n")
    car = load_car(tmp_path / "car.dbc", overlay, Catalogue())
    with pytest.raises(ConfigurationError) as refused:
        Encoder(car.mapping, car.dbc)
    assert refused.value.message == f"{overlay}, line 1: Vehicle.Wrong: the DBC has no signal FanRequest to send"
    assert refused.value.hint
