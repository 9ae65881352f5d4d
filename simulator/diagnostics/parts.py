# SPDX-License-Identifier: Apache-2.0
"""What an ECU is made of: its identity, its data, its routines. ``ecus`` fills these in for the ivi EV."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.diagnostics.faults import FaultKind

type Live = Callable[[str], float]
"""Reads a signal of the car by its name in the DBC, scaled."""

type Read = Callable[[Live], bytes]
"""Makes the value of a data identifier."""


@dataclass(frozen=True, slots=True)
class Routine:
    """Something that an ECU can be asked to do."""

    seconds: float  # until the answer; above P2 the ECU says "pending" meanwhile
    result: bytes
    secured: bool = False
    standing: bool = True  # refused while the car moves


@dataclass(frozen=True, slots=True)
class EcuSpec:
    """One ECU."""

    name: str
    request: int  # physical identifier, tester to ECU
    response: int
    data: dict[int, Read]
    kinds: tuple[FaultKind, ...]
    snapshot: tuple[int, ...]  # data identifiers that are kept with a fault
    routines: dict[int, Routine] = field(default_factory=dict)
    writable: dict[int, int] = field(default_factory=dict)
    """Data identifiers that may be written with security access, and their length in bytes."""
    obd: bool = False


def text(value: str) -> Read:
    """A constant text."""
    encoded = value.encode("ascii")
    return lambda _live: encoded


def number(signal: str, step: float, size: int, *, offset: float = 0.0) -> Read:
    """A signal of the car as ``size`` bytes, big-endian, steps of ``step`` above ``offset``; clipped to what fits."""
    top = (1 << 8 * size) - 1
    return lambda live: min(max(round((live(signal) - offset) / step), 0), top).to_bytes(size)
