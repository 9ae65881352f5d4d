# SPDX-License-Identifier: Apache-2.0
"""`ivi app info|grant|revoke|ledger` as programs, against a host with a running app."""

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.apphost.host import default_folders
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostRequest, AppState

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

ROOT = Path(__file__).resolve().parents[3]
MEDIA = [folder for folder in default_folders() if folder.name == "media"]
APP = "dev.ivi.media"


async def ivi(*words: str) -> tuple[int | None, str, str]:
    """Run the command line; exit status, what it said, what it complained about."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ivi", "app", *words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, said.decode(), complained.decode()


def test_the_verbs_tell_take_back_give_and_verify(new_bench: "type[Bench]", sandbox: list[str], tmp_path: Path) -> None:
    async def drive() -> None:
        bench = new_bench(MEDIA, grant_all=False)
        server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
        bench.host.serve(server)
        async with bench.running():
            await server.start()
            app = bench.host.apps[APP]
            await bench.until(lambda: app.state is AppState.RUNNING and app.shown)

            status, said, _ = await ivi("info", APP)
            assert status == 0
            assert "[yes] Read how fast the car drives and how warm the cabin is" in said
            assert "needed, came with the car" in said
            assert ", ".join(sandbox) in said
            assert "trust       7 of 8" in said
            as_json = json.loads((await ivi("info", APP, "--json"))[1])
            assert as_json["permissions"][0]["standing"] == "granted"

            status, said, _ = await ivi("revoke", APP, "Vehicle.Speed")
            assert (status, said) == (0, "it may no longer: Read how fast the car drives\n")
            await bench.until(lambda: app.state is AppState.STOPPED_NEEDS_CONSENT)
            status, said, _ = await ivi("revoke", APP, "Vehicle.Speed")
            assert (status, said) == (1, "it was so already\n")
            assert "[partly]" in (await ivi("info", APP))[1]
            status, said, _ = await ivi("grant", APP, "vehicle.read")
            assert (status, said) == (0, "it may now: Read how fast the car drives\n")
            await bench.until(lambda: app.state is AppState.RUNNING)

            status, said, _ = await ivi("ledger", APP, "--since", "1h")
            assert status == 0
            assert "read how fast the car drives (Vehicle.Speed)" in said
            assert "you took back the right to read how fast the car drives" in said
            assert said.endswith("The ledger is intact.\n")
            assert (await ivi("ledger", APP, "--since", "2099-01-01"))[1].startswith(f"{APP} has done nothing")
            assert (await ivi("ledger", APP, "--since", "yesterday"))[0] == 5
            assert (await ivi("info", "com.partner.nobody"))[0] == 3
            assert (await ivi("revoke", APP, "net"))[0] == 3

            other = sqlite3.connect(tmp_path / "state" / "ledger.db", isolation_level=None)
            other.executescript("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete;")
            other.execute("UPDATE ledger SET reason = 'nothing' WHERE action = 'revoke'")
            other.close()
            status, said, _ = await ivi("ledger", APP)
            assert status == 1
            assert "THE LEDGER IS NOT INTACT" in said
            assert json.loads((await ivi("ledger", APP, "--json"))[1])["verified"] is False
            await server.stop()
        status, _, complained = await ivi("info", APP)
        assert status == 6
        assert "not running" in complained

    asyncio.run(drive())
