# SPDX-License-Identifier: Apache-2.0
"""Starts the runtime that counts, and goes back by itself when a new one does not even come up.

`python slot_boot.py STATE_FOLDER WORDS...` runs `python -m ivi WORDS...` with the packages of the current set; without
words it only counts, for a system whose units set PYTHONPATH themselves. It comes with the image, is never updated, and
imports nothing but the standard library: whatever a new runtime breaks, this still runs. While `trial.json` is there,
each start is counted down in it; the update service deletes it once the health window is over. At zero the link goes
back to the set before, and `failed.json` tells the update service.
"""

import json
import os
import sys
from pathlib import Path

TRIAL, FAILED, CURRENT = "trial.json", "failed.json", "current"
PACKAGES = ("runtime", "ivi", "site")  # below the current set


def write_whole(path: Path, text: str) -> None:
    """Replace a file, durably."""
    making = path.with_name(f".new-{path.name}")
    with making.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def count_down(folder: Path) -> None:
    """One start more of a set on trial; go back when it has used up its starts."""
    trial = folder / TRIAL
    try:
        told = json.loads(trial.read_text(encoding="utf-8"))
        number, before, left = int(told["number"]), int(told["before"]), int(told["starts_left"])
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        trial.unlink()
        return
    link = folder / CURRENT
    if not link.is_symlink() or link.readlink().name != str(number):
        trial.unlink()
        return
    if left > 0:
        write_whole(trial, json.dumps({**told, "starts_left": left - 1}))
        return
    write_whole(folder / FAILED, json.dumps({"number": number, "why": "the runtime did not come up"}))
    if before:
        making = folder / f".new-{CURRENT}"
        making.unlink(missing_ok=True)
        making.symlink_to(f"generations/{before}")
        making.replace(link)
    else:
        link.unlink()
    _sync(folder)
    trial.unlink()


def environment(folder: Path) -> dict[str, str]:
    """The environment in which Python finds the current set's packages before the image's."""
    site = folder.joinpath(CURRENT, *PACKAGES)
    if not site.is_dir():
        return dict(os.environ)
    paths = [str(site.resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def main(argv: list[str]) -> None:
    """Go back if need be, then become the runtime."""
    folder = Path(argv[0]) / "updates"
    if folder.is_dir():
        try:
            count_down(folder)
        except OSError as error:  # a full disk must not keep the car from starting
            sys.stderr.write(f"slot_boot: the trial of the new runtime could not be counted: {error}\n")
    if len(argv) == 1:
        return
    os.execve(sys.executable, [sys.executable, "-m", "ivi", *argv[1:]], environment(folder))  # noqa: S606  # becomes the runtime; no shell


if __name__ == "__main__":
    main(sys.argv[1:])
