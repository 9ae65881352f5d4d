# SPDX-License-Identifier: Apache-2.0
"""``ivi sim fault BMS P0A7F``: provokes or heals a fault in a simulated ECU, by a request that only ours understand."""

import argparse
import sys
import time
from collections.abc import Sequence

import can

from simulator.diagnostics.ecus import ECUS
from simulator.diagnostics.faults import code_number
from simulator.diagnostics.parts import EcuSpec
from simulator.diagnostics.services import ALL_CODES, CYCLE_SWITCH, FAULT_SWITCH
from simulator.diagnostics.station import SEND_TIMEOUT, open_bus, to_message
from simulator.errors import SimulatorError

FAILED = 1  # exit codes
USAGE = 2
ANSWER_LIMIT = 2.0  # s
CYCLES_MAX = 255


class EcuAnswerError(SimulatorError):
    """The ECU is not there, or refuses."""


def build_parser(prog: str) -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog=prog, description="Provoke a fault in an ECU of the simulated car that is on the bus."
    )
    parser.add_argument("ecu", metavar="ECU", help=", ".join(spec.name for spec in ECUS))
    parser.add_argument("code", nargs="?", metavar="CODE", help="trouble code as P0A7F or P0A7F-00, or `all`")
    parser.add_argument("--gone", action="store_true", help="take the cause away instead; the memory remembers it")
    parser.add_argument(
        "--cycles", type=int, metavar="N", help="let N operation cycles pass (the memory ages), 1 to 255"
    )
    parser.add_argument("--can", default="ivi:can0", metavar="INTERFACE:CHANNEL", help="bus (default: %(default)s)")
    return parser


def main(argv: Sequence[str] | None = None, prog: str = "ivi sim fault") -> int:
    """Ask the ECU; returns the exit code."""
    parser = build_parser(prog)
    options = parser.parse_args(argv)
    spec = next((spec for spec in ECUS if spec.name == options.ecu.upper()), None)
    code = ALL_CODES if options.code == "all" else code_number(options.code or "")
    if spec is None:
        parser.error(f"there is no ECU {options.ecu!r}")
    if options.cycles is None and code is None:
        parser.error(f"{options.code!r} is no trouble code; write it as P0A7F-00")
    if options.cycles is not None and not 0 < options.cycles <= CYCLES_MAX:
        parser.error("--cycles must be 1 to 255")
    try:
        if code is not None:
            ask(options.can, spec, FAULT_SWITCH, code.to_bytes(3) + bytes([not options.gone]))
        if options.cycles is not None:
            ask(options.can, spec, CYCLE_SWITCH, bytes([options.cycles]))
    except SimulatorError as error:
        print(f"ivi sim fault: {error.line()}", file=sys.stderr)
        return FAILED
    return 0


def ask(address: str, spec: EcuSpec, identifier: int, value: bytes) -> None:
    """Write a value to the ECU in one frame. Raises SimulatorError when it does not answer or refuses."""
    request = b"\x2e" + identifier.to_bytes(2) + value
    bus = open_bus(address, [spec.response])
    try:
        bus.send(to_message((spec.request, (bytes([len(request)]) + request).ljust(8, b"\xaa"))), SEND_TIMEOUT)
        deadline = time.monotonic() + ANSWER_LIMIT
        while (left := deadline - time.monotonic()) > 0:
            message = bus.recv(left)
            if message is not None and message.data[1:2] == b"\x6e":
                return
            if message is not None and message.data[1:3] == b"\x7f\x2e":
                raise EcuAnswerError(
                    f"{spec.name} refuses", "it does not know this code; docs/diagnostics.md lists them"
                )
    except can.CanError as error:
        raise EcuAnswerError(f"the bus {address} failed: {error}") from error
    finally:
        bus.shutdown()
    raise EcuAnswerError(f"{spec.name} does not answer on {address}", "is the simulated car running?")


if __name__ == "__main__":
    sys.exit(main())
