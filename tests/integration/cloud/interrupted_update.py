# SPDX-License-Identifier: Apache-2.0
"""A program for test_interrupted_update.py: updates again and again, and each time something comes in between.

`python interrupted_update.py FOLDER install|takeback|fetch|filesize`. One process that forks, because starting Python
for each try would take minutes. The child is killed at its n-th event of the file system (or its files may not grow
past n bytes); then the car starts again, and what is installed has to be one of the two sets, whole, with the journal
saying so. Prints {"tries", "old", "new"}.
"""

import asyncio
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from update_lab import Clock, WebServer, a_bundle, a_file, sized, tar
from update_scene import Scene

from ivi.cloud.updates.artefact import Artefact, Form, Kind
from ivi.cloud.updates.generations import Generations
from ivi.cloud.updates.installer import Installer
from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.plan import Plan
from ivi.cloud.updates.stage import Stage
from ivi.cloud.updates.transfer import Transfer
from ivi.daemon.durable_file import NEW
from ivi.model.errors import IviError
from ivi.model.packages import PackageState

EVENTS = ("open", "os.", "shutil.", "sqlite3.", "tempfile.")
MODEL = {"am/final.mdl": b"acoustic" * 500, "conf/model.conf": b"x=1", "graph/words.txt": b"word " * 300}
STEP = 997  # bytes between two tries of the largest file


class Trial:
    """A car with an old set, and an update that is staged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: Counter[str] = Counter()
        self.state, self.base = folder / "state", folder / "base"
        self.web = folder / "web"
        self.old, self.new = self._plan("1"), self._plan("2")
        self._install(self.old, trust=True)
        for one in self.new.artefacts:
            shutil.copyfile(self.web / one.sha256, self.state / "staging" / one.sha256)
        self._freeze()

    def _freeze(self) -> None:
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.copytree(self.state, self.base, symlinks=True)

    def _plan(self, version: str) -> Plan:
        model = tar({name: content + version.encode() for name, content in MODEL.items()})
        contents: list[tuple[Artefact, bytes]] = [
            (a_file(version=version), f"VERSION {version}".encode() * 2000),
            (a_bundle(Kind.MODEL, "speech", version, 1 << 20), model),
            (a_file(Kind.APP, "com.partner.app", version, "partner"), b"package " + version.encode()),
        ]
        artefacts = []
        for one, content in contents:
            done = sized(one, content)
            self.web.mkdir(exist_ok=True)
            (self.web / done.sha256).write_bytes(content)
            artefacts.append(done)
        return Plan(int(version), "job", f"order-{version}", tuple(artefacts))

    def reset(self) -> None:
        """As before the update."""
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copytree(self.base, self.state, symlinks=True)

    # -- what a child does --------------------------------------------------------------------------------------------
    def _parts(self) -> tuple[Journal, Generations, Installer, Scene]:
        self.state.mkdir(exist_ok=True)
        (self.state / "staging").mkdir(exist_ok=True)
        journal, generations, scene = (
            Journal(self.state / "journal.db"),
            Generations(self.state),
            AppsOnDisk(self.state),
        )

        def tell(what: str, subject: str, why: str) -> None:
            try:
                journal.tell(what, subject, why, "", 1.0)
            except IviError:
                self.results["untold"] += 1  # a full disk

        return journal, generations, Installer(generations, journal, scene, tell, apphost_wait=0.0), scene

    def _file_of(self, one: Artefact) -> Path:
        return self.web / one.sha256

    def _install(self, plan: Plan, *, trust: bool = False) -> None:
        journal, _, installer, _ = self._parts()
        asyncio.run(installer.install(plan, self._file_of, str))
        if trust:
            asyncio.run(installer.trust())
        journal.close()

    def install(self) -> None:
        """Install the new set."""
        self._install(self.new)

    def take_back(self) -> None:
        """Go back to the old set."""
        journal, _, installer, _ = self._parts()
        asyncio.run(installer.take_back("it does not do well"))
        journal.close()

    # -- what has to be true ------------------------------------------------------------------------------------------
    def check(self, what: str) -> str:
        """Start again, look at everything; the version that is installed."""
        journal, generations, installer, scene = self._parts()
        try:
            asyncio.run(installer.recover(self._file_of))
        except IviError as error:
            raise SystemExit(f"{what}: it does not recover: {error}") from error
        version = {item.version for item in generations.current().items}
        if len(version) != 1:
            raise SystemExit(f"{what}: a mix of versions is installed: {generations.current()}")
        (one,) = version
        for name, content in MODEL.items():
            if (generations.place(Kind.MODEL, "speech") / name).read_bytes() != content + one.encode():
                raise SystemExit(f"{what}: {name} of version {one} is not whole")
        if (generations.place(Kind.DBC, "body") / f"body-{one}.bin").stat().st_size != len("VERSION 1") * 2000:
            raise SystemExit(f"{what}: the DBC file is not whole")
        app = asyncio.run(scene.state("com.partner.app")).version
        if app != one:
            raise SystemExit(f"{what}: the app is {app}, the set {one}")
        if left := [str(path) for path in self.state.glob(f"**/{NEW}*")]:
            raise SystemExit(f"{what}: {left} left over")
        if journal.problem():
            raise SystemExit(f"{what}: {journal.problem()}")
        if (installer.trial is not None) != (one == "2"):
            raise SystemExit(f"{what}: version {one}, trial {installer.trial}")
        journal.close()
        self.results["tries"] += 1
        self.results["new" if one == "2" else "old"] += 1
        return one

    def forked(self, work: Callable[[], None], before: Callable[[], None]) -> int:
        """Do something in a child that leads a process group of its own; its status."""
        child = os.fork()
        if child == 0:
            os.setsid()
            before()
            try:
                work()
            except IviError:
                os._exit(3)
            os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class AppsOnDisk(Scene):
    """An app host whose installs survive a kill: each is one rename, as the real one's."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Clock())
        self._path = folder / "apps.json"
        self.apps = json.loads(self._path.read_text()) if self._path.exists() else {}

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        """Install and keep."""
        await super().install(app_id, version, file)
        self._keep()

    async def roll_back(self, app_id: str, version: str, reason: str) -> PackageState:
        """Go back and keep."""
        state = await super().roll_back(app_id, version, reason)
        self._keep()
        return state

    def _keep(self) -> None:
        making = self._path.with_suffix(".making")
        making.write_text(json.dumps(self.apps))
        making.replace(self._path)


def killed(trial: Trial, work: Callable[[], None], check: Callable[[str], object]) -> None:
    """The power goes at each thing that is done with the file system, one after the other, to its end."""
    number, status = 0, -9
    while status:
        number += 1
        trial.reset()
        status = trial.forked(work, _mine(number))
        check(f"killed at event {number}")


def _mine(number: int) -> Callable[[], None]:
    def lay() -> None:
        seen = 0

        def hook(event: str, _arguments: object) -> None:
            nonlocal seen
            if event.startswith(EVENTS):
                seen += 1
                if seen == number:
                    os.killpg(0, signal.SIGKILL)

        sys.addaudithook(hook)

    return lay


def take_back(trial: Trial) -> None:
    """From a new set on trial to the old one."""
    trial.install()
    trial._freeze()
    killed(trial, trial.take_back, trial.check)


def fetch(trial: Trial) -> None:
    """The download is cut at each piece that comes; it goes on from there, and what is whole is right."""
    content = os.urandom(1_500_000)
    name = hashlib.sha256(content).hexdigest()
    (trial.web / name).write_bytes(content)
    one = Artefact(f"maps/oem/{name}", Kind.MAP, "city", "1", len(content), name, Form.FILE)
    server, url = _serve(trial.web)
    try:
        number, status = 0, -9
        while status:
            number += 1
            folder = trial.folder / f"fetched-{number}"
            status = trial.forked(lambda: _fetch(one, folder, f"{url}/{name}", number), lambda: None)  # noqa: B023  # runs before the next turn
            have = Stage(folder, Transfer()).has(one)
            _fetch(one, folder, f"{url}/{name}", 0)
            if Stage(folder, Transfer()).check(one).read_bytes() != content:
                raise SystemExit(f"cut at piece {number}: it is not what was sent")
            trial.results["tries"] += 1
            trial.results["new" if have == len(content) else "old"] += 1
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


def _fetch(one: Artefact, folder: Path, url: str, fatal: int) -> None:
    """Fetch; killed at this piece, or not at all."""
    pieces = 0

    def spend(_count: int) -> int:
        nonlocal pieces
        pieces += 1
        if pieces == fatal:
            os.killpg(0, signal.SIGKILL)
        return 1 << 40

    Stage(folder, Transfer()).fetch(one, url, spend, threading.Event())


def _serve(folder: Path) -> tuple[int, str]:
    """A web server in a process of its own: this one forks and must have no threads."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        server = WebServer(folder)
        os.write(write, server.url.encode())
        server.serve_forever()
    return child, os.read(read, 100).decode()


def file_size(trial: Trial) -> None:
    """No file may grow past so many bytes: stands for a full disk where nothing can be mounted."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in range(0, 300_000, STEP):
        trial.reset()

        def limit(size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

        status = trial.forked(trial.install, limit)
        version = trial.check(f"files of at most {size} bytes")
        if status not in {0, 3}:
            raise SystemExit(f"files of at most {size} bytes: it ended with {status}")
        if status == 0:
            if version != "2":
                raise SystemExit(f"files of at most {size} bytes: the update worked and does not count")
            return
    raise SystemExit("it never fitted")


def main() -> None:
    """Run one mode and print how often which set was installed afterwards."""
    trial = Trial(Path(sys.argv[1]))
    modes: dict[str, Callable[[Trial], None]] = {
        "install": lambda one: killed(one, one.install, one.check),
        "takeback": take_back,
        "fetch": fetch,
        "filesize": file_size,
    }
    modes[sys.argv[2]](trial)
    print(json.dumps(trial.results))


if __name__ == "__main__":
    main()
