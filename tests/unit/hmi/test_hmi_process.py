# SPDX-License-Identifier: Apache-2.0
"""The hmi process from outside: its start, its answers, its end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from ivi.hmi.priority import NICE
from ivi.model import link
from ivi.model.hmi import GoTo, HmiAnswer, ItemText, PageShown, ReadItem, Screenshot, TakeScreenshot, Touch, Touched
from ivi.model.status import GetStatus, ProcessStatus

RUN = "import sys; from ivi.hmi.app import main; sys.exit(main(sys.argv[1:]))"
TIMEOUT = 40.0  # seconds
FIRST_FRAME = 20_000  # ms, with the import of Qt, on a machine four times slower than a slow one
PNG = b"\x89PNG\r\n\x1a\n"
_answers: link.BodyDecoder[msgspec.Struct] = link.BodyDecoder(HmiAnswer | ProcessStatus)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    kept.pop("QT_QPA_PLATFORM", None)
    kept.pop("QT_QUICK_BACKEND", None)
    return {**kept, "IVI_RUNTIME_DIR": str(folder / "run"), "HOME": str(folder), **more}


@contextmanager
def screen(folder: Path, *switches: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A running hmi process that has said READY=1."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(folder / "notify"))
        manager.settimeout(TIMEOUT)
        variables = environment(folder, NOTIFY_SOCKET=str(folder / "notify"), **more)
        command = [sys.executable, "-c", RUN, "--headless", "--size", "1024x600", *switches]
        with subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True) as process:
            try:
                while b"READY=1" not in manager.recv(4096):
                    pass
                yield process
            finally:
                process.kill()


def ask(folder: Path, request: msgspec.Struct) -> msgspec.Struct:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(TIMEOUT)
        client.connect(str(folder / "run" / "hmi.sock"))
        client.sendall(link.encode(link.Call(1, 5000, link.pack(request))))
        reader = link.FrameReader()
        while data := client.recv(65536):
            for frame in reader.feed(data):
                answer = link.decode_downward(frame)
                return answer if isinstance(answer, link.Failure) else _answers.decode(answer.body)
    raise AssertionError("the screen closed the connection")


def test_it_starts_quickly_answers_takes_its_picture_and_stops_in_order(tmp_path: Path) -> None:
    with screen(tmp_path) as process:
        status = ask(tmp_path, GetStatus())
        assert isinstance(status, ProcessStatus)
        assert status.name == "hmi"
        assert int(status.counters["frames"]) >= 1
        assert 0 < float(status.counters["first_frame_ms"]) < FIRST_FRAME
        assert status.counters["dropped"] == 0
        picture = tmp_path / "screen.png"
        assert ask(tmp_path, TakeScreenshot(str(picture))) == Screenshot(str(picture), 1024, 600)
        assert picture.read_bytes().startswith(PNG)
        assert picture.stat().st_size > 10_000, "not an empty picture"
        assert ask(tmp_path, ReadItem("speedValue")) == ItemText("—")
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 0
        assert '"level": "warning"' not in log
        assert '"level": "error"' not in log
        assert "Traceback" not in log
    assert not (tmp_path / "run" / "hmi.sock").exists()


def test_its_frames_wait_behind_nobody_where_the_system_grants_it() -> None:
    code = "import os; from ivi.hmi import priority; priority.come_first(); print(os.getpriority(os.PRIO_PROCESS, 0))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(done.stdout) == (min(NICE, before) if os.geteuid() == 0 else before)


def test_remote_touches_are_refused_unless_the_process_was_started_with_them(tmp_path: Path) -> None:
    with screen(tmp_path):
        refused = ask(tmp_path, Touch("rail_media"))
        assert isinstance(refused, link.Failure)
        assert refused.code == "permission_denied"


def test_remote_touches_reach_what_is_on_the_screen_and_nothing_else(tmp_path: Path) -> None:
    with screen(tmp_path, IVI_REMOTE_INPUT="1"):
        assert ask(tmp_path, ReadItem("rail_media", "checked")) == ItemText("false")
        assert isinstance(ask(tmp_path, Touch("rail_media")), Touched)
        assert ask(tmp_path, ReadItem("rail_media", "checked")) == ItemText("true")
        for request in (
            Touch("signalsPage"),
            ReadItem("toast"),
            Touch("climateDriverUp"),
            ReadItem("clock", "nothing"),
        ):
            refused = ask(tmp_path, request)
            assert isinstance(refused, link.Failure)
            assert refused.code == "not_found"


def test_it_begins_with_the_page_that_is_asked_for(tmp_path: Path) -> None:
    with screen(tmp_path, "--page", "settings"):
        deadline = time.monotonic() + TIMEOUT
        while not isinstance(ask(tmp_path, ReadItem("settingsPage", "objectName")), ItemText):
            assert time.monotonic() < deadline, "the page is not shown"
            time.sleep(0.05)
        refused = ask(tmp_path, GoTo("home"))
        assert isinstance(refused, link.Failure)
        assert refused.code == "permission_denied"


def test_a_page_is_shown_from_afar_and_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with screen(tmp_path, IVI_REMOTE_INPUT="1"):
        assert ask(tmp_path, GoTo("energy")) == PageShown("energy")
        for name in ("nothing", "../Shell/Main", "Home", ""):
            refused = ask(tmp_path, GoTo(name))
            assert isinstance(refused, link.Failure)
            assert refused.code == "not_found"
        assert ask(tmp_path, GoTo("home")) == PageShown("home")
        assert ask(tmp_path, ReadItem("homePage", "visible")) == ItemText("true")


def test_a_first_page_that_does_not_exist_is_said(tmp_path: Path) -> None:
    done = failed_start(tmp_path, "--headless", "--page", "nothing")
    assert done.returncode != 0
    assert "there is no page nothing" in done.stderr.splitlines()[-1]


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with screen(tmp_path):
        refused = ask(tmp_path, TakeScreenshot(str(tmp_path / "no" / "such" / "folder.png")))
        assert isinstance(refused, link.Failure)
        assert refused.code == "invalid_argument"


def test_the_watchdog_hears_that_the_loop_turns(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(TIMEOUT)
        variables = environment(tmp_path, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="200000")
        with subprocess.Popen(
            [sys.executable, "-c", RUN, "--headless"], env=variables, stderr=subprocess.DEVNULL
        ) as one:
            try:
                beats = 0
                deadline = time.monotonic() + TIMEOUT
                while beats < 5 and time.monotonic() < deadline:
                    beats += manager.recv(4096) == b"WATCHDOG=1"
                assert beats == 5
            finally:
                one.kill()


def failed_start(folder: Path, *switches: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *switches],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


def test_without_a_display_it_says_what_to_do(tmp_path: Path) -> None:
    done = failed_start(tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "ivi hmi: no display (run with --headless or set QT_QPA_PLATFORM=offscreen)"
    )


def test_a_second_copy_says_that_one_runs_already(tmp_path: Path) -> None:
    with screen(tmp_path):
        done = failed_start(tmp_path, "--headless")
        assert done.returncode == 6
        assert "another copy serves" in done.stderr.splitlines()[-1]
        assert isinstance(ask(tmp_path, GetStatus()), ProcessStatus)


@pytest.mark.parametrize("size", ["1280", "axb", "10x10", "1280x"])
def test_a_size_that_is_none_is_refused(tmp_path: Path, size: str) -> None:
    done = failed_start(tmp_path, "--headless", "--size", size)
    assert done.returncode == 2
    assert "is not a size" in done.stderr
