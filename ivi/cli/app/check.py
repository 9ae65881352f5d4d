# SPDX-License-Identifier: Apache-2.0
"""`ivi app check`."""

import argparse
import asyncio
import sys
from pathlib import Path

import msgspec

from ivi.apphost.check import distraction
from ivi.apphost.check.findings import Finding, Severity
from ivi.apphost.check.report import STATES, Report, check
from ivi.apphost.check.trial import Cell
from ivi.apphost.check.troubles import Trouble
from ivi.cli.app.asking import plain
from ivi.cli.app.words import number
from ivi.model.errors import ConfigurationError

FOUND = 1  # exit status when something is an error
TRIALS = len(STATES) * len(Trouble)


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app check`."""
    parser = argparse.ArgumentParser(
        prog="ivi app check",
        description="Find what would go wrong with an app: reads its files, then runs it in the car's real sandbox "
        "while parked, idling and moving, with a dead or slow network, permissions taken back, a full disk, a kill in "
        "the middle of a write, an update and hostile input. Ends with the grade of how much it distracts.",
        epilog="Exit status 1: at least one finding is an error. docs/tutorial.md explains the grade.",
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path(), metavar="FOLDER", help="the app's folder (default: here)"
    )
    parser.add_argument("--static", action="store_true", help="read the files only, run nothing")
    parser.add_argument(
        "--learn", action="store_true", help="print the least permissions that the app was seen to need"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app check`; 1 when something is an error."""
    arguments = build_parser().parse_args(argv)
    folder: Path = arguments.folder.resolve()
    if not folder.is_dir():
        raise ConfigurationError(f"there is no folder {folder}", hint="name the folder of an app")
    progress = Progress(shown=sys.stderr.isatty() and not arguments.json)
    report = asyncio.run(check(folder, trials=not arguments.static, on_cell=progress.took))
    progress.end()
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        print("\n".join(_lines(report)))
        if arguments.learn and report.least:
            print(f"\nWhat it was seen to need, for manifest.toml:\n\n{report.least}")
    return 0 if report.passed else FOUND


class Progress:
    """A line that counts the trials, where somebody watches."""

    def __init__(self, *, shown: bool) -> None:
        self._shown, self._count = shown, 0

    def took(self, cell: Cell) -> None:
        """A trial is over."""
        self._count += 1
        if self._shown:
            sys.stderr.write(f"\r\033[K{self._count} of {TRIALS} trials, the last one: {cell.name}")
            sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\033[K")


def _lines(report: Report) -> list[str]:
    lines = [f"{report.app_id or 'This app cannot run'}"]
    if report.cells:
        lines += ["", *_matrix(report.cells)]
    lines.append("")
    for finding in report.findings:
        lines += _finding(finding)
    errors = sum(one.severity is Severity.ERROR for one in report.findings)
    warnings = len(report.findings) - errors
    lines.append(f"{number(errors, 'error', 'errors')}, {number(warnings, 'warning', 'warnings')}")
    if (grade := report.grade) is not None:
        lines.append(
            f"Distraction grade {grade.letter}: longest glance {grade.glance:g} s of at most "
            f"{distraction.GLANCE_LIMIT:g} s, longest task {grade.task:g} s of at most {distraction.TASK_LIMIT:g} s "
            f"in {number(grade.steps, 'page', 'pages')}"
        )
    return lines


def _finding(one: Finding) -> list[str]:
    head = f"{one.severity.value}  {one.place}: " if one.place else f"{one.severity.value}  "
    lines = [plain(head + one.what), f"       fix: {plain(one.fix)}"]
    if one.seen:
        more = f" and {len(one.seen) - 3} more" if len(one.seen) > 3 else ""  # noqa: PLR2004  # a line has room for three
        lines.append(f"       in trial: {'; '.join(one.seen[:3])}{more}")
    return [*lines, ""]


def _matrix(cells: list[Cell]) -> list[str]:
    width = max(len(trouble) for trouble in Trouble)
    lines = [f"{'':<{width}}" + "".join(f"  {state.value:<8}" for state in STATES).rstrip()]
    by_name = {(cell.driving, cell.trouble): cell for cell in cells}
    for trouble in Trouble:
        found = [by_name.get((state, trouble)) for state in STATES]
        lines.append((f"{trouble.value:<{width}}" + "".join(f"  {_word(cell):<8}" for cell in found)).rstrip())
    skipped = dict.fromkeys(f"{cell.trouble.value}: {cell.skipped}" for cell in cells if cell.skipped)
    return [*lines, *(f"({text})" for text in skipped)]


def _word(cell: Cell | None) -> str:
    if cell is None or cell.skipped:
        return "-"
    if any(one.severity is Severity.ERROR for one in cell.findings):
        return "error"
    return "warning" if cell.findings else "good"
