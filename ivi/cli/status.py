# SPDX-License-Identifier: Apache-2.0
"""`ivi status`."""

import argparse
import asyncio
import json

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.manager import inquiry
from ivi.model.manager import ListProcesses, ManagerAnswer, ProcessState, ProcessTable
from ivi.model.status import ProcessStatus

NOT_ALL_WELL = 1  # exit status when a process is not ready or reports a problem

NOTE = "_note"  # ending of a counter that is a sentence about how things are, with nothing wrong


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi status`."""
    parser = argparse.ArgumentParser(
        prog="ivi status", description="How the processes of a running ivi do, and what is off."
    )
    parser.add_argument("--json", action="store_true", help="for programs: everything, as one JSON object")
    parser.add_argument("--counters", action="store_true", help="every number that a process counts")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi status`; 0 when all is well."""
    arguments = build_parser().parse_args(argv)
    table, statuses = asyncio.run(_ask())
    if arguments.json:
        print(json.dumps(_as_json(table, statuses), indent=2))
    else:
        _print(table, statuses, counters=arguments.counters)
    well = all(view.state is ProcessState.READY for view in table.processes)
    return 0 if well and not any(status.problems for status in statuses.values()) else NOT_ALL_WELL


async def _ask() -> tuple[ProcessTable, dict[str, ProcessStatus]]:
    async with LinkClient(socket_path("manager"), ManagerAnswer) as client:
        table: ProcessTable = await client.call(ListProcesses())
    return table, await inquiry.statuses([view.name for view in table.processes])


def _print(table: ProcessTable, statuses: dict[str, ProcessStatus], *, counters: bool) -> None:
    print(f"{'process':<12}{'state':<12}{'pid':>8}{'restarts':>10}{'MB':>8}")
    for view in table.processes:
        numbers = f"{view.pid or '':>8}{view.restarts:>10}{view.rss_mb:>8.0f}"
        print(f"{view.name:<12}{view.state:<12}{numbers}  {view.reason}".rstrip())
    for status in statuses.values():
        for problem in status.problems:
            print(f"\n{status.name}: {problem.what}\n  where: {problem.where}\n  what to do: {problem.hint}")
    for status in statuses.values():
        for name, text in status.counters.items():
            if name.endswith(NOTE) and text:
                print(f"\n{status.name}: {text}")
    if counters:
        for status in statuses.values():
            print(f"\n{status.name}")
            for name, value in status.counters.items():
                print(f"  {name:<24}{value}")


def _as_json(table: ProcessTable, statuses: dict[str, ProcessStatus]) -> dict[str, object]:
    return {
        view.name: {
            "state": view.state.value,
            "pid": view.pid,
            "restarts": view.restarts,
            "rss_mb": round(view.rss_mb, 1),
            "reason": view.reason,
            "counters": statuses[view.name].counters if view.name in statuses else {},
            "problems": [
                {"what": problem.what, "where": problem.where, "hint": problem.hint}
                for problem in (statuses[view.name].problems if view.name in statuses else [])
            ],
        }
        for view in table.processes
    }
