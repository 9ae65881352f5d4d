# SPDX-License-Identifier: Apache-2.0
"""The body ECU: doors, locks, windows, lights, wipers, mirrors, seats and interior lights."""

from dataclasses import dataclass, field
from functools import partial

from simulator.vehicle.requests import Request, Requests, Values, setting, switch

CORNERS = ("FL", "FR", "RL", "RR")
WINDOW_SPEED = 25.0  # percent per second: 4 s for the whole travel
TRUNK_SPEED = 30.0  # percent per second
DARK, BRIGHT = 22.0, 30.0  # percent of light below and above which AUTO switches the low beam
STANDSTILL = 0.5  # km/h
AUTO_LOCK_SPEED = 15.0  # km/h
RAIN_WIPES = 8.0  # percent of rain that starts the wipers in RAIN_SENSOR
OFF, POSITION, DAYTIME, AUTO, BEAM = range(5)  # as BCM_LightSwitch
RAIN_SENSOR = 5  # as BCM_WiperMode


@dataclass(slots=True)
class Body:
    """What the body ECU has set. Corners are FL (driver), FR, RL, RR."""

    windows: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CORNERS, 0.0))  # percent open
    window_goal: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CORNERS, 0.0))
    locked: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CORNERS, False))
    trunk: float = 0.0  # percent open
    trunk_open: bool = False  # where the lid goes
    trunk_locked: bool = True
    window_child_lock: bool = False
    light_switch: float = AUTO
    low_beam: bool = False
    low_beam_over: bool | None = None  # what the head unit ordered over the switch
    high_beam: bool = False
    fog_front: bool = False
    fog_rear: bool = False
    hazard: bool = False
    horn: bool = False
    dome_light: bool = False
    ambient_light: bool = True
    ambient_level: float = 40.0  # percent
    wiper_mode: float = RAIN_SENSOR
    windshield_heating: bool = False
    rear_heating: bool = False
    mirrors_folded: bool = True
    mirror_heating: bool = False
    seat_heating: dict[str, float] = field(default_factory=lambda: {"FL": 0.0, "FR": 0.0})  # percent
    wheel_heating: float = 0.0  # percent
    standing: bool = True
    rain: float = 0.0  # percent
    _auto_locked: bool = False

    def requests(self) -> Requests:
        """What the BCM_...Command messages may ask."""
        asked: Requests = {}
        for corner in CORNERS:
            asked[f"BCM_Window{corner}Req"] = setting(0, 100, partial(self.window_goal.__setitem__, corner))
            asked[f"BCM_Lock{corner}Req"] = switch(partial(self.locked.__setitem__, corner))
        for corner in ("FL", "FR"):
            asked[f"BCM_SeatHeating{corner}Req"] = setting(-100, 100, partial(self.seat_heating.__setitem__, corner))
        for signal, name in _SWITCHES.items():
            asked[signal] = switch(partial(setattr, self, name))
        asked["BCM_TrunkReq"] = Request(0, 1, partial(self._when_standing, "trunk_open"))
        asked["BCM_MirrorFoldReq"] = Request(0, 1, partial(self._when_standing, "mirrors_folded"))
        asked["BCM_LightSwitchReq"] = setting(OFF, BEAM, self._turn_light_switch)
        asked["BCM_AmbientLevelReq"] = setting(1, 100, partial(setattr, self, "ambient_level"))
        asked["BCM_WiperModeReq"] = setting(0, RAIN_SENSOR, partial(setattr, self, "wiper_mode"))
        asked["BCM_SteeringWheelHeatingReq"] = setting(0, 100, partial(setattr, self, "wheel_heating"))
        return asked

    def step(self, dt: float, speed: float, light: float) -> None:
        """Advance ``dt`` s; ``speed`` in km/h, ``light`` in percent."""
        self.standing = speed < STANDSTILL
        for corner, goal in self.window_goal.items():
            self.windows[corner] = _towards(self.windows[corner], goal, WINDOW_SPEED * dt)
        self.trunk = _towards(self.trunk, 100.0 if self.trunk_open else 0.0, TRUNK_SPEED * dt)
        if speed > AUTO_LOCK_SPEED and not self._auto_locked:
            self._auto_locked = True
            self.locked.update(dict.fromkeys(CORNERS, True))
            self.mirrors_folded = False
        self._switch_beam(light)

    @property
    def wiping(self) -> bool:
        """Whether the wipers move."""
        return self.rain > RAIN_WIPES if self.wiper_mode == RAIN_SENSOR else self.wiper_mode > 0

    @property
    def mean_window(self) -> float:
        """Mean opening in percent."""
        return sum(self.windows.values()) / len(self.windows)

    @property
    def load(self) -> float:
        """Electrical load on the 12 V side in W."""
        load = 110.0 * self.low_beam + 90.0 * self.high_beam + 40.0 * self.fog_front + 25.0 * self.fog_rear
        load += 60.0 * self.wiping + 180.0 * self.rear_heating + 400.0 * self.windshield_heating
        load += 0.9 * sum(abs(heat) for heat in self.seat_heating.values()) + 0.8 * self.wheel_heating
        moving = sum(goal != self.windows[corner] for corner, goal in self.window_goal.items())
        return load + 90.0 * moving + 0.3 * self.ambient_level * self.ambient_light

    def publish(self, values: Values) -> None:
        """Write doors, windows, lights, wipers, mirrors, seats and interior."""
        for corner in CORNERS:
            values[f"BCM_DoorOpen{corner}"] = False
            values[f"BCM_DoorLocked{corner}"] = self.locked[corner]
            values[f"BCM_WindowPosition{corner}"] = self.windows[corner]
            values[f"BCM_WindowOpen{corner}"] = self.windows[corner] > 0
        for name, signal in _REPORTED.items():
            values[signal] = getattr(self, name)
        values["BCM_WindowMoving"] = self.windows != self.window_goal
        values["BCM_TrunkPosition"] = self.trunk
        values["BCM_TrunkOpen"] = self.trunk > 0
        position = self.light_switch in {POSITION, BEAM} or self.low_beam
        values["BCM_ParkingLight"] = values["BCM_LicensePlateLight"] = position
        values["BCM_RunningLight"] = not self.low_beam and self.light_switch in {DAYTIME, AUTO}
        values["BCM_HighBeamSwitch"] = self.high_beam
        values["BCM_MirrorFoldedLeft"] = values["BCM_MirrorFoldedRight"] = self.mirrors_folded
        values["BCM_MirrorHeatingLeft"] = values["BCM_MirrorHeatingRight"] = self.mirror_heating
        values["BCM_SeatHeatingFL"] = self.seat_heating["FL"]
        values["BCM_SeatHeatingFR"] = self.seat_heating["FR"]
        values["BCM_WiperMoving"] = self.wiping
        values["BCM_RainIntensity"] = self.rain

    def _turn_light_switch(self, value: float) -> None:
        self.light_switch = value
        self.low_beam_over = None

    def _switch_beam(self, light: float) -> None:
        if self.low_beam_over is not None:
            self.low_beam = self.low_beam_over
        elif self.light_switch == AUTO:
            self.low_beam = light < (BRIGHT if self.low_beam else DARK)
        else:
            self.low_beam = self.light_switch == BEAM

    def _when_standing(self, name: str, value: float) -> bool:
        if not self.standing:
            return False
        setattr(self, name, value == 1)
        return True


_SWITCHES = {
    "BCM_LockTrunkReq": "trunk_locked",
    "BCM_WindowChildLockReq": "window_child_lock",
    "BCM_LowBeamReq": "low_beam_over",
    "BCM_HighBeamReq": "high_beam",
    "BCM_FogFrontReq": "fog_front",
    "BCM_FogRearReq": "fog_rear",
    "BCM_HazardReq": "hazard",
    "BCM_HornReq": "horn",
    "BCM_DomeLightReq": "dome_light",
    "BCM_AmbientLightReq": "ambient_light",
    "BCM_WindshieldHeatingReq": "windshield_heating",
    "BCM_RearWindowHeatingReq": "rear_heating",
    "BCM_MirrorHeatingReq": "mirror_heating",
}
_REPORTED = {
    "trunk_locked": "BCM_TrunkLocked",
    "window_child_lock": "BCM_WindowChildLock",
    "light_switch": "BCM_LightSwitch",
    "low_beam": "BCM_LowBeam",
    "high_beam": "BCM_HighBeam",
    "fog_front": "BCM_FogFront",
    "fog_rear": "BCM_FogRear",
    "hazard": "BCM_Hazard",
    "horn": "BCM_Horn",
    "dome_light": "BCM_DomeLight",
    "ambient_light": "BCM_AmbientLight",
    "ambient_level": "BCM_AmbientLightLevel",
    "wiper_mode": "BCM_WiperMode",
    "windshield_heating": "BCM_WindshieldHeating",
    "rear_heating": "BCM_RearWindowHeating",
    "wheel_heating": "BCM_SteeringWheelHeating",
}


def _towards(value: float, goal: float, step: float) -> float:
    return min(value + step, goal) if value < goal else max(value - step, goal)
