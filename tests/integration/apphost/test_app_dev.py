# SPDX-License-Identifier: Apache-2.0
"""`ivi app dev` as its author sees it, and logs, start and stop from another terminal."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivi.apphost import scaffold

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 60.0  # seconds
END_LIMIT = 40.0  # seconds for everything to stop


class Dev:
    """A running `ivi app dev` and what it has printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ivi", "app", "dev", str(folder), "--text"],
            cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def until(self, pattern: str, after: int = 0) -> int:
        """Wait for a line and return the number of the next."""
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline:
            for number, line in enumerate(self.lines[after:], after):
                if re.search(pattern, line):
                    return number + 1
            time.sleep(0.02)
        raise AssertionError(f"no line like {pattern!r}:\n" + "\n".join(self.lines))

    def save(self, name: str, change: Callable[[str], str]) -> int:
        """Save a changed file; returns how many lines there were before."""
        path, before = self.folder / name, len(self.lines)
        path.write_text(change(path.read_text()))
        return before

    def end(self) -> int:
        """Ctrl-C, and the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(END_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status


@pytest.fixture
def dev(run_dir: Path, sandbox: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Dev]:
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(run_dir))  # the sandbox fixture has set a longer one
    scaffold.create(tmp_path / "tyres", "list")
    running = Dev(tmp_path / "tyres")
    yield running
    running.end()


def verb(*words: str) -> str:
    """Output of `ivi app WORDS`."""
    done = subprocess.run(
        [sys.executable, "-m", "ivi", "app", *words],
        cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_authors_hour(dev: Dev) -> None:
    dev.until(r"  runs    in its sandbox of \d+ layers")
    dev.until(r"  page    Tyres \(list\)")
    dev.until(r"Range  \d+ km")

    at = dev.save("strings/en.toml", lambda text: text.replace('title = "Tyres"', 'title = "Wheels"'))
    at = dev.until(r"  saved   strings/en\.toml$", at)
    at = dev.until(r"  runs    again after \d+\.\d\d s", at)
    dev.until(r"  page    Wheels \(list\)", at)

    at = dev.save("app.py", lambda text: text + "def broken(:\n")
    at = dev.until(r"  saved   app\.py, but it cannot run so", at)
    at = dev.until(r"app\.py:\d+: invalid syntax: def broken\(:", at)
    dev.until("the version before goes on", at)
    dev.until(r"Range  \d+ km", at)  # it does

    at = dev.save("manifest.toml", lambda text: text.replace("max_hz", "max_herz"))
    at = dev.until("app.py, manifest.toml, but it cannot run so|manifest.toml, but it cannot run so", at)
    at = dev.until(r"manifest\.toml:\d+: .*did you mean `max_hz`", at)
    dev.save("manifest.toml", lambda text: text.replace("max_herz", "max_hz"))

    at = dev.save(
        "app.py", lambda text: text.replace("def broken(:\n", "").replace('"Vehicle.TripDuration"', '"Vehicle.Speed"')
    )
    at = dev.until("  denied  Vehicle.Speed may not be read by com.example.tyres", at)
    at = dev.until(r'  paths = \["Vehicle\.Speed"\]', at)
    at = dev.until(r"  app     app\.py:\d+, in on_start", at)
    at = dev.until(r"  ended   it ended with status 1, see above \(app\.py:\d+\)", at)

    at = dev.save("manifest.toml", lambda text: text.replace('"Vehicle.TripDuration"', '"Vehicle.Speed"'))
    dev.until("  runs    again after", at)

    assert dev.end() == 0
    assert not any(line.startswith(("Traceback", "ivi app:")) for line in dev.lines)


def test_logs_start_and_stop_from_another_terminal(dev: Dev) -> None:
    dev.until("  runs    in its sandbox")
    at = len(dev.lines)
    assert "stopped  com.example.tyres" in verb("stop", "com.example.tyres")
    assert "started  com.example.tyres" in verb("start", "com.example.tyres")
    dev.until("  runs ", at)
    log = verb("logs", "com.example.tyres")
    assert [line.partition("  ")[2] for line in log.splitlines()][-3:] == [
        "car   stopped by driver: you stopped it", "car   starting", "car   running",
    ]  # fmt: skip
    assert verb("logs", "com.example.tyres", "-n", "1").count("\n") == 1
    follower = subprocess.Popen(
        [sys.executable, "-m", "ivi", "app", "logs", "com.example.tyres", "-f", "-n", "0"],
        cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert follower.stdout is not None
    try:
        dev.save(
            "app.py", lambda text: text.replace("self.refresh()", 'print("hello from the app"); self.refresh()', 1)
        )
        for line in follower.stdout:  # the test's own time limit ends a follower that is silent
            if line.rstrip().endswith("       hello from the app"):
                break
        else:
            pytest.fail("the follower ended")
    finally:
        follower.terminate()
        follower.wait()
        follower.stdout.close()
