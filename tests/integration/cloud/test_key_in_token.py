# SPDX-License-Identifier: Apache-2.0
"""The car's private key stays in a PKCS#11 token, and the session with the broker stands all the same."""

import base64
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.cloud.tls import TlsFiles
from ivi.fleet.pki import HOSTS, Authority
from ivi.model.errors import ConfigurationError

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

WAIT = 30.0  # seconds that anything may take on a busy machine
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "4321"
CONFIGURATION = """
openssl_conf = init
[init]
providers = loaded
[loaded]
default = builtin
pkcs11 = token
[builtin]
activate = 1
[token]
module = {provider}
pkcs11-module-path = {token}
pkcs11-module-token-pin = file:{pin}
activate = 1
"""


def provider() -> Path | None:
    """OpenSSL's way to tokens."""
    if "IVI_PKCS11_PROVIDER" in os.environ:
        return Path(os.environ["IVI_PKCS11_PROVIDER"])
    said = subprocess.run(["openssl", "version", "-m"], capture_output=True, text=True, check=False).stdout
    found = Path(said.partition('"')[2].rpartition('"')[0]) / "pkcs11.so"
    return found if found.is_file() else None


def item(tag: int, content: bytes) -> bytes:
    """A short value in DER."""
    assert len(content) < 128
    return bytes((tag, len(content))) + content


def named(uri: str) -> str:
    """The file that names a key in a token, as pkcs11-provider writes it."""
    body = item(0x30, item(0x1A, b"PKCS#11 Provider URI v1.0") + item(0x0C, uri.encode()))
    lines = base64.encodebytes(body).decode()
    return f"-----BEGIN PKCS#11 PROVIDER URI-----\n{lines}-----END PKCS#11 PROVIDER URI-----\n"


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def secured(rig: "Rig") -> "Rig":
    """A rig whose broker wants certificates, and whose car has its key in a token."""
    token = next((module for module in MODULES if Path(module).is_file()), None)
    if token is None or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed")
    if (way := provider()) is None:
        pytest.skip("OpenSSL has no pkcs11-provider here (Debian 13 and Ubuntu 24.04 have the package)")
    rig.tls = rig.folder / "pki"
    authority = Authority(rig.tls)
    authority.issue("broker", hosts=HOSTS)
    for name in ("test-car", "ingest"):
        authority.issue(name)
    (rig.folder / "tokens").mkdir()
    settings, pin = rig.folder / "softhsm2.conf", rig.folder / "pin"
    settings.write_text(f"directories.tokendir = {rig.folder / 'tokens'}\nobjectstore.backend = file\n")
    pin.write_text(PIN)
    configuration = rig.folder / "token.cnf"
    configuration.write_text(CONFIGURATION.format(provider=way, token=token, pin=pin))
    rig.env["SOFTHSM2_CONF"] = str(settings)
    key = rig.tls / "test-car.key"
    for command in (
        ["--init-token", "--free", "--label", "car", "--pin", PIN, "--so-pin", PIN],
        ["--import", str(key), "--token", "car", "--label", "test-car", "--id", "01", "--pin", PIN],
    ):
        subprocess.run(["softhsm2-util", *command], env=rig.env, check=True, capture_output=True)
    key.write_text(named("pkcs11:token=car;object=test-car;type=private"))
    return rig


def test_records_arrive_over_a_session_whose_key_stays_in_the_token(secured: "Rig") -> None:
    """TLS 1.3 with certificates on both sides, for Mosquitto as for any broker."""
    secured.rate, secured.limit = 50, 100
    secured.start("broker")
    until(secured.broker_answers)
    secured.start("ingest")
    secured.env["OPENSSL_CONF"] = str(secured.folder / "token.cnf")
    secured.start("uplink")
    until(lambda: secured.number("uplink", "mqtt_acknowledged") >= 100)
    assert "PRIVATE" not in (secured.folder / "pki" / "test-car.key").read_text()
    assert "key" not in " ".join(problem.what for problem in secured.must_status("uplink").problems)


def test_without_the_provider_it_is_said_what_is_missing(secured: "Rig") -> None:
    """This process has no such configuration."""
    assert secured.tls
    with pytest.raises(ConfigurationError, match="PKCS#11 token") as refused:
        TlsFiles.of(secured.tls, "test-car").context()
    assert "pkcs11-provider" in refused.value.hint
