# SPDX-License-Identifier: Apache-2.0
"""No app fills the screen with its words."""

from ivi.hmi.notice_rate import AGAIN, MOST, SPEAKERS, WITHIN, NoticeRate


def test_the_same_words_come_up_once_in_a_while() -> None:
    rate = NoticeRate()
    assert rate.may_show("Chargers", "Charged", 0.0)
    assert not rate.may_show("Chargers", "Charged", AGAIN - 1)
    assert rate.may_show("Tuneful", "Charged", 1.0), "somebody else may say them"
    assert rate.may_show("Chargers", "Charged", AGAIN)


def test_one_app_says_no_more_than_a_few_things_a_minute() -> None:
    rate = NoticeRate()
    shown = [rate.may_show("Chargers", f"News {second}", float(second)) for second in range(10)]
    assert shown == [True] * MOST + [False] * (10 - MOST)
    assert rate.may_show("Chargers", "Later", WITHIN), "the oldest one is a minute old"
    assert not rate.may_show("Chargers", "And more", WITHIN)


def test_the_car_answers_what_the_driver_does_every_time() -> None:
    rate = NoticeRate()
    assert all(rate.may_show("", "The car does not take this value.", 0.0) for _ in range(20))


def test_what_is_remembered_is_bounded() -> None:
    rate = NoticeRate()
    for number in range(3 * SPEAKERS):
        assert rate.may_show(f"App {number}", "Hello", 0.0)
    assert rate.may_show("App 0", "Hello", 1.0), "the oldest speakers are forgotten"
    assert not rate.may_show(f"App {3 * SPEAKERS - 1}", "Hello", 1.0)
