# SPDX-License-Identifier: Apache-2.0
"""Who follows hears which phones are there, and nobody is asked while nobody follows."""

import pytest

from ivi.dbus.bluez import Bluetooth, PairedDevice
from ivi.model.phone import BluetoothState, Phone, Phones
from ivi.services.phone.service import phones_of

MIRA = PairedDevice("Mira's phone", is_phone=True, connected=False, battery=None)
ANNA = PairedDevice("anna", is_phone=True, connected=True, battery=64)
HEADSET = PairedDevice("Headset", is_phone=False, connected=True, battery=20)


def test_phones_only_and_connected_ones_first() -> None:
    said = phones_of(Bluetooth("Our car", powered=True, devices=[MIRA, HEADSET, ANNA]))
    phones = [Phone("anna", connected=True, battery=64), Phone("Mira's phone", connected=False)]
    assert said == Phones(BluetoothState.ON, "Our car", phones)


@pytest.mark.parametrize(
    ("bluetooth", "state"),
    [
        (Bluetooth("", powered=False, devices=[]), BluetoothState.NO_ADAPTER),
        (Bluetooth("Our car", powered=False, devices=[MIRA]), BluetoothState.OFF),
    ],
)
def test_what_is_missing_is_said(bluetooth: Bluetooth, state: BluetoothState) -> None:
    assert phones_of(bluetooth).state is state
