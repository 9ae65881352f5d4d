# SPDX-License-Identifier: Apache-2.0
"""`ivi app remove`."""

import argparse

from ivi.apphost.package import install, installed
from ivi.apphost.package.registry import Shelf
from ivi.cli.app import running
from ivi.model.errors import PermissionDeniedError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app remove`."""
    parser = argparse.ArgumentParser(prog="ivi app remove", description="End an installed app, delete it and its data.")
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    parser.add_argument("--keep-data", action="store_true", help="leave its data for when it is installed again")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app remove`."""
    arguments = build_parser().parse_args(argv)
    if arguments.id in running.shipped():
        raise PermissionDeniedError(f"{arguments.id} came with the program and stays", hint="the driver can stop it")
    shelf = Shelf()
    install.remove(arguments.id, shelf, keep_data=arguments.keep_data)
    if not running.tell_changed():
        installed.tidy(shelf)
    left = arguments.id in shelf.read().removed
    if arguments.keep_data:
        print(f"removed  {arguments.id}; its data stay for the same publisher's app")
        return 0
    print(f"removed  {arguments.id}" + ("; its data goes when ivi starts next" if left else " and its data"))
    return 0
