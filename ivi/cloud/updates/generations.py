# SPDX-License-Identifier: Apache-2.0
"""What is installed: slots that never change, sets of them, and one link that says which set counts.

    slots/<kind>/<name>@<version>-<hash>/   content of one artefact, written once
    generations/<number>/SET.json           all that is installed with this set, apps too
    generations/<number>/<kind>/<name>      link to the slot
    current                                 link to the set that counts; replaced by one rename

So models, maps, DBC files and the runtime change together, at one moment, and go back the same way.
"""

import contextlib
import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

import ivi
from ivi.cloud.updates import bundle
from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.durable import point, sync_tree
from ivi.daemon.durable_file import NEW, sync_folder, write_whole, writing
from ivi.model.errors import InvalidArgumentError, NotFoundError

log = logging.getLogger(__name__)

CURRENT, SET = "current", "SET.json"
IDENTIFIER_DIGITS = 16  # hexadecimal digits of the software's identifier

type Finish = Callable[[Artefact, Path], None]
"""Makes of an unpacked slot what is used; raises an IviError when it is no good."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One artefact of a set."""

    kind: Kind
    name: str
    version: str
    sha256: str
    path: str

    @property
    def key(self) -> str:
        """Kind and name."""
        return f"{self.kind}/{self.name}"


class SoftwareSet(msgspec.Struct, frozen=True, kw_only=True):
    """SET.json."""

    number: int = 0
    before: int = 0
    """Set that it was made from."""
    items: list[Item] = []
    job: str = ""
    director: int = 0
    """Version of the director's file that asked for it."""
    order: str = ""
    """See plan.Plan.order."""

    def by_key(self) -> dict[str, Item]:
        """Items by kind and name."""
        return {item.key: item for item in self.items}

    def identifier(self) -> str:
        """Names exactly this software, as UN R156's RXSWIN does: equal sets on equal base software are equal."""
        lines = [f"base {ivi.__version__}", *sorted(f"{i.key} {i.version} {i.sha256}" for i in self.items)]
        return f"IVI-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:IDENTIFIER_DIGITS].upper()}"


def item(one: Artefact) -> Item:
    """An artefact as an entry of a set."""
    return Item(kind=one.kind, name=one.name, version=one.version, sha256=one.sha256, path=one.path)


class Generations:
    """The folder of slots and sets. Methods raise ResourceExhaustedError or UnavailableError for the disk."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when something is written."""
        self.folder = folder
        self._slots = folder / "slots"
        self._sets = folder / "generations"

    def current(self) -> SoftwareSet:
        """The set that counts; an empty one when nothing was ever installed."""
        try:
            number = int((self.folder / CURRENT).readlink().name)
        except (OSError, ValueError):
            return SoftwareSet()
        return self.read(number)

    def read(self, number: int) -> SoftwareSet:
        """A set. Raises NotFoundError when it is not there or damaged."""
        if number == 0:
            return SoftwareSet()
        path = self._sets / str(number) / SET
        try:
            return msgspec.json.decode(path.read_bytes(), type=SoftwareSet)
        except (OSError, msgspec.DecodeError) as error:
            raise NotFoundError(f"the set {path} cannot be read: {error}", hint="install the update again") from error

    def slot(self, one: Item) -> Path:
        """Where an item's content lies."""
        return self._slots / one.kind / f"{one.name}@{one.version}-{one.sha256[:12]}"

    def place(self, kind: Kind, name: str) -> Path:
        """Where readers find what is installed now; the path stays the same over updates."""
        return self.folder / CURRENT / kind / name

    # -- writing ------------------------------------------------------------------------------------------------------
    def prepare(self, one: Artefact, file: Path, finish: Finish | None = None) -> None:
        """Write an artefact's slot; it counts for nothing yet. One that is there already is left as it is."""
        home = self.slot(item(one))
        if home.exists():
            return
        making = home.with_name(f"{NEW}{home.name}")
        with writing(f"{one.name} {one.version}"):
            home.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            with contextlib.ExitStack() as undo:
                undo.callback(shutil.rmtree, making, ignore_errors=True)
                bundle.unpack(one, file, making)
                if finish is not None:
                    finish(one, making)
                sync_tree(making)
                making.rename(home)
                sync_folder(home.parent)
                undo.pop_all()

    def make(self, made: SoftwareSet) -> None:
        """Write a set whose slots are there; it does not count before `switch`."""
        home = self._sets / str(made.number)
        making = self._sets / f"{NEW}{made.number}"
        with writing(f"set {made.number}"):
            self._sets.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(making, ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)  # of a try that was cut off; `current` never leads here
            making.mkdir()
            for one in made.items:
                if one.kind is Kind.APP:
                    continue  # lies with the app host
                slot = self.slot(one)
                if not slot.is_dir():
                    raise NotFoundError(f"{slot} is missing", hint="the update is fetched again")
                (making / one.kind).mkdir(exist_ok=True)
                (making / one.kind / one.name).symlink_to(Path("..", "..", "..", *slot.relative_to(self.folder).parts))
            write_whole(making / SET, msgspec.json.format(msgspec.json.encode(made), indent=1))
            sync_tree(making)
            making.rename(home)
            sync_folder(self._sets)

    def switch(self, number: int) -> None:
        """The moment: this set counts from now on, also after a power cut. 0 is what came with the car."""
        if number and not (self._sets / str(number) / SET).exists():
            raise InvalidArgumentError(f"there is no set {number}")
        with writing(f"the link to set {number}"):
            if number:
                point(self.folder / CURRENT, f"generations/{number}")
            else:
                (self.folder / CURRENT).unlink(missing_ok=True)
                sync_folder(self.folder)

    def next_number(self) -> int:
        """A number that no set has."""
        numbers = [int(path.name) for path in self._sets.glob("*") if path.name.isdigit()]
        return max([*numbers, self.current().number], default=0) + 1

    def before(self) -> int | None:
        """The set to go back to, if it is still there; 0 is what came with the car."""
        now = self.current()
        is_there = now.number and (not now.before or (self._sets / str(now.before) / SET).exists())
        return now.before if is_there else None

    def sweep(self, keep: Iterable[int]) -> None:
        """Delete what was left half made, and all sets and slots that neither count nor are in `keep`."""
        with writing("the list of what is installed"):
            self._sweep({self.current().number, *keep})

    def _sweep(self, wanted: set[int]) -> None:
        slots: set[Path] = set()
        if self._sets.is_dir():
            for home in list(self._sets.iterdir()):
                if not home.name.isdigit() or int(home.name) not in wanted:
                    shutil.rmtree(home, ignore_errors=True)
                    continue
                try:
                    slots |= {self.slot(one) for one in self.read(int(home.name)).items}
                except NotFoundError as error:
                    log.error("a set is damaged; nothing is deleted", extra={"reason": str(error)})  # noqa: TRY400  # a known error
                    return
        program = Path(ivi.__file__).resolve()  # who runs from a slot goes on importing from it
        for home in list(self._slots.glob("*/*")):
            if home not in slots and not program.is_relative_to(home.resolve()):
                shutil.rmtree(home, ignore_errors=True)
        for left in self.folder.glob(f"{NEW}*"):
            left.unlink(missing_ok=True)
