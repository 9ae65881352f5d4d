# SPDX-License-Identifier: Apache-2.0
"""What the screen does besides drawing: its links to the other processes, the rear view, its server and its figures.

None of it is needed for the first picture, which has no values yet. So it is imported and made when that is drawn.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

import ivi
from ivi.daemon import paths
from ivi.daemon.clock import process_start_monotonic
from ivi.hmi.models import singletons
from ivi.hmi.page_router import PageRouter
from ivi.hmi.pixel_latency import PixelLatency
from ivi.hmi.qt_server import QtServer
from ivi.hmi.rear_view.setup import read_setup
from ivi.hmi.rear_view.view import RearViewControl
from ivi.hmi.screen import Screen
from ivi.hmi.sources import Sources
from ivi.model.hmi import HmiRequest
from ivi.model.status import GetStatus, ProcessStatus

log = logging.getLogger(__name__)

FRAME_TIMES = "IVI_FRAME_TIMES"
"""Environment variable for benchmarks: seconds after the first frame at which the times between frames are counted."""

type Counters = Mapping[str, bool | int | float | str]


class CarSide(QObject):
    """Connects one screen with the car."""

    def __init__(
        self,
        engine: QQmlEngine,
        window: QQuickWindow,
        screen: Screen,
        camera: tuple[Path | None, str | None],
        parent: QObject,
    ) -> None:
        """`camera`: the rear view's file and source. Raises ConfigurationError when they cannot be used."""
        super().__init__(parent)
        self._screen = screen
        models = singletons(engine)
        self._sources = Sources(models, self)
        self._rear = RearViewControl(models.rear_view, read_setup(*camera), paths.socket_path("databroker"), self)
        self._server = QtServer(paths.socket_path("hmi"), HmiRequest | GetStatus, self)
        self._figures = self._measure(window)
        screen.serve(self._server)
        PageRouter(engine).serve(self._server)
        self._server.on_call(GetStatus, self._status)

    def open(self) -> None:
        """Serve and connect. Raises UnavailableError when another copy serves the socket."""
        paths.make_private(paths.runtime_dir())
        self._server.start()
        self._sources.open()
        self._rear.start()

    def close(self) -> None:
        """Let go of everything."""
        self._rear.stop()
        self._sources.close()
        self._server.stop()

    def _status(self, _request: object) -> ProcessStatus:
        uptime = time.monotonic() - process_start_monotonic()
        counters: dict[str, bool | int | float | str] = {
            "first_frame_ms": self._screen.first_frame_ms,
            "frames": self._screen.frames,
            "dropped": self._sources.dropped,
        }
        for figures in self._figures:
            counters |= figures()
        return ProcessStatus("hmi", os.getpid(), ivi.__version__, uptime, counters, [])

    def _measure(self, window: QQuickWindow) -> list[Callable[[], Counters]]:
        """Take times on this screen; returns what asks for the figures so far."""
        pixels = PixelLatency(window, self)
        touches = PixelLatency(window, self, "touch_to_frame")
        reverse = PixelLatency(window, self, "reverse_to_picture")
        self._sources.vehicle.on_drawn, self._screen.on_touch = pixels.changed, touches.changed
        self._rear.on_picture = reverse.changed
        measured: list[Callable[[], Counters]] = [pixels.percentiles, touches.percentiles, reverse.percentiles]
        after = os.environ.get(FRAME_TIMES, "")
        if after.isdigit():
            from ivi.hmi.frame_times import FrameTimes  # noqa: PLC0415  # no part of the screen in a car

            measured.append(FrameTimes(window, float(after), self).figures)
        return measured
