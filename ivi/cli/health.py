# SPDX-License-Identifier: Apache-2.0
"""`ivi health`."""

import argparse
import asyncio
import sys

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.health import BusHealth, HealthReport, ListHealth, MessageHealth, SignalHealth

NOT_ALL_WELL = 1  # exit status when a bus is not in order
ORDER = ("ok", "error-warning")
"""States of a bus that is in order."""


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi health`."""
    parser = argparse.ArgumentParser(
        prog="ivi health",
        description="How the CAN buses of a running ivi do, and with a pattern also the signals that they feed.",
        epilog="Exit status 1: a bus is away, silent, babbling, error-passive or bus-off.",
    )
    parser.add_argument(
        "pattern", nargs="?", default="", help="VSS path; * stands for one segment, a last ** for any depth"
    )
    parser.add_argument("--json", action="store_true", help="for programs: everything, as one JSON object")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi health`; 0 when every bus is in order."""
    arguments = build_parser().parse_args(argv)
    report = asyncio.run(_ask(arguments.pattern))
    if arguments.json:
        found = {
            "buses": {bus.name: msgspec.structs.asdict(bus) for bus in report.buses},
            "messages": {
                f"{message.bus}/{message.message}": msgspec.structs.asdict(message) for message in report.messages
            },
            "signals": {signal.path: msgspec.structs.asdict(signal) for signal in report.signals},
        }
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found)).decode() + "\n")
    else:
        for bus in report.buses:
            _print_bus(bus)
            _print_messages([message for message in report.messages if message.bus == bus.name])
        _print_signals(report.signals)
    return 0 if all(bus.state in ORDER for bus in report.buses) else NOT_ALL_WELL


async def _ask(pattern: str) -> HealthReport:
    async with LinkClient(socket_path("databroker"), HealthReport) as client:
        answer: HealthReport = await client.call(ListHealth(pattern))
    return answer


def _print_bus(bus: BusHealth) -> None:
    reason = f": {bus.reason}" if bus.reason else ""
    sys.stdout.write(f"{bus.name} ({bus.address})  {bus.state}{reason}\n")
    sys.stdout.write(f"  {bus.rate_hz:.0f} frames/s, last frame {_age(bus.age_s)}\n")
    numbers = [f"{name} {count}" for name, count in bus.counters.items() if count or name in {"received", "dropped"}]
    sys.stdout.write(f"  {', '.join(numbers)}\n")
    if "unknown" not in bus.counters:
        sys.stdout.write("  ids that nobody asked for are kept back by the kernel (filter=off of --bus counts them)\n")


def _print_messages(messages: list[MessageHealth]) -> None:
    """Those that had a fault; the others in one line."""
    for message in messages:
        if told := _faults(message.checksum_faults, message.counter_repeated, message.counter_skipped):
            state = "FAULTY" if message.faulty else "ok now"
            sys.stdout.write(f"  {message.message}  {state}: {told} ({message.accepted} frames good)\n")
    good = sum(not (one.checksum_faults or one.counter_repeated or one.counter_skipped) for one in messages)
    if good:
        sys.stdout.write(f"  {good} messages with counter or checksum, without a fault\n")


def _faults(checksum: int, repeated: int, skipped: int) -> str:
    words = {"wrong checksum": checksum, "counter stood still": repeated, "frames missing before": skipped}
    return ", ".join(f"{name} {count}" for name, count in words.items() if count)


def _print_signals(signals: list[SignalHealth]) -> None:
    width = max((len(signal.path) for signal in signals), default=0)
    for signal in signals:
        limit = "never stale" if signal.timeout_s is None else f"stale after {signal.timeout_s:g} s"
        state = "STALE" if signal.stale else "ok" if signal.age_s is not None else "not seen"
        often = f", timed out {signal.timeouts} times" if signal.timeouts else ""
        if wrong := signal.checksum_faults + signal.counter_faults:
            often += f", {wrong} faults of counter or checksum"
        sys.stdout.write(
            f"{signal.path:<{width}}  {state:<8}  {signal.bus}/{signal.message}  {signal.rate_hz:.1f}/s, "
            f"last {_age(signal.age_s)}, {limit}{often}\n"
        )


def _age(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds * 1000:.0f} ms ago" if seconds < 10 else f"{seconds:.0f} s ago"  # noqa: PLR2004  # seconds
