# SPDX-License-Identifier: Apache-2.0
"""`ivi vss check|convert|diff`: for whoever writes VSS files and overlays."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from ivi.model.errors import IviError
from ivi.vss import convert, document
from ivi.vss.check import Finding, check
from ivi.vss.diff import compare, summary
from ivi.vss.loader import add_file, load_catalogue

NOT_DONE = 1  # exit status: faults were found, or the files differ


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi vss`."""
    parser = argparse.ArgumentParser(prog="ivi vss", description="Check, convert and compare VSS files and overlays.")
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    checking = commands.add_parser("check", help="everything that is wrong, with path, word and what to do")
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".json, .vspec, .yaml or .csv")
    checking.add_argument(
        "--base", action="append", type=Path, default=[], metavar="FILE", help="catalogue that overlays amend"
    )
    checking.add_argument("--strict", action="store_true", help="warnings count as errors")
    converting = commands.add_parser("convert", help="between nested JSON, flat YAML (.vspec) and CSV; nothing is lost")
    converting.add_argument("source", type=Path, metavar="IN")
    converting.add_argument("target", type=Path, metavar="OUT")
    comparing = commands.add_parser("diff", help="what was added, removed or changed; status 1 when anything was")
    comparing.add_argument("before", type=Path, metavar="A")
    comparing.add_argument("after", type=Path, metavar="B")
    comparing.add_argument("--texts", action="store_true", help="descriptions and comments count too")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi vss`."""
    arguments = build_parser().parse_args(argv)
    actions = {"check": _check, "convert": _convert, "diff": _diff}
    return actions[arguments.action](arguments)


def _check(arguments: argparse.Namespace) -> int:
    known = load_catalogue(*arguments.base)
    counts: Counter[bool] = Counter()
    for file in arguments.files:
        found: list[Finding] = []
        leaves = 0
        try:
            read = document.read(file)
            leaves = sum(1 for _ in read.leaves())
            found = check(read, known)
            if not any(finding.is_error for finding in found):
                add_file(known, file)  # the next file may amend what this one brings
        except IviError as error:
            found.append(Finding("", "", error.message, error.hint))
        counts.update(finding.is_error for finding in found)
        for finding in found:
            sys.stdout.write(f"{file}: {finding}\n")
        sys.stdout.write(f"{file}: {leaves} leaves, {_counted(found)}\n")
    return NOT_DONE if counts[True] or (arguments.strict and counts[False]) else 0


def _counted(found: list[Finding]) -> str:
    errors = sum(finding.is_error for finding in found)
    return f"{errors} error{'' if errors == 1 else 's'}, {len(found) - errors} warnings"


def _convert(arguments: argparse.Namespace) -> int:
    document.form_of(arguments.target)
    read = document.read(arguments.source)
    convert.write(read, arguments.target)
    sys.stdout.write(f"{arguments.target}: {len(read.nodes)} nodes, {sum(1 for _ in read.leaves())} leaves\n")
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    difference = compare(document.read(arguments.before), document.read(arguments.after), texts=arguments.texts)
    for path, node in difference.added.items():
        sys.stdout.write(f"+ {path}  {summary(node)}\n")
    for path, node in difference.removed.items():
        sys.stdout.write(f"- {path}  {summary(node)}\n")
    for path, changes in difference.changed.items():
        sys.stdout.write(f"~ {path}  {'; '.join(map(str, changes))}\n")
    sys.stdout.write(
        f"{len(difference.added)} added, {len(difference.removed)} removed, {len(difference.changed)} changed\n"
    )
    return NOT_DONE if difference else 0
