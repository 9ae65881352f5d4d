# SPDX-License-Identifier: Apache-2.0
"""Rooms, noises, microphones and levels for training, drawn anew whenever an utterance is met.

These noises are broader than the report's (`ivi.voice.report.noise`) and made in another way, so that the report is not
judged on what was learnt: coloured noise of any slope, machines, chords, rain-like bursts, and other people talking.
"""

import math

import torch
from torch.nn import functional

from tools.voice_forge.features import HIGH, LOW
from tools.voice_forge.network import FEATURES
from tools.voice_forge.speech import RATE

BANK_SECONDS = 20  # of each prepared noise
NOISES, ROOMS = 48, 256
KINDS = ("plain", "engine", "engine", "chords", "drops", "plain")
ROOM_SAMPLES = 2048  # 0.13 s: a car is a small room
SNR = (-4.0, 26.0)  # dB of most utterances
QUIET_SHARE, QUIET_SNR = 0.2, (26.0, 50.0)
ROOM_SHARE, BABBLE_SHARE, TWO_NOISES, NARROW_SHARE = 0.65, 0.15, 0.4, 0.15
TRACT_SHARE, TRACT = 0.7, (0.85, 1.2)  # share of utterances whose frequencies are stretched, and by how much
MASK_SHARE, MASK = 0.3, 6  # share of utterances that lack a band, and how many of the mel bands it has at most
LOUDNESS = (2.7, 4.4)  # decimal logarithm of the peak
ACTIVE = 60.0  # samples over this count as speech when the level is measured


class Augmentation:
    """Makes a batch of clean utterances sound like a car. All chance comes from one seed."""

    def __init__(self, seed: int) -> None:
        self._chance = torch.Generator().manual_seed(seed)
        self._noises = torch.stack([self._noise(number) for number in range(NOISES)])
        self._rooms = torch.stack([self._room() for _ in range(ROOMS)])
        self._size = 0
        self._spectra = torch.empty(0)

    def __call__(self, samples: torch.Tensor) -> torch.Tensor:
        """[batch, samples], padded with zeros, to the same with room, noise and level."""
        rows = len(samples)
        speech = self._in_rooms(samples)
        noise = self._background(*samples.shape)
        babble = torch.roll(samples, 1, 0) + torch.roll(samples, 2, 0) + torch.roll(samples, 5, 0)
        talking = self._flags(rows, BABBLE_SHARE)
        noise = torch.where(talking, 0.5 * noise + _unit(babble) * self._uniform(rows, 0.2, 0.8), noise)
        snr = torch.where(self._flags(rows, QUIET_SHARE), self._uniform(rows, *QUIET_SNR), self._uniform(rows, *SNR))
        active = (samples.abs() > ACTIVE).sum(1, keepdim=True).clamp(min=1000)
        level = (speech.square().sum(1, keepdim=True) / active).sqrt()
        mixed = speech + _unit(noise) * level * 10 ** (-snr / 20)
        peak = mixed.abs().amax(1, keepdim=True).clamp(min=1)
        clipped = torch.where(self._flags(rows, 0.05), 2.5, 1.0)
        return (mixed / peak * 10 ** self._uniform(rows, *LOUDNESS) * clipped).clamp(-32767, 32767)

    def microphone(self, energies: torch.Tensor) -> torch.Tensor:
        """Another vocal tract and a frequency response for log energies [batch, frames, FEATURES].

        The response is sometimes that of a telephone, and sometimes a band is missing.
        """
        energies = self.stretched(energies)
        rows = len(energies)
        points = torch.randn(rows, 1, 7, generator=self._chance) * 0.7
        curve = functional.interpolate(points, FEATURES, mode="linear", align_corners=True)[:, 0]
        cut = torch.arange(FEATURES)[None] >= self._uniform(rows, 26, 38)
        curve = torch.where(cut & self._flags(rows, NARROW_SHARE), curve - 5, curve)
        heard = (energies + curve[:, None]).clamp(min=0)
        low = self._uniform(rows, 0, FEATURES)
        bands = torch.arange(FEATURES)[None]
        masked = (bands >= low) & (bands < low + self._uniform(rows, 0, MASK)) & self._flags(rows, MASK_SHARE)
        return torch.where(masked[:, None], heard.mean((1, 2), keepdim=True), heard)

    def stretched(self, energies: torch.Tensor) -> torch.Tensor:
        """Formants moved as by a longer or shorter vocal tract; the time stays, and so does what was said when."""
        rows = len(energies)
        factor = torch.where(self._flags(rows, TRACT_SHARE), self._uniform(rows, *TRACT), 1.0)
        low, high = _mel(torch.tensor(LOW)), _mel(torch.tensor(HIGH))
        step = (high - low) / (FEATURES + 1)
        centres = 700 * (torch.exp((low + step * torch.arange(1, FEATURES + 1)) / 1127) - 1)
        places = ((_mel(centres[None] / factor) - low) / step - 1).clamp(0, FEATURES - 1.001)
        below = places.floor().long()
        share = (places - below)[:, None]
        wide = below[:, None].expand(energies.shape)
        return energies.gather(2, wide) * (1 - share) + energies.gather(2, wide + 1) * share

    def _uniform(self, rows: int, low: float, high: float) -> torch.Tensor:
        return low + (high - low) * torch.rand(rows, 1, generator=self._chance)

    def _flags(self, rows: int, share: float) -> torch.Tensor:
        return torch.rand(rows, 1, generator=self._chance) < share

    def _in_rooms(self, samples: torch.Tensor) -> torch.Tensor:
        size = 1 << (samples.shape[1] + ROOM_SAMPLES - 1).bit_length()
        size = size * 3 // 4 if size * 3 // 4 >= samples.shape[1] + ROOM_SAMPLES else size
        if size != self._size:
            self._size, self._spectra = size, torch.fft.rfft(self._rooms, size)
        rows = len(samples)
        chosen = self._spectra[torch.randint(ROOMS, (rows,), generator=self._chance)]
        there = torch.fft.irfft(torch.fft.rfft(samples, size) * chosen, size)[:, : samples.shape[1]]
        return torch.where(self._flags(rows, ROOM_SHARE), there, samples)

    def _background(self, rows: int, length: int) -> torch.Tensor:
        first, second = self._cut(rows, length), self._cut(rows, length)
        share = self._uniform(rows, 0.2, 1.0) * self._flags(rows, TWO_NOISES)
        return first + share * second

    def _cut(self, rows: int, length: int) -> torch.Tensor:
        numbers = torch.randint(NOISES, (rows,), generator=self._chance).tolist()
        starts = torch.randint(BANK_SECONDS * RATE - length, (rows,), generator=self._chance).tolist()
        return torch.stack([self._noises[n, s : s + length] for n, s in zip(numbers, starts, strict=True)])

    def _room(self) -> torch.Tensor:
        """Direct sound and an exponential tail of 10 to 110 ms; the draw decides how strong it is."""
        decay = float(self._uniform(1, 0.01, 0.11)) / 6.9  # seconds to 1/e; 60 dB are 6.9 of them
        tail = torch.randn(ROOM_SAMPLES, generator=self._chance)
        tail = tail * torch.exp(-torch.arange(ROOM_SAMPLES) / (RATE * decay))
        tail = tail / tail.norm() * float(self._uniform(1, 0.1, 1.1))
        tail[0] = 1.0
        return tail / tail.norm()

    def _noise(self, number: int) -> torch.Tensor:
        length = BANK_SECONDS * RATE
        slope = float(self._uniform(1, -0.2, 2.4))
        noise = self._coloured(length, slope)
        kind = KINDS[number % len(KINDS)]
        if kind == "engine":
            noise = noise + float(self._uniform(1, 0.2, 1.2)) * self._engine(length)
        elif kind == "chords":
            noise = 0.15 * noise + self._chords(length)
        elif kind == "drops":
            noise = noise + float(self._uniform(1, 0.5, 2.0)) * self._drops(length)
        swell = functional.interpolate(torch.randn(1, 1, 40, generator=self._chance), length, mode="linear")[0, 0]
        return _unit((noise * (1 + 0.35 * swell).clamp(min=0.3))[None])[0]

    def _coloured(self, length: int, slope: float) -> torch.Tensor:
        """Power falls with the `slope`-th power of the frequency."""
        spectrum = torch.fft.rfft(torch.randn(length, generator=self._chance))
        frequencies = torch.linspace(0, RATE / 2, len(spectrum)).clamp(min=20)
        return _unit(torch.fft.irfft(spectrum * frequencies ** (-slope / 2), length)[None])[0]

    def _engine(self, length: int) -> torch.Tensor:
        time = torch.arange(length) / RATE
        base = float(self._uniform(1, 20, 120))
        wobble = 0.03 * torch.sin(2 * math.pi * float(self._uniform(1, 0.05, 0.5)) * time)
        total = torch.zeros(length)
        for harmonic in (1, 2, 3, 4, 6, 8, 12):
            strength = float(self._uniform(1, 0, 1)) / math.sqrt(harmonic)
            total += strength * torch.sin(2 * math.pi * base * harmonic * (time + wobble / base))
        return _unit(total[None])[0]

    def _chords(self, length: int) -> torch.Tensor:
        """Three tones of four harmonics that change every 0.25 to 0.6 s, with a beat."""
        time = torch.arange(length) / RATE
        beat = int(float(self._uniform(1, 0.25, 0.6)) * RATE)
        total = torch.zeros(length)
        for _ in range(3):
            notes = torch.randint(0, 40, (length // beat + 1,), generator=self._chance)
            frequency = (82.4 * 2 ** (notes / 12)).repeat_interleave(beat)[:length]
            phase = torch.cumsum(frequency, 0) * (2 * math.pi / RATE)
            for harmonic in (1, 2, 3, 4):
                total += torch.sin(harmonic * phase) / harmonic
        decay = torch.exp(-(time % (beat / RATE)) * float(self._uniform(1, 1, 6)))
        drum = torch.randn(length, generator=self._chance) * torch.exp(-(time % (2 * beat / RATE)) * 30)
        return _unit((total * decay + float(self._uniform(1, 0, 1.5)) * drum)[None])[0]

    def _drops(self, length: int) -> torch.Tensor:
        """Clicks at random times, each ringing for a few milliseconds."""
        clicks = (torch.rand(length, generator=self._chance) < 60 / RATE).float()
        clicks = clicks * torch.randn(length, generator=self._chance)
        ring = torch.exp(-torch.arange(400) / 60) * torch.randn(400, generator=self._chance)
        size = length + 400
        return _unit(torch.fft.irfft(torch.fft.rfft(clicks, size) * torch.fft.rfft(ring, size), size)[None, :length])[0]


def _mel(hertz: torch.Tensor) -> torch.Tensor:
    return 1127 * torch.log1p(hertz / 700)


def _unit(samples: torch.Tensor) -> torch.Tensor:
    """Each row with a root mean square of one."""
    return samples / (samples.square().mean(1, keepdim=True).sqrt() + 1e-6)
