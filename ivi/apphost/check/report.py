# SPDX-License-Identifier: Apache-2.0
"""A whole check: files first, then the trials in three processes at once, then what follows from all of them."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.check import distraction, learning, static
from ivi.apphost.check.distraction import Grade
from ivi.apphost.check.findings import Finding, Severity, gathered
from ivi.apphost.check.trial import Cell
from ivi.apphost.dev import saves
from ivi.apphost.manifest import read
from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.model.services import DrivingState
from ivi.vss.loader import load_catalogue

STATES = (DrivingState.PARKED, DrivingState.IDLING, DrivingState.MOVING)
LIMIT = 240.0  # seconds for the trials of one driving state on a loaded machine
END_LIMIT = 10.0  # seconds for a worker to stop

type OnCell = Callable[[Cell], None]


class Report(msgspec.Struct):
    """What a check has found."""

    app_id: str
    findings: list[Finding]
    cells: list[Cell] = []
    grade: Grade | None = None
    least: str = ""
    """The permissions that the app was seen to need, as TOML."""

    @property
    def passed(self) -> bool:
        """Whether nothing is an error."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


async def check(folder: Path, *, trials: bool, on_cell: OnCell) -> Report:
    """Check an app. Raises UnavailableError when apps cannot be run on this machine."""
    catalogue = load_catalogue()
    found = list(static.check(folder, SignalCatalogue(catalogue.get(path) for path in catalogue)))
    try:
        saves.check(folder)
        manifest, source = read(folder)
    except ConfigurationError:
        return Report("", gathered(found))  # it is among the findings; there is no app to run
    report = Report(manifest.app.id, gathered(found))
    if not trials:
        return report
    with tempfile.TemporaryDirectory(prefix="ivi-") as scratch:
        groups = await asyncio.gather(*(_trials(folder, state, Path(scratch), on_cell) for state in STATES))
    report.cells = [cell for group in groups for cell in group]
    used = {(kind, target) for cell in report.cells for kind, target in cell.used}
    found += [finding for cell in report.cells for finding in cell.findings]
    if any(cell.used for cell in report.cells):
        found += learning.unused(manifest, source, used)
        report.least = learning.least(manifest, used)
    moving = [task for cell in report.cells if cell.driving is DrivingState.MOVING for task in cell.tasks]
    report.grade = distraction.grade(moving)
    if report.grade is not None and not report.grade.passed:
        found.append(_too_distracting(report.grade))
    report.findings = gathered(found)
    return report


def _too_distracting(grade: Grade) -> Finding:
    if grade.glance > distraction.GLANCE_LIMIT:
        what = f"the longest line of “{grade.page}” takes a glance of {grade.glance:g} s; 2 s are the limit"
        return Finding(Severity.ERROR, what, "write fewer words in a line while the car moves (see on_limits)")
    what = f"its longest task takes {grade.task:g} s of looking in {grade.steps} pages; 12 s are the limit"
    return Finding(Severity.ERROR, what, "show fewer rows and pages while the car moves (see on_limits)")


async def _trials(folder: Path, state: DrivingState, scratch: Path, on_cell: OnCell) -> list[Cell]:
    """The trials of one driving state. Raises UnavailableError when they cannot be run."""
    home = scratch / state.value[0]
    environment = dict(os.environ, IVI_RUNTIME_DIR=str(home / "run"), IVI_STATE_DIR=str(home / "state"))
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ivi.apphost.check.worker", str(folder), state.value,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=environment, limit=4 << 20,
    )  # fmt: skip
    cells: list[Cell] = []
    try:
        async with asyncio.timeout(LIMIT):
            while worker.stdout is not None and (line := await worker.stdout.readline()):
                cells.append(msgspec.json.decode(line, type=Cell))
                on_cell(cells[-1])
            said = await worker.stderr.read() if worker.stderr is not None else b""
            status = await worker.wait()
    except TimeoutError as error:
        raise UnavailableError(f"the trials while {state.value} did not end within {LIMIT:g} s") from error
    finally:
        await _end(worker)
        shutil.rmtree(home, ignore_errors=True)
    if status != 0:
        last = said.decode(errors="replace").strip().splitlines()[-1:] or [f"status {status}"]
        raise UnavailableError(f"the trials while {state.value} failed: {last[0]}", hint="see `ivi doctor`")
    return cells


async def _end(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is not None:
        return
    worker.terminate()
    try:
        async with asyncio.timeout(END_LIMIT):
            await worker.wait()
    except TimeoutError:
        worker.kill()
        await worker.wait()
