# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

import plugins.media
from ivi.model.templates import Template, kind_of
from ivi.model.templates.checks import check
from ivi.sdk import Datapoint, Icon, Limits, MediaTemplate, TransportCommand
from plugins.media.app import CABIN, SPEED, Media
from plugins.media.player import Player, library

TRACKS = library(Path(plugins.media.__file__).with_name("library.toml"))


def test_a_player_keeps_time_through_pauses() -> None:
    player = Player(TRACKS)
    assert player.track is None
    player.choose("copper", 100.0)
    assert player.position(130.0) == 30.0
    player.play(130.0, on=False)
    assert player.position(500.0) == 30.0
    player.choose("copper", 500.0)
    assert player.position(510.0) == 40.0
    player.seek(9999.0, 510.0)
    assert player.position(510.0) == 251.0


def test_the_next_track_follows_and_the_first_follows_the_last() -> None:
    player = Player(TRACKS)
    player.choose(TRACKS[-1].id, 0.0)
    player.advance(TRACKS[-1].seconds - 1)
    assert player.track == TRACKS[-1]
    player.advance(TRACKS[-1].seconds + 1)
    assert player.track == TRACKS[0]


def test_previous_begins_again_and_then_goes_back() -> None:
    player = Player(TRACKS)
    player.choose(TRACKS[2].id, 0.0)
    player.previous(20.0)
    assert (player.track, player.position(20.0)) == (TRACKS[2], 0.0)
    player.previous(21.0)
    assert player.track == TRACKS[1]


def test_a_player_without_a_track_begins_with_the_first() -> None:
    player = Player(TRACKS)
    player.play(0.0, on=True)
    assert player.track == TRACKS[0]
    player.choose("no such track", 1.0)
    assert player.track == TRACKS[0]


def test_the_page_says_that_it_is_silent() -> None:
    template = Media().template(0.0)
    assert [row.title for row in template.queue] == [track.title for track in TRACKS]
    assert "Silent demo" in template.note
    assert (template.title, template.playing) == ("Choose a track", False)


def test_what_plays_is_marked() -> None:
    app = Media()
    app.player.choose("switchback", 10.0)
    template = app.template(75.0)
    row = next(row for row in template.queue if row.selected)
    assert (row.id, row.badge, row.icon) == ("switchback", "playing", Icon.PLAY)
    assert (template.title, template.position, template.duration) == ("Switchback Road", 65.0, 187.0)
    check(template)


def test_the_library_is_browsed_and_searched_while_parked() -> None:
    app = Media()
    app.limits = Limits("parked", 0, 0, keyboard=True)
    assert [action.id for action in app.template(0.0).actions] == ["browse"]
    everything = app.browser()
    assert len(everything.rows) == len(TRACKS)
    assert [row.section for row in everything.rows] == sorted(row.section for row in everything.rows)
    app.sought = "oldfen"
    assert [row.id for row in app.browser().rows] == ["copper", "lastlight"]
    app.sought = "zzz"
    assert (app.browser().rows, app.browser().empty) == ([], "No track is called like that.")


def test_time_alone_shows_nothing_new(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Media()
    shown: list[Template] = []
    monkeypatch.setattr(app, "show", shown.append)
    app.on_tap("switchback")
    app.tick()
    app.refresh()
    assert len(shown) == 1
    app.on_transport(TransportCommand.PAUSE, 0.0)
    app.on_transport(TransportCommand.SEEK, 30.0)
    app.on_tap("browse")
    app.on_back()
    assert [kind_of(one) for one in shown] == ["media", "media", "media", "list", "media"]
    assert isinstance(shown[-1], MediaTemplate)
    assert shown[-1].position == 30.0


def test_driving_shortens_the_list_around_what_plays() -> None:
    app = Media()
    app.limits = Limits("moving", 3, 60)
    app.speed = 43.4
    app.player.choose(TRACKS[-1].id, 0.0)
    template = app.template(1.0)
    assert [row.id for row in template.queue] == [TRACKS[-1].id, TRACKS[0].id, TRACKS[1].id]
    assert template.note.startswith("Short list while driving")
    assert template.actions == []


@pytest.mark.parametrize(("value", "said"), [(21.4, "Cabin 21 °C"), (None, "Silent demo"), ("warm", "Silent demo")])
def test_a_cabin_temperature_shows_only_when_there_is_one(
    monkeypatch: pytest.MonkeyPatch, value: float | str | None, said: str
) -> None:
    app = Media()
    monkeypatch.setattr(app, "show", lambda _template: None)
    app.on_signals({SPEED: Datapoint(None, 0, 0), CABIN: Datapoint(value, 0, 0)})
    assert said in app.template(0.0).note
    assert ("Cabin" in app.template(0.0).note) == said.startswith("Cabin")
