# SPDX-License-Identifier: Apache-2.0
"""The process table: complete, startable, and the same as the systemd units."""

import configparser
import importlib.util
from pathlib import Path

import pytest

from ivi.manager.options import RunOptions
from ivi.manager.table import ProcessSpec, selected, table

ON_BOARD = [row for row in table() if row.on_board]


def unit(root: Path, row: ProcessSpec) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's keys have capitals
    parser.read(root / "systemd" / f"ivi-{row.name}.service")
    return parser


def test_names_are_unique_and_modules_exist() -> None:
    names = [row.name for row in table()]
    assert len(set(names)) == len(names)
    assert all(importlib.util.find_spec(row.module) is not None for row in table())


def test_the_architectures_processes_are_on_board() -> None:
    assert {row.name for row in ON_BOARD} == {"databroker", "services", "apphost", "voice", "cloud", "doors", "hmi"}


def test_a_process_needs_only_what_is_in_the_table_and_below_it() -> None:
    order = ["databroker", "services", "apphost", "voice", "cloud", "doors", "hmi"]
    for row in ON_BOARD:
        assert all(order.index(need) < order.index(row.name) for need in row.needs)


def test_there_is_a_unit_for_each_process_and_no_other(root: Path) -> None:
    units = {path.stem.removeprefix("ivi-") for path in (root / "systemd").glob("ivi-*.service")}
    assert units == {row.name for row in ON_BOARD}


@pytest.mark.parametrize("row", ON_BOARD, ids=lambda row: row.name)
def test_a_unit_says_what_its_row_says(root: Path, row: ProcessSpec) -> None:
    service = unit(root, row)["Service"]
    assert f"-m {row.module} " in f"{service['ExecStart']} "
    assert service["Type"] == "notify"
    assert float(service["WatchdogSec"]) == row.watchdog_s
    assert service["Restart"] == "always"
    after = unit(root, row)["Unit"].get("After", "").split()
    assert {f"ivi-{need}.service" for need in row.needs} <= set(after)


def test_a_demo_has_a_laboratory_and_a_car_has_none() -> None:
    demo = {row.name for row in selected(RunOptions(demo=True))}
    assert {"canbus", "vehicle", "mosquitto", "fleet"} < demo
    assert {row.name for row in selected(RunOptions())} == {row.name for row in ON_BOARD} - {"doors"}
    assert "serve" not in demo
    assert {row.name for row in selected(RunOptions(demo=True, fleet_page="127.0.0.1:8080"))} == demo | {"serve"}
    assert "serve" not in {row.name for row in selected(RunOptions(fleet_page="127.0.0.1:8080"))}


def test_the_doors_are_shut_unless_somebody_asks() -> None:
    assert "doors" not in {row.name for row in selected(RunOptions(demo=True))}
    key = ("--token-key", Path("/k.pem"))
    options = RunOptions(kuksa=("unix:/k.sock=read", "127.0.0.1:1"), viss=("127.0.0.1:2",), door_files=(key,))
    (row,) = [row for row in selected(options) if row.name == "doors"]
    words = "--kuksa unix:/k.sock=read --kuksa 127.0.0.1:1 --viss 127.0.0.1:2 --token-key /k.pem"
    assert row.arguments(options) == words.split()


def test_a_kernel_bus_needs_no_bus_of_ours() -> None:
    names = {row.name for row in selected(RunOptions(demo=True, can="socketcan:vcan0"))}
    assert "vehicle" in names
    assert "canbus" not in names


def test_a_replay_is_bus_broker_and_screen() -> None:
    options = RunOptions(replay=Path("a.log"), speed=0.0, dbc=Path("a.dbc"))
    rows = {row.name: row for row in selected(options)}
    assert set(rows) == {"hmi", "databroker", "services"}
    assert rows["databroker"].arguments(options) == ["--replay", "a.log", "--speed", "0.0", "--dbc", "a.dbc"]


def test_every_switch_reaches_a_process() -> None:
    options = RunOptions(
        demo=True,
        headless=True,
        size="1920x720",
        can="socketcan:vcan0",
        seed=7,
        dbc=Path("a.dbc"),
        overlay=Path("a.vspec"),
        vss=(Path("v.json"),),
        broker="b:1",
        vehicle="car-9",
        apps=(Path("app"),),
        grant_all=True,
    )
    lines = " ".join(" ".join(row.arguments(options)) for row in selected(options))
    for word in (
        "--headless",
        "1920x720",
        "socketcan:vcan0",
        "--seed 7",
        "a.dbc",
        "a.vspec",
        "v.json",
        "b:1",
        "car-9",
        "--grant-all --app app",
    ):
        assert word in lines


def test_the_demos_car_can_be_told_to_stand_first() -> None:
    row = next(row for row in table() if row.name == "vehicle")
    assert "--park" not in row.arguments(RunOptions(demo=True))
    assert row.arguments(RunOptions(demo=True, park=600))[-2:] == ["--park", "600"]
