# SPDX-License-Identifier: Apache-2.0
"""The one table of processes. Nothing starts elsewhere; the systemd units are checked against it by a test.

Stages start one after the other, the processes of a stage together. The screen comes first, so that a driver sees an
honest "starting" instead of nothing; what it shows arrives as the others become ready.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon.paths import state_dir
from ivi.manager.options import RunOptions

ENTRY = "ivi.manager.entry."


@dataclass(frozen=True)
class ProcessSpec:
    """One row of the table."""

    name: str
    module: str
    """`python -m` name."""
    stage: int
    arguments: Callable[[RunOptions], list[str]] = lambda _options: []
    wanted: Callable[[RunOptions], bool] = lambda _options: True
    """Whether this run has it at all."""
    on_board: bool = True
    """Part of the car (has a systemd unit); otherwise part of the laboratory that a demo brings along."""
    notifies: bool = True
    """Speaks sd_notify; otherwise it counts as ready when it listens on `ready_port`."""
    ready_port: Callable[[RunOptions], int] = lambda _options: 0
    ready_s: float = 10.0
    """Seconds until it must be ready; a later start is reported and does not hold the others."""
    watchdog_s: float = 0.0
    """Seconds without a sign of life after which it is killed and started again; 0 for none."""
    ends_run: bool = False
    """Whether an ordered end of its own (somebody closed the window) ends the whole run of `ivi run`."""
    needs: tuple[str, ...] = ()
    """Processes whose sockets it connects to (systemd: After=); it must run without them all the same."""


def table() -> tuple[ProcessSpec, ...]:
    """All rows, in the order of their stages."""
    return (
        ProcessSpec("canbus", "simulator.bus", 0, _canbus, _own_bus, on_board=False),
        ProcessSpec("hmi", f"{ENTRY}hmi", 0, _hmi, ready_s=5.0, watchdog_s=10.0, ends_run=True),
        ProcessSpec("databroker", f"{ENTRY}databroker", 1, _databroker, watchdog_s=10.0),
        ProcessSpec("services", f"{ENTRY}services", 1, watchdog_s=10.0, needs=("databroker",)),
        ProcessSpec("vehicle", "simulator.vehicle", 1, _vehicle, _lab_car, on_board=False),
        ProcessSpec(
            "mosquitto",
            "ivi.fleet.mosquitto",
            2,
            _mosquitto,
            _lab,
            on_board=False,
            notifies=False,
            ready_port=broker_port,
        ),
        ProcessSpec("fleet", "ivi.fleet", 3, _fleet, _lab, on_board=False),
        ProcessSpec("serve", "ivi.fleet.serve", 3, _serve, _page_asked, on_board=False),
        ProcessSpec(
            "apphost", f"{ENTRY}apphost", 2, _apphost, _not_replay, watchdog_s=10.0, needs=("databroker", "services")
        ),
        ProcessSpec(
            "cloud",
            f"{ENTRY}cloud",
            3,
            _cloud,
            _not_replay,
            watchdog_s=10.0,
            needs=("databroker", "services", "apphost"),
        ),
        ProcessSpec(
            "voice",
            f"{ENTRY}voice",
            3,
            wanted=_not_replay,
            watchdog_s=10.0,
            needs=("databroker", "services", "apphost"),
        ),
        ProcessSpec("doors", f"{ENTRY}doors", 2, _doors, _doors_asked, watchdog_s=10.0, needs=("databroker",)),
    )


def selected(options: RunOptions) -> list[ProcessSpec]:
    """The rows of one run."""
    return [row for row in table() if row.wanted(options) and (not options.only or row.name in options.only)]


def broker_port(options: RunOptions) -> int:
    """TCP port of the MQTT broker."""
    return int(options.broker.rpartition(":")[2])


def fleet_folder() -> Path:
    """Where the demo's fleet end keeps its data."""
    return state_dir() / "fleet"


def has_display() -> bool:
    """Whether there is a screen to open a window on, or Qt was told what to use."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _lab(options: RunOptions) -> bool:
    return options.demo


def _lab_car(options: RunOptions) -> bool:
    return options.demo and options.replay is None


def _own_bus(options: RunOptions) -> bool:
    return _lab_car(options) and options.can.startswith("ivi:")


def _not_replay(options: RunOptions) -> bool:
    return options.replay is None


def _page_asked(options: RunOptions) -> bool:
    return options.demo and bool(options.fleet_page)


def _doors_asked(options: RunOptions) -> bool:
    return bool(options.kuksa or options.viss)


def _canbus(options: RunOptions) -> list[str]:
    return [options.can.partition(":")[2]]


def _vehicle(options: RunOptions) -> list[str]:
    park = ["--park", str(options.park)] if options.park else []
    return ["--can", options.can, "--seed", str(options.seed), *park]


def _databroker(options: RunOptions) -> list[str]:
    if options.replay:
        arguments = ["--replay", str(options.replay), "--speed", str(options.speed), *options.replay_arguments]
    else:
        arguments = ["--can", options.can] if options.can else []
        arguments += [word for bus in options.buses for word in ("--bus", bus)]
    for name, value in (("--dbc", options.dbc), ("--overlay", options.overlay)):
        arguments += [name, str(value)] if value else []
    for file in options.vss:
        arguments += ["--vss", str(file)]
    return arguments


def _hmi(options: RunOptions) -> list[str]:
    camera = options.camera or ("test" if options.demo else "")
    return [
        *(["--headless"] if options.headless else []),
        *(["--size", options.size] if options.size else []),
        *(["--camera", camera] if camera else []),
        *(["--rear-view", str(options.rear_view)] if options.rear_view else []),
    ]


def _mosquitto(options: RunOptions) -> list[str]:
    return ["--port", str(broker_port(options)), "--folder", str(fleet_folder()), *_tls(options)]


def _fleet(options: RunOptions) -> list[str]:
    store = ["--demo-store", str(fleet_folder() / "appstore")] if _not_replay(options) else []
    return [*_fleet_end(options), *store]


def _fleet_end(options: RunOptions) -> list[str]:
    return ["--broker", options.broker, "--db", str(fleet_folder() / "fleet.db"), *_tls(options)]


def _serve(options: RunOptions) -> list[str]:
    return [*_fleet_end(options), "--keys", str(fleet_folder() / "keys"), "--listen", options.fleet_page]


def _cloud(options: RunOptions) -> list[str]:
    store = str(fleet_folder() / "appstore" / "car" / "updates.toml")
    demo = ["--agree-demo", "--store", store] if options.demo else []
    return ["--broker", options.broker, "--vehicle", options.vehicle, *demo, *_tls(options)]


def _tls(options: RunOptions) -> list[str]:
    return ["--tls-dir", str(options.tls)] if options.tls else []


def _apphost(options: RunOptions) -> list[str]:
    words = ["--trust", str(fleet_folder() / "appstore" / "car" / "trust.toml")] if options.demo else []
    words += (["--grant-all"] if options.grant_all else []) + (["--only"] if options.only_apps else [])
    return words + [word for folder in options.apps for word in ("--app", str(folder))]


def _doors(options: RunOptions) -> list[str]:
    arguments = [word for place in options.kuksa for word in ("--kuksa", place)]
    arguments += [word for place in options.viss for word in ("--viss", place)]
    return arguments + [word for switch, file in options.door_files for word in (switch, str(file))]
