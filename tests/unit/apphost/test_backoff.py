# SPDX-License-Identifier: Apache-2.0
from ivi.apphost.backoff import BackOff, Pace


def test_waits_double_and_stay_under_the_cap() -> None:
    backoff = BackOff(Pace(jitter=0.0, crashes=100, longest=4.0))
    assert [backoff.crashed(now, 0.1) for now in range(6)] == [0.0, 0.5, 1.0, 2.0, 4.0, 4.0]


def test_the_first_restart_comes_at_once_and_the_next_with_jitter() -> None:
    for _ in range(200):
        backoff = BackOff()
        assert backoff.crashed(0.0, 1.0) == 0.0
        wait = backoff.crashed(1.0, 1.0)
        assert wait is not None
        assert 0.4 <= wait <= 0.6


def test_a_stable_life_forgets() -> None:
    backoff = BackOff(Pace(jitter=0.0))
    assert [backoff.crashed(0, 0.1), backoff.crashed(1, 0.1), backoff.crashed(100, 61.0)] == [0.0, 0.5, 0.0]


def test_the_sixth_crash_in_five_minutes_is_the_end() -> None:
    backoff = BackOff()
    assert all(backoff.crashed(now, 0.1) is not None for now in range(5))
    assert backoff.crashed(299, 0.1) is None


def test_old_crashes_do_not_count() -> None:
    backoff = BackOff()
    assert all(backoff.crashed(now * 100, 61.0) is not None for now in range(50))


def test_on_probation_one_crash_is_enough_until_a_stable_life() -> None:
    backoff = BackOff(Pace(jitter=0.0))
    backoff.on_probation()
    assert backoff.crashed(0, 1.0) is None
    backoff.on_probation()
    assert backoff.crashed(100, 61.0) == 0.0
    assert backoff.crashed(101, 1.0) is not None
