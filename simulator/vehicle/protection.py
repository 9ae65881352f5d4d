# SPDX-License-Identifier: Apache-2.0
"""Alive counters and checksums of safety-like messages: sealing what an ECU sends, checking what it is asked.

The checks that the overlay names for the same messages are written apart from these, so that one proves the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cantools.database.can import Message

from simulator.errors import CarDataError

BYTE = 8  # bits


def xor8(data: bytes) -> int:
    """All bytes XORed."""
    total = 0
    for byte in data:
        total ^= byte
    return total


def crc8(polynomial: int) -> Callable[[bytes], int]:
    """A CRC of 8 bits that starts with 0xFF and is inverted (SAE J1850 with 0x1D, AUTOSAR CRC8H2F with 0x2F)."""
    table = []
    for byte in range(256):
        rest = byte
        for _ in range(BYTE):
            rest = (rest << 1) ^ (polynomial if rest & 0x80 else 0)
        table.append(rest & 0xFF)

    def checksum(data: bytes) -> int:
        rest = 0xFF
        for byte in data:
            rest = table[rest ^ byte]
        return rest ^ 0xFF

    return checksum


@dataclass(frozen=True, slots=True)
class Seal:
    """A checksum that fills one byte of a payload and covers a data id and all other bytes."""

    at: int
    """Index of its byte."""
    checksum: Callable[[bytes], int]
    data_id: bytes

    def close(self, payload: bytes) -> bytes:
        """The payload with its checksum."""
        return payload[: self.at] + bytes([self._over(payload)]) + payload[self.at + 1 :]

    def holds(self, payload: bytes) -> bool:
        """Whether the checksum is right."""
        return payload[self.at] == self._over(payload)

    def spoil(self, payload: bytes) -> bytes:
        """The payload with a wrong checksum."""
        return payload[: self.at] + bytes([payload[self.at] ^ 0xFF]) + payload[self.at + 1 :]

    def _over(self, payload: bytes) -> int:
        return self.checksum(self.data_id + payload[: self.at] + payload[self.at + 1 :])


SEALS: dict[str, tuple[str, Callable[[bytes], int], bytes]] = {
    "VCU_Drive": ("VCU_DriveChecksum", crc8(0x1D), b"\xa0"),
    "ESC_VehicleSpeed": ("ESC_SpeedChecksum", xor8, b""),
    "EPS_Steering": ("EPS_SteeringChecksum", crc8(0x2F), b"\xc0"),
    "HVAC_Command": ("HVAC_CommandChecksum", crc8(0x2F), b""),
}
"""By message: the signal that holds the checksum, how it is computed, and the data id that it covers first."""
COMMAND_COUNTERS = {"HVAC_Command": "HVAC_CommandCounter"}
"""Alive counters in commands: no requests."""


def checksum_of(message: Message) -> str:
    """Name of the signal that holds a message's checksum; empty when it has none."""
    return SEALS[message.name][0] if message.name in SEALS else ""


def seal_of(message: Message) -> Seal | None:
    """The checksum of a message; None when it has none. Raises CarDataError when the DBC lacks its signal."""
    if message.name not in SEALS:
        return None
    name, checksum, data_id = SEALS[message.name]
    signal = next((signal for signal in message.signals if signal.name == name), None)
    if signal is None or signal.length != BYTE:
        raise CarDataError(
            f"message {message.name} has no byte {name} for its checksum", "use can_dbc/ivi_ev/ivi_ev.dbc"
        )
    return Seal(signal.start // BYTE, checksum, data_id)


def is_protection(message: Message, name: str) -> bool:
    """Whether a signal of a command is its counter or its checksum."""
    return name in {checksum_of(message), COMMAND_COUNTERS.get(message.name)}
