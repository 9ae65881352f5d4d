# SPDX-License-Identifier: Apache-2.0
"""Audio focus from the app's side, with the real service behind the host."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ivi.model.audio import AudioKind, FocusState, RequestFocus
from ivi.model.errors import PermissionDeniedError
from ivi.sdk.audio import AudioFocus
from ivi.sdk.connection import Connection

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

AUDIO = """
[[permission]]
use = "audio.focus"
kinds = ["media"]
reason = "plays music"
"""


def wait_for(connection: Connection, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not done():
        assert time.monotonic() < deadline
        connection.dispatch(0.02)


def test_an_app_is_told_what_happens_to_its_focus(bench_of: "Callable[[str], Bench]") -> None:
    bench = bench_of(AUDIO)
    loops: list[asyncio.AbstractEventLoop] = []

    def script(connection: Connection) -> None:
        states: list[FocusState] = []
        focus = AudioFocus(connection, states.append)
        focus.request(AudioKind.MEDIA)
        wait_for(connection, lambda: states == [FocusState.GAINED])
        with pytest.raises(PermissionDeniedError, match=r"no permission audio\.focus"):
            AudioFocus(connection, states.append).request(AudioKind.ALERT)
        guidance = asyncio.run_coroutine_threadsafe(_hold(bench, AudioKind.NAVIGATION), loops[0])
        wait_for(connection, lambda: states[-1] is FocusState.DUCKED)
        guidance.cancel()
        wait_for(connection, lambda: states[-1] is FocusState.GAINED)
        focus.abandon()
        focus.request(AudioKind.MEDIA)
        wait_for(connection, lambda: states[-2:] == [FocusState.GAINED, FocusState.GAINED])
        loops[0].call_soon_threadsafe(bench.rights.change, ())
        wait_for(connection, lambda: states[-1] is FocusState.LOST)

    original = bench.link.open

    async def remember(sock: object) -> None:
        loops.append(asyncio.get_running_loop())
        await original(sock)  # type: ignore[arg-type]  # the link's socket

    bench.link.open = remember  # type: ignore[method-assign]  # where the loop is known
    bench.run(script)


async def _hold(bench: "Bench", kind: AudioKind) -> None:
    async for _ in bench.services.stream(RequestFocus(kind, "test")):
        pass
