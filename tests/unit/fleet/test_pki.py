# SPDX-License-Identifier: Apache-2.0
"""The small certificate authority: what it writes can be used, and who may read it."""

import datetime
import ssl
from pathlib import Path

import pytest

from ivi.cloud.tls import TlsFiles
from ivi.fleet import pki
from ivi.fleet.pki import Authority
from ivi.model.errors import ConfigurationError


def test_what_it_writes_can_be_used(tmp_path: Path) -> None:
    """For a car, in a context that demands TLS 1.3 and the broker's name."""
    assert pki.main(["--folder", str(tmp_path), "--days", "5", "car-1", "ingest"]) == 0
    files = TlsFiles.of(tmp_path, "car-1")
    files.require("car-1")
    context = files.context()
    assert (context.minimum_version, context.check_hostname) == (ssl.TLSVersion.TLSv1_3, True)
    name, end = files.subject()
    left = end - datetime.datetime.now(datetime.UTC).timestamp()
    assert name == "car-1"
    assert 4.9 * 86400 < left <= 5 * 86400
    for key in tmp_path.glob("*.key"):
        assert key.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.new"))


def test_the_root_is_kept(tmp_path: Path) -> None:
    """A second start signs with the same key, and makes the broker's certificate anew only when asked."""
    pki.main(["--folder", str(tmp_path)])
    root, broker = (tmp_path / "ca.crt").read_bytes(), (tmp_path / "broker.crt").read_bytes()
    pki.main(["--folder", str(tmp_path), "car"])
    assert ((tmp_path / "ca.crt").read_bytes(), (tmp_path / "broker.crt").read_bytes()) == (root, broker)
    pki.main(["--folder", str(tmp_path), "--host", "fleet.example"])
    assert (tmp_path / "broker.crt").read_bytes() != broker


def test_a_certificate_of_another_is_not_used(tmp_path: Path) -> None:
    """The broker would let the car write nowhere, and nobody would know why."""
    Authority(tmp_path).issue("car-1")
    with pytest.raises(ConfigurationError, match="is of 'car-1' and not of 'car-2'"):
        TlsFiles(tmp_path / "ca.crt", tmp_path / "car-1.crt", tmp_path / "car-1.key").require("car-2")


@pytest.mark.parametrize("damage", ["ca.crt", "car.crt", "car.key"])
def test_files_that_cannot_be_used(tmp_path: Path, damage: str) -> None:
    """Absent, or no PEM: one line that says which."""
    Authority(tmp_path).issue("car")
    (tmp_path / damage).write_text("nonsense")
    with pytest.raises(ConfigurationError, match="cannot use the certificate"):
        TlsFiles.of(tmp_path, "car").context()
    (tmp_path / damage).unlink()
    assert TlsFiles.of(tmp_path, "car").content() == b""
    with pytest.raises(ConfigurationError, match="No such file"):
        TlsFiles.of(tmp_path, "car").context()


def test_a_car_cannot_have_a_name_of_the_fleet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor one that is no level of a topic."""
    assert pki.main(["--folder", str(tmp_path), "a/b"]) == 2
    assert "cannot be part of a topic" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert pki.main(["--folder", str(tmp_path / "file"), "car"]) == 2
