# SPDX-License-Identifier: Apache-2.0
"""Rules of the host for templates: plain texts, unique ids, limits of the driving state, rates and tasks."""

import hashlib

import pytest

from ivi.apphost.templates.stage import Stage
from ivi.model.app import (
    Dismissed,
    InputEvent,
    Limits,
    MoreWanted,
    Searched,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions
from ivi.model.templates import (
    Action,
    AlertTemplate,
    ChargeSessionTemplate,
    ChargeState,
    GridItem,
    GridTemplate,
    ListTemplate,
    MapTemplate,
    Marker,
    MediaTemplate,
    MessageTemplate,
    NotificationTemplate,
    PageTemplate,
    PaneTemplate,
    PinMethod,
    Position,
    Row,
    Rule,
    SearchField,
    SignInTemplate,
    Template,
    TransportCommand,
)
from ivi.model.templates.checks import check
from ivi.model.templates.limits import limits_of, shortened
from ivi.model.templates.plain_text import fault_of
from ivi.model.templates.rates import HOUR, NoticeRate, ShowRate
from ivi.model.templates.rules import rule_of
from ivi.model.templates.targets import tappable
from ivi.model.templates.task import DEPTH_MOVING, STEPS_MOVING, Task

PARKED = limits_of(UxRestrictions(DrivingState.PARKED, [], "parked"))
MOVING = limits_of(
    UxRestrictions(
        DrivingState.MOVING,
        [UxRestriction.LIMIT_CONTENT, UxRestriction.NO_KEYBOARD],
        "moving",
        max_rows=6,
        max_chars=120,
    )
)


def page(title: str) -> ListTemplate:
    return ListTemplate(title, [Row("a", "A")])


class Heard:
    """Stands where a stream to the app would."""

    def __init__(self) -> None:
        self.events: list[object] = []

    def send(self, event: object) -> None:
        self.events.append(event)


@pytest.fixture
def stage() -> Stage:
    return Stage(lambda: None)


@pytest.fixture
def heard(stage: Stage) -> Heard:
    listener = Heard()
    stage.inputs.add(listener)  # type: ignore[arg-type]  # all that is used of a stream is send
    return listener


def test_plain_text_of_many_scripts_is_fine() -> None:
    rows = [Row("1", "می‌خواهم", "Ünïcode"), Row("2", "☕ 👩‍🚒 👍🏽 🇩🇪"), Row("3", "हिन्दी ไทย 한국어")]
    check(ListTemplate("Música · 音楽", rows, [Action("play", "Play")], "ok"))


@pytest.mark.parametrize(
    "text",
    ["a\nb", "a\x1b[31m", "a\u202eb", "a\u2066b", "a\u0000", "a\u200bb", "a\ud800", "\ue000", "\ufeffa", "a\u2028b",
     "\u3164", "   ", "\u00a0", "a" + "\u0301" * 7, "\U000e0041"],
)  # fmt: skip
def test_what_hides_turns_or_stacks_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"list refused by plain_text: rows\[0\]\.title") as caught:
        check(ListTemplate("List", [Row("1", text)]))
    assert rule_of(caught.value) is Rule.PLAIN_TEXT


def test_markup_is_plain_text() -> None:
    assert fault_of('<img src="http://example.com/x.png">') == ""


@pytest.mark.parametrize(
    ("template", "rule"),
    [
        (ListTemplate("L", [Row("play", "Play")], [Action("play", "Play")]), Rule.UNIQUE_IDS),
        (GridTemplate("G", [GridItem("a", "A"), GridItem("a", "B")]), Rule.UNIQUE_IDS),
        (ListTemplate("L", [Row("a", "A", picture="0" * 64)]), Rule.PICTURE),
        (MapTemplate("M", [Marker("a", Position(1, 1)), Marker("a", Position(2, 2))]), Rule.REFERENCES),
        (MapTemplate("M", [Marker("a", Position(float("nan"), 1.0))]), Rule.FORM),
        (MediaTemplate("T", duration=60.0, position=61.0), Rule.REFERENCES),
        (MediaTemplate("T", commands=[TransportCommand.SEEK]), Rule.REFERENCES),
        (MediaTemplate("T", commands=[TransportCommand.PLAY, TransportCommand.PLAY]), Rule.REFERENCES),
        (ChargeSessionTemplate("S", ChargeState.CHARGING, price="1.20"), Rule.REFERENCES),
        (AlertTemplate("A\u202e"), Rule.PLAIN_TEXT),
    ],
)
def test_parts_that_do_not_fit_are_refused_by_name(template: Template, rule: Rule) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check(template)
    assert rule_of(caught.value) is rule


def test_a_picture_that_was_handed_over_can_be_named() -> None:
    name = hashlib.sha256(b"png").hexdigest()
    check(ListTemplate("L", [Row("a", "A", picture=name)]), {name})


def test_driving_shortens_rows_and_texts() -> None:
    rows = [Row(str(n), f"Row number {n} with a long text", "t" * 50, section="S", picture="0" * 64) for n in range(10)]
    template = ListTemplate("A title", rows, [], "s" * 50, more=True, search=SearchField("Find"))
    part = shortened(template, Limits("moving", 3, 12))
    short = part.template
    assert isinstance(short, ListTemplate)
    assert part.hidden == 7
    assert [row.id for row in short.rows] == ["0", "1", "2"]
    assert short.rows[0].title == "Row number…"
    assert max(len(text) for row in short.rows for text in (row.title, row.text)) <= 12
    assert len(short.subtitle) == 12
    assert (short.more, short.search, short.rows[0].picture) == (False, None, "")
    whole = Limits("parked", 0, 0, keyboard=True, pictures=True)
    assert shortened(template, whole).template == template


def test_a_moving_car_shows_few_markers_and_no_sign_in() -> None:
    markers = [Marker(str(n), Position(48 + n / 100, 9)) for n in range(20)]
    part = shortened(MapTemplate("M", markers), MOVING)
    assert isinstance(part.template, MapTemplate)
    assert (len(part.template.markers), part.hidden) == (6, 14)
    assert shortened(SignInTemplate("S", "Do it", PinMethod("ABC 123", "example.com")), MOVING).template is None


def test_limits_say_what_a_driving_state_allows() -> None:
    assert (
        Limits("moving", 6, 120, kinds=tuple(kind for kind in PARKED.kinds if kind != "sign_in"), refresh_s=1.0)
        == MOVING
    )
    assert (PARKED.keyboard, PARKED.pictures, PARKED.refresh_s, len(PARKED.kinds)) == (True, True, 0.2, 12)
    unknown = limits_of(UxRestrictions(DrivingState.UNKNOWN, [], "nobody knows"))
    assert (unknown.keyboard, unknown.pictures, unknown.refresh_s) == (False, False, 1.0)
    idling = limits_of(UxRestrictions(DrivingState.IDLING, [UxRestriction.NO_VIDEO], "standing"))
    assert (idling.keyboard, idling.pictures) == (False, True)


def test_what_can_be_tapped() -> None:
    rows = [Row("a", "A"), Row("b", "B", enabled=False), Row("c", "C", toggle=True)]
    assert tappable(ListTemplate("L", rows, [Action("x", "X")])) == {"a", "x"}
    assert tappable(MapTemplate("M", [Marker("m", Position(1, 1))], [Row("r", "R")])) == {"m", "r"}


@pytest.mark.parametrize("state", list(DrivingState))
def test_a_burst_then_a_rate(state: DrivingState) -> None:
    rate = ShowRate(0.0)
    assert [rate.take(state, 0.0) for _ in range(5)] == [True, True, True, False, False]


# -- tasks ------------------------------------------------------------------------------------------------------------
def test_a_task_ends_after_five_pages_while_driving_and_goes_on_after_a_way_back() -> None:
    task = Task()
    pages: list[PageTemplate] = [
        page("1"),
        page("2"),
        PaneTemplate("3", []),
        PaneTemplate("4", []),
        PaneTemplate("5", []),
    ]
    for one in pages:
        task.show(one, moving=True)
    assert (task.depth, task.steps_left(moving=True)) == (STEPS_MOVING, 0)
    with pytest.raises(ResourceExhaustedError) as caught:
        task.show(MessageTemplate("6", "Six"), moving=True)
    assert rule_of(caught.value) is Rule.TASK_STEPS
    task.show(PaneTemplate("5", []), moving=True)  # a refresh
    task.show(PaneTemplate("3", []), moving=True)  # back
    assert task.steps_left(moving=True) == 2
    task.home()
    assert (task.depth, task.steps_left(moving=False)) == (1, None)


def test_lists_lie_three_deep_while_driving_and_deeper_while_parked() -> None:
    task = Task()
    for number in range(DEPTH_MOVING):
        task.show(page(str(number)), moving=True)
    with pytest.raises(ResourceExhaustedError) as caught:
        task.show(GridTemplate("deeper", []), moving=True)
    assert rule_of(caught.value) is Rule.BROWSE_DEPTH
    for number in range(100):
        task.show(page(f"parked {number}"), moving=False)
    assert task.depth == 64
    task.show(page("0"), moving=True)
    assert task.depth == 1, "the first page stays within reach"


def test_a_track_and_guidance_are_one_page_whatever_they_say() -> None:
    task = Task()
    for number in range(20):
        task.show(MediaTemplate(f"Track {number}"), moving=True)
    assert task.depth == 1


# -- the stage --------------------------------------------------------------------------------------------------------
def test_answers_carry_the_revision_and_old_ones_are_counted(stage: Stage, heard: Heard) -> None:
    stage.tell(PARKED)
    first = stage.show(page("List"), moving=False)
    second = stage.show(page("List"), moving=False)
    assert (first, second) == (1, 2)
    assert not stage.answer(Tapped(1, "a")).delivered
    assert not stage.answer(Tapped(2, "nothing")).delivered
    assert stage.answer(Tapped(2, "a")).delivered
    assert stage.stale == 2
    assert heard.events[1:] == [Tapped(2, "a")]


EVENTS: list[tuple[InputEvent, bool]] = [
    (Toggled(1, "switch", True), True),
    (Toggled(1, "row", True), False),
    (Tapped(1, "switch"), False),
    (Tapped(1, "off"), False),
    (MoreWanted(1, 3), True),
    (Searched(1, "tea", False), True),
    (TransportPressed(1, TransportCommand.PLAY), False),
    (WentBack(1), False),
    (WentHome(1), False),
    (Dismissed(1), False),
]


@pytest.mark.parametrize(("event", "taken"), EVENTS)
def test_only_answers_that_fit_the_page_reach_the_app(
    stage: Stage, heard: Heard, event: InputEvent, taken: bool
) -> None:
    stage.tell(PARKED)
    rows = [Row("row", "Row"), Row("switch", "Switch", toggle=False), Row("off", "Off", enabled=False)]
    stage.show(ListTemplate("L", rows, more=True, search=SearchField("Find")), moving=False)
    assert stage.answer(event).delivered is taken
    assert heard.events[1:] == ([event] if taken else [])


def test_nobody_types_or_taps_hidden_rows_while_driving(stage: Stage, heard: Heard) -> None:
    stage.tell(MOVING)
    rows = [Row(str(number), "Row") for number in range(20)]
    stage.show(ListTemplate("L", rows, more=True, search=SearchField("Find")), moving=True)
    for event in (Searched(1, "tea", True), Tapped(1, "6"), MoreWanted(1, 6)):
        assert not stage.answer(event).delivered
    assert stage.answer(Tapped(1, "5")).delivered


def test_more_is_asked_once_a_revision(stage: Stage, heard: Heard) -> None:
    stage.tell(PARKED)
    stage.show(ListTemplate("L", [Row("a", "A")], more=True), moving=False)
    stage.answer(MoreWanted(1, 1))
    stage.answer(MoreWanted(1, 1))
    assert heard.events[1:] == [MoreWanted(1, 1)]


def test_the_way_home_gives_the_steps_back_before_the_app_answers(stage: Stage, heard: Heard) -> None:
    stage.tell(MOVING)
    for title in ("1", "2", "3"):
        stage.show(page(title), moving=True)
    assert stage.seen(MOVING).steps_left == 2
    assert stage.answer(WentHome(3)).delivered
    limits, event = heard.events[-2:]
    assert isinstance(limits, Limits)
    assert limits.steps_left == 4
    assert event == WentHome(3)
    assert stage.seen(MOVING).depth == 1


def test_a_page_whose_kind_is_not_allowed_any_more_is_withheld(stage: Stage) -> None:
    stage.show(SignInTemplate("S", "Do it", PinMethod("ABC 123", "example.com")), moving=False)
    assert stage.seen(PARKED).withheld == ""
    seen = stage.seen(MOVING)
    assert (seen.template, seen.withheld) == (None, "sign_in")


def test_notices_are_answered_make_room_and_end(stage: Stage, heard: Heard) -> None:
    stage.tell(MOVING)
    stage.show(page("L"), moving=True)
    alert = AlertTemplate("Seat belt", actions=[Action("ok", "OK")])
    assert stage.notify(alert) == 2
    assert stage.notify(NotificationTemplate("News", seconds=4.0)) == 3
    assert [notice.revision for notice in stage.seen(MOVING).notices] == [2, 3]
    assert stage.answer(Tapped(1, "a")).delivered, "the page below still takes its taps"
    assert not stage.answer(Tapped(2, "nothing")).delivered
    assert stage.answer(Tapped(2, "ok")).delivered
    assert not stage.answer(Tapped(2, "ok")).delivered
    assert stage.next_end is not None
    stage.expire(stage.next_end)
    assert stage.seen(MOVING).notices == []
    for _ in range(3):
        stage.notify(alert)
    assert heard.events[1:] == [Tapped(1, "a"), Tapped(2, "ok"), Dismissed(3), Dismissed(4)]
    assert stage.answer(Dismissed(5)).delivered


def test_notices_of_an_hour_are_counted() -> None:
    rate = NoticeRate()
    assert [rate.take(2, now) for now in (0.0, 1.0, 2.0, HOUR, HOUR + 0.5, HOUR + 1)] == [
        True, True, False, True, False, True,
    ]  # fmt: skip
