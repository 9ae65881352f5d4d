# SPDX-License-Identifier: Apache-2.0
"""What a store takes into its catalogue, and what it refuses."""

from pathlib import Path

import pytest
from store_lab import APP, LISTING, Shopkeeper

from ivi.apphost.package.keys import PrivateKey
from ivi.cli.app import publish
from ivi.fleet.appstore import demo_packages
from ivi.fleet.appstore.publishing import AppStore
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError, PermissionDeniedError


def test_a_newer_version_takes_the_place_of_the_older(keeper: Shopkeeper) -> None:
    keeper.publish("1.0.0")
    newer = keeper.publish("1.1.0")
    assert keeper.store.entries() == [newer]


@pytest.mark.parametrize("version", ["1.0.0", "0.9.0"])
def test_the_same_or_an_older_version_is_refused(keeper: Shopkeeper, version: str) -> None:
    keeper.publish("1.0.0")
    with pytest.raises(InvalidArgumentError, match="in the catalogue already"):
        keeper.publish(version)


def test_a_package_that_no_car_would_take_is_refused(keeper: Shopkeeper) -> None:
    path = keeper.package(key=PrivateKey.generate())
    with pytest.raises(PermissionDeniedError):
        keeper.store.publish([path], "partner", keeper.trust)
    assert keeper.store.entries() == []


@pytest.mark.parametrize(
    "listing",
    [
        "",
        "category = 1",
        LISTING.replace("tools", "games"),
        LISTING.replace("en = ", "xx = "),
        LISTING.replace('"star"', '"../star"'),
        LISTING + "\nmore = 1",
        "category = ",
    ],
)
def test_a_listing_that_cannot_be_shown_is_refused(keeper: Shopkeeper, listing: str) -> None:
    path = keeper.package(listing=listing)
    with pytest.raises(InvalidArgumentError, match=r"store\.toml"):
        keeper.store.publish([path], "partner", keeper.trust)


def test_a_publisher_that_nobody_delegated_to_is_refused(keeper: Shopkeeper) -> None:
    with pytest.raises(IviError):
        keeper.store.publish([keeper.package()], "stranger", keeper.trust)
    assert keeper.store.entries() == []


def test_the_command_publishes_lists_and_withdraws(
    keeper: Shopkeeper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IVI_TRUST_FILE", str(keeper.trust_file))
    repository = ["--repository", str(keeper.folder)]
    assert publish.main([str(keeper.package()), *repository, "--as", "partner", "--list"]) == 0
    assert capsys.readouterr().out.count(APP) == 2
    assert publish.main([*repository, "--withdraw", APP, "--list"]) == 0
    assert capsys.readouterr().out == f"withdrawn  {APP}\n"
    with pytest.raises(NotFoundError):
        publish.main([*repository, "--withdraw", APP])
    with pytest.raises(InvalidArgumentError, match="whose packages"):
        publish.main([str(keeper.package()), *repository])


def test_the_demos_store_is_made_once_and_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    for port in (1, 2):
        demo_packages.prepare(tmp_path / "store", f"http://127.0.0.1:{port}")
        text = (tmp_path / "store" / "car" / "updates.toml").read_text()
        assert f"127.0.0.1:{port}/image" in text
    store = AppStore(tmp_path / "store" / "repository")
    entries = store.entries()
    offered = {"dev.ivi.breaks", "dev.ivi.departure", "dev.ivi.guide", "dev.ivi.trips"}
    assert {entry.id for entry in entries} == offered
    assert all(set(entry.summary) == {"en", "de", "fr", "ja", "ar"} for entry in entries)
