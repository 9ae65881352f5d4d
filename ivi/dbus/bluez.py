# SPDX-License-Identifier: Apache-2.0
"""Reads the Bluetooth adapter and its paired devices from BlueZ on the system bus.

BlueZ's interfaces are org.bluez.Adapter1, Device1 and Battery1, listed by org.freedesktop.DBus.ObjectManager at `/`.
pydbus is loaded with the first reading: whoever has no phone page open pays nothing for it. This module keeps to the
syntax of Python 3.11, so that it runs where Debian's python3-pydbus does.
"""

from typing import Any, NamedTuple

from ivi.model.errors import ConfigurationError, UnavailableError

BLUEZ = "org.bluez"
ADAPTER, DEVICE, BATTERY = f"{BLUEZ}.Adapter1", f"{BLUEZ}.Device1", f"{BLUEZ}.Battery1"
TIMEOUT = 3  # seconds for BlueZ to answer
MAX_DEVICES = 64
MAX_NAME = 80  # characters
_PHONE_CLASS = 0x02  # major device class of a phone, bits 8 to 12 of the class (Bluetooth Assigned Numbers, 2.8.2)


class PairedDevice(NamedTuple):
    """A device that the car knows."""

    name: str
    is_phone: bool
    connected: bool
    battery: "int | None"
    """Percent."""


class Bluetooth(NamedTuple):
    """The adapter with its paired devices."""

    adapter: str
    """Its name; empty when there is none."""
    powered: bool
    devices: "list[PairedDevice]"


def read_bluetooth() -> Bluetooth:
    """The first adapter and what is paired with it. Waits up to TIMEOUT.

    Raises ConfigurationError when pydbus is not installed, UnavailableError when there is no bus or no BlueZ on it.
    """
    try:
        import pydbus  # noqa: PLC0415  # the library of an extra, and 10 MB that a car without phones does not need
        from gi.repository import GLib  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError("the D-Bus library is not installed", hint="pip install 'ivi[dbus]'") from error
    try:
        manager = pydbus.SystemBus().get(BLUEZ, "/")["org.freedesktop.DBus.ObjectManager"]
        objects = manager.GetManagedObjects(timeout=TIMEOUT)
    except (GLib.Error, KeyError) as error:
        raise UnavailableError(f"Bluetooth does not answer: {error}", hint="install bluez and start it") from error
    return bluetooth_of(objects)


def bluetooth_of(objects: "dict[str, dict[str, dict[str, Any]]]") -> Bluetooth:
    """What BlueZ's managed objects say. Anything of another shape than BlueZ documents is left out."""
    adapters = sorted(path for path, faces in objects.items() if ADAPTER in faces)
    if not adapters:
        return Bluetooth("", powered=False, devices=[])
    about = objects[adapters[0]][ADAPTER]
    devices = []
    for path, faces in sorted(objects.items()):
        device = faces.get(DEVICE, {})
        if path.startswith(adapters[0] + "/") and device.get("Paired") is True:
            devices.append(_device(device, faces.get(BATTERY, {})))
    name = str(about.get("Alias") or about.get("Name") or adapters[0].rpartition("/")[2])
    return Bluetooth(name[:MAX_NAME], about.get("Powered") is True, devices[:MAX_DEVICES])


def _device(device: "dict[str, Any]", battery: "dict[str, Any]") -> PairedDevice:
    number = device.get("Class", 0)
    major = number >> 8 & 0x1F if isinstance(number, int) else 0
    percent = battery.get("Percentage")
    known = isinstance(percent, int) and not isinstance(percent, bool) and 0 <= percent <= 100  # noqa: PLR2004  # percent
    return PairedDevice(
        str(device.get("Alias") or device.get("Name") or device.get("Address", ""))[:MAX_NAME],
        device.get("Icon") == "phone" or major == _PHONE_CLASS,
        device.get("Connected") is True,
        percent if known else None,
    )
