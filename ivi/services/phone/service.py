# SPDX-License-Identifier: Apache-2.0
"""Tells whoever follows which phones are there. BlueZ is asked in a thread, because its library waits."""

import asyncio
import logging
from collections.abc import Callable

from ivi.daemon.followers import Followers
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.dbus.bluez import Bluetooth, read_bluetooth
from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.model.phone import BluetoothState, Phone, Phones, SubscribePhone

log = logging.getLogger(__name__)

PERIOD = 3.0  # seconds between two looks while somebody follows
MISSING = {ConfigurationError: BluetoothState.NO_LIBRARY, UnavailableError: BluetoothState.NO_SERVICE}


class PhoneService:
    """Serves SubscribePhone."""

    def __init__(
        self, process: Process, read: Callable[[], Bluetooth] = read_bluetooth, period: float = PERIOD
    ) -> None:
        self._read, self._period = read, period
        self._followers = Followers(lambda: self._said)
        self._said: Phones | None = None
        self._task: asyncio.Task[None] | None = None
        process.add_counters(lambda: {"phones_bluetooth": self._said.state.value if self._said else ""})

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribePhone, self._subscribe)

    @property
    def looking(self) -> bool:
        """Whether Bluetooth is looked at now."""
        return self._task is not None and not self._task.done()

    async def stop(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _subscribe(self, _request: SubscribePhone, stream: Stream) -> None:
        if not self.looking:
            self._task = asyncio.get_running_loop().create_task(self._watch())
        await self._followers.stay(stream)

    async def _watch(self) -> None:
        while self._followers:
            said = await asyncio.to_thread(self._look)
            if said != self._said:
                self._said = said
                self._followers.tell(said)
            await asyncio.sleep(self._period)
        self._said = None  # it will be old when the next one follows

    def _look(self) -> Phones:
        try:
            return phones_of(self._read())
        except (ConfigurationError, UnavailableError) as error:
            log.debug("no Bluetooth", extra={"reason": str(error)})
            return Phones(MISSING[type(error)])


def phones_of(bluetooth: Bluetooth) -> Phones:
    """What a driver should know of it: phones only, connected ones first."""
    if not bluetooth.adapter:
        return Phones(BluetoothState.NO_ADAPTER)
    devices = sorted(bluetooth.devices, key=lambda device: (not device.connected, device.name.casefold()))
    phones = [Phone(device.name, device.connected, device.battery) for device in devices if device.is_phone]
    return Phones(BluetoothState.ON if bluetooth.powered else BluetoothState.OFF, bluetooth.adapter, phones)
