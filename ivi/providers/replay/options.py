# SPDX-License-Identifier: Apache-2.0
"""How a log is played: the switches that `ivi replay`, `ivi can play` and the databroker process share."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field

from ivi.model.errors import ConfigurationError
from ivi.providers.replay.entry import id_text, parse_id

SPEED_MAX = 1000.0  # times real time; more than any machine decodes, so --max is meant
SECONDS_MAX = 1e8  # three years


@dataclass(frozen=True)
class ReplayOptions:
    """What to play of a log, and how fast."""

    speed: float = 1.0
    """Times real time; 0 for as fast as possible."""
    loop: bool = False
    seek: float = 0.0
    """Seconds of the log to leave out at its beginning."""
    max_gap: float = 0.0
    """Longer silences are cut to this many seconds; 0 for none."""
    ids: Mapping[int, int] = field(default_factory=dict)
    """Ids to rewrite (bit 31 = extended)."""
    channel: str = ""
    """Play only frames of this bus of the log; empty for all."""

    def arguments(self) -> list[str]:
        """All but the speed as switches, for another process."""
        words = ["--loop"] if self.loop else []
        for name, value in (("--seek", self.seek), ("--max-gap", self.max_gap), ("--channel", self.channel)):
            words += [name, str(value)] if value else []
        return words + [f"--map-id={id_text(old)}={id_text(new)}" for old, new in self.ids.items()]


def add_arguments(parser: argparse.ArgumentParser, *, pace: bool = True) -> None:
    """Add the switches to a parser. With `pace` also --speed and --max."""
    if pace:
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--speed", type=float, default=1.0, metavar="X", help="times real time (default: 1)")
        either.add_argument("--max", action="store_true", help="as fast as this machine can")
    parser.add_argument("--loop", action="store_true", help="begin again at the end, until stopped")
    parser.add_argument("--seek", type=float, default=0.0, metavar="SECONDS", help="begin this far into the log")
    parser.add_argument("--max-gap", type=float, default=0.0, metavar="SECONDS", help="cut longer silences to this")
    parser.add_argument(
        "--map-id",
        action="append",
        default=[],
        metavar="ID=ID",
        help="play frames of one id as another, e.g. 0x123=0x456; eight digits mean an extended id; may be repeated",
    )
    parser.add_argument("--channel", default="", metavar="NAME", help="only frames of this bus of the log, e.g. can1")


def from_arguments(arguments: argparse.Namespace) -> ReplayOptions:
    """Read the switches back. Raises ConfigurationError for what cannot be done."""
    fastest = getattr(arguments, "max", False)
    speed = 0.0 if fastest else arguments.speed
    if not fastest and not 0 < speed <= SPEED_MAX:
        raise ConfigurationError(f"--speed {speed:g} is out of range", hint="above 0, or --max for as fast as possible")
    return _options(arguments, speed)


def from_process_arguments(arguments: argparse.Namespace) -> ReplayOptions:
    """As from_arguments, for a process's own command line, where speed 0 stands for as fast as possible."""
    if not 0 <= arguments.speed <= SPEED_MAX:
        raise ConfigurationError(f"--speed {arguments.speed:g} is out of range", hint="0 is as fast as possible")
    return _options(arguments, arguments.speed)


def _options(arguments: argparse.Namespace, speed: float) -> ReplayOptions:
    for name in ("seek", "max_gap"):
        if not 0 <= (value := getattr(arguments, name)) < SECONDS_MAX:
            raise ConfigurationError(f"--{name.replace('_', '-')} {value:g} is no useful time", hint="seconds")
    return ReplayOptions(
        speed, arguments.loop, arguments.seek, arguments.max_gap, _id_map(arguments.map_id), arguments.channel
    )


def _id_map(words: list[str]) -> dict[int, int]:
    ids: dict[int, int] = {}
    for word in words:
        old, new = (parse_id(part) for part in word.partition("=")[::2])
        if old is None or new is None:
            raise ConfigurationError(
                f"--map-id {word} is no pair of ids",
                hint="OLD=NEW in hexadecimal, e.g. 0x123=0x456; eight digits for an extended id",
            )
        if old in ids:
            raise ConfigurationError(f"--map-id {word}: {id_text(old)} is mapped twice", hint="name it once")
        ids[old] = new
    return ids
