# SPDX-License-Identifier: Apache-2.0
"""The trials of one driving state, in a process of their own: `python -m ivi.apphost.check.worker FOLDER STATE`.

Sockets and state lie in the folders that the environment names. Each trial is a line of JSON on standard output.
"""

import asyncio
import logging
import sys
from pathlib import Path

import msgspec

from ivi.apphost.check import trial
from ivi.apphost.check.troubles import Trouble
from ivi.daemon.paths import make_private, runtime_dir, state_dir
from ivi.model.errors import IviError
from ivi.model.services import DrivingState
from ivi.vss.loader import load_catalogue


async def run(folder: Path, driving: DrivingState) -> None:
    """Run all trials, one after the other. Raises IviError when none can be run here."""
    make_private(runtime_dir())
    make_private(state_dir())
    catalogue = load_catalogue()
    for trouble in Trouble:
        cell = await trial.run(folder, catalogue, driving, trouble)
        sys.stdout.write(msgspec.json.encode(cell).decode() + "\n")
        sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Run; 0 unless trials cannot be run at all."""
    logging.basicConfig(level=logging.CRITICAL)  # what goes wrong on purpose is no news
    try:
        asyncio.run(run(Path(arguments[0]), DrivingState(arguments[1])))
    except IviError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
