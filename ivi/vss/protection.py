# SPDX-License-Identifier: Apache-2.0
"""`counter` and `checksum` in `dbc2vss` and `vss2dbc`: which signals of a message show that it is alive and whole.

Our addition to Kuksa's words. They stand with any one path of the message and hold for all of it: received messages
are checked (`dbc2vss`), and commands are given both (`vss2dbc`).

    counter: HVAC_Counter                                   # or {signal: HVAC_Counter, step: 1, max: 14}
    checksum: {signal: HVAC_Crc, algorithm: crc8_autosar}   # and over: [1, 7], prefix: [0x12], suffix: []

`over` are the first and the last byte that the checksum covers, all by default; the checksum's own bytes are left out,
and where it is only part of a byte, its bits count as 0. `prefix` and `suffix` are bytes, such as a data id, that are
not sent but covered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ivi.model.errors import ConfigurationError

MAX_BYTE = 0xFF
MAX_PAYLOAD = 64  # bytes of a CAN FD frame
_COUNTER_WORDS = frozenset({"signal", "step", "max"})
_CHECKSUM_WORDS = frozenset({"signal", "algorithm", "over", "prefix", "suffix"})


class Algorithm(StrEnum):
    """Checksums that overlays can name."""

    XOR8 = "xor8"
    """All bytes XORed."""
    SUM8 = "sum8"
    """All bytes added, modulo 256."""
    SUM8_COMPLEMENT = "sum8_complement"
    """What makes the sum of all bytes 0 modulo 256."""
    CRC8_SAE_J1850 = "crc8_sae_j1850"
    """Polynomial 0x1D, start 0xFF, inverted."""
    CRC8_SAE_J1850_ZERO = "crc8_sae_j1850_zero"
    """Polynomial 0x1D, start 0, not inverted (AUTOSAR end-to-end profile 1)."""
    CRC8_AUTOSAR = "crc8_autosar"
    """Polynomial 0x2F, start 0xFF, inverted (AUTOSAR CRC8H2F)."""
    CRC16_CCITT = "crc16_ccitt"
    """Polynomial 0x1021, start 0xFFFF (AUTOSAR CRC16)."""


@dataclass(frozen=True)
class Counter:
    """An alive counter."""

    signal: str
    step: int = 1
    maximum: int | None = None
    """After it comes 0; None for all that fits in the signal."""


@dataclass(frozen=True)
class Checksum:
    """A checksum over bytes of the payload."""

    signal: str
    algorithm: Algorithm
    first: int = 0
    last: int = MAX_PAYLOAD - 1
    prefix: bytes = b""
    suffix: bytes = b""


@dataclass(frozen=True)
class Protection:
    """What one message is protected by."""

    counter: Counter | None = None
    checksum: Checksum | None = None


def protection_from_words(where: str, words: Mapping[str, object]) -> Protection | None:
    """The protection that an overlay node names; None for none. Raises ConfigurationError that names `where`."""
    if "counter" not in words and "checksum" not in words:
        return None
    counter = _counter(where, words["counter"]) if "counter" in words else None
    checksum = _checksum(where, words["checksum"]) if "checksum" in words else None
    return Protection(counter, checksum)


def _counter(where: str, node: object) -> Counter:
    if isinstance(node, str):
        return Counter(node)
    words = _words(where, "counter", node, _COUNTER_WORDS)
    step = _whole(where, "counter.step", words.get("step", 1), 1)
    maximum = _whole(where, "counter.max", words["max"], 1) if "max" in words else None
    return Counter(str(words["signal"]), step, maximum)


def _checksum(where: str, node: object) -> Checksum:
    words = _words(where, "checksum", node, _CHECKSUM_WORDS)
    try:
        algorithm = Algorithm(str(words.get("algorithm")))
    except ValueError:
        raise ConfigurationError(
            f"{where}: there is no checksum {words.get('algorithm')!r}", hint=f"known: {', '.join(Algorithm)}"
        ) from None
    over = words.get("over", [0, MAX_PAYLOAD - 1])
    if not isinstance(over, list) or len(over) != 2:  # noqa: PLR2004  # first and last
        raise ConfigurationError(f"{where}: checksum.over must be [first byte, last byte], not {over!r}")
    first, last = (_whole(where, "checksum.over", item, 0) for item in over)
    if first > last or last >= MAX_PAYLOAD:
        raise ConfigurationError(f"{where}: checksum.over must be [first byte, last byte], not {over!r}")
    prefix, suffix = (_bytes(where, name, words.get(name, [])) for name in ("prefix", "suffix"))
    return Checksum(str(words["signal"]), algorithm, first, last, prefix, suffix)


def _words(where: str, name: str, node: object, known: frozenset[str]) -> Mapping[str, object]:
    if not isinstance(node, Mapping) or not isinstance(node.get("signal"), str):
        raise ConfigurationError(f"{where}: {name} needs `signal`, the name of a DBC signal")
    if unknown := set(node) - known:
        raise ConfigurationError(
            f"{where}: {name} has no word {sorted(map(str, unknown))[0]!r}", hint=f"known: {', '.join(sorted(known))}"
        )
    return node


def _whole(where: str, name: str, value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ConfigurationError(f"{where}: {name} must be a whole number from {least}, not {value!r}")
    return value


def _bytes(where: str, name: str, value: object) -> bytes:
    if not isinstance(value, list) or not all(type(item) is int and 0 <= item <= MAX_BYTE for item in value):
        raise ConfigurationError(f"{where}: checksum.{name} must be a list of bytes, not {value!r}")
    return bytes(value)
