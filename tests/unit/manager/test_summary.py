# SPDX-License-Identifier: Apache-2.0
"""The summary: every promised key, honest nulls, and what is lost is what is neither there nor waiting."""

import json
import os
from pathlib import Path

import pytest

from ivi.manager import summary
from ivi.manager.memory import Stat, resident_mb, shares
from ivi.model.apphost import AppState, AppView
from ivi.model.errors import ConfigurationError
from ivi.model.manager import ProcessState, ProcessTable, ProcessView
from ivi.model.status import Problem, ProcessStatus


def status(name: str, **counters: bool | float | str) -> ProcessStatus:
    return ProcessStatus(name, 1, "0", 1.0, dict(counters), [Problem("w", "x", "h")] if name == "voice" else [])


def test_all_keys_with_their_values(tmp_path: Path) -> None:
    statuses = {
        "databroker": status(
            "databroker", frames_received=7, frames_dropped=0, frames_unknown=1, signals_current=5, signal_updates=9
        ),
        "hmi": status("hmi", first_frame_ms=400.0, frames=12),
        "cloud": status("cloud", mqtt_accepted=10, mqtt_acknowledged=7, mqtt_waiting=2, mqtt_state="online"),
        "voice": status("voice", last_sentence="s", last_intent="i", last_ok=True),
    }
    apps = [AppView("dev.ivi.media", "Media", AppState.RUNNING, "", 1, None, [])]
    table = ProcessTable([ProcessView("hmi", ProcessState.READY, 9, 2, 80.0, 91.26, "")])
    file = tmp_path / "deep" / "summary.json"
    summary.write(file, summary.build(statuses, apps, table, 300.04, 30.04))
    read = json.loads(file.read_text())
    assert (read["frames_received"], read["frames_dropped"], read["frames_unknown"]) == (7, 0, 1)
    assert (read["signals_current"], read["signal_updates"], read["seconds"]) == (5, 9, 30.0)
    assert read["hmi"] == {"first_frame_ms": 400.0, "frames": 12}
    assert read["apps"] == {"dev.ivi.media": "running"}
    assert (read["mqtt"]["accepted"], read["mqtt"]["acknowledged"], read["mqtt"]["lost"]) == (10, 7, 1)
    assert read["voice"] == {"sentence": "s", "intent": "i", "ok": True}
    assert read["processes"] == {"hmi": {"state": "ready", "restarts": 2, "rss_mb": 91.3}}
    assert read["problems"] == [{"process": "voice", "what": "w", "where": "x", "hint": "h"}]


def test_what_nobody_could_say_is_null_and_not_zero() -> None:
    built = summary.build({}, [], ProcessTable([]), 0.0, 1.0)
    assert built["frames_received"] is None
    assert built["mqtt"] == {"accepted": None, "acknowledged": None, "waiting": None, "lost": None, "state": None}


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write the summary"):
        summary.write(tmp_path / "file" / "summary.json", {})


def test_a_child_that_has_no_program_yet_is_not_counted_twice() -> None:
    """After vfork it has its parent's memory, not a copy of it; with its program it has its own."""
    page = os.sysconf("SC_PAGESIZE") / 1e6
    seen = {
        10: Stat(1, 0x7FFC_0000, 4000, 100),
        11: Stat(10, 0x7FFC_0000, 4000, 100),
        12: Stat(10, 0x7FFE_1000, 4000, 100),
        13: Stat(12, 0x7FFD_2000, 900, 7),
    }
    assert shares(seen, [10]) == {10: pytest.approx(207 * page)}
    hidden = {10: Stat(1, 0, 4000, 100), 11: Stat(10, 0, 4000, 100)}
    assert shares(hidden, [10]) == {10: pytest.approx(200 * page)}, "not to be told apart: both count"


def test_memory_counts_descendants() -> None:
    found = resident_mb([1, 999_999_999])
    assert found[1] > 0
    assert found[999_999_999] == 0
