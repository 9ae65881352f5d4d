# SPDX-License-Identifier: Apache-2.0
"""A noisy drive for the payload's benchmarks: raw numbers of the simulated car's frames, 23 signals, 119 samples/s.

The frames are those of the simulated electric car on its map (seed 7), from its second minute on. A signal is sampled
from its own message at the interval of the table; the raw number is taken as it was on the bus. Real sensors and buses
are less tidy than the simulation, so up to `NOISE` steps are added to the numbers that sensors measure, and up to
`JITTER` ms to each stamp, both uniform, from one seed; signals of one message keep one stamp, as they do on a bus.
"""

import random
from dataclasses import dataclass, field
from typing import Any

import cantools

from simulator.vehicle.car import Car
from simulator.vehicle.codec import default_dbc

BEGIN, END = 60, 180  # seconds of the drive
NOISE = 2  # steps of the bus
JITTER = 8  # ms
MEASURED = 100  # ms; signals sampled at least this often come from sensors with noise
SIGNALS = {  # DBC name: ms between two samples
    "ESC_Speed": 40,
    "ESC_AccelLongitudinal": 60,
    "ESC_AccelLateral": 100,
    "ESC_YawRate": 100,
    "INV_MotorSpeed": 100,
    "BMS_PackPower": 100,
    "BMS_PackCurrent": 100,
    "BMS_PackVoltage": 100,
    "IBS_Voltage": 500,
    "IBS_Current": 500,
    "BMS_SocDisplayed": 1000,
    "BMS_CellVoltageMax": 1000,
    "VCU_TripAverageSpeed": 1000,
    "VCU_Odometer": 1000,
    "VCU_TripDuration": 1000,
    "INV_GearboxTemperature": 1000,
    "INV_MotorTemperature": 1000,
    "INV_CoolantTemperature": 1000,
    "BMS_TemperatureAverage": 1000,
    "BMS_TemperatureMax": 1000,
    "BCM_OutsideTemperature": 1000,
    "BMS_EnergyRemaining": 1000,
    "HVAC_CabinTemperature": 1000,
}


@dataclass
class Trace:
    """One signal of the drive."""

    name: str
    scale: float
    offset: float
    times: list[int] = field(default_factory=list)
    """Milliseconds since the drive began."""
    raw: list[int] = field(default_factory=list)


def drive() -> list[Trace]:
    """The traces, in the order of SIGNALS."""
    database: Any = cantools.database.load_file(default_dbc())
    traces: dict[str, Trace] = {}
    carriers: dict[int, list[str]] = {}
    for message in database.messages:
        for signal in message.signals:
            if signal.name in SIGNALS:
                traces[signal.name] = Trace(signal.name, float(signal.scale), float(signal.offset))
                carriers.setdefault(message.frame_id, []).append(signal.name)
    car, chance = Car(default_dbc(), seed=7), random.Random(7)
    due = dict.fromkeys(SIGNALS, 0)
    while car.time < END:
        frames = car.tick()
        now = round(car.time * 1000)
        for _, identifier, _, _, payload in frames if now > BEGIN * 1000 else ():
            names = [name for name in carriers.get(identifier, ()) if now >= due[name]]
            if not names:
                continue
            decoded: Any = database.decode_message(identifier, payload, scaling=False, decode_choices=False)
            stamp = now + chance.randint(0, JITTER)
            for name in names:
                due[name] = max(due[name], now - SIGNALS[name] // 2) + SIGNALS[name]
                noise = chance.randint(-NOISE, NOISE) if SIGNALS[name] <= MEASURED else 0
                traces[name].times.append(stamp - BEGIN * 1000)
                traces[name].raw.append(int(decoded[name]) + noise)
    return [traces[name] for name in SIGNALS]


def cut(traces: list[Trace], seconds: int) -> list[list[Trace]]:
    """The drive in batches of so many seconds; times count from the batch's begin."""
    batches = []
    for start in range(0, (END - BEGIN) * 1000, seconds * 1000):
        batch = []
        for trace in traces:
            inside = [
                (time - start, raw)
                for time, raw in zip(trace.times, trace.raw, strict=True)
                if start <= time < start + seconds * 1000
            ]
            if inside:
                times, raws = (list(part) for part in zip(*inside, strict=True))
                batch.append(Trace(trace.name, trace.scale, trace.offset, times, raws))
        batches.append(batch)
    return batches


def scattered(traces: list[Trace]) -> list[Trace]:
    """The same drive at its worst: each sample has a stamp and noise of its own, whatever its message and sensor."""
    chance = random.Random(11)
    worse = []
    for trace in traces:
        moved = sorted(time + chance.randint(0, JITTER) for time in trace.times)
        noisy = [raw + chance.randint(-NOISE, NOISE) for raw in trace.raw]
        worse.append(Trace(trace.name, trace.scale, trace.offset, moved, noisy))
    return worse
