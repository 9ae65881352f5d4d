# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet.sink`: copies telemetry to ClickHouse, again and again, or once."""

import argparse
import asyncio
import contextlib
import sys
from concurrent.futures import ThreadPoolExecutor

from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Counter, Process, run
from ivi.fleet.sink.clickhouse import ClickHouse
from ivi.fleet.sink.copying import Copier
from ivi.fleet.store.database import parse_address
from ivi.model.errors import IviError, UnavailableError
from ivi.model.status import Problem


def main() -> int:
    """Parse the command line and run until SIGTERM, or once; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m ivi.fleet.sink", description="Copies telemetry from the fleet's database to ClickHouse."
    )
    parser.add_argument("--db", type=parse_address, default=None, metavar="FILE|postgresql://...", help="from where")
    parser.add_argument("--clickhouse", required=True, metavar="http://HOST:8123/", help="to where")
    parser.add_argument("--every", type=float, default=5.0, metavar="S", help="seconds between copies (default 5)")
    parser.add_argument("--keep-days", type=int, metavar="N", help="ClickHouse forgets samples after N days")
    parser.add_argument("--keep-hours", type=float, metavar="N", help="the database forgets copied rows after N hours")
    parser.add_argument("--once", action="store_true", help="copy what is there, then end")
    options = parser.parse_args()
    if options.every <= 0 or (options.keep_days is not None and options.keep_days < 1):
        parser.error("--every and --keep-days are larger than 0")
    if options.keep_hours is not None and options.keep_hours < 0:
        parser.error("--keep-hours is not less than 0")
    if options.once:
        try:
            copier = _open(options)
            with contextlib.closing(copier):
                rows = copier.copy()
        except IviError as error:
            sys.stderr.write(f"ivi fleet sink: {error}\n")
            return error.exit_code
        print(f"{rows} rows, {copier.samples} samples, {copier.unreadable} unreadable, {copier.pruned} forgotten")
        return 0
    return run("fleet-sink", lambda process: _start(process, options))


def _open(options: argparse.Namespace) -> Copier:
    """Raises IviError when one of the two ends cannot be used."""
    sink = ClickHouse(options.clickhouse)
    sink.prepare(options.keep_days)
    keep_s = None if options.keep_hours is None else options.keep_hours * 3600
    return Copier(options.db or state_dir() / "fleet.db", sink, keep_s)


async def _start(process: Process, options: argparse.Namespace) -> None:
    make_private(runtime_dir())
    ClickHouse(options.clickhouse)  # an address that cannot be used is said at once
    server = LinkServer(socket_path("fleet-sink"), (), process.status)
    await server.start()
    process.on_stop("link", server.stop)
    task = asyncio.create_task(_copy_all(process, options))

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    process.on_stop("sink", stop)


async def _copy_all(process: Process, options: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    copier: Copier | None = None

    def counters() -> dict[str, Counter]:
        if copier is None:
            return {}
        return {
            "sink_rows": copier.rows,
            "sink_samples": copier.samples,
            "sink_unreadable": copier.unreadable,
            "sink_pruned": copier.pruned,
        }

    process.add_counters(counters)
    with ThreadPoolExecutor(1, thread_name_prefix="sink") as thread:
        try:
            while True:
                try:
                    if copier is None:
                        copier = await loop.run_in_executor(thread, _open, options)
                    await loop.run_in_executor(thread, copier.copy)
                    process.resolve("sink")
                except UnavailableError as error:
                    problem = Problem(f"Telemetry is not copied: {error.message}", "the sink", error.hint)
                    process.report("sink", problem)
                await asyncio.sleep(options.every)
        finally:
            if copier is not None:
                thread.submit(copier.close)


if __name__ == "__main__":
    sys.exit(main())
