# SPDX-License-Identifier: Apache-2.0
"""`ivi dbc learn action|value|fields`."""

import argparse
import json
import select
import sys
from pathlib import Path

from ivi.model.errors import ConfigurationError, InvalidArgumentError, IviError, NotFoundError
from ivi.providers.can.learning import guided, marks, reference
from ivi.providers.can.learning.action import find_action
from ivi.providers.can.learning.export import Named, Written, check_path, signal_name, write_dbc, write_overlay
from ivi.providers.can.learning.proposal import Proposal
from ivi.providers.can.learning.recording import Recording, read_log
from ivi.providers.can.learning.survey import constant_bits, fixed_bits, survey
from ivi.providers.can.learning.value import find_value

DESCRIPTION = """Find a car's signals without its DBC: in a log, or on a live bus while you press what it tells you to.
Proposals come with a confidence and the reason for it; what you accept is added to a DBC (--write-dbc FILE) and,
with --overlay FILE --path Vehicle.X, to an overlay.

  ivi dbc learn action drive.log --label "brake" --times 3.2-4.1,7.9-9.0,12.0-13.5
  ivi dbc learn action --can socketcan:can0 --label "brake" --write-dbc my.dbc
  ivi dbc learn value drive.log --reference gps.csv --write-dbc my.dbc --unit km/h
  ivi dbc learn value drive.log --known "speed=0@0s,30@12s,50@20s,80@41s"
  ivi dbc learn fields drive.log"""
SHOWN = 10  # proposals


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi dbc learn`."""
    parser = argparse.ArgumentParser(
        prog="ivi dbc learn", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="what", metavar="action|value|fields", required=True)
    action = commands.add_parser("action", help="bits that are on while something is pressed, open or switched on")
    _add_source(action, "one of both; with --can you are told what to press and when")
    action.add_argument("--label", default="", metavar="TEXT", help="what is pressed, e.g. brake")
    when = action.add_mutually_exclusive_group()
    when.add_argument("--times", metavar="A-B,…", help="press and release, seconds since the log began")
    when.add_argument("--events", metavar="A,…", help="presses, each held --hold seconds")
    when.add_argument("--toggle", metavar="A,…", help="switched on, off, on, off, …")
    when.add_argument("--enter", action="store_true", help="live: mark each press and release with the Enter key")
    action.add_argument("--hold", type=float, default=1.0, metavar="S", help="seconds of a press (default: 1)")
    action.add_argument("--pause", type=float, default=2.0, metavar="S", help="live: seconds between (default: 2)")
    action.add_argument("--presses", type=int, default=5, metavar="N", help="live: how often (default: 5)")
    value = commands.add_parser("value", help="fields that follow a value that you know")
    _add_source(value, "one of both")
    value.add_argument("--for", dest="seconds", type=float, default=60.0, metavar="S", help="live: how long to record")
    known = value.add_mutually_exclusive_group(required=True)
    known.add_argument("--reference", type=Path, metavar="CSV", help="lines of time,value (seconds, or since 1970)")
    known.add_argument("--known", metavar="NAME=V@S,…", help="what the dashboard showed: speed=0@0s,50@12s")
    fields = commands.add_parser("fields", help="cut every id into fields: counters, checksums, flags, numbers")
    _add_source(fields, "one of both")
    fields.add_argument("--for", dest="seconds", type=float, default=20.0, metavar="S", help="live: how long to record")
    for each in (action, value, fields):
        each.add_argument("--json", action="store_true", help="print the proposals as JSON")
        each.add_argument("--write-dbc", type=Path, metavar="FILE", help="add what is accepted to this DBC")
    for each in (action, value):
        each.add_argument("--pick", type=int, metavar="N", help="accept proposal N (default: 1, if sure)")
        each.add_argument("--name", default="", metavar="SIGNAL", help="its name in the DBC")
        each.add_argument("--overlay", type=Path, metavar="FILE", help="add its VSS path to this overlay")
        each.add_argument("--path", default="", metavar="Vehicle.X", help="its VSS path")
        each.add_argument("--unit", default="", metavar="UNIT", help="its unit, e.g. km/h")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi dbc learn`."""
    arguments = build_parser().parse_args(argv)
    if (arguments.log is None) == (arguments.can is None):
        raise ConfigurationError("give a LOG or --can BUS", hint="one of both")
    return {"action": _action, "value": _value, "fields": _fields}[arguments.what](arguments)


def _add_source(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("log", type=Path, nargs="?", metavar="LOG", help="a recording (asc, blf, csv, log, mf4, trc)")
    parser.add_argument("--can", metavar="BUS", help=f"a live bus, interface:channel; {text}")


def _action(arguments: argparse.Namespace) -> int:
    _check_output(arguments)
    label = arguments.label or "it"
    if arguments.can is not None:
        recording, pressed = _live(arguments, label)
    else:
        pressed = _marks(arguments, label)
        recording = read_log(arguments.log)
    marks.check(pressed, recording.duration)
    proposals = find_action(recording, pressed, fixed_bits(recording))
    return _answer(arguments, recording, proposals, label)


def _live(arguments: argparse.Namespace, label: str) -> tuple[Recording, marks.Marks]:
    if arguments.times or arguments.events or arguments.toggle:
        raise ConfigurationError("--times, --events and --toggle belong to a LOG", hint="with --can, or use --enter")
    if arguments.presses < marks.MIN_PRESSES or arguments.hold <= 0 or arguments.pause <= 0:
        raise InvalidArgumentError(
            f"--presses {arguments.presses} --hold {arguments.hold:g} --pause {arguments.pause:g} is no rhythm",
            hint=f"at least {marks.MIN_PRESSES} presses, times above 0",
        )
    if arguments.enter:
        return guided.record_enter(arguments.can, label, arguments.presses, _enter, _say)
    _say(f"press {label} {arguments.presses} times, hold each for {arguments.hold:g} s; keep everything else still")
    rhythm = guided.Rhythm(arguments.presses, arguments.hold, arguments.pause)
    return guided.record_rhythm(arguments.can, label, rhythm, _say)


def _marks(arguments: argparse.Namespace, label: str) -> marks.Marks:
    if arguments.times:
        return marks.parse_spans(label, arguments.times)
    if arguments.toggle:
        return marks.parse_events(label, arguments.toggle, toggle=True)
    if arguments.events:
        return marks.parse_events(label, arguments.events, arguments.hold)
    raise ConfigurationError("when was it pressed?", hint="--times 3.2-4.1,…  or --events 3.2,…  or --toggle 3.2,…")


def _enter(seconds: float) -> bool:
    """Whether Enter was pressed."""
    if not select.select([sys.stdin], [], [], seconds)[0]:
        return False
    if not sys.stdin.readline():
        raise ConfigurationError("--enter needs a terminal: the input has ended", hint="leave --enter out")
    return True


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _value(arguments: argparse.Namespace) -> int:
    _check_output(arguments)
    known = reference.read_known(arguments.known) if arguments.known else None
    recording = guided.record_for(arguments.can, arguments.seconds) if arguments.can else read_log(arguments.log)
    if known is None:
        known = reference.read_csv(arguments.reference, recording.began)
    reference.check(known, recording.duration)
    return _answer(arguments, recording, find_value(recording, known, fixed_bits(recording)), known.name)


def _fields(arguments: argparse.Namespace) -> int:
    recording = guided.record_for(arguments.can, arguments.seconds) if arguments.can else read_log(arguments.log)
    proposals = survey(recording)
    if arguments.json:
        _print_json(proposals)
    else:
        for key, track in recording.tracks.items():
            strange = f", {track.strange} of other lengths" if track.strange else ""
            print(
                f"{track.label}  {track.length} bytes, {len(track.times)} frames{strange}, "
                f"every {track.cycle * 1e3:.1f} ms, {constant_bits(track)} bits constant"
            )
            for proposal in (one for one in proposals if one.key == key):
                place = proposal.field.place()
                print(f"    {place:10} {proposal.kind:9} {proposal.confidence:4.2f}  {proposal.evidence}")
    if arguments.write_dbc:
        named = [Named(_field_name(proposal), proposal) for proposal in proposals]
        _report(arguments.write_dbc, write_dbc(arguments.write_dbc, named))
    return 0


def _field_name(proposal: Proposal) -> str:
    return f"{proposal.kind.capitalize()}_{proposal.key & 0x1FFFFFFF:X}_{proposal.field.start}"


def _check_output(arguments: argparse.Namespace) -> None:
    if arguments.path:
        check_path(arguments.path)
    if arguments.overlay and not (arguments.path and arguments.write_dbc):
        raise ConfigurationError("--overlay needs --path and --write-dbc", hint="--path Vehicle.Speed")
    if arguments.pick is not None and arguments.pick < 1:
        raise InvalidArgumentError(f"there is no proposal {arguments.pick}", hint="they are numbered from 1")


def _answer(arguments: argparse.Namespace, recording: Recording, proposals: list[Proposal], label: str) -> int:
    if not proposals:
        raise NotFoundError(
            f"nothing on {len(recording.tracks)} ids follows {label}",
            hint="check the times (seconds since the log began); is it on this bus at all?",
        )
    if arguments.json:
        _print_json(proposals)
    else:
        for number, proposal in enumerate(proposals[:SHOWN], start=1):
            print(_line(number, proposal, recording))
        if len(proposals) > SHOWN:
            print(f"    and {len(proposals) - SHOWN} weaker ones (--json shows all)")
    if not arguments.write_dbc:
        return 0
    number = arguments.pick or 1
    if number > len(proposals):
        raise InvalidArgumentError(f"there is no proposal {number}", hint=f"1 to {len(proposals)}")
    chosen = proposals[number - 1]
    if arguments.pick is None and not chosen.accepted:
        raise NotFoundError(
            f"the best proposal is not sure enough ({chosen.confidence:.2f})", hint="record more, or --pick 1 to accept"
        )
    named = [Named(signal_name(arguments.name or label), chosen, arguments.path, arguments.unit)]
    written = write_dbc(arguments.write_dbc, named)
    _report(arguments.write_dbc, written)
    if arguments.overlay and written.added:
        _report(arguments.overlay, write_overlay(arguments.overlay, named))
    return 0 if written.added else 1


def _line(number: int, proposal: Proposal, recording: Recording) -> str:
    scaled = "" if (proposal.scale, proposal.offset) == (1, 0) else f" x {proposal.scale:g} {proposal.offset:+g}"
    track = recording.tracks[proposal.key]
    return (
        f"{number:2}  {proposal.confidence:4.2f}  {track.label} {proposal.field.place()}{scaled}  {proposal.kind}, "
        f"{proposal.low:g} to {proposal.high:g}\n          {proposal.evidence}"
    )


def _print_json(proposals: list[Proposal]) -> None:
    rows = [
        {
            "id": proposal.key & 0x1FFFFFFF,
            "extended": bool(proposal.key >> 31),
            "start": proposal.field.start,
            "length": proposal.field.length,
            "order": proposal.field.order,
            "signed": proposal.field.signed,
            "scale": proposal.scale,
            "offset": proposal.offset,
            "kind": str(proposal.kind),
            "confidence": round(proposal.confidence, 4),
            "inverted": proposal.inverted,
            "evidence": proposal.evidence,
        }
        for proposal in proposals
    ]
    print(json.dumps(rows, indent=1))


def _report(file: Path, written: Written) -> None:
    if written.added:
        _say(f"{file}: added {', '.join(written.added[:5])}{' …' if len(written.added) > 5 else ''}")  # noqa: PLR2004
    for line in written.refused:
        _say(f"{file}: not added: {line}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except IviError as error:
        sys.stderr.write(f"ivi dbc learn: {error}\n")
        sys.exit(error.exit_code)
