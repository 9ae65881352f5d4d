# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from ivi.apphost.atoms import atoms, covers, digest
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.host import default_folders
from ivi.apphost.manifest import (
    Manifest,
    Permission,
    Ui,
    VehicleActuate,
    VehicleRead,
    load,
    read,
    reason_of,
    reasons_of,
)
from ivi.apphost.resolution import MAX_LEAVES, Resolved, resolve
from ivi.apphost.rights import Rights
from ivi.model.errors import ConfigurationError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.vss.loader import load_catalogue

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
        ('entry = "weather.app:Weather"', 'entry = "exec:/bin/sh"', "app.entry"),
        ('entry = "weather.app:Weather"', 'entry = "exec:bin/../../sh"', "app.entry"),
        ('entry = "weather.app:Weather"', 'entry = "exec:"', "app.entry"),
        *(
            ('entry = "weather.app:Weather"', f'entry = "{name}.app:Weather"', f"has a module '{name}' itself")
            for name in ("ctypes", "resource", "socket", "importlib", "_heapq", "test", "ivi", "msgspec")
        ),
        ('entry = "weather.app:Weather"', 'entry = "socket:Weather"', "app.entry"),
        ('sdk = ">=1,<2"', 'sdk = ">=2"', "SDK 1"),
        ('sdk = ">=1,<2"', 'sdk = "latest"', "app.sdk"),
        ('name = "Weather"', 'name = "Wea\\u202ether"', "app.name"),
        ("Vehicle.Cabin.HVAC.**", "Vehicle.**", "permission[0].paths"),
        ("Vehicle.Exterior.AirTemperature", "Vehicle.Exterior.AirTemperature\\n", "permission[0].paths"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Body.Horn.IsActive", "Vehicle.Body.Horn.**"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Body.**", "which no app may change"),
        ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Powertrain.*.SelectedGear", "which no app may change"),
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


RULES = """
[app]
id = "com.partner.weather"
name = "Weather"
version = "1.4.0"
sdk = ">=1,<2"
entry = "weather.app:Weather"

[[permission]]  # the first one
use = "net"
hosts = [
    "api.partner.example:443",  # with a ] in a comment
    "tiles.partner.example:8443",
]
mb_per_day = 20
reason = 'fetches ["forecasts"]'

[[permission]]
use = "payment"
max_amount = "20.00"
currency = "EUR"
reason = "sells warnings"

[[permission]]
use = "voice"
intents = ["weather.ask"]
reason = "answers"

[[permission]]
use = "vehicle.actuate"
paths = ["Vehicle.Cabin.Seat.Row1.DriverSide.Position"]
when = "parked"
reason = "moves the seat"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"tiles.partner.example:8443"', '"tiles.partner.example"', 13, "names no port"),
        ('"tiles.partner.example:8443"', '"tiles.partner.example:0"', 13, "names no port"),
        ('"tiles.partner.example:8443"', '"tiles.partner.example:99999"', 13, "names no port"),
        ('"tiles.partner.example:8443"', '"*.partner.example:443"', 13, "wildcard"),
        ('"tiles.partner.example:8443"', '"192.0.2.7:443"', 13, "is an address"),
        ('"tiles.partner.example:8443"', '"[2001:db8::1]:443"', 13, "is an address"),
        ('"tiles.partner.example:8443"', '"127.1:443"', 13, "is an address"),
        ('"tiles.partner.example:8443"', '"0x7f000001:443"', 13, "is an address"),
        ('"tiles.partner.example:8443"', '"m\u00fcnchen.example:443"', 13, "not ASCII"),
        ('"tiles.partner.example:8443"', '"localhost:443"', 13, "full name"),
        ('"tiles.partner.example:8443"', '"Api.partner.example:443"', 13, "full name"),
        ('"tiles.partner.example:8443"', '"api.partner.example:443"', 13, "twice"),
        ("mb_per_day = 20", "mb_per_day = 20\nmb_pro_tag = 3", 16, "mb_pro_tag"),
        ("mb_per_day = 20", 'mb_per_day = "20"', 15, "mb_per_day"),
        ('currency = "EUR"', 'currency = "XTS"', 21, "ISO 4217"),
        ('max_amount = "20.00"', 'max_amount = "0"', 20, "is nothing"),
        ('intents = ["weather.ask"]', 'intents = ["Weather Ask"]', 26, "intent"),
        (
            'use = "voice"\nintents = ["weather.ask"]',
            'use = "payment"\nmax_amount = "1"\ncurrency = "EUR"',
            25,
            "twice",
        ),
        ('when = "parked"', 'when = "always"', 32, "only while the car is parked"),
        ("Seat.Row1.DriverSide.Position", "Door.Row1.DriverSide.IsLocked", 31, "no app may change"),
        ("Seat.Row1.DriverSide.Position", "Extra.ParkBrake.IsEngaged", 31, "no app may change"),
        ('use = "vehicle.actuate"', 'use = "vehicle.drive"', 30, "vehicle.actuate"),
    ],
)
def test_a_refusal_names_the_line_and_the_fix(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in RULES
    with pytest.raises(ConfigurationError) as caught:
        write(tmp_path, RULES.replace(old, new))
    assert f"manifest.toml:{line}: " in caught.value.message
    assert said in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ('"Vehicle.CurrentLocation.Latitude"', 'use = "location"'),
        ('"Vehicle.Cabin.Infotainment.Navigation.**"', 'use = "location"'),
        ('"Vehicle.Raw.X100.Y"', "no names a driver could understand"),
        ('"Vehicle.Chassis.**"', "asks for all of Vehicle.Chassis"),
        ('"Vehicle.Driver.*"', "asks for all of Vehicle.Driver"),
        ('"Vehicle.Cabin.HVAC.**", "Vehicle.Cabin.HVAC.**"', "twice"),
    ],
)
def test_a_read_of_too_much_is_refused(tmp_path: Path, paths: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        write(tmp_path, GOOD.replace('"Vehicle.Exterior.AirTemperature", "Vehicle.Cabin.HVAC.**"', paths))
    assert said in str(caught.value)
    assert "manifest.toml:11: " in caught.value.message


def test_a_mistyped_key_is_told_which_one_was_meant(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="did you mean `max_hz`"):
        write(tmp_path, GOOD.replace("max_hz = 2", "maxhz = 2"))
    with pytest.raises(ConfigurationError, match="is missing"):
        write(tmp_path, GOOD.replace('reason = "compares inside and outside"', ""))


def fits(folder: Path, text: str) -> Resolved:
    (folder / "manifest.toml").write_text(text)
    catalogue = load_catalogue()
    return resolve(*read(folder), SignalCatalogue(catalogue.get(path) for path in catalogue))


def test_a_manifest_that_fits_this_car(tmp_path: Path) -> None:
    assert fits(tmp_path, GOOD) == Resolved(tuple(load(tmp_path).permission))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Vehicle.Exterior.AirTemperature", "Vehicle.Exterior.Smell", "this car has no such signal"),
        ("Vehicle.Exterior.AirTemperature", "Vehicle.Cabin.HVAC", "this car has no such signal"),
    ],
)
def test_a_required_path_that_the_car_lacks_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        fits(tmp_path, GOOD.replace(old, new))
    assert "manifest.toml:11: " in caught.value.message
    assert said in caught.value.message
    assert "optional" in caught.value.hint


def test_an_optional_path_that_the_car_lacks_is_left_out_and_named(tmp_path: Path) -> None:
    resolved = fits(
        tmp_path, GOOD.replace("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "Vehicle.Exterior.AirTemperature")
    )
    assert resolved.absent == ((1, "Vehicle.Exterior.AirTemperature: can only be read"),)
    assert len(resolved.permissions) == 2


def test_a_pattern_over_too_many_leaves_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(GOOD)
    paths = [f"Vehicle.Cabin.HVAC.X{number}" for number in range(MAX_LEAVES + 1)]
    wide = SignalCatalogue(
        Metadata(path, DataType.FLOAT, EntryType.SENSOR) for path in ["Vehicle.Exterior.AirTemperature", *paths]
    )
    with pytest.raises(ConfigurationError, match=r"manifest.toml:11: .* reaches 65 signals"):
        resolve(*read(tmp_path), wide)


def test_a_missing_or_giant_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        load(tmp_path)
    with pytest.raises(ConfigurationError, match="larger than"):
        write(tmp_path, GOOD + "#" * 100_000)


REASON = 'reason = "compares inside and outside"'


def test_a_reason_may_be_given_for_each_language(tmp_path: Path) -> None:
    said = '[permission.reason]\nen = "compares"\nde = "vergleicht"'
    permission = write(tmp_path, GOOD.replace(REASON, said)).permission[0]
    assert (reason_of(permission), reasons_of(permission)) == ("compares", {"en": "compares", "de": "vergleicht"})
    old = write(tmp_path, GOOD).permission[0]
    assert (reason_of(old), reasons_of(old)) == ("compares inside and outside", {})
    inline = write(tmp_path, GOOD.replace(REASON, 'reason = {en = "compares"}')).permission[0]
    assert reasons_of(inline) == {"en": "compares"}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ('{de = "vergleicht"}', "has no text in English, only de"),
        ('{en = "compares", de = "\\u202e"}', "cannot be printed"),
        ("{}", "permission[0].reason"),
        ('{en = "compares", German = "vergleicht"}', "permission[0].reason"),
        ('{en = ""}', "permission[0].reason"),
    ],
)
def test_a_reason_without_english_or_with_hidden_letters_is_refused(tmp_path: Path, said: str, refusal: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        write(tmp_path, GOOD.replace(REASON, f"reason = {said}"))
    assert refusal in str(refused.value)
    assert "manifest.toml:" in str(refused.value)


def test_an_agreement_goes_on_when_a_language_is_added_but_not_when_words_change(tmp_path: Path) -> None:
    def asked(said: str) -> Permission:
        return atoms(write(tmp_path, GOOD.replace(REASON, f"reason = {said}")).permission[0])[0]

    plain, both = asked('"compares"'), asked('{en = "compares", de = "vergleicht"}')
    assert covers(plain, both)
    assert covers(both, asked('{en = "compares", de = "vergleicht", fr = "compare"}'))
    assert not covers(both, asked('{en = "compares", de = "verkauft"}'))
    assert not covers(both, asked('{en = "compares"}'))
    assert not covers(both, plain)
    assert not covers(plain, asked('{en = "sells", de = "vergleicht"}'))
    assert digest(plain) != digest(both)
