#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the benchmarks in this folder and merge what they print into one file.

A benchmark is a program ``bench_*.py`` that prints one JSON object, ``{name: {"value": number, "unit": text, "method":
text}}``, and exits 0; one whose packages are not installed prints ``{}`` and says so on stderr. Run by ``make bench``;
exits 1 if one of them is broken or takes a name that another has, and then writes nothing, because half a file reads
like a whole one.
"""

import argparse
import json
import math
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIMEOUT = 300  # seconds for one benchmark; longer ones belong to the long tests
FIELDS = {"value", "unit", "method"}


class BrokenBenchmarkError(Exception):
    """A benchmark did not keep to the form; the message names it and says how."""


def run_one(path: Path) -> dict[str, dict[str, object]]:
    """Run one benchmark and return its checked figures; raises BrokenBenchmarkError."""
    try:
        result = subprocess.run(
            [sys.executable, str(path)], capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
        figures = json.loads(result.stdout)
    except subprocess.TimeoutExpired as error:
        raise BrokenBenchmarkError(f"{path.name}: no end after {TIMEOUT} s") from error
    except subprocess.CalledProcessError as error:
        raise BrokenBenchmarkError(f"{path.name}: exit code {error.returncode}\n{error.stderr.rstrip()}") from error
    except json.JSONDecodeError as error:
        raise BrokenBenchmarkError(f"{path.name}: does not print one JSON object: {error}") from error
    if figures == {} and result.stderr.strip():  # what it needs is not installed here, and it said so
        print(f"{path.name} is left out: {result.stderr.strip()}")
        return {}
    if not isinstance(figures, dict) or not figures:
        raise BrokenBenchmarkError(f"{path.name}: prints no figures")
    for name, figure in figures.items():
        check_figure(f"{path.name}: {name}", figure)
    return figures


def check_figure(where: str, figure: object) -> None:
    """Raise BrokenBenchmarkError unless a figure has a finite value, a unit and a method."""
    if not isinstance(figure, dict) or figure.keys() != FIELDS:
        raise BrokenBenchmarkError(f"{where}: has to have exactly {', '.join(sorted(FIELDS))}")
    value = figure["value"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BrokenBenchmarkError(f"{where}: the value {value!r} is no finite number")
    for key in ("unit", "method"):
        if not isinstance(figure[key], str) or not figure[key]:
            raise BrokenBenchmarkError(f"{where}: the {key} is empty")


def run_all(paths: list[Path]) -> dict[str, dict[str, object]]:
    """Run all benchmarks, one after the other so that they do not measure each other; raises BrokenBenchmarkError."""
    merged: dict[str, dict[str, object]] = {}
    for path in paths:
        started = time.monotonic()
        for name, figure in run_one(path).items():
            if name in merged:
                raise BrokenBenchmarkError(f"{path.name}: the name {name} is taken by another benchmark")
            merged[name] = figure
            print(f"  {name}: {figure['value']:g} {figure['unit']}")
        print(f"{path.name}: {time.monotonic() - started:.1f} s", flush=True)
    return merged


def main() -> int:
    """Read the command line, run, write and return the exit code."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and write their figures as JSON.")
    parser.add_argument("--output", type=Path, default=Path("build/bench.json"), help="the file to write")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the bench_*.py lie")
    parser.add_argument("names", nargs="*", help="only the benchmarks whose file name contains one of these")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("bench_*.py"))
    if arguments.names:
        paths = [path for path in paths if any(name in path.name for name in arguments.names)]
    if not paths:
        print(f"bench: nothing to run in {arguments.folder}", file=sys.stderr)
        return 1
    try:
        merged = run_all(paths)
    except BrokenBenchmarkError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(merged, indent=2, sort_keys=True) + "\n")
    print(f"{arguments.output}: {len(merged)} figures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
