# SPDX-License-Identifier: Apache-2.0
"""The rear view as QML draws it. What it shows is decided in ivi.hmi.rear_view."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class View:
    """One state of the overlay."""

    open: bool = False
    closed: bool = False
    """The driver has closed it while the car is still in R."""
    picture: bool = False
    """What the camera shows may be shown."""
    title: str = ""
    sentence: str = ""
    """Why there is no picture, or what is wrong with it; empty while all is well."""
    warning: str = ""
    """What else the driver should know; empty for nothing."""


@QmlElement
@QmlSingleton
class RearView(QObject):
    """The overlay over everything while the car backs up."""

    changed = Signal()
    prepared = Signal()
    steered = Signal()
    measured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = View()
        """What is drawn now. For Python; QML has the properties."""
        self._warm = self._drawable = self._test = self._mirror = False
        self._bands: list[object] = []
        self._marks: list[object] = []
        self._obstacles = [-1.0, -1.0, -1.0]
        self._nearest = ""
        self.on_sink: Callable[[QObject], None] | None = None
        """Told of the sink that the source has to fill."""
        self.on_aspect: Callable[[float], None] | None = None
        self.on_close: Callable[[], None] | None = None
        self.on_reopen: Callable[[], None] | None = None

    # -- what is on the screen ----------------------------------------------------------------------------------------
    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether the overlay lies over the screen."""
        return self.shown.open

    @Property(bool, notify=changed)
    def closed(self) -> bool:
        """Whether the driver has closed it and may want it back."""
        return self.shown.closed

    @Property(bool, notify=changed)
    def picture(self) -> bool:
        """Whether the picture may be shown: it is new and it moves."""
        return self.shown.picture

    @Property(str, notify=changed)
    def title(self) -> str:
        """What is wrong with the picture, in two words; empty for nothing."""
        return self.shown.title

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return self.shown.sentence

    @Property(str, notify=changed)
    def warning(self) -> str:
        """What else the driver should know; empty for nothing."""
        return self.shown.warning

    def show(self, view: View) -> None:
        """Draw this."""
        if view != self.shown:
            self.shown = view
            self.changed.emit()

    # -- what it is drawn with ----------------------------------------------------------------------------------------
    @Property(bool, notify=prepared)
    def warm(self) -> bool:
        """Whether the overlay has to be loaded, seen or not."""
        return self._warm

    @Property(bool, notify=prepared)
    def drawable(self) -> bool:
        """Whether Qt Multimedia is there to draw pictures."""
        return self._drawable

    @Property(bool, notify=prepared)
    def test(self) -> bool:
        """Whether what is shown is a test picture."""
        return self._test

    @Property(bool, notify=prepared)
    def mirror(self) -> bool:
        """Whether the screen has to swap left and right."""
        return self._mirror

    def prepare(self, *, drawable: bool, test: bool, mirror: bool) -> None:
        """Have the overlay loaded."""
        self._warm, self._drawable, self._test, self._mirror = True, drawable, test, mirror
        self.prepared.emit()

    @Slot(QObject)
    def attach(self, sink: QObject) -> None:
        """QML draws what this sink gets."""
        if self.on_sink is not None:
            self.on_sink(sink)

    @Slot(float)
    def fit(self, aspect: float) -> None:
        """The picture's width divided by its height, as it is drawn."""
        if self.on_aspect is not None and aspect > 0:
            self.on_aspect(aspect)

    @Slot()
    def close(self) -> None:
        """The driver wants to see something else."""
        if self.on_close is not None:
            self.on_close()

    @Slot()
    def reopen(self) -> None:
        """The driver wants it back."""
        if self.on_reopen is not None:
            self.on_reopen()

    # -- lines and distances ------------------------------------------------------------------------------------------
    @Property("QVariantList", notify=steered)  # type: ignore[arg-type]  # stubs want a type
    def bands(self) -> list[object]:
        """Lines of the way, nearest first: each a list of two lists of points, left and right, from 0 to 1."""
        return self._bands

    @Property("QVariantList", notify=steered)  # type: ignore[arg-type]  # stubs want a type
    def marks(self) -> list[object]:
        """Distance lines: each a list of metres, left point, right point."""
        return self._marks

    def steer(self, bands: list[object], marks: list[object]) -> None:
        """Draw these lines; empty ones while the steering wheel's angle is not known."""
        self._bands, self._marks = bands, marks
        self.steered.emit()

    @Property("QVariantList", notify=measured)  # type: ignore[arg-type]  # stubs want a type
    def obstacles(self) -> list[float]:
        """Metres to what is behind at the left, in the middle, at the right; -1 for nothing known there."""
        return self._obstacles

    @Property(str, notify=measured)
    def nearest(self) -> str:
        """The shortest of them as text; empty while there is none."""
        return self._nearest

    def measure(self, obstacles: list[float], nearest: str) -> None:
        """Draw these distances."""
        if (obstacles, nearest) != (self._obstacles, self._nearest):
            self._obstacles, self._nearest = obstacles, nearest
            self.measured.emit()
