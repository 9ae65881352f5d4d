# SPDX-License-Identifier: Apache-2.0
"""Reads and steers calls of oFono on the system bus: it speaks the hands-free profile with phones.

oFono's interfaces (doc/manager-api.txt, doc/voicecallmanager-api.txt, doc/voicecall-api.txt): org.ofono.Manager at `/`
lists modems; a modem with org.ofono.VoiceCallManager lists its calls; each call is an org.ofono.VoiceCall. As
ivi.dbus.bluez, this module keeps to the syntax of Python 3.11.
"""

from typing import Any, NamedTuple

from ivi.model.errors import ConfigurationError, UnavailableError

OFONO = "org.ofono"
MANAGER, CALLS, CALL = f"{OFONO}.Manager", f"{OFONO}.VoiceCallManager", f"{OFONO}.VoiceCall"
TIMEOUT = 3  # seconds for oFono to answer
MAX_CALLS = 8
MAX_TEXT = 80  # characters of a name or number
STATES = frozenset({"incoming", "waiting", "dialing", "alerting", "active", "held"})


class OfonoCall(NamedTuple):
    """One call."""

    path: str
    name: str
    number: str
    state: str


def read_calls() -> "list[OfonoCall]":
    """All calls of all phones. Waits up to TIMEOUT for each question.

    Raises ConfigurationError when pydbus is not installed, UnavailableError when there is no bus or no oFono on it.
    """
    pydbus, problems = _library()
    try:
        bus = pydbus.SystemBus()
        found: list[OfonoCall] = []
        for modem, about in bus.get(OFONO, "/")[MANAGER].GetModems(timeout=TIMEOUT):
            if CALLS in about.get("Interfaces", []):
                found += calls_of(bus.get(OFONO, modem)[CALLS].GetCalls(timeout=TIMEOUT))
    except problems as error:
        raise UnavailableError(f"oFono does not answer: {error}", hint="install ofono and start it") from error
    return found[:MAX_CALLS]


def answer(path: str) -> None:
    """Take a call that rings. Raises as read_calls."""
    _steer(path, "Answer")


def hang_up(path: str) -> None:
    """Refuse a call, or end it. Raises as read_calls."""
    _steer(path, "Hangup")


def calls_of(listed: "list[tuple[str, dict[str, Any]]]") -> "list[OfonoCall]":
    """What GetCalls says. Calls in a state that oFono does not document are left out."""
    return [
        OfonoCall(path, _text(about, "Name"), _text(about, "LineIdentification"), about["State"])
        for path, about in listed
        if about.get("State") in STATES
    ]


def _text(about: "dict[str, Any]", key: str) -> str:
    value = about.get(key)
    text = value if isinstance(value, str) else ""
    return "" if text == "withheld" else "".join(sign for sign in text if sign.isprintable())[:MAX_TEXT]


def _steer(path: str, method: str) -> None:
    pydbus, problems = _library()
    try:
        getattr(pydbus.SystemBus().get(OFONO, path)[CALL], method)(timeout=TIMEOUT)
    except problems as error:
        raise UnavailableError(f"the phone did not do it: {error}", hint="use the phone itself") from error


def _library() -> "tuple[Any, tuple[type[Exception], ...]]":
    try:
        import pydbus  # noqa: PLC0415  # the library of an extra, and 10 MB that a car without phones does not need
        from gi.repository import GLib  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError("the D-Bus library is not installed", hint="pip install 'ivi[dbus]'") from error
    return pydbus, (GLib.Error, KeyError)
