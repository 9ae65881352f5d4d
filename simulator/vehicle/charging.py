# SPDX-License-Identifier: Apache-2.0
"""The charging port, the charge limit and the charging curve, AC and DC."""

from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from simulator.vehicle.pack import USABLE_ENERGY, Pack, open_voltage
from simulator.vehicle.requests import Request, Requests, Values, setting, switch

AC_POWER = 11_000.0  # W of the on-board charger, mains side
AC_EFFICIENCY = 0.93
DC_POWER = 150_000.0  # W of the charging column
DC_CURRENT = 350.0  # A
RAMP = 15_000.0  # W per second
PREPARE = 3.0  # s of handshake before power flows
LIMIT_LOW, LIMIT_HIGH = 50, 100  # percent
MAINS = 230.0  # V
WORTH_TELLING = 500.0  # W from which a remaining time means something
CONSUMPTION = 165.0  # Wh per km for the range gained


class State(IntEnum):
    """As OBC_State."""

    DISCONNECTED = 0
    CONNECTED = 1
    PREPARING = 2
    CHARGING = 3
    COMPLETE = 4
    STOPPED = 5


class Kind(IntEnum):
    """As OBC_Kind."""

    NONE = 0
    AC = 1
    DC = 2


@dataclass(slots=True)
class Charger:
    """State of the port and of the session."""

    state: State = State.DISCONNECTED
    kind: Kind = Kind.NONE
    limit: float = 80.0  # percent displayed
    wanted: bool = True  # last order of the driver
    flap: bool = False
    locked: bool = False
    power: float = 0.0  # W into the pack
    session: float = 0.0  # J
    temperature: float = 25.0  # degC
    standing: bool = True
    _clock: float = 0.0

    def requests(self) -> Requests:
        """What OBC_ChargeCommand may ask."""
        return {
            "OBC_ChargeLimitReq": setting(LIMIT_LOW, LIMIT_HIGH, partial(setattr, self, "limit")),
            "OBC_ChargeModeReq": switch(partial(setattr, self, "wanted")),
            "OBC_FlapReq": Request(0, 1, self._move_flap),
            "OBC_CableLockReq": Request(0, 1, self._lock_cable),
        }

    @property
    def connected(self) -> bool:
        """Whether a cable is plugged in."""
        return self.state is not State.DISCONNECTED

    def plug(self, kind: Kind) -> None:
        """The driver plugs the cable in; a new session begins."""
        self.kind, self.state = kind, State.CONNECTED
        self.flap = self.locked = self.wanted = True
        self.session = self._clock = 0.0

    def unplug(self) -> None:
        """The driver takes the cable out."""
        self.kind, self.state = Kind.NONE, State.DISCONNECTED
        self.flap = self.locked = False
        self.power = 0.0

    def step(self, dt: float, pack: Pack) -> None:
        """Advance the session by ``dt`` s."""
        self._clock += dt
        self.temperature += ((25.0 + self.power / 4_000) - self.temperature) * dt / 120
        if not self.connected:
            return
        goal = 0.0
        if pack.displayed >= self.limit:
            self.state = State.COMPLETE
        elif not self.wanted:
            self.state = State.STOPPED
        elif self.state is State.CHARGING:
            goal = self.offer(pack)
        elif self.state is State.PREPARING:
            if self._clock >= PREPARE:
                self.state = State.CHARGING
        else:
            self.state, self._clock = State.PREPARING, 0.0
        self.power += min(max(goal - self.power, -4 * RAMP * dt), RAMP * dt)
        self.session += self.power * dt

    def offer(self, pack: Pack) -> float:
        """Power in W that column or mains, cable and cells allow now."""
        if self.kind is Kind.AC:
            return min(AC_POWER * AC_EFFICIENCY, pack.charge_limit)
        return min(DC_POWER, DC_CURRENT * pack.voltage, pack.charge_limit)

    def publish(self, values: Values, pack: Pack) -> None:
        """Write the OBC messages."""
        charging = self.state is State.CHARGING
        values["OBC_State"] = self.state
        values["OBC_Kind"] = self.kind
        values["OBC_IsCharging"] = charging
        values["OBC_CableConnected"] = self.connected
        values["OBC_CableLocked"] = self.locked
        values["OBC_FlapOpen"] = self.flap
        values["OBC_ChargeLimit"] = self.limit
        values["OBC_ChargeMode"] = self.wanted
        mains = charging and self.kind is Kind.AC
        for phase in (1, 2, 3):
            values[f"OBC_VoltagePhase{phase}"] = MAINS if mains else 0.0
            values[f"OBC_CurrentPhase{phase}"] = self.power / AC_EFFICIENCY / 3 / MAINS if mains else 0.0
        values["OBC_DcVoltage"] = pack.voltage if self.connected else 0.0
        values["OBC_DcCurrent"] = self.power / pack.voltage
        values["OBC_ChargePower"] = self.power / 1000
        most = self.offer(pack) if self.connected else 0.0
        values["OBC_DcCurrentMax"] = most / open_voltage(pack.soc)
        values["OBC_PowerMax"] = most / 1000
        values["OBC_SessionEnergy"] = self.session / 3.6e6
        values["OBC_ChargeRate"] = self.power / CONSUMPTION
        values["OBC_Temperature"] = self.temperature
        missing = max(self.limit - pack.displayed, 0.0) / 100 * USABLE_ENERGY  # J
        telling = charging and self.power > WORTH_TELLING
        values["OBC_TimeToComplete"] = min(missing / self.power, 600_000) if telling else 0.0

    def _move_flap(self, value: float) -> bool:
        if not self.standing or (self.connected and not value):
            return False
        self.flap = bool(value)
        return True

    def _lock_cable(self, value: float) -> bool:
        if not self.connected or (not value and self.state is State.CHARGING):
            return False  # nobody pulls a cable that carries current
        self.locked = bool(value)
        return True
