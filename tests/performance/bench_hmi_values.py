# SPDX-License-Identifier: Apache-2.0
"""What 200 values that all change 60 times a second cost the screen's process: from the socket to QML's bindings.

A process of its own serves them over the link as the databroker does; here they go the screen's way: QtLink, coalescer,
view models with the rule that rounds them, one binding each. Nothing is drawn, so that it is the path of the values
that is measured. Prints one JSON object {name: {value, unit, method}}.
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
from ivi.hmi import display
from ivi.hmi.coalescer import Coalescer
from ivi.hmi.models.reading import Reading
from ivi.hmi.qt_link import QtLink
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.signal import Datapoint
from ivi.model.status import ProcessStatus

VALUES = 200
RATE = 60  # updates a second, each with all values
WINDOW = 4.0  # seconds of one measurement
WINDOWS = 5
PATHS = [f"Vehicle.Bench.Signal{number}" for number in range(VALUES)]
ITEM = """
import QtQml
import Models
QtObject {
    required property Reading reading
    property string text: reading.text
}
"""


async def serve() -> None:
    """Child: publish until killed."""

    async def stream(_request: Subscribe, to: Stream) -> None:
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


class Values(QObject):
    """The screen's way of values, for so many paths."""

    def __init__(self, engine: QQmlApplicationEngine) -> None:
        super().__init__()
        self.updates = 0
        self.drawing = 0.0
        """CPU seconds from the values to QML's bindings."""
        self._newest = 0
        self._fresh: dict[str, None] = {}
        self._points: dict[str, Datapoint] = {}
        self._coalescer = Coalescer(self)
        self._readings = {path: Reading(_whole, self) for path in PATHS}
        component = QQmlComponent(engine)
        component.setData(ITEM.encode(), QUrl())
        self.items = [
            component.createWithInitialProperties({"reading": reading}) for reading in self._readings.values()
        ]
        for item in self.items:
            item.setParent(self)
        self.link = QtLink(socket_path("databroker"), DatabrokerAnswer | ProcessStatus, self)
        self.link.follow(Subscribe(PATHS), self._update)

    def _update(self, update: ValuesUpdate) -> None:
        self.updates += 1
        entries = update.entries
        for point in entries.values():
            self._newest = max(self._newest, point.mono_ns)
        self._points.update(entries)
        self._fresh.update(dict.fromkeys(entries))
        self._coalescer.put(self, self._draw)

    def _draw(self) -> None:
        began = time.process_time()
        fresh, self._fresh = self._fresh, {}
        for path in fresh:
            self._readings[path].show(self._points[path].value)
        self.drawing += time.process_time() - began


def _whole(value: object) -> display.Shown | None:
    number = display.number(value)  # type: ignore[arg-type]  # any value of the link
    return None if number is None else display.Shown(str(round(number)), float(round(number)))


def measure(values: Values) -> tuple[float, float]:
    """Percent of a core over one window: from values to bindings, and of the whole process."""
    began, used, drawn, updates = time.monotonic(), time.process_time(), values.drawing, values.updates
    QTimer.singleShot(round(WINDOW * 1000), QCoreApplication.quit)
    QCoreApplication.exec()
    took = time.monotonic() - began
    rate = (values.updates - updates) / took
    if rate < RATE * 0.9:
        raise RuntimeError(f"only {rate:.0f} updates a second arrived")
    return 100 * (values.drawing - drawn) / took, 100 * (time.process_time() - used) / took


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
        values = Values(QQmlApplicationEngine(application))
        values.link.open()
        measure(values)
        gc.collect()  # as the screen does when it has started
        gc.freeze()
        taken = [measure(values) for _ in range(WINDOWS)]
        values.link.close()
        if not values.items[-1].property("text"):
            raise RuntimeError("no binding was told of a value")
    drawing, whole = [one[0] for one in taken], [one[1] for one in taken]
    how = f"median of {WINDOWS} windows of {WINDOW:g} s"
    figures = {
        "hmi_200_values_core_percent": {
            "value": round(statistics.median(drawing), 2),
            "unit": "% of a core",
            "method": f"CPU from {VALUES} new values to QML, {RATE}/s: rule, model, signal, one binding each; "
            f"{how}, {min(drawing):.1f} to {max(drawing):.1f}",
        },
        "hmi_200_values_with_link_core_percent": {
            "value": round(statistics.median(whole), 2),
            "unit": "% of a core",
            "method": f"the same and what comes before it: event loop, socket, decoding, coalescer; {how}, "
            f"{min(whole):.1f} to {max(whole):.1f}",
        },
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    del application
    os._exit(0)  # Qt's teardown is no part of the measurement


if __name__ == "__main__":
    main()
