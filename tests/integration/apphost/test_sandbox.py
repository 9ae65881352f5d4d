# SPDX-License-Identifier: Apache-2.0
"""A hostile app in the real sandbox: everything it was not granted fails, and the audit knows."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.sandbox.process_tree import descendants
from ivi.model.apphost import AppState
from ivi.model.services import DrivingState, UxRestrictions

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

PROBER = Path(__file__).parent / "apps" / "prober"
NEEDS = {"forbidden: memory to write and run": "mdwe", "forbidden: process 1's environment": "landlock"}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Path]:
    """The hostile app with what it is told of the host in its own folder, and real listeners behind it."""
    data = tmp_path / "prober"
    shutil.copytree(PROBER, data)
    secret = tmp_path / "secret"
    secret.write_text("a secret of the host")
    abstract = f"\0ivi-test-{tmp_path.name}"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(abstract)
        unix.listen()
        told = {"port": tcp.getsockname()[1], "secret": str(secret), "databroker": str(tmp_path / "databroker.sock"),
                "abstract": abstract}  # fmt: skip
        (data / "told.json").write_text(json.dumps(told))
        yield data


def results_inside() -> str:
    """What the app wrote into its /data, which ends with it."""
    for pid in descendants(os.getpid()):
        with contextlib.suppress(OSError):
            # proc(5): `root` is the box's own file tree.
            return Path("/proc", str(pid), "root", "data", "results.json").read_text()
    raise AssertionError("no box has results")


def test_a_hostile_app_gets_nothing_that_it_was_not_granted(
    new_bench: "type[Bench]", sandbox: list[str], told: Path
) -> None:
    async def drive() -> tuple[dict[str, str], Any, Any]:
        bench = new_bench([told])
        bench.car.ux = UxRestrictions(DrivingState.MOVING, [], "moving", 4, 40)
        async with bench.running():
            app = bench.host.apps["dev.ivi.prober"]
            await bench.until(lambda: app.shown, 20)
            answer = await bench.host.audit("dev.ivi.prober", 200)
            assert answer.verified
            return json.loads(results_inside()), answer.records, bench.car.actuated

    results, records, actuated = asyncio.run(drive())
    expected = {name for name in results if name.startswith("forbidden:") and NEEDS.get(name, "namespaces") in sandbox}
    escaped = {name: results[name] for name in expected if not results[name].startswith("denied")}
    refused = {name: result for name, result in results.items() if name.startswith("allowed:") and result != "done"}
    assert len(expected) > 35
    assert escaped == {}
    assert refused == {}
    assert results["identity"] == "1000 app"
    assert actuated == []

    said = results["forbidden: read a path that is not granted"]
    assert said.startswith("denied: permission_denied: Vehicle.CurrentLocation.Latitude may not be read")
    assert 'use = "location"' in said
    assert "only while parked" in results["forbidden: change while driving"]
    denied = {(record.action, record.target) for record in records if record.decision == "denied"}
    assert ("vehicle.read", "Vehicle.CurrentLocation.Latitude") in denied
    assert ("vehicle.actuate", "Vehicle.Body.Horn.IsActive") in denied
    assert ("vehicle.actuate", "Vehicle.Speed") in denied
    assert ("vehicle.read", "Vehicle.Speed") in {(r.action, r.target) for r in records if r.decision == "allowed"}


@pytest.mark.parametrize(("target", "reason"), [("oversize", "over the limit"), ("garbage", "malformed frame")])
def test_an_app_that_breaks_the_protocol_is_ended_with_the_reason(
    new_bench: "type[Bench]", sandbox: list[str], told: Path, target: str, reason: str
) -> None:
    async def drive() -> list[str]:
        bench = new_bench([told])
        async with bench.running():
            app = bench.host.apps["dev.ivi.prober"]
            await bench.until(lambda: app.shown, 20)
            reasons: list[str] = []
            app._on_change = lambda: reasons.append(app.reason)
            assert app.tap(1, target).delivered
            await bench.until(lambda: app.restarts == 1)
            await bench.until(lambda: app.state is AppState.RUNNING)
            return reasons

    assert any(reason in said for said in asyncio.run(drive()))
