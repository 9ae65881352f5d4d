# SPDX-License-Identifier: Apache-2.0
"""The traction pack: 96 cells in series with an open-circuit voltage curve, inner resistance, heat and limits."""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

CELLS = 96
CAPACITY = 175.0  # Ah, gross
RESISTANCE = 0.085  # ohm of the whole pack at 25 degC
HEAT_CAPACITY = 330_000.0  # J/K: about 350 kg of cells and case
COOLING_IDLE = 12.0  # W/K to the surroundings
COOLING_ACTIVE = 420.0  # W/K with the pump on
COOLING_ON, COOLING_OFF = 34.0, 31.0  # degC
USABLE_LOW, USABLE_HIGH = 0.04, 0.97  # part of the gross capacity that the driver may use
STATE_OF_HEALTH = 98.2  # percent
CELL_FLOOR, CELL_CEILING = 2.9, 4.2  # V

# Open-circuit voltage of a nickel-manganese-cobalt cell over its state of charge, typical values.
OCV_SOC = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
OCV_VOLT = (3.0, 3.35, 3.46, 3.55, 3.61, 3.65, 3.70, 3.79, 3.89, 3.99, 4.08, 4.19)
# Charging power (kW) that the cells take over the state of charge at a good temperature.
TAPER_SOC = (0.0, 0.1, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0)
TAPER_KW = (90.0, 150.0, 140.0, 110.0, 88.0, 66.0, 45.0, 22.0, 6.0, 0.0)
# Part of the power that is left over the temperature (degC).
HEAT_AT = (-20.0, 0.0, 10.0, 22.0, 45.0, 52.0, 58.0)
HEAT_PART = (0.05, 0.2, 0.55, 1.0, 1.0, 0.5, 0.0)


def interpolate(xs: tuple[float, ...], ys: tuple[float, ...], x: float) -> float:
    """Value of a table of straight lines, held at both ends."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    i = bisect_right(xs, x)
    return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1])


def open_voltage(soc: float) -> float:
    """Pack voltage without current at a state of charge of 0 to 1."""
    return CELLS * interpolate(OCV_SOC, OCV_VOLT, soc)


def stored_energy(soc: float) -> float:
    """Energy in J between empty and ``soc``: the integral of the open-circuit voltage."""
    total = 0.0
    for (a, va), (b, vb) in pairwise(zip(OCV_SOC, OCV_VOLT, strict=True)):
        if soc <= a:
            break
        end = min(soc, b)
        voltage = va + (vb - va) * (end - a) / (b - a)
        total += (va + voltage) / 2 * (end - a)
    return total * CELLS * CAPACITY * 3600


USABLE_ENERGY = stored_energy(USABLE_HIGH) - stored_energy(USABLE_LOW)  # J


@dataclass(slots=True)
class Pack:
    """State of the pack. Current and power are positive while they leave it."""

    soc: float = 0.72  # of the gross capacity
    temperature: float = 24.0  # degC
    current: float = 0.0  # A
    voltage: float = field(init=False)  # V at the terminals
    power: float = 0.0  # W at the terminals
    heat: float = 0.0  # W lost inside
    cooling: bool = False
    discharged: float = 0.0  # J out of the terminals
    charged: float = 0.0  # J into the terminals
    lost: float = 0.0  # J turned into heat
    charge_out: float = 0.0  # As
    charge_in: float = 0.0  # As

    def __post_init__(self) -> None:
        self.voltage = open_voltage(self.soc)

    @property
    def resistance(self) -> float:
        """Inner resistance in ohm; cold cells resist more."""
        return RESISTANCE * (1 + 0.6 * math.exp(-(self.temperature + 5) / 18))

    @property
    def displayed(self) -> float:
        """State of charge that the driver sees, percent of the usable window."""
        return min(max((self.soc - USABLE_LOW) / (USABLE_HIGH - USABLE_LOW) * 100, 0.0), 100.0)

    @property
    def usable_energy(self) -> float:
        """Energy in J that is left for driving."""
        return max(stored_energy(self.soc) - stored_energy(USABLE_LOW), 0.0)

    @property
    def discharge_limit(self) -> float:
        """Power in W that may leave the pack."""
        thermal = interpolate(HEAT_AT, HEAT_PART, self.temperature)
        empty = min(max((self.soc - 0.02) / 0.08, 0.0), 1.0)
        return 220_000 * max(thermal, 0.15) * empty

    @property
    def charge_limit(self) -> float:
        """Power in W that may enter the pack."""
        return 1000 * interpolate(TAPER_SOC, TAPER_KW, self.soc) * interpolate(HEAT_AT, HEAT_PART, self.temperature)

    def step(self, dt: float, power: float) -> None:
        """Draw ``power`` W (negative: charge) for ``dt`` s; what the cells cannot give is not given."""
        ocv = open_voltage(self.soc)
        resistance = self.resistance
        root = max(ocv * ocv - 4 * resistance * power, 0.0)  # P = (ocv - R I) I solved for the smaller current
        self.current = (ocv - math.sqrt(root)) / (2 * resistance)
        self.voltage = ocv - resistance * self.current
        self.power = self.voltage * self.current
        self.heat = resistance * self.current * self.current
        self.soc = min(max(self.soc - self.current * dt / (CAPACITY * 3600), 0.0), 1.0)
        self.lost += self.heat * dt
        if self.power > 0:
            self.discharged += self.power * dt
            self.charge_out += self.current * dt
        else:
            self.charged -= self.power * dt
            self.charge_in -= self.current * dt

    def warm(self, dt: float, ambient: float) -> None:
        """Heat and cool for ``dt`` s; called at the slow rate with the heat of the last step."""
        if self.temperature > COOLING_ON:
            self.cooling = True
        elif self.temperature < COOLING_OFF:
            self.cooling = False
        flow = COOLING_ACTIVE if self.cooling else COOLING_IDLE
        self.temperature += (self.heat - flow * (self.temperature - ambient)) * dt / HEAT_CAPACITY
