# SPDX-License-Identifier: Apache-2.0
"""How soon the picture behind the car is there: from R at the databroker to the swapped frame that shows it.

A process of its own shifts between D and R as a databroker would; the screen runs with its test picture, which begins
to draw when it is wanted. Prints one JSON object {name: {value, unit, method}}.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from hmi_process import child, counters, own_folders, until

from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.paths import socket_path
from ivi.model.databroker import DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.signal import Datapoint
from ivi.model.status import ProcessStatus

GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
STAY = 0.8  # seconds in each gear
SHIFTS = 20  # times into R
WARM = 3.0  # seconds in D before the first


async def serve() -> None:
    """Child: shift until killed."""

    async def stream(request: Subscribe, to: Stream) -> None:
        await asyncio.sleep(0 if GEAR in request.paths else 1e6)
        gear = 127
        to.send(update(gear))
        await asyncio.sleep(WARM)
        while True:
            gear = 127 if gear < 0 else -1
            to.send(update(gear))
            await asyncio.sleep(STAY)

    def update(gear: int) -> ValuesUpdate:
        return ValuesUpdate({GEAR: Datapoint(gear, time.time_ns(), time.monotonic_ns(), "can:can0")})

    def status() -> ProcessStatus:
        return ProcessStatus("databroker", os.getpid(), "0", 0.0, {}, [])

    server = LinkServer(socket_path("databroker"), (DatabrokerRequest,), status)
    server.router.on_stream(Subscribe, stream)
    await server.start()
    await asyncio.Event().wait()


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
        return
    with (
        tempfile.TemporaryDirectory(prefix="ivi-") as name,
        own_folders(Path(name)),
        child(["ivi.manager.entry.hmi", "--headless", "--camera", "test"]),
        child([Path(__file__).stem, "serve"], PYTHONPATH=str(Path(__file__).parent)),
    ):
        until(lambda: counters().get("reverse_to_picture_p95_ms"), "the first picture")
        time.sleep(2 * STAY * SHIFTS)
        said = counters()
    figure = {
        "value": said["reverse_to_picture_p95_ms"],
        "unit": "ms",
        "method": f"time stamp of R at the databroker to the swapped frame with the picture, p95 of {SHIFTS} times; "
        f"p50 {said['reverse_to_picture_p50_ms']}; source warm, software, 1280x720",
    }
    print(json.dumps({"hmi_reverse_to_picture_ms": figure}))


if __name__ == "__main__":
    main()
