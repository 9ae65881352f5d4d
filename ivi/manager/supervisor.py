# SPDX-License-Identifier: Apache-2.0
"""All processes of one run: started stage by stage, watched together, stopped in the opposite order."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from ivi.manager import process_log
from ivi.manager.child import Child
from ivi.manager.memory import resident_mb
from ivi.manager.options import RunOptions
from ivi.manager.table import selected
from ivi.model.errors import NotFoundError
from ivi.model.manager import ProcessLogLine, ProcessState, ProcessTable, ProcessView

SAMPLE = 1.0  # seconds between looks at memory
STAGE_LIMIT = 15.0  # seconds; no stage holds the next one longer


class Supervisor:
    """Brings the selected rows of the table to life."""

    def __init__(self, options: RunOptions, runtime: Path, logs: Path, on_change: Callable[[Child], None]) -> None:
        self.peak_total_mb = 0.0
        self.children = {spec.name: Child(spec, options, (runtime, logs), on_change) for spec in selected(options)}
        self._sampler: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start all stages; a process that is late or cannot work does not keep the others from starting."""
        self._sampler = asyncio.get_running_loop().create_task(self._sample())
        for stage in sorted({child.spec.stage for child in self.children.values()}):
            members = [child for child in self.children.values() if child.spec.stage == stage]
            for child in members:
                child.start()
            try:
                async with asyncio.timeout(STAGE_LIMIT):
                    await asyncio.gather(*(child.settled.wait() for child in members))
            except TimeoutError:
                continue

    async def stop(self) -> None:
        """Stop the stages backwards, the processes of one stage together."""
        for stage in sorted({child.spec.stage for child in self.children.values()}, reverse=True):
            await asyncio.gather(*(child.stop() for child in self.children.values() if child.spec.stage == stage))
        if self._sampler is not None:
            self._sampler.cancel()
            await asyncio.gather(self._sampler, return_exceptions=True)

    async def restart(self, name: str) -> None:
        """End a process in order and start it again. Raises NotFoundError."""
        await self._child(name).restart()

    def log(self, name: str, limit: int) -> list[ProcessLogLine]:
        """The newest lines of a process's log. Raises NotFoundError, UnavailableError."""
        return process_log.newest(self._child(name).log_file, limit)

    def _child(self, name: str) -> Child:
        child = self.children.get(name)
        if child is None:
            raise NotFoundError(f"there is no process {name[:40]!r}", hint=f"this run has {', '.join(self.children)}")
        return child

    def view(self) -> ProcessTable:
        """The table for `ivi status`."""
        return ProcessTable(
            [
                ProcessView(
                    child.spec.name, child.state, child.pid, child.restarts, child.rss_mb, child.peak_mb, child.reason
                )
                for child in self.children.values()
            ]
        )

    @property
    def failed(self) -> list[Child]:
        """Processes that cannot work as things are."""
        return [child for child in self.children.values() if child.state is ProcessState.FAILED]

    @property
    def total_mb(self) -> float:
        """Resident memory of all processes together now, without the manager itself."""
        return sum(child.rss_mb for child in self.children.values())

    async def _sample(self) -> None:
        while True:
            running = {child.pid: child for child in self.children.values() if child.pid}
            for pid, megabytes in resident_mb(running).items():
                child = running[pid]
                child.rss_mb = megabytes
                child.peak_mb = max(child.peak_mb, megabytes)
            self.peak_total_mb = max(self.peak_total_mb, self.total_mb)
            await asyncio.sleep(SAMPLE)
