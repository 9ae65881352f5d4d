# SPDX-License-Identifier: Apache-2.0
"""Pages of the screen, and apps: which there are, start, stop."""

from ivi.model.apphost import AppState, AppView, StartApp, StopApp
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World


async def show_page(_world: World, slots: Slots) -> Outcome:
    """The screen goes there."""
    return Outcome(ok=True, answer="done", page=str(slots["page"]))


async def start_app(world: World, slots: Slots) -> Outcome:
    """Start it again, or show it when it runs."""
    view = _find(world, str(slots["app"]))
    if view is None:
        return Outcome(ok=False, answer="unknown", values={"app": str(slots["app"])})
    if view.state is not AppState.RUNNING:
        await world.apps.call(StartApp(view.id))
    return Outcome(ok=True, answer="done", values={"app": view.name}, page="apps")


async def stop_app(world: World, slots: Slots) -> Outcome:
    """End it until it is started again."""
    view = _find(world, str(slots["app"]))
    if view is None:
        return Outcome(ok=False, answer="unknown", values={"app": str(slots["app"])})
    await world.apps.call(StopApp(view.id))

    async def undo() -> None:
        await world.apps.call(StartApp(view.id))

    return Outcome(ok=True, answer="done", values={"app": view.name}, undo=undo)


async def read_apps(world: World, _slots: Slots) -> Outcome:
    """Which run."""
    names = [view.name for view in world.apps.views if view.state is AppState.RUNNING]
    if not names:
        return Outcome(ok=True, answer="none")
    return Outcome(ok=True, answer="done", values={"count": str(len(names)), "apps": ", ".join(names[:6])}, page="apps")


def _find(world: World, name: str) -> AppView | None:
    return next((view for view in world.apps.views if view.name.casefold() == name.casefold()), None)


async def courtesy(_world: World, _slots: Slots) -> Outcome:
    """A kind word back."""
    return Outcome(ok=True, answer="done")


async def read_privacy(_world: World, _slots: Slots) -> Outcome:
    """Where the microphone's sound goes."""
    return Outcome(ok=True, answer="done")


ACTIONS: dict[str, Action] = {
    "ShowPage": show_page,
    "StartApp": start_app,
    "StopApp": stop_app,
    "ReadApps": read_apps,
    "ReadThanks": courtesy,
    "ReadPrivacy": read_privacy,
}
