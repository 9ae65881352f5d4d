# SPDX-License-Identifier: Apache-2.0
"""Whether the car is in a state for a command. Pure: what the car is like goes in, a reason or nothing comes out.

Doubt counts against the command: a driving state, a voltage or a state of charge that nobody knows permits nothing that
depends on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivi.cloud.commands.table import Energy, Motion, Rule
from ivi.model.services import DrivingState

MIN_CHARGE = 20.0  # percent that stay for driving
MIN_VOLTAGE = 11.8  # V at rest; below, a lead battery is nearly empty and the car may not wake again


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is known of the car; None for what is not."""

    driving: DrivingState = DrivingState.UNKNOWN
    why: str = ""
    """The services process's reason for the driving state."""
    charge: float | None = None
    """State of charge of the traction battery, percent."""
    voltage: float | None = None
    """Of the low-voltage battery, V."""
    plugged: bool | None = None
    """Whether the charging cable is in."""


def objection(rule: Rule, args: Mapping[str, Any], now: Conditions) -> str | None:
    """Why the command cannot be done now: a word for programs, a colon, and a sentence. None when it can."""
    if rule.motion is Motion.PARKED and now.driving is not DrivingState.PARKED:
        return f"driving: the car is not known to be parked ({now.why or now.driving.value})"
    if rule.energy is Energy.NONE or args.get("on") is False:
        return None
    if now.voltage is None or now.voltage < MIN_VOLTAGE:
        told = "unknown" if now.voltage is None else f"{now.voltage:.1f} V"
        return f"battery: the 12 V battery needs {MIN_VOLTAGE} V and has {told}"
    if rule.energy is Energy.BOTH and not now.plugged and (now.charge is None or now.charge < MIN_CHARGE):
        told = "unknown" if now.charge is None else f"{now.charge:.0f} %"
        return f"battery: {MIN_CHARGE:.0f} % are needed without the cable, and the charge is {told}"
    return None
