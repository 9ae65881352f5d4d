# SPDX-License-Identifier: Apache-2.0
"""`ivi app revocations`: a store makes lists of what it takes back, a device takes them in."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ivi.apphost.package import canonical, install, keys, metadata, revocation, trust
from ivi.apphost.package.registry import Shelf
from ivi.apphost.package.revocation import RevocationList
from ivi.cli.app import running
from ivi.model.errors import ConfigurationError, InvalidArgumentError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app revocations`."""
    parser = argparse.ArgumentParser(
        prog="ivi app revocations", description="What stores take back: apps, versions, publishers' keys."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("show", help="what this device knows")
    taking = actions.add_parser("take", help="take a store's list in; running apps that it names end")
    taking.add_argument("file", type=Path, metavar="FILE")
    making = actions.add_parser("make", help="for a store: sign a list; each is the whole list")
    making.add_argument("--key", type=Path, required=True, metavar="FILE", help="the store's private key")
    making.add_argument("--sequence", type=int, required=True, metavar="N", help="greater than in all lists before")
    making.add_argument("--app", action="append", default=[], metavar="ID=REASON")
    making.add_argument("--publisher-key", action="append", default=[], metavar="KEYID=REASON")
    making.add_argument("--below", action="append", default=[], metavar="ID=VERSION=REASON", help="all lower versions")
    making.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app revocations`."""
    arguments = build_parser().parse_args(argv)
    return {"show": _show, "take": _take, "make": _make}[arguments.action](arguments)


def _show(_arguments: argparse.Namespace) -> int:
    known = trust.load()
    lists = revocation.read_all(Shelf().read().revocations, known).lists
    for store, listed in lists.items():
        print(f"{known.names[store]}: list {listed.sequence} of {listed.issued}")
        for line in _lines(listed):
            print(f"  {line}")
    if not lists:
        print("no store has taken anything back")
    return 0


def _take(arguments: argparse.Namespace) -> int:
    try:
        with arguments.file.open("rb") as file:
            data = file.read(revocation.MAX_FILE)
    except OSError as error:
        raise ConfigurationError(f"cannot read {arguments.file}: {error.strerror}", hint="check the path") from error
    listed = install.take_revocations(revocation.decode(data, str(arguments.file)), trust.load(), Shelf())
    print(f"taken in  list {listed.sequence} of {listed.issued}")
    for line in _lines(listed):
        print(f"          {line}")
    running.tell_changed()
    return 0


def _make(arguments: argparse.Namespace) -> int:
    versions = {}
    for text in arguments.below:
        app_id, rest = _pair(text, "ID=VERSION=REASON")
        lowest, reason = _pair(rest, "ID=VERSION=REASON")
        metadata.version_of(lowest, text)
        versions[app_id] = (lowest, reason)
    envelope = revocation.make(
        keys.load_private(arguments.key),
        sequence=arguments.sequence,
        issued=datetime.now(UTC),
        apps=dict(_pair(text, "ID=REASON") for text in arguments.app),
        keys=dict(_pair(text, "KEYID=REASON") for text in arguments.publisher_key),
        versions=versions,
    )
    try:
        arguments.output.write_bytes(canonical.encode(envelope))
    except OSError as error:
        raise ConfigurationError(f"cannot write {arguments.output}: {error.strerror}", hint="check the path") from error
    print(f"signed  list {arguments.sequence}  {arguments.output}")
    return 0


def _lines(listed: RevocationList) -> list[str]:
    return [
        *(f"{app_id}: {reason}" for app_id, reason in listed.apps.items()),
        *(f"{app_id} below {old.below}: {old.reason}" for app_id, old in listed.versions.items()),
        *(f"key {key[:16]}: {reason}" for key, reason in listed.keys.items()),
    ]


def _pair(text: str, form: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not (key and separator and value):
        raise InvalidArgumentError(f"{text!r} is not {form}", hint="the reason is what the driver reads")
    return key, value
