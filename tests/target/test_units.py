# SPDX-License-Identifier: Apache-2.0
"""The systemd units, installed as systemd/README.md says and run by the real PID 1, with a car on the kernel's bus."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.target.machine import ROOT, command, python, until

pytestmark = [pytest.mark.target, pytest.mark.timeout(300)]

SYSTEMD = ROOT / "systemd"
UNITS = Path("/usr/local/lib/systemd/system")
LEFT_OUT = ("ivi-hmi.service", "ivi-voice.service")  # Qt, speech and sound are not in the guest
SERVICES = ("ivi-databroker", "ivi-services", "ivi-apphost", "ivi-cloud")
START_LIMIT = 120.0  # s; five Pythons at once under emulation
WATCHDOG_LIMIT = 60.0  # s; the units' own watchdog has 10


def systemctl(*words: str, check: bool = True) -> str:
    return command("systemctl", *words, check=check)


def shown(unit: str, *names: str) -> dict[str, str]:
    """Properties of a unit."""
    lines = systemctl("show", unit, *(f"--property={name}" for name in names)).splitlines()
    return dict(line.partition("=")[::2] for line in lines)


def main_pid(unit: str) -> int:
    """Its main process; waits while it is started again, because it has none then."""
    return until(lambda: int(shown(unit, "MainPID")["MainPID"]))


def is_ready(unit: str) -> bool:
    return shown(unit, "ActiveState", "SubState") == {"ActiveState": "active", "SubState": "running"}


def journal(unit: str) -> str:
    return command("journalctl", "--no-pager", "-o", "cat", "-u", unit)


@pytest.fixture(scope="module")
def installed(vcan: Callable[..., str], start: Callable[..., subprocess.Popen[str]]) -> Iterator[None]:
    """systemd/README.md, step by step, then `systemctl start ivi.target`."""
    UNITS.mkdir(parents=True)
    for path in SYSTEMD.glob("ivi*"):
        if path.is_dir():
            shutil.copytree(path, UNITS / path.name, dirs_exist_ok=True)
        else:
            shutil.copy(path, UNITS)
    for kind in ("sysusers", "tmpfiles", "sysctl"):
        shutil.copy(SYSTEMD / f"{kind}.d" / "ivi.conf", f"/usr/lib/{kind}.d/ivi.conf")
    command("systemd-sysusers")
    command("systemd-tmpfiles", "--create", "ivi.conf")
    command("sysctl", "--system")
    systemctl("mask", *LEFT_OUT)
    systemctl("daemon-reload")
    start(*python("simulator.vehicle", "--can", f"socketcan:{vcan('can0')}"))
    systemctl("start", "--no-block", "ivi.target")
    try:
        yield
    finally:
        systemctl("stop", "--no-block", "ivi.target", check=False)


@pytest.fixture
def ready(installed: None) -> None:
    """All services are up."""
    for unit in SERVICES:
        until(lambda unit=unit: is_ready(unit), START_LIMIT)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def ivi(*words: str) -> str:
    """`ivi ARGS` as the services' user."""
    return command("runuser", "-u", "ivi", "--", "env", "IVI_RUNTIME_DIR=/run/ivi", *python("ivi", *words), check=False)


def test_all_become_ready(ready: None) -> None:
    for unit in SERVICES:
        state = shown(unit, "Type", "NRestarts", "User", "Slice", "Result", "WatchdogUSec", "NotifyAccess")
        assert state == {
            "Type": "notify",
            "NRestarts": "0",
            "User": "ivi",
            "Slice": "ivi.slice",
            "Result": "success",
            "WatchdogUSec": "10s",
            "NotifyAccess": "main",
        }, journal(unit)
    assert "door" in systemctl("list-units", "--all", "--plain", "ivi-doors.service")
    assert shown("ivi-doors", "ConditionResult", "ActiveState") == {"ConditionResult": "no", "ActiveState": "inactive"}


def test_nothing_is_denied(ready: None) -> None:
    """No system call, file or address that a service needs is kept from it."""
    for unit in SERVICES:
        said = journal(unit)
        for word in ("Traceback", "PermissionError", "Operation not permitted", "Permission denied", "Read-only file"):
            assert word not in said, f"{unit}: {said}"


def test_the_car_is_seen_through_the_sandbox(ready: None) -> None:
    """AF_CAN and netlink are open to the databroker, its buffer is large, and the other services reach its socket."""
    until(lambda: "km/h" in ivi("signals", "get", "Vehicle.Speed"))
    assert "confirmed after" in ivi("signals", "set", "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", "23")
    assert "receive buffer" not in journal("ivi-databroker"), "systemd/sysctl.d lets an unprivileged reader have it"


def test_apps_can_be_sandboxed(ready: None) -> None:
    """bubblewrap inside the unit's own sandbox: namespaces, a fresh /proc, seccomp, Landlock."""
    said = until(lambda: journal("ivi-apphost") if '"ready"' in journal("ivi-apphost") else "")
    assert "Apps are off" not in said, said


def test_no_service_has_any_capability(ready: None) -> None:
    for unit in SERVICES:
        lines = Path(f"/proc/{main_pid(unit)}/status").read_text().splitlines()
        found = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
        assert int(found["CapBnd"], 16) == int(found["CapEff"], 16) == 0
        assert (found["NoNewPrivs"], found["Seccomp"]) == ("1", "2")


def test_only_those_who_may_have_a_network(ready: None) -> None:
    networks = {unit: os.readlink(f"/proc/{main_pid(unit)}/ns/net") for unit in SERVICES}  # noqa: PTH115  # a name
    own = os.readlink("/proc/self/ns/net")  # noqa: PTH115
    assert networks["ivi-databroker"] == networks["ivi-cloud"] == own
    assert networks["ivi-services"] != own


def test_a_killed_service_is_back_and_the_others_stay(ready: None) -> None:
    others = {unit: main_pid(unit) for unit in SERVICES if unit != "ivi-databroker"}
    before = main_pid("ivi-databroker")
    os.kill(before, signal.SIGKILL)
    until(lambda: main_pid("ivi-databroker") != before and is_ready("ivi-databroker"), START_LIMIT)
    until(lambda: "km/h" in ivi("signals", "get", "Vehicle.Speed"))
    assert {unit: main_pid(unit) for unit in others} == others
    assert shown("ivi-databroker", "NRestarts") == {"NRestarts": "1"}


def test_a_service_that_hangs_is_killed_by_its_watchdog(ready: None) -> None:
    before = main_pid("ivi-services")
    os.kill(before, signal.SIGSTOP)
    began = time.monotonic()
    until(lambda: main_pid("ivi-services") != before and is_ready("ivi-services"), WATCHDOG_LIMIT)
    assert time.monotonic() - began > 5.0  # s; not at once: the last sign of life counts
    assert "watchdog" in command("journalctl", "--no-pager", "-u", "ivi-services").lower()


def test_the_slice_limits_and_counts_all_of_it(ready: None) -> None:
    group = Path("/sys/fs/cgroup/ivi.slice")
    assert (group / "memory.max").read_text().strip() == str(1 << 30)
    assert {path.name for path in group.glob("ivi-*.service")} == {f"{unit}.service" for unit in SERVICES}
    for unit in SERVICES:
        assert str(main_pid(unit)) in (group / f"{unit}.service" / "cgroup.procs").read_text().split()
    assert 0 < int((group / "memory.current").read_text()) < 1 << 29
    assert int((group / "cpu.stat").read_text().split()[1]) > 0


def test_a_group_can_be_handed_on_with_its_controllers() -> None:
    """What a service with Delegate= can do for the processes that it starts."""
    script = "set -e; g=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup); mkdir $g/main $g/app;"
    script += " echo $$ >$g/main/cgroup.procs; echo '+memory +pids' >$g/cgroup.subtree_control;"
    script += " echo 64M >$g/app/memory.max; cat $g/app/memory.max"
    said = command(
        *("systemd-run", "--quiet", "--pipe", "--wait", "--expand-environment=no", "--property=User=ivi"),
        *("--property=Delegate=yes", "--property=Slice=ivi.slice", "/bin/bash", "-c", script),
    )
    assert said.split()[-1] == str(64 << 20)


def test_an_ordered_stop_and_a_second_start(ready: None) -> None:
    """Those that depend on another one stop before it; nothing is killed; all of it comes up again."""
    began = time.time()
    systemctl("stop", "--no-block", "ivi.target")
    until(lambda: all(shown(unit, "ActiveState")["ActiveState"] == "inactive" for unit in SERVICES))
    assert {unit: shown(unit, "Result")["Result"] for unit in SERVICES} == dict.fromkeys(SERVICES, "success")
    said = command("journalctl", "--no-pager", "-o", "json", f"--since=@{began}", "_PID=1")
    stopped = [
        entry["UNIT"].removesuffix(".service")
        for entry in map(json.loads, said.splitlines())
        if entry.get("UNIT", "").startswith("ivi-") and entry["MESSAGE"].startswith("Stopped ")
    ]
    assert sorted(stopped) == sorted(SERVICES)
    assert stopped.index("ivi-cloud") < stopped.index("ivi-apphost") < stopped.index("ivi-services")
    assert stopped[-1] == "ivi-databroker"
    assert not list(Path("/sys/fs/cgroup").glob("ivi.slice/ivi-*.service/cgroup.procs")), "no process is left"
    systemctl("start", "--no-block", "ivi.target")
    until(lambda: is_ready("ivi-databroker"), START_LIMIT)
