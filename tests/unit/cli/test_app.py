# SPDX-License-Identifier: Apache-2.0
"""`ivi app …` from a key to an app on a device, and what it says when something is wrong."""

import json
from pathlib import Path

import pytest

from ivi.cli.main import main

MANIFEST = """[app]
id = "com.partner.weather"
name = "Weather"
version = "{}"
sdk = ">=1"
entry = "weather.app:Weather"

[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Exterior.AirTemperature"]
reason = "compares inside and outside"
optional = true
"""
APP = "com.partner.weather"


class Desk:
    """A publisher's, a store's and a driver's folder, and the commands they type."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def run(self, *words: str) -> str:
        """A command that has to work; what it printed."""
        status, out, error = self.tried(*words)
        assert status == 0, error
        return out

    def tried(self, *words: str) -> tuple[int, str, str]:
        status = main(["app", *words])
        said = self._capsys.readouterr()
        return status, said.out, said.err

    def app(self, version: str) -> str:
        folder = self.folder / f"weather-{version}"
        folder.mkdir()
        (folder / "manifest.toml").write_text(MANIFEST.format(version))
        (folder / "app.py").write_text("class Weather:\n    pass\n")
        return str(folder)

    def endorsed(self) -> list[str]:
        """Keys of a publisher and of a store that this device trusts; the words that sign with them."""
        self.run("keygen", "store")
        self.run("keygen", "me")
        key = next(line.split()[1] for line in self.run("keygen", "other").splitlines() if line.startswith("key"))
        assert len(key) == 64
        from ivi.apphost.package.keys import load_public  # noqa: PLC0415  # not what is tested

        store = load_public(Path("store.pub")).hex
        (self.folder / "trust.toml").write_text(f'[[store]]\nname = "Test store"\nkey = "{store}"\n')
        out = self.run(
            "endorse", "me.pub", "--key", "store.key", "--publisher", "com.partner", "--name", "Partner Ltd",
            "-o", "me.endorsement",
        )  # fmt: skip
        assert "endorsed  Partner Ltd (com.partner) until" in out
        return ["--key", "me.key", "--endorsement", "me.endorsement"]


@pytest.fixture
def desk(tmp_path: Path, run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("IVI_TRUST_FILE", str(tmp_path / "trust.toml"))
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def test_a_developers_afternoon(desk: Desk) -> None:
    assert "listed" in desk.run("keygen", "me", "--trust")
    assert (desk.folder / "me.key").stat().st_mode & 0o777 == 0o600
    assert "not signed yet" in desk.run("pack", desk.app("1.0.0"))
    package = f"{APP}-1.0.0.ivp"
    assert "no store stands behind it" in desk.run("sign", package, "--key", "me.key")
    out = desk.run("verify", package)
    assert "good    com.partner.weather 1.0.0  Weather" in out
    assert "vehicle.read  compares inside and outside (optional)" in out
    assert "it starts with the next `ivi run`" in desk.run("install", package)
    assert "signed by me, a developer's key of this device" in desk.run("verify", APP)
    out = desk.run("list")
    assert "on probation" in out
    assert "dev.ivi.media" in out
    assert "ivi does not run here" in out
    assert "and its data" in desk.run("remove", APP)
    assert APP not in desk.run("list")


def test_an_endorsed_update_and_the_way_back(desk: Desk) -> None:
    keys = desk.endorsed()
    for version in ("1.0.0", "1.1.0"):
        assert "the store endorsed for Partner Ltd" in desk.run(
            "pack", desk.app(version), "-o", f"{version}.ivp", *keys
        )
    assert "from Partner Ltd (com.partner)" in desk.run("install", "1.0.0.ivp")
    assert "in place of 1.0.0" in desk.run("install", "1.1.0.ivp")
    (row,) = [row for row in json.loads(desk.run("list", "--json")) if row["id"] == APP]
    assert (row["version"], row["previous"], row["trust"]) == ("1.1.0", "1.0.0", "on probation")
    assert "back to  com.partner.weather 1.0.0" in desk.run("rollback", APP, "--reason", "too slow")
    assert "1.1.0 was given up on" in desk.run("list")
    status, _, error = desk.tried("rollback", APP)
    assert status == 3
    assert "no version of com.partner.weather before 1.0.0" in error


def test_a_store_takes_an_app_back(desk: Desk) -> None:
    keys = desk.endorsed()
    desk.run("pack", desk.app("1.0.0"), "-o", "a.ivp", *keys)
    desk.run("install", "a.ivp")
    assert "no store has taken anything back" in desk.run("revocations", "show")
    make = ["revocations", "make", "--key", "store.key", "--app", f"{APP}=it tracked drivers", "-o"]
    desk.run(*make, "2.list", "--sequence", "2")
    desk.run(*make, "1.list", "--sequence", "1")
    assert "it tracked drivers" in desk.run("revocations", "take", "2.list")
    assert "Test store: list 2" in desk.run("revocations", "show")
    assert desk.tried("revocations", "take", "1.list")[0] == 5
    status, _, error = desk.tried("verify", APP)
    assert status == 4
    assert "taken back by the store: it tracked drivers" in error


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["install", "nothing.ivp"], 2, "cannot read nothing.ivp"),
        (["install", "."], 2, "no file"),
        (["install", "text.ivp"], 5, "text.ivp: end: "),
        (["verify", "com.partner.nothing"], 3, "neither a file nor an installed app"),
        (["remove", "com.partner.nothing"], 3, "not installed"),
        (["remove", "dev.ivi.media"], 4, "came with the program"),
        (["rollback", "com.partner.nothing"], 3, "not installed"),
        (["pack", "."], 2, "manifest.toml"),
        (["sign", "text.ivp", "--key", "nothing.key"], 2, "cannot read nothing.key"),
        (["revocations", "take", "text.ivp"], 5, "text.ivp"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(desk: Desk, words: list[str], status: int, said: str) -> None:
    (desk.folder / "text.ivp").write_text("this is a text and no package")
    found, out, error = desk.tried(*words)
    assert (found, out) == (status, "")
    assert said in error
    assert error.count("\n") == 1


def test_an_endorsement_for_another_key_is_seen_while_signing(desk: Desk) -> None:
    desk.endorsed()
    status, _, error = desk.tried("pack", desk.app("1.0.0"), "--key", "other.key", "--endorsement", "me.endorsement")
    assert status == 5
    assert "for another key" in error


def test_a_key_is_never_overwritten(desk: Desk) -> None:
    desk.run("keygen", "me")
    status, _, error = desk.tried("keygen", "me")
    assert status == 2
    assert "there already" in error
