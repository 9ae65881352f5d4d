# SPDX-License-Identifier: Apache-2.0
"""Round trip of a signed command: issuer -> Mosquitto -> car -> Mosquitto -> issuer, all over mutual TLS 1.3.

Every process is real: Mosquitto with its access list and TCP_NODELAY, the cloud process with its commands and durable
stores, the databroker with the simulated car's bus, the services. Measured in the issuer: from before signing
`report_state` until its record `succeeded` is here; in between the car verifies, keeps the command (FULL sync), checks
guards, reads the car's values, and commits every state.

Peer, in the same run and in turns: what one gets from paho and Mosquitto as they come (no TCP_NODELAY on either end),
an unsigned request that is answered at once, over the same TLS. And the floor: the same with TCP_NODELAY on both ends.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.record import decode_record
from ivi.cloud.tls import TlsFiles
from ivi.cloud.wire import Ack, Frame, Kind, ack_topic, decode_frames, down_topic, encode, rows_topic
from ivi.fleet.mosquitto import find_mosquitto, prepare
from ivi.fleet.pki import BROKER, HOSTS, Authority

ROOT = Path(__file__).resolve().parents[2]
VEHICLE = "bench-car"
ROUNDS = 5
COMMANDS = 100  # in each round
PEER = 20  # requests of the peer in each round; one takes 80 ms
DEADLINE = 30.0  # seconds
KID = b"owner"


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {DEADLINE:g} s: {what}")
        time.sleep(0.02)


class Caller:
    """An MQTT client that sends one message and waits for the one that answers it."""

    def __init__(self, name: str, port: int, pki: Path, topic: str, *, nodelay: bool) -> None:
        self.client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self.client.tls_set_context(TlsFiles.of(pki, name).context())
        if nodelay:
            self.client.on_socket_open = lambda _client, _data, sock: sock.setsockopt(  # type: ignore[attr-defined]
                socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
            )
        self.ready, self.arrived = threading.Event(), threading.Event()
        self.wanted: Callable[[bytes], bool] = lambda _payload: True
        self.client.on_connect = self._connected
        self._topic = topic
        self.client.on_subscribe = lambda *_: self.ready.set()
        self.client.on_message = self._message
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        if not self.ready.wait(DEADLINE):
            raise SystemExit(f"{name} is not connected")

    def _connected(self, client: Client, *_: object) -> None:
        client.subscribe(self._topic, 1)

    def _message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        if self.wanted(bytes(message.payload)):
            self.arrived.set()

    def call(self, topic: str, payload: bytes) -> None:
        """Send, and wait for the answer."""
        self.arrived.clear()
        self.client.publish(topic, payload, 1)
        if not self.arrived.wait(DEADLINE):
            raise SystemExit(f"no answer on {topic}")

    def close(self) -> None:
        """Say goodbye."""
        self.client.disconnect()
        self.client.loop_stop()


class Issuer:
    """Signs commands and sees their ends."""

    def __init__(self, port: int, pki: Path, key: Ed25519PrivateKey) -> None:
        self._key, self._counter, self._epoch = key, 0, b""
        self._caller = Caller("fleet", port, pki, rows_topic(VEHICLE, "control"), nodelay=True)
        self._caller.wanted = self._learn
        self._waiting = b""
        self._seen: Ack | None = None

    def _learn(self, payload: bytes) -> bool:
        if self._epoch and not (self._waiting in payload and b"succeeded" in payload):
            return False
        return True in [self._take(frame) for frame in decode_frames(payload)]

    def _take(self, frame: Frame) -> bool:
        if frame.kind is not Kind.RECORD:
            return False
        self._seen = Ack(frame.stream, frame.seq)
        record = decode_record(frame.body)
        if record.kind == "command_epoch":
            self._epoch = record.data["epoch"]
        return record.kind == "command" and record.data["state"] == "succeeded" and record.data["id"] == self._waiting

    def knows_epoch(self) -> bool:
        """Whether the car has said what to sign for."""
        return bool(self._epoch)

    def round_trip(self) -> float:
        """Milliseconds of one command."""
        self._counter += 1
        begin = time.perf_counter()
        command = Command(VEHICLE, "report_state", self._counter, int(time.time()) + 60, self._epoch)
        self._waiting = command.id
        self._caller.call(down_topic(VEHICLE, "cmd"), sign_command(command, KID, self._key))
        return (time.perf_counter() - begin) * 1000

    def acknowledge(self) -> None:
        """Say that all is safe, as the fleet's database does."""
        if self._seen is not None:
            self._caller.client.publish(ack_topic(VEHICLE, "control"), encode(self._seen), 1, retain=True)

    def close(self) -> None:
        """Say goodbye."""
        self._caller.close()


def echo(port: int, pki: Path, *, nodelay: bool) -> tuple[Caller, Caller]:
    """One that asks, and one that answers at once."""
    answering = Caller("peer-car", port, pki, "v1/peer-car/down/cmd", nodelay=nodelay)

    def answer(client: Client, _data: object, message: MQTTMessage) -> None:
        client.publish("v1/peer-car/up/t/control", message.payload, 1)

    answering.client.on_message = answer
    return Caller("ingest", port, pki, "v1/peer-car/up/t/control", nodelay=nodelay), answering


@contextmanager
def processes(folder: Path) -> Iterator[Callable[..., None]]:
    """Start programs that are stopped in the end."""
    environment = dict(
        os.environ,
        PYTHONPATH=str(ROOT),
        IVI_RUNTIME_DIR=str(folder / "run"),
        IVI_STATE_DIR=str(folder / "state"),
    )
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *command: str) -> None:
        with (folder / f"{name}.log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))

    try:
        yield start
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def measure(folder: Path) -> tuple[list[list[float]], list[float], list[float]]:
    """Rounds of commands, and between them the peer's requests and bare ones over our broker, milliseconds."""
    pki = folder / "pki"
    authority = Authority(pki)
    authority.issue(BROKER, hosts=HOSTS)
    for name in (VEHICLE, "peer-car", "fleet", "ingest"):
        authority.issue(name)
    key = Ed25519PrivateKey.generate()
    (folder / "state").mkdir(mode=0o700)
    public = key.public_key().public_bytes_raw().hex()
    trust = {"keys": [{"id": KID.hex(), "role": "owner", "public": public, "name": "bench"}]}
    (folder / "state" / "trust.json").write_text(json.dumps(trust))
    ours, theirs = free_port(), free_port()
    python = [sys.executable, "-m"]
    with processes(folder) as start:
        start("broker", *prepare(ours, folder / "broker", pki))
        plain = prepare(theirs, folder / "plain", pki)
        config = Path(plain[-1])
        config.write_text(config.read_text().replace("set_tcp_nodelay true\n", ""))
        start("plain", *plain)
        start("databroker", *python, "ivi.manager.entry.databroker")
        start("services", *python, "ivi.manager.entry.services")
        until((folder / "run" / "services.sock").exists, "the services run")
        until((folder / "run" / "databroker.sock").exists, "the databroker runs")
        for port in (ours, theirs):
            until(partial(answers, port), "a broker answers")
        issuer = Issuer(ours, pki, key)
        options = ["--broker", f"127.0.0.1:{ours}", "--vehicle", VEHICLE, "--tls-dir", str(pki)]
        start("cloud", *python, "ivi.manager.entry.cloud", *options)
        until(issuer.knows_epoch, f"the car is there; {(folder / 'cloud.log').read_text()[-500:]}")
        asking, answering = echo(theirs, pki, nodelay=False)
        quick, mirror = echo(ours, pki, nodelay=True)
        try:
            for _ in range(20):
                issuer.round_trip()
            rounds: list[list[float]] = []
            peer: list[float] = []
            bare: list[float] = []
            for _ in range(ROUNDS):
                issuer.acknowledge()
                rounds.append([issuer.round_trip() for _ in range(COMMANDS)])
                peer += [timed(partial(asking.call, "v1/peer-car/down/cmd", b"x" * 160)) for _ in range(PEER)]
                bare += [timed(partial(quick.call, "v1/peer-car/down/cmd", b"x" * 160)) for _ in range(COMMANDS)]
        finally:
            for one in (issuer, asking, answering, quick, mirror):
                one.close()
    return rounds, peer, bare


def timed(work: Callable[[], None]) -> float:
    """Milliseconds that it takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def answers(port: int) -> bool:
    """Whether a port takes connections."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def main() -> int:
    """Print the figures."""
    if find_mosquitto() is None:
        print("mosquitto is not installed", file=sys.stderr)
        print("{}")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="ivi-b-"))
    try:
        rounds, peer, bare = measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    every = sorted(time for round_ in rounds for time in round_)
    p50 = statistics.median(statistics.median(round_) for round_ in rounds)
    how = f"{ROUNDS} rounds of {COMMANDS} signed commands (report_state), one at a time, over mTLS 1.3 and Mosquitto"
    figures = {
        "cloud_command_rtt_p50_ms": {"value": round(p50, 2), "unit": "ms", "method": f"median of medians of {how}"},
        "cloud_command_rtt_p99_ms": {
            "value": round(every[int(len(every) * 0.99)], 2),
            "unit": "ms",
            "method": f"99th percentile of {how}",
        },
        "cloud_command_rtt_default_p50_ms": {
            "value": round(statistics.median(peer), 2),
            "unit": "ms",
            "method": f"peer: {len(peer)} unsigned requests answered at once by paho with its defaults over mTLS and "
            "Mosquitto without set_tcp_nodelay, in turns with ours",
        },
        "cloud_command_echo_p50_ms": {
            "value": round(statistics.median(bare), 2),
            "unit": "ms",
            "method": f"floor: {len(bare)} unsigned requests answered at once over the same broker and TLS with "
            "TCP_NODELAY, in turns with ours: what no command can be quicker than",
        },
    }
    print(json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
