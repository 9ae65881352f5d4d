# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from ivi.apphost.host import default_folders
from ivi.apphost.manifest import Manifest, Ui, VehicleActuate, VehicleRead, load
from ivi.apphost.rights import Rights
from ivi.model.errors import ConfigurationError

GOOD = """
[app]
id = "com.partner.weather"
name = "Weather"
version = "1.4.0"
sdk = ">=1,<2"
entry = "weather.app:Weather"

[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Exterior.AirTemperature", "Vehicle.Cabin.HVAC.**"]
max_hz = 2
reason = "compares inside and outside"

[[permission]]
use = "vehicle.actuate"
paths = ["Vehicle.Cabin.HVAC.Station.*.*.Temperature"]
reason = "warms the cabin before you leave"
optional = true

[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]

[resources]
memory_mb = 64
"""


def write(folder: Path, text: str) -> Manifest:
    (folder / "manifest.toml").write_text(text)
    return load(folder)


def test_a_good_manifest(tmp_path: Path) -> None:
    manifest = write(tmp_path, GOOD)
    assert manifest.package == "weather"
    rights = Rights(manifest)
    assert rights.of(VehicleRead)[0].max_hz == 2
    assert rights.of(VehicleActuate)[0].when == "parked"
    assert rights.of(VehicleActuate)[0].optional
    assert rights.of(Ui)[0].templates == ["list"]
    assert (manifest.resources.processes, manifest.resources.tmp_mb) == (1, 8)


@pytest.mark.parametrize("folder", default_folders(), ids=lambda folder: folder.name)
def test_the_manifests_that_ship_are_good(folder: Path) -> None:
    assert load(folder).app.id.startswith("dev.ivi.")


def test_something_ships() -> None:
    assert "media" in {folder.name for folder in default_folders()}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("memory_mb = 64", "memory_mb = 64\nsurprise = 1", "surprise"),
        ("max_hz = 2", "max_hz = 2\nprecise = 1", "precise"),
        ("max_hz = 2", "max_hz = 500", "max_hz"),
        ("max_hz = 2", "max_hz = 0", "max_hz"),
        ('"vehicle.read"', '"vehicle.everything"', "vehicle.everything"),
        ('id = "com.partner.weather"', 'id = "Weather"', "app.id"),
        ('id = "com.partner.weather"', 'id = "com.partner.we\u0430ther"', "app.id"),
        ('id = "com.partner.weather"', 'id = "../../etc"', "app.id"),
        ('version = "1.4.0"', 'version = "one"', "app.version"),
        ('version = "1.4.0"', "", "version"),
        ('entry = "weather.app:Weather"', 'entry = "weather/app"', "app.entry"),
        ('sdk = ">=1,<2"', 'sdk = ">=2"', "SDK 1"),
        ('sdk = ">=1,<2"', 'sdk = "latest"', "app.sdk"),
        ('name = "Weather"', 'name = "Wea\\u202ether"', "app.name"),
        ("Vehicle.Cabin.HVAC.**", "Vehicle.**", "permission[0].paths"),
        ("Vehicle.Exterior.AirTemperature", "Vehicle.Exterior.AirTemperature\\n", "permission[0].paths"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Body.Horn.IsActive", "Vehicle.Body.Horn.**"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Body.**", "which no app may change"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Powertrain.*.SelectedGear", "Transmission"),
        ('templates = ["list"]', 'templates = ["browser"]', "browser"),
        ("[resources]", "[resources", "not TOML"),
        ("memory_mb = 64", "memory_mb = 100000", "memory_mb"),
        ("memory_mb = 64", 'memory_mb = "64"', "memory_mb"),
    ],
)
def test_a_wrong_manifest_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigurationError) as caught:
        write(tmp_path, GOOD.replace(old, new))
    assert str(tmp_path / "manifest.toml") in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint


def test_a_missing_or_giant_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        load(tmp_path)
    with pytest.raises(ConfigurationError, match="larger than"):
        write(tmp_path, GOOD + "#" * 100_000)
