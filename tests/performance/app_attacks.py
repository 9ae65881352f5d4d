# SPDX-License-Identifier: Apache-2.0
"""Attacks on the sandbox of apps, with all layers, with one layer left out at a time, and without any.

`python tests/performance/app_attacks.py` prints the table; `--write` puts it into docs/security.md; `--column NAME`
runs one column in this process and prints its results as JSON, `--user NAME` does so as the user that it is meant for;
`--only KEY` tries single attacks.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from attack_boxes import Results, sandboxed, unconfined
from attack_scene import ROOT, as_ordinary_user, scene
from attack_table import PAGE, put_into, table
from escapes.registry import ATTACKS

from ivi.apphost.sandbox.box import Layer

DEADLINE = 280.0  # seconds of one column


@dataclass(frozen=True)
class Column:
    """One configuration."""

    name: str
    title: str
    without: frozenset[Layer] | None = frozenset()
    """Layers left out; None for no sandbox at all."""
    as_root: bool = False
    """Whether the host is root, and the app so has a user of its own. Else both are the same user: the worst case."""


COLUMNS = {
    column.name: column
    for column in (
        Column("none", "no sandbox", None),
        Column("all", "all layers"),
        Column("root", "all layers, host is root", as_root=True),
        Column("raspberry-pi", "no Landlock (Raspberry Pi)", frozenset({Layer.LANDLOCK})),
        Column("no-namespaces", "no namespaces", frozenset({Layer.NAMESPACES})),
        Column("no-seccomp", "no seccomp", frozenset({Layer.SECCOMP})),
        Column("no-rlimits", "no rlimits", frozenset({Layer.RLIMITS})),
        Column("no-mdwe", "no MDWE", frozenset({Layer.MDWE})),
        Column("no-scratch", "no scratch", frozenset({Layer.SCRATCH})),
    )
}


def run_here(column: Column, keys: set[str]) -> Results:
    """All attacks of a column, in this process."""
    with scene() as place:
        work = unconfined(place, keys) if column.without is None else sandboxed(place, column.without, keys)
        return asyncio.run(work)


def run(column: Column, keys: set[str]) -> Results:
    """All attacks of a column, in a process of the right user. Raises SystemExit when it fails."""
    words = [str(Path(__file__).relative_to(ROOT)), "--column", column.name]
    words += [word for key in sorted(keys) for word in ("--only", key)] if keys != set(ATTACKS) else []
    if column.as_root:
        done = _finished([sys.executable, *words], dict(os.environ))
    else:
        with as_ordinary_user(words) as (command, environment):
            done = _finished(command, environment)
    return {key: (bool(succeeded), str(text)) for key, (succeeded, text) in json.loads(done).items()}


def _finished(command: list[str], environment: dict[str, str]) -> str:
    path = f"{ROOT}:{environment.get('PYTHONPATH', '')}"
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": path, **environment},
        stdout=subprocess.PIPE,
        timeout=DEADLINE,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command[-1]}: status {done.returncode}")
    return done.stdout.decode()


def main() -> None:
    """Run the columns that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    parser.add_argument("--column", choices=COLUMNS, help="run one column here and print JSON")
    parser.add_argument("--user", choices=COLUMNS, help="the same as an ordinary user, or as root for its column")
    parser.add_argument("--only", action="append", choices=sorted(ATTACKS), help="an attack; all without")
    options = parser.parse_args()
    keys = set(options.only or ATTACKS)
    if options.column:
        print(json.dumps(run_here(COLUMNS[options.column], keys)))
        return
    if options.user:
        print(json.dumps(run(COLUMNS[options.user], keys)))
        return
    found: dict[str, Results] = {}
    for name, column in COLUMNS.items():
        if column.as_root and os.getuid() != 0:
            continue
        found[name] = run(column, keys)
        print(f"{column.title}: {sum(one[0] for one in found[name].values())} of {len(found[name])}", file=sys.stderr)
    text = table({COLUMNS[name].title: results for name, results in found.items()})
    if options.write:
        PAGE.write_text(put_into(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
