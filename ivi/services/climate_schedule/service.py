# SPDX-License-Identifier: Apache-2.0
"""Looks at the clock and the car, and starts and ends the climate control for departures."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from ivi.daemon.followers import Followers
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.model.climate_schedule import (
    EVERY_DAY,
    MAX_DEPARTURES,
    MINUTES,
    TEMPERATURES,
    Departures,
    DepartureTaken,
    RemoveDeparture,
    ScheduleState,
    SetDeparture,
    SubscribeDepartures,
)
from ivi.model.databroker import BatchActuate, Subscribe, ValuesUpdate
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.signal import Value
from ivi.services.climate_schedule.plan import GRACE, CarState, Verdict, hindrance, is_due, is_wanted, judge
from ivi.services.climate_schedule.store import DepartureStore, Running

log = logging.getLogger(__name__)

LOOK = 5.0  # seconds between two looks at the clock
ACTUATE_TIMEOUT = 10.0  # seconds
RETRY = 60.0  # seconds after a refusal
FAN = 50  # percent, when the fan was off
STANDSTILL = 0.5  # km/h
GEAR_PARK = 126  # VSS SelectedGear
_BATTERY = "Vehicle.Powertrain.TractionBattery"
_ROW = "Vehicle.Cabin.HVAC.Station.Row1"
GEAR, SPEED = "Vehicle.Powertrain.Transmission.SelectedGear", "Vehicle.Speed"
CHARGE = f"{_BATTERY}.StateOfCharge.Displayed"
CABLE = f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"
CABIN = "Vehicle.Cabin.HVAC.AmbientAirTemperature"
SEATS = ("Driver", "Passenger")
FANS = tuple(f"{_ROW}.{seat}.FanSpeed" for seat in SEATS)
SET_POINTS = tuple(f"{_ROW}.{seat}.Temperature" for seat in SEATS)
COOLING = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
PATHS = (GEAR, SPEED, CHARGE, CABLE, CABIN, COOLING, *FANS, *SET_POINTS)


def local_now() -> datetime:
    """The time on the car's clock."""
    return datetime.now(UTC).astimezone()


class ClimateScheduleService:
    """Serves the messages of ivi.model.climate_schedule."""

    def __init__(
        self, databroker: LinkClient, store: DepartureStore, clock: Callable[[], datetime] = local_now
    ) -> None:
        self._databroker = databroker
        self._store = store
        self._clock = clock
        self._departures = store.load()
        self._running = store.running()
        self._left: datetime | None = None
        """The departure for which somebody came and drove away."""
        self._refused = ""
        self._not_before: datetime | None = None
        self._values: dict[str, Value | None] = {}
        self._followers = Followers(lambda: self._told)
        self._told = self._describe(judge(self._departures.values(), clock(), CarState()))
        self._tasks: list[asyncio.Task[None]] = []

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeDepartures, self._subscribe)
        server.router.on_call(SetDeparture, self._set)
        server.router.on_call(RemoveDeparture, self._remove)

    async def start(self) -> None:
        """Begin to follow the car and the clock."""
        loop = asyncio.get_running_loop()
        follow = self._databroker.follow(Subscribe(list(PATHS), 2.0), self._on_update, self._on_state)
        self._tasks = [loop.create_task(follow), loop.create_task(self._watch())]

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._store.close()

    # -- what is kept -------------------------------------------------------------------------------------------------
    async def _subscribe(self, _request: SubscribeDepartures, stream: Stream) -> None:
        await self._followers.stay(stream)

    async def _set(self, request: SetDeparture, _session: Session) -> DepartureTaken:
        self._require_parked()
        wanted = request.departure
        if not (0 <= wanted.minute < MINUTES and 0 < wanted.days <= EVERY_DAY and 0 < len(wanted.id) <= MINUTES):
            raise InvalidArgumentError("a departure needs a time of day and at least one day")
        if not TEMPERATURES[0] <= wanted.temperature <= TEMPERATURES[1]:
            raise InvalidArgumentError(f"{wanted.temperature:g} degrees cannot be set")
        if wanted.id not in self._departures and len(self._departures) >= MAX_DEPARTURES:
            raise ResourceExhaustedError(f"there are {MAX_DEPARTURES} departures already", hint="remove one first")
        self._store.put(wanted)
        self._departures[wanted.id] = wanted
        await self.look()
        return DepartureTaken()

    async def _remove(self, request: RemoveDeparture, _session: Session) -> DepartureTaken:
        self._require_parked()
        if request.id not in self._departures:
            raise NotFoundError("this departure is not there any more")
        self._store.remove(request.id)
        del self._departures[request.id]
        await self.look()
        return DepartureTaken()

    def _require_parked(self) -> None:
        if not self._car().parked:
            raise PermissionDeniedError("departures are set while the car is parked")

    # -- the car ------------------------------------------------------------------------------------------------------
    def _on_update(self, update: ValuesUpdate) -> None:
        for path, datapoint in update.entries.items():
            self._values[path] = datapoint.value

    def _on_state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self._values.clear()

    async def _watch(self) -> None:
        while True:
            try:
                await self.look()
            except UnavailableError as error:
                log.warning("a departure was not looked after", extra={"reason": str(error)})
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Decide and act for this moment."""
        now, car = self._clock(), self._car()
        verdict = judge(self._departures.values(), now, car, self._left)
        if self._running is not None:
            await self._carry_on(self._running, now, car)
        elif is_due(verdict, now) and (self._not_before is None or now >= self._not_before):
            await self._begin(verdict, now)
        self._tell(self._describe(verdict))

    async def _begin(self, verdict: Verdict, now: datetime) -> None:
        assert verdict.departure is not None and verdict.at is not None  # noqa: S101, PT018  # as its state says
        wanted: dict[str, Value] = dict.fromkeys(SET_POINTS, verdict.departure.temperature)
        wanted |= {path: FAN for path in FANS if not self._values.get(path)}
        if self._values.get(COOLING) is False:
            wanted[COOLING] = True
        before = {path: value for path in wanted if isinstance(value := self._values.get(path), bool | int | float)}
        if await self._actuate(wanted, now):
            self._run(Running(round(verdict.at.timestamp()), before))

    async def _carry_on(self, running: Running, now: datetime, car: CarState) -> None:
        """End it when somebody drives, when it has lasted too long, and when it may not or shall not go on."""
        at = datetime.fromtimestamp(running.at, now.tzinfo)
        if car.parked is False:
            self._run(None)  # the driver is there; the climate is his now
            self._left = at
            return
        over = now >= at + GRACE or hindrance(car) or not is_wanted(self._departures.values(), at)
        if over and car.parked and await self._actuate(dict(running.before), now):
            self._run(None)

    async def _actuate(self, values: dict[str, Value], now: datetime) -> bool:
        try:
            await self._databroker.call(BatchActuate(values), ACTUATE_TIMEOUT)
        except IviError as error:
            log.warning("the climate control did not follow the schedule", extra={"reason": str(error)})
            self._refused = "The climate control did not answer; it is tried again."
            self._not_before = datetime.fromtimestamp(now.timestamp() + RETRY, now.tzinfo)
            return False
        self._refused, self._not_before = "", None
        return True

    def _run(self, running: Running | None) -> None:
        self._running = running
        self._store.set_running(running)

    def _car(self) -> CarState:
        gear, speed, cable = self._values.get(GEAR), self._number(SPEED), self._values.get(CABLE)
        known = isinstance(gear, int) and speed is not None
        return CarState(
            parked=gear == GEAR_PARK and abs(speed or 0.0) < STANDSTILL if known else None,
            plugged=cable if isinstance(cable, bool) else None,
            charge=self._number(CHARGE),
            cabin=self._number(CABIN),
        )

    def _number(self, path: str) -> float | None:
        value = self._values.get(path)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def _describe(self, verdict: Verdict) -> Departures:
        state, reason = verdict.state, verdict.reason
        if self._running is not None:
            state, reason = ScheduleState.RUNNING, ""
        elif state is ScheduleState.RUNNING:
            state, reason = (ScheduleState.HINDERED, self._refused) if self._refused else (ScheduleState.WAITING, "")
        ordered = sorted(self._departures.values(), key=lambda one: (one.minute, one.id))
        return Departures(ordered, state, reason, round(verdict.at.timestamp()) if verdict.at else 0)

    def _tell(self, departures: Departures) -> None:
        if departures != self._told:
            self._told = departures
            self._followers.tell(departures)
