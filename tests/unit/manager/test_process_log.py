# SPDX-License-Identifier: Apache-2.0
"""The end of a process's log, for people."""

import calendar
import json
import logging
from pathlib import Path

import pytest

from ivi.daemon.logs import JsonLines
from ivi.manager import process_log
from ivi.model.errors import UnavailableError
from ivi.model.manager import ProcessLogLine


def test_structured_lines_lose_their_braces(tmp_path: Path) -> None:
    path = tmp_path / "voice.log"
    record = logging.LogRecord("ivi.voice", logging.WARNING, "x.py", 1, "No sound input", (), None)
    record.where = "default"
    record.created = calendar.timegm((2026, 11, 22, 19, 4, 5)) + 0.25
    record.msecs = 250.0
    line = JsonLines("voice", journal=False).format(record)
    path.write_text(f"{line}\nivi voice: there is no model\n\n{{broken\n")
    assert process_log.newest(path, 10) == [
        ProcessLogLine(int(record.created * 1000), "warning", "No sound input (where default)"),
        ProcessLogLine(0, "", "ivi voice: there is no model"),
        ProcessLogLine(0, "", "{broken"),
    ]


def test_only_the_end_of_a_long_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "voice.log"
    with path.open("w") as file:
        for number in range(5000):
            file.write(json.dumps({"t": "nonsense", "level": "info", "msg": f"line {number}"}) + "\n")
    lines = process_log.newest(path, 3)
    assert [(one.time_ms, one.text) for one in lines] == [(0, f"line {number}") for number in (4997, 4998, 4999)]
    assert len(process_log.newest(path, 10_000)) == process_log.MAX_LINES
    path.write_bytes(b"\xff\xfe" * 100_000)
    assert all(len(one.text) <= process_log.LINE_MAX for one in process_log.newest(path, 5))


def test_no_log_is_no_lines_and_no_file_is_said(tmp_path: Path) -> None:
    assert process_log.newest(tmp_path / "none.log", 5) == []
    with pytest.raises(UnavailableError):
        process_log.newest(tmp_path, 5)
