# SPDX-License-Identifier: Apache-2.0
"""Conditions of campaigns: what they mean, what is not there, and what is refused before anything runs."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud.campaigns.condition import MAX_CONDITION, compile_condition
from ivi.model.errors import InvalidArgumentError

VALUES: dict[str, Any] = {
    "Vehicle.Speed": 121.5,
    "Vehicle.IsMoving": True,
    "Vehicle.Gear": "D",
    "Vehicle.Torque": -40,
    "Vehicle.Doors": [1, 2],
}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Vehicle.Speed > 120", True),
        ("Vehicle.Speed > 120 and Vehicle.IsMoving", True),
        ("not Vehicle.IsMoving", False),
        ("Vehicle.IsMoving == true", True),
        ("Vehicle.IsMoving == false or Vehicle.Gear == 'R'", False),
        ("100 < Vehicle.Speed < 130", True),
        ("abs(Vehicle.Torque) >= 40", True),
        ("max(Vehicle.Torque, 0, Vehicle.Speed) == Vehicle.Speed", True),
        ("-Vehicle.Torque * 2 - 80 == 0", True),
        ("Vehicle.Speed % 2 > 1", True),
        ("Vehicle.Gear != 'P'", True),
        ("true", True),
        # what is not there, or cannot be compared, does not meet anything
        ("Vehicle.Absent > 1", False),
        ("not Vehicle.Absent", False),
        ("Vehicle.Gear > 3", False),
        ("Vehicle.Gear == 3", False),
        ("Vehicle.Speed", False),
        ("Vehicle.Speed and Vehicle.IsMoving", False),
        ("Vehicle.Doors == Vehicle.Doors", False),
        ("Vehicle.Speed / 0 > 1", False),
        ("Vehicle.IsMoving + 1 > 1", False),
        ("Vehicle.IsMoving or Vehicle.Absent", True),
    ],
)
def test_what_a_condition_means(text: str, met: bool) -> None:
    """Three-valued at heart: only what is certainly true is met."""
    assert compile_condition(text).holds(VALUES) is met


def test_it_says_what_it_looks_at() -> None:
    """Each path once, so that it can be subscribed to."""
    condition = compile_condition("Vehicle.Speed > 1 and (Vehicle.A.B < 3 or Vehicle.Speed < 0)")
    assert condition.paths == ("Vehicle.Speed", "Vehicle.A.B")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "x" * (MAX_CONDITION + 1),
        "Vehicle.Speed >",
        "__import__('os').system('true')",
        "Vehicle.Speed.__class__()",
        "(lambda: 1)()",
        "[1 for x in y]",
        "Vehicle.Speed ** 9",
        "1 << 9",
        "Vehicle['Speed']",
        "Speed",
        "f'{Vehicle.Speed}'",
        "Vehicle.Speed if true else 1",
        "abs()",
        "min(1)",
        "abs(Vehicle.Speed, key=1)",
        "Vehicle.Speed is 1",
        "Vehicle.Gear in 'PRND'",
        "'\\d' == Vehicle.Gear",
        "(" * 250 + ")" * 250,
        "not " * 120 + "true" + " and 1" * 5 + "\x00",
        "1j > 2",
        "b'x' == b'x'",
        " or ".join(f"A.a{number}" for number in range(40)),
    ],
)
def test_what_is_refused(text: str) -> None:
    """Whatever is no condition of ours."""
    with pytest.raises(InvalidArgumentError):
        compile_condition(text)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="Vehicl.Spd()<>=!+-*/% andortu'\"019,_[]{}:@#\n", max_size=60))
def test_any_text_is_refused_or_runs(text: str) -> None:
    """Nothing else is raised, neither when it is compiled nor when it is tried."""
    with contextlib.suppress(InvalidArgumentError):
        assert compile_condition(text).holds(VALUES) in (True, False)
