# SPDX-License-Identifier: Apache-2.0
"""The climate ECU and the cabin it heats and cools."""

from dataclasses import dataclass
from functools import partial

from simulator.vehicle.requests import Requests, Values, setting, switch

CABIN_HEAT = 70_000.0  # J/K: air, trim and seats that follow quickly
CABIN_LOSS = 42.0  # W/K through glass and metal with closed windows
WINDOW_LOSS = 260.0  # W/K with all windows open
SUN_AREA = 0.55  # m^2 of glass that the sun shines through
SUN_FULL = 750.0  # W/m^2 at full light
BODY_HEAT = 110.0  # W of one person
COOLING_MAX, HEATING_MAX = 4_500.0, 5_500.0  # W moved, not drawn
COOLING_COP, HEATING_COP = 2.6, 2.3
CONTROL = 1_100.0  # W per kelvin between cabin and set point
FAN_POWER = 220.0  # W at full speed
TEMPERATURE_LOW, TEMPERATURE_HIGH = 16.0, 28.0  # degC
SEATS = ("Driver", "Passenger")


@dataclass(slots=True)
class Climate:
    """Set points, switches and the temperatures that follow from them."""

    cabin: float = 26.8  # degC
    driver_temperature: float = 22.0  # degC
    passenger_temperature: float = 22.0  # degC
    driver_fan: float = 45.0  # percent
    passenger_fan: float = 45.0  # percent
    driver_distribution: float = 1.0  # as HVAC_DriverAirDistribution
    passenger_distribution: float = 1.0
    air_conditioning: bool = True
    recirculation: bool = False
    front_defroster: bool = False
    rear_defroster: bool = False
    vent: float = 24.0  # degC
    evaporator: float = 20.0  # degC
    compressor: float = 0.0  # 0 to 1
    heater: float = 0.0  # W drawn
    power: float = 0.0  # W drawn from the high-voltage side
    sun: float = 0.0  # W/m^2

    def requests(self) -> Requests:
        """What HVAC_Command may ask."""
        asked: Requests = {}
        for seat in SEATS:
            name = seat.lower()
            asked[f"HVAC_{seat}TempReq"] = setting(
                TEMPERATURE_LOW, TEMPERATURE_HIGH, partial(setattr, self, f"{name}_temperature")
            )
            asked[f"HVAC_{seat}FanReq"] = setting(0, 100, partial(setattr, self, f"{name}_fan"))
            asked[f"HVAC_{seat}AirDistributionReq"] = setting(0, 2, partial(setattr, self, f"{name}_distribution"))
        for signal, name in (
            ("AirConditioning", "air_conditioning"),
            ("Recirculation", "recirculation"),
            ("FrontDefroster", "front_defroster"),
            ("RearDefroster", "rear_defroster"),
        ):
            asked[f"HVAC_{signal}Req"] = switch(partial(setattr, self, name))
        return asked

    @property
    def is_on(self) -> bool:
        """Whether any air is moved."""
        return self.driver_fan + self.passenger_fan > 0

    def step(self, dt: float, outside: float, light: float, windows: float) -> None:
        """Advance the cabin; ``light`` in percent, ``windows`` = mean opening in percent."""
        self.sun = SUN_FULL * light / 100
        moved = self._heat(outside)
        leak = CABIN_LOSS + WINDOW_LOSS * windows / 100
        gain = SUN_AREA * self.sun + BODY_HEAT - leak * (self.cabin - outside)
        self.cabin += (gain + moved) * dt / CABIN_HEAT
        flow = 30 + 1.1 * (self.driver_fan + self.passenger_fan)  # W/K of the air through the vents
        self.vent += (min(max(self.cabin + moved / flow, 4.0), 62.0) - self.vent) * dt / 4
        self.evaporator += ((4.0 if self.compressor > 0 else self.cabin) - self.evaporator) * dt / 12

    def publish(self, values: Values) -> None:
        """Write HVAC_Status, HVAC_Temperatures and HVAC_Power."""
        values["HVAC_DriverTempSet"] = self.driver_temperature
        values["HVAC_PassengerTempSet"] = self.passenger_temperature
        values["HVAC_DriverFanSpeed"] = self.driver_fan
        values["HVAC_PassengerFanSpeed"] = self.passenger_fan
        values["HVAC_DriverAirDistribution"] = self.driver_distribution
        values["HVAC_PassengerAirDistribution"] = self.passenger_distribution
        values["HVAC_AirConditioning"] = self.air_conditioning
        values["HVAC_Recirculation"] = self.recirculation
        values["HVAC_FrontDefroster"] = self.front_defroster
        values["HVAC_RearDefroster"] = self.rear_defroster
        values["HVAC_On"] = self.is_on
        values["HVAC_CompressorOn"] = self.compressor > 0
        values["HVAC_CabinTemperature"] = self.cabin
        values["HVAC_VentTemperatureLeft"] = self.vent + 0.2 * (self.driver_temperature - self.passenger_temperature)
        values["HVAC_VentTemperatureRight"] = self.vent - 0.2 * (self.driver_temperature - self.passenger_temperature)
        values["HVAC_EvaporatorTemperature"] = self.evaporator
        values["HVAC_SolarLoad"] = self.sun
        values["HVAC_ElectricalPower"] = self.power
        values["HVAC_CompressorSpeed"] = 7200 * self.compressor
        values["HVAC_HeaterPower"] = self.heater
        values["HVAC_RefrigerantPressure"] = 6 + 12 * self.compressor

    def _heat(self, outside: float) -> float:
        """Heat in W that goes into the cabin now (negative: out of it); sets the power drawn."""
        fan = (self.driver_fan + self.passenger_fan) / 200
        goal = (self.driver_temperature + self.passenger_temperature) / 2
        wanted = CONTROL * (goal - self.cabin) * min(fan * 2, 1.0)
        self.compressor = self.heater = 0.0
        if wanted < 0 and self.air_conditioning:
            # Outside air must be cooled as well; recirculated air is cold already.
            moved = max(wanted, -COOLING_MAX * min(fan * 2, 1.0))
            extra = 0.0 if self.recirculation else 14 * fan * max(outside - goal, 0.0)
            self.compressor = min((extra - moved) / COOLING_MAX, 1.0)
            drawn = (extra - moved) / COOLING_COP
        elif wanted < 0:
            moved = max(wanted, 60 * fan * (outside - self.cabin)) if outside < self.cabin else 0.0
            drawn = 0.0
        else:
            moved = min(wanted, HEATING_MAX * min(fan * 2, 1.0))
            drawn = self.heater = moved / HEATING_COP
        if self.front_defroster:
            drawn += 450
        self.power = drawn + FAN_POWER * fan**2
        return moved
