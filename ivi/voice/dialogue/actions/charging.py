# SPDX-License-Identifier: Apache-2.0
"""Charging: whether, how long, how far; the flap and the cable."""

from ivi.voice.dialogue.actions.signals import read, switch
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

_CHARGING = "Vehicle.Powertrain.TractionBattery.Charging"
_PORT = f"{_CHARGING}.ChargingPort.AnyPosition"
LIMIT = f"{_CHARGING}.ChargeLimit"
START_STOP = f"{_CHARGING}.StartStopCharging"
IS_CHARGING = f"{_CHARGING}.IsCharging"
TIME_LEFT = f"{_CHARGING}.TimeToComplete"
CABLE = f"{_PORT}.IsChargingCableConnected"
CABLE_LOCK, FLAP = f"{_PORT}.IsChargingCableLocked", f"{_PORT}.IsFlapOpen"
LOWEST, HIGHEST = 50, 100  # percent that the charger takes as its limit


async def set_limit(world: World, slots: Slots) -> Outcome:
    """Charge so far, percent."""
    percent = int(number(slots, "percent"))
    if not LOWEST <= percent <= HIGHEST:
        return Outcome(ok=False, answer="out_of_range", values={"low": str(LOWEST), "high": str(HIGHEST)})
    undo = await world.car.make({LIMIT: percent})
    return Outcome(ok=True, answer="done", values={"percent": str(percent)}, undo=undo)


async def start(world: World, _slots: Slots) -> Outcome:
    """Begin; without a cable there is nothing to begin."""
    if await world.car.is_on(CABLE) is False:
        return Outcome(ok=False, answer="no_cable")
    undo = await world.car.make({START_STOP: "START"})
    return Outcome(ok=True, answer="done", undo=undo)


async def stop(world: World, _slots: Slots) -> Outcome:
    """End."""
    undo = await world.car.make({START_STOP: "STOP"})
    return Outcome(ok=True, answer="done", undo=undo)


async def read_charging(world: World, _slots: Slots) -> Outcome:
    """Whether it charges, or waits at the cable."""
    charging, cable = await world.car.is_on(IS_CHARGING), await world.car.is_on(CABLE)
    if charging is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="charging" if charging else "waiting" if cable else "no_cable")


async def read_time(world: World, _slots: Slots) -> Outcome:
    """How long until it is done, hours and minutes."""
    if await world.car.is_on(IS_CHARGING) is not True:
        return Outcome(ok=True, answer="not_charging")
    seconds = await world.car.number(TIME_LEFT)
    if seconds is None:
        return NOT_REPORTED
    minutes = max(1, round(seconds / 60))
    values = {"hours": str(minutes // 60), "minutes": str(minutes % 60)}
    return Outcome(ok=True, answer="hours" if minutes >= 60 else "minutes", values=values)  # noqa: PLR2004  # an hour


ACTIONS: dict[str, Action] = {
    "SetChargeLimit": set_limit,
    "ReadChargeLimit": read(LIMIT, "percent"),
    "StartCharging": start,
    "StopCharging": stop,
    "ReadCharging": read_charging,
    "ReadChargeTime": read_time,
    "ChargeFlap": switch(FLAP),
    "ChargeCable": switch(CABLE_LOCK),
}
