# SPDX-License-Identifier: Apache-2.0
"""What is never done from outside the car, whoever asks: by the name of a command, and by the signal it would change.

Driving, braking, steering, horn, wipers, lights, hazard and SOS are the driver's. So are windows, roof, flaps and
seats: they can hurt somebody whom nobody outside sees, and no signal of the standard says that a pinch guard works.
"""

from ivi.model.protected import never_actuated, parked_only
from ivi.model.vss_patterns import overlaps

NEVER_COMMANDS = frozenset(
    {
        "drive", "summon", "start_engine", "gear", "brake", "parking_brake", "steer", "cruise", "speed_limit",
        "horn", "honk", "wipers", "lights", "flash", "hazard", "sos", "ecall", "airbag",
        "windows", "open_windows", "close_windows", "sunroof", "trunk", "hood", "seat", "mirrors", "charge_port",
    }
)  # fmt: skip
"""Names that are refused as never remote, and not as unknown: nobody has to wonder whether a newer car would do it."""

DOOR_LOCKS = "Vehicle.Cabin.Door.*.*.IsLocked"
_AFTER_ALL = (DOOR_LOCKS,)
"""Closed to apps, and open to the commands `lock` and `unlock`: locks move nothing that can hurt."""


def never_remote(path: str) -> str | None:
    """Why nobody outside may change this signal, or None when a command of the table may.

    Every actuation of a command and of the twin passes here, whatever their tables say.
    """
    if any(overlaps(path, entry) for entry in _AFTER_ALL):
        return None
    if (entry := never_actuated(path)) is not None:
        return f"{path} is never changed from outside the car ({entry})"
    if parked_only(path):
        return f"{path} moves something that nobody outside can see"
    return None
