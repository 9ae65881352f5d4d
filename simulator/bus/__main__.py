# SPDX-License-Identifier: Apache-2.0
"""``python -m simulator.bus [CHANNEL]``: serve a CAN bus until SIGTERM or Ctrl-C."""

import argparse
import sys
from collections.abc import Sequence

from simulator.bus.address import DEFAULT_CHANNEL, socket_path
from simulator.bus.server import QUEUE_FRAMES, serve
from simulator.errors import SimulatorError
from simulator.readiness import notify

CANNOT_SERVE = 2  # exit code


def build_parser(prog: str = "python -m simulator.bus") -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog=prog,
        description="Serve a CAN bus without hardware. Any number of processes join it with "
        'can.Bus(interface="ivi", channel="can0"). Classic and FD frames, in order, without loss up to a '
        "bounded queue for each reader.",
    )
    parser.add_argument(
        "channel",
        nargs="?",
        default=DEFAULT_CHANNEL,
        metavar="CHANNEL",
        help="name of the bus, or the path of its socket when it contains a slash (default: %(default)s)",
    )
    parser.add_argument(
        "--queue",
        type=int,
        default=QUEUE_FRAMES,
        metavar="FRAMES",
        help="frames that wait for a slow reader before its next ones are dropped and counted (default: %(default)s)",
    )
    return parser


def main(argv: Sequence[str] | None = None, prog: str = "python -m simulator.bus") -> int:
    """Run the server; returns the exit code."""
    parser = build_parser(prog)
    options = parser.parse_args(argv)
    if options.queue < 1:
        parser.error("--queue must be at least 1")
    try:
        path = socket_path(options.channel)

        def ready() -> None:
            print(f"bus {options.channel} ready on {path}", flush=True)
            notify("READY=1")

        totals = serve(path, ready, options.queue)
    except SimulatorError as error:
        print(f"ivi sim bus: {error.line()}", file=sys.stderr)
        return CANNOT_SERVE
    print(f"bus {options.channel} stopped: {totals.line()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
