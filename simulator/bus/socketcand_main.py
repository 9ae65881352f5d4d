# SPDX-License-Identifier: Apache-2.0
"""``ivi sim socketcand [CHANNEL] --port PORT``: a bus for stock tools, until SIGTERM or Ctrl-C."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from simulator.bus.address import DEFAULT_CHANNEL
from simulator.bus.socketcand import DEFAULT_PORT, HOST, MAX_CLIENTS, Totals, serve
from simulator.errors import SimulatorError
from simulator.readiness import notify

CANNOT_SERVE = 2  # exit code
PORT_MAX = 65535


def build_parser(prog: str) -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog=prog,
        description="Let tools that speak socketcand (SavvyCAN, Wireshark, python-can) join an ivi bus. On this "
        'machine only: the protocol has no login. In Python: can.Bus(interface="socketcand", host="127.0.0.1", '
        'port=28600, channel="can0", tcp_tune=True).',
    )
    parser.add_argument("channel", nargs="?", default=DEFAULT_CHANNEL, help="the bus (default: %(default)s)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="TCP port, 0 for any (default: %(default)s)")
    parser.add_argument("--clients", type=int, default=MAX_CLIENTS, metavar="N", help="at most (default: %(default)s)")
    return parser


def main(argv: Sequence[str] | None = None, prog: str = "python -m simulator.bus.socketcand_main") -> int:
    """Run the listener; returns the exit code."""
    parser = build_parser(prog)
    options = parser.parse_args(argv)
    if not 0 <= options.port <= PORT_MAX:
        parser.error(f"--port {options.port} is no port; 0 to {PORT_MAX}")
    if options.clients < 1:
        parser.error("--clients must be at least 1")
    try:
        totals = asyncio.run(_run(options))
    except SimulatorError as error:
        print(f"ivi sim socketcand: {error.line()}", file=sys.stderr)
        return CANNOT_SERVE
    print(f"socketcand {options.channel} stopped: {totals.line()}", flush=True)
    return 0


async def _run(options: argparse.Namespace) -> Totals:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def ready(port: int) -> None:
        print(f"socketcand {options.channel} ready on {HOST}:{port}", flush=True)
        notify("READY=1")

    return await serve(options.channel, options.port, options.clients, ready, stop)


if __name__ == "__main__":
    sys.exit(main())
