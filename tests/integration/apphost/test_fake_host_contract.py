# SPDX-License-Identifier: Apache-2.0
"""The fake host of ivi.sdk.testing and the real one answer the same app alike, word for word."""

import asyncio
import re
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.model.app_intents import SayToApp
from ivi.model.apphost import ApphostAnswer, ApphostRequest
from ivi.model.rights import ChangeGrant
from ivi.sdk import PaymentState
from ivi.sdk.testing import AppFactory, FakeHost
from ivi.services.ux_restrictions.policy import Motion, restrict

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

FOLDER = Path(__file__).parent / "apps" / "contract"
APP, SPEED = "dev.ivi.contract", "Vehicle.Speed"
FAN = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"


def with_fake(app: AppFactory, host: FakeHost) -> list[str]:
    host.vehicle.set(SPEED, 12.4)
    host.payments.outcome = PaymentState.UNAVAILABLE
    host.payments.reason = "no way to pay is set up in this car"
    started: Any = app(manifest=FOLDER)
    host.clock.advance(60)
    host.tap("ok")
    host.vehicle.set(SPEED, 43.0)
    host.clock.advance(1)
    answer = host.intent("contract.ask", place="home")
    host.drive("moving")
    host.clock.advance(10)
    host.revoke(SPEED)
    host.clock.advance(5)
    host.revoke("notify")
    host.clock.advance(5)
    host.grant(SPEED)
    host.stop()
    return [*started.lines, answer]


async def with_real(new_bench: "type[Bench]") -> list[str]:
    bench = new_bench([FOLDER])
    bench.car.values |= {SPEED: 12.4, FAN: 0}
    bench.car.ux = restrict(Motion(0.0, 126, True))
    server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
    bench.host.serve(server)
    client = LinkClient(socket_path("apphost"), ApphostAnswer)
    async with bench.running():
        await server.start()
        app = bench.host.apps[APP]

        def said(text: str) -> bool:
            return any(line.startswith(text) for line in app.log.printed())

        try:
            await bench.until(lambda: said("done standing"), 60)
            assert app.tap(app.stage._page_revision, "ok").delivered
            await bench.until(lambda: said("tap ok"))
            await bench.car.set(SPEED, 43.0)
            await bench.until(lambda: said("signal 45"))
            answer = await client.call(SayToApp(APP, "contract.ask", {"place": "home"}))
            await bench.car.drive(restrict(Motion(43.0)))
            await bench.until(lambda: said("done moving"), 60)
            await client.call(ChangeGrant(APP, SPEED, granted=False))
            await bench.until(lambda: said("done revoked"), 60)
            await client.call(ChangeGrant(APP, "notify", granted=False))
            await bench.until(lambda: sum(line.startswith("done revoked") for line in app.log.printed()) > 1, 60)
            # A permission is given back by whoever stands in a parked car.
            await bench.car.drive(restrict(Motion(0.0, 126, True)))
            await bench.until(lambda: app.log.printed()[-1].startswith("limits Limits(driving_state='parked'"))
            await client.call(ChangeGrant(APP, SPEED, granted=True))
            await bench.until(lambda: said("granted"))
        finally:
            await client.close()
            await server.stop()
    return [*app.log.printed(), answer.text]


def in_order(lines: list[str]) -> list[str]:
    """What came by itself after what was asked for: when it comes is not part of the contract. States once each.

    Nor is how many seconds of an hour have gone by meanwhile.
    """
    lines = [re.sub(r"\(wait \d+ s\)", "(wait a while)", line) for line in lines]
    events = [line for line in lines if line.startswith(("signal ", "payment ", "limits "))]
    steps = [line for line in lines if line not in events]
    known = {line for line in events if "unknown" not in line}
    return [*steps, *sorted(known)]


def test_the_fake_host_answers_as_the_real_one(
    app: AppFactory, host: FakeHost, new_bench: "type[Bench]", sandbox: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # It tells every answer by printing it; an ordinary app has no need to.
    monkeypatch.setattr("ivi.apphost.output.LINES_PER_S", 5000.0)
    monkeypatch.setattr("ivi.apphost.output.LINES_BURST", 5000.0)
    fake = in_order(with_fake(app, host))
    real = in_order(asyncio.run(with_real(new_bench)))
    assert fake == real, "\n".join(unified_diff(fake, real, "fake", "real", n=0, lineterm=""))
