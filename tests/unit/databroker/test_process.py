# SPDX-License-Identifier: Apache-2.0
"""The databroker as a process of its own: what an overlay says to keep survives its restart."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues, OpenProviderStream, PublishValues
from ivi.model.errors import UnavailableError
from ivi.model.signal import Datapoint

COUNT, OTHER = "Vehicle.Own.Count", "Vehicle.Own.Other"
OWN = f"""
{COUNT}: {{type: sensor, datatype: uint32, persist: true}}
{OTHER}: {{type: sensor, datatype: uint32}}
"""


@asynccontextmanager
async def databroker(root: Path, vss: Path, run_dir: Path) -> AsyncIterator[LinkClient]:
    """The process, without a bus, and a client of it; it is stopped as systemd would stop it."""
    words = ["-m", "ivi.manager.entry.databroker", "--can", "ivi:nowhere", "--vss", str(vss)]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=root, stderr=asyncio.subprocess.DEVNULL)
    try:
        async with LinkClient(run_dir / "databroker.sock", DatabrokerAnswer) as client:
            async with asyncio.timeout(30):
                while True:
                    try:
                        await client.call(GetValues([]))
                        break
                    except UnavailableError:
                        assert process.returncode is None
                        await asyncio.sleep(0.05)
            yield client
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def test_kept_values_come_back_after_a_restart(root: Path, run_dir: Path, tmp_path: Path) -> None:
    vss = tmp_path / "own.vspec"
    vss.write_text(OWN)

    async def main() -> None:
        async with databroker(root, vss, run_dir) as client:
            requests = client.stream(OpenProviderStream([COUNT, OTHER]))
            await anext(aiter(requests))
            await client.call(PublishValues({COUNT: 7, OTHER: 8}, time_ns=1_700_000_000_000_000_000))
        async with databroker(root, vss, run_dir) as client:
            found: dict[str, Datapoint] = (await client.call(GetValues(["Vehicle.Own.*"]))).entries
        assert {path: (point.value, point.time_ns, point.source) for path, point in found.items()} == {
            COUNT: (7, 1_700_000_000_000_000_000, "persisted")
        }

    asyncio.run(main())
    assert (run_dir.parent / "state" / "databroker.db").is_file()
