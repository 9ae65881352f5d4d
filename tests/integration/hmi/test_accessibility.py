# SPDX-License-Identifier: Apache-2.0
"""The screen as a screen reader and a switch device have it: over AT-SPI, with no hook into the program."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

READER = Path(__file__).parent / "atspi_reader.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # the distribution's: GObject introspection of AT-SPI is a package of its own
RUN = "import sys; from ivi.hmi.app import main; sys.exit(main(sys.argv[1:]))"
LIMIT = 60.0  # seconds
TARGET = 76  # dp
PRESSABLE = {"push button", "check box", "radio button", "toggle button", "page tab", "list item", "slider"}


def _missing() -> str:
    programs = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if programs:
        return f"not installed: {', '.join(programs)}"
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    done = subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, timeout=LIMIT, check=False)
    return "" if done.returncode == 0 else "the distribution's Python has no binding of AT-SPI (gir1.2-atspi-2.0)"


class Reader:
    """A screen reader."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def _ask(self, **command: object) -> Any:  # noqa: ANN401  # JSON
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def items(self) -> list[dict[str, Any]]:
        """Everything of the cabin's window that is showing."""
        found: list[dict[str, Any]] = []

        def walk(item: dict[str, Any]) -> None:
            if item["showing"]:
                found.append(item)
            for child in item["children"]:
                walk(child)

        for application in self._ask(tree=True)["children"]:
            if application["name"] == "ivi-hmi":
                walk(application)
        return found

    def press(self, name: str) -> bool:
        """Press the button of this name."""
        return bool(self._ask(press=name))

    def wait(self, what: str, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Look until the screen is as wanted."""
        deadline = time.monotonic() + LIMIT
        items: list[dict[str, Any]] = []
        while time.monotonic() < deadline:
            items = self.items()
            if wanted(items):
                return items
            time.sleep(0.1)
        pytest.fail(f"not within {LIMIT:g} s: {what}; on the screen: {[item['name'] for item in items]}")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """The screen without a car on an X server and a session bus of its own, and somebody who listens to it."""
    if missing := _missing():
        pytest.skip(missing)
    with ExitStack() as stack:

        def start(command: list[str], **more: Any) -> subprocess.Popen[str]:  # noqa: ANN401  # Popen's own
            process = stack.enter_context(subprocess.Popen(command, text=True, **more))
            stack.callback(process.kill)
            return process

        read, write = os.pipe()
        start(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            display = f":{numbers.readline().strip()}"
        quiet = subprocess.DEVNULL
        (tmp_path / "xdg").mkdir(mode=0o700)
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path / "xdg"),
            "IVI_RUNTIME_DIR": str(tmp_path / "run"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": "software",
        }
        environment.pop("WAYLAND_DISPLAY", None)
        bus = start(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=quiet,
        )
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        start([sys.executable, "-c", RUN, "--size", "1280x720"], env=environment, stderr=quiet)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": quiet}
        yield Reader(start([SYSTEM_PYTHON, str(READER)], env=environment, **pipes))


@pytest.mark.timeout(200)
def test_a_switch_device_reaches_every_page_and_each_control_has_a_name(reader: Reader) -> None:
    items = reader.wait("the window", lambda items: any(item["role"] == "frame" for item in items))
    pages = [item["name"] for item in items if item["role"] == "page tab"]
    assert "Climate" in pages
    for page in pages:
        assert reader.press(page)
        # A page may have tabs of its own, as the settings have.
        items = reader.wait(page, lambda items, page=page: _chosen(items, pages) == [page])  # type: ignore[misc]  # a default argument
        pressable = [item for item in items if item["role"] in PRESSABLE]
        nameless = [item for item in pressable if not item["name"].strip()]
        assert not nameless, f"{page}: {nameless}"


def _chosen(items: list[dict[str, Any]], pages: list[str]) -> list[str]:
    return [item["name"] for item in items if item["name"] in pages and item["role"] == "page tab" and item["selected"]]
