# SPDX-License-Identifier: Apache-2.0
"""``python -m simulator.vehicle --can ivi:can0``: drive the ivi EV until SIGTERM or Ctrl-C."""

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import FrameType

from simulator.diagnostics.network import Network
from simulator.errors import SimulatorError
from simulator.readiness import notify
from simulator.vehicle.car import Car
from simulator.vehicle.codec import default_dbc
from simulator.vehicle.drive import Drive
from simulator.vehicle.driver import START_IN_PARK
from simulator.vehicle.spoil import FORM, parse_spoil
from simulator.vehicle.wheel_keys import FORM as KEY_FORM
from simulator.vehicle.wheel_keys import parse_press

CANNOT_DRIVE = 2  # exit code
SPEEDUP_MAX = 20.0


def build_parser(prog: str = "python -m simulator.vehicle") -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog=prog,
        description="Drive a simulated electric car along a small map. Its ECUs send the frames of can_dbc/ivi_ev and "
        "obey the head unit's command frames.",
    )
    parser.add_argument(
        "--can",
        default="ivi:can0",
        metavar="INTERFACE:CHANNEL",
        help="bus to drive on: ivi:can0 (python -m simulator.bus), socketcan:vcan0 or any python-can interface "
        "(default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=1, help="one seed, one drive (default: %(default)s)")
    parser.add_argument(
        "--park",
        type=float,
        default=START_IN_PARK,
        metavar="SECONDS",
        help="stand parked for so long first (default: %(default)g)",
    )
    parser.add_argument("--dbc", type=Path, metavar="FILE", help="the car's DBC (default: can_dbc/ivi_ev/ivi_ev.dbc)")
    parser.add_argument(
        "--speedup", type=float, default=1.0, metavar="X", help="simulated seconds per second, at most 20 (default: 1)"
    )
    parser.add_argument(
        "--for", type=float, dest="duration", metavar="S", help="stop after so many simulated seconds (default: never)"
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="ECU:CODE",
        help="fault that is there from the start, as BMS:P0A7F-00 or BMS:all; `ivi sim fault` provokes one later",
    )
    parser.add_argument(
        "--bus-fault",
        action="append",
        default=[],
        metavar="FAULT",
        help=f"let a message go wrong: {FORM}, in simulated seconds; VCU_Drive:checksum@2-4",
    )
    parser.add_argument(
        "--press",
        action="append",
        default=[],
        metavar="KEY",
        help=f"press a key of the steering wheel: {KEY_FORM}, in simulated seconds; VOICE@5",
    )
    return parser


def main(argv: Sequence[str] | None = None, prog: str = "python -m simulator.vehicle") -> int:
    """Drive; returns the exit code."""
    parser = build_parser(prog)
    options = parser.parse_args(argv)
    if not 0 < options.speedup <= SPEEDUP_MAX:
        parser.error("--speedup must be above 0 and at most 20")
    try:
        car = Car(options.dbc or default_dbc(), options.seed)
        car.driver.start_s = options.park
        for fault in options.bus_fault:
            car.schedule.spoil(parse_spoil(fault))
        for press in options.press:
            car.keys.plan(parse_press(press))
        network = Network(lambda name: car.values.get(name, 0.0), options.seed)
        for fault in options.fault:
            network.plan(fault)
        car.confirmed_faults = network.confirmed
        with closing(Drive(car, options.can, options.speedup, _log, network)) as drive:

            def stop(_signal: int, _frame: FrameType | None) -> None:
                drive.stop()

            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, stop)
            drive.open()
            _log(f"car ready on {options.can}: {car.schedule.frames_per_second} cyclic frames/s, seed {options.seed}")
            notify("READY=1")
            totals = drive.run(options.duration)
    except SimulatorError as error:
        print(f"ivi sim drive: {error.line()}", file=sys.stderr)
        return CANNOT_DRIVE
    _log(f"car stopped: {totals.line()}")
    return 0


def _log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
