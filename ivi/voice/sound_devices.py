# SPDX-License-Identifier: Apache-2.0
"""Which microphone and loudspeaker the machine has now. `python -m ivi.voice.sound_devices` prints it as JSON.

PortAudio is asked in a short-lived process of its own: with a broken ALSA configuration it aborts its process, it lists
devices only once in its life, and it stays in memory. The voice process itself loads it when it opens a microphone.
"""

import sys
import time
from collections.abc import Awaitable, Callable

import msgspec

from ivi.daemon import program

LOOK_TIMEOUT = 10.0  # seconds; tenths of one are usual
CONNECT = "connect a microphone"
AGAIN = 10.0  # seconds after which a missing loudspeaker may be there


class SoundDevices(msgspec.Struct, frozen=True):
    """Names of the default devices, empty where there is none, and then why there is no microphone."""

    microphone: str = ""
    loudspeaker: str = ""
    why_not: str = ""
    hint: str = ""


async def look() -> SoundDevices:
    """The devices at this moment. Never fails: a sound system that breaks is a reason in the answer."""
    # ALSA writes a dozen lines to stderr for each device that it does not find: nobody reads them.
    try:
        ended = await program.run((sys.executable, "-m", "ivi.voice.sound_devices"), LOOK_TIMEOUT)
    except TimeoutError:
        return SoundDevices(why_not="the sound system does not answer", hint="check the sound server")
    except OSError as error:
        return SoundDevices(why_not=f"sound devices cannot be looked for: {error.strerror}", hint=CONNECT)
    try:
        return msgspec.json.decode(ended.output, type=SoundDevices)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return SoundDevices(
            why_not=f"the sound system ended its process with {ended.status}", hint="check ALSA's configuration"
        )


class Looked:
    """The devices at the last look, and when to look again."""

    def __init__(self, look: Callable[[], Awaitable[SoundDevices]] = look) -> None:
        self._look = look
        self._devices: SoundDevices | None = None
        self._at = 0.0

    async def now(self) -> SoundDevices:
        """Look."""
        self._devices = await self._look()
        self._at = time.monotonic()
        return self._devices

    async def loudspeaker(self) -> str:
        """The name of the loudspeaker, by the last look if it found one; empty when there is none."""
        devices = self._devices
        if devices is None or (not devices.loudspeaker and time.monotonic() - self._at > AGAIN):
            devices = await self.now()
        return devices.loudspeaker


def _found() -> SoundDevices:
    try:
        import sounddevice  # noqa: PLC0415  # it needs a library that may be missing
    except (ImportError, OSError) as error:
        return SoundDevices(why_not=f"PortAudio is not installed: {error}", hint="apt-get install libportaudio2")
    names = {}
    for kind in ("input", "output"):
        try:
            names[kind] = str(sounddevice.query_devices(kind=kind)["name"])
        except (sounddevice.PortAudioError, ValueError):
            names[kind] = ""
    if not names["input"]:
        return SoundDevices(loudspeaker=names["output"], why_not="no sound input was found", hint=CONNECT)
    return SoundDevices(names["input"], names["output"])


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(_found()))
