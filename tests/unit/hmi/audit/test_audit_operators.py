# SPDX-License-Identifier: Apache-2.0
"""Seconds and glances of a task, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.hmi.audit.operators import GLANCE, OLDER, Operator, cost, seconds, written

R, M, S, F, C, N = (
    Operator.REACH,
    Operator.THINK,
    Operator.SEARCH,
    Operator.PRESS,
    Operator.AGAIN,
    Operator.PAGE,
)


@pytest.mark.parametrize(
    ("operators", "time", "glances"),
    [
        ([], 0.0, 0),
        ([R, M, F], 3.15, 2),  # 0.45 + 1.5 | 1.2
        ([R, M, F, C, C], 3.95, 2),  # 0.45 + 1.5 | 1.2 + 0.4 + 0.4
        ([R, M, F, N, S, F], 7.15, 4),  # 0.45 + 1.5 | 1.2 + 0.5 + 0.3 | 2.0 | 1.2
    ],
)
def test_costs_of_a_young_driver(operators: list[Operator], time: float, glances: int) -> None:
    found = cost(operators, older=False)
    assert found.seconds == pytest.approx(time)
    assert found.glances == glances
    assert found.within


def test_an_older_driver_takes_longer_but_the_screen_does_not() -> None:
    young, older = cost([R, M, F, N], older=False), cost([R, M, F, N], older=True)
    assert older.seconds == pytest.approx((young.seconds - 0.5) * OLDER + 0.5, abs=0.01)
    assert seconds([R, M, F, N], OLDER) == pytest.approx(older.seconds, abs=0.01)


def test_a_long_task_is_over_the_limit() -> None:
    assert not cost([R, M, F, N, S, F, N, S, F, N, S, F], older=False).within


@given(st.lists(st.sampled_from(Operator), max_size=30), st.booleans())
def test_glances_are_short_and_lose_nothing(operators: list[Operator], older: bool) -> None:
    found = cost(operators, older=older)
    assert found.seconds == pytest.approx(sum(one.seconds(OLDER if older else 1.0) for one in operators), abs=0.01)
    assert found.longest <= max([GLANCE, *(one.seconds(OLDER) for one in operators if not one.breakable)]) + 0.01
    assert found.glances <= 2 * len(operators) + 2


def test_operators_are_written_short() -> None:
    assert written([R, M, F, C, C, C]) == "R M F 3C"
