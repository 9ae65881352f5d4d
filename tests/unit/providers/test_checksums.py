# SPDX-License-Identifier: Apache-2.0
"""Counters and checksums: published check values, commands that carry them, and received frames that break them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.providers.can.checksums import FUNCTIONS
from ivi.providers.can.encoder import Encoder
from ivi.providers.can.frame import Frame
from ivi.providers.can.provider import Car, load_car
from ivi.vss.catalogue import Catalogue
from ivi.vss.protection import Algorithm

DBC = """VERSION ""
BU_: ECU IVI

BO_ 256 Motion: 8 ECU
 SG_ Crc : 7|8@0+ (1,0) [0|255] "" IVI
 SG_ Count : 8|4@1+ (1,0) [0|15] "" IVI
 SG_ Speed : 16|16@1+ (0.01,0) [0|655.35] "km/h" IVI

BO_ 512 Command: 8 IVI
 SG_ Temp : 0|8@1+ (0.5,-10) [-10|100] "degC" ECU
 SG_ Mode : 8|2@1- (1,0) [0|0] "" ECU
 SG_ Level : 10|20@1- (0.001,0) [0|0] "" ECU
 SG_ Count : 48|4@1+ (1,0) [0|14] "" ECU
 SG_ Sum : 52|4@1+ (1,0) [0|15] "" ECU
 SG_ Crc : 63|8@0+ (1,0) [0|255] "" ECU

BO_ 513 Paged: 4 IVI
 SG_ Page M : 0|4@1+ (1,0) [0|15] "" ECU
 SG_ Left m2 : 8|16@1+ (1,0) [0|0] "" ECU
 SG_ Right m5 : 8|16@0- (0.25,0) [0|0] "" ECU
"""

OVERLAY = """
Vehicle.Speed:
  type: sensor
  datatype: float
  dbc2vss:
    signal: Speed
    interval_ms: 0
    counter: {signal: Count, max: 14}
    checksum: {signal: Crc, algorithm: crc8_sae_j1850, suffix: [0x5A]}
Vehicle.Temperature:
  type: actuator
  datatype: float
  vss2dbc: {signal: Temp, counter: {signal: Count, max: 14}, checksum: {signal: Crc, algorithm: crc8_autosar}}
Vehicle.Level: {type: actuator, datatype: double, vss2dbc: {signal: Level}}
Vehicle.Mode: {type: actuator, datatype: int8, vss2dbc: {signal: Mode}}
Vehicle.Left: {type: actuator, datatype: int32, vss2dbc: {signal: Left}}
Vehicle.Right: {type: actuator, datatype: float, vss2dbc: {signal: Right}}
"""


@pytest.fixture(scope="module")
def car_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("car")
    (folder / "car.dbc").write_text(DBC)
    (folder / "car.vspec").write_text(OVERLAY)
    return folder


@pytest.fixture
def car(car_files: Path) -> Car:
    return load_car(car_files / "car.dbc", car_files / "car.vspec", Catalogue())


@pytest.mark.parametrize(
    ("algorithm", "expected"),  # check values over "123456789" of the catalogues of CRC algorithms
    [
        (Algorithm.CRC8_SAE_J1850, 0x4B),
        (Algorithm.CRC8_SAE_J1850_ZERO, 0x37),
        (Algorithm.CRC8_AUTOSAR, 0xDF),
        (Algorithm.CRC16_CCITT, 0x29B1),
        (Algorithm.XOR8, 0x31),
        (Algorithm.SUM8, 0xDD),
        (Algorithm.SUM8_COMPLEMENT, 0x23),
    ],
)
def test_published_check_values(algorithm: Algorithm, expected: int) -> None:
    assert FUNCTIONS[algorithm](b"123456789") == expected
    assert set(FUNCTIONS) == set(Algorithm)


def motion(count: int, speed: float) -> bytes:
    body = bytes([count]) + round(speed * 100).to_bytes(2, "little") + bytes(4)
    return bytes([FUNCTIONS[Algorithm.CRC8_SAE_J1850](body + b"\x5a")]) + body


def test_frames_with_faults_are_counted(car: Car) -> None:
    def feed(payload: bytes) -> list[object]:
        return list(car.translator.feed([Frame(0, 256, payload)]).values())

    assert feed(motion(13, 10.0)) == [10.0]
    assert feed(motion(14, 11.0)) == [11.0]
    assert feed(motion(0, 12.0)) == [12.0]  # 14 is the last
    assert feed(motion(0, 13.0)) == []  # stands still
    assert feed(motion(5, 14.0)) == [14.0]  # some are missing
    assert feed(b"\x00" + motion(6, 15.0)[1:]) == []  # not whole
    assert feed(motion(6, 16.0)) == [16.0]
    assert feed(b"\x01") == []
    faults = car.translator.faults[256]
    assert (faults.checksum, faults.repeated, faults.skipped, faults.counter) == (1, 1, 1, 2)
    assert car.translator.undecodable == 1
    car.translator.forget(256)
    assert feed(motion(3, 17.0)) == [17.0]  # after a silence any counter is the first
    assert faults.counter == 2


def test_commands_carry_a_counter_and_a_checksum(car: Car) -> None:
    encoder = Encoder(car.mapping, car.dbc)
    counts = []
    for _ in range(16):
        frames, expected = encoder.encode({"Vehicle.Temperature": 20.0})
        data = bytes(frames[0].data)
        assert expected == {"Vehicle.Temperature": 20.0}
        assert data[7] == FUNCTIONS[Algorithm.CRC8_AUTOSAR](data[:7])
        counts.append(data[6] & 0xF)
    assert counts == [*range(15), 0]


def test_a_refused_command_costs_no_count(car: Car) -> None:
    encoder = Encoder(car.mapping, car.dbc)
    with pytest.raises(InvalidArgumentError, match=r"out of the signal's range"):
        encoder.encode({"Vehicle.Temperature": 101.0})
    assert encoder.encode({"Vehicle.Temperature": 20.0})[0][0].data[6] & 0xF == 0


@pytest.mark.parametrize(
    "targets",
    [
        {"Vehicle.Mode": 2},  # two bits with a sign: -2 to 1, though the DBC gives no range
        {"Vehicle.Level": 600.0},
        {"Vehicle.Level": float("nan")},
        {"Vehicle.Level": float("-inf")},
        {"Vehicle.Left": 65536},
        {"Vehicle.Left": 1, "Vehicle.Right": 1.0},  # different pages
    ],
)
def test_what_the_bits_cannot_hold_is_refused(car: Car, targets: dict[str, float]) -> None:
    with pytest.raises(InvalidArgumentError):
        Encoder(car.mapping, car.dbc).encode(targets)


@settings(max_examples=200, deadline=None)
@given(
    temperature=st.floats(-10, 100),
    level=st.floats(-524.288, 524.287),
    mode=st.integers(-2, 1),
    right=st.floats(-8192, 8191.75),
)
def test_what_is_encoded_is_decoded(car_files: Path, temperature: float, level: float, mode: int, right: float) -> None:
    car = load_car(car_files / "car.dbc", car_files / "car.vspec", Catalogue())
    targets = {
        "Vehicle.Temperature": temperature,
        "Vehicle.Level": level,
        "Vehicle.Mode": mode,
        "Vehicle.Right": right,
    }
    frames, expected = Encoder(car.mapping, car.dbc).encode(targets)
    decoded: dict[str, object] = {}
    for frame in frames:
        values = car.dbc.database.decode_message(frame.arbitration_id, bytes(frame.data))
        assert isinstance(values, dict)
        decoded.update(values)
    assert decoded["Page"] == 5
    for path, signal, step in (("Temperature", "Temp", 0.5), ("Level", "Level", 0.001), ("Right", "Right", 0.25)):
        value = decoded[signal]
        assert isinstance(value, float)
        assert value == expected[f"Vehicle.{path}"]
        assert abs(value - targets[f"Vehicle.{path}"]) <= step / 2 + 1e-9
    assert decoded["Mode"] == mode


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("counter: {signal: Nothing}", "has no signal Nothing"),
        ("counter: {step: 1}", "counter needs `signal`"),
        ("counter: {signal: Count, step: 0}", "counter.step must be a whole number"),
        ("counter: {signal: Count, wrap: 3}", "no word 'wrap'"),
        ("checksum: {signal: Crc, algorithm: md5}", "there is no checksum 'md5'"),
        ("checksum: {signal: Crc, algorithm: xor8, over: [5, 1]}", "checksum.over must be"),
        ("checksum: {signal: Crc, algorithm: xor8, prefix: [256]}", "must be a list of bytes"),
    ],
)
def test_words_that_make_no_sense_are_refused(tmp_path: Path, words: str, complaint: str) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text(
        f"Vehicle.Speed: {{type: sensor, datatype: float, dbc2vss: {{signal: Speed, {words}}}}}"
    )
    with pytest.raises(ConfigurationError, match=complaint):
        load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())


def test_paths_of_one_message_must_agree(tmp_path: Path) -> None:
    (tmp_path / "car.dbc").write_text(DBC)
    (tmp_path / "car.vspec").write_text(
        "Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: Speed, counter: Count}}\n"
        "Vehicle.Other: {type: sensor, datatype: float,"
        " dbc2vss: {signal: Crc, message: Motion, counter: {signal: Count, step: 2}}}\n"
    )
    with pytest.raises(ConfigurationError, match="Motion: paths of one message name different"):
        load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())
