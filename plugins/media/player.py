# SPDX-License-Identifier: Apache-2.0
"""A player without sound: which track, where in it, by a clock that is handed in."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Track:
    """One piece of music; `seconds` is its length."""

    id: str
    title: str
    artist: str
    seconds: int


def library(path: Path) -> list[Track]:
    """The tracks of a library.toml."""
    return [Track(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["track"]]


class Player:
    """Plays one track after the other, silently. All times are seconds; `now` is any steady clock."""

    def __init__(self, tracks: list[Track]) -> None:
        self.tracks = tracks
        self.playing = False
        self._index: int | None = None
        self._at = 0.0
        self._since = 0.0

    @property
    def track(self) -> Track | None:
        """The chosen track."""
        return None if self._index is None else self.tracks[self._index]

    def choose(self, track_id: str, now: float) -> None:
        """Play a track from its beginning; the one that is chosen already pauses or goes on instead."""
        index = next(number for number, track in enumerate(self.tracks) if track.id == track_id)
        if index == self._index:
            self.toggle(now)
            return
        self._index, self._at, self._since, self.playing = index, 0.0, now, True

    def toggle(self, now: float) -> None:
        """Pause or go on."""
        if self._index is None:
            return
        if self.playing:
            self._at = self.position(now)
        self.playing, self._since = not self.playing, now

    def next(self, now: float) -> None:
        """Play the next track, after the last the first."""
        index = -1 if self._index is None else self._index
        self._index, self._at, self._since, self.playing = (index + 1) % len(self.tracks), 0.0, now, True

    def position(self, now: float) -> float:
        """Where in the track."""
        return self._at + (now - self._since if self.playing else 0.0)

    def advance(self, now: float) -> None:
        """Go to the next track when this one is over."""
        if self.playing and self.track is not None and self.position(now) >= self.track.seconds:
            self.next(now)
