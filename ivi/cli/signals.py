# SPDX-License-Identifier: Apache-2.0
"""`ivi signals list|get|set|watch`."""

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import Awaitable, Callable, Iterable

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.databroker import (
    Actuate,
    DatabrokerAnswer,
    Deadband,
    GetValues,
    ListMetadata,
    MetadataList,
    Subscribe,
    Values,
    ValuesUpdate,
)
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import Datapoint, Metadata, Value
from ivi.vss import units
from ivi.vss.catalogue import INTEGERS, check_value, parse_value

SET_LIMIT = 5.0  # seconds
FEW = 8  # paths that are asked for one by one; for more the whole list is cheaper
PERSISTED = "persisted"  # source of values that no provider has given since the broker started

type Action = Callable[[argparse.Namespace, LinkClient], Awaitable[int]]


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi signals`."""
    parser = argparse.ArgumentParser(
        prog="ivi signals", description="The vehicle's signals of a running ivi, by VSS path."
    )
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    names = "VSS path; * stands for one segment, a last ** for any depth"
    listing = commands.add_parser("list", help="names, types, units and ranges")
    listing.add_argument("pattern", nargs="?", default="**", help=names)
    getting = commands.add_parser("get", help="current values")
    getting.add_argument("paths", nargs="+", metavar="PATH", help=names)
    getting.add_argument("--targets", action="store_true", help="also show what actuators were asked for last")
    setting = commands.add_parser("set", help="ask the car to change an actuator, and wait until it reports the value")
    setting.add_argument("path", metavar="PATH")
    setting.add_argument("value", metavar="VALUE", help="number, text, or true/false")
    setting.add_argument("--no-wait", action="store_true", help="do not wait for the car's report")
    watching = commands.add_parser("watch", help="print changes until Ctrl-C")
    watching.add_argument("paths", nargs="+", metavar="PATH", help=names)
    watching.add_argument(
        "--hz", type=float, default=5.0, help="at most this many lines of one signal a second (default: 5)"
    )
    watching.add_argument(
        "--deadband",
        type=_deadband,
        metavar="X|X%",
        default=Deadband(),
        help="leave out moves of a number up to X (in the signal's own unit) or X%% of it",
    )
    watching.add_argument("--every", action="store_true", help="also repeated values")
    watching.add_argument("--targets", action="store_true", help="also what actuators are asked for")
    watching.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="stop by itself after this long")
    for command in (getting, setting, watching):
        command.add_argument("--unit", help="show or take numbers in this unit, e.g. mph, Fahrenheit, psi")
    return parser


def _deadband(text: str) -> Deadband:
    try:
        return Deadband(percent=float(text[:-1])) if text.endswith("%") else Deadband(float(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number or percentage") from None


def main(argv: list[str]) -> int:
    """Run `ivi signals`."""
    arguments = build_parser().parse_args(argv)
    actions = {"list": _list, "get": _get, "set": _set, "watch": _watch}
    return asyncio.run(_with_client(arguments, actions[arguments.action]))


async def _with_client(arguments: argparse.Namespace, action: Action) -> int:
    async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
        return await action(arguments, client)


async def _list(arguments: argparse.Namespace, client: LinkClient) -> int:
    found: MetadataList = await client.call(ListMetadata(arguments.pattern))
    if not found.entries:
        raise NotFoundError(f"no signal matches {arguments.pattern}", hint="`ivi signals list` shows all")
    width = max(len(entry.path) for entry in found.entries)
    for entry in found.entries:
        sys.stdout.write(f"{entry.path:<{width}}  {entry.entry_type:<9} {entry.data_type:<8} {_limits(entry)}\n")
    return 0


async def _get(arguments: argparse.Namespace, client: LinkClient) -> int:
    values: Values = await client.call(GetValues(arguments.paths, arguments.targets))
    view = View(client, arguments)
    await view.learn([*values.entries, *values.targets])
    missing = [path for path in arguments.paths if "*" not in path and path not in values.entries]
    for path, datapoint in values.entries.items():
        kept = "  (kept from an earlier run)" if datapoint.source == PERSISTED else ""
        sys.stdout.write(f"{path}  {view.text(path, datapoint.value)}{kept}\n")
    for path, datapoint in values.targets.items():
        sys.stdout.write(f"{path}  asked for: {view.text(path, datapoint.value)}\n")
    for path in missing:
        sys.stderr.write(f"{path}  has no value yet (does the car send it?)\n")
    return NotFoundError.exit_code if missing else 0


async def _set(arguments: argparse.Namespace, client: LinkClient) -> int:
    found: MetadataList = await client.call(ListMetadata(arguments.path))
    if not found.entries:
        raise NotFoundError(f"no signal {arguments.path}", hint="`ivi signals list` shows all")
    entry = found.entries[0]
    value = _given(entry, arguments.value, arguments.unit)
    done = await client.call(Actuate(entry.path, value, not arguments.no_wait), SET_LIMIT)
    what = "was asked" if arguments.no_wait else f"confirmed after {done.elapsed_ms:.0f} ms"
    sys.stdout.write(f"{entry.path} set; the car {what}\n")
    return 0


def _given(entry: Metadata, text: str, unit: str | None) -> Value:
    """The value that was typed, in the unit of the leaf."""
    if unit is None:
        return parse_value(entry, text)
    try:
        number = units.converter(unit, entry.unit)(float(text))
    except ValueError:
        raise InvalidArgumentError(f"{text!r} is no number of {unit}") from None
    # a whole-number leaf cannot hold 16.0934 km/h for 10 mph; the nearest is what was meant
    return check_value(entry, round(number) if entry.data_type in INTEGERS else number)


async def _watch(arguments: argparse.Namespace, client: LinkClient) -> int:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(arguments.seconds):
            await _print_changes(arguments, client)
    return 0


async def _print_changes(arguments: argparse.Namespace, client: LinkClient) -> None:
    view = View(client, arguments)
    request = Subscribe(
        arguments.paths,
        arguments.hz,
        on_change=not arguments.every,
        deadband=arguments.deadband,
        targets=arguments.targets,
    )
    async for event in client.stream(request):
        update: ValuesUpdate = event
        await view.learn([*update.entries, *update.targets])
        for path, datapoint in update.entries.items():
            sys.stdout.write(f"{_clock(datapoint)}  {path}  {view.text(path, datapoint.value)}\n")
        for path, datapoint in update.targets.items():
            sys.stdout.write(f"{_clock(datapoint)}  {path}  asked for: {view.text(path, datapoint.value)}\n")
        sys.stdout.flush()


class View:
    """How values are shown: with their unit, or in the unit that was asked for."""

    def __init__(self, client: LinkClient, arguments: argparse.Namespace) -> None:
        self._client = client
        self._wanted: str | None = arguments.unit
        self._named: list[str] = [path for path in arguments.paths if "*" not in path]
        self._entries: dict[str, Metadata] = {}
        self._converters: dict[str, units.Converter] = {}

    async def learn(self, paths: Iterable[str]) -> None:
        """Ask for the metadata of paths that are new.

        Raises InvalidArgumentError when the wanted unit does not fit a path that was named, or none of them.
        """
        new = [path for path in paths if path not in self._entries]
        for pattern in ["**"] if len(new) > FEW else new:
            answer: MetadataList = await self._client.call(ListMetadata(pattern))
            self._entries.update((entry.path, entry) for entry in answer.entries)
        if self._wanted is None:
            return
        refused: InvalidArgumentError | None = None
        for path in new:
            try:
                self._converters[path] = units.converter(self._entries[path].unit, self._wanted)
            except InvalidArgumentError as error:
                refused = InvalidArgumentError(f"{path}: {error.message}", hint=error.hint)
                if path in self._named:
                    raise refused from error
        if refused is not None and not self._converters:
            raise refused

    def text(self, path: str, value: Value | None) -> str:
        """The value for people."""
        change = self._converters.get(path)
        unit = self._entries[path].unit
        if change is not None and self._wanted is not None and value is not None:
            value, unit = _converted(value, change), units.find(self._wanted).name
        return f"{_text(value)} {unit}" if unit and value is not None else _text(value)


def _converted(value: Value, change: units.Converter) -> Value | None:
    """The value in another unit; what is no number stays, what has no value there (0 l/100km in km/l) is None."""
    try:
        if isinstance(value, list):
            return [change(item) if isinstance(item, int | float) else item for item in value]
        return change(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    except InvalidArgumentError:
        return None


def _limits(entry: Metadata) -> str:
    parts = [entry.unit]
    if entry.minimum is not None or entry.maximum is not None:
        low = "" if entry.minimum is None else f"{entry.minimum:g}"
        high = "" if entry.maximum is None else f"{entry.maximum:g}"
        parts.append(f"{low}..{high}")
    if entry.allowed:
        parts.append("|".join(str(item) for item in entry.allowed))
    return "  ".join(part for part in parts if part)


def _text(value: Value | None) -> str:
    if value is None:
        return "not available"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def _clock(datapoint: Datapoint) -> str:
    seconds, rest = divmod(datapoint.time_ns, 1_000_000_000)
    return f"{time.strftime('%H:%M:%S', time.localtime(seconds))}.{rest // 1_000_000:03d}"
