# SPDX-License-Identifier: Apache-2.0
"""The rear view's own link to the databroker: the selector, the steering wheel and what is behind the car.

One stream for each group, because a car whose catalogue lacks one of them must not lose the others.
"""

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivi.hmi.display import number
from ivi.hmi.qt_link import QtLink
from ivi.hmi.rear_view.reversing import is_reverse
from ivi.model.databroker import DatabrokerAnswer, Subscribe, ValuesUpdate
from ivi.model.signal import Value
from ivi.model.status import ProcessStatus

SELECTED = "Vehicle.Powertrain.Transmission.SelectedGear"
CURRENT = "Vehicle.Powertrain.Transmission.CurrentGear"
WHEEL = "Vehicle.Chassis.SteeringWheel.Angle"
_REAR = "Vehicle.ADAS.ObstacleDetection.Rear"
OBSTACLES = tuple(f"{_REAR}.{side}.Distance" for side in ("Left", "Center", "Right"))
SMOOTH_HZ = 30.0  # steering wheel
SENSOR_HZ = 10.0  # distances
SILENT = 1.5  # seconds; a broker that lives says something every half second
LOOK = 250  # milliseconds between two looks
FAR = 5.0  # metres; what is farther is not what a driver who backs up looks for, and "nothing" is reported as farther


class GearLink(QObject):
    """What the rear view knows of the car."""

    changed = Signal()

    def __init__(self, broker: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, Value | None] = {}
        self._heard = float("-inf")
        self.alive = False
        """Whether the databroker answers; while it does not, nothing else here is known."""
        self.geared_ns = 0
        """When the selector was last reported (Unix, ns); 0 before that."""
        self._link = QtLink(broker, DatabrokerAnswer | ProcessStatus, self)
        for paths, rate in (((SELECTED,), 0.0), ((CURRENT,), 0.0), ((WHEEL,), SMOOTH_HZ), (OBSTACLES, SENSOR_HZ)):
            self._link.follow(Subscribe(list(paths), rate), self._update)
        self._link.changed.connect(self._look)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def open(self) -> None:
        """Connect."""
        self._link.open()
        self._timer.start(LOOK)

    def close(self) -> None:
        """Disconnect for good."""
        self._timer.stop()
        self._link.close()

    @property
    def reverse(self) -> bool | None:
        """Whether the car is in R; None when that is not known."""
        return is_reverse(self._values.get(SELECTED), self._values.get(CURRENT))

    @property
    def wheel(self) -> float | None:
        """Angle of the steering wheel, degrees, positive to the left; None when not known."""
        return number(self._values.get(WHEEL))

    @property
    def obstacles(self) -> tuple[float | None, ...]:
        """Metres to what is behind at the left, in the middle, at the right; None when unknown or farther than FAR."""
        metres = (number(self._values.get(path)) for path in OBSTACLES)
        return tuple(one if one is not None and 0 <= one <= FAR else None for one in metres)

    def _update(self, update: ValuesUpdate) -> None:
        self._heard = time.monotonic()
        if update.entries or not self.alive:
            self._values.update((path, point.value) for path, point in update.entries.items())
            if selected := update.entries.get(SELECTED):
                self.geared_ns = selected.time_ns
            self.alive = True
            self.changed.emit()

    @Slot()
    def _look(self) -> None:
        if self.alive and not (self._link.connected and time.monotonic() - self._heard < SILENT):
            self.alive = False
            self._values.clear()
            self.changed.emit()
