# SPDX-License-Identifier: Apache-2.0
"""``python -m simulator``: ``bus``, ``drive``, ``ecus``, ``fault`` and ``socketcand``. ``ivi sim`` runs this."""

import sys
from collections.abc import Sequence

USAGE_ERROR = 2  # exit code
HELP = """\
usage: ivi sim {bus,drive,ecus,fault,socketcand} ...

A CAN bus and an electric car, without hardware.

  bus [CHANNEL]   serve a CAN bus that any number of processes join (default channel: can0)
  drive [...]     drive the simulated car on a bus
  ecus [...]      the car's ECUs alone, for a diagnostic tester
  fault ECU CODE  provoke a fault in an ECU of the running car
  fleet [...]     many cars' sessions with a broker; only as ivi sim fleet
  socketcand ...  let stock tools such as SavvyCAN join a bus over TCP on this machine

A first try, in two terminals:

  ivi sim bus can0
  ivi sim drive --can ivi:can0

ivi sim bus --help and ivi sim drive --help list the options.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = words[0] if words else ""
    # Each command imports only what it needs: the bus server must not carry python-can.
    match command:
        case "bus":
            from simulator.bus.__main__ import main as serve  # noqa: PLC0415 - see above

            return serve(words[1:], "ivi sim bus")
        case "drive":
            from simulator.vehicle.__main__ import main as drive  # noqa: PLC0415 - see above

            return drive(words[1:], "ivi sim drive")
        case "ecus":
            from simulator.diagnostics.__main__ import main as answer  # noqa: PLC0415 - see above

            return answer(words[1:], "ivi sim ecus")
        case "fault":
            from simulator.diagnostics.fault import main as provoke  # noqa: PLC0415 - see above

            return provoke(words[1:], "ivi sim fault")
        case "socketcand":
            from simulator.bus.socketcand_main import main as listen  # noqa: PLC0415 - see above

            return listen(words[1:], "ivi sim socketcand")
        case "-h" | "--help":
            print(HELP, end="")
            return 0
        case "":
            print(HELP, end="", file=sys.stderr)
            return USAGE_ERROR
    known = "bus, drive, ecus, fault or socketcand"
    print(f"ivi sim: there is no command {command!r}; try {known} (ivi sim --help)", file=sys.stderr)
    return USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())
