# SPDX-License-Identifier: Apache-2.0
"""The ivi EV behind a layout that nobody knows: ids permuted, signals moved to other bits and byte orders, DBC hidden.

It drives 60 simulated seconds while a script presses, opens and switches things, and keeps what a person would note:
marks with a human's timing, and coarse, late or noisy readings of known values. The truth is for the judge only.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cantools.database.can import Message, Signal

from ivi.providers.can.frame import Frame
from ivi.providers.can.learning.field import Field
from simulator.vehicle.car import Car
from simulator.vehicle.codec import Encoder, build_encoder, load_dbc
from simulator.vehicle.protection import Seal, checksum_of, seal_of
from simulator.vehicle.requests import Values
from simulator.vehicle.schedule import TICK

ROOT = Path(__file__).resolve().parents[2]
EV_DBC = ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"
EPOCH = 1_800_000_000  # s since 1970 at which the recording begins
PRESSES = 5

type Span = tuple[float, float]

# action -> (request field of a command, on, off, signal that must be found)
COMMANDED = {
    "low beam": ("BCM_LowBeamReq", 1, 0, "BCM_LowBeam"),
    "high beam": ("BCM_HighBeamReq", 1, 0, "BCM_HighBeam"),
    "front fog": ("BCM_FogFrontReq", 1, 0, "BCM_FogFront"),
    "hazard": ("BCM_HazardReq", 1, 0, "BCM_Hazard"),
    "horn": ("BCM_HornReq", 1, 0, "BCM_Horn"),
    "dome light": ("BCM_DomeLightReq", 1, 0, "BCM_DomeLight"),
    "air conditioning": ("HVAC_AirConditioningReq", 1, 0, "HVAC_AirConditioning"),
    "recirculation": ("HVAC_RecirculationReq", 1, 0, "HVAC_Recirculation"),
    "front defroster": ("HVAC_FrontDefrosterReq", 1, 0, "HVAC_FrontDefroster"),
    "window left": ("BCM_WindowFLReq", 40, 0, "BCM_WindowOpenFL"),
    "driver's lock": ("BCM_LockFLReq", 1, 0, "BCM_DoorLockedFL"),
}
# action -> (value while on, signal that must be found), written over what the car says
SCRIPTED = {
    "driver's door": (1, "BCM_DoorOpenFL"),
    "rear door": (1, "BCM_DoorOpenRR"),
    "passenger's belt": (1, "BCM_SeatBeltFR"),
    "turn stalk": (2, "SCM_TurnStalk"),
    "flash to pass": (1, "SCM_FlashToPass"),
    "right key": (7, "SCM_KeyRight"),
}
BRAKE = "brake"
PEDAL = 45.0  # percent that a pressed brake pedal is down
TARGETS = {
    **{action: signal for action, (*_, signal) in COMMANDED.items()},
    **{action: signal for action, (_, signal) in SCRIPTED.items()},
    BRAKE: "ESC_BrakeLightRequest",
}
# value -> (signal, seconds between readings, resolution, noise, lag in s)
REFERENCES = {
    "speed": ("ESC_Speed", 0.2, 0.01, 0.05, 0.2),
    "state of charge": ("BMS_SocDisplayed", 1.0, 0.01, 0.0, 0.0),
    "steering angle": ("EPS_SteeringAngle", 0.05, 0.5, 0.2, 0.0),
    "accelerator": ("VCU_AcceleratorPedal", 0.1, 0.4, 0.0, 0.05),
    "brake pressure": ("ESC_BrakePressure", 0.1, 0.5, 0.0, 0.0),
    "motor speed": ("INV_MotorSpeed", 0.1, 1.0, 0.0, 0.05),
    "motor torque": ("INV_MotorTorque", 0.1, 1.0, 0.0, 0.05),
    "pack voltage": ("BMS_PackVoltage", 0.1, 0.1, 0.0, 0.0),
    "pack current": ("BMS_PackCurrent", 0.1, 0.5, 0.3, 0.0),
    "vent temperature": ("HVAC_VentTemperatureLeft", 0.5, 0.1, 0.05, 0.0),
    "cabin temperature": ("HVAC_CabinTemperature", 1.0, 0.1, 0.0, 0.0),
    "yaw rate": ("ESC_YawRate", 0.05, 0.1, 0.1, 0.0),
    "acceleration": ("ESC_AccelLongitudinal", 0.05, 0.05, 0.05, 0.0),
    "latitude": ("GNSS_Latitude", 0.2, 1e-6, 0.0, 0.0),
    "heading": ("GNSS_Heading", 0.2, 0.1, 0.0, 0.0),
    "window position": ("BCM_WindowPositionFL", 0.2, 1.0, 0.0, 0.0),
    "set temperature": ("HVAC_DriverTempSet", 0.5, 0.5, 0.0, 0.0),
    "fan speed": ("HVAC_DriverFanSpeed", 0.5, 1.0, 0.0, 0.0),
}


@dataclass
class Placed:
    """Where a signal lies in the shuffled layout."""

    key: int
    field: Field
    scale: float
    offset: float


@dataclass
class Drive:
    """The recording, what the person noted, and the truth."""

    frames: list[Frame]
    marks: dict[str, list[Span]]
    references: dict[str, list[tuple[float, float]]]
    truth: dict[str, Placed]
    history: dict[str, list[float]] = field(default_factory=dict)
    """Every signal's raw value at each step of 50 ms."""


def drive(seed: int, seconds: float = 60.0) -> Drive:
    """Shuffle, drive and note."""
    rng = random.Random(seed)
    encoders, truth = _shuffle(rng)
    spans, commands = _script(rng, seconds)
    car = Car(EV_DBC, seed)
    asked = {name: (identifier, command) for identifier, command in car.commands.items() for name, *_ in command.fields}
    frames: list[Frame] = []
    history: dict[str, list[float]] = {name: [] for name in truth}
    for tick in range(round(seconds / TICK)):
        now = tick * TICK
        while commands and commands[0][0] <= now:
            _, name, value = commands.pop(0)
            identifier, command = asked[name]
            scaled = {other: nothing * scale + offset for other, scale, offset, nothing in command.fields}
            scaled[name] = value
            scaled |= {signal.name: 0 for signal in command.message.signals if signal.name not in scaled}
            asking = command.message.encode(scaled, strict=False)
            car.take(identifier, asking if command.seal is None else command.seal.close(asking))
            frames.append(encoders[identifier].frame(_stamp(now, rng), scaled))
        records = car.tick()
        values = dict(car.values)
        for action, (on, signal) in SCRIPTED.items():
            values[signal] = on if any(start <= now < end for start, end in spans[action]) else 0
        down = max((min(1.0, (now - start) * 4, (end - now) * 4) for start, end in spans[BRAKE]), default=0.0)
        values["VCU_BrakePedal"] = PEDAL * max(0.0, down)
        values["ESC_BrakePressure"] = 0.8 * values["VCU_BrakePedal"] * (1 + 0.02 * rng.random())
        values["ESC_BrakeLightRequest"] = values["BCM_BrakeLight"] = values["VCU_BrakePedal"] > 0
        for _, identifier, *_rest in records:
            frames.append(encoders[identifier].frame(_stamp(now, rng), values))
        if tick % 5 == 0:
            for name, kept in history.items():
                kept.append(float(values.get(name, 0)))
    frames.sort()
    references = {what: _readings(rng, history[signal], *how) for what, (signal, *how) in REFERENCES.items()}
    return Drive(frames, {what: _by_hand(rng, true) for what, true in spans.items()}, references, truth, history)


def _stamp(now: float, rng: random.Random) -> int:
    return int((EPOCH + now) * 1e9) + rng.randrange(900_000)


def _script(rng: random.Random, seconds: float) -> tuple[dict[str, list[Span]], list[tuple[float, str, float]]]:
    spans: dict[str, list[Span]] = {}
    commands: list[tuple[float, str, float]] = []
    for action in (*COMMANDED, *SCRIPTED, BRAKE):
        slot = (seconds - 4) / PRESSES
        spans[action] = []
        for press in range(PRESSES):
            start = 2 + press * slot + rng.uniform(0, slot - 4.5)
            spans[action].append((start, start + rng.uniform(0.9, 3.5)))
        if action in COMMANDED:
            name, on, off, _ = COMMANDED[action]
            commands += [(at, name, on) for at, _ in spans[action]] + [(at, name, off) for _, at in spans[action]]
    for second in range(3, int(seconds) - 2, 4):
        commands.append((second + rng.random(), "HVAC_DriverTempReq", rng.randrange(32, 57) / 2))
        commands.append((second + rng.random(), "HVAC_DriverFanReq", rng.randrange(0, 101)))
    # the driver obeys cruise control: braking and accelerating again make a drive with something to see
    commands += [(0.0, "ADAS_CruiseEnabledReq", 1), (0.0, "ADAS_CruiseActiveReq", 1)]
    change, fast = 12.0, False
    while change < seconds - 3:
        commands.append((change, "ADAS_CruiseSpeedReq", rng.uniform(60, 85) if fast else rng.uniform(10, 40)))
        change, fast = change + rng.uniform(3.5, 6), not fast
    return spans, sorted([*commands, (0.0, "BCM_LowBeamReq", 0.0), (0.0, "BCM_LockFLReq", 0.0)])


def _by_hand(rng: random.Random, spans: list[Span]) -> list[Span]:
    """A person marks a little late, and never exactly."""
    return [(start + rng.uniform(-0.05, 0.25), end + rng.uniform(-0.05, 0.25)) for start, end in spans]


def _readings(
    rng: random.Random, history: list[float], every: float, step: float, noise: float, lag: float
) -> list[tuple[float, float]]:
    found = []
    at = rng.uniform(0, every)
    while at < len(history) * 5 * TICK:
        value = history[max(0, int((at - lag) / TICK / 5))] + rng.gauss(0, noise)
        found.append((at, round(value / step) * step))
        at += every
    return found


@dataclass(frozen=True)
class Shuffled:
    """One message of the shuffled layout."""

    encoder: Encoder
    key: int
    seal: Seal | None

    def frame(self, time_ns: int, values: Values) -> Frame:
        """Its frame, with its checksum over the new layout."""
        payload = self.encoder.encode(values)
        return Frame(time_ns, self.key, payload if self.seal is None else self.seal.close(payload))


def _shuffle(rng: random.Random) -> tuple[dict[int, Shuffled], dict[str, Placed]]:
    """Encoders of the shuffled layout by the old identifier, and where the signals are."""
    messages = load_dbc(EV_DBC).messages
    numbers = rng.sample(range(0x80, 0x700), len(messages))
    encoders: dict[int, Shuffled] = {}
    truth: dict[str, Placed] = {}
    for message, number in zip(messages, numbers, strict=True):
        extended = message.is_extended_frame
        new = _rearrange(rng, message, number)
        key = number | (0x80000000 if extended else 0)
        encoders[message.frame_id | (0x80000000 if extended else 0)] = Shuffled(build_encoder(new), key, seal_of(new))
        for signal in new.signals:
            truth[signal.name] = Placed(key, as_field(signal), float(signal.scale), float(signal.offset))
    return encoders, truth


def as_field(signal: Signal) -> Field:
    """The field of a cantools signal."""
    if signal.byte_order == "little_endian":
        return Field(signal.start, signal.length, "little", signal.is_signed)
    first = signal.start // 8 * 8 + 7 - signal.start % 8
    last = first + signal.length - 1
    return Field(last // 8 * 8 + 7 - last % 8, signal.length, "big", signal.is_signed)


def _rearrange(rng: random.Random, message: Message, number: int) -> Message:
    places: dict[int, list[Signal]] = {}
    for signal in message.signals:
        places.setdefault(signal.start, []).append(signal)  # multiplexed signals share a place, and go on sharing it
    groups = list(places.values())
    rng.shuffle(groups)
    # a checksum is a byte of its own, and as in real cars the first or the last
    groups.sort(key=lambda group: group[0].name == checksum_of(message), reverse=rng.random() < 0.5)
    free = message.length * 8 - sum(group[0].length for group in groups)
    gaps = sorted(rng.randint(0, free) for _ in groups)
    order = rng.choice(["little_endian", "big_endian"])
    at, before, moved = 0, 0, []
    for group, gap in zip(groups, gaps, strict=True):
        at, before = at + gap - before, gap
        if group[0].name == checksum_of(message):
            at, before = (0, 0) if group is groups[0] else (message.length * 8 - group[0].length, gap)
        start = at if order == "little_endian" else at // 8 * 8 + 7 - at % 8
        moved += [_moved(signal, start, order) for signal in group]
        at += group[0].length
    return Message(
        number,
        message.name,
        message.length,
        moved,
        cycle_time=message.cycle_time,
        send_type=message.send_type,
        is_extended_frame=message.is_extended_frame,
        is_fd=message.is_fd,
        strict=True,
    )


def _moved(signal: Signal, start: int, order: str) -> Signal:
    return Signal(
        signal.name,
        start,
        signal.length,
        "little_endian" if order == "little_endian" else "big_endian",
        signal.is_signed,
        conversion=signal.conversion,
        minimum=signal.minimum,
        maximum=signal.maximum,
        is_multiplexer=signal.is_multiplexer,
        multiplexer_ids=signal.multiplexer_ids,
        multiplexer_signal=signal.multiplexer_signal,
    )


def follows(history: list[float], test: Callable[[float], bool]) -> Iterator[bool]:
    """A signal's history as truths."""
    return (test(value) for value in history)


def correlation(one: list[float], other: list[float]) -> float:
    """Pearson's r; 0 when either never changes."""
    count = len(one)
    mean, middle = math.fsum(one) / count, math.fsum(other) / count
    above = math.fsum((a - mean) * (b - middle) for a, b in zip(one, other, strict=True))
    left = math.fsum((a - mean) ** 2 for a in one)
    right = math.fsum((b - middle) ** 2 for b in other)
    return above / math.sqrt(left * right) if left > 0 and right > 0 else 0.0
