# SPDX-License-Identifier: Apache-2.0
"""The steering wheel's keys for the sound: louder, quieter, mute. A key that is held goes on until it is let go."""

import asyncio
import contextlib
import logging

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.errors import UnavailableError
from ivi.services.audio_focus.volume import Volume

log = logging.getLogger(__name__)

KEYS = "Vehicle.Chassis.SteeringWheel.Keys.**"
LOUDER, QUIETER, MUTE = "VOLUME_UP", "VOLUME_DOWN", "MUTE"
HELD_AFTER = 0.5  # seconds until a key counts as held
REPEAT = 0.15  # seconds between two steps of a held key
HELD_MOST = 20  # steps; more is a stuck key


class WheelKeys:
    """Carries presses to the volume."""

    def __init__(self, databroker: LinkClient, volume: Volume) -> None:
        self._databroker, self._volume = databroker, volume
        self._pressed: dict[str, object] = {}
        self._released = asyncio.Event()
        self._acting: set[asyncio.Task[None]] = set()

    async def follow(self) -> None:
        """Follow the keys until cancelled. A car without them sends nothing."""
        try:
            await self._databroker.follow(Subscribe([KEYS], queue=32), self.update, self.lost)
        finally:
            for task in self._acting:
                task.cancel()
            await asyncio.gather(*self._acting, return_exceptions=True)

    def lost(self, connected: bool, _reason: str) -> None:
        """The car's data comes or goes; nothing is pressed then."""
        if not connected:
            self._pressed.clear()
            self._released.set()

    def update(self, update: ValuesUpdate) -> None:
        """Keys as they are now. What is held when we begin to look is no press."""
        for path, point in update.entries.items():
            before, self._pressed[path] = self._pressed.get(path), point.value
            if before is None or point.value == before:
                continue
            self._released.set()
            if point.value in {LOUDER, QUIETER, MUTE}:
                self._released = asyncio.Event()
                task = asyncio.get_running_loop().create_task(self._act(str(point.value), self._released))
                self._acting.add(task)
                task.add_done_callback(self._acting.discard)

    async def _act(self, key: str, released: asyncio.Event) -> None:
        """Do it once, however short the press was, and go on with a volume until the key is let go."""
        level = self._volume.level
        try:
            if key == MUTE:
                await self._volume.mute(muted=level is not None and not level.muted)
                return
            for number in range(HELD_MOST):
                await self._volume.change(1 if key == LOUDER else -1)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(released.wait(), REPEAT if number else HELD_AFTER)
                if released.is_set():
                    return
        except UnavailableError as error:
            log.info("a key of the steering wheel changed no volume", extra={"reason": str(error)})
