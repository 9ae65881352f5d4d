# SPDX-License-Identifier: Apache-2.0
"""The media app's screen: what plays, what comes next, the library to browse, and a word about the missing sound."""

import time
import tomllib
from pathlib import Path

from ivi.sdk import (
    Action,
    App,
    Datapoint,
    Icon,
    Limits,
    ListTemplate,
    MediaTemplate,
    Row,
    SearchField,
    TransportCommand,
)

from .player import Player, Track, library

SPEED = "Vehicle.Speed"
CABIN = "Vehicle.Cabin.HVAC.AmbientAirTemperature"
TICK = 1.0  # seconds between looks whether the track is over
HERE = Path(__file__).parent
BROWSE = "browse"

_T = TransportCommand


class Media(App):
    """Shows the library and pretends to play it."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.player = Player(library(HERE / "library.toml"))
        self.speed: float | None = None
        self.cabin: float | None = None
        self.browsing = False
        self.sought = ""
        self._shown: tuple[object, ...] = ()

    def on_start(self) -> None:
        """Show the player, then follow the car."""
        self.refresh()
        self.subscribe([SPEED, CABIN])
        self.every(TICK, self.tick)

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Remember what the note tells."""
        self.speed = _number(values, SPEED, self.speed)
        self.cabin = _number(values, CABIN, self.cabin)
        self.refresh()

    def on_limits(self, limits: Limits) -> None:
        """Another driving state shows another list."""
        self.refresh()

    def on_tap(self, target: str) -> None:
        """A row plays its track; the action opens the library."""
        if target == BROWSE:
            self.browsing, self.sought = True, ""
        else:
            self.player.choose(target, time.monotonic())
            self.browsing = False
        self.refresh()

    def on_transport(self, command: TransportCommand, value: float) -> None:
        """The player's buttons."""
        now = time.monotonic()
        match command:
            case _T.PLAY | _T.PAUSE:
                self.player.play(now, on=command is _T.PLAY)
            case _T.NEXT:
                self.player.next(now)
            case _T.PREVIOUS:
                self.player.previous(now)
            case _T.SEEK:
                self.player.seek(value, now)
            case _:
                return
        self.refresh()

    def on_search(self, text: str, submitted: bool) -> None:
        """Show what fits."""
        self.sought = text
        self.refresh()

    def on_back(self) -> None:
        """From the library to the player."""
        self.browsing = False
        self.refresh()

    def on_home(self) -> None:
        """The player is the first page."""
        self.on_back()

    def tick(self) -> None:
        """Go on to the next track when one is over."""
        now = time.monotonic()
        before = self.player.track
        self.player.advance(now)
        if self.player.track != before:
            self.refresh()

    def refresh(self) -> None:
        """Show the present state, unless the screen shows it already. The car counts the play time on by itself."""
        now = time.monotonic()
        template = self.browser() if self.browsing else self.template(now)
        # At the moment of the last change, so that time alone is no change.
        state = (self.browser() if self.browsing else self.template(self.player.since), self.player.version)
        if state != self._shown:
            self._shown = state
            self.show(template)

    def template(self, now: float) -> MediaTemplate:
        """The player as it should look at this moment."""
        playing = self.player.track
        return MediaTemplate(
            playing.title if playing else self.strings["nothing"],
            playing.artist if playing else "",
            playing=self.player.playing,
            duration=float(playing.seconds) if playing else 0.0,
            position=min(self.player.position(now), float(playing.seconds)) if playing else 0.0,
            commands=[_T.PREVIOUS, _T.PLAY, _T.PAUSE, _T.NEXT, _T.SEEK],
            source=self.strings["title"],
            note=self._note(),
            queue_title=self.strings["queue"],
            queue=[self._row(track) for track in self._visible(playing.id if playing else "")],
            actions=[Action(BROWSE, self.strings["browse"], icon=Icon.LIST)] if self.limits.keyboard else [],
        )

    def browser(self) -> ListTemplate:
        """The library by artist, or what was searched for."""
        sought = self.sought.casefold()
        tracks = [track for track in self.player.tracks if sought in f"{track.title} {track.artist}".casefold()]
        rows = [self._row(track, track.artist) for track in sorted(tracks, key=lambda track: track.artist.casefold())]
        search = SearchField(self.strings["search"], self.sought)
        return ListTemplate(self.strings["library"], rows, empty=self.strings["none"], search=search)

    def _row(self, track: Track, section: str = "") -> Row:
        chosen = track == self.player.track
        badge = self.strings["playing" if self.player.playing else "paused"] if chosen else ""
        icon = Icon.PLAY if chosen and self.player.playing else Icon.MUSIC
        return Row(track.id, track.title, "" if section else track.artist, icon, badge, chosen, section)

    def _visible(self, playing: str) -> list[Track]:
        """The tracks that fit the driving state, the chosen one always among them."""
        tracks, room = self.player.tracks, self.limits.max_rows
        if not room or len(tracks) <= room:
            return tracks
        first = next((number for number, track in enumerate(tracks) if track.id == playing), 0)
        return [tracks[(first + offset) % len(tracks)] for offset in range(room)]

    def _note(self) -> str:
        """That there is no sound, and what the car does."""
        parts = [self.strings["silent"]]
        if self.limits.max_rows and self.speed is not None and self.limits.driving_state == "moving":
            parts.insert(0, self.strings["driving"])
        elif self.cabin is not None:
            parts.append(self.strings["cabin"].format(temperature=round(self.cabin)))
        return " · ".join(parts)


def _number(values: dict[str, Datapoint], path: str, before: float | None) -> float | None:
    """A signal's new value as a number; the one before when it is not among the new ones."""
    if path not in values:
        return before
    value = values[path].value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
