# SPDX-License-Identifier: Apache-2.0
"""OBD-II (SAE J1979) on the functional address: what is supported, live data, trouble codes, the VIN."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ivi.providers.uds.tester import DiagnosticTester
from ivi.providers.uds.trouble import format_obd

LIVE, STORED, PENDING, IDENTITY = 0x01, 0x03, 0x07, 0x09  # services
ANSWER = 0x40  # added to a service in its answer
BLOCK = 0x20  # identifiers that one bitmap covers
LAST_BLOCK = 0xE0
VIN, CALIBRATION, ECU_NAME = 0x02, 0x04, 0x0A  # information types of service 09


@dataclass(frozen=True, slots=True)
class Pid:
    """What a live datum means."""

    name: str
    unit: str
    size: int  # bytes
    convert: Callable[[int], float]


def _percent(raw: int) -> float:
    return raw * 100 / 255


def _celsius(raw: int) -> float:
    return raw - 40


PIDS: dict[int, Pid] = {
    0x04: Pid("calculated load", "%", 1, _percent),
    0x05: Pid("coolant temperature", "degC", 1, _celsius),
    0x0B: Pid("manifold pressure", "kPa", 1, float),
    0x0C: Pid("engine or motor speed", "rpm", 2, lambda raw: raw / 4),
    0x0D: Pid("vehicle speed", "km/h", 1, float),
    0x0F: Pid("intake air temperature", "degC", 1, _celsius),
    0x11: Pid("throttle position", "%", 1, _percent),
    0x1C: Pid("OBD standard", "", 1, float),
    0x1F: Pid("run time since start", "s", 2, float),
    0x21: Pid("distance with warning lamp", "km", 2, float),
    0x2F: Pid("fuel level", "%", 1, _percent),
    0x31: Pid("distance since clear", "km", 2, float),
    0x33: Pid("barometric pressure", "kPa", 1, float),
    0x42: Pid("control module voltage", "V", 2, lambda raw: raw / 1000),
    0x46: Pid("ambient temperature", "degC", 1, _celsius),
    0x49: Pid("accelerator pedal", "%", 1, _percent),
    0x5B: Pid("traction battery charge", "%", 1, _percent),
    0x5C: Pid("oil temperature", "degC", 1, _celsius),
    0xA6: Pid("odometer", "km", 4, lambda raw: raw / 10),
}
"""SAE J1979-DA; those that a person asks for."""


@dataclass(slots=True)
class ObdReport:
    """What one ECU told."""

    ecu: str
    supported: list[int] = field(default_factory=list)
    live: dict[str, tuple[float, str]] = field(default_factory=dict)
    """Name: value and unit."""
    lamp: bool | None = None
    """The warning lamp is on; None when the ECU does not tell."""
    stored: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    vin: str = ""
    name: str = ""


def report(tester: DiagnosticTester) -> list[ObdReport]:
    """Ask all ECUs for everything that a dozen well-known identifiers say. Errors as DiagnosticTester.ask_all."""
    reports: dict[str, ObdReport] = {}
    for ecu, identifiers in _supported(tester).items():
        reports[ecu] = ObdReport(ecu, identifiers)
    wanted = sorted({pid for entry in reports.values() for pid in entry.supported} & {0x01, *PIDS})
    for pid in wanted:
        for ecu, answer in tester.ask_all(bytes([LIVE, pid]), _having(reports, pid)).items():
            if ecu in reports and answer[:2] == bytes([LIVE + ANSWER, pid]):
                _note(reports[ecu], pid, answer[2:])
    for service, attribute in ((STORED, "stored"), (PENDING, "pending")):
        for ecu, answer in tester.ask_all(bytes([service]), reports).items():
            if answer[:1] == bytes([service + ANSWER]):
                setattr(reports.setdefault(ecu, ObdReport(ecu)), attribute, parse_codes(answer[1:]))
    for information, attribute in ((VIN, "vin"), (ECU_NAME, "name")):
        for ecu, answer in tester.ask_all(bytes([IDENTITY, information]), reports).items():
            if answer[:2] == bytes([IDENTITY + ANSWER, information]):
                setattr(reports.setdefault(ecu, ObdReport(ecu)), attribute, parse_text(answer[3:]))
    return list(reports.values())


def parse_bitmap(first: int, bitmap: bytes) -> list[int]:
    """Identifiers that a bitmap of four bytes says are supported; ``first`` is the identifier that was asked."""
    bits = int.from_bytes(bitmap[:4].ljust(4, b"\0"))
    return [first + offset for offset in range(1, BLOCK + 1) if bits >> (BLOCK - offset) & 1]


def parse_codes(body: bytes) -> list[str]:
    """Codes after the service byte: a count, then two bytes each. Zeros are padding."""
    pairs = (int.from_bytes(body[at : at + 2]) for at in range(1, len(body) - 1, 2))
    return [format_obd(code) for code in pairs if code][: body[0] if body else 0]


def parse_text(data: bytes) -> str:
    """A text that is padded with zeros at either end."""
    return data.strip(b"\0").decode("ascii", "replace").replace("\0", "")


def _having(reports: dict[str, ObdReport], pid: int) -> list[str]:
    return [ecu for ecu, entry in reports.items() if pid in entry.supported]


def _supported(tester: DiagnosticTester) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    first = 0
    while first <= LAST_BLOCK:
        answers = tester.ask_all(bytes([LIVE, first]), found)
        more = False
        for ecu, answer in answers.items():
            if answer[:2] != bytes([LIVE + ANSWER, first]):
                continue
            identifiers = parse_bitmap(first, answer[2:6])
            more |= first + BLOCK in identifiers
            found.setdefault(ecu, []).extend(pid for pid in identifiers if pid % BLOCK)
        if not more:
            break
        first += BLOCK
    return found


def _note(entry: ObdReport, pid: int, data: bytes) -> None:
    if pid == 0x01:
        entry.lamp = bool(data[0] & 0x80) if data else None
        return
    meaning = PIDS[pid]
    if len(data) >= meaning.size:
        value = meaning.convert(int.from_bytes(data[: meaning.size]))
        entry.live[meaning.name] = (round(value, 3), meaning.unit)
