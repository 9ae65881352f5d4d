# SPDX-License-Identifier: Apache-2.0
"""`ivi app pack`."""

import argparse
from pathlib import Path

from ivi.apphost.package import builder
from ivi.apphost.package.keys import load_private
from ivi.apphost.package.wheels import REQUIREMENTS, WHEELS
from ivi.cli.app import sign, words


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app pack`."""
    parser = argparse.ArgumentParser(
        prog="ivi app pack",
        description="Make a package of an app's folder. The same folder gives the same bytes. Libraries are wheels "
        f"that {REQUIREMENTS} lists with their hashes and that lie in {WHEELS}/; nothing is fetched.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the app's folder, with its manifest.toml")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the package (default: ID-VERSION.ivp here)")
    parser.add_argument(
        "--arch", default="", metavar="MACHINE", help="take compiled wheels for this machine, e.g. aarch64"
    )
    parser.add_argument(
        "--wheels", type=Path, metavar="FOLDER", help=f"where the wheels are (default: FOLDER/{WHEELS})"
    )
    sign.add_key_arguments(parser, required=False)
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app pack`."""
    arguments = build_parser().parse_args(argv)
    key = load_private(arguments.key) if arguments.key else None
    endorsement = sign.load_endorsement(arguments.endorsement, key)
    built = builder.build(arguments.folder, arch=arguments.arch, wheels_folder=arguments.wheels)
    app = built.manifest.app
    out: Path = arguments.output or Path(f"{app.id}-{app.version}.ivp")
    builder.write(built, out, key, endorsement)
    total = sum(map(len, built.contents.values()))
    print(f"packed  {app.id} {app.version}  {out}")
    print(f"        {words.number(len(built.contents), 'file', 'files')}, {words.size(total)}")
    if built.libraries:
        print(f"        with {', '.join(built.libraries)}; for {', '.join(built.meta.wheels)}")
    if built.left_out:
        print(f"        left out: {', '.join(built.left_out)}")
    if key is None:
        print(f"        not signed yet: ivi app sign {out} --key NAME.key")
    else:
        print(f"signed  by key {key.public.id[:16]}, {sign.standing(endorsement)}")
    return 0
