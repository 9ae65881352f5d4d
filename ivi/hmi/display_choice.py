# SPDX-License-Identifier: Apache-2.0
"""Finds out where the screen can be shown before Qt tries, because Qt ends the process when it cannot."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from ivi.model.errors import ConfigurationError

_HINT = "run with --headless or set QT_QPA_PLATFORM=offscreen"
_RENDERER = {"QT_QUICK_BACKEND", "QSG_RHI_BACKEND"}
"""Variables by which somebody has chosen how to render."""


def has_gpu() -> bool:
    """Whether this machine has a graphics device that can render."""
    return any(Path("/dev/dri").glob("renderD*"))


def choose(environment: Mapping[str, str], *, headless: bool, gpu: bool = True) -> dict[str, str]:
    """The variables to set for Qt. What is set already is kept, but an explicit platform's display must answer.

    Without a GPU the scene is drawn in software: OpenGL by the CPU takes twice the memory and start time.

    Raises ConfigurationError when there is no display.
    """
    if headless:
        return {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    renderer = {} if gpu or _RENDERER & environment.keys() else {"QT_QUICK_BACKEND": "software"}
    return {**_platform(environment), **renderer}


def _platform(environment: Mapping[str, str]) -> dict[str, str]:
    asked = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if asked == "xcb" and not _x11_answers(environment):
        raise ConfigurationError(
            f"no display: X11 does not answer at DISPLAY={environment.get('DISPLAY', '')}", hint=_HINT
        )
    if asked.startswith("wayland") and not _wayland_answers(environment):
        raise ConfigurationError("no display: no Wayland compositor answers", hint=_HINT)
    if asked:
        return {}
    wayland, x11 = _wayland_answers(environment), _x11_answers(environment)
    if wayland and (environment.get("XDG_SESSION_TYPE") == "wayland" or not x11):
        return {"QT_QPA_PLATFORM": "wayland"}
    if x11:
        return {"QT_QPA_PLATFORM": "xcb"}
    raise ConfigurationError("no display", hint=_HINT)


def _x11_answers(environment: Mapping[str, str]) -> bool:
    display = environment.get("DISPLAY", "")
    host, colon, rest = display.rpartition(":")
    if not colon:
        return False
    if host not in {"", "unix"}:
        return True  # over the network: Qt finds out
    number = rest.partition(".")[0]
    return any(_answers(address) for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"))  # noqa: S108  # X11's own place


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and _answers(os.fspath(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(address)
        except (OSError, ValueError):
            return False
    return True
