# SPDX-License-Identifier: Apache-2.0
"""Certificates that are renewed, half written, or run out."""

import datetime
import shutil
from pathlib import Path

import pytest

from ivi.cloud.tls import Renewal, TlsFiles
from ivi.daemon.process import Process
from ivi.fleet.pki import Authority


class Watched:
    """A car's files and who follows them."""

    def __init__(self, folder: Path, **lasts: float) -> None:
        self.folder, self.authority = folder, Authority(folder)
        self.authority.issue("car", lasts=datetime.timedelta(**(lasts or {"days": 90})))
        self.process, self.renewed, self.now = Process("cloud"), 0, datetime.datetime.now(datetime.UTC).timestamp()
        self.renewal = Renewal(TlsFiles.of(folder, "car"), self.process, self._renew, lambda: self.now)

    def _renew(self) -> None:
        self.renewed += 1

    def look(self) -> str:
        """What is off."""
        self.renewal.look()
        return " ".join(problem.what for problem in self.process.status().problems)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """With a certificate of ninety days."""
    return Watched(tmp_path)


def test_a_new_certificate_is_used_once(watched: Watched) -> None:
    """And the same one is not used again."""
    assert watched.look() == ""
    watched.authority.issue("car")
    assert watched.look() == ""
    assert watched.look() == ""
    assert watched.renewed == 1


def test_half_of_a_renewal_is_waited_for(watched: Watched) -> None:
    """The key is new and the certificate is not: the connection that stands is kept."""
    kept = watched.folder / "kept"
    shutil.copy(watched.folder / "car.crt", kept)
    watched.authority.issue("car")
    new = (watched.folder / "car.crt").read_bytes()
    shutil.copy(kept, watched.folder / "car.crt")
    assert "new certificate is not used" in watched.look()
    assert watched.renewed == 0
    (watched.folder / "car.crt").write_bytes(new)
    assert watched.look() == ""
    assert watched.renewed == 1


def test_the_end_is_told_before_it_comes(watched: Watched) -> None:
    """Two weeks before, and when it is too late."""
    watched.now += 80 * 86400
    assert "runs out in 10.0 days" in watched.look()
    watched.now += 11 * 86400
    assert "has run out" in watched.look()
    watched.authority.issue("car", lasts=datetime.timedelta(days=400))
    assert watched.look() == ""
    assert watched.renewed == 1


def test_a_key_that_others_can_read_is_told(watched: Watched) -> None:
    """With what to do."""
    (watched.folder / "car.key").chmod(0o644)
    assert "can be read by others" in watched.look()
    (watched.folder / "car.key").chmod(0o600)
    assert watched.look() == ""
