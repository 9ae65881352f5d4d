# SPDX-License-Identifier: Apache-2.0
"""Who follows hears which phones are there, and nobody is asked while nobody follows."""

import asyncio
import threading
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.dbus.bluez import Bluetooth, PairedDevice
from ivi.model.errors import UnavailableError
from ivi.model.phone import BluetoothState, Phone, Phones, SubscribePhone
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.status import ProcessStatus
from ivi.services.phone.service import PhoneService, phones_of

DEADLINE = 20.0  # seconds

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


class Radio:
    """Bluetooth as the adapter reads it."""

    def __init__(self) -> None:
        self.says: Bluetooth | None = None
        self.asked = 0
        self._lock = threading.Lock()

    def read(self) -> Bluetooth:
        with self._lock:
            self.asked += 1
        if self.says is None:
            raise UnavailableError("no BlueZ")
        return self.says


async def _follow(folder: Path) -> None:
    radio = Radio()
    heard: list[Phones] = []
    process = Process("services")
    server = LinkServer(folder / "services.sock", (ServicesRequest,), process.status)
    service = PhoneService(process, radio.read, period=0.01)
    service.serve(server)
    await server.start()
    client = LinkClient(folder / "services.sock", ServicesAnswer | ProcessStatus)

    async def until(state: BluetoothState) -> None:
        async with asyncio.timeout(DEADLINE):
            while not (heard and heard[-1].state is state):
                await asyncio.sleep(0.01)

    try:
        assert radio.asked == 0
        following = asyncio.create_task(client.follow(SubscribePhone(), heard.append, lambda *_: None))
        await until(BluetoothState.NO_SERVICE)
        radio.says = Bluetooth("Our car", powered=True, devices=[ANNA])
        await until(BluetoothState.ON)
        assert heard[-1].phones == [Phone("anna", connected=True, battery=64)]
        radio.says = Bluetooth("Our car", powered=False, devices=[ANNA])
        await until(BluetoothState.OFF)
        assert len(heard) == 3, "only changes are told"
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await client.close()
        async with asyncio.timeout(DEADLINE):
            while service.looking:
                await asyncio.sleep(0.01)
    finally:
        await service.stop()
        await server.stop()


def test_changes_are_told_while_somebody_follows_and_then_nobody_is_asked(tmp_path: Path) -> None:
    asyncio.run(_follow(tmp_path))
