# SPDX-License-Identifier: Apache-2.0
"""What 200 values that all change 60 times a second cost the screen's process: from the socket to QML's bindings.

A process of its own serves them over the link as the databroker does; here they go the screen's way: QtLink, coalescer,
view models with the rule that rounds them, one binding each. Nothing is drawn, so that it is the path of the values
that is measured. Prints one JSON object {name: {value, unit, method}}.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from functools import partial
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
QtObject {
    required property var reading
    property double value: reading.value
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

    server = LinkServer(
        socket_path("databroker"), (DatabrokerRequest,), lambda: ProcessStatus("databroker", os.getpid(), "0", 0.0, {}, [])
    )
    server.router.on_stream(Subscribe, stream)
    await server.start()
    await asyncio.Event().wait()


class Values(QObject):
    """The screen's way of values, for so many paths."""

    def __init__(self, engine: QQmlApplicationEngine) -> None:
        super().__init__()
        self.updates = 0
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
        for path, point in update.entries.items():
            self._points[path] = point
            self._coalescer.put(path, partial(self._draw, path))

    def _draw(self, path: str) -> None:
        self._readings[path].show(self._points[path].value)


def _whole(value: object) -> display.Shown | None:
    number = display.number(value)  # type: ignore[arg-type]  # any value of the link
    return None if number is None else display.Shown(str(round(number)), float(round(number)))


def measure(values: Values) -> float:
    """Percent of a core over one window."""
    began, used, updates = time.monotonic(), time.process_time(), values.updates
    QTimer.singleShot(round(WINDOW * 1000), QCoreApplication.quit)
    QCoreApplication.exec()
    took = time.monotonic() - began
    rate = (values.updates - updates) / took
    if rate < RATE * 0.9:
        raise RuntimeError(f"only {rate:.0f} updates a second arrived")
    return 100 * (time.process_time() - used) / took


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
        return
    with tempfile.TemporaryDirectory(prefix="ivi-") as name, own_folders(Path(name)):
        with child([Path(__file__).stem, "serve"], PYTHONPATH=str(Path(__file__).parent)):
            until(lambda: socket_path("databroker").exists(), "the values are served")
            application = QGuiApplication([])
            engine = QQmlApplicationEngine()
            values = Values(engine)
            values.link.open()
            measure(values)
            shares = [measure(values) for _ in range(WINDOWS)]
            shown = values.items[-1].property("value")
            values.link.close()
            if not shown:
                raise RuntimeError("no binding was told of a value")
    figures = {
        "hmi_200_values_core_percent": {
            "value": round(statistics.median(shares), 2),
            "unit": "% of a core",
            "method": f"CPU of the process while {VALUES} values all change {RATE} times a second: link, coalescer, view "
            f"models, two bindings each, nothing drawn; median of {WINDOWS} windows of {WINDOW:g} s, "
            f"{min(shares):.1f} to {max(shares):.1f}",
        }
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    del application
    os._exit(0)  # Qt's teardown is no part of the measurement


if __name__ == "__main__":
    main()
