# SPDX-License-Identifier: Apache-2.0
"""Features over a real broker and the real cloud process: snapshots come, receipts arrive once, clocks turn back."""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from paho.mqtt import publish

from ivi.cloud import cbor
from ivi.cloud.entitlements.snapshot import Feature, Snapshot, open_snapshot, sign_snapshot
from ivi.cloud.outbox import Outbox
from ivi.cloud.record import decode_record
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.entitlements import Answer, FeatureKind, FeatureList, FeatureUsed, ListFeatures, UseFeature
from ivi.model.errors import IviError
from ivi.model.services import DrivingState, ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from tests.integration.cloud.play import until
from tests.integration.cloud.test_asyncapi import DOCUMENT, check

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

DRIVER = Path(__file__).with_name("entitlements_driver.py")
KEY = Ed25519PrivateKey.generate()
KID = b"01"
VEHICLE = "car-1"
DAY = 86_400
WAIT = 40.0  # seconds that anything may take on a busy machine


def trust(folder: Path) -> None:
    """Let a car believe the key."""
    folder.mkdir(mode=0o700, exist_ok=True)
    entry = {"id": KID.hex(), "role": "entitlements", "public": KEY.public_key().public_bytes_raw().hex()}
    (folder / "trust.json").write_text(json.dumps({"keys": [entry]}))


def snapshot(sequence: int = 1, *features: Feature, days: int = 30, grace: int = DAY) -> bytes:
    """A snapshot of now."""
    now = int(time.time())
    made = features or (Feature("charging.plan", FeatureKind.METERED, quota=100_000, unit="kWh"),)
    end = now + days * DAY
    return sign_snapshot(Snapshot("fleet", VEHICLE, sequence, now, now, end, grace, made), KID, KEY)


def start(rig: "Rig", clock: dict[str, str] | None = None) -> None:
    """Start the real cloud process, perhaps with another wall clock."""
    command = [sys.executable, "-m", "ivi.manager.entry.cloud"]
    with (rig.folder / "uplink.log").open("ab") as log:
        rig.running["uplink"] = subprocess.Popen(
            [*command, "--broker", f"127.0.0.1:{rig.port}", "--vehicle", VEHICLE],
            env=rig.env | (clock or {}),
            stdout=log,
            stderr=log,
        )


def shifted(offset: str) -> dict[str, str]:
    """What puts a process's wall clock elsewhere. Without the program itself, which would stand between us and it."""
    words = ["faketime", "--exclude-monotonic", "-f", offset, "env"]
    lines = subprocess.run(words, capture_output=True, text=True, timeout=30, check=True).stdout.splitlines()
    named = dict(line.split("=", 1) for line in lines if "=" in line)
    return {name: named[name] for name in ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC")}


def send(rig: "Rig", message: bytes, last: str = "ent") -> None:
    """What the fleet sends, retained."""
    topic = f"v1/{VEHICLE}/down/{last}"
    publish.single(topic, message, qos=1, retain=True, hostname="127.0.0.1", port=rig.port)


def ask(rig: "Rig", request: ListFeatures | UseFeature) -> Any:  # noqa: ANN401  # the answer of the request
    """Ask the process over its socket."""

    async def tell() -> object:
        async with LinkClient(rig.folder / "run" / "cloud.sock", Answer) as asks:
            return await asks.call(request)

    return asyncio.run(tell())


def sequence(rig: "Rig") -> int:
    """Of the snapshot that the car has; -1 while it does not answer."""
    try:
        found: FeatureList = ask(rig, ListFeatures())
    except IviError:
        return -1
    return found.sequence


def test_the_message_is_described() -> None:
    """docs/asyncapi.yaml, with every kind of feature."""
    description = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    message = snapshot(
        3,
        Feature("media.hifi", FeatureKind.PERPETUAL, transferable=True),
        Feature("nav.premium", FeatureKind.TERM, until=1_900_000_000),
        Feature("park.assist", FeatureKind.TRIAL, quota=14),
        Feature("charging.plan", FeatureKind.METERED, quota=200, unit="kWh", spent=7),
    )
    assert check(description, f"v1/{VEHICLE}/down/ent", message) == "entitlement"


def receipts(rig: "Rig") -> list[tuple[int, int]]:
    """Counter and amount of all that the fleet has."""
    with contextlib.closing(sqlite3.connect(rig.db)) as db:
        rows = db.execute("select counter, data from usage_receipt order by counter").fetchall()
    found = [(counter, cbor.decode(data, "a receipt")) for counter, data in rows]
    return [(counter, data["amount"]) for counter, data in found if isinstance(data, dict)]


def events(rig: "Rig", kind: str) -> list[dict[str, Any]]:
    """Contents of all records of a kind that the fleet has."""
    with contextlib.closing(sqlite3.connect(rig.db)) as db:
        rows = db.execute("select data from event where kind = ? order by at_ms", (kind,)).fetchall()
    found = [cbor.decode(data, "an event") for (data,) in rows]
    return [data for data in found if isinstance(data, dict)]


def settled(rig: "Rig") -> None:
    """Wait until the fleet has everything."""
    until(rig, lambda: rig.counter("uplink", "features_receipts_waiting") == 0, "no receipt waits", WAIT)
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged", WAIT)


def test_features_over_a_broker_with_an_outage_and_an_attack(rig: "Rig") -> None:
    """A snapshot comes, uses are counted while the broker is away, bad snapshots are told to the fleet."""
    trust(rig.folder / "state")
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    send(rig, snapshot(3))
    rig.start("ingest")
    start(rig)
    until(rig, lambda: sequence(rig) == 3, "the retained snapshot has come", WAIT)
    assert ask(rig, UseFeature("charging.plan", 5)).feature.left == 99_995
    rig.kill("broker")
    assert ask(rig, UseFeature("charging.plan", 7)).feature.left == 99_988
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    settled(rig)
    assert [amount for _, amount in receipts(rig)] == [5, 7]
    first, second = [counter for counter, _ in receipts(rig)]
    assert second == first + 1
    good = snapshot(4)
    send(rig, good[:-1] + bytes((good[-1] ^ 1,)))
    send(rig, snapshot(2))
    send(rig, b"\x81" * 3000)
    until(rig, lambda: len(events(rig, "refused")) == 3, "the fleet hears of it", WAIT)
    assert [data["reason"] for data in events(rig, "refused")] == ["forged", "replayed", "malformed"]
    assert sequence(rig) == 3
    send(rig, good)
    until(rig, lambda: sequence(rig) == 4, "the good one is taken", WAIT)
    until(rig, lambda: [data["sequence"] for data in events(rig, "entitlement")][-1] == 4, "and told", WAIT)
    assert rig.terminate("uplink") == 0


@pytest.mark.timeout(240)
def test_kills_between_use_and_receipt_lose_and_double_nothing(rig: "Rig") -> None:
    """Each use has a key and is asked for until it is answered; the fleet has each amount once."""
    trust(rig.folder / "state")
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    send(rig, snapshot())
    rig.start("ingest")
    start(rig)
    until(rig, lambda: sequence(rig) == 1, "the snapshot has come", WAIT)
    dice = random.Random(5)
    uses = 0
    answers: dict[str, int] = {}
    for _ in range(8):
        killed = time.monotonic() + dice.uniform(0.05, 0.25)
        with contextlib.suppress(IviError):
            _use_until(rig, killed, answers, uses)
        uses = len(answers)
        rig.kill("uplink")
        start(rig)
        until(rig, lambda: sequence(rig) == 1, "it is back", WAIT)
    settled(rig)
    found = receipts(rig)
    assert sum(amount for _, amount in found) == 100_000 - ask(rig, ListFeatures()).features[0].left
    assert sorted(answers.values()) == [counter for counter, _ in found if counter in set(answers.values())]
    assert len(found) - len(answers) <= 8  # those that were counted when the answer was on its way
    assert len({counter for counter, _ in found}) == len(found)
    counters = [counter for counter, _ in found]
    assert counters == list(range(counters[0], counters[0] + len(counters)))


def _use_until(rig: "Rig", deadline: float, answers: dict[str, int], first: int) -> None:
    """Use again and again, and kill the process in the middle of it at the deadline."""

    async def use() -> None:
        async with LinkClient(rig.folder / "run" / "cloud.sock", Answer) as asks:
            asyncio.get_running_loop().call_later(
                max(0.0, deadline - time.monotonic()), rig.running["uplink"].send_signal, signal.SIGKILL
            )
            number = first
            while True:
                key = f"use-{number}"
                used: FeatureUsed = await asks.call(UseFeature("charging.plan", 1, key))
                answers[key] = used.counter
                number += 1

    asyncio.run(use())


@pytest.mark.parametrize("point", ["in-store", "before-outbox", "after-outbox"])
def test_killed_at(tmp_path: Path, point: str) -> None:
    """At each step of a use: it counts with its receipt or not at all, and the receipt has one counter."""
    trust(tmp_path)
    (tmp_path / "snapshot").write_bytes(snapshot())

    def run(*arguments: str) -> tuple[int, list[str]]:
        command = [sys.executable, str(DRIVER), "--folder", str(tmp_path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=dict(os.environ), check=False)
        return done.returncode, done.stdout.splitlines()

    assert run("--uses", "2")[0] == 0
    assert run("--uses", "1", "--die", point)[0] == -signal.SIGKILL
    status, lines = run("--uses", "1")
    assert status == 0
    counted = point != "in-store"
    assert lines[0].split()[1] == str(100_000 - 3 - counted)
    outbox = Outbox(tmp_path / "told.db", sync="FULL", window=1000)
    try:
        records = [decode_record(frame.body) for frame in outbox.due(1000)]
    finally:
        outbox.close()
    told = [(data["counter"], data["total"]) for record in records if record.kind == "usage" for data in [record.data]]
    assert [total for _, total in sorted(set(told))] == list(range(1, 4 + counted))
    assert len(told) - len(set(told)) == (1 if point == "after-outbox" else 0)


@contextlib.asynccontextmanager
async def parked(folder: Path) -> AsyncIterator[None]:
    """Services that say parked."""
    server = LinkServer(folder / "run" / "services.sock", (ServicesRequest,), Process("services").status)

    async def serve(_request: SubscribeUxRestrictions, stream: Stream) -> None:
        stream.send(UxRestrictions(DrivingState.PARKED, [], "parked"))
        await asyncio.Event().wait()

    server.router.on_stream(SubscribeUxRestrictions, serve)
    await server.start()
    try:
        yield
    finally:
        await server.stop()


async def _state(rig: "Rig", wanted: Callable[[FeatureList], bool]) -> FeatureList:
    async with asyncio.timeout(WAIT):
        while True:
            with contextlib.suppress(IviError):
                async with LinkClient(rig.folder / "run" / "cloud.sock", Answer) as asks:
                    found: FeatureList = await asks.call(ListFeatures())
                if wanted(found):
                    return found
            await asyncio.sleep(0.05)


def test_a_real_clock_turned_back_revives_nothing(rig: "Rig") -> None:
    """The term ends by the process's clock; then the clock is put back by 400 days."""
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    trust(rig.folder / "state")
    (rig.folder / "run").mkdir(mode=0o700, exist_ok=True)
    end = int(time.time()) + 10 * DAY
    message = snapshot(1, Feature("nav.premium", FeatureKind.TERM, until=end))
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    send(rig, message)

    def is_now(state: str) -> Callable[[FeatureList], bool]:
        return lambda found: [view.state for view in found.features] == [state]

    async def story() -> None:
        async with parked(rig.folder):
            start(rig)
            await _state(rig, is_now("active"))
            for offset, state in (("+10d", "grace"), ("+60d", "locked"), ("-400d", "locked")):
                assert rig.terminate("uplink") == 0
                start(rig, shifted(offset))
                await _state(rig, is_now(state))

    asyncio.run(story())
    naive = open_snapshot(message, {KID: KEY.public_key()}).snapshot.features[0]
    assert time.time() - 400 * DAY < naive.until  # who asks the wall clock gives it away
    problems = [problem.what for problem in rig.must_status("uplink").problems]
    assert any("clock was turned back" in what for what in problems)
