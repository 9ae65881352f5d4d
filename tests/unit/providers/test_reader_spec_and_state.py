# SPDX-License-Identifier: Apache-2.0
"""How a bus is named, what error frames say of it, and what is reported of it."""

from pathlib import Path

import pytest

from ivi.daemon.process import Process
from ivi.model.errors import ConfigurationError
from ivi.providers.can.bus_spec import MAX_RATE, BusSpec, check_buses, parse_address, parse_bus
from ivi.providers.can.bus_state import CALM, RECOVERED, SILENT, BusState
from ivi.providers.can.condition import Condition, condition_of, lost_by_controller
from ivi.providers.can.frame import ERROR, Frame


def test_an_address_alone_names_the_bus_after_its_channel() -> None:
    assert parse_address("socketcan:can0") == BusSpec("can0", "socketcan", "can0")


def test_the_long_form() -> None:
    bus = parse_bus("body=ivi:can1,dbc=body.dbc,overlay=body.vspec,filter=off,rate=500")
    assert bus == BusSpec("body", "ivi", "can1", Path("body.dbc"), Path("body.vspec"), filtered=False, max_rate=500)
    assert parse_bus("body=slcan:/dev/ttyUSB0").max_rate == MAX_RATE


@pytest.mark.parametrize(
    "text",
    [
        *("ivi:can1", "=ivi:can1", "a b=ivi:can1", "body=ivi", "body=ivi:can1,dbc=", "body=ivi:can1,speed=1"),
        *("body=ivi:can1,filter=maybe", "body=ivi:can1,rate=0", "body=ivi:can1,rate=x", "body=ivi:c,dbc=a,dbc=b"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_bus(text)


def test_two_buses_of_one_name_or_address_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="name body"):
        check_buses([parse_bus("body=ivi:can1"), parse_bus("body=ivi:can2")])
    with pytest.raises(ConfigurationError, match="address ivi:can1"):
        check_buses([parse_bus("a=ivi:can1"), parse_bus("b=ivi:can1")])


def error_frame(classes: int, detail: int = 0) -> Frame:
    return Frame(0, ERROR | classes, bytes([0, detail, 0, 0, 0, 0, 0, 0]))


@pytest.mark.parametrize(
    ("frame", "condition"),
    [
        (error_frame(0x40), Condition.OFF),
        (error_frame(0x100), Condition.ACTIVE),
        (error_frame(0x04, 0x10), Condition.PASSIVE),
        (error_frame(0x04, 0x20), Condition.PASSIVE),
        (error_frame(0x04, 0x08), Condition.WARNING),
        (error_frame(0x04, 0x40), Condition.ACTIVE),
        (error_frame(0x04, 0x01), None),
        (error_frame(0x02), None),
        (Frame(0, ERROR | 0x04, b""), None),
    ],
)
def test_conditions_as_linux_defines_them(frame: Frame, condition: Condition | None) -> None:
    assert condition_of(frame) is condition
    assert lost_by_controller(frame) == (frame == error_frame(0x04, 0x01))


@pytest.fixture
def process() -> Process:
    return Process("test")


@pytest.fixture
def state(process: Process) -> BusState:
    return BusState(process, BusSpec("body", "socketcan", "can1"))


def said(process: Process) -> str:
    return "; ".join(problem.what for problem in process.status().problems)


def test_away_and_back(process: Process, state: BusState) -> None:
    assert state.word == "away"
    state.on_failed("no such device")
    assert said(process) == "The CAN bus body is away: no such device"
    state.on_open("", "", 0.0)
    assert (state.word, state.reason, said(process)) == ("ok", "", "")


def test_a_small_buffer_is_said_while_the_bus_is_open(process: Process, state: BusState) -> None:
    state.on_open("its receive buffer holds 278 frames", "sysctl", 0.0)
    assert "278 frames" in said(process)
    state.on_failed("gone")
    assert "278" not in said(process)


def test_passive_then_off_then_back_by_word(process: Process, state: BusState) -> None:
    state.on_open("", "", 0.0)
    state.on_odd([error_frame(0x04, 0x20)])
    assert (state.word, said(process)) == ("error-passive", "The CAN bus body is error-passive")
    state.on_odd([error_frame(0x40)])
    assert (state.word, said(process)) == ("bus-off", "The CAN bus body is bus-off")
    assert "can1" in process.status().problems[0].hint
    state.on_odd([error_frame(0x100)])
    assert (state.word, said(process)) == ("ok", "")


def test_frames_prove_that_a_bus_is_no_longer_off(process: Process, state: BusState) -> None:
    state.on_open("", "", 0.0)
    state.on_odd([error_frame(0x40)])
    state.tick(10.0, 9.99)
    assert state.word == "bus-off"
    state.tick(10.5, 10.4)
    assert state.word == "bus-off"  # a frame that was on its way
    state.tick(10.0 + RECOVERED + 0.2, 10.0 + RECOVERED + 0.1)
    assert (state.word, said(process)) == ("ok", "")


def test_silence_is_reported_and_taken_back(process: Process, state: BusState) -> None:
    state.on_open("", "", 100.0)
    state.tick(100.0 + SILENT, None)
    assert state.word == "ok"
    state.tick(100.1 + SILENT, None)
    assert state.word == "silent"
    assert "silent" in said(process)
    state.tick(107.0, 106.9)
    assert (state.word, said(process)) == ("ok", "")


def test_babbling_ends_when_it_has_been_calm(process: Process, state: BusState) -> None:
    state.on_open("", "", 0.0)
    state.on_throttled(1.0)
    assert (state.word, state.throttled) == ("babbling", 1)
    assert "babbles" in said(process)
    state.tick(1.0 + CALM, 1.0)
    assert state.word == "babbling"
    state.tick(1.1 + CALM, 1.0)
    assert (state.word, said(process)) == ("ok", "")


def test_a_failed_bus_forgets_what_it_was(process: Process, state: BusState) -> None:
    state.on_open("", "", 0.0)
    state.on_throttled(1.0)
    state.on_odd([error_frame(0x40)])
    state.on_failed("gone")
    assert said(process) == "The CAN bus body is away: gone"
