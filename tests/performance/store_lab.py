# SPDX-License-Identifier: Apache-2.0
"""A store of apps as a fleet end makes it, with signed packages and the web server that can misbehave."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from update_lab import WebServer, serving

from ivi.apphost.package import builder, metadata, signing, trust
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.metadata import ENDORSEMENT_TYPE, Endorsement
from ivi.apphost.package.trust import Trust
from ivi.cloud.store.catalogue import Entry
from ivi.cloud.store.shop import Shop
from ivi.cloud.updates.settings import Settings
from ivi.fleet.appstore.publishing import AppStore

APP = "com.partner.hello"
MANIFEST = """[app]
id = "{app}"
name = "Hello"
version = "{version}"
sdk = ">=1,<2"
entry = "hello.app:Hello"

[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["main", "card"]
{more}"""
CODE = """from ivi.sdk import App, ListTemplate, Row


class Hello(App):
    def on_start(self) -> None:
        self.show(ListTemplate("Hello", [Row("hi", "Installed from the store")]))
"""
LISTING = """category = "tools"
icon = "star"

[summary]
en = "Says hello."
de = "Sagt Hallo."

[changes]
en = "Nothing but the number."
"""


class Shopkeeper:
    """Keys, repository and the store's own list of apps."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        """Make everything but apps."""
        self.folder = folder
        self.store = AppStore(folder, now)
        keys, repository = self.store.keys, self.store.repository
        roots = [keys.generate(f"root{number}") for number in (1, 2, 3)]
        roles = {role: keys.generate(role) for role in ("targets", "snapshot", "timestamp")}
        self.root = repository.create(roots, roles)
        repository.delegate("partner", ["apps/partner/*"], [keys.generate("partner")])
        repository.publish()
        self.shop_key, self.publisher = PrivateKey.generate(), PrivateKey.generate()
        self.trust_file = folder / "trust.toml"
        self.trust_file.write_text(f'[[store]]\nname = "A store"\nkey = "{self.shop_key.public.hex}"\n')

    @property
    def trust(self) -> Trust:
        """Of a car that believes this store."""
        return trust.load(self.trust_file)

    @property
    def web(self) -> Path:
        """What is served."""
        return self.folder / "web"

    def endorsement(self, namespace: str = "com.partner") -> signing.Envelope:
        """The store's word for the publisher."""
        said = Endorsement(
            expires=metadata.time_text(datetime.now(UTC) + timedelta(days=30)),
            format=metadata.FORMAT,
            key=self.publisher.public.hex,
            name="Partner Ltd",
            namespaces=[namespace],
            publisher="com.partner",
        )
        return signing.seal(said, ENDORSEMENT_TYPE, self.shop_key)

    def package(
        self, version: str = "1.0.0", *, more: str = "", listing: str = LISTING, key: PrivateKey | None = None
    ) -> Path:
        """A signed package."""
        number = len(list(self.folder.glob("source*")))
        source = self.folder / f"source{number}"
        source.mkdir()
        (source / "manifest.toml").write_text(MANIFEST.format(app=APP, version=version, more=more))
        (source / "app.py").write_text(CODE)
        if listing:
            (source / "store.toml").write_text(listing)
        path = self.folder / f"{number}.ivp"
        builder.write(builder.build(source), path, key or self.publisher, self.endorsement())
        return path

    def publish(self, version: str = "1.0.0") -> Entry:
        """Make an app and list it."""
        return self.store.publish([self.package(version)], "partner", self.trust)[0]

    def settings(self, server: WebServer) -> Settings:
        """For a car of this store."""
        return Settings(f"{server.url}/image", "", self.root, b"")


@contextmanager
def open_shop(keeper: Shopkeeper, folder: Path, *, look_timeout: float = 30.0) -> Iterator[tuple[Shop, WebServer]]:
    """A car's side and the web server, between start and end."""
    with serving(keeper.web) as server:
        folder.mkdir(exist_ok=True)
        shop = Shop(keeper.settings(server), folder, look_timeout=look_timeout, stall=10.0)
        try:
            yield shop, server
        finally:
            shop.close()
