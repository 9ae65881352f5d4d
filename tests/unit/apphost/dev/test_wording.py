# SPDX-License-Identifier: Apache-2.0
"""Pages as text: what a driver would see, nothing of what he would not."""

import pytest

from ivi.apphost.dev import wording
from ivi.model.apphost import AppState, AppView
from ivi.model.templates import (
    Action,
    AlertTemplate,
    ChargeSessionTemplate,
    ChargeState,
    Fact,
    GridItem,
    GridTemplate,
    ListTemplate,
    MapTemplate,
    Marker,
    MediaTemplate,
    MessageTemplate,
    PageTemplate,
    PaneTemplate,
    Position,
    Row,
    TransportCommand,
)

PLACE = Position(48.0, 11.0)
RED, BLUE = Row("a", "Red", "fast", badge="new"), Row("b", "Blue one", toggle=True, selected=True)
TOWN, HALL = Marker("a", PLACE, title="Town"), Marker("b", PLACE, title="Hall")


def view(template: PageTemplate | None, *, hidden: int = 0, withheld: str = "") -> AppView:
    return AppView("com.example.x", "X", AppState.RUNNING, "", 1, template, [], hidden=hidden, withheld=withheld)


@pytest.mark.parametrize(
    ("template", "lines"),
    [
        (
            ListTemplate("Cars", [RED, BLUE]),
            ["Cars (list)", "  Red         fast [new]", "  > Blue one  on"],
        ),
        (ListTemplate("Cars", [], empty="None here", loading=True), ["Cars (list)", "  (loading)", "  None here"]),
        (GridTemplate("Tiles", [GridItem("a", "One", "1")]), ["Tiles (grid)", "  One  1"]),
        (
            PaneTemplate("Tyre", [Fact("Pressure", "2.4 bar")], [Action("x", "Inflate")], "front left"),
            ["Tyre (pane)", "  front left", "  Pressure  2.4 bar", "  [Inflate]"],
        ),
        (MessageTemplate("Hello", "A word"), ["Hello (message)", "  A word"]),
        (
            MediaTemplate("Rain", "Roof", playing=True, duration=184, position=61, commands=[TransportCommand.PAUSE]),
            ["Rain (media)", "  Roof", "  playing  1:01 of 3:04", "  buttons  pause"],
        ),
        (
            MapTemplate("Map", [TOWN, HALL], [Row("a", "Town")]),
            ["Map (map_with_content)", "  Town", "  Hall"],
        ),
        (
            ChargeSessionTemplate("Pole", ChargeState.CHARGING, power=11.0, charge=0.0),
            ["Pole (charge_session)", "  state   charging", "  power   11.0", "  charge  0.0"],
        ),
    ],
)  # fmt: skip
def test_a_page(template: PageTemplate, lines: list[str]) -> None:
    assert wording.page(view(template)) == lines


def test_what_the_driving_state_hides_is_said() -> None:
    assert wording.page(view(ListTemplate("Cars", []), hidden=3))[-1] == (
        "  (3 more are not shown in this driving state)"
    )
    assert wording.page(view(None, withheld="sign_in")) == ["nothing: a sign_in page is not shown while driving"]
    assert wording.page(view(None)) == []


def test_a_notice_in_a_line() -> None:
    assert wording.notice(AlertTemplate("Low", "2.0 bar", actions=[Action("ok", "Fine")])) == "Low: 2.0 bar [Fine]"


def test_what_is_read_of_a_player_is_its_words() -> None:
    template = MediaTemplate("Rain", "Roof", commands=[TransportCommand.PLAY], queue=[Row("a", "Next", "one")])
    assert list(wording.texts(template)) == ["Roof", "Next", "one"]
