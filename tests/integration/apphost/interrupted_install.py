# SPDX-License-Identifier: Apache-2.0
"""A program for test_interrupted_install.py: updates an app again and again, and each time something comes in between.

`python interrupted_install.py FOLDER kill|random|disk|filesize`. One process that forks, because starting Python for
each of some hundred tries would take minutes. After each try the app has to be there in one of the two versions, pass
its check, and nothing may be left of the other try after the next start. Prints {"tries", "old", "new"}.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ivi.apphost.package import builder, install, installed, trust
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.registry import LOCK, REGISTRY, Shelf
from ivi.model.errors import IviError, ResourceExhaustedError

APP, OLD, NEW = "com.partner.weather", "1.0.0", "1.1.0"
MANIFEST = '[app]\nid = "{}"\nname = "Weather"\nversion = "{}"\nsdk = ">=1"\nentry = "weather.app:Weather"\n'
EVENTS = ("open", "os.", "shutil.", "subprocess.", "tempfile.", "fcntl.")
RANDOM_TRIES = 30
PAGE = 4096  # bytes
DISK = 4 << 20  # bytes


class Trial:
    """An installed app and an update, and what has to be true after each try."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: Counter[str] = Counter()
        self.state = folder / "state"
        os.environ["IVI_STATE_DIR"] = str(self.state)
        os.environ["IVI_TRUST_FILE"] = str(folder / "none.toml")
        key = PrivateKey.generate()
        trust.add_developer("Me", key.public)
        self.trust = trust.load()
        self.shelf = Shelf()
        self.update = self._pack(NEW, key)
        install.install(self._pack(OLD, key), self.trust, self.shelf)
        install.promote(APP, OLD, self.shelf)
        self.base = folder / "base"
        shutil.copytree(self.state, self.base)

    def _pack(self, version: str, key: PrivateKey) -> Path:
        source = self.folder / version
        source.mkdir()
        (source / "manifest.toml").write_text(MANIFEST.format(APP, version))
        (source / "app.py").write_text(f"class Weather:\n    version = {version!r}\n" + "x = 1\n" * 2000)
        path = self.folder / f"{version}.ivp"
        builder.write(builder.build(source), path, key)
        return path

    def reset(self) -> None:
        """As before the update."""
        for path in list(self.state.iterdir()):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        shutil.copytree(self.base, self.state, dirs_exist_ok=True)

    def install(self) -> None:
        """Update the app."""
        install.install(self.update, self.trust, self.shelf)

    def check(self, what: str) -> str:
        """The version that is in service, checked before and after the next start tidied up."""
        one = self._in_service(what)
        installed.tidy(self.shelf)
        if self._in_service(what) != one:
            raise SystemExit(f"{what}: tidying changed the version")
        left = {path.name for path in self.shelf.folder.iterdir()}
        known = {LOCK, REGISTRY, f"{APP}@{OLD}", f"{APP}@{NEW}"} - ({f"{APP}@{NEW}"} if one == OLD else set())
        if left != known:
            raise SystemExit(f"{what}: {sorted(left ^ known)} left or missing")
        self.results["tries"] += 1
        self.results["new" if one == NEW else "old"] += 1
        return one

    def _in_service(self, what: str) -> str:
        try:
            (one,) = installed.in_service(self.shelf)
            one.verify()
        except IviError as error:
            raise SystemExit(f"{what}: no version runs: {error}") from error
        return one.version

    def forked(self, before: Callable[[], None], after: Callable[[int], None]) -> bool:
        """Install in a child that leads a process group of its own; `after` gets its process id. Whether it ended."""
        child = os.fork()
        if child == 0:
            os.setsid()
            before()
            self.install()
            os._exit(0)
        after(child)
        return os.waitpid(child, 0)[1] == 0


def kill(trial: Trial) -> None:
    """The power goes at each thing that the install does with the file system, one after the other, to its end."""
    number, survived = 0, False
    while not survived:
        number += 1
        trial.reset()
        survived = trial.forked(_mine(number), lambda _child: None)
        trial.check(f"killed at event {number}")


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


def at_random(trial: Trial) -> None:
    """The power goes at any moment."""
    began = time.monotonic()
    trial.install()
    lasts = time.monotonic() - began
    for seed in range(RANDOM_TRIES):
        trial.reset()
        wait = random.Random(seed).uniform(0, lasts * 1.1)

        def strike(child: int, wait: float = wait) -> None:
            time.sleep(wait)
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:
                return  # it had not begun its group, or was done

        trial.forked(lambda: None, strike)
        trial.check(f"killed after {wait:.3f} s (seed {seed})")


def disk(trial: Trial) -> None:
    """The disk has room for so many pages: none, one, two, … until the update fits. Needs a mount namespace."""
    shutil.rmtree(trial.state)
    trial.state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(trial.state)], check=True, timeout=20)
    install.SPARE = 0
    filler = trial.state / "filler"
    for pages in range(200):
        trial.reset()
        free = os.statvfs(trial.state).f_bavail * PAGE
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - pages * PAGE)
        if _full(trial, f"{pages} pages free"):
            return
    raise SystemExit("it never fitted")


def file_size(trial: Trial) -> None:
    """No file may grow past so many bytes: stands for a full disk where nothing can be mounted."""
    install.SPARE = 0
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in range(0, 64 << 10, 499):
        trial.reset()
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            if _full(trial, f"files of at most {size} bytes"):
                return
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    raise SystemExit("it never fitted")


def _full(trial: Trial, what: str) -> bool:
    """Try to update; whether it worked. A full disk is said to be one."""
    try:
        trial.install()
    except ResourceExhaustedError:
        if trial.check(what) != OLD:
            raise SystemExit(f"{what}: the update failed and counts") from None
        return False
    if trial.check(what) != NEW:
        raise SystemExit(f"{what}: the update worked and does not count")
    return True


def main() -> None:
    """Run one mode and print how often which version was in service afterwards."""
    trial = Trial(Path(sys.argv[1]))
    {"kill": kill, "random": at_random, "disk": disk, "filesize": file_size}[sys.argv[2]](trial)
    print(json.dumps(trial.results))


if __name__ == "__main__":
    main()
