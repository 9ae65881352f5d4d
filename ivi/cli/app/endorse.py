# SPDX-License-Identifier: Apache-2.0
"""`ivi app endorse`: what a store does for a publisher."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivi.apphost.package import canonical, keys, metadata, signing
from ivi.apphost.package.metadata import Endorsement
from ivi.model.errors import ConfigurationError

DAYS = 365  # of an endorsement, unless said otherwise


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app endorse`."""
    parser = argparse.ArgumentParser(
        prog="ivi app endorse",
        description="Sign a store's word: this key publishes for this publisher, below these names, for so long.",
    )
    parser.add_argument("public", type=Path, metavar="KEY", help="the publisher's public key, NAME.pub")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the store's private key")
    parser.add_argument("--publisher", required=True, metavar="ID", help="who, e.g. com.partner; for good")
    parser.add_argument("--name", required=True, metavar="TEXT", help="the publisher as drivers read it")
    parser.add_argument(
        "--namespace",
        action="append",
        metavar="ID",
        help="ids of its apps begin with this, may be repeated (default: the publisher's id)",
    )
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help="how long (default: %(default)s)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the endorsement")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app endorse`."""
    arguments = build_parser().parse_args(argv)
    namespaces = arguments.namespace or [arguments.publisher]
    for text in (arguments.publisher, *namespaces):
        metadata.check_id(text, "endorsement")
    endorsement = Endorsement(
        expires=metadata.time_text(datetime.now(UTC) + timedelta(days=arguments.days)),
        format=metadata.FORMAT,
        key=keys.load_public(arguments.public).hex,
        name=arguments.name,
        namespaces=namespaces,
        publisher=arguments.publisher,
    )
    envelope = signing.seal(endorsement, metadata.ENDORSEMENT_TYPE, keys.load_private(arguments.key))
    try:
        arguments.output.write_bytes(canonical.encode(envelope))
    except OSError as error:
        raise ConfigurationError(f"cannot write {arguments.output}: {error.strerror}", hint="check the path") from error
    print(f"endorsed  {arguments.name} ({arguments.publisher}) until {endorsement.expires}  {arguments.output}")
    print(f"          for {', '.join(namespaces)} and all ids below")
    return 0
