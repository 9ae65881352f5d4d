# SPDX-License-Identifier: Apache-2.0
"""The report card and the transcription, with real speech and the real recogniser."""

import asyncio
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ivi.cli import voice as voice_command
from ivi.voice import wav
from ivi.voice.tts import espeak

pytest.importorskip("numpy", reason="the report's noises need numpy")
needs_espeak = pytest.mark.skipif(espeak.program() is None, reason="espeak-ng is not installed")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))


@needs_espeak
def test_files_are_transcribed_one_object_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command, talk, and a file that is no sound: the rest is heard all the same, and the status tells."""
    texts = {"command": "turn on the air conditioning", "talk": "my sister bought a blue bicycle last summer"}
    for name, text in texts.items():
        (tmp_path / f"{name}.wav").write_bytes(asyncio.run(espeak.render(text)))
    (tmp_path / "broken.wav").write_bytes(b"no sound at all")
    files = [str(tmp_path / f"{name}.wav") for name in ("command", "broken", "talk")]
    assert voice_command.main(["transcribe", "--json", *files]) == 1
    command, broken, talk = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert command["file"] == files[0]
    assert command["accepted"] is True
    assert (command["text"], command["intent"]) == (texts["command"], "AirConditioning")
    assert command["slots"] == {"active": True}
    assert command["confidence"] > 0.7
    assert "RIFF" in broken["error"]
    assert talk["accepted"] is False


def test_silence_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two seconds of zeros: no text, no intent, not accepted."""
    (tmp_path / "silence.wav").write_bytes(wav.write(wav.Sound(bytes(64_000), 16_000)))
    assert voice_command.main(["transcribe", "--json", str(tmp_path / "silence.wav")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["text"], found["intent"], found["accepted"]) == ("", "", False)


@needs_espeak
def test_a_small_report_is_written_with_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two intents at one ratio; the figures on the page are those that are printed, and speech is kept."""
    page = tmp_path / "docs" / "report.md"
    wanted = ["--voices", "tuning", "--intents", "AirConditioning,Help", "--ratios", "20", "--each", "1"]
    assert (
        voice_command.main(
            ["report", *wanted, "--foreign", "4", "--delays", "1", "--wake-hours", "0", "--out", str(page), "--json"]
        )
        == 0
    )
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) >= {"exact at 20 dB", "unrelated speech accepted"}
    assert figures["exact at 20 dB"] >= 50
    text = page.read_text(encoding="utf-8")
    assert f"| exact at 20 dB | {figures['exact at 20 dB']:.1f} % |" in text
    assert "| AirConditioning |" in text
    pictures = sorted(page.parent.glob("*.svg"))
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.name in text
        assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "state/voice-report/speech").glob("*.wav")}
    assert (
        voice_command.main(
            ["report", *wanted, "--foreign", "4", "--delays", "0", "--wake-hours", "0", "--out", str(page)]
        )
        == 0
    )
    assert kept == {
        path.name: path.stat().st_mtime_ns for path in (tmp_path / "state/voice-report/speech").glob("*.wav")
    }


def test_the_sentences_can_be_had_for_a_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """One a line, as the report will want to find them again."""
    assert voice_command.main(["report", "--sentences", "--intents", "Help"]) == 0
    assert capsys.readouterr().out.strip() in {"help", "help me", "what can i say"}
