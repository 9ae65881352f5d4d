# SPDX-License-Identifier: Apache-2.0
"""The 12 V side: battery, DC/DC converter and what hangs on it."""

from dataclasses import dataclass

from simulator.vehicle.requests import Values

SET_VOLTAGE = 14.3  # V of the converter
DROOP = 0.004  # ohm of the converter
CAPACITY = 45.0  # Ah
RESISTANCE = 0.012  # ohm of the battery
BASE_LOAD = 260.0  # W of ECUs, screens and pumps
EFFICIENCY = 0.93
WAKE_TIME = 0.4  # s until the converter runs


@dataclass(slots=True)
class Electrics:
    """Battery and converter of the 12 V system."""

    soc: float = 0.88
    voltage: float = 12.6  # V
    battery_current: float = 0.0  # A, positive while the battery is charged
    output: float = 0.0  # A of the converter
    power: float = 0.0  # W that the converter draws from the pack
    loss: float = 0.0  # W
    temperature: float = 27.0  # degC of the converter
    battery_temperature: float = 23.0  # degC
    running: bool = False
    _clock: float = 0.0

    def step(self, dt: float, load: float, ambient: float) -> None:
        """Advance ``dt`` s with ``load`` W on top of the base load."""
        self._clock += dt
        self.running = self._clock >= WAKE_TIME
        drawn = (BASE_LOAD + load) / max(self.voltage, 9.0)
        rest = 11.9 + 1.0 * self.soc  # V without current
        if self.running:
            target = SET_VOLTAGE - DROOP * self.output
            # A lead battery takes little at a high charge: its resistance seems to grow.
            self.battery_current = (target - rest) / (RESISTANCE * (8 + 60 * self.soc**4))
            self.output = drawn + self.battery_current
            self.voltage = target
            self.power = self.output * self.voltage / EFFICIENCY
        else:
            self.battery_current, self.output, self.power = -drawn, 0.0, 0.0
            self.voltage = rest - drawn * RESISTANCE
        self.loss = self.power - self.output * self.voltage
        self.soc = min(max(self.soc + self.battery_current * dt / (CAPACITY * 3600), 0.0), 1.0)
        self.temperature += (self.loss - 1.6 * (self.temperature - ambient - 4)) * dt / 900

    def publish(self, values: Values) -> None:
        """Write DCDC_Status and IBS_Battery12V."""
        values["DCDC_OutputVoltage"] = self.voltage if self.running else 0.0
        values["DCDC_OutputCurrent"] = self.output
        values["DCDC_PowerLoss"] = self.loss
        values["DCDC_Temperature"] = self.temperature
        values["DCDC_State"] = self.running
        values["IBS_Voltage"] = self.voltage
        values["IBS_Current"] = self.battery_current
        values["IBS_StateOfCharge"] = self.soc * 100
        values["IBS_Temperature"] = self.battery_temperature
