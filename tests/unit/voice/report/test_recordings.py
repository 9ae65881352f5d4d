# SPDX-License-Identifier: Apache-2.0
"""Recordings made elsewhere, and what is said about a folder that is not one."""

import json
from pathlib import Path

import numpy as np
import pytest

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.voice import wav
from ivi.voice.report.noise import RATE
from ivi.voice.report.speech import MARGIN, RECORDINGS, recordings


def _folder(path: Path, rate: int) -> Path:
    tone = 8000 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    padded = np.concatenate([np.zeros(rate), tone, np.zeros(rate // 2)]).astype("<i2")
    (path / "a.wav").write_bytes(wav.write(wav.Sound(padded.tobytes(), rate)))
    (path / RECORDINGS).write_text(json.dumps({"file": "a.wav", "text": "help me", "voice": "tone"}) + "\n")
    return path


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
def test_a_recording_comes_at_16_khz_with_equal_margins(tmp_path: Path, rate: int) -> None:
    """Whatever silence the file has; the tone keeps its pitch."""
    (said,) = recordings(_folder(tmp_path, rate))
    assert (said.text, said.voice) == ("help me", "tone")
    assert len(said.samples) / RATE == pytest.approx(1 + 2 * MARGIN, abs=0.02)
    spectrum = np.abs(np.fft.rfft(said.samples))
    assert np.argmax(spectrum) * RATE / len(said.samples) == pytest.approx(440, abs=2)


def test_only_the_wanted_sentences_are_read(tmp_path: Path) -> None:
    """A folder may hold more than this report needs."""
    assert recordings(_folder(tmp_path, RATE), ["something else"]) == []


def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path) -> None:
    """No index, a line without a text, a file that is no sound."""
    with pytest.raises(ConfigurationError, match=RECORDINGS):
        recordings(tmp_path)
    (tmp_path / RECORDINGS).write_text('{"file": "a.wav"}\n')
    with pytest.raises(ConfigurationError, match="text"):
        recordings(tmp_path)
    (tmp_path / RECORDINGS).write_text('{"file": "a.wav", "text": "x", "voice": "y"}\n')
    (tmp_path / "a.wav").write_bytes(b"no sound")
    with pytest.raises(InvalidArgumentError, match=r"a\.wav"):
        recordings(tmp_path)
