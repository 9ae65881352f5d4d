# SPDX-License-Identifier: Apache-2.0
"""The cloud process as it runs in a car, with updates set up: `ivi update` talks to it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "performance"))
DEADLINE = 40.0  # seconds


@pytest.fixture
def environment(tmp_path: Path, run_dir: Path) -> Iterator[dict[str, str]]:
    """A fleet with a DBC file for the car, and updates.toml."""
    from update_lab import Clock, Fleet, a_file, serving  # noqa: PLC0415  # after the path above

    fleet = Fleet(tmp_path / "fleet", Clock())
    fleet.assign(fleet.add(a_file(), b"VERSION 1"))
    with serving(fleet.web) as server:
        settings = tmp_path / "updates.toml"
        settings.write_text(f'image_url = "{server.url}/image"\ndirector_url = "{server.url}/director"\n')
        (tmp_path / "image-root.json").write_bytes(fleet.image_root)
        (tmp_path / "director-root.json").write_bytes(fleet.director_root)
        yield {
            **os.environ,
            "IVI_UPDATES_FILE": str(settings),
            "IVI_RUNTIME_DIR": str(run_dir),
            "IVI_STATE_DIR": str(run_dir.parent / "state"),
            "PYTHONPATH": str(ROOT),
        }


def ivi(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """The command line."""
    command = [sys.executable, "-m", "ivi", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)


def test_the_cloud_process_updates(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "ivi.manager.entry.cloud", "--broker", "127.0.0.1:9", "--vehicle", "car-1"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            until = time.monotonic() + DEADLINE
            while "waits" not in (said := ivi(environment, "update", "check")).stdout:
                assert time.monotonic() < until, said
                time.sleep(0.1)
            assert "dbc/body" in said.stdout
            assert "the driving state is not known" in said.stdout
            assert "agreed     yes" in ivi(environment, "update", "apply").stdout
            refused = ivi(environment, "update", "rollback")
            assert (refused.returncode, "not now" in refused.stderr) == (6, True)
            history = ivi(environment, "update", "history")
            assert "software   IVI-" in history.stdout
            assert "history    intact" in history.stdout
        finally:
            process.terminate()
    assert process.returncode == 0


def test_the_databroker_reads_what_was_updated(environment: dict[str, str]) -> None:
    """An updated DBC file stands in the place of the one that ships: a broken one is what is complained about."""
    folder = Path(environment["IVI_STATE_DIR"]) / "updates" / "current" / "dbc" / "ivi_ev"
    folder.mkdir(parents=True)
    (folder / "ivi_ev.dbc").write_text("no DBC")
    command = [sys.executable, "-m", "ivi.manager.entry.databroker"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert str(folder) in done.stderr
