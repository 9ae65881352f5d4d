# SPDX-License-Identifier: Apache-2.0
"""New apps: names, files, and that each starter is an app without findings."""

from pathlib import Path

import pytest

from ivi.apphost import scaffold
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.check import static
from ivi.apphost.manifest import load
from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.vss.loader import load_catalogue


@pytest.fixture(scope="session")
def signals() -> SignalCatalogue:
    catalogue = load_catalogue()
    return SignalCatalogue(catalogue.get(path) for path in catalogue)


@pytest.mark.parametrize("kind", scaffold.kinds())
def test_a_new_app_has_no_findings(kind: str, tmp_path: Path, signals: SignalCatalogue) -> None:
    naming, files = scaffold.create(tmp_path / "tyre-check", kind, "com.partner.tyres")
    manifest = load(tmp_path / "tyre-check")
    assert (manifest.app.id, manifest.app.name) == ("com.partner.tyres", "Tyre check")
    assert manifest.app.entry == "tyre_check.app:TyreCheck"
    assert naming.title == "Tyre check"
    assert {"app.py", "README.md"} <= {path.name for path in files}
    texts = "".join(path.read_text() for path in (tmp_path / "tyre-check").rglob("*") if path.is_file())
    assert "tarter" not in texts
    assert "SPDX" not in texts
    assert list(static.check(tmp_path / "tyre-check", signals)) == []


def test_all_kinds_are_offered() -> None:
    assert scaffold.kinds() == ["charging", "list", "media"]


@pytest.mark.parametrize("name", ["Tyre", "tyre check", "9tyres", "tyre--check", "x" * 33, "-tyre", "tyrê"])
def test_a_name_that_no_app_can_have(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="is no name for an app"):
        scaffold.create(tmp_path / name, "list")


@pytest.mark.parametrize("name", ["calendar", "queue", "ivi"])
def test_a_name_that_python_or_the_sdk_has(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="a module of that name"):
        scaffold.create(tmp_path / name, "list")
    assert not (tmp_path / name).exists()


def test_an_id_that_no_app_can_have(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="is no id"):
        scaffold.create(tmp_path / "tyres", "list", "Partner")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "tyres").mkdir()
    (tmp_path / "tyres" / "app.py").write_text("mine")
    with pytest.raises(ConfigurationError, match="is there already"):
        scaffold.create(tmp_path / "tyres", "list")
    assert (tmp_path / "tyres" / "app.py").read_text() == "mine"
