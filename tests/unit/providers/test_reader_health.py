# SPDX-License-Identifier: Apache-2.0
"""Rates, ages, time-outs and bad frames of one bus; the clock is the test's."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.model.health import SignalHealth
from ivi.providers.can.batch import FrameList
from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE, Frame
from ivi.providers.can.health import MAX_STRANGERS, SignalWatch
from ivi.providers.can.id_mask import ADDRESSED_GROUP, BROADCAST_GROUP, STANDARD, id_filters, id_mask
from ivi.providers.can.provider import load_car
from ivi.vss.catalogue import Catalogue

DBC = """VERSION ""
BU_: ECU
BO_ 256 Fast: 4 ECU
 SG_ Speed : 0|16@1+ (0.01,0) [0|655.35] "km/h" ECU
 SG_ Torque : 16|16@1+ (1,0) [0|65535] "" ECU
BO_ 257 Slow: 8 ECU
 SG_ Range : 0|16@1+ (1,0) [0|65535] "km" ECU
BO_ 258 Event: 8 ECU
 SG_ Door : 0|1@1+ (1,0) [0|1] "" ECU
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;
BA_DEF_DEF_ "GenMsgCycleTime" 0;
BA_ "GenMsgCycleTime" BO_ 256 10;
BA_ "GenMsgCycleTime" BO_ 257 400;
"""
OVERLAY = """
Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: Speed, interval_ms: 0, timeout_ms: 200}}
Vehicle.Torque: {type: sensor, datatype: uint16, dbc2vss: {signal: Torque, interval_ms: 0}}
Vehicle.Range: {type: sensor, datatype: uint16, dbc2vss: {signal: Range, interval_ms: 0}}
Vehicle.Door: {type: sensor, datatype: boolean, dbc2vss: {signal: Door, interval_ms: 0}}
"""


def watch_of(folder: Path, overlay: str = OVERLAY) -> SignalWatch:
    (folder / "car.dbc").write_text(DBC)
    (folder / "car.vspec").write_text(overlay)
    car = load_car(folder / "car.dbc", folder / "car.vspec", Catalogue())
    return SignalWatch(car.dbc, car.mapping)


@pytest.fixture
def watch(tmp_path: Path) -> SignalWatch:
    return watch_of(tmp_path)


def frame(key: int, size: int = 8) -> Frame:
    return Frame(0, key, bytes(size))


def note(watch: SignalWatch, *frames: Frame) -> None:
    watch.note(FrameList(frames))


def of(watch: SignalWatch, path: str, now: float) -> SignalHealth:
    return next(signal for signal in watch.signals("can0", now) if signal.path == path)


def test_limits_come_from_the_overlay_then_from_the_cycle_then_not_at_all(watch: SignalWatch) -> None:
    limits = {signal.path.rpartition(".")[2]: signal.timeout_s for signal in watch.signals("can0", 0.0)}
    assert limits == {"Speed": 0.2, "Torque": 1.0, "Range": 2.0, "Door": None}


@pytest.mark.parametrize("value", ["0", "-5", "1.5", "true", "soon"])
def test_a_bad_timeout_is_refused_with_its_place(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"car\.vspec, line 2: Vehicle\.Speed: timeout_ms"):
        watch_of(tmp_path, OVERLAY.replace("timeout_ms: 200", f"timeout_ms: {value}"))


def test_a_path_goes_stale_once_and_comes_back(watch: SignalWatch) -> None:
    note(watch, frame(256, 4))
    assert watch.tick(10.0) == {}
    assert watch.tick(10.2) == {}
    assert watch.tick(10.25) == {256: ["Vehicle.Speed"]}
    assert watch.tick(10.5) == {}
    assert watch.tick(11.1) == {256: ["Vehicle.Torque"]}
    assert (watch.stale, watch.timeouts) == (2, 2)
    note(watch, frame(256, 4))
    assert watch.tick(11.2) == {}
    assert (watch.stale, watch.timeouts) == (0, 2)
    assert watch.tick(11.5) == {256: ["Vehicle.Speed"]}


def test_what_never_came_and_what_has_no_cycle_is_not_stale(watch: SignalWatch) -> None:
    note(watch, frame(258))
    watch.tick(0.0)
    assert watch.tick(1e6) == {}
    assert of(watch, "Vehicle.Range", 5.0).age_s is None
    assert of(watch, "Vehicle.Door", 5.0).age_s == 5.0


def test_rates_of_the_bus_and_of_a_message(watch: SignalWatch) -> None:
    watch.tick(0.0)
    for tenth in range(1, 31):
        note(watch, *[frame(256, 4)] * 10, frame(257))
        watch.tick(tenth / 10)
    assert watch.rate(3.0) == pytest.approx(110, rel=0.01)
    assert of(watch, "Vehicle.Speed", 3.0).rate_hz == pytest.approx(100, rel=0.01)
    assert of(watch, "Vehicle.Range", 3.0).rate_hz == pytest.approx(10, rel=0.01)
    assert of(watch, "Vehicle.Door", 3.0).rate_hz == 0
    assert watch.last_frame == 3.0


def test_bad_frames_are_counted_by_kind(watch: SignalWatch) -> None:
    note(watch, frame(256, 4), frame(256, 8), frame(257, 8), frame(0x7FF, 64))
    watch.note_odd([Frame(0, ERROR | 0x40, bytes(8)), Frame(0, REMOTE | 256, b""), Frame(0, REMOTE | EXTENDED, b"")])
    watch.note_fd([256, 0x7FF])
    assert (watch.overlong, watch.error_frames, watch.remote_frames, watch.fd_unexpected) == (1, 1, 2, 1)


def test_a_node_that_invents_ids_costs_no_memory(watch: SignalWatch) -> None:
    for start in range(0, 200_000, 10_000):
        note(watch, *(frame(EXTENDED | key) for key in range(start, start + 10_000)), frame(256, 4))
        watch.tick(start / 10_000 * 1.5)
    assert len(watch._counts) <= MAX_STRANGERS + 10_000 + 3
    assert of(watch, "Vehicle.Speed", 28.6).rate_hz > 0


J1939 = """VERSION ""
BU_: ECU
BO_ 2364540158 EEC1: 8 ECU
 SG_ EngSpeed : 24|16@1+ (0.125,0) [0|8031.875] "rpm" ECU
BO_ 2565800190 TSC1: 8 ECU
 SG_ Requested : 8|16@1+ (0.125,0) [0|8031.875] "rpm" ECU
BO_ 256 Plain: 8 ECU
 SG_ Speed : 0|16@1+ (1,0) [0|65535] "" ECU
BA_DEF_ BO_ "VFrameFormat" ENUM "StandardCAN","ExtendedCAN","reserved","J1939PG";
BA_DEF_DEF_ "VFrameFormat" "StandardCAN";
BA_ "VFrameFormat" BO_ 2364540158 3;
BA_ "VFrameFormat" BO_ 2565800190 3;
"""
J1939_OVERLAY = """
Vehicle.Engine: {type: sensor, datatype: float, dbc2vss: {signal: EngSpeed, interval_ms: 0, timeout_ms: 500}}
Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: Speed, interval_ms: 0}}
"""


def test_j1939_messages_are_known_by_their_group(tmp_path: Path) -> None:
    (tmp_path / "car.dbc").write_text(J1939)
    (tmp_path / "car.vspec").write_text(J1939_OVERLAY)
    car = load_car(tmp_path / "car.dbc", tmp_path / "car.vspec", Catalogue())
    watch = SignalWatch(car.dbc, car.mapping)
    watch.tick(0.0)
    other_sender = EXTENDED | 0x18F00421  # EEC1 from address 0x21 at priority 6
    note(watch, *[frame(other_sender)] * 20)
    watch.tick(1.0)
    assert of(watch, "Vehicle.Engine", 1.0).age_s == 0
    assert of(watch, "Vehicle.Engine", 1.0).rate_hz == pytest.approx(20)
    assert of(watch, "Vehicle.Speed", 1.0).age_s is None
    filters = id_filters(car.dbc.database.messages, car.translator.keys)
    assert filters == {(EXTENDED | 0x00F00400, BROADCAST_GROUP), (256, STANDARD)}
    addressed = {id_mask(message) for message in car.dbc.database.messages if message.name == "TSC1"}
    assert addressed == {ADDRESSED_GROUP}
