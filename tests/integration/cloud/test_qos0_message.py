# SPDX-License-Identifier: Apache-2.0
"""A message that the fleet published at QoS 0, from a real broker: it is taken, and the car stays on line."""

import asyncio
import contextlib

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from ivi.cloud.session import Delivery, MqttSession
from ivi.cloud.wire import Broker
from tests.integration.cloud.rig import Rig

LIMIT = 30.0  # seconds that anything may take on a busy machine
TOPIC = "v1/car/down/policy"


class Uplink:
    """Acknowledges whatever arrives, as the uplink does (ivi.cloud.session.Listener)."""

    def __init__(self, port: int) -> None:
        self.session = MqttSession(Broker("127.0.0.1", port), "ivi-car", self, subscriptions=[TOPIC], manual_ack=True)
        self.heard: list[Delivery] = []
        self.dropped: list[str] = []

    def online(self) -> None:
        """The subscription brings the message."""

    def offline(self, reason: str) -> None:
        """Keep why."""
        self.dropped.append(reason)

    def received(self, delivery: Delivery) -> None:
        """Take it."""
        self.heard.append(delivery)
        self.session.acknowledge(delivery)

    def published(self, reached: bool) -> None:
        """Nothing to note."""


def retain(port: int, payload: bytes) -> None:
    """Leave a message at QoS 0 with the broker."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2, "operator")
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        client.publish(TOPIC, payload, qos=0, retain=True).wait_for_publish(LIMIT)
    finally:
        client.disconnect()
        client.loop_stop()


async def heard(uplink: Uplink, count: int) -> None:
    """Wait until so many messages came, or the broker has hung up."""
    async with asyncio.timeout(LIMIT):
        while len(uplink.heard) < count and not uplink.dropped:
            await asyncio.sleep(0.01)


def test_a_retained_message_at_qos_0_leaves_the_car_on_line(rig: Rig) -> None:
    rig.start("broker")

    async def play() -> None:
        async with asyncio.timeout(LIMIT):
            while not await asyncio.to_thread(rig.broker_answers):
                await asyncio.sleep(0.05)
        await asyncio.to_thread(retain, rig.port, b"retained")
        uplink = Uplink(rig.port)
        running = asyncio.ensure_future(uplink.session.run())
        try:
            await heard(uplink, 1)
            assert uplink.session.publish(TOPIC, b"after it")  # goes out behind whatever was answered to the first
            await heard(uplink, 2)
            assert uplink.dropped == []
            assert [(one.payload, one.qos) for one in uplink.heard] == [(b"retained", 0), (b"after it", 1)]
        finally:
            await uplink.session.close()
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    asyncio.run(play())
