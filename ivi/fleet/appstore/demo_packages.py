# SPDX-License-Identifier: Apache-2.0
"""Builds, signs and publishes the demo's apps; see ivi.fleet.appstore.demo. Everything is made once and used again."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivi.apphost.package import builder, keys, metadata, signing, trust
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.metadata import ENDORSEMENT_TYPE, Endorsement
from ivi.apphost.package.signing import Envelope
from ivi.daemon.paths import make_private, resource
from ivi.fleet.appstore.demo import CAR, PACKAGES, REPOSITORY, TRUST, UPDATES
from ivi.fleet.appstore.publishing import AppStore
from ivi.fleet.updates.repository import write
from ivi.model.errors import ConfigurationError, IviError

PUBLISHER, STORE = "dev.ivi", "store"
AUTHOR = "The ivi project"
ROLE = "ivi"
VALID = timedelta(days=365)  # of the endorsement
NICENESS = 15  # the start of everything else goes first


def prepare(folder: Path, url: str) -> None:
    """Make what is missing, renew what would expire, and say last where the car finds it. Raises IviError."""
    store = AppStore(folder / REPOSITORY)
    make_private(folder / PACKAGES)
    if not (folder / CAR / "image-root.json").exists():
        roots = [store.keys.obtain(f"root{number}") for number in (1, 2, 3)]
        roles = {role: store.keys.obtain(role) for role in ("targets", "snapshot", "timestamp")}
        root = store.repository.create(roots, roles)
        store.repository.delegate(ROLE, [f"apps/{ROLE}/*"], [store.keys.obtain(ROLE)])
        write(folder / CAR / "image-root.json", root)
    publisher, endorsement = _identity(folder)
    trusted = _trust(folder)
    listed = {entry.id: entry.version for entry in store.entries()}
    packages = _packages(folder, publisher, endorsement, listed)
    if packages:
        store.publish(packages, ROLE, trusted)
    else:
        store.repository.publish(again=True)  # the timestamp is for two days
    text = f'image_url = "{url}/image"\nimage_root = "image-root.json"\n'
    write(folder / CAR / UPDATES, text.encode())


def _identity(folder: Path) -> tuple[PrivateKey, Envelope]:
    """The publisher's key, and the store's word for it."""
    store, publisher = (_key(folder / REPOSITORY / f"{name}.key") for name in ("shop", "publisher"))
    said = Endorsement(
        expires=metadata.time_text(datetime.now(UTC) + VALID),
        format=metadata.FORMAT,
        key=publisher.public.hex,
        name=AUTHOR,
        namespaces=[PUBLISHER],
        publisher=PUBLISHER,
    )
    text = f'developer_mode = true\n\n[[store]]\nname = "The demo\'s store"\nkey = "{store.public.hex}"\n'
    write(folder / CAR / TRUST, text.encode())
    return publisher, signing.seal(said, ENDORSEMENT_TYPE, store)


def _key(path: Path) -> PrivateKey:
    if not path.exists():
        make_private(path.parent)
        keys.write_pair(PrivateKey.generate(), path, path.with_suffix(".pub"))
    return keys.load_private(path)


def _trust(folder: Path) -> trust.Trust:
    return trust.load(folder / CAR / TRUST)


def _packages(folder: Path, key: PrivateKey, endorsement: Envelope, listed: dict[str, str]) -> list[Path]:
    """The apps of plugins/offered that are not listed in their version yet."""
    made = []
    for place in sorted((resource("plugins") / "offered").glob("*/manifest.toml")):
        built = builder.build(place.parent)
        app = built.manifest.app
        if listed.get(app.id) != app.version:
            path = folder / PACKAGES / f"{app.id}-{app.version}.ivp"
            builder.write(built, path, key, endorsement)
            made.append(path)
    return made


def main(argv: list[str]) -> int:
    """Run once; returns the exit status, and says on stdout what went wrong."""
    os.nice(NICENESS)
    try:
        prepare(Path(argv[0]), argv[1])
    except (IviError, OSError) as error:
        sys.stdout.write(f"{error}\n")
        return error.exit_code if isinstance(error, IviError) else ConfigurationError.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
