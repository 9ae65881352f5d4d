# SPDX-License-Identifier: Apache-2.0
"""Noises of a car, made by rule so that anybody gets the same ones: shaped random numbers, tones and drops.

Recorded cabin noise would bring somebody's licence and one car. The shapes follow what is known of the sources:

- Tyre and road noise grows with 30 to 40 times the decimal logarithm of the speed and has its outside maximum between
  700 and 1,300 Hz (Sandberg and Ejsmont, "Tyre/Road Noise Reference Book", 2002). The body lets the low end through, so
  that inside the level falls by about 9 dB an octave above 100 Hz; the air inside the tyre rings near 220 Hz.
- Wind noise comes from turbulence; the power of such dipole sources grows with the sixth power of the speed (Curle,
  Proc. R. Soc. A 231, 1955). It is flat up to some 500 Hz and falls by 6 dB an octave above.
- A fan makes broadband noise that falls by about 5 dB an octave above its peak, and tones at the rate at which its
  blades pass (ASHRAE Handbook, HVAC Applications, "Noise and Vibration Control").
- An open window is a Helmholtz resonator (15 to 20 Hz) that beats in the wind; the shear layer over an opening of half
  a metre sheds its eddies below 100 Hz at road speeds (Strouhal numbers near 0.5 and one), and above that its pressure
  falls by some 6 dB an octave.
- Rain is drops at random times (a Poisson process). Each makes a panel ring for some milliseconds in its many modes, of
  which a thin panel has dozens within the range of speech: a decaying noise of its own for each place that is hit.
- Music is chords, a bass and drums on a beat, made of tones with decaying harmonics.

These are models, not measurements: no level is claimed, only shapes. The level is set by the wanted ratio to speech.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

RATE = 16_000  # samples a second
Samples = npt.NDArray[np.float64]
"""Of any size."""
Pcm = npt.NDArray[np.int16]
"""16-bit samples."""

RING = 800  # samples: 50 ms, in which a drop's sound has died away
_LOWEST = 20.0  # Hz; below, no microphone for speech hears anything


def _shaped(length: int, chance: np.random.Generator, gain: Callable[[Samples], Samples]) -> Samples:
    """Random noise whose amplitude at each frequency (Hz) is `gain`, with a root mean square of one."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    frequencies = np.fft.rfftfreq(length, 1 / RATE)
    return _unit(np.fft.irfft(spectrum * gain(frequencies) * (frequencies >= _LOWEST), length))


def _unit(samples: Samples) -> Samples:
    return samples / (math.sqrt(float(np.mean(samples**2))) + 1e-12)


def _falling(frequencies: Samples, corner: float, decibels: float) -> Samples:
    """Flat up to `corner` Hz, then falling by so many dB an octave."""
    return np.asarray((1 + (frequencies / corner) ** 2) ** (-decibels / 12.04))


def cabin(length: int, chance: np.random.Generator, speed: float) -> Samples:
    """Driving at `speed` km/h: tyres, wind and a motor's whine, in the shares that the speed gives them."""

    def tyres(frequencies: Samples) -> Samples:
        ringing = 1 + 1.5 * np.exp(-(((frequencies - 220) / 15) ** 2))
        tread = 1 + 0.8 * np.exp(-(((frequencies - 1000) / 400) ** 2))
        return np.asarray(_falling(frequencies, 100, 9) * ringing * tread)

    rolling = _shaped(length, chance, tyres)
    wind = _shaped(length, chance, lambda frequencies: _falling(frequencies, 500, 6))
    share = 0.25 * (speed / 100) ** 3  # amplitude: the sixth power of the speed in power, against the third of tyres
    time = np.arange(length) / RATE
    turning = 2 * math.pi * speed * 0.9 * time  # a fundamental of 45 Hz at 50 km/h
    whine = sum(np.sin(order * turning + order) / order for order in (1, 2, 4, 8))
    return _unit(rolling * (speed / 100) ** 1.5 + wind * share + 0.15 * whine)


def fan(length: int, chance: np.random.Generator) -> Samples:
    """The blower at its highest step: a rounded broadband peak at 400 Hz, and blades that pass 290 times a second."""
    air = _shaped(length, chance, lambda f: np.asarray(_falling(f, 400, 5) * np.minimum(1, f / 150)))
    time = np.arange(length) / RATE
    return _unit(air + 0.25 * np.sin(2 * math.pi * 290 * time) + 0.12 * np.sin(2 * math.pi * 580 * time))


def window(length: int, chance: np.random.Generator) -> Samples:
    """A window open at 80 km/h: wind that swells some twenty times a second, and more slowly with the gusts."""
    wind = _shaped(length, chance, lambda f: _falling(f, 150, 6))
    time = np.arange(length) / RATE
    beating = 1 + 0.5 * np.sin(2 * math.pi * 18 * time + chance.uniform(0, 6))
    points = np.arange(0, length / RATE + 1, 0.5)
    gusts = np.interp(time, points, chance.uniform(0.6, 1.4, len(points)))
    return _unit(wind * beating * gusts + 0.4 * cabin(length, chance, 80))


def music(length: int, chance: np.random.Generator) -> Samples:
    """Pop at 110 beats a minute: a chord of three notes a bar, a bass note and a drum a beat, a hat between beats."""
    beat = int(RATE * 60 / 110)
    out = np.zeros(length + 4 * beat)
    roots = (110 * 2 ** (chance.choice([0, 5, 7, 9], length // (4 * beat) + 1) / 12)).tolist()
    for number in range(length // beat + 1):
        start = number * beat
        root = roots[number // 4]
        if number % 4 == 0:
            for third in (0, 4, 7):
                out[start : start + 4 * beat] += 0.3 * _note(4 * beat, 2 * root * 2 ** (third / 12), 1.0)
        out[start : start + beat] += 0.6 * _note(beat, root / 2, 3.0)
        out[start : start + beat] += 0.5 * chance.standard_normal(beat) * np.exp(-np.arange(beat) / (RATE * 0.03))
        hat = start + beat // 2
        out[hat : hat + beat // 2] += (
            0.2 * np.diff(chance.standard_normal(beat // 2 + 1)) * np.exp(-np.arange(beat // 2) / (RATE * 0.015))
        )
    return _unit(out[:length])


def _note(length: int, frequency: float, decay: float) -> Samples:
    """A tone with six harmonics that dies away `decay` times a second."""
    time = np.arange(length) / RATE
    tone = sum(np.sin(2 * math.pi * frequency * order * time) / order for order in range(1, 7))
    return np.asarray(tone * np.exp(-decay * time))


def rain(length: int, chance: np.random.Generator) -> Samples:
    """Heavy rain at 60 km/h: 250 drops a second on a dozen places of the roof and the glass, and the road beneath."""
    size = length + RING
    roof = np.zeros(size)
    for _ in range(12):
        drops = np.zeros(size)
        count = int(chance.poisson(250 / 12 * length / RATE))
        drops[chance.integers(0, length, count)] = chance.exponential(1.0, count)
        ring = _shaped(RING, chance, lambda f: _falling(f, 800, 6)) * np.exp(-np.arange(RING) / (0.006 * RATE))
        roof += np.fft.irfft(np.fft.rfft(drops) * np.fft.rfft(ring, size), size)
    return _unit(_unit(roof[:length]) + 0.8 * cabin(length, chance, 60))


NOISES: dict[str, Callable[[int, np.random.Generator], Samples]] = {
    "cabin 50 km/h": lambda length, chance: cabin(length, chance, 50),
    "cabin 100 km/h": lambda length, chance: cabin(length, chance, 100),
    "cabin 130 km/h": lambda length, chance: cabin(length, chance, 130),
    "fan": fan,
    "window": window,
    "music": music,
    "rain": rain,
}
"""Noises by the name that the report shows."""

ACTIVE = 0.01  # of the peak: samples of speech over this count as speech when its level is measured
FULL_SCALE = 32_767
PEAK = 0.6  # of full scale, after mixing


def mixed(speech: Samples, kind: str, ratio: float, seed: int) -> Pcm:
    """Speech of any size at `ratio` dB over the noise `kind`, as 16-bit samples.

    The ratio is that of the root mean squares: of the speech where it is active, as ITU-T P.56 wants it (a plain
    threshold instead of its envelope), and of the whole noise, both from 20 Hz to 8 kHz and without weighting.
    """
    noise = NOISES[kind](len(speech), np.random.default_rng(seed))
    active = speech[np.abs(speech) > ACTIVE * np.abs(speech).max()]
    level = math.sqrt(float(np.mean(active**2))) if len(active) else 1.0
    both = speech + noise * level / 10 ** (ratio / 20)
    return np.asarray(both / np.abs(both).max() * PEAK * FULL_SCALE, "<i2")
