# SPDX-License-Identifier: Apache-2.0
"""Every kind of hostile package is refused, says what and where, and leaves nothing; a good one is not."""

import itertools
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivi.apphost.package.archive import CHUNK
from ivi.apphost.package.reader import Package
from ivi.model.errors import InvalidArgumentError

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "tests" / "performance"))

from hostile_archives import APP, KINDS, NEW, Device, archive  # noqa: E402  # after the path above

MANY, STRIDE = 200, 11  # of kinds with a package per byte a test takes some; the benchmark takes all


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Device:
    """One device for all kinds: a refusal leaves no trace, so they cannot see each other."""
    return Device(tmp_path_factory.mktemp("victim"))


@pytest.mark.parametrize("kind", KINDS)
def test_refused_without_leftovers(victim: Device, kind: str) -> None:
    before, names = victim.everything(), victim.names()
    packages = list(KINDS[kind](victim))
    for package in itertools.islice(packages, 0, None, STRIDE if len(packages) > MANY else 1):
        reason = victim.tried(package)
        assert reason, "it was accepted"
        assert "sent.ivp: " in reason or "com.partner." in reason  # where
        assert reason.isprintable()  # it is read in terminals
        assert "(" in reason  # and what to do
        assert victim.names() == names
    assert victim.everything() == before


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 27


def test_a_good_update_is_accepted(device: Device) -> None:
    assert device.tried(archive(device.control())) == ""
    assert device.shelf.read().apps[APP].current.version == NEW


def test_a_manifest_is_read_whole_or_not_at_all(device: Device) -> None:
    good = device.contents["manifest.toml"]
    data = b"#" * (CHUNK - 1) + b"\n" + good  # the last piece alone would do
    device.sent.write_bytes(archive(device.signed({**device.contents, "manifest.toml": data})))
    with Package(device.sent, device.trust, datetime.now(UTC)) as package:
        package.check_contents()
        with pytest.raises(InvalidArgumentError, match=f"has {len(data)} bytes, at most 65536 are allowed"):
            package.manifest()
