# SPDX-License-Identifier: Apache-2.0
"""A player without sound: which track, where in it, by a clock that is handed in."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

RESTART_AFTER = 3.0  # seconds into a track; from then on "previous" means its beginning


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
        self.since = 0.0
        """When it last changed."""
        self.version = 0
        """Counts the changes."""

    @property
    def track(self) -> Track | None:
        """The chosen track."""
        return None if self._index is None else self.tracks[self._index]

    def choose(self, track_id: str, now: float) -> None:
        """Play a track from its beginning; the one that is chosen already pauses or goes on instead."""
        index = next((number for number, track in enumerate(self.tracks) if track.id == track_id), None)
        if index is not None and index == self._index:
            self.play(now, on=not self.playing)
        elif index is not None:
            self._start(index, now)

    def play(self, now: float, *, on: bool) -> None:
        """Go on, or pause; without a chosen track the first one begins."""
        if self._index is None:
            self._start(0, now)
        else:
            self._place(self.position(now), now, playing=on)

    def next(self, now: float) -> None:
        """Play the next track, after the last the first."""
        self._start((-1 if self._index is None else self._index) + 1, now)

    def previous(self, now: float) -> None:
        """From its beginning, or within its first seconds the track before."""
        back = 1 if self.position(now) < RESTART_AFTER else 0
        self._start((self._index or 0) - back, now)

    def seek(self, seconds: float, now: float) -> None:
        """Go on from this place of the track."""
        if self.track is not None:
            self._place(min(max(0.0, seconds), float(self.track.seconds)), now, playing=self.playing)

    def _start(self, index: int, now: float) -> None:
        self._index = index % len(self.tracks)
        self._place(0.0, now, playing=True)

    def _place(self, at: float, now: float, *, playing: bool) -> None:
        self._at, self.since, self.playing = at, now, playing
        self.version += 1

    def position(self, now: float) -> float:
        """Where in the track."""
        return self._at + (now - self.since if self.playing else 0.0)

    def advance(self, now: float) -> None:
        """Go to the next track when this one is over."""
        if self.playing and self.track is not None and self.position(now) >= self.track.seconds:
            self.next(now)
