# SPDX-License-Identifier: Apache-2.0
"""Sentences for the driver: what is off, said once and calmly, with what to do where that is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivi.model.apphost import AppState
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    LinkError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)
from ivi.model.services import DrivingState
from ivi.model.status import Problem

OK, WAITING, PROBLEM, AWAY = "ok", "waiting", "problem", "away"
RESTART_TIME = 10.0  # seconds after a loss during which we say "is restarting"

_APP_SENTENCES = {
    AppState.STARTING: "Starting",
    AppState.RUNNING: "",
    AppState.BACKING_OFF: "It stopped and is starting again",
    AppState.QUARANTINED: "It stopped too often and stays off",
    AppState.STOPPED_BY_LOAD_ERROR: "It could not be loaded",
    AppState.STOPPED_NO_SANDBOX: "It is off because this machine cannot isolate it",
    AppState.STOPPED_BY_DRIVER: "It is off",
    AppState.STOPPED_WHILE_DRIVING: "It is off",
    AppState.FROZEN: "Paused",
    AppState.STOPPED: "Stopped",
}

STARTABLE = frozenset(
    {AppState.QUARANTINED, AppState.BACKING_OFF, AppState.STOPPED_BY_DRIVER, AppState.STOPPED_BY_LOAD_ERROR}
)
"""States that the driver can end with a touch on "Start again"."""

_REFUSALS: dict[type[IviError], str] = {
    DeadlineError: "The car did not confirm it in time.",
    UnavailableError: "The car cannot do it at the moment.",
    LinkError: "The car cannot do it at the moment.",
    InvalidArgumentError: "The car does not take this value.",
    NotFoundError: "This car does not have it.",
    PermissionDeniedError: "It is not allowed now.",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """State of one part of the car's computer with its reason."""

    state: str
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What the driver calls a process, and what it says while all is well."""

    title: str
    ready: str
    plural: bool = False

    @property
    def be(self) -> str:
        """The verb that goes with the title."""
        return "are" if self.plural else "is"


NAMES = {
    "databroker": Named("Vehicle data", "The car's signals arrive."),
    "services": Named("Driving state", "The driving state is known."),
    "apphost": Named("Apps", "Apps run, each in a sandbox of its own.", plural=True),
    "voice": Named("Voice", "Touch the microphone and speak."),
    "cloud": Named("Cloud", "Connected."),
}


def connection(
    named: Named, lost_for: float | None, problems: Sequence[Problem] = (), *, seen: bool = True
) -> Explained:
    """How one process is. `lost_for`: seconds since the link was lost, None while it stands; `seen`: it ever stood."""
    if lost_for is not None:
        soon = lost_for < RESTART_TIME
        verb = ("restarting" if seen else "starting") if soon else "not running"
        hint = "It comes back by itself." if soon else "The screen goes on without it."
        return Explained(
            AWAY, f"{named.title} {named.be} {verb}.", hint.replace("It comes", "They come") if named.plural else hint
        )
    if not problems:
        return Explained(OK, named.ready)
    first = problems[0]
    more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
    return Explained(PROBLEM, sentence(first.what) + more, sentence(first.hint))


def silent(named: Named) -> Explained:
    """A process that holds its link but does not answer."""
    return Explained(
        PROBLEM, f"{named.title} {'do' if named.plural else 'does'} not answer.", "It is restarted if it stays so."
    )


def sentence(text: str) -> str:
    """The text with a full stop and a capital, unless it is empty."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def driving(state: DrivingState) -> str:
    """One word for the driving state."""
    return {
        DrivingState.PARKED: "Parked",
        DrivingState.IDLING: "Standing",
        DrivingState.MOVING: "Driving",
        DrivingState.UNKNOWN: "State unknown",
    }[state]


def app(state: AppState, reason: str) -> str:
    """Why an app shows nothing; empty while it runs."""
    said = _APP_SENTENCES[state]
    return sentence(f"{said}: {reason}" if said and reason else said or "")


def not_changed(what: str, error: IviError) -> str:
    """An actuation that failed, in the driver's words; the log has the error's own, which name paths and values."""
    reason = next((said for kind, said in _REFUSALS.items() if isinstance(error, kind)), sentence(error.message))
    return f"{what} was not changed. {reason}"
