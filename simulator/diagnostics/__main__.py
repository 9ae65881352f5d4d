# SPDX-License-Identifier: Apache-2.0
"""``python -m simulator.diagnostics --can ivi:can0``: the car's ECUs alone, parked, until SIGTERM or Ctrl-C."""

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from simulator.diagnostics.network import Network
from simulator.diagnostics.station import Station, open_bus, parked
from simulator.errors import SimulatorError
from simulator.readiness import notify

CANNOT_SERVE = 2  # exit code


def build_parser(prog: str) -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog=prog,
        description="The diagnostic ECUs of the simulated car without the car: VCU, BMS, HVAC and BCM answer UDS and "
        "OBD-II. `ivi sim drive` brings them along, with live values.",
    )
    parser.add_argument("--can", default="ivi:can0", metavar="INTERFACE:CHANNEL", help="bus (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of security access (default: %(default)s)")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="ECU:CODE",
        help="fault that is there from the start, as BMS:P0A7F-00 or BMS:all",
    )
    return parser


def main(argv: Sequence[str] | None = None, prog: str = "python -m simulator.diagnostics") -> int:
    """Serve; returns the exit code."""
    options = build_parser(prog).parse_args(argv)
    try:
        network = Network(parked, options.seed)
        for fault in options.fault:
            network.plan(fault)
        network.begin()
        bus = open_bus(options.can, network.identifiers)
        try:
            station = Station(network, bus)

            def stop(_signal: int, _frame: FrameType | None) -> None:
                station.stop()

            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, stop)
            print(f"ECUs ready on {options.can}: {', '.join(network.ecus)}", flush=True)
            notify("READY=1")
            station.run()
        finally:
            bus.shutdown()
    except SimulatorError as error:
        print(f"ivi sim ecus: {error.line()}", file=sys.stderr)
        return CANNOT_SERVE
    return 0


if __name__ == "__main__":
    sys.exit(main())
