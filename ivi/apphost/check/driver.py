# SPDX-License-Identifier: Apache-2.0
"""A driver who touches everything once, and one who means it badly."""

import asyncio
import math
import time

from ivi.apphost.check.car import ScriptedCar
from ivi.apphost.check.distraction import Page
from ivi.apphost.dev import wording
from ivi.apphost.host import AppHost
from ivi.apphost.hosted_app import HostedApp
from ivi.model.app import MoreWanted, Searched, Tapped, Toggled, TransportPressed, WentBack, WentHome
from ivi.model.apphost import AppView
from ivi.model.signal import Value
from ivi.model.templates import MediaTemplate, TransportCommand, kind_of
from ivi.model.templates.targets import tappable

TOUCHES = 8  # of one trial
STEADY = {"media", "navigation"}  # kinds that stay the same page whatever they say
DEPTH = 5  # pages of a task, as many as a moving car allows
ANSWER = 0.7  # seconds for a page to change after a touch
HOSTILE_TEXT = "\u202eABC\u200b" + "\U0001f697" * 4 + " '; -- <b>%s{0}\\"
EXTREMES: tuple[Value | None, ...] = (None, math.nan, math.inf, -1e308, "text", [], True)


class Driver:
    """Uses one app, and remembers what it showed."""

    def __init__(self, host: AppHost, app_id: str) -> None:
        self.kinds: set[str] = set()
        """Of the pages that were on the screen."""
        self._host, self._app_id = host, app_id
        self._touched: set[tuple[str, str]] = set()

    async def explore(self) -> list[list[Page]]:
        """Touch what can be touched, each thing once, from page to page; returns the pages of each way that was gone.

        Where a page offers nothing new, the way begins again at the first page.
        """
        tasks: list[list[Page]] = []
        task: list[Page] = []
        for _ in range(TOUCHES):
            page = self.page()
            if page is None:
                break
            if (before := _already(task, page)) >= 0:  # the way led back
                if before < len(task) - 1:
                    tasks.append(task)
                task = task[:before]
            task = [*task, page]
            target = self._untouched()
            if target is None or len(task) >= DEPTH:
                tasks.append(task)
                if len(task) == 1 or not await self._go_home():
                    return tasks
                task = []
            else:
                await self._touch(page.title, target)
        await self._press_buttons()
        if (last := self.page()) is not None and task and _already(task, last) < 0:
            task = [*task, last]
        return [*tasks, task]

    def page(self) -> Page | None:
        """What is on the screen now."""
        view = self._view()
        if view is None or view.template is None:
            return None
        self.kinds.add(kind_of(view.template))
        title = getattr(view.template, "title", "")
        step = "" if kind_of(view.template) in STEADY else title
        lines = tuple(wording.texts(view.template))
        return Page(title, lines, bool(tappable(view.template)), f"{kind_of(view.template)} {step}")

    def _untouched(self) -> str | None:
        view = self._view()
        if view is None or view.template is None:
            return None
        title = getattr(view.template, "title", "")
        return next((one for one in sorted(tappable(view.template)) if (title, one) not in self._touched), None)

    async def _touch(self, title: str, target: str) -> None:
        self._touched.add((title, target))
        if (view := self._view()) is not None:
            self._host.apps[self._app_id].tap(view.revision, target)
            await self._changed(view.revision)

    async def _go_home(self) -> bool:
        view = self._view()
        if view is None or not self._host.apps[self._app_id].stage.answer(WentHome(view.revision)).delivered:
            return False
        return await self._changed(view.revision)

    async def _press_buttons(self) -> None:
        view = self._view()
        for command in view.template.commands if view and isinstance(view.template, MediaTemplate) else ():
            if (now := self._view()) is not None:
                self._host.apps[self._app_id].stage.answer(TransportPressed(now.revision, command, 1.0))
                await self._changed(now.revision)

    def _view(self) -> AppView | None:
        return next((one for one in self._host.update().apps if one.id == self._app_id), None)

    async def _changed(self, revision: int) -> bool:
        """Whether another page came in the time in which a driver expects one."""
        deadline = time.monotonic() + ANSWER
        while time.monotonic() < deadline:
            view = self._view()
            if view is None or view.revision != revision:
                return True
            await asyncio.sleep(0.02)
        return False


def _already(task: list[Page], page: Page) -> int:
    """Where in a task a page was before; -1 for nowhere."""
    return next((number for number, one in enumerate(task) if one.step == page.step), -1)


async def be_hostile(app: HostedApp, car: ScriptedCar) -> None:
    """Values that no sensor should give, touches on what is gone, and texts that nobody types."""
    usual = {path: car.values[path] for path in car.followed if path in car.values}
    for value in EXTREMES:
        await car.set(dict.fromkeys(car.followed, value))
        await asyncio.sleep(0.25)
    events = [
        Tapped(0, "no-such-row"), Tapped(-1, HOSTILE_TEXT), Tapped(2**31, ""), Toggled(0, "no-such-row", on=True),
        Searched(0, HOSTILE_TEXT, submitted=True), Searched(0, "", submitted=True), MoreWanted(0, 10**9),
        *(TransportPressed(0, command, value) for command in TransportCommand for value in (math.nan, -1e9, 1e18)),
        *(WentBack(0) for _ in range(5)), *(WentHome(0) for _ in range(5)),
    ]  # fmt: skip
    for event in events:
        for stream in list(app.stage.inputs):
            stream.send(event)
        await asyncio.sleep(0.02)
    await car.set(usual)
    await asyncio.sleep(0.5)
