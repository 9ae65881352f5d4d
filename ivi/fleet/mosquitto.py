# SPDX-License-Identifier: Apache-2.0
"""Mosquitto as the broker of trials: finds it, configures it, and becomes it (`python -m ivi.fleet.mosquitto`)."""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from ivi.model.errors import ConfigurationError, IviError

MIN_VERSION = (2, 0)  # per-listener settings and MQTT 5 flow control as we use them
MAX_INFLIGHT = 500  # messages; also the Receive Maximum that the broker announces
MAX_QUEUED = 10_000  # messages kept for a client that is away; the default of 1000 is less than one outbox window
MAX_PACKET = (128 << 10) + 4096  # bytes: the largest payload with its topic and properties
MAX_PORT = 65535
_ANSWER = 5.0  # seconds mosquitto may take to say its version
_INSTALL = "apt install mosquitto"


ACL = """\
# A car writes and reads below its own id, which its certificate says.
pattern write v1/%u/up/#
pattern read v1/%u/down/#

user ingest
topic read v1/+/up/#
topic write v1/+/down/#

user fleet
topic read v1/+/up/#
topic readwrite v1/+/down/#
"""


def config_text(port: int, folder: Path, tls: Path | None = None, host: str = "127.0.0.1") -> str:
    """A configuration. Without `tls` for this machine alone: loopback only, so anonymous clients are this machine's.

    With `tls`, a folder with ca.crt, broker.crt and broker.key: TLS 1.3, a certificate for everybody, whose common
    name is the user that the access list speaks of.

    Raises ConfigurationError for a port or a folder that cannot stand in the file.
    """
    if not 1 <= port <= MAX_PORT:
        raise ConfigurationError(f"port {port} is out of range", hint=f"choose one from 1 to {MAX_PORT}")
    for text in (folder, tls or "", host):
        if set(str(text)) & set("\r\n"):
            raise ConfigurationError(
                f"mosquitto cannot use a folder with a line break: {text!r}", hint="choose another with --folder"
            )
    lines = [
        f"listener {port} {host if tls else '127.0.0.1'}",
        *(_secured(folder, tls) if tls else ["allow_anonymous true"]),
        "persistence true",
        f"persistence_location {folder}/",
        "set_tcp_nodelay true",
        f"max_inflight_messages {MAX_INFLIGHT}",
        f"max_queued_messages {MAX_QUEUED}",
        f"max_packet_size {MAX_PACKET}",
        "log_dest stderr",
        "log_type error",
    ]
    if os.geteuid() == 0:
        lines.append("user root")  # else it would drop to its own user, who cannot write our folder
    return "\n".join(lines) + "\n"


def _secured(folder: Path, tls: Path) -> list[str]:
    return [
        "allow_anonymous false",
        f"cafile {tls}/ca.crt",
        f"certfile {tls}/broker.crt",
        f"keyfile {tls}/broker.key",
        "require_certificate true",
        "use_identity_as_username true",
        "tls_version tlsv1.3",
        f"acl_file {folder}/acl",
    ]


def find_mosquitto() -> Path | None:
    """The program, or None. Debian puts it where the PATH of ordinary users does not look."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("mosquitto", path=path)
    return Path(found) if found else None


def require_mosquitto() -> Path:
    """The program, in a version that will do. Raises ConfigurationError."""
    program = find_mosquitto()
    if program is None:
        raise ConfigurationError("mosquitto is not installed", hint=_INSTALL)
    try:
        said = subprocess.run([program, "-h"], capture_output=True, text=True, timeout=_ANSWER, check=False).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigurationError(f"{program} does not run: {error}", hint=_INSTALL) from error
    version = re.search(r"version (\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < MIN_VERSION:
        wanted = ".".join(map(str, MIN_VERSION))
        raise ConfigurationError(f"{program} is not mosquitto {wanted} or newer", hint=_INSTALL)
    return program


def prepare(port: int, folder: Path, tls: Path | None = None, host: str = "127.0.0.1") -> list[str]:
    """Write the configuration; returns the command that starts the broker.

    Raises ConfigurationError when mosquitto, the folder or the port cannot be used.
    """
    program = require_mosquitto()
    folder = folder.resolve()
    text = config_text(port, folder, tls.resolve() if tls else None, host)
    config = folder / "mosquitto.conf"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        config.write_text(text, encoding="utf-8")
        if tls is not None:
            acl = folder / "acl"
            acl.touch(mode=0o600)
            acl.write_text(ACL, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {config}: {error.strerror}", hint="choose another with --folder"
        ) from error
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host if tls else "127.0.0.1", port))
        except OSError as error:
            raise ConfigurationError(
                f"port {port} cannot be used: {error.strerror}", hint="choose another with --port"
            ) from error
    return [str(program), "-c", str(config)]


def main() -> int:
    """Become mosquitto; returns only when that is impossible."""
    parser = argparse.ArgumentParser(
        prog="python -m ivi.fleet.mosquitto",
        description="Runs Mosquitto: on this machine alone, or with TLS for whoever has a certificate.",
    )
    parser.add_argument("--port", type=int, required=True, help="TCP port")
    parser.add_argument(
        "--tls-dir", type=Path, help="folder with ca.crt, broker.crt and broker.key (python -m ivi.fleet.pki)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at, with TLS (default %(default)s)")
    parser.add_argument("--folder", type=Path, required=True, help="configuration and persistence go here")
    options = parser.parse_args()
    try:
        command = prepare(options.port, options.folder, options.tls_dir, options.host)
        os.execv(command[0], command)  # noqa: S606  # no shell; it replaces this process, so signals reach it
    except IviError as error:
        sys.stderr.write(f"ivi mosquitto: {error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"ivi mosquitto: cannot start it: {error.strerror} ({_INSTALL})\n")
        return ConfigurationError.exit_code


if __name__ == "__main__":
    sys.exit(main())
