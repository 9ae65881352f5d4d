# SPDX-License-Identifier: Apache-2.0
"""`ivi diag scan|dtc|read|routine|obd`: a diagnostic tester on the car's bus."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivi.daemon.paths import resource
from ivi.manager.options import DEMO_CAN
from ivi.model.errors import ConfigurationError, InvalidArgumentError, IviError, NotFoundError

if TYPE_CHECKING:
    from ivi.providers.uds.client import EcuClient
    from ivi.providers.uds.tester import DiagnosticTester
    from ivi.providers.uds.trouble import Reading, TroubleCode

EXAMPLES = """examples, while `ivi run --demo` runs:
  ivi diag scan                             who answers, with VIN and software
  ivi diag dtc --snapshot                   what the ECUs keep in their fault memories
  ivi diag dtc --ecu BMS --clear            clear one memory
  ivi diag read vin                         a datum by name, or by number as F190
  ivi diag routine cell_check               start something, and wait for the result
  ivi diag obd                              OBD-II: live data, codes, VIN
The tester keeps to a share of the bus (2 % of 500 kbit/s), so a long answer takes its time."""
BYTE = 0xFF

type Action = Callable[[argparse.Namespace, "DiagnosticTester"], int]


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi diag`."""
    parser = argparse.ArgumentParser(
        prog="ivi diag",
        description="Ask the car's ECUs: UDS and OBD-II over ISO-TP. Needs the extra ivi[diag].",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--can", default=DEMO_CAN, metavar="INTERFACE:CHANNEL", help="bus (default: %(default)s)")
    shared.add_argument("--description", type=Path, metavar="FILE", help="the car's diagnostics (default: our own car)")
    shared.add_argument(
        "--share", type=float, metavar="PERCENT", help="of the bus that the tester may use (default: the file's, 2)"
    )
    shared.add_argument(
        "--limit", type=float, default=30.0, metavar="SECONDS", help="for one request in all (default: 30)"
    )
    shared.add_argument(
        "--transport",
        choices=("python", "kernel"),
        default="python",
        help="ISO-TP of this program, or of the kernel on a socketcan bus (default: %(default)s)",
    )
    shared.add_argument("--json", action="store_true", help="for programs")
    one = argparse.ArgumentParser(add_help=False)
    one.add_argument("--ecu", metavar="NAME", help="by name, or by address as 0x7E0 (default: all, or who has it)")
    session = argparse.ArgumentParser(add_help=False)
    session.add_argument("--session", choices=("default", "extended"), help="enter this session first")
    session.add_argument("--unlock", action="store_true", help="security access first, with the configured key hook")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("scan", parents=[shared], help="which ECUs answer, with VIN and software")
    codes = actions.add_parser("dtc", parents=[shared, one], help="trouble codes with their status")
    codes.add_argument("--clear", action="store_true", help="clear the memory after it has been shown")
    codes.add_argument("--snapshot", action="store_true", help="with what the ECU kept of the moment")
    codes.add_argument("--mask", default="0x8D", help="status bits to look for (default: %(default)s); 0xFF for all")
    reading = actions.add_parser("read", parents=[shared, one, session], help="a datum, by name or identifier")
    reading.add_argument("item", metavar="DID|NAME")
    routine = actions.add_parser("routine", parents=[shared, one, session], help="start a routine and wait for it")
    routine.add_argument("item", metavar="ID|NAME")
    actions.add_parser("obd", parents=[shared], help="OBD-II: live data, codes and VIN of every ECU that has it")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi diag`. Raises IviError."""
    arguments = build_parser().parse_args(argv)
    try:
        from ivi.providers.uds import description, tester  # noqa: PLC0415  # an extra: only who diagnoses needs it
    except ImportError as error:
        raise ConfigurationError(
            f"diagnostics need the Python package {error.name}", hint="pip install 'ivi[diag]'"
        ) from error
    file = arguments.description or resource("can_dbc", "ivi_ev", "diagnostics.toml")
    if arguments.share is not None and not 0 < arguments.share <= 100:  # noqa: PLR2004  # percent
        raise InvalidArgumentError(f"--share {arguments.share:g} is no percentage", hint="above 0, at most 100")
    if not 0 < arguments.limit <= 3600:  # noqa: PLR2004  # an hour; longer routines are polled for their result
        raise InvalidArgumentError(f"--limit {arguments.limit:g} is out of range", hint="above 0, at most 3600 seconds")
    share = None if arguments.share is None else arguments.share / 100
    actions: dict[str, Action] = {"scan": _scan, "dtc": _dtc, "read": _read, "routine": _routine, "obd": _obd}
    kernel = arguments.transport == "kernel"
    car = description.load(file)
    with tester.DiagnosticTester(arguments.can, car, share=share, limit=arguments.limit, kernel=kernel) as opened:
        return actions[arguments.action](arguments, opened)


def _scan(arguments: argparse.Namespace, tester: "DiagnosticTester") -> int:
    found = tester.scan()
    answering = [entry for entry in found if not entry.problem]
    if arguments.json:
        _json([asdict(entry) for entry in found])
    else:
        for entry in found:
            head = f"{entry.ecu.name:<6} 0x{entry.ecu.request:03X}"
            if entry.problem:
                _line(f"{head}  {entry.problem}")
                continue
            words = [entry.identity.get(key, "-") for key in ("vin", "part_number", "software", "hardware")]
            _line(f"{head}  VIN {words[0]}  part {words[1]}  software {words[2]}  hardware {words[3]}")
        _line(f"{len(answering)} of {len(found)} ECUs answer on {arguments.can}")
    if not answering:
        raise NotFoundError(f"no ECU answers on {arguments.can}", hint="is the ignition on? is it the right bus?")
    return 0


def _dtc(arguments: argparse.Namespace, tester: "DiagnosticTester") -> int:
    mask = _mask(arguments.mask)
    names = [arguments.ecu] if arguments.ecu else list(tester.description.ecus)
    shown: dict[str, list[dict[str, Any]]] = {}
    failed: list[IviError] = []
    for client in (tester.ecu(name) for name in names):
        try:
            codes = client.trouble_codes(mask)
            entries = [_entry(client, code, arguments.snapshot) for code in codes]
            if arguments.clear:
                client.clear()
        except IviError as error:
            failed.append(error)
            continue
        shown[client.name] = entries
    if arguments.json:
        _json({"ecus": shown, "errors": [str(error) for error in failed], "cleared": arguments.clear})
    else:
        for name, entries in shown.items():
            _show_codes(name, entries, cleared=arguments.clear)
    return _finish(failed, len(names))


def _entry(client: "EcuClient", code: "TroubleCode", snapshot: bool) -> dict[str, Any]:
    kept = client.snapshot(code.code) if snapshot else ()
    return {
        "code": code.name,
        "text": code.text,
        "status": code.status,
        "words": code.words,
        "snapshot": [_plain(reading) for reading in kept],
    }


def _show_codes(name: str, entries: list[dict[str, Any]], *, cleared: bool) -> None:
    count = f"{len(entries)} trouble code{'' if len(entries) == 1 else 's'}" if entries else "no trouble codes"
    _line(f"{name}: {count}{', cleared now' if cleared and entries else ''}")
    for entry in entries:
        _line(f"  {entry['code']}  {entry['text'] or '-'}")
        _line(f"            {', '.join(entry['words'])} (0x{entry['status']:02X})")
        if entry["snapshot"]:
            kept = ", ".join(f"{item['name']} {item['value']} {item['unit']}".rstrip() for item in entry["snapshot"])
            _line(f"            then: {kept}")


def _read(arguments: argparse.Namespace, tester: "DiagnosticTester") -> int:
    item = tester.description.item(arguments.item)
    names = [arguments.ecu] if arguments.ecu else list(item.ecus or tester.description.ecus)
    readings: dict[str, Reading] = {}
    failed: list[IviError] = []
    for client in (tester.ecu(name) for name in names):
        try:
            _prepare(arguments, client)
            readings[client.name] = client.read(item.identifier)
        except IviError as error:
            failed.append(error)
    if arguments.json:
        values = {name: _plain(reading) for name, reading in readings.items()}
        _json({"ecus": values, "errors": [str(error) for error in failed]})
    else:
        for name, reading in readings.items():
            _line(f"{name:<6} {reading.name} = {reading.value} {reading.unit}".rstrip())
    return _finish(failed, len(names))


def _routine(arguments: argparse.Namespace, tester: "DiagnosticTester") -> int:
    item = tester.description.routine(arguments.item)
    name = arguments.ecu or item.ecu
    if not name:
        raise InvalidArgumentError(f"whose routine is {item.name}?", hint="say --ecu NAME")
    client = tester.ecu(name)
    arguments.session = arguments.session or "extended"  # hardly any ECU runs one in the default session
    _prepare(arguments, client)
    result = client.routine(item.identifier).hex(" ")
    if arguments.json:
        _json({"ecu": client.name, "routine": item.name, "result": result})
    else:
        _line(f"{client.name}: {item.name} done, result {result or 'empty'}")
    return 0


def _obd(arguments: argparse.Namespace, tester: "DiagnosticTester") -> int:
    from ivi.providers.uds.obd import report  # noqa: PLC0415  # as in main

    reports = report(tester)
    if arguments.json:
        _json([asdict(entry) for entry in reports])
    else:
        for entry in reports:
            lamp = {None: "not told", True: "on", False: "off"}[entry.lamp]
            _line(f"{entry.ecu}: VIN {entry.vin or '-'}, {entry.name or 'no name'}, warning lamp {lamp}")
            for name, (value, unit) in entry.live.items():
                _line(f"  {name:<28} {value:g} {unit}".rstrip())
            _line(f"  stored codes: {', '.join(entry.stored) or 'none'}")
            _line(f"  pending codes: {', '.join(entry.pending) or 'none'}")
    if not reports:
        raise NotFoundError(f"no ECU on {arguments.can} answers OBD-II", hint="is the ignition on?")
    return 0


def _prepare(arguments: argparse.Namespace, client: "EcuClient") -> None:
    """Enter the session that was asked for, and unlock."""
    if arguments.session or arguments.unlock:
        client.session(arguments.session or "extended")
    if arguments.unlock:
        client.unlock()


def _mask(text: str) -> int:
    try:
        mask = int(text, 0)
    except ValueError:
        mask = -1
    if not 0 < mask <= BYTE:
        raise InvalidArgumentError(f"--mask {text!r} is no status mask", hint="one byte, e.g. 0x08 for confirmed")
    return mask


def _plain(reading: "Reading") -> dict[str, Any]:
    return {
        "id": f"{reading.identifier:04X}",
        "name": reading.name,
        "value": reading.value,
        "unit": reading.unit,
        "raw": reading.raw.hex(),
    }


def _finish(failed: list[IviError], asked: int) -> int:
    """Say what did not work; the error itself when nothing did, else the first one's exit status."""
    if failed and len(failed) == asked:
        raise failed[0]
    for error in failed:
        sys.stderr.write(f"ivi diag: {error}\n")
    return failed[0].exit_code if failed else 0


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _json(value: object) -> None:
    sys.stdout.write(f"{json.dumps(value, indent=2)}\n")
