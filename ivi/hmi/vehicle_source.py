# SPDX-License-Identifier: Apache-2.0
"""Carries vehicle signals from the databroker to the view models, and the driver's wishes back."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from ivi.hmi import display, sentences
from ivi.hmi.coalescer import Coalescer
from ivi.hmi.evidence import evidence
from ivi.hmi.freshness import Freshness
from ivi.hmi.models import Models
from ivi.hmi.models.lighting import LIGHT, LOW_BEAM
from ivi.hmi.models.page_signals import PageSignals
from ivi.hmi.models.reading import Reading, Setting
from ivi.hmi.models.vehicle import SPEED
from ivi.hmi.models.why import Evidence
from ivi.hmi.qt_link import QtLink
from ivi.hmi.readout import Drawn, Readout, Several
from ivi.model.databroker import Actuate, ListMetadata, MetadataList, Subscribe, ValuesUpdate
from ivi.model.errors import IviError
from ivi.model.signal import Datapoint, Value
from ivi.model.status import GetStatus, ProcessStatus

log = logging.getLogger(__name__)

MAX_HZ = 0.0  # updates a second of the home screen: no limit, because the broker would keep the newest back for so long
LIST_HZ = 4.0  # of the engineers' list: faster than anybody reads
ACTUATE_TIMEOUT = 3.0  # seconds for the car to report what was asked for
CHECK = 250  # milliseconds between looks at the values' ages
NAMELESS_AFTER = 3000  # milliseconds without a speed before we ask whether the car has signals without names
RAW_SIGNALS = "Vehicle.Raw.**"
_NEVER = 1 << 63  # ns, after every time stamp
_OUTSIDE_LIGHT = frozenset({LIGHT, LOW_BEAM})


class VehicleSource(QObject):
    """Follows the signals that the screen shows; a value that is too old is taken off it."""

    def __init__(self, link: QtLink, models: Models, coalescer: Coalescer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._models = models
        self._coalescer = coalescer
        self._freshness = Freshness()
        self._points: dict[str, Datapoint] = {}
        self._fresh: dict[str, Datapoint] = {}
        """The newest values that are not drawn yet, as they came: neighbours in memory are drawn one after another."""
        self._asking = False
        self._suggested = False
        self._stop_list = _nothing
        self.on_drawn: Callable[[int], None] = _drop
        """Told the time stamp (Unix, ns) of the oldest value that changes the drawing."""
        self._readings: dict[str, Drawn] = {}
        self._pages: dict[PageSignals, Callable[[], None]] = {}
        self._always = {*_OUTSIDE_LIGHT}
        for always in (models.vehicle.by_path, models.climate.by_path, models.location.by_path):
            self._show_on(always)
            self._always.update(always)
        for page in (models.body, models.tyres, models.energy, models.comfort):
            self.serve(page)
        models.signals.follow = self._follow_list
        models.why.look_up = self._look_up
        link.changed.connect(self._link_changed)
        link.when_read(self._draw_soon)
        link.follow(Subscribe(sorted(self._always), MAX_HZ), self._update)
        self._check = QTimer(self)
        self._check.timeout.connect(self._look_at_ages)
        self._check.start(CHECK)
        self._nameless = QTimer(self)
        self._nameless.setSingleShot(True)
        self._nameless.timeout.connect(self._look_for_nameless)

    def serve(self, page: PageSignals) -> None:
        """Follow this page's signals whenever somebody looks at it."""
        page.follow = partial(self._follow_page, page)
        self._show_on(page.by_path)
        if page.looked_at:
            self._follow_page(page, True)

    # -- values -------------------------------------------------------------------------------------------------------
    def _update(self, update: ValuesUpdate) -> None:
        entries = update.entries
        if not entries:
            return  # the broker only says that it lives
        source, newest = "", 0
        for point in entries.values():
            if point.source != source:
                if newest:
                    self._freshness.heard(source, newest / 1e9)
                source, newest = point.source, point.mono_ns
            elif point.mono_ns > newest:
                newest = point.mono_ns
        self._freshness.heard(source, newest / 1e9)
        if self._fresh:
            self._fresh.update(entries)
        else:
            self._fresh = entries

    def _draw_soon(self) -> None:
        if self._fresh:
            self._coalescer.now(self, self._draw_fresh)

    def _draw_fresh(self) -> None:
        fresh, self._fresh, now = self._fresh, {}, time.monotonic()
        self._points.update(fresh)
        if not self._freshness.all_live(now):
            for path in fresh:
                self._draw(path, now)
            return
        drawn, oldest, due = self._readings.get, _NEVER, list[Readout]()
        for path, point in fresh.items():
            reading = drawn(path)
            if reading is not None and reading.take(point.value, due) and point.time_ns < oldest:
                oldest = point.time_ns
        for readout in due:
            readout.write()
        if oldest != _NEVER:
            self.on_drawn(oldest)
        for path in _OUTSIDE_LIGHT & fresh.keys():
            self._models.lighting.show(path, fresh[path].value)

    def _draw(self, path: str, now: float) -> None:
        point, reading = self._points.get(path), self._readings.get(path)
        stale = point is None or self._freshness.stale(point.source, now)
        if stale and point is not None and path not in self._always:
            # What the driver drives by goes; what a page tells may stay, dim and with its age.
            if reading is not None:
                reading.outdate(point.value, display.age(self._freshness.age(point.source, now)))
            return
        value: Value | None = None if point is None or stale else point.value
        # A value that turns stale changes the drawing too, but it is no news from the bus.
        if reading is not None and reading.show(value) and point is not None and not stale:
            self.on_drawn(point.time_ns)
        if path in _OUTSIDE_LIGHT and not stale:
            self._models.lighting.show(path, value)

    @Slot()
    def _look_at_ages(self) -> None:
        if not self._link.connected:
            return
        now = time.monotonic()
        for path in list(self._points):
            self._draw(path, now)
        if self._freshness.quiet(now) and not self._asking:
            self._asking = True
            self._link.call(GetStatus(), self._counted, timeout=1.0)

    def _look_up(self, paths: Sequence[str]) -> list[Evidence]:
        now = time.monotonic()
        known = [(path, self._points.get(path)) for path in paths]
        return [
            evidence(path, point, self._freshness.age(point.source, now) if point is not None else 0.0)
            for path, point in known
        ]

    def _counted(self, answer: ProcessStatus | IviError) -> None:
        self._asking = False
        if isinstance(answer, ProcessStatus):
            count = answer.counters.get("frames_received", 0)
            self._freshness.frames(int(count), time.monotonic())

    @Slot()
    def _link_changed(self) -> None:
        if self._link.connected:
            self._nameless.start(NAMELESS_AFTER)
            return
        self._nameless.stop()
        self._points.clear()
        self._fresh.clear()
        self._freshness.forget()
        for reading in self._readings.values():
            reading.show(None)
        self._models.signals.clear()

    # -- pages --------------------------------------------------------------------------------------------------------
    def _show_on(self, readings: Mapping[str, Reading]) -> None:
        for path, reading in readings.items():
            shown: Drawn = reading.readout
            if isinstance(reading, Setting):
                shown = reading
                reading.send = self._actuate
            before = self._readings.get(path)
            self._readings[path] = shown if before is None else Several((before, shown))

    def _follow_page(self, page: PageSignals, begins: bool) -> None:
        """Follow a page's signals while it is looked at; afterwards nothing of it is known any more."""
        self._pages.pop(page, _nothing)()
        if begins:
            self._pages[page] = self._link.follow(Subscribe([*page.by_path], MAX_HZ), self._update)
            return
        others = {path for other in self._pages for path in other.by_path} | self._always
        for path, reading in page.by_path.items():
            if path not in others:
                self._points.pop(path, None)
                self._fresh.pop(path, None)
            reading.show(None)

    # -- wishes -------------------------------------------------------------------------------------------------------
    def _actuate(self, setting: Setting, value: Value) -> None:
        request = Actuate(setting.actuator.path, value, setting.actuator.confirm)
        self._link.call(request, partial(self._actuated, setting), timeout=ACTUATE_TIMEOUT)

    def _actuated(self, setting: Setting, answer: object) -> None:
        if isinstance(answer, IviError):
            log.warning("an actuation failed", extra={"path": setting.actuator.path, "error": str(answer)})
            self._models.notice.say(sentences.not_changed(setting.actuator.name, answer))
        setting.answered(failed=isinstance(answer, IviError))

    # -- the engineers' list ------------------------------------------------------------------------------------------
    def _follow_list(self, wanted: bool) -> None:
        self._stop_list()
        self._stop_list = _nothing
        if wanted:
            self._link.call(ListMetadata(), self._described)
            self._stop_list = self._link.follow(Subscribe(["**"], LIST_HZ), self._update_list)
        else:
            self._models.signals.clear()

    def _described(self, answer: MetadataList | IviError) -> None:
        if isinstance(answer, MetadataList):
            self._models.signals.describe(answer.entries)

    def _update_list(self, update: ValuesUpdate) -> None:
        self._models.signals.update(update.entries)

    @Slot()
    def _look_for_nameless(self) -> None:
        if SPEED not in self._points and not self._suggested:
            self._link.call(ListMetadata(RAW_SIGNALS), self._found_nameless)

    def _found_nameless(self, answer: MetadataList | IviError) -> None:
        if isinstance(answer, MetadataList) and answer.entries and SPEED not in self._points:
            self._suggested = True
            self._models.signals.suggested.emit()


def _drop(_time_ns: int) -> None:
    """Nobody measures."""


def _nothing() -> None:
    """Ends no stream."""
