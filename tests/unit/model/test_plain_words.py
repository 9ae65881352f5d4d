# SPDX-License-Identifier: Apache-2.0
"""What apps say outside of templates is plain text by the same rule as in them."""

import subprocess
import sys
from pathlib import Path

import pytest

from ivi.model.app import Notify
from ivi.model.app.notification_words import words_of
from ivi.model.app.payment_order import order_of
from ivi.model.errors import InvalidArgumentError
from ivi.model.templates import ListTemplate
from ivi.model.templates.checks import check

ROOT = Path(__file__).resolve().parents[3]
GOOD = ["Charged", "80 % 🔋", "می\u200cخواهم", "क्षत्रिय", "👩\u200d🚀 has landed"]  # noqa: RUF001  # Persian
BAD = ["\u3164", "a" + "\u0301" * 40, "two\nlines", "\u202eturned", "\x1b[1m", "\u200d", "\u2800\u2800"]


def refused(text: str) -> list[bool]:
    """Whether a template, a notification's title and its text, and a payment refuse this text."""
    answers = []
    for say in (
        lambda: check(ListTemplate(text, []), {}),
        lambda: words_of(Notify(text)),
        lambda: words_of(Notify("Title", text)),
        lambda: order_of(("a.b", "A"), "order-1", "1", "EUR", text),
    ):
        try:
            say()
        except InvalidArgumentError:
            answers.append(True)
        else:
            answers.append(False)
    return answers


@pytest.mark.parametrize("text", GOOD)
def test_what_every_script_needs_may_be_said_everywhere(text: str) -> None:
    assert refused(text) == [False] * 4


@pytest.mark.parametrize("text", BAD)
def test_what_draws_nothing_or_runs_over_its_line_may_be_said_nowhere(text: str) -> None:
    assert refused(text) == [True] * 4


def test_a_refusal_says_which_and_why() -> None:
    with pytest.raises(InvalidArgumentError, match="notification: title is over 60 characters"):
        words_of(Notify("x" * 61))
    with pytest.raises(InvalidArgumentError, match="notification: text has characters that cannot be shown"):
        words_of(Notify("Title", "two\nlines"))
    with pytest.raises(InvalidArgumentError, match="notification: title is empty"):
        words_of(Notify(" "))


def test_an_app_that_starts_does_not_load_the_rules() -> None:
    code = "import ivi.sdk, ivi.sdk.boot, sys; print('ivi.model.templates.plain_text' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
