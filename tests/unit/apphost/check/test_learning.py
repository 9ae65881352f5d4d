# SPDX-License-Identifier: Apache-2.0
"""The least manifest from what was used."""

import tomllib
from pathlib import Path

from ivi.apphost.check import learning
from ivi.apphost.manifest import Manifest, read
from ivi.apphost.manifest_source import Source

MANIFEST = """
[app]
id = "com.example.learnt"
name = "Learnt"
version = "1.0.0"
sdk = ">=1"
entry = "learnt.app:App"
[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Speed", "Vehicle.Cabin.HVAC.*", "Vehicle.TripDuration"]
max_hz = 2.5
reason = "says \\"how fast\\""
[[permission]]
use = "ui"
templates = ["list", "pane", "notification"]
surfaces = ["card"]
[[permission]]
use = "storage"
mb = 1
[[permission]]
use = "background"
reason = "goes on"
"""
USED = {
    ("vehicle.read", "Vehicle.Speed"), ("vehicle.read", "Vehicle.Cabin.HVAC.AmbientAirTemperature"), ("ui", "list"),
}  # fmt: skip


def manifest_of(folder: Path) -> tuple[Manifest, Source]:
    (folder / "manifest.toml").write_text(MANIFEST)
    return read(folder)


def test_what_was_never_used_is_found_at_its_line(tmp_path: Path) -> None:
    manifest, source = manifest_of(tmp_path)
    found = [(one.what, one.line) for one in learning.unused(manifest, source, USED)]
    assert found == [
        ("it asks for Vehicle.TripDuration and never used it", 10),
        ("it asks for pane and never used it", 15),
        ("it asks for storage and never used it", 17),
    ]


def test_the_least_manifest_can_be_read_and_asks_for_no_more(tmp_path: Path) -> None:
    manifest, _ = manifest_of(tmp_path)
    text = learning.least(manifest, USED)
    head = MANIFEST[: MANIFEST.index("[[permission]]")]
    (tmp_path / "manifest.toml").write_text(head + text)
    least, source = read(tmp_path)
    permissions = tomllib.loads(text)["permission"]
    assert [one["use"] for one in permissions] == ["vehicle.read", "ui", "background"]
    assert permissions[0]["paths"] == ["Vehicle.Cabin.HVAC.AmbientAirTemperature", "Vehicle.Speed"]
    assert permissions[0]["max_hz"] == 2.5
    assert permissions[0]["reason"] == 'says "how fast"'
    assert permissions[1]["templates"] == ["list", "notification"]
    assert list(learning.unused(least, source, USED)) == []
