# SPDX-License-Identifier: Apache-2.0
"""What the driver is told about the car's computers."""

from ivi.hmi import sentences
from ivi.hmi.sentences import AWAY, NAMES, OK, PROBLEM, RESTART_TIME
from ivi.model.apphost import AppState
from ivi.model.errors import DeadlineError, ResourceExhaustedError
from ivi.model.status import Problem

NO_MICROPHONE = Problem("no microphone was found", "PortAudio", "plug one in")


def test_a_lost_process_is_restarting_and_later_not_running() -> None:
    said = sentences.connection(NAMES["databroker"], 0.5)
    assert (said.state, said.sentence) == (AWAY, "Vehicle data is restarting.")
    assert sentences.connection(NAMES["databroker"], RESTART_TIME).sentence == "Vehicle data is not running."
    assert sentences.connection(NAMES["apphost"], 0.5).sentence == "Apps are restarting."


def test_a_process_that_was_never_seen_is_starting() -> None:
    assert sentences.connection(NAMES["voice"], 0.5, seen=False).sentence == "Voice is starting."


def test_a_problem_becomes_a_sentence_with_a_hint() -> None:
    said = sentences.connection(NAMES["voice"], None, [NO_MICROPHONE])
    assert said == sentences.Explained(PROBLEM, "No microphone was found.", "Plug one in.")
    assert sentences.connection(NAMES["voice"], None, [NO_MICROPHONE] * 3).sentence.endswith("And 2 more.")


def test_all_is_well() -> None:
    assert sentences.connection(NAMES["voice"], None).state == OK


def test_apps_explain_themselves() -> None:
    assert sentences.app(AppState.RUNNING, "") == ""
    assert sentences.app(AppState.STOPPED_NO_SANDBOX, "bubblewrap is not installed") == (
        "It is off because this machine cannot isolate it: bubblewrap is not installed."
    )
    assert all(sentences.app(state, "") for state in AppState if state is not AppState.RUNNING)


def test_a_failed_actuation_is_said_without_paths_and_codes() -> None:
    late = DeadlineError("Vehicle.Cabin.HVAC.IsX was set to true but the car did not confirm within 2 s")
    assert sentences.not_changed("The fan", late) == "The fan was not changed. The car did not confirm it in time."
    other = ResourceExhaustedError("too many requests")
    assert sentences.not_changed("The fan", other) == "The fan was not changed. Too many requests."
