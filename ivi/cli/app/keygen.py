# SPDX-License-Identifier: Apache-2.0
"""`ivi app keygen`."""

import argparse
from pathlib import Path

from ivi.apphost.package import keys, trust


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app keygen`."""
    parser = argparse.ArgumentParser(
        prog="ivi app keygen", description="Make an Ed25519 key pair: NAME.key to sign with, NAME.pub to give away."
    )
    parser.add_argument("name", type=Path, metavar="NAME", help="where to, e.g. ~/keys/publisher")
    parser.add_argument(
        "--trust", action="store_true", help="for development: have this device take apps that the new key signed"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app keygen`."""
    arguments = build_parser().parse_args(argv)
    name: Path = arguments.name.expanduser()
    private, public = name.with_name(f"{name.name}.key"), name.with_name(f"{name.name}.pub")
    key = keys.PrivateKey.generate()
    keys.write_pair(key, private, public)
    print(f"made   {private}  keep it secret: who has it can sign in your name")
    print(f"       {public}  give it to the store")
    print(f"key    {key.public.hex}")
    print(f"id     {key.public.id}")
    if arguments.trust:
        print(f"listed {trust.add_developer(name.name, key.public)}  this device takes apps that it signed")
        if not trust.load().developer_mode:
            print(f"note   developer mode is off in {trust.trust_file()}: they are refused until it is on")
    return 0
