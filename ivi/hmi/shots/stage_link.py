# SPDX-License-Identifier: Apache-2.0
"""Links of the stage: the same calls and streams as those of a running car, answered from a description."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, override

import msgspec
from PySide6.QtCore import QObject, QTimer

from ivi.hmi.qt_link import QtLink
from ivi.model.databroker import Actuate, Done, ListMetadata, MetadataList, Subscribe, ValuesUpdate
from ivi.model.errors import IviError, UnavailableError
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata, Value
from ivi.model.status import GetStatus, Problem, ProcessStatus
from ivi.vss.patterns import is_pattern, matches

SOURCE = "stage:described"
"""Source of every value on the stage."""

MAX_ASKED = 512  # requests that are kept for whoever looks at them

type Answer = Callable[[Any], msgspec.Struct | IviError]


@dataclass
class World:
    """What every process of the described car would say."""

    points: dict[str, Datapoint] = field(default_factory=dict)
    events: dict[type[msgspec.Struct], msgspec.Struct] = field(default_factory=dict)
    """The newest event of the stream that a request of this type opens."""
    answers: dict[type[msgspec.Struct], Answer] = field(default_factory=dict)
    """What a request of this type is answered with."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """What processes say that is wrong with them."""
    fresh: bool = True
    """Whether frames arrive from the buses."""
    links: "list[StageLink]" = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    """Paths that the screen has subscribed to."""
    asked: deque[msgspec.Struct] = field(default_factory=lambda: deque(maxlen=MAX_ASKED))
    """What the screen has asked for last."""
    unanswered: set[str] = field(default_factory=set)
    """Requests that the description has no answer to."""

    def set(self, values: Mapping[str, Value], *, age: float = 0.0) -> None:
        """Replace all values; `age` seconds ago they were taken."""
        now, wall = time.monotonic_ns() - round(age * 1e9), time.time_ns() - round(age * 1e9)
        gone = {path: Datapoint(None, wall, now, SOURCE) for path in self.points.keys() - values.keys()}
        changed = {path: Datapoint(value, wall, now, SOURCE) for path, value in values.items()}
        self.points = changed
        for link in self.links:
            link.publish_values(changed | gone)

    def report(self, path: str, value: Value) -> None:
        """The car has done what was asked of it."""
        now = time.monotonic_ns()
        self.points[path] = Datapoint(value, time.time_ns(), now, SOURCE)
        for link in self.links:
            link.publish_values({path: self.points[path]})

    def say(self, request: type[msgspec.Struct], event: msgspec.Struct) -> None:
        """The next event of a stream."""
        self.events[request] = event
        for link in self.links:
            link.publish(request, event)

    def connect(self, name: str, *, connected: bool) -> None:
        """A process comes or goes."""
        for link in self.links:
            if link.path.stem == name:
                link.stand(connected=connected)


def chosen(points: Mapping[str, Datapoint], patterns: list[str]) -> dict[str, Datapoint]:
    """The values that a subscription names."""
    plain = {path: points[path] for path in patterns if path in points}
    wild = [one for one in patterns if is_pattern(one)]
    return plain | {path: point for path, point in points.items() if any(matches(one, path) for one in wild)}


class StageLink(QtLink):
    """One process of the described car."""

    def __init__(self, world: World, path: Path, answers: object, parent: QObject | None = None) -> None:
        super().__init__(path, answers, parent)
        self._world = world
        self._open: list[tuple[msgspec.Struct, Callable[[Any], None]]] = []
        world.links.append(self)

    @override
    def open(self) -> None:
        self.stand(connected=True)

    @override
    def close(self) -> None:
        self._open.clear()

    def stand(self, *, connected: bool) -> None:
        """The process is there, or it has gone."""
        if connected != self.connected:
            self._set_state(connected=connected, reason="" if connected else "it is not running")
            if connected:
                for request, on_event in list(self._open):
                    self._begin(request, on_event)

    @override
    def follow(self, request: msgspec.Struct, on_event: Callable[[Any], None]) -> Callable[[], None]:
        entry = (request, on_event)
        self._open.append(entry)
        if isinstance(request, Subscribe):
            self._world.wanted |= {path for path in request.paths if not is_pattern(path)}
        if self.connected:
            self._begin(request, on_event)
        return lambda: self._open.remove(entry) if entry in self._open else None

    @override
    def call(self, request: msgspec.Struct, on_answer: Callable[[Any], None], timeout: float = 5.0) -> None:
        if not self.connected:
            on_answer(UnavailableError(f"{self.path.stem} is not running", hint="it is started again by itself"))
            return
        self._world.asked.append(request)
        answer = self._described(request)
        QTimer.singleShot(0, self, lambda: on_answer(answer))

    def publish_values(self, points: Mapping[str, Datapoint]) -> None:
        """Tell the followers of signals."""
        for request, on_event in list(self._open):
            if self.connected and isinstance(request, Subscribe) and (found := chosen(points, request.paths)):
                on_event(ValuesUpdate(found))
        self._was_read()

    def publish(self, kind: type[msgspec.Struct], event: msgspec.Struct) -> None:
        """Tell the followers of a stream."""
        for request, on_event in list(self._open):
            if self.connected and type(request) is kind:
                on_event(event)
        self._was_read()

    def _begin(self, request: msgspec.Struct, on_event: Callable[[Any], None]) -> None:
        """The first event of a stream, which is what is known when it comes and not when it was asked for."""

        def first() -> None:
            event = self._world.events.get(type(request))
            if isinstance(request, Subscribe):
                event = ValuesUpdate(chosen(self._world.points, request.paths))
            if event is None:
                self._world.unanswered.add(type(request).__name__)
            elif self.connected:
                on_event(event)
                self._was_read()

        QTimer.singleShot(0, self, first)

    def _described(self, request: msgspec.Struct) -> msgspec.Struct | IviError:
        if isinstance(request, GetStatus):
            frames = time.monotonic_ns() // 1000 if self._world.fresh else 1
            problems = self._world.problems.get(self.path.stem, [])
            return ProcessStatus(self.path.stem, 1, "stage", 60.0, {"frames_received": frames}, problems)
        if isinstance(request, ListMetadata):
            found = chosen(self._world.points, [request.pattern])
            return MetadataList([Metadata(path, DataType.FLOAT, EntryType.SENSOR) for path in found])
        if isinstance(request, Actuate):
            self._world.report(request.path, request.value)
            return Done(1.0)
        if answer := self._world.answers.get(type(request)):
            return answer(request)
        self._world.unanswered.add(type(request).__name__)
        return UnavailableError(f"the described car has no answer to {type(request).__name__}")
