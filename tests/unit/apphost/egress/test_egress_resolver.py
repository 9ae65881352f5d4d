# SPDX-License-Identifier: Apache-2.0
"""Looking names up: with a deadline, bounded, and without holding anything up."""

import asyncio
import socket
import threading
import time

import pytest

from ivi.apphost.egress.resolver import MAX_WAITING, SystemResolver
from ivi.model.errors import DeadlineError, ResourceExhaustedError, UnavailableError


def test_this_machine_knows_itself() -> None:
    assert "127.0.0.1" in asyncio.run(SystemResolver().resolve("127.0.0.1", 443))


def test_a_name_server_that_hangs_costs_its_deadline_and_a_bounded_number_of_threads() -> None:
    hung = threading.Event()

    def look_up(_host: str, _port: int) -> list[str]:
        hung.wait(20)
        return ["93.184.216.34"]

    async def drive() -> None:
        resolver = SystemResolver(0.2, look_up)
        began = time.monotonic()
        results = await asyncio.gather(
            *(resolver.resolve("api.example", 443) for _ in range(MAX_WAITING + 3)), return_exceptions=True
        )
        assert time.monotonic() - began < 5
        assert [type(result) for result in results] == [DeadlineError] * MAX_WAITING + [ResourceExhaustedError] * 3
        hung.set()
        deadline = time.monotonic() + 10
        while True:
            try:
                assert await resolver.resolve("api.example", 443) == ["93.184.216.34"]
                break
            except ResourceExhaustedError:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.01)

    try:
        asyncio.run(drive())
    finally:
        hung.set()


def test_an_unknown_name_is_unavailable() -> None:
    def look_up(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(UnavailableError, match=r"no\.example could not be looked up: Name or service not known"):
        asyncio.run(SystemResolver(look_up=look_up).resolve("no.example", 443))
