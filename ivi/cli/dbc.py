# SPDX-License-Identifier: Apache-2.0
"""`ivi dbc check|show|diff|learn`: what a DBC holds, what of it cannot be used, what changed, and making one."""

import argparse
import sys
from pathlib import Path

from ivi.cli import dbc_learn
from ivi.cli.dbc_changes import changes
from ivi.cli.dbc_facts import facts, find
from ivi.cli.dbc_findings import findings
from ivi.cli.dbc_layout import message_list, message_page
from ivi.model.errors import IviError
from ivi.providers.can import dbc as dbc_file

FEW = 5  # lines of one kind that are shown without --all
NOT_DONE = 1  # exit status: lines were skipped, or the files differ


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi dbc`."""
    parser = argparse.ArgumentParser(prog="ivi dbc", description="Check, show, compare and learn DBC files.")
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    checking = commands.add_parser("check", help="lines that cannot be used, with their numbers, and what looks wrong")
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE")
    checking.add_argument("--all", action="store_true", help=f"every line, not the first {FEW} of each kind")
    checking.add_argument("--strict", action="store_true", help="what looks wrong counts as an error")
    showing = commands.add_parser("show", help="all messages, or one with its signals and bits")
    showing.add_argument("file", type=Path, metavar="FILE")
    showing.add_argument("message", nargs="?", metavar="MESSAGE", help="name or id, e.g. 0x118")
    showing.add_argument("--mux", type=lambda text: int(text, 0), metavar="N", help="one branch of the message only")
    comparing = commands.add_parser("diff", help="what was added, removed or changed; status 1 when anything was")
    comparing.add_argument("before", type=Path, metavar="A")
    comparing.add_argument("after", type=Path, metavar="B")
    commands.add_parser(
        "learn", help="find signals in the traffic of an unknown car, by action or known value", add_help=False
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi dbc`."""
    if argv[:1] == ["learn"]:
        return dbc_learn.main(argv[1:])
    arguments = build_parser().parse_args(argv)
    actions = {"check": _check, "show": _show, "diff": _diff}
    return actions[arguments.action](arguments)


def _check(arguments: argparse.Namespace) -> int:
    limit = None if arguments.all else FEW
    bad = False
    for file in arguments.files:
        try:
            loaded = dbc_file.load(file)
        except IviError as error:
            sys.stdout.write(f"{file}: refused: {error}\n")
            bad = True
            continue
        messages = facts(loaded)
        warnings = findings(messages)
        bad = bad or bool(loaded.skipped) or (arguments.strict and bool(warnings))
        signals = sum(len(message.signals) for message in messages)
        sys.stdout.write(
            f"{file}: {len(messages)} messages, {signals} signals; {len(loaded.skipped)} lines skipped, "
            f"{sum(map(len, warnings.values()))} warnings\n"
        )
        _list("lines that are not used", [str(item) for item in loaded.skipped], limit)
        for kind, lines in warnings.items():
            _list(kind, lines, limit)
    return NOT_DONE if bad else 0


def _list(kind: str, lines: list[str], limit: int | None) -> None:
    if not lines:
        return
    sys.stdout.write(f"  {kind}: {len(lines)}\n")
    for line in lines[:limit]:
        sys.stdout.write(f"    {line}\n")
    if limit is not None and len(lines) > limit:
        sys.stdout.write(f"    … {len(lines) - limit} more (--all)\n")


def _show(arguments: argparse.Namespace) -> int:
    messages = facts(dbc_file.load(arguments.file))
    if arguments.message is None:
        lines = message_list(messages)
    else:
        lines = message_page(find(messages, arguments.message), arguments.mux)
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    before, after = (facts(dbc_file.load(file)) for file in (arguments.before, arguments.after))
    lines = list(changes(before, after))
    for line in lines:
        sys.stdout.write(f"{line}\n")
    counts = {mark: sum(line.startswith(mark) for line in lines) for mark in "+-~"}
    sys.stdout.write(f"{counts['+']} messages added, {counts['-']} removed, {counts['~']} changed\n")
    return NOT_DONE if lines else 0
