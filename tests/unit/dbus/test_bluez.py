# SPDX-License-Identifier: Apache-2.0
"""What BlueZ's objects mean, whatever shape they have."""

from importlib.util import find_spec
from typing import Any

import pytest

from ivi.dbus.bluez import ADAPTER, BATTERY, DEVICE, MAX_DEVICES, MAX_NAME, Bluetooth, bluetooth_of, read_bluetooth
from ivi.model.errors import ConfigurationError

HCI = "/org/bluez/hci0"


def objects(*devices: dict[str, Any], **battery: object) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {HCI: {ADAPTER: {"Alias": "Car", "Powered": True}}}
    for number, device in enumerate(devices):
        found[f"{HCI}/dev_{number}"] = {DEVICE: {"Paired": True, **device}, BATTERY: battery}
    return found


def test_no_adapter_is_none() -> None:
    assert bluetooth_of({"/": {}}) == Bluetooth("", powered=False, devices=[])


def test_only_paired_devices_of_the_first_adapter_count() -> None:
    found = objects({"Alias": "A"}, {"Alias": "B", "Paired": False})
    found["/org/bluez/hci1/dev_9"] = {DEVICE: {"Alias": "C", "Paired": True}}
    assert [device.name for device in bluetooth_of(found).devices] == ["A"]


@pytest.mark.parametrize(
    ("device", "phone"),
    [
        ({"Icon": "phone"}, True),
        ({"Class": 0x5A020C}, True),
        ({"Class": 0x240404}, False),
        ({"Class": "x"}, False),
        ({}, False),
    ],
)
def test_a_phone_is_known_by_its_icon_or_class(device: dict[str, Any], phone: bool) -> None:
    assert bluetooth_of(objects(device)).devices[0].is_phone is phone


@pytest.mark.parametrize(("said", "percent"), [(64, 64), (0, 0), (101, None), (-1, None), (True, None), ("9", None)])
def test_a_battery_that_cannot_be_is_unknown(said: object, percent: int | None) -> None:
    assert bluetooth_of(objects({"Alias": "A"}, Percentage=said)).devices[0].battery == percent


def test_names_and_numbers_of_devices_are_bounded() -> None:
    found = bluetooth_of(objects(*({"Alias": "x" * 500} for _ in range(MAX_DEVICES + 9))))
    assert len(found.devices) == MAX_DEVICES
    assert len(found.devices[0].name) == MAX_NAME


@pytest.mark.skipif(find_spec("pydbus") is not None, reason="pydbus is installed")
def test_without_the_library_it_says_what_to_install() -> None:
    with pytest.raises(ConfigurationError, match="not installed") as caught:
        read_bluetooth()
    assert "ivi[dbus]" in caught.value.hint
