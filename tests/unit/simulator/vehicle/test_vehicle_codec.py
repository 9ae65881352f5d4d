# SPDX-License-Identifier: Apache-2.0
"""Our packing equals cantools' for every message of the car; broken DBC files are refused in one line."""

import random
from pathlib import Path

import pytest
from cantools.database.can import Database
from cantools.database.can.signal import Signal

from simulator.bus.record import BRS, EFF, FD
from simulator.errors import CarDataError
from simulator.vehicle.codec import build_command, build_encoder, default_dbc, load_dbc
from simulator.vehicle.protection import seal_of


def _raw(signal: Signal, rng: random.Random) -> int:
    low = round((float(signal.minimum or 0) - signal.offset) / signal.scale)
    high = round((float(signal.maximum or 0) - signal.offset) / signal.scale)
    return rng.choice((low, high, rng.randint(low, high)))


def test_every_message_packs_as_cantools_does(dbc: Database) -> None:
    rng = random.Random(5)
    compared = 0
    for message in dbc.messages:
        encoder = build_encoder(message)
        for _ in range(25):
            raw = {signal.name: _raw(signal, rng) for signal in message.signals}
            scaled = {s.name: raw[s.name] * float(s.scale) + float(s.offset) for s in message.signals}
            if encoder.selector:
                group = raw[encoder.selector]
                raw = {s.name: raw[s.name] for s in message.signals if s.multiplexer_ids in (None, [group])}
            assert encoder.encode(scaled) == message.encode(raw, scaling=False), message.name
            compared += 1
    assert compared == 25 * len(dbc.messages)


def test_values_outside_the_range_are_clipped(dbc: Database) -> None:
    message = dbc.get_message_by_name("INV_MotorStatus")
    values = dict.fromkeys((signal.name for signal in message.signals), 0.0)
    for wish, got in ((1e9, 300), (-1e9, -300), (12.344, 12.34), (12.346, 12.35)):
        values["INV_MotorPower"] = wish
        decoded = message.decode(build_encoder(message).encode(values), decode_choices=False)
        assert isinstance(decoded, dict)
        assert decoded["INV_MotorPower"] == pytest.approx(got)


def test_identifier_and_flags_come_from_the_dbc(dbc: Database) -> None:
    wide = build_encoder(dbc.get_message_by_name("BMS_ModuleTemperatures"))
    assert (wide.flags, wide.length) == (FD | BRS, 64)
    assert build_encoder(dbc.get_message_by_name("VCU_Diagnostics")).identifier == EFF | 0x18FF5021
    assert build_encoder(dbc.get_message_by_name("VCU_Drive")).flags == 0


def test_a_command_holds_only_what_is_requested(dbc: Database) -> None:
    message = dbc.get_message_by_name("HVAC_Command")
    command = build_command(message)
    raw = {signal.name: int(signal.raw_initial or 0) for signal in message.signals}
    seal = seal_of(message)
    assert seal is not None
    assert command.decode(seal.close(message.encode(raw, scaling=False))) == {}
    raw["HVAC_DriverTempReq"] = 42
    payload = seal.close(message.encode(raw, scaling=False))
    assert command.decode(payload) == {"HVAC_DriverTempReq": 21.0}
    assert command.decode(seal.spoil(payload)) == {}
    assert command.decode(b"\x00") == {}


def test_unusable_dbc_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CarDataError, match=r"absent\.dbc"):
        load_dbc(tmp_path / "absent.dbc")
    broken = tmp_path / "broken.dbc"
    broken.write_text('VERSION ""\nBS_:\nBU_: A\nBO_ 1 M: 8 A\n SG_ a : nonsense\n', encoding="utf-8")
    with pytest.raises(CarDataError, match="line 5") as caught:
        load_dbc(broken)
    assert "\n" not in caught.value.line()
    mixed = tmp_path / "mixed.dbc"
    mixed.write_text(
        'VERSION ""\nBS_:\nBU_: A\nBO_ 1 M: 8 A\n'
        ' SG_ a : 0|8@1+ (1,0) [0|255] "" A\n SG_ b : 15|8@0+ (1,0) [0|255] "" A\n',
        encoding="utf-8",
    )
    with pytest.raises(CarDataError, match="byte order"):
        build_encoder(load_dbc(mixed).messages[0])


def test_the_default_file_is_the_one_in_the_tree() -> None:
    assert default_dbc().is_file()
