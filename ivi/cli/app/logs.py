# SPDX-License-Identifier: Apache-2.0
"""`ivi app logs`."""

import argparse
import asyncio
import datetime
from collections.abc import AsyncIterator

from ivi.cli.app.asking import plain
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, FollowLog, ListLog, Log, LogLine

MOST = 500  # lines that the host keeps


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app logs`."""
    parser = argparse.ArgumentParser(
        prog="ivi app logs",
        description="What an app printed, and between its lines what the car says of it: starts, ends, refusals.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    parser.add_argument("-f", "--follow", action="store_true", help="go on with what comes, until Ctrl-C")
    parser.add_argument(
        "-n", "--lines", type=int, default=100, metavar="N", help=f"newest lines to begin with (100, at most {MOST})"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app logs`."""
    arguments = build_parser().parse_args(argv)
    asyncio.run(_print(arguments.id, max(0, min(MOST, arguments.lines)), follow=arguments.follow))
    return 0


async def _print(app_id: str, lines: int, *, follow: bool) -> None:
    async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
        first: Log = await client.call(ListLog(app_id, 0, lines))
        seen = first.lines[-1].number if first.lines else 0
        for line in first.lines:
            print(text_of(line))
        if first.dropped:
            print(f"({first.dropped} lines came too fast to be kept)")
        if not follow:
            if not first.lines:
                print(f"{app_id} has said nothing yet.")
            return
        async for line in followed(client, app_id, seen):
            print(text_of(line), flush=True)


async def followed(client: LinkClient, app_id: str, after: int = 0) -> AsyncIterator[LogLine]:
    """Lines of an app as they come. Raises NotFoundError, UnavailableError, LinkError when ivi ends."""
    async for log in client.stream(FollowLog(app_id, after, MOST)):
        for line in log.lines:
            yield line


def text_of(line: LogLine) -> str:
    """Time, who said it, and what."""
    when = datetime.datetime.fromtimestamp(line.time_ns / 1e9).astimezone()
    who = "car  " if line.said_by == "host" else "     "
    return f"{when:%H:%M:%S.%f}"[:-3] + f"  {who} {plain(line.text)}"
