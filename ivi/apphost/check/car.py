# SPDX-License-Identifier: Apache-2.0
"""A car that does as it is told: databroker and services on real sockets, every signal with a plausible value."""

import asyncio
import time

from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.audio import FocusChanged, FocusState, RequestFocus
from ivi.model.databroker import (
    Actuate,
    DatabrokerRequest,
    Done,
    GetValues,
    ListMetadata,
    MetadataList,
    Subscribe,
    Values,
    ValuesUpdate,
)
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.services import DrivingState, ServicesRequest, SubscribeUxRestrictions, UxRestriction, UxRestrictions
from ivi.model.signal import Datapoint, DataType, Metadata, Value
from ivi.vss.catalogue import Catalogue

BEAT = 0.4  # seconds; a databroker's subscribers hear from it at least every half second
KNOWN: dict[str, Value] = {
    "Vehicle.CurrentLocation.Latitude": 48.137,
    "Vehicle.CurrentLocation.Longitude": 11.575,
    "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current": 62.0,
    "Vehicle.Powertrain.TractionBattery.Range": 252_000,
    "Vehicle.Cabin.HVAC.AmbientAirTemperature": 21.5,
}
SPEEDS = {DrivingState.PARKED: 0.0, DrivingState.IDLING: 0.0, DrivingState.MOVING: 50.0}  # km/h
_MOVING: list[UxRestriction] = [flag for flag in UxRestriction if flag is not UxRestriction.NO_VOICE_TRANSCRIPTION]
STATES = {
    # As the services process decides them; that it does is its own tests' business.
    DrivingState.PARKED: UxRestrictions(DrivingState.PARKED, [], "parked"),
    DrivingState.IDLING: UxRestrictions(DrivingState.IDLING, [UxRestriction.NO_VIDEO], "standing, not in park"),
    DrivingState.MOVING: UxRestrictions(DrivingState.MOVING, _MOVING, "driving at 50 km/h", max_rows=6, max_chars=120),
}


class ScriptedCar:
    """Serves databroker.sock and services.sock of this runtime folder."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.entries = {path: catalogue.get(path) for path in catalogue}
        self.values: dict[str, Value | None] = {path: usual(entry) for path, entry in self.entries.items()}
        self.values.update({path: value for path, value in KNOWN.items() if path in self.entries})
        self.delay = 0.0
        """Seconds before each answer."""
        self.actuated: list[tuple[str, Value]] = []
        self.followed: set[str] = set()
        """Signals that somebody subscribed to."""
        self.state = DrivingState.PARKED
        self._changed = asyncio.Condition()
        self._servers: list[LinkServer] = []

    async def start(self) -> None:
        """Serve."""
        broker = LinkServer(socket_path("databroker"), (DatabrokerRequest,), Process("databroker").status)
        broker.router.on_call(GetValues, self._get)
        broker.router.on_call(Actuate, self._actuate)
        broker.router.on_call(ListMetadata, self._list)
        broker.router.on_stream(Subscribe, self._subscribe)
        services = LinkServer(socket_path("services"), (ServicesRequest,), Process("services").status)
        services.router.on_stream(SubscribeUxRestrictions, self._follow_ux)
        services.router.on_stream(RequestFocus, self._give_focus)
        self._servers = [broker, services]
        for server in self._servers:
            await server.start()

    async def stop(self) -> None:
        """Serve no more."""
        for server in self._servers:
            await server.stop()

    async def drive(self, state: DrivingState) -> None:
        """From now on the car is parked, stands, or moves."""
        self.state = state
        await self.set({"Vehicle.Speed": SPEEDS[state]})

    async def set(self, values: dict[str, Value | None]) -> None:
        """Change signals and tell everybody."""
        self.values.update(values)
        async with self._changed:
            self._changed.notify_all()

    async def _get(self, request: GetValues, _session: Session) -> Values:
        await asyncio.sleep(self.delay)
        return Values(self._points(request.paths))

    async def _list(self, _request: ListMetadata, _session: Session) -> MetadataList:
        return MetadataList(list(self.entries.values()))

    async def _actuate(self, request: Actuate, _session: Session) -> Done:
        await asyncio.sleep(self.delay)
        if request.path not in self.entries:
            raise NotFoundError(f"{request.path} is not in the catalogue")
        self.actuated.append((request.path, request.value))
        await self.set({request.path: request.value})
        return Done()

    async def _subscribe(self, request: Subscribe, stream: Stream) -> None:
        await asyncio.sleep(self.delay)
        self.followed.update(request.paths)
        last: dict[str, Datapoint] = {}
        while True:
            points = self._points(request.paths)
            stream.send(ValuesUpdate({path: one for path, one in points.items() if _differs(one, last.get(path))}))
            last = points
            try:
                async with asyncio.timeout(BEAT), self._changed:
                    await self._changed.wait()
            except TimeoutError:
                continue  # an empty update says that we live

    async def _follow_ux(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        while True:
            stream.send(STATES[self.state])
            async with self._changed:
                await self._changed.wait()

    async def _give_focus(self, _request: RequestFocus, stream: Stream) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        stream.send(FocusChanged(FocusState.GAINED))
        await asyncio.get_running_loop().create_future()

    def _points(self, paths: list[str]) -> dict[str, Datapoint]:
        for path in paths:
            if path not in self.values:
                raise UnavailableError(f"{path} is not in the catalogue")
        return {path: Datapoint(self.values[path], time.time_ns(), time.monotonic_ns(), "check") for path in paths}


def usual(entry: Metadata) -> Value:
    """A value that a car could have."""
    kind = entry.data_type
    if kind.is_array:
        return []
    if entry.allowed:
        return entry.allowed[0]
    if kind is DataType.BOOLEAN:
        return False
    if kind is DataType.STRING:
        return "text"
    if kind is DataType.STRUCT:
        return {}
    low, high = entry.minimum, entry.maximum
    middle = (low + high) / 2 if low is not None and high is not None else low or 0
    return float(middle) if kind in {DataType.FLOAT, DataType.DOUBLE} else int(middle)


def _differs(one: Datapoint, before: Datapoint | None) -> bool:
    return before is None or one.value != before.value
