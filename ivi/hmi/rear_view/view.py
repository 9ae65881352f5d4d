# SPDX-License-Identifier: Apache-2.0
"""Joins the parts of the rear view: the selector opens it, the watch judges its picture, the model draws it."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, QPointF, Qt, QTimer, Slot

from ivi.hmi.models.camera_canvas import CameraCanvas
from ivi.hmi.models.rear_view import RearView, View
from ivi.hmi.rear_view.gear_link import GearLink
from ivi.hmi.rear_view.guide_lines import guide_lines
from ivi.hmi.rear_view.picture_watch import LOOK, Picture, PictureWatch
from ivi.hmi.rear_view.reversing import Reversing
from ivi.hmi.rear_view.setup import RearViewSetup

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from ivi.hmi.rear_view.picture_source import PictureSource

log = logging.getLogger(__name__)

WARM_AFTER = 400  # milliseconds after the screen's first frame, so that loading the camera does not delay it
ANGLE_STEP = 1.0  # degrees of the steering wheel below which the lines stay as they are
# Qt says the same with every attempt; what a driver or a workshop should know of it is said here, once.
QUIET = "qt.multimedia.*=false"


class RearViewControl(QObject):
    """The rear view of one screen. Without a source there is none, and nothing of this runs."""

    def __init__(self, model: RearView, setup: RearViewSetup, broker: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._setup = setup
        self._wanted = setup.camera.source != "none"
        self._reversing = Reversing()
        self._watch = PictureWatch(setup.camera.frozen_after_s)
        self._aspect = 16 / 9
        self._drawn: tuple[float, float] | None = None
        """Wheel angle and aspect that the lines on the screen are for."""
        self._warmed = False
        self._missing = ""
        self._canvas: CameraCanvas | None = None
        self.source: PictureSource | None = None
        self.on_picture: Callable[[int], None] | None = None
        """Told when the selector was reported (Unix, ns) as soon as the picture that it asked for is drawn."""
        self._awaited = False
        self._link = GearLink(broker, self)
        self._link.changed.connect(self._follow)
        self._looks = QTimer(self)
        self._looks.setTimerType(Qt.TimerType.PreciseTimer)
        self._looks.timeout.connect(self._look)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self.warm)
        model.on_sink, model.on_aspect = self._attach, self._fit
        model.on_close, model.on_reopen = self._close_it, self._reopen_it

    def start(self) -> None:
        """Listen to the selector; the picture is prepared a moment later."""
        if self._wanted:
            self._link.open()
            self._warming.start(WARM_AFTER)

    def stop(self) -> None:
        """Let go of the camera and of the link."""
        self._looks.stop()
        self._warming.stop()
        # Frames of another thread may be on their way yet, and what would draw them goes away.
        self._reversing.close()
        self._canvas = None
        self._link.close()
        if self.source is not None:
            self.source.close()

    @Slot()
    def warm(self) -> None:
        """Load what draws the picture, and open its source."""
        self._warming.stop()
        if self._warmed:
            return
        self._warmed = True
        QLoggingCategory.setFilterRules(QUIET)
        try:
            from ivi.hmi.rear_view import picture_source  # noqa: PLC0415  # QtMultimedia is large and may be missing
        except ImportError as error:
            self._missing = QCoreApplication.translate("RearView", "This computer cannot show cameras.")
            log.warning("no rear view: Qt Multimedia cannot be loaded", extra={"error": str(error)})
        else:
            self.source = picture_source.make_source(self._setup, self)
            self.source.changed.connect(self._look)
        camera = self._setup.camera
        drawable = self.source is not None
        self._model.prepare(drawable=drawable, test=camera.source == "test", mirror=not camera.mirrored)

    # -- the car ------------------------------------------------------------------------------------------------------
    @Slot()
    def _follow(self) -> None:
        before = self._reversing.open
        self._reversing.gear(self._link.reverse)
        if self._reversing.open != before:
            self._turned()
        if self._reversing.open:
            self._steer()
            self._measure()
            self._look()
        elif self._reversing.closed != self._model.shown.closed:
            self._look()

    def _turned(self) -> None:
        """The overlay opens or ends."""
        if self._reversing.open:
            self.warm()
            self._awaited = True
            self._watch.begin(time.monotonic())
            self._looks.start(round(LOOK * 1000))
            self._drawn = None
            self._steer()
            self._measure()
        else:
            self._looks.stop()
        if self.source is not None:
            self.source.look(wanted=self._reversing.open)
        self._look()

    def _steer(self) -> None:
        wheel = self._link.wheel
        if wheel is None:
            if self._drawn is not None:
                self._drawn = None
                self._model.steer([], [])
            return
        angle = round(wheel / ANGLE_STEP) * ANGLE_STEP
        if self._drawn == (angle, self._aspect):
            return
        self._drawn = angle, self._aspect
        lines = guide_lines(angle, self._setup.car, self._setup.mounting, self._aspect)
        self._model.steer(
            [[[QPointF(*point) for point in side] for side in band] for band in lines.bands],
            [[metres, QPointF(*left), QPointF(*right)] for metres, left, right in lines.marks],
        )

    def _measure(self) -> None:
        obstacles = self._link.obstacles
        known = [one for one in obstacles if one is not None]
        nearest = QCoreApplication.translate("RearView", "%1 m").replace("%1", f"{min(known):.1f}") if known else ""
        self._model.measure([-1.0 if one is None else round(one, 2) for one in obstacles], nearest)

    # -- the driver ---------------------------------------------------------------------------------------------------
    def _close_it(self) -> None:
        self._reversing.close()
        self._turned()

    def _reopen_it(self) -> None:
        self._reversing.reopen()
        self._turned()

    # -- the picture --------------------------------------------------------------------------------------------------
    def _attach(self, place: QObject) -> None:
        """QML has made what draws: a video sink, or a canvas that we fill."""
        if self.source is None:
            return
        from PySide6.QtMultimedia import QVideoSink  # noqa: PLC0415  # as in warm

        if isinstance(place, CameraCanvas):
            self._canvas = place
            self._canvas.mirror = not self._setup.camera.mirrored
            place = QVideoSink(self)
        if isinstance(place, QVideoSink):
            place.videoFrameChanged.connect(self._frame)
            self.source.open(place)
            self.source.look(wanted=self._reversing.open)

    def _fit(self, aspect: float) -> None:
        self._aspect = round(aspect, 3)
        if self._reversing.open:
            self._steer()

    @Slot()
    def _frame(self, frame: "QVideoFrame") -> None:
        if not self._reversing.open or not frame.isValid():
            return
        from ivi.hmi.rear_view.frame_samples import brightness, picture  # noqa: PLC0415  # as in warm

        self._watch.frame(time.monotonic(), brightness(frame))
        if self._canvas is not None:
            self._canvas.show_image(picture(frame))
        if not self._model.shown.picture:
            self._look()

    @Slot()
    def _look(self) -> None:
        if not self._reversing.open:
            self._model.show(View(closed=self._reversing.closed))
            return
        picture = Picture.LATE if self.source is None else self._watch.judge(time.monotonic())
        title, sentence = self._words(picture)
        shown = picture in {Picture.LIVE, Picture.BLANK}
        if shown and self._awaited and self.on_picture is not None:
            self._awaited = False
            self.on_picture(self._link.geared_ns)
        self._model.show(View(True, False, shown, title, sentence, self._warning()))

    def _words(self, picture: Picture) -> tuple[str, str]:
        mirrors = QCoreApplication.translate("RearView", "Use the mirrors and look back.")
        match picture:
            case Picture.LATE:
                silent = QCoreApplication.translate("RearView", "The rear camera sends no picture.")
                gone = QCoreApplication.translate("RearView", "The rear camera cannot be reached.")
                why = self._missing or (gone if self.source is not None and self.source.reason else silent)
                return QCoreApplication.translate("RearView", "No picture"), f"{why} {mirrors}"
            case Picture.FROZEN:
                frozen = QCoreApplication.translate("RearView", "The rear camera repeats one picture.")
                return QCoreApplication.translate("RearView", "Picture frozen"), f"{frozen} {mirrors}"
            case Picture.BLANK:
                covered = QCoreApplication.translate("RearView", "Is the rear camera covered?")
                return QCoreApplication.translate("RearView", "Nothing to see"), f"{covered} {mirrors}"
            case _:
                return "", ""

    def _warning(self) -> str:
        if self._link.alive and self._link.reverse is not None:
            return ""
        return QCoreApplication.translate(
            "RearView", "The selector's position is not known. The picture stays until you close it."
        )
