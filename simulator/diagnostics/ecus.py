# SPDX-License-Identifier: Apache-2.0
"""The ECUs of the ivi EV that a workshop can talk to: addresses, data, faults and routines.

can_dbc/ivi_ev/diagnostics.toml tells a tester the same; a test holds the two together.
"""

from simulator.diagnostics.faults import FaultKind, code_number
from simulator.diagnostics.obd import VIN
from simulator.diagnostics.parts import EcuSpec, Read, Routine, number, text
from simulator.errors import SimulatorError

FUNCTIONAL = 0x7DF
MODULES = 32  # temperature sensors of the pack, one fault each

ODOMETER, SPEED, VOLTAGE, CHARGE = 0x0100, 0x0101, 0x0102, 0x0103
SNAPSHOT = (ODOMETER, SPEED, VOLTAGE, CHARGE)


def _kind(code: str, trips: int = 1, *, lamp: bool = False) -> FaultKind:
    number_ = code_number(code)
    if number_ is None:
        raise SimulatorError(f"{code} is no trouble code")
    return FaultKind(number_, trips, lamp)


def _data(part: str, software: str, hardware: str, serial: str, more: dict[int, Read] | None = None) -> dict[int, Read]:
    return {
        ODOMETER: number("VCU_Odometer", 1, 4),
        SPEED: number("ESC_Speed", 0.1, 2),
        VOLTAGE: number("IBS_Voltage", 0.001, 2),
        CHARGE: number("BMS_SocDisplayed", 0.1, 2),
        0xF187: text(part),
        0xF18C: text(serial),
        0xF190: text(VIN),
        0xF191: text(hardware),
        0xF195: text(software),
        **(more or {}),
    }


VCU = EcuSpec(
    "VCU",
    0x7E0,
    0x7E8,
    _data("IVI-VCU-0101", "1.0.0", "HW-A2", "VCU0000042", {0x0110: number("VCU_AcceleratorPedal", 0.1, 2)}),
    (
        _kind("P0A1F-00", lamp=True),
        _kind("P0562-00", 2, lamp=True),
        _kind("P1A0D-1C"),
        _kind("U0111-00", lamp=True),
        _kind("U0155-00"),
    ),
    SNAPSHOT,
    {0x0201: Routine(0.0, b"\x00"), 0x0202: Routine(1.5, b"\x00\x01")},
    {0xF190: 17},
    obd=True,
)

BMS = EcuSpec(
    "BMS",
    0x7E4,
    0x7EC,
    _data(
        "IVI-BMS-0203",
        "2.3.1",
        "HW-C1",
        "BMS0000042",
        {
            0x0120: number("BMS_PackVoltage", 0.1, 2),
            0x0121: number("BMS_SoH", 0.1, 2),
            0x0122: number("BMS_TemperatureMax", 0.1, 2, offset=-60),
            0x0123: number("BMS_IsolationResistance", 1, 2),
        },
    ),
    (
        _kind("P0A7F-00", lamp=True),
        _kind("P0AA6-00", lamp=True),
        _kind("P0A0D-00", lamp=True),
        _kind("P0A9C-00", 2),
        _kind("P0C73-00"),
        _kind("P0AFA-00"),
        _kind("P1A10-00"),
        _kind("U0100-00"),
        *(_kind(f"P1B{module:02X}-1C") for module in range(1, MODULES + 1)),
    ),
    SNAPSHOT,
    {0x0203: Routine(3.0, b"\x00\x60"), 0x0204: Routine(0.0, b"\x00", secured=True)},
    {0xF190: 17},
)

HVAC = EcuSpec(
    "HVAC",
    0x7B3,
    0x7BB,
    _data(
        "IVI-HVA-0110",
        "1.1.4",
        "HW-B1",
        "HVA0000042",
        {0x0130: number("HVAC_CabinTemperature", 0.1, 2, offset=-60)},
    ),
    (_kind("B1234-11"), _kind("B1235-12"), _kind("B10A2-00", 2), _kind("U0140-00")),
    SNAPSHOT,
    {0x0205: Routine(0.5, b"\x00", standing=False)},
)

BCM = EcuSpec(
    "BCM",
    0x7A0,
    0x7A8,
    _data(
        "IVI-BCM-0107",
        "1.7.0",
        "HW-A1",
        "BCM0000042",
        {0x0140: number("BCM_OutsideTemperature", 0.1, 2, offset=-60)},
    ),
    (_kind("B1A56-15"), _kind("B1A57-15"), _kind("B1318-00"), _kind("U0151-00")),
    SNAPSHOT,
    {0x0206: Routine(0.0, b"\x00")},
    {0xF190: 17},
)

ECUS = (VCU, BMS, HVAC, BCM)
