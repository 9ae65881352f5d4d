# SPDX-License-Identifier: Apache-2.0
"""Parts of the cloud process: each gets its messages, and one that fails takes nobody along."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import override

import pytest

from ivi.cloud.part import Post
from ivi.cloud.parts import Parts
from ivi.cloud.session import Delivery
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.cloud import CloudRequest
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import ConfigurationError, UnavailableError


class Noting:
    """A part that notes what happens to it."""

    def __init__(self, name: str, *topics: str) -> None:
        self.name, self.topics = name, topics
        self.seen: list[object] = []

    async def start(self, post: Post) -> None:
        """Note it."""
        self.seen.append(("start", post.vehicle_id))

    async def stop(self) -> None:
        """Note it."""
        self.seen.append("stop")

    def online(self) -> None:
        """Note it."""
        self.seen.append("online")

    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        """Note it."""
        self.seen.append((topic, payload))
        return None

    def serve(self, router: Router) -> None:
        """Nothing to serve."""

    def counters(self) -> dict[str, Counter]:
        """One number."""
        return {f"{self.name}_seen": len(self.seen)}


class Failing(Noting):
    """Fails on every message, and when it is asked for its numbers."""

    @override
    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        if payload == b"busy":
            raise UnavailableError("the disk takes nothing")
        raise KeyError(payload)

    @override
    def counters(self) -> dict[str, Counter]:
        raise ValueError("no numbers")


class Slow(Noting):
    """Needs a moment until a message is safe."""

    def __init__(self, name: str, *topics: str) -> None:
        super().__init__(name, *topics)
        self.done = asyncio.Event()

    @override
    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        async def work() -> None:
            await self.done.wait()
            if payload == b"bad":
                raise ZeroDivisionError

        return work()


def service(process: Process, folder: object) -> UplinkService:
    """Somebody who can be a Post."""
    databroker = LinkClient("nowhere.sock", DatabrokerAnswer)  # type: ignore[arg-type]  # never opened
    return UplinkService(process, databroker, broker="127.0.0.1:1", vehicle_id="car", state=folder)  # type: ignore[arg-type]  # never opened


def message(topic: str, payload: bytes = b"x") -> Delivery:
    """A message from the broker."""
    return Delivery(topic, payload, 1, None)


def test_messages_go_to_their_part_and_are_acknowledged() -> None:
    """And nobody takes those of nobody."""

    async def play() -> None:
        process, first, second = Process("cloud"), Noting("one", "cmd"), Noting("two", "twin", "policy")
        parts = Parts(process, [first, second], "car")
        assert parts.topics == ["v1/car/down/cmd", "v1/car/down/twin", "v1/car/down/policy"]
        await parts.start(service(process, None))
        parts.online()
        acknowledged: list[str] = []
        for topic in ("cmd", "twin", "policy"):
            assert parts.received(message(f"v1/car/down/{topic}"), partial(acknowledged.append, topic))
        assert not parts.received(message("v1/other/down/cmd"), lambda: acknowledged.append("other"))
        assert acknowledged == ["cmd", "twin", "policy"]
        assert parts.counters() == {"one_seen": 3, "two_seen": 4}
        await parts.stop()
        assert first.seen == [("start", "car"), "online", ("cmd", b"x"), "stop"]

    asyncio.run(play())


def test_a_failing_part_is_reported_and_the_rest_goes_on() -> None:
    """What it cannot digest is acknowledged; what it cannot take now comes again."""

    async def play() -> None:
        process, good = Process("cloud"), Noting("good", "twin")
        parts = Parts(process, [Failing("bad", "cmd"), good], "car")
        await parts.start(service(process, None))
        acknowledged: list[str] = []
        assert parts.received(message("v1/car/down/cmd"), lambda: acknowledged.append("poison"))
        assert parts.received(message("v1/car/down/cmd", b"busy"), lambda: acknowledged.append("busy"))
        assert parts.received(message("v1/car/down/twin"), lambda: acknowledged.append("twin"))
        assert acknowledged == ["poison", "twin"]
        assert parts.counters() == {"good_seen": 2}
        assert any(problem.what.startswith("bad ") for problem in process.status().problems)
        await parts.stop()

    asyncio.run(play())


def test_a_message_is_acknowledged_when_the_work_on_it_is_done() -> None:
    """Also when that failed for good."""

    async def play() -> None:
        process, slow = Process("cloud"), Slow("slow", "cmd")
        parts = Parts(process, [slow], "car")
        await parts.start(service(process, None))
        acknowledged: list[str] = []
        parts.received(message("v1/car/down/cmd"), lambda: acknowledged.append("first"))
        parts.received(message("v1/car/down/cmd", b"bad"), lambda: acknowledged.append("second"))
        await asyncio.sleep(0)
        assert acknowledged == []
        slow.done.set()
        await parts.stop()
        assert sorted(acknowledged) == ["first", "second"]
        assert any("slow failed" in problem.what for problem in process.status().problems)

    asyncio.run(play())


def test_a_part_that_cannot_start_is_left_out() -> None:
    """Its messages are nobody's."""

    class Broken(Noting):
        @override
        async def start(self, post: Post) -> None:
            raise ConfigurationError("its file is missing", hint="bring it")

    async def play() -> None:
        process = Process("cloud")
        parts = Parts(process, [Broken("broken", "cmd"), Noting("good", "twin")], "car")
        await parts.start(service(process, None))
        assert not parts.received(message("v1/car/down/cmd"), lambda: None)
        assert parts.received(message("v1/car/down/twin"), lambda: None)
        (problem,) = process.status().problems
        assert (problem.what, problem.hint) == ("broken cannot start: its file is missing", "bring it")
        parts.serve(Router(CloudRequest))
        await parts.stop()

    asyncio.run(play())


def test_two_parts_cannot_want_the_same_topic() -> None:
    """It is told before anything runs."""
    with pytest.raises(ConfigurationError, match="both want"):
        Parts(Process("cloud"), [Noting("one", "cmd"), Noting("two", "cmd")], "car")
