# SPDX-License-Identifier: Apache-2.0
"""`ivi app list`."""

import argparse
import json
from dataclasses import asdict, dataclass

from ivi.apphost.package.registry import AppRecord, Shelf, VersionState
from ivi.cli.app import running
from ivi.model.apphost import AppView

STATES = {VersionState.PROBATION: "on probation", VersionState.PROMOTED: "trusted"}


@dataclass(frozen=True)
class Row:
    """One app."""

    id: str
    version: str
    trust: str
    """`trusted`, `on probation`, or `came with ivi`."""
    publisher: str
    previous: str
    state: str
    """What it does now; empty when ivi does not run."""
    notes: list[str]


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app list`."""
    parser = argparse.ArgumentParser(
        prog="ivi app list", description="All apps: version, whose they are, how they do, what went wrong."
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app list`."""
    arguments = build_parser().parse_args(argv)
    views = running.views()
    apps = Shelf().read().apps
    rows = [_shipped(app_id, version, views) for app_id, version in running.shipped().items()]
    rows += [_installed(app_id, record, views) for app_id, record in apps.items()]
    rows.sort(key=lambda row: row.id)
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return 0
    width = max([len(row.id) for row in rows] + [len("app")])
    print(f"{'app':<{width}}  {'version':<10}{'standing':<15}{'now':<22}from")
    for row in rows:
        print(f"{row.id:<{width}}  {row.version:<10}{row.trust:<15}{row.state or '-':<22}{row.publisher}".rstrip())
        for note in row.notes:
            print(f"{'':<{width}}  {note}")
    if views is None:
        print("\nivi does not run here, so no app does")
    return 0


def _shipped(app_id: str, version: str, views: dict[str, AppView] | None) -> Row:
    state, notes = _now(app_id, views)
    return Row(app_id, version, "came with ivi", "", "", state, notes)


def _installed(app_id: str, record: AppRecord, views: dict[str, AppView] | None) -> Row:
    state, notes = _now(app_id, views)
    if record.previous is not None:
        notes.append(f"`ivi app rollback` goes back to {record.previous.version}")
    if (failure := record.failure) is not None:
        notes.append(f"{failure.version} was given up on {failure.time}: {failure.reason}")
    current = record.current
    publisher = f"{current.publisher_name} ({current.publisher})"
    if current.publisher.startswith("developer:"):
        publisher = f"{current.publisher_name}, a developer of this device"
    previous = record.previous.version if record.previous else ""
    return Row(app_id, current.version, STATES[current.state], publisher, previous, state, notes)


def _now(app_id: str, views: dict[str, AppView] | None) -> tuple[str, list[str]]:
    """The app's state as the host has it, and its reason."""
    if views is None:
        return "", []
    view = views.get(app_id) or views.get(f"{app_id}!")
    if view is None:
        return "not loaded", []
    return view.state.value.replace("_", " "), [view.reason] if view.reason else []
