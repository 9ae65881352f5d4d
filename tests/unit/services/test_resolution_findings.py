# SPDX-License-Identifier: Apache-2.0
"""From what parts say of themselves to faults with a stable id, evidence and a fix that works."""

from ivi.model.apphost import AppState, AppView
from ivi.model.health import BusHealth, HealthReport, MessageHealth
from ivi.model.manager import ProcessState, ProcessView
from ivi.model.resolution import Fix, FixKind, Severity
from ivi.model.status import Problem, ProcessStatus
from ivi.model.updates import UpdateItem, Updates, UpdateState
from ivi.services.resolution import findings


def status(*problems: Problem) -> ProcessStatus:
    return ProcessStatus("voice", 1, "0", 1.0, {}, list(problems))


def test_a_problem_keeps_its_id_while_its_numbers_grow() -> None:
    first, second, other = (
        findings.of_status(status(Problem(what, "default", "plug in a microphone")), managed=True)[0]
        for what in ("12 rows wait", "13 rows wait", "no sound input")
    )
    assert first.id == second.id != other.id
    assert other.sentence == "No sound input."
    assert other.hint == "Plug in a microphone."
    assert other.fix == Fix(FixKind.RESTART, "voice")
    assert other.log == "voice"
    assert other.evidence[0].said == "default"


def test_without_a_manager_nothing_is_promised() -> None:
    fault = findings.of_status(status(Problem("No sound", "default", "")), managed=False)[0]
    assert fault.fix is None
    silent = findings.silent("cloud", "it did not answer", managed=False)
    assert silent.fix is None
    assert silent.hint


def test_what_the_drive_needs_is_started_again_when_parked_only() -> None:
    fixes = {name: findings.silent(name, "", managed=True).fix for name in ("databroker", "voice")}
    assert fixes == {"databroker": Fix(FixKind.RESTART, "databroker", True), "voice": Fix(FixKind.RESTART, "voice")}


def test_only_processes_that_do_not_live_are_faults() -> None:
    views = [ProcessView("voice", state, 1, 2, 1.0, 1.0, "no model") for state in ProcessState]
    found = {view.state: findings.of_process(view) for view in views}
    assert {state for state, faults in found.items() if faults} == {ProcessState.FAILED, ProcessState.RESTARTING}
    failed = found[ProcessState.FAILED][0]
    assert (failed.severity, failed.sentence) == (Severity.LOST, "Voice cannot run.")
    assert [one.said for one in failed.evidence] == ["No model.", "Started again 2 times since the car started."]


def test_buses_and_damaged_messages() -> None:
    well = BusHealth("can0", "vcan0", "ok", "", {}, 800.0, 0.0)
    away = BusHealth("can1", "vcan1", "away", "no such device", {}, 0.0, None)
    errors = BusHealth("can2", "vcan2", "error-warning", "", {}, 10.0, 3.0)
    message = MessageHealth("can0", "ESP_02", 100, 3, 1, 0, True)
    sound = MessageHealth("can0", "ESP_03", 100, 3, 1, 0, False)
    faults = findings.of_health(HealthReport([well, away, errors], [], [message, sound]), managed=True)
    assert [(one.id, one.severity) for one in faults] == [
        ("bus:can1:away", Severity.LOST),
        ("bus:can2:error-warning", Severity.LIMITED),
        ("message:can0:ESP_02", Severity.LIMITED),
    ]
    assert faults[0].fix is not None
    assert [one.said for one in faults[0].evidence] == ["0 frames a second, never heard.", "No such device."]
    assert (faults[1].fix, faults[2].fix) == (None, None)


def test_apps_that_stopped_or_wait() -> None:
    apps = [AppView(state.value, state.value.title(), state, "why", 0, None, []) for state in AppState]
    found = {one.id: one for one in findings.of_apps(apps)}
    assert set(found) == {
        "app:backing_off",
        "app:quarantined",
        "app:stopped_by_load_error",
        "app:stopped_no_sandbox",
        "app:stopped_needs_consent:consent",
    }
    assert found["app:quarantined"].fix == Fix(FixKind.START_APP, "quarantined")
    assert found["app:stopped_no_sandbox"].fix is None
    waiting = found["app:stopped_needs_consent:consent"]
    assert (waiting.severity, waiting.fix) == (Severity.WAITING, Fix(FixKind.ASK, "stopped_needs_consent", True))


def test_updates_that_wait_and_that_failed() -> None:
    item = UpdateItem("app", "weather", "1.4", "1.3", 1, 1)
    waiting = Updates(UpdateState.WAITING, "", "x", "o", "j", [item])
    assert findings.of_updates(waiting)[0].id == "update:waiting"
    agreed = Updates(UpdateState.WAITING, "", "x", "o", "j", [item], True)
    assert findings.of_updates(agreed) == []
    failed = findings.of_updates(Updates(UpdateState.FAILED, "it did not start", "x"))[0]
    assert failed.evidence[0].said == "It did not start."
    assert findings.of_updates(Updates(UpdateState.OFF, "not told", "x")) == []


def test_trouble_codes_and_storage() -> None:
    assert [findings.of_trouble_codes(value) for value in (None, 0, True, "1", -3)] == [[]] * 5
    assert findings.of_trouble_codes(2)[0].sentence == "2 trouble codes are stored."
    assert findings.of_disk(findings.LOW_DISK, 1 << 40) == []
    assert findings.of_disk(50 << 20, 1 << 30)[0].evidence[0].said == "50 MB of 1024 MB are free."
