# SPDX-License-Identifier: Apache-2.0
"""When values are too old: by source, not by signal, and never because a car stands still."""

from ivi.hmi.freshness import MAX_AGE, Freshness


def test_a_source_that_was_never_heard_is_stale() -> None:
    assert Freshness().stale("can:can0", 10.0)


def test_any_value_keeps_its_source_alive_but_no_other() -> None:
    freshness = Freshness()
    freshness.heard("can:can0", 10.0)
    assert not freshness.stale("can:can0", 10.0 + MAX_AGE)
    assert freshness.stale("can:can0", 10.01 + MAX_AGE)
    assert freshness.stale("gnss", 10.0)


def test_an_older_value_does_not_age_its_source() -> None:
    freshness = Freshness()
    freshness.heard("can:can0", 10.0)
    freshness.heard("can:can0", 3.0)
    assert not freshness.stale("can:can0", 11.0)


def test_a_growing_frame_counter_keeps_a_quiet_car_fresh() -> None:
    freshness = Freshness()
    freshness.heard("can:can0", 10.0)
    freshness.frames(1000, 19.0)
    assert freshness.stale("can:can0", 19.0), "one reading of a counter proves nothing"
    freshness.frames(1050, 20.0)
    assert not freshness.stale("can:can0", 20.5)
    freshness.frames(1050, 22.0)
    assert freshness.stale("can:can0", 22.0)


def test_it_says_when_it_is_time_to_ask() -> None:
    freshness = Freshness()
    assert not freshness.quiet(100.0)
    freshness.heard("can:can0", 100.0)
    assert not freshness.quiet(100.1)
    assert freshness.quiet(100.0 + MAX_AGE)


def test_a_new_broker_counts_anew() -> None:
    freshness = Freshness()
    freshness.heard("can:can0", 10.0)
    freshness.frames(1000, 10.0)
    freshness.forget()
    assert freshness.stale("can:can0", 10.0)
    freshness.frames(5, 11.0)
    assert freshness.stale("can:can0", 11.0)


def test_all_are_live_until_one_of_them_is_silent() -> None:
    freshness = Freshness()
    freshness.heard("can:can0", 10.0)
    freshness.heard("gnss", 11.0)
    assert freshness.all_live(10.0 + MAX_AGE)
    assert not freshness.all_live(10.5 + MAX_AGE)
    freshness.heard("can:can0", 11.0)
    assert freshness.all_live(10.5 + MAX_AGE)
