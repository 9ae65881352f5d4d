# SPDX-License-Identifier: Apache-2.0
"""Sentences for the driver: what is off, said once and calmly, with what to do where that is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from ivi.hmi import permission_words, process_words
from ivi.hmi.catalogues import later
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

translate = QCoreApplication.translate

_ENDS = ".!?\N{HORIZONTAL ELLIPSIS}\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH QUESTION MARK}\N{ARABIC QUESTION MARK}"
OK, WAITING, PROBLEM, AWAY = "ok", "waiting", "problem", "away"
RESTART_TIME = 10.0  # seconds after a loss during which we say "is restarting"

_APP_SENTENCES = {
    AppState.STARTING: later("Sentences", "Starting"),
    AppState.RUNNING: "",
    AppState.BACKING_OFF: later("Sentences", "It stopped and is starting again"),
    AppState.QUARANTINED: later("Sentences", "It stopped too often and stays off"),
    AppState.STOPPED_BY_LOAD_ERROR: later("Sentences", "It could not be loaded"),
    AppState.STOPPED_NO_SANDBOX: later("Sentences", "It is off because this machine cannot isolate it"),
    AppState.STOPPED_NEEDS_CONSENT: later("Sentences", "It waits for your agreement"),
    AppState.STOPPED_BY_DRIVER: later("Sentences", "It is off"),
    AppState.STOPPED_WHILE_DRIVING: later("Sentences", "It is off"),
    AppState.FROZEN: later("Sentences", "Paused"),
    AppState.STOPPED: later("Sentences", "Stopped"),
}

STARTABLE = frozenset(
    {AppState.QUARANTINED, AppState.BACKING_OFF, AppState.STOPPED_BY_DRIVER, AppState.STOPPED_BY_LOAD_ERROR}
)
"""States that the driver can end with a touch on "Start again"."""

_REFUSALS: dict[type[IviError], str] = {
    DeadlineError: later("Sentences", "The car did not confirm it in time."),
    UnavailableError: later("Sentences", "The car cannot do it at the moment."),
    LinkError: later("Sentences", "The car cannot do it at the moment."),
    InvalidArgumentError: later("Sentences", "The car does not take this value."),
    NotFoundError: later("Sentences", "This car does not have it."),
    PermissionDeniedError: later("Sentences", "It is not allowed now."),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """State of one part of the car's computer with its reason."""

    state: str
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What the driver calls a process, and whole sentences on it: no two languages put such words together alike."""

    source_title: str
    source_ready: str
    starting: str
    restarting: str
    lost: str
    silent: str

    @property
    def title(self) -> str:
        """Its name in the driver's language."""
        return translate("Sentences", self.source_title)

    @property
    def ready(self) -> str:
        """What it says while all is well."""
        return translate("Sentences", self.source_ready)


NAMES = {
    "databroker": Named(
        later("Sentences", "Vehicle data"),
        later("Sentences", "The car's signals arrive."),
        later("Sentences", "Vehicle data is starting."),
        later("Sentences", "Vehicle data is restarting."),
        later("Sentences", "Vehicle data is not running."),
        later("Sentences", "Vehicle data does not answer."),
    ),
    "services": Named(
        later("Sentences", "Driving state"),
        later("Sentences", "The driving state is known."),
        later("Sentences", "Driving state is starting."),
        later("Sentences", "Driving state is restarting."),
        later("Sentences", "Driving state is not running."),
        later("Sentences", "Driving state does not answer."),
    ),
    "apphost": Named(
        later("Sentences", "Apps"),
        later("Sentences", "Apps run, each in a sandbox of its own."),
        later("Sentences", "Apps are starting."),
        later("Sentences", "Apps are restarting."),
        later("Sentences", "Apps are not running."),
        later("Sentences", "Apps do not answer."),
    ),
    "voice": Named(
        later("Sentences", "Voice"),
        later("Sentences", "Touch the microphone and speak."),
        later("Sentences", "Voice is starting."),
        later("Sentences", "Voice is restarting."),
        later("Sentences", "Voice is not running."),
        later("Sentences", "Voice does not answer."),
    ),
    "cloud": Named(
        later("Sentences", "Cloud"),
        later("Sentences", "Connected."),
        later("Sentences", "Cloud is starting."),
        later("Sentences", "Cloud is restarting."),
        later("Sentences", "Cloud is not running."),
        later("Sentences", "Cloud does not answer."),
    ),
}


def connection(
    named: Named, lost_for: float | None, problems: Sequence[Problem] = (), *, seen: bool = True
) -> Explained:
    """How one process is. `lost_for`: seconds since the link was lost, None while it stands; `seen`: it ever stood."""
    if lost_for is not None:
        soon = lost_for < RESTART_TIME
        text = (named.restarting if seen else named.starting) if soon else named.lost
        hint = (
            translate("Sentences", "It comes back by itself.")
            if soon
            else translate("Sentences", "The screen goes on without it.")
        )
        return Explained(AWAY, translate("Sentences", text), hint)
    if not problems:
        return Explained(OK, named.ready)
    first = problems[0]
    said = sentence(first.what)
    if len(problems) > 1:
        said += " " + translate("Sentences", "And {count} more.").format(count=len(problems) - 1)
    return Explained(PROBLEM, said, sentence(first.hint))


def silent(named: Named) -> Explained:
    """A process that holds its link but does not answer."""
    return Explained(
        PROBLEM,
        translate("Sentences", named.silent),
        translate("Sentences", "It is restarted if it stays so."),
    )


def sentence(text: str) -> str:
    """The text of a process in the driver's language, with a full stop and a capital, unless it is empty."""
    text = process_words.in_language(text.strip())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in _ENDS else ".")


_WRITTEN = {QLocale.Language.English, QLocale.Language.C}
"""Languages in which processes write: the locale is C before the screen has chosen one."""


def refusal(error: IviError) -> str:
    """Why something was refused: the error's own words where the driver's language has them, else its kind."""
    if QLocale().language() in _WRITTEN or process_words.known(error.message):
        return sentence(error.message)
    source = next((said for kind, said in _REFUSALS.items() if isinstance(error, kind)), None)
    return translate("Sentences", source) if source else sentence(error.message)


def driving(state: DrivingState) -> str:
    """One word for the driving state."""
    return {
        DrivingState.PARKED: translate("Sentences", "Parked"),
        DrivingState.IDLING: translate("Sentences", "Standing"),
        DrivingState.MOVING: translate("Sentences", "Driving"),
        DrivingState.UNKNOWN: translate("Sentences", "State unknown"),
    }[state]


def app(state: AppState, reason: str) -> str:
    """Why an app shows nothing; empty while it runs."""
    source = _APP_SENTENCES[state]
    said = translate("Sentences", source) if source else ""
    because = process_words.in_language(permission_words.wanted(reason))
    return sentence(f"{said}: {because}" if said and reason else said or "")


def not_changed(what: str, error: IviError) -> str:
    """An actuation that failed, in the driver's words; the log has the error's own, which name paths and values."""
    source = next((said for kind, said in _REFUSALS.items() if isinstance(error, kind)), None)
    reason = translate("Sentences", source) if source else sentence(error.message)
    said = translate("Sentences", "{what} was not changed.").format(what=translate("Settings", what))
    return f"{said} {reason}"
