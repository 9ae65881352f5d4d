# SPDX-License-Identifier: Apache-2.0
"""The whole screen with the map following a drive: frames, processor and memory, drawn in software without a display.

A map of the demo's loop is drawn first. Then the navigation page follows ten positions a second for FOR seconds, north
up and with the way up. A frame lasts from one swap to the next; without a display nothing holds them to 60 a second.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

FOR = 15  # seconds of each measurement
RATE = 10  # positions a second
SPEED = 22.0  # m/s
SIZE = (1280, 720)

_folder = tempfile.TemporaryDirectory(prefix="ivi-bench-map-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["IVI_STATE_DIR"] = os.environ["IVI_RUNTIME_DIR"] = _folder.name

from PySide6.QtCore import QEventLoop, QObject, QTimer  # noqa: E402  # after Qt's surroundings are set
from PySide6.QtGui import QGuiApplication, QPainterPath  # noqa: E402
from PySide6.QtQml import QQmlApplicationEngine, QQmlExpression, qmlContext  # noqa: E402
from PySide6.QtQuick import QQuickWindow  # noqa: E402

from ivi.hmi import app as screen_app  # noqa: E402
from ivi.hmi.map_tiles import building  # noqa: E402
from ivi.hmi.map_tiles.extract import Features, Shape, world  # noqa: E402
from ivi.hmi.map_tiles.palette import Road  # noqa: E402
from ivi.hmi.models import singletons  # noqa: E402
from ivi.hmi.screen import Screen  # noqa: E402
from ivi.hmi.sources import Sources  # noqa: E402
from simulator.vehicle.route import build_route  # noqa: E402

METHOD = f"offscreen software at {SIZE[0]}x{SIZE[1]}, {RATE} positions a second, {FOR} s, vsync absent"


def draw_map() -> None:
    """Draw the loop and side roads into the state folder."""
    features = Features(west=9.49, south=47.10, east=9.55, north=47.17)
    route = build_route()
    for lane in range(24):
        path = QPainterPath()
        for step in range(0, int(route.length), 40):
            place = route.place(step)
            point = world(place.longitude + (lane % 8) * 0.0011, place.latitude + (lane // 8) * 0.0011)
            path.lineTo(point) if step else path.moveTo(point)
        rank = Road.PRIMARY if lane == 0 else Road.STREET
        features.roads.append(Shape(path, path.boundingRect(), rank))
    building.fill(features, "loop", Path(_folder.name) / "maps", range(14, 16), lambda _: None)


class Drive(QObject):
    """The screen, and a car that drives on it."""

    def __init__(self, window: QQuickWindow, engine: QQmlApplicationEngine) -> None:
        super().__init__()
        self._models = singletons(engine)
        self._sources = Sources(self._models, self)
        self._route, self._at = build_route(), 0.0
        self._window = window
        self._swaps: list[float] = []
        self.screen = Screen(window, self)
        window.frameSwapped.connect(lambda: self._swaps.append(time.perf_counter()))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(1000 // RATE)

    def _step(self) -> None:
        self._at += SPEED / RATE
        place = self._route.place(self._at)
        said = (place.latitude, place.longitude, place.heading)
        for reading, value in zip(self._models.location.by_path.values(), said, strict=True):
            reading.show(value)

    def measure(self) -> dict[str, float]:
        """Frames of the next FOR seconds."""
        settle(3)
        self._swaps.clear()
        used = time.process_time()
        settle(FOR)
        used = time.process_time() - used
        spans = sorted((b - a) * 1000 for a, b in zip(self._swaps, self._swaps[1:], strict=False))
        return {
            "fps": len(spans) / FOR,
            "p50_ms": spans[len(spans) // 2],
            "p99_ms": spans[int(len(spans) * 0.99)],
            "max_ms": spans[-1],
            "core_percent": used / FOR * 100,
        }


def settle(seconds: float) -> None:
    """Let the screen live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def memory() -> float:
    """Resident memory of this process, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    app = QGuiApplication(["bench"])
    draw_map()
    screen_app.load_fonts()
    engine = QQmlApplicationEngine()
    window = screen_app.load_window(engine)
    window.resize(*SIZE)
    drive = Drive(window, engine)
    window.show()
    settle(2)
    before = memory()
    context = qmlContext(window)
    assert context is not None
    QQmlExpression(context, window, 'Router.go("navigation", "")').evaluate()
    north = drive.measure()
    drive.screen.touch("mapUp")
    turning = drive.measure()
    found: dict[str, tuple[float, str, str]] = {}
    for name, part in (("north", north), ("turning", turning)):
        for key, value in part.items():
            unit = key.rpartition("_")[2] if "_" in key else key
            found[f"hmi_map_{name}_{key}"] = (value, unit, METHOD)
    found["hmi_map_rss_mb"] = (memory(), "MB", f"{METHOD}; {before:.0f} MB before the page was opened")
    print(json.dumps({k: {"value": round(v, 2), "unit": u, "method": m} for k, (v, u, m) in found.items()}))
    sys.stdout.flush()
    del app
    _folder.cleanup()
    os._exit(0)  # Qt's teardown is not what is measured


if __name__ == "__main__":
    main()
