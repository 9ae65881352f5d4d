# SPDX-License-Identifier: Apache-2.0
"""Who calls is told, a call is taken and ended, and only calls that were told can be steered."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.dbus.ofono import OfonoCall, calls_of
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.phone import AnswerCall, Call, Calls, CallState, CallTaken, EndCall, SubscribeCalls
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.services.phone.calls import CallService, in_order

DEADLINE = 20.0  # seconds
RINGS = OfonoCall("/phone/call2", "Anna", "+49 711 5550", "waiting")
SPOKEN = OfonoCall("/phone/call1", "", "+49 711 5551", "active")


class Phone:
    """Telephony as the adapter speaks to it; None while oFono is away."""

    def __init__(self) -> None:
        self.calls: list[OfonoCall] | None = None
        self.done: list[str] = []
        self.lock = threading.Lock()

    def read_calls(self) -> list[OfonoCall]:
        with self.lock:
            if self.calls is None:
                raise UnavailableError("no oFono")
            return list(self.calls)

    def answer(self, path: str) -> None:
        self.done.append(f"answer {path}")

    def hang_up(self, path: str) -> None:
        with self.lock:
            self.done.append(f"end {path}")
            self.calls = [one for one in self.calls or [] if one.path != path]


async def _journey(folder: Path) -> None:
    phone, heard = Phone(), list[Calls]()
    process = Process("services")
    server = LinkServer(folder / "services.sock", (ServicesRequest,), process.status)
    service = CallService(process, phone, period=0.01, away=0.01)
    service.serve(server)
    await server.start()
    client = LinkClient(folder / "services.sock", ServicesAnswer)

    async def until(reached: Callable[[Calls], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not (heard and reached(heard[-1])):
                await asyncio.sleep(0.01)

    following = asyncio.create_task(client.follow(SubscribeCalls(), heard.append, lambda *_: None))
    try:
        await until(lambda said: not said.possible)
        phone.calls = [SPOKEN, RINGS]
        await until(lambda said: [one.id for one in said.calls] == [RINGS.path, SPOKEN.path])
        assert await client.call(AnswerCall(RINGS.path)) == CallTaken()
        assert await client.call(EndCall(SPOKEN.path)) == CallTaken()
        assert phone.done == [f"answer {RINGS.path}", f"end {SPOKEN.path}"]
        with pytest.raises(NotFoundError):
            await client.call(EndCall("/org/ofono/somebody/else"))
        await until(lambda said: [one.id for one in said.calls] == [RINGS.path])
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await client.close()
        await service.stop()
        await server.stop()


def test_a_call_from_ringing_to_its_end(tmp_path: Path) -> None:
    asyncio.run(_journey(tmp_path))


def test_what_rings_comes_first() -> None:
    assert in_order([SPOKEN, RINGS]) == [
        Call(RINGS.path, "Anna", "+49 711 5550", CallState.WAITING),
        Call(SPOKEN.path, "", "+49 711 5551", CallState.ACTIVE),
    ]


def test_foreign_words_are_bounded_and_plain() -> None:
    odd = {"State": "active", "Name": "A\u202e\n" + "x" * 200, "LineIdentification": "withheld"}
    found = calls_of([("/1", odd), ("/2", {"State": "juggling"}), ("/3", {"Name": 5})])
    assert len(found) == 1
    assert (found[0].name, found[0].number) == ("A" + "x" * 79, "")
