# SPDX-License-Identifier: Apache-2.0
"""Where the pictures come from: a camera, a video file, or a moving test picture. Each fills one video sink.

A source is opened once and kept warm. A camera goes on delivering while nobody looks, because opening one takes up to
seconds; a file and the test picture rest meanwhile. What goes away (a plug, a file) is tried again until it is back.
"""

import logging
import time
from abc import abstractmethod

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

from ivi.hmi.rear_view.moving_picture import MovingPicture
from ivi.hmi.rear_view.setup import RearViewSetup

log = logging.getLogger(__name__)

RETRY = 1000  # milliseconds between attempts to open what went away
FRAME = 33  # milliseconds between two frames of the test picture


class PictureSource(QObject):
    """Fills a sink. `reason` says in a few words why it cannot; empty while it can."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reason = ""

    @abstractmethod
    def open(self, sink: QVideoSink) -> None:
        """Be ready to fill this sink."""

    @abstractmethod
    def look(self, *, wanted: bool) -> None:
        """Somebody looks from now on, or nobody does any more."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""

    def _say(self, reason: str) -> None:
        if reason != self.reason:
            self.reason = reason
            if reason:
                log.warning("the rear view has no picture", extra={"reason": reason})
            else:
                log.info("the rear view has a picture again")
            self.changed.emit()


class TestPicture(PictureSource):
    """The moving test picture."""

    __test__ = False

    def __init__(self, setup: RearViewSetup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture = MovingPicture(setup.mounting, mirrored=setup.camera.mirrored)
        self._sink: QVideoSink | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._draw)

    def open(self, sink: QVideoSink) -> None:
        """Draw into this sink when somebody looks."""
        self._sink = sink

    def look(self, *, wanted: bool) -> None:
        """Draw, or rest."""
        if wanted:
            self._timer.start(FRAME)
            self._draw()
        else:
            self._timer.stop()

    def close(self) -> None:
        """Nothing more is drawn."""
        self._timer.stop()
        self._sink = None

    @Slot()
    def _draw(self) -> None:
        if self._sink is not None:
            self._sink.setVideoFrame(QVideoFrame(self._picture.frame(time.monotonic())))


class VideoFile(PictureSource):
    """A video file, again and again."""

    def __init__(self, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._url = QUrl.fromLocalFile(path)
        self._wanted = False
        self._player = QMediaPlayer(self)
        self._player.setLoops(QMediaPlayer.Loops.Infinite)
        self._player.errorOccurred.connect(self._failed)
        self._player.mediaStatusChanged.connect(self._loaded)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._load)

    def open(self, sink: QVideoSink) -> None:
        """Load the file."""
        self._player.setVideoSink(sink)
        self._load()

    def look(self, *, wanted: bool) -> None:
        """Play, or rest at this frame."""
        self._wanted = wanted
        if wanted:
            self._player.play()
        else:
            self._player.pause()

    def close(self) -> None:
        """Let go of the file."""
        self._retry.stop()
        self._player.stop()
        self._player.setSource(QUrl())

    @Slot()
    def _load(self) -> None:
        self._player.setSource(QUrl())  # the same address twice would be no change
        self._player.setSource(self._url)
        self.look(wanted=self._wanted)

    @Slot()
    def _failed(self, _error: QMediaPlayer.Error, text: str) -> None:
        self._say(f"the video cannot be played: {text}")
        self._retry.start(RETRY)

    @Slot()
    def _loaded(self, status: QMediaPlayer.MediaStatus) -> None:
        if status in {QMediaPlayer.MediaStatus.LoadedMedia, QMediaPlayer.MediaStatus.BufferedMedia}:
            self._say("")


class CameraDevice(PictureSource):
    """A camera of this machine (V4L2), by its id or the first one."""

    def __init__(self, wanted: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._id = wanted
        self._session = QMediaCaptureSession(self)
        self._camera: QCamera | None = None
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._look_for_it)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._look_for_it)

    def open(self, sink: QVideoSink) -> None:
        """Start the camera; it goes on while nobody looks."""
        self._session.setVideoSink(sink)
        self._look_for_it()

    def look(self, *, wanted: bool) -> None:
        """It delivers all the time."""

    def close(self) -> None:
        """Let go of the camera."""
        self._retry.stop()
        self._drop()

    @Slot()
    def _look_for_it(self) -> None:
        device = self._find()
        if device is None:
            self._drop()
            self._say(f"the camera {self._id} is not there" if self._id else "no camera is there")
            self._retry.start(RETRY)
        elif self._camera is None:
            self._camera = QCamera(device, self)
            self._camera.errorOccurred.connect(self._failed)
            self._camera.activeChanged.connect(self._started)
            self._session.setCamera(self._camera)
            self._camera.start()

    def _find(self) -> QCameraDevice | None:
        devices = self._devices.videoInputs()
        if self._id:
            return next((one for one in devices if bytes(one.id().data()).decode(errors="replace") == self._id), None)
        return devices[0] if devices else None

    def _drop(self) -> None:
        if self._camera is not None:
            self._camera.stop()
            self._camera.deleteLater()
            self._camera = None

    @Slot()
    def _failed(self, _error: QCamera.Error, text: str) -> None:
        self._drop()
        self._say(f"the camera cannot be used: {text}")
        self._retry.start(RETRY)

    @Slot()
    def _started(self, active: bool) -> None:
        if active:
            self._say("")


def make_source(setup: RearViewSetup, parent: QObject) -> PictureSource:
    """The source that the setup names (none is nobody's to make)."""
    kind, _, rest = setup.camera.source.partition(":")
    match kind:
        case "file":
            return VideoFile(rest, parent)
        case "camera":
            return CameraDevice(rest, parent)
        case _:
            return TestPicture(setup, parent)
