# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet.updates`: from nothing to a car that takes what it was assigned."""

import time
from pathlib import Path

import pytest

from ivi.cloud.updates.look import Repositories
from ivi.cloud.updates.settings import Settings
from ivi.fleet.updates.__main__ import main


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Repositories without targets."""
    folder = tmp_path / "fleet"
    assert main([str(folder), "init"]) == 0
    return folder


def test_from_nothing_to_a_car(fleet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys are private, the newest root needs two of three signatures, and the car sees what it is to have."""
    import sys  # noqa: PLC0415  # the lab lies beside the benchmarks

    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "performance"))
    from update_lab import WebServer, serving  # noqa: PLC0415  # after the path above

    file = tmp_path / "body.dbc"
    file.write_text("VERSION 1")
    run = [str(fleet)]
    assert main([*run, "delegate", "partner", "apps/partner/*"]) == 0
    assert main([*run, "add", str(file), "dbc/oem/body-1.dbc", "--name", "body", "--release", "1"]) == 0
    wrong = [*run, "add", str(file), "dbc/oem/x.dbc", "--name", "x", "--release", "1", "--as", "partner"]
    assert main(wrong) == 5
    assert "may not sign" in capsys.readouterr().err
    assert main([*run, "assign", "car-1", "dbc/oem/body-1.dbc", "--job", "spring"]) == 0
    assert main([*run, "assign", "car-1", "dbc/oem/nothing", "--job", "spring"]) == 3
    assert main([*run, "list"]) == 0
    assert "dbc/oem/body-1.dbc  9" in capsys.readouterr().out
    assert all(path.stat().st_mode & 0o077 == 0 for path in (fleet / "keys").iterdir())
    (fleet / "keys" / "root1.pem").rename(tmp_path / "root1.pem")
    (fleet / "keys" / "root2.pem").rename(tmp_path / "root2.pem")
    assert main([*run, "rotate", "timestamp", "--add", "timestamp2", "--remove", "timestamp"]) == 0
    assert "root waits" in capsys.readouterr().out
    assert main([*run, "sign", "root", str(tmp_path / "root1.pem")]) == 0
    assert "published" in capsys.readouterr().out
    assert main([*run, "rotate", "director", "--add", "director2", "--remove", "director"]) == 0
    assert main([*run, "assign", "car-1", "dbc/oem/body-1.dbc", "--job", "summer"]) == 0

    def look(server: WebServer) -> None:
        image, director = ((fleet / "car" / f"{name}-root.json").read_bytes() for name in ("image", "director"))
        settings = Settings(f"{server.url}/image", f"{server.url}/director", image, director)
        car = Repositories(settings, tmp_path / "car", "car-1")
        try:
            wanted = car.read(time.time())
        finally:
            car.close()
        assert (wanted.job, [one.path for one in wanted.artefacts]) == ("summer", ["dbc/oem/body-1.dbc"])

    with serving(fleet / "web") as server:
        look(server)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["init"], 2),
        (["key", "root1"], 2),
        (["sign", "root", "nothing.pem"], 3),
        (["add", __file__, "firmware/oem/x", "--name", "x", "--release", "1"], 5),
        (["add", __file__, "dbc/oem/x", "--name", "X X", "--release", "1"], 5),
        (["assign", "car/1", "--job", "x"], 2),
    ],
)
def test_what_is_refused(fleet: Path, words: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(fleet), *words]) == status
    assert capsys.readouterr().err.startswith("ivi.fleet.updates: ")
