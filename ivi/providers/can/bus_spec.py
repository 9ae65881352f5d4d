# SPDX-License-Identifier: Apache-2.0
"""Which bus to read and how: the one-line form `NAME=INTERFACE:CHANNEL[,dbc=FILE][,overlay=FILE][,filter=off][,...]`.

Free of python-can, so that the command line can check a bus without paying for it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError

MAX_RATE = 30_000
"""Frames per second above which a bus babbles: a classic 1 Mbit/s bus carries at most 21,277 (47 bits each)."""
FORM = "NAME=INTERFACE:CHANNEL[,dbc=FILE][,overlay=FILE][,filter=off][,rate=FRAMES_PER_S]"

_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class BusSpec:
    """One bus of the car."""

    name: str
    """Short name in counters, problems and datapoints (`can:<name>`)."""
    interface: str
    """python-can's name of the interface, e.g. `ivi`, `socketcan`, `slcan`."""
    channel: str
    dbc: Path | None = None
    overlay: Path | None = None
    filtered: bool = True
    """Whether the kernel may keep back frames that nobody wants (SocketCAN); unknown ids are then not counted."""
    max_rate: int = MAX_RATE
    """Frames per second that are read at most; more is the sign of a babbling node."""

    @property
    def address(self) -> str:
        """`interface:channel`."""
        return f"{self.interface}:{self.channel}"


def parse_address(address: str, switch: str = "--can") -> BusSpec:
    """A bus named by its address alone; the channel is its name. Raises ConfigurationError."""
    interface, _, channel = address.partition(":")
    if not interface or not channel:
        raise ConfigurationError(
            f"{switch} {address} names no CAN bus", hint="INTERFACE:CHANNEL, e.g. ivi:can0 or socketcan:vcan0"
        )
    return BusSpec(channel, interface, channel)


def parse_bus(text: str) -> BusSpec:
    """A bus in the long form (see FORM). Files must not have a comma in their name. Raises ConfigurationError."""
    address, *options = text.split(",")
    name, equals, address = address.partition("=")
    if not equals or not _NAME.fullmatch(name):
        raise ConfigurationError(f"--bus {text} has no name (letters, digits, - and _)", hint=FORM)
    bus = parse_address(address, f"--bus {name}:")
    words = _words(text, options)
    return BusSpec(
        name,
        bus.interface,
        bus.channel,
        Path(words["dbc"]) if "dbc" in words else None,
        Path(words["overlay"]) if "overlay" in words else None,
        _filter(text, words.get("filter", "on")),
        _rate(text, words.get("rate", str(MAX_RATE))),
    )


def check_buses(buses: list[BusSpec]) -> None:
    """Raises ConfigurationError when two buses cannot be told apart, or one is named twice."""
    for what, seen in (("name", [bus.name for bus in buses]), ("address", [bus.address for bus in buses])):
        if twice := next((item for item in seen if seen.count(item) > 1), None):
            raise ConfigurationError(f"two buses have the {what} {twice}", hint="--bus " + FORM)


def _words(text: str, options: list[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for option in options:
        word, equals, value = option.partition("=")
        if word not in {"dbc", "overlay", "filter", "rate"} or not equals or not value or word in words:
            raise ConfigurationError(f"--bus {text}: {option!r} cannot be used", hint=FORM)
        words[word] = value
    return words


def _filter(text: str, value: str) -> bool:
    if value not in {"on", "off"}:
        raise ConfigurationError(f"--bus {text}: filter is on or off, not {value!r}", hint=FORM)
    return value == "on"


def _rate(text: str, value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) <= 10_000_000:  # noqa: PLR2004  # far above any bus
        raise ConfigurationError(f"--bus {text}: rate is a whole number of frames per second, not {value!r}", hint=FORM)
    return int(value)
