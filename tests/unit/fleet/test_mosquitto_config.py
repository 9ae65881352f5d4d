# SPDX-License-Identifier: Apache-2.0
"""The demo's broker: its configuration, and what is said when it cannot be."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ivi.fleet import mosquitto
from ivi.model.errors import ConfigurationError


def test_the_broker_listens_on_this_machine_only(tmp_path: Path) -> None:
    """Anonymous clients are allowed, so nobody outside may reach it."""
    lines = mosquitto.config_text(1884, tmp_path).splitlines()
    assert [line for line in lines if line.startswith("listener")] == ["listener 1884 127.0.0.1"]
    assert f"persistence_location {tmp_path}/" in lines
    assert "set_tcp_nodelay true" in lines
    assert ("user root" in lines) == (os.geteuid() == 0)


def test_with_certificates_nobody_is_anonymous(tmp_path: Path) -> None:
    """TLS 1.3 only, the certificate's name is the user, and the access list speaks of it."""
    lines = mosquitto.config_text(8883, tmp_path, tmp_path / "pki", "0.0.0.0").splitlines()
    wanted = {
        *("listener 8883 0.0.0.0", "allow_anonymous false", "require_certificate true", "tls_version tlsv1.3"),
        *("use_identity_as_username true", f"acl_file {tmp_path}/acl", f"cafile {tmp_path}/pki/ca.crt"),
    }
    assert wanted <= set(lines)
    assert "allow_anonymous true" not in lines
    assert "pattern write v1/%u/up/#" in mosquitto.ACL
    with pytest.raises(ConfigurationError):
        mosquitto.config_text(8883, tmp_path, Path("a\nallow_anonymous true"))


@pytest.mark.parametrize(("port", "folder"), [(0, "/x"), (65536, "/x"), (1883, "/x\nallow_anonymous false")])
def test_what_cannot_stand_in_the_file_is_refused(port: int, folder: str) -> None:
    """A line break would be a second setting."""
    with pytest.raises(ConfigurationError):
        mosquitto.config_text(port, Path(folder))


def fake(folder: Path, text: str) -> None:
    """A program named mosquitto that says `text`."""
    program = folder / "mosquitto"
    program.write_text(f"#!/bin/sh\necho '{text}'\n")
    program.chmod(0o755)


def test_an_old_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1.6 knows neither our settings nor Receive Maximum."""
    fake(tmp_path, "mosquitto version 1.6.12")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConfigurationError, match=r"not mosquitto 2\.0"):
        mosquitto.require_mosquitto()
    fake(tmp_path, "mosquitto version 2.1.0")
    assert mosquitto.require_mosquitto() == tmp_path / "mosquitto"


def test_without_mosquitto_there_is_one_line_and_status_2(tmp_path: Path) -> None:
    """The hint is the command that installs it."""
    code = (
        "import sys, shutil\n"
        "shutil.which = lambda *_a, **_k: None\n"
        "from ivi.fleet import mosquitto\n"
        "sys.exit(mosquitto.main())\n"
    )
    arguments = ["--port", "1883", "--folder", str(tmp_path / "m")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "ivi mosquitto: mosquitto is not installed (apt install mosquitto)\n")


def test_a_busy_port_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the broker starts, so that the line is ours."""
    fake(tmp_path, "mosquitto version 2.0.11")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} cannot be used"):
            mosquitto.prepare(port, tmp_path / "m")
