# SPDX-License-Identifier: Apache-2.0
"""A small player: a library, the usual buttons, audio focus, and it goes on where it stopped."""

import time
import tomllib
from pathlib import Path
from typing import NamedTuple

from ivi.sdk import App, AudioKind, FocusState, Icon, IviError, MediaTemplate, Row, TransportCommand

HERE = Path(__file__).parent
LAST = "last"  # the key under which the last track is kept
TICK = 1.0  # seconds between looks at the clock


class Track(NamedTuple):
    """One thing to listen to."""

    id: str
    title: str
    artist: str
    seconds: float


class Starter(App):
    """Now playing, with the library below it."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        library = tomllib.loads((HERE / "library.toml").read_text(encoding="utf-8"))
        self.tracks = [Track(one["id"], one["title"], one["artist"], float(one["seconds"])) for one in library["track"]]
        self.at = 0
        """Which track."""
        self.playing = False
        self.heard = False
        """Whether the car lets this app be heard."""
        self._position = 0.0
        self._since = 0.0

    def on_start(self) -> None:
        """Show the track that was played last."""
        try:
            last = self.storage.get(LAST, "")
        except IviError as error:  # not allowed, or the car's disk has a problem: the app works without
            print("the last track is not known:", error)
            last = ""
        self.at = next((number for number, track in enumerate(self.tracks) if track.id == last), 0)
        self.refresh()
        self.every(TICK, self.tick)

    def on_tap(self, target: str) -> None:
        """A row plays its track."""
        for number, track in enumerate(self.tracks):
            if track.id == target:
                self.choose(number)
                self.play()

    def on_transport(self, command: TransportCommand, value: float) -> None:
        """The buttons; they come from the wheel and from the assistant, too."""
        match command:
            case TransportCommand.PLAY:
                self.play()
            case TransportCommand.PAUSE:
                self.stand(playing=False)
            case TransportCommand.NEXT:
                self.choose(self.at + 1)
            case TransportCommand.PREVIOUS:
                self.choose(self.at - 1)
            case TransportCommand.SEEK:
                self._position, self._since = min(max(0.0, value), self.track.seconds), time.monotonic()
            case _:
                return
        self.refresh()

    def on_audio_focus(self, state: FocusState) -> None:
        """Be silent whenever the car says so: somebody else is heard."""
        self.heard = state in {FocusState.GAINED, FocusState.DUCKED}
        if not self.heard:
            self.stand(playing=False)
        self.refresh()

    @property
    def track(self) -> Track:
        """The present track."""
        return self.tracks[self.at]

    @property
    def position(self) -> float:
        """Seconds into the track."""
        gone = time.monotonic() - self._since if self.playing else 0.0
        return min(self._position + gone, self.track.seconds)

    def play(self) -> None:
        """Ask to be heard, and play when the car agrees."""
        if not self.heard:
            try:
                self.request_audio_focus(AudioKind.MEDIA)
            except IviError as error:
                print("the car does not let it be heard:", error)
                return
        self.stand(playing=True)
        self.refresh()

    def stand(self, *, playing: bool) -> None:
        """Play or pause from the present position. Start and stop your player here."""
        self._position, self._since = self.position, time.monotonic()
        self.playing = playing

    def choose(self, number: int) -> None:
        """Go to a track and remember it."""
        self.at = number % len(self.tracks)
        self._position, self._since = 0.0, time.monotonic()
        try:
            self.storage[LAST] = self.track.id
        except IviError as error:
            print("the track could not be kept:", error)

    def tick(self) -> None:
        """The next track when one is over. The car's screen counts the seconds by itself."""
        if self.playing and self.position >= self.track.seconds:
            self.choose(self.at + 1)
            self.refresh()

    def refresh(self) -> None:
        """Show what plays now."""
        track = self.track
        pause = TransportCommand.PAUSE if self.playing else TransportCommand.PLAY
        rows = [Row(one.id, one.title, one.artist, Icon.MUSIC, selected=one == track) for one in self.tracks]
        self.show(
            MediaTemplate(
                track.title,
                track.artist,
                playing=self.playing,
                duration=track.seconds,
                position=self.position,
                commands=[TransportCommand.PREVIOUS, pause, TransportCommand.NEXT, TransportCommand.SEEK],
                source=self.strings["source"],
                note=self.strings["silent"],
                queue_title=self.strings["queue"],
                queue=rows,
            )
        )
