# SPDX-License-Identifier: Apache-2.0
"""A private PulseAudio with a virtual microphone and a virtual cabin: what is played into `ear` the car hears."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
STARTS_WITHIN = 20.0  # seconds, on a loaded machine
CABIN_RATE = 48_000  # samples a second


class NoSoundError(Exception):
    """PulseAudio does not run here, and why."""


def end(process: "subprocess.Popen[bytes]") -> None:
    """SIGTERM, and SIGKILL for who does not listen."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


@dataclass
class Recording:
    """What a microphone in the cabin has heard; complete once the recording has ended."""

    pcm: bytearray = field(default_factory=bytearray)
    rate: int = CABIN_RATE


class SoundServer:
    """The server, its devices and what is played into and recorded from them. `environment` leads programs to it."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made; its path must be short (a Unix socket's has at most 107 bytes)."""
        self.folder = folder
        self.environment = {
            "PULSE_SERVER": f"unix:{folder / 'pulse.sock'}",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "XDG_RUNTIME_DIR": str(folder),
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises NoSoundError."""
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        if missing:
            raise NoSoundError(f"{', '.join(missing)} not installed (Debian: pulseaudio, pulseaudio-utils)")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        lines = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n"
        (self.folder / "asound.conf").write_text(lines)
        modules = (
            f"module-native-protocol-unix socket={self.folder / 'pulse.sock'} auth-anonymous=1",
            "module-null-sink sink_name=ear rate=16000 channels=1",
            f"module-null-sink sink_name=cabin rate={CABIN_RATE} channels=2",
            "module-remap-source master=ear.monitor source_name=microphone",
        )
        switches = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes")
        load = [argument for module in modules for argument in ("-L", module)]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", *switches, *load], stdout=log, stderr=log, env=dict(os.environ, **self.environment)
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not (self._tells("set-default-source", "microphone") and self._tells("set-default-sink", "cabin")):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise NoSoundError(f"PulseAudio does not run here: {(self.folder / 'log').read_text()[-200:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, with a trace of nothing."""
        if self._process is not None:
            end(self._process)
            self._process = None
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "pulse.sock").unlink()

    def echo(self, delay_ms: int = 60) -> None:
        """From now on the microphone hears the cabin's loudspeaker."""
        if not self._tells(
            "load-module", "module-loopback", "source=cabin.monitor", "sink=ear", f"latency_msec={delay_ms}"
        ):
            raise NoSoundError("PulseAudio has no module-loopback")

    async def speak(self, wav: Path) -> None:
        """Play a file into the microphone, and wait for its end."""
        player = await self._run("paplay", "--device=ear", str(wav))
        try:
            await player.wait()
        finally:
            await _end(player)

    @contextlib.asynccontextmanager
    async def recording(self) -> AsyncIterator[Recording]:
        """Records the cabin, one channel, for as long as the block lasts."""
        recording = Recording()
        recorder = await self._run(
            *("parec", "--device=cabin.monitor", f"--rate={CABIN_RATE}", "--channels=1", "--format=s16le", "--raw"),
            *("--latency-msec=50",),
        )

        async def read() -> None:
            if recorder.stdout is not None:
                while data := await recorder.stdout.read(1 << 14):
                    recording.pcm += data

        reading = asyncio.create_task(read())
        try:
            yield recording
        finally:
            await _end(recorder)
            await reading

    async def _run(self, *command: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, env=dict(os.environ, **self.environment)
        )

    def _tells(self, *arguments: str) -> bool:
        """Whether PulseAudio does it."""
        environment = dict(os.environ, **self.environment)
        done = subprocess.run(["pactl", *arguments], check=False, capture_output=True, timeout=10, env=environment)
        return done.returncode == 0


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    await process.wait()
