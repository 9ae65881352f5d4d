# SPDX-License-Identifier: Apache-2.0
"""What `ivi run` prints: news once, nothing that lasts for one look only."""

import io

from ivi.manager.live import LiveStatus
from ivi.model.status import Problem, ProcessStatus


def status(*problems: Problem) -> dict[str, ProcessStatus]:
    return {"voice": ProcessStatus("voice", 1, "0", 1.0, {}, list(problems))}


def lines(output: io.StringIO) -> list[str]:
    return [line.split("s  ", 1)[1] for line in output.getvalue().splitlines()]


def test_a_problem_that_lasts_is_said_once_and_its_end_too() -> None:
    output = io.StringIO()
    live = LiveStatus(output)
    problem = Problem("No microphone", "alsa", "connect one")
    for _ in range(4):
        live.problems(status(problem))
    live.problems(status())
    live.problems(status())
    assert lines(output) == ["voice       No microphone (connect one)", "voice       works again, after: No microphone"]


def test_a_problem_of_one_look_is_no_news() -> None:
    output = io.StringIO()
    live = LiveStatus(output)
    for looked in (status(Problem("a", "b", "c")), status(), status(Problem("a", "b", "c")), status()):
        live.problems(looked)
    assert lines(output) == []


def test_a_process_that_cannot_be_asked_is_not_cured() -> None:
    output = io.StringIO()
    live = LiveStatus(output)
    for looked in (status(Problem("a", "b", "c")), status(Problem("a", "b", "c")), {}, {}):
        live.problems(looked)
    assert lines(output) == ["voice       a (c)"]


def test_numbers_are_for_terminals() -> None:
    output = io.StringIO()
    LiveStatus(output).numbers(status(), 10.0)
    assert output.getvalue() == ""
