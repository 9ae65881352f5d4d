# SPDX-License-Identifier: Apache-2.0
"""`ivi commands list|watch|answer`."""

import argparse
import asyncio
import sys
import time

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.commands import (
    Answer,
    AnswerCommand,
    CommandAnswered,
    CommandState,
    CommandsUpdate,
    CommandView,
    ListCommands,
    SubscribeCommands,
)

NOT_TAKEN = 1  # exit status when the answer did not count
SHORT = 8  # digits of an id that are shown


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi commands`."""
    parser = argparse.ArgumentParser(
        prog="ivi commands", description="Commands that came to this car from outside, and your answers to them."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the newest commands and where each one stands")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.add_argument("--limit", type=int, default=20, help="at most this many (default: 20)")
    actions.add_parser("watch", help="print every change until Ctrl-C")
    answering = actions.add_parser("answer", help="agree to a command that waits for it, or do not")
    answering.add_argument("id", help="as shown by `list`; its first digits are enough")
    answering.add_argument("answer", choices=("yes", "no"))
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi commands`."""
    arguments = build_parser().parse_args(argv)
    actions = {"list": _list, "watch": _watch, "answer": _answer}
    return asyncio.run(actions[arguments.action](arguments))


async def _list(arguments: argparse.Namespace) -> int:
    async with LinkClient(socket_path("cloud"), Answer) as client:
        found: CommandsUpdate = await client.call(ListCommands(arguments.limit))
    if arguments.json:
        sys.stdout.write(msgspec.json.encode([msgspec.structs.asdict(one) for one in found.commands]).decode() + "\n")
        return 0
    for command in found.commands:
        sys.stdout.write(_line(command))
    if not found.commands:
        sys.stdout.write("no command has come yet\n")
    return 0


async def _watch(_arguments: argparse.Namespace) -> int:
    told: dict[str, CommandState] = {}
    async with LinkClient(socket_path("cloud"), Answer) as client:
        async for event in client.stream(SubscribeCommands()):
            update: CommandsUpdate = event
            for command in reversed(update.commands):
                if told.get(command.id) is not command.state:
                    sys.stdout.write(_line(command))
            told = {command.id: command.state for command in update.commands}
            sys.stdout.flush()
    return 0


async def _answer(arguments: argparse.Namespace) -> int:
    async with LinkClient(socket_path("cloud"), Answer) as client:
        answered: CommandAnswered = await client.call(AnswerCommand(arguments.id, arguments.answer == "yes"))
    if not answered.taken:
        sys.stderr.write(f"ivi commands: {answered.reason}\n")
        return NOT_TAKEN
    sys.stdout.write("agreed\n" if arguments.answer == "yes" else "refused\n")
    return 0


def _line(command: CommandView) -> str:
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(command.received_ms / 1000))
    who = f"{command.issuer or 'unknown'} ({command.role})"
    text = f"{command.id[:SHORT]}  {when}  {command.state:<16}  {command.name}: {command.text}, for {who}"
    if command.state is CommandState.AWAITING_CONSENT:
        text += f"; answer with `ivi commands answer {command.id[:SHORT]} yes` or `no`"
    return f"{text}; {command.reason}\n" if command.reason else f"{text}\n"
