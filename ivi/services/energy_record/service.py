# SPDX-License-Identifier: Apache-2.0
"""Samples the car twice a second and tells who asks where its energy went."""

import asyncio
import logging
import sqlite3
import time

from ivi.daemon.followers import Followers
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.energy_record import EnergyRecord, SubscribeEnergy
from ivi.model.signal import Value
from ivi.services.energy_record.charge_curve import ChargeCurve
from ivi.services.energy_record.consumption import STRETCH, Consumption, Sample
from ivi.services.energy_record.store import EnergyStore, Kept

log = logging.getLogger(__name__)

SAMPLE = 0.5  # seconds
TELL = 2.0  # seconds between two records: a charge changes its curve with every sample
SAVE = 60.0  # seconds between two writes
SILENT = 3.0  # seconds without any change of a moving car's values after which they are not believed
_BATTERY = "Vehicle.Powertrain.TractionBattery"
SPEED = "Vehicle.Speed"
POWER = f"{_BATTERY}.CurrentPower"
MOTOR = "Vehicle.Powertrain.ElectricMotor.Power"
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
CHARGING = f"{_BATTERY}.Charging.IsCharging"
CABLE = f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"
CHARGE = f"{_BATTERY}.StateOfCharge.Displayed"
USABLE = f"{_BATTERY}.StateOfCharge.CurrentEnergy"
PATHS = (SPEED, POWER, MOTOR, GEAR, CHARGING, CABLE, CHARGE, USABLE)
GEAR_PARK = 126  # VSS SelectedGear


class EnergyRecordService:
    """Serves SubscribeEnergy."""

    def __init__(self, process: Process, databroker: LinkClient, store: EnergyStore) -> None:
        self._databroker = databroker
        self._store = store
        kept = store.load()
        self._consumption = Consumption(kept.stretches)
        self._curve = ChargeCurve(kept.curve)
        self._values: dict[str, Value | None] = {}
        self._fresh = False
        """Whether anything was heard since the last sample."""
        self._heard = float("-inf")
        self._saved = time.monotonic()
        self._followers = Followers(lambda: self._told)
        self._told = self._record()
        self._told_at = float("-inf")
        self._tasks: list[asyncio.Task[None]] = []
        process.add_counters(lambda: {"energy_stretches": len(self._consumption.kept)})

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeEnergy, self._subscribe)

    async def start(self) -> None:
        """Begin to follow the car."""
        loop = asyncio.get_running_loop()
        follow = self._databroker.follow(Subscribe(list(PATHS), 1 / SAMPLE), self._on_update, self._on_state)
        self._tasks = [loop.create_task(follow), loop.create_task(self._watch())]

    async def stop(self) -> None:
        """Stop following, and store what there is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._save()
        self._store.close()

    async def _subscribe(self, _request: SubscribeEnergy, stream: Stream) -> None:
        await self._followers.stay(stream)

    def _on_update(self, update: ValuesUpdate) -> None:
        self._fresh = self._fresh or bool(update.entries)
        for path, datapoint in update.entries.items():
            self._values[path] = datapoint.value

    def _on_state(self, connected: bool, _reason: str) -> None:
        if not connected:  # that vehicle data is away is said by the driving state
            self._values.clear()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(SAMPLE)
            self.sample(time.monotonic(), round(time.time()))
            if time.monotonic() - self._saved >= SAVE:
                self._save()

    def sample(self, now: float, wall: int) -> None:
        """Take what is known now (monotonic and Unix seconds), and tell what is new."""
        if self._fresh:
            self._heard, self._fresh = now, False
        speed, power, motor = self._number(SPEED), self._number(POWER), self._number(MOTOR)
        if speed and now - self._heard > SILENT:
            speed = None  # a moving car's values change all the time: nobody sends them any more
        charging, gear = self._values.get(CHARGING), self._values.get(GEAR)
        driving = charging is False and gear is not None and gear != GEAR_PARK
        self._consumption.take(Sample(now, speed, power, None if motor is None else motor * 1000, driving))
        self._curve.take(now, wall, self._number(CHARGE), power, charging=charging is True)
        if self._values.get(CABLE) is False:
            self._curve.unplugged()
        record = self._record()
        if record != self._told and now - self._told_at >= TELL:
            self._told, self._told_at = record, now
            self._followers.tell(record)

    def _record(self) -> EnergyRecord:
        consumption, curve = self._consumption, self._curve
        return EnergyRecord(
            stretch=STRETCH / 1000,
            stretches=[round(one.consumption, 1) for one in consumption.kept],
            average=consumption.average,
            band=consumption.band(self._number(USABLE)),
            missing=consumption.missing,
            spent=consumption.spent(),
            curve=curve.points(),
            charging=curve.charging,
            # To the minute: the driver reads no seconds, and each change is sent.
            ended=curve.curve.ended // 60 * 60,
        )

    def _number(self, path: str) -> float | None:
        value = self._values.get(path)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def _save(self) -> None:
        self._saved = time.monotonic()
        try:
            self._store.save(Kept(list(self._consumption.kept), self._curve.curve))
        except sqlite3.Error as error:
            log.warning("the energy record cannot be stored", extra={"reason": str(error)})
