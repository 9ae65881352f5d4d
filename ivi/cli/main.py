# SPDX-License-Identifier: Apache-2.0
"""Entry of `ivi`: reads the subcommand, runs it, and turns errors into one clear line and an exit status."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import ivi
from ivi.model.errors import IviError

COMMANDS = {
    "run": "start everything in the process table; --demo brings a simulated car and a fleet end",
    "sim": "the simulator alone: a CAN bus without hardware, and an electric car on it",
    "replay": "play a recorded drive through the same path to the screen",
    "can": "play, record, measure and dump CAN traffic",
    "signals": "list, get, set or watch the vehicle's signals",
    "vss": "check, convert and compare VSS files and overlays",
    "dbc": "check, show, compare and learn DBC files",
    "say": "speak or type a sentence to the assistant",
    "voice": "the assistant's report card; what it would hear in sound files",
    "diag": "ask the car's ECUs: trouble codes, data, routines, OBD-II",
    "health": "how the CAN buses and their signals do: rate, age, losses",
    "campaigns": "what data the fleet asks for, for what and whom, and what becomes of it",
    "app": "make, sign, install and look after partner apps",
    "commands": "what was asked of the car from outside, and what waits for your answer",
    "fleet": "the off-board end: an operator's page and interface, its keys, its operators",
    "features": "what this car is entitled to; end a feature with one word",
    "privacy": "what leaves the car and why; agree, take back, take your data along",
    "update": "look for updates, agree to them, go back, and what was done",
    "map": "draw the map of the screen from an OpenStreetMap extract",
    "hmi": "the cabin screen alone; --gallery shows every template, --shots takes pictures of all pages",
    "status": "how the processes of a run do",
    "doctor": "what this machine lacks, and the one line that mends it",
}
EPILOG = """`ivi COMMAND --help` says more about each.
Exit status: 0 done, 1 not done, 2 wrong use or set-up, 3 not found, 4 not permitted, 5 bad value, 6 not available,
7 too late, 8 a bound was reached."""
INTERRUPTED = 130  # the shell's status for SIGINT


def build_parser() -> argparse.ArgumentParser:
    """The parser of `ivi` itself; each subcommand has its own."""
    parser = argparse.ArgumentParser(
        prog="ivi",
        description="The open in-vehicle infotainment runtime: CAN bus to screen, voice, partner apps and cloud.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="ivi [--version] COMMAND …",
    )
    parser.add_argument("--version", action="version", version=f"ivi {ivi.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run `ivi` and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    known, rest = build_parser().parse_known_args(words[:1])
    module = importlib.import_module(f"ivi.cli.{known.command}")
    try:
        status: int = module.main([*rest, *words[1:]])
    except IviError as error:
        sys.stderr.write(f"ivi {known.command}: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
