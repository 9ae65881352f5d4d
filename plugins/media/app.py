# SPDX-License-Identifier: Apache-2.0
"""The media app's screen: tracks to tap on, what plays now, and an honest word about the missing sound."""

import time
import tomllib
from pathlib import Path

from ivi.sdk import Action, ActionStyle, App, Datapoint, Icon, Limits, ListTemplate, Row

from .player import Player, Track, library

SPEED = "Vehicle.Speed"
CABIN = "Vehicle.Cabin.HVAC.AmbientAirTemperature"
REFRESH_STANDING, REFRESH_MOVING = 1.0, 5.0  # seconds between updates of the play time
HERE = Path(__file__).parent


class Media(App):
    """Shows the library and pretends to play it."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.player = Player(library(HERE / "library.toml"))
        self.speed: float | None = None
        self.cabin: float | None = None
        self._shown: ListTemplate | None = None
        self._refreshed = 0.0

    def on_start(self) -> None:
        """Show the list, then follow the car."""
        self.refresh()
        self.subscribe([SPEED, CABIN])
        self.every(REFRESH_STANDING, self.tick)

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Remember what the subtitle tells."""
        self.speed = _number(values, SPEED, self.speed)
        self.cabin = _number(values, CABIN, self.cabin)

    def on_limits(self, limits: Limits) -> None:
        """Another driving state shows another list."""
        self.refresh()

    def on_tap(self, target: str) -> None:
        """A row plays its track; the actions pause and skip."""
        now = time.monotonic()
        if target == "toggle":
            self.player.toggle(now)
        elif target == "next":
            self.player.next(now)
        else:
            self.player.choose(target, now)
        self.refresh()

    def tick(self) -> None:
        """Let the play time go on; less often while driving, where a moving number only distracts."""
        now = time.monotonic()
        self.player.advance(now)
        pause = REFRESH_STANDING if self.limits.driving_state in {"parked", "idling"} else REFRESH_MOVING
        if now - self._refreshed >= pause:
            self.refresh()

    def refresh(self) -> None:
        """Show the present state, unless the screen shows it already."""
        self._refreshed = time.monotonic()
        template = self.template(self._refreshed)
        if template != self._shown:
            self._shown = template
            self.show(template)

    def template(self, now: float) -> ListTemplate:
        """The list as it should look at this moment."""
        playing = self.player.track
        rows = [
            Row(
                track.id,
                track.title,
                track.artist,
                Icon.PLAY if track == playing and self.player.playing else Icon.MUSIC,
                self.strings["playing" if self.player.playing else "paused"] if track == playing else "",
                selected=track == playing,
            )
            for track in self._visible(playing.id if playing else "")
        ]
        actions = []
        if playing is not None:
            toggle = self.strings["pause" if self.player.playing else "resume"]
            actions = [Action("toggle", toggle, ActionStyle.PRIMARY), Action("next", self.strings["next"])]
        return ListTemplate(self.strings["title"], rows, actions, self._subtitle(now))

    def _visible(self, playing: str) -> list[Track]:
        """The tracks that fit the driving state, the chosen one always among them."""
        tracks, room = self.player.tracks, self.limits.max_rows
        if not room or len(tracks) <= room:
            return tracks
        first = next((number for number, track in enumerate(tracks) if track.id == playing), 0)
        return [tracks[(first + offset) % len(tracks)] for offset in range(room)]

    def _subtitle(self, now: float) -> str:
        """What plays, what the car does, and that there is no sound."""
        parts = [self.strings["silent"]]
        if (track := self.player.track) is not None:
            at, length = _minutes(self.player.position(now)), _minutes(track.seconds)
            parts.insert(0, self.strings["now"].format(title=track.title, at=at, length=length))
        if self.limits.max_rows and self.speed is not None and self.limits.driving_state == "moving":
            parts.insert(0, self.strings["driving"])
        elif self.cabin is not None:
            parts.append(self.strings["cabin"].format(temperature=round(self.cabin)))
        return " · ".join(parts)


def _minutes(seconds: float) -> str:
    """Like 3:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _number(values: dict[str, Datapoint], path: str, before: float | None) -> float | None:
    """A signal's new value as a number; the one before when it is not among the new ones."""
    if path not in values:
        return before
    value = values[path].value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
