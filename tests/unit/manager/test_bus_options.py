# SPDX-License-Identifier: Apache-2.0
"""Buses on the command line of `ivi run`, and what the databroker process is told of them."""

from pathlib import Path

import pytest

from ivi.cli.run import check_buses
from ivi.manager.options import DEMO_CAN, RunOptions
from ivi.manager.table import table
from ivi.model.errors import ConfigurationError


def arguments(options: RunOptions) -> list[str]:
    row = next(row for row in table() if row.name == "databroker")
    return row.arguments(options)


def test_the_simple_bus_is_there_unless_there_are_others() -> None:
    assert check_buses(None, [], demo=False) == DEMO_CAN
    assert check_buses(None, ["body=ivi:can1"], demo=True) == DEMO_CAN
    assert check_buses(None, ["body=ivi:can1"], demo=False) == ""
    assert check_buses("socketcan:can0", ["body=ivi:can1"], demo=False) == "socketcan:can0"


def test_buses_that_cannot_be_meant_are_refused_before_anything_starts(tmp_path: Path) -> None:
    for address, further in (
        ("can0", []),
        ("ivi:can0", ["can0=ivi:can1"]),
        (None, ["a=ivi:can1", "b=ivi:can1"]),
        (None, [f"a=ivi:can1,dbc={tmp_path / 'none.dbc'}"]),
    ):
        with pytest.raises(ConfigurationError):
            check_buses(address, further, demo=False)


def test_the_databroker_is_told_of_each_bus() -> None:
    assert arguments(RunOptions()) == ["--can", DEMO_CAN]
    further = ("a=ivi:can1,dbc=a.dbc", "b=ivi:can2,dbc=b.dbc")
    assert arguments(RunOptions(can="", buses=further)) == ["--bus", further[0], "--bus", further[1]]
