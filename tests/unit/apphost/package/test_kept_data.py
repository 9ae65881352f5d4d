# SPDX-License-Identifier: Apache-2.0
"""Removing an app without its data, and what a package has to be when somebody was told what it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.apphost.package import builder, install, trust
from ivi.apphost.package.install import Expected
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.registry import Shelf
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

APP = "com.partner.weather"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrivateKey:
    """A developer's key that this device takes apps from."""
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("IVI_TRUST_FILE", str(tmp_path / "none.toml"))
    key = PrivateKey.generate()
    trust.add_developer("Me", key.public)
    return key


def pack(folder: Path, key: PrivateKey) -> Path:
    path = folder.with_suffix(".ivp")
    builder.write(builder.build(folder), path, key)
    return path


def put_data(shelf: Shelf) -> Path:
    data = shelf.data(APP) / "data" / "notes"
    data.parent.mkdir(parents=True)
    data.write_text("mine")
    return data


def test_data_stay_for_the_same_publisher(mine: PrivateKey, app_folder: Callable[..., Path]) -> None:
    shelf, path = Shelf(), pack(app_folder(), mine)
    install.install(path, trust.load(), shelf)
    data = put_data(shelf)
    install.sweep(shelf, install.remove(APP, shelf, keep_data=True))
    assert data.read_text() == "mine"
    assert shelf.read().removed == []
    install.install(path, trust.load(), shelf)
    assert data.read_text() == "mine"
    assert not (shelf.data(APP) / install.KEPT).exists()


def test_another_publisher_never_sees_them(mine: PrivateKey, app_folder: Callable[..., Path]) -> None:
    shelf, folder = Shelf(), app_folder()
    install.install(pack(folder, mine), trust.load(), shelf)
    data = put_data(shelf)
    install.sweep(shelf, install.remove(APP, shelf, keep_data=True))
    other = PrivateKey.generate()
    trust.add_developer("Somebody else", other.public)
    install.install(pack(folder, other), trust.load(), shelf)
    assert not data.exists()


def test_data_that_were_kept_go_with_a_removal_that_does_not_keep_them(
    mine: PrivateKey, app_folder: Callable[..., Path]
) -> None:
    shelf, path = Shelf(), pack(app_folder(), mine)
    install.install(path, trust.load(), shelf)
    data = put_data(shelf)
    (shelf.data(APP) / install.KEPT).write_text("left by a power cut")
    install.sweep(shelf, install.remove(APP, shelf))
    assert not data.exists()


def test_a_package_that_asks_for_something_else_is_refused(mine: PrivateKey, app_folder: Callable[..., Path]) -> None:
    shelf, folder = Shelf(), app_folder()
    path = pack(folder, mine)
    digest = hashlib.sha256((folder / "manifest.toml").read_bytes()).hexdigest()
    with pytest.raises(PermissionDeniedError, match="asks for something else"):
        install.install(path, trust.load(), shelf, (), Expected(APP, "1.0.0", "0" * 64))
    for wrong in (Expected("com.partner.other", "1.0.0", digest), Expected(APP, "2.0.0", digest)):
        with pytest.raises(InvalidArgumentError, match="said to be"):
            install.install(path, trust.load(), shelf, (), wrong)
    assert shelf.read().apps == {}
    install.install(path, trust.load(), shelf, (), Expected(APP, "1.0.0", digest))
    assert shelf.read().apps[APP].current.version == "1.0.0"
