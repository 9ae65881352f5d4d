# SPDX-License-Identifier: Apache-2.0
"""The car's side of the store against real keys, files and sockets, and servers that mean well or do not."""

import asyncio
import hashlib
import shutil
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import pytest
from store_lab import APP, Shopkeeper, open_shop
from update_lab import WebServer, serving

from ivi.cloud.store.catalogue import PATH, Catalogue, Entry
from ivi.cloud.store.shop import Shop
from ivi.cloud.updates.artefact import Kind
from ivi.cloud.updates.budget import meter
from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.fleet.appstore.publishing import ROLE
from ivi.model.errors import NotFoundError, UnavailableError

DAY = 86_400.0  # seconds

type Piece = Callable[[Shop, WebServer], Coroutine[None, None, None]]


def play(keeper: Shopkeeper, folder: Path, piece: Piece) -> None:
    with open_shop(keeper, folder / "car") as (shop, server):
        asyncio.run(piece(shop, server))


async def refused(work: Awaitable[object]) -> Why:
    with pytest.raises(UpdateRefusedError) as caught:
        await work
    return caught.value.why


def test_what_was_published_is_listed_and_fetched(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        found, made = await shop.look(time.time())
        assert found.apps == [entry]
        assert made > 0
        assert (entry.author, entry.category, entry.summary["de"]) == ("Partner Ltd", "tools", "Sagt Hallo.")
        path = await shop.fetch(entry, time.time())
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256

    play(keeper, tmp_path, piece)


def test_looking_does_not_tell_what_is_looked_at(keeper: Shopkeeper, tmp_path: Path) -> None:
    keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        await shop.look(time.time())
        assert not any(APP in path for path, _ in server.asked)

    play(keeper, tmp_path, piece)


def test_a_cut_download_goes_on_where_it_was(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        await shop.look(time.time())
        server.mischief.cut_after, server.mischief.cuts = 1500, 1  # more than the timestamp has, less than the package
        with pytest.raises(UnavailableError):
            await shop.fetch(entry, time.time())
        assert shop.stage.has(entry.artefact) == 1500
        await shop.fetch(entry, time.time())
        assert "bytes=1500-" in [asked for _, asked in server.asked]

    play(keeper, tmp_path, piece)


def test_without_a_network_the_last_catalogue_is_there(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()

    async def look(shop: Shop, server: WebServer) -> None:
        await shop.look(time.time())

    async def again(shop: Shop, server: WebServer) -> None:
        server.mischief.replace = {}
        server.folder = tmp_path / "nothing"
        with pytest.raises(UnavailableError):
            await shop.look(time.time())
        kept = shop.kept()
        assert kept is not None
        assert kept.apps == [entry]

    play(keeper, tmp_path, look)
    play(keeper, tmp_path, again)


def test_a_repository_without_a_store_says_so(keeper: Shopkeeper, tmp_path: Path) -> None:
    async def piece(shop: Shop, server: WebServer) -> None:
        with pytest.raises(NotFoundError):
            await shop.look(time.time())
        assert shop.kept() is None

    play(keeper, tmp_path, piece)


def test_an_older_catalogue_is_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    keeper.publish("1.0.0")
    shutil.copytree(keeper.web, tmp_path / "old")
    newer = keeper.publish("1.1.0")

    async def piece(shop: Shop, server: WebServer) -> None:
        assert (await shop.look(time.time()))[0].apps == [newer]
        server.folder = tmp_path / "old"
        assert await refused(shop.look(time.time())) is Why.ROLLED_BACK
        kept = shop.kept()
        assert kept is not None
        assert kept.apps == [newer]

    play(keeper, tmp_path, piece)


def test_a_frozen_store_is_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        await shop.look(time.time())
        assert await refused(shop.look(time.time() + 3 * DAY)) is Why.EXPIRED

    play(keeper, tmp_path, piece)


def test_a_catalogue_of_another_key_is_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    keeper.publish()
    (tmp_path / "thief").mkdir()
    thief = Shopkeeper(tmp_path / "thief")
    thief.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        server.folder = thief.web
        assert await refused(shop.look(time.time())) is Why.UNSIGNED

    play(keeper, tmp_path, piece)


@pytest.mark.parametrize(
    ("content", "why"), [(b"{}", Why.ALTERED), (b"x" * 100_000, Why.ENDLESS)], ids=["altered", "longer"]
)
def test_an_altered_catalogue_is_refused(keeper: Shopkeeper, tmp_path: Path, content: bytes, why: Why) -> None:
    keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        server.mischief.replace = {"catalogue.json": content}
        assert await refused(shop.look(time.time())) is why

    play(keeper, tmp_path, piece)


def test_an_endless_catalogue_ends(keeper: Shopkeeper, tmp_path: Path) -> None:
    keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        server.mischief.endless = "catalogue.json"
        assert await refused(shop.look(time.time())) is Why.ENDLESS

    play(keeper, tmp_path, piece)


def test_a_swapped_package_is_refused_and_nothing_stays(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        await shop.look(time.time())
        server.mischief.replace = {".ivp": b"P" * entry.size}
        assert await refused(shop.fetch(entry, time.time())) is Why.ALTERED
        assert shop.stage.has(entry.artefact) == 0
        server.mischief.replace = {".ivp": b"P" * (entry.size + 1)}
        assert await refused(shop.fetch(entry, time.time())) is Why.ENDLESS

    play(keeper, tmp_path, piece)


def listed(keeper: Shopkeeper, entry: Entry) -> None:
    """What a thief of the store's key alone can do: list anything."""
    data = msgspec.json.encode(Catalogue(format=1, made=int(time.time()), apps=[entry]))
    file = keeper.folder / "forged.json"
    file.write_bytes(data)
    one = replace(entry.artefact, path=PATH, kind=Kind.STORE, name="apps", version="9")
    keeper.store.repository.add([(one, file)], ROLE)
    keeper.store.repository.publish()


def test_a_package_that_its_publisher_did_not_sign_is_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()
    listed(keeper, msgspec.structs.replace(entry, sha256="0" * 64))

    async def piece(shop: Shop, server: WebServer) -> None:
        (found,) = (await shop.look(time.time()))[0].apps
        assert await refused(shop.fetch(found, time.time())) is Why.MISMATCH

    play(keeper, tmp_path, piece)


def test_a_package_that_nobody_signed_is_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    entry = keeper.publish()
    listed(keeper, msgspec.structs.replace(entry, path="apps/nobody/x.ivp"))

    async def piece(shop: Shop, server: WebServer) -> None:
        (found,) = (await shop.look(time.time()))[0].apps
        assert await refused(shop.fetch(found, time.time())) is Why.NOT_THERE

    play(keeper, tmp_path, piece)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "two\nlines"},
        {"icon": "../x"},
        {"summary": {}},
        {"summary": {"english": "x"}},
        {"path": "models/partner/x.ivp"},
        {"path": "../x"},
        {"version": "1"},
        {"size": 0},
        {"size": 1 << 40},
        {"category": "games"},
    ],
    ids=str,
)
def test_a_signed_catalogue_that_cannot_be_shown_is_refused(
    keeper: Shopkeeper, tmp_path: Path, change: dict[str, object]
) -> None:
    entry = keeper.publish()
    data = msgspec.json.encode(msgspec.to_builtins(entry) | change)
    keeper_entry = msgspec.json.decode(data)
    file = keeper.folder / "forged.json"
    file.write_bytes(msgspec.json.encode({"format": 1, "made": 1, "apps": [keeper_entry]}))
    one = replace(entry.artefact, path=PATH, kind=Kind.STORE, name="apps", version="9")
    keeper.store.repository.add([(one, file)], ROLE)
    keeper.store.repository.publish()

    async def piece(shop: Shop, server: WebServer) -> None:
        assert await refused(shop.look(time.time())) is Why.MALFORMED

    play(keeper, tmp_path, piece)


def test_what_the_driver_wishes_is_counted_and_not_refused(keeper: Shopkeeper, tmp_path: Path) -> None:
    """The day's bytes are used up: an update has to wait, an app that the driver chose comes and is counted."""
    entry = keeper.publish()
    journal, now = Journal(tmp_path / "journal.db"), time.time()
    journal.add_traffic(1000, now)
    assert meter(journal, 1000, now)(0) == 0

    async def piece(shop: Shop, server: WebServer) -> None:
        await shop.look(now)
        looked = journal.traffic(now)
        assert looked > 1000  # the catalogue
        await shop.fetch(entry, now)
        assert journal.traffic(now) == looked + entry.size
        await shop.fetch(entry, now)
        assert journal.traffic(now) == looked + entry.size  # it is here already

    with serving(keeper.web) as server:
        (tmp_path / "car").mkdir()
        shop = Shop(keeper.settings(server), tmp_path / "car", count=partial(meter, journal, 0))
        try:
            asyncio.run(piece(shop, server))
        finally:
            shop.close()
            journal.close()
