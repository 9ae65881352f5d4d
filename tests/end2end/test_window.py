# SPDX-License-Identifier: Apache-2.0
"""A real window on a real X server: it opens, a click on the climate bar acts, and closing it ends the run in order."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TITLE = "Cabin"
DRIVER = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
CLIENT_MESSAGE = 33  # X.h
LIMIT = 60.0  # seconds
PLUS = (364, 668)  # the driver's + at 1280x720, in window coordinates


def poll(what: str, probe: list[str], wanted: str, environment: dict[str, str]) -> str:
    """Run a command until its output has `wanted`."""
    deadline = time.monotonic() + LIMIT
    said = ""
    while time.monotonic() < deadline:
        done = subprocess.run(probe, env=environment, capture_output=True, text=True, timeout=30, check=False)
        said = done.stdout.strip()
        if done.returncode == 0 and wanted in said:
            return said
        time.sleep(0.1)
    pytest.fail(f"not within {LIMIT:g} s: {what}; last: {said!r} {done.stderr!r}")


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h, with long data."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_char * 256),  # XEvent is larger than this member of the union
    )


def ask_to_close(screen: str, window: int) -> None:
    """What a window manager sends when somebody clicks the cross: WM_DELETE_WINDOW (ICCCM 4.2.8)."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(screen.encode())
    assert display
    protocols, delete = (x11.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    event = ClientMessage(CLIENT_MESSAGE, 0, 1, display, window, protocols, 32, (ctypes.c_long * 5)(delete, 0))
    assert x11.XSendEvent(display, window, 0, 0, ctypes.byref(event))
    x11.XCloseDisplay(display)


@pytest.fixture
def screen() -> Iterator[str]:
    """An X server of its own, on a number that it finds itself."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.timeout(240)
def test_a_window_opens_acts_and_ends_the_run_when_it_is_closed(screen: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="ivi-win-"))
    environment = {key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    environment |= {"DISPLAY": screen, "IVI_RUNTIME_DIR": str(folder / "run"), "IVI_STATE_DIR": str(folder / "state")}
    ivi = [sys.executable, "-m", "ivi"]
    run = subprocess.Popen(
        [*ivi, "run", "--demo"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        search = ["xdotool", "search", "--onlyvisible", "--name", f"^{TITLE}"]
        window = poll("a window", search, "", environment).splitlines()[0]
        # the demo's sentence comes first: a click before it would be undone by it
        poll("what the demo's sentence asks for", [*ivi, "signals", "get", DRIVER], "21 Celsius", environment)
        click = ["xdotool", "mousemove", "--window", window, *map(str, PLUS), "click", "1"]
        subprocess.run(click, env=environment, check=True, timeout=20)
        poll("the set point after the click", [*ivi, "signals", "get", DRIVER], "21.5 Celsius", environment)
        ask_to_close(screen, int(window))
        assert run.wait(60) == 0
    finally:
        if run.poll() is None:
            run.terminate()
            run.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
