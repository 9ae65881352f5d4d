# SPDX-License-Identifier: Apache-2.0
"""A real drive through the whole path: nothing lost, and what the broker holds at the end is what cantools decodes."""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import can
import cantools
import pytest
from cantools.database.errors import DecodeError

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus

FRAMES = 12974
FAULTY_LINE = 783
ROOT = Path(__file__).resolve().parents[2]


def decoded_by_cantools(log: Path, dbc: Path) -> dict[str, float]:
    """Last value of every signal, frame by frame, with nothing of ours in between."""
    lines = dbc.read_bytes().decode("cp1252").splitlines()
    del lines[FAULTY_LINE - 1]
    database = cantools.database.load_string("\n".join(lines) + "\n", "dbc")
    assert isinstance(database, cantools.database.Database)
    last: dict[str, float] = {}
    for frame in can.LogReader(log):
        try:
            message = database.get_message_by_frame_id(frame.arbitration_id)
            values = message.decode(bytes(frame.data), decode_choices=False)
        except (KeyError, DecodeError):
            continue
        assert isinstance(values, dict)
        for name, value in values.items():
            assert isinstance(value, int | float)
            last[f"Vehicle.Raw.{message.name}.{name}"] = float(value)
    return last


def test_the_last_values_are_those_that_cantools_decodes(run_dir: Path, shared_data: Path) -> None:
    log, dbc = shared_data / "can" / "savvycan-candump.log", shared_data / "can" / "opendbc-tesla_can.dbc"
    expected = decoded_by_cantools(log, dbc)
    assert len(expected) > 150

    async def ask() -> tuple[ProcessStatus, dict[str, object]]:
        async with LinkClient(run_dir / "databroker.sock", DatabrokerAnswer | ProcessStatus) as client:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                await asyncio.sleep(0.05)
                try:
                    status: ProcessStatus = await client.call(GetStatus())
                except IviError:
                    continue
                if status.counters["replay_finished"]:
                    values = await client.call(GetValues(["Vehicle.Raw.**"]))
                    return status, {path: datapoint.value for path, datapoint in values.entries.items()}
        pytest.fail("the replay did not end")

    command = [
        sys.executable,
        "-m",
        "ivi.manager.entry.databroker",
        "--replay",
        str(log),
        "--speed",
        "0",
        "--dbc",
        str(dbc),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        status, values = asyncio.run(ask())
    finally:
        process.terminate()
        process.wait(20)
    assert status.counters["frames_received"] == FRAMES
    assert values == expected


def test_ivi_replay_reaches_the_screen(run_dir: Path, shared_data: Path, tmp_path: Path) -> None:
    summary, picture = tmp_path / "summary.json", tmp_path / "screen.png"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "ivi", "replay", str(shared_data / "can" / "savvycan-candump.log")),
            *("--dbc", str(shared_data / "can" / "opendbc-tesla_can.dbc"), "--max", "--headless"),
            *("--summary", str(summary), "--screenshot", str(picture)),
        ],
        cwd=ROOT,
        env=os.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(summary.read_text())
    assert (result["frames_received"], result["frames_dropped"]) == (FRAMES, 0)
    assert result["signals_current"] > 150
    assert any(f"line {FAULTY_LINE}" in problem["what"] for problem in result["problems"])
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{log}", "--dbc", "nowhere.dbc"), "--dbc: there is no file nowhere.dbc"),
        (("nowhere.log", "--dbc", "{dbc}"), "LOG: there is no file nowhere.log"),
        (("{log}", "--dbc", "{dbc}", "--overlay", "{bad}"), "bad.vspec, line 1: Vehicle.Speed: dbc2vss needs `signal`"),
        (("{dbc}", "--dbc", "{dbc}"), "cannot read the recording"),
    ],
)
def test_what_cannot_be_played_ends_with_one_clear_line(
    run_dir: Path, shared_data: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    bad = tmp_path / "bad.vspec"
    bad.write_text("Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {}}")
    places = {
        "log": shared_data / "can" / "savvycan-candump.log",
        "dbc": shared_data / "can" / "opendbc-tesla_can.dbc",
        "bad": bad,
    }
    done = subprocess.run(
        [sys.executable, "-m", "ivi", "replay", *(word.format(**places) for word in arguments), "--headless"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
