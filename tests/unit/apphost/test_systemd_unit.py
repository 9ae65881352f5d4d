# SPDX-License-Identifier: Apache-2.0
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.runtime import Runtime
from ivi.apphost.sandbox.systemd import LEAST_VERSION
from ivi.apphost.sandbox.unit import binds, command, empty_root, properties, unit_file
from ivi.model.errors import ConfigurationError

BOX = Box(memory_mb=64, processes=2, tmp_mb=4, data_mb=12, cpu_percent=30, entry="x.main:Main")
PYTHON = Runtime(
    ["--ro-bind", "/usr/lib/arch", "/usr/lib/arch", "--symlink", "usr/lib", "/lib", "--ro-bind", "/state/sdk", "/sdk",
     "--ro-bind", "/opt/python", "/runtime/python", "--tmpfs", "/runtime/python/site-packages",
     "--remount-ro", "/runtime/python/site-packages"],
    "/runtime/python/bin/python3", {"LD_LIBRARY_PATH": "/runtime/python/lib"},
)  # fmt: skip
ROOT = Path("/state/apps/root")
EXPOSURE = 5  # tenths, of systemd-analyze; up to 1 is what it calls safe


def given(box: Box = BOX) -> dict[str, list[str]]:
    """Properties by name."""
    found: dict[str, list[str]] = {}
    for line in properties(box, PYTHON, ROOT):
        name, _, value = line.partition("=")
        found.setdefault(name, []).append(value)
    return found


def test_the_kernel_limits_what_the_manifest_allows() -> None:
    found = given()
    assert found["MemoryMax"] == [str((64 + 16) << 20)]
    assert found["CPUQuota"] == ["30%"]
    assert int(found["TasksMax"][0]) > BOX.processes
    assert "/data:size=16M,nr_inodes=1024,mode=1777,nosuid,nodev,noexec" in found["TemporaryFileSystem"]
    assert found["RootDirectory"] == [str(ROOT)]


def test_only_an_app_with_a_network_gets_internet_sockets() -> None:
    assert given()["RestrictAddressFamilies"] == ["AF_UNIX"]
    assert "IPAddressAllow" not in given()
    net = given(Box(memory_mb=64, processes=1, tmp_mb=1, net=True, entry="x:y"))
    assert net["RestrictAddressFamilies"] == ["AF_UNIX AF_INET AF_INET6"]
    assert net["IPAddressAllow"] == ["localhost"]
    assert net["PrivateNetwork"] == ["yes"]


def test_an_app_that_makes_code_may_and_no_other() -> None:
    assert given()["MemoryDenyWriteExecute"] == ["yes"]
    assert given(Box(memory_mb=64, processes=1, tmp_mb=1, mdwe=False, entry="x:y"))["MemoryDenyWriteExecute"] == ["no"]


def test_what_a_link_would_lead_to_is_there_twice() -> None:
    box = Box(memory_mb=64, processes=1, tmp_mb=1, entry="x:y", package="x", app_dir=Path("/apps/x"))
    shown = binds(box, PYTHON)
    assert ("/usr/lib/arch", "/usr/lib/arch") in shown
    assert ("/usr/lib/arch", "/lib/arch") in shown
    assert ("/apps/x", "/app/x") in shown
    assert "/runtime/python/site-packages:ro" in given()["TemporaryFileSystem"]


@pytest.mark.parametrize("name", ["a b", "a:b", "a%b", "a\\b", "a'b"])
def test_a_path_that_systemd_would_misread_is_refused(name: str) -> None:
    box = Box(memory_mb=64, processes=1, tmp_mb=1, entry="x:y", package="x", app_dir=Path("/apps", name))
    with pytest.raises(ConfigurationError, match="path"):
        properties(box, PYTHON, ROOT)


def test_the_command_hands_over_by_name() -> None:
    words = command(BOX, PYTHON, ROOT, ["link", "filter"])
    inside = words[words.index("--") + 1 :]
    assert inside[0] == PYTHON.python
    assert "handover=link,filter" in inside
    assert inside[-1] == "entry=x.main:Main"
    assert "--setenv=LD_LIBRARY_PATH=/runtime/python/lib" in words
    assert "--setenv=PYTHONPATH=/sdk" in words  # the app's folder is not there before the process is confined


def test_systemd_calls_the_unit_safe(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    path = tmp_path / "ivi-app.service"
    # Only what is in the unit counts; the program is inside the box.
    path.write_text(unit_file(BOX, PYTHON, empty_root(tmp_path)).replace(PYTHON.python, "/bin/true"))
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert rated.returncode == 0, rated.stdout[-200:]
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Failed to parse" not in verified.stderr
    complaints = [line for line in verified.stderr.splitlines() if "ivi-app.service:" in line]
    version = int(re.findall(r"\d+", subprocess.check_output(["systemd-analyze", "--version"], text=True))[0])
    if version >= LEAST_VERSION:
        assert complaints == []
    else:  # words that it is too old to know
        assert all("PrivatePIDs" in line or "@sandbox" in line or "BindLogSockets" in line for line in complaints), (
            complaints
        )


TAKE = """
import os, sys
from ivi.sdk import boot
found = boot.take_over(["link", "filter"])
os.write(found["link"], os.read(found["filter"], 10))
assert os.fstat(0).st_rdev == os.stat("/dev/null").st_rdev
"""


def test_descriptors_are_taken_over_at_standard_input_and_the_host_learns_from_whom(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    link, inside = socket.socketpair()
    (tmp_path / "filter").write_bytes(b"filter")
    with ours, theirs, link, inside, (tmp_path / "filter").open("rb") as file:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        ours.settimeout(30)
        link.settimeout(30)
        socket.send_fds(ours, [b"x"], [inside.fileno(), file.fileno()])
        child = subprocess.Popen([sys.executable, "-c", TAKE], stdin=theirs.fileno(), cwd=Path(__file__).parents[3])
        try:
            from ivi.apphost.sandbox.systemd import _sender  # noqa: PLC0415  # the point of the test

            assert _sender(ours) == child.pid
            assert link.recv(10) == b"filter"
            assert child.wait(30) == 0
        finally:
            child.kill()
            child.wait()
