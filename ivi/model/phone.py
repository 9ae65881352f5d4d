# SPDX-License-Identifier: Apache-2.0
"""Messages of the phone service: the car's Bluetooth adapter and the phones that are paired with it."""

from enum import StrEnum

import msgspec


class SubscribePhone(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_phone"):
    """Opens a stream of Phones: how it is now, then each change. Bluetooth is looked at only while somebody follows."""


class BluetoothState(StrEnum):
    """How the adapter is."""

    ON = "on"
    OFF = "off"
    NO_ADAPTER = "no_adapter"
    NO_SERVICE = "no_service"
    """The system's Bluetooth service (BlueZ) does not answer."""
    NO_LIBRARY = "no_library"
    """This installation lacks what speaks to it."""


class Phone(msgspec.Struct, array_like=True, frozen=True):
    """A paired phone."""

    name: str
    connected: bool
    battery: int | None = None
    """Percent; None while the phone does not say."""


class Phones(msgspec.Struct, array_like=True, frozen=True, tag="phones"):
    """One event of SubscribePhone."""

    state: BluetoothState
    adapter: str = ""
    """The name that phones see."""
    phones: list[Phone] = []
    """Connected ones first, then by name."""


type Request = SubscribePhone
type Answer = Phones
