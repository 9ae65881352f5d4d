# SPDX-License-Identifier: Apache-2.0
"""`ivi update check|apply|rollback|history`."""

import argparse
import asyncio
import json
from datetime import UTC, datetime

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.updates import (
    Answer,
    ApplyUpdates,
    CheckUpdates,
    GetUpdates,
    ListUpdateHistory,
    RollBackUpdates,
    UpdateHistory,
    Updates,
    UpdateState,
)

LOOK_TIMEOUT = 130.0  # seconds; the service's own limit is below
ACT_TIMEOUT = 180.0  # seconds; going back ends and starts apps
MIB = 1 << 20
NOT_ALL_WELL = 1  # exit status when the history was changed


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi update`."""
    parser = argparse.ArgumentParser(
        prog="ivi update", description="Updates of apps, models, maps, DBC files and the runtime of a running ivi."
    )
    parser.add_argument("--json", action="store_true", help="for programs: everything, as one JSON object")
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    checking = commands.add_parser("check", help="ask the fleet what there is, and show where it stands")
    checking.add_argument("--offline", action="store_true", help="only show what is known")
    applying = commands.add_parser("apply", help="agree to the install of what waits; it begins when the car is parked")
    applying.add_argument("--revoke", action="store_true", help="take the agreement back")
    commands.add_parser("rollback", help="put back what was installed before")
    history = commands.add_parser("history", help="what is installed, its identifier, and what was done")
    history.add_argument("--limit", type=int, default=50, metavar="LINES", help="newest lines to show (default: 50)")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi update`."""
    return asyncio.run(_run(build_parser().parse_args(argv)))


async def _run(arguments: argparse.Namespace) -> int:
    async with LinkClient(socket_path("cloud"), Answer) as client:
        answer = await _ask(client, arguments)
    if arguments.json:
        print(json.dumps(_plain(answer), indent=2))
    elif isinstance(answer, UpdateHistory):
        _print_history(answer)
    else:
        _print(answer)
    return NOT_ALL_WELL if isinstance(answer, UpdateHistory) and answer.problem else 0


async def _ask(client: LinkClient, arguments: argparse.Namespace) -> Updates | UpdateHistory:
    answer: Updates | UpdateHistory
    match arguments.action:
        case "history":
            answer = await client.call(ListUpdateHistory(arguments.limit))
        case "rollback":
            answer = await client.call(RollBackUpdates(), ACT_TIMEOUT)
        case "apply":
            answer = await _agree(client, agree=not arguments.revoke)
        case _:
            request = GetUpdates() if arguments.offline else CheckUpdates()
            answer = await client.call(request, LOOK_TIMEOUT)
    return answer


async def _agree(client: LinkClient, *, agree: bool) -> Updates:
    now: Updates = await client.call(GetUpdates())
    if now.state is UpdateState.OFF:
        raise UnavailableError(now.reason, hint="docs/cloud-updates.md says how to set it up")
    if not now.items:
        raise NotFoundError("no update is there", hint="`ivi update check` asks the fleet")
    after: Updates = await client.call(ApplyUpdates(now.order, agree))
    return after


def _print(now: Updates) -> None:
    print(f"software   {now.software}")
    print(f"state      {now.state}" + (f": {now.reason}" if now.reason else ""))
    if now.checked:
        print(f"checked    {_time(now.checked)}")
    for one in now.items:
        change = f"{one.before} → {one.version}" if one.before else one.version
        print(f"update     {one.kind}/{one.name}  {change}  {one.here / MIB:.1f} of {one.length / MIB:.1f} MiB here")
    if now.items:
        print(f"takes      about {max(1, round(now.expected_s / 60))} min, parked")
        print(f"agreed     {'yes' if now.agreed else 'no (`ivi update apply` agrees)'}")
    for reason in now.waits_for:
        print(f"waits      {reason}")
    if now.bytes_per_day:
        print(f"today      {now.bytes_today / MIB:.1f} of {now.bytes_per_day / MIB:.1f} MiB fetched")


def _print_history(told: UpdateHistory) -> None:
    print(f"software   {told.software} on {told.base}")
    for one in told.installed:
        print(f"installed  {one.kind}/{one.name} {one.version}  {one.sha256[:16] or 'by hand'}")
    for line in told.lines:
        why = f": {line.why}" if line.why else ""
        print(f"{_time(line.at_ms / 1000)}  {line.what:<20}{line.subject}{why}")
    print(f"history    {'CHANGED: ' + told.problem if told.problem else 'intact'}")


def _plain(value: object) -> object:
    """Structs as objects with names: on the link they are arrays."""
    match value:
        case msgspec.Struct():
            return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        case list():
            return [_plain(one) for one in value]
    return value


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
