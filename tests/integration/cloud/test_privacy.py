# SPDX-License-Identifier: Apache-2.0
"""From a fresh car that sends nothing to what its driver agreed to, as the fleet and the export see it."""

import datetime
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from paho.mqtt import publish

from ivi.cloud.campaigns.campaign import parse_campaign
from ivi.cloud.campaigns.signed import sign_campaigns
from ivi.cloud.column_reader import Readings, decode_columns, readings
from ivi.cloud.consent.coarsening import coarse_place
from ivi.cloud.record import ENCODING_RECORD, Record, decode_record
from ivi.cloud.signal_table import SignalTable
from ivi.cloud.telemetry import decode_batch
from ivi.cloud.wire import down_topic
from ivi.fleet import report
from ivi.model.protected import LATITUDE, LONGITUDE

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

CAR = Path(__file__).with_name("privacy_car.py")
ROOT = Path(__file__).resolve().parents[3]
WAIT = 40.0  # seconds that anything may take on a busy machine
PARKED = {
    "Vehicle.Speed": 0.0,
    "Vehicle.Powertrain.Transmission.SelectedGear": 126,
    "Vehicle.Chassis.ParkingBrake.IsEngaged": True,
}
WHERE = {
    "id": "where",
    "signals": ["Vehicle.CurrentLocation.**"],
    "use": {"purpose": "traffic", "category": "location", "recipient": "fleet", "retention_days": 1},
    "period_ms": 200,
    "priority": 9,
}
CELL, STEP = 500, 2
UNAVAILABLE = 6  # exit status
NOT_FOUND = 3


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


class Driver:
    """The car's process, and whoever sits in it."""

    def __init__(self, rig: "Rig") -> None:
        self.rig = rig
        state = rig.folder / "state"
        state.mkdir(mode=0o700)
        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        trusted = {"id": b"data".hex(), "role": "campaigns", "public": public, "name": "Data office"}
        (state / "trust.json").write_text(json.dumps({"keys": [trusted]}))
        command = [sys.executable, str(CAR), "--broker", f"127.0.0.1:{rig.port}", "--vehicle", "car"]
        with (rig.folder / "uplink.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=rig.env | {"PYTHONPATH": str(ROOT)},
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stderr=log,
                stdout=log,
            )
        rig.running["uplink"] = self.process

    def say(self, values: Mapping[str, object]) -> None:
        """What the sensors say from now on."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(dict(values)).encode() + b"\n")
        self.process.stdin.flush()

    def privacy(self, *words: str, status: int = 0) -> str:
        """`ivi privacy`; what it wrote."""
        command = [sys.executable, "-m", "ivi", "privacy", *words]
        environment = self.rig.env | {"PYTHONPATH": str(ROOT), "COLUMNS": os.environ.get("COLUMNS", "120")}
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=WAIT, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def agree(self, *words: str) -> None:
        """Agree as soon as the car knows that it is parked."""

        def agreed() -> bool:
            try:
                self.privacy("agree", *words)
            except AssertionError:
                return False
            return True

        until(agreed)

    def stored(self, channel: str) -> list[report.StoredRow]:
        """Rows that the fleet has."""
        return [row for row in report.rows(self.rig.db) if row.name == channel]

    def records(self, kind: str) -> list[Record]:
        """Records that the fleet has."""
        found = [row for row in report.rows(self.rig.db) if row.body[0] == ENCODING_RECORD]
        return [record for record in (decode_record(row.body) for row in found) if record.kind == kind]

    def where(self) -> list[Readings]:
        """What the fleet knows of where a car was."""
        tables = [SignalTable.from_record(record.data) for record in self.records("signals")]
        by_hash = {table.hash: table for table in tables}
        batches = [decode_columns(row.body) for row in self.stored("telemetry.traffic")]
        return [one for batch in batches for one in readings(batch, by_hash[batch.table])]


@pytest.fixture
def driver(rig: "Rig") -> Iterator[Driver]:
    """A car that drives, a fleet that asks where it is."""
    rig.start("broker")
    until(rig.broker_answers)
    rig.start("ingest")
    until(lambda: rig.status("ingest"))
    car = Driver(rig)
    until(lambda: rig.counter("uplink", "mqtt_state") == "online")
    signed = sign_campaigns(
        [parse_campaign(WHERE)],
        vehicle="car",
        version=1,
        expires_ms=int(time.time() * 1000) + 3_600_000,
        kid=b"data",
        key=car.key,
    )
    publish.single(down_topic("car", "policy"), signed, qos=1, retain=True, hostname="127.0.0.1", port=rig.port)
    yield car
    assert car.process.stdin is not None
    car.process.stdin.close()


def check_export(folder: Path, key: str) -> dict[str, list[dict[str, Any]]]:
    """The files are what the manifest says, line by line and in Parquet; returns the lines."""
    parquet = pytest.importorskip("pyarrow.parquet")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["format"], manifest["vehicle"], manifest["consent_key"]) == ("ivi-export-1", "car", key)
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in manifest["files"]:
        path = folder / entry["name"]
        assert path.stat().st_mode & 0o777 == 0o600
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert len(lines) == entry["rows"]
        found[entry["name"]] = lines
        table = parquet.read_table(path.with_suffix(".parquet")).to_pylist()
        if entry["name"] == "consents.ndjson":
            assert [row["number"] for row in table] == [line["number"] for line in lines]
            assert [row["what"] for row in table] == [line["what"] for line in lines]
        else:
            assert {(row["stream"], row["seq"]) for row in table} == {(line["stream"], line["seq"]) for line in lines}
    return found


@pytest.mark.timeout(180)
def test_only_what_the_driver_agrees_to_leaves(rig: "Rig", driver: Driver, tmp_path: Path) -> None:
    """Nothing at first; then what was agreed to, no finer than agreed; the driver takes it along and takes it back."""
    # A fresh car that drives: nobody is asked now, and nothing is sent.
    assert "parked" in driver.privacy("agree", "care", status=UNAVAILABLE)
    assert "no purpose" in driver.privacy("agree", "spying", status=NOT_FOUND)
    until(lambda: rig.number("uplink", "mqtt_withheld") > 0)
    note = rig.counter("uplink", "privacy_note")
    assert isinstance(note, str)
    assert "nobody has agreed" in note
    assert {row.name for row in report.rows(rig.db)} <= {"control", "events"}
    # Parked: agreed to, each in its terms.
    driver.say(PARKED)
    driver.agree("care")
    driver.agree("traffic", "--cell", str(CELL), "--time", str(STEP))
    shown = driver.privacy("show")
    assert f"location data to fleet, kept 1 days, places as cells of {CELL} m, moments to {STEP} s, agreed by" in shown
    until(lambda: len(driver.stored("telemetry.care")) > 2 and len(driver.stored("telemetry.traffic")) > 2)
    # The fleet's end: care with the car's name and no place, traffic without a name and roughly.
    care, traffic = driver.stored("telemetry.care"), driver.stored("telemetry.traffic")
    assert ({row.vehicle for row in care}, {row.vehicle for row in traffic}) == ({"car"}, {""})
    assert {path for row in care for path in decode_batch(row.body).values} == {"Vehicle.Speed"}
    cell = coarse_place(48.13712, 11.57539, CELL)
    told = {(one.path, value) for one in driver.where() for value in one.values}
    assert told == {(LATITUDE, cell[0]), (LONGITUDE, cell[1])}
    assert not {(LATITUDE, 48.13712), (LONGITUDE, 11.57539)} & told
    assert {t_ms % (STEP * 1000) for one in driver.where() for t_ms in one.times_ms} == {0}
    # The driver takes it along.
    folder = tmp_path / "mine"
    assert "data-traffic.parquet" in driver.privacy("export", str(folder), "--parquet")
    lines = check_export(folder, json.loads(driver.privacy("verify", "--json"))["key"])
    assert [line["what"] for line in lines["consents.ndjson"]] == ["began", "agreed", "agreed"]
    sent = [line for line in lines["data-traffic.ndjson"] if line["state"] == "sent"]
    at_fleet = {(row.stream.hex(), row.seq) for row in driver.stored("telemetry.traffic")}
    assert sent
    assert {(line["stream"], line["seq"]) for line in sent} <= at_fleet
    assert {one["path"] for line in sent for one in line["series"]} == {LATITUDE, LONGITUDE}
    assert {"Vehicle.Speed"} == {path for line in lines["data-care.ndjson"] for path in line["values"]}
    for line in sent:
        assert datetime.datetime.fromisoformat(line["time"]).second % STEP == 0
    assert "not empty" in driver.privacy("export", str(folder), status=5)
    # And takes it back, while driving.
    driver.say({"Vehicle.Speed": 50.0})
    assert "taken back" in driver.privacy("revoke", "traffic")
    until(lambda: [record for record in driver.records("consent") if record.data["what"] == "revoked"])
    until(lambda: driver.stored("telemetry.traffic") == [])  # the fleet does as it is asked
    before = len(driver.stored("telemetry.care"))
    until(lambda: len(driver.stored("telemetry.care")) > before + 2)
    assert driver.stored("telemetry.traffic") == []
    (asked,) = [record.data for record in driver.records("consent") if record.data["what"] == "revoked"]
    assert {(name, stream) for name, stream in asked["delete"]} == {(row.name, row.stream) for row in traffic}
    assert "4 entries" in driver.privacy("verify")
