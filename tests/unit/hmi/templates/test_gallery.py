# SPDX-License-Identifier: Apache-2.0
"""Every template in every state, drawn by Qt: texts, sizes, nothing outside, and answers that carry the revision."""

import hashlib
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.audit.rules import close_targets
from ivi.hmi.audit.seen import look
from ivi.hmi.gallery import samples
from ivi.hmi.gallery.runner import SIZES, Gallery, Size, cover
from ivi.hmi.gallery.scenes import APP, MOVING, PARKED, Scene, scenes
from ivi.hmi.screen import Screen, area, find, items
from ivi.model.app import (
    Dismissed,
    InputEvent,
    MoreWanted,
    Searched,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.apphost import AppState, AppView, NoticeView
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.png import check_png
from ivi.model.services import UxRestrictions
from ivi.model.templates import ListTemplate, MessageTemplate, PageTemplate, Row, TransportCommand, kind_of

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Words

SMALLEST_TARGET, SMALLEST_TEXT = 76, 24  # px
PAGE = next(size for size in SIZES if size.name == "page-1280x720")


class Shown:
    """The gallery with what the driver did in it."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.events: list[InputEvent] = []
        gallery.models.apps.send = lambda _app, event: self.events.append(event)
        self.screen = Screen(gallery.window, gallery)

    def show(self, page: PageTemplate | None, driving: UxRestrictions = PARKED, **changes: Any) -> None:  # noqa: ANN401
        """Show a page with revision 7."""
        view = AppView(APP, "Charge & Co", AppState.RUNNING, "", 7, page, [], depth=1)
        self.gallery.show(Scene("", msgspec.structs.replace(view, **changes), driving))
        self.gallery.settle()

    def resize(self, size: Size) -> None:
        """Give the app this much room."""
        self.gallery.window.resize(size.width + 32, size.height + 32)
        self.gallery.settle()

    def visible(self) -> list[QQuickItem]:
        """Everything that is drawn."""
        return [item for item in items(self.gallery.window.contentItem()) if item.isVisible() and item.opacity() > 0]

    def texts(self) -> list[str]:
        """All words on the screen."""
        return [str(item.property("text")) for item in self.visible() if item.inherits("QQuickText")]

    def touch(self, name: str) -> None:
        """Touch an item by its name."""
        self.screen.touch(name)
        self.gallery.settle()


@pytest.fixture
def shown(qtbot: QtBot, words: "Words") -> Iterator[Shown]:
    app.load_fonts()
    engine = QQmlApplicationEngine()
    gallery = Gallery(engine)
    gallery.window.show()
    found = Shown(gallery)
    found.resize(PAGE)
    yield found
    gallery.close()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def clipped(item: QQuickItem) -> QRectF:
    """The part of an item that its clipping parents leave."""
    seen = area(item)
    parent = cast("QQuickItem | None", item.parentItem())
    while parent is not None:
        if parent.clip():
            seen = seen.intersected(area(parent))
        parent = cast("QQuickItem | None", parent.parentItem())
    return seen


def overlaps(one: QRectF, other: QRectF) -> bool:
    return one.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))


def text_format(item: QQuickItem) -> object:
    context = qmlContext(item)
    assert context is not None
    value: object = QQmlExpression(context, item, "textFormat").evaluate()
    return value[0] if isinstance(value, tuple) else value


@pytest.mark.parametrize("size", SIZES, ids=[size.name for size in SIZES])
def test_every_scene_fits_every_size(shown: Shown, size: Size) -> None:
    shown.resize(size)
    faults: list[str] = []
    for scene in shown.gallery.scenes:
        shown.gallery.show(scene)
        shown.gallery.settle()
        card = area(find(shown.gallery.window, f"appCard_{APP}")) if not scene.view.notices else None
        everything = shown.visible()
        buttons = [item for item in everything if item.inherits("QQuickAbstractButton") and item.isEnabled()]
        words = [item for item in everything if item.inherits("QQuickText") and item.property("text")]
        faults += [
            f"{scene.name}: {item.objectName()} is {item.width():g}x{item.height():g}"
            for item in buttons
            if min(item.width(), item.height()) < SMALLEST_TARGET
        ]
        for item in words:
            if item.property("font").pixelSize() < SMALLEST_TEXT:
                faults.append(f"{scene.name}: {item.property('text')!r} is small")
            seen = clipped(item)
            if card is not None and not seen.isEmpty() and not card.adjusted(-1, -1, 1, 1).contains(seen):
                faults.append(f"{scene.name}: {item.property('text')!r} is outside")
        fixed = [item for item in buttons if "Marker" not in item.objectName() and not clipped(item).isEmpty()]
        if card is not None:
            faults += [
                f"{scene.name}: {one.objectName()} and {other.objectName()} overlap"
                for one, other in itertools.combinations(fixed, 2)
                if overlaps(clipped(one), clipped(other))
            ]
        faults += [
            f"{scene.name}: {one.name} and {other.name} are too close"
            for one, other in close_targets(look(shown.gallery.window))
        ]
    assert faults == []


EXPECTED: dict[str, list[str]] = {
    "list": ["Charging nearby", "Harbour North", "350 kW · 4 of 6 free · 0.52 EUR", "2.1 km", "Show map", "Filter"],
    "list-settings": ["Route", "Avoid tolls", "Adds about 12 min today"],
    "list-moving": ["2 more when parked"],
    "list-empty": ["No station within 50 km."],
    "list-stale": ["Not answering, may be old", "Harbour North"],
    "list-error": ["The service does not answer. Try again later.", "Show map"],
    "list-steps_used": ["More when parked. To the first page"],
    "grid": ["Browse", "Liked songs", "214 tracks", "3"],
    "grid-empty": ["There is nothing here."],
    "pane": ["Address", "Quay Road 14, 2.1 km away", "Open", "Navigate"],
    "message": ["Reservation", "Connector 3 at Harbour North is yours until 14:45.", "Give it back"],
    "sign_in-qr": ["Leads to charge.example"],
    "sign_in-pin": ["7K2 QX9", "charge.example/car"],
    "sign_in-provider": ["Continue with Charge & Co"],
    "sign_in-withheld": ["This page is shown when parked."],
    "media": ["Switchback Road", "1:15", "3:07", "Up next", "Slow Tide", "Library"],
    "media-radio": ["Coast FM 98.4", "Live"],
    "map_with_content": ["A", "Harbour North", "N", "2 km"],
    "map_with_content-empty": ["There are no places here."],
    "route_preview": ["1\u00a0h 52\u00a0min", "fastest", "184\u00a0km", "31.4\u00a0kWh · leaves 22\u00a0%"],
    "navigation": ["350", "m", "Quay Road, harbour", "Then", "1.2\u00a0km · Dock Street", "22\u00a0%"],
    "navigation-loading": ["The route is being made."],
    "navigation-roundabout": ["80", "3"],
    "charge_session": ["58\u00a0%", "to 80 %", "Charging", "148\u00a0kW", "11.13\u00a0€", "Stop charging"],
    "charge_session-unknown": ["—", "Authorising"],
    "charge_session-fault": ["Station fault", "Connector 2 beside it is free."],
    "notification": ["Charging has finished", "Show"],
    "alert": ["The stop ahead is closed", "Go to Old Mill", "Keep"],
    "app-stopped": ["It stopped and is starting again: it was killed by SIGSEGV."],
}  # fmt: skip


def test_every_scene_shows_its_words_and_who_speaks(shown: Shown) -> None:
    by_name = {scene.name: scene for scene in shown.gallery.scenes}
    missing: list[str] = []
    for name, scene in by_name.items():
        shown.gallery.show(scene)
        shown.gallery.settle()
        words = shown.texts()
        missing += [f"{name}: {text}" for text in EXPECTED.get(name, []) if text not in words]
        if scene.view.name not in words:
            missing.append(f"{name}: who speaks")
    assert missing == []
    assert set(EXPECTED) <= set(by_name)
    kinds = {name.partition("-")[0] for name in by_name}
    assert kinds >= {kind_of(page) for page in samples.LONGEST} | {"notification", "alert"}


def test_partners_texts_are_never_markup(shown: Shown) -> None:
    hostile = '<img src="file:///etc/passwd"><b>bold</b> &amp; https://example.com'
    rows = [Row("a", hostile, hostile, badge="<b>x</b>", section="<i>s</i>")]
    pages: list[PageTemplate] = [ListTemplate(hostile[:60], rows), MessageTemplate("<b>T</b>", hostile)]
    for page in pages:
        shown.show(page)
        assert hostile in shown.texts()
        assert {text_format(item) for item in shown.visible() if item.inherits("QQuickText")} == {0}


TOUCHES: list[tuple[PageTemplate, str, InputEvent]] = [
    (samples.stations(), f"appRow_{APP}_s1", Tapped(7, "s1")),
    (samples.stations(), f"appAction_{APP}_filter", Tapped(7, "filter")),
    (samples.SETTINGS, f"appRow_{APP}_toll", Toggled(7, "toll", on=False)),
    (samples.GRID, f"appRow_{APP}_radio", Tapped(7, "radio")),
    (samples.MESSAGE, f"appAction_{APP}_cancel", Tapped(7, "cancel")),
    (samples.SIGN_IN_PROVIDER, f"appSignIn_{APP}", Tapped(7, "sign_in")),
    (samples.media(), f"appTransport_{APP}_play", TransportPressed(7, TransportCommand.PLAY)),
    (samples.media(playing=True), f"appTransport_{APP}_pause", TransportPressed(7, TransportCommand.PAUSE)),
    (samples.media(), f"appTransport_{APP}_shuffle", TransportPressed(7, TransportCommand.SHUFFLE, 0.0)),
    (samples.media(), f"appRow_{APP}_tide", Tapped(7, "tide")),
    (samples.MAP, f"appMarker_{APP}_s3", Tapped(7, "s3")),
    (samples.ROUTES, f"appRoute_{APP}_thrift", Tapped(7, "thrift")),
    (samples.NAVIGATION, f"appAction_{APP}_stop", Tapped(7, "stop")),
    (samples.CHARGE, f"appAction_{APP}_stop", Tapped(7, "stop")),
]


@pytest.mark.parametrize(("page", "name", "event"), TOUCHES, ids=[name for _, name, _ in TOUCHES])
def test_touches_come_back_with_the_revision(shown: Shown, page: PageTemplate, name: str, event: InputEvent) -> None:
    shown.show(page)
    shown.touch(name)
    assert [one for one in shown.events if not isinstance(one, MoreWanted)] == [event]


def test_a_touch_on_the_bar_seeks_while_parked_only(shown: Shown) -> None:
    shown.show(samples.media(), MOVING)
    shown.touch(f"appSeek_{APP}")
    assert shown.events == []
    shown.show(samples.media())
    shown.touch(f"appSeek_{APP}")
    (event,) = shown.events
    assert isinstance(event, TransportPressed)
    assert event.value == pytest.approx(93.5, abs=1.5)


def test_the_way_back_and_home(shown: Shown) -> None:
    shown.show(samples.stations(2))
    with pytest.raises(NotFoundError):
        shown.touch(f"appBack_{APP}")
    shown.show(samples.stations(2), depth=3)
    shown.touch(f"appBack_{APP}")
    shown.touch(f"appHome_{APP}")
    shown.show(samples.stations(2), MOVING, depth=5, steps_left=0)
    shown.touch(f"appStepsUsed_{APP}")
    assert [one for one in shown.events if not isinstance(one, MoreWanted)] == [WentBack(7), WentHome(7), WentHome(7)]


def test_more_is_asked_for_near_the_end_and_once(shown: Shown) -> None:
    rows = [Row(str(number), f"Row {number}") for number in range(40)]
    shown.show(ListTemplate("Long", rows, more=True))
    assert shown.events == []
    view = find(shown.gallery.window, f"appList_{APP}")
    for _ in range(2):
        view.setProperty("contentY", view.property("contentHeight") - view.height())
        view.metaObject().invokeMethod(view, "askMore")
    shown.gallery.settle()
    assert shown.events == [MoreWanted(7, 40)]


def test_nothing_more_is_asked_for_while_driving(shown: Shown) -> None:
    shown.show(samples.stations(), MOVING)
    assert shown.events == []


def test_letters_are_typed_while_parked_and_the_keyboard_goes_when_the_car_moves(shown: Shown) -> None:
    shown.show(msgspec.structs.replace(samples.stations(), more=False))
    shown.touch(f"appSearch_{APP}")
    for key in ("key_t", "key_e", "key_a", "keyErase", "keySpace"):
        shown.touch(key)
    shown.touch("keyDone")
    texts = [(event.text, event.submitted) for event in shown.events if isinstance(event, Searched)]
    assert texts == [("t", False), ("te", False), ("tea", False), ("te", False), ("te ", False), ("te ", True)]
    shown.touch(f"appSearch_{APP}")
    assert find(shown.gallery.window, "keyboard").isVisible()
    shown.show(samples.stations(), MOVING)
    for name in ("keyboard", f"appSearch_{APP}"):
        with pytest.raises(NotFoundError):
            find(shown.gallery.window, name)


def test_notices_are_answered_alerts_first(shown: Shown) -> None:
    notices = [NoticeView(8, samples.NOTIFICATION), NoticeView(9, samples.ALERT)]
    shown.show(samples.stations(2), MOVING, notices=notices)
    assert "The stop ahead is closed" in shown.texts()
    shown.touch("appNoticeAction_keep")
    shown.show(samples.stations(2), MOVING, notices=notices[:1])
    shown.touch("appNoticeClose")
    shown.show(
        samples.stations(2), MOVING, notices=[NoticeView(10, msgspec.structs.replace(samples.ALERT, actions=[]))]
    )
    shown.touch("appNoticeOk")
    assert [one for one in shown.events if one.revision > 7] == [Tapped(9, "keep"), Dismissed(8), Dismissed(10)]


def test_what_plays_counts_on_by_itself(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    at = 10**12
    monkeypatch.setattr(time, "monotonic_ns", lambda: at)
    shown.show(samples.media(playing=True), shown_ns=at - 5 * 10**9)
    assert "1:20" in shown.texts()
    shown.show(samples.media(playing=False), shown_ns=at - 5 * 10**9)
    assert "1:15" in shown.texts()
    shown.show(samples.media(playing=True), shown_ns=0)
    assert shown.texts().count("3:07") == 3, "no further than its end; once in the queue"


def test_pictures_are_asked_for_checked_and_drawn(shown: Shown, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    apps = shown.gallery.models.apps
    apps.fetch = lambda app_id, name: asked.append((app_id, name))
    png = cover()
    check_png(png)
    name = hashlib.sha256(b"not here yet").hexdigest()
    shown.show(samples.media(name))
    shown.show(samples.media(name))
    assert asked == [(APP, name)]
    with pytest.raises(InvalidArgumentError):
        apps.picture_arrived(name, b"GIF89a")
    known = hashlib.sha256(png).hexdigest()
    shown.show(samples.media(known))

    def drawn() -> bool:
        return any(
            item.inherits("QQuickImage") and item.isVisible() and item.property("sourceSize").width() == 256
            and str(item.property("source").toString()).endswith(f"{known}.png") and item.property("progress") == 1.0
            for item in items(shown.gallery.window.contentItem())
        )  # fmt: skip

    qtbot.waitUntil(drawn, timeout=10_000)
    assert asked == [(APP, name)]


def test_a_kind_after_another_leaves_nothing_behind(shown: Shown) -> None:
    for one, other in itertools.pairwise(samples.LONGEST):
        shown.show(one)
        shown.show(other)
        title = getattr(other, "title", "") or getattr(other, "destination", "")
        assert find(shown.gallery.window, f"appCard_{APP}").property("text") == title
    shown.show(None)
    assert "It shows nothing yet." in shown.texts()


FRAME = 16.0  # ms; tests/performance/bench_templates.py measures it, here a busy machine may take some times longer


def test_the_biggest_templates_cost_about_a_frame_and_their_refresh_less(shown: Shown) -> None:
    costs: dict[str, float] = {}
    for page in samples.LONGEST:
        rounds = []
        for _ in range(4):
            shown.show(MessageTemplate("Blank", "Blank"))
            began = time.process_time()
            shown.gallery.show(Scene("", AppView(APP, "App", AppState.RUNNING, "", 8, page, [], depth=1), PARKED))
            QGuiApplication.processEvents()
            shown.gallery.window.grabWindow()
            rounds.append((time.process_time() - began) * 1000)
            shown.gallery.settle()
        costs[kind_of(page)] = min(rounds)
    assert {kind: cost for kind, cost in costs.items() if cost > 2 * FRAME} == {}


def test_pictures_of_the_gallery_are_written(shown: Shown, tmp_path: Path) -> None:
    scene = next(one for one in scenes() if one.name == "charge_session")
    for name in ("a.png", "b.png"):
        shown.gallery.picture(scene, PAGE, tmp_path / name)
    assert QImage(str(tmp_path / "a.png")) == QImage(str(tmp_path / "b.png"))
    assert QImage(str(tmp_path / "a.png")).width() == PAGE.width + 32
