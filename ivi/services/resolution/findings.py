# SPDX-License-Identifier: Apache-2.0
"""From what each part of the car's computer says of itself to faults: pure functions, one for each source.

A fault's id is made of what it is about and not of how it is worded with numbers, so that it stays the same while a
count in its sentence grows.
"""

import hashlib
import re

from ivi.model.apphost import AppState, AppView
from ivi.model.health import BusHealth, HealthReport, MessageHealth
from ivi.model.manager import ProcessState, ProcessView
from ivi.model.resolution import Evidence, Fault, Fix, FixKind, Severity
from ivi.model.status import Problem, ProcessStatus
from ivi.model.updates import Updates, UpdateState

TITLES = {
    "databroker": "Vehicle data",
    "services": "The driving state",
    "apphost": "The app host",
    "voice": "Voice",
    "cloud": "The cloud link",
    "hmi": "The screen",
    "doors": "Access for other tools",
}
"""What a driver calls a process."""
MANAGER = "Supervision"
NEEDED_TO_DRIVE = frozenset({"databroker", "services", "hmi"})
"""Processes that are not ended on purpose while the car moves: the screen would be blind for a moment."""
LOW_DISK = 200 << 20  # bytes free below which the drive's data may soon not be kept
TROUBLE_CODES = "Vehicle.Diagnostics.DTCCount"

_BUS_WORDS = {
    "away": "cannot be reached",
    "silent": "is silent",
    "babbling": "is flooded",
    "bus-off": "has switched itself off after too many errors",
    "error-passive": "has many errors",
    "error-warning": "has errors",
}
_LOST_BUS = frozenset({"away", "bus-off", "silent"})
_APP_ENDED = {
    AppState.BACKING_OFF: "has stopped and waits before it starts again",
    AppState.QUARANTINED: "has stopped too often and stays off",
    AppState.STOPPED_BY_LOAD_ERROR: "could not be loaded",
    AppState.STOPPED_NO_SANDBOX: "is off because this machine cannot isolate it",
}
_STARTABLE = frozenset({AppState.BACKING_OFF, AppState.QUARANTINED, AppState.STOPPED_BY_LOAD_ERROR})
_NUMBERS = re.compile(r"\d+")


def of_process(view: ProcessView) -> list[Fault]:
    """A process that the manager cannot keep alive; ordinary starts are no news."""
    title = TITLES.get(view.name, view.name)
    words = {
        ProcessState.FAILED: f"{title} cannot run.",
        ProcessState.RESTARTING: f"{title} has stopped and is started again.",
    }.get(view.state)
    if words is None:
        return []
    evidence = [Evidence(MANAGER, _line(view.reason) or "It does not run.")]
    if view.restarts:
        evidence.append(Evidence(MANAGER, f"Started again {view.restarts} times since the car started."))
    return [Fault(f"process:{view.name}", Severity.LOST, words, "", evidence, _restart(view.name), view.name)]


def silent(name: str, reason: str, *, managed: bool) -> Fault:
    """A process that does not answer."""
    title = TITLES.get(name, name)
    fix = _restart(name) if managed else None
    hint = "" if managed else "It comes back by itself; if it does not, start the car's computer again."
    return Fault(
        f"process:{name}", Severity.LOST, f"{title} does not answer.", hint, [Evidence(title, _line(reason))], fix, name
    )


def of_status(status: ProcessStatus, *, managed: bool) -> list[Fault]:
    """What a process says is off. Trying it again is starting the process again, if there is a manager for that."""
    return [_of_problem(status.name, problem, managed=managed) for problem in status.problems]


def _of_problem(process: str, problem: Problem, *, managed: bool) -> Fault:
    fix = _restart(process) if managed and process != "hmi" else None
    title = TITLES.get(process, process)
    # A device, a file or an address stays as it is; a phrase becomes a sentence.
    name = "/" in problem.where or (problem.where and " " not in problem.where)
    where = [Evidence(title, problem.where if name else _line(problem.where or problem.what))]
    return Fault(
        f"problem:{process}:{_mark(problem.what)}",
        Severity.LIMITED,
        _line(problem.what),
        _line(problem.hint),
        where,
        fix,
        process,
    )


def of_health(report: HealthReport, *, managed: bool) -> list[Fault]:
    """Buses that are not well, and messages that arrive damaged."""
    buses = [_of_bus(bus, managed=managed) for bus in report.buses if bus.state != "ok"]
    return buses + [_of_message(message) for message in report.messages if message.faulty]


def _of_bus(bus: BusHealth, *, managed: bool) -> Fault:
    lost = bus.state in _LOST_BUS
    age = "never heard" if bus.age_s is None else f"last heard {bus.age_s:.0f} s ago"
    evidence = [Evidence(bus.address, _line(f"{bus.rate_hz:.0f} frames a second, {age}"))]
    if bus.reason:
        evidence.append(Evidence(bus.address, _line(bus.reason)))
    return Fault(
        f"bus:{bus.name}:{bus.state}",
        Severity.LOST if lost else Severity.LIMITED,
        f"The vehicle bus {bus.name} {_BUS_WORDS.get(bus.state, bus.state)}.",
        "It is tried again by itself; a workshop should look at the wiring if it stays so." if lost else "",
        evidence,
        _restart("databroker") if managed and bus.state == "away" else None,
        "databroker",
    )


def _of_message(message: MessageHealth) -> Fault:
    said = (
        f"{message.checksum_faults} wrong checksums, {message.counter_repeated} repeated and "
        f"{message.counter_skipped} skipped of {message.accepted} good ones."
    )
    return Fault(
        f"message:{message.bus}:{message.message}",
        Severity.LIMITED,
        f"The message {message.message} arrives damaged.",
        "Its values are not used until it is right again; a workshop should look at it if it stays so.",
        [Evidence(message.bus, said)],
        None,
        "databroker",
    )


def of_apps(apps: list[AppView]) -> list[Fault]:
    """Apps that have stopped by themselves, and those that wait for the driver's agreement."""
    faults = []
    for app in apps:
        evidence = [Evidence(app.name, _line(app.reason))] if app.reason else [Evidence(app.name, app.state.value)]
        if app.state is AppState.STOPPED_NEEDS_CONSENT:
            sentence = f"{app.name} waits for your agreement."
            fix: Fix | None = Fix(FixKind.ASK, app.id, parked=True)
            faults.append(Fault(f"app:{app.id}:consent", Severity.WAITING, sentence, "", evidence, fix))
        elif (words := _APP_ENDED.get(app.state)) is not None:
            fix = Fix(FixKind.START_APP, app.id) if app.state in _STARTABLE else None
            sentence = f"{app.name} {words}."
            faults.append(Fault(f"app:{app.id}", Severity.LIMITED, sentence, "", evidence, fix, f"app:{app.id}"))
    return faults


def of_updates(updates: Updates) -> list[Fault]:
    """An update that waits for the driver, and one that did not do well."""
    show = Fix(FixKind.OPEN, "settings:updates")
    if updates.state is UpdateState.WAITING and not updates.agreed and updates.items:
        evidence = [Evidence("Updates", f"{item.name} {item.version}") for item in updates.items]
        sentence = "An update is here and waits for your agreement."
        return [Fault("update:waiting", Severity.WAITING, sentence, "", evidence, show)]
    if updates.state is UpdateState.FAILED:
        evidence = [Evidence("Updates", _line(updates.reason))]
        hint = "What was installed before goes on; the same update is not tried again."
        return [
            Fault("update:failed", Severity.LIMITED, "The newest update was not taken.", hint, evidence, show, "cloud")
        ]
    return []


def of_trouble_codes(count: object) -> list[Fault]:
    """Trouble codes that the car's control units have stored."""
    if isinstance(count, bool) or not isinstance(count, int) or count <= 0:
        return []
    words = "A control unit has stored a trouble code." if count == 1 else f"{count} trouble codes are stored."
    fix = Fix(FixKind.OPEN, "vehicle:diagnostics")
    hint = "The vehicle page says what is known of them; a workshop can read them with their freeze frames."
    return [Fault("trouble-codes", Severity.LIMITED, words, hint, [Evidence(TROUBLE_CODES, str(count))], fix)]


def of_disk(free: int, total: int) -> list[Fault]:
    """Little room for what is kept on board."""
    if free >= LOW_DISK:
        return []
    said = f"{free >> 20} MB of {total >> 20} MB are free."
    hint = "Nothing is lost yet. Remove apps that you do not use, or have the car's computer looked at."
    fix = Fix(FixKind.OPEN, "apps")
    return [Fault("disk", Severity.LIMITED, "There is little storage left.", hint, [Evidence("Storage", said)], fix)]


def _restart(process: str) -> Fix:
    return Fix(FixKind.RESTART, process, parked=process in NEEDED_TO_DRIVE)


def _mark(text: str) -> str:
    """A short name for a text that stays the same when numbers in it change."""
    return hashlib.blake2s(_NUMBERS.sub("#", text).encode(), digest_size=6).hexdigest()


def _line(text: str) -> str:
    """The text as a sentence."""
    text = text.strip()
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".") if text else ""
