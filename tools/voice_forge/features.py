# SPDX-License-Identifier: Apache-2.0
"""Kaldi's log mel filter bank in torch: 40 bins from 20 to 7 600 Hz, povey window, no dither, no energy.

It differs by less than 1e-3 from kaldi-native-fbank on speech; ``conf/fbank.conf`` of the model says the same settings.
"""

import math

import torch

from tools.voice_forge.network import FEATURES, SUBSAMPLING
from tools.voice_forge.speech import RATE

WINDOW, SHIFT, POINTS = 400, 160, 512  # samples: 25 ms, 10 ms, and the transform's length
LOW, HIGH = 20.0, 7600.0  # Hz
PREEMPHASIS = 0.97
FLOOR = 1.19e-7  # of an energy, as Kaldi's


def _mel(frequency: float) -> float:
    return 1127 * math.log(1 + frequency / 700)


def _bank() -> torch.Tensor:
    low = _mel(LOW)
    step = (_mel(HIGH) - low) / (FEATURES + 1)
    bank = torch.zeros(POINTS // 2 + 1, FEATURES)
    for column in range(FEATURES):
        left, centre, right = (low + (column + part) * step for part in range(3))
        for row in range(POINTS // 2):
            mel = _mel(row * RATE / POINTS)
            if left < mel < right:
                bank[row, column] = (
                    (mel - left) / (centre - left) if mel <= centre else (right - mel) / (right - centre)
                )
    return bank


_BANK = _bank()
_WINDOW = (0.5 - 0.5 * torch.cos(2 * math.pi * torch.arange(WINDOW) / (WINDOW - 1))) ** 0.85


def energies(samples: torch.Tensor) -> torch.Tensor:
    """[batch, samples] of 16-bit size to log energies [batch, frames, FEATURES]."""
    frames = samples.unfold(1, WINDOW, SHIFT)
    frames = frames - frames.mean(2, keepdim=True)
    emphasised = frames - PREEMPHASIS * torch.cat([frames[..., :1], frames[..., :-1]], 2)
    power = torch.fft.rfft(emphasised * _WINDOW, POINTS).abs().square()
    return torch.log(torch.clamp(power @ _BANK, min=FLOOR))


def outputs_of(samples: int) -> int:
    """Scores that the network gives for so many samples."""
    return ((samples - WINDOW) // SHIFT) // SUBSAMPLING + 1
