# SPDX-License-Identifier: Apache-2.0
"""A device with a store and an installed app, and a folder of an app to pack."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[4]
# The hostile packages are the benchmark's, too.
sys.path.insert(0, str(ROOT / "tests" / "performance"))

if TYPE_CHECKING:
    from hostile_archives import Device

MANIFEST = """[app]
id = "com.partner.weather"
name = "Weather"
version = "{version}"
sdk = ">=1,<2"
entry = "weather.app:Weather"

[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Exterior.AirTemperature"]
reason = "compares inside and outside"

[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
CODE = """from ivi.sdk import App


class Weather(App):
    pass
"""


@pytest.fixture
def device(tmp_path: Path) -> "Device":
    """A device of this test."""
    from hostile_archives import Device  # noqa: PLC0415  # after the path above

    folder = tmp_path / "device"
    folder.mkdir()
    return Device(folder)


@pytest.fixture
def app_folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes the folder of an app."""

    def make(version: str = "1.0.0", code: str = CODE) -> Path:
        folder = tmp_path / f"weather-{version}"
        folder.mkdir()
        (folder / "manifest.toml").write_text(MANIFEST.format(version=version))
        (folder / "__init__.py").write_text("")
        (folder / "app.py").write_text(code)
        return folder

    return make
