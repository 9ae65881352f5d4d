# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet.updates`: make and look after the repositories that cars take updates from.

FOLDER/keys/       private keys; keep root keys elsewhere and bring them when they are needed
FOLDER/web/        what a web server serves: image/ and director/
FOLDER/car/        image-root.json and director-root.json, which belong into every car
"""

import argparse
import sys
from pathlib import Path

from ivi.cloud.updates.artefact import Artefact, Form, Kind
from ivi.fleet.updates.director import Director
from ivi.fleet.updates.keyring import Keyring, load
from ivi.fleet.updates.repository import Repository, write
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError

ROOT_KEYS = 3


def build_parser() -> argparse.ArgumentParser:
    """All verbs."""
    parser = argparse.ArgumentParser(prog="python -m ivi.fleet.updates", description="The repositories of updates.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where keys, repositories and roots lie")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("init", help="make keys, both repositories and the roots for the cars")
    key = verbs.add_parser("key", help="make a key")
    key.add_argument("label")
    delegate = verbs.add_parser("delegate", help="let a publisher sign targets below paths of its own")
    delegate.add_argument("name")
    delegate.add_argument("paths", nargs="+", metavar="PATTERN", help="e.g. 'apps/partner/*'; * stops at a slash")
    delegate.add_argument("--key", action="append", metavar="LABEL", help="default: a new key of the publisher's name")
    delegate.add_argument("--threshold", type=int, default=1)
    delegate.add_argument("--bins", type=int, default=0, metavar="BITS", help="2**BITS hashed bins, for many targets")
    add = verbs.add_parser("add", help="add a target")
    add.add_argument("file", type=Path)
    add.add_argument("path", metavar="KIND/PUBLISHER/FILE", help=f"KIND is one of {', '.join(Kind)}")
    add.add_argument("--name", required=True, help="what it takes the place of; an app's id for apps")
    add.add_argument("--release", required=True, metavar="VERSION", help="its version")
    add.add_argument("--form", type=Form, choices=list(Form), default=Form.FILE)
    add.add_argument("--unpacked", type=int, default=0, metavar="BYTES", help="of an archive's files together")
    add.add_argument("--needs", action="append", default=[], metavar="PATH", help="target without which it fails")
    add.add_argument("--as", dest="role", default="targets", metavar="PUBLISHER", help="who signs (default: the fleet)")
    sign = verbs.add_parser("sign", help="add a signature to what waits for one")
    sign.add_argument("role")
    sign.add_argument("key", type=Path, metavar="KEYFILE")
    rotate = verbs.add_parser("rotate", help="other keys for a role, by a new root")
    rotate.add_argument("role", choices=["root", "targets", "snapshot", "timestamp", "director"])
    rotate.add_argument("--add", action="append", default=[], metavar="LABEL", help="key; made when it is not there")
    rotate.add_argument("--remove", action="append", default=[], metavar="LABEL")
    verbs.add_parser("publish", help="sign again what would expire soon; once a day")
    assign = verbs.add_parser("assign", help="say what a vehicle is to have from now on")
    assign.add_argument("vehicle")
    assign.add_argument("paths", nargs="*", metavar="PATH", help="targets of the image repository")
    assign.add_argument("--job", required=True, help="the fleet's name for it, as cars report it")
    verbs.add_parser("list", help="roles and targets")
    return parser


class Workshop:
    """The verbs."""

    def __init__(self, folder: Path) -> None:
        """A folder as in the module's text."""
        self.folder = folder
        self.keys = Keyring(folder / "keys")
        self.repository = Repository(folder / "web" / "image", self.keys)
        self.director = Director(folder / "web" / "director", self.keys)

    def init(self, _options: argparse.Namespace) -> None:
        """Begin."""
        roots = [self.keys.generate(f"root{number}") for number in range(1, ROOT_KEYS + 1)]
        roles = {role: self.keys.generate(role) for role in ("targets", "snapshot", "timestamp")}
        write(self.folder / "car" / "image-root.json", self.repository.create(roots, roles))
        directors = [self.keys.generate(f"director-root{number}") for number in range(1, ROOT_KEYS + 1)]
        write(
            self.folder / "car" / "director-root.json", self.director.create(directors, self.keys.generate("director"))
        )
        print(f"serve {self.folder / 'web'}; put {self.folder / 'car'} into every car")

    def key(self, options: argparse.Namespace) -> None:
        """Make a key."""
        print(self.keys.generate(options.label).keyid)

    def delegate(self, options: argparse.Namespace) -> None:
        """Delegate."""
        keys = [self.keys.obtain(label) for label in options.key or [options.name]]
        self.repository.delegate(options.name, options.paths, keys, threshold=options.threshold, bins_bits=options.bins)
        self.publish(options)

    def add(self, options: argparse.Namespace) -> None:
        """Add a target."""
        try:
            kind = Kind(options.path.partition("/")[0])
        except ValueError as error:
            raise InvalidArgumentError(
                f"{options.path!r} begins with no kind", hint=f"the kinds are {', '.join(Kind)}"
            ) from error
        needs = tuple(options.needs)
        one = Artefact(options.path, kind, options.name, options.release, 0, "", options.form, options.unpacked, needs)
        self.repository.add([(one, options.file)], options.role)
        self.publish(options)

    def sign(self, options: argparse.Namespace) -> None:
        """Sign what waits."""
        done = self.repository.sign(options.role, load(options.key))
        print("published" if done else "signed; it needs further signatures")
        if done and options.role != "root":
            self.publish(options)

    def rotate(self, options: argparse.Namespace) -> None:
        """Rotate keys."""
        add = [self.keys.obtain(label) for label in options.add]
        remove = [self.keys.signer(label).public_key.keyid for label in options.remove]
        if options.role == "director":
            self.director.rotate(add, remove)
            print("assign every vehicle again: the files of the old key count no more")
        else:
            self.repository.rotate(options.role, add, remove)
            self._say_what_waits()

    def publish(self, _options: argparse.Namespace) -> None:
        """Publish, and renew what would expire soon."""
        self.repository.publish(again=True)
        self.director.renew()
        self._say_what_waits()

    def assign(self, options: argparse.Namespace) -> None:
        """Assign."""
        targets = self.repository.targets()
        if missing := [path for path in options.paths if path not in targets]:
            raise NotFoundError(f"the image repository has no {missing[0]}", hint="add it first")
        version = self.director.assign(options.vehicle, [targets[path] for path in options.paths], options.job)
        print(f"{options.vehicle}: version {version}, {len(options.paths)} targets")

    def list(self, _options: argparse.Namespace) -> None:
        """List."""
        for role in self.repository.roles():
            signed = self.repository.newest(role).signed
            print(f"{role}  version {signed.version}  until {signed.expires:%Y-%m-%d}")
            for path, target in sorted(signed.targets.items()):
                print(f"  {path}  {target.length}  {target.hashes['sha256'][:16]}")
        self._say_what_waits()

    def _say_what_waits(self) -> None:
        for role in self.repository.waiting():
            print(f"{role} waits for further signatures")


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    options = build_parser().parse_args(argv)
    try:
        getattr(Workshop(options.folder), options.verb)(options)
    except IviError as error:
        sys.stderr.write(f"ivi.fleet.updates: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
