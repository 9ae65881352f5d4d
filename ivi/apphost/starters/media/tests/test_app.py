# SPDX-License-Identifier: Apache-2.0
"""The app without a car: `ivi app test`."""

from ivi.sdk import FocusState, MediaTemplate
from ivi.sdk.testing import AppFactory, FakeHost, HandClock


def player(host: FakeHost) -> MediaTemplate:
    """What is on the screen."""
    assert isinstance(host.shown, MediaTemplate)
    return host.shown


def test_a_track_plays_when_the_car_lets_it_be_heard(app: AppFactory, host: FakeHost) -> None:
    app()
    host.tap("harbour")
    assert player(host).title == "Harbour, early"
    assert player(host).playing
    assert host.audio.kind == "media"


def test_it_is_silent_when_somebody_else_is_heard(app: AppFactory, host: FakeHost, clock: HandClock) -> None:
    app()
    host.tap("harbour")
    host.audio.change(FocusState.PAUSED)
    clock.advance(1)
    assert not player(host).playing


def test_it_goes_on_with_the_last_track(app: AppFactory, host: FakeHost) -> None:
    app()
    host.transport("next")
    app()  # the next start
    assert player(host).title == "Harbour, early"


def test_it_works_while_driving_and_without_storage(app: AppFactory, host: FakeHost) -> None:
    app()
    host.drive("moving")
    host.revoke("storage")
    host.transport("next")
    assert player(host).title == "Harbour, early"
