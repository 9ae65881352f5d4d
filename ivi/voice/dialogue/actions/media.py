# SPDX-License-Identifier: Apache-2.0
"""What plays: the media app's page is used as a finger would use it."""

from ivi.model.app.screen import TransportPressed
from ivi.model.apphost import AppView, Input, Tap, TapTaken
from ivi.model.templates import MediaTemplate, TransportCommand
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World

NO_PLAYER = Outcome(ok=False, answer="no_player")


def player(world: World) -> tuple[AppView, MediaTemplate] | None:
    """The app whose page is a player: the one that plays, else the first."""
    found = [(view, view.template) for view in world.apps.views if isinstance(view.template, MediaTemplate)]
    return next((one for one in found if one[1].playing), found[0] if found else None)


def titles(world: World) -> list[str]:
    """What can be chosen by name now."""
    now = player(world)
    return [row.title for row in now[1].queue if row.enabled] if now is not None else []


def press(command: TransportCommand, back: TransportCommand | None = None) -> Action:
    """An action that presses a button of the player; `back` is the button that takes it back."""

    async def action(world: World, _slots: Slots) -> Outcome:
        now = player(world)
        if now is None:
            return NO_PLAYER
        if command not in now[1].commands:
            return Outcome(ok=False, answer="no_button")
        await _send(world, command)

        async def undo() -> None:
            if back is not None:
                await _send(world, back)

        return Outcome(ok=True, answer="done", undo=undo if back is not None else None)

    return action


async def play_title(world: World, slots: Slots) -> Outcome:
    """A title of the list that the player shows."""
    now = player(world)
    if now is None:
        return NO_PLAYER
    view, page = now
    wanted = str(slots["title"]).casefold()
    fits = [row for row in page.queue if row.title.casefold() == wanted]
    fits = fits or [row for row in page.queue if wanted in f"{row.title} {row.text}".casefold()]
    if not fits:
        return Outcome(ok=False, answer="not_found", values={"title": str(slots["title"])})
    if len(fits) > 1:
        return Outcome(ok=False, answer="which", choose=("title", tuple(row.title for row in fits)))
    taken: TapTaken = await world.apps.call(Tap(view.id, view.revision, fits[0].id))
    if not taken.delivered:
        return Outcome(ok=False, answer="not_found", values={"title": fits[0].title})
    return Outcome(ok=True, answer="done", values={"title": fits[0].title})


async def read_track(world: World, _slots: Slots) -> Outcome:
    """What plays now."""
    now = player(world)
    if now is None:
        return NO_PLAYER
    page = now[1]
    answer = "done" if page.artist else "title"
    return Outcome(ok=True, answer=answer, values={"title": page.title, "artist": page.artist})


async def _send(world: World, command: TransportCommand) -> None:
    now = player(world)
    if now is not None:
        await world.apps.call(Input(now[0].id, TransportPressed(now[0].revision, command)))


ACTIONS: dict[str, Action] = {
    "PlayMedia": press(TransportCommand.PLAY, TransportCommand.PAUSE),
    "PauseMedia": press(TransportCommand.PAUSE, TransportCommand.PLAY),
    "NextTrack": press(TransportCommand.NEXT, TransportCommand.PREVIOUS),
    "PreviousTrack": press(TransportCommand.PREVIOUS, TransportCommand.NEXT),
    "PlayTitle": play_title,
    "ReadTrack": read_track,
}
