# SPDX-License-Identifier: Apache-2.0
"""`ivi app sign`."""

import argparse
from pathlib import Path

from ivi.apphost.package import builder, canonical, metadata, signing
from ivi.apphost.package.keys import PrivateKey, load_private
from ivi.apphost.package.metadata import Endorsement
from ivi.apphost.package.signing import Envelope
from ivi.model.errors import ConfigurationError, InvalidArgumentError

MAX_ENDORSEMENT = 32 << 10  # bytes


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app sign`."""
    parser = argparse.ArgumentParser(prog="ivi app sign", description="Sign a package, in place of an older signature.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the package")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the signed one (default: in its place)")
    add_key_arguments(parser, required=True)
    return parser


def add_key_arguments(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Switches that `pack` and `sign` share."""
    parser.add_argument(
        "--key", type=Path, required=required, metavar="FILE", help="your private key, NAME.key of `ivi app keygen`"
    )
    parser.add_argument(
        "--endorsement",
        type=Path,
        metavar="FILE",
        help="the store's word for your key; without it only devices take the app where the key is a developer's",
    )


def main(argv: list[str]) -> int:
    """Run `ivi app sign`."""
    arguments = build_parser().parse_args(argv)
    key = load_private(arguments.key)
    endorsement = load_endorsement(arguments.endorsement, key)
    out: Path = arguments.output or arguments.file
    meta = builder.sign(arguments.file, out, key, endorsement)
    print(f"signed  {meta.id} {meta.version}  {out}")
    print(f"        by key {key.public.id[:16]}, {standing(endorsement)}")
    return 0


def load_endorsement(path: Path | None, key: PrivateKey | None) -> Envelope | None:
    """Read the store's word; it has to be for this key. Whether a store signed it only a device can tell."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ENDORSEMENT)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check the path") from error
    envelope = canonical.decode(data, Envelope, str(path))
    stated = endorsement_of(envelope, str(path))
    if key is None or stated.key != key.public.hex:
        raise InvalidArgumentError(f"{path} is for another key", hint="sign with the key that the store endorsed")
    return envelope


def endorsement_of(envelope: Envelope, where: str) -> Endorsement:
    """What an endorsement says, unchecked."""
    if envelope.payload_type != metadata.ENDORSEMENT_TYPE:
        raise InvalidArgumentError(f"{where} is no endorsement", hint="it is the file of `ivi app endorse`")
    return canonical.decode(signing.content(envelope, where), Endorsement, where)


def standing(endorsement: Envelope | None) -> str:
    """Who stands behind a signature, in words."""
    if endorsement is None:
        return "for development: no store stands behind it"
    stated = endorsement_of(endorsement, "endorsement")
    return f"which the store endorsed for {stated.name} until {stated.expires}"
