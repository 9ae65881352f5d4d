# SPDX-License-Identifier: Apache-2.0
"""What each intent does. An action returns which answer fits, never words: those are in the language's file."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from ivi.model.signal import Scalar
from ivi.voice.dialogue import car
from ivi.voice.dialogue.car import Car

LOWEST, HIGHEST = 16.0, 28.0  # degrees Celsius of the climate unit
TEMPERATURE_STEP = 1.0  # degrees Celsius of "warmer" and "cooler"
FAN_STEP = 10  # percent of "faster" and "slower"
ZONES = {
    "driver": (car.DRIVER_TEMPERATURE,),
    "passenger": (car.PASSENGER_TEMPERATURE,),
    "both": (car.DRIVER_TEMPERATURE, car.PASSENGER_TEMPERATURE),
}
DEFROST = {"front": car.FRONT_DEFROST, "rear": car.REAR_DEFROST}
STANDSTILL = 1.0  # km/h; sensors read a little at standstill

type Slots = dict[str, Scalar]


@dataclass(frozen=True)
class Outcome:
    """How an action ended."""

    ok: bool
    answer: str
    """Key of the answer under the intent's name in the language's file."""
    values: dict[str, str] = field(default_factory=dict)


type Action = Callable[[Car, Slots], Awaitable[Outcome]]

_NOT_REPORTED = Outcome(ok=False, answer="unknown_value")


async def set_temperature(vehicle: Car, slots: Slots) -> Outcome:
    """To `temperature`, at `zone` or, without one, at both front seats. Values the unit does not have are refused."""
    wanted = _number(slots, "temperature") + _number(slots, "half")
    if not LOWEST <= wanted <= HIGHEST:
        return Outcome(ok=False, answer="out_of_range", values=_limits())
    zone = str(slots.get("zone", "both"))
    await vehicle.make(dict.fromkeys(ZONES[zone], wanted))
    return Outcome(ok=True, answer=zone, values={"degrees": plain(wanted)})


async def change_temperature(vehicle: Car, slots: Slots) -> Outcome:
    """One step at both front seats, each from its own setting, within the unit's limits; the answer is the driver's."""
    step = TEMPERATURE_STEP * _number(slots, "direction")
    present = {path: await vehicle.number(path) for path in ZONES["both"]}
    known = {path: value for path, value in present.items() if value is not None}
    if car.DRIVER_TEMPERATURE not in known:
        return Outcome(ok=False, answer="unknown")
    wanted = {path: min(HIGHEST, max(LOWEST, value + step)) for path, value in known.items()}
    values = {"degrees": plain(wanted[car.DRIVER_TEMPERATURE])}
    if wanted == known:
        return Outcome(ok=False, answer="at_limit", values={**values, **_limits()})
    await vehicle.make(dict(wanted))
    return Outcome(ok=True, answer="done", values=values)


async def set_fan(vehicle: Car, slots: Slots) -> Outcome:
    """To `percent`."""
    percent = int(_number(slots, "percent"))
    await vehicle.make({car.FAN_SPEED: percent})
    return Outcome(ok=True, answer="done" if percent else "off", values={"percent": str(percent)})


async def change_fan(vehicle: Car, slots: Slots) -> Outcome:
    """One step from the present speed."""
    present = await vehicle.number(car.FAN_SPEED)
    if present is None:
        return Outcome(ok=False, answer="unknown")
    wanted = min(100, max(0, round(present / FAN_STEP) * FAN_STEP + FAN_STEP * int(_number(slots, "direction"))))
    values = {"percent": str(wanted)}
    if wanted == present:
        return Outcome(ok=False, answer="at_limit", values=values)
    await vehicle.make({car.FAN_SPEED: wanted})
    return Outcome(ok=True, answer="done", values=values)


async def air_conditioning(vehicle: Car, slots: Slots) -> Outcome:
    """On or off."""
    active = bool(slots["active"])
    await vehicle.make({car.AIR_CONDITIONING: active})
    return Outcome(ok=True, answer="on" if active else "off")


async def defrost(vehicle: Car, slots: Slots) -> Outcome:
    """On or off, at the windshield unless the rear window was named."""
    active, pane = bool(slots["active"]), str(slots.get("pane", "front"))
    await vehicle.make({DEFROST[pane]: active})
    return Outcome(ok=True, answer=f"{pane}_{'on' if active else 'off'}")


async def read_range(vehicle: Car, _slots: Slots) -> Outcome:
    """Kilometres that are left, from metres."""
    metres = await vehicle.number(car.RANGE)
    if metres is None:
        return _NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"kilometers": str(round(metres / 1000))})


async def read_speed(vehicle: Car, _slots: Slots) -> Outcome:
    """Kilometres per hour, or that the car stands."""
    speed = await vehicle.number(car.SPEED)
    if speed is None:
        return _NOT_REPORTED
    if abs(speed) < STANDSTILL:
        return Outcome(ok=True, answer="standing")
    return Outcome(ok=True, answer="done", values={"speed": str(round(abs(speed)))})


def read(path: str, name: str) -> Action:
    """An action that answers with a signal, rounded to whole numbers, as `name`."""

    async def action(vehicle: Car, _slots: Slots) -> Outcome:
        value = await vehicle.number(path)
        if value is None:
            return _NOT_REPORTED
        return Outcome(ok=True, answer="done", values={name: str(round(value))})

    return action


async def nothing(_vehicle: Car, _slots: Slots) -> Outcome:
    """For intents that only have an answer."""
    return Outcome(ok=True, answer="done")


ACTIONS: dict[str, Action] = {
    "SetTemperature": set_temperature,
    "ChangeTemperature": change_temperature,
    "SetFan": set_fan,
    "ChangeFan": change_fan,
    "AirConditioning": air_conditioning,
    "Defrost": defrost,
    "ReadRange": read_range,
    "ReadBattery": read(car.STATE_OF_CHARGE, "percent"),
    "ReadOutsideTemperature": read(car.OUTSIDE_TEMPERATURE, "degrees"),
    "ReadCabinTemperature": read(car.CABIN_TEMPERATURE, "degrees"),
    "ReadSpeed": read_speed,
    "Help": nothing,
    "Cancel": nothing,
}


def plain(number: float) -> str:
    """A number as it is said: 21, 21.5."""
    return f"{number:g}"


def _limits() -> dict[str, str]:
    return {"low": plain(LOWEST), "high": plain(HIGHEST)}


def _number(slots: Slots, name: str) -> float:
    """A numeric slot; 0 when the sentence did not have it."""
    return float(slots.get(name, 0))
