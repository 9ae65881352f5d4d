# SPDX-License-Identifier: Apache-2.0
"""Mosquitto with TLS 1.3 and its access list: who may connect, and what a car may read and write."""

import asyncio
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ivi.cloud import tls as tls_module
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.tls import TlsFiles
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.fleet.pki import HOSTS, Authority
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import ConfigurationError

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

WAIT = 30.0  # seconds that anything may take on a busy machine
NOT_AUTHORIZED = 0x87


@pytest.fixture
def secured(rig: "Rig") -> "Rig":
    """A rig whose broker wants certificates; there are those of two cars and of the ingest."""
    rig.tls = rig.folder / "pki"
    authority = Authority(rig.tls)
    authority.issue("broker", hosts=HOSTS)
    for name in ("test-car", "other-car", "ingest", "fleet"):
        authority.issue(name)
    return rig


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Client:
    """A plain MQTT client with somebody's certificate."""

    def __init__(self, rig: "Rig", name: str, *topics: str) -> None:
        assert rig.tls
        self.heard: queue.Queue[str] = queue.Queue()
        self.pubacks: queue.Queue[int] = queue.Queue()
        self._subscribed = threading.Event()
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"try-{name}", protocol=mqtt.MQTTv5)
        self.client.tls_set_context(TlsFiles.of(rig.tls, name).context())
        self.client.on_message = lambda _client, _data, message: self.heard.put(message.topic)
        self.client.on_publish = self._published
        self.client.on_subscribe = lambda *_: self._subscribed.set()
        self.client.connect("127.0.0.1", rig.port)
        self.client.loop_start()
        if topics:
            self.client.subscribe([(topic, 1) for topic in topics])
            assert self._subscribed.wait(WAIT)

    def _published(
        self, _client: mqtt.Client, _data: object, _mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self.pubacks.put(reason.value)

    def publish(self, topic: str) -> int:
        """Publish; returns the reason code of the PUBACK."""
        self.client.publish(topic, b"x", qos=1)
        return self.pubacks.get(timeout=WAIT)

    def close(self) -> None:
        """Go."""
        self.client.disconnect()
        self.client.loop_stop()


@contextmanager
def client(rig: "Rig", name: str, *topics: str) -> Iterator[Client]:
    """A client for a moment."""
    made = Client(rig, name, *topics)
    try:
        yield made
    finally:
        made.close()


def test_records_arrive_over_mutual_tls(secured: "Rig") -> None:
    """Car, broker and ingest, each with its certificate."""
    secured.rate, secured.limit, secured.mixed = 400, 200, True
    for name in ("broker", "ingest", "uplink"):
        secured.start(name)
        if name == "broker":
            until(secured.broker_answers)
    until(lambda: secured.counter("uplink", "mqtt_acknowledged") == 600)
    assert len(secured.stored()) == 600


def test_a_car_reads_and_writes_only_its_own(secured: "Rig") -> None:
    """Mosquitto refuses with a reason, or filters what it delivers: both are tried."""
    secured.start("broker")
    until(secured.broker_answers)
    with client(secured, "fleet", "v1/+/up/#") as fleet, client(secured, "test-car", "v1/#") as car:
        assert car.publish("v1/other-car/up/t/telemetry") == NOT_AUTHORIZED
        assert car.publish("v1/test-car/down/cmd") == NOT_AUTHORIZED
        assert car.publish("v1/test-car/up/state") < NOT_AUTHORIZED
        assert fleet.heard.get(timeout=WAIT) == "v1/test-car/up/state"
        fleet.publish("v1/other-car/down/cmd")
        fleet.publish("v1/test-car/down/cmd")
        assert car.heard.get(timeout=WAIT) == "v1/test-car/down/cmd"
        assert car.heard.empty()
        assert fleet.heard.empty()


def test_who_has_no_certificate_of_ours_stays_out(secured: "Rig", tmp_path: Path) -> None:
    """None, one of another root, and an older TLS."""
    assert secured.tls
    secured.start("broker")
    until(secured.broker_answers)
    Authority(tmp_path).issue("test-car")
    bare = ssl.create_default_context(cafile=str(secured.tls / "ca.crt"))
    foreign = ssl.create_default_context(cafile=str(secured.tls / "ca.crt"))
    foreign.load_cert_chain(tmp_path / "test-car.crt", tmp_path / "test-car.key")
    old = TlsFiles.of(secured.tls, "test-car").context()
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_2
    for context in (bare, foreign, old):
        assert not admitted(secured, context)
    assert admitted(secured, TlsFiles.of(secured.tls, "test-car").context())


CONNECT = b"\x10\x0c\0\4MQTT\4\2\0\x3c\0\0"  # MQTT 3.1.1, clean, without an id: all that is asked is who may speak
CONNACK = b"\x20\2\0\0"


def admitted(rig: "Rig", context: ssl.SSLContext) -> bool:
    """Whether the broker answers a CONNECT. With TLS 1.3 a client learns of a refusal when it reads."""
    context.check_hostname = False
    with socket.create_connection(("127.0.0.1", rig.port), WAIT) as plain:
        try:
            with context.wrap_socket(plain) as secure:
                secure.sendall(CONNECT)
                return secure.recv(4) == CONNACK
        except OSError:  # ssl.SSLError is one
            return False


async def soon(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(WAIT):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.005)


def test_a_renewed_certificate_is_used_without_a_restart(
    secured: "Rig", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session comes back with the new one, and what was put meanwhile is sent; a car with another name is told."""
    monkeypatch.setattr(tls_module, "CHECK_S", 0.1)
    assert secured.tls
    folder = secured.tls
    secured.start("broker")
    until(secured.broker_answers)
    secured.start("ingest")

    def car(name: str, certificate: str) -> UplinkService:
        databroker = LinkClient(tmp_path / "databroker.sock", DatabrokerAnswer)
        return UplinkService(
            Process("cloud"),
            databroker,
            broker=f"127.0.0.1:{secured.port}",
            vehicle_id=name,
            state=tmp_path / "car",
            tls=TlsFiles.of(folder, certificate),
        )

    async def play() -> None:
        with pytest.raises(ConfigurationError, match="is of 'other-car'"):
            await car("test-car", "other-car").start()
        service = car("test-car", "test-car")
        await service.start()
        try:
            await soon(lambda: service.is_online)
            Authority(folder).issue("test-car")
            await soon(lambda: not service.is_online)
            service.put_now(Outgoing(DeliveryClass.CONTROL, b"after"))
            await soon(lambda: service.snapshot().waiting == 0)
        finally:
            await service.stop()

    asyncio.run(play())
    assert secured.stored()["after"] == 1
