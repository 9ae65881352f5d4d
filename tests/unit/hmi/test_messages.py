# SPDX-License-Identifier: Apache-2.0
"""What was said is kept to be read again: bounded, the same words once, cut while driving."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from ivi.hmi.models.messages import KEPT, Messages

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def messages(qtbot: QtBot) -> Messages:
    """An empty list."""
    return Messages()


def rows(messages: Messages) -> list[tuple[object, ...]]:
    first = min(messages.roleNames())
    columns = {name: first + number for number, name in enumerate(Messages.ROLES)}
    return [
        tuple(messages.data(messages.index(row), columns[name]) for name in ("speaker", "text", "times"))
        for row in range(messages.rowCount())
    ]


def test_the_newest_is_first_and_the_oldest_go(messages: Messages) -> None:
    for number in range(KEPT + 5):
        messages.add("", "info", f"sentence {number}", NOON)
    assert messages.rowCount() == KEPT
    assert rows(messages)[0] == ("", f"sentence {KEPT + 4}", 1)
    assert rows(messages)[-1] == ("", "sentence 5", 1)


def test_the_same_words_of_one_speaker_stand_once(messages: Messages) -> None:
    messages.add("Media", "bell", "A new episode", NOON)
    messages.add("", "info", "The fan was not changed.", NOON)
    messages.add("Media", "bell", "A new episode", NOON)
    messages.add("Charge & Co", "bell", "A new episode", NOON)
    assert rows(messages) == [
        ("Charge & Co", "A new episode", 1),
        ("Media", "A new episode", 2),
        ("", "The fan was not changed.", 1),
    ]


def test_the_list_is_cut_while_driving_and_says_by_how_much(messages: Messages) -> None:
    for number in range(9):
        messages.add("", "info", f"sentence {number}", NOON)
    messages.limit(6)
    assert (messages.property("count"), messages.property("withheld")) == (6, 3)
    messages.limit(0)
    assert (messages.property("count"), messages.property("withheld")) == (9, 0)


def test_a_look_makes_them_read_and_clearing_removes_them(messages: Messages) -> None:
    messages.add("", "info", "one", NOON)
    assert messages.property("unread") == 1
    messages.read()
    assert messages.property("unread") == 0
    messages.clear()
    assert messages.rowCount() == 0
