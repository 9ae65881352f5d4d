# SPDX-License-Identifier: Apache-2.0
"""What an app may show: grants, limits of the driving state, pictures, notices, floods, and what is taken back."""

import asyncio
import socket
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.facility import Car, Life
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.manifest import Permission, load, use_of
from ivi.apphost.notices import Notices
from ivi.apphost.prompts import Prompts
from ivi.apphost.provisions import Provisions
from ivi.apphost.rights import Rights
from ivi.daemon.link_client import LinkClient
from ivi.model.app import AddPicture, Dismissed, FollowInput, Heartbeat, Hello, Limits, Notify, Shown, ShowTemplate
from ivi.model.apphost import AppState
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError, ResourceExhaustedError
from ivi.model.services import DrivingState, ServicesAnswer, UxRestrictions
from ivi.model.templates import (
    ListTemplate,
    MediaTemplate,
    NotificationTemplate,
    PinMethod,
    Row,
    Rule,
    SignInTemplate,
)
from ivi.model.templates.rules import rule_of
from ivi.sdk.connection import Connection

MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
"""
UI = """
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
LIST = ListTemplate("List", [Row("a", "A")])


class Bench:
    """One app's link and what its screen needs."""

    def __init__(self, folder: Path, manifest: str) -> None:
        (folder / "manifest.toml").write_text(manifest)
        self.databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
        self.driving = Driving(LinkClient(folder / "services.sock", ServicesAnswer), lambda: None)
        self.audit = Audit(folder / "audit.db")
        self.app = HostedApp(folder, load(folder), lambda: None)
        self.rights = Rights(load(folder))
        prompts, notices = Prompts(lambda: self.driving.may_set_up), Notices(lambda: self.driving.limits)
        self.provisions = Provisions.open(folder / "apps")
        car = Car(self.databroker, self.driving, self.audit, prompts, IntentRegistry(), notices, self.provisions)
        life = Life(self.app, self.rights, car)
        self.link = AppLink(life, Timing(hello=10.0, heartbeat=2.0), on_hello=lambda: None)

    def change(self, permissions: tuple[Permission, ...]) -> None:
        """Put these in force, in the host's loop as always; called from the app's thread."""

        async def change() -> None:
            self.rights.change(permissions)

        asyncio.run_coroutine_threadsafe(change(), self.loop).result(10)

    def run(self, script: Callable[[Connection], None]) -> None:
        """Run a script as the app, on a thread as the app would be in a process."""

        async def drive() -> None:
            self.loop = asyncio.get_running_loop()
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            await self.link.open(ours)
            connection = Connection(theirs)
            try:
                await asyncio.to_thread(script, connection)
            finally:
                connection.close()
                await self.link.ended.wait()
                self.link.close()
                await self.databroker.close()
                await self.provisions.close()
                await self.audit.close()

        asyncio.run(drive())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, MANIFEST + UI)


def parked(bench: Bench) -> None:
    bench.driving._ux = UxRestrictions(DrivingState.PARKED, [], "")


def test_each_kind_needs_its_own_grant_and_the_refusal_names_the_rule(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        with pytest.raises(PermissionDeniedError, match=r'templates = \["media"\]') as caught:
            connection.call(ShowTemplate(MediaTemplate("Track")))
        assert rule_of(caught.value) is Rule.GRANT
        with pytest.raises(PermissionDeniedError) as notice:
            connection.call(ShowTemplate(NotificationTemplate("News")))
        assert rule_of(notice.value) is Rule.GRANT

    bench.run(script)
    assert bench.app.stage.refused == {"grant": 2}
    assert bench.app.denied == 2


NOTIFIES = (
    UI.replace('["list"]', '["list", "notification", "sign_in"]')
    + """
[[permission]]
use = "notify"
per_hour = 2
reason = "test"
"""
)


def test_notices_are_counted_by_the_hour_and_sign_in_waits_for_the_car_to_park(tmp_path: Path) -> None:
    bench = Bench(tmp_path, MANIFEST + NOTIFIES)
    sign_in = SignInTemplate("Sign in", "Type it.", PinMethod("ABC 123", "example.com"))

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        heard: list[Limits] = []
        connection.stream(FollowInput(), heard.append)
        connection.dispatch(1.0)
        assert (heard[0].steps_left, "sign_in" in heard[0].kinds, heard[0].refresh_s) == (5, False, 1.0)
        # Both ways to notify count together.
        connection.call(ShowTemplate(NotificationTemplate("News")))
        connection.call(Notify("News", "the other way"))
        with pytest.raises(ResourceExhaustedError, match="of this hour"):
            connection.call(Notify("More", "the other way"))
        with pytest.raises(ResourceExhaustedError) as caught:
            connection.call(ShowTemplate(NotificationTemplate("News")))
        assert rule_of(caught.value) is Rule.NOTICES
        with pytest.raises(PermissionDeniedError, match="while the car is unknown") as refused:
            connection.call(ShowTemplate(sign_in))
        assert rule_of(refused.value) is Rule.KIND_NOW
        parked(bench)
        assert connection.call(ShowTemplate(sign_in)) == Shown(2, None)

    bench.run(script)


def test_a_picture_is_handed_over_once_and_named_afterwards(bench: Bench) -> None:
    rows = (b"\0" + bytes(6)) * 2
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        name = connection.call(AddPicture(png)).id
        connection.call(ShowTemplate(ListTemplate("List", [Row("a", "A", picture=name)])))
        with pytest.raises(InvalidArgumentError, match="picture cannot be used"):
            connection.call(AddPicture(png[:-1]))
        with pytest.raises(InvalidArgumentError) as caught:
            connection.call(ShowTemplate(ListTemplate("List", [Row("a", "A", picture="0" * 64)])))
        assert rule_of(caught.value) is Rule.PICTURE

    bench.run(script)
    assert bench.app.shown == 1


def test_even_templates_that_are_refused_may_not_come_as_a_flood(bench: Bench) -> None:
    twice = ShowTemplate(ListTemplate("List", [Row("a", "A"), Row("a", "B")]))

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        for _ in range(40):
            with pytest.raises(IviError):
                connection.call(twice)

    bench.run(script)
    assert bench.app.stage.refused["unique_ids"] + bench.app.stage.refused["refresh_rate"] == 40
    assert bench.app.stage.refused["refresh_rate"] >= 5


def test_what_the_driver_takes_back_leaves_the_screen_at_once(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        connection.call(ShowTemplate(LIST))
        assert bench.app.view(bench.driving.limits).template == LIST
        bench.rights.change(())
        assert bench.app.view(bench.driving.limits).template is None
        with pytest.raises(PermissionDeniedError):
            connection.call(ShowTemplate(LIST))

    bench.run(script)


def test_notices_are_in_the_ledger_like_any_other_notification(tmp_path: Path) -> None:
    bench = Bench(tmp_path, MANIFEST + NOTIFIES)
    recorded: list[tuple[str, str, str]] = []

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        connection.call(ShowTemplate(NotificationTemplate("News")))
        connection.call(Notify("News", "the other way"))
        newest = asyncio.run_coroutine_threadsafe(bench.audit.newest("dev.ivi.test", 10), bench.loop).result(10)
        recorded.extend((one.action, one.target, one.decision) for one in newest.records)

    bench.run(script)
    assert recorded == [("notify", "notification", "allowed"), ("notify", "the screen", "allowed")]


@pytest.mark.parametrize("kept", [[], ["notify"], ["ui"]])
def test_notices_go_with_either_of_the_rights_that_they_need(tmp_path: Path, kept: list[str]) -> None:
    bench = Bench(tmp_path, MANIFEST + NOTIFIES)

    def up() -> int:
        return len(bench.app.view(bench.driving.limits).notices)

    def script(connection: Connection) -> None:
        heard: list[object] = []
        connection.call(Hello("1.0.0"))
        connection.stream(FollowInput(), heard.append)
        number = connection.call(ShowTemplate(NotificationTemplate("News", seconds=10))).revision
        bench.change(bench.rights.permissions[::-1])
        assert up() == 1
        bench.change(tuple(one for one in bench.rights.permissions if use_of(one) in kept))
        assert up() == 0
        deadline = time.monotonic() + 10
        while Dismissed(number) not in heard:
            assert time.monotonic() < deadline
            connection.dispatch(0.05)

    bench.run(script)


def test_an_app_that_is_silent_for_too_long_is_shown_as_old(bench: Bench) -> None:
    def late() -> bool:
        return bench.app.view(bench.driving.limits).stale

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        bench.app.set_state(AppState.RUNNING)
        assert not late()
        deadline = time.monotonic() + 30
        while not late() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert late()
        connection.call(Heartbeat())
        assert not late()

    bench.run(script)
