# SPDX-License-Identifier: Apache-2.0
"""The databroker process plays a log with every switch, and says what was wrong with it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 60.0  # seconds, generous: both cores may be busy
DBC = 'VERSION ""\nBU_: A\nBO_ 1110 Known: 2 A\n SG_ Count : 0|16@1+ (1,0) [0|0] "" A\n'


def status_when(
    run_dir: Path, words: list[str], enough: Callable[[ProcessStatus], bool]
) -> tuple[ProcessStatus, object, str]:
    """Run the process until `enough`; its status, the value of the signal then, and its log."""

    async def ask() -> tuple[ProcessStatus, object]:
        async with LinkClient(run_dir / "databroker.sock", DatabrokerAnswer | ProcessStatus) as client:
            deadline = time.monotonic() + DEADLINE
            while time.monotonic() < deadline:
                await asyncio.sleep(0.05)
                try:
                    status: ProcessStatus = await client.call(GetStatus())
                    if enough(status):
                        values = await client.call(GetValues(["Vehicle.Raw.Known.Count"]))
                        return status, values.entries["Vehicle.Raw.Known.Count"].value
                except IviError:
                    continue
        pytest.fail("it did not come so far")

    process = subprocess.Popen(
        [sys.executable, "-m", "ivi.manager.entry.databroker", *words],
        cwd=ROOT,
        env=os.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        status, value = asyncio.run(ask())
    finally:
        process.terminate()
        _, err = process.communicate(timeout=20)
    return status, value, err


def write(tmp_path: Path) -> tuple[Path, Path]:
    log, dbc = tmp_path / "a.log", tmp_path / "a.dbc"
    lines = [f"(100.{number * 1000:06d}) can0 123#{number.to_bytes(2, 'little').hex()}\n" for number in range(500)]
    lines.insert(3, "not a line\n")
    lines.insert(5, "(100.004) can0 20000004#0004000000000000\n")
    lines.append("(190.0) can0 123#FFFF\n")
    log.write_text("".join(lines))
    dbc.write_text(DBC)
    return log, dbc


def test_switches_reach_the_databroker(run_dir: Path, tmp_path: Path) -> None:
    log, dbc = write(tmp_path)
    words = ["--replay", str(log), "--dbc", str(dbc), "--speed", "1", "--map-id=123=456", "--max-gap", "0.1"]
    started = time.monotonic()
    words += ["--seek", "0.1"]
    status, value, _ = status_when(run_dir, words, lambda found: bool(found.counters["replay_finished"]))
    assert time.monotonic() - started < 45  # the silence of 90 s was cut
    assert value == 0xFFFF
    counters = status.counters
    assert counters["frames_received"] == 401
    assert (counters["frames_unknown"], counters["frames_undecodable"]) == (0, 0)
    assert (counters["log_lines_bad"], counters["log_error_frames"]) == (1, 1)
    worst = counters["replay_late_worst_ms"]
    assert isinstance(worst, float)
    assert worst > 0
    assert any("line 4: not a line of candump" in problem.what for problem in status.problems)


def test_a_loop_goes_on(run_dir: Path, tmp_path: Path) -> None:
    log, dbc = write(tmp_path)
    words = ["--replay", str(log), "--dbc", str(dbc), "--speed", "0", "--loop", "--map-id", "123=456"]

    def looped(found: ProcessStatus) -> bool:
        loops = found.counters["replay_loops"]
        return isinstance(loops, int) and loops >= 3

    status, value, _ = status_when(run_dir, words, looped)
    assert not status.counters["replay_finished"]
    assert value is not None


def test_a_damaged_log_is_played_up_to_its_damage_and_named(run_dir: Path, tmp_path: Path, shared_data: Path) -> None:
    from ivi.providers.recording.files import LogFile  # noqa: PLC0415  # only here
    from ivi.providers.replay.log import open_log  # noqa: PLC0415

    source, dbc = write(tmp_path)
    log = tmp_path / "a.blf"
    entries = list(open_log(source)) * 30
    file = LogFile(log, entries[0])
    for entry in entries:
        file.write(entry)
    file.close()
    log.write_bytes(log.read_bytes()[:-20])
    words = ["--replay", str(log), "--dbc", str(dbc), "--speed", "0", "--map-id=123=456"]
    status, _, err = status_when(run_dir, words, lambda found: bool(found.counters["replay_finished"]))
    assert any("ends early" in problem.what and "at byte" in problem.what for problem in status.problems)
    assert "Traceback" not in err
