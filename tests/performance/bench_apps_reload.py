# SPDX-License-Identifier: Apache-2.0
"""From the save of a file to the app that runs again, as `ivi app dev` does it, in the full sandbox."""

import asyncio
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from app_host import running

from ivi.apphost import scaffold
from ivi.apphost.dev import saves
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, AppState, ReloadApp, SubscribeApps
from ivi.model.errors import IviError

SAVES = 15
WARM = 2  # saves before those that count
DEADLINE = 60.0  # seconds
APP = "com.example.saved"


async def until_running(client: LinkClient) -> None:
    """Until the app has said hello."""
    async for update in client.stream(SubscribeApps()):
        if any(app.id == APP and app.state is AppState.RUNNING for app in update.apps):
            return


async def ready(client: LinkClient) -> None:
    """Until the host answers and the app runs."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                await until_running(client)
            except IviError:
                await asyncio.sleep(0.1)
            else:
                return


async def measure(folder: Path) -> list[float]:
    """Milliseconds of each save."""
    took = []
    source = folder / "app.py"
    text = source.read_text(encoding="utf-8")
    watch = saves.Saves(folder)
    changes = watch.follow()
    async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
        await ready(client)
        for number in range(SAVES + WARM):
            began = time.monotonic()
            source.write_text(f"{text}# {number}\n", encoding="utf-8")
            async with asyncio.timeout(DEADLINE):
                await anext(changes)
                saves.check(folder)
                await client.call(ReloadApp(os.path.realpath(folder)), DEADLINE)  # noqa: ASYNC240  # no file is read
                await until_running(client)
            took.append((time.monotonic() - began) * 1000)
    watch.close()
    return took[WARM:]


def main() -> None:
    """Measure and print the figure."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as name:
        folder = Path(name)
        app = folder / "saved"
        scaffold.create(app, "list")
        with running(folder, [app]):
            took = asyncio.run(measure(app))
    figure = {
        "value": round(statistics.median(took), 1),
        "unit": "ms",
        "method": f"save of app.py to the app's first call in its full sandbox, median of {SAVES}; "
        f"{min(took):.0f} to {max(took):.0f}",
    }
    print(json.dumps({"apps_reload_ms": figure}))


if __name__ == "__main__":
    main()
