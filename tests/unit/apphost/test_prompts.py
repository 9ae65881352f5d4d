# SPDX-License-Identifier: Apache-2.0
"""Questions to the driver over a real link: shown, answered, withdrawn, run out, held back."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.apphost import prompts
from ivi.apphost.prompts import ALLOW, REFUSE, Decided, Prompts, Question
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model.apphost import ApphostAnswer, ApphostRequest
from ivi.model.errors import ResourceExhaustedError, UnavailableError
from ivi.model.prompts import (
    AnswerPrompt,
    PromptAction,
    PromptItem,
    PromptKind,
    PromptsUpdate,
    PromptTaken,
    SubscribePrompts,
)

ACTIONS = (PromptAction(REFUSE, "No"), PromptAction(ALLOW, "Yes", primary=True))
ITEMS = (PromptItem("a", "Always"), PromptItem("b", "If you like", choice=True))


def question(app: str = "dev.ivi.test", *, seconds: float = 30.0, set_up: bool = False) -> Question:
    return Question(
        app, "Test", PromptKind.CONFIRM, "May it?", "It says why.", ACTIONS, ITEMS, seconds=seconds, set_up=set_up
    )


def consent(app: str) -> Question:
    """What the host asks about an app."""
    return Question(app, "Test", PromptKind.CONSENT, "What may it do?", "", ACTIONS, ITEMS, set_up=True, from_app=False)


class Bench:
    """Prompts behind a real server, and a screen that follows them."""

    def __init__(self, folder: Path) -> None:
        self.parked = True
        self.prompts = Prompts(lambda: self.parked)
        self.server = LinkServer(folder / "apphost.sock", (ApphostRequest,), Process("apphost").status)
        self.prompts.serve(self.server.router)
        self.client = LinkClient(folder / "apphost.sock", ApphostAnswer)
        self.seen: list[PromptsUpdate] = []

    async def until(self, what: Callable[[], object], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, "it did not happen in time"
            await asyncio.sleep(0.005)

    async def screen(self) -> "asyncio.Task[None]":
        def take(update: PromptsUpdate) -> None:
            self.seen.append(update)

        task = asyncio.create_task(self.client.follow(SubscribePrompts(), take))
        await self.until(lambda: self.prompts.watched)
        return task

    async def answer(self, choice: str, *chosen: str) -> PromptTaken:
        """Touch a button of the first sheet, again until it has been there long enough to be read."""
        await self.until(lambda: self.seen and self.seen[-1].prompts)
        shown = self.seen[-1].prompts[0]
        while True:
            taken: PromptTaken = await self.client.call(AnswerPrompt(shown.id, choice, list(chosen)))
            if taken.taken or "too quick" not in taken.reason:
                return taken
            await asyncio.sleep(0.05)

    def run(self, script: Callable[["Bench"], Awaitable[None]]) -> None:
        async def drive() -> None:
            await self.server.start()
            try:
                await script(self)
            finally:
                await self.client.close()
                await self.server.stop()

        asyncio.run(drive())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_an_answer_comes_back_with_what_was_switched_on(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        following = await bench.screen()
        asking = asyncio.create_task(bench.prompts.ask(question()))
        await bench.until(lambda: bench.seen[-1].prompts)
        shown = bench.seen[-1].prompts[0]
        assert (shown.title, shown.app_name, [item.key for item in shown.items]) == ("May it?", "Test", ["a", "b"])
        assert shown.expires_mono_ns > time.monotonic_ns()
        assert (await bench.answer(ALLOW, "b")).taken
        assert await asking == Decided(ALLOW, frozenset({"b"}))
        await bench.until(lambda: not bench.seen[-1].prompts)
        again = await bench.client.call(AnswerPrompt(shown.id, ALLOW))
        assert not again.taken
        following.cancel()

    bench.run(script)


def test_wrong_answers_do_not_count(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        following = await bench.screen()
        asking = asyncio.create_task(bench.prompts.ask(question()))
        await bench.until(lambda: bench.seen[-1].prompts)
        number = bench.seen[-1].prompts[0].id
        assert "too quick" in (await bench.client.call(AnswerPrompt(number, ALLOW))).reason
        assert "no button" in (await bench.answer("pay")).reason
        # A line that is no switch cannot be switched.
        assert "no such line" in (await bench.answer(ALLOW, "a")).reason
        assert not asking.done()
        assert (await bench.answer(REFUSE)).taken
        assert (await asking).choice == REFUSE
        following.cancel()

    bench.run(script)


def test_a_question_runs_out_or_is_withdrawn(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        following = await bench.screen()
        assert await bench.prompts.ask(question(seconds=0.05)) == Decided("")
        assert bench.prompts.ran_out == 1
        asking = asyncio.create_task(bench.prompts.ask(question()))
        await bench.until(lambda: bench.seen[-1].prompts)
        asking.cancel()
        await bench.until(lambda: not bench.seen[-1].prompts)
        assert not bench.prompts.has_open("dev.ivi.test")
        following.cancel()

    bench.run(script)


def test_an_app_asks_one_thing_at_a_time_and_not_too_often(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        following = await bench.screen()
        asking = asyncio.create_task(bench.prompts.ask(question()))
        await bench.until(lambda: bench.prompts.has_open("dev.ivi.test"))
        with pytest.raises(ResourceExhaustedError, match="open already"):
            await bench.prompts.ask(question())
        asking.cancel()
        await bench.until(lambda: not bench.prompts.has_open("dev.ivi.test"))
        for _ in range(int(prompts.BURST) - 1):
            await bench.prompts.ask(question(seconds=0.01))
        with pytest.raises(ResourceExhaustedError, match="too often"):
            await bench.prompts.ask(question(seconds=0.01))
        others = [asyncio.create_task(bench.prompts.ask(question(f"app{n}"))) for n in range(prompts.MAX_OPEN)]
        await bench.until(lambda: len(bench.seen[-1].prompts) == prompts.MAX_OPEN)
        with pytest.raises(ResourceExhaustedError, match="too often"):
            await bench.prompts.ask(question("one too many"))
        for task in others:
            task.cancel()
        following.cancel()

    bench.run(script)


def test_nobody_is_asked_without_a_screen(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        with pytest.raises(UnavailableError, match="no screen"):
            await bench.prompts.ask(question())

    bench.run(script)


def test_what_takes_reading_waits_until_the_car_is_parked(bench: Bench) -> None:
    async def script(bench: Bench) -> None:
        following = await bench.screen()
        bench.parked = False
        asking = asyncio.create_task(bench.prompts.ask(question(seconds=5, set_up=True)))
        await bench.until(lambda: bench.prompts.asked)
        assert not any(update.prompts for update in bench.seen)
        bench.parked = True
        bench.prompts.driving_changed()
        await bench.until(lambda: bench.seen[-1].prompts)
        # Driving off takes it away; what was on the screen can no longer be answered.
        number = bench.seen[-1].prompts[0].id
        bench.parked = False
        bench.prompts.driving_changed()
        await bench.until(lambda: not bench.seen[-1].prompts)
        assert not (await bench.client.call(AnswerPrompt(number, ALLOW))).taken
        bench.parked = True
        bench.prompts.driving_changed()
        assert (await bench.answer(ALLOW)).taken
        assert (await asking).choice == ALLOW
        following.cancel()

    bench.run(script)


def test_what_waits_until_the_car_is_parked_keeps_no_app_from_asking(bench: Bench) -> None:
    def on_screen() -> list[tuple[str, PromptKind]]:
        return [(one.app_id, one.kind) for one in bench.seen[-1].prompts]

    async def script(bench: Bench) -> None:
        following = await bench.screen()
        bench.parked = False
        apps = [f"app{number}" for number in range(prompts.MAX_OPEN)]
        waiting = [asyncio.create_task(bench.prompts.ask(consent(app))) for app in apps]
        await bench.until(lambda: bench.prompts.asked == prompts.MAX_OPEN)
        with pytest.raises(ResourceExhaustedError, match="too often"):
            await bench.prompts.ask(consent("one too many"))
        with pytest.raises(ResourceExhaustedError, match="open already"):
            await bench.prompts.ask(consent("app0"))
        # Neither an app that waits for consent nor another one is kept from asking.
        for app in ("app0", "other"):
            asking = asyncio.create_task(bench.prompts.ask(question(app)))
            assert (await bench.answer(ALLOW)).taken
            assert (await asking).choice == ALLOW
            await bench.until(lambda: not on_screen())
        # What is on the screen when the car is parked stays the first of it, and apps may still ask.
        asking = asyncio.create_task(bench.prompts.ask(question("other")))
        await bench.until(lambda: on_screen() == [("other", PromptKind.CONFIRM)])
        bench.parked = True
        bench.prompts.driving_changed()
        await bench.until(lambda: len(on_screen()) == prompts.MAX_OPEN + 1)
        assert on_screen() == [("other", PromptKind.CONFIRM), *((app, PromptKind.CONSENT) for app in apps)]
        another = asyncio.create_task(bench.prompts.ask(question("yet another")))
        await bench.until(lambda: on_screen()[-1] == ("yet another", PromptKind.CONFIRM))
        for task in (*waiting, asking, another):
            task.cancel()
        following.cancel()

    bench.run(script)
