# SPDX-License-Identifier: Apache-2.0
"""Devices of every kind through a real sound server: one tone comes out at 16 kHz mono, and faults are told."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest
from sound_server import SoundServer

from ivi.model.status import Problem
from ivi.voice import wav
from ivi.voice.microphone import BLOCK, RATE, Microphone
from ivi.voice.portaudio import Format

TONE_SECONDS = 3.0


def tone(level: float) -> bytes:
    """600 Hz as a WAV file; a level over 1 is cut off as a microphone cuts it."""
    wave = level * np.sin(2 * np.pi * 600 * np.arange(int(TONE_SECONDS * RATE)) / RATE)
    return wav.write(wav.Sound((wave.clip(-1, 1) * 32767).astype("<i2").tobytes(), RATE))


def opened(scene: Callable[[Microphone, list[tuple[str, Problem | None]]], Awaitable[None]], layout: Format) -> None:
    """A scene with an open microphone of this kind."""

    async def main() -> None:
        told: list[tuple[str, Problem | None]] = []
        microphone = Microphone(lambda key, problem: told.append((key, problem)), [layout])
        await microphone.start()
        try:
            await microphone.wanted()
            assert microphone.format == layout
            await scene(microphone, told)
        finally:
            await microphone.stop()

    asyncio.run(asyncio.wait_for(main(), 60))


async def heard(microphone: Microphone, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """The next sound."""
    blocks = []
    for _ in range(round(seconds * RATE / BLOCK)):
        block = await microphone.block()
        assert block is not None
        blocks.append(np.frombuffer(block, "<i2"))
    return np.concatenate(blocks)


@pytest.mark.parametrize(
    "layout",
    [Format(8_000, 1), Format(16_000, 1), Format(44_100, 2), Format(48_000, 1), Format(48_000, 2)],
    ids=lambda layout: f"{layout.rate}-{layout.channels}",
)
def test_a_tone_through_any_device(sound_server: SoundServer, tmp_path: Path, layout: Format) -> None:
    path = tmp_path / "tone.wav"
    path.write_bytes(tone(0.3))

    async def scene(microphone: Microphone, _told: list[tuple[str, Problem | None]]) -> None:
        playing = asyncio.create_task(sound_server.speak(path))
        samples = await heard(microphone, TONE_SECONDS + 2)
        await playing
        loud = np.flatnonzero(np.abs(samples) > 3_000)
        assert (loud[-1] - loud[0]) / RATE == pytest.approx(TONE_SECONDS, abs=0.4)
        middle = samples[loud[0] + RATE : loud[0] + 2 * RATE].astype(np.float64)
        spectrum = np.abs(np.fft.rfft(middle)) / RATE * 2
        assert int(np.argmax(spectrum)) == pytest.approx(600, abs=2)
        assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.3 * 32767 / 2**0.5, rel=0.1)

    opened(scene, layout)


def test_clipping_and_digital_silence_are_told(sound_server: SoundServer, tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    path.write_bytes(tone(4.0))

    async def scene(microphone: Microphone, told: list[tuple[str, Problem | None]]) -> None:
        await heard(microphone, 4)
        assert [problem for key, problem in told if key == "silence" and problem is not None]
        playing = asyncio.create_task(sound_server.speak(path))
        await heard(microphone, TONE_SECONDS + 1)
        await playing
        clipping = [problem for key, problem in told if key == "clipping" and problem is not None]
        assert clipping
        assert {problem.hint for problem in clipping} == {"lower its level"}
        latest = dict(told)
        assert latest["microphone"] is None

    opened(scene, Format(16_000, 1))
