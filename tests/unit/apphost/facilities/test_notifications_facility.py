# SPDX-License-Identifier: Apache-2.0
"""Notifications: an app's own limits, and one at a time on the screen, in their order, for the driving state."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.notices import MAX_OF_APP, MAX_WAITING, Notices
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model import notices
from ivi.model.app import Importance, Limits, Notified, Notify
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError, ResourceExhaustedError
from ivi.model.notices import Notice, SubscribeNotices
from ivi.sdk.connection import Connection

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

NOTIFY = """
[[permission]]
use = "notify"
per_hour = 3
reason = "says when charging is done"
"""
PARKED, MOVING = Limits("parked", 0, 0), Limits("moving", 4, 20)


def test_an_app_may_notify_so_often_and_in_plain_words(bench_of: "Callable[[str], Bench]") -> None:
    def script(connection: Connection) -> None:
        for bad in (Notify(""), Notify("x" * 61), Notify("a", "b" * 121), Notify("two\nlines"), Notify("a", "\x1b[1m")):
            with pytest.raises(InvalidArgumentError, match="notification"):
                connection.call(bad)
        for number in range(3):
            assert connection.call(Notify(f"Charged {number}")) == Notified(waits=True), "no screen is there"
        with pytest.raises(ResourceExhaustedError, match="its 3 notifications of this hour"):
            connection.call(Notify("Charged"))

    bench_of(NOTIFY).run(script)


def test_what_waits_goes_with_the_right_to_notify_whether_the_app_runs_or_not(
    bench_of: "Callable[[str], Bench]",
) -> None:
    bench = bench_of(NOTIFY)
    granted = bench.rights.permissions

    def script(connection: Connection) -> None:
        connection.call(Notify("Charged"))
        assert bench.notices.waiting == 1
        bench.rights.change(())
        assert bench.notices.waiting == 0
        bench.rights.change(granted)
        connection.call(Notify("Charged again"))

    bench.run(script)
    assert bench.notices.waiting == 1, "it is still told when the app has ended"
    bench.rights.change(())
    assert bench.notices.waiting == 0
    assert not bench.rights._watchers


def test_without_the_permission_nothing_is_said(bench_of: "Callable[[str], Bench]") -> None:
    def script(connection: Connection) -> None:
        with pytest.raises(PermissionDeniedError) as denied:
            connection.call(Notify("Charged"))
        assert 'use = "notify" per_hour = 4' in denied.value.hint

    bench_of("").run(script)


class Board:
    """Notices with a screen that follows them over a real link."""

    def __init__(self, folder: Path) -> None:
        self.limits = PARKED
        self.notices = Notices(lambda: self.limits, shown=0.05)
        self.shown: list[Notice] = []
        self._path = folder / "apphost.sock"

    def post(self, title: str, importance: Importance = Importance.NORMAL, app: str = "a.b", text: str = "") -> bool:
        return self.notices.post(app, app.upper(), title, text, importance)

    async def until(self, *titles: str) -> None:
        async with asyncio.timeout(10):
            while [notice.title for notice in self.shown] != list(titles):
                await asyncio.sleep(0.005)

    def run(self, script: Callable[["Board"], Awaitable[None]], *, watched: bool = True) -> None:
        async def drive() -> None:
            server = LinkServer(self._path, (notices.Request,), Process("apphost").status)
            self.notices.serve(server.router)
            await server.start()
            client = LinkClient(self._path, notices.Answer)
            following = None
            if watched:
                following = asyncio.create_task(client.follow(SubscribeNotices(), self.shown.append))
            async with asyncio.timeout(30):
                while watched and not self.notices.watched:
                    await asyncio.sleep(0.005)
                await script(self)
            self.notices.close()
            if following is not None:
                following.cancel()
            await client.close()
            await server.stop()

        asyncio.run(drive())


def test_one_at_a_time_and_the_important_first(tmp_path: Path) -> None:
    async def script(board: Board) -> None:
        assert not board.post("first")
        assert board.post("low", Importance.LOW)
        assert board.post("normal", app="c.d")
        assert board.post("high", Importance.HIGH)
        await board.until("first", "high", "normal", "low")
        assert board.shown[2] == Notice(3, "c.d", "C.D", "normal", "")

    Board(tmp_path).run(script)


def test_while_moving_the_unimportant_waits_and_the_rest_is_short(tmp_path: Path) -> None:
    async def script(board: Board) -> None:
        board.limits = MOVING
        assert board.post("idle talk", Importance.LOW)
        assert not board.post("a title that is longer than twenty", text="short")
        await board.until("a title that is lon…")
        await asyncio.sleep(0.15)
        assert len(board.shown) == 1
        board.limits = PARKED
        board.notices.turn()
        await board.until("a title that is lon…", "idle talk")

    Board(tmp_path).run(script)


def test_what_waits_is_bounded(tmp_path: Path) -> None:
    async def script(board: Board) -> None:
        for number in range(20):
            board.post(f"{number}", Importance.HIGH if number == 3 else Importance.NORMAL)
        for number in range(MAX_WAITING):
            board.post("x", app=f"app.a{number}")
        assert board.notices.waiting == MAX_WAITING
        assert board.notices.dropped == 20 - MAX_OF_APP + MAX_OF_APP
        board.notices.withdraw("app.a20")
        assert board.notices.waiting == MAX_WAITING - 1

    Board(tmp_path).run(script, watched=False)
