# SPDX-License-Identifier: Apache-2.0
"""The stage: the real window with its real models and sources, in front of a described car, in one process."""

import hashlib
import time
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ivi.daemon import paths
from ivi.hmi.app import load_window
from ivi.hmi.gallery.runner import cover
from ivi.hmi.models import singletons
from ivi.hmi.screen import items
from ivi.hmi.shots import described_energy, described_sound, described_store
from ivi.hmi.shots.described_apps import QUIET, UPLINK, apps, restrictions
from ivi.hmi.shots.described_car import signals
from ivi.hmi.shots.described_settings import ANSWERS, STREAMS
from ivi.hmi.shots.stage_link import StageLink, World
from ivi.hmi.sources import Sources
from ivi.model.apphost import SubscribeApps
from ivi.model.cloud import SubscribeUplink
from ivi.model.errors import InternalError, NotFoundError
from ivi.model.prompts import PromptsUpdate, SubscribePrompts
from ivi.model.services import DrivingState, SubscribeUxRestrictions
from ivi.model.voice import DialogueUpdate, SubscribeDialogue

OLD = 30.0  # seconds; age of values that have turned stale
FRAME = 0.012  # seconds between looks at the picture
ALIKE = 4  # pictures in a row that must be the same before it has come to rest
PATIENCE = 2.0  # seconds after which a picture that never rests is taken as it is


@dataclass(frozen=True, order=True)
class Size:
    """A display, in dp."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


SIZES = (Size(1280, 720), Size(1920, 720), Size(1024, 600), Size(1080, 1920))


class Scene(StrEnum):
    """What the car does, or what is wrong with it."""

    PARKED = "parked"
    IDLING = "idling"
    MOVING = "moving"
    UNKNOWN = "unknown"
    NOTHING = "nothing"
    """Everything runs, and no signal has a value."""
    STALE = "stale"
    """The buses have gone quiet."""
    LOST = "lost"
    """Vehicle data and services are not running."""


STATES = (Scene.PARKED, Scene.IDLING, Scene.MOVING, Scene.UNKNOWN)
"""The driving states."""


def pages() -> list[str]:
    """Names of all pages, home first: files qml/Pages/<Name>Page.qml whose root has the page's objectName."""
    names = []
    for file in sorted(paths.resource("qml", "Pages").glob("*Page.qml")):
        stem = file.stem.removesuffix("Page")
        name = stem[0].lower() + stem[1:]
        if f'objectName: "{name}Page"' in file.read_text(encoding="utf-8"):
            names.append(name)
    return sorted(names, key=lambda name: name != "home")


class Stage(QObject):
    """Shows any page in any scene. The window's binding to the models is the car's own."""

    def __init__(self, engine: QQmlApplicationEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.world = World()
        self.window: QQuickWindow = load_window(engine)
        self.models = singletons(engine)
        self.sources = Sources(self.models, self, link=partial(StageLink, self.world))
        self.scene = Scene.PARKED
        self._night = True
        self._cover = self._take_cover()
        self.world.answers.update(ANSWERS | described_store.ANSWERS | described_store.Opinion().answers)
        for request, event in (STREAMS | described_store.STREAMS).items():
            self.world.say(request, event())
        self.world.say(SubscribeUplink, UPLINK)
        self.world.say(SubscribeDialogue, QUIET)
        self.world.say(SubscribePrompts, PromptsUpdate([]))
        self.world.events |= described_energy.EVENTS | described_sound.EVENTS
        self.world.answers.update(described_sound.ANSWERS)
        self._play()
        self.sources.open()
        self.window.show()
        self.settle()
        self.models.notice.dismiss()  # the car's greetings belong to no page

    @property
    def router(self) -> QObject:
        """Where the shown page is kept."""
        return self.singleton("Navigation", "Router")

    def singleton(self, module: str, name: str) -> QObject:
        """One of QML's own. Raises InternalError when there is none."""
        found = self._engine.singletonInstance(module, name)
        if not isinstance(found, QObject):
            raise InternalError(f"QML has no {module}.{name}")
        return found

    def go(self, page: str, detail: str = "") -> QQuickItem:
        """Show a page and return its root. Raises NotFoundError when the shell does not show it."""
        self.models.sound.close()
        self.models.voice.dismiss()
        router = self.router
        router.setProperty("detail", detail)
        router.setProperty("page", page)
        deadline = time.monotonic() + PATIENCE
        while (root := self.page_root(page)) is None:
            if time.monotonic() > deadline:
                raise NotFoundError(f"the shell shows no page {page}")
            self.wait()
        return root

    def reachable(self) -> list[str]:
        """The pages that the shell shows."""
        found = []
        for page in pages():
            try:
                self.go(page)
            except NotFoundError:
                continue
            found.append(page)
        return found

    def page_root(self, page: str) -> QQuickItem | None:
        """The root of a page while it is shown."""
        wanted = f"{page}Page"
        shown = (item for item in items(self.window.contentItem()) if item.objectName() == wanted)
        return next((item for item in shown if item.isVisible()), None)

    def resize(self, size: Size) -> None:
        """Give the window this size."""
        self.window.resize(size.width, size.height)

    def say(self, update: DialogueUpdate) -> None:
        """The voice's dialogue goes on."""
        self.world.say(SubscribeDialogue, update)

    def light(self, *, night: bool) -> None:
        """Day or night, by the light outside; by hand where the screen takes its time to follow it."""
        self._night = night
        self._play()
        self.settle()
        if self.models.lighting.property("night") != night:
            self.models.lighting.toggle()

    def play(self, scene: Scene) -> None:
        """Change what the car does."""
        self.scene = scene
        self._play()

    def settle(self, *, keep: bool = False) -> QImage:
        """Wait until the picture has come to rest and return it; without a passing sentence over it unless `keep`."""
        if not keep:
            self.models.notice.dismiss()
        deadline = time.monotonic() + PATIENCE
        before, alike = QImage(), 0
        while alike < ALIKE and time.monotonic() < deadline:
            self.wait()
            picture = self.window.grabWindow()
            alike = alike + 1 if picture == before else 0
            before = picture
        return before

    def close(self) -> None:
        """Take everything down."""
        self.sources.close()
        self.sources.deleteLater()  # before the engine's models: its timers still reach them
        self.window.close()
        self.window.deleteLater()
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def wait(self) -> None:
        """Let Qt do what is due, for the time of a frame."""
        QGuiApplication.processEvents()
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(FRAME)
        QGuiApplication.processEvents()

    def _take_cover(self) -> str:
        picture = cover()
        name = hashlib.sha256(picture).hexdigest()
        self.models.apps.picture_arrived(name, picture)
        return name

    def _play(self) -> None:
        scene, world = self.scene, self.world
        state = DrivingState(scene) if scene in STATES else DrivingState.UNKNOWN
        if scene is Scene.NOTHING:
            values = {}
        else:
            values = signals(DrivingState.MOVING if scene not in STATES else state, night=self._night)
        if world.fresh == (scene is Scene.STALE):
            # A source that was alive a moment ago would count as alive for a while.
            world.connect("databroker", connected=False)
            world.fresh = not world.fresh
        world.connect("databroker", connected=scene is not Scene.LOST)
        world.connect("services", connected=scene is not Scene.LOST)
        world.set(values, age=OLD if scene is Scene.STALE else 0.0)
        world.say(SubscribeUxRestrictions, restrictions(state))
        world.say(SubscribeApps, apps(state, self._cover))
