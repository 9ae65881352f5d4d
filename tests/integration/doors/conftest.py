# SPDX-License-Identifier: Apache-2.0
"""A simulated car, its bus, the databroker and the doors, each in a process of its own."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues, Values
from ivi.model.errors import IviError
from ivi.model.signal import Datapoint
from ivi.model.status import GetStatus, ProcessStatus

ROOT = Path(__file__).resolve().parents[3]
READY_LIMIT = 60.0  # seconds; loaded machines start Python four times slower
CATALOGUE = """
Vehicle.Test.Number: {type: actuator, datatype: uint8, min: 0, max: 200}
Vehicle.Test.Mode: {type: actuator, datatype: string, allowed: [calm, brisk]}
Vehicle.Test.Level: {type: sensor, datatype: float, unit: percent}
Vehicle.Test.Names: {type: sensor, datatype: "string[]"}
Vehicle.Test.Row2.IsOpen: {type: sensor, datatype: boolean}
Vehicle.Test.Long: {type: attribute, datatype: int64, min: -5}
"""


class Rig:
    """Processes that share one runtime folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_dir = folder / "run"
        self.run_dir.mkdir(mode=0o700)
        self.environment = dict(
            os.environ, IVI_RUNTIME_DIR=str(self.run_dir), IVI_STATE_DIR=str(folder / "state"), PYTHONUNBUFFERED="1"
        )
        (folder / "test.vspec").write_text(CATALOGUE)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        """Start a Python module; its output goes to a file."""
        with (self.folder / f"{name}.log").open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )

    def start_databroker(self) -> None:
        """The real one, with the simulated car's bus and the leaves of the tests."""
        vss = str(self.folder / "test.vspec")
        self.start("databroker", "ivi.manager.entry.databroker", "--can", "ivi:can0", "--vss", vss)
        self.status("databroker")

    def start_doors(self, *arguments: str) -> ProcessStatus:
        """The doors; returns their status once they are open."""
        self.start("doors", "ivi.manager.entry.doors", *arguments)
        return self.status("doors", self.processes["doors"])

    @contextmanager
    def second(self) -> Iterator["Rig"]:
        """A runtime folder with the same databroker, for doors that are open beside the first ones."""
        folder = Path(tempfile.mkdtemp(prefix="ivi-e-"))
        rig = Rig(folder)
        (rig.run_dir / "databroker.sock").symlink_to(self.run_dir / "databroker.sock")
        try:
            yield rig
        finally:
            rig.close()
            shutil.rmtree(folder, ignore_errors=True)

    def port(self, door: str) -> int:
        """The TCP port that a door listens at."""
        addresses = str(self.status("doors").counters[f"{door}_listens"]).split()
        return next(int(address.rpartition(":")[2]) for address in addresses if not address.startswith("unix:"))

    def status(self, name: str, process: subprocess.Popen[bytes] | None = None) -> ProcessStatus:
        """What a process says of itself; waits until it answers."""
        deadline = time.monotonic() + READY_LIMIT
        while True:
            try:
                return asyncio.run(_status(self.run_dir / f"{name}.sock"))
            except IviError:
                if time.monotonic() > deadline or (process is not None and process.poll() is not None):
                    pytest.fail(f"{name} does not answer\n{self.log(name)}")
                time.sleep(0.05)

    def wait_for_speed(self) -> None:
        """Until the car's frames have become values."""
        deadline = time.monotonic() + READY_LIMIT
        while not asyncio.run(_values(self.run_dir / "databroker.sock", ["Vehicle.Speed"])):
            if time.monotonic() > deadline:
                pytest.fail(f"the car does not drive\n{self.log('vehicle')}")
            time.sleep(0.05)

    def log(self, name: str) -> str:
        """The end of a process's output."""
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def stop(self, name: str) -> int:
        """SIGTERM and wait; returns the exit status."""
        process = self.processes.pop(name)
        if process.poll() is None:
            process.terminate()
        try:
            return process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
            raise

    def close(self) -> None:
        """Stop everything, the newest first."""
        for name in reversed(list(self.processes)):
            self.stop(name)


async def _values(path: Path, paths: list[str]) -> dict[str, Datapoint]:
    async with LinkClient(path, DatabrokerAnswer) as client:
        answer: Values = await client.call(GetValues(paths), 5.0)
        return answer.entries


async def _status(path: Path) -> ProcessStatus:
    async with LinkClient(path, ProcessStatus) as client:
        answer: ProcessStatus = await client.call(GetStatus(), 5.0)
        return answer


class Signer:
    """An issuer of tokens for Kuksa, with a key of its own; the public one is in `file`."""

    def __init__(self, file: Path) -> None:
        pytest.importorskip("jwt", reason="the extras kuksa and viss are not installed")
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # an extra
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

        self.file = file
        self._key = Ed25519PrivateKey.generate()
        file.write_bytes(self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def token(self, scope: str, seconds: float = 60.0, audience: str = "kuksa.val") -> str:
        """A token of this issuer."""
        import jwt  # noqa: PLC0415  # an extra

        claims = {
            "sub": "test",
            "iss": "ivi tests",
            "aud": [audience],
            "iat": int(time.time()),
            "exp": int(time.time() + seconds),
            "scope": scope,
        }
        token: str = jwt.encode(claims, self._key, algorithm="EdDSA")
        return token

    def certificate(self, folder: Path) -> tuple[Path, Path]:
        """A certificate of `localhost`, signed by itself, and its key."""
        from cryptography import x509  # noqa: PLC0415  # an extra
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )
        (folder / "door.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "door.key").write_bytes(private)
        return folder / "door.pem", folder / "door.key"


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """An issuer whose tokens a door takes."""
    return Signer(tmp_path / "key.pem")


@pytest.fixture
def stranger(tmp_path: Path) -> Signer:
    """An issuer whose tokens no door takes."""
    return Signer(tmp_path / "stranger.pem")


@pytest.fixture(scope="module")
def car() -> Iterator[Rig]:
    """A car that drives, with its databroker; the doors are the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="ivi-d-"))
    rig = Rig(folder)
    try:
        rig.start("canbus", "simulator.bus", "can0")
        rig.start_databroker()
        rig.start("vehicle", "simulator.vehicle", "--can", "ivi:can0", "--seed", "1")
        rig.wait_for_speed()
        yield rig
    finally:
        rig.close()
        shutil.rmtree(folder, ignore_errors=True)
