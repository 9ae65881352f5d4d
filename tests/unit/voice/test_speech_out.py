# SPDX-License-Identifier: Apache-2.0
"""Earcons, loudness, the cache of spoken sentences, the player and the programs that speak."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from ivi.model.errors import DeadlineError, InternalError, UnavailableError
from ivi.voice.echo import Echo
from ivi.voice.portaudio import Format
from ivi.voice.tts import earcons, espeak, piper, volume
from ivi.voice.tts.earcons import Earcon
from ivi.voice.tts.player import Player
from ivi.voice.tts.prompt_cache import PromptCache
from ivi.voice.tts.speaker import Speaker
from ivi.voice.wav import Sound


def tone(seconds: float = 0.5, level: float = 0.3, rate: int = 16_000) -> Sound:
    """440 Hz."""
    wave = level * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    return volume.sound_of(wave.astype(np.float32), rate)


# -- earcons ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("earcon", Earcon)
def test_an_earcon_is_short_soft_and_does_not_click(earcon: Earcon) -> None:
    sound = earcons.sound(earcon)
    samples = volume.samples_of(sound)
    assert 0.05 < sound.seconds < 0.3
    assert 0.1 < np.abs(samples).max() < 0.25
    assert np.abs(np.diff(samples)).max() < 0.03
    assert np.abs(samples[[0, -1]]).max() < 0.001


def test_earcons_differ() -> None:
    assert len({earcons.sound(earcon).pcm for earcon in Earcon}) == len(Earcon)


# -- loudness ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("speed", "noise", "decibels"),
    [(None, None, 0), (0, -80, 0), (130, -80, 9), (-130, None, 9), (80, None, 4.5), (0, -35, 9), (250, 0, 9)],
)
def test_gain_by_speed_and_noise(speed: float | None, noise: float | None, decibels: float) -> None:
    assert volume.gain(speed, noise) == pytest.approx(decibels)


def test_every_voice_is_as_loud_and_pauses_do_not_count() -> None:
    speech = volume.samples_of(tone())
    paused = np.concatenate((speech * 0.1, np.zeros(32_000, np.float32)))
    for samples in (speech, paused):
        level = volume.levelled(samples)
        spoken = level[: len(speech)]
        assert 20 * np.log10(np.sqrt(np.mean(spoken**2))) == pytest.approx(volume.SPOKEN_LEVEL, abs=0.6)
    assert not volume.levelled(np.zeros(100, np.float32)).any()


def test_louder_is_never_cut_off() -> None:
    assert np.abs(volume.amplified(volume.samples_of(tone(level=0.9)), 9)).max() == pytest.approx(volume.PEAK, abs=0.01)
    assert np.abs(volume.amplified(volume.samples_of(tone(level=0.1)), 6)).max() == pytest.approx(0.2, abs=0.01)


# -- the cache --------------------------------------------------------------------------------------------------------
def test_a_sentence_is_kept_over_a_restart(tmp_path: Path) -> None:
    PromptCache(tmp_path / "spoken").put(tone(), "espeak", "Okay.")
    kept = PromptCache(tmp_path / "spoken")
    assert kept.get("espeak", "Okay.") == tone()
    assert kept.get("piper", "Okay.") is None
    assert kept.get("espeak", "Okay") is None


def test_what_was_not_used_for_longest_goes(tmp_path: Path) -> None:
    size = len(tone().pcm) + 44
    cache = PromptCache(tmp_path, most_bytes=3 * size)
    for number, name in enumerate("abc"):
        cache.put(tone(), name)
        for path in tmp_path.iterdir():
            if path.stat().st_mtime > 1000:
                os.utime(path, (number, number))
    assert cache.get("a") is not None  # which makes it the newest
    cache.put(tone(), "d")
    assert [cache.get(name) is not None for name in "abcd"] == [True, False, True, True]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3 * size


def test_a_broken_file_is_made_again(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path)
    cache.put(tone(), "Okay.")
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:20])
    assert cache.get("Okay.") is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_only_costs_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = PromptCache(tmp_path / "file")
    cache.put(tone(), "Okay.")
    assert cache.get("Okay.") is None


# -- the player -------------------------------------------------------------------------------------------------------
class Device:
    """A loudspeaker that takes sound when the test says so; `played` is what it was given, first channel."""

    def __init__(self, layout: Format) -> None:
        self.format = layout
        self.active = True
        self.played = np.zeros(0, np.int16)
        self.closed = threading.Event()
        self._fill: Callable[[memoryview, int, Format], None] | None = None

    def open(self, fill: Callable[[memoryview, int, Format], None]) -> "Device":
        self._fill = fill
        return self

    def take(self, frames: int) -> None:
        """The device wants so many frames, as PortAudio's thread asks for them."""
        assert self._fill is not None
        buffer = bytearray(2 * frames * self.format.channels)
        self._fill(memoryview(buffer), frames, self.format)
        self.played = np.concatenate((self.played, np.frombuffer(buffer, np.int16)[:: self.format.channels]))

    def close(self) -> None:
        self.active = False
        self.closed.set()


def playing(scene: Callable[[Player, Device], Awaitable[None]]) -> Device:
    """A scene with a player and its device."""
    device = Device(Format(48_000, 2))

    async def loudspeaker() -> str:
        return "speaker"

    async def main() -> None:
        player = Player(Echo(), loudspeaker, device.open)  # type: ignore[arg-type]  # a device that the test turns
        try:
            async with asyncio.timeout(20):
                await scene(player, device)
        finally:
            await player.close()

    asyncio.run(main())
    return device


def test_a_sound_is_played_at_the_device_s_rate_and_told_to_the_echo() -> None:
    async def scene(player: Player, device: Device) -> None:
        done = await player.begin(tone())
        for _ in range(60):
            device.take(480)
            await asyncio.sleep(0)
        assert await done is True

    played = playing(scene).played.astype(np.float64)
    assert len(np.trim_zeros(played)) == pytest.approx(24_000, abs=600)
    spectrum = np.abs(np.fft.rfft(played[2_400:21_600]))
    assert int(np.argmax(spectrum) * 48_000 / 19_200) == 440
    assert np.abs(played).max() == pytest.approx(0.3 * 32767, rel=0.03)


def test_stop_is_at_once_and_fades() -> None:
    async def scene(player: Player, device: Device) -> None:
        done = await player.begin(tone())
        device.take(4_800)
        player.stop()
        assert await done is False
        device.take(4_800)

    played = playing(scene).played
    assert np.abs(played[4_700:4_800]).max() > 3_000
    assert not played[4_800 + 1_000 :].any()
    assert np.abs(np.diff(played[4_700:6_000].astype(int))).max() < 1_500


def test_ducked_it_goes_on_quietly_and_comes_back() -> None:
    async def scene(player: Player, device: Device) -> None:
        await player.begin(tone(1.0))
        device.take(4_800)
        player.duck(ducked=True)
        device.take(9_600)
        player.duck(ducked=False)
        device.take(9_600)

    played = np.abs(playing(scene).played.astype(np.float64))
    loud, quiet, again = played[2_400:4_800].max(), played[9_600:14_400].max(), played[19_200:24_000].max()
    assert 20 * np.log10(quiet / loud) == pytest.approx(-14, abs=0.5)
    assert again == pytest.approx(loud, rel=0.02)


def test_a_new_sound_ends_the_one_before() -> None:
    async def scene(player: Player, device: Device) -> None:
        first = await player.begin(tone())
        device.take(480)
        second = await player.begin(tone())
        assert await first is False
        assert not second.done()
        player.stop()
        assert await second is False

    playing(scene)


def test_a_device_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivi.voice.tts.player.LATE", 0.1)

    async def scene(player: Player, device: Device) -> None:
        assert await (await player.begin(tone(0.1))) is False
        await asyncio.to_thread(device.closed.wait, 10)

    assert playing(scene).closed.is_set()


def test_without_a_loudspeaker_the_answer_is_only_shown(tmp_path: Path) -> None:
    async def nothing() -> str:
        return ""

    class Voice:
        name = "voice"

        async def render(self, text: str) -> Sound:
            return tone()

        async def stop(self) -> None:
            pass

    async def main() -> None:
        player = Player(Echo(), nothing)
        speaker = Speaker(player, Voice(), PromptCache(tmp_path))
        assert await speaker.say("Okay.") is False
        assert await speaker.finished() is False
        await speaker.signal(Earcon.LISTENING)
        assert await Speaker(player, None, PromptCache(tmp_path)).say("Okay.") is False
        await speaker.close()

    asyncio.run(main())


def test_the_second_time_it_comes_from_the_cache(tmp_path: Path) -> None:
    rendered = []

    class Voice:
        name = "voice"

        async def render(self, text: str) -> Sound:
            rendered.append(text)
            return tone()

        async def stop(self) -> None:
            pass

    async def scene(player: Player, _device: Device) -> None:
        speaker = Speaker(player, Voice(), PromptCache(tmp_path))
        await speaker.prepare(["Okay."])
        assert await speaker.say("Okay.")
        assert speaker.speaking
        assert (speaker.spoken, speaker.from_cache) == (1, 1)

    playing(scene)
    assert rendered == ["Okay."]


# -- programs ---------------------------------------------------------------------------------------------------------
def program(folder: Path, name: str, body: str) -> None:
    """A program of this name first on the path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that comes first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_espeak_speaks() -> None:
    if espeak.program() is None:
        pytest.skip("espeak-ng is not installed")
    sound = asyncio.run(espeak.Espeak().render("Okay, air conditioning on."))
    assert sound.rate == 22_050
    assert 1 < sound.seconds < 4


def test_espeak_that_fails_or_is_missing(on_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(on_path, "espeak-ng", "exit 3")
    with pytest.raises(InternalError, match="ended with 3"):
        asyncio.run(espeak.Espeak().render("Okay."))
    program(on_path, "espeak-ng", "exec sleep 60")
    monkeypatch.setattr(espeak, "RENDER_TIMEOUT", 0.3)
    with pytest.raises(DeadlineError):
        asyncio.run(espeak.Espeak().render("Okay."))
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UnavailableError, match="not installed"):
        asyncio.run(espeak.Espeak().render("Okay."))


PIPER = """
while [ $# -gt 0 ]; do case $1 in --output_dir) folder=$2;; esac; shift; done
n=0
while read -r line; do
    n=$((n+1))
    echo "INFO: working on it"
    cp {wav} "$folder/$n.wav"
    echo "INFO:__main__:Wrote $folder/$n.wav" >&2
done
"""


def test_piper_is_started_once_and_speaks_line_by_line(on_path: Path, tmp_path: Path) -> None:
    from ivi.voice import wav  # noqa: PLC0415  # a name that this module uses otherwise

    (tmp_path / "made.wav").write_bytes(wav.write(tone(rate=22_050)))
    (tmp_path / "joe.onnx").write_text("")
    starts = tmp_path / "starts"
    program(on_path, "piper", f"echo started >> {starts}\n" + PIPER.format(wav=tmp_path / "made.wav"))

    async def main() -> None:
        speaking = piper.Piper(tmp_path / "joe.onnx")
        try:
            assert speaking.name == "piper joe"
            for text in ("Okay.", "Two\nlines.", "Three."):
                assert await speaking.render(text) == tone(rate=22_050)
        finally:
            await speaking.stop()

    asyncio.run(main())
    assert starts.read_text().split() == ["started"]


def test_piper_that_ends_hangs_or_has_no_voice(on_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = tmp_path / "joe.onnx"

    async def main() -> None:
        speaking = piper.Piper(voice)
        try:
            await speaking.render("Okay.")
        finally:
            await speaking.stop()

    program(on_path, "piper", "echo 'no such voice'; exit 1")
    with pytest.raises(UnavailableError, match="has no voice"):
        asyncio.run(main())
    voice.write_text("")
    with pytest.raises(InternalError, match="piper ended"):
        asyncio.run(main())
    program(on_path, "piper", "exec sleep 60")
    monkeypatch.setattr(piper, "LOAD_TIMEOUT", 0.3)
    monkeypatch.setattr(piper, "RENDER_TIMEOUT", 0.2)
    with pytest.raises(DeadlineError):
        asyncio.run(main())
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UnavailableError, match="not installed"):
        asyncio.run(main())
