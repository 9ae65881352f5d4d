# SPDX-License-Identifier: Apache-2.0
"""OBD-II (SAE J1979) of the ECU that stands for the engine: live data, stored and pending codes, identity."""

from collections.abc import Callable

from simulator.diagnostics import faults
from simulator.diagnostics.faults import FaultMemory
from simulator.diagnostics.parts import Live, number
from simulator.diagnostics.refusal import Nrc, Refusal

VIN = "XV1EVS1M0DE000042"
CALIBRATION = "IVI-EV-VCU-1.0.0"
PIDS_MAX = 6  # in one request
CODES_MAX = 255
OBD_II = 0x06  # EOBD
BLOCK = 0x20  # identifiers that one bitmap covers

type Pid = Callable[[], bytes]


class Obd:
    """Services 01, 03, 04, 07 and 09."""

    SERVICES = frozenset({0x01, 0x03, 0x04, 0x07, 0x09})

    def __init__(self, memory: FaultMemory, live: Live, name: str) -> None:
        self._memory = memory
        self._pids = _live_pids(memory, live)
        self._infos: dict[int, Pid] = {
            0x02: lambda: b"\x01" + VIN.encode(),
            0x04: lambda: b"\x01" + CALIBRATION.encode().ljust(16, b"\x00"),
            0x0A: lambda: b"\x01" + f"{name}\0-VehicleControl".encode().ljust(20, b"\x00"),
        }

    def answer(self, request: bytes) -> bytes:
        """The response. Raises Refusal for what this ECU does not have."""
        service = request[0]
        if service in {0x01, 0x09}:
            return self._read(service, request[1:])
        if len(request) != 1:
            raise Refusal(Nrc.WRONG_LENGTH)
        if service == 0x04:  # noqa: PLR2004  # clear
            self._memory.clear(faults.ALL_GROUPS)
            return b"\x44"
        mask = faults.CONFIRMED if service == 0x03 else faults.PENDING  # noqa: PLR2004  # stored, else pending
        codes = [fault.kind.code >> 8 for fault in self._memory.matching(mask)][:CODES_MAX]
        return bytes([service + 0x40, len(codes)]) + b"".join(code.to_bytes(2) for code in codes)

    def _read(self, service: int, wanted: bytes) -> bytes:
        if not 0 < len(wanted) <= (PIDS_MAX if service == 0x01 else 1):
            raise Refusal(Nrc.WRONG_LENGTH)
        table = self._pids if service == 0x01 else self._infos
        found = b""
        for identifier in wanted:
            if identifier % BLOCK == 0:
                bitmap = supported(table, identifier)
                found += bytes([identifier]) + bitmap if any(bitmap) or identifier == 0 else b""
            elif identifier in table:
                found += bytes([identifier]) + table[identifier]()
        if not found:
            raise Refusal(Nrc.SUBFUNCTION_NOT_SUPPORTED)
        return bytes([service + 0x40]) + found


def supported(table: dict[int, Pid], first: int) -> bytes:
    """Bitmap of the 32 identifiers after ``first``; the last bit says that another bitmap follows."""
    bits = 0
    for offset in range(1, BLOCK):
        bits |= (first + offset in table) << (BLOCK - offset)
    bits |= any(identifier > first + BLOCK for identifier in table)
    return bits.to_bytes(4)


def _live_pids(memory: FaultMemory, live: Live) -> dict[int, Pid]:
    def of(signal: str, step: float, size: int, offset: float = 0.0) -> Pid:
        read = number(signal, step, size, offset=offset)
        return lambda: read(live)

    def monitors() -> bytes:
        confirmed = memory.matching(faults.CONFIRMED)
        lamp = any(fault.status & faults.LAMP for fault in confirmed)
        return bytes([(lamp << 7) | min(len(confirmed), 127), 0, 0, 0])

    return {
        0x01: monitors,
        0x04: of("VCU_AcceleratorPedal", 100 / 255, 1),  # calculated load
        0x05: of("INV_CoolantTemperature", 1, 1, -40),
        0x0C: of("INV_MotorSpeed", 0.25, 2),
        0x0D: of("ESC_Speed", 1, 1),
        0x11: of("VCU_AcceleratorPedal", 100 / 255, 1),
        0x1C: lambda: bytes([OBD_II]),
        0x1F: of("VCU_TripDuration", 1, 2),
        0x31: of("VCU_TripDistance", 1000, 2),
        0x42: of("IBS_Voltage", 0.001, 2),
        0x46: of("BCM_OutsideTemperature", 1, 1, -40),
        0x49: of("VCU_AcceleratorPedal", 100 / 255, 1),
        0x5B: of("BMS_SocDisplayed", 100 / 255, 1),
        0xA6: of("VCU_Odometer", 100, 4),  # 0.1 km
    }
