# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

import plugins.media
from ivi.sdk import Datapoint, Icon, Limits
from plugins.media.app import CABIN, SPEED, Media
from plugins.media.player import Player, library

TRACKS = library(Path(plugins.media.__file__).with_name("library.toml"))


def test_a_player_keeps_time_through_pauses() -> None:
    player = Player(TRACKS)
    assert player.track is None
    player.choose("copper", 100.0)
    assert player.position(130.0) == 30.0
    player.toggle(130.0)
    assert player.position(500.0) == 30.0
    player.choose("copper", 500.0)
    assert player.position(510.0) == 40.0


def test_the_next_track_follows_and_the_first_follows_the_last() -> None:
    player = Player(TRACKS)
    player.choose(TRACKS[-1].id, 0.0)
    player.advance(TRACKS[-1].seconds - 1)
    assert player.track == TRACKS[-1]
    player.advance(TRACKS[-1].seconds + 1)
    assert player.track == TRACKS[0]


def test_the_list_says_that_it_is_silent() -> None:
    template = Media().template(0.0)
    assert [row.title for row in template.rows] == [track.title for track in TRACKS]
    assert "Silent demo" in template.subtitle
    assert template.actions == []


def test_what_plays_is_marked() -> None:
    app = Media()
    app.player.choose("switchback", 10.0)
    template = app.template(75.0)
    row = next(row for row in template.rows if row.selected)
    assert (row.id, row.badge, row.icon) == ("switchback", "playing", Icon.PLAY)
    assert template.subtitle.startswith("Switchback Road · 1:05 of 3:07")
    assert [action.title for action in template.actions] == ["Pause", "Next"]


def test_driving_shortens_the_list_around_what_plays() -> None:
    app = Media()
    app.limits = Limits("moving", 3, 60)
    app.on_signals({SPEED: Datapoint(43.4, 0, 0)})
    app.player.choose(TRACKS[-1].id, 0.0)
    template = app.template(1.0)
    assert [row.id for row in template.rows] == [TRACKS[-1].id, TRACKS[0].id, TRACKS[1].id]
    assert template.subtitle.startswith("Short list while driving")


@pytest.mark.parametrize(("value", "said"), [(21.4, "Cabin 21 °C"), (None, "Silent demo"), ("warm", "Silent demo")])
def test_a_cabin_temperature_shows_only_when_there_is_one(value: float | str | None, said: str) -> None:
    app = Media()
    app.on_signals({CABIN: Datapoint(value, 0, 0)})
    assert said in app.template(0.0).subtitle
    assert ("Cabin" in app.template(0.0).subtitle) == said.startswith("Cabin")
