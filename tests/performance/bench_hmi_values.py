# SPDX-License-Identifier: Apache-2.0
"""What 200 values that all change 60 times a second cost the screen's process: from the socket to QML's properties.

A process of its own serves them over the link as the databroker does; here they go the way of every page's values: a
page with 200 readings is looked at, the source of the vehicle's values follows it, judges their age and draws with a
rule of the energy page, and each text is followed by an item as the pages' labels do, in turns with a binding as pages
show what changes rarely. Nothing is drawn, so that it is the path of the values that is measured. Prints one JSON
object {name: {value, unit, method}}.
"""

import asyncio
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from hmi_process import child, own_folders, until
from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent

from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.paths import socket_path
from ivi.hmi import car_display
from ivi.hmi.coalescer import Coalescer
from ivi.hmi.models import singletons
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.qt_link import QtLink
from ivi.hmi.vehicle_source import VehicleSource
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.signal import Datapoint
from ivi.model.status import ProcessStatus

VALUES = 200
RATE = 60  # updates a second, each with all values
WINDOW = 4.0  # seconds of one measurement
WINDOWS = 5
PATHS = [f"Vehicle.Bench.Signal{number}" for number in range(VALUES)]
# Its text is a property of C++ as a label's is; it lays out nothing while nobody asks how wide the text is.
FOLLOWED = """
import QtQuick
import Models
TextMetrics {
    id: root
    required property Reading reading
    Follow on text { reading: root.reading }
}
"""
BOUND = """
import QtQuick
import Models
TextMetrics {
    required property Reading reading
    text: reading.text
}
"""


async def serve() -> None:
    """Child: publish until killed."""

    async def stream(request: Subscribe, to: Stream) -> None:
        if request.paths != PATHS:
            await asyncio.Event().wait()  # the rest of the car is quiet
        due, count = time.monotonic(), 0
        while True:
            count += 1
            now, wall = time.monotonic_ns(), time.time_ns()
            values = {path: Datapoint(float(count * 3 + at), wall, now, "can:can0") for at, path in enumerate(PATHS)}
            to.send(ValuesUpdate(values))
            due += 1 / RATE
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def status() -> ProcessStatus:
        return ProcessStatus("databroker", os.getpid(), "0", 0.0, {}, [])

    server = LinkServer(socket_path("databroker"), (DatabrokerRequest,), status)
    server.router.on_stream(Subscribe, stream)
    await server.start()
    await asyncio.Event().wait()


class Page(PageSignals):
    """A page of 200 whole numbers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.readings = [self._read(path, car_display.KILOWATTS) for path in PATHS]


class Source(VehicleSource):
    """The source, and what it takes."""

    updates = 0
    used = 0.0
    """CPU seconds from the values to QML's properties."""

    def _update(self, update: ValuesUpdate) -> None:
        began = time.process_time()
        super()._update(update)
        self.updates += len(update.entries) == VALUES
        self.used += time.process_time() - began

    def _draw_fresh(self) -> None:
        began = time.process_time()
        super()._draw_fresh()
        self.used += time.process_time() - began


class Screen(QObject):
    """The screen's way of values, with items of one kind on its page."""

    def __init__(self, engine: QQmlApplicationEngine) -> None:
        super().__init__(engine)
        self._engine = engine
        self._page = Page(self)
        self._component = QQmlComponent(engine)
        self._items: list[QObject] = []
        self.link = QtLink(socket_path("databroker"), DatabrokerAnswer | ProcessStatus, self)
        self.source = Source(self.link, singletons(engine), Coalescer(self), self)
        self.source.serve(self._page)

    def visit(self, item: str) -> None:
        """Show a page of such items."""
        self._component = QQmlComponent(self._engine)
        self._component.setData(item.encode(), QUrl())
        make = self._component.createWithInitialProperties
        self._items = [make({"reading": reading}) for reading in self._page.readings]
        self._page.look(True)

    def leave(self) -> None:
        """End of the visit. Raises RuntimeError when the items did not show the values."""
        texts = {str(item.property("text")) for item in self._items}
        if len(texts) != VALUES or not all(text.isdigit() for text in texts):
            raise RuntimeError(f"the items show {sorted(texts)[:3]} and so on")
        self._page.look(False)
        for item in self._items:
            item.deleteLater()
        self._items = []
        run(0.3)


def run(seconds: float) -> None:
    """Let the screen live."""
    QTimer.singleShot(round(seconds * 1000), QCoreApplication.quit)
    QCoreApplication.exec()


def measure(source: Source) -> tuple[float, float]:
    """Percent of a core over one window: from values to properties, and of the whole process."""
    began, used, drawn, updates = time.monotonic(), time.process_time(), source.used, source.updates
    run(WINDOW)
    took = time.monotonic() - began
    rate = (source.updates - updates) / took
    if rate < RATE * 0.9:
        raise RuntimeError(f"only {rate:.0f} updates a second arrived")
    return 100 * (source.used - drawn) / took, 100 * (time.process_time() - used) / took


def windows(screen: Screen) -> dict[str, list[tuple[float, float]]]:
    """What each window took, of each kind of items by turns."""
    taken: dict[str, list[tuple[float, float]]] = {FOLLOWED: [], BOUND: []}
    for _ in range(WINDOWS):
        for item, figures in taken.items():
            screen.visit(item)
            run(0.5)
            figures.append(measure(screen.source))
            screen.leave()
    return taken


def figure(taken: list[float], method: str) -> dict[str, object]:
    """One figure of the report."""
    how = f"median of {len(taken)} windows of {WINDOW:g} s, {min(taken):.1f} to {max(taken):.1f}"
    return {"value": round(statistics.median(taken), 2), "unit": "% of a core", "method": f"{method}; {how}"}


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
        return
    serving = [Path(__file__).stem, "serve"]
    with (
        tempfile.TemporaryDirectory(prefix="ivi-") as name,
        own_folders(Path(name)),
        child(serving, PYTHONPATH=str(Path(__file__).parent)),
    ):
        until(lambda: socket_path("databroker").exists(), "the values are served")
        application = QGuiApplication([])
        screen = Screen(QQmlApplicationEngine(application))
        screen.link.open()
        run(1.0)
        gc.collect()  # as the screen does when it has started
        gc.freeze()
        taken = windows(screen)
        screen.link.close()
    way = f"CPU from {VALUES} decoded new values to QML, {RATE}/s: age, coalescer, rule, comparison, "
    figures = {
        "hmi_200_values_core_percent": figure([one[0] for one in taken[FOLLOWED]], way + "written to one item each"),
        "hmi_200_values_bound_core_percent": figure([one[0] for one in taken[BOUND]], way + "signal, one binding each"),
        "hmi_200_values_with_link_core_percent": figure(
            [one[1] for one in taken[FOLLOWED]],
            "the first and what comes before it: event loop, socket, decoding",
        ),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    del application
    os._exit(0)  # Qt's teardown is no part of the measurement


if __name__ == "__main__":
    main()
