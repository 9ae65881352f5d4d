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
    GetValues,
    ListMetadata,
    MetadataList,
    Subscribe,
    Values,
    ValuesUpdate,
)
from ivi.model.errors import NotFoundError
from ivi.model.signal import Datapoint, Metadata, Value
from ivi.vss.catalogue import parse_value

SET_LIMIT = 5.0  # seconds

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
    setting = commands.add_parser("set", help="ask the car to change an actuator, and wait until it reports the value")
    setting.add_argument("path", metavar="PATH")
    setting.add_argument("value", metavar="VALUE", help="number, text, or true/false")
    watching = commands.add_parser("watch", help="print changes until Ctrl-C")
    watching.add_argument("paths", nargs="+", metavar="PATH", help=names)
    watching.add_argument(
        "--hz", type=float, default=5.0, help="at most this many lines of one signal a second (default: 5)"
    )
    watching.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="stop by itself after this long")
    return parser


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
    values: Values = await client.call(GetValues(arguments.paths))
    units = await _units(client, values.entries)
    missing = [path for path in arguments.paths if "*" not in path and path not in values.entries]
    for path, datapoint in values.entries.items():
        sys.stdout.write(f"{path}  {_text(datapoint.value)}{units[path]}\n")
    for path in missing:
        sys.stderr.write(f"{path}  has no value yet (does the car send it?)\n")
    return NotFoundError.exit_code if missing else 0


async def _set(arguments: argparse.Namespace, client: LinkClient) -> int:
    found: MetadataList = await client.call(ListMetadata(arguments.path))
    if not found.entries:
        raise NotFoundError(f"no signal {arguments.path}", hint="`ivi signals list` shows all")
    entry = found.entries[0]
    value = parse_value(entry, arguments.value)
    done = await client.call(Actuate(entry.path, value), SET_LIMIT)
    sys.stdout.write(f"{entry.path} set; the car confirmed after {done.elapsed_ms:.0f} ms\n")
    return 0


async def _watch(arguments: argparse.Namespace, client: LinkClient) -> int:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(arguments.seconds):
            await _print_changes(arguments, client)
    return 0


async def _print_changes(arguments: argparse.Namespace, client: LinkClient) -> None:
    units: dict[str, str] = {}
    async for event in client.stream(Subscribe(arguments.paths, arguments.hz)):
        update: ValuesUpdate = event
        units.update(await _units(client, [path for path in update.entries if path not in units]))
        for path, datapoint in update.entries.items():
            sys.stdout.write(f"{_clock(datapoint)}  {path}  {_text(datapoint.value)}{units[path]}\n")
        sys.stdout.flush()


async def _units(client: LinkClient, paths: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        answer: MetadataList = await client.call(ListMetadata(path))
        unit = answer.entries[0].unit if answer.entries else ""
        found[path] = f" {unit}" if unit else ""
    return found


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
